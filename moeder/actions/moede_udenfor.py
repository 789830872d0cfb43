"""Meetings that were held outside the program: said to be so by a person, with the day and, if at hand, the minutes."""

from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from aftaler.actions.bilag import laes_bilag
from aftaler.models import Helhedsplan
from aftaler.queries.adgang import tjek
from aftaler.rules import foer_planen
from dokumenter import lager
from helhedsplan import actions
from helhedsplan.actions import laas
from helhedsplan.rettigheder import Rettighed
from moeder.choices import Moedetilstand
from moeder.models import Moede
from moeder.queries.moede import KOMMENDE, dagen_ligger_fast, foer_moedet


@dataclass(frozen=True)
class Referatfil:
    """Minutes as a file, as it came."""

    data: bytes
    navn: str


@transaction.atomic
def meld_moede_holdt(
    *, bruger, plan: Helhedsplan, art: str, dato: date, moede: Moede | None = None, referat: Referatfil | None = None
) -> Moede:
    """A body met that day. `moede`: the meeting that was planned; else one is made. Said twice, the first counts.

    Raises ValidationError with the field at fault.
    """
    tjek(bruger, Rettighed.RET, plan)
    if dato > timezone.localdate():
        raise ValidationError({"dato": "Mødet er ikke holdt endnu."}, code="fremtid")
    if foer := foer_planen(dato, plan.begynder, timezone.localdate()):
        raise ValidationError({"dato": foer}, code="foer_planen")
    laas(plan)
    moede = moede or _samme_dag(plan, art, dato)
    if moede is not None:
        moede.plan = plan
        gemt = laas(moede)
        if gemt.tilstand == Moedetilstand.HOLDT and (referat is None or gemt.referatfil):
            return moede
        if gemt.tilstand in KOMMENDE:
            _tjek_uden_sag(gemt)
        if gemt.dato != dato and (fast := dagen_ligger_fast(gemt)):
            raise ValidationError({"dato": fast}, code="sket")
        if gemt.dato == dato and (foer := foer_moedet(gemt)):
            raise ValidationError({"dato": foer}, code="fremtid")
    felter = {"dato": dato, "tilstand": Moedetilstand.HOLDT, "uden_for_programmet": True} | _fil(referat)
    if moede is None:
        return actions.opret(bruger=bruger, objekt=Moede(plan=plan, art=art, **felter), handling="meldt holdt")
    actions.ret(bruger=bruger, objekt=moede, felter=felter, tilladte=set(felter), handling="meldt holdt")
    return moede


def _samme_dag(plan: Helhedsplan, art: str, dato: date) -> Moede | None:
    alle = Moede.objects.filter(plan=plan, art=art, dato=dato).exclude(tilstand=Moedetilstand.AFLYST)
    return alle.order_by("pk").first()


def _tjek_uden_sag(moede: Moede) -> None:
    """What the board is to decide in the program it is called to in the program."""
    if moede.punkter.exists():
        besked = "Mødet har punkter på dagsordenen. Send dagsordenen, og skriv på mødets side, at det er holdt."
        raise ValidationError(besked, code="har_punkter")


def _fil(referat: Referatfil | None) -> dict:
    if referat is None:
        return {}
    try:
        laest = laes_bilag(referat.data, referat.navn)
    except ValidationError as fejl:
        raise ValidationError({"fil": fejl.messages}) from fejl
    if laest.endelse != ".pdf":
        raise ValidationError({"fil": "Referatet skal være en PDF."})
    navn, maerke = lager.gem(laest.data, "referater", ".pdf")
    filnavn = f"{PurePath(referat.navn).stem[:180]}.pdf"
    return {"referatfil": navn, "referatfil_navn": filnavn, "referatfil_sha256": maerke}
