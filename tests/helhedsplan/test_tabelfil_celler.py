"""The same cells at every door: one figure, or a refusal, whoever reads them; and where they stand."""

import io
from decimal import Decimal

import pytest
from openpyxl import Workbook

from budget.imports import laes as laes_budget
from budget.rules.celler import filbeloeb
from budget.sumtjek import tjek_fil
from budget.sumtjek.tal import laes_celle as sumtjek
from budget.xlsx import arbejdsbog
from helhedsplan.tabelfil import Maerke, Regnetal, Tabel, Tabeldoer, UlaeseligFil, laes, laes_celle
from helhedsplan.tabelfil.celletal import FEJLFORMEL, forklaret
from helhedsplan.tabelfil.tabel import KORT_BRUDT, Talform, som_celle
from helhedsplan.tabelfil.tekst import skilletegn
from indikatorer.choices import Maaletilstand
from indikatorer.imports.tal import laes_celle as indikator
from tests import factories as f
from tests.indikatorer.importdata import en_plan, udkast

#: As written -> the figure, where it is one.
TAL = [
    ("1.234,5", "1234.5"), ("1 234,50", "1234.5"), ("1\u00a0234", "1234"), ("1\u202f234", "1234"), ("1'234", "1234"),
    ("kr. 1.250,-", "1250"), ("1.250,--", "1250"), ("DKK 500", "500"), ("1,5 mio. kr.", "1500000"),
    ("500 t.kr.", "500000"), ("500 tkr", "500000"), ("+50", "50"), ("00012", "12"), ("5\u00ad0", "50"),
    ("\u200b50", "50"), ("0,0", "0"), ("1.234.567", "1234567"),
    ("12*", "12"), ("12 *", "12"), ("1.250 kr. 1)", "1250"), ("12 1)", "12"), ("12²", "12"), ("50.000 *)", "50000"),
    ("- kr.", "0"), ("kr. -", "0"), ("-   kr.", "0"),
]  # fmt: skip
NEGATIVE = ["-50", "50-", "\u221250", "\u201350", "(50)", "kr. (50)", "(kr. 50)", "./. 50", "÷50"]
IKKE_TAL = {
    "1,234.5": "på engelsk", "50.OOO": "bogstavet O", "l00": "bogstavet l", "1.5": "to muligheder",
    "1,234": "to muligheder", "ca. 5": "præcist tal", "5 til 7": "ét tal", "1e5": "", "٣": "", "½": "", "=1+1": "",
    "50 €": "", ":": "", "N/A": "", "2024-05-01": "", "SAND": "", "i.o.": "", "1,2,3": "", "se note 2": "",
    "#REF!": FEJLFORMEL, "#N/A": FEJLFORMEL, "#DIV/0!": FEJLFORMEL,
}  # fmt: skip


def svar(laeser, celle):
    try:
        return laeser(celle)
    except ValueError as grund:
        return str(grund)


def fra_fil(celle):
    return indikator(celle, fodnoter=True)


@pytest.mark.parametrize(("skrevet", "vaerdi"), TAL)
def test_det_samme_tal_ved_hver_doer(skrevet, vaerdi):
    ventet = Decimal(vaerdi)
    assert laes_celle(skrevet).vaerdi == ventet
    assert fra_fil(skrevet).vaerdi == ventet
    assert sumtjek(skrevet).vaerdi == ventet
    assert filbeloeb(skrevet)[0] == ventet


@pytest.mark.parametrize("skrevet", NEGATIVE)
def test_minus_paa_alle_maader(skrevet):
    assert [laes_celle(skrevet).vaerdi, fra_fil(skrevet).vaerdi, sumtjek(skrevet).vaerdi] == [-50] * 3
    assert svar(filbeloeb, skrevet) == "Beløbet kan ikke være negativt."


@pytest.mark.parametrize("skrevet", IKKE_TAL)
def test_den_samme_afvisning_ved_hver_doer(skrevet):
    sagt = {svar(laeser, skrevet) for laeser in (laes_celle, fra_fil, sumtjek, filbeloeb)}
    assert len(sagt) == 1
    assert IKKE_TAL[skrevet] in sagt.pop()


