"""A measurement as a file has it: what it says, put together with what stands, and what is wrong with the outcome.

The same limits as the model's own validation holds, for a hundred thousand rows at a time.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from helhedsplan.formats import tal
from indikatorer.choices import Maaletilstand
from indikatorer.rules.tal import SENESTE_AAR, TIDLIGSTE_AAR, talfejl

STOERSTE_HELTAL = 2_147_483_647
STOERSTE_VAERDI = Decimal(10) ** 10
FLEST_DECIMALER = 4
LAENGDER = {"kilde": 200, "begivenhed": 60}


class Vaerdier(NamedTuple):
    """The fields of a measurement that a file may say something of."""

    tilstand: str = Maaletilstand.VAERDI.value
    antal: int | None = None
    grundlag: int | None = None
    vaerdi: Decimal | None = None
    decimaler: int = 1
    dato: date | None = None
    kilde: str = ""
    udtrukket: date | None = None
    note: str = ""


@dataclass(slots=True)
class Tidsraekke:
    """One cell of the plan's figures, and the fields a file gives for it.

    `tom`: the file has nothing there; that fills a hole and never takes away a figure. `hvor` is the place in the file:
    (table, row, column); `andre` that of figures which stand in other rows.
    """

    indikator: int
    sted: int
    aar: int
    begivenhed: str
    felter: dict[str, Any] = field(default_factory=dict)
    tom: bool = False
    hvor: tuple[int, int, int] = (0, 0, 0)
    andre: dict[str, tuple[int, int, int]] | None = None

    @property
    def noegle(self) -> tuple[int, int, int, str]:
        return self.indikator, self.sted, self.aar, self.begivenhed


def sammenlagt(gammel: Vaerdier | None, felter: dict[str, Any]) -> Vaerdier:
    """What the measurement becomes. A missing or suppressed one holds no figures."""
    ny = Vaerdier(**felter) if gammel is None else gammel._replace(**felter)
    if ny.tilstand != Maaletilstand.VAERDI:
        return ny._replace(antal=None, grundlag=None, vaerdi=None)
    return ny


def raekkefejl(enhed: str, aar: int, begivenhed: str, v: Vaerdier) -> list[tuple[str, str]]:
    """What is wrong with a measurement: (field, message)."""
    fejl = list(talfejl(enhed, aar=aar, dato=v.dato, vaerdi=v.vaerdi).items())
    if not TIDLIGSTE_AAR <= aar <= SENESTE_AAR:
        fejl.append(("aar", f"Årstallet {aar} skal ligge mellem {TIDLIGSTE_AAR} og {SENESTE_AAR}."))
    if v.antal is None and v.vaerdi is None:
        if v.tilstand == Maaletilstand.VAERDI:
            fejl.append(("", "Der er hverken et antal eller en værdi."))
    elif v.antal is not None and v.grundlag is not None and v.antal > v.grundlag:
        fejl.append(("antal", f"Antallet {tal(v.antal)} er større end {tal(v.grundlag)}, som det er ud af."))
    fejl += [
        (felt, f"Antallet {tal(heltal)} skal ligge mellem 0 og {tal(STOERSTE_HELTAL)}.")
        for felt, heltal in (("antal", v.antal), ("grundlag", v.grundlag))
        if heltal is not None and not 0 <= heltal <= STOERSTE_HELTAL
    ]
    if v.vaerdi is not None and (besked := _vaerdifejl(v.vaerdi)):
        fejl.append(("vaerdi", besked))
    if not 0 <= v.decimaler <= FLEST_DECIMALER:
        fejl.append(("decimaler", "Der kan højst vises fire decimaler."))
    if len(begivenhed) > LAENGDER["begivenhed"] or len(v.kilde) > LAENGDER["kilde"]:
        fejl.append(("kilde", "Begivenhed er på højst 60 tegn og kilde på højst 200."))
    return fejl


def _vaerdifejl(vaerdi: Decimal) -> str:
    eksponent = vaerdi.as_tuple().exponent
    if isinstance(eksponent, int) and -eksponent > FLEST_DECIMALER:
        return f"{tal(vaerdi)} har flere end fire decimaler."
    return "" if abs(vaerdi) < STOERSTE_VAERDI else f"{tal(vaerdi)} er for stort et tal."
