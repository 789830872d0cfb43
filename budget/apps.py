from django.apps import AppConfig

from helhedsplan import soegning, tilslutninger
from helhedsplan.tilslutninger import Menupunkt, Overbliksdel


class BudgetConfig(AppConfig):
    name = "budget"
    verbose_name = "budget"

    def ready(self):
        # Models are not loaded before ready().
        from aftaler.queries.regelslags import REGELSLAGS
        from budget.actions.gamle_tekster import RETTERE
        from budget.actions.regelsaet import FOELGER, KONTI
        from budget.pdf import planens_budget
        from budget.queries.kontrol import budgetfund, budgethuller, pengeoverblik
        from budget.queries.lagtabel import lagets_penge
        from budget.queries.periode import aarene_flyttes
        from budget.queries.soegning import KILDER
        from budget.rules.niveau import PARAMETER

        tilslutninger.TEKSTRETTERE |= RETTERE
        tilslutninger.PARAMETRE |= {"lokal_min_pct", "lokal_kontant_min", "kommune_max_pct", PARAMETER}
        tilslutninger.LAGFAKTA.append(lagets_penge)
        tilslutninger.HULLER.append((frozenset({"budget"}), budgethuller))
        tilslutninger.PLANREGLER.append(budgetfund)
        tilslutninger.PERIODEVAGTER.append(aarene_flyttes)
        tilslutninger.OVERBLIKSDELE.append(Overbliksdel(40, "budget/_planoverblik.html", pengeoverblik))
        tilslutninger.PLANFILSEKTIONER.append("budget.planfil.SEKTION")
        tilslutninger.MENUPUNKTER.append(Menupunkt(40, "Budget", "budget-overblik"))
        tilslutninger.PAPIRER["budget"] = planens_budget
        REGELSLAGS.append(KONTI)
        tilslutninger.REGELSAETFOELGERE.append(FOELGER)
        soegning.KILDER += KILDER
