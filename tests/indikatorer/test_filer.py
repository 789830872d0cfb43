"""The figures as workbook, JSON and paper: the page's figures, nothing hidden, and read again without change."""

import io
import json
from decimal import Decimal

import pytest
from django.core.management import call_command
from openpyxl import load_workbook
from pypdf import PdfReader

from helhedsplan.pdf import PdfFejl
from indikatorer.eksport import KOLONNER, arbejdsbog, som_json
from indikatorer.indikatorark import bestil, indikatorark
from tests import factories as f
from tests.indikatorer.importdata import udkast
from tests.vera import vera_fejl

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    """An indicator with every kind of figure, one with a name that is not alone, one hidden."""
    plan = f.HelhedsplanFactory(navn="Parkens helhedsplan")
    parken = f.StedFactory(plan=plan, navn="Parken", noegle="parken")
    kommune = f.StedFactory(plan=plan, navn="Kommunen", noegle="kommunen", kommunen=True, omraade=None)
    ledige = f.IndikatorFactory(plan=plan, navn="Ledige", noegle="ledige", persongruppe="18-64-årige", retning="ned")
    f.IndikatorFactory(plan=plan, navn="=SUM(A1)", noegle="formel")
    for indikator in (ledige, f.IndikatorFactory(plan=plan, navn="Sigtede", noegle="sigtede")):
        felter = {"indikator": indikator, "sted": parken}
        f.MaalingFactory(**felter, aar=2023, antal=213, grundlag=1183, vaerdi=Decimal("18.0"), udtrukket="2024-11-01")
        f.MaalingFactory(**felter, aar=2024, tilstand="mangler", vaerdi=None, note="Ikke trukket endnu")
        f.MaalingFactory(**felter, aar=2025, antal=3, grundlag=1183, vaerdi=None)
        f.MaalingFactory(
            indikator=indikator, sted=kommune, aar=2023, vaerdi=Decimal("17.44"), decimaler=2, kilde="+LBF"
        )
    f.MaalingFactory(
        indikator=ledige,
        sted=kommune,
        aar=2017,
        begivenhed="Kommunalvalg",
        dato="2017-11-21",
        vaerdi=Decimal(70),
        decimaler=0,
    )
    return plan


def ark(plan, *, se_skjulte=False):
    return [list(r) for r in load_workbook(io.BytesIO(arbejdsbog(plan, se_skjulte=se_skjulte)))["Tal"].values]


def test_regnearket_har_kolonnerne_og_skjuler_det_smaa(plan):
    hoved, *raekker = ark(plan)
    assert tuple(hoved) == (*KOLONNER, "uden skjulte tal")
    skjulte = [r for r in raekker if r[2] == 2025]
    assert [r[5:10] for r in skjulte] == [[None, None, None, None, "diskretioneret"]] * 2
    assert [r[9] for r in raekker if r[2] == 2024] == ["mangler"] * 2
    assert {r[0] for r in raekker} == {"Ledige", "Sigtede"}


def test_et_navn_der_ikke_er_alene_skrives_med_noeglen(plan):
    plan.indikatorer.update(navn="Ledige")
    assert {r[0] for r in ark(plan)[1:]} == {"ledige", "sigtede"}


def test_de_der_skriver_faar_de_smaa_tal_maerket(plan):
    hoved, *raekker = ark(plan, se_skjulte=True)
    assert hoved[-1] == "må ikke vises"
    assert [(r[5], r[9], r[-1]) for r in raekker if r[2] == 2025] == [(3, "vaerdi", "ja")] * 2
    assert {r[-1] for r in raekker if r[2] != 2025} == {None}


def test_regnearket_indlaest_igen_aendrer_intet(plan):
    fundet = udkast(plan, arbejdsbog(plan, se_skjulte=True))
    assert fundet.fejl == []
    assert fundet.forskel.antal == 0


def test_json_har_de_samme_tal_med_maskinens_former(plan):
    data = json.loads(som_json(plan, se_skjulte=False))
    assert data["plan"] == plan.noegle
    valg = next(t for t in data["tal"] if t["begivenhed"])
    assert valg == dict.fromkeys(KOLONNER) | {
        "indikator": "Ledige", "sted": "Kommunen", "år": 2017, "begivenhed": "Kommunalvalg", "dato": "2017-11-21",
        "værdi": "70.0000", "decimaler": 0, "tilstand": "vaerdi", "kilde": "LBF Beboerdata", "note": "",
    }  # fmt: skip
    assert not any(t["antal"] == 3 for t in data["tal"])


def test_tekst_der_ligner_en_formel_er_tekst(plan):
    bog = load_workbook(io.BytesIO(arbejdsbog(plan, se_skjulte=False)))
    assert {c.data_type for c in bog["Tal"]["K"] if str(c.value).startswith("+")} == {"s"}


# --- the paper ------------------------------------------------------------------------------------------------------


def tekst_i(data: bytes) -> str:
    return " ".join(side.extract_text() for side in PdfReader(io.BytesIO(data)).pages).replace("\xa0", " ")


def test_arket_har_sidens_tal_og_ord_og_intet_skjult(plan):
    tekst = tekst_i(indikatorark(plan).data)
    for linje in ("18,0 % (213 af 1.183)", "diskretioneret", "Kommunalvalg 2017"):
        assert linje in tekst
    assert "(3" not in tekst
    assert "efter kommunen" not in tekst, "the newest figure is hidden, so there is no gap"


def test_arket_er_til_arkivet_og_tilgaengeligt_og_ens_hver_gang(plan, tmp_path):
    filer = [tmp_path / "fuldt.pdf", tmp_path / "tomt.pdf"]
    for fil, en_plan in zip(filer, (plan, f.HelhedsplanFactory()), strict=True):
        fil.write_bytes(indikatorark(en_plan).data)
        assert fil.read_bytes() == indikatorark(en_plan).data
    assert vera_fejl(*filer) == {fil: [] for fil in filer}


def test_arket_fra_kommandolinjen(plan, tmp_path):
    fil = tmp_path / "ark.pdf"
    call_command("pdf", plan.noegle, "indikatorer", ud=str(fil))
    assert fil.read_bytes()[:5] == b"%PDF-"
    with pytest.raises(PdfFejl, match="bare »indikatorer«"):
        bestil(plan, "2024")


def test_et_uddrag_siger_det_selv_og_kan_ikke_laeses_ind(plan):
    """A reader's file would put "diskretioneret" in the place of the figures that it may not tell."""
    assert json.loads(som_json(plan, se_skjulte=False))["uden skjulte tal"] is True
    fundet = udkast(plan, arbejdsbog(plan, se_skjulte=False))
    assert fundet.forskel is None
    assert ["de små tal" in str(fejl) for fejl in fundet.fejl] == [True]


def test_et_uddrag_gemt_som_csv_afvises_ogsaa(plan):
    tekst = "\n".join(";".join("" if v is None else str(v) for v in raekke) for raekke in ark(plan))
    assert udkast(plan, tekst.encode()).forskel is None


def test_en_fil_hvor_intet_er_skjult_er_ikke_et_uddrag(plan):
    plan.indikatorer.first().maalinger.model.objects.filter(antal=3).delete()
    assert tuple(ark(plan)[0]) == KOLONNER
    assert json.loads(som_json(plan, se_skjulte=False))["uden skjulte tal"] is False
    assert udkast(plan, arbejdsbog(plan, se_skjulte=False)).fejl == []
