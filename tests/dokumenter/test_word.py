"""Word documents: what is written, and tracked changes that give the new paper accepted and the old one rejected."""

import io
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.core.files.storage import default_storage
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from aftaler.blokke import USKREVET_I_UDGAVE
from aftaler.choices import Afsnitsart
from aftaler.pdf import papir_html
from aftaler.queries.dokument import Milepaelsvisning, Samarbejdspartsvisning, Udgavestempel, Underskriftslinje
from dokumenter.blokke import blokdokument
from dokumenter.word import docx, docx_forskel
from helhedsplan.pdf import arkivbillede
from tests.aftaler.papirproeve import (
    afsnit,
    aktivitet,
    billede,
    delmaal,
    dokument,
    gruppe,
    koblingstabel,
    part,
    problem,
    svaert_dokument,
    tomt_dokument,
)
from tests.dokumenter.ordbehandler import ACCEPTER, AFVIS, UROERT, efter_bogen, libreoffice, linjer, tegnet

DATO = datetime(2026, 3, 31, 12, tzinfo=UTC)


def hent(billede_):
    with default_storage.open(billede_.fil) as fil:
        return arkivbillede(fil.read(), billede_.fil)[1]


def blokke(papir, dokument_id="eksempel/1"):
    linjer_ = [Underskriftslinje(p.navn, p.underskriver, p.underskriver_titel) for p in papir.parter]
    return blokdokument(papir, dokument_id=dokument_id, dato=DATO, underskrivere=linjer_)


def ord_(papir, dokument_id="eksempel/1"):
    return docx(blokke(papir, dokument_id), hent)


def rettelser(foer, efter):
    return docx_forskel(blokke(foer), blokke(efter, "eksempel/2"), hent, forfatter="Sekretær A, Demo", dato=DATO)


def to_udgaver():
    """Everything that can happen between two editions."""
    note = '<span class="fodnote">Beboerdata {}</span>'
    billede_ = billede("kort.png")
    prosa = (
        f"<h3>Området</h3><p>Her bor <strong>1.200 mennesker</strong>{note.format(2019)} i 500 boliger.</p>"
        "<ul><li>Skole</li><li>Bibliotek<ul><li>Lektiecafé</li></ul></li></ul><p>Et afsnit, der går ud.</p>"
        "<table><tr><th>Område</th><th>Antal</th></tr><tr><td>Nord</td><td>10</td></tr><tr><td>Syd</td><td>20</td></tr>"
        "</table><table><tr><td>En tabel, der går ud</td></tr></table>"
        '<ol><li>Første</li><li>Anden</li></ol><p>Læs <a href="https://eksempel.example/a">mere her</a> i dag.</p>'
    )
    ny_prosa = (
        "<p>Et helt nyt afsnit forrest.</p>"
        f"<h3>Området</h3><p>Her bor <strong>1.250 mennesker</strong>{note.format(2020)} i 500 <em>boliger</em>.</p>"
        "<ul><li>Skole og SFO</li><li>Bibliotek<ul><li>Sprogcafé</li><li>Mere</li></ul></li></ul>"
        "<table><tr><th>Område</th><th>Antal</th></tr><tr><td>Nord</td><td>12</td></tr><tr><td>Øst</td><td>5</td></tr>"
        "<tr><td>Syd</td><td>20</td></tr></table>"
        '<ol><li>Anden</li><li>Tredje</li></ol><p>Læs <a href="https://eksempel.example/b">mere her</a> i dag.</p>'
        "<table><caption>Ny tabel</caption><tr><td>A</td><td>B</td><td>C</td></tr></table>"
    )
    a = {nr: aktivitet(nr) for nr in range(1, 6)}
    foer = dokument(
        afsnit(Afsnitsart.PROSA, 1, prosa, billeder=(billede_,)),
        afsnit(Afsnitsart.KOBLINGSTABELLER, 2, "", (koblingstabel(),)),
        afsnit(Afsnitsart.ORGANISERING, 3, "<p>Kort</p>", (gruppe("Bestyrelsen", gruppe("Følgegruppen")),)),
        afsnit(Afsnitsart.PROBLEMKOMPLEKSER, 5, "", (problem("Job", "<p>Mange unge mangler job.</p>"),)),
        afsnit(Afsnitsart.DELMAAL, 6, "", tuple(delmaal(nr) for nr in range(1, 5))),
        afsnit(Afsnitsart.AKTIVITETER, 7, "", (a[1], a[2], a[3], a[4])),
        afsnit(Afsnitsart.SAMARBEJDSPARTER, 8, "", (Samarbejdspartsvisning("Jobcentret", "", "Fritidsjob"),)),
    )
    omdoebt = replace(a[2], navn="Et nyt navn", nummer=2, antal=(), samarbejdsparter=(), delmaal=())
    efter = dokument(
        afsnit(Afsnitsart.PROSA, 1, ny_prosa),
        afsnit(Afsnitsart.KOBLINGSTABELLER, 2, "", (replace(koblingstabel(), raekker=koblingstabel().raekker[::-1]),)),
        afsnit(Afsnitsart.ORGANISERING, 3, "<p>Kort sagt</p>", (gruppe("Bestyrelsen"), gruppe("Fagudvalget"))),
        afsnit(Afsnitsart.PROBLEMKOMPLEKSER, 4, "", (problem("Job", "<p>Mange unge mangler fritidsjob.</p>"),)),
        afsnit(Afsnitsart.DELMAAL, 5, "", (delmaal(4), delmaal(1), replace(delmaal(3), aktiviteter=("A", "B", "C")))),
        afsnit(Afsnitsart.AKTIVITETER, 6, "", (replace(a[4], nummer=1), omdoebt, replace(a[1], nummer=3), a[5])),
        periode_til=date(2030, 12, 31),
        omraadenavn="Eksempelparken og Nabogården",
        parter=(part("Boligforeningen Eksempel", administrerer=True), part("Fonden Eksempel")),
    )
    return foer, efter


