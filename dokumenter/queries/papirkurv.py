"""What is not put back while a body decides on the paper that it stands in."""

from django.db import models

from aftaler.choices import Dokumentart
from aftaler.models import Delaftale, Helhedsplan
from aftaler.queries.dokument import PAPIRTYPER
from budget.models import Budget
from dokumenter.choices import Tilstand
from dokumenter.queries.udgave import viste
from helhedsplan.models.haendelse import objekttype


def _papir(objekt: models.Model) -> tuple[str, str] | None:
    """The kind and subject of the paper that the thing is written in; None when it is in none."""
    if isinstance(objekt, Budget):
        return Dokumentart.BUDGET.value, ""
    delaftale = objekt if isinstance(objekt, Delaftale) else getattr(objekt, "delaftale", None)
    if isinstance(delaftale, Delaftale):
        return Dokumentart.DELAFTALE.value, delaftale.indsatsomraade.noegle
    return (Dokumentart.SAMARBEJDSAFTALE.value, "") if objekttype(objekt) in PAPIRTYPER else None


def papiret_er_til_godkendelse(objekt: models.Model) -> list[str]:
    plan, papir = getattr(objekt, "plan", None), _papir(objekt)
    if plan is None or papir is None or isinstance(objekt, Helhedsplan):
        return []
    afventer = [v.udgave for v in viste(plan, art=papir[0], emne=papir[1]) if v.tilstand == Tilstand.TIL_GODKENDELSE]
    return [
        f"{udgave.titel} er til godkendelse. Vent, til der er truffet afgørelse, eller træk udgaven tilbage først."
        for udgave in afventer[:1]
    ]
