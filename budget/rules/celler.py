"""The amounts of a budget as plain values: where they stand, how they were reckoned, and how people write them."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from budget.choices import HOEJESTE_BELOEB, Bidragsart, Enhed
from helhedsplan import formats
from helhedsplan.tabelfil import Maerke, Regnetal, laes_celle
from helhedsplan.tallaeser import BELOEB, MAENGDE, MAENGDER, laes, laes_tal, tjek_enhed

NUL = Decimal("0.00")
OERE = Decimal("0.01")
FAELLES = "faelles"


class Formaal(NamedTuple):
    """What an amount is for: with neither, the plan in common. Keys of the database."""

    delaftale: int | None = None
    aktivitet: int | None = None


class Cellenoegle(NamedTuple):
    """Where an amount of the financing stands: keys of the database, and a value of Bidragsart."""

    kilde: int
    art: str
    formaal: Formaal
    planaar: int | None


class Udgiftsnoegle(NamedTuple):
    """Where an amount of the costs stands."""

    konto: int
    formaal: Formaal
    planaar: int | None


class Vaerdi(NamedTuple):
    """What stands in a cell. `maengde` and `satsvaerdi` (a key) are only for hours and premises."""

    beloeb: Decimal
    maengde: Decimal | None = None
    satsvaerdi: int | None = None
    afrundet_til: Decimal | None = None
    note: str = ""

    @property
    def usikkerhed(self) -> Decimal:
        """The true amount lies within this of the one written."""
        return self.afrundet_til / 2 if self.afrundet_til else NUL


def beloeb_af_sats(maengde: Decimal, sats: Decimal) -> Decimal:
    """Hours x hourly price, m² or months x price, rounded to the øre."""
    return (maengde * sats).quantize(OERE, rounding=ROUND_HALF_UP)


def formel(vaerdi: Vaerdi, sats: Decimal | None, enhed: str) -> str:
    """'120 timer × 350,00 kr. = 42.000,00 kr.'; empty when the amount was not reckoned with a rate."""
    if vaerdi.maengde is None or sats is None:
        return ""
    ord_ = Enhed(enhed).label if vaerdi.maengde == 1 else Enhed(enhed).flertal
    maengde = formats.tal(vaerdi.maengde.normalize())
    return f"{maengde} {ord_} × {formats.kroner(sats, 2)} = {formats.kroner(vaerdi.beloeb, 2)}"


def laes_beloeb(tekst: str, skala: int = 1) -> Decimal:
    """An amount as written in a cell of the grid, in kroner. `skala` is what a bare number counts in (1.000 for t.kr.).

    Raises ValueError with a Danish message: no number, negative, over a billion, or finer than øre.
    """
    laest = laes(tekst, tre_decimaler=skala != 1)
    tjek_enhed(laest, BELOEB)
    return tjek_beloeb(laest.vaerdi if laest.enhed or laest.skala != 1 else laest.vaerdi * skala)


#: Spreadsheets reckon in binary fractions; a result this close to a whole øre is one.
STOEJ = Decimal("0.0001")


def filbeloeb(celle: str, brudt: re.Pattern[str] | None = None) -> tuple[Decimal, str]:
    """An amount as it stands in a cell of a workbook, and the mark of a footnote behind it ('' for none).

    `brudt`: as `laes_celle`. Raises ValueError as `laes_beloeb` does; a dash is a fault too, for nobody is told to be
    zero by a guess.
    """
    laest = laes_celle(celle, brudt=brudt)
    if isinstance(laest, Maerke):
        return laes_beloeb(celle), ""
    tjek_enhed(laest, BELOEB)
    beloeb = laest.vaerdi
    if isinstance(celle, Regnetal) and abs(beloeb) < 10**15 and abs(beloeb - (oere := beloeb.quantize(OERE))) < STOEJ:
        beloeb = oere
    return tjek_beloeb(beloeb), laest.fodnote


def tjek_beloeb(beloeb: Decimal) -> Decimal:
    """The amount in øre; raises ValueError when no cell can hold it."""
    if beloeb < 0:
        raise ValueError("Beløbet kan ikke være negativt.")
    if beloeb > HOEJESTE_BELOEB:
        raise ValueError("Beløbet er over 1 mia. kr. Se efter, om der er for mange nuller.")
    if beloeb != beloeb.quantize(OERE):
        raise ValueError("Beløbet har flere end to decimaler.")
    return beloeb.quantize(OERE)


def som_tekst(beloeb: Decimal | None, skala: int = 1) -> str:
    """The amount as a cell of the grid shows it for editing: every digit it has, so that it is read back the same."""
    if beloeb is None:
        return ""
    if skala == 1:
        return formats.tal(beloeb, 0 if beloeb == beloeb.to_integral_value() else 2)
    return formats.tal(Decimal(f"{(beloeb / skala).normalize():f}"))


HOEJESTE_MAENGDE = Decimal(10_000_000)


def laes_maengde(tekst: str, enhed: str = "") -> Decimal:
    """Hours, m² or months (a value of Enhed, when the rate is known); raises ValueError as `laes_beloeb` does."""
    return tjek_maengde(laes_tal(tekst, MAENGDER.get(enhed, MAENGDE)))


def tjek_maengde(maengde: Decimal) -> Decimal:
    if maengde < 0:
        raise ValueError("Antallet kan ikke være negativt.")
    if maengde > HOEJESTE_MAENGDE:
        raise ValueError("Antallet er over 10 mio. Se efter, om der er for mange nuller.")
    if maengde != maengde.quantize(OERE):
        raise ValueError("Antallet har flere end to decimaler.")
    return maengde.quantize(OERE)


def sum_af(vaerdier) -> Decimal:
    return sum((v.beloeb for v in vaerdier), NUL)


def kr(beloeb: Decimal) -> str:
    """Whole kroner without øre, others with two decimals."""
    return formats.kroner(beloeb, 0 if beloeb == beloeb.to_integral_value() else 2)


def usikkerhed_af(vaerdier) -> Decimal:
    return sum((v.usikkerhed for v in vaerdier), NUL)


def er_i_naturalier(art: str) -> bool:
    """Everything that is not cash."""
    return art != Bidragsart.KONTANT


def laeg_til(vaerdier: dict, deltaer: dict) -> dict:
    """Amounts with deltas added; a cell that is changed keeps its rounding and loses its formula."""
    ud = dict(vaerdier)
    for noegle, delta in deltaer.items():
        foer = ud.get(noegle) or Vaerdi(NUL)
        ud[noegle] = Vaerdi(foer.beloeb + delta, afrundet_til=foer.afrundet_til, note=foer.note)
    return ud
