"""What the board's page says first: what must be decided, at which meeting, and what waits for this very person."""

from dataclasses import dataclass
from datetime import date

from aftaler.models import Helhedsplan
from kalender.queries.kalenderregler import Kalenderlinje
from moeder.choices import Punktslags
from moeder.models import Dagsordenspunkt, Moede, Moedepapir
from moeder.queries.afstemning import Punktstilling, venter_paa_min_stemme
from moeder.queries.moede import naeste_moede, punkter, venter_paa_mit_svar

FORFALDNE_HOEJST = 3


@dataclass(frozen=True)
class Foerst:
    """moede: the board's next, None when none is planned; beslutninger: its B items that are still open; stemmer and
    referater: what the person has not voted on or answered; forfaldne: of the calendar, the oldest first."""

    moede: Moede | None
    beslutninger: tuple[Dagsordenspunkt, ...]
    stemmer: tuple[Punktstilling, ...]
    referater: tuple[Moedepapir, ...]
    forfaldne: tuple[Kalenderlinje, ...]

    @property
    def viste_forfaldne(self) -> tuple[Kalenderlinje, ...]:
        return self.forfaldne[:FORFALDNE_HOEJST]

    @property
    def flere_forfaldne(self) -> int:
        return len(self.forfaldne) - len(self.viste_forfaldne)


def foerst(plan: Helhedsplan, bruger, i_dag: date, forfaldne: tuple[Kalenderlinje, ...] = ()) -> Foerst:
    """forfaldne: what is overdue in the plan's calendar, which is the same for everybody."""
    moede = naeste_moede(plan, i_dag)
    if moede:
        moede.plan = plan
    alle = punkter(moede) if moede else []
    return Foerst(
        moede=moede,
        beslutninger=tuple(p for p in alle if p.slags == Punktslags.BESLUTNING and not hasattr(p, "afgoerelse")),
        stemmer=tuple(venter_paa_min_stemme(plan, bruger)),
        referater=tuple(venter_paa_mit_svar(plan, bruger)),
        forfaldne=forfaldne,
    )
