"""What a cell of the budget holds: how a rate becomes an amount, and how amounts and quantities are read and shown."""

import re
from decimal import Decimal

import pytest

from budget.choices import Bidragsart
from budget.rules.celler import (
    Vaerdi,
    beloeb_af_sats,
    er_i_naturalier,
    formel,
    laes_beloeb,
    laes_maengde,
    som_tekst,
    sum_af,
    tjek_beloeb,
    tjek_maengde,
    usikkerhed_af,
)


def d(tekst: str) -> Decimal:
    return Decimal(tekst)


@pytest.mark.parametrize(
    ("maengde", "sats", "beloeb"),
    [("2.5", "0.01", "0.03"), ("3.5", "0.01", "0.04"), ("1.49", "1.01", "1.50"), ("120", "350", "42000.00")],
)
def test_en_halv_oere_rundes_op(maengde, sats, beloeb):
    assert str(beloeb_af_sats(d(maengde), d(sats))) == beloeb


@pytest.mark.parametrize(
    ("maengde", "sats", "beloeb", "enhed", "ventet"),
    [
        ("120.00", "350", "42000", "time", "120 timer × 350,00 kr. = 42.000,00 kr."),
        ("1.00", "350.5", "350.50", "time", "1 time × 350,50 kr. = 350,50 kr."),
        ("2.00", "99", "198", "maaned", "2 måneder × 99,00 kr. = 198,00 kr."),
        ("1.50", "1000", "1500", "m2", "1,5 m² × 1.000,00 kr. = 1.500,00 kr."),
    ],
)
def test_formlen_siger_hvad_der_er_regnet(maengde, sats, beloeb, enhed, ventet):
    regnet = formel(Vaerdi(d(beloeb), maengde=d(maengde), satsvaerdi=1), d(sats), enhed)
    assert regnet.replace("\xa0", " ") == ventet


@pytest.mark.parametrize(("maengde", "sats"), [(None, "350"), ("120", None), (None, None)])
def test_uden_maengde_eller_sats_er_der_ingen_formel(maengde, sats):
    vaerdi = Vaerdi(d("1"), maengde=maengde and d(maengde))
    assert formel(vaerdi, sats and d(sats), "time") == ""


@pytest.mark.parametrize(
    ("tekst", "skala", "beloeb"),
    [
        ("50.000", 1, "50000.00"),
        ("50", 1000, "50000.00"),
        ("50 kr.", 1000, "50.00"),
        ("1,5 mio.", 1000, "1500000.00"),
        ("1,500", 1000, "1500.00"),
        ("0,01", 1, "0.01"),
        ("0", 1, "0.00"),
        ("1.000.000.000", 1, "1000000000.00"),
    ],
)
def test_et_beloeb_laeses_i_tabellens_skala(tekst, skala, beloeb):
    assert str(laes_beloeb(tekst, skala)) == beloeb


@pytest.mark.parametrize("tekst", ["1,500", "1,5001"])
def test_tre_decimaler_er_kun_til_at_forstaa_i_tusinder(tekst):
    with pytest.raises(ValueError, match=r"decimaler|1\.500"):
        laes_beloeb(tekst)


@pytest.mark.parametrize(
    ("beloeb", "besked"),
    [
        ("-0.01", "Beløbet kan ikke være negativt."),
        ("1000000000.01", "Beløbet er over 1 mia. kr. Se efter, om der er for mange nuller."),
        ("0.005", "Beløbet har flere end to decimaler."),
    ],
)
def test_hvad_ingen_celle_kan_rumme(beloeb, besked):
    with pytest.raises(ValueError, match=f"^{re.escape(besked)}$"):
        tjek_beloeb(d(beloeb))


@pytest.mark.parametrize("maengde", ["0", "0.01", "0.5", "10000000"])
def test_en_maengde_fra_nul_til_ti_millioner(maengde):
    assert tjek_maengde(d(maengde)) == d(maengde)


@pytest.mark.parametrize(
    ("maengde", "besked"),
    [
        ("-0.01", "Antallet kan ikke være negativt."),
        ("10000000.01", "Antallet er over 10 mio. Se efter, om der er for mange nuller."),
        ("1.505", "Antallet har flere end to decimaler."),
    ],
)
def test_hvad_ingen_maengde_kan_vaere(maengde, besked):
    with pytest.raises(ValueError, match=f"^{re.escape(besked)}$"):
        tjek_maengde(d(maengde))


def test_en_maengde_maa_staa_i_sin_egen_enhed_og_ingen_anden():
    assert laes_maengde("120 timer", "time") == 120
    assert laes_maengde("12 måneder", "maaned") == 12
    for tekst, enhed in [("120 timer", "maaned"), ("12 måneder", "time"), ("120 kr.", "time")]:
        with pytest.raises(ValueError, match=r"^Skriv et antal \w+, ikke et"):
            laes_maengde(tekst, enhed)


@pytest.mark.parametrize(
    ("beloeb", "skala", "tekst"),
    [("1234567", 1, "1.234.567"), ("1234567.5", 1, "1.234.567,50"), ("1234567.5", 1000, "1.234,5675"), ("0", 1, "0")],
)
def test_det_cellen_viser_har_alle_tal(beloeb, skala, tekst):
    assert som_tekst(d(beloeb), skala) == tekst
    assert laes_beloeb(tekst, skala) == d(beloeb)


def test_en_tom_celle_er_tom():
    assert som_tekst(None) == ""
    assert som_tekst(None, 1000) == ""


def test_summer_er_beloeb_ogsaa_af_ingenting():
    to = [Vaerdi(d("1.10"), afrundet_til=d("1000")), Vaerdi(d("2.20"))]
    assert (sum_af(to), usikkerhed_af(to)) == (d("3.30"), d("500"))
    for summen in (sum_af([]), usikkerhed_af([])):
        assert isinstance(summen, Decimal)
        assert str(summen) == "0.00"


def test_kun_kontanter_er_kontanter():
    assert [er_i_naturalier(art) for art in Bidragsart.values].count(False) == 1
    assert not er_i_naturalier("kontant")
