"""Ways of writing a number: the value or the refusal's code for each, and the same at every door."""

from decimal import Decimal
from itertools import product

import pytest
from django.core.exceptions import ValidationError

from budget.forms.budget import Scenariefelt
from budget.rules.celler import laes_beloeb, laes_maengde
from budget.sumtjek.tal import laes_celle as sumtjek_celle
from helhedsplan.formularer import Heltalfelt, Talfelt
from helhedsplan.tabelfil import Maerke
from helhedsplan.tabelfil import laes_celle as filcelle
from helhedsplan.tallaeser import BELOEB, FRIT, PROCENT, Talfejl, laes, laes_tal, maal_i, til_felt
from indikatorer.imports.tal import Celletal
from indikatorer.imports.tal import laes_celle as importcelle

NBSP, SMALT, TYNDT, TAL_MELLEMRUM = "\u00a0", "\u202f", "\u2009", "\u2007"

#: Written so, it is this, with this unit ('' for none).
TAL = [
    ("0", "0", ""), ("7", "7", ""), ("42", "42", ""), ("007", "7", ""), ("0,5", "0.5", ""), ("0,50", "0.50", ""),
    ("0,500", "0.5", ""), ("1,5", "1.5", ""), ("1,50", "1.5", ""), ("12,2500", "12.25", ""), ("1500", "1500", ""),
    ("1.500", "1500", ""), ("1.500,00", "1500", ""), ("12.345.678", "12345678", ""), ("1.234,567", "1234.567", ""),
    ("1234,567", "1234.567", ""), ("1.234.567,89", "1234567.89", ""), ("1 500", "1500", ""), ("1'500", "1500", ""),
    ("1\u2019500,50", "1500.5", ""), ("1'234'567", "1234567", ""), ("  42\n", "42", ""), ("\ufeff42", "42", ""),
    ("4\u200b2", "42", ""), ("42\u200e", "42", ""), ("1\u00ad500", "1500", ""),
    ("+5", "5", ""), ("+ 5", "5", ""), ("-5", "-5", ""), ("- 5", "-5", ""), ("\u22125", "-5", ""), ("–5", "-5", ""),
    ("\u20105", "-5", ""), ("\u20115", "-5", ""), ("5-", "-5", ""), ("5,5-", "-5.5", ""), ("5\u2212", "-5", ""),
    ("1.250 -", "-1250", ""), ("(5)", "-5", ""), ("(50.000)", "-50000", ""), ("( 50.000 )", None, "tegn"),
    ("./. 30.000", "-30000", ""), ("./.30.000", "-30000", ""), ("÷ 5", "-5", ""), ("÷5", "-5", ""), ("5 ./.", "-5", ""),
    ("./. kr. 5", "-5", "kr"), ("kr. ./. 5", "-5", "kr"), ("./. 5 %", "-5", "pct"), ("./. 5,-", "-5", "kr"),
    ("kr. 5", "5", "kr"), ("kr 5", "5", "kr"), ("kr.5", "5", "kr"), ("KR. 5", "5", "kr"), ("DKK 5", "5", "kr"),
    ("5 DKK", "5", "kr"), ("5 kr.", "5", "kr"), ("5 kr", "5", "kr"), ("5kr.", "5", "kr"), ("5 kroner", "5", "kr"),
    ("1 krone", "1", "kr"), ("1.250,-", "1250", "kr"), ("1.250,--", "1250", "kr"), ("1.250,–", "1250", "kr"),
    ("1.250.-", "1250", "kr"), ("kr. 1.250,-", "1250", "kr"), ("1.250,- kr.", "1250", "kr"),
    ("-1.250,-", "-1250", "kr"),
    ("(1.250,-)", "-1250", "kr"), ("-kr. 50.000", "-50000", "kr"), ("- kr. 50.000", "-50000", "kr"),
    ("kr. -50.000", "-50000", "kr"), ("kr. \u221250.000", "-50000", "kr"), ("-50.000 kr.", "-50000", "kr"),
    ("(kr. 50.000)", "-50000", "kr"), ("kr. (50.000)", "-50000", "kr"), ("(50.000 kr.)", "-50000", "kr"),
    ("(50.000) kr.", "-50000", "kr"), ("50.000- kr.", "-50000", "kr"), ("50.000,50 kr.", "50000.5", "kr"),
    ("25 mio.", "25000000", ""), ("25 mio", "25000000", ""), ("25mio.", "25000000", ""),
    ("25 Mio. kr.", "25000000", "kr"),
    ("12,5 mio.", "12500000", ""), ("12,5 millioner", "12500000", ""), ("1 million kr.", "1000000", "kr"),
    ("3,625 mio. kr.", "3625000", "kr"), ("kr. 12,5 mio.", "12500000", "kr"), ("2 mill.", "2000000", ""),
    ("1,2 mia.", "1200000000", ""), ("1,2 milliarder kr.", "1200000000", "kr"), ("-0,4 mio. kr.", "-400000", "kr"),
    ("(0,4 mio. kr.)", "-400000", "kr"), ("350 t.kr.", "350000", "kr"), ("350 t. kr.", "350000", "kr"),
    ("350 tkr.", "350000", "kr"), ("350 tkr", "350000", "kr"), ("350 tusind", "350000", ""),
    ("350 tusind kr.", "350000", "kr"), ("12,5 %", "12.5", "pct"), ("12,5%", "12.5", "pct"), ("60 pct.", "60", "pct"),
    ("60 procent", "60", "pct"), ("+5 %", "5", "pct"), ("-5 %", "-5", "pct"), ("(5 %)", "-5", "pct"),
    ("12,345 %", "12.345", "pct"), ("1.500 timer", "1500", "timer"), ("1 time", "1", "timer"),
    ("37,5 timer", "37.5", "timer"),
    ("350 kr./time", "350", "kr_time"), ("350 kr. pr. time", "350", "kr_time"), ("350 kr/t", "350", "kr_time"),
    ("350 kr. i timen", "350", "kr_time"), ("90 m²", "90", "m2"), ("90 m2", "90", "m2"), ("90 kvm", "90", "m2"),
    ("800 kr./m²", "800", "kr_m2"), ("6 måneder", "6", "maaned"), ("6 mdr.", "6", "maaned"),
    ("12 personer", "12", "antal"),
    ("12 stk.", "12", "antal"), ("900 kr. pr. måned", "900", "kr_maaned"),
]  # fmt: skip

