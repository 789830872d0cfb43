"""Tables as they come in: what was not read is said, what was not checked is listed, and subtotals are no faults."""

from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from openpyxl import Workbook

from budget.sumtjek import tjek_fil, tjek_raekker, tjek_tekst
from budget.sumtjek.tal import laes_celle
from helhedsplan.tabelfil import UlaeseligFil

SAGER = Path(__file__).parent / "sager"


def koer(fil):
    ud, fejl = StringIO(), StringIO()
    try:
        call_command("sumtjek", str(fil), stdout=ud, stderr=fejl)
    except SystemExit as stop:
        return stop.code, ud.getvalue() + fejl.getvalue()
    return 0, ud.getvalue()


@pytest.mark.parametrize(
    ("fil", "kode", "besked"),
    [
        ("sumtjek-formler-uden-resultat-alt-stemmer.xlsx", 2, "B3, C3, D3: Formlen er ikke regnet ud"),
        ("sumtjek-ulaest-fradrag-alt-stemmer.csv", 1,
         "B4 (I alt, 2024): der står 1.250.000, men leddene giver 1.200.000."),
        ("sumtjek-bogstavet-o-for-nul-alt-stemmer.csv", 1, "B3: »50.OOO« kan ikke læses som et tal."),
        ("sumtjek-totalkolonne-hele-perioden.xlsx", 1,
         "D3 (Drift, Hele perioden): der står 910, men leddene giver 110."),
    ],
)  # fmt: skip
def test_sagerne_fra_praksis(fil, kode, besked):
    slut, tekst = koer(SAGER / fil)
    assert slut == kode
    assert besked in tekst
    assert "Alt stemmer" not in tekst


def tabel(*linjer):
    return [linje.split("|") for linje in linjer]


@pytest.mark.parametrize(
    ("celle", "grund"),
    [
        ("5O", "bogstavet O"),
        ("ca. 50", "præcist tal"),
        ("1.50", "skriv 1,50 eller 150"),
        ("50-60", "Skriv ét tal"),
        ("ikke oplyst", "kan ikke læses"),
        ("60 %", "er en procent"),
        ("1,500", "skriv 1.500 eller 1,5"),
        ("½", "kan ikke læses"),
        ("350 kr./time", "en pris pr. time"),
    ],
)
def test_en_celle_der_ikke_laeses_naevnes(celle, grund):
    resultat = tjek_raekker(tabel("Post|2024|2025", "Løn|100|100", f"Drift|{celle}|10", "Lokaler|5|5", "I alt|105|115"))
    assert not resultat.stemmer
    (ulaest,) = resultat.ulaeste
    assert ulaest.startswith("B3: ")
    assert grund in ulaest
    assert "Alt stemmer" not in resultat.konklusion
    assert resultat.ikke_proevet == ["B5 (I alt, 2024) er ikke efterprøvet: et af leddene kan ikke læses"]


@pytest.mark.parametrize(
    "celle",
    ["€ 30.000", "tredive tusind", "ukendt", "se note 2", "x", "ikke oplyst", "se budget 2024, bilag", "i alt ukendt"],
)
@pytest.mark.parametrize("hvor", [2, 1])
def test_ord_i_en_beloebskolonne_naevnes_ogsaa_alene_i_sin_raekke(celle, hvor):
    for kolonne in ("2024", "Beløb", "Budget 2024"):
        raekker = ["Løn|100.000", "I alt|100.000"]
        raekker.insert(hvor - 1, f"Leje|{celle}")
        resultat = tjek_raekker(tabel(f"Post|{kolonne}", *raekker))
        assert not resultat.stemmer
        assert [linje.partition(":")[0] for linje in resultat.ulaeste] == [f"B{hvor + 1}"]


def test_en_kolonne_der_mest_er_ord_gaar_ikke_stille_med():
    under_aar = tjek_raekker(tabel("Post|2024|2025", "Løn|1|ukendt", "Leje|2|ukendt", "El|2|ukendt", "I alt|5|"))
    assert [linje.partition(":")[0] for linje in under_aar.ulaeste] == ["C2", "C3", "C4"]
    noter = tjek_raekker(
        tabel("Post|Kr.|Bemærkninger|I alt", "Løn|100|2 årsværk|100", "Leje|30|1|30", "I alt|130||130")
    )
    assert noter.stemmer
    assert noter.ikke_proevet == ["kolonne C (Bemærkninger) er ikke efterprøvet: det er bemærkninger"]


