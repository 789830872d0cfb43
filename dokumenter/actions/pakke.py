"""Making the package, and noting that somebody has uploaded it. The program itself sends nothing to anybody."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from aftaler.models import Helhedsplan
from aftaler.queries.adgang import tjek
from dokumenter import lager, pakkefil
from dokumenter.kladdestand import pakkens_stilling
from dokumenter.models import Pakke
from dokumenter.queries.pakke import pakkedokumenter
from helhedsplan import actions
from helhedsplan.actions import laas
from helhedsplan.formats import lang_dato
from helhedsplan.grunde import tjek_grund
from helhedsplan.rettigheder import Rettighed

UDEN_GRUND = "Skriv, hvorfor pakken laves, som den er."


def lav_pakke(*, bruger, plan: Helhedsplan, begrundelse: str | None = None) -> Pakke:
    """The package of the editions that count now; the one already made when they are the same.

    begrundelse: why it is made though papers have changed since or were frozen with gaps; None where nobody is asked.
    Drawn first, saved after. Raises ValidationError saying what is missing, PermissionDenied.
    """
    tjek(bruger, Rettighed.RET, plan)
    stilling = pakkens_stilling(plan)
    if not stilling.klar:
        raise ValidationError(["Pakken er ikke klar til upload.", *stilling.mangler], code="ikke_klar")
    if stilling.forbeholdet and begrundelse is not None:
        tjek_grund(begrundelse, "begrundelse", UDEN_GRUND)
    grund = (begrundelse or "").strip() if stilling.forbeholdet else ""
    siger = f"{stilling.i_ord}." if stilling.forbeholdet else ""
    try:
        forbehold = f"{siger} Begrundelse: {grund}" if grund else siger
        indhold = pakkefil.byg(plan, pakkedokumenter(plan, stilling), forbehold)
        navn, maerke = lager.gem(indhold.data, "pakker", ".zip")
    except lager.Lagerfejl as fejl:
        raise ValidationError(str(fejl), code="lager") from fejl
    return _gem(bruger, Pakke(plan=plan, sha256=maerke, fil=navn, linjer=indhold.som_data(), begrundelse=grund))


@transaction.atomic
def _gem(bruger, pakke: Pakke) -> Pakke:
    laas(pakke.plan)
    kendt = Pakke.objects.filter(plan=pakke.plan, sha256=pakke.sha256).first()
    if kendt:
        return kendt
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
