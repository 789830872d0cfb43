"""Series and pictures: which place stands for the plan, what is compared, and that what is hidden cannot be seen."""

import re
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indikatorer.choices import Stedart
from indikatorer.diagrammer import _aksetrin, lille_diagram, spred, stort_diagram
from indikatorer.queries.udvikling import billeder
from indikatorer.rules.maal import maal_i_ord, paa_vej
from tests import factories as f

SVG = "{http://www.w3.org/2000/svg}"


def roden(billede: str):
    return ElementTree.fromstring(billede)  # noqa: S314 -- our own picture


def billede_af(indikator):
    [billede] = billeder(indikator.plan, [indikator])
    return billede


def tal(indikator, sted, **pr_aar):
    """aar_2019="26.1": the percentage; a pair is (count, base)."""
    for navn, vaerdi in pr_aar.items():
        par = isinstance(vaerdi, tuple)
        felter = {"antal": vaerdi[0], "grundlag": vaerdi[1], "vaerdi": None} if par else {"vaerdi": Decimal(vaerdi)}
        f.MaalingFactory(indikator=indikator, sted=sted, aar=int(navn[4:]), **felter)


@pytest.fixture
def indikator(db):
    return f.IndikatorFactory(navn="Ledige <18 & op", retning="ned")


@pytest.fixture
def nord(indikator):
    return f.StedFactory(plan=indikator.plan, navn="Nord", orden=1)


@pytest.fixture
def syd(indikator):
    return f.StedFactory(plan=indikator.plan, navn="Syd", orden=2)


@pytest.fixture
def kommune(indikator):
    return f.StedFactory(plan=indikator.plan, navn="Ishøj Kommune", kommunen=True, omraade=None, orden=9)


# --- which series ---------------------------------------------------------------------------------------------------


def test_flere_omraader_er_antal_over_grundlag_og_ikke_gennemsnittet_af_procenter(indikator, nord, syd):
    tal(indikator, nord, aar_2023=(10, 100), aar_2024=(20, 100))
    tal(indikator, syd, aar_2024=(10, 900))
    egen = billede_af(indikator).egen
    assert (egen.navn, egen.regnet) == ("Områderne tilsammen", True)
    assert [(t.aar, t.antal, t.grundlag, t.maalt) for t in egen.tal] == [(2024, 30, 1000, Decimal("3.0"))]


@pytest.mark.parametrize("andet", [(3, 100), (98, 100), "11"])
def test_er_et_omraade_skjult_eller_uden_antal_regnes_ingen_sum(indikator, nord, syd, andet):
    tal(indikator, nord, aar_2024=(20, 100))
    tal(indikator, syd, aar_2024=andet)
    billede = billede_af(indikator)
    assert billede.egen is None, "a part is never called the whole"
    assert [s.navn for s in billede.dele] == ["Nord", "Syd"]


def test_tre_af_fire_omraader_er_ikke_omraaderne_tilsammen(indikator, nord, syd):
    f.StedFactory(plan=indikator.plan, navn="Vest", noegle="vest")
    for sted in (nord, syd):
        tal(indikator, sted, aar_2024=(20, 100))
    assert billede_af(indikator).egen is None


def test_et_omraade_uden_sted_mangler_ogsaa(indikator, nord):
    tal(indikator, nord, aar_2024=(20, 100))
    assert billede_af(indikator).egen.navn == "Nord"
    f.OmraadeFactory(plan=indikator.plan)
    assert billede_af(indikator).egen is None


def test_en_sum_af_nogle_gaar_aldrig_forud_for_en_af_alle(indikator, nord, syd):
    vest = f.StedFactory(plan=indikator.plan, navn="Vest", noegle="vest")
    felter = {"plan": indikator.plan, "art": Stedart.FLERE_OMRAADER, "omraade": None}
    nogle = f.StedFactory(navn="Nord og Syd", noegle="nogle", omraader=[nord.omraade, syd.omraade], orden=0, **felter)
    tal(indikator, nogle, aar_2024=(40, 200))
    assert billede_af(indikator).egen is None
    alle = f.StedFactory(navn="Alle", noegle="alle", omraader=[o.omraade for o in (nord, syd, vest)], **felter)
    tal(indikator, alle, aar_2023=(50, 300))
    assert billede_af(indikator).egen.navn == "Alle"


