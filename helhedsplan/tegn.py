"""Characters that no paper can hold, at the one door where text enters, and words that no page can hold."""

import html
import re

from django.core.exceptions import ValidationError

#: What Word, a terminal or another program means by a new line, and by a stroke.
_LINJESKIFT = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_STREG = "\x1e"
_UGYLDIGE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plan * 0x10000 + 0xFFFE)}{chr(plan * 0x10000 + 0xFFFF)}" for plan in range(1, 17))
    + "]"
)
_NOGET = re.compile(f"{_LINJESKIFT.pattern}|{_UGYLDIGE.pattern}")
#: Long addresses are words too; what is longer can be drawn by no page in reasonable time.
LAENGSTE_ORD = 1000
_LANGT_ORD = re.compile(rf"[^\s<>]{{{LAENGSTE_ORD + 1}}}")
_I_LINJEN = re.compile(r"</?(?:strong|em|a|span|b|i)\b[^<>]*>")
_BLOK = re.compile(r"<[^<>]*>")


def rene_tegn(tekst):
    """Text with what was meant by its control characters: a new line, a stroke, or nothing. Other values stay."""
    if not isinstance(tekst, str) or not _NOGET.search(tekst):
        return tekst
    return _UGYLDIGE.sub("", _LINJESKIFT.sub("\n", tekst).replace(_STREG, "-"))


def langt_ord(tekst: str) -> str:
    """The beginning of the first word that is too long to draw, or "". Marks in the middle do not divide a word."""
    if len(tekst) <= LAENGSTE_ORD or not (fundet := _LANGT_ORD.search(_som_ord(tekst))):
        return ""
    return fundet[0][:30]


def _som_ord(tekst: str) -> str:
    return html.unescape(_BLOK.sub(" ", _I_LINJEN.sub("", tekst))) if "<" in tekst or "&" in tekst else tekst


def uden_lange_ord(tekst) -> None:
    """Refuse a word that could not be drawn."""
    if isinstance(tekst, str) and (begyndelse := langt_ord(tekst)):
        raise ValidationError(
            f"Ordet, der begynder med »{begyndelse}«, er på over {LAENGSTE_ORD} tegn og kan ikke vises. "
            "Del det, eller tag det ud.",
            code="langt_ord",
        )