#: Refused, with the code of why.
AFVIST = [
    ("", "tomt"), ("   ", "tomt"), ("\u200b", "tomt"),
    ("1.2", "flertydigt"), ("1.5", "flertydigt"), ("1.50", "flertydigt"), ("0.5", "flertydigt"),
    ("0.500", "flertydigt"),
    ("1.2345", "flertydigt"), ("1234.567", "flertydigt"), ("1,500", "flertydigt"), ("12,500", "flertydigt"),
    ("123,456", "flertydigt"), ("1,000", "flertydigt"), ("-1,500", "flertydigt"), ("(1,500)", "flertydigt"),
    ("kr. 1,500", "flertydigt"), ("1,500 timer", "flertydigt"), ("1.50 kr.", "flertydigt"), ("12.5 %", "flertydigt"),
    ("1.5 mio.", "flertydigt"), ("1,234.50", "engelsk"), ("1,234,567", "engelsk"), ("1,234,567.89", "engelsk"),
    ("50.OOO", "bogstav"), ("50.ooo", "bogstav"), ("5O", "bogstav"), ("1O.000 kr.", "bogstav"), ("l.500", "bogstav"),
    ("l5", "bogstav"), ("I2", "bogstav"), ("kr. 5O.000", "bogstav"), ("(5O.000)", "bogstav"), ("O", "bogstav"),
    ("ca. 50.000", "omtrent"), ("ca 50.000", "omtrent"), ("Ca. 5", "omtrent"), ("cirka 50.000 kr.", "omtrent"),
    ("omkring 12", "omtrent"), ("~5", "omtrent"), ("≈ 5", "omtrent"), ("±5", "omtrent"), ("<5", "omtrent"),
    ("> 5", "omtrent"), ("mindst 5", "omtrent"), ("op til 5 mio.", "omtrent"),
    ("5-10", "interval"), ("5–10", "interval"), ("5 - 10", "interval"), ("5 til 10", "interval"),
    ("--5", "fortegn"), ("\u2212-5", "fortegn"), ("+-5", "fortegn"), ("-5-", "fortegn"), ("(-5)", "fortegn"),
    ("./. -5", "fortegn"), ("./.", "streg"),
    ("(5-)", "fortegn"), ("5--", "tegn"),
    ("-", "streg"), ("–", "streg"), ("\u2212", "streg"), ("- kr.", "streg"), ("-kr.", "streg"), ("kr. -", "streg"),
    ("9" * 21, "langt"),
    ("12.34.567", "tegn"), ("1.234.56", "tegn"), ("00.500", "flertydigt"), ("0 500", "tegn"), ("1,5,5", "tegn"),
    ("1.234 567", "tegn"), ("1'234.567", "tegn"), ("12 34", "tegn"), ("1 3375", "tegn"), (",5", "tegn"), ("5,", "tegn"),
    ("5.", "tegn"), ("kr.", "tegn"), ("mio.", "tegn"), ("%", "tegn"), ("25 mio. mio.", "tegn"), ("5 % kr.", "tegn"),
    ("25 mio. %", "tegn"), ("25 t", "tegn"), ("25 m", "tegn"), ("25k", "tegn"), ("1e5", "tegn"), ("nan", "tegn"),
    ("inf", "tegn"), ("0x10", "tegn"), ("1_000", "tegn"), ("5a", "tegn"), ("..", "tegn"), ("½", "tegn"),
    ("5²", "tegn"),
    ("٣", "tegn"), ("５", "tegn"), ("1/2", "tegn"), ("12:30", "tegn"), ("fem", "tegn"), ("5 børn", "tegn"),
    ("#N/A", "tegn"),
    ("50.000 *)", "tegn"), ("((5))", "tegn"), ("(5", "tegn"), ("5)", "tegn"), ("=5+5", "tegn"), ("5 €", "tegn"),
    ("5 %%", "tegn"), ("5‰", "tegn"), ("", "tomt"), ("—5", "tegn"),
]  # fmt: skip

