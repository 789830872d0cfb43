"""Who has access to a plan, from when to when, and who has not been in yet."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from aftaler.models import Helhedsplan, Medlemskab
from helhedsplan.rettigheder import KUN_EGET_ROLLER


@dataclass(frozen=True)
class Person:
    """One person's access. `inviteret`: when the letter was sent last to one who has not been in."""

    medlemskab: Medlemskab
    i_dag: date
    egne: tuple[str, ...] = ()

    @property
    def bruger(self):
        return self.medlemskab.bruger

    @property
    def er_forbi(self) -> bool:
        return self.medlemskab.til is not None and self.medlemskab.til < self.i_dag

    @property
    def venter(self) -> bool:
        """Has not accepted: never in, and no password chosen."""
        return not self.er_forbi and not self.bruger.har_taget_imod

    @property
    def udloeber(self) -> datetime | None:
        """When the link of the last letter stops working; None of no letter."""
        return self.medlemskab.inviteret and self.medlemskab.inviteret + timedelta(
            seconds=settings.PASSWORD_RESET_TIMEOUT
        )

    @property
    def er_udloebet(self) -> bool:
        return self.udloeber is not None and self.udloeber <= timezone.now()

    @property
    def stand(self) -> str:
        if self.er_forbi:
            return "Slut"
        if self.medlemskab.fra and self.medlemskab.fra > self.i_dag:
            return "Begynder senere"
        if self.venter:
            return "Har ikke taget imod"
        return "Lukket konto" if not self.bruger.is_active else "Har adgang"


def personer(plan: Helhedsplan) -> list[Person]:
    """Those who have access or will, by name, and then those whose access is over. Three queries."""
    i_dag = timezone.localdate()
    alle = plan.medlemskaber.select_related("bruger").prefetch_related("delaftaler__indsatsomraade", "aktiviteter")
    fundne = [Person(m, i_dag, _egne(m)) for m in alle]
    return sorted(fundne, key=lambda p: p.er_forbi)


def _egne(medlemskab: Medlemskab) -> tuple[str, ...]:
    if medlemskab.rolle not in KUN_EGET_ROLLER:
        return ()
    aftaler = [a.indsatsomraade.navn for a in medlemskab.delaftaler.all()]
    return (*aftaler, *(a.navn for a in medlemskab.aktiviteter.all()))
