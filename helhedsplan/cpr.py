"""The guard that keeps CPR numbers out: one function, asked at every door where text comes in.

A CPR number is found in the ways people write it: with any stroke or none, dates with points, digits with spaces,
mark-up or invisible characters between. What looks like one and is said to be something else (a P number, an account,
a period), or stands among the figures of a table, goes through; a number written as six digits, a stroke and four
digits is always stopped, for then the risk is on the wrong side.
"""

import html
import re
import unicodedata
from calendar import isleap

from django.core.exceptions import ValidationError

CPR_BESKED = (
    "Teksten indeholder noget, der ligner et CPR-nummer. Personoplysninger hører ikke til i en helhedsplan. "
    "Fjern nummeret, og gem igen."
)
#: In a text longer than this the message says where, by the words before.
LANG_TEKST = 120
#: An attribute may hold an address with a number in it; what stands between two marks is read by itself.
_MAERKE = re.compile(r"<[^<>]+>")
_CELLE = re.compile(r"</(?:td|th)>", re.IGNORECASE)
_KLUMP = re.compile(r"</(?:p|h[1-6]|li|tr|caption|blockquote|div)>|<br ?/?>|<(?:ul|ol|table)\b[^<>]*>", re.IGNORECASE)
#: Nothing to the eye. A soft hyphen and the wide strokes are strokes.
_USYNLIGE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e")) | {
    ord(tegn): "-" for tegn in "\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u02d7\u2043\ufe58\x1e\x1f"
}
_DAG = r"(?P<d>\d\d)"
_MD = r"(?P<m>[01]\d)"
_SEP = r"[.\-/ ]"
#: Also a line that breaks.
_LUFT = r"[ ]{1,3}|[ ]{0,2}\r?\n[ ]{0,2}"
_STREG = r"\s{0,5}-{1,2}\s{0,5}|[/_]"
#: A date, what stands between, four digits. Bounded everywhere: the search is linear.
_MOENSTRE = (
    re.compile(rf"(?<!\d){_DAG}{_MD}(?P<y>\d\d(?:\d\d)?)(?P<s>{_STREG}|\.|{_LUFT}|)(?P<n>\d{{4}})(?!\d)"),
    re.compile(
        rf"(?<!\d){_DAG}{_SEP} ?{_MD}{_SEP} ?(?P<y>\d{{4}}|\d\d)(?P<s>{_STREG}|[ ]{{1,3}}|)(?P<n>\d{{4}})(?!\d)"
    ),
    re.compile(
        r"(?<!\S)(?P<d>[0-3] \d) (?P<m>[01] \d) (?P<y>\d \d)(?P<s> ?- ?| )(?P<n>\d \d \d \d)(?![ ]?\d)",
    ),
    re.compile(rf"(?<!\d){_DAG} ?{_MD} ?(?P<y>\d\d)(?P<s>[ -]{{1,3}})(?P<n>\d\d \d\d)(?!\d)"),
)
_SAGT_FOER = re.compile(r"(?:c\.?p\.?r|pers(?:on)?\.?-?(?:n(?:umme)?r|id)|født)[^\d\n]{0,14}$", re.IGNORECASE)
_SAGT_EFTER = re.compile(r"\W{0,3}(?:c\.?p\.?r|personn(?:umme)?r)", re.IGNORECASE)
_PERIODE = re.compile(r"\b(?:perioden?|uge|uger|kl)\b[.:]? {0,2}$", re.IGNORECASE)
_DATOORD = re.compile(
    r"\b(?:den|d|pr|dato(?:en)?|fra|til|siden|per|perioden?|inden|senest|uge|kl|opgjort)\b[.:]? {0,2}$", re.IGNORECASE
)
_ANDET_NUMMER = re.compile(
    r"\b(?:p-?(?:nr|nummer|enhed)|produktionsenhed\w*|[a-z]*konto\w*|reg|ean|gln|cvr|se(?=\W?n)|tlf|telefon\w*|mobil\w*|fax"
    r"|sags?\w*|[a-z]*journal\w*|j|faktura\w*|isbn|issn|ordre\w*|kunde\w*|matr\w*|ref\w*|bilags?\w*|vare\w*|serie\w*"
    r"|bfe|id|iban|giro\w*|fik|projekt\w*|medlems\w*|lejemåls?\w*)"
    r"[\s.:#-]{0,3}(?:(?:nr|nummer|numre|no)\b)?[\s.:#-]{0,3}(?:\d{4}[ -]?)?$",
    re.IGNORECASE,
)
#: A count or an amount goes on with what is counted.
_ENHED_EFTER = re.compile(
    r" ?(?:kr|kroner|mio|mia|t?kr|timer?|personer?|borgere?|børn|unge|voksne|beboere?|husstande?|boliger|lejemål|stk"
    r"|m2|km|%|pct|point|deltagere?|besøg|elever|stemmer|familier|kvinder|mænd|piger|drenge|ledige|år|dage"
    r"|[a-zæøå]+(?:ioner|inger|ere|heder|steder))\b",
    re.IGNORECASE,
)
_BELOEB_FOER = re.compile(
    r"(?:\d[\d.,]*|\b(?:løn\w*|drift\w*|budget\w*|i alt|sum|total\w*|beløb|kr|antal|udgift\w*|indtægt\w*|leje|saldo"
    r"|timer|regnskab\w*|forbrug\w*|tilskud\w*))[.:]? {1,3}$",
    re.IGNORECASE,
)
_JOURNAL_EFTER = re.compile(r"-\d{1,3}(?!\d)")
_TABELTAL_EFTER = re.compile(r" {1,3}\d")


