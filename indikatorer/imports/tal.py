"""One strict reader of what stands in a cell: a Danish number, or a mark that says why there is none.

Missing: an empty cell, `.`, `…`, `...` and a dash. Suppressed: `..`, `#`, `*`, `<5` and ranges such as `0-4`. A dash is
missing and not zero: sources differ, and nobody is told to be zero by a guess.
"""

import re
from decimal import Decimal
from typing import NamedTuple

from helhedsplan.regneark import FEJLFORMEL
from helhedsplan.tallaeser import Maal, laes, tjek_enhed
from indikatorer.choices import Maaletilstand

MANGLER = {"", ".", "…", "...", "-", "–", "—", "\u2212", "\u2010", "\u2011"}
SKJULT = {"..", "#", "*", "**", "‥"}
SKJULT_INTERVAL = re.compile(r"(?:<|&lt;|under) ?\d{1,2}|[01] ?[-–] ?[1-9]", re.IGNORECASE)
FORMELFEJL = re.compile(r"#(?:REF!|VALUE!|DIV/0!|NAME\?|N/A|NUM!|NULL!|VÆRDI!|I/T|REFERENCE!|NAVN\?)", re.IGNORECASE)
LIGETIL = re.compile(r"(\d{1,14})(?:,(\d{1,2}))?", re.ASCII)
MED_PUNKTUM = re.compile(r"-?\d+\.\d+", re.ASCII)


class Regnetal(str):
    """A cell that a workbook holds as a number: its comma is surely the decimal one."""

    __slots__ = ()


FIGUR = Maal("et tal", frozenset({"pct", "kr", "antal"}), skala=True)


class Celletal(NamedTuple):
    """A figure with the decimals it is written with; `enhed` is '%' or 'kr' or 'antal' when that stands beside it."""

    vaerdi: Decimal
    decimaler: int
    enhed: str = ""


def maerke(tekst: str) -> Maaletilstand | None:
    """What a mark means; None for what is no mark."""
    if tekst in MANGLER:
        return Maaletilstand("mangler")
    if tekst in SKJULT or (len(tekst) < 9 and SKJULT_INTERVAL.fullmatch(tekst)):
        return Maaletilstand("diskretioneret")
    return None


def laes_celle(tekst: str, *, punktum_er_komma: bool = False) -> Celletal | Maaletilstand:
    """Raises ValueError, in Danish, for anything that is not surely a number or a mark."""
    regnet = isinstance(tekst, Regnetal)
    tekst = tekst.strip()
    if fundet := LIGETIL.fullmatch(tekst):
        hele, brudt = fundet.groups()
        return Celletal(Decimal(f"{hele}.{brudt}" if brudt else hele), len(brudt or ""))
    if (tilstand := maerke(tekst)) is not None:
        return tilstand
    if FORMELFEJL.match(tekst):
        raise ValueError(FEJLFORMEL)
    if punktum_er_komma and MED_PUNKTUM.fullmatch(tekst):
        return _med_punktum(tekst)
    return _fra_tekst(tekst, regnet)


def _med_punktum(tekst: str) -> Celletal:
    hele, _, brudt = tekst.partition(".")
    if len(brudt) == 3 and hele.lstrip("-") != "0":
        raise ValueError(f"»{tekst}« kan være både {hele}{brudt} og {hele},{brudt}. Skriv det uden punktum.")
    return Celletal(Decimal(tekst), len(brudt))


def _fra_tekst(tekst: str, regnet: bool) -> Celletal:
    laest = laes(tekst, tre_decimaler=regnet)
    tjek_enhed(laest, FIGUR)
    decimaler = laest.decimaler if laest.skala == 1 and laest.enhed != "kr" else 0
    return Celletal(laest.vaerdi, decimaler, "%" if laest.enhed == "pct" else laest.enhed)
