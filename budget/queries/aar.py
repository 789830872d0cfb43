"""The same figures by plan year and by calendar year: a plan that runs 1 November - 31 October has five of the one and
four of the other. How money is moved between them stands in `rules.perioder`; both views have the same totals."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from aftaler.models import Helhedsplan
from aftaler.queries.indstillinger import parameter
from budget.models import Budget, Finansieringskilde
from budget.queries.celler import version_i_dag
from budget.queries.opfoelgning import Forbrugslinje, deles_af, forbruget, opfoelgning_af, paa_planaar, sidste_budgetaar
from budget.queries.plangrundlag import ramme
from budget.queries.sammenligning import gaeldende
from budget.queries.version import Version
from budget.rules.celler import NUL
from budget.rules.perioder import fordel_paa_maaneder, frist_for_reguleringskonto
from helhedsplan import formats
from helhedsplan.tid import Tid


@dataclass(frozen=True)
class Aarskolonne:
    """A plan year or a calendar year; aar None is what is not split on years. `frist` is the last day to hand in the
    calendar year's reguleringskonto, None for plan years and when the parameter is not known."""

    aar: int | None
    navn: str
    periode: str = ""
    frist: date | None = None


@dataclass(frozen=True)
class Aarsraekke:
    """A financier's budget and actuals in each column, and in all. kilde None: everybody's. Actuals are None where
    nothing is reported; `mangler` says which figures a sum lacks, the last of them for all columns."""

    navn: str
    kilde: Finansieringskilde | None
    budget: tuple[Decimal, ...]
    forbrug: tuple[Decimal | None, ...]
    budget_i_alt: Decimal
    forbrug_i_alt: Decimal | None
    mangler: tuple[str, ...] = ()

    @property
    def forbrugsceller(self) -> list[tuple[Decimal | None, str]]:
        """The actuals of each column and in all, with what they lack."""
        return list(zip((*self.forbrug, self.forbrug_i_alt), self.mangler, strict=True))


@dataclass(frozen=True)
class Aarsvisning:
    plan: Helhedsplan
    version: Version | None
    kalender: bool
    frist_mdr: Decimal | None
    kolonner: tuple[Aarskolonne, ...]
    raekker: tuple[Aarsraekke, ...]
    i_alt: Aarsraekke
    delte_kvartaler: tuple[tuple[int, int], ...] = ()
    skoennede: frozenset[int] = frozenset()

    @property
    def delte_i_ord(self) -> str:
        """The reported quarters that lie in two plan years: what they are split by is an estimate; '' without any."""
        return formats.opremsning([formats.kvartal(*k) for k in self.delte_kvartaler])


def aarsvisning(plan: Helhedsplan, *, kalender: bool, budget: Budget | None = None) -> Aarsvisning:
    """Budget (the one that counts unless one is given; revised as of today) and actuals by year. At most 14 queries.

    kalender: calendar years, each with the date its reguleringskonto is due by parameter `reguleringskonto_frist_mdr`;
    plan years otherwise. Without a period on the plan the calendar view has its actuals only; its budget stands as not
    split on years.
    """
    over, budget = ramme(plan), budget or gaeldende(plan)
    version = version_i_dag(budget) if budget else None
    bidrag = version.bidrag if version else {}
    budgetteret: dict = defaultdict(lambda: defaultdict(lambda: NUL))
    for noegle, vaerdi in bidrag.items():
        budgetteret[noegle.kilde][noegle.planaar] += vaerdi.beloeb
    if kalender:
        ufordelt_til = sidste_budgetaar(over, [n.planaar for n in bidrag])
        budgetteret = defaultdict(
            dict,
            {pk: _paa_kalenderaar(plan, pr_aar, over.kilder[pk], ufordelt_til) for pk, pr_aar in budgetteret.items()},
        )
    brugt: dict = defaultdict(lambda: defaultdict(lambda: NUL))
    delte: set = set()
    forbrug = forbruget(plan)
    for f in forbrug:
        delte |= set() if kalender else {(aar, (f.aar, f.kvartal)) for aar in deles_af(plan, (f.aar, f.kvartal))}
        dele = {f.aar: f.beloeb} if kalender else paa_planaar(plan, (f.aar, f.kvartal), f.beloeb)
        for aar, beloeb in dele.items():
            brugt[f.kilde_id][aar] += beloeb
    frist_mdr = parameter(plan, "reguleringskonto_frist_mdr") if kalender else None
    brugte = {aar for pr_aar in [*budgetteret.values(), *brugt.values()] for aar in pr_aar}
    kol = _kalenderaar(plan, brugte, frist_mdr) if kalender else _planaar(over.planaar, brugte)
    fulgt = opfoelgning_af(over, version, forbrug=forbrug)
    aarene = {
        t.kvartal: {t.kvartal[0]} if kalender else set(paa_planaar(plan, t.kvartal, NUL)) for t in fulgt.i_alt.kvartaler
    }
    raekker = [
        _raekke(k.navn, k, kol, budgetteret.get(pk, {}), brugt.get(pk, {}), mangler=_mangler(kol, [linje], aarene))
        for (pk, k), linje in zip(over.kilder.items(), fulgt.linjer, strict=True)
    ]
    mangler = _mangler(kol, fulgt.linjer, aarene)
    i_alt = _raekke("I alt", None, kol, _laegsammen(budgetteret), _laegsammen(brugt), mangler=mangler)
    if version and version.oplyst:
        i_alt = replace(i_alt, budget_i_alt=version.oplyst.i_alt)
    delte_kvartaler = tuple(sorted({kvartal for _, kvartal in delte}))
    skoennede = frozenset(aar for aar, _ in delte)
    return Aarsvisning(plan, version, kalender, frist_mdr, kol, tuple(raekker), i_alt, delte_kvartaler, skoennede)


