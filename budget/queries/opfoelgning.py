"""Actuals against the budget: by quarter and financier, with a forecast to the plan's last day.

The budget of a quarter is its plan months' part of the plan years (`rules.perioder`). The forecast goes on at the pace
of the last four reported quarters, reckoned by plan month; before anything is reported it is the budget. Money that
will be left is shown three quarters after the last report: early enough to be rebudgeted.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

from aftaler.models import Helhedsplan
from budget.models import Budget, Finansieringskilde
from budget.queries.celler import laes, version_i_dag
from budget.queries.ramme import Ramme, ramme
from budget.queries.sammenligning import gaeldende
from budget.queries.version import Version
from budget.rules.celler import NUL, OERE, Cellenoegle
from budget.rules.perioder import (
    Planmaaned,
    fordel,
    fordel_efter,
    fordel_paa_maaneder,
    kvartal_for,
    naeste_kvartal,
    planmaaneder,
)
from helhedsplan import formats

Kvartal = tuple[int, int]
KVARTALER_I_TAKTEN = 4
KVARTALER_FREM = 3


@dataclass(frozen=True)
class Kvartalstal:
    """One quarter of one line. forbrug is None when nobody has reported the quarter; `prognose` is what was spent, or
    what is expected. The `_akk` figures count from the plan's start; `ubrugt_akk` is budget minus forecast."""

    kvartal: Kvartal
    budget: Decimal
    forbrug: Decimal | None
    prognose: Decimal
    budget_akk: Decimal
    forbrug_akk: Decimal | None
    prognose_akk: Decimal

    @property
    def navn(self) -> str:
        return formats.kvartal(*self.kvartal)

    @property
    def kort_navn(self) -> str:
        return f"{self.kvartal[0]}K{self.kvartal[1]}"

    @property
    def ubrugt_akk(self) -> Decimal:
        return self.budget_akk - self.prognose_akk


@dataclass(frozen=True)
class Forbrugslinje:
    """A financier's money (kilde None: everybody's). "Til dato" is up to and with the last reported quarter.

    afvigelse_til_dato is budget minus actuals so far, afvigelse is budget minus forecast at the end: both positive
    when money is left. ubrugt_frem is the same three quarters ahead; None when nothing is reported.
    """

    navn: str
    kilde: Finansieringskilde | None
    budget_i_alt: Decimal
    budget_til_dato: Decimal
    forbrug_til_dato: Decimal
    prognose: Decimal
    ubrugt_frem: Decimal | None
    kvartaler: tuple[Kvartalstal, ...]

    @property
    def afvigelse_til_dato(self) -> Decimal:
        return self.budget_til_dato - self.forbrug_til_dato

    @property
    def afvigelse(self) -> Decimal:
        return self.budget_i_alt - self.prognose

    @property
    def brugt_pct(self) -> Decimal | None:
        return self.forbrug_til_dato * 100 / self.budget_i_alt if self.budget_i_alt else None


@dataclass(frozen=True)
class Opfoelgning:
    """seneste: the last reported quarter; frem: three quarters later, or the plan's last; huller: quarters before
    `seneste` that nobody has reported. Without a period on the plan there are no quarters."""

    plan: Helhedsplan
    version: Version | None
    seneste: Kvartal | None
    frem: Kvartal | None
    huller: tuple[Kvartal, ...]
    linjer: tuple[Forbrugslinje, ...]
    i_alt: Forbrugslinje

    @property
    def budget(self) -> Budget | None:
        return self.version.budget if self.version else None


def opfoelgning(plan: Helhedsplan, *, arter: set[str] | None = None, dato: date | None = None) -> Opfoelgning:
    """Actuals against the budget that counts, revised as of `dato` (today without). At most twelve queries.

    arter: only these kinds of contributions ({'kontant'}); all of them without.
    """
    budget = gaeldende(plan)
    version = laes(budget).pr(dato or timezone.localdate()) if budget else None
    return opfoelgning_af(ramme(plan), version, arter=arter)