@pytest.mark.parametrize(
    ("skrevet", "maerke"),
    [("", Maerke.TOM), ("  ", Maerke.TOM), ("-", Maerke.STREG), ("–", Maerke.STREG), ("--", Maerke.STREG),
     ("./.", Maerke.STREG), (".", Maerke.MANGLER), ("…", Maerke.MANGLER), ("...", Maerke.MANGLER),
     ("..", Maerke.SKJULT), ("‥", Maerke.SKJULT), ("*", Maerke.SKJULT), ("#", Maerke.SKJULT), ("<5", Maerke.SKJULT),
     ("Under 5", Maerke.SKJULT), ("0-4", Maerke.SKJULT), ("1–9", Maerke.SKJULT)],
)  # fmt: skip
def test_et_maerke_er_det_samme_og_hver_doer_siger_sit(skrevet, maerke):
    """An indicator is told why there is no figure; to a sum it is nothing, or not to be seen; to a budget a fault."""
    skjult = maerke is Maerke.SKJULT
    assert laes_celle(skrevet) is maerke
    assert indikator(skrevet) == (Maaletilstand.DISKRETIONERET if skjult else Maaletilstand.MANGLER)
    assert svar(sumtjek, skrevet) == (f"»{skrevet}« er et tal, der ikke vises. En sum med det kan ikke efterprøves."
                                      if skjult else None)  # fmt: skip
    assert isinstance(svar(filbeloeb, skrevet), str)


def test_et_skjult_tal_i_en_sum_er_hverken_rigtigt_eller_forkert():
    resultat = tjek_fil(b"Post;2024;2025\nA;5;5\nB;..;5\nC;2;2\nI alt;9;12\n")
    assert (resultat.fejl, resultat.stemmer) == ([], False)
    assert [linje.partition(":")[0] for linje in resultat.ulaeste] == ["B3"]


@pytest.mark.parametrize(
    ("linje", "tegn"),
    [("-  Nul", {"-": Maerke.NUL}), ("– = nul", {"-": Maerke.NUL}),
     (": Oplysning foreligger ikke", {":": Maerke.MANGLER}),
     (".. Diskretioneret", {"..": Maerke.SKJULT}), (".. Tal foreligger ikke", {"..": Maerke.MANGLER}),
     ("- Mænd", {}), (".. Tallet kan ikke oplyses", {}), ("Kilde: LBF", {}), ("", {})],
)  # fmt: skip
def test_arket_siger_selv_hvad_dets_tegn_betyder(linje, tegn):
    assert forklaret([linje]) == tegn
    for skrevet, betyder in tegn.items():
        assert laes_celle(skrevet, tegn=tegn) is betyder


def test_kolon_laeses_naar_arket_forklarer_det(db):
    linjer, plan = "Område;2020;2021\nNord;5;:\n", en_plan()
    kobling = {"indikator": "ledige", "kolonner": {"Område": "sted", "2020": "vaerdi"}}
    uden = udkast(plan, linjer.encode(), kobling)
    assert [str(en) for en in uden.fejl] == ["C2: »:« kan ikke læses som et tal. Skriv for eksempel 1.234,5."]
    med = udkast(plan, f"{linjer}: Tal foreligger ikke;;\n".encode(), kobling)
    assert [str(v.tilstand) for _, v in med.forskel.nye] == ["vaerdi", "mangler"]


# --- what a file says besides ----------------------------------------------------------------------------------------


