"""A table as it was read: its cells as text, what is known of them besides, and where each stands."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

#: What stands in a cell whose formula failed or was never reckoned, which a workbook's reader takes for nothing.
CELLEFEJL = "#VÆRDI!"
FLEST_DECIMALER_I_PROCENT = 4
#: A decimal dot; and one before one or two digits, which are no thousands.
BRUDT = re.compile(r"-?\d+\.\d+", re.ASCII)
KORT_BRUDT = re.compile(r"-?\d+\.\d{1,2}", re.ASCII)


class Talform(NamedTuple):
    """How a workbook shows a figure: in percent, and with how many decimals."""

    procent: bool
    decimaler: int


class Regnetal(str):
    """A cell that a workbook holds as a number, as a Dane would write it: its comma is surely the decimal one.

    `vist`: how many decimals the workbook shows, None when its form does not say.
    """

    __slots__ = ("vist",)
    vist: int | None

    def __new__(cls, tekst: str, vist: int | None = None) -> "Regnetal":
        nyt = super().__new__(cls, tekst)
        nyt.vist = vist
        return nyt

    @property
    def vaerdi(self) -> Decimal:
        """As written; in percent where it is shown so."""
        return Decimal(self.removesuffix(" %").replace(",", "."))


@dataclass
class Tabel:
    """A sheet of a workbook, or a CSV file as a whole. Rows and columns count from 0; a row ends with its last cell.

    navn: of the sheet, '' in a file that is one table. skilletegn: what parts the cells of a text, '' in a workbook and
    None where nothing does. flettede: ((row, column), (row, column)) of merged cells. fejl: cells of no known value,
    with the reason; they read CELLEFEJL. skjult: what is hidden in the sheet and read with the rest, in words.
    """

    navn: str
    raekker: list[list[str]]
    skilletegn: str | None = ""
    flettede: list[tuple] = field(default_factory=list)
    fejl: dict[tuple[int, int], str] = field(default_factory=dict)
    skjult: tuple[str, ...] = ()

    @cached_property
    def brudt(self) -> re.Pattern[str] | None:
        """How a decimal dot looks here: any where commas part the cells; a short one in a text among a workbook's own
        numbers; elsewhere none is known to be one."""
        if self.skilletegn == ",":
            return BRUDT
        har_tal = any(isinstance(celle, Regnetal) for raekke in self.raekker for celle in raekke)
        return KORT_BRUDT if har_tal else None

    def celle(self, r: int, k: int) -> str:
        """'' also where the row is shorter."""
        raekke = self.raekker[r] if r < len(self.raekker) else []
        return raekke[k] if k < len(raekke) else ""

    def saet(self, r: int, k: int, tekst: str) -> None:
        """Also where the row is shorter."""
        self.raekker += [[] for _ in range(r + 1 - len(self.raekker))]
        self.raekker[r] += [""] * (k + 1 - len(self.raekker[r]))
        self.raekker[r][k] = tekst

    def adresse(self, r: int, k: int) -> str:
        """As a spreadsheet names it: "Budget!C7"."""
        return f"{self.navn}!{cellenavn(r, k)}".lstrip("!")

    def sted(self, r: int, k: int) -> str:
        """In words: "ark »Budget«, celle C7"; in a text "linje 12, kolonne 3"."""
        if self.navn:
            return f"ark »{self.navn}«, celle {cellenavn(r, k)}"
        return f"linje {r + 1}, kolonne {k + 1}"


def som_celle(vaerdi: object, form: Talform | None = None) -> str:
    """What a workbook holds, as a person sees it: 26.1 -> '26,1'; 0.261 shown in percent -> '26,1 %'."""
    if isinstance(vaerdi, str):
        return vaerdi.strip()
    if vaerdi is None:
        return ""
    if isinstance(vaerdi, bool):
        return "SAND" if vaerdi else "FALSK"
    if isinstance(vaerdi, int | float | Decimal):
        return _regnetal(vaerdi, form)
    if isinstance(vaerdi, datetime):
        vaerdi = vaerdi.date()
    return vaerdi.isoformat() if isinstance(vaerdi, date) else str(vaerdi)


def _regnetal(vaerdi: float | Decimal, form: Talform | None) -> Regnetal:
    """Spreadsheets reckon in binary fractions and show fifteen digits; a share shown in percent has four decimals."""
    tal = vaerdi if isinstance(vaerdi, Decimal) else Decimal(f"{vaerdi:.15g}")
    if form is not None and form.procent:
        tal = round(tal * 100, FLEST_DECIMALER_I_PROCENT)
    tekst = f"{tal.normalize() + 0:f}".replace(".", ",")
    if form is None:
        return Regnetal(tekst)
    return Regnetal(f"{tekst} %" if form.procent else tekst, form.decimaler)


def celletekst(celle: str | None) -> str:
    """Without line breaks and double spaces."""
    return " ".join(celle.split()) if celle else ""


def kolonnebogstav(nr: int) -> str:
    """0 -> A, 26 -> AA."""
    ud = ""
    nr += 1
    while nr:
        nr, rest = divmod(nr - 1, 26)
        ud = chr(65 + rest) + ud
    return ud


def kolonnenr(bogstaver: str) -> int:
    """A -> 0, AA -> 26."""
    nr = 0
    for bogstav in bogstaver:
        nr = nr * 26 + ord(bogstav) - 64
    return nr - 1


def cellenavn(raekke: int, kolonne: int) -> str:
    """Row 3, column 4 (from 0) -> 'E4'."""
    return f"{kolonnebogstav(kolonne)}{raekke + 1}"
