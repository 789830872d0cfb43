"""What the signatures in a file are worth: who, when, whether they hold, and what came into the file after each.

Works without a network, and after the certificates have run out: a certificate is judged as of the moment of signing.
That moment is known for certain from a timestamp; without one it is what the signer's own computer said, and the
answer says so. Every later change is looked through (pyHanko's full difference analysis), since a signature itself
does not cover what is appended after it.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property

from dokumenter.underskrift.domme import Afvist, Dom
from dokumenter.underskrift.loekke import i_egen_loekke

#: Later additions that change nothing of what was signed: none, archive data, and further signatures.
TILLADTE = {"NONE", "LTA_UPDATES", "FORM_FILLING"}


#: pyHanko's words for a certificate that was not in force.
UDEN_FOR_TIDEN = {"EXPIRED", "NOT_YET_VALID", "OUT_OF_BOUNDS_NO_POE", "OUT_OF_BOUNDS_NOT_REVOKED"}


#: How what comes after a revision begins, when it is one: nothing, or an object or a table.
NAESTE_REVISION = re.compile(rb"\s*(\d+ \d+ obj|xref\s|\Z)")
EFTER_REVISION = 64


class Filtilstand(StrEnum):
    GYLDIG = "gyldig"
    BRUDT = "brudt"
    AENDRET = "aendret"
    UKENDT = "ukendt_certifikat"
    UGYLDIG = "ugyldigt_certifikat"
    TILBAGEKALDT = "tilbagekaldt"


#: The verdict that goes with each state that is not whole.
DOMME = {
    Filtilstand.BRUDT: Dom.BRUDT,
    Filtilstand.AENDRET: Dom.AENDRET,
    Filtilstand.UKENDT: Dom.UKENDT_CERTIFIKAT,
    Filtilstand.UGYLDIG: Dom.UGYLDIGT_CERTIFIKAT,
    Filtilstand.TILBAGEKALDT: Dom.TILBAGEKALDT,
}


@dataclass(frozen=True)
class Underskriftsdom:
    """One signature. `navn`, `grund`, `sted` and `kontakt` are what it says of itself, `certifikat` and `udsteder` what
    its certificate says; `tid_fra` is "tidsstempel", "oplyst" or "" when no time is known; `senere` is what came after
    it (NONE, LTA_UPDATES, FORM_FILLING, OTHER), `daekker` how much of the file it covers (ENTIRE_FILE, ENTIRE_REVISION,
    less); `udloebet` tells that its certificate has run out since.
    """

    felt: str
    navn: str
    grund: str
    certifikat: str
    udsteder: str
    tidspunkt: datetime | None
    tid_fra: str
    tilstand: Filtilstand
    senere: str
    daekker: str
    udloebet: bool = False
    sted: str = ""
    kontakt: str = ""

    @property
    def gyldig(self) -> bool:
        return self.tilstand == Filtilstand.GYLDIG

    @property
    def hvem(self) -> str:
        return self.navn or self.certifikat or self.felt

    @property
    def siger_selv(self) -> str:
        """The words that whoever signed has put into the signature, in a sentence; '' when there are none. Nobody has
        agreed on them."""
        ord_ = [
            f"{navn} »{vaerdi}«"
            for navn, vaerdi in (("grund", self.grund), ("sted", self.sted), ("kontakt", self.kontakt))
            if vaerdi
        ]
        hvem = self.navn or self.certifikat
        return f"Underskriften »{hvem}« siger selv: {', '.join(ord_)}." if ord_ else ""

    @property
    def besked(self) -> str:
        """What is wrong with it, in Danish; '' when nothing is."""
        return "" if self.gyldig else DOMME[self.tilstand].value.format(hvem=self.hvem, udsteder=self.udsteder)

    def som_data(self) -> dict:
        tid = self.tidspunkt.astimezone(UTC).isoformat() if self.tidspunkt else None
        return asdict(self) | {"tidspunkt": tid, "tilstand": str(self.tilstand), "gyldig": self.gyldig}


@i_egen_loekke
def valider(pdf: bytes, roedder: Sequence, nu: datetime | None = None) -> list[Underskriftsdom]:
    """Every signature of a person in the file, oldest first, as it can be judged at the moment `nu`.

    roedder: the authorities trusted. Raises Afvist when the file cannot be read.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        laeser = PdfFileReader(io.BytesIO(pdf), strict=False)
        proeve = _Proeve(laeser, tuple(roedder), nu or datetime.now(UTC))
        return [proeve.dom(underskrift) for underskrift in laeser.embedded_regular_signatures]
    except Exception as fejl:
        # A damaged file makes a reader stumble in more ways than can be named.
        raise Afvist(Dom.ULAESELIG) from fejl


