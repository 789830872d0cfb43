"""Workbooks as StatBank and the sources give them: the right figures, or the right question."""

from pathlib import Path

import pytest

from indikatorer.imports.forslag import Navnesoeger
from indikatorer.imports.udkast import koblinger_fra, koer, lav_udkast
from indikatorer.queries.importgrundlag import register
from tests import factories as f
from tests.indikatorer.importdata import bog, en_plan, udkast

SAGER = Path(__file__).parent / "sager"


@pytest.fixture
def plan(db):
    plan = f.HelhedsplanFactory(noegle="proeven")
    for navn, art in (("Hele landet", "land"), ("Ishøj Kommune", "kommune"), ("Vejleåparken, afdeling 55", "omraade")):
        felter = {} if art == "omraade" else {"omraade": None}
        f.StedFactory(plan=plan, navn=navn, noegle=navn.split()[0].lower().strip(","), art=art, **felter)
    for noegle, enhed in (
        ("karakterer-9-klasse", "karakter"),
        ("ledige-eller-uden-for-18-64", "procent"),
        ("sigtede", "antal"),
        ("uden-tilknytning-18-64", "procent"),
    ):
        f.IndikatorFactory(plan=plan, navn=noegle.replace("-", " "), noegle=noegle, enhed=enhed)
    return plan


def sag(plan, fil, kobling):
    egne = koblinger_fra((SAGER / kobling).read_text()) if isinstance(kobling, str) else kobling
    return koer(lav_udkast(plan, (SAGER / fil).read_bytes(), egne))


def tal(ud):
    assert ud.forskel is not None, ([str(e) for e in ud.fejl], [s.spoergsmaal for s in ud.tabeller])
    steder = {n.pk: n.navn for n in ud.kendt.steder.values()}
    return {
        (steder[r.sted], r.aar, r.begivenhed): r.felter["antal" if r.felter.get("antal") is not None else "vaerdi"]
        for r in ud.raekker
    }  # fmt: skip


def test_ingen_overskrift_over_omraadet(plan):
    ud = sag(plan, "statistikbank-uden-overskrift-over-omraade.xlsx", "kobling-ledige.yaml")
    assert {n: str(v) for n, v in tal(ud).items()} == {
        ("Hele landet", 2021, ""): "3.6", ("Hele landet", 2022, ""): "2.5", ("Hele landet", 2023, ""): "2.6",
        ("Ishøj Kommune", 2021, ""): "5", ("Ishøj Kommune", 2022, ""): "3.4", ("Ishøj Kommune", 2023, ""): "3.3",
    }  # fmt: skip
    assert len(ud.forskel.nye) == 6


def test_maaneder_er_begivenheder(plan):
    ud = sag(plan, "maaneder-som-kolonner.xlsx", "kobling-ledige.yaml")
    assert {n[1:] for n in tal(ud)} == {(2022, "december"), (2023, "december")}


def test_skoleaar_er_begivenheder(plan):
    ud = sag(plan, "skoleaar-som-kolonner.xlsx", "kobling-karakterer.yaml")
    fundne = {n[1:]: str(v) for n, v in tal(ud).items() if n[0] == "Ishøj Kommune"}
    assert fundne == {
        (2022, "skoleåret 2021/22"): "6.1",
        (2023, "skoleåret 2022/23"): "6",
        (2024, "skoleåret 2023/24"): "5.9",
    }


def test_en_streg_som_arket_kalder_nul(plan):
    ud = sag(plan, "streg-er-nul-i-signaturforklaringen.xlsx", "kobling-sigtede.yaml")
    assert tal(ud)["Vejleåparken, afdeling 55", 2023, ""] == 0


def test_koen_skiller_raekkerne_ad(plan):
    ud = sag(plan, "statistikbank-api-med-koen.csv", "kobling-uden-tilknytning.yaml")
    assert ud.forskel is None
    (spoerg,) = ud.tabeller[0].spoergsmaal
    assert spoerg.startswith("KØN skiller rækkerne ad (I alt, Mænd, Kvinder).")
    assert "»I alt«, som giver 4 tal" in spoerg


def test_en_vaerdi_af_koen_vaelges(plan):
    tekst = (SAGER / "kobling-uden-tilknytning.yaml").read_text()
    egne = koblinger_fra(tekst.replace("{OMRÅDE: sted", "{KØN: {er: udvalg, kun: I alt}, OMRÅDE: sted"))
    ud = sag(plan, "statistikbank-api-med-koen.csv", egne)
    assert sorted(str(v) for v in tal(ud).values()) == ["12.1", "12.1", "15.4", "15.4"]


def test_flere_forspalter_gaettes_til_i_alt(plan):
    """Nobody has said anything: the page starts with the whole chosen, and the place in the last stub column."""
    ud = sag(plan, "statistikbank-flere-forspalter.xlsx", lambda _: None)
    kobling = ud.tabeller[0].kobling
    assert kobling.valg("kolonne c").er == "sted"
    assert (kobling.valg("kolonne b").er, kobling.valg("kolonne b").kun) == ("udvalg", "I alt")
    kobling.indikator = "ledige-eller-uden-for-18-64"
    ud = sag(plan, "statistikbank-flere-forspalter.xlsx", lambda _: kobling)
    assert {n: str(v) for n, v in tal(ud).items()} == {
        ("Hele landet", 2022, ""): "2.5", ("Hele landet", 2023, ""): "2.6",
        ("Ishøj Kommune", 2022, ""): "3.4", ("Ishøj Kommune", 2023, ""): "3.3",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("skrevet", "noegle"),
    [
        ("000 Hele landet", "hele"), ("Hele landet", "hele"), ("183 Ishøj", "ishøj"), ("Ishøj 183", "ishøj"),
        ("Ishøj (183)", "ishøj"), ("183 - Ishøj", "ishøj"), ("Ishøj, 183", "ishøj"), ("183 Ishøj Kommune", "ishøj"),
        ("ISHØJ KOMMUNE", "ishøj"), ("Ishøj kommune (183)", "ishøj"), ("Vejleåparken, afdeling 55", "vejleåparken"),
        ("159 Gladsaxe", ""),
    ],
)  # fmt: skip
def test_kommuner_med_kode_i_enhver_orden(plan, skrevet, noegle):
    assert Navnesoeger(register(plan)).find("sted", skrevet) == noegle


@pytest.mark.django_db
def test_skjulte_raekker_og_ark_naevnes():
    def skjul(b):
        b["Tal"].row_dimensions[3].hidden = True
        b["Tal"].sheet_state = "hidden"
        b.create_sheet("Forside")

    data = bog(("Tal", [["Sted", "2023"], ["Nord", 5], ["Syd", 7]]), ret=skjul)
    ud = udkast(en_plan(), data, {"indikator": "ledige", "kolonner": {"Sted": "sted", "2023": "vaerdi"}})
    assert ud.noter == [
        "Arket Tal: arket er skjult, men læst med.",
        "Arket Tal: rækken 3 er skjult, men læst med.",
    ]
