"""Keeping an edition of the evidence for the auditor, and taking in minutes of a meeting held elsewhere."""

from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from aftaler.actions.bilag import laes_bilag
from aftaler.models import Helhedsplan
from aftaler.queries.adgang import tjek
from dokumenter import lager
from helhedsplan import actions, revisionsspor
from helhedsplan.actions import laas
from helhedsplan.formats import opremsning
from helhedsplan.pdf import PdfFejl, med_noegleord
from helhedsplan.rettigheder import Rettighed
from indikatorer.queries.opfoelgning import plan_maal
from moeder.bevis.filord import filens_ord
from moeder.bevis.indhold import bevisaar
from moeder.bevis.linjer import linjer
from moeder.bevis.papir import hent_bevis, tegn
from moeder.models import Bevisudgave, Moedepapir, UploadetReferat

ER_BRUGT = "Filen er allerede brugt som referat af et møde, her eller i en anden plan. En fil er referat af ét møde."
IMENS = "En anden har lavet en udgave imens. Hent siden igen, og se den."


def lav_bevisudgave(*, bruger, plan: Helhedsplan, aar: int) -> Bevisudgave:
    """Keep the evidence as it stands. The records are read while nobody writes in the plan, and drawn afterwards.

    Nothing to keep when the newest edition says the same. Raises ValidationError.
    """
    tjek(bruger, Rettighed.RET, plan)
    with transaction.atomic():
        revisionsspor.laas(plan.noegle)
        seneste = _seneste(plan, aar)
        b, anker = hent_bevis(plan, aar), revisionsspor.anker(plan.noegle)
    siger = linjer(b)
    if seneste and seneste.linjer == siger:
        raise ValidationError(f"Der er ikke ændret noget siden udgave {seneste.nummer}. Giv revisor den.", code="ens")
    try:
        with med_noegleord(anker):
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


@dataclass(frozen=True)
class Referatupload:
    """A file that is said to be the minutes of a meeting, and what is said of it: {number of the goal: conclusion}."""

    dato: date
    indhold: bytes
    filnavn: str
    konklusioner: dict[int, str]


@transaction.atomic
def upload_referat(*, bruger, plan: Helhedsplan, upload: Referatupload) -> UploadetReferat:
    """Keep minutes of a board meeting that was held outside the program, as that person's statement. ValidationError
    with the field at fault."""
    tjek(bruger, Rettighed.RET, plan)
    if upload.dato > timezone.localdate():
        raise ValidationError({"dato": "Mødet er ikke holdt endnu."})
    if upload.dato.year not in (aar := bevisaar(plan, timezone.localdate())):
        kendte = opremsning([str(et) for et in reversed(aar)]) or "ingen år"
        raise ValidationError({"dato": f"Der er ikke noget opfølgningsbevis for {upload.dato.year}, kun for {kendte}."})
    maalene = plan_maal(plan)
    numre = {m.nummer for m in maalene}
    maal = [{"nummer": nr, "konklusion": ord_} for nr, ord_ in sorted(upload.konklusioner.items()) if ord_.strip()]
    if not maal or not {m["nummer"] for m in maal} <= numre:
        raise ValidationError("Skriv, hvad bestyrelsen konkluderede om mindst ét af planens mål.", code="uden_maal")
    try:
        laest = laes_bilag(upload.indhold, upload.filnavn)
    except ValidationError as fejl:
        raise ValidationError({"fil": fejl.messages}) from fejl
    if laest.endelse != ".pdf":
        raise ValidationError({"fil": "Referatet skal være en PDF."})
    navn, maerke = lager.gem(laest.data, "referater", ".pdf")
    brugt = Moedepapir.objects.filter(pdf_sha256=maerke), UploadetReferat.objects.filter(pdf_sha256=maerke)
    if any(fundne.exists() for fundne in brugt):
        raise ValidationError({"fil": ER_BRUGT}, code="brugt")
    laas(plan)
    referat = UploadetReferat(
        plan=plan,
        dato=upload.dato,
        maal=maal,
        filnavn=f"{PurePath(upload.filnavn).stem[:180]}.pdf",
        pdf=navn,
        pdf_sha256=maerke,
        uploadet=timezone.now(),
        uploadet_af=bruger,
        laest=filens_ord(laest.data, upload.dato, maalene),
    )
    return actions.opret(bruger=bruger, objekt=referat, handling="uploadet")


@transaction.atomic
def bekraeft_referat(*, bruger, referat: UploadetReferat) -> UploadetReferat:
    """Another person than who put it in says that these are the minutes. Raises ValidationError."""
    tjek(bruger, Rettighed.DELTAG, referat.plan)
    gemt = laas(referat)
    if gemt.uploadet_af_id == bruger.pk:
        raise ValidationError("Du har selv uploadet referatet. En anden skal bekræfte det.")
    if gemt.trukket:
        raise ValidationError("Referatet er trukket tilbage.")
    if gemt.bekraeftet:
        raise ValidationError("Referatet er allerede bekræftet.")
    try:
        data = lager.hent(gemt.pdf.name, gemt.pdf_sha256)
    except lager.Lagerfejl as fejl:
        raise ValidationError(str(fejl)) from fejl
    felter = {"bekraeftet": timezone.now(), "bekraeftet_af": bruger}
    if gemt.laest is None:
        felter["laest"] = filens_ord(data, gemt.dato, plan_maal(referat.plan))
    actions.ret(bruger=bruger, objekt=referat, felter=felter, tilladte=set(felter), handling="bekræftet")
    return referat


@transaction.atomic
def traek_referat(*, bruger, referat: UploadetReferat) -> None:
    """It proves nothing from now on, and stands as withdrawn. Raises ValidationError."""
    tjek(bruger, Rettighed.RET, referat.plan)
    if laas(referat).trukket:
        raise ValidationError("Referatet er allerede trukket tilbage.")
    felter = {"trukket": timezone.now()}
    actions.ret(bruger=bruger, objekt=referat, felter=felter, tilladte=set(felter), handling="trukket tilbage")