#: The same amounts with every kind of space, minus and place for kroner.
SAMMENSAT = [
    (f"{foer}{minus}1{mellem}250{oere}{efter}", -1250 if minus else 1250)
    for mellem, minus, (foer, efter), oere in product(
        (".", " ", NBSP, SMALT, TYNDT, TAL_MELLEMRUM, "'"),
        ("", "-", "\u2212"),
        (("", ""), ("kr. ", ""), ("", f"{NBSP}kr.")),
        ("", ",00", ",-"),
    )
]
ALLE = [(t, v, e) for t, v, e in TAL if v is not None] + [(t, str(v), "kr") for t, v in SAMMENSAT]
NEJ = [(t, k) for t, k in AFVIST] + [(t, kode) for t, v, kode in TAL if v is None]


def test_der_er_mindst_300_maader():
    assert len({t for t, *_ in ALLE} | {t for t, _ in NEJ}) >= 300


@pytest.mark.parametrize(("tekst", "vaerdi", "enhed"), TAL)
def test_vaerdi_og_enhed(tekst, vaerdi, enhed):
    if vaerdi is None:
        with pytest.raises(Talfejl):
            laes(tekst)
    else:
        laest = laes(tekst)
        assert (laest.vaerdi, laest.enhed) == (Decimal(vaerdi), enhed)


@pytest.mark.parametrize(("tekst", "kode"), NEJ)
def test_afvisningens_kode_og_besked(tekst, kode):
    with pytest.raises(Talfejl, match=r"kan ikke læses som et tal\. .+") as fejl:
        laes(tekst)
    assert fejl.value.kode == kode


@pytest.mark.parametrize(("tekst", "vaerdi"), SAMMENSAT)
def test_mellemrum_minus_og_kroner(tekst, vaerdi):
    assert laes_tal(tekst, BELOEB) == vaerdi


def svar(laeser, *fejl):
    try:
        return laeser()
    except fejl as grund:
        return " ".join(getattr(grund, "messages", [str(grund)]))


