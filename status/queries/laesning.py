"""Who has read a status, and when."""

from dataclasses import dataclass
from datetime import datetime

from aftaler.queries.adgang import bestyrelsens
from helhedsplan.models import Bruger
from status.models import Kvartalsstatus


@dataclass(frozen=True)
class Statuslaeser:
    """A member of the board, or somebody else who has read; tidspunkt None: not yet. efterretning: when he took note
    of it, if he has said so."""

    bruger: Bruger
    tidspunkt: datetime | None
    efterretning: datetime | None = None


def laesere(status: Kvartalsstatus) -> list[Statuslaeser]:
    """The board's members and all who have read, by name. Two queries."""
    laeste = {la.bruger_id: la for la in status.laesninger.select_related("bruger")}
    personer = {b.pk: b for b in bestyrelsens(status.plan)} | {pk: la.bruger for pk, la in laeste.items()}
    linjer = [
        Statuslaeser(b, laeste[pk].tidspunkt, laeste[pk].efterretning) if pk in laeste else Statuslaeser(b, None)
        for pk, b in personer.items()
    ]
    return sorted(linjer, key=lambda linje: str(linje.bruger))