PAR = {
    "alt": to_udgaver,
    "fra tomt": lambda: (tomt_dokument(), svaert_dokument()),
    "til tomt": lambda: (svaert_dokument(), tomt_dokument()),
    "ens": lambda: (to_udgaver()[0],) * 2,
}


# --- a plain document ------------------------------------------------------------------------------------------------


def test_aftalen_i_skabelonens_raekkefoelge():
    word = Document(io.BytesIO(ord_(to_udgaver()[0])))
    overskrifter = [(p.style.name, p.text) for p in word.paragraphs if p.style.name in {"Title", "Heading 1"}]
    assert overskrifter == [
        ("Title", "Strategisk samarbejdsaftale"),
        ("Heading 1", "Underskrifter"),
        ("Heading 1", "1 Tekst"),
        ("Heading 1", "2 Tekst og koblingstabeller"),
        ("Heading 1", "3 Tekst og organisationsdiagram"),
        ("Heading 1", "5 Problemkomplekser fra delaftalerne"),
        ("Heading 1", "6 Delmål"),
        ("Heading 1", "7 Aktiviteter"),
        ("Heading 1", "8 Samarbejdsparter"),
    ]
    assert [p.text for p in word.paragraphs if p.style.name == "Heading 2"][1:4] == [
        "5.1 Job",
        f"7.1 {aktivitet(1).navn}",
        f"7.2 {aktivitet(2).navn}",
    ]
    underskrifter = word.tables[1]
    assert [[c.text for c in r.cells] for r in underskrifter.rows][:2] == [
        ["For", "Dato", "Navn"],
        ["Eksempel Kommune\nBorgmester", "", ""],
    ]


def test_fodnoter_er_rigtige_fodnoter_og_sproget_dansk():
    data = ord_(to_udgaver()[0])
    assert next(linje for linje in linjer(data) if linje.startswith("note:")) == "note: Beboerdata 2019"
    with zipfile.ZipFile(io.BytesIO(data)) as pakke:
        stile = etree.fromstring(pakke.read("word/styles.xml"))
        assert b"footnotes.xml" in pakke.read("[Content_Types].xml")
    assert {e.get(qn("w:val")) for e in stile.iter(qn("w:lang"))} == {"da-DK"}