def uden_cpr(tekst, sted: str = "") -> None:
    """Refuse text with a CPR number in it. `sted`: where the text stands, when the field does not say it.

    The message never repeats the number; in a long text it gives the words before it.
    """
    if not isinstance(tekst, str) or (fund := _find(tekst)) is None:
        return
    besked = CPR_BESKED
    ord_foer = _ord_foer(*fund) if len(fund[0]) > LANG_TEKST else ""
    if ord_foer:
        besked += f" Det står efter »{ord_foer}«."
    raise ValidationError(f"{sted}: {besked}" if sted else besked, code="cpr")


def ligner_cpr(tekst) -> bool:
    return isinstance(tekst, str) and _find(tekst) is not None


def maskeret(tekst: str) -> str:
    """The text with an x for each digit of what looks like a CPR number: for messages that repeat what was written."""
    if not ligner_cpr(tekst):
        return tekst
    ud = _som_set(tekst)
    for moenster in _MOENSTRE:
        ud = moenster.sub(lambda f: re.sub(r"\d", "x", f[0]) if _er_dag(f) and not _er_andet(f) else f[0], ud)
    return re.sub(r"\d", "x", ud) if ligner_cpr(ud) else ud


def _som_set(tekst: str) -> str:
    return unicodedata.normalize("NFKC", tekst.translate(_USYNLIGE)).translate(_USYNLIGE)


def _find(tekst: str) -> tuple[str, int] | None:
    """The text as the eye sees it, and where in it the number begins."""
    if not any(tegn.isdecimal() for tegn in tekst):
        return None
    udgaver = [tekst]
    if "<" in tekst or "&" in tekst:
        uden = _MAERKE.sub("", _KLUMP.sub("\n", _CELLE.sub("\t", tekst)))
        udgaver = [html.unescape(uden), tekst]
    for udgave in udgaver:
        set_ = _som_set(udgave)
        for moenster in _MOENSTRE:
            for fundet in moenster.finditer(set_):
                if _er_dag(fundet) and not _er_andet(fundet):
                    return set_, fundet.start()
    return None


