"""A person's accesses and messages, when the account is made anonymous."""

from aftaler.models import Meddelelse, Medlemskab
from helhedsplan import actions
from helhedsplan.rettigheder import Rettighed
from helhedsplan.tilslutninger import Personspor


def _i_vejen(person) -> list[str]:
    ledes = Medlemskab.objects.gaeldende(Rettighed.STYR).filter(bruger=person).select_related("plan")
    andre = Medlemskab.objects.gaeldende(Rettighed.STYR).filter(bruger__is_active=True).exclude(bruger=person)
    med_andre = set(andre.values_list("plan_id", flat=True))
    alene = [m.plan for m in ledes if m.plan_id not in med_andre]
    return [f"Planen »{plan}« har ingen anden leder. Giv en anden rollen først." for plan in alene]


def _fjern(*, bruger, person, navn: str) -> None:
    for medlemskab in Medlemskab.objects.filter(bruger=person):
        actions.slet(bruger=bruger, objekt=medlemskab, i_kurv=False)
    Meddelelse.objects.filter(bruger=person).delete()


PERSONSPOR = Personspor(_i_vejen, _fjern)
