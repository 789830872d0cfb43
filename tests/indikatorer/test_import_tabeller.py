"""Tables are found by what stands in them: titles above, groups of heads, repeated heads, notes below."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helhedsplan.tabelfil import Maerke, UlaeseligFil
from helhedsplan.tabelfil.tabel import BRUDT
from indikatorer.imports.tabeller import find_tabeller
from indikatorer.imports.udkast import aabn
from tests.indikatorer.importdata import bog, laes_fil


def tabeller(tekst) -> list:
    return find_tabeller(laes_fil(tekst.encode() if isinstance(tekst, str) else tekst))


def form(tabel) -> tuple:
    return tabel.titel, [k.overskrift for k in tabel.kolonner], [r + 1 for r in tabel.raekker]


def test_statistikbankens_csv():
    [tabel] = tabeller('"OMRÅDE";"TID";"INDHOLD"\n"Ishøj";"2008K1";12,5\n"Ishøj";"2020";..\n')
    assert form(tabel) == ("", ["OMRÅDE", "TID", "INDHOLD"], [2, 3])


def test_titler_gentagne_hoveder_og_noter():
    [tabel] = tabeller(
        "Tabel 1;;\nAndel ledige;;\n;;\nOmråde;2019;2020\nNord;12,1;11\n"
        "Område;2019;2020\nSyd;1;..\nKilde: LBF;;\n\nNote;;\n"
    )
    assert form(tabel) == ("Tabel 1 Andel ledige", ["Område", "2019", "2020"], [5, 7])
    assert (tabel.noter, tabel.gentagne) == (["Kilde: LBF", "Note"], 1)


@pytest.mark.parametrize(
    "raekke", ["- Mænd;5;6", "- Mænd;..;6", "- Mænd;..;..", "- Mænd;-;-", "..Kvinder;5;6", "- nul børn;5;6", "-;Mænd;6"]
)
def test_en_raekke_med_tal_er_ingen_note(raekke):
    """A name may begin with a dash; what has figures or marks under the headings is read."""
    [tabel] = tabeller(f"Sted;2022;2023\nI alt;9;9\n{raekke}\nSyd;4;3\nKilde: LBF;;\n")
    assert (form(tabel)[2], tabel.noter, tabel.tegn) == ([2, 3, 4], ["Kilde: LBF"], {})


@pytest.mark.parametrize(
    ("raekke", "nul"),
    [("-;Nul", True), ("- Nul;", True), ("- Nul;.. Diskretioneret", True), ("-;Nul;..;Diskretioneret", True),
     ("..;Tallet kan ikke oplyses", False), ("..;Diskretioneret;-;Nul", False)],
)  # fmt: skip
def test_en_forklaring_af_tegnene_er_en_note(raekke, nul):
    [tabel] = tabeller(f"Sted;2022;2023;2024\nNord;9;9;9\nSyd;4;3;2\n{raekke}\n")
    assert (form(tabel)[2], tabel.noter) == ([2, 3], [" ".join(raekke.replace(";", " ").split())])
    assert (tabel.tegn.get("-") is Maerke.NUL) is nul


def test_overskrifter_i_to_lag():
    [tabel] = tabeller("Område;2019;;2020;\n;Antal;Pct.;Antal;Pct.\nNord;12;1,1;11;0,9\n")
    assert [k.overskrift for k in tabel.kolonner] == ["Område", "2019 Antal", "2019 Pct.", "2020 Antal", "2020 Pct."]
    assert [k.noegle for k in tabel.kolonner] == ["område", "<år> antal", "<år> pct", "<år> antal", "<år> pct"]


def test_flere_tabeller_i_et_ark():
    to = tabeller("Område;Antal\nNord;5\nSyd;6\n\nTabel 2. Noget andet;\n\nSted;Pct.\nNord;5,5\n")
    assert [form(t) for t in to] == [
        ("", ["Område", "Antal"], [2, 3]),
        ("Tabel 2. Noget andet", ["Sted", "Pct."], [8]),
    ]


def test_en_tom_raekke_deler_ikke_en_tabel():
    [tabel] = tabeller("Område;Antal\nNord;5\n\nSyd;6\nØst;N/A\n\nVest;ca. 5\n")
    assert form(tabel) == ("", ["Område", "Antal"], [2, 4, 5, 7])


@pytest.mark.parametrize("tal", ["2000;1998", "2000;12", "N/A;5", "N/A;ca. 5"])
def test_antal_der_ligner_aarstal_og_tekst_i_talfelter_er_raekker(tal):
    [tabel] = tabeller(f"Område;2019;2020\nNord;{tal}\nSyd;12;13\n")
    assert form(tabel) == ("", ["Område", "2019", "2020"], [2, 3])


def test_slagsen_er_den_samme_naeste_aar():
    i_aar = "Tabel 1. Andel ledige, udtrukket 01.03.2025;;\nOmråde;2019;2020\nNord;1;2\n"
    naeste = "Tabel 1. Andel ledige, udtrukket 02.04.2026;;;\nOMRÅDE;2019;2020;2021\nNord;1;2;3\nSyd;1;2;3\n"
    anden = "Tabel 2. Andel ledige;;\nOmråde;2019;2020\nNord;1;2\n"
    assert tabeller(i_aar)[0].aftryk == tabeller(naeste)[0].aftryk != tabeller(anden)[0].aftryk


def test_ark_med_tabeller_i_en_bog():
    data = bog(
        ("Forside", [["Beboerdata 2024"], ["Udgivet af nogen"]]),
        ("Tabel 1", [["Andel ledige"], [], ["Område", 2019], ["Nord", 12.1], ["Syd", "<5"]]),
    )
    [tabel] = tabeller(data)
    assert (tabel.ark.navn, form(tabel)) == ("Tabel 1", ("Andel ledige", ["Område", "2019"], [4, 5]))


def test_tal_laeses_som_de_vises():
    def ret(b):
        b["A"]["B2"].number_format = "0.0%"
        b["A"]["C2"].number_format = "0.0"

    [tabel] = tabeller(bog(("A", [["Område", "Procent", "Tal"], ["Nord", 0.261, 26.099999999999998]]), ret=ret))
    assert [tabel.celle(1, k) for k in tabel.kolonner] == ["Nord", "26,1 %", "26,1"]
    assert [celle.vist for celle in tabel.ark.raekker[1][1:]] == [1, 1]


@pytest.mark.parametrize("kodning", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("tegn", [";", "\t"])
def test_csv_i_begge_kodninger(kodning, tegn):
    [ark] = laes_fil(f"Område{tegn}Værdi\nIshøj{tegn}1,5\n".encode(kodning))
    assert ark.raekker == [["Område", "Værdi"], ["Ishøj", "1,5"]]


def test_csv_skilt_af_komma():
    [ark] = laes_fil(b'place,year,value\nNord,2020,26.1\n"Syd, vest",2020,5\n')
    assert (ark.raekker[2], ark.brudt) == (["Syd, vest", "2020", "5"], BRUDT)


REGNEARK = bog(("A", [["Område", "År", "Procent"], *(["Nord", 2000 + n, n / 3] for n in range(30))]))
KRYPTERET = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600


@pytest.mark.parametrize(
    ("data", "besked"),
    [
        (b"", "tom"),
        (b"  \n", "tom"),
        (KRYPTERET, "adgangskode"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "gamle format"),
        (b"PK\x03\x04noget andet", "beskadiget"),
        (bog(("A", [["Område", 1]]))[:900], "beskadiget"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "et billede og ikke et regneark"),
        (b'a;b\n"1;2\n', "anførselstegn"),
    ],
)
def test_det_der_ikke_kan_laeses_siges_klart(data, besked):
    with pytest.raises(UlaeseligFil, match=besked):
        laes_fil(data)


@given(st.data())
def test_et_regneark_med_vilkaarlige_skader_siges_klart(data):
    skadet = bytearray(REGNEARK)
    for plads in data.draw(st.lists(st.integers(4, len(skadet) - 1), min_size=1, max_size=6)):
        skadet[plads] = data.draw(st.integers(0, 255))
    try:
        laest = laes_fil(bytes(skadet[: data.draw(st.integers(100, len(skadet)))]))
    except UlaeseligFil as grund:
        laest = str(grund)
    assert isinstance(laest, list) or laest.endswith(".")


@pytest.mark.parametrize(
    ("data", "besked"),
    [
        ("A;" + ";".join(f"k{n}" for n in range(210)) + "\nx;" + ";".join(["5"] * 210), "Tabellen har 211 kolonner."),
        ("\n\n".join("Sted;Antal\nNord;5" for _ in range(61)), "Filen har 61 tabeller."),
        ("kun tekst\nog mere", "Der er ingen tabel i filen"),
    ],
)
def test_mere_end_nogen_kan_svare_paa(data, besked):
    _, [fejl] = aabn(data.encode())
    assert fejl.besked.startswith(besked)


def test_for_stor_fil():
    with pytest.raises(UlaeseligFil, match="25 MB"):
        laes_fil(b"a" * (25 * 1024 * 1024 + 1))