def tjek_tidsstempler(ny: bytes, nyeste: bytes, roedder: Sequence) -> None:
    """Raises Afvist for a document timestamp that the newest file does not have, of a clock that nobody knows."""
    for udsteder in ukendte_ure(ny, roedder, nyeste if ny.startswith(nyeste) else b""):
        raise Afvist(Dom.UKENDT_UR, udsteder=udsteder)


@i_egen_loekke
def ukendte_ure(pdf: bytes, roedder: Sequence, gammel: bytes = b"") -> list[str]:
    """Who issued the clocks that nobody knows, of the document timestamps that came after those of `gammel`, which the
    file begins with. Raises Afvist when the file cannot be read."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_timestamp

    try:
        laeser = PdfFileReader(io.BytesIO(pdf), strict=False)
        foer = len(PdfFileReader(io.BytesIO(gammel), strict=False).embedded_timestamp_signatures) if gammel else 0
        proeve = _Proeve(laeser, tuple(roedder), datetime.now(UTC))
        domme = [
            (stempel.signer_cert, validate_pdf_timestamp(stempel, proeve.kontekst(proeve.nu), skip_diff=True))
            for stempel in laeser.embedded_timestamp_signatures[foer:]
        ]
        return [_navn(ur.issuer) for ur, dom in domme if not (dom.intact and dom.valid and dom.trusted)]
    except Exception as fejl:
        # A damaged file makes a reader stumble in more ways than can be named.
        raise Afvist(Dom.ULAESELIG) from fejl


def tidsstempel_udloeber(pdf: bytes) -> datetime | None:
    """When the certificate of the file's newest document timestamp runs out; None when it has none.

    A signature's own timestamp is held up by the document timestamps after it. Raises Afvist.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        stempler = PdfFileReader(io.BytesIO(pdf), strict=False).embedded_timestamp_signatures
        return stempler[-1].signer_cert.not_valid_after if stempler else None
    except Exception as fejl:
        # A damaged file makes a reader stumble in more ways than can be named.
        raise Afvist(Dom.ULAESELIG) from fejl


