"""The sum audit: does a printed table add up? Every row and column total that does not is named by cell.

    tjek_fil(indhold, afrundet_til=None) -> Resultat        a CSV file or a workbook
    tjek_tekst(tekst, afrundet_til=None) -> Resultat        a pasted table
    tjek_raekker(raekker, afrundet_til=None) -> Resultat    rows of cells, as text or as a workbook has them

They raise UlaeseligFil with a Danish message. `afrundet_til` (kroner) says how coarsely the figures are rounded when
that cannot be seen from how they are written.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from budget.sumtjek.filer import laes_fil, laes_tekst, side_om_side, tabelblokke
from budget.sumtjek.ligninger import Afrunding, Sumfejl, Sumfund, find_fejl, uden_sum
from budget.sumtjek.tabel import RESULTATORD, Sumtabel, Tabellinje, ikke_kroner, laes_tabel, med_fradrag
from helhedsplan import formats
from helhedsplan.cpr import maskeret
from helhedsplan.formats import antal
from helhedsplan.tabelfil import Tabel, UlaeseligFil, celletekst
from helhedsplan.tabelfil.tabel import som_celle

__all__ = [
    "Afrunding",
    "Sumtjekresultat",
    "Sumfejl",
    "Sumtabel",
    "UlaeseligFil",
    "tjek_fil",
    "tjek_raekker",
    "tjek_tekst",
]

INGEN_SUMMER = "Der er ingen summer at efterprøve: ingen række eller kolonne hedder »I alt«, »Total« eller »Sum«."
INTET_AT_LAEGGE_SAMMEN = "Der er ingen summer at efterprøve: »{}« i {} har ingen tal at lægge sammen."


@dataclass(frozen=True)
class Sumtjekresultat:
    """fejl: the wrong cells in the order of reading; antal: how many sums were checked; tabeller: as they were read.

    ulaeste: cells that hold no readable figure and should; ikke_proevet: all else that nothing was said of;
    afrundede: the sums that hold when rounding is allowed for, and not to the figure.
    """

    fejl: list[Sumfejl]
    antal: int
    tabeller: list[Sumtabel]
    ulaeste: list[str] = field(default_factory=list)
    ikke_proevet: list[str] = field(default_factory=list)
    afrundede: list[Afrunding] = field(default_factory=list)

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
        if self.afrundede:
            return f"{hvor_mange} De stemmer, {self.heraf_afrundet}."
        return f"{hvor_mange} De stemmer." if self.ikke_proevet else f"{hvor_mange} Alt stemmer."

    @property
    def heraf_afrundet(self) -> str:
        return f"heraf {formats.tal(len(self.afrundede))} inden for afrunding"


def tjek_fil(indhold: bytes, *, afrundet_til: Decimal | None = None) -> Sumtjekresultat:
    return _tjek(laes_fil(indhold), afrundet_til)


def tjek_tekst(tekst: str, *, afrundet_til: Decimal | None = None) -> Sumtjekresultat:
    return _tjek([laes_tekst(tekst)], afrundet_til)


def tjek_raekker(raekker: list[list], *, afrundet_til: Decimal | None = None) -> Sumtjekresultat:
    return _tjek([Tabel("", [[*map(som_celle, raekke)] for raekke in raekker])], afrundet_til)


def _tjek(alle: list[Tabel], afrundet_til: Decimal | None) -> Sumtjekresultat:
    samlet = Sumtjekresultat([], 0, [])
    usikkert = False
    for ark in alle:
        for start, blok in _tabeller(ark):
            tabel = laes_tabel(blok, ark=ark.navn, brudt=ark.brudt, afrundet_til=afrundet_til)
            if tabel is None:
                continue
            tabel = replace(tabel, raekker=[replace(linje, nr=linje.nr + start) for linje in tabel.raekker])
            tabel, fund = _med_eller_uden_fradrag(tabel)
            samlet.fejl.extend(fund.fejl)
            samlet.afrundede.extend(fund.afrundede)
            samlet.tabeller.append(tabel)
            samlet.ulaeste.extend(f"{tabel.celle(*sted)}: {grund}" for sted, grund in tabel.ulaeste.items())
            samlet.ikke_proevet.extend([*tabel.udenfor, *filter(None, [uden_sum(tabel)])])
            samlet.ikke_proevet.extend([*ikke_kroner(tabel), *_resultater(tabel)])
            samlet.ikke_proevet.extend(_uset(tabel, sted, hvorfor) for sted, hvorfor in fund.uset.items())
            if not fund.antal and not fund.uset and not tabel.ulaeste:
                samlet.ikke_proevet.append(_intet_i(tabel))
            samlet = replace(samlet, antal=samlet.antal + fund.antal)
            usikkert = usikkert or bool(fund.uset)
        samlet.ikke_proevet.extend(ark.skjult)
    if not samlet.antal and not samlet.ulaeste and not usikkert:
        raise UlaeseligFil(_hvorfor_intet(alle))
    return samlet


def _tabeller(ark: Tabel) -> Iterable[tuple[int, list[list]]]:
    for start, blok in tabelblokke(ark.raekker):
        for tabel in side_om_side(blok):
            yield start, tabel


def _med_eller_uden_fradrag(tabel: Sumtabel) -> tuple[Sumtabel, Sumfund]:
    """A line like "Minus tilskud" is taken away; "Fradrag" is, where the sums say so."""
    muligheder = [(t, find_fejl(t)) for t in (tabel, *med_fradrag(tabel))]
    return min(muligheder, key=lambda m: len(m[1].fejl))


def _resultater(tabel: Sumtabel) -> list[str]:
    """What is left between two sums is added up from nothing."""
    return [
        f"række {linje.nr + 1} ({linje.navn}) er ikke efterprøvet: det er en forskel og ingen sum"
        for linje in tabel.raekker
        if RESULTATORD.search(linje.navn) and not linje.er_total
    ]


def _intet_i(tabel: Sumtabel) -> str:
    """A table in which nothing was checked, by its rows; silence would pass for "Alt stemmer"."""
    foerste, sidste = (linje.nr + 1 for linje in (tabel.raekker[0], tabel.raekker[-1]))
    hvor = f"række {foerste}" if foerste == sidste else f"række {foerste}-{sidste}"
    return f"{f'{tabel.ark}!' if tabel.ark else ''}{hvor} er ikke efterprøvet: der er ingen sum med tal under sig"


def _hvorfor_intet(ark: list[Tabel]) -> str:
    """Whether nothing is called a total, or what is has nothing to add up."""
    for et in ark:
        for r, raekke in enumerate(et.raekker):
            for k, celle in enumerate(raekke):
                linje = Tabellinje(r, maskeret(celletekst(celle)))
                if linje.er_total and linje.er_hovedtotal:
                    return INTET_AT_LAEGGE_SAMMEN.format(linje.navn, et.adresse(r, k))
    return INGEN_SUMMER


def _uset(tabel: Sumtabel, sted: tuple[int, int], hvorfor: str) -> str:
    r, k = sted
    return f"{tabel.celle(r, k)} ({tabel.raekker[r].navn}, {tabel.kolonner[k].navn}) er ikke efterprøvet: {hvorfor}"
