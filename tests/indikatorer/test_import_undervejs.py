"""An import that takes its time: read once, done beside the page, followed by looking again, whole or not at all."""

import os
import re
import subprocess
import sys
import threading
from contextlib import contextmanager

import pytest
from django.conf import settings as indstillinger
from django.core.exceptions import ValidationError
from django.db import connection, connections
from django.urls import reverse

from helhedsplan import arbejde, underproces
from helhedsplan.arbejde import Fremskridt
from indikatorer.actions import importer as handlinger
from indikatorer.actions.importer import Importkonflikt, begynd_forsoeg, gem_fil, indlaes, opgiv_forsoeg
from indikatorer.imports.udkast import koer
from indikatorer.models import Importfil, Maaling
from indikatorer.views import importer
from tests import factories as f
from tests.indikatorer.importdata import bog, egen, en_plan, udkast
from tests.indikatorer.test_import_sider import adresse, udfyldt, valgt

EGEN = egen("Andel ledige;Nord;2019;;;52;1130;4,6;1;vaerdi;LBF;;", "Andel ledige;Syd;2019;;;;;5;0;vaerdi;LBF;;")


@pytest.fixture
def plan(db):
    return en_plan()


@pytest.fixture
def bruger(plan):
    return f.MedlemskabFactory(plan=plan, rolle="sekretariat").bruger


@pytest.fixture
def klient(client, bruger):
    client.force_login(bruger)
    return client


def spoerg(klient, url):
    return klient.get(url, headers={"accept": "application/json"}).json()


# --- read once ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("navn", ["tal.xlsx", "tal.csv"])
def test_filen_laeses_een_gang(klient, plan, monkeypatch, navn):
    """Chosen, asked about, previewed and taken in: what was read is kept, and the file itself is not opened again."""
    laeste = []
    opr = underproces.koer
    monkeypatch.setattr(underproces, "koer", lambda modul, ind: laeste.append(modul) or opr(modul, ind))
    data = bog(("A", [["Område", "2020"], ["Nord", 5]])) if navn.endswith("x") else "Område;2020\nNord;5\n".encode()
    svar, fil = valgt(klient, plan, data, navn)
    kobling = klient.get(svar.url).url
    svar = klient.post(kobling, udfyldt(klient.get(kobling)) | {"t0-indikator": "ledige"})
    side = klient.get(svar.url)
    assert klient.post(svar.url, {"aftryk": side.context["aftryk"]}).status_code == 302
    assert (Maaling.objects.count(), laeste) == (1, ["helhedsplan.tabelfil.laeser"])
    assert not any(felt.storage.exists(felt.name) for felt in (fil.fil, fil.laest)), "the reading goes with the file"


def test_en_fil_fra_foer_der_blev_gemt_laesninger(klient, plan):
    _, fil = valgt(klient, plan, EGEN)
    Importfil.objects.update(laest="")
    assert klient.get(adresse("importfil-vis", plan, fil)).context["antal"] == 2


def test_det_der_er_vaek_fra_lageret_siges(klient, plan):
    _, fil = valgt(klient, plan, EGEN)
    for felt in (fil.fil, fil.laest):
        felt.storage.delete(felt.name)
    assert klient.get(adresse("importfil-vis", plan, fil)).status_code == 404


# --- beside the page ------------------------------------------------------------------------------------------------


class Bom:
    """A barrier that the work waits at until it is let through."""

    def __init__(self):
        self.naaet, self.aaben = threading.Event(), threading.Event()

    def vent(self):
        self.naaet.set()
        assert self.aaben.wait(30)


@pytest.fixture
def ved_siden_af(settings, monkeypatch):
    settings.ARBEJDE_VED_SIDEN_AF = True
    monkeypatch.setattr(arbejde, "TAALMODIGHED", 0.0)
    monkeypatch.setattr(arbejde, "MELLEM", 0.0)
    yield
    for traad in threading.enumerate():
        if traad.name.startswith(("import-", "syn-", "laesning-")):
            traad.join(30)


@contextmanager
def standset(monkeypatch, modul, navn):
    """The work stops in the middle of what is named, having said how far it is, while the block lasts."""
    bom, opr = Bom(), getattr(modul, navn)

    def langsomt(*args, **kwargs):
        yield Fremskridt("Godt i gang", 1234, 5000)
        gang = opr(*args, **kwargs)
        foerste = next(gang)
        bom.vent()
        yield foerste
        return (yield from gang)

    monkeypatch.setattr(modul, navn, langsomt)
    try:
        yield bom
    finally:
        bom.aaben.set()


def til_slut(klient, url):
    """What the page shows when the work is done."""
    for _ in range(300):
        if spoerg(klient, url)["slut"] and "data-fremskridt" not in (svar := klient.get(url)).content.decode():
            return svar
        threading.Event().wait(0.05)
    raise AssertionError("the work did not end")


