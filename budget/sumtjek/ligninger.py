"""Which cells of a table should be the sum of which others, where that fails, and which cell is to blame.

Every check is an equation: a total, and the parts it should equal. A part that is printed too coarsely to tell is not
held against the total: figures are intervals, and an equation fails only when no true figures could make it hold.

One wrong cell often makes several equations fail: its row and its column. The cell that alone explains the most of
them, and whose mending breaks none, is named instead of the totals it drags along. Where nothing singles out a cell,
the total itself is named.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from budget.sumtjek.relationer import Relationsproeve, relationer
from budget.sumtjek.tabel import Sumtabel, cellenavn
from budget.sumtjek.tal import Tryktal, afvigelse, som_vist

Sted = tuple[int, int]
TOM = "cellen er tom"
ULAEST = "et af leddene kan ikke læses"
FLERE = "flere muligheder"


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


@dataclass(frozen=True)
class Afrunding:
    """A sum that differs from its parts by no more than their rounding allows."""

    celle: str
    raekke: str
    kolonne: str
    vist: str
    beregnet: str
    forskel: str

    def __str__(self):
        return (
            f"{self.celle} ({self.raekke}, {self.kolonne}): der står {self.vist}, og leddene giver {self.beregnet}. "
            f"Forskellen på {self.forskel} er inden for afrunding."
        )


class Sumfund(NamedTuple):
    """The wrong cells and the rounded sums in the order of reading, how many sums were checked, and those that were
    not with the reason."""

    fejl: list[Sumfejl]
    afrundede: list[Afrunding]
    antal: int
    uset: dict[Sted, str]


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


def alle_ligninger(tabel: Sumtabel) -> tuple[list[Ligning], dict[Sted, str]]:
    """Every sum that can be checked in the table, in its rows and in its columns; and the totals that cannot, with the
    reason."""
    ligninger: list[Ligning] = []
    uset: dict[Sted, str] = {}
    for proeve, sted in (
        (Relationsproeve.af_raekker(tabel), lambda nr, k: (nr, k)),
        (Relationsproeve.af_kolonner(tabel), _vendt),
    ):
        fundne, usikre = relationer(proeve)
        for nr, dele in fundne:
            ligninger += [Ligning(sted(nr, k), [sted(d, k) for d in dele]) for k in proeve.ses(nr, dele)]
            tomme = [k for k, tal in enumerate(proeve.tal[nr]) if tal is None and any(proeve.tal[d][k] for d in dele)]
            uset |= {sted(nr, k): TOM for k in tomme}
        uset |= {sted(nr, k): FLERE for nr in usikre for k, tal in enumerate(proeve.tal[nr]) if tal}
    ulaeste = tabel.ulaeste
    laeste = [g for g in ligninger if not any(sted in ulaeste for sted in (g.total, *g.dele))]
    uset |= {g.total: ULAEST for g in ligninger if g not in laeste}
    return laeste, {sted: hvorfor for sted, hvorfor in uset.items() if sted not in ulaeste}


def _vendt(nr: int, k: int) -> Sted:
    return k, nr


def uden_sum(tabel: Sumtabel) -> str:
    """What is said of a last column that looks like a total (no other is, and nothing in it is smaller than what stands
    beside it) and was not taken for one; '' for none."""
    k = len(tabel.kolonner) - 1
    if k < 2 or any(t == k for t, _ in relationer(Relationsproeve.af_kolonner(tabel))[0]):
        return ""
    if any(kolonne.er_total for kolonne in tabel.kolonner):
        return ""
    rader = [(t.vaerdi, [d.vaerdi for d in r[:k] if d]) for r in tabel.tal if (t := r[k]) and any(r[:k])]
    if not rader or any(sidste < max(andre) for sidste, andre in rader):
        return ""
    kolonne = tabel.kolonner[k]
    return f"kolonne {cellenavn(0, kolonne.nr)[:-1]} ({kolonne.navn}) er ikke efterprøvet som sum af de andre"


def find_fejl(tabel: Sumtabel) -> Sumfund:
    ligninger, uset = alle_ligninger(tabel)
    for ligning in ligninger:
        dele = [tabel.tal[r][k] for r, k in ligning.dele]
        ligning.fra, ligning.til, _ = afvigelse(tabel.tal[ligning.total[0]][ligning.total[1]], dele)
    ved_celle: dict[Sted, list[Ligning]] = {}
    for ligning in ligninger:
        for celle in (ligning.total, *ligning.dele):
            ved_celle.setdefault(celle, []).append(ligning)
    i_orden = [ligning for ligning in ligninger if ligning.holder]
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
    uberoerte = [g for g in i_orden if not fejl.keys() & {g.total, *g.dele}]
    return Sumfund([fejl[sted] for sted in sorted(fejl)], _afrundede(tabel, uberoerte), len(ligninger), uset)


def _afrundede(tabel: Sumtabel, ligninger: list[Ligning]) -> list[Afrunding]:
    """The sums that hold, and not to the figure; a cell that is two such sums is named once for each result."""
    ud: dict[tuple[Sted, Decimal], Afrunding] = {}
    for (r, k), dele in sorted((ligning.total, ligning.dele) for ligning in ligninger):
        total = tabel.tal[r][k]
        sum_ = sum((tal.vaerdi for rr, kk in dele if (tal := tabel.tal[rr][kk])), Decimal(0))
        if total is None or total.vaerdi == sum_:
            continue
        ud[(r, k), sum_] = Afrunding(
            celle=tabel.celle(r, k),
            raekke=tabel.raekker[r].navn,
            kolonne=tabel.kolonner[k].navn,
            vist=f"{som_vist(total.vaerdi, total)}{_efter(total)}",
            beregnet=f"{som_vist(sum_, total)}{_efter(total)}",
            forskel=f"{som_vist(abs(total.vaerdi - sum_), total)}{_efter(total)}".rstrip("."),
        )
    return list(ud.values())


def _skyldig(tabel: Sumtabel, brudte: list[Ligning], ved_celle: dict, kendte: set[Sted]) -> Sted | None:
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


def _sumfejl(tabel: Sumtabel, sted: Sted, brudte: list[Ligning]) -> Sumfejl:
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


def _efter(tal: Tryktal) -> str:
    return {1_000_000_000: " mia.", 1_000_000: " mio.", 1_000: " t.kr."}.get(tal.enhed, "")
