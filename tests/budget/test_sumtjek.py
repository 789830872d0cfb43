from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from budget.sumtjek import tjek_fil, tjek_raekker, tjek_tekst
from budget.sumtjek.tabel import laes_tabel
from budget.sumtjek.tal import laes_tal
from helhedsplan import formats
from helhedsplan.tabelfil import UlaeseligFil
from helhedsplan.tabelfil.tabel import cellenavn, som_celle

TRYKT = Path(settings.BASE_DIR) / "fixtures" / "tabeller" / "finansiering-2017-2021.csv"
PAA_LINJE = "E5 (heraf timer og lokaler, I alt): der står 5,6 mio., men leddene giver 4,6 mio."


def linjer(resultat):
    return [str(fejl) for fejl in resultat.fejl]


def celler(*raekker):
    return [fejl.celle for fejl in tjek_raekker([r.split("|") for r in raekker]).fejl]


# --- the printed table ----------------------------------------------------------------------------------------------


def test_den_trykte_tabel_har_netop_en_forkert_sum():
    resultat = tjek_fil(TRYKT.read_bytes())
    assert linjer(resultat) == [PAA_LINJE]
    assert resultat.antal == 7


def test_den_trykte_tabel_som_den_kommer_ud_af_en_pdf():
    def paa_linje(*beloeb):
        return "    " + " ".join(f"{et} mio. kr." for et in beloeb)

    tekst = "\n".join(
        [
            "Landsbyggefonden Boligselskaberne Ishøj Kommune I alt",
            "    Samlet udgift",
            paa_linje("25", "5", "3,6", "33,6"),
            "",
            "    - deraf kontante midler",
            paa_linje("25", "2,4", "1,6", "29"),
            "",
            "    - deraf timer og",
            "    lokaler",
            paa_linje("2,6", "2", "5,6"),
        ]
    )
    (fejl,) = tjek_tekst(tekst).fejl
    assert (fejl.raekke, fejl.kolonne, fejl.vist, fejl.beregnet) == (
        "- deraf timer og lokaler",
        "I alt",
        "5,6 mio.",
        "4,6 mio.",
    )


def test_den_rettede_tabel_stemmer():
    rettet = TRYKT.read_bytes().replace(b"5,6", b"4,6")
    assert tjek_fil(rettet).stemmer


# --- what is a total ------------------------------------------------------------------------------------------------


def test_mellemsummer_og_hovedtotal():
    raekker = [
        "|2024|2025|I alt",
        "Løn|10,00|20,00|30,00",
        "Transport|1,00|2,00|3,00",
        "Drift i alt|11,00|22,00|33,00",
        "Aktiviteter|5,00|5,00|10,00",
        "Lokaler|1,00|1,00|2,00",
        "Indsatser i alt|6,00|6,00|12,00",
        "Total|17,00|28,00|45,00",
    ]
    assert celler(*raekker) == []
    raekker[3] = "Drift i alt|11,00|23,00|33,00"
    assert celler(*raekker) == ["C4"]


def test_total_forrest_i_begge_retninger():
    assert celler("|I alt|A|B", "I alt|10,00|4,00|6,00", "x|3,00|1,00|2,00", "y|7,00|3,00|4,00") == []
    assert celler("|I alt|A|B", "I alt|10,00|4,00|7,00", "x|3,00|1,00|2,00", "y|7,00|3,00|4,00") == ["D2"]


def test_heraf_der_ikke_udtoemmer_er_ingen_fejl():
    raekker = ["|A|B|I alt", "Løn|10,00|20,00|30,00", "heraf ledelse|3,00|4,00|7,00", "heraf vikarer|1,00|1,00|2,00"]
    assert celler(*raekker, "Transport|1,00|1,00|2,00", "I alt|11,00|21,00|32,00") == []


def test_procenter_aarstal_og_loebenumre_er_ikke_led():
    assert celler("Nr|Post|Kr.|Andel", "1|A|40,00|40 %", "2|B|60,00|60 %", "|I alt|100,00|100 %") == []
    assert (
        celler("År|LBF|Kommune|I alt", "2024|10,00|5,00|15,00", "2025|10,00|6,00|16,00", "I alt|20,00|11,00|31,00")
        == []
    )


