"""Prose for page and paper: stored HTML in, HTML that is safe to show and sound to tag out.

Footnotes stand in place in the stored text and get their numbers here, in reading order, so that a number is never
stale. Page and paper both list the notes of a section below it, linked both ways (docs/adr/0006-noter-i-pdf.md).
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString

from helhedsplan.tekst import FLEST_KOLONNER, IKKE_I_XML, Talkilde, rens, uden_skjulte_tal

LISTER = {"ul", "ol"}
OVERSKRIFTER = {"h3", "h4"}
BLOKKE = {"p", "blockquote", "table", *LISTER, *OVERSKRIFTER}
#: What holds a line of text, and no block.
LINJER = {"p", "strong", "em", "a", "span", *OVERSKRIFTER}
#: Without text these are nothing; an empty cell is still a cell.
INTET_UDEN_TEKST = BLOKKE | {"li", "caption", "strong", "em", "a", "span"}
#: What a footnote may hold; anything else in it gives way to its text.
I_FODNOTE = {"strong", "em", "a"}
#: Figures, also as a count with its share: 1.337 (90,2 %). A column of years is no column of figures.
TAL_ELLER_TOM = re.compile(r"|–|\.\.|[+\-−]?\d[\d.]*(,\d+)?(\s?(%|kr\.|mio\.( kr\.)?))?(\s\(\d[\d.,]*\s?%\))?")
AARSTAL = re.compile(r"|(19|20)\d\d")
ENHED = re.compile(r"(?<=\d) (?=(%|kr\.|mio\.|mia\.))")
UDGAAENDE = ("http://", "https://", "mailto:")


@dataclass(frozen=True)
class Fodnote:
    nummer: int
    anker: str
    kaldanker: str
    html: SafeString


class Fodnoter:
    """Draws the texts of one document, in reading order, and numbers their footnotes through all of them.

    The notes gather in `liste`; whoever draws the document lists them below their text. praefiks keeps anchors apart
    where several documents stand on one page. niveau is the level that the topmost headings of a text get, so that
    no level is skipped under the heading that it stands under.

    A figure bound to one of `tal` gets a note with its source; those of one source in one text share it. A hidden
    figure gives way to a word, but for those who may see it (`se_skjulte`, never on paper).
    """

    def __init__(self, praefiks: str = "", tal: Iterable[Talkilde] = (), se_skjulte: bool = False):
        self.praefiks = praefiks
        self.tal = {kilde.henvisning: kilde for kilde in tal}
        self.se_skjulte = se_skjulte
        self.liste: list[Fodnote] = []

    def til_side(self, tekst: str, niveau: int = 3) -> SafeString:
        return self._tegn(_ordnet(tekst if self.se_skjulte else self._som_alle_ser(tekst), niveau))

    def til_papir(self, tekst: str, niveau: int = 3) -> SafeString:
        """For a PDF: an address inside the site leads nowhere there, and is plain text."""
        rod = trae(self._som_alle_ser(tekst), niveau)
        _overskrifters_egne_ord(rod)
        return self._tegn(rod)

    def _som_alle_ser(self, tekst: str) -> str:
        return uden_skjulte_tal(rens(tekst), self.tal.values()) if self.tal else tekst

    def _tegn(self, rod: ET.Element) -> SafeString:
        i_links = {id(span) for link in rod.iter("a") for span in link.iter("span")}
        kaldte: dict[str, Fodnote] = {}
        for element in _kald(rod):
            if _er_note(element):
                _bliv(element, "sup", [self._kald(self._ny(_html(element)))])
            elif (kilde := self.tal.get(element.attrib.pop("data-tal"))) and id(element) not in i_links:
                self._kildehenvis(element, kilde, kaldte)
        return _html(rod)

    def _kildehenvis(self, element: ET.Element, kilde: Talkilde, kaldte: dict[str, Fodnote]) -> None:
        """The figure as it is written, and after it the number of the note with its source."""
        foerste = kilde.kilde not in kaldte
        if foerste:
            kaldte[kilde.kilde] = self._ny(SafeString(escape(kilde.kilde)))
        element.append(_nyt("sup", [self._kald(kaldte[kilde.kilde], anker=foerste)]))
        if kilde.skjult:
            element.set("class", "skjult-tal")

    def _ny(self, html: SafeString) -> Fodnote:
        nummer = len(self.liste) + 1
        fodnote = Fodnote(nummer, f"{self.praefiks}note-{nummer}", f"{self.praefiks}kald-{nummer}", html)
        self.liste.append(fodnote)
        return fodnote

    def _kald(self, fodnote: Fodnote, anker: bool = True) -> ET.Element:
        link = ET.Element("a", href=f"#{fodnote.anker}")
        if anker:
            link.set("id", fodnote.kaldanker)
        link.set("aria-label", f"Fodnote {fodnote.nummer}")
        link.text = str(fodnote.nummer)
        return link


def trae(tekst: str, niveau: int = 3) -> ET.Element:
    """The prose of a paper as a sound tree of elements below one <div>, its footnotes in place as span.fodnote: for
    whoever writes something else than HTML.
    """
    rod = _ordnet(tekst, niveau)
    _kun_udgaaende_links(rod)
    return rod


# --- order: what an editor or a paste leaves behind, made sound ------------------------------------------------------


def _ordnet(tekst: str, niveau: int) -> ET.Element:
    """Sanitised prose as a tree. Sanitised here too, so that no caller need know where the text came from."""
    html = IKKE_I_XML.sub("", rens(tekst)).replace("<br>", "<br/>").replace("&nbsp;", "\u00a0")
    rod = ET.fromstring(f"<div>{html}</div>")  # noqa: S314 -- nh3 wrote it: no entities, no declarations
    _ret(rod)
    _saet(rod, _i_afsnit(_dele(rod)))
    _fodnoter_ud_af_links(rod)
    _overskriftsniveauer(rod, niveau)
    return rod


def _ret(element: ET.Element, i_rod: bool = True) -> None:
    if element.tag in LISTER:
        _saet(element, _punkter(_dele(element)))
    elif element.tag == "table":
        _tabel(element)
    elif _er_note(element):
        _saet(element, _kun_linje(_dele(element)))
    for barn in element:
        _ret(barn, i_rod=False)
    dele: list = []
    for del_ in _dele(element):
        if not isinstance(del_, str) and (del_.tag in LINJER or _er_loest_punkt(del_, element)) and _har_blokke(del_):
            dele += _dele(del_)
        elif isinstance(del_, str) or del_.tag not in INTET_UDEN_TEKST or _tekst(del_):
            dele.append(del_)
    for del_ in dele:
        if not isinstance(del_, str):
            _paa_plads(del_, element, i_rod)
    _saet(element, dele)


def _har_blokke(element: ET.Element) -> bool:
    """A line that holds blocks must give way, or each reader of the HTML takes it apart in its own way."""
    return any(barn.tag in BLOKKE for barn in element)


def _er_loest_punkt(barn: ET.Element, under: ET.Element) -> bool:
    return barn.tag == "li" and under.tag not in LISTER


def _paa_plads(barn: ET.Element, under: ET.Element, i_rod: bool) -> None:
    """A heading inside a list or a table is a bold paragraph; an item outside a list is a paragraph."""
    if barn.tag in OVERSKRIFTER and not i_rod:
        _bliv(barn, "p", [_nyt("strong", _dele(barn))])
    elif _er_loest_punkt(barn, under):
        barn.tag = "p"


def _punkter(dele: list) -> list:
    """A list holds items only: a list right in a list belongs to the item before it, anything else is an item."""
    punkter: list[ET.Element] = []
    for del_ in dele:
        if isinstance(del_, str):
            if del_.strip():
                punkter.append(_nyt("li", [del_]))
        elif del_.tag == "li":
            punkter.append(del_)
        elif del_.tag in LISTER and punkter:
            _saet(punkter[-1], [*_dele(punkter[-1]), del_])
        else:
            punkter.append(_nyt("li", [del_]))
    return punkter


def _tabel(tabel: ET.Element) -> None:
    """Every row gets the same number of columns; leading rows of headings become the head that each page repeats."""
    raekker = [raekke for del_ in tabel for raekke in ([del_] if del_.tag == "tr" else del_.findall("tr"))]
    raekker = [raekke for raekke in raekker if len(raekke)]
    bredde = min(FLEST_KOLONNER, max((sum(map(_spaend, raekke)) for raekke in raekker), default=0))
    hoved: list[ET.Element] = []
    while len(hoved) < len(raekker) - 1 and all(celle.tag == "th" for celle in raekker[len(hoved)]):
        hoved.append(raekker[len(hoved)])
    for nr, raekke in enumerate(raekker):
        _fyld_ud(raekke, bredde)
        for celle in raekke.iterfind("th"):
            celle.set("scope", "col" if nr < len(hoved) else "row")
    _hoejrestil_tal(raekker, raekker[len(hoved) :])
    dele = [del_ for del_ in tabel if del_.tag == "caption"][:1]
    dele += [_nyt("thead", hoved)] if hoved else []
    dele += [_nyt("tbody", raekker[len(hoved) :])] if raekker else []
    _saet(tabel, dele)


def _hoejrestil_tal(raekker: list[ET.Element], krop: list[ET.Element]) -> None:
    """A column of figures gets class tal, head and all. (With merged cells nobody knows what the columns are.)"""
    if not krop or any(celle.get("colspan") for raekke in raekker for celle in raekke):
        return
    for nr in range(len(krop[0])):
        tekster = ["".join(_ord_uden_noter(raekke[nr])).strip() for raekke in krop]
        if all(map(TAL_ELLER_TOM.fullmatch, tekster)) and not all(map(AARSTAL.fullmatch, tekster)):
            for raekke in raekker:
                raekke[nr].set("class", "tal")


def _spaend(celle: ET.Element) -> int:
    tekst = celle.get("colspan", "1")
    return max(1, min(FLEST_KOLONNER, int(tekst))) if tekst.isascii() and tekst.isdigit() and len(tekst) < 4 else 1


def _fyld_ud(raekke: ET.Element, bredde: int) -> None:
    plads = bredde
    for celle in list(raekke):
        spaend = min(_spaend(celle), plads)
        plads -= spaend
        celle.attrib.pop("colspan", None)
        if spaend > 1:
            celle.set("colspan", str(spaend))
        elif spaend == 0:
            raekke.remove(celle)
    for _ in range(plads):
        ET.SubElement(raekke, "td")


def _kun_linje(dele: list) -> list:
    """The parts of a footnote as one line of text: a block gives way to its content, a note in a note to brackets."""
    linje: list = []
    for del_ in dele:
        if isinstance(del_, str):
            linje.append(del_)
        elif del_.tag in I_FODNOTE:
            _saet(del_, _kun_linje(_dele(del_)))
            linje.append(del_)
        elif _er_note(del_):
            linje += [" (", *_kun_linje(_dele(del_)), ")"] if _tekst(del_) else []
        else:
            linje += [" " if linje else "", *_kun_linje(_dele(del_))]
    return linje


def _i_afsnit(dele: list) -> list:
    """Text that stands loose between the blocks becomes paragraphs."""
    blokke: list = []
    loest: list = []
    for del_ in [*dele, None]:
        if del_ is None or (not isinstance(del_, str) and del_.tag in BLOKKE):
            afsnit = _nyt("p", loest)
            blokke += [afsnit] if _tekst(afsnit) else []
            blokke += [] if del_ is None else [del_]
            loest = []
        else:
            loest.append(del_)
    return blokke


def _overskriftsniveauer(rod: ET.Element, niveau: int) -> None:
    """Give the headings their levels under what the text stands under; the first one is never a sub-heading."""
    under = False
    for blok in rod:
        if blok.tag in OVERSKRIFTER:
            dybde = niveau + 1 if blok.tag == "h4" and under else niveau
            under = under or blok.tag == "h3"
            blok.tag = f"h{min(dybde, 6)}"


# --- footnotes and links ---------------------------------------------------------------------------------------------


def _er_note(del_) -> bool:
    return not isinstance(del_, str) and del_.tag == "span" and del_.get("class") == "fodnote"


def _kald(rod: ET.Element) -> list[ET.Element]:
    """What calls for a note, in reading order: footnotes, and figures that are bound to a measurement."""
    return [element for element in rod.iter("span") if _er_note(element) or element.get("data-tal")]


def _fodnoter_ud_af_links(element: ET.Element) -> None:
    """The number of a note is itself a link, and a link cannot stand in a link: the note moves behind it."""
    dele: list = []
    for del_ in _dele(element):
        if isinstance(del_, str):
            dele.append(del_)
        elif del_.tag == "a":
            noter = _tag_noter(del_)
            dele += [del_, *noter] if _tekst(del_) else noter
        else:
            _fodnoter_ud_af_links(del_)
            dele.append(del_)
    _saet(element, dele)


def _tag_noter(element: ET.Element) -> list[ET.Element]:
    """Take the footnotes out of an element."""
    noter, dele = [], []
    for del_ in _dele(element):
        if _er_note(del_):
            noter.append(del_)
        else:
            dele.append(del_)
            noter += [] if isinstance(del_, str) else _tag_noter(del_)
    _saet(element, dele)
    return noter


def _kun_udgaaende_links(rod: ET.Element) -> None:
    """Paper cannot follow an address inside the site: such a link is plain text there."""
    for link in list(rod.iter("a")):
        if not link.get("href", "").startswith(UDGAAENDE):
            link.tag = "span"
            link.attrib.clear()


def _overskrifters_egne_ord(rod: ET.Element) -> None:
    """A heading with a footnote keeps its own words apart, for the bookmark in a PDF."""
    for blok in rod:
        if blok.tag.startswith("h") and _kald(blok):
            blok.set("data-titel", " ".join("".join(_ord_uden_noter(blok)).split()))


def _ord_uden_noter(element: ET.Element) -> Iterator[str]:
    for del_ in _dele(element):
        if isinstance(del_, str):
            yield del_
        elif not _er_note(del_):
            yield from _ord_uden_noter(del_)


# --- the tree as parts: text and elements in one list ----------------------------------------------------------------


def _dele(element: ET.Element) -> list:
    dele: list = [element.text or ""]
    for barn in element:
        dele += [barn, barn.tail or ""]
    return [del_ for del_ in dele if not isinstance(del_, str) or del_]


def _saet(element: ET.Element, dele: list) -> None:
    element.text = None
    element[:] = []
    for del_ in dele:
        if not isinstance(del_, str):
            del_.tail = None
            element.append(del_)
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + del_
        else:
            element.text = (element.text or "") + del_


def _nyt(maerke: str, dele: list) -> ET.Element:
    element = ET.Element(maerke)
    _saet(element, dele)
    return element


def _bliv(element: ET.Element, maerke: str, dele: list) -> None:
    """Make the element another one, where it stands."""
    hale = element.tail
    element.clear()
    element.tag, element.tail = maerke, hale
    _saet(element, dele)


def _tekst(element: ET.Element) -> str:
    return "".join(element.itertext()).strip()


def _html(element: ET.Element) -> SafeString:
    """The content of the element; safe, since every text and attribute in it is escaped here after the sanitising.

    A figure keeps its unit on its line.
    """
    ydre = ET.tostring(_nyt("x", _dele(element)), encoding="unicode", method="html")
    return SafeString(ENHED.sub("\u00a0", ydre.removeprefix("<x>").removesuffix("</x>")))
