"""Days that persons set in a plan's calendar, and what they say is done."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from aftaler.actions.papirer import marker_gennemgaaet
from aftaler.actions.raekker import meld_naaet
from aftaler.models import Helhedsplan, Milepael
from aftaler.queries.adgang import tjek
from helhedsplan import actions
from helhedsplan.actions import laas
from helhedsplan.rettigheder import Rettighed
from kalender.choices import Kalenderslags
from kalender.models import Frist
from kalender.queries.kalender import planens_kalender
from kalender.queries.kalenderregler import MOEDE, Kalenderlinje, Milepaelsdata
from moeder.actions.moede_udenfor import meld_moede_holdt
from moeder.actions.moedepapir import hold, mangler_for_afholdelse
from moeder.models import Moede

FELTER = frozenset({"dato", "dato_sagt", "titel", "note", "udfoert"})


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
def meld_udfoert(*, bruger, plan: Helhedsplan, uid: str) -> str:
    """A line of the calendar is done today, and what it is called.

    A paper that is gone through, a meeting held and a milestone reached are written where they belong; of the rest the
    calendar keeps the mark. Said twice, the first day counts. Raises ValidationError for a line that is done elsewhere.
    """
    tjek(bruger, Rettighed.RET, plan)
    laas(plan)
    linje = _linje(plan, uid)
    if linje.frist is not None:
        frist = plan.frister.get(pk=linje.frist.pk)
        if frist.udfoert is None:
            felter = {"udfoert": timezone.localdate()}
            actions.ret(bruger=bruger, objekt=frist, felter=felter, tilladte=FELTER, handling="udført")
        return frist.titel
    if linje.er_aaben and (udfoert := _udfoer_paa_stedet(bruger, plan, linje)):
        return udfoert
    if not linje.kan_meldes_udfoert or linje.er_udfoert:
        raise ValidationError(
            f"»{linje.titel}« bliver udført af sig selv, når det er gjort der, hvor linjen fører hen."
        )
    frist = Frist(plan=plan, dato=linje.dato, titel=linje.titel, afledt=uid, udfoert=timezone.localdate())
    actions.opret(bruger=bruger, objekt=frist, handling="udført")
    return frist.titel


def _udfoer_paa_stedet(bruger, plan: Helhedsplan, linje: Kalenderlinje) -> str:
    """Write it where it belongs; '' for what only the calendar can keep."""
    if linje.slags == Kalenderslags.PAPIR:
        marker_gennemgaaet(bruger=bruger, plan=plan, papir=linje.uid.partition("-")[0])
    elif linje.milepael is not None:
        _milepael_naaet(bruger, plan, linje.milepael)
    elif linje.er_moede and linje.kan_meldes_udfoert:
        moede = Moede.objects.get(plan=plan, pk=linje.uid.removeprefix(MOEDE))
        moede.plan = plan
        if mangler_for_afholdelse(moede):
            meld_moede_holdt(bruger=bruger, plan=plan, art=moede.art, dato=moede.dato, moede=moede)
        else:
            hold(bruger=bruger, moede=moede)
    else:
        return ""
    return linje.titel


def _milepael_naaet(bruger, plan: Helhedsplan, data: Milepaelsdata) -> None:
    alle: QuerySet = Milepael.objects.select_related("aktivitet__delaftale__plan").filter(
        aktivitet__delaftale__plan=plan
    )
    if not data.ejer:
        alle = plan.planmilepaele.all()
    milepael = alle.filter(pk=data.pk).first()
    if milepael is None:
        raise ValidationError("Milepælen er rettet imens. Hent siden igen.", code="imens")
    meld_naaet(bruger=bruger, milepael=milepael)


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
