"""Where an area stood on the state's lists."""

from django.core.exceptions import ValidationError
from django.db import transaction

from aftaler.queries.adgang import tjek
from helhedsplan import actions
from helhedsplan.actions import Aendring, laas
from helhedsplan.formats import opremsning
from helhedsplan.rettigheder import Rettighed
from indikatorer.models import Omraadestatus
from indikatorer.queries.status import kriterier, laes_vaerdier, lister
from indikatorer.rules.status import vaerdifejl

FELTER = frozenset({"omraade", "aar", "kategori", "vaerdier", "kilde"})
#: The form's fields for the criteria are called this and the criterion's key.
FELT = "kriterium_"


@transaction.atomic
def gem_status(*, bruger, status: Omraadestatus, felter: dict, version: int | None) -> Omraadestatus:
    """Write an area's status of a year; a new one has no primary key. `vaerdier`: criterion -> Decimal, or text with a
    point. Raises ValidationError, Versionskonflikt."""
    tjek(bruger, Rettighed.RET, status.plan)
    if "vaerdier" in felter:
        felter = felter | {"vaerdier": _rensede(felter["vaerdier"])}
    if (omraade := felter.get("omraade")) and omraade.plan_id != status.plan_id:
        raise ValidationError({"omraade": "Området hører til en anden plan."}, code="fremmed")
    if status.pk:
        gemt = laas(status, version)
        ekstra = _pr_kriterium(gemt.vaerdier, felter.get("vaerdier", gemt.vaerdier))
        actions.ret(bruger=bruger, objekt=status, felter=felter, version=version, tilladte=FELTER, ekstra=ekstra)
        return status
    for felt, vaerdi in felter.items():
        setattr(status, felt, vaerdi)
    return actions.opret(bruger=bruger, objekt=status)


def _pr_kriterium(foer: dict, efter: dict) -> list[Aendring]:
    """What has changed by criterion, as the form's fields are called, so that two people's changes can be merged."""
    kendte, foer, efter = kriterier(lister()), laes_vaerdier(foer), laes_vaerdier(efter)
    return [
        Aendring(f"{FELT}{noegle}", kendte[noegle].navn if noegle in kendte else noegle, foer.get(noegle), ny)
        for noegle in sorted(foer.keys() | efter.keys())
        if foer.get(noegle) != (ny := efter.get(noegle))
    ]


def _rensede(vaerdier: dict) -> dict[str, str]:
    """The figures as they are stored; empty ones are left out."""
    kendte = kriterier(lister())
    laest = laes_vaerdier({noegle: v for noegle, v in vaerdier.items() if v is not None})
    if ukendte := sorted(set(laest) - set(kendte)):
        raise ValidationError(f"Kriteriet {opremsning(ukendte)} findes ikke på nogen liste.", code="ukendt")
    if fejl := vaerdifejl(kendte, laest):
        raise ValidationError({f"{FELT}{noegle}": besked for noegle, besked in fejl.items()})
    return {noegle: f"{laest[noegle].normalize():f}" for noegle in sorted(laest)}


@transaction.atomic
def slet_status(*, bruger, status: Omraadestatus) -> None:
    tjek(bruger, Rettighed.RET, status.plan)
    actions.slet(bruger=bruger, objekt=status)
