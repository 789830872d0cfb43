"""Plan years, calendar years and quarters: how money that belongs to one is shown in the other.

A plan year is twelve months counted from the plan's first day: 1 November - 31 October is year 1. To turn plan years
into calendar years or quarters, a plan is seen as a row of plan months, each beginning a whole number of months after
the plan's first day; a plan month belongs to the calendar quarter in which it begins. For a plan that starts on the
first of a month that is exact; for one that starts on the 15th it is off by half a month at most. A plan year's money
is spread evenly over its months, to the øre, so that both views have the same total.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from aftaler.rules import PLANENS_LAENGDE_AAR
from budget.choices import FLEST_PLANAAR
from helhedsplan import formats
from helhedsplan.tid import Tid

OERE = Decimal("0.01")


def plus_maaneder(dag: date, maaneder: int) -> date:
    """The same day of the month some months later, or the month's last day: 31 January + 1 -> 28 February."""
    nr = dag.month - 1 + maaneder
    aar, maaned = dag.year + nr // 12, nr % 12 + 1
    naeste = date(aar + maaned // 12, maaned % 12 + 1, 1)
    return min(naeste - timedelta(days=1), date(aar, maaned, 1) + timedelta(days=dag.day - 1))


@dataclass(frozen=True)
class Planaaret:
    """A year of the plan. Without a period on the plan only the number is known."""

    nr: int
    fra: date | None = None
    til: date | None = None

    @property
    def navn(self) -> str:
        return f"År {self.nr}"

    @property
    def periode(self) -> str:
        return formats.periode(self.fra, self.til) if self.fra else ""


@dataclass(frozen=True)
class Planmaaned:
    planaar: int
    fra: date

    @property
    def kalenderaar(self) -> int:
        return self.fra.year

    @property
    def kvartal(self) -> tuple[int, int]:
        return kvartal_for(self.fra)

    def i_kildens_tid(self, kilde) -> bool:
        """Whether a financier may take part in the month, or in some of it; always without a financier."""
        if kilde is None:
            return True
        slut = plus_maaneder(self.fra, 1) - timedelta(days=1)
        begyndt = kilde.begynder.tidligst is None or kilde.begynder.tidligst <= slut
        return begyndt and (kilde.slutter.senest is None or kilde.slutter.senest >= self.fra)


def kvartal_for(dag: date) -> tuple[int, int]:
    """(year, quarter) of a day."""
    return dag.year, (dag.month - 1) // 3 + 1


def naeste_kvartal(kvartal: tuple[int, int], skridt: int = 1) -> tuple[int, int]:
    nr = kvartal[0] * 4 + kvartal[1] - 1 + skridt
    return nr // 4, nr % 4 + 1


def kvartalets_dage(kvartal: tuple[int, int]) -> tuple[date, date]:
    fra = date(kvartal[0], kvartal[1] * 3 - 2, 1)
    return fra, plus_maaneder(fra, 3) - timedelta(days=1)


def planmaaneder(plan, slut: Tid | None = None) -> list[Planmaaned]:
    """The months of a plan with a whole period, the last one also when it is not full; empty while its days are not
    known. slut: another end than the plan's own."""
    begynder, slutter = plan.begynder.dag, (slut or plan.slutter).dag
    if not (begynder and slutter):
        return []
    maaneder = []
    nr = 0
    while (fra := plus_maaneder(begynder, nr)) <= slutter:
        maaneder.append(Planmaaned(nr // 12 + 1, fra))
        nr += 1
    return maaneder


def planaar(plan, slut: Tid | None = None) -> list[Planaaret]:
    """The years of a plan; four while the period is open. Where its beginning is not told as a day, the years have
    numbers and no days, and as many as the period surely has. slut: another end than the plan's own, which a draft on
    top of it has."""
    slut = slut or plan.slutter
    begynder, slutter = plan.begynder.dag, slut.dag
    if begynder is None:
        return [Planaaret(nr) for nr in range(1, _oplyste_aar(plan, slut) + 1)]
    if slutter is None:
        antal = _oplyste_aar(plan, slut)
        sidste = plus_maaneder(begynder, 12 * antal) - timedelta(days=1)
        if not slut.er_mangler:  # the last year's end is not told as a day
            return [*_aarene(begynder, sidste, antal)[:-1], Planaaret(antal, plus_maaneder(begynder, 12 * (antal - 1)))]
    else:
        sidste = slutter
        antal = planmaaneder(plan, slut)[-1].planaar
    return _aarene(begynder, sidste, antal)


def _aarene(fra: date, slut: date, antal: int) -> list[Planaaret]:
    starter = [plus_maaneder(fra, 12 * nr) for nr in range(antal + 1)]
    return [Planaaret(nr, starter[nr - 1], min(slut, starter[nr] - timedelta(days=1))) for nr in range(1, antal + 1)]


def _oplyste_aar(plan, slutter: Tid) -> int:
    """How many years a period has at the least that is told as a length or with limits; four where it is not."""
    begynder = plan.begynder
    maaneder = slutter.maaneder
    if not maaneder and begynder.senest and slutter.tidligst:
        maaneder = (slutter.tidligst.year - begynder.senest.year) * 12 + slutter.tidligst.month - begynder.senest.month
    return min(FLEST_PLANAAR, max(1, -(-maaneder // 12))) if maaneder else PLANENS_LAENGDE_AAR


def fordel(beloeb: Decimal, antal: int) -> list[Decimal]:
    """An amount in `antal` parts as even as øre allow; the parts add up to it exactly."""
    graenser = [(beloeb * nr / antal).quantize(OERE, rounding=ROUND_HALF_UP) for nr in range(antal)] + [beloeb]
    return [til - fra for fra, til in pairwise(graenser)]


def fordel_efter(beloeb: Decimal, vaegte: list[Decimal]) -> list[Decimal]:
    """An amount split in proportion to weights that are not negative, to the øre; the parts add up to it exactly."""
    sum_ = sum(vaegte, Decimal(0))
    if not sum_:
        return fordel(beloeb, len(vaegte)) if vaegte else []
    graenser, naaet = [Decimal(0)], Decimal(0)
    for vaegt in vaegte:
        naaet += vaegt
        graenser.append((beloeb * naaet / sum_).quantize(OERE, rounding=ROUND_HALF_UP))
    graenser[-1] = beloeb
    return [til - fra for fra, til in pairwise(graenser)]


def dage_pr_planaar(plan, kvartal: tuple[int, int]) -> dict[int, int]:
    """How many of a quarter's days lie in each plan year; empty outside the period, or without one."""
    fra, til = kvartalets_dage(kvartal)
    ud = {}
    for aar in planaar(plan):
        if aar.fra and aar.til and (dage := (min(til, aar.til) - max(fra, aar.fra)).days + 1) > 0:
            ud[aar.nr] = dage
    return ud


def fordel_paa_maaneder(
    plan, pr_planaar: dict[int | None, Decimal], kilde=None, ufordelt_til: int = FLEST_PLANAAR
) -> dict[Planmaaned, Decimal]:
    """A financier's amounts by plan year spread on the plan's months in which it takes part; what is not split on years
    is spread over the years up to `ufordelt_til`.

    An amount in a year that the plan has not got is laid in the last month, and one in a year outside the financier's
    time on the whole year, so that nothing is lost.
    """
    maaneder = planmaaneder(plan)
    ud = {maaned: Decimal(0) for maaned in maaneder}
    for aar, beloeb in pr_planaar.items():
        hvor = [m for m in maaneder if (m.planaar <= ufordelt_til if aar is None else m.planaar == aar)]
        hvor = [m for m in hvor if m.i_kildens_tid(kilde)] or hvor or maaneder[-1:]
        for maaned, del_ in zip(hvor, fordel(beloeb, len(hvor)) if hvor else [], strict=True):
            ud[maaned] += del_
    return ud


def frist_for_reguleringskonto(kalenderaar: int, frist_mdr: int) -> date:
    """The last day to hand in a calendar year's reguleringskonto: 2021, 6 -> 30 June 2022."""
    return plus_maaneder(date(kalenderaar, 12, 1), frist_mdr + 1) - timedelta(days=1)