def test_hver_doer_siger_det_samme():
    """Field, grid, import and sum audit: the same value, or a refusal, for every way of writing."""
    for tekst, vaerdi, enhed in ALLE:
        ventet = Decimal(vaerdi)
        felt = svar(lambda t=tekst: Talfelt(maal=FRIT).clean(t), ValidationError)
        assert felt == ventet, tekst
        gitter = svar(lambda t=tekst: laes_beloeb(t), ValueError)
        if enhed not in ("", "kr"):
            assert "ikke" in gitter, tekst
        elif ventet < 0 or ventet > 10**9 or ventet != round(ventet, 2):
            assert gitter.startswith("Beløbet"), tekst
        else:
            assert gitter == ventet, tekst
        indlaest = svar(lambda t=tekst: importcelle(t), ValueError)
        if enhed in ("", "kr", "pct", "antal"):
            assert isinstance(indlaest, Celletal), tekst
            assert indlaest.vaerdi == ventet, tekst
        else:
            assert "ikke" in indlaest, tekst
        sum_ = svar(lambda t=tekst: sumtjek_celle(t), ValueError)
        if enhed == "pct":
            assert sum_ is None, tekst
        elif enhed.startswith("kr_"):
            assert "ikke" in sum_, tekst
        else:
            assert sum_.vaerdi == ventet, tekst


def test_ingen_doer_tager_det_der_afvises():
    maerker = {"", "-", "–", "\u2212", "..", "<5", "5-10", "5–10", "\u200b", "   "}
    for tekst, _ in NEJ:
        if tekst.strip("\u200b "):
            assert isinstance(svar(lambda t=tekst: Talfelt(maal=FRIT).clean(t), ValidationError), str), tekst
        assert isinstance(svar(lambda t=tekst: laes_beloeb(t), ValueError), str), tekst
        if tekst.strip() not in maerker:
            for laeser in (importcelle, sumtjek_celle, filcelle):
                fundet = svar(lambda t=tekst, laeser=laeser: laeser(t), ValueError)
                if fundet is not None and not isinstance(fundet, str | Maerke):
                    # What only files say: 0 in the money format of a spreadsheet, and the mark of a footnote.
                    assert (fundet.vaerdi == 0 and "kr" in tekst) or tekst in {"50.000 *)", "5²"}, tekst


@pytest.mark.parametrize(
    ("laeser", "tekst", "besked"),
    [
        (laes_beloeb, "60 %", "Skriv et beløb, ikke en procent."),
        (laes_beloeb, "1.500 timer", "Skriv et beløb, ikke et antal timer."),
        (laes_beloeb, "350 kr./time", "Skriv et beløb, ikke en pris pr. time."),
        (laes_maengde, "1500 kr.", "Skriv et antal, ikke et beløb."),
        (lambda t: laes_maengde(t, "time"), "1500 kr.", "Skriv et antal timer, ikke et beløb."),
        (lambda t: laes_maengde(t, "m2"), "1500 timer", "Skriv et antal m², ikke et antal timer."),
        (lambda t: laes_maengde(t, "time"), "1,5 mio.", "Skriv et antal timer med alle cifre: 1.500.000."),
        (lambda t: laes_tal(t, PROCENT), "25 kr.", "Skriv en procent, ikke et beløb."),
        (lambda t: Heltalfelt().clean(t), "60 %", "Skriv et antal, ikke en procent."),
        (lambda t: Talfelt().clean(t), "60 %", "Skriv et tal uden enhed, ikke en procent."),
        (laes_beloeb, "1.50", "»1.50« kan ikke læses som et tal. Der er to muligheder: skriv 1,50 eller 150."),
        (laes_beloeb, "1,500", "»1,500« kan ikke læses som et tal. Der er to muligheder: skriv 1.500 eller 1,5."),
        (
            laes_beloeb,
            "12,345",
            "»12,345« kan ikke læses som et tal. Der er to muligheder: skriv 12.345 eller 12,3450.",
        ),
        (
            laes_beloeb,
            "ca. 50.000",
            "»ca. 50.000« kan ikke læses som et tal. Her kan kun stå et præcist tal eller ingenting.",
        ),
        (
            laes_beloeb,
            "50.OOO",
            "»50.OOO« kan ikke læses som et tal. Der står bogstavet O i stedet for et ciffer. Skriv 50.000.",
        ),
        (laes_beloeb, "1,234.50", "»1,234.50« kan ikke læses som et tal. Det er skrevet på engelsk. Skriv 1.234,50."),
    ],
)
def test_den_forkerte_enhed_og_det_uklare_siges(laeser, tekst, besked):
    assert svar(lambda: laeser(tekst), ValueError, ValidationError) == besked


