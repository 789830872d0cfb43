"""The amounts of a budget as plain values: as written, and with its approved revisions."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from budget.choices import Status
from budget.models import Bidrag, Budget, Revisionslinje, Udgift
from budget.rules.celler import NUL, Cellenoegle, Formaal, Udgiftsnoegle, Vaerdi

CELLEFELTER = ("kilde_id", "art", "delaftale_id", "aktivitet_id", "planaar")
UDGIFTSFELTER = ("konto_id", "delaftale_id", "aktivitet_id", "planaar")


def celler(budget: Budget) -> dict[Cellenoegle, Vaerdi]:
    """The financing of a budget as written. One query."""
    raekker = Bidrag.objects.filter(budget=budget).values_list(
        *CELLEFELTER, "beloeb", "maengde", "satsvaerdi_id", "afrundet_til", "note"
    )
    return {
        Cellenoegle(kilde, art, Formaal(delaftale, aktivitet), aar): Vaerdi(*vaerdi)
        for kilde, art, delaftale, aktivitet, aar, *vaerdi in raekker
    }


def udgifter(budget: Budget) -> dict[Udgiftsnoegle, Vaerdi]:
    """The costs of a budget as written. One query."""
    raekker = Udgift.objects.filter(budget=budget).values_list(*UDGIFTSFELTER, "beloeb", "afrundet_til", "note")
    return {
        Udgiftsnoegle(konto, Formaal(delaftale, aktivitet), aar): Vaerdi(beloeb, afrundet_til=afrundet, note=note)
        for konto, delaftale, aktivitet, aar, beloeb, afrundet, note in raekker
    }


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


def indhold(
    budget: Budget, *, revideret: bool = False, dato: date | None = None
) -> tuple[dict[Cellenoegle, Vaerdi], dict[Udgiftsnoegle, Vaerdi]]:
    """Financing and costs of a budget; `revideret` adds the approved revisions up to `dato` (all of them without).

    Two queries, or three.
    """
    bidrag, udgift = celler(budget), udgifter(budget)
    if not revideret:
        return bidrag, udgift
    linjer = Revisionslinje.objects.filter(revision__budget=budget, revision__status=Status.GODKENDT).order_by()
    if dato is not None:
        linjer = linjer.filter(revision__dato__lte=dato)
    plus_bidrag, plus_udgift = deltaer(linjer)
    return laeg_til(bidrag, plus_bidrag), laeg_til(udgift, plus_udgift)
