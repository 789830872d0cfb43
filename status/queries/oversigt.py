"""The quarters of a plan with where each status stands, and the last published one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from aftaler.models import Helhedsplan
from helhedsplan.formats import antal
from helhedsplan.laest import laest_en_gang
from helhedsplan.tilslutninger import Udgivetpapir
from status.choices import FROSNE, SKRIVES, Statustilstand
from status.models import Kvartalsstatus
from status.rules import Kvartal, planens_kvartaler, regnet_periode


@dataclass(frozen=True)
class Kvartalslinje:
    """A quarter of the plan. `status` None: nobody has begun. `trukne`: those of the quarter that were withdrawn.
    `rykkes`: the plan is not over, so that what is late is asked for."""

    kvartal: Kvartal
    frist: date
    status: Kvartalsstatus | None
    trukne: tuple[Kvartalsstatus, ...]
    i_dag: date
    rykkes: bool = True

    @property
    def er_publiceret(self) -> bool:
        return self.status is not None and self.status.tilstand == Statustilstand.PUBLICERET

    @property
    def er_forsinket(self) -> bool:
        """Due and not published, in a plan that goes on."""
        return self.rykkes and not self.er_publiceret and self.frist < self.i_dag

    @property
    def flyttet_fra(self) -> date | None:
        """The day that it was due at first, when that is another."""
        return self.kvartal.frist if self.frist != self.kvartal.frist else None

    @property
    def er_udskudt(self) -> bool:
        """Not published, and late but for a deadline that was moved."""
        return self.rykkes and not self.er_publiceret and not self.er_forsinket and self.kvartal.frist < self.i_dag

    @property
    def dage_efter_den_foerste(self) -> int:
        return (self.i_dag - self.kvartal.frist).days

    @property
    def er_forbi(self) -> bool:
        """The quarter is over, so its status can be written to the end."""
        return self.kvartal.til < self.i_dag

    @property
    def dage_efter_fristen(self) -> int:
        publiceret = self.status.publiceret_den if self.status and self.er_publiceret else None
        dag = timezone.localdate(publiceret) if publiceret else self.i_dag
        return max(0, (dag - self.frist).days)


def let():
    """Without the snapshots and pages, which are large and seldom read."""
    return Kvartalsstatus.objects.defer("indhold", "side")


def kvartalslinjer(plan: Helhedsplan, i_dag: date) -> list[Kvartalslinje]:
    """The plan's quarters up to the running one, newest first. One query."""
    pr_kvartal: dict[Kvartal, list[Kvartalsstatus]] = {}
    for status in let().filter(plan=plan):
        status.plan = plan
        pr_kvartal.setdefault(status.kvartalet, []).append(status)
    periode = regnet_periode(plan.regnes_fra, plan.regnes_til, i_dag)
    alle = {k for k in planens_kvartaler(*periode) if k.fra <= i_dag} | set(pr_kvartal)
    rykkes = not plan.er_forbi(i_dag)
    return [_linje(k, pr_kvartal.get(k, []), i_dag, rykkes) for k in sorted(alle, reverse=True)]


def _linje(kvartal: Kvartal, statusser: list[Kvartalsstatus], i_dag: date, rykkes: bool) -> Kvartalslinje:
    aktuel = next((s for s in statusser if s.tilstand != Statustilstand.TRUKKET), None)
    trukne = tuple(s for s in statusser if s.tilstand == Statustilstand.TRUKKET)
    return Kvartalslinje(kvartal, aktuel.frist if aktuel else kvartal.frist, aktuel, trukne, i_dag, rykkes)


def publicerede(plan: Helhedsplan):
    return Kvartalsstatus.objects.filter(plan=plan, tilstand=Statustilstand.PUBLICERET).order_by("-aar", "-kvartal")


def seneste_publicerede(plan: Helhedsplan) -> Kvartalsstatus | None:
    return publicerede(plan).first()


@laest_en_gang
def forrige_publicerede(status: Kvartalsstatus) -> Kvartalsstatus | None:
    """The last published status of an earlier quarter: what this one is held up against."""
    tidligere = Q(aar__lt=status.aar) | Q(aar=status.aar, kvartal__lt=status.kvartal)
    return publicerede(status.plan).filter(tidligere).first()


def udgivne_papirer(plan: Helhedsplan) -> Iterator[Udgivetpapir]:
    """The statuses that have been before people, also those that were withdrawn."""
    for status in Kvartalsstatus.objects.filter(plan=plan, tilstand__in=FROSNE).select_related("plan").defer("side"):
        trukket = " (trukket tilbage)" if status.trukket_den else ""
        yield Udgivetpapir(f"{status}{trukket}", status.get_absolute_url(), status.indhold)


def udgivne(plan: Helhedsplan) -> list[str]:
    """What of the statuses stands in the way of deleting the plan: it has been before people."""
    frosne = Kvartalsstatus.objects.filter(plan=plan, tilstand__in=FROSNE).count()
    return [antal(frosne, "udgivet status", "udgivne statusser")] if frosne else []


def til_laesning(plan: Helhedsplan) -> list[Kvartalsstatus] | None:
    """The published statuses, newest first; for who reads nothing but what is issued."""
    fundne = list(let().filter(plan=plan, tilstand=Statustilstand.PUBLICERET).order_by("-aar", "-kvartal"))
    for status in fundne:
        status.plan = plan
    return fundne or None


def til_skrivning(plan: Helhedsplan) -> list[Kvartalsstatus] | None:
    """The statuses that are written now; for who writes of his own in them."""
    fundne = list(let().filter(plan=plan, tilstand__in=SKRIVES).order_by("-aar", "-kvartal"))
    for status in fundne:
        status.plan = plan
    return fundne or None
