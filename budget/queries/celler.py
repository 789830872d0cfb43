"""The amounts of a budget as plain values: as written, and revised as of a day (`queries.version`)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone

from budget.choices import Budgetart, Status
from budget.models import Bidrag, Budget, Revisionslinje, Udgift
from budget.queries.version import Version
from budget.rules.celler import NUL, Cellenoegle, Formaal, Udgiftsnoegle, Vaerdi
from budget.rules.oplyst import med_deltaer

CELLEFELTER = ("kilde_id", "art", "delaftale_id", "aktivitet_id", "planaar")
UDGIFTSFELTER = ("konto_id", "delaftale_id", "aktivitet_id", "planaar")


def celler(budget: Budget, formaal: set[Formaal] | None = None) -> dict[Cellenoegle, Vaerdi]:
    """The financing of a budget as written; of some purposes only, when they are given. One query."""
    raekker = Bidrag.objects.filter(i_formaal(formaal), budget=budget).values_list(
        *CELLEFELTER, "beloeb", "maengde", "satsvaerdi_id", "afrundet_til", "note"
    )
    return {
        Cellenoegle(kilde, art, Formaal(delaftale, aktivitet), aar): Vaerdi(*vaerdi)
        for kilde, art, delaftale, aktivitet, aar, *vaerdi in raekker
    }


def udgifter(budget: Budget, formaal: set[Formaal] | None = None) -> dict[Udgiftsnoegle, Vaerdi]:
    """The costs of a budget as written; of some purposes only, when they are given. One query."""
    raekker = Udgift.objects.filter(i_formaal(formaal), budget=budget).values_list(
        *UDGIFTSFELTER, "beloeb", "afrundet_til", "note"
    )
    return {
        Udgiftsnoegle(konto, Formaal(delaftale, aktivitet), aar): Vaerdi(beloeb, afrundet_til=afrundet, note=note)
        for konto, delaftale, aktivitet, aar, beloeb, afrundet, note in raekker
    }


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


def laeg_til(vaerdier: dict, deltaer: dict) -> dict:
    """Amounts with deltas added; a cell that is changed keeps its rounding and loses its formula."""
    ud = dict(vaerdier)
    for noegle, delta in deltaer.items():
        foer = ud.get(noegle) or Vaerdi(NUL)
        ud[noegle] = Vaerdi(foer.beloeb + delta, afrundet_til=foer.afrundet_til, note=foer.note)
    return ud


@dataclass(frozen=True)
class Laesning:
    """A budget as written and the lines of its approved revisions: read once, for all that is shown of it."""

    budget: Budget
    bidrag: dict[Cellenoegle, Vaerdi]
    udgifter: dict[Udgiftsnoegle, Vaerdi]
    linjer: list[Revisionslinje]

    def pr(self, dato: date | None) -> Version:
        """The version of a day: with the approved revisions that apply from that day or before. None: as written."""
        alle = sorted({linje.revision for linje in self.linjer}, key=lambda r: (r.dato, r.nummer))
        gaelder = tuple(r for r in alle if dato is not None and r.dato <= dato)
        kommende = tuple(r for r in alle if dato is not None and r.dato > dato)
        linjer = [linje for linje in self.linjer if linje.revision in gaelder]
        plus_bidrag, plus_udgift = deltaer(linjer)
        bidrag, udgifter = laeg_til(self.bidrag, plus_bidrag), laeg_til(self.udgifter, plus_udgift)
        oplyst_tal = med_deltaer(self.budget.oplyst, plus_bidrag.values())
        return Version(self.budget, dato, bidrag, udgifter, gaelder, kommende, oplyst_tal)


def laes(budget: Budget) -> Laesning:
    """Three queries; two for a budget that is not the granted one, which has no revisions."""
    if budget.art != Budgetart.BEVILGET:
        return Laesning(budget, celler(budget), udgifter(budget), [])
    linjer = Revisionslinje.objects.filter(revision__budget=budget, revision__status=Status.GODKENDT)
    return Laesning(budget, celler(budget), udgifter(budget), list(linjer.select_related("revision").order_by()))


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
