"""The revisions of a granted budget, and what keeps a draft from being approved."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils import timezone

from budget.choices import Bidragsart
from budget.models import Budget, Revision, Revisionslinje
from budget.queries.celler import Laesning, deltaer, laes, med_linjer
from budget.queries.finansieringstabel import orden_af
from budget.queries.plangrundlag import Formaalsvalg, Plangrundlag, ramme
from budget.queries.version import Version
from budget.rules.celler import NUL, Cellenoegle, Formaal, Udgiftsnoegle
from budget.rules.revision import fejl_i_revision
from helhedsplan import tilslutninger


@dataclass(frozen=True)
class Vistlinje:
    """One delta as shown: `hvem` is a financier with its kind, or an account."""

    linje: Revisionslinje
    hvem: str
    formaal: Formaalsvalg
    aar: str
    delta: Decimal


@dataclass(frozen=True)
class Vistrevision:
    """A revision with its lines; finansiering and udgifter sum its deltas. `fejl`: what a draft is not approved for;
    maerke: what to say of where the board's decision stands."""

    revision: Revision
    linjer: tuple[Vistlinje, ...]
    finansiering: Decimal
    udgifter: Decimal
    fejl: tuple[str, ...]
    maerke: str = ""

    @property
    def kommende(self) -> bool:
        return self.revision.er_laast and self.revision.dato > timezone.localdate()


def cellenavn(over: Plangrundlag, noegle: Cellenoegle | Udgiftsnoegle) -> str:
    """'Ishøj Kommune, kontant, fælles, år 1'."""
    if isinstance(noegle, Cellenoegle):
        hvem = f"{over.kilder[noegle.kilde]}, {Bidragsart(noegle.art).label.lower()}"
    else:
        hvem = str(over.konti[noegle.konto])
    formaal = over.formaal[noegle.formaal].fuldt_navn
    return f"{hvem}, {formaal}" + (f", år {noegle.planaar}" if noegle.planaar else "")


def revisioner(budget: Budget) -> list[Vistrevision]:
    """The revisions of a budget in their order, drafts with what is still wrong with them. Ten queries at most."""
    over = ramme(budget.plan)
    alle = med_linjer(budget)
    laest = laes(budget) if any(not r.er_laast for r in alle) else None
    maerker: dict[int, str] = {}
    for hos in tilslutninger.REVISIONSBESLUTNINGER:
        maerker |= hos.maerker(budget.plan, alle)
    return [replace(_vist(over, r, laest), maerke=maerker.get(r.pk, "")) for r in alle]


def _vist(over: Plangrundlag, revision: Revision, laest: Laesning | None) -> Vistrevision:
    linjer = tuple(_vistlinje(over, linje) for linje in sorted(revision.linjer.all(), key=_orden(over)))
    finansiering = sum((v.delta for v in linjer if v.linje.kilde_id), NUL)
    fejl = () if revision.er_laast or laest is None else tuple(_fejl(over, revision, laest))
    return Vistrevision(revision, linjer, finansiering, sum((v.delta for v in linjer), NUL) - finansiering, fejl)


def _orden(over: Plangrundlag) -> Callable[[Revisionslinje], tuple]:
    """Financiers before accounts, each in their own order, then by kind and year."""
    kilder, konti = orden_af(over.kilder), orden_af(over.konti)
    return lambda linje: (
        (0, kilder[linje.kilde_id]) if linje.kilde_id else (1, konti[linje.konto_id]),
        linje.art,
        linje.planaar or 0,
        linje.pk,
    )


def _vistlinje(over: Plangrundlag, linje: Revisionslinje) -> Vistlinje:
    if linje.kilde_id:
        hvem = f"{over.kilder[linje.kilde_id]}, {Bidragsart(linje.art).label.lower()}"
    else:
        hvem = str(over.konti[linje.konto_id])
    valg = over.formaal[Formaal(linje.delaftale_id, linje.aktivitet_id)]
    return Vistlinje(linje, hvem, valg, f"År {linje.planaar}" if linje.planaar else "Ikke fordelt på år", linje.delta)


def fejl_i(revision: Revision) -> list[str]:
    """Every reason why a revision cannot be, or should not have been, approved: held up against the budget with the
    other revisions approved so far."""
    return _fejl(ramme(revision.budget.plan), revision, laes(revision.budget))


def foer(revision: Revision, laest: Laesning, dato: date | None = None) -> Version:
    """The budget without a revision, on the day it applies from or a later one."""
    andre = [linje for linje in laest.linjer if linje.revision_id != revision.pk]
    return replace(laest, linjer=andre).pr(max(revision.dato, dato or revision.dato))


def _fejl(over: Plangrundlag, revision: Revision, laest: Laesning) -> list[str]:
    plus, plus_udgifter = deltaer(revision.linjer.all())
    alle = plus | plus_udgifter
    return fejl_i_revision(revision.art, alle, _mindst(revision, laest), lambda noegle: cellenavn(over, noegle))


def _mindst(revision: Revision, laest: Laesning) -> dict:
    """The least each cell holds without the revision on any day from the one it applies from: what may be taken. Money
    that a later revision brings is not there yet, and money that it takes cannot be taken twice."""
    dage = {revision.dato, *(linje.revision.dato for linje in laest.linjer if linje.revision.dato > revision.dato)}
    versioner = [foer(revision, laest, dag) for dag in dage]
    staar = [{n: v.beloeb for n, v in (version.bidrag | version.udgifter).items()} for version in versioner]
    return {n: min(beloeb.get(n, NUL) for beloeb in staar) for n in set().union(*staar)}
