"""Plans that nobody leads, which an administrator gives a leader."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from aftaler.models import Helhedsplan, Medlemskab
from aftaler.queries.adgang import planer_uden_leder
from helhedsplan import actions
from helhedsplan.actions import laas
from helhedsplan.rettigheder import LEDER


def tjek_administrator(bruger) -> None:
    if not bruger.er_administrator:
        raise PermissionDenied("Kun en administrator kan se og overtage planer uden leder.")


@transaction.atomic
def overtag_plan(*, bruger, plan: Helhedsplan, leder) -> None:
    """Let a person lead a plan that has no leader; logged in the plan. The plan is held, so that two do not at once."""
    tjek_administrator(bruger)
    laas(plan)
    if not planer_uden_leder().filter(pk=plan.pk).exists():
        raise ValidationError("Planen har fået en leder imens.", code="har-leder")
    medlemskab = Medlemskab.objects.filter(plan=plan, bruger=leder).first()
    if medlemskab is None:
        actions.opret(bruger=bruger, objekt=Medlemskab(plan=plan, bruger=leder, rolle=LEDER), handling="overtaget")
    else:
        actions.ret(
            bruger=bruger,
            objekt=medlemskab,
            felter={"rolle": LEDER, "fra": None, "til": None},
            tilladte={"rolle", "fra", "til"},
            handling="overtaget",
        )