def test_navnet_ved_en_linje_der_slutter_foer_siger_aaret(indikator, nord, kommune):
    tal(indikator, nord, aar_2022="26", aar_2023="24.5")
    tal(indikator, kommune, aar_2023="20", aar_2024="21")
    for tegn in (stort_diagram, lille_diagram):
        ord_ = [t.text for t in roden(tegn(billede_af(indikator), "a")).iter(f"{SVG}text")]
        assert [o for o in ord_ if "(2023)" in o] == [o for o in ord_ if "24,5" in o] != []
        assert not any("(2024)" in o for o in ord_)


def test_et_skjult_nyeste_tal_giver_ingen_afstand(indikator, nord, kommune):
    tal(indikator, nord, aar_2024="11.4", aar_2025=(3, 100))
    tal(indikator, kommune, aar_2024="9.9")
    assert billede_af(indikator).bevaegelser == []
    assert billede_af(indikator).sammenlignet is None


def test_et_skjult_nyeste_tal_i_et_af_omraaderne_giver_summen_ingen_afstand(indikator, nord, syd, kommune):
    """The sum of an older year is not taken for today's."""
    tal(indikator, nord, aar_2024=(20, 100), aar_2025=(3, 100))
    tal(indikator, syd, aar_2024=(20, 100), aar_2025=(30, 100))
    tal(indikator, kommune, aar_2024="9.9", aar_2025="9.5")
    billede = billede_af(indikator)
    assert billede.bevaegelser == []
    assert (billede.nyeste.aar, billede.nyeste.tilstand, billede.nyeste.antal) == (2025, "diskretioneret", None)


def test_et_maalt_samlet_sted_gaar_forud_for_en_sum(indikator, nord, syd):
    alle = f.StedFactory(
        plan=indikator.plan,
        art=Stedart.FLERE_OMRAADER,
        navn="Begge",
        omraade=None,
        omraader=[nord.omraade, syd.omraade],
    )
    for sted in (nord, syd, alle):
        tal(indikator, sted, aar_2024=(20, 100))
    assert billede_af(indikator).egen.navn == "Begge"


def test_kommunen_sammenlignes_foerst_og_hver_begivenhed_for_sig(indikator, nord, kommune):
    land = f.StedFactory(plan=indikator.plan, navn="Danmark", art=Stedart.LAND, omraade=None, orden=0)
    for sted, to in ((nord, ("60", "40")), (kommune, ("70", "45")), (land, ("80", "50"))):
        for begivenhed, aar, vaerdi in zip(("Folketingsvalg", "Kommunalvalg"), (2019, 2017), to, strict=True):
            f.MaalingFactory(indikator=indikator, sted=sted, aar=aar, begivenhed=begivenhed, vaerdi=Decimal(vaerdi))
    billede = billede_af(indikator)
    assert [b.ord for b in billede.bevaegelser] == [
        "Folketingsvalg: 10,0 point foran kommunen (2019)",
        "Folketingsvalg: 20,0 point foran hele landet (2019)",
        "Kommunalvalg: 5,0 point foran kommunen (2017)",
        "Kommunalvalg: 10,0 point foran hele landet (2017)",
    ]
    assert (billede.sammenlignet.sted_navn, billede.sammenlignet.maalt) == ("Ishøj Kommune", 70)
    sti = [p.get("d") for p in roden(stort_diagram(billede)).iter(f"{SVG}path") if p.get("stroke-width") == "3"]
    assert sti == []  # two elections of different kinds are two points and no line


