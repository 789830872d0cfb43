"""A target in words, and whether a figure holds it."""

from decimal import Decimal

from aftaler.choices import Maaltype, Retning, Sammenligning
from helhedsplan.formats import kroner, procent, tal
from indikatorer.choices import Enhed, Udviklingsretning


def i_enhed(vaerdi: Decimal | None, enhed: str, decimaler: int | None = None) -> str:
    """A figure with its unit, as it is written everywhere."""
    if enhed == Enhed.PROCENT:
        return procent(vaerdi, decimaler)
    if enhed == Enhed.KRONER:
        return kroner(vaerdi, decimaler or 0)
    return tal(vaerdi, decimaler)


def kort_i_enhed(vaerdi: Decimal, enhed: str) -> str:
    """With just the digits it has."""
    vaerdi = Decimal(f"{vaerdi.normalize():f}")
    eksponent = vaerdi.as_tuple().exponent
    return i_enhed(vaerdi, enhed, max(0, -eksponent if isinstance(eksponent, int) else 0))


def maal_i_ord(*, maaltype: str, maalretning: str, sammenligning: str, maalvaerdi: Decimal | None, enhed: str) -> str:
    """'skal falde', 'skal nå 30 %', 'højst 20 %', 'højst 80 om året'; '' when no target is set."""
    if maaltype == Maaltype.RETNING and maalretning:
        return "skal stige" if maalretning == Retning.STIGER else "skal falde"
    if maalvaerdi is None or maaltype not in Maaltype.values or not maaltype:
        return ""
    vaerdi = kort_i_enhed(maalvaerdi, enhed)
    if maaltype == Maaltype.TAL:
        return f"skal nå {vaerdi}"
    forhold = Sammenligning(sammenligning).label if sammenligning else ""
    return f"{forhold} {vaerdi}{' om året' if maaltype == Maaltype.AARLIGT_LOFT else ''}".strip()


def paa_vej(maalt: Decimal | None, aarsmaal: Decimal, retning: str) -> bool | None:
    """Whether a year's figure holds the year's target; None without a figure, or when neither way is better."""
    if maalt is None or retning == Udviklingsretning.INGEN:
        return None
    return maalt >= aarsmaal if retning == Udviklingsretning.OP else maalt <= aarsmaal