def test_en_kolonne_af_procenter_siges():
    for hoved in ("Andel", ""):
        resultat = tjek_raekker(
            tabel(f"Kilde|Kr.|{hoved}", "LBF|300|75 %", "Kommune|60|15 %", "Bolig|40|12 %", "I alt|400|100 %")
        )
        assert resultat.konklusion.endswith("De stemmer.")
        navn = f"kolonne C ({hoved})" if hoved else "kolonne C"
        (linje,) = resultat.ikke_proevet
        assert linje.startswith(f"{navn} er ikke efterprøvet: det er ")


def test_en_tom_totalraekke_siges():
    resultat = tjek_raekker(tabel("Post|2024|I alt", "A|100|100", "B|50|50", "I alt||"))
    assert resultat.ikke_proevet == ["række 4 (I alt) er ikke efterprøvet: der står ingen tal i den"]
    assert resultat.konklusion.endswith("De stemmer.")


@pytest.mark.parametrize("enhed", ["Kr.", "Mio. kr.", "t.kr."])
def test_et_eneste_led_er_det_samme_tal_som_summen(enhed):
    assert [f.celle for f in tjek_raekker(tabel(f"Post|{enhed}", "X|10", "I alt|11")).fejl] == ["B3"]
    assert tjek_raekker(tabel(f"Post|{enhed}", "X|10", "I alt|10")).konklusion.endswith("Alt stemmer.")


@pytest.mark.parametrize("hoved", ["Udgifter|Beløb|I alt", "Udgifter|Regnskab|Budget", "Udgifter|1. år|2. år"])
def test_overskrifter_midt_i_er_ingen_ulaeste_celler(hoved):
    raekker = tabel("Indtægter|2024|I alt", "LBF|100|100", "I alt|100|100", hoved, "Løn|100|100", "I alt|100|100")
    assert tjek_raekker(raekker).konklusion.endswith("Alt stemmer.")


@pytest.mark.parametrize(
    ("celle", "total"),
    [("./. 30", "70"), ("./.30", "70"), ("30 ./.", "70"), ("÷ 30", "70"), ("./.", "100"), ("-", "100")],
)
def test_bogholderens_minus_er_et_fradrag(celle, total):
    assert tjek_raekker(tabel("Post|2024", "Løn|100", f"Fradrag|{celle}", f"I alt|{total}")).konklusion.endswith(
        "Alt stemmer."
    )
    assert not tjek_raekker(tabel("Post|2024", "Løn|100", f"Fradrag|{celle}", "I alt|130")).stemmer


@pytest.mark.parametrize(
    ("celle", "total"), [("(kr. 50)", "50"), ("-kr. 50", "50"), ("50-", "50"), ("\u221250,-", "50"), ("-kr.", "100")]
)
def test_fradrag_og_nul_laeses(celle, total):
    assert tjek_raekker(tabel("Post|2024", "Løn|100", f"Fradrag|{celle}", f"I alt|{total}")).stemmer
    assert not tjek_raekker(tabel("Post|2024", "Løn|100", f"Fradrag|{celle}", f"I alt|{int(total) + 7}")).stemmer


LOKAL = (
    "Kilde|2024|2025|I alt", "LBF|700|800|1500", "Kommune|200|150|350", "Boligorganisation|100|50|150",
    "Fonde|50|0|50", "Finansiering i alt|1050|1000|2050", "Lokal medfinansiering i alt|300|200|500",
)  # fmt: skip


def test_en_delsum_af_nogle_raekker_er_ingen_fejl():
    assert tjek_raekker(tabel(*LOKAL)).stemmer
    foerst = (*LOKAL[:5], LOKAL[6], LOKAL[5])
    assert tjek_raekker(tabel(*foerst)).stemmer


def test_en_delsum_af_spredte_raekker_findes_ved_regning():
    raekker = tabel(
        "Kilde|2024|2025", "Kommune|200|150", "LBF|700|800", "Boligorganisation|100|50",
        "Lokal medfinansiering i alt|300|200", "I alt|1000|1000",
    )  # fmt: skip
    assert tjek_raekker(raekker).stemmer


def test_en_forkert_delsum_findes_stadig():
    forkert = [*LOKAL[:6], "Lokal medfinansiering i alt|300|999|500"]
    assert [f.celle for f in tjek_raekker(tabel(*forkert)).fejl] == ["C7"]


