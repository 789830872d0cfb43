"""Secondary cell suppression: what can be reckoned from what is shown, and what more must be hidden so that it cannot.

Everything a reader knows is a linear condition on whole numbers from zero: a shown count, a shown base, a rounded
percent, a sum of places, classes that exhaust a group. A hidden count is safe when it can still be every number that a
hidden count can be, and when it can be more than one of them for somebody who supposes that all hidden ones are small.
Solved exactly as integer programmes by scipy's HiGHS.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import lru_cache

#: Seconds that one question to the solver may take. What is not answered by then counts as given away.
TAALMODIGHED = 2.0
LED = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Linje:
    """lo <= sum of coefficient x variable <= hi; None is no end."""

    led: LED
    lo: int | None
    hi: int | None


@dataclass(frozen=True)
class Vist:
    """A figure that may be shown, and what it then tells. `laast`: everybody knows it already; hiding it is no use."""

    noegle: Hashable
    linjer: tuple[Linje, ...]
    laast: bool = False


@dataclass(frozen=True)
class Foelsom:
    """What nobody may find: watched when the figure `noegle` is hidden; always when it is None, since it is printed
    nowhere. `lille`: it is from 1 to just under the threshold; else nobody here knows what it is."""

    noegle: Hashable
    led: LED
    lille: bool = True


@dataclass(frozen=True)
class System:
    """`viste` stand with those that are best spared first; `hoejst` is more than any of the numbers can be."""

    variable: int
    hoejst: int
    faste: tuple[Linje, ...]
    viste: tuple[Vist, ...]
    foelsomme: tuple[Foelsom, ...]


@lru_cache(maxsize=2048)
def suppler(system: System, skjult: frozenset, graense: int) -> frozenset:
    """The figures to hide besides `skjult`: as few as are found, the first of `viste` first."""
    ekstra: list[Hashable] = []
    while laek := _laekker(system, skjult.union(ekstra), graense):
        skal_med = _naeste(system, skjult.union(ekstra), laek, graense)
        if skal_med is None:
            break
        ekstra.append(skal_med)
    for noegle in list(ekstra[:-1]):
        uden = [k for k in ekstra if k != noegle]
        if not _laekker(system, skjult.union(uden), graense):
            ekstra = uden
    return frozenset(ekstra)


def _naeste(system: System, skjult: frozenset, laek: Foelsom, graense: int) -> Hashable | None:
    """The first figure that alone stops the leak; the first of all when none does; None when all are hidden."""
    mulige = [v.noegle for v in system.viste if v.noegle not in skjult and not v.laast]
    for noegle in mulige:
        if not _giver_sig(system, skjult | {noegle}, laek, graense):
            return noegle
    return mulige[0] if mulige else None


def _laekker(system: System, skjult: frozenset, graense: int) -> Foelsom | None:
    """The first that is given away; None when nothing is."""
    vogtede = (f for f in system.foelsomme if f.noegle is None or f.noegle in skjult)
    return next((f for f in vogtede if _giver_sig(system, skjult, f, graense)), None)


def _giver_sig(system: System, skjult: frozenset, det: Foelsom, graense: int) -> bool:
    viste = [linje for v in system.viste if v.laast or v.noegle not in skjult for linje in v.linjer]
    kendt = [*system.faste, *viste]
    fundet = interval(system, kendt, det.led)
    if fundet is None:
        return True
    if not det.lille:
        smalt = fundet[1] - fundet[0] + 1 < graense
        return smalt if det.noegle is not None else 0 < fundet[0] <= fundet[1] < graense
    if fundet[0] > 1 or fundet[1] < graense - 1:
        return True
    smaa = [f.led for f in system.foelsomme if f.lille and f.noegle in skjult]
    if graense < 3 or det.led not in smaa or len(smaa) < 2:
        return False
    fundet = interval(system, [*kendt, *(Linje(led, 1, graense - 1) for led in smaa)], det.led)
    return fundet is None or fundet[0] == fundet[1]


def interval(system: System, kendt: Iterable[Linje], led: LED) -> tuple[int, int] | None:
    """The least and the most that a sum of variables can be; None when what is known cannot be true together, or when
    the answer is not found in time."""
    # Heavy, and only needed where something is hidden.
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    linjer = list(kendt)
    steder = [(nr, variabel, vaegt) for nr, linje in enumerate(linjer) for variabel, vaegt in linje.led]
    raekker, soejler, vaegte = zip(*steder, strict=True)
    matrix = csr_array((vaegte, (raekker, soejler)), shape=(len(linjer), system.variable), dtype=float)
    lo = [-np.inf if linje.lo is None else linje.lo for linje in linjer]
    hi = [np.inf if linje.hi is None else linje.hi for linje in linjer]
    ender = []
    for fortegn in (1, -1):
        maal = np.zeros(system.variable)
        for variabel, vaegt in led:
            maal[variabel] += fortegn * vaegt
        svar = milp(
            maal,
            constraints=LinearConstraint(matrix, lo, hi),
            integrality=np.ones(system.variable),
            bounds=Bounds(0, system.hoejst),
            options={"time_limit": TAALMODIGHED},
        )
        if svar.status != 0:
            return None
        ender.append(round(fortegn * svar.fun))
    return ender[0], ender[1]
