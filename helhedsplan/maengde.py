"""How much, as precisely as it is told: "over 32 mio. kr.", "ca. 1.550", "højst 75 %", "13,3 mio. (afrundet)",
"253 eller 454", "ikke oplyst".

As with `helhedsplan.tid` the words are the fact and are printed as they were said; the limits are what rules reckon
with. An exact number stays a number, kept and written as numbers always were.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from helhedsplan import formats
from helhedsplan.svar import Svar, hoejst, mindst
from helhedsplan.tallaeser import FRIT, PROCENT, LaestTal, Maal, laes, tjek_enhed


@dataclass(frozen=True)
class Maengde:
    """`lavest` and `hoejest` are the limits, None where none is told; `vaerdi` is the number that was said, if one was.
    `cirka`: only about that, so that no limit is told. `sagt` is "" of an exact number."""

    lavest: Decimal | None = None
    hoejest: Decimal | None = None
    vaerdi: Decimal | None = None
    sagt: str = ""
    cirka: bool = False
    er_ikke_oplyst: bool = False

    def __str__(self) -> str:
        return self.sagt or formats.tal(self.vaerdi)

    @property
    def er_mangler(self) -> bool:
        return not self.sagt and self.vaerdi is None

    @property
    def er_fortalt(self) -> bool:
        return not (self.er_mangler or self.er_ikke_oplyst)

    @property
    def praecis(self) -> Decimal | None:
        """The number, where there is but one it can be."""
        return self.lavest if self.lavest == self.hoejest else None

    def er_mindst(self, gulv: Decimal | int) -> Svar:
        return mindst(self.lavest, self.hoejest, gulv)

    def er_hoejst(self, loft: Decimal | int) -> Svar:
        return hoejst(self.lavest, self.hoejest, loft)


INTET = Maengde()


def noejagtig(vaerdi: Decimal | int | None) -> Maengde:
    if vaerdi is None:
        return INTET
    tallet = Decimal(vaerdi)
    return Maengde(tallet, tallet, tallet)


def maengde(vaerdi: Decimal | int | None, sagt: str = "", maal: Maal = FRIT) -> Maengde:
    """As two columns keep it: the number where there is one, else the words."""
    return noejagtig(vaerdi) if vaerdi is not None or not sagt else _af_ord(sagt, maal)


@lru_cache(maxsize=2048)
def _af_ord(sagt: str, maal: Maal) -> Maengde:
    try:
        return laes_maengde(sagt, maal)
    except ValueError:
        return Maengde(sagt=sagt)


IKKE_OPLYST = frozenset({"ikke oplyst", "oplyses ikke", "uoplyst", "ukendt", "ikke kendt", "beløb ikke oplyst", "?"})
CIRKA = re.compile(r"(?:ca\.?|cirka|omkring|omtrent|rundt regnet) ?(.+)")
NEDRE = re.compile(r"(?:mindst|minimum|min\.|ikke under|over|mere end|godt|lidt over|fra) (.+)")
OEVRE = re.compile(
    r"(?:højst|maks\.|maksimalt|max\.?|ikke over|op til|under|mindre end|knap|næsten|lidt under|til) (.+)"
)
BEGGE = re.compile(r"(?:mellem )?(.+?) ?(?:-| og | eller | til )(?:op til |højst )? ?(.+)")
AFRUNDET = re.compile(r"(.+?) ?(?:\(afrundet\)|,? afrundet)")
FORBEHOLD = re.compile(r"(?:i alt|foreløbigt?|formentlig|forventet) (.+)")
#: Parts that are said in a word, in percent.
BROEKDELE = {"en fjerdedel": 25, "en femtedel": 20, "halvdelen": 50}
EKSEMPEL_PROCENT = "Skriv et tal, eller hvad der er oplyst: mindst 25 %, ca. 30 %, højst 75 % eller ikke oplyst."
EKSEMPEL = "Skriv et tal, eller hvad der er oplyst: over 32 mio., ca. 1.550, højst 75, 13,3 mio. (afrundet) eller ikke oplyst."  # noqa: E501  # fmt: skip


def laes_maengde(tekst: str, maal: Maal = FRIT) -> Maengde:
    """What people type. `maal` says which units may stand by the numbers. Raises ValueError in Danish."""
    sagt = re.sub(r"\s+", " ", tekst).strip()
    renset = formats.renset(sagt)
    if not renset:
        return INTET
    if renset in IKKE_OPLYST:
        return Maengde(sagt="ikke oplyst" if renset == "?" else sagt, er_ikke_oplyst=True)
    if (tallet := _tal(renset, maal)) is not None:
        return noejagtig(tallet.vaerdi)
    if maal is PROCENT and renset in BROEKDELE:
        return replace(noejagtig(BROEKDELE[renset]), sagt=sagt)
    if fundet := FORBEHOLD.fullmatch(renset):
        inde = laes_maengde(fundet[1], maal)
        return Maengde(vaerdi=inde.vaerdi, sagt=sagt, cirka=True)
    return _med_graenser(renset, maal, sagt)


def _med_graenser(renset: str, maal: Maal, sagt: str) -> Maengde:
    if fundet := CIRKA.fullmatch(renset):
        return Maengde(vaerdi=_kraevet(fundet[1], maal, sagt).vaerdi, sagt=sagt, cirka=True)
    if fundet := AFRUNDET.fullmatch(renset):
        return _afrundet(_kraevet(fundet[1], maal, sagt), sagt)
    led = [del_.strip() for del_ in re.split(r", (?=[a-zæøå])| og (?=[a-zæøå])", renset)]
    lavest = hoejest = None
    for del_ in led:
        if (fundet := OEVRE.fullmatch(del_)) and (tallet := _tal(fundet[1], maal)) is not None:
            hoejest = tallet.vaerdi
        elif (fundet := NEDRE.fullmatch(del_)) and (tallet := _tal(fundet[1], maal)) is not None:
            lavest = tallet.vaerdi
        else:
            break
    else:
        return _i_orden(lavest, hoejest, sagt)
    if (fundet := BEGGE.fullmatch(renset)) and (anden := _tal(fundet[2], maal)) is not None:
        foerste = _tal(fundet[1], maal)
        if foerste is not None and not foerste.enhed and foerste.skala == 1 and anden.skala != 1:
            foerste = LaestTal(foerste.vaerdi * anden.skala)
        if foerste is not None:
            return _i_orden(foerste.vaerdi, anden.vaerdi, sagt)
    raise ValueError(_ulaeselig(sagt, maal))


def _ulaeselig(sagt: str, maal: Maal) -> str:
    return f"»{sagt}« kan ikke læses som {maal.navn}. {EKSEMPEL_PROCENT if maal is PROCENT else EKSEMPEL}"


def _i_orden(lavest: Decimal | None, hoejest: Decimal | None, sagt: str) -> Maengde:
    if lavest is not None and hoejest is not None and lavest > hoejest:
        raise ValueError(f"»{sagt}« er bagvendt: {formats.tal(lavest)} er mere end {formats.tal(hoejest)}.")
    return Maengde(lavest, hoejest, sagt=sagt)


def _afrundet(tallet: LaestTal, sagt: str) -> Maengde:
    """Half of the last digit shown to either side: 13,3 mio. is between 13,25 and 13,35 mio. Of a whole number without
    a scale the zeros at its end are the digits that are not told."""
    skridt = Decimal(1).scaleb(-tallet.decimaler) * tallet.skala
    if not tallet.decimaler and tallet.skala == 1 and tallet.vaerdi:
        nuller = len(cifre := str(int(abs(tallet.vaerdi)))) - len(cifre.rstrip("0"))
        skridt = Decimal(10) ** nuller
    return Maengde(tallet.vaerdi - skridt / 2, tallet.vaerdi + skridt / 2, tallet.vaerdi, sagt)


def _tal(tekst: str, maal: Maal) -> LaestTal | None:
    try:
        laest = laes(tekst.strip())
        tjek_enhed(laest, maal)
    except ValueError:
        return None
    return laest


def _kraevet(tekst: str, maal: Maal, sagt: str) -> LaestTal:
    tallet = _tal(tekst, maal)
    if tallet is None:
        raise ValueError(_ulaeselig(sagt, maal))
    return tallet
