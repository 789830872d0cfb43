"""A plan file in the browser: a preview, then one plan; and plans that nobody leads, which are given a leader."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from aftaler import planfilproeve
from aftaler.actions.overtag import overtag_plan
from aftaler.models import Helhedsplan, Medlemskab, Organisation
from aftaler.planfil import som_yaml
from helhedsplan.models import Haendelse
from tests import factories as f
from tests.aftaler.planfil_data import FORGAENGER, PLAN, REGELSAET, indlaes, linje

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return f.BrugerFactory(er_administrator=True)


@pytest.fixture
def klient(admin, client):
    client.force_login(admin)
    return client


def vaelg(klient, data, navn="ny.yaml"):
    tekst = data if isinstance(data, (str, bytes)) else som_yaml(data)
    indhold = tekst.encode() if isinstance(tekst, str) else tekst
    return klient.post(reverse("plan-indlaes"), {"fil": SimpleUploadedFile(navn, indhold)})


def felter(svar) -> dict:
    side = svar.content.decode()
    return {navn: re.search(f'name="{navn}" value="([^"]*)"', side)[1] for navn in ("indhold", "filnavn")}


def test_det_der_bliver_lavet_vises_foerst_og_to_klik_laver_een_plan(klient, admin):
    indlaes(REGELSAET, FORGAENGER)
    Medlemskab.objects.create(plan=Helhedsplan.objects.get(), bruger=admin, rolle="leder")
    foer = Haendelse.objects.count(), Organisation.objects.count()
    svar = vaelg(klient, PLAN)
    side = svar.content.decode()
    assert svar.status_code == 200
    for stykke in (
        f"Planen »{PLAN['navn']}« med nøglen ny",
        "Du bliver dens leder",
        "<li>Delaftaler: 2</li>",
        "Intet er gemt endnu",
    ):
        assert stykke in side
    assert (Haendelse.objects.count(), Organisation.objects.count()) == foer
    assert not Helhedsplan.objects.filter(noegle="ny").exists()
    ja = [klient.post(reverse("plan-indlaes"), felter(svar)) for _ in range(2)]
    assert [(s.status_code, s.url) for s in ja] == [(302, reverse("plan-overblik", args=["ny"]))] * 2
    plan = Helhedsplan.objects.get(noegle="ny")
    assert list(plan.medlemskaber.values_list("bruger", "rolle")) == [(admin.pk, "leder")]
    assert Haendelse.objects.filter(kaede="ny", handling="indlæst").count() == 1


def test_alle_fejl_siges_med_linje_og_felt_og_intet_er_gemt(klient):
    indlaes(REGELSAET, FORGAENGER)
    tekst = som_yaml(PLAN | {"fase": "fejl", "ukendt": "x"})
    svar = vaelg(klient, tekst)
    side = svar.content.decode()
    assert svar.status_code == 422
    assert f"Linje {linje(tekst, 'fase: fejl')}, fase:" in side
    assert f"Linje {linje(tekst, 'ukendt: x')}, ukendt:" in side
    assert not Helhedsplan.objects.filter(noegle="ny").exists()


def test_en_plan_der_findes_aendres_ikke_herfra(klient, admin):
    indlaes(REGELSAET, FORGAENGER, PLAN)
    for plan in Helhedsplan.objects.all():
        Medlemskab.objects.create(plan=plan, bruger=admin, rolle="leder")
    svar = vaelg(klient, PLAN | {"navn": "Et andet navn"})
    assert svar.status_code == 422
    assert "findes i forvejen og er en anden end filens" in svar.content.decode()
    assert Helhedsplan.objects.get(noegle="ny").navn == PLAN["navn"]


def test_hvad_man_ikke_maa_skrive_siges_ved_filen(client):
    """No page of refusal: the person chose a file, and is told what is the matter with it."""
    indlaes(REGELSAET, FORGAENGER)
    client.force_login(f.MedlemskabFactory(rolle="leder").bruger)
    for data, besked in (
        (FORGAENGER, "Der er allerede en plan med den nøgle, og du skriver ikke i den."),
        (REGELSAET | {"noegle": "nyt"}, "Filen er et regelsæt. En administrator indlæser det"),
    ):
        svar = vaelg(client, data)
        assert svar.status_code == 422
        assert besked in svar.content.decode()


@pytest.mark.parametrize(
    ("data", "besked"),
    [
        (b"x" * (planfilproeve.HOEJST_BYTES + 1), "større end 5 MB"),
        (b"[" * 50_000, "Intet er indlæst"),
        (b"\x00\xff", "Intet er indlæst"),
        (som_yaml(REGELSAET | {"noegle": "nyt"}), "En administrator indlæser det under »Regelsæt«"),
    ],
)
def test_det_der_ikke_kan_laeses_siges_paa_siden(klient, data, besked):
    svar = vaelg(klient, data)
    assert svar.status_code == 422
    assert besked in svar.content.decode()


def test_en_fil_der_er_for_tung_stoppes_i_sin_egen_proces(klient, monkeypatch):
    def for_tung(*_):
        raise planfilproeve.underproces.ForTung

    monkeypatch.setattr(planfilproeve.underproces, "koer", for_tung)
    assert "for tung at læse" in vaelg(klient, PLAN).content.decode()


@pytest.mark.parametrize("indhold", ["ikke base64!", "", "eHl6"])
def test_en_oedelagt_forhaandsvisning_er_en_besked(klient, indhold):
    svar = klient.post(reverse("plan-indlaes"), {"indhold": indhold, "filnavn": "x"})
    assert (svar.status_code, "Intet er indlæst" in svar.content.decode()) == (422, True)


def test_hvem_der_maa_indlaese_og_se_planer_uden_leder(client):
    plan = f.HelhedsplanFactory()
    svar = {}
    for rolle in ("leder", "sekretariat", "bestyrelse", "observatoer"):
        client.force_login(f.MedlemskabFactory(plan=plan, rolle=rolle).bruger)
        svar[rolle] = [client.get(reverse(navn)).status_code for navn in ("plan-indlaes", "planer-uden-leder")]
    assert svar == {"leder": [200, 403], "sekretariat": [200, 403], "bestyrelse": [403, 403], "observatoer": [403, 403]}


# --- plans without a leader -------------------------------------------------------------------------------------------


def test_en_plan_uden_leder_staar_paa_listen_og_faar_en_leder_som_staar_i_sporet(klient, admin):
    uden, med = f.HelhedsplanFactory(navn="Uden leder"), f.HelhedsplanFactory(navn="Med leder")
    f.MedlemskabFactory(plan=med, rolle="leder")
    f.MedlemskabFactory(plan=uden, rolle="leder", bruger__is_active=False)
    laeser = f.MedlemskabFactory(plan=uden, rolle="observatoer")
    url = reverse("planer-uden-leder")
    assert url in klient.get(reverse("forside")).content.decode()
    side = klient.get(url).content.decode()
    assert "Uden leder (" in side
    assert "Med leder" not in side
    assert klient.get(reverse("plan-overblik", args=[uden.noegle])).status_code == 404
    svar = klient.post(url, {"plan": uden.noegle, "leder": "ingen@eksempel.dk"})
    assert "Ingen har en åben konto med den adresse." in svar.content.decode()
    assert klient.post(url, {"plan": uden.noegle, "leder": laeser.bruger.email}).status_code == 302
    laeser.refresh_from_db()
    assert laeser.rolle == "leder"
    (spor,) = Haendelse.objects.filter(kaede=uden.noegle, handling="overtaget")
    assert spor.bruger_navn == str(admin)
    assert "Alle planer har en leder." in klient.get(url).content.decode()
    assert url not in klient.get(reverse("forside")).content.decode()


def test_en_administrator_overtager_selv_og_kun_en_plan_uden_leder(klient, admin):
    uden, med = f.HelhedsplanFactory(), f.HelhedsplanFactory()
    f.MedlemskabFactory(plan=med, rolle="leder")
    url = reverse("planer-uden-leder")
    assert klient.post(url, {"plan": uden.noegle, "leder": admin.email}).status_code == 302
    assert klient.get(reverse("plan-overblik", args=[uden.noegle])).status_code == 200
    assert klient.post(url, {"plan": med.noegle, "leder": admin.email}).status_code == 422
    with pytest.raises(ValidationError, match="har fået en leder imens"):
        overtag_plan(bruger=admin, plan=med, leder=admin)
