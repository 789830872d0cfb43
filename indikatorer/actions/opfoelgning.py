"""Write down that the board has followed up on a goal. The figures are copied as everybody could see them."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from aftaler.queries.adgang import tjek
from helhedsplan import actions
from helhedsplan.actions import laas
from helhedsplan.rettigheder import Rettighed
from indikatorer.models import Opfoelgning
from indikatorer.queries.opfoelgning import tallene

FELTER = frozenset({"maal", "dato", "data_aar", "konklusion"})


@transaction.atomic
def gem_opfoelgning(*, bruger, opfoelgning: Opfoelgning, felter: dict, version: int | None) -> Opfoelgning:
    """Write a follow-up; a new one has no primary key. Another goal or data year copies the figures anew; a changed
    conclusion or date leaves them as the board saw them. Raises ValidationError, Versionskonflikt."""
    plan = opfoelgning.plan
    tjek(bruger, Rettighed.RET, plan)
    _tjek(plan, felter)
    gemt = laas(opfoelgning, version) if opfoelgning.pk else None
    maal, aar = felter.get("maal") or opfoelgning.maal, felter.get("data_aar", opfoelgning.data_aar)
    if gemt is None or (gemt.maal_id, gemt.data_aar) != (maal.pk, aar):
        felter = felter | {"tal": tallene(plan, maal, aar)}
    if gemt is not None:
        actions.ret(bruger=bruger, objekt=opfoelgning, felter=felter, version=version, tilladte=FELTER | {"tal"})
        return opfoelgning
    for felt, vaerdi in felter.items():
        setattr(opfoelgning, felt, vaerdi)
    return actions.opret(bruger=bruger, objekt=opfoelgning)


def _tjek(plan, felter: dict) -> None:
    dato: date | None = felter.get("dato")
    fejl = {}
    if dato and dato > timezone.localdate():
        fejl["dato"] = "Mødet er ikke holdt endnu. Skriv opfølgningen, når det er."
    if dato and felter.get("data_aar") and felter["data_aar"] > dato.year:
        fejl["data_aar"] = "Tallene kan ikke være nyere end mødet."
    if (maal := felter.get("maal")) and maal.indsatsomraade.regelsaet_id != plan.regelsaet_id:
        fejl["maal"] = "Målet hører til en anden pulje."
    if fejl:
        raise ValidationError(fejl)


@transaction.atomic
def slet_opfoelgning(*, bruger, opfoelgning: Opfoelgning) -> None:
    tjek(bruger, Rettighed.RET, opfoelgning.plan)
    actions.slet(bruger=bruger, objekt=opfoelgning)
