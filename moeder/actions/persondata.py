"""A person's seats on boards, when the account is made anonymous: the seat and its votes stay, the name goes."""

from django.db.models import Q
from django.utils import timezone

from helhedsplan.anonymisering import skift_navn
from helhedsplan.tilslutninger import Personspor
from moeder.models import Bestyrelsesmedlem, Svarlink


def _i_vejen(person) -> list[str]:
    sidder = Bestyrelsesmedlem.objects.filter(bruger=person).filter(Q(til=None) | Q(til__gte=timezone.localdate()))
    planer = {m.side.plan for m in sidder.select_related("side__plan")}
    return [f"Personen sidder i bestyrelsen for »{plan}«. Skriv en sidste dag først." for plan in planer]


def _fjern(*, bruger, person, navn: str) -> None:
    for medlem in Bestyrelsesmedlem.objects.filter(bruger=person):
        skift_navn(bruger=bruger, raekke=medlem, felt="navn", navn=navn)
    Svarlink.objects.filter(bruger=person, udloeber__gt=timezone.now()).update(udloeber=timezone.now())


PERSONSPOR = Personspor(_i_vejen, _fjern)
