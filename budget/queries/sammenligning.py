"""Applied for, granted and revised beside each other, and which budget counts."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from django.utils import timezone

from aftaler.models import Helhedsplan
from budget.choices import Bidragsart, Budgetart
from budget.models import Budget, Finansieringskilde
from budget.queries.celler import Laesning, laes
from budget.queries.plangrundlag import Plangrundlag, ramme
from budget.queries.version import Version
from budget.rules.celler import NUL
from helhedsplan.laest import laest_en_gang


@dataclass(frozen=True)
class Bevillingsforskel:
    """A financier's amounts (art None) or those of one kind, applied for, granted and revised.

    None where the plan has no such budget. `aendring` is revised minus granted.
    """

    navn: str
    kilde: Finansieringskilde | None
    art: Bidragsart | None
    ansoegt: Decimal | None
    bevilget: Decimal | None
    revideret: Decimal | None

    @property
    def aendring(self) -> Decimal | None:
        return None if self.bevilget is None or self.revideret is None else self.revideret - self.bevilget

    @property
    def bevilget_mod_ansoegt(self) -> Decimal | None:
        return None if self.bevilget is None or self.ansoegt is None else self.bevilget - self.ansoegt


@dataclass(frozen=True)
class SideOmSide:
    """Rows by financier, each with its kinds; `i_alt` sums them. `dato`: the day the revised budget is as of."""

    ansoegt: Budget | None
    bevilget: Budget | None
    dato: date
    raekker: tuple[Bevillingsforskel, ...]
    i_alt: Bevillingsforskel


def side_om_side(
    plan: Helhedsplan,
    *,
    dato: date,
    over: Plangrundlag | None = None,
    laest: Mapping[int, Laesning] = MappingProxyType({}),
) -> SideOmSide:
    """Applied for, granted and revised beside each other. At most thirteen queries.

    over, laest: a frame and budgets (by key) already read.
    """
    over = over or ramme(plan)
    budgetter = {b.art: b for b in budgetterne(plan) if b.lag_id is None and b.art != Budgetart.SCENARIE}
    ansoegt, bevilget = budgetter.get(Budgetart.ANSOEGT), budgetter.get(Budgetart.BEVILGET)
    fra_ansoegt, fra_bevilget = (b and (laest.get(b.pk) or laes(b)) for b in (ansoegt, bevilget))
    summer = [
        _summer(fra_ansoegt and fra_ansoegt.pr(None)),
        _summer(fra_bevilget and fra_bevilget.pr(None)),
        _summer(fra_bevilget and fra_bevilget.pr(dato)),
    ]

    def sammenlign(navn, kilde, art):
        hvor = (kilde and kilde.pk, art)
        return Bevillingsforskel(navn, kilde, art, *(None if s is None else s.get(hvor, NUL) for s in summer))

    raekker = []
    for kilde in over.kilder.values():
        brugte = [art for art in Bidragsart if any(s and (kilde.pk, art) in s for s in summer)]
        raekker.append(sammenlign(kilde.navn, kilde, None))
        raekker += [sammenlign(art.label, kilde, art) for art in brugte]
    return SideOmSide(ansoegt, bevilget, dato, tuple(raekker), sammenlign("I alt", None, None))


def _summer(version: Version | None) -> dict | None:
    """Totals by (financier, kind), (financier, None) and (None, None), the last as it is stated where it is."""
    if version is None:
        return None
    summer: dict = defaultdict(lambda: NUL)
    for noegle, vaerdi in version.bidrag.items():
        for hvor in ((noegle.kilde, noegle.art), (noegle.kilde, None), (None, None)):
            summer[hvor] += vaerdi.beloeb
    if version.oplyst:
        summer[None, None] = version.oplyst.i_alt
    return summer


@laest_en_gang
def budgetterne(plan: Helhedsplan) -> tuple[Budget, ...]:
    """All of them, the scenarios and the money of layers too."""
    return tuple(plan.budgetter.all())


@laest_en_gang
def gaeldende(plan: Helhedsplan) -> Budget | None:
    """The budget that counts today: the granted one once it is approved or holds anything, else the one applied for.

    A granted budget counts with the approved revisions that apply, and with the layers on top that count
    (`celler.version_i_dag`): money on top is on top of what was granted, also where that is not told.
    """
    alle = [b for b in budgetterne(plan) if b.art != Budgetart.SCENARIE]
    budgetter = {b.art: b for b in alle}
    bevilget = budgetter.get(Budgetart.BEVILGET)
    if bevilget and (bevilget.er_laast or bevilget.bidrag.exists()):
        return bevilget
    i_dag, oven_paa = timezone.localdate(), {b.lag_id for b in alle if b.lag_id}
    if bevilget and oven_paa and any(lag.taeller(i_dag) for lag in plan.lagene if lag.pk in oven_paa):
        return bevilget
    return budgetter.get(Budgetart.ANSOEGT) or bevilget
