"""Attachments: what may come in, and keeping it. Nothing that can run, and no CPR numbers in what can be read."""

import hashlib
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from xml.etree.ElementTree import ParseError

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max

from aftaler.actions.billeder import laes_billede
from aftaler.models import Bilag, Helhedsplan
from aftaler.models.bilag import UDGIVELSE
from aftaler.queries.adgang import tjek
from helhedsplan import actions, blanksider, fremmedpdf, underproces
from helhedsplan.actions import laas
from helhedsplan.cpr import uden_cpr
from helhedsplan.formats import tal
from helhedsplan.officefil import AKTIVT, OEDELAGT, siger_noget, uden_cpr_i
from helhedsplan.rettigheder import Rettighed
from helhedsplan.tabelfil.slags import afkod
from helhedsplan.tekst import har_rene_ord

HOEJST_BYTES = 10 * 1024 * 1024
HOEJST_UDPAKKET = 100 * 1024 * 1024
#: File ending -> type. Nothing else is taken.
TYPER = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".txt": "text/plain",
    ".csv": "text/csv",
}
#: What is told of a file when it is put in or later.
FORTALT = UDGIVELSE | {"underskrevet", "underskrevet_sagt"}
BILAGSFELTER = frozenset({"art", "titel", "papir"}) | FORTALT
ULAESELIG = "Filen kan ikke læses. Er det den rigtige, og er den hel?"
PDF_BESKEDER = {
    "IKKE_PDF": "Filen hedder .pdf, men er ingen PDF.",
    "KRYPTERET": "PDF-filen er krypteret. Gem den uden adgangskode, og prøv igen.",
    "SCRIPT": AKTIVT,
    "TVETYDIG": (
        "PDF-filen siger to forskellige ting om det samme, så to læsere kan vise hver sit. Gem den på ny som PDF, og "
        "prøv igen."
    ),
    "ANDETSTEDS": "En del af PDF-filen ligger i en anden fil eller på nettet. Gem den på ny som PDF, og prøv igen.",
    "ULAESELIG": ULAESELIG,
    "FOR_LANG": f"PDF-filen har over {tal(fremmedpdf.SIDER)} sider. Del den, og prøv igen.",
    **dict.fromkeys(
        ("FOR_TUNG", "OPBRUGT"),
        "PDF-filen er så tung at læse, at vi gav op. Gem den i en enklere udgave, eller del den.",
    ),
}
VIRKSOMT_I_OFFICE = ("vbaproject", "activex", "oleobject", "/embeddings/", "macrosheet", "customui")


@dataclass(frozen=True)
class LaestFil:
    """A file that may be kept: its bytes, ending and type."""

    data: bytes
    endelse: str
    indholdstype: str


def laes_bilag(data: bytes, filnavn: str, *, maa_vaere_blank: bool = False) -> LaestFil:
    """Check a file by its name and by what is in it. `maa_vaere_blank`: it was taken in once and is read back.
    Raises ValidationError with what to do."""
    uden_cpr(filnavn, "Filens navn")
    endelse = PurePath(filnavn).suffix.lower().replace(".jpeg", ".jpg")
    if not data:
        raise ValidationError("Filen er tom. Vælg en anden.")
    if len(data) > HOEJST_BYTES:
        raise ValidationError("Filen er over 10 MB. Gør den mindre, eller del den.")
    if endelse not in TYPER:
        kendte = ", ".join(sorted(e[1:].upper() for e in TYPER))
        raise ValidationError(f"Den slags fil kan ikke lægges ind. Brug en af disse: {kendte}.")
    proev = {".pdf": _proev_pdf, ".docx": _proev_office, ".xlsx": _proev_office, ".txt": _proev_tekst}
    if endelse in {".png", ".jpg"}:
        data, endelse = laes_billede(data)
    else:
        proev.get(endelse, _proev_tekst)(data)
    if not maa_vaere_blank:
        _tjek_at_der_staar_noget(data, endelse)
    return LaestFil(data, endelse, TYPER[endelse])


def _proev_pdf(data: bytes) -> None:
    try:
        fremmedpdf.tjek(data, indlejrede_filer=False)
        steder = fremmedpdf.laes_steder(data)
    except fremmedpdf.PdfAfvist as fejl:
        raise ValidationError(PDF_BESKEDER[fejl.kode]) from None
    for sted, tekst in steder:
        uden_cpr(tekst, sted)


