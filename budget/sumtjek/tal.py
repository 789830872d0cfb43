"""Numbers as printed tables have them: what is shown, and between which limits the true figure lies."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from helhedsplan import formats
from helhedsplan.tabelfil import Maerke, Regnetal, maerke
from helhedsplan.tabelfil import laes_celle as laes_filens_celle
from helhedsplan.tallaeser import Maal, Talfejl, laes, renset, tjek_enhed

EKSAKT_OERE = 2
HALV_KRONE = Decimal("0.5")
FLEST_DECIMALER = 6
SKJULT = "»{}« er et tal, der ikke vises. En sum med det kan ikke efterprøves."
LIGNER_TAL = re.compile(
    r"[-+(\[]? ?(?:kr\.? ?)?[-+(]? ?(?:\d|[ol][.\dol]*[.\do]|,\d)|(?:ca|cirka|omkring)\b|[~<>≈±½¼¾]|-? ?kr\.?$|\.\.$|‥$"
)
#: Tables are of kroner or of hours; what is added up must only be of one kind, and that is seen from the sums.
BELOEB_ELLER_MAENGDE = Maal("et beløb", frozenset({"kr", "timer", "m2", "maaned", "antal"}), skala=True)


@dataclass(frozen=True)
class Tryktal:
    """A figure as printed. `enhed` is what one whole counts (1.000.000 for mio.); `decimaler` how many it shows.

    The true figure lies within `halv` of `vaerdi`; what `halv` is, follows from how finely the whole table is printed.
    """

    vaerdi: Decimal
    enhed: int
    decimaler: int
    halv: Decimal = Decimal(0)

    @property
    def fra(self) -> Decimal:
        return self.vaerdi - self.halv

    @property
    def til(self) -> Decimal:
        return self.vaerdi + self.halv


def laes_tal(celle: str, skala: int = 1, *, brudt: re.Pattern[str] | None = None) -> Tryktal | None:
    """The figure of a cell, or None when it holds none or one that cannot be read. Bare numbers count in `skala`."""
    try:
        return laes_celle(celle, skala, brudt=brudt)
    except Talfejl:
        return None


def laes_celle(celle: str, skala: int = 1, *, brudt: re.Pattern[str] | None = None) -> Tryktal | None:
    """The figure of a cell, None when it is empty, a dash or a percentage. Raises Talfejl for all else; also for a mark
    of what is not shown, for what cannot be seen is neither right nor wrong."""
    laest = laes_filens_celle(celle, brudt=brudt, tre_decimaler=skala != 1)
    if laest is Maerke.SKJULT:
        raise Talfejl(SKJULT.format(celle.strip()), "skjult")
    if isinstance(laest, Maerke) or laest.enhed == "pct":
        return None
    tjek_enhed(laest, BELOEB_ELLER_MAENGDE)
    if isinstance(celle, Regnetal):
        return _af_regneark(laest.vaerdi, skala)
    egen = laest.skala if laest.skala != 1 or laest.enhed == "kr" else None
    return Tryktal(laest.vaerdi if egen else laest.vaerdi * skala, egen or skala, laest.decimaler)


def er_procent(celle: str) -> bool:
    """A percentage is no amount, and no part of a sum."""
    try:
        return laes(celle).enhed == "pct"
    except Talfejl:
        return False


def ligner_tal(celle: str) -> bool:
    """Text that is meant as a number: it begins with a digit, a sign or kroner, or a letter stands for a digit; or the
    mark of one that is not shown."""
    return bool(LIGNER_TAL.match(renset(celle)))


def er_streg(celle: str) -> bool:
    """A cell that says nothing: empty, or a dash or dots that stand for it."""
    return maerke(celle) in (Maerke.TOM, Maerke.STREG, Maerke.MANGLER)


def _af_regneark(tal: Decimal, skala: int) -> Tryktal:
    """A workbook's number: as many decimals as it has, at most six; binary noise beyond that is dropped."""
    tal = round(tal, FLEST_DECIMALER).normalize()
    return Tryktal(tal * skala, skala, max(0, -int(tal.as_tuple().exponent)))


def halv_enhed(decimaler: int, enhed: int) -> Decimal:
    """How far the true figure may lie from one printed so finely. Kroner and øre are exact."""
    if enhed == 1 and decimaler == EKSAKT_OERE:
        return Decimal(0)
    return Decimal(enhed).scaleb(-min(decimaler, 3)) / 2


def afvigelse(total: Tryktal | None, dele: list[Tryktal | None]) -> tuple[Decimal, Decimal, bool]:
    """Limits of total minus parts, and whether nothing lies between them and 0. What is empty counts nothing.

    A total of one part in its own unit is the same figure, and rounded the same. Where one side shows øre and nothing
    on the other does, the other is in whole kroner."""
    fyldte = [d for d in dele if d]
    if total and len(fyldte) == 1 and fyldte[0].enhed == total.enhed:
        forskel = total.vaerdi - fyldte[0].vaerdi
        return forskel, forskel, not forskel
    if total and fyldte:
        total, dele = _i_hele_kroner(total, fyldte)
    fra = (total.fra if total else Decimal(0)) - sum((d.til for d in dele if d), Decimal(0))
    til = (total.til if total else Decimal(0)) - sum((d.fra for d in dele if d), Decimal(0))
    return fra, til, fra <= 0 <= til


def _i_hele_kroner(total: Tryktal, dele: list[Tryktal]) -> tuple[Tryktal, list[Tryktal | None]]:
    def hele(t: Tryktal) -> Tryktal:
        return replace(t, halv=max(t.halv, HALV_KRONE))

    eksakt = all(t.enhed == 1 for t in (total, *dele)) and not any(t.halv for t in (total, *dele))
    if eksakt and total.decimaler and not any(d.decimaler for d in dele):
        return total, [hele(d) for d in dele]
    if eksakt and not total.decimaler and all(d.decimaler for d in dele):
        return hele(total), [*dele]
    return total, [*dele]


def som_vist(vaerdi: Decimal, som: Tryktal) -> str:
    """An amount in the unit and with the decimals of a printed figure: 4600000 beside '5,6 mio. kr.' -> '4,6'."""
    return formats.tal(vaerdi / som.enhed, max(som.decimaler, _noedvendige(vaerdi / som.enhed, som.decimaler)))


def _noedvendige(vaerdi: Decimal, mindst: int) -> int:
    """Decimals enough that the figure is not rounded to another, at most three more than printed."""
    for decimaler in range(mindst, mindst + 4):
        if formats.afrund(vaerdi, decimaler) == vaerdi:
            return decimaler
    return mindst
