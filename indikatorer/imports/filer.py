"""The bytes of a file as sheets of text. Refuses, in Danish, what cannot be read; judges nothing else.

A figure of a workbook becomes the text that a Dane would write: 26.1 -> '26,1'; 0.261 shown in percent -> '26,1 %'.
"""

import csv
import io
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from helhedsplan import filslags
from helhedsplan.formats import afrund
from helhedsplan.regneark import Talform
from helhedsplan.regnearkslaeser import Graenser, Laestark, Ulaeseligt, laes
from indikatorer.imports.tal import Regnetal

HOEJST_BYTES = 25 * 1024 * 1024
HOEJST_UDPAKKET = 250 * 1024 * 1024
HOEJST_CELLER = 4_000_000
FLEST_DECIMALER = 4
PROEVELINJER = 40
#: Stands in a cell whose formula failed, which the reader takes for nothing.
CELLEFEJL = "#VÆRDI!"
ULAESELIGT = {
    "FYLDER": "Regnearket fylder for meget, når det pakkes ud. Del det i flere.",
    "KODE": filslags.KODE,
    "OEDELAGT": "Regnearket er beskadiget eller ikke af typen .xlsx og kan ikke læses.",
}
FEJL_I_CSV = "Filen kan ikke læses: et anførselstegn er ikke afsluttet, eller en linje er ødelagt."


class UlaeseligFil(Exception):
    """The file is no table that can be read; the text is shown."""


@dataclass(frozen=True)
class Ark:
    """A sheet as text; its name is '' in a file that is one table. Rows and columns count from 0.

    flettede: ((row, column), (row, column)) of merged cells. `viste`: shown decimals of figures in a workbook.
    """

    navn: str
    raekker: list[list[str]]
    flettede: list[tuple] = field(default_factory=list)
    fejl: dict[tuple[int, int], str] = field(default_factory=dict)
    viste: dict[tuple[int, int], int] = field(default_factory=dict)
    punktum_er_komma: bool = False
    #: What is hidden in the sheet, in words.
    skjult: tuple[str, ...] = ()


def laes_fil(data: bytes) -> list[Ark]:
    """The sheets of an XLSX workbook, or the one table of a CSV file. Raises UlaeseligFil."""
    if len(data) > HOEJST_BYTES:
        raise UlaeseligFil(f"Filen er større end {HOEJST_BYTES // 1024 // 1024} MB. Del den i flere.")
    if afvist := filslags.afvist(data):
        raise UlaeseligFil(afvist)
    ark = _regneark(data) if data.startswith(filslags.ZIP) else [_csv(_afkod(data))]
    if sum(len(raekke) for a in ark for raekke in a.raekker) > HOEJST_CELLER:
        raise UlaeseligFil("Filen har for mange celler. Del den i flere.")
    return ark


# --- text -----------------------------------------------------------------------------------------------------------


def _afkod(data: bytes) -> str:
    if not (tekst := filslags.afkod(data)):
        raise UlaeseligFil(filslags.UKENDT)
    return tekst


def _csv(tekst: str) -> Ark:
    tegn = _skilletegn(tekst)
    try:
        raekker = list(csv.reader(io.StringIO(tekst, newline=""), delimiter=tegn, strict=True))
    except csv.Error:
        raise UlaeseligFil(FEJL_I_CSV) from None
    # The same text is kept once, however many cells it stands in.
    rensede: dict[str, str] = {}
    for raekke in raekker:
        for nr, celle in enumerate(raekke):
            renset = rensede.get(celle)
            if renset is None:
                renset = rensede[celle] = celle.strip()
            raekke[nr] = renset
    return Ark("", raekker, punktum_er_komma=tegn == ",")


def _skilletegn(tekst: str) -> str:
    """The one that most of the first lines hold equally often; commas last, which also stand in Danish numbers."""
    linjer = [re.sub(r'"[^"]*"', "", linje) for linje in tekst[:200_000].splitlines()[:PROEVELINJER] if linje.strip()]
    bedst, bedste_vaegt = ";", 0.0
    for tegn, vaegt in ((";", 1.0), ("\t", 1.0), (",", 0.4)):
        antal = [linje.count(tegn) for linje in linjer]
        flest = max(set(antal), key=lambda n: (n > 0, antal.count(n)), default=0)
        if flest and vaegt * antal.count(flest) > bedste_vaegt:
            bedst, bedste_vaegt = tegn, vaegt * antal.count(flest)
    return bedst


# --- workbooks ------------------------------------------------------------------------------------------------------


def _regneark(data: bytes) -> list[Ark]:
    try:
        return [_ark(et) for et in laes(data, Graenser(HOEJST_UDPAKKET, HOEJST_CELLER, former=True))]
    except Ulaeseligt as grund:
        raise UlaeseligFil(" ".join(grund.beskeder) or ULAESELIGT[grund.kode]) from None


def _ark(ark: Laestark) -> Ark:
    kendt = ark.kendt
    former = kendt.former
    raekker = [
        [_tekst(vaerdi, former.get((r, k))) for k, vaerdi in enumerate(raekke)] for r, raekke in enumerate(ark.raekker)
    ]
    for celle in kendt.fejl:
        _saet(raekker, *celle, CELLEFEJL)
    viste = {celle: form.decimaler for celle, form in former.items()}
    return Ark(ark.navn, raekker, ark.flettede, kendt.fejl, viste, skjult=kendt.skjult)


def _saet(raekker: list[list[str]], r: int, k: int, tekst: str) -> None:
    """Also where the reader has cut off what it took for nothing."""
    raekker += [[] for _ in range(r + 1 - len(raekker))]
    raekker[r] += [""] * (k + 1 - len(raekker[r]))
    raekker[r][k] = tekst


def _tekst(vaerdi, form: Talform | None) -> str:
    if isinstance(vaerdi, str):
        return vaerdi.strip()
    if isinstance(vaerdi, bool):
        return "SAND" if vaerdi else "FALSK"
    if isinstance(vaerdi, int | float):
        return _som_tekst(vaerdi, form)
    if isinstance(vaerdi, datetime):
        return vaerdi.date().isoformat()
    return vaerdi.isoformat() if isinstance(vaerdi, date) else str(vaerdi)


def _som_tekst(vaerdi: float, form: Talform | None) -> str:
    """Spreadsheets reckon in binary fractions and show fifteen digits; we keep four decimals of them."""
    tal = Decimal(f"{vaerdi:.15g}")
    if form is not None and form.procent:
        tal *= 100
    tal = afrund(tal, FLEST_DECIMALER).normalize()
    tekst = f"{tal:f}".replace(".", ",")
    return Regnetal(f"{tekst} %" if form is not None and form.procent else tekst)