def _paa_kalenderaar(plan: Helhedsplan, pr_aar: dict, kilde, ufordelt_til: int) -> dict:
    fordelt = {aar: beloeb for aar, beloeb in pr_aar.items() if aar is not None}
    ud: dict = defaultdict(lambda: NUL)
    maaneder = fordel_paa_maaneder(plan, fordelt, kilde, ufordelt_til)
    for maaned, beloeb in maaneder.items():
        ud[maaned.kalenderaar] += beloeb
    ufordelt = pr_aar.get(None, NUL) + (NUL if maaneder else sum(fordelt.values(), NUL))
    if ufordelt:
        ud[None] += ufordelt
    return dict(ud)


def _planaar(aar: list, brugte: set) -> tuple[Aarskolonne, ...]:
    kol = [Aarskolonne(a.nr, a.navn, a.periode) for a in aar]
    kol += [Aarskolonne(nr, f"År {nr}", "uden for perioden") for nr in sorted(brugte - {a.nr for a in aar} - {None})]
    return (*kol, *_ufordelt(brugte))


def _kalenderaar(plan: Helhedsplan, brugte: set, frist_mdr: Decimal | None) -> tuple[Aarskolonne, ...]:
    aar = set(brugte) - {None}
    begynder, slutter = plan.begynder, plan.slutter
    if begynder.tidligst and slutter.senest:
        aar |= set(range(begynder.tidligst.year, slutter.senest.year + 1))
    kol = []
    for nr in sorted(aar):
        fra = max(date(nr, 1, 1), begynder.tidligst or date(nr, 1, 1))
        til = min(date(nr, 12, 31), slutter.senest or date(nr, 12, 31))
        frist = None if frist_mdr is None else frist_for_reguleringskonto(nr, int(frist_mdr))
        hvornaar = _oplyst_i(nr, begynder, slutter) or formats.periode(fra, til)
        kol.append(Aarskolonne(nr, str(nr), hvornaar if fra <= til else "uden for perioden", frist))
    return (*kol, *_ufordelt(brugte))


def _oplyst_i(aar: int, begynder: Tid, slutter: Tid) -> str:
    """What is said of a calendar year that the plan may begin or end in, where it is not told as a day; '' else."""
    dele = [
        f"planen {hvad} {t}"
        for hvad, t in (("begynder", begynder), ("slutter", slutter))
        if t.dag is None and t.tidligst and t.senest and t.tidligst.year <= aar <= t.senest.year
    ]
    return formats.opremsning(dele)


def _ufordelt(brugte: set) -> list[Aarskolonne]:
    return [Aarskolonne(None, "Ikke fordelt på år")] if None in brugte else []


def _mangler(kol: tuple[Aarskolonne, ...], linjer: Iterable[Forbrugslinje], aarene: dict) -> tuple[str, ...]:
    """'1 af 4 tal mangler' for each column, and for all of them; '' where none does. aarene: the years that each
    quarter lies in; one that lies in two is missing in both."""
    ventede = [t for linje in linjer for t in linje.kvartaler if t.ventede]
    i_kolonner = [[t for t in ventede if k.aar in aarene[t.kvartal]] for k in kol]
    ud = []
    for tal in (*i_kolonner, ventede):
        antal = sum(bool(t.mangler) for t in tal)
        ud.append(f"{antal} af {len(tal)} tal mangler" if antal else "")
    return tuple(ud)


def _raekke(
    navn: str, kilde, kol: tuple[Aarskolonne, ...], budget: dict, brugt: dict, *, mangler: tuple[str, ...]
) -> Aarsraekke:
    return Aarsraekke(
        navn,
        kilde,
        tuple(budget.get(k.aar, NUL) for k in kol),
        tuple(brugt.get(k.aar) for k in kol),
        sum(budget.values(), NUL),
        sum(brugt.values(), NUL) if brugt else None,
        mangler,
    )


def _laegsammen(pr_kilde: dict) -> dict:
    ud: dict = defaultdict(lambda: NUL)
    for pr_aar in pr_kilde.values():
        for aar, beloeb in pr_aar.items():
            ud[aar] += beloeb
    return ud