def test_filens_egenskaber():
    egenskaber = Document(io.BytesIO(ord_(dokument()))).core_properties
    assert egenskaber.title == "Strategisk samarbejdsaftale – Boligsocial helhedsplan Eksempel 2025-2029"
    assert egenskaber.author == "Eksempel Kommune; Boligforeningen Eksempel"
    assert (egenskaber.language, egenskaber.identifier) == ("da-DK", "eksempel/1")
    assert egenskaber.created == egenskaber.modified == DATO


@pytest.mark.parametrize("papir", [svaert_dokument, tomt_dokument])
def test_det_samme_papir_giver_de_samme_byte(papir):
    papir_ = papir()
    assert ord_(papir_) == ord_(papir_)


def test_tegn_som_xml_ikke_kan_rumme_standser_intet():
    papir = dokument(afsnit(Afsnitsart.PROSA, 1, "<p>a\x0bb</p>"), omraadenavn="Parken\x00\ud800 \x1f", titel="T\x0b")
    assert "a b" in linjer(ord_(papir))


#: Above U+FFFF as well: joined families, flags, and letters that are mathematics to a font.
SJAELDNE_ORD = ("✓", "😀", "👨\u200d👩\u200d👧", "🇩🇰", "𝔘", "𠮷", "العربية", "★", "Ångström", "\ufffd", "\U0010fffd")


def test_hvert_ord_der_er_skrevet_staar_i_word_fra_ende_til_anden():
    skrevet = " ".join(SJAELDNE_ORD)
    prosa = (
        f'<h3>{skrevet}</h3><p>{skrevet}<span class="fodnote">{skrevet}</span></p><ul><li>{skrevet}</li></ul>'
        f'<p><strong>{skrevet}</strong> <a href="https://eksempel.example/">{skrevet}</a></p>'
        f"<table><caption>{skrevet}</caption><tr><td>{skrevet}</td><td>b</td></tr></table>"
    )
    papir = dokument(afsnit(Afsnitsart.PROSA, 1, prosa), omraadenavn="Parken 🏡", titel="Aftale 𝔗")
    steder = 9  # The heading stands in the list of contents too.

    with zipfile.ZipFile(io.BytesIO(ord_(papir))) as pakke:
        dele = {navn: etree.fromstring(pakke.read(navn)) for navn in pakke.namelist() if navn.endswith(".xml")}
    tekst = "\n".join("".join(dele[f"word/{navn}.xml"].itertext()) for navn in ("document", "footnotes"))

    assert {o: tekst.count(o) for o in SJAELDNE_ORD} == dict.fromkeys(SJAELDNE_ORD, steder)
    assert "Parken 🏡" in "".join(dele["word/header1.xml"].itertext())
    assert "Aftale 𝔗" in "".join(dele["docProps/core.xml"].itertext())


def test_lister_tabeller_og_links():
    word = Document(io.BytesIO(ord_(to_udgaver()[0])))
    punkter = [(p.text, p._p.pPr.numPr.ilvl.val) for p in word.paragraphs if p._p.pPr.numPr is not None]
    assert punkter[:5] == [("Skole", 0), ("Bibliotek", 0), ("Lektiecafé", 1), ("Første", 0), ("Anden", 0)]
    tabel = next(t for t in word.tables if t.cell(0, 0).text == "Område")
    assert [[c.text for c in r.cells] for r in tabel.rows] == [["Område", "Antal"], ["Nord", "10"], ["Syd", "20"]]
    link = next(link for link in word.element.body.iter(qn("w:hyperlink")) if link.get(qn("r:id")))
    assert word.part.rels[link.get(qn("r:id"))].target_ref == "https://eksempel.example/a"


