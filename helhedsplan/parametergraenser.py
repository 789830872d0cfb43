"""What a parameter's value may be, by the unit that its definition gives it. Pure.

The same bounds hold for the rule set's own value and a plan's, on the form, in the plan file and when a rule set is
loaded. A value outside them that stands in the database already is never used: it counts as unknown, and is told.
"""

from dataclasses import dataclass
from decimal import Decimal

from helhedsplan import formats


@dataclass(frozen=True)
class Graense:
    mindst: Decimal
    hoejst: Decimal
    helt: bool = False


JA_NEJ = "(1 ja, 0 nej)"
#: Ten years of months is longer than any plan; a share is a share; money is at most what the fields hold. A threshold
#: of persons hides what is under it: 1 hides nobody, and under 2 there is only one number that a hidden one can be.
GRAENSER = {
    "måneder": Graense(Decimal(1), Decimal(120), helt=True),
    "dage": Graense(Decimal(0), Decimal(3660), helt=True),
    "år": Graense(Decimal(0), Decimal(50), helt=True),
    "%": Graense(Decimal(0), Decimal(100)),
    "kr.": Graense(Decimal(0), Decimal(10**9)),
    "mio. kr.": Graense(Decimal(0), Decimal(10**4)),
    "personer": Graense(Decimal(3), Decimal(1000), helt=True),
    "sider": Graense(Decimal(1), Decimal(1000), helt=True),
    "karakter": Graense(Decimal(-3), Decimal(12)),
    JA_NEJ: Graense(Decimal(0), Decimal(1), helt=True),
}
ANDET = Graense(Decimal(-(10**9)), Decimal(10**9))


def fejl(enhed: str, vaerdi: Decimal | None) -> str:
    """Why the value cannot be used, in Danish; '' when it can, and when there is none."""
    if vaerdi is None:
        return ""
    g = GRAENSER.get(enhed.strip().lower(), ANDET)
    if not vaerdi.is_finite() or not g.mindst <= vaerdi <= g.hoejst:
        fra, til = (formats.tal(tal) for tal in (g.mindst, g.hoejst))
        return f"Værdien skal ligge mellem {fra} og {til} {enhed}".rstrip() + "."
    if g.helt and vaerdi != vaerdi.to_integral_value():
        return f"Værdien skal være et helt tal ({enhed})." if enhed else "Værdien skal være et helt tal."
    return ""
