"""What a revision does to the local share and the cash, before it is decided."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from budget.models import Budget, Revision
from budget.queries.celler import Laesning, deltaer, laeg_til, laes, med_linjer
from budget.queries.kontrol import Regelvaerdier, regelvaerdier
from budget.queries.plangrundlag import Plangrundlag, ramme
from budget.queries.revisioner import foer
from budget.rules.medfinansiering import Medfinansiering, medfinansiering
from budget.rules.niveau import Niveau, niveau
from budget.rules.oplyst import Oplyst, med_deltaer


@dataclass(frozen=True)
class Virkning:
    """The budget without the revision and with it, on the day `dato`: today, or the day it applies from when that is
    later. `navn` names the version it is laid on."""

    dato: date
    navn: str
    foer: Medfinansiering
    efter: Medfinansiering
    niveau: Niveau


def virkning(revision: Revision) -> Virkning:
    """At most twelve queries."""
    plan = revision.budget.plan
    return virkning_af(revision, laes(revision.budget), ramme(plan), regelvaerdier(plan))


def virkning_af(revision: Revision, laest: Laesning, over: Plangrundlag, regler: Regelvaerdier) -> Virkning:
    """The same from what is read already; of an approved revision on what had been approved when it was."""
    if revision.godkendt_dag:
        da = (revision.godkendt_dag, revision.nummer)
        kendte = [x for x in laest.linjer if (x.revision.godkendt_dag, x.revision.nummer) < da]
        laest = replace(laest, linjer=kendte)
    version = foer(revision, laest, revision.godkendt_dag or timezone.localdate())
    plus = deltaer(revision.linjer.all())[0]
    nyt = laeg_til(version.bidrag, plus)

    def regnet(celler: dict, oplyst: Oplyst | None) -> Medfinansiering:
        return medfinansiering(celler, over.kilder, regler.gulv_pct, regler.loft_pct, oplyst)

    en, anden = regnet(version.bidrag, version.oplyst), regnet(nyt, med_deltaer(version.oplyst, plus.values()))
    return Virkning(version.dato or revision.dato, version.navn, en, anden, niveau(en, anden, regler.stor_pct))


def virkninger(budget: Budget) -> dict[int, Virkning]:
    """The effect of each revision of a budget, by its key. Twelve queries."""
    over, regler, laest = ramme(budget.plan), regelvaerdier(budget.plan), laes(budget)
    alle = med_linjer(budget)
    return {r.pk: virkning_af(r, laest, over, regler) for r in alle}
