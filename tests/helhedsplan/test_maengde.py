"""How much, as it is told: the limits of each form, and the three answers to a floor and a cap."""

import re
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helhedsplan.maengde import INTET, laes_maengde, maengde, noejagtig
from helhedsplan.svar import Svar, alle, hoejst, mindst, modsat
from helhedsplan.tallaeser import ANTAL, BELOEB, PROCENT


@pytest.mark.parametrize(
    ("tekst", "maal", "lavest", "hoejest"),
    [
        ("over 32 mio.", BELOEB, "32000000", None),
        ("mindst 12,5 %", PROCENT, "12.5", None),
        ("højst 75 %", PROCENT, None, "75"),
        ("højst 75 %, mindst 12,5 %", PROCENT, "12.5", "75"),
        ("mindst 25 % og højst 30 %", PROCENT, "25", "30"),
        ("13,3 mio. (afrundet)", BELOEB, "13250000", "13350000"),
        ("8.000.000 kr. afrundet", BELOEB, "7500000", "8500000"),
        ("253 eller 454", ANTAL, "253", "454"),
        ("5-8 mio. kr.", BELOEB, "5000000", "8000000"),
        ("ca. 1.550", ANTAL, None, None),
        ("foreløbig 12 mio. kr.", BELOEB, None, None),
        ("ikke oplyst", BELOEB, None, None),
    ],
)
def test_hvad_der_er_sagt_har_graenser(tekst, maal, lavest, hoejest):
    laest = laes_maengde(tekst, maal)
    assert (laest.lavest, laest.hoejest) == (lavest and Decimal(lavest), hoejest and Decimal(hoejest))
    assert str(laest) == tekst
    assert laest.praecis is None


def test_et_tal_er_et_tal_og_ingen_ord():
    assert laes_maengde("13.300.000 kr.", BELOEB) == noejagtig(Decimal(13_300_000))
    assert (laes_maengde("", BELOEB), maengde(None)) == (INTET, INTET)
    assert laes_maengde("ca. 1.550", ANTAL).vaerdi == 1550
    assert laes_maengde("?", ANTAL).er_ikke_oplyst


@pytest.mark.parametrize(
    ("tekst", "maal", "ventet"),
    [
        ("8-5", ANTAL, "»8-5« er bagvendt: 8 er mere end 5."),
        ("mindst 30 %, højst 25 %", PROCENT, "er bagvendt: 30 er mere end 25."),
        ("en del", BELOEB, "»en del« kan ikke læses som et beløb. Skriv et tal, eller hvad der er oplyst"),
        ("over 25 %", BELOEB, "»over 25 %« kan ikke læses som et beløb."),
    ],
)
def test_hvad_der_ikke_kan_laeses_siges_paa_dansk(tekst, maal, ventet):
    with pytest.raises(ValueError, match=re.escape(ventet)):
        laes_maengde(tekst, maal)


@pytest.mark.parametrize(
    ("lavest", "hoejest", "ventet"),
    [
        (25, 30, Svar.HOLDER),
        (25, None, Svar.HOLDER),
        (20, 24, Svar.HOLDER_IKKE),
        (None, 24, Svar.HOLDER_IKKE),
        (24, 25, Svar.KAN_IKKE_SES),
        (None, None, Svar.KAN_IKKE_SES),
    ],
)
def test_gulvet_holder_holder_ikke_eller_kan_ikke_ses(lavest, hoejest, ventet):
    assert mindst(lavest, hoejest, 25) is ventet
    assert mindst(lavest, hoejest, 25, sikkert=False) is Svar.KAN_IKKE_SES


@given(st.integers(0, 100), st.integers(0, 100), st.integers(0, 100))
def test_svaret_er_det_som_alle_mulige_vaerdier_giver(a, b, graense):
    lavest, hoejest = sorted((a, b))
    for spoergsmaal, er_det in ((mindst, lambda v: v >= graense), (hoejst, lambda v: v <= graense)):
        mulige = {er_det(v) for v in range(lavest, hoejest + 1)}
        ventet = Svar.KAN_IKKE_SES if len(mulige) == 2 else (Svar.HOLDER if mulige.pop() else Svar.HOLDER_IKKE)
        assert spoergsmaal(lavest, hoejest, graense) is ventet


def test_tre_svar_regnes_sammen_og_er_aldrig_ja_eller_nej():
    assert alle(Svar.HOLDER, Svar.KAN_IKKE_SES) is Svar.KAN_IKKE_SES
    assert alle(Svar.KAN_IKKE_SES, Svar.HOLDER_IKKE) is Svar.HOLDER_IKKE
    assert alle() is Svar.HOLDER
    assert [modsat(s) for s in Svar] == [Svar.HOLDER_IKKE, Svar.HOLDER, Svar.KAN_IKKE_SES]
    with pytest.raises(TypeError):
        bool(Svar.KAN_IKKE_SES)


@given(st.text(max_size=40))
def test_intet_der_skrives_vaelter_laeseren(tekst):
    graenser = []
    with suppress(ValueError):
        laest = laes_maengde(tekst, BELOEB)
        graenser = [graense for graense in (laest.lavest, laest.hoejest) if graense is not None]
    assert graenser == sorted(graenser)