def test_fodnotens_tegn_siges_ved_indikatorer_og_budget(db):
    u = udkast(
        en_plan(),
        "Andel ledige;\nOmråde;2020\nNord;12,5*\nSyd;5\n".encode(),
        {"indikator": "ledige", "kolonner": {"Område": "sted", "2020": "vaerdi"}},
    )
    assert [str(v.vaerdi) for _, v in u.forskel.nye] == ["12.5", "5"]
    assert u.noter == ["Linje 3, kolonne 2: »12,5*« er læst uden tegnet »*«. Se noten efter i filen."]
    budget = f.BidragFactory(beloeb=100, planaar=1).budget
    from openpyxl import load_workbook

    bog = load_workbook(io.BytesIO(arbejdsbog(budget)))
    bog["Finansiering"]["E4"] = "1.250 kr. 1)"
    ud = io.BytesIO()
    bog.save(ud)
    fundet = laes_budget(budget, ud.getvalue())
    assert fundet.fodnoter == ["ark »Finansiering«, celle E4: »1.250 kr. 1)« er læst uden tegnet »1)«"]
    assert [a.efter for a in fundet.aendringer] == [1250]


@pytest.mark.parametrize(
    ("vaerdi", "form", "tekst", "tal"),
    [(26.1, None, "26,1", "26.1"), (33.599999999999994, None, "33,6", "33.6"),
     (0.261, Talform(True, 1), "26,1 %", "26.1"), (1 / 3, Talform(True, 0), "33,3333 %", "33.3333"),
     (1234567.0, None, "1234567", "1234567"), (-0.0, None, "0", "0"),
     (1e20, None, "100000000000000000000", "100000000000000000000"), (0.123456, None, "0,123456", "0.123456")],
)  # fmt: skip
def test_et_regnearks_tal_er_det_det_er(vaerdi, form, tekst, tal):
    celle = som_celle(vaerdi, form)
    assert (celle, celle.vaerdi, laes_celle(celle).vaerdi) == (tekst, Decimal(tal), Decimal(tal))


def test_stoej_i_et_regnearks_oere_er_ingen_fejl():
    assert filbeloeb(Regnetal("100,12004"))[0] == Decimal("100.12")
    assert "to decimaler" in svar(filbeloeb, Regnetal("100,123"))


def test_punktum_i_et_regneark_med_egne_tal_er_komma():
    assert filbeloeb("1.5", brudt=KORT_BRUDT)[0] == Decimal("1.5")
    assert filbeloeb("1.250", brudt=KORT_BRUDT)[0] == 1250
    ark = [["Post", 2024, 2025], ["A", "1.5", 2.0], ["B", 1.0, 1.0], ["I alt", 2.5, 3.0]]
    assert tjek_fil(bog(ark)).stemmer


def bog(raekker) -> bytes:
    b = Workbook()
    for raekke in raekker:
        b.active.append(raekke)
    ud = io.BytesIO()
    b.save(ud)
    return ud.getvalue()


def test_en_celle_ved_hvor_den_staar():
    assert Tabel("Budget", []).sted(6, 2) == "ark »Budget«, celle C7"
    assert Tabel("", [], ";").sted(11, 2) == "linje 12, kolonne 3"
    assert [Tabel(navn, []).adresse(6, 27) for navn in ("Budget", "")] == ["Budget!AB7", "AB7"]


@pytest.mark.parametrize(
    ("tekst", "tegn"),
    [("a;b\n1,5;2\n", ";"), ("a\tb\n1;2\t3\n", "\t"), ("a,b,c\n1,2,3\nx,4,5\n", ","), ("12,5\n13,1\n", None),
     ("Løn  1,5\nLeje  2,5\n", None), ("Titel\nNord;5\nSyd;6\n", ";"), ('"a;b",c\n"d;e",f\n', ","), ("", None)],
)  # fmt: skip
def test_hvad_der_skiller_cellerne(tekst, tegn):
    assert skilletegn(tekst) == tegn


@pytest.mark.parametrize("kodning", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_de_samme_celler_i_enhver_kodning(kodning):
    (tabel,) = laes("Område;Beløb\nÆrø;1,5\n".encode(kodning), Tabeldoer(1000, 1000, 10, ""))
    assert (tabel.raekker, tabel.skilletegn) == ([["Område", "Beløb"], ["Ærø", "1,5"]], ";")


def test_for_stort_siges_med_hvad_man_kan_goere():
    with pytest.raises(UlaeseligFil, match=r"^Filen har for mange celler\. Del den\.$"):
        laes(b"a;b\n1;2\n3;4\n", Tabeldoer(1000, 1000, 5, "Del den."))