def _er_dag(fundet: re.Match) -> bool:
    """The date exists; 60 is added to the day of a number given for the time being, if it is written or said as one."""
    dag, maaned, aar = (int(fundet[del_].replace(" ", "")) for del_ in "dmy")
    if not 1 <= maaned <= 12 or (len(fundet["y"]) == 4 and not 1858 <= aar <= 2057):
        return False
    skud = isleap(aar) if len(fundet["y"]) == 4 else aar % 4 == 0
    dage = (31, 29 if skud else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[maaned - 1]
    return 1 <= dag <= dage or (1 <= dag - 60 <= dage and (_er_skrevet(fundet) or _er_sagt(fundet)))


def _er_skrevet(fundet: re.Match) -> bool:
    """Six digits, a stroke and four digits."""
    return fundet.re is _MOENSTRE[0] and len(fundet["y"]) == 2 and "-" in fundet["s"]


def _omkring(fundet: re.Match) -> tuple[str, str]:
    start, slut = fundet.span()
    return fundet.string[max(0, start - 40) : start], fundet.string[slut : slut + 40]


def _er_sagt(fundet: re.Match) -> bool:
    foer, efter = _omkring(fundet)
    return bool(_SAGT_FOER.search(foer) or _SAGT_EFTER.match(efter))


def _er_andet(fundet: re.Match) -> bool:
    """Whether what stands around says that it is no CPR number."""
    if _er_sagt(fundet):
        return False
    foer, efter = _omkring(fundet)
    if fundet.re is _MOENSTRE[3] or _JOURNAL_EFTER.match(efter) or _PERIODE.search(foer) or _er_til_aar(fundet):
        return True
    if fundet["s"] in ("", "."):
        return fundet.re is not _MOENSTRE[0] or len(fundet["y"]) == 4 or _er_andet_tal(foer, efter)
    if fundet["s"].strip():
        return bool(" " in fundet["s"] and _ENHED_EFTER.match(efter))
    return _er_dato_og_tal(fundet, foer, efter)


def _er_dato_og_tal(fundet: re.Match, foer: str, efter: str) -> bool:
    """Only a space between: a date and a count, an amount, or two figures of a table."""
    med_nul = any(fundet[del_].startswith("0") for del_ in "dmn")
    if len(fundet["y"]) == 4 or (fundet.re is _MOENSTRE[1] and not (med_nul and re.fullmatch(r"[\d ]+", fundet[0]))):
        return True
    if "\n" in fundet["s"] and _er_kolonne(foer, efter, med_nul):
        return True
    ord_foer = any(moenster.search(foer) for moenster in (_DATOORD, _ANDET_NUMMER, _BELOEB_FOER))
    return ord_foer or bool(_ENHED_EFTER.match(efter) or _TABELTAL_EFTER.match(efter))


def _er_kolonne(foer: str, efter: str, med_nul: bool) -> bool:
    """Figures below each other: one more above or below, or at the start of a line and written as amounts are."""
    flere = re.search(r"\d\s{1,3}$", foer) or re.match(r"\s{1,3}\d", efter)
    return bool(flere) or not (med_nul or re.search(r"[^\W\d_] {1,3}$", foer))


def _er_til_aar(fundet: re.Match) -> bool:
    """A date and a year not long after: 01.11.2025-2029, 311225/2026. Six digits and a plain stroke are no date."""
    kort = fundet.re is _MOENSTRE[0] and len(fundet["y"]) == 2
    if fundet.re is _MOENSTRE[2] or (kort and fundet["s"] not in ("/", ".")):
        return False
    aar = int(fundet["y"])
    return 0 <= int(fundet["n"]) - (aar if len(fundet["y"]) == 4 else 2000 + aar) <= 30


def _er_andet_tal(foer: str, efter: str) -> bool:
    """Ten digits in a row: part of a word, an address or a decimal number, or said to be another number."""
    if foer[-1:].isalpha() or efter[:1].isalpha() or re.search(r"(?:\d[.,]|[/=#+])$", foer):
        return True
    return bool(re.match(r"[.,]\d|%|/\w", efter) or _ANDET_NUMMER.search(foer) or _ENHED_EFTER.match(efter))


def _ord_foer(tekst: str, start: int) -> str:
    """The few words before the number, without any digit: there may be another one among them."""
    return re.sub(r"\d", "…", " ".join(tekst[max(0, start - 60) : start].split()[-5:]))