def test_aarsmaal_holdes_op_mod_aarets_tal(indikator, nord):
    tal(indikator, nord, aar_2024="12", aar_2025="9")
    for aar, vaerdi in ((2024, 11), (2025, 10), (2026, 8)):
        f.MaalstiFactory(indikator=indikator, aar=aar, vaerdi=vaerdi)
    assert [(m.aar, m.holdt) for m in billede_af(indikator).aarsmaal] == [(2024, False), (2025, True), (2026, None)]


@pytest.mark.parametrize(
    ("felter", "ventet"),
    [
        ({"maaltype": "retning", "maalretning": "falder"}, "skal falde"),
        ({"maaltype": "tal", "maalvaerdi": Decimal("30.0000")}, "skal nå 30\u00a0%"),
        ({"maaltype": "graense", "sammenligning": "<=", "maalvaerdi": Decimal("12.5")}, "højst 12,5\u00a0%"),
        (
            {"maaltype": "aarligt_loft", "sammenligning": "<", "maalvaerdi": Decimal(80), "enhed": "antal"},
            "under 80 om året",
        ),
        ({}, ""),
    ],
)
def test_maalet_i_ord(felter, ventet):
    tomt = {"maaltype": "", "maalretning": "", "sammenligning": "", "maalvaerdi": None, "enhed": "procent"}
    assert maal_i_ord(**tomt | felter) == ventet


def test_uden_retning_kan_et_aarsmaal_ikke_siges_at_holde():
    assert paa_vej(Decimal(5), Decimal(4), "") is None


# --- pictures -------------------------------------------------------------------------------------------------------


def test_billedet_er_velformet_har_titel_beskrivelse_og_navne_ved_linjerne(indikator, nord, kommune):
    tal(indikator, nord, aar_2022="26", aar_2023="24.5")
    tal(indikator, kommune, aar_2022="20", aar_2023="20")
    for tegn in (lambda b: stort_diagram(b, "a"), lambda b: lille_diagram(b, "a")):
        rod = roden(tegn(billede_af(indikator)))
        titel, beskrivelse = rod.find(f"{SVG}title"), rod.find(f"{SVG}desc")
        assert (rod.get("aria-labelledby"), rod.get("aria-describedby")) == (titel.get("id"), beskrivelse.get("id"))
        assert titel.text.startswith("Ledige <18 & op: nærmer sig kommunen: 4,5 point mod 6,0 (2023 mod 2022).")
        assert beskrivelse.text == (
            "Nord: 2022 26,0\u00a0%, 2023 24,5\u00a0%. Ishøj Kommune: 2022 20,0\u00a0%, 2023 20,0\u00a0%."
        )
        ord_ = [t.text for t in rod.iter(f"{SVG}text")]
        assert any(o.endswith("24,5\u00a0%") for o in ord_)
        assert any(o.endswith("20,0\u00a0%") and o.startswith(("Kommunen", "Ishøj")) for o in ord_)


