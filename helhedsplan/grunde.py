"""What counts as a reason: a sentence that somebody else can read. Asked by every field that wants one."""

import re

from django.core.exceptions import ValidationError

_ORD = re.compile(r"[^\W\d_]{2,}")
#: Less than this is no sentence; "ja", "x", "aaaa bbbb" and "fejl fejl" explain nothing to whoever reads it next year.
MINDST_ORD, MINDST_BOGSTAVER, MINDST_FORSKELLIGE = 2, 8, 4
SPOERG = "Skriv det som et spørgsmål eller en sætning, andre kan forstå."
MINDST = f"mindst {MINDST_ORD} forskellige ord og {MINDST_BOGSTAVER} bogstaver"
BESKED = f"Skriv grunden som en sætning, andre kan forstå: {MINDST}."


def er_grund(tekst: str | None) -> bool:
    ord_ = _ORD.findall((tekst or "").casefold())
    bogstaver = "".join(ord_)
    return (
        len(set(ord_)) >= MINDST_ORD
        and len(bogstaver) >= MINDST_BOGSTAVER
        and len(set(bogstaver)) >= MINDST_FORSKELLIGE
    )


def er_spoergsmaal(tekst: str | None) -> bool:
    """As a reason, or one word that asks: "Hvorfor?"."""
    et = _ORD.findall((tekst or "").casefold())
    return er_grund(tekst) or (len(et) == 1 and len(set(et[0])) >= MINDST_FORSKELLIGE and "?" in (tekst or ""))


def laeseligt_spoergsmaal(tekst: str) -> None:
    """As a validator of a field. Raises ValidationError."""
    if not er_spoergsmaal(tekst):
        raise ValidationError(SPOERG, code="spoergsmaal")


def laeselig_grund(tekst: str) -> None:
    """As a validator of a field. Raises ValidationError."""
    if not er_grund(tekst):
        raise ValidationError(BESKED, code="grund")


def tjek_grund(tekst: str | None, felt: str = "", ellers: str = "") -> None:
    """Raises ValidationError at the field; `ellers` is said where nothing at all is written."""
    if er_grund(tekst):
        return
    besked = ellers if ellers and not (tekst or "").strip() else BESKED
    raise ValidationError({felt: besked} if felt else besked, code="grund")
