"""Numbers, money and dates in Danish form. Numbers are read by `helhedsplan.tallaeser`, dates here.

Out: 1.234.567,89 · 25 mio. kr. · 88,4 % · 1. november 2025 · 01.11.2025 · 1. kvartal 2026.
In: the same forms of dates, and ISO. Reading is strict: what is not surely a date raises ValueError in Danish.
"""

import calendar
import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

MAANEDER = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
]
INGEN = "–"
HAARDT_MELLEMRUM = "\u00a0"

DANSK_DATO = re.compile(r"(\d{1,2}) ?[./-] ?(\d{1,2}) ?[./ -] ?(\d{4}|\d{2})", re.ASCII)
ISO_DATO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
LANG_DATO = re.compile(r"(?:den )?(\d{1,2})\.? ([a-zæøå]+)\.? (\d{4}|\d{2})", re.ASCII)
MAANED_OG_AAR = re.compile(r"([a-zæøå]{3,})\.? (\d{4})", re.ASCII)
UGE = re.compile(r"uge ?(\d{1,2})(?:(?: ?[,/-] ?| (?:i )?)(\d{4}|\d{2}))?", re.ASCII)
#: The name of a feast, and three letters of a month.
JUL = "»{0}« kan være julen og juli måned. Skriv december {1} eller juli {1}."
#: A year of two digits is of this century; those from here on may be of the last, and are asked for in full.
TOCIFRET_FOER = 70
#: A year outside these is a slip of the finger, and no date near them can be reckoned with.
TIDLIGST_AAR, SENEST_AAR = 1900, 2199


def afrund(vaerdi: Decimal, decimaler: int) -> Decimal:
    """Round half away from zero, as Danish papers do."""
    return vaerdi.quantize(Decimal(1).scaleb(-decimaler), rounding=ROUND_HALF_UP)


def tal(vaerdi: Decimal | int | None, decimaler: int | None = None) -> str:
    """1234567.891 -> '1.234.567,89' (decimaler=2); without decimaler just the digits it has. None -> '–'."""
    if vaerdi is None:
        return INGEN
    if decimaler == 0 and vaerdi == (hele := int(vaerdi)):  # most figures, and tables have thousands of them
        return f"{hele:,}".replace(",", ".").replace("-", "−")
    vaerdi = Decimal(vaerdi)
    if decimaler is not None:
        vaerdi = afrund(vaerdi, decimaler)
    tekst = f"{vaerdi:,f}".replace(",", "\0").replace(".", ",").replace("\0", ".")
    if tekst.lstrip("-0,") == "":
        tekst = tekst.lstrip("-")
    return tekst.replace("-", "−") if tekst.startswith("-") else tekst


def kroner(oere_eller_kr: Decimal | None, decimaler: int = 0) -> str:
    """Decimal kroner -> '8.400.000 kr.'."""
    return INGEN if oere_eller_kr is None else f"{tal(oere_eller_kr, decimaler)}{HAARDT_MELLEMRUM}kr."


def beloeb(kr: Decimal | None) -> str:
    """Kroner without the unit, with øre where there are any: 400.000 or 1.234.567,89."""
    return tal(kr, 0 if kr is not None and kr == kr.to_integral_value() else 2)


def aendring(kr: Decimal | None) -> str:
    """As `beloeb`, with a sign: +400.000."""
    return f"+{beloeb(kr)}" if kr and kr > 0 else beloeb(kr)


def mio(kr: Decimal | None) -> str:
    """Decimal kroner -> '25 mio. kr.' or '3,6 mio. kr.': as many decimals as it has, at most three."""
    if kr is None:
        return INGEN
    millioner = afrund(Decimal(kr) / 1_000_000, 3).normalize()
    return f"{tal(Decimal(f'{millioner:f}'))}{HAARDT_MELLEMRUM}mio.{HAARDT_MELLEMRUM}kr."


def procent(vaerdi: Decimal | None, decimaler: int | None = None) -> str:
    """Percent points as number: 25.595 -> '25,60 %' (decimaler=2)."""
    return INGEN if vaerdi is None else f"{tal(vaerdi, decimaler)}{HAARDT_MELLEMRUM}%"


def lang_dato(dag: date | None) -> str:
    """1. november 2025."""
    return INGEN if dag is None else f"{dag.day}. {MAANEDER[dag.month - 1]} {dag.year}"


def kort_dato(dag: date | None) -> str:
    """01.11.2025."""
    return INGEN if dag is None else f"{dag:%d.%m.%Y}"


def tidspunkt(hvornaar: datetime | None) -> str:
    """1. november 2025 kl. 10.42, in Danish local time."""
    if hvornaar is None:
        return INGEN
    lokal = timezone.localtime(hvornaar)
    return f"{lang_dato(lokal.date())} kl. {lokal:%H.%M}"


def klokken(hvornaar: datetime) -> str:
    """10.42, in Danish local time."""
    return f"{timezone.localtime(hvornaar):%H.%M}"


def periode(fra: date | None, til: date | None) -> str:
    """1. november 2025 – 31. oktober 2029; open ends said in words."""
    if fra and til:
        return f"{lang_dato(fra)} – {lang_dato(til)}"
    if fra:
        return f"fra {lang_dato(fra)}"
    if til:
        return f"til {lang_dato(til)}"
    return "periode ikke fastlagt"


