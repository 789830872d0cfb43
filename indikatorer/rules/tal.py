"""What a single figure may be, apart from what the table itself refuses."""

from datetime import date
from decimal import Decimal

from indikatorer.choices import Enhed

HUNDREDE = Decimal(100)
TIDLIGSTE_AAR, SENESTE_AAR = 1990, 2100


def talfejl(enhed: str, *, aar: int | None, dato: date | None, vaerdi: Decimal | None) -> dict[str, str]:
    """What is wrong with a figure, by field: the unit's limits, and the year against the day."""
    fejl = {}
    if enhed == Enhed.PROCENT and vaerdi is not None and not 0 <= vaerdi <= HUNDREDE:
        fejl["vaerdi"] = "En procent ligger mellem 0 og 100."
    if enhed == Enhed.ANTAL and vaerdi is not None:
        fejl["vaerdi"] = "Indikatoren tæller. Skriv tallet som antal og ikke som værdi."
    if dato is not None and aar is not None and dato.year != aar:
        fejl["dato"] = f"Dagen ligger i {dato.year}, men tallet er for {aar}."
    return fejl