@pytest.mark.parametrize(
    ("overskrift", "numre"),
    [
        ("Konto", ["1010", "2020"]),
        ("Kontonr.", ["1010", "2020"]),
        ("Artskonto", [1010, 2020]),
        ("Bilag", ["17", "18"]),
        ("Dato", [45292, 45293]),
    ],
)
@pytest.mark.parametrize("foerst", [True, False])
def test_kontonumre_og_datoer_er_ikke_beloeb(overskrift, numre, foerst):
    """They are neither added to the amounts nor left out without a word, and a fault beside them is still found."""

    def tabel(*loen):
        raekker = [["Post", 2024, 2025, "I alt"], ["Løn", *loen], ["Drift", 10, 20, 30], ["I alt", 110, 220, 330]]
        for raekke, nr in zip(raekker, [overskrift, *numre, None], strict=True):
            raekke.insert(0 if foerst else 1, nr)
        return [["Budget for planen"], *raekker]

    resultat = tjek_raekker(tabel(100, 200, 300))
    assert (linjer(resultat), resultat.antal) == ([], 6)
    sted = "A" if foerst else "B"
    navn = f"Budget for planen {overskrift}" if foerst else overskrift
    assert resultat.ikke_proevet == [f"kolonne {sted} ({navn}) er ikke efterprøvet: det er numre eller datoer"]
    assert [fejl.celle for fejl in tjek_raekker(tabel(900, 200, 300)).fejl] == ["C3"]


@pytest.mark.parametrize(("andel", "vist"), [(1, "100 %"), (0.125, "12,5 %"), (0.123456, "12,3456 %")])
def test_en_procent_i_en_kolonne_med_beloeb_naevnes_som_den_vises(andel, vist):
    bog = Workbook()
    for raekke in (
        ["Post", 2024, 2025, "I alt"],
        ["Løn", 100, andel, 101],
        ["Drift", 10, 20, 30],
        ["I alt", 110, 21, 131],
    ):
        bog.active.append(raekke)
    bog.active["C2"].number_format = "0%"
    ud = BytesIO()
    bog.save(ud)
    assert f"C2: »{vist}« er en procent og ikke et beløb." in [str(en) for en in tjek_fil(ud.getvalue()).ulaeste]


def test_en_konto_med_ord_er_ingen_kolonne_med_tal():
    resultat = tjek_raekker([["Konto", 2024, "I alt"], ["Løn", 100, 100], ["Drift", 10, 10], ["I alt", 110, 110]])
    assert (linjer(resultat), resultat.antal, resultat.ikke_proevet) == ([], 5, [])


def test_uden_total_er_der_intet_at_efterproeve():
    with pytest.raises(UlaeseligFil, match="ingen summer at efterprøve"):
        tjek_raekker([["", "A", "B"], ["x", "1", "2"]])


def test_flere_tabeller_paa_et_ark():
    ark = [["A", "Kr."], ["x", "1,00"], ["I alt", "2,00"], ["", ""], ["B", "Kr."], ["y", "5,00"], ["I alt", "6,00"]]
    assert [f.celle for f in tjek_raekker(ark).fejl] == ["B3", "B7"]


def test_hvor_intet_udpeger_en_celle_naevnes_summen():
    assert celler("|Kr.", "x|1,00", "y|2,00", "I alt|4,00") == ["B4"]


def test_en_tom_celle_der_mangler():
    raekker = ["|A|B|I alt", "x|1,00||3,00", "y|4,00|5,00|9,00", "I alt|5,00|7,00|12,00"]
    (fejl,) = tjek_raekker([r.split("|") for r in raekker]).fejl
    assert (fejl.celle, fejl.vist, fejl.beregnet) == ("C2", "ingenting", "2,00")


def test_to_fejl_findes_hver_for_sig():
    raekker = [
        "|A|B|C|I alt",
        "x|1,00|2,00|3,00|6,00",
        "y|4,00|5,00|6,00|16,00",
        "z|7,00|8,00|9,00|24,00",
        "I alt|12,00|15,00|20,00|45,00",
    ]
    assert celler(*raekker) == ["E3", "D5"]


def test_naar_to_forklaringer_er_lige_gode_naevnes_de_summer_der_ikke_stemmer():
    """Either the two totals are each one too many, or the corner is one too few and a leaf is."""
    raekker = ["|A|B|I alt", "x|1,00|2,00|4,00", "y|4,00|5,00|9,00", "I alt|5,00|8,00|12,00"]
    assert celler(*raekker) == ["D2", "C4", "D4"]


# --- numbers and rounding -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tekst", "skala", "ventet"),
    [
        ("25 mio. kr.", 1, 25_000_000),
        ("kr. 1.234,50", 1, Decimal("1234.50")),
        ("350 t.kr.", 1, 350_000),
        ("1.234", 1_000, 1_234_000),
        ("5,6", 1_000_000, 5_600_000),
        ("400 kr.", 1_000, 400),
        ("(1.000)", 1, -1000),
        ("5,5-", 1, Decimal("-5.5")),
        ("\u22121.000,-", 1, -1000),
        ("2,6*", 1, Decimal("2.6")),
        (33.599999999999994, 1, Decimal("33.6")),
        (4, 1_000, 4_000),
    ],
)
def test_tal_som_de_trykkes(tekst, skala, ventet):
    assert laes_tal(som_celle(tekst), skala).vaerdi == ventet