def test_procentraekker_er_ingen_led_og_siges():
    for andel in ("Lokal andel|30 %|20 %|25 %", "Lokal andel i pct.|30|20|25"):
        resultat = tjek_raekker(tabel(*LOKAL, andel))
        assert resultat.stemmer
        navn = andel.partition("|")[0]
        assert resultat.ikke_proevet == [f"række 8 ({navn}) er ikke efterprøvet: det er procenter"]
        assert resultat.konklusion.endswith("De stemmer.")


def test_et_beloeb_med_procent_i_navnet_er_et_led():
    raekker = tabel("Post|2024|2025", "25 % lokal medfinansiering|2500|2500", "LBF|7500|7500", "I alt|10000|10000")
    assert tjek_raekker(raekker).stemmer
    raekker[1][1] = "2600"
    assert not tjek_raekker(raekker).stemmer


@pytest.mark.parametrize("navn", ["Hele perioden", "Projektperioden", "Alle år", "Samlet", "2024-25", "Beløb"])
def test_en_totalkolonne_af_ethvert_navn(navn):
    rigtig = [
        f"Post|2024|2025|{navn}",
        "Løn|100|200|300",
        "Drift|50|60|110",
        "Lokaler|7|9|16",
        "Udgifter i alt|157|269|426",
    ]
    assert tjek_raekker(tabel(*rigtig)).konklusion.endswith("Alt stemmer.")
    forkert = [*rigtig[:2], "Drift|50|60|120", *rigtig[3:4], "Udgifter i alt|157|269|436"]
    assert not tjek_raekker(tabel(*forkert)).stemmer


def test_en_kolonne_der_kan_vaere_en_total_og_ikke_passer_siges():
    resultat = tjek_raekker(tabel("Post|A|B|Bevilget", "Løn|100|200|450", "Drift|50|60|220", "I alt|150|260|670"))
    assert resultat.ikke_proevet == ["kolonne D (Bevilget) er ikke efterprøvet som sum af de andre"]
    assert "Alt stemmer" not in resultat.konklusion


def test_en_sidste_raekke_af_ethvert_navn():
    assert tjek_raekker(tabel("Post|2024|2025|I alt", "Løn|1|2|3", "Drift|4|5|9", "Hele budgettet|5|7|12")).stemmer
    resultat = tjek_tekst("Post;2024;2025\nLøn;10;20\nDrift;40;50\nFinansieret;50;70\n")
    assert (resultat.antal, resultat.stemmer) == (2, True)


def test_en_tom_total_er_ikke_efterproevet():
    resultat = tjek_raekker(tabel("Post|2024|2025|I alt", "Løn|1|2|3", "Drift|4|5|", "I alt|5|7|12"))
    assert "D3 (Drift, I alt) er ikke efterprøvet: cellen er tom" in resultat.ikke_proevet
    assert "Alt stemmer" not in resultat.konklusion


def regneark(raekker, goer=lambda bog: None):
    bog = Workbook()
    for raekke in raekker:
        bog.active.append(raekke)
    goer(bog)
    ud = BytesIO()
    bog.save(ud)
    return ud.getvalue()


RIGTIG = [["Post", 2024, 2025], ["Løn", 100, 200], ["Drift", 50, 60], ["I alt", 150, 260]]


def test_skjulte_raekker_kolonner_og_ark_naevnes():
    def skjul(bog):
        bog.active.title = "Budget"
        bog.active.row_dimensions[3].hidden = True
        bog.active.column_dimensions["C"].hidden = True
        andet = bog.create_sheet("Gammelt")
        for raekke in RIGTIG:
            andet.append(raekke)
        andet.sheet_state = "hidden"

    resultat = tjek_fil(regneark(RIGTIG, skjul))
    assert resultat.stemmer
    assert resultat.ikke_proevet == [
        "arket Budget: kolonnen C er skjult, men læst med",
        "arket Budget: rækken 3 er skjult, men læst med",
        "arket Gammelt: arket er skjult, men læst med",
    ]


def test_formler_uden_resultat_i_et_andet_ark():
    def formel(bog):
        bog.active.title = "Budget"
        bog.create_sheet("Bilag").append(["Løn", "=1+1"])

    with pytest.raises(UlaeseligFil, match=r"^Bilag!B1: Formlen er ikke regnet ud"):
        tjek_fil(regneark(RIGTIG, formel))


