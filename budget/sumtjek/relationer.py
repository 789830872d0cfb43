"""Which lines of a table are sums of which, by their words, by where they stand and by what fits.

A name like "Løn i alt" does not tell which lines it adds up. Likely are those of its name, those since the total
before it and those right above it. Any other choice that happens to fit proves nothing in one place: it counts when it
is the only one and fits in two places at least that do not follow from each other.
"""

import re
from dataclasses import dataclass
from itertools import combinations
from typing import Self

from budget.sumtjek.tabel import TOTALORD, Sumtabel, Tabellinje
from budget.sumtjek.tal import Tryktal, afvigelse

#: How many lines above a subtotal are tried, as runs and as any choice of them.
FLEST_LED, FLEST_VALG = 40, 12
FLEST_STEDER = 2
Relation = tuple[int, list[int]]


@dataclass(frozen=True)
class Relationsproeve:
    """The lines (rows or columns) and their figures; `frie` are the places across them that no other follows from."""

    linjer: list[Tabellinje]
    tal: list[list[Tryktal | None]]
    frie: list[int]

    @classmethod
    def af_raekker(cls, tabel: Sumtabel) -> Self:
        return cls(tabel.raekker, tabel.tal, _frie(tabel.kolonner, tabel.tal))

    @classmethod
    def af_kolonner(cls, tabel: Sumtabel) -> Self:
        paa_tvaers = [list(kolonne) for kolonne in zip(*tabel.tal, strict=True)]
        return cls(tabel.kolonner, paa_tvaers, _frie(tabel.raekker, paa_tvaers))

    def ses(self, nr: int, dele: list[int]) -> list[int]:
        """The places where the total and one of the parts at least show a figure."""
        tal = self.tal
        return [k for k in range(len(tal[nr])) if tal[nr][k] is not None and any(tal[d][k] for d in dele)]

    def holder(self, nr: int, dele: list[int]) -> list[int]:
        return [k for k in self.ses(nr, dele) if afvigelse(self.tal[nr][k], [self.tal[d][k] for d in dele])[2]]

    def alle(self, nr: int, dele: list[int]) -> bool:
        """It holds wherever it can be seen."""
        ses = self.ses(nr, dele)
        return bool(ses) and len(self.holder(nr, dele)) == len(ses)

    def er_tom(self, nr: int) -> bool:
        return not any(tal and tal.vaerdi for tal in self.tal[nr])


def _frie(tvaers: list[Tabellinje], tal: list[list[Tryktal | None]]) -> list[int]:
    """Not the totals, and of those that are all alike only one."""
    unikke: dict[tuple, int] = {}
    for k, linje in enumerate(tvaers):
        if not linje.er_total:
            unikke.setdefault(tuple(raekke[k] and raekke[k].vaerdi for raekke in tal), k)  # type: ignore[union-attr]
    return list(unikke.values())


def relationer(proeve: Relationsproeve) -> tuple[list[Relation], list[int]]:
    """The totals with their parts, and the totals of which nothing can be said since only an unlikely choice fits.

    "heraf" lines are parts of the line above them; whether all of it is told by them is seen from the figures.
    """
    linjer = proeve.linjer
    fundne: list[Relation] = []
    usikre: list[int] = []
    med_heraf = _heraf(linjer)
    for nr, dele in med_heraf:
        if len(dele) > 1 and (ses := len(proeve.ses(nr, dele))) and len(proeve.holder(nr, dele)) * 2 >= ses:
            fundne.append((nr, dele))
    totaler = [nr for nr, linje in enumerate(linjer) if linje.er_total]
    for nr in totaler:
        muligheder = _muligheder(linjer, nr, totaler)
        if any(nr == t for t, _ in med_heraf):
            # A total that is explained below may still be the sum of what stands above, if anything there fits it.
            muligheder = [dele for dele in muligheder if proeve.holder(nr, dele)]
        valgt = max(muligheder, key=lambda dele: len(proeve.holder(nr, dele)), default=[])
        if not linjer[nr].er_hovedtotal and not (valgt and (proeve.alle(nr, valgt) or not proeve.ses(nr, valgt))):
            passende, bedst = _udvalg(proeve, nr)
            if len(passende) == 1 and len(set(proeve.holder(nr, passende[0])) & set(proeve.frie)) >= FLEST_STEDER:
                valgt = passende[0]
            elif passende:
                usikre.append(nr)
                continue
            valgt = bedst or valgt
        if valgt:
            fundne.append((nr, valgt))
    return fundne + _uden_ord(proeve, fundne), usikre


