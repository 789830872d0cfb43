"""Characters that no paper can hold, at the one door where text enters, and words that no page can hold."""

import html
import re
import unicodedata

from django.core.exceptions import ValidationError

#: What Word, a terminal or another program means by a new line, and by a stroke.
_LINJESKIFT = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_STREG = "\x1e"
#: Control characters, and those that turn what follows about: a line would read as another than it is.
_UGYLDIGE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plan * 0x10000 + 0xFFFE)}{chr(plan * 0x10000 + 0xFFFF)}" for plan in range(1, 17))
    + "]"
)
_NOGET = re.compile(f"{_LINJESKIFT.pattern}|{_UGYLDIGE.pattern}")
#: Long addresses are words too; what is longer can be drawn by no page in reasonable time.
LAENGSTE_ORD = 1000
_LANGT_ORD = re.compile(rf"[^\s<>]{{{LAENGSTE_ORD + 1}}}")
_I_LINJEN = re.compile(r"</?(?:strong|em|a|span|b|i)\b[^<>]*>")
#: Control, format, separators and marks; and letters that are drawn as nothing.
_UDEN_BREDDE = re.compile("[\u200b\u2060\ufeff]")
_USYNLIGE = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp", "Mn", "Me"})
_FYLD = "\u115f\u1160\u3164\uffa0\u2800"
_BLOK = re.compile(r"<[^<>]*>")


def rene_tegn(tekst):
    """Text with what was meant by its control characters: a new line, a stroke, or nothing. Other values stay."""
    if not isinstance(tekst, str) or not _NOGET.search(tekst):
        return tekst
    return _UGYLDIGE.sub("", _LINJESKIFT.sub("\n", tekst).replace(_STREG, "-"))


def er_usynlig(tekst: str) -> bool:
    """Whether nothing of the text is seen: spaces of every width, joiners, marks that stand on nothing, fillers."""
    return all(unicodedata.category(tegn) in _USYNLIGE or tegn in _FYLD for tegn in tekst)


def paa_en_linje(tekst: str) -> str:
    """With runs of spaces drawn together, and without what has no width: two names that look the same are the same.
    What nobody can see is nothing."""
    ny = " ".join(_UDEN_BREDDE.sub("", rene_tegn(tekst)).split())
    return "" if er_usynlig(ny) else ny


def paa_linjer(tekst: str) -> str:
    """Trimmed; what nobody can see is nothing."""
    ny = rene_tegn(tekst).strip()
    return "" if er_usynlig(ny) else ny


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
