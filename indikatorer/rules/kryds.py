"""Cross tables: a group divided in two ways, and each part of the one way divided by the other.

An indicator is told to be part of one whole, so the equations of a cross table are known along its rows or its columns,
never both. What could be reckoned the other way is therefore not left to the solver: where anything of the table is
hidden, the sums that nobody has tied to the cells are hidden too, all of them, and the cells with them where it is one
of those sums that must be kept, or where everybody knows one already.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable
from itertools import chain
from typing import NamedTuple

from indikatorer.rules.celle import Celle, slaegter


class Krydstavle(NamedTuple):
    """The indicators inside, by the whole that they are told to be parts of, and the sums that cross them. `raekker`:
    all the wholes that there are cells of, or should be."""

    celler: dict[Hashable, set[Hashable]]
    summer: set[Hashable]
    raekker: set[Hashable]


def paa_tvaers(celler: list[Celle], skjult: Collection[Hashable], kendte: Collection[Hashable], graense: int) -> set:
    """The keys of those to hide. `kendte`: shown whatever is said here."""
    ud: set[Hashable] = set()
    for tavle in _tavler(celler):
        indeni = {i for dele in tavle.celler.values() for i in dele}
        inde = {c.noegle for c in celler if c.indikator in indeni}
        summer = {c.noegle for c in celler if c.indikator in tavle.summer}
        if inde & summer or not inde or not summer:
            continue
        if not (inde | summer).isdisjoint(skjult) or _faa_imellem(celler, tavle, graense):
            ud |= summer
            if not summer.isdisjoint(skjult) or not summer.isdisjoint(kendte):
                ud |= inde
    return ud.difference(kendte)


def _tavler(celler: list[Celle]) -> Iterable[Krydstavle]:
    delt: dict[tuple, dict[str, set[Hashable]]] = defaultdict(lambda: defaultdict(set))
    for indikator, s in slaegter(celler).items():
        if s.del_af:
            delt[s.del_af[:2]][s.del_af[2]].add(indikator)
    for hvad, veje in delt.items():
        for opdeling, raekker in veje.items():
            under = {r: {*chain.from_iterable(delt[r, ""].values())} for r in raekker if (r, "") in delt}
            for anden, summer in veje.items():
                if anden != opdeling and under:
                    yield Krydstavle(under, summer, raekker)
                if _ord(anden) < _ord(opdeling):
                    yield Krydstavle({hvad: raekker}, summer, {hvad})


def _ord(opdeling: str) -> set[str]:
    """That of "køn og alder" holds that of "køn"."""
    return set(opdeling.replace(",", " ").replace("/", " ").split()) - {"og", "x"}


def _faa_imellem(celler: list[Celle], tavle: Krydstavle, graense: int) -> bool:
    """A sum less a cell is a few, where not all of its cells are measured."""
    steder: dict[tuple, dict[Hashable, int]] = defaultdict(dict)
    for c in celler:
        if c.antal is not None:
            steder[c.sted, c.tid][c.indikator] = c.antal
    for her in steder.values():
        if all(dele <= her.keys() for dele in tavle.celler.values()) and tavle.celler.keys() == tavle.raekker:
            continue
        inde = [her[i] for dele in tavle.celler.values() for i in dele if i in her]
        if any(0 < her[s] - n < graense for s in tavle.summer if s in her for n in inde):
            return True
    return False
