"""Edit pages of budgets: start, rename, approve, scenarios, and rows that are reckoned with a rate."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html

from aftaler.views.faelles import plankommando
from budget.actions import budget as budgetactions
from budget.choices import Budgetart
from budget.forms import budget as forms
from budget.models import (
    Budget,
)
from budget.queries.finansieringstabel import kolonner
from budget.queries.indtastning import Indtastningscelle
from budget.queries.kontrol import forbehold, medfinansiering_for, ufordelte_med_gammel_sats
from budget.queries.plangrundlag import budgetramme
from budget.rules.celler import Cellenoegle
from budget.views.faelles import BudgetRediger, Budgettal, hent_budget, ved_felter
from helhedsplan.rettigheder import Rettighed


class OpretBudget(BudgetRediger):
    form_class = forms.NytBudgetForm
    titel = "Opret et budget"

    def get(self, request, *args, **kwargs):
        """Of a layer that has its money already, its budget."""
        if (lag := request.GET.get("lag")) and (findes := self.plan.budgetter.filter(lag__noegle=lag).first()):
            return redirect("budget-vis", self.plan.noegle, findes.noegle)
        return super().get(request, *args, **kwargs)

    gem_tekst = "Opret budgettet"

    def hent_objekt(self):
        lag = next((lag for lag in self.plan.lagene if lag.noegle == self.request.GET.get("lag")), None)
        return Budget(plan=self.plan, lag=lag, art=Budgetart.LAG) if lag else Budget(plan=self.plan)

    def i_vejen(self):
        if not forms.nye_budgetter(self.plan)[0]:
            return "Planen har både et ansøgt og et bevilget budget. Regn på andre tal i et scenarie."
        return ""

    def gem(self, form, version):
        fra = form.cleaned_data["grundlag"]
        if fra is None:
            return budgetactions.opret_budget(bruger=self.request.user, budget=form.instance)
        fra.plan = self.plan
        return budgetactions.kopier_budget(bruger=self.request.user, fra=fra, budget=form.instance)

    def efter_url(self):
        if getattr(self, "gemt", None) is None:
            return self.overblik_url
        if not self.plan.finansieringskilder.exists():
            return reverse("budget-kilder", args=[self.plan.noegle])
        return reverse("budget-gitter", args=[self.plan.noegle, self.gemt.noegle])


class EtBudget(BudgetRediger):
    """A page about the budget in the address."""

    def hent_objekt(self):
        return self.budget

    def efter_url(self):
        return self.budget.get_absolute_url()


class RetBudget(EtBudget):
    form_class = forms.BudgetForm
    titel = "Ret navn og begrundelse"
    gem_tekst = "Gem navn og begrundelse"

    def gem(self, form, version):
        return budgetactions.ret_budget(
            bruger=self.request.user, budget=form.instance, felter=form.felter, version=version
        )

    def slet_url(self):
        return "" if self.budget.er_laast else reverse("budget-slet", args=[self.plan.noegle, self.budget.noegle])


class GodkendBudget(EtBudget):
    form_class = forms.GodkendForm
    titel = "Godkend budgettet"
    gem_tekst = "Godkend og lås budgettet"
    template_name = "budget/godkend_budget.html"

    @cached_property
    def imod(self):
        return forbehold(self.budget)

    def formargumenter(self):
        return {"spoerg": bool(self.imod)}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "budget": self.budget,
            "imod": self.imod,
            "m": medfinansiering_for(self.budget),
        }

    def gem(self, form, version):
        return budgetactions.godkend_budget(
            bruger=self.request.user,
            budget=self.budget,
            dato=form.felter["dato"],
            version=version,
            grund=form.felter.get("grund", ""),
            dato_grund=form.felter["dato_grund"],
        )


class RegnOm(EtBudget):
    """Every amount whose rate changes within its plan year or before it, before and after; one click reckons them anew.
    Those that are not split on years are named and left."""

    form_class = forms.RegnOmForm
    template_name = "budget/regn_om.html"
    titel = "Regn satserne om efter dage"
    gem_tekst = "Regn om"

    def get_context_data(self, **kwargs):
        tal = Budgettal(self.budget)
        staar = ufordelte_med_gammel_sats(tal.over, tal.version.bidrag)
        ufordelte = [(tal.over.kilder[n.kilde], tal.over.formaal[n.formaal], v.beloeb) for n, v in staar.items()]
        return super().get_context_data(**kwargs) | {
            "skift": tal.satsskift,
            "over": tal.over,
            "ufordelte": ufordelte,
        }

    def gem(self, form, version):
        return budgetactions.regn_om_efter_dage(bruger=self.request.user, budget=self.budget, version=version)


@plankommando(Rettighed.RET_BUDGET)
def slet_budget(request, plan, budget):
    budgetactions.slet_budget(bruger=request.user, budget=hent_budget(plan, budget))
    return reverse("budget-overblik", args=[plan.noegle])


class OpretScenarie(BudgetRediger):
    """Copy a budget and let some financiers give another total; the new budget's page says what the rules demand."""

    form_class = forms.ScenarieForm
    titel = "Regn på et scenarie"
    gem_tekst = "Regn scenariet ud"

    def formargumenter(self):
        summer = Budgettal(self.budget, dato=timezone.localdate()).terning.pr_kilde
        return {"totaler": [(s.emne, s.i_alt) for s in summer if s.i_alt]}

    def gem(self, form, version):
        return budgetactions.opret_scenarie(
            bruger=self.request.user,
            fra=self.budget,
            navn=form.felter["navn"],
            nye_totaler=form.nye_totaler,
            begrundelse=form.felter["begrundelse"],
            skaler_udgifter=form.felter["skaler_udgifter"],
        )

    def proev(self, form):
        try:
            return super().proev(form)
        except ValidationError as fejl:
            form.tilfoej_fejl(fejl)
            return self.vis(form, status=422)

    def efter_url(self):
        gemt = getattr(self, "gemt", None) or self.budget
        return reverse("budget-vis", args=[self.plan.noegle, gemt.noegle])


