"""A kommune's pool over all its plans: granted, used and left, and each plan's share held up against the cap.

The same number of queries for one plan and pool and for a thousand; everything is summed in Python.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils import timezone

from aftaler.models import Helhedsplan, Organisation
from aftaler.queries.adgang import kan_rette_organisation
from budget.choices import Budgetart, Kildeart, Status
from budget.models import Bidrag, Budget, Forbrug, Medfinansieringspulje, Puljetilsagn, Revisionslinje
from budget.rules.celler import NUL
from budget.rules.oplyst import rummer
from helhedsplan.formats import opremsning
from helhedsplan.laest import laest_en_gang
from helhedsplan.rettigheder import Rettighed


@dataclass(frozen=True)
class Puljelinje:
    """A plan's grant, or that of several under one (`faelles_med`): then budgets and actuals are taken together.
    i_budget: what the kommune gives in the plan's budget that counts; brugt: actuals of it.

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
    faelles_med: tuple[Helhedsplan, ...] = ()

    @property
    def planer(self) -> set[int]:
        return {self.plan.pk, *(plan.pk for plan in self.faelles_med)}

    @property
    def faelles_i_ord(self) -> str:
        return opremsning([plan.navn for plan in self.faelles_med])

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
    """One pool, as `puljestatusser` tells it."""
    return puljestatusser([pulje], bruger=bruger)[0]


def puljestatusser(puljer: list[Medfinansieringspulje], *, bruger=None) -> list[Puljestatus]:
    """Each pool as a person may see it: own plans line by line, the others in sum. Everything without a person, and for
    administrators. Six queries however many pools and plans, one more for a person."""
    tilsagn: dict = defaultdict(list)
    for t in Puljetilsagn.objects.filter(pulje__in=puljer).select_related("plan").prefetch_related("faelles_med"):
        tilsagn[t.pulje_id].append(t)
    # The keys themselves: a subquery in each of the queries below makes PostgreSQL choose plans that never end.
    planer = {pk for alle in tilsagn.values() for t in alle for pk in (t.plan_id, *(p.pk for p in t.faelles_med.all()))}
    budgetter, brugt = _budgetter(planer), _brugt(planer)
    egne = None
    if bruger is not None and not bruger.er_administrator:
        egne = set(Helhedsplan.objects.for_bruger(bruger).values_list("pk", flat=True))
    return [_status(p, [_linje(p, t, tilsagn[p.pk], budgetter, brugt) for t in tilsagn[p.pk]], egne) for p in puljer]


def _status(pulje: Medfinansieringspulje, linjer: list[Puljelinje], egne: set[int] | None) -> Puljestatus:
    skjulte = [linje for linje in linjer if egne is not None and not linje.planer & egne]
    return Puljestatus(
        pulje=pulje,
        linjer=tuple(linje for linje in linjer if egne is None or linje.planer & egne),
        oevrige=len(skjulte),
        oevrige_bevilget=sum((linje.bevilget for linje in skjulte), NUL),
        oevrige_brugt=sum((linje.brugt for linje in skjulte), NUL),
        bevilget=sum((linje.bevilget for linje in linjer), NUL),
        brugt=sum((linje.brugt for linje in linjer), NUL),
    )


@dataclass
class _Sum:
    """Money of one budget, or actuals of one plan: in all, and by the organisation behind it (None: a kommune that is
    not tied to any)."""

    i_alt: Decimal = NUL
    usikkerhed: Decimal = NUL
    pr_organisation: dict[int | None, Decimal] = field(default_factory=lambda: defaultdict(lambda: NUL))

    def laeg_til(self, art: str, organisation: int | None, beloeb: Decimal) -> None:
        self.i_alt += beloeb
        if organisation is not None or art == Kildeart.KOMMUNE:
            self.pr_organisation[organisation] += beloeb

    def laeg_sammen(self, andre: "_Sum") -> None:
        self.i_alt += andre.i_alt
        for organisation, beloeb in andre.pr_organisation.items():
            self.pr_organisation[organisation] += beloeb

    def fra(self, pulje: Medfinansieringspulje) -> Decimal:
        """The money of the pool's kommune."""
        return self.pr_organisation[pulje.organisation_id] + self.pr_organisation[None]