@pytest.mark.parametrize(
    ("tekst", "ventet"),
    [
        ("60 %", "6000000.00"), ("+5 %", "10500000.00"), ("-5 %", "9500000.00"), ("\u22125 %", "9500000.00"),
        ("12,5 mio.", "12500000"), ("+200.000", "10200000"), ("-200.000 kr.", "9800000"), ("9.000.000", "9000000"),
        ("100 %", "10000000"), ("0 %", "0"),
    ],
)  # fmt: skip
def test_et_scenarie_tager_det_som_det_siger(tekst, ventet):
    assert Scenariefelt(foer=Decimal(10_000_000)).clean(tekst) == Decimal(ventet)


def test_et_scenarie_kan_ikke_give_mindre_end_intet():
    with pytest.raises(ValidationError, match="mindre end 0 kr"):
        Scenariefelt(foer=Decimal(100)).clean("-101")


@pytest.mark.parametrize("vaerdi", ["1.234", "12.5", "1234.567", "0.125", "-1.234", "1000", "0", "999.999"])
def test_det_feltet_viser_laeses_igen(vaerdi):
    assert laes_tal(til_felt(Decimal(vaerdi))) == Decimal(vaerdi)


@pytest.mark.parametrize(
    ("enhed", "tekst", "ventet"),
    [
        ("%", "25 %", "25"), ("%", "25", "25"), ("%", "25 pct.", "25"), ("procent", "12,5%", "12.5"),
        ("%", "25 kr.", "Skriv en procent, ikke et beløb."),
        ("kr.", "5.000 kr.", "5000"), ("kr.", "1.250,-", "1250"), ("kr.", "5 mio.", "5000000"), ("kr.", "5", "5"),
        ("kr.", "5 %", "Skriv et beløb, ikke en procent."), ("kroner", "5.000 kr.", "5000"),
        ("mio. kr.", "1,5", "1.5"), ("mio. kr.", "1,5 mio. kr.", "1.5"), ("mio. kr.", "1.500.000 kr.", "1.5"),
        ("mio. kr.", "1,5 mio.", "1.5"), ("mio. kr.", "5 %", "Skriv et beløb i mio. kr., ikke en procent."),
        ("måneder", "12 måneder", "12"), ("måneder", "12 mdr.", "12"), ("måneder", "12", "12"),
        ("måneder", "12 %", "Skriv et antal måneder, ikke en procent."),
        ("dage", "30 dage", "30"), ("dage", "30", "30"), ("dage", "30 kr.", "Skriv et tal i dage, ikke et beløb."),
        ("sider", "30 sider", "30"), ("år", "5 år", "5"), ("personer", "12 personer", "12"),
        ("udsættelser om året", "3 udsættelser om året", "3"), ("gange", "1,5 gange", "1.5"),
        ("karakter", "6,5", "6.5"), ("karakter", "6 %", "Skriv et tal i karakter, ikke en procent."),
        ("(1 ja, 0 nej)", "1", "1"), ("", "5 %", "Skriv et tal uden enhed, ikke en procent."),
        ("dage", "dage", "kan ikke læses"), ("dage", "halvdage", "kan ikke læses"), ("år", "5 maanedår", "kan ikke"),
    ],
)  # fmt: skip
def test_enheden_er_den_som_feltets_definition_giver(enhed, tekst, ventet):
    fundet = svar(lambda: laes_tal(tekst, maal_i(enhed)), ValueError)
    assert ventet in fundet if isinstance(fundet, str) else fundet == Decimal(ventet)