def test_procent_som_talform_er_en_procent():
    def procent(bog):
        bog.active.append(["Lokal andel", 0.25, 0.2])
        for celle in ("B5", "C5"):
            bog.active[celle].number_format = "0%"

    resultat = tjek_fil(regneark(RIGTIG, procent))
    assert resultat.stemmer
    assert resultat.ikke_proevet == ["række 5 (Lokal andel) er ikke efterprøvet: det er procenter"]


def test_afrundede_tal_og_overskrifter_midt_i_tabellen():
    raekker = tabel(
        "Mio. kr.|2024|2025|I alt", "Indtægter|||", "LBF|1,3|1,3|2,7", "Kommune|0,4|0,4|0,8", "I alt|1,7|1,8|3,4"
    )
    assert tjek_raekker(raekker, afrundet_til=Decimal(100_000)).stemmer


# --- text copied from a page -----------------------------------------------------------------------------------------


def kopi(*linjer):
    return tjek_tekst("\n".join(["Post 1. år 2. år I alt", *linjer]))


@pytest.mark.parametrize(
    "linjer",
    [
        ("Løn 100 200 300", "Drift (50) 60 10", "Samlet 50 260 310"),
        ("Løn kr. 100 kr. 200 kr. 300", "Fradrag -kr. 50 kr. 60 kr. 10", "Samlet kr. 50 kr. 260 kr. 310"),
        ("Løn 100 kr. 200 kr. 300 kr.", "Fradrag 50- 60 10", "Samlet 50 kr. 260 kr. 310 kr."),
        ("Løn 1.000,- 2.000,- 3.000,-", "Drift 500,- – 500,-", "Samlet 1.500,- 2.000,- 3.500,-"),
        ("Løn 1'000 2'000 3'000", "2 biler 500 -kr. kr. 500", "Samlet 1'500 2'000 3'500"),
        ("Løn 1\u00a0000 2\u00a0000 3\u00a0000", "Projekt 2024 500 500 1.000", "Samlet 1.500 2.500 4.000"),
        ("Løn 1,5 mio. 2 mio. kr. 3,5 mio.", "Drift 350 t. kr. - 350 t. kr.", "Samlet 1.850 t. kr. 2 mio. 3.850 t.kr."),
        ("Løn 1,5 mio. kr. 2 mio. 3,5 mio. kr.", "Drift 0,35 mio. - 0,35 mio.", "Samlet 1,85 mio. 2 mio. 3,85 mio."),
        ("Løn - drift 100 200 300", "Lokaler - 50 50", "Samlet 100 250 350"),
    ],
)  # fmt: skip
def test_kopieret_tekst_laeses_med_den_samme_laeser(linjer):
    resultat = kopi(*linjer)
    assert resultat.stemmer, resultat
    assert resultat.antal >= 5
    forkert = kopi(*linjer[:-1], linjer[-1].replace("Samlet ", "Samlet 7"))
    assert not forkert.stemmer, forkert


@pytest.mark.parametrize(
    ("linje", "grund"),
    [
        ("Drift 5O 60 110", "bogstavet O"),
        ("Drift ca. 50 60 110", "præcist tal"),
        ("Drift 50 1.5 110", "skriv 1,5 eller 15"),
        ("Drift 50 60 1,100", "skriv 1.100 eller 1,1"),
        ("Drift 25 % 60 110", "er en procent"),
    ],
)
def test_det_ulaeste_i_kopieret_tekst_naevnes(linje, grund):
    resultat = kopi("Løn 100 200 300", linje, "Samlet 150 260 410")
    assert not resultat.stemmer
    (ulaest,) = resultat.ulaeste
    assert grund in ulaest


def test_mellemrum_mellem_tusinder_gaettes_ikke():
    with pytest.raises(UlaeseligFil, match="mellemrum mellem tusinderne"):
        kopi("Løn 1 000 2 000 3 000", "Samlet 1 000 2 000 3 000")


# --- subtotals: what they add up is not always told ------------------------------------------------------------------

FLERE = "er ikke efterprøvet: flere muligheder"


