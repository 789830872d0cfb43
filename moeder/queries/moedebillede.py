"""What an agenda or minutes say, as plain data: what is shown, frozen and printed. Only the classes; they are read
for ever, so a field is never taken out of one (`moeder.moedepapir`)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from moeder.stemmeregler import enighed_i_ord

OEKONOMI, VIDERE_PROCES = "Økonomi", "Videre proces"


@dataclass(frozen=True)
class Talskifte:
    """A figure in kroner before and after; None where there was or is none."""

    navn: str
    foer: Decimal | None
    efter: Decimal | None
    er_sum: bool = False

    @property
    def forskel(self) -> Decimal:
        return (self.efter or Decimal(0)) - (self.foer or Decimal(0))


@dataclass(frozen=True)
class Taltabel:
    titel: str
    emne: str
    linjer: tuple[Talskifte, ...]

    @property
    def har_foer(self) -> bool:
        return any(linje.foer is not None for linje in self.linjer)


@dataclass(frozen=True)
class Ordskifte:
    """A fact before and after, in words; `foer` is '' where there was none."""

    navn: str
    foer: str
    efter: str


@dataclass(frozen=True)
class Genstandsbillede:
    """What an item is about: its name, the hash of the very thing, and what its own papers say of money.

    deltaer: the lines of a budget revision, (who, what for, year, kroner); forbehold: why it cannot be approved yet;
    mangler and begrundelse: what an edition was frozen without, where that is known, and why.
    """

    art: str
    navn: str
    sha256: str
    sammenfatning: str
    tabeller: tuple[Taltabel, ...]
    ord: tuple[Ordskifte, ...]
    deltaer: tuple[tuple[str, str, str, Decimal], ...]
    beder_om: tuple[str, ...]
    forbehold: tuple[str, ...]
    mangler: tuple[str, ...]
    begrundelse: str

    @property
    def har_tal(self) -> bool:
        return bool(self.tabeller or self.ord or self.deltaer)


@dataclass(frozen=True)
class Tekstdel:
    """A text under one of the headings of a decision paper."""

    overskrift: str
    tekst: str


@dataclass(frozen=True)
class Beslutningsbillede:
    """What the meeting concluded; `stemmer` is how each side voted, in words, `fravaerende` the sides with a vote that
    were not there."""

    resultat: str
    enighed: bool
    tekst: str
    stemmer: tuple[str, ...]
    fravaerende: tuple[str, ...] = ()

    @property
    def enighed_i_ord(self) -> str:
        return enighed_i_ord(self.fravaerende) if self.enighed else ""


@dataclass(frozen=True)
class Maaltalbillede:
    """A figure of a goal as everybody could see it when the paper was sent; `hvornaar` is its year or event."""

    indikator: str
    sted: str
    hvornaar: str
    tal: str
    kilde: str


@dataclass(frozen=True)
class Maalbillede:
    """A fixed goal that an item is about: its figures in the agenda; in the minutes what the item did with it."""

    nummer: int
    maal: str
    udfald: str
    udfald_navn: str
    konklusion: str
    tal: tuple[Maaltalbillede, ...]


@dataclass(frozen=True)
class Punktbillede:
    """An item; `pk` tells which, when what was sent is held up against what stands now. `andetsteds`: where and when
    its edition was decided on, when that was not here."""

    pk: int
    nummer: int
    slags: str
    slags_navn: str
    titel: str
    tekster: tuple[Tekstdel, ...]
    genstand: Genstandsbillede | None
    referat: str
    beslutning: Beslutningsbillede | None
    maal: tuple[Maalbillede, ...] = ()
    andetsteds: str = ""

    @property
    def uden_beslutning(self) -> str:
        return (
            f"Punktet er ikke afgjort her. {self.andetsteds}"
            if self.andetsteds
            else "Der er ikke truffet en beslutning."
        )


@dataclass(frozen=True)
class Deltagerbillede:
    """A member as the composition has him, and whether he came."""

    side: str
    navn: str
    titel: str
    fremmoede: str
    fuldmagt_til: str


@dataclass(frozen=True)
class Moedebillede:
    """An agenda or minutes. `sendt` and `dokument_id` are set when it is frozen."""

    art: str
    nummer: int
    plan: str
    plan_navn: str
    kort_navn: str
    parter: tuple[str, ...]
    moede: str
    moede_pk: int
    dato: date
    klokken: str
    sted: str
    punkter: tuple[Punktbillede, ...]
    modtagere: tuple[str, ...]
    indledning: str = ""
    andre_deltagere: str = ""
    deltagere: tuple[Deltagerbillede, ...] = ()
    sendt: datetime | None = None
    dokument_id: str = ""


def _tekster(punkt: Punktbillede) -> Iterator[str]:
    """What the minutes say of an item: not the names of those who came or voted."""
    yield punkt.referat
    if punkt.beslutning is not None:
        yield punkt.beslutning.tekst
    yield from (maal.konklusion for maal in punkt.maal)


def omtalt_i(referat: Moedebillede, navn: str) -> list[Punktbillede]:
    """The items that name a person. The whole name as it stands on the account; a single word names nobody."""
    if len(navn.split()) < 2:
        return []
    hele = re.compile(rf"(?<!\w){re.escape(navn)}(?!\w)")
    return [p for p in referat.punkter if any(hele.search(tekst) for tekst in _tekster(p))]
