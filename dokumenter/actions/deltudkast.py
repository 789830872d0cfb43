"""A draft that is shared: drawn now with UDKAST and the day on every page, or put in as it was shared before. Its bytes
are kept as an edition's are, and it is never one."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from aftaler import pdf as aftalepdf
from aftaler.actions.bilag import laes_bilag
from aftaler.models import Helhedsplan
from aftaler.queries.adgang import tjek
from aftaler.rules import foer_planen
from budget import pdf as budgetpdf
from budget.queries.papir import Budgetpapir
from dokumenter import lager
from dokumenter.actions.bilag import Fil
from dokumenter.models import Deltudkast
from dokumenter.oejebliksbillede import gem_billeder, udkast
from helhedsplan import actions
from helhedsplan.formats import lang_dato
from helhedsplan.rettigheder import Rettighed
from indikatorer.actions.udgivne import gem_udgivne_tal

MAPPE = "udkast"
KUN_PDF = "Læg udkastet ind som PDF, som det blev delt."


def del_udkast(
    *, bruger, plan: Helhedsplan, art: str, emne: str, delt_den: date, delt_med: str, fil: Fil | None = None
) -> Deltudkast:
    """Without `fil` the draft is drawn as it stands, and was shared today. Raises ValidationError, PdfFejl, Http404."""
    tjek(bruger, Rettighed.RET, plan)
    i_dag = timezone.localdate()
    if delt_den > i_dag:
        raise ValidationError({"delt_den": "Et udkast kan ikke være delt i fremtiden."}, code="fremtid")
    if besked := foer_planen(delt_den, plan.begynder, i_dag):
        raise ValidationError({"delt_den": besked}, code="foer_planen")
    papir = udkast(plan, art, emne)
    if fil is not None:
        data = _laest(fil)
    elif delt_den == i_dag:
        gem_billeder(plan, papir)
        tegn = budgetpdf.papir if isinstance(papir, Budgetpapir) else aftalepdf.papir
        data = tegn(papir, af=str(bruger)).data
    else:
        besked = (
            f"Kladden, som den står i dag, er ikke det, der blev delt {lang_dato(delt_den)}. "
            "Læg den fil ind, der blev delt, eller vælg i dag."
        )
        raise ValidationError({"fil": besked}, code="uden_fil")
    sti, maerke = lager.gem(data, MAPPE, ".pdf")
    ny = Deltudkast(
        plan=plan, art=art, emne=emne, titel=papir.titel, delt_den=delt_den, delt_med=delt_med, fil=sti, sha256=maerke
    )
    with transaction.atomic():
        if fil is None:
            gem_udgivne_tal(bruger=bruger, plan=plan)
        return actions.opret(bruger=bruger, objekt=ny, handling="delt")


def _laest(fil: Fil) -> bytes:
    try:
        laest = laes_bilag(fil.data, fil.navn)
    except ValidationError as fejl:
        raise ValidationError({"fil": fejl.messages}) from fejl
    if laest.endelse != ".pdf":
        raise ValidationError({"fil": KUN_PDF}, code="slags")
    return laest.data
