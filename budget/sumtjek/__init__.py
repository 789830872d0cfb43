"""The sum audit: does a printed table add up? Every row and column total that does not is named by cell.

    tjek_fil(indhold, afrundet_til=None) -> Resultat        a CSV file or a workbook
    tjek_tekst(tekst, afrundet_til=None) -> Resultat        a pasted table
    tjek_raekker(raekker, afrundet_til=None) -> Resultat    rows of cells

They raise UlaeseligTabel with a Danish message. `afrundet_til` (kroner) says how coarsely the figures are rounded when
that cannot be seen from how they are written.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from budget.sumtjek.filer import Ark, UlaeseligTabel, laes_fil, laes_tekst, tabelblokke
from budget.sumtjek.ligninger import Sumfejl, find_fejl
from budget.sumtjek.tabel import Tabel, laes_tabel

__all__ = ["Resultat", "Sumfejl", "Tabel", "UlaeseligTabel", "tjek_fil", "tjek_raekker", "tjek_tekst"]

INGEN_SUMMER = "Der er ingen summer at efterprøve: ingen række eller kolonne hedder »I alt«, »Total« eller »Sum«."


@dataclass(frozen=True)
class Resultat:
    """fejl: the wrong cells in the order of reading; antal: how many sums were checked; tabeller: as they were read."""

    fejl: list[Sumfejl]
    antal: int
    tabeller: list[Tabel]

    @property
    def stemmer(self) -> bool:
        return not self.fejl


def tjek_fil(indhold: bytes, *, afrundet_til: Decimal | None = None) -> Resultat:
    return _tjek(laes_fil(indhold), afrundet_til)


def tjek_tekst(tekst: str, *, afrundet_til: Decimal | None = None) -> Resultat:
    return _tjek([laes_tekst(tekst)], afrundet_til)


def tjek_raekker(raekker: list[list], *, afrundet_til: Decimal | None = None) -> Resultat:
    return _tjek([Ark("", raekker)], afrundet_til)


def _tjek(alle: Iterable[Ark], afrundet_til: Decimal | None) -> Resultat:
    fejl: list[Sumfejl] = []
    antal, tabeller = 0, []
    for ark in alle:
        for start, blok in tabelblokke(ark.raekker):
            tabel = laes_tabel(blok, ark=ark.navn, punktum_er_komma=ark.punktum_er_komma, afrundet_til=afrundet_til)
            if tabel is None:
                continue
            tabel = replace(tabel, raekker=[replace(linje, nr=linje.nr + start) for linje in tabel.raekker])
            tabellens_fejl, efterproevet = find_fejl(tabel)
            fejl += tabellens_fejl
            antal += efterproevet
            tabeller.append(tabel)
    if not antal:
        raise UlaeseligTabel(INGEN_SUMMER)
    return Resultat(fejl, antal, tabeller)