@pytest.mark.parametrize(
    ("linjer", "antal"),
    [
        (("Løn A;100", "Løn B;200", "Løn i alt;300", "Tryk;50", "Lokaler;70", "Drift i alt;120", "I alt;420"), 3),
        (("Tryk;50", "Løn A;100", "Løn B;200", "Løn i alt;300", "I alt;350"), 2),
        (("Løn, leder;100", "Tryk;50", "Løn, øvrige;200", "Løn i alt;300", "I alt;350"), 2),
        (("Tryk;50", "Leder;100", "Øvrige;200", "Personale i alt;300", "I alt;350"), 2),
        (("Tryk;50", "Personale;", "Leder;100", "Personale i alt;100", "I alt;150"), 2),
        (("Tryk;50", "Rejser;50", "Leder;100", "Øvrige;200", "Samlet løn;300", "I alt;400"), 2),
    ],
)
def test_en_delsum_af_sine_egne_raekker_stemmer(linjer, antal):
    resultat = tjek_fil("\n".join(["Post;2024", *linjer, ""]).encode())
    assert (resultat.konklusion, resultat.antal) == (f"{antal} summer efterprøvet. Alt stemmer.", antal)


@pytest.mark.parametrize(
    ("linjer", "celle"),
    [
        (("Tryk;50", "Løn A;100", "Løn B;200", "Løn i alt;250", "I alt;350"), "B5"),
        (("Tryk;50", "Løn A;100", "Løn B;200", "Løn i alt;150", "I alt;350"), "B5"),
        (("Tryk;50", "Lokaler;30", "Løn A;100", "Løn B;200", "Løn i alt;250", "I alt;380"), "B6"),
        (("Løn;", "A;100", "B;200", "Løn i alt;300", "Drift;", "C;50", "D;20", "Drift i alt;220", "I alt;520"), "B9"),
        (("Kommune;200", "LBF;700", "Boligorg.;100", "Lokal medfinansiering i alt;300", "I alt;1000"), "B5"),
        (("A;100", "B;100", "C;50", "D;10", "Lokalt i alt;150", "I alt;260"), "B6"),
    ],
)
def test_en_delsum_som_kun_et_tilfaeldigt_valg_passer_paa_er_ikke_efterproevet(linjer, celle, tmp_path):
    fil = tmp_path / "delsum.csv"
    fil.write_text("\n".join(["Post;2024", *linjer, ""]))
    kode, tekst = koer(fil)
    assert kode == 0
    (uset,) = [linje for linje in tekst.splitlines() if FLERE in linje]
    assert celle in uset
    assert "Alt stemmer" not in tekst


def test_to_ens_kolonner_beviser_ikke_mere_end_en():
    resultat = tjek_raekker(
        tabel("Post|2024|2025", "Tryk|50|50", "A|100|100", "B|200|200", "Løn i alt|250|250", "I alt|350|350")
    )
    assert [FLERE in linje for linje in resultat.ikke_proevet] == [True, True]
    forskellige = tabel(
        "Post|2024|2025", "Tryk|50|60", "A|100|110", "B|200|230", "Lokalt i alt|250|290", "I alt|350|400"
    )
    assert tjek_raekker(forskellige).konklusion.endswith("Alt stemmer.")


def test_en_delsum_som_intet_passer_paa_er_forkert():
    resultat = tjek_raekker(tabel("Post|2024", "Tryk|50", "Løn A|100", "Løn B|200", "Løn i alt|999", "I alt|350"))
    assert [str(fejl) for fejl in resultat.fejl] == ["B5 (Løn i alt, 2024): der står 999, men leddene giver 300."]


def test_naar_ingen_sum_kan_efterproeves_stemmer_intet():
    resultat = tjek_raekker(tabel("Post|2024", "Tryk|50", "A|100", "B|200", "Løn i alt|250"))
    assert (resultat.konklusion, resultat.stemmer) == ("Ingen summer er efterprøvet.", False)


# --- rounding is an outcome of its own --------------------------------------------------------------------------------


def test_en_sum_inden_for_afrunding_siges_med_forskellen(tmp_path):
    fil = tmp_path / "afrundet.csv"
    fil.write_text("Post;2024;2025;I alt\nLøn;333;333;667\nDrift;100;200;300\nI alt;433;533;967\n")
    kode, tekst = koer(fil)
    assert kode == 0
    assert tekst == (
        "D2 (Løn, I alt): der står 667, og leddene giver 666. Forskellen på 1 er inden for afrunding.\n"
        "D4 (I alt, I alt): der står 967, og leddene giver 966. Forskellen på 1 er inden for afrunding.\n"
        "6 summer efterprøvet. De stemmer, heraf 2 inden for afrunding.\n"
    )


