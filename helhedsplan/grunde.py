"""What counts as a reason: a sentence that somebody else can read. Asked by every field that wants one."""

import re

from django.core.exceptions import ValidationError

_ORD = re.compile(r"[^\W\d_]{2,}")
#: Less than this is no sentence; "ja", "x" and "aaaa bbbb" explain nothing to whoever reads it next year.
MINDST_ORD, MINDST_BOGSTAVER, MINDST_FORSKELLIGE = 2, 8, 4
BESKED = "Skriv grunden som en sætning, andre kan forstå: mindst to ord."


def er_grund(tekst: str | None) -> bool:
    ord_ = _ORD.findall(tekst or "")
    bogstaver = "".join(ord_).casefold()
    return len(ord_) >= MINDST_ORD and len(bogstaver) >= MINDST_BOGSTAVER and len(set(bogstaver)) >= MINDST_FORSKELLIGE


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
