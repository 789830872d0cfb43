"""Actuals against the budget: by quarter and financier, with a forecast to the plan's last day.

The budget of a quarter is its plan months' part of the plan years (`rules.perioder`). The forecast goes on at the pace
of the financier's last four reported quarters, reckoned by plan month; before it has reported anything it is the
budget. Money that will be left is shown three quarters after the last report: early enough to be rebudgeted.

What a financier has not reported is missing and not 0: it is expected of every financier that has money in the budget,
in every quarter of its time up to the last one anybody reported. What was spent so far is held up against the budget of
the reported quarters, and a missing quarter is forecast like those to come.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils import timezone

from aftaler.models import Helhedsplan
from aftaler.rules import PLANENS_LAENGDE_AAR
from budget.models import Budget, Finansieringskilde, Forbrug
from budget.queries.celler import laes, version_i_dag
from budget.queries.plangrundlag import Plangrundlag, ramme
from budget.queries.sammenligning import gaeldende
from budget.queries.version import Version
from budget.rules.celler import NUL, OERE, Cellenoegle
from budget.rules.oplyst import forskel
from budget.rules.perioder import (
    Planmaaned,
    dage_pr_planaar,
    fordel_efter,
    fordel_paa_maaneder,
    kvartalets_dage,
    naeste_kvartal,
    planaar,
    planmaaneder,
)
from helhedsplan import formats
from helhedsplan.formats import opremsning
from helhedsplan.laest import laest_en_gang

Kvartal = tuple[int, int]
KVARTALER_I_TAKTEN = 4
KVARTALER_FREM = 3


def huller_i_ord(mangler: int, ventede: int) -> str:
    """'2 af 7 mangler', said beside a sum that lacks them; '' when none does."""
    return f"{mangler} af {ventede} mangler" if mangler else ""


@dataclass(frozen=True)
class Kvartalstal:
    """One quarter of one line. forbrug is None when nobody has reported the quarter; `prognose` is what was spent, or
    what is expected. The `_akk` figures count from the plan's start; `ubrugt_akk` is budget minus forecast;
    `budget_meldt_akk` is the budget of the reported quarters alone; it and `forbrug_akk` are None until something is
    reported. mangler: who has not reported it. ventede: how many figures are expected of the quarter."""

    kvartal: Kvartal
    budget: Decimal
    forbrug: Decimal | None
    prognose: Decimal
    budget_akk: Decimal
    forbrug_akk: Decimal | None
    prognose_akk: Decimal
    budget_meldt_akk: Decimal | None
    mangler: tuple[str, ...] = ()
    ventede: int = 0
    mangler_akk: int = 0
    ventede_akk: int = 0

    @property
    def navn(self) -> str:
        return formats.kvartal(*self.kvartal)

    @property
    def kort_navn(self) -> str:
        return f"{self.kvartal[0]}K{self.kvartal[1]}"

    @property
    def ubrugt_akk(self) -> Decimal:
        return self.budget_akk - self.prognose_akk

    @property
    def huller(self) -> str:
        return huller_i_ord(len(self.mangler), self.ventede)

    @property
    def huller_akk(self) -> str:
        return huller_i_ord(self.mangler_akk, self.ventede_akk)


@dataclass(frozen=True)
class Forbrugslinje:
    """A financier's money (kilde None: everybody's). "Til dato" is the reported quarters, and no others; None when
    there are none.

    afvigelse_til_dato is budget minus actuals so far, afvigelse is budget minus forecast at the end: both positive
    when money is left. ubrugt_frem is the same three quarters ahead; None when nothing is reported.
    """

    navn: str
    kilde: Finansieringskilde | None
    budget_i_alt: Decimal
    budget_til_dato: Decimal | None
    forbrug_til_dato: Decimal | None
    prognose: Decimal
    ubrugt_frem: Decimal | None
    kvartaler: tuple[Kvartalstal, ...]

    @property
    def afvigelse_til_dato(self) -> Decimal | None:
        if self.budget_til_dato is None or self.forbrug_til_dato is None:
            return None
        return self.budget_til_dato - self.forbrug_til_dato

    @property
    def huller(self) -> str:
        """'2 af 7 mangler': what the figures to date lack; '' for nothing."""
        return self.kvartaler[-1].huller_akk if self.kvartaler else ""

    @property
    def afvigelse(self) -> Decimal | None:
        """None while nothing is reported: the forecast is then the budget, and nothing is known of what is left."""
        return None if self.forbrug_til_dato is None else self.budget_i_alt - self.prognose

    @property
    def brugt_pct(self) -> Decimal | None:
        if self.forbrug_til_dato is None or not self.budget_i_alt:
            return None
        return self.forbrug_til_dato * 100 / self.budget_i_alt


@dataclass(frozen=True)
class Forbrugsopfoelgning:
    """seneste: the last reported quarter; frem: three quarters later, or the plan's last; huller: quarters before
    `seneste` that nobody has reported. ventede: how many figures (financier by quarter) are expected up to `seneste`.
    ufordelt: money that is not split on years, laid evenly on the years 1 to `ufordelt_til`. Without a period on the
    plan there are no quarters."""

    plan: Helhedsplan
    version: Version | None
    seneste: Kvartal | None
    frem: Kvartal | None
    huller: tuple[Kvartal, ...]
    linjer: tuple[Forbrugslinje, ...]
    i_alt: Forbrugslinje
    ventede: int = 0
    ufordelt: Decimal = NUL
    ufordelt_til: int = 0

    def mangler(self, til: Kvartal | None = None) -> list[Kvartalstal]:
        """The quarters in which somebody has not reported, up to and with one of them."""
        return [t for t in self.i_alt.kvartaler if t.mangler and (til is None or t.kvartal <= til)]

    def mangler_i_ord(self, til: Kvartal | None = None) -> str:
        """'4 af 7 tal mangler: 1. kvartal 2026 (Landsbyggefonden og Ishøj Kommune)'; '' when none does."""
        huller = self.mangler(til)
        if not huller:
            return ""
        antal = sum(len(t.mangler) for t in huller)
        ventede = self.ventede if til is None else len(self._ventede_til(til))
        hvor = opremsning([f"{t.navn} ({opremsning(list(t.mangler))})" for t in huller])
        return f"{antal} af {ventede} tal mangler: {hvor}."

    def _ventede_til(self, til: Kvartal) -> list[Kvartalstal]:
        return [t for linje in self.linjer for t in linje.kvartaler if t.ventede and t.kvartal <= til]

    @property
    def budget(self) -> Budget | None:
        return self.version.budget if self.version else None


def opfoelgning(
    plan: Helhedsplan, *, arter: set[str] | None = None, dato: date | None = None, over: Plangrundlag | None = None
) -> Forbrugsopfoelgning:
    """Actuals against the budget that counts, revised as of `dato` (today without). At most twelve queries.

    arter: only these kinds of contributions ({'kontant'}); all of them without. over: the plan's frame, if read.
    """
    budget = gaeldende(plan)
    version = laes(budget).pr(dato or timezone.localdate()) if budget else None
    return opfoelgning_af(over or ramme(plan), version, arter=arter)


@laest_en_gang
def forbruget(plan: Helhedsplan) -> list[Forbrug]:
    """All the actuals, as they were reported."""
    return list(plan.forbrug.order_by())


def opfoelgning_af(
    over: Plangrundlag, version: Version | None, *, arter: set[str] | None = None, forbrug: list[Forbrug] | None = None
) -> Forbrugsopfoelgning:
    """The same with a frame and a version of the budget at hand. One query; none with the actuals at hand too."""
    if forbrug is None:
        forbrug = forbruget(over.plan)
    meldt: dict = defaultdict(set)
    for f in forbrug:
        meldt[f.kilde_id].add((f.aar, f.kvartal))
    pr_kilde: dict = defaultdict(lambda: defaultdict(lambda: NUL))
    for f in forbrug:
        if arter is None or f.art in arter:
            pr_kilde[f.kilde_id][f.aar, f.kvartal] += f.beloeb
    budgetteret: dict = defaultdict(lambda: defaultdict(lambda: NUL))
    for noegle, vaerdi in version.bidrag.items() if version else ():
        if arter is None or noegle.art in arter:
            budgetteret[noegle.kilde][noegle.planaar] += vaerdi.beloeb
    return _opfoelgning(over, version, budgetteret, pr_kilde, meldt)


def sidste_budgetaar(over: Plangrundlag, aar: Iterable[int | None]) -> int:
    """The last plan year that the budget names, and at least a plan's usual length.

    Money that is not split on years is laid on the years up to it,
    and never on a year by which the plan was extended afterwards."""
    naevnte = max((nr for nr in aar if nr is not None), default=0)
    return min(max(naevnte, PLANENS_LAENGDE_AAR), len(over.planaar))


def _opfoelgning(
    over: Plangrundlag, version, budgetteret: dict, pr_kilde: dict, meldt: dict[int, set]
) -> Forbrugsopfoelgning:
    maaneder = planmaaneder(over.plan)
    i_perioden = list(dict.fromkeys(m.kvartal for m in maaneder))
    rapporterede = set().union(*meldt.values())
    seneste = max(rapporterede, default=None)
    alle = sorted({*i_perioden, *rapporterede})
    frem = min(naeste_kvartal(seneste, KVARTALER_FREM), i_perioden[-1]) if seneste and i_perioden else None
    ufordelt_til = sidste_budgetaar(over, [n.planaar for n in version.bidrag] if version else [])
    tid = _Tid(over.plan, maaneder, alle, seneste, frem, ufordelt_til)
    linjer = [tid.linje(k.navn, k, budgetteret[pk], pr_kilde[pk], meldt[pk]) for pk, k in over.kilder.items()]
    return Forbrugsopfoelgning(
        plan=over.plan,
        version=version,
        seneste=seneste,
        frem=frem,
        huller=tuple(k for k in i_perioden if seneste and k < seneste and k not in rapporterede),
        linjer=tuple(linjer),
        i_alt=_som_oplyst(_samlet(linjer, tid), version),
        ventede=sum(t.ventede for linje in linjer for t in linje.kvartaler),
        ufordelt=sum((b for pr_aar in budgetteret.values() for aar, b in pr_aar.items() if aar is None), NUL),
        ufordelt_til=ufordelt_til,
    )


@dataclass(frozen=True)
class _Tid:
    plan: Helhedsplan
    maaneder: list[Planmaaned]
    kvartaler: list[Kvartal]
    seneste: Kvartal | None
    frem: Kvartal | None
    ufordelt_til: int

    def linje(self, navn: str, kilde, pr_planaar: dict, forbrug: dict, meldt: set[Kvartal]) -> Forbrugslinje:
        budget: dict = defaultdict(lambda: NUL)
        for maaned, beloeb in fordel_paa_maaneder(self.plan, pr_planaar, kilde, self.ufordelt_til).items():
            budget[maaned.kvartal] += beloeb
        egne = [m for m in self.maaneder if m.i_kildens_tid(kilde)]
        ventede = {m.kvartal for m in egne if self.seneste and m.kvartal <= self.seneste}
        har_penge = any(pr_planaar.values()) or bool(meldt)
        prognose = self._prognose(budget, forbrug, meldt, egne)
        mangler = dict.fromkeys(ventede - meldt, (navn,)) if har_penge else {}
        tal = self._kvartalstal(budget, forbrug, prognose, meldt, mangler)
        return Forbrugslinje(
            navn=navn,
            kilde=kilde,
            budget_i_alt=sum(pr_planaar.values(), NUL),
            budget_til_dato=tal[-1].budget_meldt_akk if tal else None,
            forbrug_til_dato=sum(forbrug.values(), NUL) if meldt else None,
            prognose=sum((t.prognose for t in tal), NUL) if tal else sum(pr_planaar.values(), NUL),
            ubrugt_frem=self.ubrugt_frem(tal),
            kvartaler=tal,
        )

    def _prognose(self, budget: dict, forbrug: dict, meldt: set[Kvartal], egne: list[Planmaaned]) -> dict:
        """What was spent in each reported quarter, and what is expected in each of the others."""
        antal: dict = defaultdict(int)
        for maaned in egne:
            antal[maaned.kvartal] += 1
        kendte = [k for k in self.kvartaler if k in meldt and antal[k]][-KVARTALER_I_TAKTEN:]
        maaneder = sum(antal[k] for k in kendte)
        brugt = sum((forbrug.get(k, NUL) for k in kendte), NUL)
        ud = {}
        for kvartal in self.kvartaler:
            if kvartal in meldt:
                ud[kvartal] = forbrug.get(kvartal, NUL)
            elif maaneder:
                ud[kvartal] = (brugt * antal[kvartal] / maaneder).quantize(OERE, rounding=ROUND_HALF_UP)
            else:
                ud[kvartal] = budget[kvartal]
        return ud

    def _kvartalstal(
        self, budget: dict, forbrug: dict, prognose: dict, meldt: set[Kvartal], mangler: dict[Kvartal, tuple[str]]
    ) -> tuple[Kvartalstal, ...]:
        tal, budget_akk, forbrug_akk, prognose_akk, meldt_akk = [], NUL, NUL, NUL, NUL
        noget_meldt, mangler_akk, ventede_akk = False, 0, 0
        for kvartal in self.kvartaler:
            er_meldt = kvartal in meldt
            budget_akk += budget[kvartal]
            prognose_akk += prognose[kvartal]
            brugt = forbrug.get(kvartal, NUL) if er_meldt else None
            forbrug_akk += brugt or NUL
            meldt_akk += budget[kvartal] if er_meldt else NUL
            noget_meldt = noget_meldt or er_meldt
            ventet = er_meldt or kvartal in mangler
            mangler_akk, ventede_akk = mangler_akk + (kvartal in mangler), ventede_akk + ventet
            kendt = noget_meldt and self.seneste is not None and kvartal <= self.seneste
            tal.append(
                Kvartalstal(
                    kvartal,
                    budget[kvartal],
                    brugt,
                    prognose[kvartal],
                    budget_akk,
                    forbrug_akk if kendt else None,
                    prognose_akk,
                    meldt_akk if noget_meldt else None,
                    mangler.get(kvartal, ()),
                    int(ventet),
                    mangler_akk,
                    ventede_akk,
                )
            )
        return tuple(tal)

    def ubrugt_frem(self, tal: tuple[Kvartalstal, ...]) -> Decimal | None:
        return next((t.ubrugt_akk for t in tal if t.kvartal == self.frem), None)


def _som_oplyst(i_alt: Forbrugslinje, version) -> Forbrugslinje:
    """With the total that is stated. What it is more than the cells is expected to be used, so that the difference is
    not told as money left over."""
    if version is None or version.oplyst is None:
        return i_alt
    rest = forskel(version.oplyst, version.bidrag.values())
    return replace(i_alt, budget_i_alt=i_alt.budget_i_alt + rest, prognose=i_alt.prognose + rest)


def _samlet(linjer: list[Forbrugslinje], tid: _Tid) -> Forbrugslinje:
    """The lines added up, quarter by quarter, so that the total is what its lines say."""

    def laeg(felt: str, tal: Iterable) -> Decimal | None:
        kendte = [v for t in tal if (v := getattr(t, felt)) is not None]
        return sum(kendte, NUL) if kendte else None

    felter = ("budget", "forbrug", "prognose", "budget_akk", "forbrug_akk", "prognose_akk", "budget_meldt_akk")
    antal = ("ventede", "mangler_akk", "ventede_akk")
    kvartaler = []
    for samme in zip(*(linje.kvartaler for linje in linjer), strict=True):
        sammen: dict[str, Any] = {felt: laeg(felt, samme) for felt in felter}
        mangler = tuple(navn for t in samme for navn in t.mangler)
        sammen |= {felt: sum(getattr(t, felt) for t in samme) for felt in antal}
        kvartaler.append(Kvartalstal(samme[0].kvartal, **sammen, mangler=mangler))
    summer: dict[str, Any] = {felt: laeg(felt, linjer) or NUL for felt in ("budget_i_alt", "prognose")}
    summer |= {felt: laeg(felt, linjer) for felt in ("budget_til_dato", "forbrug_til_dato")}
    return Forbrugslinje(
        "I alt", None, **summer, ubrugt_frem=tid.ubrugt_frem(tuple(kvartaler)), kvartaler=tuple(kvartaler)
    )


# --- money to carry into the next year ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Overfoersel:
    """Unused money of one cell that a rebudgettering may carry into the next plan year."""

    noegle: Cellenoegle
    beloeb: Decimal
    til_aar: int


def forslag_til_rebudgettering(plan: Helhedsplan, fra_aar: int) -> list[Overfoersel]:
    """What is unused of a plan year, cell by cell: budget minus actuals by financier and kind, spread on the cells.

    Empty for the last year, and where nothing is left. At most twelve queries.
    """
    over, budget = ramme(plan), gaeldende(plan)
    if budget is None or fra_aar >= len(over.planaar):
        return []
    bidrag = {n: v for n, v in version_i_dag(budget).bidrag.items() if n.planaar == fra_aar}
    brugt: dict = defaultdict(lambda: NUL)
    for f in plan.forbrug.all():
        for aar, beloeb in paa_planaar(plan, (f.aar, f.kvartal), f.beloeb).items():
            if aar == fra_aar:
                brugt[f.kilde_id, f.art] += beloeb
    forslag = []
    for hvem in dict.fromkeys((n.kilde, n.art) for n in bidrag):
        egne = {n: v.beloeb for n, v in bidrag.items() if (n.kilde, n.art) == hvem}
        rest = sum(egne.values(), NUL) - brugt[hvem]
        if rest > 0:
            dele = zip(egne, fordel_efter(rest, list(egne.values())), strict=True)
            forslag += [Overfoersel(n, beloeb, fra_aar + 1) for n, beloeb in dele if beloeb]
    return forslag


def paa_planaar(plan: Helhedsplan, kvartal: Kvartal, beloeb: Decimal) -> dict[int, Decimal]:
    """A calendar quarter's amount by plan year. A quarter that lies in two of them is split by its days in each, which
    is an estimate: nobody has said on which side the money was spent (`deles_af`).

    A quarter outside the period belongs to the plan year it is nearest to.
    """
    dage = dage_pr_planaar(plan, kvartal)
    if not dage:
        aar = planaar(plan)
        efter = bool(aar[-1].til and kvartalets_dage(kvartal)[0] > aar[-1].til)
        return {aar[-1 if efter else 0].nr: beloeb}
    return dict(zip(dage, fordel_efter(beloeb, [Decimal(d) for d in dage.values()]), strict=True))


def deles_af(plan: Helhedsplan, kvartal: Kvartal) -> list[int]:
    """The plan years that share a quarter; empty when it lies in one."""
    dage = list(dage_pr_planaar(plan, kvartal))
    return dage if len(dage) > 1 else []
