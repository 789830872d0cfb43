"""Secondary cell suppression: what can be reckoned from what is shown, and what more must be hidden so that it cannot.

Everything a reader knows is a linear condition on whole numbers from zero: a shown count, a shown base, a rounded
percent, a sum of places, classes that exhaust a group. A hidden count is safe when it can still be every number that a
hidden count can be, and when it can be more than one of them for somebody who supposes that all hidden ones are small.
Solved exactly as integer programmes (`loeser`); what is not solved in time is hidden altogether.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indikatorer.rules.loeser import Regnestykke

LED = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Uligning:
    """lo <= sum of coefficient x variable <= hi; None is no end."""

    led: LED
    lo: int | None
    hi: int | None


@dataclass(frozen=True)
class Vist:
    """A figure that may be shown, and what it then tells. `laast`: everybody knows it already; hiding it is no use."""

    noegle: Hashable
    linjer: tuple[Uligning, ...]
    laast: bool = False


@dataclass(frozen=True)
class Foelsom:
    """What nobody may find: watched when the figure `noegle` is hidden; always when it is None, since it is printed
    nowhere. `lille`: it is from 1 to just under the threshold; else nobody here knows what it is. `uvis`: it is small,
    and its figure is hidden, if all figures together say so; else it is nothing to watch."""

    noegle: Hashable
    led: LED
    lille: bool = True
    uvis: bool = False


@dataclass(frozen=True)
class System:
    """`viste` stand with those that are best spared first; `hoejst` is more than any of the numbers can be."""

    variable: int
    hoejst: int
    faste: tuple[Uligning, ...]
    viste: tuple[Vist, ...]
    foelsomme: tuple[Foelsom, ...]


#: Solves a system without names: what is hidden, the threshold -> what more to hide, or None when it was not found.
LOES = Callable[[System, frozenset[int], int], frozenset[int] | None]


def suppler(system: System, skjult: frozenset, graense: int, loes: LOES) -> frozenset | None:
    """The figures to hide besides `skjult`: as few as are found, the first of `viste` first. None when they are not
    found in time."""
    noegler = [v.noegle for v in system.viste]
    ekstra = loes(*uden_navne(system, skjult), graense)
    return None if ekstra is None else frozenset(noegler[nr] for nr in ekstra)


def uden_navne(system: System, skjult: frozenset) -> tuple[System, frozenset[int]]:
    """The same with numbers for keys, so that equal systems are equal whatever the figures are called."""
    nr = {v.noegle: i for i, v in enumerate(system.viste)}
    viste = tuple(replace(v, noegle=i) for i, v in enumerate(system.viste))
    foelsomme = tuple(f if f.noegle is None else replace(f, noegle=nr[f.noegle]) for f in system.foelsomme)
    return replace(system, viste=viste, foelsomme=foelsomme), frozenset(nr[n] for n in skjult)


def loes(system: System, skjult: frozenset[int], graense: int) -> frozenset[int] | None:
    from indikatorer.rules.loeser import GivetOp, Regnestykke

    stykke = Regnestykke(system, graense)
    try:
        smaa = _viser_sig_smaa(stykke)
        return smaa | _loes(stykke, skjult | smaa)
    except GivetOp:
        return None


def _viser_sig_smaa(stykke: "Regnestykke") -> frozenset:
    """The figures whose own words do not say how few they are of, but all figures together do; from then on they are
    watched as the other small ones. What contradicts itself says nothing."""
    uvisse = [f for f in stykke.system.foelsomme if f.uvis]
    if not uvisse:
        return frozenset()
    alt, over = stykke.gaelder(frozenset()), [(v, -vaegt) for f in uvisse for v, vaegt in f.led]
    smaa: list[Foelsom] = []
    # As many as possible large at once: one answer may do for them all.
    if stykke.kan(alt, [], mindst=over):
        smaa = [f for f in uvisse if _er_naesten_kendt(stykke, alt, replace(f, noegle=None))]
    stykke.system = replace(
        stykke.system, foelsomme=tuple(f for f in stykke.system.foelsomme if not f.uvis or f in smaa)
    )
    laaste = {v.noegle for v in stykke.system.viste if v.laast}
    return frozenset(f.noegle for f in smaa) - laaste


def _loes(stykke: "Regnestykke", skjult: frozenset) -> frozenset:
    ekstra: list[Hashable] = []
    while laek := _laekker(stykke, skjult.union(ekstra)):
        skal_med = _naeste(stykke, skjult.union(ekstra), laek)
        if skal_med is None:
            break
        ekstra.append(skal_med)
    for noegle in list(ekstra[:-1]):
        uden = [k for k in ekstra if k != noegle]
        if not _laekker(stykke, skjult.union(uden)):
            ekstra = uden
    return frozenset(ekstra)


def _naeste(stykke: "Regnestykke", skjult: frozenset, laek: Foelsom) -> Hashable | None:
    """The first figure that alone stops the leak; the first of all when none does; None when all are hidden."""
    mulige = [v.noegle for v in stykke.system.viste if v.noegle not in skjult and not v.laast]
    fundet = _foerste(stykke, skjult, mulige, laek)
    return fundet if fundet is not None or not mulige else mulige[0]


def _foerste(stykke: "Regnestykke", skjult: frozenset, mulige: list, laek: Foelsom) -> Hashable | None:
    """By halves: where all of a half do not stop it, none of them does."""
    if not mulige or _giver_sig(stykke, skjult.union(mulige), laek):
        return None
    if len(mulige) == 1:
        return mulige[0]
    halv = len(mulige) // 2
    fundet = _foerste(stykke, skjult, mulige[:halv], laek)
    return _foerste(stykke, skjult, mulige[halv:], laek) if fundet is None else fundet


def _laekker(stykke: "Regnestykke", skjult: frozenset) -> Foelsom | None:
    """The first that is given away; None when nothing is."""
    vogtede = (f for f in stykke.system.foelsomme if f.noegle is None or f.noegle in skjult)
    return next((f for f in vogtede if _giver_sig(stykke, skjult, f)), None)


def _giver_sig(stykke: "Regnestykke", skjult: frozenset, det: Foelsom) -> bool:
    kendt = stykke.gaelder(skjult)
    if not det.lille:
        return _er_naesten_kendt(stykke, kendt, det)
    smaa = [f.led for f in stykke.system.foelsomme if f.lille and f.noegle in skjult]
    for fortegn, krav in ((1, (det.led, None, 1)), (-1, (det.led, stykke.graense - 1, None))):
        # The others as small, or as large, as can be too: one answer may do for them all.
        if not stykke.kan(kendt, [krav], mindst=[(v, fortegn * vaegt) for led in smaa for v, vaegt in led]):
            return True
    if stykke.graense < 3 or det.led not in smaa or len(smaa) < 2:
        return False
    return not _kan_variere(stykke, kendt, det.led, 1, smaa)


def _er_naesten_kendt(stykke: "Regnestykke", kendt, det: Foelsom) -> bool:
    """Of a count that nobody here knows: it can be fewer than so many numbers; or, where it is printed nowhere, it is
    somebody and too few. Of that, figures that contradict each other say nothing."""
    if det.noegle is None:
        mulige = ((det.led, None, 0), (det.led, stykke.graense, None))
        return not any(stykke.kan(kendt, [krav]) for krav in mulige) and stykke.kan(kendt, [])
    return not _kan_variere(stykke, kendt, det.led, stykke.graense - 1)


def _kan_variere(stykke: "Regnestykke", kendt, led: LED, mindst: int, smaa: Sequence[LED] = ()) -> bool:
    """Whether the sum can be two numbers so far apart, when these others are small."""
    krav = [(en, 1, stykke.graense - 1) for en in smaa]
    if smaa and not stykke.kendte(kendt, krav, led):
        # Both ends of all of them together: two answers that mostly do for each.
        stykke.spaend(kendt, krav, tuple(chain(*smaa)))
    fundne = stykke.kendte(kendt, krav, led)
    if not fundne or fundne[1] - fundne[0] < mindst:
        fundne = stykke.spaend(kendt, krav, led)
    return fundne is not None and fundne[1] - fundne[0] >= mindst
