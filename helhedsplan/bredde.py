"""Nothing that is typed runs off a page: a table that is wider than its column is given room, and told of when there
is none.

What is too wide is found in the layout itself: a word whose box reaches past the column of its page. Such a table is
first set closer, then on a page across, then with its units under their figures, and last with its words broken
anywhere. The type stays as it is: it is already the smallest that is printed (9,5 pt). A table that only the last of
these can hold is not fit to be signed: a figure that is broken may be read as two.
"""

import copy
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

#: How a table is set, by what it takes: as it stands, close, across, across with its units on lines of their own,
#: across with its words broken.
TRIN = (
    "",
    "bred-taet",
    "bred-taet bred-paa-tvaers",
    "bred-taet bred-paa-tvaers bred-enhed",
    "bred-taet bred-paa-tvaers bred-enhed bred-brudt",
)
BRUDT = (
    "Tabellen herunder er for bred til et liggende ark. Alle kolonner er med, men ord og tal er brudt midt i, så et "
    "tal kan stå på flere linjer. Del tabellen i to, før papiret fryses."
)
#: What `prosa.ENHED` keeps together, to be parted again.
FAST_ENHED = re.compile(r"(?<=\d)\u00a0(?=(?:%|kr\.|mio\.|mia\.))")
#: Rows that are higher than a page may be parted, and a head that is too high is not repeated.
HOEJ = "bred-hoej"
#: A word longer than this may be broken once its table is too wide: one of letters with a hyphen, another (an address)
#: wherever the line ends, but not into stumps.
LAENGSTE_HELE_ORD = 24
#: A part of a long word is between these, where Danish gives no place to part it; a shorter one is a stump.
STYKKE, MINDSTE_STYKKE = 16, 8
BOGSTAVER = re.compile(r"[^\W\d_]{9,}")
BLOED = "\u00ad"
#: As it is drawn where a word is parted; before it stand at least as many letters as `hyphenate-limit-chars` asks for.
BINDESTREG, MINDSTE_STAVELSE = "\u2010", 4
LANGT_ORD = re.compile(rf"\S{{{LAENGSTE_HELE_ORD + 1},}}")
#: The same, that has not got its hyphens.
UDELT_ORD = re.compile(rf"(?<!\S)[^\s\u00ad]{{{LAENGSTE_HELE_ORD + 1},}}(?!\S)")
OVERSKRIFTER = {"h1", "h2", "h3", "h4", "h5", "h6"}
#: Half a pixel, which no eye sees and no column loses a letter by.
LUFT = 0.5
NAVNELAENGDE = 60


@dataclass(frozen=True)
class Forbredt:
    """What does not fit on its page: its first words, and the heading it stands under."""

    navn: str
    under: str

    def __str__(self) -> str:
        sted = f" under »{self.under}«" if self.under else ""
        return f"»{self.navn}«{sted}"


def gengiv(html, **valg) -> tuple:
    """The paper laid out, with every table on its page, and what does not fit there undivided: (document, Forbredt).

    html: a weasyprint.HTML; its tree is changed. The whole paper is laid out once, and again when a table is too wide.
    """
    trin: dict[ET.Element, int] = {}
    hoeje: dict[ET.Element, None] = {}
    dokument = html.render(**valg)
    while True:
        for_brede = [t for t in _brede_tabeller(dokument) if trin.get(t, 0) < len(TRIN) - 1]
        for_hoeje = [t for t in _for_hoeje_tabeller(html, dokument) if t not in hoeje]
        if not for_brede and not for_hoeje:
            break
        for tabel in for_brede:
            trin[tabel] = _naeste_trin(html, tabel, trin.get(tabel, 0) + 1, valg)
        hoeje |= dict.fromkeys(for_hoeje)
        for tabel in {**dict.fromkeys(for_brede), **dict.fromkeys(for_hoeje)}:
            _saet(html.etree_element, tabel, trin.get(tabel, 0), hoej=tabel in hoeje)
        dokument = _igen(html, valg)
    steder = _under(html.etree_element)
    brudte = [t for t, nr in trin.items() if nr == len(TRIN) - 1]
    if brudte:
        for tabel in brudte:
            _sig_at_den_er_brudt(html.etree_element, tabel)
        dokument = _igen(html, valg)
    return dokument, [Forbredt(_navn(t), steder.get(t, "")) for t in brudte]


# --- what reaches past its page --------------------------------------------------------------------------------------


def _igen(html, valg: dict):
    """The changed tree laid out."""
    html.wrapper_element = type(html.wrapper_element).from_html_root(html.etree_element)
    return html.render(**valg)


