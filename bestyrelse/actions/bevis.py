"""Keeping an edition of the evidence for the auditor."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from aftaler.models import Helhedsplan
from aftaler.queries.adgang import tjek
from bestyrelse.bevis.linjer import linjer
from bestyrelse.bevis.papir import hent_bevis, tegn
from bestyrelse.models import Bevisudgave
from dokumenter import lager
from helhedsplan import actions, revisionsspor
from helhedsplan.actions import laas
from helhedsplan.pdf import PdfFejl
from helhedsplan.rettigheder import Rettighed

IMENS = "En anden har lavet en udgave imens. Hent siden igen, og se den."


def lav_bevisudgave(*, bruger, plan: Helhedsplan, aar: int) -> Bevisudgave:
    """Keep the evidence as it stands. The records are read while nobody writes in the plan, and drawn afterwards.

    Nothing to keep when the newest edition says the same. Raises ValidationError.
    """
    tjek(bruger, Rettighed.RET, plan)
    with transaction.atomic():
        revisionsspor.laas(plan.noegle)
        seneste = _seneste(plan, aar)
        b = hent_bevis(plan, aar)
    siger = linjer(b)
    if seneste and seneste.linjer == siger:
        raise ValidationError(f"Der er ikke ændret noget siden udgave {seneste.nummer}. Giv revisor den.", code="ens")
    try:
        papir = tegn(b)
    except PdfFejl as fejl:
        raise ValidationError(str(fejl), code="pdf") from fejl
    with transaction.atomic():
        laas(plan)
        if _seneste(plan, aar) != seneste:
            raise ValidationError(IMENS, code="imens")
        navn, maerke = lager.gem(papir.data, "beviser", ".pdf")
        udgave = Bevisudgave(
            plan=plan,
            aar=aar,
            nummer=seneste.nummer + 1 if seneste else 1,
            hovedlinje=b.hovedlinje,
            linjer=siger,
            pdf=navn,
            pdf_sha256=maerke,
            lavet=timezone.now(),
            lavet_af=bruger,
        )
        return actions.opret(bruger=bruger, objekt=udgave, handling="udgivet")


def _seneste(plan: Helhedsplan, aar: int) -> Bevisudgave | None:
    return Bevisudgave.objects.filter(plan=plan, aar=aar).order_by("-nummer").first()
