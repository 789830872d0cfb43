"""Making the package, and noting that somebody has uploaded it. The program itself sends nothing to anybody."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from aftaler.models import Helhedsplan
from aftaler.queries.adgang import tjek
from dokumenter import lager, pakkefil
from dokumenter.models import Pakke
from dokumenter.queries.pakke import pakkedokumenter, pakkestilling
from helhedsplan import actions
from helhedsplan.actions import laas
from helhedsplan.formats import lang_dato
from helhedsplan.rettigheder import Rettighed


def lav_pakke(*, bruger, plan: Helhedsplan) -> Pakke:
    """The package of the editions that count now; the one already made when they are the same.

    Drawn first, saved after. Raises ValidationError saying what is missing, PermissionDenied.
    """
    tjek(bruger, Rettighed.RET, plan)
    stilling = pakkestilling(plan)
    if not stilling.klar:
        raise ValidationError(["Pakken er ikke klar til upload.", *stilling.mangler], code="ikke_klar")
    try:
        indhold = pakkefil.byg(plan, pakkedokumenter(plan, stilling))
        navn, maerke = lager.gem(indhold.data, "pakker", ".zip")
    except lager.Lagerfejl as fejl:
        raise ValidationError(str(fejl), code="lager") from fejl
    return _gem(bruger, plan, navn, maerke, indhold)


@transaction.atomic
def _gem(bruger, plan: Helhedsplan, navn: str, maerke: str, indhold: pakkefil.Pakkeindhold) -> Pakke:
    laas(plan)
    kendt = Pakke.objects.filter(plan=plan, sha256=maerke).first()
    if kendt:
        return kendt
    pakke = Pakke(plan=plan, sha256=maerke, fil=navn, linjer=indhold.som_data())
    return actions.opret(bruger=bruger, objekt=pakke, handling="lavet")


@transaction.atomic
def uploadet(*, bruger, pakke: Pakke, dato: date, af: str) -> bool:
    """Note that the package was uploaded on the case, on that day and by that person. Said once.

    Raises ValidationError, PermissionDenied.
    """
    tjek(bruger, Rettighed.RET, pakke.plan)
    gemt = laas(pakke)
    if gemt.uploadet_den:
        raise ValidationError(f"Pakken blev uploadet {lang_dato(gemt.uploadet_den)}.", code="uploadet")
    if dato > timezone.localdate():
        raise ValidationError({"dato": "Datoen kan ikke ligge ude i fremtiden."}, code="fremtid")
    if dato < timezone.localdate(gemt.oprettet):
        besked = f"Pakken er lavet {lang_dato(timezone.localdate(gemt.oprettet))} og kan ikke være uploadet før."
        raise ValidationError({"dato": besked}, code="foer_pakken")
    if not af.strip():
        raise ValidationError({"af": "Skriv, hvem der uploadede pakken."}, code="af")
    felter = {"uploadet_den": dato, "uploadet_af": af.strip()}
    return actions.ret(bruger=bruger, objekt=pakke, felter=felter, tilladte=set(felter), handling="uploadet")