def test_billedet_er_sort_hvidt_og_uden_stil(indikator, nord, kommune):
    tal(indikator, nord, aar_2022="26", aar_2023="24.5")
    tal(indikator, kommune, aar_2022="20", aar_2023="20")
    billede = stort_diagram(billede_af(indikator))
    assert "style=" not in billede
    for farve in re.findall(r"#([0-9a-f]{6}|[0-9a-f]{3})\b", billede):
        assert len({farve[n : n + len(farve) // 3] for n in range(0, len(farve), len(farve) // 3)}) == 1
    stiplet = re.findall(r'stroke-width="(?:1\.5|3)"(?: stroke-dasharray="([^"]+)")?/>', billede)
    assert len(set(stiplet)) >= 2


def test_et_skjult_tal_har_ingen_prik_og_intet_ord_og_flytter_intet(indikator, nord, kommune):
    """The picture is the same whether the hidden figure is there or not, and whatever it is."""
    tal(indikator, nord, aar_2022=(26, 100), aar_2024=(24, 100))
    tal(indikator, kommune, aar_2022="20", aar_2024="20")
    uden = stort_diagram(billede_af(indikator))
    tal(indikator, nord, aar_2023=(2, 100))
    assert stort_diagram(billede_af(indikator)) == uden
    indikator.maalinger.filter(aar=2023).update(antal=99)
    assert stort_diagram(billede_af(indikator)) == uden


def test_uden_synlige_tal_er_der_intet_billede(indikator, nord):
    tal(indikator, nord, aar_2024=(2, 100))
    assert (stort_diagram(billede_af(indikator)), lille_diagram(billede_af(indikator), "a")) == ("", "")


def test_ens_tal_og_eet_aar_kan_tegnes(indikator, nord, kommune):
    tal(indikator, nord, aar_2024="0")
    tal(indikator, kommune, aar_2024="0")
    assert roden(stort_diagram(billede_af(indikator))) is not None


@pytest.mark.parametrize("tegn", [stort_diagram, lambda billede: lille_diagram(billede, "a")])
def test_eet_aar_fylder_mindre_end_flere(indikator, nord, tegn):
    tal(indikator, nord, aar_2024="5")
    eet = roden(tegn(billede_af(indikator)))
    tal(indikator, nord, aar_2025="6")
    assert float(eet.get("height")) < float(roden(tegn(billede_af(indikator))).get("height"))


def test_lange_beloeb_ved_aksen_faar_plads(indikator, nord):
    indikator.enhed = "kroner"
    indikator.save()
    tal(indikator, nord, aar_2018="445775")
    ved_aksen = [
        t for t in roden(stort_diagram(billede_af(indikator))).iter(f"{SVG}text") if t.get("text-anchor") == "end"
    ]
    beloeb = [t.text.replace("\xa0", " ") for t in ved_aksen]
    assert beloeb == ["420.000 kr.", "440.000 kr.", "460.000 kr.", "480.000 kr."]
    assert all(float(t.get("x")) >= 7.5 * len(t.text) for t in ved_aksen)


@given(st.floats(-1e6, 1e9), st.floats(0.5, 1e9))
def test_aksens_trin_er_runde_og_lige_langt_fra_hinanden(lav, spaend):
    """29, 26, 22, 19 are no axis."""
    hoej = lav + spaend
    vaerdier = [vaerdi for vaerdi, _ in _aksetrin((lav, hoej), "antal")]
    assert 2 <= len(vaerdier) <= 7
    assert all(Decimal(str(lav)) <= v <= Decimal(str(hoej)) for v in vaerdier)
    skridt = {b - a for a, b in pairwise(vaerdier)}
    assert len(skridt) == 1
    assert f"{skridt.pop().normalize():e}"[0] in "125"


def test_aksens_trin_er_som_de_er_trykt():
    assert [ord_ for _, ord_ in _aksetrin((18.6, 29.4), "antal")] == ["20", "22", "24", "26", "28"]
    assert [ord_ for _, ord_ in _aksetrin((0.0, 1.0), "antal")] == ["0,0", "0,2", "0,4", "0,6", "0,8", "1,0"]


@given(st.lists(st.floats(0, 300), max_size=6).map(sorted))
def test_navne_ved_linjernes_ender_staar_ikke_oven_i_hinanden(pladser):
    nye = spred(pladser, 18, 14, 314)
    assert nye == sorted(nye)
    assert all(efter - foer >= 18 - 1e-9 for foer, efter in pairwise(nye))
    assert not nye or nye[-1] <= 314


LANGT = "Boligområdet Vejleåparken og de almene afdelinger omkring Ishøj Bycenter, afdeling 55 og 56 samt Strandgården"


@given(st.lists(st.tuples(st.floats(0, 300), st.integers(1, 4)), max_size=4).map(sorted))
def test_navne_over_flere_linjer_staar_heller_ikke_oven_i_hinanden(par):
    linjer = [n for _, n in par]
    nye = spred([y for y, _ in par], 18, 14, 314, linjer)
    for nr, (foer, efter) in enumerate(pairwise(nye)):
        assert efter - foer >= 18 * linjer[nr] - 1e-9
    assert not nye or nye[-1] + 18 * (linjer[-1] - 1) <= 314


def test_et_langt_navn_skrives_helt_ud_paa_linjer_inden_for_billedet(indikator, nord, syd, kommune):
    for nr, sted in enumerate((nord, syd, kommune)):
        type(sted).objects.filter(pk=sted.pk).update(navn=f"{LANGT} {nr}")
        tal(indikator, sted, aar_2023="26", aar_2024="25")
    rod = roden(stort_diagram(billede_af(indikator)))
    _, _, bredde, hoejde = map(float, rod.get("viewBox").split())
    ord_ = [(float(t.get("x")), float(t.get("y")), "".join(t.itertext())) for t in rod.iter(f"{SVG}text")]
    navne = sorted((y, tekst) for x, y, tekst in ord_ if x > bredde - 240 and not tekst.isdigit())
    samlet = " ".join(tekst for _, tekst in navne)
    assert "…" not in samlet
    assert all(f"{LANGT} {nr}" in samlet for nr in range(3))
    assert all(efter - foer >= 17.9 for (foer, _), (efter, _) in pairwise(navne))
    assert navne[0][0] > 0
    assert navne[-1][0] < hoejde


# --- an area that lacks -----------------------------------------------------------------------------------------------


def ord_i(tegnet: str) -> str:
    """What is written in the picture itself; its description is for those who do not see it."""
    return " ".join("".join(t.itertext()) for t in roden(tegnet).iter(f"{SVG}text"))


@pytest.mark.parametrize("tegner", [lambda b: lille_diagram(b, "a"), lambda b: lille_diagram(b, "a", trykt=True), stort_diagram])  # noqa: E501  # fmt: skip
def test_et_billede_af_omraadernes_sum_siger_hvor_et_omraade_mangler(indikator, nord, syd, tegner):
    tal(indikator, nord, aar_2019=(20, 100), aar_2020=(30, 100), aar_2021=(40, 100))
    tal(indikator, syd, aar_2019=(20, 100))
    b = billede_af(indikator)
    assert b.egen.navn == "Områderne tilsammen"
    assert b.forbehold == ("1 af 2 områder har tal i 2021 og 2020",)
    tegnet = tegner(b)
    assert "1 af 2 områder har tal i 2021 og 2020." in ord_i(tegnet)
    assert "1 af 2 områder har tal i 2021 og 2020." in roden(tegnet).find(f"{SVG}desc").text
    lavest = max(float(t.get("y")) for t in roden(tegnet).iter(f"{SVG}text"))
    assert lavest < float(roden(tegnet).get("height")), "within the picture"


def test_det_siges_ogsaa_hvor_der_ingen_sum_er_og_naar_et_er_skjult(indikator, nord, syd, client):
    tal(indikator, nord, aar_2019="20.0", aar_2020=(30, 100))
    tal(indikator, syd, aar_2020=(3, 100))
    b = billede_af(indikator)
    assert b.egen is None
    assert b.forbehold == ("1 af 2 områder har tal, der kan vises, i 2020", "1 af 2 områder har tal i 2019")
    assert b.forbehold[0] in ord_i(stort_diagram(b))
    client.force_login(f.MedlemskabFactory(plan=indikator.plan, rolle="leder").bruger)
    assert b.forbehold[1] in client.get(indikator.get_absolute_url()).text


def test_hvor_alle_har_tal_er_der_intet_forbehold(indikator, nord, syd):
    for sted in (nord, syd):
        tal(indikator, sted, aar_2019=(20, 100))
    assert billede_af(indikator).forbehold == ()
