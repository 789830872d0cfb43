"""Danish forms, out and in: what is written is read back, and what is not surely a number or a date is refused."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from helhedsplan import formats
from helhedsplan.formats import (
    afrund,
    antal,
    kort_dato,
    kroner,
    kvartal,
    laes_dato,
    lang_dato,
    med_punktum,
    mio,
    opremsning,
    periode,
    procent,
    tal,
    tidspunkt,
)
from helhedsplan.tallaeser import laes_tal, til_felt

NBSP = "\u00a0"
DECIMALTAL = st.decimals(
    min_value=Decimal("-99999999999999.9999"), max_value=Decimal("99999999999999.9999"), places=4
) | st.integers(-(10**15), 10**15).map(Decimal)
DATOER = st.dates(date(formats.TIDLIGST_AAR, 1, 1), date(formats.SENEST_AAR, 12, 31))


# --- out ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("vaerdi", "decimaler", "ventet"),
    [
        (Decimal("1234567.891"), 2, "1.234.567,89"),
        (Decimal("1234567.891"), None, "1.234.567,891"),
        (1234567, None, "1.234.567"),
        (0, None, "0"),
        (Decimal("1E+6"), None, "1.000.000"),
        (Decimal("0.005"), 2, "0,01"),
        (Decimal("2.5"), 0, "3"),
        (Decimal("-2.5"), 0, "−3"),
        (Decimal("-1234.5"), None, "−1.234,5"),
        (Decimal("-0.004"), 2, "0,00"),
        (Decimal("-0"), None, "0"),
        (Decimal("25.00"), None, "25,00"),
        (None, None, "–"),
        (None, 2, "–"),
    ],
)
def test_tal(vaerdi, decimaler, ventet):
    assert tal(vaerdi, decimaler) == ventet


def test_halve_rundes_vaek_fra_nul():
    assert [afrund(Decimal(n), 0) for n in ("0.5", "1.5", "-0.5", "-1.5")] == [1, 2, -1, -2]
    assert afrund(Decimal("25.595"), 2) == Decimal("25.60")


@pytest.mark.parametrize(
    ("skrevet", "ventet"),
    [
        (kroner(Decimal(8_400_000)), f"8.400.000{NBSP}kr."),
        (kroner(Decimal("1337.5"), 2), f"1.337,50{NBSP}kr."),
        (kroner(None), "–"),
        (mio(Decimal(25_000_000)), f"25{NBSP}mio.{NBSP}kr."),
        (mio(Decimal(3_600_000)), f"3,6{NBSP}mio.{NBSP}kr."),
        (mio(Decimal(400_000)), f"0,4{NBSP}mio.{NBSP}kr."),
        (mio(Decimal(1_234_567)), f"1,235{NBSP}mio.{NBSP}kr."),
        (mio(Decimal(-2_000_000)), f"−2{NBSP}mio.{NBSP}kr."),
        (mio(Decimal(0)), f"0{NBSP}mio.{NBSP}kr."),
        (mio(Decimal(100_000_000)), f"100{NBSP}mio.{NBSP}kr."),
        (mio(None), "–"),
        (procent(Decimal("88.4")), f"88,4{NBSP}%"),
        (procent(Decimal("25.595"), 2), f"25,60{NBSP}%"),
        (procent(None), "–"),
        (lang_dato(date(2025, 11, 1)), "1. november 2025"),
        (lang_dato(None), "–"),
        (kort_dato(date(2025, 11, 1)), "01.11.2025"),
        (kort_dato(None), "–"),
        (kvartal(2026, 1), "1. kvartal 2026"),
        (antal(1, "fejl", "fejl"), "1 fejl"),
        (antal(0, "dag", "dage"), "0 dage"),
        (antal(1, "dag", "dage"), "1 dag"),
        (antal(1461, "dag", "dage"), "1.461 dage"),
        (opremsning([]), ""),
        (med_punktum("Spring over gærdet"), "Spring over gærdet."),
        (med_punktum("150.000 kr."), "150.000 kr."),
        (med_punktum("Hvad nu?"), "Hvad nu?"),
        (opremsning(["a"]), "a"),
        (opremsning(["a", "b"]), "a og b"),
        (opremsning(["a", "b", "c"]), "a, b og c"),
        (periode(date(2025, 11, 1), date(2029, 10, 31)), "1. november 2025 – 31. oktober 2029"),
        (periode(date(2025, 11, 1), None), "fra 1. november 2025"),
        (periode(None, date(2029, 10, 31)), "til 31. oktober 2029"),
        (periode(None, None), "periode ikke fastlagt"),
    ],
)
def test_dansk_form(skrevet, ventet):
    assert skrevet == ventet


@pytest.mark.parametrize(
    ("utc", "dansk"),
    [
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "29. marts 2026 kl. 01.59"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "29. marts 2026 kl. 03.00"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "25. oktober 2026 kl. 02.30"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "25. oktober 2026 kl. 02.30"),
        (datetime(2025, 12, 31, 23, 5, tzinfo=UTC), "1. januar 2026 kl. 00.05"),
    ],
)
def test_tidspunkt_er_dansk_tid_ogsaa_naar_uret_stilles(utc, dansk):
    assert tidspunkt(utc) == dansk


def test_intet_tidspunkt():
    assert tidspunkt(None) == "–"


def test_filtrene_i_skabeloner_er_de_samme_funktioner():
    filtre = ["t|tal:2", "k|kroner", "k|mio", "t|procent:1", "d|lang_dato", "d|kort_dato"]
    skabelon = Template(" · ".join(f"{{{{ {filter_} }}}}" for filter_ in filtre))
    skrevet = skabelon.render(Context({"t": Decimal("12.345"), "k": Decimal(2_500_000), "d": date(2025, 11, 1)}))
    dele = ["12,35", f"2.500.000{NBSP}kr.", f"2,5{NBSP}mio.{NBSP}kr.", f"12,3{NBSP}%", "1. november 2025", "01.11.2025"]
    assert skrevet == " · ".join(dele)


# --- in: numbers ----------------------------------------------------------------------------------------------------


@given(DECIMALTAL)
def test_et_tal_laeses_som_det_skrives(vaerdi):
    assert laes_tal(til_felt(vaerdi)) == vaerdi


@given(DECIMALTAL, st.integers(0, 4))
def test_et_afrundet_tal_laeses_som_det_skrives(vaerdi, decimaler):
    assert laes_tal(tal(vaerdi, decimaler), tre_decimaler=True) == afrund(vaerdi, decimaler)


@given(st.integers(-(10**12), 10**12))
def test_penge_laeses_som_de_skrives(oere):
    kr = Decimal(oere) / 100
    assert laes_tal(kroner(kr, 2)) == kr
    assert laes_tal(mio(Decimal(oere) * 1000)) == oere * 1000
    assert laes_tal(procent(kr)) == kr


@pytest.mark.parametrize(
    ("tekst", "ventet"),
    [
        ("1.234.567,89", "1234567.89"),
        ("1 337,50", "1337.50"),
        (f"1{NBSP}337,50", "1337.50"),
        ("1\u202f337,50", "1337.50"),
        ("1337,50", "1337.50"),
        ("1.500", "1500"),
        ("12.345.678", "12345678"),
        ("  42\n", "42"),
        ("0", "0"),
        ("0,5", "0.5"),
        ("007", "7"),
        ("-5", "-5"),
        ("−5", "-5"),
        ("–5", "-5"),
        ("12,5 %", "12.5"),
        ("12,5%", "12.5"),
        ("12,5 pct.", "12.5"),
        ("12,5 pct", "12.5"),
        ("8.400.000 kr.", "8400000"),
        ("8.400.000 kr", "8400000"),
        (f"8.400.000{NBSP}kr.", "8400000"),
        ("100 kroner", "100"),
        ("100 DKK", "100"),
        ("25 mio.", "25000000"),
        ("25 mio", "25000000"),
        ("25 Mio. kr.", "25000000"),
        (f"25{NBSP}mio.{NBSP}kr.", "25000000"),
        ("0,4 mio. kr.", "400000"),
        ("1,2 mia. kr.", "1200000000"),
        ("350 t.kr.", "350000"),
        ("350 t. kr.", "350000"),
        ("350 tkr.", "350000"),
        ("350 tkr", "350000"),
        ("350 t.kr", "350000"),
        ("350 tusind kr.", "350000"),
        ("12,5 tusind", "12500"),
        ("-0,4 mio. kr.", "-400000"),
    ],
)
def test_tal_som_folk_skriver_dem(tekst, ventet):
    assert laes_tal(tekst) == Decimal(ventet)


@pytest.mark.parametrize(
    "tekst",
    [
        "",
        "   ",
        "1.5",
        "1.50",
        "1.2345",
        "12.34.567",
        "1.234.56",
        "1234.567",
        "0.500",
        "0.500,25",
        "00.500",
        "012.345",
        "0 500",
        "1,5,5",
        "1,234.50",
        "1.234 567",
        "12 34",
        "1 3375",
        ",5",
        "5,",
        "--5",
        "−-5",
        "5-10",
        "5–10",
        "5 - 10",
        "ca. 5",
        "kr.",
        "mio.",
        "mio. kr.",
        "%",
        "25 mio. mio.",
        "5 % kr.",
        "25 mio. %",
        "25 t",
        "25 t.",
        "25 m",
        "1e5",
        "1E5",
        "nan",
        "inf",
        "Infinity",
        "0x10",
        "1_000",
        "5a",
        "–",
        "..",
        "<5",
        "½",
        "5²",
        "٣",
        "５",
        "1\x005",
        "1/2",
        "12:30",
        "9" * 40,
    ],
)
def test_det_der_ikke_er_sikkert_et_tal_afvises(tekst):
    with pytest.raises(ValueError, match="kan ikke læses som et tal"):
        laes_tal(tekst)


def test_beskeden_viser_det_skrevne_og_en_rigtig_form():
    with pytest.raises(ValueError, match=r"^»mange« kan ikke læses som et tal\. Skriv for eksempel 1\.234,5\.$"):
        laes_tal(" mange ")


def laest_eller_besked(laeser, tekst):
    try:
        return laeser(tekst)
    except ValueError as fejl:
        return str(fejl)


@given(st.text(max_size=30) | st.text("0123456789.,- %kromit", max_size=12))
def test_enhver_tekst_giver_et_endeligt_tal_eller_en_besked(tekst):
    svar = laest_eller_besked(laes_tal, tekst)
    assert svar.is_finite() if isinstance(svar, Decimal) else "kan ikke læses som et tal" in svar


@pytest.mark.parametrize(
    ("ord_", "ventet"),
    [
        ("", ""), ("a", "a"), ("abc", "a, b og c"), ("abcd", "a, b, c og 1 til"), ("abcdefg", "a, b, c og 4 til"),
    ],
)  # fmt: skip
def test_de_foerste_af_mange(ord_, ventet):
    assert formats.de_foerste(list(ord_)) == ventet
    assert formats.de_foerste(tuple(ord_), "; ") == ventet.replace(",", ";")


# --- in: dates ------------------------------------------------------------------------------------------------------


@given(DATOER)
def test_en_dato_laeses_i_alle_former(dag):
    for skrevet in (
        lang_dato(dag),
        kort_dato(dag),
        dag.isoformat(),
        f"{dag.day}/{dag.month}-{dag.year}",
        f"{dag.day}/{dag.month} {dag.year}",
        f"{dag.day}.{dag.month}.{dag.year}",
        f"{dag.day}-{dag.month}-{dag.year}",
        lang_dato(dag).upper(),
        lang_dato(dag).replace(" ", NBSP),
        lang_dato(dag).replace(".", ""),
    ):
        assert laes_dato(skrevet) == dag


@pytest.mark.parametrize(
    "tekst",
    [
        "1/11-2025",
        "1/11 2025",
        "1 / 11 - 2025",
        "1/11–2025",
        "01.11.2025",
        "1. 11. 2025",
        "1. november 2025",
        "1 nov 2025",
        "1. nov. 2025",
        "2025-11-01",
        " 2025-11-01\n",
        "01-11-2025",
        "den 1. november 2025",
        "1/11-25",
        "1/11 25",
        "1.11.25",
        "01.11.25",
        "1. nov 25",
    ],
)
def test_datoer_som_folk_skriver_dem(tekst):
    assert laes_dato(tekst) == date(2025, 11, 1)


def test_maaneder_kan_forkortes_til_tre_bogstaver():
    assert [laes_dato(f"1. {navn[:3]}. 2025").month for navn in formats.MAANEDER] == list(range(1, 13))


@pytest.mark.parametrize(
    "tekst",
    [
        "31. november 2025",
        "29/2-2025",
        "2025-02-29",
        "32.01.2025",
        "00.01.2025",
        "01.11.0000",
        "1.13.2025",
        "11/31-2025",
        "1. novembris 2025",
        "1. ma 2025",
        "1. vinter 2025",
    ],
)
def test_datoer_der_ikke_findes(tekst):
    with pytest.raises(ValueError, match="er ikke en dato, der findes"):
        laes_dato(tekst)


@pytest.mark.parametrize("tekst", ["1. november 0202", "1.11.99", "1. nov 70", "1.11.1899", "2200-01-01", "31.12.9999"])
def test_aar_uden_for_vores_tid_er_tastefejl(tekst):
    with pytest.raises(ValueError, match="Året skal ligge mellem 1900 og 2199"):
        laes_dato(tekst)


@pytest.mark.parametrize(
    "tekst",
    [
        "",
        "november 2025",
        "2025",
        "2025-11",
        "20251101",
        "2025/11/01",
        "01.11.2025 10:00",
        "2025-11-01T00:00:00",
        "1. november 2025 – 31. oktober 2029",
        "01.11.2025-31.10.2029",
        "1-2/11-2025",
        "1.11.20255",
        "i morgen",
        "45962",
    ],
)
def test_det_der_ikke_er_en_dato_afvises(tekst):
    with pytest.raises(ValueError, match="kan ikke læses som en dato"):
        laes_dato(tekst)


@pytest.mark.parametrize(("tekst", "eksempel"), [("jan 2027", "31.1.2027"), ("Feb. 2028", "29.2.2028")])
def test_en_maaned_uden_dag_faar_at_vide_hvad_der_mangler(tekst, eksempel):
    with pytest.raises(ValueError, match=f"Skriv dagen også, for eksempel {eksempel}\\."):
        laes_dato(tekst)


UGE_12 = "Skriv dagen: uge 12 i 2027 går fra mandag den 22.03.2027 til fredag den 26.03.2027."


@pytest.mark.parametrize(
    ("tekst", "besked"),
    [
        ("uge 12 2027", UGE_12),
        ("Uge 12, 2027", UGE_12),
        ("uge12-27", UGE_12),
        ("uge 12 i 2027", UGE_12),
        ("uge 53 2026", "Skriv dagen: uge 53 i 2026 går fra mandag den 28.12.2026 til fredag den 01.01.2027."),
        ("uge 53 2027", "Der er ingen uge 53 i 2027. Skriv dagen, for eksempel 31.1.2027."),
        ("uge 0 2027", "Der er ingen uge 0 i 2027. Skriv dagen, for eksempel 31.1.2027."),
        ("uge 12 9999", "Skriv dagen. Året skal ligge mellem 1900 og 2199."),
    ],
)
@pytest.mark.parametrize("maaned", ["", "sidste"])
def test_en_uge_faar_at_vide_hvilke_dage_den_har(tekst, besked, maaned):
    with pytest.raises(ValueError, match=f"^»{tekst}« kan ikke læses som en dato. {besked}$"):
        laes_dato(tekst, maaned=maaned)


@pytest.mark.parametrize(("i_dag", "mandag"), [(date(2026, 11, 29), "16.03.2026"), (date(2027, 1, 2), "22.03.2027")])
def test_en_uge_uden_aar_er_i_aars(monkeypatch, i_dag, mandag):
    monkeypatch.setattr(formats.timezone, "localdate", lambda: i_dag)
    with pytest.raises(ValueError, match=f"uge 12 i {i_dag.year} går fra mandag den {mandag}"):
        laes_dato("uge 12")


def test_en_maaned_er_nok_for_en_periode():
    assert laes_dato("jan 2027", maaned="foerste") == date(2027, 1, 1)
    assert laes_dato("Feb. 2028", maaned="sidste") == date(2028, 2, 29)
    assert laes_dato("1/2 28", maaned="sidste") == date(2028, 2, 1)
    with pytest.raises(ValueError, match="kan ikke passe"):
        laes_dato("januar 0207", maaned="foerste")


@given(st.text(max_size=30) | st.text("0123456789./- novjanden", max_size=16))
def test_enhver_tekst_giver_en_dato_i_vores_tid_eller_en_besked(tekst):
    svar = laest_eller_besked(laes_dato, tekst)
    assert 1900 <= svar.year <= 2199 if isinstance(svar, date) else svar.startswith("»")