# --- tracked changes -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("navn", PAR)
def test_accepter_alt_er_det_nye_og_afvis_alt_er_det_gamle(navn):
    foer, efter = PAR[navn]()
    sporet = rettelser(foer, efter)
    for accepter, papir in ((True, efter), (False, foer)):
        assert linjer(efter_bogen(sporet, accepter=accepter), tomme=True) == linjer(ord_(papir), tomme=True)


def sporede_ord(data):
    """The words that are tracked in each way, below the list of contents; a move has a beginning and an end at both
    places, of one name."""
    with zipfile.ZipFile(io.BytesIO(data)) as pakke:
        rod = etree.fromstring(pakke.read("word/document.xml"))
    navne = [sorted(e.get(qn("w:name")) for e in rod.iter(qn(f"w:{art}RangeStart"))) for art in ("moveFrom", "moveTo")]
    assert navne[0] == navne[1]
    assert len(set(navne[0])) == len(navne[0])
    for art in ("moveFrom", "moveTo"):
        ender = [[e.get(qn("w:id")) for e in rod.iter(qn(f"w:{art}Range{ende}"))] for ende in ("Start", "End")]
        assert ender[0] == ender[1]
    for p in list(rod.iter(qn("w:p"))):
        stil = p.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        if stil is not None and stil.get(qn("w:val")).lower().startswith("toc"):
            p.getparent().remove(p)
    return {
        art: [ord__ for e in rod.iter(qn(f"w:{art}")) if (ord__ := "".join(e.itertext()))]
        for art in ("ins", "del", "moveFrom", "moveTo")
    }


def test_en_flyttet_aktivitet_er_flyttet_og_kun_dens_nummer_er_rettet():
    a = [aktivitet(nr) for nr in (1, 2, 3)]
    nye = [replace(x, nummer=nr) for nr, x in enumerate((a[2], a[0], a[1]), 1)]
    foer, efter = (dokument(afsnit(Afsnitsart.AKTIVITETER, 1, "", tuple(alle))) for alle in (a, nye))
    spor = sporede_ord(rettelser(foer, efter))
    assert spor["moveFrom"] == spor["moveTo"]
    assert "".join(spor["moveTo"]).startswith(f" {a[2].navn}")
    assert (sorted(spor["del"]), sorted(spor["ins"])) == (["1.1", "1.2", "1.3"], ["1.1", "1.2", "1.3"])


def test_en_milepael_der_flytter_plads_med_sin_dato_er_rettet_i_sin_dato():
    def papir(dag):
        milepaele = [
            Milepaelsvisning("Opstart", date(2026, 5, 1), "Leder"),
            Milepaelsvisning("Evaluering", date(2026, *dag), "Sekretær"),
            Milepaelsvisning("Afslutning", date(2026, 9, 1), "Leder"),
        ]
        ordnet = tuple(sorted(milepaele, key=lambda m: m.dato))
        return dokument(afsnit(Afsnitsart.AKTIVITETER, 1, "", (replace(aktivitet(1), milepaele=ordnet),)))

    spor = sporede_ord(rettelser(papir((4, 1)), papir((12, 1))))
    assert spor["moveFrom"] == spor["moveTo"] == ["Evaluering", "Sekretær"]
    assert (spor["del"], spor["ins"]) == (["01.04.2026"], ["01.12.2026"])


@settings(max_examples=25)
@given(st.permutations(range(5)), st.integers(0, 4), st.sampled_from(["1. maj", ""]), st.booleans())
def test_en_flyttet_raekke_og_en_rettet_celle_er_hver_for_sig(orden, rettet, ord__, samme):
    """Of a written table: accepted it is the new one, refused the old, and one cell alone has words out and in."""
    foer = [(f"Sted {'abcde'[nr]}", f"{nr + 1}0 %", "Leder") for nr in range(5)]
    efter = [(a, "99 %" if nr == rettet else b, c) for nr, (a, b, c) in enumerate(foer)]
    flyttes = rettet if samme else next(nr for nr in orden if nr != rettet)
    efter.insert(orden[0], efter.pop(flyttes))
    papirer = [dokument(afsnit(Afsnitsart.PROSA, 1, f"<p>{ord__}</p>{skrevet(r)}<p>Efter</p>")) for r in (foer, efter)]
    sporet = rettelser(*papirer)
    for accepter, papir in ((True, papirer[1]), (False, papirer[0])):
        assert linjer(efter_bogen(sporet, accepter=accepter), tomme=True) == linjer(ord_(papir), tomme=True)
    spor = sporede_ord(sporet)
    assert spor["moveFrom"] in (spor["moveTo"], [])
    assert ([x.split()[0] for x in spor["del"]], [x.split()[0] for x in spor["ins"]]) == ([f"{rettet + 1}0"], ["99"])