def opfoelgning_af(over: Ramme, version: Version | None, *, arter: set[str] | None = None) -> Opfoelgning:
    """The same with a frame and a version of the budget at hand. One query."""
    plan = over.plan
    forbrug = list(plan.forbrug.order_by())
    rapporterede = {(f.aar, f.kvartal) for f in forbrug}
    pr_kilde: dict = defaultdict(lambda: defaultdict(lambda: NUL))
    for f in forbrug:
        if arter is None or f.art in arter:
            pr_kilde[f.kilde_id][f.aar, f.kvartal] += f.beloeb
    budgetteret: dict = defaultdict(lambda: defaultdict(lambda: NUL))
    for noegle, vaerdi in version.bidrag.items() if version else ():
        if arter is None or noegle.art in arter:
            budgetteret[noegle.kilde][noegle.planaar] += vaerdi.beloeb
    return _opfoelgning(over, version, budgetteret, pr_kilde, rapporterede)


def _opfoelgning(over: Ramme, version, budgetteret: dict, pr_kilde: dict, rapporterede: set[Kvartal]) -> Opfoelgning:
    maaneder = planmaaneder(over.plan)
    i_perioden = list(dict.fromkeys(m.kvartal for m in maaneder))
    seneste = max(rapporterede, default=None)
    alle = sorted({*i_perioden, *rapporterede})
    frem = min(naeste_kvartal(seneste, KVARTALER_FREM), i_perioden[-1]) if seneste and i_perioden else None
    tid = _Tid(over.plan, maaneder, alle, rapporterede, seneste, frem)
    linjer = [tid.linje(k.navn, k, budgetteret[pk], pr_kilde[pk]) for pk, k in over.kilder.items()]
    return Opfoelgning(
        plan=over.plan,
        version=version,
        seneste=seneste,
        frem=frem,
        huller=tuple(k for k in i_perioden if seneste and k < seneste and k not in rapporterede),
        linjer=tuple(linjer),
        i_alt=_samlet(linjer, tid),
    )


@dataclass(frozen=True)
class _Tid:
    plan: Helhedsplan
    maaneder: list[Planmaaned]
    kvartaler: list[Kvartal]
    rapporterede: set[Kvartal]
    seneste: Kvartal | None
    frem: Kvartal | None

    def linje(self, navn: str, kilde, pr_planaar: dict, forbrug: dict) -> Forbrugslinje:
        budget: dict = defaultdict(lambda: NUL)
        for maaned, beloeb in fordel_paa_maaneder(self.plan, pr_planaar).items():
            budget[maaned.kvartal] += beloeb
        prognose = self._prognose(budget, forbrug)
        tal = self._kvartalstal(budget, forbrug, prognose)
        return Forbrugslinje(
            navn=navn,
            kilde=kilde,
            budget_i_alt=sum(pr_planaar.values(), NUL),
            budget_til_dato=sum((t.budget for t in tal if self.seneste and t.kvartal <= self.seneste), NUL),
            forbrug_til_dato=sum(forbrug.values(), NUL),
            prognose=sum((t.prognose for t in tal), NUL) if tal else sum(pr_planaar.values(), NUL),
            ubrugt_frem=self.ubrugt_frem(tal),
            kvartaler=tal,
        )

    def _prognose(self, budget: dict, forbrug: dict) -> dict[Kvartal, Decimal]:
        """What was spent in each quarter up to the last report, and what is expected in each one after it."""
        antal: dict = defaultdict(int)
        for maaned in self.maaneder:
            antal[maaned.kvartal] += 1
        kendte = [k for k in self.kvartaler if k in self.rapporterede and antal[k]][-KVARTALER_I_TAKTEN:]
        maaneder = sum(antal[k] for k in kendte)
        brugt = sum((forbrug.get(k, NUL) for k in kendte), NUL)
        ud = {}
        for kvartal in self.kvartaler:
            if self.seneste is not None and kvartal <= self.seneste:
                ud[kvartal] = forbrug.get(kvartal, NUL)
            elif maaneder:
                ud[kvartal] = (brugt * antal[kvartal] / maaneder).quantize(OERE, rounding=ROUND_HALF_UP)
            else:
                ud[kvartal] = budget[kvartal]
        return ud

    def _kvartalstal(self, budget: dict, forbrug: dict, prognose: dict) -> tuple[Kvartalstal, ...]:
        tal, budget_akk, forbrug_akk, prognose_akk = [], NUL, NUL, NUL
        for kvartal in self.kvartaler:
            budget_akk += budget[kvartal]
            prognose_akk += prognose[kvartal]
            brugt = forbrug.get(kvartal, NUL) if kvartal in self.rapporterede else None
            forbrug_akk += brugt or NUL
            kendt = self.seneste is not None and kvartal <= self.seneste
            tal.append(
                Kvartalstal(
                    kvartal,
                    budget[kvartal],
                    brugt,
                    prognose[kvartal],
                    budget_akk,
                    forbrug_akk if kendt else None,
                    prognose_akk,
                )
            )
        return tuple(tal)

    def ubrugt_frem(self, tal: tuple[Kvartalstal, ...]) -> Decimal | None:
        return next((t.ubrugt_akk for t in tal if t.kvartal == self.frem), None)