def _linje(
    pulje, tilsagn: Puljetilsagn, alle: list[Puljetilsagn], budgetter: dict[int, _Sum], brugt: dict[int, _Sum]
) -> Puljelinje:
    """A plan that has a grant of its own counts there, and not with the others."""
    egne = {t.plan_id for t in alle}
    andre = tuple(plan for plan in tilsagn.faelles_med.all() if plan.pk not in egne)
    planer = [tilsagn.plan_id, *(plan.pk for plan in andre)]
    i_alt = sum((budgetter[plan].i_alt for plan in planer), NUL)
    kommunens = sum((budgetter[plan].fra(pulje) for plan in planer), NUL)
    forbrug = sum((brugt[plan].fra(pulje) for plan in planer), NUL)
    loft = None if pulje.hoejst_andel is None else i_alt * pulje.hoejst_andel / 100
    return Puljelinje(tilsagn, tilsagn.plan, tilsagn.bevilget, kommunens, i_alt, forbrug, loft, andre)


def _budgetter(planer: set[int]) -> dict[int, _Sum]:
    """By plan, the budget that counts (as `sammenligning.gaeldende` has it) revised as of today."""
    budgetter = list(Budget.objects.filter(plan__in=planer).exclude(art=Budgetart.SCENARIE).select_related("lag"))
    summer: dict = defaultdict(_Sum)
    bidragsfelter = ("budget_id", "kilde__art", "kilde__organisation_id", "beloeb", "afrundet_til")
    raekker = Bidrag.objects.filter(budget__plan__in=planer).exclude(budget__art=Budgetart.SCENARIE).order_by()
    for budget, art, organisation, beloeb, afrundet in raekker.values_list(*bidragsfelter).iterator(chunk_size=10_000):
        summer[budget].laeg_til(art, organisation, beloeb)
        summer[budget].usikkerhed += afrundet / 2 if afrundet else NUL
    fyldte = set(summer)
    for budget in budgetter:
        sum_ = summer[budget.pk]
        if budget.oplyst and rummer(budget.oplyst, sum_.i_alt, sum_.usikkerhed):
            sum_.i_alt = budget.oplyst.i_alt
    felter = ("revision__budget_id", "kilde__art", "kilde__organisation_id", "delta")
    deltaer = Revisionslinje.objects.filter(
        revision__budget__plan__in=planer,
        revision__status=Status.GODKENDT,
        revision__dato__lte=timezone.localdate(),
        kilde__isnull=False,
    ).order_by()
    for budget, art, organisation, delta in deltaer.values_list(*felter):
        summer[budget].laeg_til(art, organisation, delta)
    valgte: dict[int, Budget] = {}
    oven_paa = [b for b in budgetter if b.lag is not None and b.lag.taeller(timezone.localdate())]
    for budget in sorted((b for b in budgetter if b.lag is None), key=lambda b: b.art == Budgetart.BEVILGET):
        taeller = budget.art == Budgetart.ANSOEGT or budget.er_laast or budget.pk in fyldte
        if taeller or budget.plan_id not in valgte:
            valgte[budget.plan_id] = budget
    for budget in oven_paa:
        under = valgte.get(budget.plan_id)
        if under and under.art == Budgetart.BEVILGET and under.pk in fyldte:
            summer[under.pk].laeg_sammen(summer[budget.pk])
    return defaultdict(_Sum, {plan: summer[budget.pk] for plan, budget in valgte.items()})


def _brugt(planer: set[int]) -> dict[int, _Sum]:
    """By plan, its actuals."""
    summer: dict = defaultdict(_Sum)
    felter = ("plan_id", "kilde__art", "kilde__organisation_id", "beloeb")
    for plan, art, organisation, beloeb in Forbrug.objects.filter(plan__in=planer).order_by().values_list(*felter):
        summer[plan].laeg_til(art, organisation, beloeb)
    return summer


def puljer(bruger) -> list[Medfinansieringspulje]:
    """The pools a person may see, with their kommune. One query."""
    return list(Medfinansieringspulje.objects.for_bruger(bruger).select_related("organisation").distinct())


@laest_en_gang
def kommunerne(plan: Helhedsplan) -> list[Organisation]:
    """Those that are parties to the plan and can be chosen."""
    return list(Organisation.objects.valgbare().filter(parter__plan=plan, art="kommune").distinct())


PULJEN_ER_FAELLES = (
    "Puljen er fælles for kommunens planer, og du skriver ikke i dem alle. Bed en administrator om at rette den."
)


def kommune_i_vejen(bruger, kommune) -> str:
    """Why the person does not change what the kommune has set aside, or ""."""
    if kan_rette_organisation(bruger, kommune, Rettighed.RET_BUDGET):
        return ""
    return PULJEN_ER_FAELLES