@pytest.mark.django_db(transaction=True)
def test_forhaandsvisningen_laves_ved_siden_af(klient, plan, bruger, monkeypatch, ved_siden_af):
    fil = gem_fil(bruger=bruger, plan=plan, navn="tal.csv", data=EGEN)
    url = adresse("importfil-vis", plan, fil)
    with standset(monkeypatch, importer, "lav_udkast") as bom:
        klient.get(url)
        assert bom.naaet.wait(30)
        side = klient.get(url)
        assert not side.streaming
        html = side.content.decode()
        assert re.search(r'<p class="sr-only" role="status">Godt i gang 1\.234 af 5\.000</p>', html)
        assert f'href="{url}">Se igen</a>' in html, "without a script too"
        assert spoerg(klient, url) == {
            "slut": False,
            "tekst": "Godt i gang 1.234 af 5.000",
            "naaet": 1234,
            "i_alt": 5000,
        }
    side = til_slut(klient, url)
    assert side.context["antal"] == 2


@pytest.mark.django_db(transaction=True)
def test_det_skrives_ved_siden_af_og_siden_venter_ikke_paa_laasen(klient, plan, bruger, monkeypatch, ved_siden_af):
    """While the figures are being written, nobody who looks waits, and nobody begins once more."""
    fil = gem_fil(bruger=bruger, plan=plan, navn="tal.csv", data=EGEN)
    url = adresse("importfil-vis", plan, fil)
    aftryk = til_slut(klient, url).context["aftryk"]
    with standset(monkeypatch, handlinger, "_skriv") as bom:
        svar = klient.post(url, {"aftryk": aftryk})
        assert (svar.status_code, svar.url.startswith(f"{url}?forsoeg=")) == (302, True)
        assert bom.naaet.wait(30)
        assert "Godt i gang 1.234 af 5.000" in klient.get(svar.url).content.decode()
        assert klient.get(url).url == svar.url, "who comes anew is shown the same"
        igen = klient.post(url, {"aftryk": aftryk}, follow=True)
        assert "Filen er ved at blive indlæst. Vent, til det er færdigt." in igen.content.decode()
        assert "Indlæses nu" in klient.get(reverse("indikator-importer", args=[plan.noegle])).content.decode()
        assert Maaling.objects.count() == 0, "nothing is seen before all of it is"
    slut = til_slut(klient, svar.url)
    assert slut.url == reverse("indikator-liste", args=[plan.noegle])
    assert "Filen er indlæst: 2 nye tal og 0 ændrede." in klient.get(slut.url).content.decode()
    assert (Maaling.objects.count(), Importfil.objects.count()) == (2, 0)


@pytest.mark.django_db(transaction=True)
def test_filen_laeses_ved_siden_af(klient, plan, monkeypatch, ved_siden_af):
    bom, opr = Bom(), importer.laes_og_gem

    def langsomt(data, doer):
        bom.vent()
        return opr(data, doer)

    monkeypatch.setattr(importer, "laes_og_gem", langsomt)
    svar, fil = valgt(klient, plan, EGEN)
    forside = reverse("indikator-importer", args=[plan.noegle])
    assert (fil, svar.url.startswith(f"{forside}?forsoeg=")) == (None, True)
    assert bom.naaet.wait(30)
    assert "Læser filen …" in klient.get(svar.url).content.decode()
    bom.aaben.set()
    assert til_slut(klient, svar.url).url == adresse("importfil-vis", plan, Importfil.objects.get())


@pytest.mark.django_db(transaction=True)
def test_en_afvist_fil_siges_ogsaa_naar_den_er_laest_ved_siden_af(klient, plan, ved_siden_af):
    svar, _ = valgt(klient, plan, b"Navn;Nr\nx;010190-0001\n")
    side = til_slut(klient, svar.url)
    assert side.status_code == 422
    assert side.context["fejl"][0].startswith("B2: Teksten indeholder noget, der ligner et CPR-nummer.")
    assert side.context["fejl"][1] == "Filen er ikke gemt."
    assert Importfil.objects.count() == 0


def test_en_laesning_der_blev_afbrudt_siges(klient, plan):
    side = klient.get(f"{reverse('indikator-importer', args=[plan.noegle])}?forsoeg={'a' * 32}")
    assert side.context["fejl"] == [importer.LAESNING_AFBRUDT]


# --- stopped in the middle ------------------------------------------------------------------------------------------

