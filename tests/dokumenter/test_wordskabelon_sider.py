"""Where an administrator keeps Word templates, and where a paper is had in one."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from dokumenter import lager
from dokumenter.models import Wordskabelon
from dokumenter.queries.wordskabelon import eksempelpapir
from dokumenter.word.skabelon import pladsholdere, tjek, vaerdier
from helhedsplan.models import Haendelse
from tests import factories as f
from tests.dokumenter.ordbehandler import linjer
from tests.verden import verden


@pytest.fixture
def v(db):
    return verden()


@pytest.fixture
def administrator(db, client):
    client.force_login(f.BrugerFactory(er_administrator=True))
    return client


def upload(klient, skabelon, *afsnit, data=None):
    side = reverse("wordskabelon-ret", args=[skabelon.regelsaet.noegle, skabelon.art])
    fil = SimpleUploadedFile("Fondens skabelon.docx", data if data is not None else f.wordfil(*afsnit))
    return klient.post(side, {"fil": fil})


@pytest.mark.parametrize("navn", ["wordskabelon-liste", "wordskabelon-ret", "wordskabelon-hent", "wordskabelon-slet"])
@pytest.mark.parametrize("rolle", ["leder", "sekretariat", "observatoer", "fremmed"])
def test_kun_en_administrator(client, v, navn, rolle):
    skabelon = Wordskabelon.objects.first()
    args = {"wordskabelon-liste": [], "wordskabelon-ret": [skabelon.regelsaet.noegle, skabelon.art]}.get(
        navn, [skabelon.pk]
    )
    client.force_login(v.brugere[rolle])
    hent = client.post if navn == "wordskabelon-slet" else client.get
    assert hent(reverse(navn, args=args)).status_code == 403
    assert Wordskabelon.objects.filter(pk=skabelon.pk).exists()


def test_en_skabelon_laegges_ind_og_erstattes(administrator):
    skabelon = f.WordskabelonFactory.build(regelsaet=f.RegelsaetFactory())
    assert upload(administrator, skabelon, "{{ titel }}").status_code == 302
    gemt = Wordskabelon.objects.get()
    assert upload(administrator, skabelon, "Ny: {{ plan }}").status_code == 302
    ny = Wordskabelon.objects.get()
    assert (ny.pk, ny.filnavn) == (gemt.pk, "Fondens skabelon.docx")
    assert ny.sha256 != gemt.sha256
    handlinger = Haendelse.objects.filter(objekt_type="dokumenter.wordskabelon").values_list("handling", flat=True)
    assert list(handlinger.order_by("pk")) == ["oprettet", "erstattet"]
    hentet = administrator.get(reverse("wordskabelon-hent", args=[ny.pk]))
    assert lager.sha256(hentet.content) == ny.sha256


@pytest.mark.parametrize(
    ("indhold", "besked"),
    [
        ({"data": b"%PDF-1.7"}, "ikke et Word-dokument"),
        ({"data": b""}, "tom"),
        ({"data": None}, "ukendt"),
    ],
)
def test_en_daarlig_fil_afvises_ved_feltet_og_den_gamle_bliver(administrator, v, indhold, besked):
    skabelon = Wordskabelon.objects.first()
    svar = upload(administrator, skabelon, "{{ ukendt }}", **indhold)
    assert svar.status_code == 422
    assert besked in svar.content.decode()
    assert Wordskabelon.objects.get(pk=skabelon.pk).sha256 == skabelon.sha256


def test_pladsholderne_paa_siden_kan_bruges_som_de_staar(administrator, v):
    """What the page tells an administrator to type is a template that can be kept."""
    skabeloner = list(Wordskabelon.objects.all())
    assert len(skabeloner) > 1
    for skabelon in skabeloner:
        eksempel = vaerdier(eksempelpapir(skabelon.regelsaet, skabelon.art))
        navne = pladsholdere(eksempel)
        assert tjek(f.wordfil(*navne), eksempel) is None
        side = reverse("wordskabelon-ret", args=[skabelon.regelsaet.noegle, skabelon.art])
        html = administrator.get(side).content.decode().replace("<wbr>", "")
        assert [n for n in navne if n not in html] == []


def test_en_udgave_i_skabelonen(client, v):
    client.force_login(v.brugere["observatoer"])
    svar = client.get(reverse("udgave-skabelon", args=[v.plan.noegle, v.udgave.pk]))
    assert linjer(svar.content) == [f"{v.udgave.titel} for {v.plan.navn}"]
    assert Document(io.BytesIO(svar.content)).paragraphs


def test_uden_skabelon_er_der_ikke_noget_at_hente(client, v):
    Wordskabelon.objects.all().delete()
    client.force_login(v.brugere["observatoer"])
    assert client.get(reverse("dokument-skabelon", args=[v.plan.noegle, "samarbejdsaftale"])).status_code == 404
    assert client.get(reverse("dokument-skabelon", args=[v.plan.noegle, "beredskabsplan"])).status_code == 404


def test_en_skabelon_der_ikke_laengere_passer_siger_hvorfor(client, v):
    daarlig = f.wordfil("{{ noget_gammelt }}")
    navn, maerke = lager.gem(daarlig, "wordskabeloner", ".docx")
    Wordskabelon.objects.update(fil=navn, sha256=maerke)
    client.force_login(v.brugere["observatoer"])
    svar = client.get(reverse("dokument-skabelon", args=[v.plan.noegle, "samarbejdsaftale"]))
    assert svar.status_code == 409
    assert "»noget_gammelt«" in svar.content.decode()


def test_en_skabelon_fjernes(administrator, v):
    skabelon = Wordskabelon.objects.first()
    assert administrator.post(reverse("wordskabelon-slet", args=[skabelon.pk])).status_code == 302
    assert not Wordskabelon.objects.filter(pk=skabelon.pk).exists()


def test_der_er_kun_skabeloner_til_aftaler(administrator, v):
    side = reverse("wordskabelon-ret", args=[v.plan.regelsaet.noegle, "budget"])
    assert administrator.get(side).status_code == 404
