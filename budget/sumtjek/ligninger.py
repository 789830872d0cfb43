"""Which cells of a table should be the sum of which others, where that fails, and which cell is to blame.

Every check is an equation: a total, and the parts it should equal. A part that is printed too coarsely to tell is not
held against the total: figures are intervals, and an equation fails only when no true figures could make it hold.

One wrong cell often makes several equations fail: its row and its column. The cell that alone explains the most of
them, and whose mending breaks none, is named instead of the totals it drags along. Where nothing singles out a cell,
the total itself is named.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from budget.sumtjek.tabel import Linje, Tabel, cellenavn
from budget.sumtjek.tal import Tal, som_vist

Sted = tuple[int, int]
#: How many lines above a subtotal are tried, as runs and as any choice of them.
FLEST_LED, FLEST_VALG = 40, 12


@dataclass(frozen=True)
class Sumfejl:
    """One wrong cell: its name as in a spreadsheet ('E4'), where it stands, what is shown and what the others give."""

    celle: str
    raekke: str
    kolonne: str
    vist: str
    beregnet: str
    er_total: bool

    def __str__(self):
        andre = "leddene giver" if self.er_total else "summerne giver"
        besked = f"{self.celle} ({self.raekke}, {self.kolonne}): der står {self.vist}, men {andre} {self.beregnet}"
        return besked if besked.endswith(".") else f"{besked}."


@dataclass
class Ligning:
    """total = sum of dele. `fra` and `til` are the limits of total minus sum."""

    total: Sted
    dele: list[Sted]
    fra: Decimal = Decimal(0)
    til: Decimal = Decimal(0)

    @property
    def holder(self) -> bool:
        return self.fra <= 0 <= self.til

    def skub(self, sted: Sted) -> tuple[Decimal, Decimal]:
        """How much to add to one of its cells for the equation to hold."""
        return (-self.til, -self.fra) if sted == self.total else (self.fra, self.til)


def relationer(
    linjer: list[Linje], stemmer: Callable[[int, list[int]], tuple[int, int]]
) -> list[tuple[int, list[int]]]:
    """Which lines are sums of which, by their words and by what fits.

    stemmer(total, dele) -> (in how many places it holds, in how many it can be seen). "heraf" lines are parts of the
    line above them; whether all of it is told by them is seen from the figures.
    """
    fundne = []
    for nr, dele in _heraf(linjer):
        rigtige, ses = stemmer(nr, dele)
        if len(dele) > 1 and ses and rigtige * 2 >= ses:
            fundne.append((nr, dele))
    med_heraf = {nr for nr, _ in _heraf(linjer)}
    totaler = [nr for nr, linje in enumerate(linjer) if linje.er_total]
    for nr in totaler:
        muligheder = _muligheder(linjer, nr, totaler)
        if nr in med_heraf:
            # A total that is explained below may still be the sum of what stands above, if anything there fits it.
            muligheder = [dele for dele in muligheder if stemmer(nr, dele)[0]]
        valgt = _bedste(nr, muligheder, stemmer)
        ses = stemmer(nr, valgt)[1] if valgt else 0
        if (not valgt or (ses and stemmer(nr, valgt)[0] < ses)) and not linjer[nr].er_hovedtotal:
            valgt = _udvalg(linjer, nr, stemmer) or valgt
        if valgt:
            fundne.append((nr, valgt))
    return fundne + _uden_ord(linjer, fundne, stemmer)


def _bedste(nr: int, muligheder: list[list[int]], stemmer: Callable) -> list[int]:
    holder = [stemmer(nr, dele)[0] for dele in muligheder]
    return muligheder[holder.index(max(holder))] if muligheder else []


def _udvalg(linjer: list[Linje], nr: int, stemmer: Callable) -> list[int]:
    """The lines above that a subtotal adds up, when its name alone does not tell: a run of them, else any few that fit
    everywhere. One that nothing fits in most places is left to what stands right above it."""
    foer = [i for i in range(nr) if not linjer[i].er_total and not linjer[i].er_heraf][-FLEST_LED:]
    loeb = [foer[a:b] for a in range(len(foer)) for b in range(a + 1, len(foer) + 1)]
    faa = (
        [list(v) for antal in range(2, len(foer)) for v in combinations(foer, antal)] if len(foer) <= FLEST_VALG else []
    )
    bedst: tuple[int, list[int]] = (0, [])
    for dele in [*loeb, *faa]:
        rigtige, ses = stemmer(nr, dele)
        if ses and rigtige == ses:
            return dele
        if rigtige >= 2 and rigtige * 2 > ses and rigtige > bedst[0]:
            bedst = (rigtige, dele)
    return bedst[1]


def _uden_ord(linjer: list[Linje], fundne: list, stemmer: Callable) -> list[tuple[int, list[int]]]:
    """A last line that no word calls a total, and that is one by its figures: the sum of all before it in half the
    places at least."""
    sidste = len(linjer) - 1
    if sidste < 2 or linjer[sidste].er_heraf or any(linje.er_total for linje in linjer):
        return []
    rigtige, ses = stemmer(sidste, list(range(sidste)))
    return [(sidste, list(range(sidste)))] if rigtige >= 1 and ses > 1 and rigtige * 2 >= ses else []


def _heraf(linjer: list[Linje]) -> list[tuple[int, list[int]]]:
    """Each line with the "heraf" lines right below it."""
    fundne: list[tuple[int, list[int]]] = []
    for nr, linje in enumerate(linjer):
        if linje.er_heraf and nr and not linjer[nr - 1].er_heraf:
            fundne.append((nr - 1, [nr]))
        elif linje.er_heraf and fundne:
            fundne[-1][1].append(nr)
    return fundne


def _muligheder(linjer: list[Linje], nr: int, totaler: list[int]) -> list[list[int]]:
    """What a total may be the sum of, the likeliest first: the lines since the total before it, every plain line before
    it, the totals before it; or, for one that comes first, the lines after it."""
    foer = [t for t in totaler if t < nr]
    sidste = foer[-1] if foer else -1
    almindelige = [i for i, linje in enumerate(linjer) if not linje.er_total and not linje.er_heraf]
    muligheder = [
        [i for i in almindelige if sidste < i < nr],
        foer,
        [i for i in almindelige if i < nr],
    ]
    if not foer:
        naeste = next((t for t in totaler if t > nr), len(linjer))
        muligheder.append([i for i in almindelige if nr < i < naeste])
    unikke: list[list[int]] = []
    for dele in muligheder:
        if dele and dele not in unikke:
            unikke.append(dele)
    return unikke


def alle_ligninger(tabel: Tabel) -> tuple[list[Ligning], list[Sted]]:
    """Every sum that can be checked in the table, in its rows and in its columns; and the totals that cannot."""
    tal, ulaeste = tabel.tal, tabel.ulaeste
    paa_tvaers = [list(kolonne) for kolonne in zip(*tal, strict=True)]
    ligninger: list[Ligning] = []
    uset: list[Sted] = []
    for nr, dele in relationer(tabel.raekker, lambda t, d: _stemmer(tal, t, d)):
        ligninger += [
            Ligning((nr, k), [(d, k) for d in dele]) for k in range(len(tabel.kolonner)) if _kan_ses(tal, nr, dele, k)
        ]
        uset += [(nr, k) for k in range(len(tabel.kolonner)) if tal[nr][k] is None and any(tal[d][k] for d in dele)]
    for nr, dele in relationer(tabel.kolonner, lambda t, d: _stemmer(paa_tvaers, t, d)):
        ligninger += [
            Ligning((r, nr), [(r, d) for d in dele])
            for r in range(len(tabel.raekker))
            if _kan_ses(paa_tvaers, nr, dele, r)
        ]
        uset += [(r, nr) for r in range(len(tabel.raekker)) if tal[r][nr] is None and any(tal[r][d] for d in dele)]
    laeste = [g for g in ligninger if not any(sted in ulaeste for sted in (g.total, *g.dele))]
    uset += [g.total for g in ligninger if g not in laeste]
    return laeste, [sted for sted in dict.fromkeys(uset) if sted not in ulaeste]


def uden_sum(tabel: Tabel) -> str:
    """What is said of a last column that looks like a total (no other is, and nothing in it is smaller than what stands
    beside it) and was not taken for one; '' for none."""
    k = len(tabel.kolonner) - 1
    tvaers = [list(kolonne) for kolonne in zip(*tabel.tal, strict=True)]
    if k < 2 or any(t == k for t, _ in relationer(tabel.kolonner, lambda t, d: _stemmer(tvaers, t, d))):
        return ""
    if any(kolonne.er_total for kolonne in tabel.kolonner):
        return ""
    rader = [(t.vaerdi, [d.vaerdi for d in r[:k] if d]) for r in tabel.tal if (t := r[k]) and any(r[:k])]
    if not rader or any(sidste < max(andre) for sidste, andre in rader):
        return ""
    kolonne = tabel.kolonner[k]
    return f"kolonne {cellenavn(0, kolonne.nr)[:-1]} ({kolonne.navn}) er ikke efterprøvet som sum af de andre"


def _kan_ses(tal: list[list[Tal | None]], nr: int, dele: list[int], k: int) -> bool:
    return tal[nr][k] is not None and any(tal[d][k] for d in dele)


def _stemmer(tal: list[list[Tal | None]], nr: int, dele: list[int]) -> tuple[int, int]:
    ses = [k for k in range(len(tal[nr])) if _kan_ses(tal, nr, dele, k)]
    holder = sum(1 for k in ses if _afvigelse(tal[nr][k], [tal[d][k] for d in dele])[2])
    return holder, len(ses)


def _afvigelse(total: Tal | None, dele: list[Tal | None]) -> tuple[Decimal, Decimal, bool]:
    """Limits of total minus parts, and whether nothing lies between them and 0. What is empty counts nothing."""
    fra = (total.fra if total else Decimal(0)) - sum((d.til for d in dele if d), Decimal(0))
    til = (total.til if total else Decimal(0)) - sum((d.fra for d in dele if d), Decimal(0))
    return fra, til, fra <= 0 <= til


def find_fejl(tabel: Tabel) -> tuple[list[Sumfejl], int, list[Sted]]:
    """The wrong cells of a table in the order of reading, how many sums were checked, and the totals that were not."""
    ligninger, uset = alle_ligninger(tabel)
    for ligning in ligninger:
        dele = [tabel.tal[r][k] for r, k in ligning.dele]
        ligning.fra, ligning.til, _ = _afvigelse(tabel.tal[ligning.total[0]][ligning.total[1]], dele)
    ved_celle: dict[Sted, list[Ligning]] = {}
    for ligning in ligninger:
        for celle in (ligning.total, *ligning.dele):
            ved_celle.setdefault(celle, []).append(ligning)
    fejl: dict[Sted, Sumfejl] = {}
    while brudte := [ligning for ligning in ligninger if not ligning.holder]:
        sted = _skyldig(tabel, brudte, ved_celle, set(fejl))
        skub = _faelles_skub(sted, ved_celle[sted]) if sted else None
        if sted is None or skub is None:
            for brudt in brudte:
                fejl.setdefault(brudt.total, _sumfejl(tabel, brudt.total, [brudt]))
            break
        fejl[sted] = _sumfejl(tabel, sted, [g for g in ved_celle[sted] if not g.holder])
        for ligning in ved_celle[sted]:
            _ret(ligning, sted, skub)
    return [fejl[sted] for sted in sorted(fejl)], len(ligninger), uset


def _skyldig(tabel: Tabel, brudte: list[Ligning], ved_celle: dict, kendte: set[Sted]) -> Sted | None:
    """A cell that explains most of the failing sums (two at least), breaks none when mended, and has no rival: another
    cell that would explain one of the same sums as well. Between rivals, one that shows a figure goes before an empty
    one, and a total before a part."""
    ved_brud: dict[Sted, set[int]] = {}
    for nr, ligning in enumerate(brudte):
        for sted in (ligning.total, *ligning.dele):
            ved_brud.setdefault(sted, set()).add(nr)
    flest = 2
    bedste: list[Sted] = []
    for sted, numre in ved_brud.items():
        if len(numre) >= flest and sted not in kendte and _faelles_skub(sted, ved_celle[sted]) is not None:
            bedste = [*bedste, sted] if len(numre) == flest else [sted]
            flest = len(numre)
    totaler = {ligning.total for ligning in brudte}

    def rang(sted: Sted) -> tuple[bool, bool]:
        return tabel.tal[sted[0]][sted[1]] is not None, sted in totaler

    for sted in bedste:
        rivaler = [s for s in bedste if s != sted and ved_brud[s] & ved_brud[sted]]
        if all(rang(sted) > rang(rival) for rival in rivaler):
            return sted
    return None


def _faelles_skub(sted: Sted, ligninger: list[Ligning]) -> tuple[Decimal, Decimal] | None:
    """What to add to a cell so that every sum it is in holds at once; None when no amount does."""
    graenser = [ligning.skub(sted) for ligning in ligninger]
    fra, til = max(g[0] for g in graenser), min(g[1] for g in graenser)
    return (fra, til) if fra <= til else None


def _ret(ligning: Ligning, sted: Sted, skub: tuple[Decimal, Decimal]) -> None:
    """Let the cell be what it should have been: somewhere within the limits."""
    if sted == ligning.total:
        ligning.fra, ligning.til = ligning.fra + skub[0], ligning.til + skub[1]
    else:
        ligning.fra, ligning.til = ligning.fra - skub[1], ligning.til - skub[0]


def _sumfejl(tabel: Tabel, sted: Sted, brudte: list[Ligning]) -> Sumfejl:
    r, k = sted
    vist = tabel.tal[r][k]
    som = vist or next(t for raekke in tabel.tal for t in raekke if t)
    ligning = next((g for g in brudte if g.total == sted), brudte[0])
    mindst, hoejst = ligning.skub(sted)
    skulle_vaere = (vist.vaerdi if vist else Decimal(0)) + (mindst + hoejst) / 2
    return Sumfejl(
        celle=tabel.celle(r, k),
        raekke=tabel.raekker[r].navn,
        kolonne=tabel.kolonner[k].navn,
        vist=f"{som_vist(vist.vaerdi, vist)}{_efter(vist)}" if vist else "ingenting",
        beregnet=f"{som_vist(skulle_vaere, som)}{_efter(som)}",
        er_total=ligning.total == sted,
    )


def _efter(tal: Tal) -> str:
    return {1_000_000_000: " mia.", 1_000_000: " mio.", 1_000: " t.kr."}.get(tal.enhed, "")
