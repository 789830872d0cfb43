"""Signing: an invisible PAdES signature is appended, and every earlier byte stays as it is."""

import io
from dataclasses import dataclass

from dokumenter.underskrift.certifikater import Segl
from dokumenter.underskrift.domme import KanIkkeUnderskrive
from dokumenter.underskrift.loekke import i_egen_loekke

#: What a signature may be called: part of a field's name in the file.
FELT = "Underskrift{nummer}"
TIDSSTEMPEL = "Tidsstempel{nummer}"


@dataclass(frozen=True)
class Underskriftstekst:
    """What the signature says of itself: who, why, and where if that is known."""

    navn: str
    grund: str
    sted: str = ""


def klargoer(pdf: bytes) -> bytes:
    """Re-save a new paper once, before it is issued; the same bytes in give the same bytes out.

    Without WeasyPrint's one large object stream pyHanko checks a signature in a second instead of half a minute. The
    empty form is what signatures are put into, so that later files can be compared with the issued one.
    """
    import pikepdf

    ud = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as dokument:
        if "/AcroForm" not in dokument.Root:
            dokument.Root.AcroForm = dokument.make_indirect(pikepdf.Dictionary(Fields=pikepdf.Array(), SigFlags=3))
        dokument.save(ud, object_stream_mode=pikepdf.ObjectStreamMode.disable, deterministic_id=True)
    return ud.getvalue()


@i_egen_loekke
def underskriv(pdf: bytes, *, segl: Segl, tekst: Underskriftstekst) -> bytes:
    """The file with one more signature at its end, timestamped and B-LTA when the seal has a clock.

    Invisible: pyHanko's visible stamp breaks PDF/A and PDF/UA. Raises KanIkkeUnderskrive.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.signers import PdfSigner
    from pyhanko.sign.timestamps.common_utils import TimestampRequestError
    from pyhanko_certvalidator.errors import PathError

    skriver = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=True)
    underskriver = PdfSigner(_metadata(_antal(skriver.prev), segl, tekst), signer=segl.signer, timestamper=segl.ur)
    try:
        ny = underskriver.sign_pdf(skriver).getvalue()
    except (TimestampRequestError, OSError, TimeoutError) as fejl:
        raise KanIkkeUnderskrive("Tidsstempeltjenesten svarer ikke. Filen er som før. Prøv igen om lidt.") from fejl
    except (SigningError, PathError, ValueError) as fejl:
        raise KanIkkeUnderskrive(
            "Underskriften kunne ikke laves med det certifikat, der er sat op. Filen er som før."
        ) from fejl
    if not ny.startswith(pdf):
        raise KanIkkeUnderskrive("Underskriften ville have ændret filen. Filen er som før.")
    return ny


def _metadata(antal: int, segl: Segl, tekst: Underskriftstekst):
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata

    langtid = {}
    if segl.ur:
        langtid = {"embed_validation_info": True, "use_pades_lta": True, "validation_context": _kontekst(segl)}
    return PdfSignatureMetadata(
        field_name=FELT.format(nummer=antal + 1),
        name=tekst.navn,
        reason=tekst.grund,
        location=tekst.sted or None,
        subfilter=SigSeedSubFilter.PADES,
        md_algorithm="sha256",
        signer_key_usage=set(),
        **langtid,
    )


def _kontekst(segl: Segl):
    from pyhanko_certvalidator import ValidationContext

    # What is needed to judge the certificate later is fetched now and put into the file.
    return ValidationContext(trust_roots=list(segl.roedder), allow_fetching=True)


@i_egen_loekke
def forny_tidsstempel(pdf: bytes, *, roedder: tuple, ur) -> bytes:
    """The file with one more document timestamp at its end, and before it what the timestamp until now is judged by.

    Raises KanIkkeUnderskrive, also when the timestamp until now does not hold: then there is nothing to build on.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.signers import PdfTimeStamper
    from pyhanko.sign.timestamps.common_utils import TimestampRequestError
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko_certvalidator import ValidationContext
    from pyhanko_certvalidator.errors import PathError

    laeser = PdfFileReader(io.BytesIO(pdf))
    navn = TIDSSTEMPEL.format(nummer=len(laeser.embedded_timestamp_signatures) + 1)
    kontekst = ValidationContext(trust_roots=list(roedder), allow_fetching=True)
    try:
        ny = PdfTimeStamper(ur, field_name=navn).update_archival_timestamp_chain(laeser, kontekst, in_place=False)
    except (TimestampRequestError, OSError, TimeoutError) as fejl:
        raise KanIkkeUnderskrive("Tidsstempeltjenesten svarer ikke. Filen er som før.") from fejl
    except (SignatureValidationError, SigningError, PathError, ValueError) as fejl:
        raise KanIkkeUnderskrive(
            "Tidsstemplet til nu holder ikke, så det kan ikke fornyes. Filen er som før."
        ) from fejl
    data = ny.getvalue()
    if not data.startswith(pdf):
        raise KanIkkeUnderskrive("Tidsstemplet ville have ændret filen. Filen er som før.")
    return data


def antal_underskrifter(pdf: bytes) -> int:
    """Signatures of persons in the file; document timestamps do not count."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    return _antal(PdfFileReader(io.BytesIO(pdf)))


def _antal(laeser) -> int:
    return len(laeser.embedded_regular_signatures)
