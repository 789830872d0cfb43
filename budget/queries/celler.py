"""The amounts of a budget as plain values: as written, and revised as of a day (`queries.version`)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, prefetch_related_objects
from django.utils import timezone

from aftaler.models import Helhedsplan
from budget.choices import Budgetart, Status
from budget.models import Bidrag, Budget, Revision, Revisionslinje, Udgift
from budget.queries.version import Lagpenge, Version
from budget.rules.celler import NUL, Cellenoegle, Formaal, Udgiftsnoegle, Vaerdi, laeg_til, sum_af
from budget.rules.lagpenge import lagt_sammen, led_af, led_af_ord
from budget.rules.oplyst import med_deltaer, med_lag
from helhedsplan.laest import den_samme, laest_en_gang

CELLEFELTER = ("kilde_id", "art", "delaftale_id", "aktivitet_id", "planaar")
UDGIFTSFELTER = ("konto_id", "delaftale_id", "aktivitet_id", "planaar")
BIDRAGSVAERDI = ("beloeb", "maengde", "satsvaerdi_id", "afrundet_til", "note")
UDGIFTSVAERDI = ("beloeb", "afrundet_til", "note")


@laest_en_gang
def celler(budget: Budget, formaal: set[Formaal] | None = None) -> dict[Cellenoegle, Vaerdi]:
    """The financing of a budget as written; of some purposes only, when they are given. One query."""
    raekker = Bidrag.objects.filter(i_formaal(formaal), budget=budget).values_list(*CELLEFELTER, *BIDRAGSVAERDI)
    return dict(map(_bidragscelle, raekker))


@laest_en_gang
def udgifter(budget: Budget, formaal: set[Formaal] | None = None) -> dict[Udgiftsnoegle, Vaerdi]:
    """The costs of a budget as written; of some purposes only, when they are given. One query."""
    raekker = Udgift.objects.filter(i_formaal(formaal), budget=budget).values_list(*UDGIFTSFELTER, *UDGIFTSVAERDI)
    return dict(map(_udgiftscelle, raekker))


def _bidragscelle(raekke: tuple) -> tuple[Cellenoegle, Vaerdi]:
    kilde, art, delaftale, aktivitet, aar, *vaerdi = raekke
    return Cellenoegle(kilde, art, Formaal(delaftale, aktivitet), aar), Vaerdi(*vaerdi)


def _udgiftscelle(raekke: tuple) -> tuple[Udgiftsnoegle, Vaerdi]:
    konto, delaftale, aktivitet, aar, beloeb, afrundet, note = raekke
    return Udgiftsnoegle(konto, Formaal(delaftale, aktivitet), aar), Vaerdi(beloeb, afrundet_til=afrundet, note=note)


def i_formaal(formaal: set[Formaal] | None) -> Q:
    """The condition on Bidrag and Udgift for some purposes; for all of them without."""
    if formaal is None:
        return Q()
    return Q(
        (Q(delaftale=None, aktivitet=None) if Formaal() in formaal else Q(pk__in=[])),
        Q(delaftale__in={f.delaftale for f in formaal if f.delaftale is not None}),
        Q(aktivitet__in={f.aktivitet for f in formaal if f.aktivitet is not None}),
        _connector=Q.OR,
    )


def deltaer(linjer: Iterable[Revisionslinje]) -> tuple[dict[Cellenoegle, Decimal], dict[Udgiftsnoegle, Decimal]]:
    """Revision lines summed by the cell they change: of the financing, and of the costs."""
    bidrag: dict[Cellenoegle, Decimal] = {}
    udgift: dict[Udgiftsnoegle, Decimal] = {}
    for linje in linjer:
        formaal = Formaal(linje.delaftale_id, linje.aktivitet_id)
        if linje.kilde_id is not None:
            noegle = Cellenoegle(linje.kilde_id, linje.art, formaal, linje.planaar)
            bidrag[noegle] = bidrag.get(noegle, NUL) + linje.delta
        else:
            unoegle = Udgiftsnoegle(linje.konto_id, formaal, linje.planaar)
            udgift[unoegle] = udgift.get(unoegle, NUL) + linje.delta
    return bidrag, udgift


@dataclass(frozen=True)
class Laesning:
    """A budget as written, the lines of its approved revisions, and the money of the layers on top of the plan: read
    once, for all that is shown of it."""

    budget: Budget
    bidrag: dict[Cellenoegle, Vaerdi]
    udgifter: dict[Udgiftsnoegle, Vaerdi]
    linjer: list[Revisionslinje]
    lag: tuple[Lagpenge, ...] = ()

    def pr(self, dato: date | None) -> Version:
        """The version of a day: with the approved revisions that apply from that day or before, and the layers that
        count then. None: as written."""
        alle = sorted({linje.revision for linje in self.linjer}, key=lambda r: (r.dato, r.nummer))
        gaelder = tuple(r for r in alle if dato is not None and r.dato <= dato)
        kommende = tuple(r for r in alle if dato is not None and r.dato > dato)
        lag = tuple(penge for penge in self.lag if dato is not None and penge.lag.taeller(dato))
        linjer = [linje for linje in self.linjer if linje.revision in gaelder]
        plus_bidrag, plus_udgift = deltaer(linjer)
        bidrag, udgifter = laeg_til(self.bidrag, plus_bidrag), laeg_til(self.udgifter, plus_udgift)
        oplyst = med_deltaer(self.budget.oplyst, plus_bidrag.values())
        # Of a first grant that is not told by cells, the cells of a layer would pass for the whole.
        if self.bidrag:
            bidrag = lagt_sammen(bidrag, [penge.bidrag for penge in lag])
            oplyst = med_lag(oplyst, sum((sum_af(penge.bidrag.values()) for penge in lag), NUL))
        if self.bidrag and self.udgifter:
            udgifter = lagt_sammen(udgifter, [penge.udgifter for penge in lag])
        return Version(
            self.budget,
            dato,
            bidrag,
            udgifter,
            gaelder,
            kommende,
            oplyst,
            skrevet=self.bidrag,
            revideret=plus_bidrag,
            lag=lag,
        )


@laest_en_gang
def med_linjer(budget: Budget) -> list[Revision]:
    """The revisions of a budget in their order, with what they change. Two queries."""
    return list(budget.revisioner.prefetch_related("linjer"))


@laest_en_gang
def laes(budget: Budget) -> Laesning:
    """Four queries; two for a budget that is not the granted one, which has no revisions and nothing on top. Two more
    where layers bring money."""
    if budget.art != Budgetart.BEVILGET:
        return Laesning(budget, celler(budget), udgifter(budget), [])
    linjer = Revisionslinje.objects.filter(revision__budget=budget, revision__status=Status.GODKENDT)
    laeste = list(linjer.select_related("revision").order_by())
    return Laesning(budget, celler(budget), udgifter(budget), laeste, lagpenge(budget.plan))


def lagpenge(plan: Helhedsplan) -> tuple[Lagpenge, ...]:
    """What each layer of a plan brings, from below: by the cells of its budget, else as it is told. One query for
    layers that bring nothing, five at most."""
    lagene = plan.lagene
    if not lagene:
        return ()
    budgetter = {b.lag_id: b.pk for b in plan.budgetter.filter(art=Budgetart.LAG)}
    lagene = [den_samme(lag) for lag in lagene if lag.beloeb or lag.pk in budgetter]
    if not lagene:
        return ()
    prefetch_related_objects(lagene, "omraader")
    givne: dict = defaultdict(dict)
    brugte: dict = defaultdict(dict)
    for budget, *raekke in Bidrag.objects.filter(budget__in=budgetter.values()).values_list(
        "budget_id", *CELLEFELTER, *BIDRAGSVAERDI
    ):
        givne[budget] |= [_bidragscelle(tuple(raekke))]
    for budget, *raekke in Udgift.objects.filter(budget__in=budgetter.values()).values_list(
        "budget_id", *UDGIFTSFELTER, *UDGIFTSVAERDI
    ):
        brugte[budget] |= [_udgiftscelle(tuple(raekke))]
    ud = []
    for lag in lagene:
        egen = budgetter.get(lag.pk)
        mine, mine_udgifter = givne.get(egen, {}), brugte.get(egen, {})
        til = tuple(map(str, lag.omraader.all()))
        if mine:
            led = led_af(lag.navn, [(n.planaar, v) for n, v in mine.items()], til)
        elif lag.beloeb or mine_udgifter:
            led = led_af_ord(lag.navn, lag.beloebet, til)
        else:
            continue
        ud.append(Lagpenge(lag, led, mine, mine_udgifter))
    return tuple(ud)


def version_i_dag(budget: Budget) -> Version:
    """The version that counts: what page, papers, workbook, status and findings show unless another is asked for.
    Three queries."""
    return laes(budget).pr(timezone.localdate())


def indhold(
    budget: Budget, *, dato: date | None = None
) -> tuple[dict[Cellenoegle, Vaerdi], dict[Udgiftsnoegle, Vaerdi]]:
    """Financing and costs of a budget as written, or revised as of a day. Two queries, or three."""
    if dato is None:
        return celler(budget), udgifter(budget)
    version = laes(budget).pr(dato)
    return version.bidrag, version.udgifter
