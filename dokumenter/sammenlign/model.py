"""What differs between two papers: the blocks again, each saying whether it stays, is new, goes out or is changed.

The order is such that taking what is not `slettet` gives the new paper, and what is not `ny` the old one.
"""

from dataclasses import dataclass
from typing import Literal

from helhedsplan.blokke.model import Billedblok, Blokcelle, Blokdel, Blokraekke, Loeb, Tekstblok

Art = Literal["ens", "ny", "slettet", "rettet"]
#: Where something stood before it was moved, and where it stands now.
Flytning = Literal["", "fra", "til"]


@dataclass(frozen=True)
class Stykke:
    """A run of words that stays, goes out or comes in. With `note` a footnote that stays, its own words changed."""

    art: Literal["ens", "ny", "slettet"]
    loeb: tuple[Loeb, ...] = ()
    note: tuple["Stykke", ...] | None = None


@dataclass(frozen=True)
class Tekstforskel:
    art: Art
    gammel: Tekstblok | None
    ny: Tekstblok | None
    stykker: tuple[Stykke, ...]
    #: Of one that goes out here and comes in there with the same words.
    flyttet: Flytning = ""

    @property
    def tekst(self) -> Tekstblok:
        return self.ny if self.ny is not None else self.gammel  # type: ignore[return-value]


@dataclass(frozen=True)
class Celleforskel:
    celle: Blokcelle
    tekster: tuple[Tekstforskel, ...]


@dataclass(frozen=True)
class Raekkeforskel:
    """`raekke` is the new row, or the old one where it goes out; `foer` the old one where there is one.

    A moved row stands twice: where it was, and where it is; there `celler` say what was changed in it as well.
    `foelger`: nobody moved it, it follows from a date in it, or from the place of what it belongs to.
    """

    art: Art
    raekke: Blokraekke
    foer: Blokraekke | None
    celler: tuple[Celleforskel, ...]
    flyttet: Flytning = ""
    foelger: bool = False


@dataclass(frozen=True)
class Tabelforskel:
    art: Art
    titel: Tekstforskel | None
    raekker: tuple[Raekkeforskel, ...]
    slags: str
    bredde: int


@dataclass(frozen=True)
class Billedforskel:
    """`rettet` is the same picture with other words to it; `foer` the old one where there is one."""

    art: Art
    billede: Billedblok
    foer: Billedblok | None = None


Blokforskel = Tekstforskel | Tabelforskel | Billedforskel


@dataclass(frozen=True)
class Delforskel:
    """A part. `nye_ord` says whether its heading was reworded; a new number alone is no change.

    A moved part stands twice, as a moved row does; where it was, it holds nothing.
    """

    art: Art
    foer: Blokdel | None
    efter: Blokdel | None
    titel: Tekstforskel
    blokke: tuple[Blokforskel, ...]
    under: tuple["Delforskel", ...]
    flyttet: Flytning = ""

    @property
    def kilde(self) -> Blokdel:
        return self.efter if self.efter is not None else self.foer  # type: ignore[return-value]

    @property
    def omdoebt(self) -> bool:
        return bool(self.foer and self.efter and self.foer.titel != self.efter.titel)

    @property
    def aendret(self) -> bool:
        return self.art != "ens" or bool(self.flyttet)
