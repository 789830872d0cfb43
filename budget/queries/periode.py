"""What a change of the plan's period does to the amounts that are split on its years."""

from collections import defaultdict
from copy import copy
from datetime import date
from decimal import Decimal

from aftaler.models import Helhedsplan
from budget.choices import Budgetart
from budget.queries.celler import version_i_dag
from budget.rules.celler import NUL
from budget.rules.perioder import Planaaret, planaar
from helhedsplan.felter import i_kolonner
from helhedsplan.formats import kroner


def aarene_flyttes(plan: Helhedsplan, fra: date | None, til: date | None) -> list[str]:
    """The years with amounts that get other days or none, with their sums, of the budget applied for and the granted
    one. Amounts follow the number of the year, so they move with its days. A plan without a first day has no days to
    move from."""
    if plan.begynder.dag is None:
        return []
    ny = copy(plan)
    for navn, dag in (("periode_fra", fra), ("periode_til", til)):
        for kolonne, vaerdi in i_kolonner(navn, dag).items():
            setattr(ny, kolonne, vaerdi)
    foer, efter = ({aar.nr: aar for aar in planaar(en)} for en in (plan, ny))
    beskeder = []
    for budget in plan.budgetter.filter(lag=None).exclude(art=Budgetart.SCENARIE).order_by("pk"):
        budget.plan = plan
        beskeder += [
            f"{budget.navn}: {_aaret(nr, foer, efter, *summer)}"
            for nr, summer in sorted(_summer(budget).items())
            if any(summer) and foer.get(nr) != efter.get(nr)
        ]
    return beskeder


def _summer(budget) -> dict[int, list[Decimal]]:
    """Plan year -> [financing, costs] of what is split on years."""
    version = version_i_dag(budget)
    summer: dict[int, list[Decimal]] = defaultdict(lambda: [NUL, NUL])
    for hvor, celler in enumerate((version.bidrag, version.udgifter)):
        for noegle, vaerdi in celler.items():
            if noegle.planaar is not None:
                summer[noegle.planaar][hvor] += vaerdi.beloeb
    return summer


def _aaret(
    nr: int, foer: dict[int, Planaaret], efter: dict[int, Planaaret], finansiering: Decimal, udgifter: Decimal
) -> str:
    penge = f"{kroner(finansiering, 2)} i finansiering og {kroner(udgifter, 2)} i udgifter"
    var = foer[nr].periode if nr in foer else "uden for perioden"
    if nr not in efter:
        return f"År {nr} ({var}) ligger uden for den nye periode, men har {penge}."
    return f"År {nr} bliver {efter[nr].periode or 'uden datoer'} (nu {var}) og beholder {penge}."