def test_det_afrundede_siges_i_tabellens_enhed_og_ikke_om_det_der_er_forkert():
    mio = tjek_raekker(tabel("Mio. kr.|2024", "A|1,3", "B|1,3", "I alt|2,7"))
    assert [(a.celle, a.vist, a.beregnet, a.forskel) for a in mio.afrundede] == [
        ("B4", "2,7 mio.", "2,6 mio.", "0,1 mio")
    ]
    forkert = tjek_raekker(tabel("Post|2024", "A|1", "B|1", "I alt|9"))
    assert (len(forkert.fejl), forkert.afrundede) == (1, [])
    oere = tjek_raekker(tabel("Post|2024", "A|1,00", "B|1,00", "I alt|2,00"))
    assert oere.konklusion == "1 sum efterprøvet. Alt stemmer."


# --- the words for a total, as people write them ----------------------------------------------------------------------

SUMORD = [
    "I alt (kr.)", "I ALT:", "Ialt", "I-alt", "I  a l t", "Total", "Total:", "Totalt", "Totalsum", "Total beløb",
    "TOT.", "Sum", "Sum:", "SUM I ALT", "Summen", "Hovedsum", "Delsum", "Samlet", "Samlet beløb", "Samlede udgifter",
    "Sammenlagt", "Udgifter ialt", "Sum udgifter", "Σ", "I\u00a0alt",
]  # fmt: skip


@pytest.mark.parametrize("navn", SUMORD)
def test_en_sum_kendes_paa_ethvert_af_sine_ord(navn):
    """In both directions, and when it is wrong in its only place: nothing but the word tells that it is a sum."""
    assert [f.celle for f in tjek_raekker(tabel("Post|Kr.", "Løn|100", "Drift|50", f"{navn}|160")).fejl] == ["B4"]
    assert [f.celle for f in tjek_raekker(tabel(f"Post|A|B|{navn}", "Løn|100|50|160")).fejl] == ["D2"]


@pytest.mark.parametrize("navn", ["Totalrenovering", "Totalentreprise", "Sommerfest", "Konsum", "Altan"])
def test_et_ord_der_ligner_er_ingen_sum(navn):
    assert tjek_raekker(tabel("Post|Kr.", "Løn|100", f"{navn}|50", "I alt|150")).konklusion.endswith("Alt stemmer.")


@pytest.mark.parametrize("navn", ["I alt", "Total:", "I alt (kr.)"])
def test_en_sum_uden_led_siges_at_vaere_der(navn):
    with pytest.raises(UlaeseligFil, match="har ingen tal at lægge sammen") as fejl:
        tjek_raekker(tabel("Post|Kr.", f"{navn}|100"))
    assert f"»{navn}«" in str(fejl.value)


# --- headings in the middle of a sheet --------------------------------------------------------------------------------

INDTAEGTER = ["Indtægter|2024|2025|Sum", "LBF|700|800|1500", "Kommune|200|150|350", "Sum:|900|950|1850"]
UDGIFTER = ["Løn|600|700|1300", "Drift|300|250|550", "Sum:|900|950|1850"]
HOVEDER = [
    "Udgifter|2024|2025|Sum", "Udgifter|2026|2027|I alt", "Udgifter|2024/25|2025/26|Total", "|2024|2025|",
    "Udgifter|1. år|2. år|Sum", "Udgifter|Budget 2024|Budget 2025|Sum", "Udgifter|2024|2025|2026",
]  # fmt: skip


@pytest.mark.parametrize("hoved", HOVEDER)
@pytest.mark.parametrize("mellem", [[], ["|||"]])
def test_anden_tabels_overskrifter_er_ingen_beloeb(hoved, mellem):
    raekker = tabel(*INDTAEGTER, *mellem, hoved, *UDGIFTER)
    resultat = tjek_raekker(raekker)
    assert (resultat.konklusion, resultat.ulaeste) == ("12 summer efterprøvet. Alt stemmer.", [])
    raekker[-1][1] = "905"
    assert [f.celle for f in tjek_raekker(raekker).fejl] == [f"B{len(raekker)}"]


def test_beloeb_der_ligner_aarstal_er_beloeb():
    raekker = tabel("Post|2024|2025", "Kaffe|2000|2050", "Te|1990|2000", "I alt|3990|4050")
    assert tjek_raekker(raekker).konklusion.endswith("Alt stemmer.")
    raekker[1][1] = "2010"
    assert not tjek_raekker(raekker).stemmer


