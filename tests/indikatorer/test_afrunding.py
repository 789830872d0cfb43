"""The arithmetic of rounded percents, held up against counting it out."""

from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indikatorer.rules.afrunding import Interval, antal_af, grundlag_af

DECIMALER = st.integers(0, 3)


def afrundet(antal: int, grundlag: int, decimaler: int, rounding: str) -> Decimal:
    return (Decimal(100 * antal) / Decimal(grundlag)).quantize(Decimal(1).scaleb(-decimaler), rounding=rounding)


@pytest.mark.parametrize(
    ("antal", "procent", "decimaler", "interval"),
    [
        (213, "18", 0, Interval(1152, 1217)),
        (52, "4.6", 1, Interval(1119, 1142)),
        (258, "26.1", 1, Interval(987, 990)),
        (799, "17.4", 1, Interval(4579, 4605)),
        (158, "3.5", 1, Interval(4451, 4579)),
        (0, "0", 0, Interval(1, None)),
        (2, "0", 0, Interval(400, None)),
        (5, "100", 0, Interval(5, 5)),
    ],
)
def test_kendte_tal(antal, procent, decimaler, interval):
    assert grundlag_af(antal, Decimal(procent), decimaler) == interval


@pytest.mark.parametrize(("antal", "procent"), [(0, "12.5"), (3, "50.1"), (7, "0.0001")])
def test_det_umulige_er_tomt(antal, procent):
    assert grundlag_af(antal, Decimal(procent), 1).er_tomt == (procent != "0.0001")


def test_gemte_decimaler_taeller_ogsaa_naar_de_ikke_vises():
    assert grundlag_af(213, Decimal("17.96"), 0) == Interval(1186, 1186)
    assert grundlag_af(213, Decimal("18.0000"), 0) == Interval(1152, 1217)


@given(
    data=st.data(),
    grundlag=st.integers(1, 6000),
    decimaler=DECIMALER,
    rounding=st.sampled_from([ROUND_HALF_UP, ROUND_HALF_DOWN]),
)
def test_det_rigtige_grundlag_og_antal_ligger_altid_i_intervallet(data, grundlag, decimaler, rounding):
    antal = data.draw(st.integers(0, grundlag))
    vist = afrundet(antal, grundlag, decimaler, rounding)
    assert grundlag in grundlag_af(antal, vist, decimaler)
    assert antal in antal_af(Interval(grundlag, grundlag), vist, decimaler)


@given(antal=st.integers(1, 40), tiendedele=st.integers(0, 1000))
def test_intervallet_rummer_netop_de_mulige(antal, tiendedele):
    procent = Decimal(tiendedele) / 10
    interval = grundlag_af(antal, procent, 1)
    mulige = {n for n in range(antal, 3000) if abs(Decimal(100 * antal) - procent * n) <= Decimal("0.05") * n}
    assert {n for n in range(antal, 3000) if n in interval} == mulige


@given(a=st.tuples(st.integers(0, 50), st.integers(0, 50)), b=st.tuples(st.integers(0, 50), st.integers(0, 50)))
def test_faelles_er_det_der_ligger_i_begge(a, b):
    foerste, anden = Interval(*a), Interval(*b)
    assert {n for n in range(51) if n in foerste & anden} == {n for n in range(51) if n in foerste and n in anden}
    assert (foerste & Interval(0, None)) == foerste
    assert (foerste & anden).er_tomt == (not any(n in foerste and n in anden for n in range(51)))
