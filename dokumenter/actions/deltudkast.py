"""A draft that is shared: drawn now with UDKAST and the day on every page, or put in as it was shared before. Its bytes
are kept as an edition's are, and it is never one.

The two are kept apart. The day of what the program draws is the program's own; the day of a file is what a person
tells. A file that the program made itself is told by its bytes, or by what it prints in its foot, and has no other day.
"""

from dataclasses import dataclass
from datetime import date, datetime

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
from dokumenter import lager, rules
from dokumenter.actions.bilag import Fil
from dokumenter.choices import Oprindelse
from dokumenter.models import Deltudkast, Filrevision
from dokumenter.oejebliksbillede import Papir, gem_billeder, udkast
from dokumenter.queries.udgave import kendt_udgave
from dokumenter.underskrift import trykt
from helhedsplan import actions, fremmedpdf, pdf
from helhedsplan.actions import laas
from helhedsplan.formats import lang_dato, tidspunkt
from helhedsplan.grunde import tjek_grund
from helhedsplan.rettigheder import Rettighed
from indikatorer.actions.udgivne import gem_udgivne_tal

MAPPE = "udkast"
KUN_PDF = "Læg udkastet ind som PDF, som det blev delt."


@dataclass(frozen=True)
class Indlagt:
    """A file that was put in: its bytes, and where they are from. tegnet: when the program drew them; None when it
    cannot be known here. filens_dato: what the file says of itself."""

    data: bytes
    oprindelse: str
    tegnet: datetime | None = None
    filens_dato: date | None = None


def del_udkast(
    *, bruger, plan: Helhedsplan, art: str, emne: str, delt_den: date, delt_med: str, fil: Fil | None = None
) -> Deltudkast:
    """Without `fil` the draft is drawn as it stands, and was shared today. Raises ValidationError, PdfFejl, Http404."""
    tjek(bruger, Rettighed.RET, plan)
    nu = timezone.now()
    i_dag = timezone.localdate(nu)
    if delt_den > i_dag:
        raise ValidationError({"delt_den": "Et udkast kan ikke være delt i fremtiden."}, code="fremtid")
    if besked := foer_planen(delt_den, plan.begynder, i_dag):
        raise ValidationError({"delt_den": besked}, code="foer_planen")
    papir = udkast(plan, art, emne)
    hvad = {"plan": plan, "art": art, "emne": emne, "titel": papir.titel}
    ny = Deltudkast(**hvad, delt_den=delt_den, delt_med=delt_med, lagt_ind=nu, lagt_ind_af=str(bruger))
    if fil is not None:
        indlagt = _laest(fil, ny, papir)
    elif delt_den == i_dag:
        gem_billeder(plan, papir)
        tegn = budgetpdf.papir if isinstance(papir, Budgetpapir) else aftalepdf.papir
        indlagt = Indlagt(tegn(papir, af=str(bruger)).data, Oprindelse.HER.value, nu)
    else:
        besked = (
            f"Kladden, som den står i dag, er ikke det, der blev delt {lang_dato(delt_den)}. "
            "Læg den fil ind, der blev delt, eller vælg i dag."
        )
        raise ValidationError({"fil": besked}, code="uden_fil")
    ny.fil, ny.sha256 = lager.gem(indlagt.data, MAPPE, ".pdf")
    ny.oprindelse, ny.tegnet, ny.filens_dato = indlagt.oprindelse, indlagt.tegnet, indlagt.filens_dato
    with transaction.atomic():
        if fil is None:
            gem_udgivne_tal(bruger=bruger, plan=plan)
        return actions.opret(bruger=bruger, objekt=ny, handling="delt")


def traek_delt_udkast(*, bruger, udkast: Deltudkast, grund: str) -> bool:
    """Say that a row was written by mistake. It stands, with who and why, and its file with it."""
    tjek(bruger, Rettighed.RET, udkast.plan)
    with transaction.atomic():
        laas(udkast.plan)
        gemt = laas(udkast)
        rules.tjek("Det delte udkast er allerede trukket tilbage." if gemt.trukket else "")
        tjek_grund(grund, "trukket_grund", "Skriv, hvorfor det delte udkast trækkes tilbage.")
        felter = {"trukket": timezone.now(), "trukket_af": str(bruger), "trukket_grund": grund.strip()}
        return actions.ret(
            bruger=bruger, objekt=gemt, felter=felter, version=None, tilladte=set(felter), handling="trukket tilbage"
        )


