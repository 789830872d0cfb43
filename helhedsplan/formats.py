"""Numbers, money and dates in Danish form, out and in. The only module that knows how they look.

Out: 1.234.567,89 · 25 mio. kr. · 88,4 % · 1. november 2025 · 01.11.2025 · 1. kvartal 2026.
In: the same forms, and what people paste (no-break spaces, U+2212 minus, "kr.", "mio.", "t.kr.", ISO dates).
Reading is strict: anything that is not surely a number or a date raises ValueError with a Danish message.
"""

import re
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

SKALAER = {
    "": Decimal(1),
    "tkr": Decimal(1_000),
    "tusind": Decimal(1_000),
    "mio": Decimal(1_000_000),
    "mia": Decimal(1_000_000_000),
}
TAL = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:,\d+)?")
DANSK_DATO = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{4})")
ISO_DATO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
LANG_DATO = re.compile(r"(\d{1,2})\.?\s+([a-zæøå]+)\.?\s+(\d{4})")


def afrund(vaerdi: Decimal, decimaler: int) -> Decimal:
    """Round half away from zero, as Danish papers do."""
    return vaerdi.quantize(Decimal(1).scaleb(-decimaler), rounding=ROUND_HALF_UP)


def tal(vaerdi: Decimal | int | None, decimaler: int | None = None) -> str:
    """1234567.891 -> '1.234.567,89' (decimaler=2); without decimaler just the digits it has. None -> '–'."""
    if vaerdi is None:
        return INGEN
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


def opremsning(ord_: list[str]) -> str:
    """['a', 'b', 'c'] -> 'a, b og c'."""
    return " og ".join([", ".join(ord_[:-1]), ord_[-1]]) if len(ord_) > 1 else "".join(ord_)


def laes_tal(tekst: str) -> Decimal:
    """Read a Danish number, also with a scale: '1.234.567,89', '25 mio.', '0,4 mio. kr.', '350 t.kr.', '12,5 %'.

    A lone dot is a thousands separator only before exactly three digits; '1.5' is refused, not guessed.
    """
    renset = re.sub(r"[\s\u00a0\u202f]+", " ", tekst).strip().replace("−", "-").replace("–", "-").lower()
    krop = re.sub(r"\s*(kroner|kr\.?|dkk|%|pct\.?)\s*$", "", renset).strip()
    skala = ""
    if fundet := re.search(r"\s*(t\.?(?:kr)?|tusind|mio|mia)\.?$", krop):
        skala = {"t": "tkr", "t.": "tkr", "t.kr": "tkr"}.get(fundet[1], fundet[1])
        krop = krop[: fundet.start()].strip()
    if not TAL.fullmatch(krop):
        raise ValueError(f"»{tekst.strip()}« kan ikke læses som et tal. Skriv for eksempel 1.234,5.")
    return Decimal(krop.replace(".", "").replace(" ", "").replace(",", ".")) * SKALAER[skala]


def laes_dato(tekst: str) -> date:
    """Read 1/11-2025, 01.11.2025, 1. november 2025 or 2025-11-01."""
    renset = re.sub(r"[\s\u00a0]+", " ", tekst).strip().lower()
    try:
        if fundet := ISO_DATO.fullmatch(renset):
            return date(*map(int, fundet.groups()))
        if fundet := DANSK_DATO.fullmatch(renset):
            dag, maaned, aar = map(int, fundet.groups())
            return date(aar, maaned, dag)
        if fundet := LANG_DATO.fullmatch(renset):
            maaned = next(
                nr for nr, navn in enumerate(MAANEDER, 1) if len(fundet[2]) >= 3 and navn.startswith(fundet[2])
            )
            return date(int(fundet[3]), maaned, int(fundet[1]))
    except (ValueError, StopIteration):
        raise ValueError(f"»{tekst.strip()}« er ikke en dato, der findes.") from None
    raise ValueError(
        f"»{tekst.strip()}« kan ikke læses som en dato. Skriv for eksempel 1. november 2025 eller 01.11.2025."
    )
