"""The section `budget` of a plan file: pools, accounts, financiers, rates, budgets with their cells and revisions, and
actuals."""

from budget.planfil.form import Budgetnoegle
from budget.planfil.laes import Budgetsektion, naevner

SEKTION = Budgetsektion(Budgetnoegle, naevner)
