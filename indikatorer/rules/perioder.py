"""Parts of a year that figures are of, as their words name them: quarters, halves, months, and from one month to
another. Counts in the parts add up to the count of the year; a figure as of a day, or of an event, is no part."""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from helhedsplan.formats import MAANEDER
from indikatorer.rules.celle import SUM, Celle

#: First and last month.
PERIODE = tuple[int, int]
HELE_AARET: PERIODE = (1, 12)
MAANEDSNUMRE = {
    ord_: nr for nr, n in enumerate(MAANEDER, start=1) for ord_ in (n, n[:3], f"{n[:3]}.", n[:4], f"{n[:4]}.")
}
ENHEDER = {"kvartal": 3, "kvt": 3, "kv": 3, "k": 3, "q": 3, "halvår": 6, "halvaar": 6, "h": 6, "måned": 1, "md": 1}
ENHED = "|".join(sorted(ENHEDER, key=len, reverse=True))
TIL = r"\s*(?:-|–|til|og|til og med|t\.o\.m\.)\s*"
NUMMER = re.compile(rf"(\d+)\.?(?:{TIL}(\d+)\.?)?\s*({ENHED})\.?|({ENHED})\.?\s*(\d+)(?:{TIL}(\d+))?")
AARSTAL = re.compile(r"\s*,?\s*\b(19|20)\d\d$")


class Aargang(NamedTuple):
    """Cells that may hang together, with the sums of places; `tidssummer` are those of `summer` that add counts over
    time, and no bases."""

    celler: list[Celle]
    summer: list[SUM]
    tidssummer: frozenset[SUM]


def periode(ord_: str) -> PERIODE | None:
    """The months that the words name; None when they name no part of a year."""
    ord_ = AARSTAL.sub("", " ".join(ord_.casefold().split()))
    if not ord_ or ord_ in {"året", "hele året"}:
        return HELE_AARET
    if fundet := NUMMER.fullmatch(ord_):
        foer, sidste_foer, enhed_efter, enhed_foer, efter, sidste_efter = fundet.groups()
        maaneder, fra = ENHEDER[enhed_efter or enhed_foer], int(foer or efter)
        til = int(sidste_foer or sidste_efter or fra)
        return (maaneder * (fra - 1) + 1, maaneder * til) if 1 <= fra <= til <= 12 // maaneder else None
    numre = [MAANEDSNUMRE.get(navn, 0) for navn in re.split(TIL, ord_)]
    return (numre[0], numre[-1]) if len(numre) <= 2 and 0 < numre[0] <= numre[-1] else None


def aargange(celler: list[Celle], summer: list[SUM]) -> Iterable[Aargang]:
    """The cells of years where one part holds another, with a place in a part of the year as a place of its own; and
    all the others as they are."""
    delte = _delte_aar({c.tid for c in celler})
    i_aar: dict[int, list[Celle]] = defaultdict(list)
    andre: list[Celle] = []
    for c in celler:
        (i_aar[c.tid[0]] if c.tid[1] in delte.get(c.tid[0], {}) else andre).append(c)
    if andre:
        yield Aargang(andre, summer, frozenset())
    for aar, her in i_aar.items():
        yield _aargang(her, summer, delte[aar])


def _delte_aar(tider: set[tuple[int, str]]) -> dict[int, dict[str, PERIODE]]:
    """By year the words that name a part of it; only where one of them is more than one piece."""
    i_aar: dict[int, dict[str, PERIODE]] = defaultdict(dict)
    for aar, ord_ in sorted(tider):
        if maaneder := periode(ord_):
            i_aar[aar][ord_] = maaneder
    return {aar: perioder for aar, perioder in i_aar.items() if set(perioder.values()) - set(_stykker(perioder))}


def _stykker(perioder: dict[str, PERIODE]) -> list[PERIODE]:
    """The year in as many pieces as its parts begin or end in: a part is one of them, or the sum of some."""
    graenser = sorted({ende for fra, til in perioder.values() for ende in (fra - 1, til)})
    return [(fra + 1, til) for fra, til in pairwise(graenser)]


def _aargang(celler: list[Celle], summer: list[SUM], perioder: dict[str, PERIODE]) -> Aargang:
    stykker = _stykker(perioder)
    # Two words for the same part: the second is a sum of the first alone.
    foerste: dict[PERIODE, str] = {}
    for ord_, p in perioder.items():
        foerste.setdefault(p, ord_)
    andre_ord = [(p, ord_) for ord_, p in perioder.items() if foerste[p] != ord_]
    steder = dict.fromkeys(c.sted for c in celler)
    steder |= dict.fromkeys(sted for hele, dele in summer for sted in (hele, *sorted(dele, key=str)))
    i_tid: list[SUM] = [
        ((sted, (fra, til)), frozenset((sted, s) for s in stykker if fra <= s[0] and s[1] <= til))
        for sted in steder
        for fra, til in sorted(foerste.keys() - set(stykker))
    ]
    ens: list[SUM] = [((sted, p, ord_), frozenset([(sted, p)])) for sted in steder for p, ord_ in andre_ord]
    i_rum: list[SUM] = [
        ((hele, p), frozenset((sted, p) for sted in dele))
        for hele, dele in summer
        for p in sorted({*foerste, *stykker})
    ]
    nye = []
    for c in celler:
        p, ord_ = perioder[c.tid[1]], c.tid[1]
        sted: Hashable = (c.sted, p) if foerste[p] == ord_ else (c.sted, p, ord_)
        nye.append(replace(c, sted=sted, tid=(c.tid[0], "")))
    return Aargang(nye, [*i_rum, *ens, *i_tid], frozenset(i_tid))
