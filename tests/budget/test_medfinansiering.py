from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from budget.rules.celler import Cellenoegle, Formaal, Vaerdi
from budget.rules.medfinansiering import andel_i_ord, medfinansiering
from budget.rules.oplyst import Oplyst

BELOEB = st.decimals(0, 10**9, places=2)
KILDER = {
    1: SimpleNamespace(lokal=False, art="lbf", navn="LBF"),
    2: SimpleNamespace(lokal=True, art="boligorganisation", navn="Boligselskaberne"),
    3: SimpleNamespace(lokal=True, art="kommune", navn="Kommunen"),
}


def tal(lbf, bolig=0, kommune=0, *, timer=0, gulv="25", loft=None, afrundet=None):
    """The figures of a budget in kroner: cash from three financiers, and hours from the kommune."""
    celler = {
        Cellenoegle(kilde, art, Formaal(), None): Vaerdi(Decimal(beloeb), afrundet_til=afrundet and Decimal(afrundet))
        for kilde, art, beloeb in [
            (1, "kontant", lbf),
            (2, "kontant", bolig),
            (3, "kontant", kommune),
            (3, "timer", timer),
        ]
    }
    return medfinansiering(celler, KILDER, gulv and Decimal(gulv), loft and Decimal(loft))


def test_tallene_fra_2017_2021():
    m = tal(25_000_000, 5_000_000, 1_600_000, timer=2_000_000)
    assert (m.i_alt, m.lokal, m.lokal_kontant, m.kommune) == (33_600_000, 8_600_000, 6_600_000, 3_600_000)
    assert m.andel_i_ord == "25,60\u00a0%"
    assert (m.margin, m.gulv, m.holder) == (200_000, 8_400_000, True)
    assert (m.mangler, m.mangler_oveni) == (0, 0)


def test_ved_24_99_procent_mangler_der_3360_kr():
    m = tal(25_203_360, 5_396_640, 3_000_000)
    assert (m.i_alt, m.andel_i_ord, m.holder) == (33_600_000, "24,99\u00a0%", False)
    assert (m.mangler, m.mangler_oveni) == (3_360, 4_480)


def test_praecis_25_procent_holder_og_en_oere_mindre_goer_ikke():
    assert tal(75, 25).holder
    en_oere_under = tal("75.01", "24.99")
    assert not en_oere_under.holder
    assert (en_oere_under.mangler, en_oere_under.margin) == (Decimal("0.01"), Decimal("-0.01"))


@pytest.mark.parametrize(
    ("andel", "gulv", "ventet"),
    [
        ("24.996", "25", "24,99\u00a0%"),
        ("24.994", "25", "24,99\u00a0%"),
        ("25.004", "25", "25,00\u00a0%"),
        ("24.996", None, "25,00\u00a0%"),
        ("24.996", "12.5", "25,00\u00a0%"),
    ],
)
def test_en_andel_under_gulvet_rundes_aldrig_op_til_det(andel, gulv, ventet):
    assert andel_i_ord(Decimal(andel), gulv and Decimal(gulv)) == ventet


def test_hvad_der_kraeves_lokalt_naar_bevillingen_bliver_mindre():
    m = tal(12_500_000, 3_000_000)
    assert m.lokal_krav == Decimal("4166666.67")
    assert m.mangler_oveni == Decimal("1166666.67")
    assert tal(20_000_000).lokal_krav == Decimal("6666666.67")


def test_kommunens_loft_begraenser_hvem_der_kan_lukke():
    m = tal(80, 10, 10, loft="12.5")
    kan = {k.navn: k.kan_laegge_til for k in m.kan_lukke}
    assert kan == {"Boligselskaberne": None, "Kommunen": Decimal("2.50")}
    assert [k.navn for k in tal(70, 10, 20, loft="12.5").kan_lukke] == ["Boligselskaberne"]


def test_tomt_budget_og_ukendt_gulv():
    tomt = tal(0)
    assert (tomt.andel_pct, tomt.andel_i_ord, tomt.holder) == (None, "–", True)
    assert tal(100, gulv=None).holder
    assert tal(100, gulv="100").lokal_krav == 100


def test_afrunding_kan_afgoere_sagen():
    m = tal(25_000_000, 5_000_000, 3_600_000, afrundet=100_000)
    assert m.er_afrundet
    assert (m.andel_mindst_pct < m.andel_pct < m.andel_hoejst_pct, m.afgoeres_af_afrunding) == (True, False)
    taet_paa = tal(25_000_000, 5_000_000, 3_400_000, afrundet=100_000)
    assert taet_paa.afgoeres_af_afrunding
    assert taet_paa.holder  # as the amounts are written, and that is what is said of it
    linje = taet_paa.i_en_linje.replace("\xa0", " ")
    assert "50.000 kr. over gulvet på 25 % efter de afrundede beløb; med de nøjagtige mellem 24,77 % og" in linje
    assert linje.endswith("så det kan ikke ses, om gulvet på 25 % holder")
    assert "kan ikke ses" not in m.i_en_linje
    assert not tal(25_000_000, 5_000_000, 3_600_000).er_afrundet


