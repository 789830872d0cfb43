"""Annexes that are known by their names, and where papers are published: on the pages, the paper, the file."""

from datetime import date

import pytest
from django.urls import reverse

from aftaler.actions.raekker import opret
from aftaler.models import Helhedsplan, Omtaltpapir
from aftaler.planfil import plan_som_data
from aftaler.queries.kontrol import kontroller
from dokumenter import oejebliksbillede
from dokumenter.queries.dokumenter import dokumenter
from helhedsplan.models import Haendelse
from tests import factories as f
from tests.aftaler.planfil_data import indlaes
from tests.integration.test_budgetversioner import som_side, tegnene
from tests.integration.test_maal_paa_alle_veje import hent, ord_paa, pdf_ord  # noqa: F401 -- a fixture
from tests.verden import verden

pytestmark = pytest.mark.django_db
NYT = {
    "titel": "Projektbeskrivelse", "art": "andet", "dato": "foråret 2016", "kilde": "Ansøgningen",
    "offentliggjort_hvor": "havneby.dk/planer", "offentliggjort": "maj 2016", "version": 1,
}  # fmt: skip


@pytest.fixture
def plan():
    return f.HelhedsplanFactory()


@pytest.fixture
def skriver(client, plan):
    bruger = f.MedlemskabFactory(plan=plan, rolle="sekretariat").bruger
    client.force_login(bruger)
    return bruger


def test_et_papir_skrives_rettes_og_slettes(client, plan, skriver):
    liste = reverse("bilag-liste", args=[plan.noegle])
    svar = client.post(reverse("omtaltpapir-opret", args=[plan.noegle]), NYT)
    assert svar.url == liste
    papir = plan.omtalte_papirer.get()
    assert (papir.dato, papir.dato_sagt, papir.offentliggjort_i_ord) == (
        None, "foråret 2016", "havneby.dk/planer, maj 2016",
    )  # fmt: skip
    adresse = reverse("omtaltpapir-ret", args=[plan.noegle, papir.pk])
    assert 'value="foråret 2016"' in client.get(adresse).content.decode()
    assert client.post(adresse, NYT | {"dato": "01.05.2016"}).url == liste
    papir.refresh_from_db()
    assert (papir.dato, papir.dato_sagt) == (date(2016, 5, 1), "")
    side = ord_paa(client.get(liste).content.decode())
    assert "Projektbeskrivelse, 1. maj 2016 Nævnt i: Ansøgningen" in side
    assert "Filen haves ikke" in side
    assert client.post(reverse("omtaltpapir-slet", args=[plan.noegle, papir.pk])).url == liste
    assert not plan.omtalte_papirer.exists()
    assert [h.handling for h in Haendelse.objects.filter(objekt_type="aftaler.omtaltpapir").order_by("pk")] == [
        "oprettet", "rettet", "slettet",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("felt", "vaerdi", "besked"),
    [
        ("titel", "", "Udfyld feltet."),
        ("titel", "Står der", "Papiret står der allerede."),
        ("dato", "engang", "engang"),
        ("offentliggjort", "31.02.2016", "31.02.2016"),
        ("kilde", "x" * 301, "300"),
        ("titel", "010203-1234", "CPR"),
    ],
)
@pytest.mark.usefixtures("skriver")
def test_hvad_der_er_galt_staar_ved_feltet(client, plan, felt, vaerdi, besked):
    f.OmtaltpapirFactory(plan=plan, titel="Står der")
    svar = client.post(reverse("omtaltpapir-opret", args=[plan.noegle]), NYT | {felt: vaerdi})
    assert svar.status_code == 422
    side = svar.content.decode()
    assert besked in side
    assert f'id="id_{felt}_error"' in side or f'href="#id_{felt}"' in side
    assert plan.omtalte_papirer.count() == 1


def test_aftalen_naevner_alle_bilag_naar_nogle_kun_er_kendt_ved_navn(hent, plan):  # noqa: F811
    f.BilagFactory(plan=plan, titel="Kort", filnavn="kort.pdf", offentliggjort_hvor="Byens Avis")
    uden = ord_paa(hent(plan, "samarbejdsaftale-vis").decode())
    ord_ = {"dato": None, "dato_sagt": "foråret 2014", "offentliggjort": None, "offentliggjort_sagt": "efteråret 2015"}
    assert "Byens Avis" not in uden, "en fil mere ændrer ikke aftalen"
    f.OmtaltpapirFactory(plan=plan, titel="Evaluering", **ord_)
    f.HaendelseFactory(kaede=plan.noegle, objekt=plan)
    for papir in (
        ord_paa(hent(plan, "samarbejdsaftale-vis").decode()),
        ord_paa(som_side(hent(plan, "dokument-word", "samarbejdsaftale"))),
        pdf_ord(hent(plan, "samarbejdsaftale-pdf")),
    ):
        ord_ = (
            "Kort", "Byens Avis", "kort.pdf", "Evaluering", "foråret 2014", "Ansøgningen",
            "havneby.dk/planer, efteråret 2015", "Filen haves ikke",
        )  # fmt: skip
        steder = [tegnene(papir).find(tegnene(et)) for et in ord_]
        assert min(steder) > 0
        assert steder == sorted(steder)