def _samlet(linjer: list[Forbrugslinje], tid: _Tid) -> Forbrugslinje:
    """The lines added up, quarter by quarter, so that the total is what its lines say."""

    def laeg(felt: str, tal: list) -> Decimal | None:
        vaerdier = [getattr(t, felt) for t in tal]
        return None if not vaerdier or None in vaerdier else sum(vaerdier, NUL)

    kvartaler = tuple(
        Kvartalstal(
            samme[0].kvartal,
            *(
                laeg(felt, samme)
                for felt in ("budget", "forbrug", "prognose", "budget_akk", "forbrug_akk", "prognose_akk")
            ),
        )
        for samme in zip(*(linje.kvartaler for linje in linjer), strict=True)
    )
    summer = {
        felt: sum((getattr(linje, felt) for linje in linjer), NUL)
        for felt in ("budget_i_alt", "budget_til_dato", "forbrug_til_dato", "prognose")
    }
    return Forbrugslinje("I alt", None, **summer, ubrugt_frem=tid.ubrugt_frem(kvartaler), kvartaler=kvartaler)


# --- money to carry into the next year ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Overfoersel:
    """Unused money of one cell that a rebudgettering may carry into the next plan year."""

    noegle: Cellenoegle
    beloeb: Decimal
    til_aar: int


def forslag_til_rebudgettering(plan: Helhedsplan, planaar: int) -> list[Overfoersel]:
    """What is unused of a plan year, cell by cell: budget minus actuals by financier and kind, spread on the cells.

    Empty for the last year, and where nothing is left. At most twelve queries.
    """
    over, budget = ramme(plan), gaeldende(plan)
    if budget is None or planaar >= len(over.planaar):
        return []
    bidrag = {n: v for n, v in version_i_dag(budget).bidrag.items() if n.planaar == planaar}
    brugt: dict = defaultdict(lambda: NUL)
    for f in plan.forbrug.all():
        for aar, beloeb in paa_planaar(plan, (f.aar, f.kvartal), f.beloeb).items():
            if aar == planaar:
                brugt[f.kilde_id, f.art] += beloeb
    forslag = []
    for hvem in dict.fromkeys((n.kilde, n.art) for n in bidrag):
        egne = {n: v.beloeb for n, v in bidrag.items() if (n.kilde, n.art) == hvem}
        rest = sum(egne.values(), NUL) - brugt[hvem]
        if rest > 0:
            dele = zip(egne, fordel_efter(rest, list(egne.values())), strict=True)
            forslag += [Overfoersel(n, beloeb, planaar + 1) for n, beloeb in dele if beloeb]
    return forslag


def paa_planaar(plan: Helhedsplan, kvartal: Kvartal, beloeb: Decimal) -> dict[int, Decimal]:
    """A calendar quarter's amount by plan year, spread evenly on the plan months that begin in the quarter.

    A quarter outside the period belongs to the plan year it is nearest to.
    """
    maaneder = planmaaneder(plan)
    if not maaneder:
        return {1: beloeb}
    i_kvartalet = [m.planaar for m in maaneder if m.kvartal == kvartal]
    if not i_kvartalet:
        return {maaneder[-1 if kvartal > kvartal_for(maaneder[-1].fra) else 0].planaar: beloeb}
    ud: dict[int, Decimal] = {}
    for aar, del_ in zip(i_kvartalet, fordel(beloeb, len(i_kvartalet)), strict=True):
        ud[aar] = ud.get(aar, NUL) + del_
    return ud
