"""The totals that stand in a workbook of a budget, held against what its own amounts come to.

They are not read: the program adds up itself. But a total that somebody has typed over its formula is a figure that he
believes, so the preview says where it is another. A formula that was never reckoned says nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from budget.choices import Bidragsart
from budget.models import Budget
from budget.queries.celler import version_i_dag
from budget.queries.kontrol import regelvaerdier
from budget.queries.plangrundlag import Plangrundlag
from budget.rules.celler import NUL, OERE
from budget.xlsx import BUNDLINJER, FASTE, FINANSIERING, HOVED, I_ALT, OVERSIGT, UDGIFTER, bundlinjer, kildenavne
from helhedsplan.formats import beloeb, procent
from helhedsplan.tabelfil import Maerke, Tabel, celletekst, laes_celle
from helhedsplan.tallaeser import BELOEB_ELLER_PROCENT, tjek_enhed

#: What a share may be off by for the rounding of the one who typed it.
ANDEL = Decimal("0.00005")


@dataclass(frozen=True)
class Sumforskel:
    """celle: "Finansiering!I4"; staar, regnet: in words."""

    celle: str
    staar: str
    regnet: str


@dataclass(frozen=True)
class Summeark:
    """A sheet as it is held against itself. kolonner: those of the amounts."""

    ark: Tabel
    kolonner: tuple[int, ...] = ()

    def tal(self, r: int, k: int) -> Decimal | None:
        """The number in a cell; None where there is none."""
        if (r, k) in self.ark.fejl:
            return None
        try:
            laest = laes_celle(self.ark.celle(r, k), brudt=self.ark.brudt)
            if isinstance(laest, Maerke):
                return None
            tjek_enhed(laest, BELOEB_ELLER_PROCENT)
        except ValueError:
            return None
        return laest.vaerdi / 100 if laest.enhed == "pct" else laest.vaerdi

    def tekst(self, r: int, k: int) -> str:
        return celletekst(self.ark.celle(r, k))

    def sum(self, r: int) -> Decimal:
        return sum((self.tal(r, k) or NUL for k in self.kolonner), NUL)

    @property
    def beloebsraekker(self) -> list[int]:
        return [r for r in range(HOVED, len(self.ark.raekker)) if self.tekst(r, 0) not in ("", I_ALT)]


def sumforskelle(budget: Budget, over: Plangrundlag, ark: dict[str, Summeark]) -> list[Sumforskel]:
    """Every total that is another than what the amounts of the workbook come to. Financing that has a stated total may
    say that one."""
    oplyst = version_i_dag(budget).oplyst
    oplyste = [] if oplyst is None else [oplyst.i_alt]
    ud = [f for navn in FASTE for f in _i_beloebsark(navn, ark[navn], oplyste if navn == FINANSIERING else [])]
    return [*ud, *(_i_oversigten(budget, over, ark, oplyste) if OVERSIGT in ark else [])]


def _i_beloebsark(navn: str, ark: Summeark, oplyste: list[Decimal]) -> Iterator[Sumforskel]:
    """The total of each row, and of each column."""
    i_alt = next((k for k in range(len(FASTE[navn]), 60) if ark.tekst(HOVED - 1, k) == I_ALT), None)
    raekker = ark.beloebsraekker
    for r in raekker if i_alt is not None else []:
        yield from _forskel(navn, ark, r, i_alt, [ark.sum(r)])
    for r in (r for r in range(HOVED, len(ark.ark.raekker)) if ark.tekst(r, 0) == I_ALT):
        for k in ark.kolonner:
            yield from _forskel(navn, ark, r, k, [sum((ark.tal(n, k) or NUL for n in raekker), NUL)])
        if i_alt is not None:
            yield from _forskel(navn, ark, r, i_alt, [sum(map(ark.sum, raekker), NUL), *oplyste])


def _i_oversigten(
    budget: Budget, over: Plangrundlag, ark: dict[str, Summeark], oplyste: list[Decimal]
) -> Iterator[Sumforskel]:
    """Financiers down and kinds across, and the lines below, found by their names."""
    oversigt, finansiering = ark[OVERSIGT], ark[FINANSIERING]
    lokale = {navn: over.kilde_af[noegle].lokal_i_ord for noegle, navn in kildenavne(over).items()}
    raekker = [
        ((navn := finansiering.tekst(r, 0), lokale.get(navn, "nej"), finansiering.tekst(r, 2)), finansiering.sum(r))
        for r in finansiering.beloebsraekker
    ]
    arter = {a.label for a in Bidragsart}
    kolonner = {
        k: oversigt.tekst(HOVED - 1, k) for k in range(1, 20) if oversigt.tekst(HOVED - 1, k) in {*arter, I_ALT}
    }
    i_alt = sum((s for _, s in raekker), NUL)
    udgifter = sum(map(ark[UDGIFTER].sum, ark[UDGIFTER].beloebsraekker), NUL)
    gulv = regelvaerdier(budget.plan).gulv_pct
    linjer = [bundlinjer(raekker, hele, gulv, udgifter) for hele in [i_alt, *oplyste]]
    for r in range(HOVED, len(oversigt.ark.raekker)):
        navn = oversigt.tekst(r, 0)
        if navn in lokale or navn == I_ALT:
            for k, art in kolonner.items():
                sum_ = sum((s for t, s in raekker if navn in (t[0], I_ALT) and art in (t[2], I_ALT)), NUL)
                yield from _forskel(OVERSIGT, oversigt, r, k, [sum_, *(oplyste if navn == art == I_ALT else [])])
        elif navn in BUNDLINJER:
            nr = BUNDLINJER.index(navn)
            yield from _forskel(OVERSIGT, oversigt, r, 1, [linje[nr] for linje in linjer], andel=nr in (1, 2))


def _forskel(
    navn: str, ark: Summeark, r: int, k: int, regnet: Iterable[Decimal | str], *, andel: bool = False
) -> Iterator[Sumforskel]:
    """`regnet`: what it may be, the first number of which is named; of words nothing is said."""
    staar, mulige = ark.tal(r, k), [n for n in regnet if not isinstance(n, str)]
    if mulige and staar is not None and all(abs(staar - n) > (ANDEL if andel else OERE / 2) for n in mulige):
        vis = (lambda n: procent(n * 100, 2)) if andel else (lambda n: beloeb(n.quantize(OERE)))
        yield Sumforskel(ark.ark.adresse(r, k), vis(staar), vis(mulige[0]))
