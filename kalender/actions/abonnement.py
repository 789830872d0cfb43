"""Secret addresses where other calendars read the dates: made, renewed and withdrawn by the person himself.

As with reading links, the token is random and shown once, and the database keeps its hash.
"""

import secrets

from django.db import transaction
from django.utils import timezone

from aftaler.models import Helhedsplan
from aftaler.queries.adgang import tjek
from helhedsplan import actions
from helhedsplan.models import Bruger
from helhedsplan.rettigheder import Rettighed
from kalender.models import Kalenderabonnement
from status.actions.laesning import aftryk


@transaction.atomic
def ny_adresse(*, bruger, plan: Helhedsplan | None) -> str:
    """The token of a new address to the plan's dates, or to all of the person's plans'. An older one stops at once."""
    if plan is not None:
        tjek(bruger, Rettighed.SE, plan)
    actions.laas(Bruger.objects.get(pk=bruger.pk))
    traek_adresse(bruger=bruger, plan=plan)
    token = secrets.token_urlsafe(32)
    nyt = Kalenderabonnement(bruger=bruger, plan=plan, token_sha256=aftryk(token), oprettet=timezone.now())
    actions.opret(bruger=bruger, objekt=nyt)
    return token


@transaction.atomic
def traek_adresse(*, bruger, plan: Helhedsplan | None) -> bool:
    """Withdraw the address; whether there was one. One who has left a plan may still do so."""
    gammelt = Kalenderabonnement.objects.filter(bruger_id=bruger.pk, plan=plan).first()
    if gammelt is None:
        return False
    actions.slet(bruger=bruger, objekt=gammelt, i_kurv=False)
    return True
