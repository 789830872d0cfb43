"""The budget of Vejleåparken 2017-2021, from its leaf cells: what the municipality's note of 2016 prints in mio. kr."""

from datetime import date
from decimal import Decimal

from budget.choices import Bidragsart, Budgetart, Kildeart
from tests import factories as fab

MIO = Decimal(1_000_000)
#: financier, kind, plan year, mio. kr.
BLADE = [
    ("lbf", Bidragsart.KONTANT, None, "25"),
    ("boligselskaber", Bidragsart.KONTANT, None, "2.4"),
    ("boligselskaber", Bidragsart.TIMER_OG_LOKALER, None, "2.6"),
    *(("kommune", Bidragsart.KONTANT, aar, "0.4") for aar in range(1, 5)),
    ("kommune", Bidragsart.TIMER_OG_LOKALER, None, "2.0"),
]


def vejleaaparken(**plan):
    """The plan with its rule set's floor, three financiers and the budget applied for."""
    plan = fab.HelhedsplanFactory(
        noegle="vejleaaparken-2017-2021", periode_fra=date(2017, 9, 1), periode_til=date(2021, 8, 31), **plan
    )
    parameter(plan, "lokal_min_pct", 25)
    kilder = {
        "lbf": fab.FinansieringskildeFactory(plan=plan, lbf=True, noegle="lbf"),
        "boligselskaber": fab.FinansieringskildeFactory(
            plan=plan, noegle="boligselskaber", navn="Boligselskaberne", art=Kildeart.BOLIGORGANISATION
        ),
        "kommune": fab.FinansieringskildeFactory(plan=plan, noegle="kommune", navn="Ishøj Kommune"),
    }
    budget = fab.BudgetFactory(plan=plan, art=Budgetart.ANSOEGT, noegle="ansoegt")
    for kilde, art, aar, mio in BLADE:
        fab.BidragFactory(
            budget=budget,
            kilde=kilder[kilde],
            art=art,
            planaar=aar,
            beloeb=Decimal(mio) * MIO,
            afrundet_til=Decimal(100_000),
        )
    return plan, budget


def parameter(plan, noegle: str, vaerdi, **felter):
    return fab.RegelparameterFactory(
        regelsaet=plan.regelsaet, noegle=noegle, vaerdi=vaerdi, verificeret="kilde", kilde="Kilden", **felter
    )


def skriver(plan):
    """Somebody who may write the plan."""
    return fab.MedlemskabFactory(plan=plan, rolle="sekretariat").bruger
