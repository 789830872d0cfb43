"""What stands in a cell of a file: a figure, or a mark that says why there is none. The one reader of all doors.

A figure is read by `helhedsplan.tallaeser`; what only files have is read here: the numbers that a workbook holds, the
mark of a footnote behind a figure (kept, for the door to say), 0 in a spreadsheet's money format, decimal dots in files
that are parted by commas. What a mark comes to is the door's: to an indicator a dash is a missing figure, to a sum it
is nothing, and in a budget it is a fault.
"""

import re
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from helhedsplan.tabelfil.tabel import Regnetal
from helhedsplan.tallaeser import Talfejl, laes, renset

FEJLFORMEL = "Cellen viser en fejl. Ret formlen, eller skriv tallet."
FORMELFEJL = re.compile(r"#(?:REF!|VALUE!|DIV/0!|NAME\?|N/A|NUM!|NULL!|VÆRDI!|I/T|REFERENCE!|NAVN\?)", re.IGNORECASE)
STREG = re.compile(r"-+")
PRIKKER = re.compile(r"\.(?:\.{2,})?|…")
SKJULT = re.compile(r"\.\.|‥|#|\*{1,2}|(?:<|&lt;|under) ?\d{1,2}|[01] ?- ?[1-9]")
#: What a mark can begin with; most cells do not.
MAERKET = frozenset("-\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d\u2014.…‥#*<&uU01÷ \u00a0\u00ad\u200b\u2060\ufeff")
LIGETIL = re.compile(r"(\d{1,14})(?:,(\d{1,2}))?", re.ASCII)
#: "2,6*", "50.000 1)", "5²"; but square metres are a unit.
FODNOTE = re.compile(r"(?<=[\d\w.])(?<!m)(\s*(?:\*+\)?|[\u00b9\u00b2\u00b3])|\s+\d\))$")
#: As spreadsheets show 0 in their money format: "- kr."
NUL_KRONER = re.compile(r"(?:kr\.? ?)?- ?(?:kr\.?)?(?<!^-)")
#: The sheet's own explanation of a mark: "-  Nul", ": = Oplysning foreligger ikke".
TEGNFORKLARING = re.compile(
    r"^(?P<tegn>[-\u2010-\u2015\u2212]|\.{1,3}|[…‥:]) *(?:=|:|betyder)? *(?P<ord>[a-zæøå]{3}.*)",
    re.IGNORECASE | re.DOTALL,
)


class Maerke(Enum):
    """Why a cell holds no figure. NUL: the sheet says of its mark that it is zero."""

    TOM = "tom"
    STREG = "streg"
    MANGLER = "mangler"
    SKJULT = "skjult"
    NUL = "nul"


#: What a sheet may say that its mark means, as the first words of it.
BETYDNINGER = (
    (Maerke.NUL, re.compile(r"nul\b", re.IGNORECASE)),
    (Maerke.SKJULT, re.compile(r"(?:tal\w* |oplysning\w* )?(?:er )?(?:diskret|fortrolig|anonym|skjul)", re.IGNORECASE)),
    (
        Maerke.MANGLER,
        re.compile(
            r"(?:tal\w* |oplysning\w* |data )?(?:mangler|(?:foreligger|findes|haves|kendes) ikke|uoplyst|ukendt)|"
            r"ingen (?:tal|oplysning|data)",
            re.IGNORECASE,
        ),
    ),
)


class Celletal(NamedTuple):
    """A figure with the decimals it is written with, what unit stands beside it ('' for none, else as in tallaeser),
    what one whole counts, and the mark of a footnote behind it ('' for none)."""

    vaerdi: Decimal
    decimaler: int
    enhed: str = ""
    skala: int = 1
    fodnote: str = ""


def maerke(tekst: str) -> Maerke | None:
    """What a mark means where the sheet does not say otherwise; None for what is no mark."""
    if tekst and (tekst[0] not in MAERKET or len(tekst) > 12):
        return None
    rent = renset(tekst.replace("\u2014", "-"))
    taet = rent.replace(" ", "")
    if not taet:
        return Maerke.TOM
    if STREG.fullmatch(taet):
        return Maerke.STREG
    if SKJULT.fullmatch(rent):
        return Maerke.SKJULT
    return Maerke.MANGLER if PRIKKER.fullmatch(taet) else None


def forklaret(linjer: list[str]) -> dict[str, Maerke]:
    """What a sheet's notes say that its marks mean: one mark to a note, the first in it."""
    ud = {}
    for linje in linjer:
        if fundet := TEGNFORKLARING.match(linje.strip()):
            for betyder, ordene in BETYDNINGER:
                if ordene.match(fundet["ord"]):
                    ud[renset(fundet["tegn"].replace("\u2014", "-").replace("\u2015", "-"))] = betyder
                    break
    return ud


def laes_celle(
    celle: str,
    *,
    brudt: re.Pattern[str] | None = None,
    tre_decimaler: bool = False,
    tegn: dict[str, Maerke] | None = None,
) -> Celletal | Maerke:
    """Raises Talfejl, in Danish, for anything that is not surely a number or a mark.

    `brudt`: how a decimal dot looks in the table (`Tabel.brudt`). `tre_decimaler`: 1,234 is known to have a decimal
    comma. `tegn`: what the sheet says of its marks.
    """
    if isinstance(celle, Regnetal):
        return _regnetal(celle)
    if fundet := LIGETIL.fullmatch(celle):
        hele, decimaler = fundet.groups()
        return Celletal(Decimal(f"{hele}.{decimaler}" if decimaler else hele), len(decimaler or ""))
    tekst = celle.strip()
    sagt = tegn.get(renset(tekst.replace("\u2014", "-"))) if tegn and len(tekst) < 4 else None
    if (fundet_maerke := sagt or maerke(tekst)) is not None:
        return fundet_maerke
    if FORMELFEJL.match(tekst):
        raise Talfejl(FEJLFORMEL, "formel")
    return _tal(tekst, brudt, tre_decimaler)


def _tal(tekst: str, brudt: re.Pattern[str] | None, tre_decimaler: bool) -> Celletal:
    if NUL_KRONER.fullmatch(renset(tekst)):
        return Celletal(Decimal(0), 0, "kr")
    krop, fodnote = _uden_fodnote(tekst)
    if brudt and brudt.fullmatch(krop):
        return _med_punktum(krop)._replace(fodnote=fodnote)
    try:
        laest = laes(krop, tre_decimaler=tre_decimaler)
    except Talfejl:
        laest, fodnote = laes(tekst, tre_decimaler=tre_decimaler), ""  # the refusal names the cell as it stands
    return Celletal(laest.vaerdi, laest.decimaler, laest.enhed, laest.skala, fodnote)


def _regnetal(celle: Regnetal) -> Celletal:
    vaerdi = celle.vaerdi
    return Celletal(vaerdi, max(0, -int(vaerdi.as_tuple().exponent)), "pct" if celle.endswith("%") else "")


def _uden_fodnote(tekst: str) -> tuple[str, str]:
    fundet = FODNOTE.search(tekst)
    return (tekst[: fundet.start()], fundet[0].strip()) if fundet else (tekst, "")


def _med_punktum(tekst: str) -> Celletal:
    hele, _, brudt = tekst.partition(".")
    if len(brudt) == 3 and hele.lstrip("-") != "0":
        besked = f"»{tekst}« kan være både {hele}{brudt} og {hele},{brudt}. Skriv det uden punktum."
        raise Talfejl(besked, "flertydigt")
    return Celletal(Decimal(tekst), len(brudt))
