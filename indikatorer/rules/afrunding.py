"""What a rounded percent says: an interval of bases, reckoned exactly.

A figure shown as 18 % may be anything from 17.5 to 18.5. Sources do not say how they round a half, so both ends
belong to the interval: what is called impossible here is impossible however they round.
"""

from dataclasses import dataclass
from decimal import Decimal

HUNDREDE = 100


@dataclass(frozen=True)
class Interval:
    """Whole numbers from `mindst` to `hoejst`; None when there is no upper end. Empty when the ends have crossed."""

    mindst: int
    hoejst: int | None

    @property
    def er_tomt(self) -> bool:
        return self.hoejst is not None and self.hoejst < self.mindst

    def __and__(self, andet: "Interval") -> "Interval":
        ender = [ende for ende in (self.hoejst, andet.hoejst) if ende is not None]
        return Interval(max(self.mindst, andet.mindst), min(ender, default=None))

    def uden(self, andet: "Interval") -> "Interval":
        """What can be left when the other is taken away; no upper end when either has none."""
        if self.hoejst is None or andet.hoejst is None:
            return Interval(0, None)
        return Interval(self.mindst - andet.hoejst, self.hoejst - andet.mindst)

    def __contains__(self, tal: int) -> bool:
        return self.mindst <= tal and (self.hoejst is None or tal <= self.hoejst)


def cifre(vaerdi: Decimal, decimaler: int) -> int:
    """How many decimals the value is known with: those that are shown, or more when more are stored."""
    eksponent = vaerdi.normalize().as_tuple().exponent
    return max(decimaler, -eksponent if isinstance(eksponent, int) else 0)


def spaend(vaerdi: Decimal, decimaler: int) -> tuple[int, int, int]:
    """The lowest and highest that a shown value may stand for, over a common denominator: whole numbers, since a plan
    may have a hundred thousand of them."""
    skala = 10 ** cifre(vaerdi, decimaler)
    dobbelt = 2 * int(vaerdi * skala)
    return dobbelt - 1, dobbelt + 1, 2 * skala


def _op(taeller: int, naevner: int) -> int:
    """The quotient, rounded up."""
    return -(-taeller // naevner)


def grundlag_af(antal: int, procent: Decimal, decimaler: int) -> Interval:
    """The bases that `antal` can be `procent` of; an empty interval when there is none."""
    lav, hoej, naevner = spaend(procent, decimaler)
    mindst = max(antal, 1)
    if antal == 0:
        return Interval(mindst, None if lav <= 0 else 0)
    if hoej > 0:
        mindst = max(mindst, _op(HUNDREDE * antal * naevner, hoej))
    return Interval(mindst, HUNDREDE * antal * naevner // lav if lav > 0 else None)


def antal_af(grundlag: Interval, procent: Decimal, decimaler: int) -> Interval:
    """The counts that can be `procent` of one of the bases."""
    lav, hoej, naevner = spaend(procent, decimaler)
    mindst = max(0, _op(grundlag.mindst * lav, HUNDREDE * naevner))
    if grundlag.hoejst is None:
        return Interval(mindst, None)
    return Interval(mindst, min(grundlag.hoejst, grundlag.hoejst * hoej // (HUNDREDE * naevner)))