class Regn(EtBudget):
    """One row of hours or premises reckoned with a rate: a quantity for each plan year."""

    form_class = forms.RegnForm
    titel = "Regn med sats"
    gem_tekst = "Regn ud og gem"

    @cached_property
    def over(self):
        return budgetramme(self.budget)

    @cached_property
    def sted(self):
        """(financier, kind, purpose) of the row in the address."""
        k = self.kwargs
        if k["kilde"] not in self.over.kilde_af or k["formaal"] not in self.over.formaal_af:
            raise Http404("Rækken findes ikke i planen.")
        return self.over.kilde_af[k["kilde"]], k["art"], self.over.formaal_af[k["formaal"]]

    def hent_objekt(self):
        self.sted  # noqa: B018 -- 404 before the form
        return self.budget

    def i_vejen(self):
        if any(s.art == self.sted[1] for s in self.over.satser):
            return super().i_vejen()
        ny = reverse("sats-opret", args=[self.plan.noegle])
        return format_html('Planen har ingen sats af den slags. <a href="{}">Tilføj satsen</a> først.', ny)

    def titel_tekst(self):
        kilde, _, formaal = self.sted
        return f"{self.titel}: {kilde}, {formaal.fuldt_navn}"

    def formargumenter(self):
        kilde, art, formaal = self.sted
        celler, _ = Budgettal(self.budget).indhold
        kol = kolonner(self.over.planaar, {n.planaar for n in celler}, ufordelt=True)
        nu = [celler.get(Cellenoegle(kilde.pk, art, formaal.formaal, k.planaar)) for k in kol]
        aar = [
            (k, v and v.maengde, v and v.satsvaerdi and self.over.satsvaerdier[v.satsvaerdi].sats.noegle)
            for k, v in zip(kol, nu, strict=True)
        ]
        return {"satser": [s for s in self.over.satser if s.art == art], "aar": aar}

    def gem(self, form, version):
        kilde, art, formaal = self.sted
        celler = {}
        for navn, kolonne in form.aar.items():
            maengde, foer = form.felter[navn], form.fields[navn].initial
            if maengde is None and foer is not None:
                celler[navn] = Indtastningscelle(kilde.noegle, art, formaal.noegle, kolonne.planaar, beloeb="")
            elif maengde is not None:
                sats = form.felter["sats"]
                celler[navn] = Indtastningscelle(
                    kilde.noegle, art, formaal.noegle, kolonne.planaar, maengde=maengde, sats=sats
                )
        try:
            return budgetactions.gem_celler(
                bruger=self.request.user, budget=self.budget, version=version, celler=celler.values()
            )
        except ValidationError as fejl:
            raise ved_felter(fejl, {celle.id: navn for navn, celle in celler.items()}) from None

    def efter_url(self):
        return reverse("budget-gitter", args=[self.plan.noegle, self.budget.noegle])
