"""How a Word document looks: page, styles, lists, head and foot, on python-docx's own plain template."""

import re
from datetime import UTC, datetime

from django.utils.text import Truncator
from docx import Document
from docx.document import Document as Worddokument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor, Twips

from dokumenter.word.indhold import NIVEAUER, STILE
from helhedsplan.blokke.model import Blokdokument

SKRIFT = "Calibri"
SORT, GRAA = RGBColor(0x1A, 0x1A, 0x1A), RGBColor(0x55, 0x55, 0x55)
OVERSKRIFTER = {1: 16, 2: 13, 3: 11.5, 4: 11, 5: 10.5}
PUNKTLISTE, TALLISTE = 90, 91
LISTENIVEAUER = 9
PUNKTTEGN = "•–▪"
#: When nothing says when a draft was last changed; a file must not say "now".
UKENDT_TID = datetime(2000, 1, 1, tzinfo=UTC)
#: The width of the text on A4, in twentieths of a point.
TEKSTBREDDE = 9070
#: The same on a page across.
TVAERSBREDDE = 13950
LAENGSTE_I_HOVED = 60
#: The type of a cell, and what a very wide table makes do with.
CELLEPUNKTER = (10, 9, 8, 7)
#: Letters above U+FFFF are held as well as any.
IKKE_I_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def nyt(dokument: Blokdokument, udkast: str = "") -> Worddokument:
    """An empty document dressed for the paper."""
    word = Document()
    _side(word, dokument, udkast)
    _skrifter(word)
    _lister(word)
    _egenskaber(word, dokument)
    return word


def _side(word: Worddokument, dokument: Blokdokument, udkast: str) -> None:
    sektion = word.sections[0]
    sektion.page_width, sektion.page_height = Cm(21), Cm(29.7)
    sektion.left_margin = sektion.right_margin = Cm(2.5)
    sektion.top_margin = sektion.bottom_margin = Cm(2.3)
    sektion.header.paragraphs[0].text = uden_styretegn(f"{_kort(dokument.titel)} · {_kort(dokument.omraadenavn)}")
    if udkast:
        sektion.header.add_paragraph(style="Header").add_run(uden_styretegn(udkast)).bold = True
    fod = sektion.footer.paragraphs[0]
    fod.text = uden_styretegn(f"Dokument-id {dokument.dokument_id}\tSide ")
    _felt(fod._p, "PAGE")
    fod.add_run(" af ")
    _felt(fod._p, "NUMPAGES")
    for stil in ("Header", "Footer"):
        word.styles[stil].font.size = Pt(8)
        faner = word.styles[stil].element.pPr.find(qn("w:tabs"))
        # One stop, at the right edge: a long document id reaches past the middle one, and the page number would break.
        midten, hoejre = faner
        faner.remove(midten)
        hoejre.set(qn("w:pos"), str(TEKSTBREDDE))


def _kort(navn: str) -> str:
    return Truncator(navn).chars(LAENGSTE_I_HOVED)


def _felt(p, navn: str) -> None:
    felt = OxmlElement("w:fldSimple", attrs={qn("w:instr"): navn})
    felt.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>1</w:t></w:r>"))
    p.append(felt)


def uden_styretegn(tekst: str) -> str:
    """What XML cannot hold is not written; python-docx would stop at it."""
    return IKKE_I_XML.sub("", tekst)


def _skrifter(word: Worddokument) -> None:
    stile = word.styles
    grund = stile.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for barn in list(grund):
        grund.remove(barn)
    grund.append(parse_xml(f'<w:rFonts {nsdecls("w")} w:ascii="{SKRIFT}" w:hAnsi="{SKRIFT}" w:cs="{SKRIFT}"/>'))
    grund.append(parse_xml(f'<w:sz {nsdecls("w")} w:val="21"/>'))
    grund.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="da-DK" w:eastAsia="da-DK" w:bidi="ar-SA"/>'))
    _afsnitsform(stile["Normal"], 10.5, efter=6)
    _afsnitsform(stile["Title"], 24, fed=True, efter=4)
    _afsnitsform(stile["Subtitle"], 14, efter=18, farve=GRAA)
    _afsnitsform(stile["Caption"], 10.5, fed=True, foer=8, efter=4)
    stile["Caption"].paragraph_format.keep_with_next = True
    for niveau, punkter in OVERSKRIFTER.items():
        _afsnitsform(stile[f"Heading {niveau}"], punkter, fed=True, foer=18 if niveau == 1 else 10, efter=4)
    for navn, punkter, farve in (("Overlinje", 11, GRAA), ("Mindre", 9.5, GRAA)):
        _afsnitsform(_ny_stil(word, navn), punkter, efter=2, farve=farve)
    for punkter in CELLEPUNKTER:
        _afsnitsform(_ny_stil(word, celletekst(punkter)), punkter, efter=0)
    _afsnitsform(_ny_stil(word, "Tabelluft"), 6, efter=0)
    _afsnitsform(_ny_stil(word, "footnote text"), 9, efter=0)
    _indholdsstile(word)
    kald = stile.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
    kald.font.superscript = True
    link = stile.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.underline = True
    for stil in ("Quote", "List Paragraph"):
        _afsnitsform(stile[stil], 10.5, efter=3 if stil == "List Paragraph" else 6)


