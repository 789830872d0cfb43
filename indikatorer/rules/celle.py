"""A figure as the rules of hiding look at it."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from indikatorer.rules.afrunding import Interval, antal_af, grundlag_af

ALT = Interval(1, None)
#: A place, and the places that it is the sum of.
SUM = tuple[Hashable, frozenset]


@dataclass(frozen=True)
class Slaegt:
    """What an indicator is told to be a part of. Those with one `hele` (an indicator; or none, and one `persongruppe`)
    and one `opdeling` are all of it."""

    persongruppe: str = ""
    hele: Hashable = None
    opdeling: str = ""

    @property
    def folk(self) -> str:
        return self.persongruppe.casefold()

    @property
    def del_af(self) -> tuple | None:
        """What it is a part of, with those that are parts of it in the same way."""
        if self.hele is None and not (self.opdeling and self.persongruppe):
            return None
        return self.hele, "" if self.hele is not None else self.folk, self.opdeling.casefold()


@dataclass(frozen=True)
class Celle:
    """One figure. `tid` is the year and event; `skjult_af_kilden`: the source has hidden it already; `snit`: it is a
    mean of all in its base. `persongruppe`, `hele` and `opdeling` are its indicator's, and `over` those of `hele`,
    which may not be measured itself."""

    noegle: Hashable
    indikator: Hashable
    sted: Hashable
    tid: tuple[int, str]
    persongruppe: str = ""
    hele: Hashable = None
    opdeling: str = ""
    antal: int | None = None
    grundlag: int | None = None
    procent: Decimal | None = None
    decimaler: int = 0
    skjult_af_kilden: bool = False
    snit: bool = False
    over: Slaegt | None = None

    @property
    def slaegt(self) -> Slaegt:
        return Slaegt(self.persongruppe, self.hele, self.opdeling)

    @property
    def del_af(self) -> tuple | None:
        return self.slaegt.del_af

    def mulige_grundlag(self) -> Interval:
        if self.grundlag is not None:
            return Interval(self.grundlag, self.grundlag)
        if self.antal is not None and self.procent is not None:
            return grundlag_af(self.antal, self.procent, self.decimaler)
        return ALT

    def muligt_antal(self, grundlag: Interval) -> Interval | None:
        """What its count can be, given what its base can be; None when it says nothing of it."""
        if self.antal is not None:
            return Interval(self.antal, self.antal)
        if self.snit:
            return grundlag
        return None if self.procent is None else antal_af(grundlag, self.procent, self.decimaler)


def slaegter(celler: Iterable[Celle]) -> dict[Hashable, Slaegt]:
    """By indicator, also by those that are only the whole of one that is measured."""
    over = {c.hele: c.over for c in celler if c.hele is not None and c.over is not None}
    return over | {c.indikator: c.slaegt for c in celler}


def mellem(antal: Interval, graense: int) -> bool:
    """Surely somebody, and surely fewer than the threshold."""
    return antal.hoejst is not None and 0 < antal.mindst <= antal.hoejst < graense
