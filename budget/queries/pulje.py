"""A kommune's pool over all its plans: granted, used and left, and each plan's share held up against the cap.

The same number of queries for one plan and for a thousand; everything is summed in Python.
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from aftaler.models import Helhedsplan
from budget.choices import Budgetart, Kildeart, Status
from budget.models import Bidrag, Budget, Forbrug, Medfinansieringspulje, Puljetilsagn, Revisionslinje
from budget.rules.celler import NUL


@dataclass(frozen=True)
class Puljelinje:
    """One plan's grant. i_budget: what the kommune gives in the plan's budget that counts; brugt: actuals of it.

    andel_pct: the kommune's unrounded share of the budget, None while that is empty. loft: the most it may give there,
    None when the pool has no cap.
    """

    tilsagn: Puljetilsagn
    plan: Helhedsplan
    bevilget: Decimal
    i_budget: Decimal
    budget_i_alt: Decimal
    brugt: Decimal
    loft: Decimal | None

    @property
    def andel_pct(self) -> Decimal | None:
        return self.i_budget * 100 / self.budget_i_alt if self.budget_i_alt else None

    @property
    def tilbage(self) -> Decimal:
        return self.bevilget - self.brugt

    @property
    def over_loftet(self) -> Decimal:
        """Kroner over the cap; 0 when it holds. What is granted counts when no budget says how much."""
        return NUL if self.loft is None else max(NUL, self.i_budget - self.loft)


@dataclass(frozen=True)
class Puljestatus:
    """linjer: the plans the person may see, by name; `oevrige` counts the others, whose money is in the totals."""

    pulje: Medfinansieringspulje
    linjer: tuple[Puljelinje, ...]
    oevrige: int
    oevrige_bevilget: Decimal
    oevrige_brugt: Decimal
    bevilget: Decimal
    brugt: Decimal

    @property
    def tilbage(self) -> Decimal:
        """Not granted yet; negative when more is granted than the pool holds."""
        return self.pulje.beloeb - self.bevilget

    @property
    def bevilget_ikke_brugt(self) -> Decimal:
        return self.bevilget - self.brugt


def puljestatus(pulje: Medfinansieringspulje, *, bruger=None) -> Puljestatus:
    """The pool as a person may see it: own plans line by line, the others in sum. Everything without a person, and for
    administrators. Six queries, one more for a person."""
    tilsagn = list(Puljetilsagn.objects.filter(pulje=pulje).select_related("plan"))
    planer = Helhedsplan.objects.filter(puljetilsagn__pulje=pulje)
    kommunens, i_alt = _i_budgetterne(planer, pulje)
    brugt = _brugt(planer, pulje)
    linjer = [_linje(pulje, t, kommunens, i_alt, brugt) for t in tilsagn]
    skjulte: list[Puljelinje] = []
    if bruger is not None and not bruger.er_administrator:
        egne = set(Helhedsplan.objects.for_bruger(bruger).values_list("pk", flat=True))
        skjulte = [linje for linje in linjer if linje.plan.pk not in egne]
        linjer = [linje for linje in linjer if linje.plan.pk in egne]
    return Puljestatus(
        pulje=pulje,
        linjer=tuple(linjer),
        oevrige=len(skjulte),
        oevrige_bevilget=sum((linje.bevilget for linje in skjulte), NUL),
        oevrige_brugt=sum((linje.brugt for linje in skjulte), NUL),
        bevilget=sum((linje.bevilget for linje in [*linjer, *skjulte]), NUL),
        brugt=sum((linje.brugt for linje in [*linjer, *skjulte]), NUL),
    )


def _linje(pulje, tilsagn: Puljetilsagn, kommunens: dict, i_alt: dict, brugt: dict) -> Puljelinje:
    plan = tilsagn.plan_id
    loft = None if pulje.hoejst_andel is None else i_alt[plan] * pulje.hoejst_andel / 100
    return Puljelinje(tilsagn, tilsagn.plan, tilsagn.bevilget, kommunens[plan], i_alt[plan], brugt[plan], loft)


def _er_kommunens(pulje: Medfinansieringspulje, art: str, organisation: int | None) -> bool:
    """Money of the pool's kommune: named by organisation, or a kommune that is not tied to any."""
    return organisation == pulje.organisation_id or (organisation is None and art == Kildeart.KOMMUNE)


def _i_budgetterne(planer, pulje: Medfinansieringspulje) -> tuple[dict, dict]:
    """By plan: the kommune's part and the whole of the budget that counts (as `sammenligning.gaeldende` has it)."""
    budgetter = list(Budget.objects.filter(plan__in=planer).exclude(art=Budgetart.SCENARIE))
    felter = ("budget_id", "kilde__art", "kilde__organisation_id", "beloeb")
    raekker = Bidrag.objects.filter(budget__plan__in=planer).exclude(budget__art=Budgetart.SCENARIE).order_by()
    kommunens: dict = defaultdict(lambda: NUL)
    i_alt: dict = defaultdict(lambda: NUL)
    for budget, art, organisation, beloeb in raekker.values_list(*felter).iterator(chunk_size=10_000):
        i_alt[budget] += beloeb
        if _er_kommunens(pulje, art, organisation):
            kommunens[budget] += beloeb
    fyldte = set(i_alt)
    felter = ("revision__budget_id", "kilde__art", "kilde__organisation_id", "delta")
    deltaer = Revisionslinje.objects.filter(
        revision__budget__plan__in=planer, revision__status=Status.GODKENDT, kilde__isnull=False
    ).order_by()
    for budget, art, organisation, delta in deltaer.values_list(*felter):
        i_alt[budget] += delta
        if _er_kommunens(pulje, art, organisation):
            kommunens[budget] += delta
    valgte: dict[int, Budget] = {}
    for budget in sorted(budgetter, key=lambda b: b.art == Budgetart.BEVILGET):
        taeller = budget.art == Budgetart.ANSOEGT or budget.er_laast or budget.pk in fyldte
        if taeller or budget.plan_id not in valgte:
            valgte[budget.plan_id] = budget
    return (
        defaultdict(lambda: NUL, {plan: kommunens[b.pk] for plan, b in valgte.items()}),
        defaultdict(lambda: NUL, {plan: i_alt[b.pk] for plan, b in valgte.items()}),
    )


def _brugt(planer, pulje: Medfinansieringspulje) -> dict:
    brugt: dict = defaultdict(lambda: NUL)
    raekker = Forbrug.objects.filter(plan__in=planer).order_by()
    for plan, art, organisation, beloeb in raekker.values_list(
        "plan_id", "kilde__art", "kilde__organisation_id", "beloeb"
    ):
        if _er_kommunens(pulje, art, organisation):
            brugt[plan] += beloeb
    return brugt


def puljer(bruger) -> list[Medfinansieringspulje]:
    """The pools a person may see, with their kommune. One query."""
    return list(Medfinansieringspulje.objects.for_bruger(bruger).select_related("organisation").distinct())