def celletekst(punkter: int) -> str:
    return "Celletekst" if punkter == CELLEPUNKTER[0] else f"Celletekst {punkter}"


def _indholdsstile(word: Worddokument) -> None:
    """Of the list of contents, with room for the page numbers that Word puts in."""
    _afsnitsform(_ny_stil(word, "toc heading"), OVERSKRIFTER[1], fed=True, efter=8)
    for niveau in NIVEAUER:
        stil = _ny_stil(word, STILE[niveau])
        _afsnitsform(stil, 10.5, fed=niveau == 1, foer=6 if niveau == 1 else 0, efter=2)
        stil.paragraph_format.left_indent, stil.paragraph_format.right_indent = Cm(0.6 * (niveau - 1)), Cm(1)
        stil.paragraph_format.tab_stops.add_tab_stop(Twips(TEKSTBREDDE), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _ny_stil(word: Worddokument, navn: str):
    stil = word.styles.add_style(navn, WD_STYLE_TYPE.PARAGRAPH)
    stil.base_style = word.styles["Normal"]
    return stil


def _afsnitsform(stil, punkter: float, *, fed=False, foer=0, efter=6, farve=SORT) -> None:
    rpr = stil.element.get_or_add_rPr()
    for barn in list(rpr):
        rpr.remove(barn)
    for kant in stil.element.get_or_add_pPr().findall(qn("w:pBdr")):
        stil.element.pPr.remove(kant)
    stil.font.size, stil.font.bold, stil.font.color.rgb = Pt(punkter), fed or None, farve
    stil.paragraph_format.space_before, stil.paragraph_format.space_after = Pt(foer), Pt(efter)
    stil.paragraph_format.line_spacing = 1.1


def _lister(word: Worddokument) -> None:
    """One form for bulleted lists and one for numbered; each numbered list is an instance of its own."""
    numre = word.part.numbering_part.element
    for nr, (form, tegn) in enumerate(((PUNKTLISTE, "bullet"), (TALLISTE, "decimal"))):
        niveauer = "".join(_listeniveau(n, tegn) for n in range(LISTENIVEAUER))
        indhold = f'<w:multiLevelType w:val="multilevel"/>{niveauer}'
        xml = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{form}">{indhold}</w:abstractNum>'
        numre.insert(nr, parse_xml(xml))
    ny_liste(word, PUNKTLISTE)


def _listeniveau(niveau: int, form: str) -> str:
    tekst = PUNKTTEGN[niveau % len(PUNKTTEGN)] if form == "bullet" else f"%{niveau + 1}."
    return (
        f'<w:lvl w:ilvl="{niveau}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{tekst}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{360 * (niveau + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
    )


def ny_liste(word: Worddokument, form: int, niveau: int = 0, start: int | None = None) -> int:
    """A list of its own; the number that its items name."""
    numre = word.part.numbering_part.element
    nummer = numre._next_numId
    fra = "" if start is None else f'<w:startOverride w:val="{start}"/>'
    over = f'<w:lvlOverride w:ilvl="{niveau}">{fra}</w:lvlOverride>' if fra else ""
    xml = f'<w:num {nsdecls("w")} w:numId="{nummer}"><w:abstractNumId w:val="{form}"/>{over}</w:num>'
    numre.append(parse_xml(xml))
    return nummer


def _egenskaber(word: Worddokument, dokument: Blokdokument) -> None:
    egenskaber = word.core_properties
    tid = (dokument.dato or UKENDT_TID).astimezone(UTC).replace(microsecond=0, tzinfo=None)
    egenskaber.created = egenskaber.modified = tid
    egenskaber.title = uden_styretegn(f"{dokument.titel} – {dokument.plan_navn}")[:255]
    egenskaber.author = uden_styretegn("; ".join(dokument.parter))[:255]
    egenskaber.last_modified_by = ""
    egenskaber.comments = ""
    egenskaber.language = "da-DK"
    egenskaber.identifier = dokument.dokument_id
