"""Every paper that can be frozen as blocks, from the plain data that its PDF is printed from."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import singledispatch

from aftaler.pdf import USKREVET_I_UDGAVE, udgavefakta
from aftaler.queries.dokument import Dokument, Underskriftslinje
from budget.pdf import Budgetpapir
from dokumenter.blokke import aftale, budget
from dokumenter.blokke.model import Blokdokument, Del, Tabel, celle, fakta, hoved, raekke
from dokumenter.oejebliksbillede import Oejebliksbillede

UNDERSKRIFTER = "underskrifter"


@singledispatch
def blokdokument(
    papir,
    *,
    dokument_id: str = "",
    dato: datetime | None = None,
    underskrivere: Iterable[Underskriftslinje] = (),
    udgave: str = "",
    uskrevet: str = "",
) -> Blokdokument:
    """A paper as blocks.

    dokument_id and dato: of the edition or the draft; underskrivere: who is to sign; udgave: which edition it is, in
    words, for the front page; uskrevet: what stands in a section that nobody has written, '' where such are left out.
    """
    raise TypeError(f"Ingen blokke for {type(papir).__name__}")


@blokdokument.register
def _(papir: Dokument, *, dokument_id="", dato=None, underskrivere=(), udgave="", uskrevet="") -> Blokdokument:
    parter = tuple(part.navn for part in papir.parter)
    dele = _med_front(aftale.dele(papir, uskrevet), underskrivere, udgave)
    return Blokdokument(dokument_id, papir.titel, papir.plan_navn, papir.omraadenavn, parter, dato, dele)


@blokdokument.register
def _(papir: Budgetpapir, *, dokument_id="", dato=None, underskrivere=(), udgave="", uskrevet="") -> Blokdokument:
    dele = _med_front(budget.dele(papir), underskrivere, udgave)
    return Blokdokument(dokument_id, papir.titel, papir.plan_navn, papir.kort_navn, papir.parter, dato, dele)


def af_billede(billede: Oejebliksbillede) -> Blokdokument:
    """A frozen edition with its number, date, id and signatories, as it is written to Word."""
    stempel = billede.stempel
    return blokdokument(
        billede.papir,
        dokument_id=stempel.dokument_id,
        dato=stempel.frosset,
        underskrivere=stempel.underskrivere,
        udgave=udgavefakta(stempel),
        uskrevet=USKREVET_I_UDGAVE,
    )


def _med_front(dele: tuple[Del, ...], underskrivere: Iterable[Underskriftslinje], udgave: str) -> tuple[Del, ...]:
    """The front page first, with the edition among its facts; after it the lines to sign on."""
    forside, *resten = dele
    return (_med_udgave(forside, udgave), *_underskrifter(underskrivere), *resten)


def _med_udgave(forside: Del, udgave: str) -> Del:
    """The edition as the last of the facts."""
    (egen,) = fakta((("Udgave", (udgave,)),)) or (None,)
    if egen is None:
        return forside
    *foran, sidste = forside.blokke
    if isinstance(sidste, Tabel):
        return replace(forside, blokke=(*foran, replace(sidste, raekker=(*sidste.raekker, *egen.raekker))))
    return replace(forside, blokke=(*forside.blokke, egen))


def _underskrifter(underskrivere: Iterable[Underskriftslinje]) -> tuple[Del, ...]:
    raekker = tuple(
        raekke(celle(u.part, *filter(None, [u.titel]), hoved=True), "", u.navn, noegle=u.part, navn=u.part)
        for u in underskrivere
    )
    if not raekker:
        return ()
    tabel = Tabel((hoved("For", "Dato", "Navn"), *raekker), slags=UNDERSKRIFTER)
    return (Del(UNDERSKRIFTER, "Underskrifter", 2, (tabel,)),)