def test_den_frosne_aftale_husker_dem():
    v = verden()
    papir = oejebliksbillede.udkast(v.plan, "samarbejdsaftale", "")
    assert [b.fil for b in papir.bilag] == [*v.plan.bilag.values_list("filnavn", flat=True), ""]
    udgave = v.udgave
    v.plan.omtalte_papirer.all().delete()
    assert oejebliksbillede.fra_json(udgave.indhold).papir.bilag == papir.bilag


def test_planfilen_er_den_samme_frem_og_tilbage(plan):
    f.OmtaltpapirFactory(plan=plan, titel="Evaluering", orden=1)
    f.OmtaltpapirFactory(plan=plan, titel="Kort", art="kort", dato=None, kilde="", offentliggjort=None, orden=2)
    f.BilagFactory(plan=plan, offentliggjort_hvor="Byens Avis", offentliggjort_sagt="2016")
    data = plan_som_data(plan)
    assert data["omtalte_papirer"] == [
        {
            "titel": "Evaluering", "dato": "2016-04-01", "kilde": "Ansøgningen",
            "offentliggjort_hvor": "havneby.dk/planer", "offentliggjort": "2016-05-01",
        },
        {"titel": "Kort", "art": "kort", "offentliggjort_hvor": "havneby.dk/planer"},
    ]  # fmt: skip
    assert data["bilag"][0]["offentliggjort"] == "2016"
    assert [u.hvad for u in indlaes(data).udfald] == ["uændret"]
    anden = data | {"noegle": "en-anden", "navn": "En anden"}
    indlaes(anden)
    assert plan_som_data(Helhedsplan.objects.get(noegle="en-anden")) == anden


def test_et_papir_kendt_ved_navn_taeller_ikke_som_det_der_kraeves(plan):
    f.DokumentkravFactory(
        regelsaet=plan.regelsaet, art="indberetningsskema", navn="Indberetningsskema", pr_indsatsomraade=False
    )
    f.OmtaltpapirFactory(plan=plan, titel="Indberetningsskema", art="indberetningsskema")
    (linje,) = [linje for linje in dokumenter(plan) if linje.art == "indberetningsskema"]
    assert not linje.findes


def test_naar_filen_er_lagt_ind_er_det_et_fund(plan):
    papir = f.OmtaltpapirFactory(plan=plan, titel="Evalueringen")
    f.BilagFactory(plan=plan, titel="Noget andet")
    assert "omtalt-papir-haves" not in {fund.kode for fund in kontroller(plan)}
    f.BilagFactory(plan=plan, titel="evalueringen")
    (fund,) = [fund for fund in kontroller(plan) if fund.kode == "omtalt-papir-haves"]
    assert (fund.alvor, fund.henvisning) == (
        "note", f"{reverse('omtaltpapir-ret', args=[plan.noegle, papir.pk])}#id_titel",
    )  # fmt: skip


# --- editions and files -----------------------------------------------------------------------------------------------


def test_hvor_en_udgave_er_offentliggjort_skrives_og_rettes_og_udgaven_er_den_samme(client):
    v = verden()
    foer = v.udgave.indhold_sha256, v.udgave.pdf_sha256
    client.force_login(v.brugere["sekretariat"])
    adresse = reverse("udgave-offentliggoer", args=[v.plan.noegle, v.udgave.pk])
    data = {"offentliggjort_hvor": "https://havneby.example/plan", "offentliggjort": "foråret 2026"}
    for ny, ventet in ((data, "https://havneby.example/plan, foråret 2026"), ({}, "")):
        v.udgave.refresh_from_db()
        svar = client.post(adresse, dict.fromkeys(data, "") | ny | {"version": v.udgave.version})
        assert svar.url == v.udgave.get_absolute_url()
        v.udgave.refresh_from_db()
        assert v.udgave.offentliggjort_i_ord == ventet
        assert (v.udgave.indhold_sha256, v.udgave.pdf_sha256) == foer
        side = client.get(svar.url).content.decode()
        assert ('<a href="https://havneby.example/plan"' in side) is bool(ventet)


def test_hvor_et_bilag_er_offentliggjort(client, plan, skriver):
    bilag = f.BilagFactory(plan=plan)
    data = {"titel": bilag.titel, "art": bilag.art, "offentliggjort_hvor": "Byens Avis", "offentliggjort": "2016"}
    client.post(reverse("bilag-ret", args=[plan.noegle, bilag.pk]), data)
    assert "Byens Avis, 2016" in client.get(reverse("bilag-liste", args=[plan.noegle])).content.decode()


def test_raekkefoelgen_er_den_de_blev_skrevet_i(plan, skriver):
    for titel in ("B", "A"):
        opret(bruger=skriver, objekt=Omtaltpapir(plan=plan, titel=titel))
    assert list(plan.omtalte_papirer.values_list("titel", flat=True)) == ["B", "A"]