def test_en_tabel_uden_sum_gaar_ikke_stille_med():
    resultat = tjek_raekker(tabel("Post|Kr.", "Løn|100", "I alt|100", "|", "Bilag|Sider", "A|3", "B|5"))
    assert resultat.ikke_proevet == ["række 6-7 er ikke efterprøvet: der er ingen sum med tal under sig"]
    assert resultat.konklusion.endswith("De stemmer.")


# --- nothing that looks like a CPR number is repeated -----------------------------------------------------------------


@pytest.mark.parametrize("nummer", ["010190-1234", "0101901234", "010190 - 1234", "01.01.90-1234"])
@pytest.mark.parametrize(
    "linjer",
    [
        ("Post;2024;2025;I alt", "{};100;200;310", "I alt;100;200;310"),
        ("Post;2024;{};I alt", "Løn;100;200;310", "I alt;100;200;310"),
        ("Post;2024;2025", "Løn;{};200", "I alt;100;200"),
        ("Post;2024;2025", "Løn;ca. {};200", "I alt;100;200"),
        ("Post;2024", "{};10 %", "Løn;100", "I alt;100"),
    ],
)
def test_et_cpr_nummer_gentages_ikke(nummer, linjer, tmp_path):
    fil = tmp_path / "cpr.csv"
    fil.write_text("\n".join([*(linje.format(nummer) for linje in linjer), ""]))
    _, tekst = koer(fil)
    assert "1234" not in tekst
    tabeller = tjek_fil(fil.read_bytes()).tabeller
    assert not [linje.navn for t in tabeller for linje in (*t.raekker, *t.kolonner) if "1234" in linje.navn]


# --- what is no money, what is taken away, and what is printed more coarsely ------------------------------------------


@pytest.mark.parametrize(
    "raekker",
    [
        ("Post|Årsværk|2024|2025|I alt", "Leder|1,5|600|650|1.250", "Øvrige|2,25|900|950|1.850",
         "I alt|3,75|1.500|1.600|3.100"),
        ("Post|2024|2025|I alt", "Løn|600|650|1.250", "Årsværk|1,5|1,5|3", "Drift|100|100|200", "I alt|700|750|1.450"),
        ("Post|Antal|Timepris|2024|2025|I alt", "A|30|350|10.500|9.000|19.500", "B|20|400|8.000|7.000|15.000",
         "I alt|50||18.500|16.000|34.500"),
    ],
)  # fmt: skip
def test_aarsvaerk_og_antal_laegges_ikke_til_kroner(raekker):
    resultat = tjek_raekker(tabel(*raekker))
    assert [str(f) for f in resultat.fejl] == []
    *oevrige, sidste = raekker
    assert len(tjek_raekker(tabel(*oevrige, f"{sidste[:-1]}7")).fejl) == 1


@pytest.mark.parametrize("hoved", ["Timer|Timepris|Beløb", "Antal timer|Sats|Beløb, kr.", "Timetal|Pr. time|Kroner"])
def test_timer_ved_siden_af_beloeb_er_ikke_kroner_og_det_siges(hoved):
    timer, _, _ = hoved.split("|")
    raekker = [f"Post|{hoved}|I alt", "Løn|100||30.000|30.000", "Møder|50||10.000|10.000", "I alt|150||40.000|40.000"]
    resultat = tjek_raekker(tabel(*raekker))
    assert [str(f) for f in resultat.fejl] == []
    assert f"kolonnen »{timer}« er ikke lagt sammen med beløbene: den er ikke kroner" in resultat.ikke_proevet
    resultat = tjek_raekker(tabel(*raekker[:3], "I alt|150||40.000|40.007"))
    assert len(resultat.fejl) == 1


def test_timer_alene_er_det_der_er_givet_i_timer():
    raekker = ["Kilde|Kontant|Timer|I alt", "A|100|20|120", "B|50|10|60", "I alt|150|30|180"]
    assert tjek_raekker(tabel(*raekker)).stemmer
    assert len(tjek_raekker(tabel(*raekker[:3], "I alt|150|30|187")).fejl) == 1


