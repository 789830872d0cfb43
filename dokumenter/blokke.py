"""Every paper that can be frozen as blocks, from the plain data that its snapshot holds."""

from functools import singledispatch

from aftaler import blokke as aftaleblokke
from aftaler.queries.dokument import Dokument
from budget import blokke as budgetblokke
from budget.queries.papir import Budgetpapir
from dokumenter.oejebliksbillede import Oejebliksbillede
from helhedsplan.blokke.model import Blokdokument


@singledispatch
def blokdokument(papir, **hvad) -> Blokdokument:
    """A paper as blocks; what else is to be said of it, see `aftaler.blokke.blokdokument`."""
    raise TypeError(f"Ingen blokke for {type(papir).__name__}")


blokdokument.register(Dokument)(aftaleblokke.blokdokument)
blokdokument.register(Budgetpapir)(budgetblokke.blokdokument)


def af_billede(billede: Oejebliksbillede) -> Blokdokument:
    """A frozen edition with its number, date, id and signatories."""
    return blokdokument(billede.papir, stempel=billede.stempel)