def _brede_tabeller(dokument) -> list[ET.Element]:
    """The outermost tables with a word past the right edge of the column of their page, or broken into stumps, in
    reading order."""
    return _udenfor(
        dokument,
        lambda side, ord_: ord_.position_x + ord_.width > side.content_box_x() + side.width + LUFT or _er_stump(ord_),
    )


def _er_stump(ord_) -> bool:
    """Whether a line ends so shortly inside a word."""
    if ord_.text.endswith(BINDESTREG):
        return len(ord_.text.strip("(»\"'")) <= MINDSTE_STAVELSE
    span = ord_.element
    if span is None or span.get("class") != "langt-ord":
        return False
    return len(ord_.text) < MINDSTE_STYKKE and not (span.text or "").endswith(ord_.text)


def _for_hoeje_tabeller(html, dokument) -> list[ET.Element]:
    return [*_udenfor(dokument, _under_kanten), *_med_afskaaret_hoved(html, dokument)]


def _under_kanten(side, ord_) -> bool:
    return ord_.position_y + ord_.height > side.content_box_y() + side.height + LUFT


def _med_afskaaret_hoved(html, dokument) -> list[ET.Element]:
    """A head that is higher than a page is not drawn, and not past the edge either: WeasyPrint leaves it out."""
    hoveder = {celle: tabel for tabel in html.etree_element.iter("table") for celle in tabel.iterfind("thead/tr/*")}
    tegnede: Counter = Counter()
    for side in dokument.pages if hoveder else ():
        paa_siden: Counter = Counter()
        for boks in side._page_box.descendants():
            if boks.element in hoveder and boks.element_tag in {"th", "td"}:
                tekster = (t.text for t in boks.descendants() if hasattr(t, "text"))
                paa_siden[boks.element] += sum(len("".join(t.split())) for t in tekster)
        tegnede |= paa_siden
    return [t for celle, t in hoveder.items() if tegnede[celle] < len("".join("".join(celle.itertext()).split()))]


def _udenfor(dokument, er_udenfor: Callable) -> list[ET.Element]:
    fundne: dict[ET.Element, None] = {}
    for side in dokument.pages:
        ord_paa_siden = _ord(side._page_box, None)
        fundne |= dict.fromkeys(tabel for tabel, ord_ in ord_paa_siden if er_udenfor(side._page_box, ord_))
    return [tabel for tabel in fundne if tabel is not None]


def _ord(boks, tabel) -> Iterator[tuple]:
    """(outermost table or None, box of words) for all that is drawn on a page."""
    from weasyprint.formatting_structure.boxes import MarginBox, ParentBox, TextBox

    if isinstance(boks, TextBox):
        yield tabel, boks
    elif isinstance(boks, ParentBox) and not isinstance(boks, MarginBox):
        if tabel is None and boks.element_tag == "table":
            tabel = boks.element
        for barn in boks.children:
            yield from _ord(barn, tabel)


# --- giving room ------------------------------------------------------------------------------------------------------


def _naeste_trin(html, tabel: ET.Element, fra: int, valg: dict) -> int:
    """The first step that the table fits in by itself, laid out alone."""
    for nr in range(fra, len(TRIN) - 1):
        hoved = html.etree_element.find("head")
        rod = ET.Element("html", html.etree_element.attrib)
        rod.append(copy.deepcopy(hoved) if hoved is not None else ET.Element("head"))
        krop = ET.SubElement(rod, "body")
        ET.SubElement(krop, "div").append(proeve := copy.deepcopy(tabel))
        _saet(rod, proeve, nr)
        alene = copy.copy(html)
        alene.etree_element = rod
        if not _brede_tabeller(_igen(alene, valg)):
            return nr
    return len(TRIN) - 1


def _saet(rod: ET.Element, tabel: ET.Element, nr: int, hoej: bool = False) -> None:
    klasser = [k for k in tabel.get("class", "").split() if not k.startswith("bred-")]
    tabel.set("class", " ".join([*klasser, *TRIN[nr].split(), *([HOEJ] if hoej else [])]))
    if nr and not any(span.get("class") == "langt-ord" for span in tabel.iter("span")):
        for element in list(tabel.iter()):
            _maerk_lange_ord(element)
    if "bred-enhed" in TRIN[nr]:
        _loesn_enheder(tabel)
    if "bred-paa-tvaers" in TRIN[nr]:
        _paa_tvaers(rod, tabel)


