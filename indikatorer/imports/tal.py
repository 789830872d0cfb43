"""What a cell of a file says of an indicator: a figure, or why there is none.

Missing: an empty cell, `.`, `…`, `...` and a dash. Suppressed: `..`, `#`, `*`, `<5` and ranges such as `0-4`. A dash is
missing and not zero: sources differ, and nobody is told to be zero by a guess; the sheet may say so itself.
"""

import re
from decimal import Decimal

from helhedsplan.formats import afrund
from helhedsplan.tabelfil import Celletal, Maerke, Regnetal
from helhedsplan.tabelfil import laes_celle as laes_filens_celle
from helhedsplan.tabelfil import maerke as filens_maerke
from helhedsplan.tallaeser import Maal, Talfejl, tjek_enhed
from indikatorer.choices import Maaletilstand

FLEST_DECIMALER = 4
FIGUR = Maal("et tal", frozenset({"pct", "kr", "antal"}), skala=True)
TILSTAND: dict[Maerke, Maaletilstand] = {
    Maerke.TOM: Maaletilstand("mangler"),
    Maerke.STREG: Maaletilstand("mangler"),
    Maerke.MANGLER: Maaletilstand("mangler"),
    Maerke.SKJULT: Maaletilstand("diskretioneret"),
}


def maerke(tekst: str) -> Maaletilstand | None:
    """What a mark means; None for what is no mark."""
    fundet = filens_maerke(tekst)
    return TILSTAND[fundet] if fundet else None


def laes_celle(
    tekst: str, *, brudt: re.Pattern[str] | None = None, tegn: dict[str, Maerke] | None = None, fodnoter: bool = False
) -> Celletal | Maaletilstand:
    """Raises ValueError, in Danish, for anything that is not surely a number or a mark. `fodnoter`: the mark of a
    footnote may stand behind it, and is somebody else's to tell of."""
    laest = laes_filens_celle(tekst, brudt=brudt, tegn=tegn)
    if isinstance(laest, Maerke):
        return Celletal(Decimal(0), 0) if laest is Maerke.NUL else TILSTAND[laest]
    tjek_enhed(laest, FIGUR)
    if laest.fodnote and not fodnoter:
        raise Talfejl(f"»{tekst.strip()}« kan ikke læses som et tal. Skriv det uden »{laest.fodnote}«.", "tegn")
    if isinstance(tekst, Regnetal):
        return _regnet(laest)
    return laest if laest.skala == 1 and laest.enhed != "kr" else laest._replace(decimaler=0)


def _regnet(laest: Celletal) -> Celletal:
    """Of what a workbook reckons, four decimals are kept."""
    vaerdi = afrund(laest.vaerdi, FLEST_DECIMALER).normalize() if laest.decimaler > FLEST_DECIMALER else laest.vaerdi
    return laest._replace(vaerdi=vaerdi, decimaler=max(0, -int(vaerdi.as_tuple().exponent)))