def _tjek_at_der_staar_noget(data: bytes, endelse: str) -> None:
    """A file in which nothing stands proves nothing."""
    if endelse == ".pdf":
        try:
            tomme = blanksider.tomme_sider(data)
        except underproces.ForTung:
            raise ValidationError(PDF_BESKEDER["FOR_TUNG"]) from None
        except underproces.Mislykket:
            raise ValidationError(ULAESELIG) from None
        if tomme:
            hvor = "side 1" if tomme == 1 else f"nogen af de {tal(tomme)} sider"
            raise ValidationError(f"Der står ikke noget på {hvor} i filen. Vælg den rigtige fil.", code="blank")
    elif endelse in {".png", ".jpg"} and blanksider.er_blankt_billede(data):
        raise ValidationError("Billedet har kun én farve, og der står ikke noget. Vælg den rigtige fil.", code="blank")
    elif (endelse in {".docx", ".xlsx"} and not siger_noget(data)) or (
        endelse in {".txt", ".csv"} and not har_rene_ord(afkod(data))
    ):
        raise ValidationError("Der står ikke noget i filen. Vælg den rigtige fil.", code="blank")


def _proev_office(data: bytes) -> None:
    """A Word or Excel file: a sound ZIP that does not unfold into a bomb, without macros, and its text without CPR."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as arkiv:
            navne = arkiv.namelist()
            if sum(del_.file_size for del_ in arkiv.infolist()) > HOEJST_UDPAKKET:
                raise ValidationError("Filen fylder for meget, når den pakkes ud.")
            if "[Content_Types].xml" not in navne or arkiv.testzip() is not None:
                raise ValidationError(ULAESELIG)
            if any(maerke in navn.lower() for navn in navne for maerke in VIRKSOMT_I_OFFICE):
                raise ValidationError(AKTIVT)
            uden_cpr_i(arkiv)
    except (ParseError, *OEDELAGT):
        raise ValidationError(ULAESELIG) from None


def _proev_tekst(data: bytes) -> None:
    if b"\0" in data:
        raise ValidationError(ULAESELIG)
    try:
        tekst = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        tekst = data.decode("cp1252", errors="replace")
    if tekst.lstrip()[:100].lower().startswith(("<!doctype html", "<html", "<script", "#!", "<?php")):
        raise ValidationError(AKTIVT)
    for nr, linje in enumerate(tekst.splitlines(), 1):
        uden_cpr(linje, f"Linje {nr}")
    uden_cpr(tekst)


@transaction.atomic
def opret_bilag(
    *, bruger, plan: Helhedsplan, art: str, titel: str, indhold: bytes, filnavn: str, papir: str = "", **fortalt
) -> Bilag:
    """Keep a file with the plan. `papir`: the key of the required paper that it is; `fortalt`: when it was
    signed, where and when it was published. Raises ValidationError."""
    tjek(bruger, Rettighed.RET, plan)
    laest = laes_bilag(indhold, filnavn)
    laas(plan)
    sha = hashlib.sha256(laest.data).hexdigest()
    bilag = Bilag(
        plan=plan,
        papir=papir,
        orden=(plan.bilag.aggregate(m=Max("orden"))["m"] or 0) + 1,
        art=art,
        titel=titel,
        filnavn=f"{PurePath(filnavn).stem[:180]}{laest.endelse}",
        # The file is put in storage when the row is inserted, so that a refused text leaves none behind.
        fil=ContentFile(laest.data, name=f"{sha[:32]}{laest.endelse}"),
        sha256=sha,
        stoerrelse=len(laest.data),
        indholdstype=laest.indholdstype,
        **{felt: vaerdi for felt, vaerdi in fortalt.items() if felt in FORTALT},
    )
    return actions.opret(bruger=bruger, objekt=bilag)


@transaction.atomic
def ret_bilag(*, bruger, bilag: Bilag, felter: dict) -> bool:
    """Change what the attachment is called and what it is; another file is another attachment."""
    tjek(bruger, Rettighed.RET, bilag.plan)
    return actions.ret(bruger=bruger, objekt=bilag, felter=felter, tilladte=BILAGSFELTER)


@transaction.atomic
def slet_bilag(*, bruger, bilag: Bilag) -> None:
    """The file stays for as long as the attachment lies in the bin."""
    tjek(bruger, Rettighed.RET, bilag.plan)
    actions.slet(bruger=bruger, objekt=bilag)