def _sig_at_den_er_brudt(rod: ET.Element, tabel: ET.Element) -> None:
    """Right above the table, so that nobody reads a figure that is broken as two."""
    forael = next(f for f in rod.iter() if any(barn is tabel for barn in f))
    besked = ET.Element("p", {"class": "bred-besked"})
    besked.text = BRUDT
    forael.insert(next(nr for nr, barn in enumerate(forael) if barn is tabel), besked)


def _loesn_enheder(tabel: ET.Element) -> None:
    for element in tabel.iter():
        element.text = FAST_ENHED.sub(" ", element.text or "")
        if element is not tabel:
            element.tail = FAST_ENHED.sub(" ", element.tail or "")


def _maerk_lange_ord(element: ET.Element) -> None:
    """Say where the long words of an element may break: those of letters at hyphens, the others in marks of their own
    that may break anywhere."""
    element.text = _med_bindestreger(element.text or "")
    for barn in element:
        barn.tail = _med_bindestreger(barn.tail or "")
    for nr, barn in reversed(list(enumerate(element))):
        if barn.tail and UDELT_ORD.search(barn.tail):
            nye, barn.tail = _delt(barn.tail)
            for plads, span in enumerate(nye, nr + 1):
                element.insert(plads, span)
    if element.text and UDELT_ORD.search(element.text):
        nye, element.text = _delt(element.text)
        for plads, span in enumerate(nye):
            element.insert(plads, span)


def _med_bindestreger(tekst: str) -> str:
    """Soft hyphens in the long words that are letters only."""
    return LANGT_ORD.sub(
        lambda ord_: BOGSTAVER.sub(_delt_med_bindestreg, ord_[0]) if _er_bogstaver(ord_[0]) else ord_[0], tekst
    )


def _er_bogstaver(ord_: str) -> bool:
    return ord_.strip(".,:;!?()»«\"'").replace("-", "").isalpha()


def _delt_med_bindestreg(ord_: re.Match) -> str:
    """Where Danish parts the word; a piece that is longer still is parted evenly."""
    import pyphen

    dele = pyphen.Pyphen(lang="da_DK", left=4, right=4).inserted(ord_[0], BLOED).split(BLOED)
    return BLOED.join(stykke for del_ in dele for stykke in _stykker(del_))


def _stykker(del_: str) -> list[str]:
    antal = max(1, len(del_) // MINDSTE_STYKKE) if len(del_) > STYKKE else 1
    laengde = -(-len(del_) // antal)
    return [del_[nr : nr + laengde] for nr in range(0, len(del_), laengde)]


def _delt(tekst: str) -> tuple[list[ET.Element], str]:
    """The marks, each with what follows it, and what stands before the first."""
    fundne = list(UDELT_ORD.finditer(tekst))
    slutter = [fund.start() for fund in fundne[1:]] + [len(tekst)]
    nye = []
    for fund, slut in zip(fundne, slutter, strict=True):
        span = ET.Element("span", {"class": "langt-ord"})
        span.text, span.tail = fund.group(), tekst[fund.end() : slut]
        nye.append(span)
    return nye, tekst[: fundne[0].start()]


def _paa_tvaers(rod: ET.Element, tabel: ET.Element) -> None:
    """A page across for the table, and for the headings right before it, that must not stand alone."""
    forael = next(f for f in rod.iter() if any(barn is tabel for barn in f))
    if forael.get("class") == "paa-tvaers":
        return
    boern = list(forael)
    nr = fra = next(n for n, barn in enumerate(boern) if barn is tabel)
    while fra and boern[fra - 1].tag in OVERSKRIFTER and not (boern[fra - 1].tail or "").strip():
        fra -= 1
    ramme = ET.Element("div", {"class": "paa-tvaers"})
    ramme.tail, tabel.tail = tabel.tail, None
    for barn in boern[fra : nr + 1]:
        forael.remove(barn)
        ramme.append(barn)
    forael.insert(fra, ramme)


# --- what it is called ------------------------------------------------------------------------------------------------


def _navn(tabel: ET.Element) -> str:
    titel = tabel.find("caption")
    ord_ = [" ".join(tekst.split()) for tekst in (tabel if titel is None else titel).itertext()]
    navn = ", ".join(filter(None, ord_)) if titel is None else " ".join(filter(None, ord_))
    return navn if len(navn) <= NAVNELAENGDE else f"{navn[:NAVNELAENGDE].rstrip(' ,')} …"


def _under(rod: ET.Element) -> dict[ET.Element, str]:
    """Each table with the heading that it stands under."""
    steder, seneste = {}, ""
    for element in rod.iter():
        if element.tag in OVERSKRIFTER:
            seneste = " ".join("".join(element.itertext()).split())
        elif element.tag == "table":
            steder[element] = seneste
    return steder
