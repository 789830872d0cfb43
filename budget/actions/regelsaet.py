"""The accounts of a rule set: a kind of row of it, and what a plan's costs point to in another version."""

from collections.abc import Callable

from aftaler.models import Helhedsplan, Regelsaet
from aftaler.queries.regelslags import Regelslags
from budget.actions.finansiering import sikr_kontoplan
from budget.models import Forbrug, Konto, Revisionslinje, Udgift
from helhedsplan.tilslutninger import Regelsaetfoelger

KONTI = Regelslags(
    "konti",
    "Konti",
    "konto",
    Konto,
    ("navn", "kilde", "verificeret"),
    placering="orden",
    navngiver="navn",
    kun=(("plan", None),),
    artikel="en",
)


def udgiv(*, bruger, regelsaet: Regelsaet) -> None:
    """A rule set without accounts gets ours, so that the first budget under it changes nothing that is published."""
    sikr_kontoplan(bruger=bruger, regelsaet=regelsaet)


def flyt(plan: Helhedsplan, til: Regelsaet, ny: Callable) -> None:
    """Costs, revisions and what was spent, on accounts of the rule set; the plan's own accounts go with the plan."""
    steder = [
        (Udgift, "budget__plan"),
        (Revisionslinje, "revision__budget__plan"),
        (Forbrug, "plan"),
    ]
    faelles = Konto.objects.filter(regelsaet=plan.regelsaet_id, plan=None)
    brugte = {
        konto
        for model, vej in steder
        for konto in model.objects.filter(**{vej: plan}, konto__in=faelles).order_by().values_list("konto", flat=True)
    }
    modstykker = {konto: ny(konto) for konto in faelles.filter(pk__in=brugte)}
    for model, vej in steder:
        for gammel, konto in modstykker.items():
            pker = list(model.objects.filter(**{vej: plan}, konto=gammel).order_by().values_list("pk", flat=True))
            model.objects.filter(pk__in=pker).order_by().update(konto=konto)
    Konto.objects.filter(plan=plan).order_by().update(regelsaet=til)


FOELGER = Regelsaetfoelger(udgiv=udgiv, flyt=flyt)
