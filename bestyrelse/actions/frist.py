"""Days that persons set in a plan's calendar, and what they say is done."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from aftaler.models import Helhedsplan
from aftaler.queries.adgang import tjek
from bestyrelse.models import Frist
from bestyrelse.queries.kalender import planens_kalender
from helhedsplan import actions
from helhedsplan.actions import laas
from helhedsplan.rettigheder import Rettighed

FELTER = frozenset({"dato", "titel", "note", "udfoert"})


@transaction.atomic
def gem_frist(*, bruger, frist: Frist, felter: dict, version: int | None) -> Frist:
    """Write a deadline; a new one has no primary key. Raises ValidationError, Versionskonflikt."""
    tjek(bruger, Rettighed.RET, frist.plan)
    if (udfoert := felter.get("udfoert")) and udfoert > timezone.localdate():
        raise ValidationError({"udfoert": "Dagen er ikke kommet endnu. Skriv den, når det er gjort."})
    if frist.pk is None:
        for felt, vaerdi in felter.items():
            setattr(frist, felt, vaerdi)
        return actions.opret(bruger=bruger, objekt=frist)
    laas(frist, version)
    actions.ret(bruger=bruger, objekt=frist, felter=felter, version=version, tilladte=FELTER)
    return frist


@transaction.atomic
def slet_frist(*, bruger, frist: Frist) -> None:
    tjek(bruger, Rettighed.RET, frist.plan)
    actions.slet(bruger=bruger, objekt=frist)


@transaction.atomic
def meld_udfoert(*, bruger, plan: Helhedsplan, uid: str) -> Frist:
    """A line of the calendar is done today: a person's own, or one that the program cannot see done by itself.

    Said twice, the first day counts. Raises ValidationError for a line that is done elsewhere.
    """
    tjek(bruger, Rettighed.RET, plan)
    laas(plan)
    linje = _linje(plan, uid)
    if linje.frist is not None:
        frist = plan.frister.get(pk=linje.frist.pk)
        if frist.udfoert is None:
            felter = {"udfoert": timezone.localdate()}
            actions.ret(bruger=bruger, objekt=frist, felter=felter, tilladte=FELTER, handling="udført")
        return frist
    if not linje.kan_meldes_udfoert or linje.er_udfoert:
        raise ValidationError(
            f"»{linje.titel}« bliver udført af sig selv, når det er gjort der, hvor linjen fører hen."
        )
    frist = Frist(plan=plan, dato=linje.dato, titel=linje.titel, afledt=uid, udfoert=timezone.localdate())
    return actions.opret(bruger=bruger, objekt=frist, handling="udført")


@transaction.atomic
def genaabn(*, bruger, plan: Helhedsplan, uid: str) -> None:
    """It was not done after all."""
    tjek(bruger, Rettighed.RET, plan)
    laas(plan)
    linje = _linje(plan, uid)
    if linje.frist is None:
        raise ValidationError(f"»{linje.titel}« er ikke meldt udført i kalenderen.")
    frist = plan.frister.get(pk=linje.frist.pk)
    if frist.afledt:
        actions.slet(bruger=bruger, objekt=frist)
    else:
        actions.ret(bruger=bruger, objekt=frist, felter={"udfoert": None}, tilladte=FELTER, handling="genåbnet")


def _linje(plan: Helhedsplan, uid: str):
    fundet = next((linje for linje in planens_kalender(plan, timezone.localdate()) if linje.uid == uid), None)
    if fundet is None:
        raise ValidationError("Linjen står ikke længere i kalenderen. Hent siden igen.", code="slettet")
    return fundet
