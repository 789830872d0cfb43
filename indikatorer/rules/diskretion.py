"""Which figures tell too much: counts under the threshold, and those that would give a hidden one away.

A figure is hidden when its count, or the count of the others in the group, lies from 1 to just under the threshold;
also when only a percent is shown but the base is known from another figure on the same group. Zero tells of nobody and
is shown. Where places add up and a single one of them is hidden, the smallest of the others is hidden with it; so it is
where the hidden ones can only be one thing each, since they add up to as little or as much as they can.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import and_

from indikatorer.rules.afrunding import Interval, antal_af, grundlag_af

ALT = Interval(1, None)


@dataclass(frozen=True)
class Celle:
    """One figure. `tid` is the year and event; `skjult_af_kilden`: the source has hidden it already."""

    noegle: Hashable
    indikator: Hashable
    sted: Hashable
    tid: tuple[int, str]
    persongruppe: str = ""
    antal: int | None = None
    grundlag: int | None = None
    procent: Decimal | None = None
    decimaler: int = 0
    skjult_af_kilden: bool = False

    def mulige_grundlag(self) -> Interval:
        if self.grundlag is not None:
            return Interval(self.grundlag, self.grundlag)
        if self.antal is not None and self.procent is not None:
            return grundlag_af(self.antal, self.procent, self.decimaler)
        return ALT


def skjulte(celler: Iterable[Celle], graense: int, summer: list[tuple[Hashable, frozenset]]) -> set[Hashable]:
    """The keys of the cells to hide. `summer`: (a place, the places it is the sum of)."""
    celler = list(celler)
    grundlag = _grundlag_i_grupperne(celler)
    skjult = {c.noegle for c in celler if c.skjult_af_kilden or _er_lille(c, grundlag[_gruppe(c)], graense)}
    raekker: dict[Hashable, dict[Hashable, Celle]] = defaultdict(dict)
    for c in celler if summer else []:
        raekker[c.indikator, c.tid][c.sted] = c
    for raekke in raekker.values():
        while (ny := _skal_med(raekke, summer, skjult, graense)) is not None:
            skjult.add(ny.noegle)
    return skjult


def _gruppe(c: Celle) -> Hashable:
    return (c.persongruppe.casefold(), c.sted, c.tid) if c.persongruppe else c.noegle


def _grundlag_i_grupperne(celler: list[Celle]) -> dict[Hashable, Interval]:
    """The bases that the figures of each group allow together; those that contradict each other say nothing."""
    grupper: dict[Hashable, list[Interval]] = defaultdict(list)
    for c in celler:
        grupper[_gruppe(c)].append(c.mulige_grundlag())
    samlet = {gruppe: reduce(and_, intervaller) for gruppe, intervaller in grupper.items()}
    return {gruppe: ALT if interval.er_tomt else interval for gruppe, interval in samlet.items()}


def _er_lille(c: Celle, grundlag: Interval, graense: int) -> bool:
    if c.antal is not None:
        antal = Interval(c.antal, c.antal)
    elif c.procent is not None:
        antal = antal_af(grundlag, c.procent, c.decimaler)
    else:
        return False
    if _mellem(antal, graense):
        return True
    if grundlag.hoejst is None or antal.hoejst is None:
        return False
    return _mellem(Interval(grundlag.mindst - antal.hoejst, grundlag.hoejst - antal.mindst), graense)


def _mellem(antal: Interval, graense: int) -> bool:
    """Surely somebody, and surely fewer than the threshold."""
    return antal.hoejst is not None and 0 < antal.mindst <= antal.hoejst < graense


def _skal_med(
    raekke: dict[Hashable, Celle], summer: list[tuple[Hashable, frozenset]], skjult: set, graense: int
) -> Celle | None:
    """The figure to hide because a sum gives away those that are hidden; None when no sum does."""
    for hele, dele in summer:
        med = [raekke[sted] for sted in (hele, *dele) if sted in raekke]
        synlige = [c for c in med if c.noegle not in skjult]
        gemte = [c for c in med if c.noegle in skjult]
        if len(med) == len(dele) + 1 and synlige and _roebes(gemte, hele, graense):
            return min(synlige, key=lambda c: (c.sted == hele, c.antal is None, c.antal or 0, str(c.noegle)))
    return None


def _roebes(gemte: list[Celle], hele: Hashable, graense: int) -> bool:
    """One is the rest of the sum. Several are known when each is the least or the most that a hidden count can be."""
    if len(gemte) == 1:
        return True
    if not gemte or any(c.sted == hele for c in gemte):
        return False
    return all(c.antal == 1 for c in gemte) or all(c.antal == graense - 1 for c in gemte)