def skrevet(raekker):
    return f"<table>{''.join('<tr>' + ''.join(f'<td>{c}</td>' for c in r) + '</tr>' for r in raekker)}</table>"


def test_et_flyttet_punkt_er_flyttet():
    foer, efter = (
        dokument(afsnit(Afsnitsart.PROSA, 1, f"<ul>{''.join(f'<li>{x}</li>' for x in alle)}</ul>"))
        for alle in (("Vi spørger beboerne", "Vi måler"), ("Vi måler", "Vi spørger beboerne"))
    )
    spor = sporede_ord(rettelser(foer, efter))
    assert (spor["del"], spor["ins"]) == ([], [])
    assert spor["moveFrom"] == spor["moveTo"] != []


def test_rettelser_baerer_forfatter_og_dato():
    with zipfile.ZipFile(io.BytesIO(rettelser(*to_udgaver()))) as pakke:
        rod = etree.fromstring(pakke.read("word/document.xml"))
    spor = list(rod.iter(qn("w:ins"), qn("w:del"), qn("w:moveFrom"), qn("w:moveTo")))
    assert {e.get(qn("w:author")) for e in spor} == {"Sekretær A, Demo"}
    assert {e.get(qn("w:date")) for e in spor} == {"2026-03-31T12:00:00Z"}
    assert len({e.get(qn("w:id")) for e in spor}) == len(spor)


def test_ingen_rettelser_mellem_to_ens():
    papir = to_udgaver()[0]
    assert b"<w:ins " not in (data := rettelser(papir, papir))
    assert linjer(data) == linjer(ord_(papir))


@pytest.mark.parametrize("navn", ["alt", "fra tomt"])
def test_libreoffice_accepterer_og_afviser_det_samme(navn, tmp_path):
    """Another program opens the file, takes or refuses every change, and is left with the one paper or the other."""
    foer, efter = PAR[navn]()
    sporet = rettelser(foer, efter)
    for handling, papir in ((ACCEPTER, efter), (AFVIS, foer)):
        tilbage = libreoffice(sporet, handling, tmp_path)
        assert linjer(tilbage) == linjer(ord_(papir))
        assert tomme_raekker(tilbage) == tomme_raekker(ord_(papir))
        assert spor_i(tilbage) == 0
    assert spor_i(libreoffice(sporet, UROERT, tmp_path)) > 0


def spor_i(data):
    with zipfile.ZipFile(io.BytesIO(data)) as pakke:
        return sum(1 for _ in etree.fromstring(pakke.read("word/document.xml")).iter(qn("w:ins"), qn("w:del")))


def test_en_bred_tabel_staar_paa_et_liggende_ark_og_intet_er_ude():
    raekker = "".join("<tr>" + "".join(f"<td>1.{n:03}.{r}00</td>" for n in range(14)) + "</tr>" for r in range(3))
    papir = dokument(afsnit(Afsnitsart.PROSA, 1, tekst=f"<p>Før</p><table>{raekker}</table><p>Efter</p>"))

    word = Document(io.BytesIO(ord_(papir)))

    assert [s.orientation for s in word.sections] == [0, 1, 0]
    (tabel,) = [t for t in word.tables if len(t.columns) == 14]
    liggende = word.sections[1]
    bredde = sum(int(k.get(qn("w:w"))) for k in tabel._tbl.tblGrid)
    assert bredde * 635 <= liggende.page_width - liggende.left_margin - liggende.right_margin
    assert [c.text for r in tabel.rows for c in r.cells] == [f"1.{n:03}.{r}00" for r in range(3) for n in range(14)]


