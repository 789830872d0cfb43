"""A person's addresses for other calendars, when the account is made anonymous."""

from helhedsplan.tilslutninger import Personspor
from kalender.models import Kalenderabonnement


def _fjern(*, bruger, person, navn: str) -> None:
    Kalenderabonnement.objects.filter(bruger=person).delete()


PERSONSPOR = Personspor(lambda person: [], _fjern)
