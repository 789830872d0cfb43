"""A paper as blocks of text: what is printed, read on a page, written to Word and held up against another edition.

No HTML and no layout: parts (sections, activities) with headings, and in them texts, tables and pictures. Words carry
their own emphasis, link or footnote, so that a comparison word by word can be written out again in full.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Literal

#: What a text is on the page; "fortsat" is a further paragraph of a list item, "mindre" a quiet line.
Stil = Literal[
    "afsnit", "overskrift", "punkt", "fortsat", "citat", "billedtekst", "mindre", "titel", "overlinje", "underlinje"
]


@dataclass(frozen=True)
class Loeb:
    """A run of words with one look; with `note` a footnote, and no words of its own.

    gentager: nor has it words with these: of a note that the text has already, whose number stands here once more
    where notes have numbers.
    """

    tekst: str = ""
    fed: bool = False
    kursiv: bool = False
    link: str = ""
    note: tuple["Loeb", ...] | None = None
    gentager: str = ""


@dataclass(frozen=True)
class Tekstblok:
    """One paragraph, heading or list item. `niveau` is the level of a heading or of a list (from 1).

    slags: "tal" for a sentence made of figures that stand in a table beside it; '' for what somebody has written.
    """

    loeb: tuple[Loeb, ...]
    stil: Stil = "afsnit"
    niveau: int = 0
    #: A numbered item. `start` is set on the first of its list.
    nummereret: bool = False
    start: int | None = field(default=None, compare=False)
    #: An item of a list that stands in a quotation.
    i_citat: bool = False
    slags: str = ""

    @cached_property
    def ord(self) -> Counter[str]:
        return Counter(ren(self.loeb).split())

    @property
    def form(self) -> tuple:
        """Only texts of the same form are compared word by word."""
        return (self.stil, self.niveau, self.nummereret)


@dataclass(frozen=True)
class Blokcelle:
    """A table cell; never empty: a cell without words has one empty text."""

    tekster: tuple[Tekstblok, ...]
    spaend: int = 1
    hoved: bool = False
    tal: bool = False


@dataclass(frozen=True)
class Blokraekke:
    """A row. `noegle` is what it is recognised by in another edition; '' where rows are told by their words alone.
    `foraelder` is what it belongs to (an activity) and tells rows of one key apart.

    navn and beloeb: what the row is called in a summary, and the kroner that it comes to, where it is about money.
    slags: "sum" for a row that is the sum of the others.
    """

    celler: tuple[Blokcelle, ...]
    noegle: str = ""
    hoved: bool = False
    navn: str = ""
    beloeb: Decimal | None = None
    foraelder: str = ""
    slags: str = ""

    @property
    def er_sum(self) -> bool:
        return self.slags == "sum"

    @cached_property
    def ord(self) -> Counter[str]:
        return sum((tekst.ord for celle in self.celler for tekst in celle.tekster), Counter())

    @property
    def form(self) -> tuple:
        return tuple(celle.spaend for celle in self.celler)


@dataclass(frozen=True)
class Tabelblok:
    """`slags` says what its rows are ("fakta", "delmaal", "penge" …); '' for a table typed into prose. `noegle` tells
    tables of one kind apart."""

    raekker: tuple[Blokraekke, ...]
    titel: tuple[Loeb, ...] = ()
    slags: str = ""
    noegle: str = ""

    @property
    def form(self) -> tuple:
        return ("tabel", self.slags)

    @cached_property
    def ord(self) -> Counter[str]:
        return sum((raekke.ord for raekke in self.raekker), Counter(ren(self.titel).split()))

    @property
    def bredde(self) -> int:
        return max((sum(celle.spaend for celle in raekke.celler) for raekke in self.raekker), default=0)


@dataclass(frozen=True)
class Billedblok:
    fil: str
    alternativ_tekst: str
    billedtekst: str

    @property
    def form(self) -> tuple:
        return ("billede",)

    @property
    def ord(self) -> Counter[str]:
        return Counter([self.fil])


@dataclass(frozen=True)
class Figurblok:
    """A drawing of what the blocks beside it say in words, which is why only paper and page show it."""

    svg: str
    titel: str = ""


Blok = Tekstblok | Tabelblok | Billedblok | Figurblok


@dataclass(frozen=True)
class Blokdel:
    """A section, or a numbered part of one (an activity). `noegle` is the same in every edition; `nummer` need not be.

    slags: what the part is called in a sentence ("afsnittet", "aktiviteten"); '' for one that is only a frame.
    """

    noegle: str
    titel: str
    niveau: int
    blokke: tuple[Blok, ...] = ()
    under: tuple["Blokdel", ...] = ()
    nummer: str = ""
    slags: str = ""

    @property
    def overskrift(self) -> Tekstblok:
        return tekst(f"{self.nummer} {self.titel}", "overskrift", niveau=self.niveau)


@dataclass(frozen=True)
class Blokdokument:
    """A whole paper, its front page first. stand: which edition it is, or when the draft was changed, for the head of a
    page; med_indhold: with a table of contents on paper; ark: the style sheet of a paper without a title page.
    """

    dokument_id: str
    titel: str
    plan_navn: str
    omraadenavn: str
    parter: tuple[str, ...]
    dato: datetime | None
    dele: tuple[Blokdel, ...]
    stand: str = ""
    med_indhold: bool = False
    ark: str = ""


def ren(loeb: tuple[Loeb, ...]) -> str:
    """The words alone; a footnote in brackets."""
    return "".join(f" ({ren(del_.note)})" if del_.note is not None else del_.tekst for del_ in loeb)


def tekst(ord_: str, stil: Stil = "afsnit", **resten) -> Tekstblok:
    """A text of plain words; its lines stay lines."""
    return Tekstblok((Loeb(ord_.strip()),) if ord_.strip() else (), stil, **resten)


def celle(*ord_: str, **resten) -> Blokcelle:
    return Blokcelle(tuple(tekst(linje) for linje in ord_) or (tekst(""),), **resten)


def raekke(*celler: str | Blokcelle, **resten) -> Blokraekke:
    return Blokraekke(tuple(c if isinstance(c, Blokcelle) else celle(c) for c in celler), **resten)


def hoved(*navne: str, tal: frozenset[int] = frozenset()) -> Blokraekke:
    """The head of a table; `tal` are the columns of figures."""
    celler = tuple(celle(navn, hoved=True, tal=nr in tal) for nr, navn in enumerate(navne))
    return Blokraekke(celler, noegle="hoved", hoved=True)


def fakta(*linjer: tuple[str, str, tuple[str, ...]], slags: str = "fakta") -> tuple[Tabelblok, ...]:
    """A table of facts, each (key, name, lines), or nothing when nothing is known."""
    raekker = tuple(
        Blokraekke((celle(navn, hoved=True), celle(*filter(None, ord_))), noegle=noegle, navn=navn)
        for noegle, navn, ord_ in linjer
        if any(ord_)
    )
    return (Tabelblok(raekker, slags=slags),) if raekker else ()


FORSIDE, UNDERSKRIFTER = "forside", "underskrifter"
#: What a part is: a section, lines for ink on the title page of a draft, the page of an edition that is signed.
AFSNIT, TIL_BLAEK, UNDERSKRIFTSSIDE = "afsnittet", "til-blaek", "underskriftsside"


def forside(overlinje: str, titel: str, underlinje: str, *blokke: Blok) -> Blokdel:
    """The front page of any paper: a part without a heading of its own."""
    linjer = (tekst(overlinje, "overlinje"), tekst(titel, "titel"), tekst(underlinje, "underlinje"))
    return Blokdel(FORSIDE, "", 0, (*linjer, *blokke))