DRAEB = """
import os, signal, sys
import django
django.setup()
from indikatorer.actions.importer import begynd_forsoeg, indlaes
from indikatorer.imports.udkast import koer, lav_udkast
from indikatorer.models import Importfil, Maaling
from helhedsplan.rettigheder import PROGRAMMET
fil = Importfil.objects.get()
begynd_forsoeg(bruger=PROGRAMMET, fil=fil)
raekker = koer(lav_udkast(fil.plan, fil.fil.read(), kun_laes=True)).raekker
gang = indlaes(bruger=PROGRAMMET, fil=fil, raekker=raekker, aftryk=None)
next(gang)
assert Maaling.objects.count() == 2
print("skrevet", flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def i_en_proces_der_draebes(tmp_path) -> str:
    """A process that has written every figure, and is killed before it has said that it is done."""
    navn = connection.settings_dict["NAME"]
    url = (
        f"sqlite:///{navn}"
        if connection.vendor == "sqlite"
        else f"{os.environ['DATABASE_URL'].rsplit('/', 1)[0]}/{navn}"
    )
    connections.close_all()
    miljoe = os.environ | {
        "DJANGO_SETTINGS_MODULE": "helhedsplan.settings", "DATABASE_URL": url, "SECRET_KEY": "x", "DEBUG": "1",
        "MEDIA_ROOT": str(indstillinger.MEDIA_ROOT), "CACHE_ROOT": str(tmp_path),
    }  # fmt: skip
    koert = subprocess.run(
        [sys.executable, "-c", DRAEB], env=miljoe, cwd=indstillinger.BASE_DIR, capture_output=True, text=True,
        check=False, timeout=100,
    )  # fmt: skip
    assert koert.returncode == -9, koert.stderr
    return koert.stdout.strip()


@pytest.mark.django_db(transaction=True)
def test_en_proces_der_draebes_midt_i_har_intet_skrevet_og_filen_kan_proeves_igen(klient, plan, bruger, tmp_path):
    fil = gem_fil(bruger=bruger, plan=plan, navn="tal.csv", data=EGEN)
    assert i_en_proces_der_draebes(tmp_path) == "skrevet"
    assert Maaling.objects.count() == 0
    assert (
        "Blev afbrudt. Intet er gemt" in klient.get(reverse("indikator-importer", args=[plan.noegle])).content.decode()
    )
    side = klient.get(adresse("importfil-vis", plan, fil))
    assert (side.context["besked"], side.context["antal"]) == (importer.AFBRUDT, 2)
    assert klient.post(adresse("importfil-vis", plan, fil), {"aftryk": side.context["aftryk"]}).status_code == 302
    assert (Maaling.objects.count(), Importfil.objects.count()) == (2, 0)


def test_den_der_er_overhalet_skriver_intet(plan, bruger):
    """Thought dead, and not: the one who has taken the try over is the only one to write."""
    fil = gem_fil(bruger=bruger, plan=plan, navn="tal.csv", data=EGEN)
    u = udkast(plan, EGEN)
    foerste, anden = (Importfil.objects.get() for _ in range(2))
    begynd_forsoeg(bruger=bruger, fil=foerste)
    begynd_forsoeg(bruger=bruger, fil=anden)
    with pytest.raises(Importkonflikt, match="af en anden imens"):
        koer(indlaes(bruger=bruger, fil=foerste, raekker=u.raekker, aftryk=u.forskel.aftryk))
    opgiv_forsoeg(bruger=bruger, fil=foerste)
    assert (Maaling.objects.count(), Importfil.objects.get().forsoeg) == (0, anden.forsoeg)
    koer(indlaes(bruger=bruger, fil=anden, raekker=u.raekker, aftryk=u.forskel.aftryk))
    assert (Maaling.objects.count(), Importfil.objects.filter(pk=fil.pk).count()) == (2, 0)


def test_et_forsoeg_ad_gangen_og_kun_for_dem_der_skriver(plan, bruger, monkeypatch):
    fil = gem_fil(bruger=bruger, plan=plan, navn="tal.csv", data=EGEN)
    forsoeg = begynd_forsoeg(bruger=bruger, fil=fil)
    monkeypatch.setattr(handlinger, "i_gang", lambda noegle: noegle == handlinger.gang(fil, forsoeg))
    with pytest.raises(ValidationError, match="ved at blive indlæst"):
        begynd_forsoeg(bruger=bruger, fil=Importfil.objects.get())
    opgiv_forsoeg(bruger=bruger, fil=fil)
    assert Importfil.objects.get().forsoeg == ""
    assert begynd_forsoeg(bruger=bruger, fil=fil) != forsoeg


def test_en_anden_plans_forsoeg_kan_ikke_foelges(klient, plan):
    fil = f.ImportfilFactory()
    assert klient.get(f"{adresse('importfil-vis', plan, fil)}?forsoeg={'a' * 32}").status_code == 404