def _udvalg(proeve: Relationsproeve, nr: int) -> tuple[list[list[int]], list[int]]:
    """The choices of lines above that fit a subtotal wherever it is seen: runs of them, else any few; and where none
    does, the one that fits in most places."""
    foer = [i for i in range(nr) if not proeve.linjer[i].er_total and not proeve.linjer[i].er_heraf][-FLEST_LED:]
    foer = _samme_slags(proeve.linjer, nr, [i for i in foer if not proeve.er_tom(i)])
    valg = [foer[a:b] for a in range(len(foer)) for b in range(a + 1, len(foer) + 1)]
    if len(foer) <= FLEST_VALG:
        valg += [list(v) for antal in range(2, len(foer)) for v in combinations(foer, antal)]
    # Lines since the total before are its own: a choice without any of them is of something else.
    egne = {i for i in foer if not any(proeve.linjer[j].er_total for j in range(i, nr))}
    valg = [dele for dele in valg if not egne or egne & set(dele)]
    passende: list[list[int]] = []
    bedst: tuple[int, list[int]] = (0, [])
    for dele in valg:
        rigtige, ses = len(proeve.holder(nr, dele)), len(proeve.ses(nr, dele))
        if ses and rigtige == ses and dele not in passende:
            passende.append(dele)
        if rigtige >= FLEST_STEDER and rigtige * 2 > ses and rigtige > bedst[0]:
            bedst = (rigtige, dele)
    return passende, bedst[1]


def _uden_ord(proeve: Relationsproeve, fundne: list[Relation]) -> list[Relation]:
    """A last line that no word calls a total, and that is one by its figures: the sum of all before it in half the
    places at least."""
    sidste = len(proeve.linjer) - 1
    if sidste < 2 or proeve.linjer[sidste].er_heraf or any(linje.er_total for linje in proeve.linjer):
        return []
    dele = _samme_slags(proeve.linjer, sidste, list(range(sidste)))
    rigtige, ses = len(proeve.holder(sidste, dele)), len(proeve.ses(sidste, dele))
    return [(sidste, dele)] if rigtige >= 1 and ses > 1 and rigtige * 2 >= ses else []


def _heraf(linjer: list[Tabellinje]) -> list[tuple[int, list[int]]]:
    """Each line with the "heraf" lines right below it."""
    fundne: list[tuple[int, list[int]]] = []
    for nr, linje in enumerate(linjer):
        if linje.er_heraf and nr and not linjer[nr - 1].er_heraf:
            fundne.append((nr - 1, [nr]))
        elif linje.er_heraf and fundne:
            fundne[-1][1].append(nr)
    return fundne


def _muligheder(linjer: list[Tabellinje], nr: int, totaler: list[int]) -> list[list[int]]:
    """What a total may be the sum of, the likeliest first: the lines of its name, those since the total before it, the
    totals before it, every plain line before it; those under its heading or right above it; or, for one that comes
    first, the lines after it."""
    foer = [t for t in totaler if t < nr]
    sidste = foer[-1] if foer else -1
    almindelige = [i for i, linje in enumerate(linjer) if not linje.er_total and not linje.er_heraf]
    navngivne = _navngivne(linjer, nr, [i for i in almindelige if i < nr])
    siden = [i for i in almindelige if sidste < i < nr]
    muligheder = [
        navngivne,
        siden,
        # The one total before it is no part, where it has lines of its own: "Indtægter i alt", then "Udgifter i alt".
        [] if siden and len(foer) == 1 else foer,
        [i for i in almindelige if i < nr],
    ]
    if not navngivne and not linjer[nr].er_hovedtotal:
        muligheder += _lige_over(linjer, nr)
    if not foer:
        naeste = next((t for t in totaler if t > nr), len(linjer))
        muligheder.append([i for i in almindelige if nr < i < naeste])
    unikke: list[list[int]] = []
    for dele in (_samme_slags(linjer, nr, dele) for dele in muligheder):
        if dele and dele not in unikke:
            unikke.append(dele)
    return unikke


def _samme_slags(linjer: list[Tabellinje], nr: int, dele: list[int]) -> list[int]:
    """Årsværk are not added to kroner, nor the other way round."""
    ens = [i for i in dele if linjer[i].er_maengde == linjer[nr].er_maengde]
    return ens or dele


def _navngivne(linjer: list[Tabellinje], nr: int, foer: list[int]) -> list[int]:
    """The lines above that bear the total's own word: "Løn, leder" and "Løn, øvrige" above "Løn i alt"."""
    egne = {et[:6] for et in _ordene(TOTALORD.sub(" ", linjer[nr].navn))}
    navngivne = [i for i in foer if egne & {et[:6] for et in _ordene(linjer[i].navn)}]
    return navngivne if len(navngivne) > 1 else []


def _ordene(navn: str) -> list[str]:
    return re.findall(r"[^\W\d_]{3,}", navn.casefold())


def _lige_over(linjer: list[Tabellinje], nr: int) -> list[list[int]]:
    """The lines back to a heading or blank line, and the runs of two or more that end right above."""
    loeb: list[int] = []
    for i in range(nr - 1, -1, -1):
        if linjer[i].er_total:
            break
        if not linjer[i].er_heraf:
            loeb.insert(0, i)
    under = [i for i in loeb if all(linjer[j + 1].nr == linjer[j].nr + 1 for j in range(i, nr))]
    return [under, *(loeb[fra:] for fra in range(len(loeb) - 2, -1, -1))]
