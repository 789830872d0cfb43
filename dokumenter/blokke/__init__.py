"""Every paper that can be frozen as blocks, from the plain data that its PDF is printed from."""

from datetime import datetime
from functools import singledispatch

from aftaler.queries.dokument import Dokument
from budget.pdf import Budgetpapir
from dokumenter.blokke import aftale, budget
from dokumenter.blokke.model import Blokdokument


@singledispatch
def blokdokument(indhold, *, dokument_id: str, dato: datetime | None) -> Blokdokument:
    """indhold: what is frozen; dokument_id and dato: of the edition, or of the draft."""
    raise TypeError(f"Ingen blokke for {type(indhold).__name__}")


@blokdokument.register
def _(indhold: Dokument, *, dokument_id: str, dato: datetime | None) -> Blokdokument:
    parter = tuple(part.navn for part in indhold.parter)
    return Blokdokument(
        dokument_id, indhold.titel, indhold.plan_navn, indhold.omraadenavn, parter, dato, aftale.dele(indhold)
    )


@blokdokument.register
def _(indhold: Budgetpapir, *, dokument_id: str, dato: datetime | None) -> Blokdokument:
    return Blokdokument(
        dokument_id, indhold.titel, indhold.plan_navn, indhold.kort_navn, indhold.parter, dato, budget.dele(indhold)
    )
