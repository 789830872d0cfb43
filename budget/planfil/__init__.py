"""The section `budget` of a plan file: pools, accounts, financiers, rates, budgets with their cells and revisions, and
actuals."""

from budget.planfil.form import NOEGLE, naevner, skriv
from budget.planfil.laes import laes
from helhedsplan.tilslutninger import Planfilsektion

SEKTION = Planfilsektion(NOEGLE, skriv, laes, naevner)