def kun_underskrifter_siden(ny: bytes, gammel: bytes) -> bool:
    """Whether a file that begins with another's bytes has got nothing but signatures and their archive data since.

    A signature speaks for all that stands when it is made: content put in between the issue and the first signature is
    covered by it, and only this comparison finds it.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult

    try:
        udgangspunkt = PdfFileReader(io.BytesIO(gammel)).total_revisions - 1
        forskel = DEFAULT_DIFF_POLICY.review_file(PdfFileReader(io.BytesIO(ny), strict=False), udgangspunkt)
    except Exception:  # noqa: BLE001 -- the comparison stumbles over what it does not expect, in ways not to be named
        return False
    return isinstance(forskel, DiffResult) and forskel.modification_level.name in TILLADTE


def tjek_underskrifter(domme: Sequence[Underskriftsdom]) -> None:
    """Raises Afvist for the first signature that does not hold, and when there is none."""
    if not domme:
        raise Afvist(Dom.UDEN_UNDERSKRIFT)
    for dom in domme:
        if not dom.gyldig:
            raise Afvist(DOMME[dom.tilstand], hvem=dom.hvem, udsteder=dom.udsteder)


class _Proeve:
    """One file, the authorities it is held against, and the moment that is today."""

    def __init__(self, laeser, roedder: tuple, nu: datetime):
        self.laeser = laeser
        self.roedder = roedder
        self.nu = nu

    @cached_property
    def lager(self):
        """Certificates and revocation data that were put into the file when it was signed; None when there are none."""
        from pyhanko.sign.validation.dss import DocumentSecurityStore
        from pyhanko.sign.validation.errors import NoDSSFoundError

        try:
            return DocumentSecurityStore.read_dss(self.laeser)
        except NoDSSFoundError:
            return None

    def kontekst(self, tid: datetime):
        from pyhanko_certvalidator import ValidationContext

        valg = {"trust_roots": list(self.roedder), "moment": tid, "retroactive_revinfo": True}
        return self.lager.as_validation_context(valg) if self.lager else ValidationContext(**valg)

    def dom(self, underskrift) -> Underskriftsdom:
        tid, tid_fra = self.tidspunkt(underskrift)
        status = self.status(underskrift, tid or self.nu)
        certifikat = underskrift.signer_cert
        return Underskriftsdom(
            felt=str(underskrift.field_name or ""),  # no string of the reader's, which leads to the whole file
            navn=_tekst(underskrift.sig_object, "/Name"),
            grund=_tekst(underskrift.sig_object, "/Reason"),
            sted=_tekst(underskrift.sig_object, "/Location"),
            kontakt=_tekst(underskrift.sig_object, "/ContactInfo"),
            certifikat=_navn(certifikat.subject),
            udsteder=_navn(certifikat.issuer),
            tidspunkt=tid,
            tid_fra=tid_fra,
            tilstand=self.tilstand(underskrift, status),
            senere=status.modification_level.name if status.modification_level else "OTHER",
            daekker=status.coverage.name,
            udloebet=certifikat.not_valid_after < self.nu,
        )

    def tilstand(self, underskrift, status) -> Filtilstand:
        """A signature does not cover what fills its own place, nor what is put behind its revision as a remark."""
        if not _fyld_er_nul(underskrift.pkcs7_content):
            return Filtilstand.BRUDT
        *_, fra, laengde = underskrift.byte_range
        self.laeser.stream.seek(fra + laengde)
        if not NAESTE_REVISION.match(self.laeser.stream.read(EFTER_REVISION)):
            return Filtilstand.AENDRET
        return _tilstand(status)

    def status(self, underskrift, tid: datetime, **valg):
        from pyhanko.sign.validation import validate_pdf_signature
        from pyhanko.sign.validation.settings import KeyUsageConstraints

        # A seal's certificate says "digital signature", a person's "content commitment": either will do.
        brug = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"})
        ure = self.kontekst(self.nu)
        return validate_pdf_signature(underskrift, self.kontekst(tid), ure, key_usage_settings=brug, **valg)

    def tidspunkt(self, underskrift) -> tuple[datetime | None, str]:
        """When it was signed, and how that is known: from a clock that is trusted today, or from the signer."""
        if (tid := self.stemplet(underskrift)) is not None:
            return tid, "tidsstempel"
        oplyst = underskrift.self_reported_timestamp
        return oplyst, "oplyst" if oplyst else ""

    def stemplet(self, underskrift) -> datetime | None:
        """The time of the signature's own timestamp, else of the first document timestamp that covers it."""
        from pyhanko.sign.validation import validate_pdf_timestamp

        status = self.status(underskrift, self.nu, skip_diff=True).timestamp_validity
        if status and status.valid and status.trusted:
            return status.timestamp
        stempler = self.laeser.embedded_timestamp_signatures
        for stempel in [s for s in stempler if s.signed_revision > underskrift.signed_revision]:
            status = validate_pdf_timestamp(stempel, self.kontekst(self.nu), skip_diff=True)
            if status.valid and status.trusted:
                return status.timestamp
        return None


def _fyld_er_nul(indhold: bytes) -> bool:
    """Whether there is nothing behind a signature in the place kept for it, which no signature covers."""
    from asn1crypto.parser import peek

    return not indhold[peek(indhold) :].strip(b"\0")


def _tilstand(status) -> Filtilstand:
    """The worst that can be said of a signature, from what breaks the file to what is wrong with the certificate."""
    if not (status.intact and status.valid):
        return Filtilstand.BRUDT
    if not status.docmdp_ok or status.modification_level is None or status.modification_level.name not in TILLADTE:
        return Filtilstand.AENDRET
    if status.trusted:
        return Filtilstand.GYLDIG
    problem = status.trust_problem_indic.name if status.trust_problem_indic else ""
    if "REVOKED" in problem.replace("NOT_REVOKED", ""):
        return Filtilstand.TILBAGEKALDT
    return Filtilstand.UGYLDIG if problem in UDEN_FOR_TIDEN else Filtilstand.UKENDT


def _tekst(objekt, felt: str) -> str:
    return str(objekt.get(felt, ""))[:300]


def _navn(navn) -> str:
    dele = navn.native
    return str(dele.get("common_name") or dele.get("organization_name") or navn.human_friendly)[:300]