@given(BELOEB, BELOEB, BELOEB, st.decimals(0, "99.9", places=1))
def test_gulvet_holdes_netop_naar_det_manglende_laegges_til(lbf, bolig, kommune, gulv):
    assume(lbf + bolig + kommune)
    m = tal(lbf, bolig, kommune, gulv=str(gulv))
    assert m.holder == ((bolig + kommune) * 100 >= gulv * (lbf + bolig + kommune))
    assert (m.mangler == 0) == m.holder == (m.mangler_oveni == 0)
    if not m.holder:
        oveni = tal(lbf, bolig + m.mangler_oveni, kommune, gulv=str(gulv))
        assert oveni.holder
        assert not tal(lbf, bolig + m.mangler_oveni - Decimal("0.01"), kommune, gulv=str(gulv)).holder
        if m.mangler <= lbf:
            assert tal(lbf - m.mangler, bolig + m.mangler, kommune, gulv=str(gulv)).holder


@given(BELOEB, BELOEB, st.decimals(0, 10**6, places=0), st.decimals(-1, 1, places=3), st.decimals(-1, 1, places=3))
def test_den_sande_andel_ligger_mellem_graenserne(lbf, bolig, afrundet, skub_lbf, skub_bolig):
    sande = [max(Decimal(0), b + s * afrundet / 2) for b, s in ((lbf, skub_lbf), (bolig, skub_bolig))]
    assume(sum(sande))
    assume(lbf + bolig)
    m = tal(lbf, bolig, afrundet=str(afrundet))
    slip = Decimal("0.000001")
    assert m.andel_mindst_pct - slip <= sande[1] * 100 / sum(sande) <= m.andel_hoejst_pct + slip


def oplyst_tal(lbf, lokal, oplyst, *, afrundet, oplyst_afrundet):
    celler = {
        Cellenoegle(kilde, "kontant", Formaal(), None): Vaerdi(Decimal(beloeb), afrundet_til=Decimal(enhed))
        for (kilde, beloeb), enhed in zip(((1, lbf), (2, lokal)), afrundet, strict=True)
    }
    oplyst = Oplyst(Decimal(oplyst), Decimal(oplyst_afrundet))
    return medfinansiering(celler, KILDER, Decimal(25), None, oplyst)


def test_baade_delenes_og_det_oplyste_tals_afrunding_saetter_graenserne():
    """10,0 mio. give or take 200.000 and 3,3 mio. give or take 200.000, which are 13,3 mio. give or take 50.000: the
    local 3,1 cannot be of 13,35, for the rest is at most 10,2."""
    m = oplyst_tal(10_000_000, 3_300_000, 13_300_000, afrundet=(400_000, 400_000), oplyst_afrundet=100_000)
    assert m.andel_mindst_pct == Decimal(3_100_000) * 100 / 13_300_000
    assert m.andel_hoejst_pct == Decimal(3_500_000) * 100 / 13_300_000
    assert m.afrunding_i_ord.replace("\u00a0", " ") == (
        "mellem 23,31 % og 26,32 %, så det kan ikke ses, om gulvet på 25 % holder"
    )


@settings(max_examples=60, deadline=None)
@given(
    st.tuples(st.integers(0, 20), st.integers(0, 20), st.integers(-6, 6)),
    st.tuples(*[st.sampled_from([0, 2, 4, 10]) for _ in range(3)]),
)
def test_graenserne_er_de_yderste_andele_der_passer_med_alt(beloeb, afrundet):
    """All whole amounts within the roundings, which hold the corners, tried one by one."""
    lbf, lokal, forskel = beloeb
    i_alt = max(0, lbf + lokal + forskel)
    passer = [
        Fraction(100 * x, x + y)
        for x in range(max(0, lokal - afrundet[1] // 2), lokal + afrundet[1] // 2 + 1)
        for y in range(max(0, lbf - afrundet[0] // 2), lbf + afrundet[0] // 2 + 1)
        if x + y and abs(x + y - i_alt) * 2 <= afrundet[2]
    ]
    assume(passer and i_alt * 2 > afrundet[2])  # a total that may be 0 has no share
    m = oplyst_tal(lbf, lokal, i_alt, afrundet=afrundet[:2], oplyst_afrundet=afrundet[2])
    assume(m.andel_mindst_pct is not None)
    assert abs(Fraction(m.andel_mindst_pct) - min(passer)) < Fraction(1, 10**9)
    assert abs(Fraction(m.andel_hoejst_pct) - max(passer)) < Fraction(1, 10**9)
