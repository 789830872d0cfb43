"""Numbers as printed tables have them: what is shown, and between which limits the true figure lies."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from helhedsplan import formats

ENHED = {"mia": 1_000_000_000, "mio": 1_000_000, "tkr": 1_000, "tusind": 1_000}
#: A scale that a title or a heading gives for the bare numbers below it.
SKALA_I_OVERSKRIFT = re.compile(
    r"\b(?P<mia>mia|milliarder)\b|\b(?P<mio>mio|millioner)\b|\b(?P<tkr>t\.? ?kr|tkr|tusinde? kr(?:oner)?|1\.?000 kr)\b",
    re.IGNORECASE,
)
STREGER = re.compile(r"[-–—.\u2212]*")
FODNOTE = re.compile(r"(?<=[\d.\w])(?:\s*(?:\*+|[\u00b9\u00b2\u00b3])|\s+\d\))$")
EKSAKT_OERE = 2


@dataclass(frozen=True)
class Tal:
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


def laes_tal(celle, skala: int = 1, *, punktum_er_komma: bool = False) -> Tal | None:
    """The figure of a cell, or None when it holds none. Bare numbers count in `skala`.

    Takes text in Danish form, with or without a scale, negatives as -5, 5- and (5), and numbers from a workbook.
    """
    if isinstance(celle, bool) or celle is None:
        return None
    if isinstance(celle, (int, float, Decimal)):
        return _af_regneark(celle, skala)
    tekst = " ".join(str(celle).replace("\u2212", "-").split())
    if not tekst or "%" in tekst or "pct" in tekst.lower():
        return None
    tekst = re.sub(r"^(?:kr\.?|dkk)\s*", "", FODNOTE.sub("", tekst), flags=re.IGNORECASE)
    tekst = re.sub(r",-{1,2}$", "", tekst)
    negativ = False
    if fundet := re.fullmatch(r"\((.+)\)|(.+\d)-", tekst):
        tekst, negativ = fundet[1] or fundet[2], True
    if punktum_er_komma and re.fullmatch(r"-?\d+\.\d{1,2}", tekst):
        tekst = tekst.replace(".", ",")
    try:
        vaerdi = formats.laes_tal(tekst)
    except ValueError:
        return None
    egen = _egen_enhed(tekst)
    enhed = egen or skala
    if not egen:
        vaerdi *= skala
    cifre = re.match(r"[-\d. ]*(?:,(\d+))?", tekst)
    return Tal(-vaerdi if negativ else vaerdi, enhed, len(cifre[1] or "") if cifre else 0)


def er_streg(celle) -> bool:
    """A cell that says nothing: empty, or a dash that stands for it."""
    return celle is None or (isinstance(celle, str) and bool(STREGER.fullmatch("".join(celle.split()))))


def _egen_enhed(tekst: str) -> int | None:
    lille = tekst.lower()
    if re.search(r"t\.? ?kr", lille):
        return ENHED["tkr"]
    ord_ = re.search(r"mia|mio|tusind", lille)
    if ord_:
        return ENHED[ord_[0]]
    return 1 if re.search(r"kr|dkk", lille) else None


def _af_regneark(celle, skala: int) -> Tal | None:
    """A workbook's number: as many decimals as it has, at most six; binary noise beyond that is dropped."""
    try:
        tal = Decimal(repr(celle) if isinstance(celle, float) else celle)
        tal = round(tal, 6).normalize()
    except InvalidOperation:
        return None
    return Tal(tal * skala, skala, max(0, -int(tal.as_tuple().exponent)))


def skala_i(tekst: str) -> int | None:
    """The scale that a heading or title gives ('Beløb i t.kr.'), or None."""
    fundet = SKALA_I_OVERSKRIFT.search(tekst)
    if fundet is None:
        return None
    return ENHED[next(navn for navn, del_ in fundet.groupdict().items() if del_)]


def halv_enhed(decimaler: int, enhed: int) -> Decimal:
    """How far the true figure may lie from one printed so finely. Kroner and øre are exact."""
    if enhed == 1 and decimaler == EKSAKT_OERE:
        return Decimal(0)
    return Decimal(enhed).scaleb(-min(decimaler, 3)) / 2


def som_vist(vaerdi: Decimal, som: Tal) -> str:
    """An amount in the unit and with the decimals of a printed figure: 4600000 beside '5,6 mio. kr.' -> '4,6'."""
    return formats.tal(vaerdi / som.enhed, max(som.decimaler, _noedvendige(vaerdi / som.enhed, som.decimaler)))


def _noedvendige(vaerdi: Decimal, mindst: int) -> int:
    """Decimals enough that the figure is not rounded to another, at most three more than printed."""
    for decimaler in range(mindst, mindst + 4):
        if formats.afrund(vaerdi, decimaler) == vaerdi:
            return decimaler
    return mindst
