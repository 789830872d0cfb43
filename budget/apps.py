from django.apps import AppConfig

from helhedsplan import register, soegning
from helhedsplan.register import Menupunkt, Overbliksdel


class BudgetConfig(AppConfig):
    name = "budget"
    verbose_name = "budget"

    def ready(self):
        # Models are not loaded before ready().
        from budget.pdf import planens_budget
        from budget.planfil import SEKTION
        from budget.queries.kontrol import budgetfund, budgethuller, pengeoverblik
        from budget.queries.periode import aarene_flyttes
        from budget.queries.soegning import KILDER
        from budget.rules.niveau import PARAMETER

        register.PARAMETRE |= {"lokal_min_pct", "lokal_kontant_min", "kommune_max_pct", PARAMETER}
        register.HULLER.append((frozenset({"budget"}), budgethuller))
        register.PLANREGLER.append(budgetfund)
        register.PERIODEVAGTER.append(aarene_flyttes)
        register.OVERBLIKSDELE.append(Overbliksdel(40, "budget/_planoverblik.html", pengeoverblik))
        register.PLANFILSEKTIONER.append(SEKTION)
        register.MENUPUNKTER.append(Menupunkt(40, "Budget", "budget-overblik"))
        register.PAPIRER["budget"] = planens_budget
        soegning.KILDER += KILDER
