"""Questions and answers that wait for a person: constant few queries however many plans there are."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone

from aftaler.models.plan import i_planer
from helhedsplan.rettigheder import Rettighed
from status.choices import Statustilstand
from status.models import Spoergsmaal

#: So many days an answer is news to who asked.
NYT_DAGE = 14


def ubesvarede(bruger) -> Iterable[Spoergsmaal]:
    """Questions on published statuses of the plans that the person writes, oldest first."""
    i_egne = Spoergsmaal.objects.filter(status__plan__in=i_planer(bruger, Rettighed.RET))
    alle = i_egne.filter(besvaret=None, status__tilstand=Statustilstand.PUBLICERET)
    return _med_status(alle.exclude(bruger=bruger).order_by("stillet", "pk"))


def besvarede(bruger, nu: datetime | None = None) -> Iterable[Spoergsmaal]:
    """The person's own questions that somebody else has answered of late, in plans he may still see."""
    siden = (nu or timezone.now()) - timedelta(days=NYT_DAGE)
    mine = Spoergsmaal.objects.filter(bruger=bruger, besvaret__gte=siden, status__plan__in=i_planer(bruger))
    return _med_status(mine.exclude(besvaret_af=F("bruger")).order_by("-besvaret", "pk"))


def _med_status(fundne):
    return fundne.select_related("status__plan").defer("status__indhold", "status__side")