@pytest.mark.parametrize("tekst", ["", "–", "40 %", "§ 61", "ca. 40", "1.5", True, None, "År 1"])
def test_hvad_der_ikke_er_tal(tekst):
    assert laes_tal(som_celle(tekst)) is None


def test_afrunding_i_overskriften():
    titel = [["Budget i mio. kr.", ""], ["", "2025"], ["A", "1,3"], ["B", "1,3"], ["I alt", "2,7"]]
    assert tjek_raekker(titel).stemmer
    assert [str(f) for f in tjek_raekker([*titel[:-1], ["I alt", "2,8"]]).fejl] == [
        "B5 (I alt, 2025): der står 2,8 mio., men leddene giver 2,6 mio."
    ]


def test_oere_er_noejagtige_og_kroner_naesten():
    assert celler("|Kr.", "x|1,33", "y|1,33", "I alt|2,67") == ["B4"]
    assert celler("|Kr.", "x|1", "y|1", "I alt|3") == []
    assert celler("|Kr.", "x|1", "y|1", "I alt|4") == ["B4"]


def test_grovere_afrunding_kan_siges():
    raekker = [["", "Kr."], ["x", "1.300.000"], ["y", "1.300.000"], ["I alt", "2.700.000"]]
    assert not tjek_raekker(raekker).stemmer
    assert tjek_raekker(raekker, afrundet_til=Decimal(100_000)).stemmer


MIO = st.integers(0, 90_000_000).map(Decimal)


def vis(kroner):
    return f"{formats.tal(kroner / 1_000_000, 1)} mio."


def med_summer(blade):
    """The leaves with a total column and a total row."""
    raekker = [[*r, sum(r)] for r in blade]
    return [*raekker, [sum(k) for k in zip(*raekker, strict=True)]]


def som_tabel(tal, form):
    hoved = ["", *(f"K{nr}" for nr, _ in enumerate(tal[0][:-1])), "I alt"]
    navne = [*(f"R{nr}" for nr, _ in enumerate(tal[:-1])), "I alt"]
    return [hoved, *([navn, *map(form, r)] for navn, r in zip(navne, tal, strict=True))]


def tabeller(blad):
    return st.integers(2, 5).flatmap(
        lambda bredde: st.lists(st.lists(blad, min_size=bredde, max_size=bredde), min_size=2, max_size=6)
    )


@given(tabeller(MIO))
def test_en_rigtig_tabel_stemmer_uanset_afrunding(blade):
    tabel = som_tabel(med_summer(blade), vis)
    assert tjek_raekker(tabel).stemmer


@given(tabeller(st.decimals(0, 10**7, places=2)), st.data())
def test_en_forkert_celle_findes_netop_den(blade, data):
    tal = med_summer(blade)
    r = data.draw(st.integers(0, len(tal) - 1))
    k = data.draw(st.integers(0, len(tal[0]) - 1))
    rigtig = tal[r][k]
    tal[r][k] = data.draw(st.decimals(0, 10**8, places=2).filter(lambda t: t != rigtig))
    (fejl,) = tjek_raekker(som_tabel(tal, lambda t: formats.tal(t, 2))).fejl
    assert (fejl.celle, fejl.vist, fejl.beregnet) == (
        cellenavn(r + 1, k + 1),
        formats.tal(tal[r][k], 2),
        formats.tal(rigtig, 2),
    )


@given(tabeller(MIO), st.data())
def test_en_stor_fejl_i_en_afrundet_tabel_findes(blade, data):
    tal = med_summer(blade)
    r = data.draw(st.integers(0, len(tal) - 1))
    k = data.draw(st.integers(0, len(tal[0]) - 1))
    tal[r][k] += Decimal(data.draw(st.integers(2_000_000, 50_000_000)))
    assert [f.celle for f in tjek_raekker(som_tabel(tal, vis)).fejl] == [cellenavn(r + 1, k + 1)]


# --- files ----------------------------------------------------------------------------------------------------------

RIGTIG = "Post;Beløb\nLøn;1.000,50\nDrift;2.000,00\nI alt;3.000,50\n"


