"""Pages that show a plan's budgets: the overview, and one budget in full."""

from datetime import date

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.generic import TemplateView

from aftaler.choices import Organisationsart
from aftaler.models import Organisation
from aftaler.queries.adgang import kan_rettes_af
from budget.choices import Budgetart
from budget.forms.budget import nye_budgetter
from budget.models import Budget
from budget.queries.plangrundlag import ramme
from budget.queries.pulje import puljer, puljestatusser
from budget.queries.revisioner import revisioner
from budget.queries.sammenligning import gaeldende, side_om_side
from budget.queries.virkning import virkninger
from budget.views.faelles import BudgetplanMixin, Budgettal, dato_af
from helhedsplan.rettigheder import Rettighed


class VisOverblik(BudgetplanMixin, TemplateView):
    """How the money stands: the local share, what is wrong, applied for against granted, financing and costs."""

    template_name = "budget/overblik.html"

    def krummer(self):
        return ["Budget"]

    def get_context_data(self, **kwargs):
        budget = gaeldende(self.plan)
        kontekst = super().get_context_data(**kwargs) | {"budget": budget}
        if budget is None:
            return kontekst
        budget.plan = self.plan
        i_dag = timezone.localdate()
        return kontekst | {"krop": self.tegnet(f"budgetoverblik {i_dag}", lambda: self.krop(kontekst, budget, i_dag))}

    def krop(self, kontekst: dict, budget: Budget, i_dag: date) -> SafeString:
        tal = Budgettal(budget, dato=i_dag)
        budgetter = list(self.plan.budgetter.select_related("lag"))
        return render_to_string(
            "budget/_overblik.html",
            kontekst
            | {
                "tal": tal,
                "side_om_side": side_om_side(self.plan, dato=i_dag, over=tal.over, laest={budget.pk: tal.laest}),
                "budgetter": [b for b in budgetter if b.art != Budgetart.SCENARIE],
                "scenarier": [b for b in budgetter if b.art == Budgetart.SCENARIE],
                "mangler_budget": bool(nye_budgetter(self.plan)[0]),
            },
        )


class VisBudget(BudgetplanMixin, TemplateView):
    """One budget with every row and its formula: the version that counts, as granted, or as of a day."""

    template_name = "budget/budget.html"

    def krummer(self):
        return [("Budget", self.overblik_url), self.budget.navn]

    def get_context_data(self, **kwargs):
        dato = dato_af(self.request)
        valgt = self.request.GET.get("version", "")
        kontekst = super().get_context_data(**kwargs) | {
            "budget": self.budget,
            "valgt": f"?version={valgt}" if valgt else "",
        }
        hvad = f"budget {self.budget.noegle} {dato} {valgt}"
        return kontekst | {"krop": self.tegnet(hvad, lambda: self.krop(kontekst, dato))}

    def krop(self, kontekst: dict, dato: date | None) -> SafeString:
        return render_to_string("budget/_budget.html", kontekst | {"tal": Budgettal(self.budget, dato=dato)})


class Kilder(BudgetplanMixin, TemplateView):
    """Financiers, rates and accounts: what the grids are made of."""

    template_name = "budget/kilder.html"
    side = "Kilder, satser og konti"

    def get_context_data(self, **kwargs):
        over = ramme(self.plan)
        return super().get_context_data(**kwargs) | {
            "budget": gaeldende(self.plan),
            "kilder": list(over.kilder.values()),
            "satser": [(sats, list(sats.vaerdier.all())) for sats in over.satser],
            "konti": list(over.konti.values()),
        }


class Revisioner(BudgetplanMixin, TemplateView):
    """The revisions of the granted budget, old ones too."""

    template_name = "budget/revisioner.html"
    side = "Revisioner"

    def get_context_data(self, **kwargs):
        bevilget = self.plan.budgetter.filter(art=Budgetart.BEVILGET).first()
        if bevilget is not None:
            bevilget.plan = self.plan
        virkning = virkninger(bevilget) if bevilget else {}
        return super().get_context_data(**kwargs) | {
            "bevilget": bevilget,
            "revisioner": [(r, virkning[r.revision.pk]) for r in revisioner(bevilget)] if bevilget else [],
        }


class Puljer(BudgetplanMixin, TemplateView):
    """What the kommune has set aside for its part of the plans: granted, used and left."""

    template_name = "budget/puljer.html"
    side = "Kommunens pulje"

    def get_context_data(self, **kwargs):
        bruger = self.request.user
        kommuner = self.plan.parter.filter(organisation__art=Organisationsart.KOMMUNE)
        egne = set(kommuner.values_list("organisation_id", flat=True))
        fundne = [p for p in puljer(bruger) if p.organisation_id in egne]
        egne_at_rette = kan_rettes_af(bruger, Organisation.objects.filter(pk__in=egne), Rettighed.RET_BUDGET)
        return super().get_context_data(**kwargs) | {
            "puljer": [(s, s.pulje.organisation_id in egne_at_rette) for s in puljestatusser(fundne, bruger=bruger)],
            "maa_oprette": bool(egne_at_rette),
        }
