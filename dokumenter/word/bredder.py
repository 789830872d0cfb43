"""How wide the columns of a table are in Word, and how small its type must be for no word of it to be broken."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from dokumenter.sammenlign.model import Celleforskel, Tabelforskel
from dokumenter.word.stil import CELLEPUNKTER
from helhedsplan.blokke.model import UNDERSKRIFTER, ren
from helhedsplan.bredde import LAENGSTE_HELE_ORD
from helhedsplan.prosa import ENHED

MINDSTE_KOLONNE, STOERSTE_KOLONNE = 7, 60
SMALLE = re.compile(r"[.,:;/()ijl\u00a0]")


class Celleform(NamedTuple):
    """The type of the cells in points, and whether an amount keeps its unit on its line. In twentieths of a point: the
    air at each side of a cell, and what a letter takes for each point of its type.
    """

    punkter: int = CELLEPUNKTER[0]
    fast: bool = True
    luft: int = 85
    bogstav: float = 10.5


#: What is tried in turn: as it stands, the units under their figures, smaller type. From there on there is no room to
#: spare, and the figures must hold in the wider letters as well that are drawn where there is no Calibri.
FORMER = (Celleform(), *(Celleform(punkter, fast=False, luft=40, bogstav=12.75) for punkter in CELLEPUNKTER))


def celleform(tabel: Tabelforskel, plads: int) -> Celleform:
    """The first in which no word is broken but the very long ones, or else the last."""
    return next((form for form in FORMER if sum(behov(tabel, form)) <= plads), FORMER[-1])


def behov(tabel: Tabelforskel, form: Celleform = FORMER[0]) -> list[int]:
    """The width that each column takes with no word broken but the very long ones."""
    laengste = [0.0] * max(tabel.bredde, 1)
    for nr, celle in _enkelte(tabel):
        ord_ = (
            len(o) - len(SMALLE.findall(o)) / 2 for t in celle.tekster for o in _hele_ord(ren(t.tekst.loeb), form.fast)
        )
        laengste[nr] = max(laengste[nr], min(max(ord_, default=0), LAENGSTE_HELE_ORD))
    return [2 * form.luft + round(form.bogstav * form.punkter * antal) for antal in laengste]


def _enkelte(tabel: Tabelforskel) -> Iterator[tuple[int, Celleforskel]]:
    """The cells that stand in one column, with its number."""
    for raekke in tabel.raekker:
        nr = 0
        for celle in raekke.celler:
            if celle.celle.spaend == 1:
                yield nr, celle
            nr += celle.celle.spaend


def _hele_ord(linje: str, fast: bool) -> list[str]:
    """What is not broken over lines; fast: an amount goes with its unit."""
    return re.split(r"[ \n]+", ENHED.sub("\u00a0", linje) if fast else linje)


def bredder(tabel: Tabelforskel, bredde: int, form: Celleform) -> list[int]:
    """Room for the longest word of each column; what is left by how much they hold, within bounds."""
    if tabel.slags == UNDERSKRIFTER:
        return [round(bredde * del_) for del_ in (0.4, 0.25, 0.35)][: tabel.bredde]
    kolonner = behov(tabel, form)
    vaegt = [MINDSTE_KOLONNE] * len(kolonner)
    for nr, celle in _enkelte(tabel):
        laengst = max((len(ren(t.tekst.loeb)) for t in celle.tekster), default=0)
        vaegt[nr] = max(vaegt[nr], min(laengst, STOERSTE_KOLONNE))
    til_rest = bredde - sum(kolonner)
    if til_rest < 0:
        return [bredde * b // sum(kolonner) for b in kolonner]
    return [b + til_rest * v // sum(vaegt) for b, v in zip(kolonner, vaegt, strict=True)]
