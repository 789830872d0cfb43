"""What a rule can answer: it holds, it does not hold, or that cannot be seen from what is told.

A value that is known between two limits holds a rule when every value between them does, breaks it when none does, and
else nothing can be seen. None is a limit that nobody has told. What is only probable (`sikkert` False) settles nothing.
"""

from decimal import Decimal
from enum import Enum

Graense = Decimal | int | None


class Svar(Enum):
    HOLDER = "holder"
    HOLDER_IKKE = "holder ikke"
    KAN_IKKE_SES = "kan ikke ses"

    def __bool__(self) -> bool:
        raise TypeError("Et svar er ikke ja eller nej: spørg, hvilket af de tre det er.")


def svar(*, altid: bool, aldrig: bool, sikkert: bool = True) -> Svar:
    """`altid`: every value that may be meant holds the rule; `aldrig`: none does."""
    if not sikkert:
        return Svar.KAN_IKKE_SES
    if altid:
        return Svar.HOLDER
    return Svar.HOLDER_IKKE if aldrig else Svar.KAN_IKKE_SES


def mindst(lavest: Graense, hoejest: Graense, gulv: Decimal | int, *, sikkert: bool = True) -> Svar:
    """Whether what lies between `lavest` and `hoejest` is at least `gulv`."""
    return svar(
        altid=lavest is not None and lavest >= gulv,
        aldrig=hoejest is not None and hoejest < gulv,
        sikkert=sikkert,
    )


def hoejst(lavest: Graense, hoejest: Graense, loft: Decimal | int, *, sikkert: bool = True) -> Svar:
    """Whether what lies between `lavest` and `hoejest` is at most `loft`."""
    return svar(
        altid=hoejest is not None and hoejest <= loft,
        aldrig=lavest is not None and lavest > loft,
        sikkert=sikkert,
    )


def modsat(et: Svar) -> Svar:
    """The answer to the opposite question: what cannot be seen, cannot be seen turned round either."""
    return {Svar.HOLDER: Svar.HOLDER_IKKE, Svar.HOLDER_IKKE: Svar.HOLDER}.get(et, et)


def alle(*flere: Svar) -> Svar:
    """Whether all of them hold: one that does not is enough to say no."""
    if Svar.HOLDER_IKKE in flere:
        return Svar.HOLDER_IKKE
    return Svar.KAN_IKKE_SES if Svar.KAN_IKKE_SES in flere else Svar.HOLDER