def beloebstabel(kolonner):
    raekker = [[f"Kolonne{nr} kr." for nr in range(kolonner)], *[["101.445.775 kr."] * kolonner] * 3]
    return (
        f"<table>{''.join('<tr>' + ''.join(f'<td>{c}</td>' for c in raekke) + '</tr>' for raekke in raekker)}</table>"
    )


def test_et_beloeb_i_word_brydes_kun_foer_sin_enhed(tmp_path):
    data = ord_(dokument(afsnit(Afsnitsart.PROSA, 1, f"{beloebstabel(12)}<p>Efter</p>{beloebstabel(3)}")))

    alle = Counter(o for side in tegnet(data, tmp_path) for linje in side for o in linje.replace("\u00a0", " ").split())
    assert alle["101.445.775"] == 36 + 9
    assert all(alle[f"Kolonne{nr}"] for nr in range(12))
    brede, smal = [t for t in Document(io.BytesIO(data)).tables if "Kolonne0" in t.cell(0, 0).text]
    assert brede.cell(1, 0).text == "101.445.775 kr."
    assert smal.cell(1, 0).text == "101.445.775\u00a0kr."
    assert smal.cell(1, 0).paragraphs[0].style.font.size > brede.cell(1, 0).paragraphs[0].style.font.size


def test_et_udkast_i_word_siger_det_i_hovedet_paa_hver_side():
    word = Document(io.BytesIO(docx(blokke(dokument()), hent, udkast="UDKAST · 1. maj 2026 · lavet af Leder A, Demo")))

    assert [p.text for p in word.sections[0].header.paragraphs][1:] == ["UDKAST · 1. maj 2026 · lavet af Leder A, Demo"]
    assert len(Document(io.BytesIO(ord_(dokument()))).sections[0].header.paragraphs) == 1


def test_sidetallet_staar_paa_linjen_og_beloebet_ved_sin_enhed():
    papir = dokument(afsnit(Afsnitsart.PROSA, 1, tekst="<p>Der er 445.775 kr. og 25 % tilbage.</p>"))
    word = Document(io.BytesIO(docx(blokke(papir, "et/meget/langt/" + "dokument-id-" * 5), hent)))

    assert word.sections[0].footer.paragraphs[0].text.count("\t") == 1
    (fane,) = word.styles["Footer"].element.pPr.find(qn("w:tabs"))
    assert (fane.get(qn("w:val")), fane.get(qn("w:pos"))) == ("right", "9070")
    assert "Der er 445.775\u00a0kr. og 25\u00a0% tilbage." in [p.text for p in word.paragraphs]


# --- the list of contents, and what stands where nobody has written ---------------------------------------------------


def indhold(data):
    """The entries of the list of contents, as they stand in the file."""
    return [p.text for p in Document(io.BytesIO(data)).paragraphs if p.style.name in {"toc 1", "toc 2"}]


def overskrifter(data):
    return [p.text for p in Document(io.BytesIO(data)).paragraphs if p.style.name in {"Heading 1", "Heading 2"}]


def test_indholdet_er_words_eget_felt_og_viser_hver_overskrift_foer_nogen_opdaterer_det():
    data = ord_(to_udgaver()[0])
    krop = Document(io.BytesIO(data)).element.body
    felttegn = [e.get(qn("w:fldCharType")) for e in krop.iter(qn("w:fldChar"))]
    assert felttegn == ["begin", "separate", "end"]
    assert [e.text.split()[0] for e in krop.iter(qn("w:instrText"))] == ["TOC"]
    assert "7.2 " + aktivitet(2).navn in indhold(data)
    # Each entry leads to its heading, and Word finds the same headings when it updates the field.
    assert [linje for linje in indhold(data) if linje != "Området1"] == overskrifter(data)
    maerker = {e.get(qn("w:name")) for e in krop.iter(qn("w:bookmarkStart"))}
    assert {e.get(qn("w:anchor")) for e in krop.iter(qn("w:hyperlink")) if not e.get(qn("r:id"))} == maerker