def kvartal(aar: int, nummer: int) -> str:
    """1. kvartal 2026."""
    return f"{nummer}. kvartal {aar}"


def antal(nummer: int, ental: str, flertal: str) -> str:
    """1 fejl / 3 fejl, with the number in Danish form."""
    return f"{tal(nummer)} {ental if nummer == 1 else flertal}"


def med_punktum(tekst: str) -> str:
    """A sentence with one full stop: '150.000 kr.' has one already."""
    return tekst if tekst.endswith((".", "?", "!", ":")) else f"{tekst}."


def opremsning(ord_: list[str], skilt: str = ", ") -> str:
    """['a', 'b', 'c'] -> 'a, b og c'."""
    return " og ".join([skilt.join(ord_[:-1]), ord_[-1]]) if len(ord_) > 1 else "".join(ord_)


#: So many of a long list are named, where the whole of it can be seen elsewhere.
NAEVNES = 3


def de_foerste(ord_: Sequence[str], skilt: str = ", ") -> str:
    """['a', 'b', 'c', 'd', 'e'] -> 'a, b, c og 2 til'; a list no longer than three is read as it is."""
    rest = len(ord_) - NAEVNES
    return opremsning([*ord_[:NAEVNES], *([f"{tal(rest)} til"] if rest > 0 else [])], skilt)


def renset(tekst: str) -> str:
    """Lower case, single plain spaces, and one kind of hyphen and minus."""
    return re.sub(r"\s+", " ", tekst).strip().replace("\u2212", "-").replace("–", "-").lower()


def laes_dato(tekst: str, *, maaned: str = "") -> date:
    """Read 1/11-2025, 1/11 25, 01.11.2025, 1. nov. 2025 or 2025-11-01.

    Where a month will do, `maaned` says which of its days is meant, "foerste" or "sidste": jan 2027.
    """
    ren = renset(tekst)
    if (fundet := MAANED_OG_AAR.fullmatch(ren)) and (nr := maanedsnummer(fundet[1])):
        if fundet[0].startswith("jul "):
            raise ValueError(JUL.format(fundet[0], fundet[2]))
        if maaned:
            dagen = 1 if maaned == "foerste" else calendar.monthrange(int(fundet[2]), nr)[1]
            return laes_dato(f"{dagen}. {MAANEDER[nr - 1]} {fundet[2]}")
        eksempel = f"{calendar.monthrange(int(fundet[2]), nr)[1]}.{nr}.{fundet[2]}"
        raise ValueError(f"»{tekst.strip()}« kan ikke læses som en dato. Skriv dagen også, for eksempel {eksempel}.")
    if fundet := UGE.fullmatch(ren):
        raise ValueError(f"»{tekst.strip()}« kan ikke læses som en dato. {_ugens_dage(int(fundet[1]), fundet[2])}")
    try:
        dele = _datodele(ren)
        dag = date(*dele) if dele else None
    except ValueError:
        raise ValueError(f"»{tekst.strip()}« er ikke en dato, der findes.") from None
    if dag is None:
        raise ValueError(
            f"»{tekst.strip()}« kan ikke læses som en dato. Skriv for eksempel 1. november 2025 eller 01.11.2025."
        )
    if not TIDLIGST_AAR <= dag.year <= SENEST_AAR:
        raise ValueError(f"»{tekst.strip()}« kan ikke passe. Året skal ligge mellem {TIDLIGST_AAR} og {SENEST_AAR}.")
    return dag


def _datodele(ren: str) -> tuple[int, int, int] | None:
    """Year, month and day, or None when the text has not the form of a date."""
    if fundet := ISO_DATO.fullmatch(ren):
        aar, maaned, dag = map(int, fundet.groups())
    elif fundet := DANSK_DATO.fullmatch(ren):
        dag, maaned, aar = int(fundet[1]), int(fundet[2]), _aarstal(fundet[3])
    elif fundet := LANG_DATO.fullmatch(ren):
        dag, maaned, aar = int(fundet[1]), maanedsnummer(fundet[2]), _aarstal(fundet[3])
    else:
        return None
    return aar, maaned, dag


def _ugens_dage(uge: int, cifre: str | None) -> str:
    """From which day to which a week goes, for who must write a day; without a year it is this year's."""
    aar = _aarstal(cifre) if cifre else timezone.localdate().year
    if not TIDLIGST_AAR <= aar <= SENEST_AAR:
        return f"Skriv dagen. Året skal ligge mellem {TIDLIGST_AAR} og {SENEST_AAR}."
    try:
        mandag, fredag = date.fromisocalendar(aar, uge, 1), date.fromisocalendar(aar, uge, 5)
    except ValueError:
        return f"Der er ingen uge {uge} i {aar}. Skriv dagen, for eksempel 31.1.{aar}."
    return f"Skriv dagen: uge {uge} i {aar} går fra mandag den {kort_dato(mandag)} til fredag den {kort_dato(fredag)}."


def _aarstal(cifre: str) -> int:
    """27 is 2027. 99 is left as it stands, and refused as no year of ours."""
    return int(cifre) + (2000 if len(cifre) == 2 and int(cifre) < TOCIFRET_FOER else 0)


def maanedsnummer(navn: str) -> int:
    """The number of a month by its name or at least three letters of it; 0 for none."""
    return next((nr for nr, m in enumerate(MAANEDER, 1) if len(navn) >= 3 and m.startswith(navn)), 0)
