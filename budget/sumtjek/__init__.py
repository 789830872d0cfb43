"""The sum audit: does a printed table add up? Every row and column total that does not is named by cell.

    tjek_fil(indhold, afrundet_til=None) -> Resultat        a CSV file or a workbook
    tjek_tekst(tekst, afrundet_til=None) -> Resultat        a pasted table
    tjek_raekker(raekker, afrundet_til=None) -> Resultat    rows of cells

They raise UlaeseligTabel with a Danish message. `afrundet_til` (kroner) says how coarsely the figures are rounded when
that cannot be seen from how they are written.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from budget.sumtjek.filer import Ark, UlaeseligTabel, laes_fil, laes_tekst, tabelblokke
from budget.sumtjek.ligninger import Sumfejl, find_fejl, uden_sum
from budget.sumtjek.tabel import Tabel, laes_tabel
from helhedsplan.formats import antal

__all__ = ["Resultat", "Sumfejl", "Tabel", "UlaeseligTabel", "tjek_fil", "tjek_raekker", "tjek_tekst"]

INGEN_SUMMER = "Der er ingen summer at efterprøve: ingen række eller kolonne hedder »I alt«, »Total« eller »Sum«."


@dataclass(frozen=True)
class Resultat:
    """fejl: the wrong cells in the order of reading; antal: how many sums were checked; tabeller: as they were read.

    ulaeste: cells that hold no readable figure and should; ikke_proevet: all else that nothing was said of.
    """

    fejl: list[Sumfejl]
    antal: int
    tabeller: list[Tabel]
    ulaeste: list[str] = field(default_factory=list)
    ikke_proevet: list[str] = field(default_factory=list)

    @property
    def stemmer(self) -> bool:
        """What was read is right, there is nothing that was not read, and something was checked."""
        return not self.fejl and not self.ulaeste and self.antal > 0

    @property
    def konklusion(self) -> str:
        hvor_mange = f"{antal(self.antal, 'sum', 'summer')} efterprøvet."
        if self.fejl:
            return f"{hvor_mange} {antal(len(self.fejl), 'forkert celle', 'forkerte celler')}."
        if self.ulaeste:
            return f"{hvor_mange} {antal(len(self.ulaeste), 'celle', 'celler')} kan ikke læses."
        if not self.antal:
            return "Ingen summer er efterprøvet."
        return f"{hvor_mange} De stemmer." if self.ikke_proevet else f"{hvor_mange} Alt stemmer."


def tjek_fil(indhold: bytes, *, afrundet_til: Decimal | None = None) -> Resultat:
    return _tjek(laes_fil(indhold), afrundet_til)


def tjek_tekst(tekst: str, *, afrundet_til: Decimal | None = None) -> Resultat:
    return _tjek([laes_tekst(tekst)], afrundet_til)


def tjek_raekker(raekker: list[list], *, afrundet_til: Decimal | None = None) -> Resultat:
    return _tjek([Ark("", raekker)], afrundet_til)


def _tjek(alle: Iterable[Ark], afrundet_til: Decimal | None) -> Resultat:
    fejl: list[Sumfejl] = []
    hvor_mange, usikkert = 0, False
    tabeller: list[Tabel] = []
    ulaeste: list[str] = []
    ikke_proevet: list[str] = []
    for ark in alle:
        for start, blok in tabelblokke(ark.raekker):
            tabel = laes_tabel(blok, ark=ark.navn, punktum_er_komma=ark.punktum_er_komma, afrundet_til=afrundet_til)
            if tabel is None:
                continue
            tabel = replace(tabel, raekker=[replace(linje, nr=linje.nr + start) for linje in tabel.raekker])
            tabellens_fejl, efterproevet, uset = find_fejl(tabel)
            fejl += tabellens_fejl
            hvor_mange += efterproevet
            tabeller.append(tabel)
            ulaeste += [f"{tabel.celle(*sted)}: {grund}" for sted, grund in tabel.ulaeste.items()]
            ikke_proevet += [*tabel.udenfor, *filter(None, [uden_sum(tabel)])]
            ikke_proevet += [_uset(tabel, sted, hvorfor) for sted, hvorfor in uset.items()]
            usikkert = usikkert or bool(uset)
        ikke_proevet += ark.skjult
    if not hvor_mange and not ulaeste and not usikkert:
        raise UlaeseligTabel(INGEN_SUMMER)
    return Resultat(fejl, hvor_mange, tabeller, ulaeste, ikke_proevet)


def _uset(tabel: Tabel, sted: tuple[int, int], hvorfor: str) -> str:
    r, k = sted
    return f"{tabel.celle(r, k)} ({tabel.raekker[r].navn}, {tabel.kolonner[k].navn}) er ikke efterprøvet: {hvorfor}"