@pytest.mark.parametrize("navn", PAR)
def test_rettelserne_giver_ogsaa_det_rigtige_indhold(navn):
    foer, efter = PAR[navn]()
    sporet = rettelser(foer, efter)
    assert indhold(efter_bogen(sporet, accepter=True)) == indhold(ord_(efter))
    assert indhold(efter_bogen(sporet, accepter=False)) == indhold(ord_(foer))


def test_et_uskrevet_afsnit_siges_og_numrene_springer_ikke():
    papir = dokument(
        afsnit(Afsnitsart.PROSA, 1, "<p>Skrevet</p>"),
        afsnit(Afsnitsart.PROSA, 2),
        afsnit(Afsnitsart.PROBLEMKOMPLEKSER, 3, "", (problem("Job", ""), problem("Skole", "<p>Skrevet</p>"))),
    )
    stempel = Udgavestempel(1, DATO.date(), DATO, "x")
    data = docx(blokdokument(papir, stempel=stempel), hent)
    assert overskrifter(data) == ["1 Tekst", "2 Tekst", "3 Problemkomplekser fra delaftalerne", "3.1 Job", "3.2 Skole"]
    assert linjer(data).count(USKREVET_I_UDGAVE) == 2
    # As the PDF of the edition says it.
    html = papir_html(papir, {}, stempel=stempel)
    assert html.count(USKREVET_I_UDGAVE) == 2
    assert "Ikke udfyldt endnu" not in html


def test_et_beloeb_bliver_ved_sin_enhed_ogsaa_naar_det_er_rettet():
    foer, efter = (
        dokument(afsnit(Afsnitsart.PROSA, 1, f"<p>Der er <strong>{tal}</strong> kr. og 25 % tilbage.</p>"))
        for tal in ("445.775", "450.000")
    )
    for data in (ord_(efter), efter_bogen(rettelser(foer, efter), accepter=True)):
        assert "Der er 450.000\u00a0kr. og 25\u00a0% tilbage." in [
            p.text for p in Document(io.BytesIO(data)).paragraphs
        ]


def test_i_en_rettet_fil_gaar_et_liggende_ark_med_sin_tabel():
    bred = "".join(f"<td>1.{n:03}.000</td>" for n in range(14))
    foer, efter = (
        dokument(afsnit(Afsnitsart.PROSA, 1, f"<p>Før</p>{tabel}<p>Efter</p>"))
        for tabel in (f"<table><tr>{bred}</tr></table>", "")
    )
    for gammel, ny in ((foer, efter), (efter, foer)):
        sporet = rettelser(gammel, ny)
        for accepter, papir in ((True, ny), (False, gammel)):
            ark = [s.orientation for s in Document(io.BytesIO(efter_bogen(sporet, accepter=accepter))).sections]
            assert ark == [s.orientation for s in Document(io.BytesIO(ord_(papir))).sections]


def test_libreoffice_viser_indholdet_og_sidetallet_paa_sin_linje(tmp_path):
    """Drawn by another program: what a reader sees."""
    data = ord_(to_udgaver()[1], "eksempel/2")
    sider = tegnet(data, tmp_path)
    assert sider[1][1:3] == ["Indhold", "Underskrifter"]
    assert [linje for linje in indhold(data) if not any(linje[:40] in trykt for trykt in sider[1])] == []
    for nr, side in enumerate(sider, 1):
        fod = next(linje for linje in side if "Dokument-id" in linje)
        assert fod == f"Dokument-id eksempel/2 Side {nr} af {len(sider)}"


def tomme_raekker(data):
    """How many rows of tables hold not one word."""
    raekker = Document(io.BytesIO(data)).element.body.iter(qn("w:tr"))
    return sum(1 for raekke in raekker if not "".join(t.text or "" for t in raekke.iter(qn("w:t"))).strip())