def test_aarsvaerk_med_decimaler_goer_ikke_kroner_eksakte():
    resultat = tjek_raekker(
        tabel("Post|Årsværk|2024|2025|I alt", "A|1,25|100|200|301", "B|2,50|50|60|110", "I alt|3,75|150|260|411")
    )
    assert [a.celle for a in resultat.afrundede] == ["E2", "E4"]
    assert resultat.stemmer


@pytest.mark.parametrize(("led", "total"), [(("100,33", "100,33", "100,33"), "301"), (("100", "200", "301"), "600,50")])
def test_hele_kroner_mod_oere_er_afrunding_og_siges(led, total):
    raekker = ("Post|2024", *(f"Led|{b}" for b in led))
    resultat = tjek_raekker(tabel(*raekker, f"I alt|{total}"))
    assert resultat.stemmer
    assert [a.celle for a in resultat.afrundede] == ["B5"]
    assert not tjek_raekker(tabel(*raekker, f"I alt|9{total}")).stemmer


BEGGE = ("Post|2024", "LBF|750", "Kommune|250", "Indtægter i alt|1.000", "Løn|600", "Drift|400", "Udgifter i alt|1.000")


def test_indtaegter_og_udgifter_i_een_kolonne_er_hver_sin_sum():
    assert tjek_raekker(tabel(*BEGGE)).konklusion == "2 summer efterprøvet. Alt stemmer."
    forkert = tjek_raekker(tabel(*BEGGE[:5], "Drift|300", BEGGE[-1]))
    assert [f.celle for f in forkert.fejl] == ["B7"], "the costs are not the sum of the other total"


def test_et_resultat_siges_ikke_at_vaere_efterproevet():
    resultat = tjek_raekker(tabel(*BEGGE, "Årets resultat|0"))
    assert resultat.konklusion == "2 summer efterprøvet. De stemmer."
    assert resultat.ikke_proevet == ["række 8 (Årets resultat) er ikke efterprøvet: det er en forskel og ingen sum"]


@pytest.mark.parametrize("navn", ["- tilskud", "Minus tilskud", "÷ tilskud", "Fratrukket: tilskud", "Fradrag, tilskud"])
def test_en_raekke_der_traekkes_fra_uden_minustegn(navn):
    raekker = ("Post|2024|2025", "Løn|600|600", "Drift|400|500", f"{navn}|300|200")
    assert tjek_raekker(tabel(*raekker, "I alt|700|900")).konklusion == "2 summer efterprøvet. Alt stemmer."
    assert tjek_raekker(tabel(*raekker, "I alt|1.300|1.300")).stemmer, "or is added, where the sums say so"
    assert [f.celle for f in tjek_raekker(tabel(*raekker, "I alt|710|900")).fejl] == ["B5"]


def test_punkttegn_er_ikke_minus():
    assert tjek_raekker(tabel("Post|2024", "- Løn|600", "- Drift|400", "I alt|1.000")).stemmer


@pytest.mark.parametrize("mellem", ["|", "||"])
def test_tabeller_ved_siden_af_hinanden_er_hver_sin(mellem):
    raekker = [
        f"Indtægter|2024{mellem}Udgifter|2024", f"LBF|700{mellem}Løn|600", f"I alt|700{mellem}Drift|60",
        f"|{mellem}Leje|40",         f"|{mellem}I alt|700",
    ]  # fmt: skip
    assert tjek_raekker(tabel(*raekker)).konklusion == "2 summer efterprøvet. Alt stemmer."
    raekker[-1] = f"|{mellem}I alt|710"
    (fejl,) = tjek_raekker(tabel(*raekker)).fejl
    assert str(fejl).startswith(f"{'DE'[len(mellem) - 1]}5 (I alt, 2024): der står 710, men leddene giver 700")


def test_en_titel_over_to_tabeller_gaelder_begge():
    resultat = tjek_raekker(tabel("Beløb i t.kr.", "Post|2024||Post|2024", "A|1||C|3", "B|2||D|4", "I alt|3||I alt|18"))
    assert [str(f) for f in resultat.fejl] == ["E5 (I alt, 2024): der står 18 t.kr., men leddene giver 7 t.kr."]


def test_en_celle_med_enhed_laeses_og_en_procent_er_intet_beloeb():
    celler = [laes_celle(tekst) for tekst in ("400 timer", "12 m2", "1,5 mio. kr.", "5 %")]
    assert [c and c.vaerdi for c in celler] == [400, 12, 1_500_000, None]