@pytest.mark.parametrize(
    "indhold",
    [
        RIGTIG.encode(),
        RIGTIG.encode("utf-8-sig"),
        RIGTIG.encode("cp1252"),
        RIGTIG.replace(";", "\t").encode(),
        RIGTIG.replace("\n", "\r\n").encode(),
        'Post,Beløb\nLøn,"1.000,50"\nDrift,"2.000,00"\nI alt,"3.000,50"\n'.encode(),
        "Post,Beløb\nLøn,1000.50\nDrift,2000\nI alt,3000.50\n".encode(),
        "Post    Beløb\nLøn     1.000,50\nDrift    2.000,00\nI alt   3.000,50".encode(),
    ],
)
def test_filer_i_alle_former(indhold):
    assert tjek_fil(indhold).stemmer
    forkert = indhold.replace(b"3.000,50", b"3.000,51").replace(b"3000.50", b"3000.51")
    assert [f.celle for f in tjek_fil(forkert).fejl] == ["B4"]


def regneark(*ark):
    bog = Workbook()
    bog.remove(bog.active)
    for navn, raekker in ark:
        blad = bog.create_sheet(navn)
        for raekke in raekker:
            blad.append(raekke)
    ud = BytesIO()
    bog.save(ud)
    return ud.getvalue()


def test_regneark():
    rigtig = [
        ["", "LBF", "Kommune", "I alt"],
        ["Kontant", 25.0, 1.6, 26.6],
        ["Timer", None, 2, 2],
        ["I alt", 25, 3.6, 28.6],
    ]
    assert tjek_fil(regneark(("Budget", rigtig))).stemmer
    rigtig[1][3] = 27.6
    assert linjer(tjek_fil(regneark(("Budget", rigtig)))) == [
        "D2 (Kontant, I alt): der står 27,6, men leddene giver 26,6."
    ]
    assert [f.celle for f in tjek_fil(regneark(("Forord", [["Hej"]]), ("Budget", rigtig))).fejl] == ["Budget!D2"]


def test_regneark_med_fejl_i_formler():
    with pytest.raises(UlaeseligFil, match="fejl i formlerne i B2"):
        tjek_fil(regneark(("A", [["", "Kr."], ["x", "#REF!"], ["I alt", 1]])))


@pytest.mark.parametrize(
    ("indhold", "besked"),
    [
        (b"", "Filen er tom"),
        (b"PK\x03\x04ikke et regneark", "beskadiget"),
        (b"\xd0\xcf\x11\xe0rest", "gamle format"),
        (b"\x00\x01\x02\x00", "hverken tekst eller et regneark"),
        (b'a;"b\nc;d', "anførselstegn"),
        (b"Kun ord her", "ingen tabel med tal"),
        (b"x" * (10 * 1024 * 1024 + 1), "over 10 MB"),
    ],
)
def test_oedelagte_filer_siger_hvorfor(indhold, besked):
    with pytest.raises(UlaeseligFil, match=besked):
        tjek_fil(indhold)


def test_en_stor_tabel_gaar_hurtigt():
    raekker = [["", "A", "B", "I alt"], *([f"r{nr}", "1,00", "2,00", "3,00"] for nr in range(10_000))]
    resultat = tjek_raekker([*raekker, ["I alt", "10.000,00", "20.000,00", "30.001,00"]])
    assert [f.celle for f in resultat.fejl] == ["D10002"]
    assert resultat.antal == 10_004


def koer(*argumenter):
    ud, fejl = StringIO(), StringIO()
    try:
        call_command("sumtjek", *map(str, argumenter), stdout=ud, stderr=fejl)
    except SystemExit as slut:
        return slut.code, ud.getvalue(), fejl.getvalue()
    return 0, ud.getvalue(), fejl.getvalue()


def test_kommandoen(tmp_path):
    assert koer(TRYKT) == (1, f"{PAA_LINJE}\n", "")
    rigtig = tmp_path / "rigtig.csv"
    rigtig.write_text(RIGTIG)
    assert koer(rigtig) == (0, "1 sum efterprøvet. Alt stemmer.\n", "")
    assert koer(tmp_path / "ingen.csv")[::2] == (
        2,
        f"{tmp_path}/ingen.csv: Filen kan ikke åbnes: No such file or directory.\n",
    )
    tom = tmp_path / "tom.xlsx"
    tom.write_bytes(b"PK\x03\x04")
    assert koer(tom)[0] == 2
    assert koer(rigtig, "--afrundet-til", "mange")[0] == 2


def test_tabellen_som_den_blev_laest():
    tabel = laes_tabel([["", "A", "I alt"], ["x", "1", "1"]])
    assert ([r.navn for r in tabel.raekker], [k.navn for k in tabel.kolonner]) == (["x"], ["A", "I alt"])
    assert tabel.celle(0, 1) == "C2"
