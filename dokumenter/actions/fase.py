"""The plan's phase follows its papers when a person says so."""

from django.core.exceptions import ValidationError
from django.db import transaction

from aftaler.actions.plan import ret_plan
from aftaler.models import Helhedsplan
from aftaler.queries.adgang import tjek
from dokumenter.queries.fase import papirernes_fase
from helhedsplan.actions import laas
from helhedsplan.rettigheder import Rettighed


@transaction.atomic
def skift_fase(*, bruger, plan: Helhedsplan, fase: str) -> bool:
    """Move the plan to the phase that the page offered, if the papers still speak for it. Raises ValidationError."""
    tjek(bruger, Rettighed.RET, plan)
    gemt = laas(plan)
    if gemt.fase == fase:
        return False
    fundet = papirernes_fase(gemt)
    if fundet is None or fundet[0] != fase:
        raise ValidationError("Papirerne siger noget andet nu. Hent siden igen.", code="imens")
    return ret_plan(bruger=bruger, plan=gemt, felter={"fase": fundet[0].value}, version=None)
