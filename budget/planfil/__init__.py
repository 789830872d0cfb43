"""The section `budget` of a plan file: pools, accounts, financiers, rates, budgets with their cells and revisions, and
actuals."""

from budget.planfil.form import Budgetsektion
from budget.planfil.laes import Sektion, naevner

SEKTION = Sektion(Budgetsektion, naevner)