# --- a file that is put in -------------------------------------------------------------------------------------------


def _laest(fil: Fil, ny: Deltudkast, papir: Papir) -> Indlagt:
    try:
        laest = laes_bilag(fil.data, fil.navn)
    except ValidationError as fejl:
        raise ValidationError({"fil": fejl.messages}) from fejl
    if laest.endelse != ".pdf":
        raise ValidationError({"fil": KUN_PDF}, code="slags")
    maerke = lager.sha256(laest.data)
    if Filrevision.objects.filter(sha256=maerke).exists():
        raise ValidationError({"fil": "Filen er en udgave, ikke et udkast. Den står under Udgaver."}, code="udgave")
    ens = Deltudkast.objects.filter(plan=ny.plan, art=ny.art, emne=ny.emne, sha256=maerke)
    egen = ens.filter(oprindelse=Oprindelse.HER.value).first()
    if egen is not None:
        _tjek_dag(
            timezone.localdate(egen.tegnet), ny.delt_den, f"Programmet tegnede selv filen {tidspunkt(egen.tegnet)}."
        )
        return Indlagt(laest.data, Oprindelse.HER.value, egen.tegnet)
    siger = fremmedpdf.laes_om_sig_selv(laest.data)
    oprindelse = _efter_maerker(siger, papir, ny.delt_den)
    return Indlagt(laest.data, oprindelse, filens_dato=siger.dato)


def _efter_maerker(siger: fremmedpdf.OmSigSelv, papir: Papir, delt_den: date) -> str:
    """Where a file whose bytes are not known is from, by what stands in its foot. Raises ValidationError when it is a
    paper of this program that was not shared that day."""
    ider = [fundet for side in siger.sider if (fundet := trykt.i_foden(side))]
    dokument_id = ider[0] if ider else ""
    udgave = kendt_udgave(dokument_id, siger.fil_id)
    if udgave is not None:
        besked = f"Filen er {udgave}, ikke et udkast. Udgaver står for sig."
        raise ValidationError({"fil": besked}, code="udgave")
    if not dokument_id:
        return Oprindelse.UDEFRA.value
    if not _er_papiret(papir, dokument_id, siger.sider[0]):
        besked = f"På filen står dokument-id {dokument_id}. Det er et andet af programmets papirer end {papir.titel}."
        raise ValidationError({"fil": besked}, code="andet_papir")
    dage = {dag for side in siger.sider if (dag := pdf.udkastets_dag(side))}
    if len(dage) != 1:
        besked = (
            "Filen er lavet af programmet, men den dag, den er tegnet, kan ikke læses på den. Den kan ikke lægges ind "
            "som et udkast, der kommer udefra."
        )
        raise ValidationError({"fil": besked}, code="uden_dag")
    dag = dage.pop()
    _tjek_dag(dag, delt_den, f"På filen står, at programmet tegnede den {lang_dato(dag)}.")
    return Oprindelse.MAERKET.value


def _er_papiret(papir: Papir, dokument_id: str, forside: str) -> bool:
    """Papers that a plan has but one of have one id but for its end, and are told by their title."""
    if trykt.grov(dokument_id.rpartition("/")[0]) != trykt.grov(_noegle(papir)):
        return False
    return "/" in _noegle(papir) or trykt.grov(trykt.ren(papir.titel)) in trykt.grov(trykt.ren(forside))


def _noegle(papir: Papir) -> str:
    """What the id of the paper's drafts begins with."""
    return f"{papir.plan_noegle}/{papir.budget_noegle}" if isinstance(papir, Budgetpapir) else papir.noegle


def _tjek_dag(dens: date, delt_den: date, hvorfra: str) -> None:
    if dens != delt_den:
        besked = f"{hvorfra} Skriv den dag, eller læg den fil ind, der blev delt {lang_dato(delt_den)}."
        raise ValidationError({"delt_den": besked}, code="anden_dag")
