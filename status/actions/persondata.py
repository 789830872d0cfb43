"""A person's reading links, when the account is made anonymous."""

from django.utils import timezone

from helhedsplan.tilslutninger import Personspor
from status.models import Laeselink


def _fjern(*, bruger, person, navn: str) -> None:
    Laeselink.objects.filter(bruger=person, udloeber__gt=timezone.now()).update(udloeber=timezone.now())


PERSONSPOR = Personspor(lambda person: [], _fjern)
