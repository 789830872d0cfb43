"""Plans from files in the browser, and plans that nobody leads."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import TemplateView

from aftaler.actions import overtag
from aftaler.forms.indlaes import LederForm, PlanfilForm
from aftaler.queries.adgang import planer_uden_leder, tjek_kan_oprette_plan
from aftaler.views.faelles import krummer
from aftaler.views.filindlaesning import Filindlaesning


class Planindlaesning(Filindlaesning):
    """First the file is read and what it would make is shown; then, on a yes, it is made. Nothing is kept in between:
    the page carries the file. What reads plan files is imported when somebody comes with one."""

    template_name = "aftaler/plan/indlaes.html"

    def dispatch(self, request, *args, **kwargs):
        tjek_kan_oprette_plan(request.user)
        return super().dispatch(request, *args, **kwargs)

    form_class = PlanfilForm

    def krummerne(self):
        return krummer("Indlæs en planfil")

    def laes(self, navn, data, *, gem):
        from aftaler.planfil.udkast import Planfil, indlaes_planfil, proev_planfil

        return (indlaes_planfil if gem else proev_planfil)(bruger=self.request.user, fil=Planfil(navn, data))

    def afvist(self, navn, besked):
        from aftaler.planfil.udkast import Besked, Planudkast

        return Planudkast((Besked(navn, 1, "", besked),))

    def faerdig(self, udkast):
        if udkast.hvad == "oprettet":
            messages.success(self.request, "Planen er indlæst, og du er dens leder.")
        return redirect(reverse("plan-overblik", args=[udkast.noegle]))


class PlanerUdenLeder(TemplateView):
    """For administrators: what is led by nobody, with a form that gives it a leader."""

    template_name = "aftaler/plan/uden_leder.html"

    def dispatch(self, request, *args, **kwargs):
        overtag.tjek_administrator(request.user)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, form=None, **kwargs):
        planer = list(planer_uden_leder().select_related("regelsaet"))
        return super().get_context_data(**kwargs) | {
            "planer": planer,
            "form": form or (LederForm(planer=planer, bruger=self.request.user) if planer else None),
            "broedkrumme": krummer("Planer uden leder"),
        }

    def post(self, request, *args, **kwargs):
        form = LederForm(request.POST, planer=list(planer_uden_leder()), bruger=request.user)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        plan = get_object_or_404(planer_uden_leder(), noegle=form.cleaned_data["plan"])
        leder = form.cleaned_data["leder"]
        try:
            overtag.overtag_plan(bruger=request.user, plan=plan, leder=leder)
        except ValidationError as fejl:
            form.tilfoej_fejl(fejl)
            return self.render_to_response(self.get_context_data(form=form), status=422)
        messages.success(request, f"{leder} er nu leder af {plan}.")
        return redirect(reverse("planer-uden-leder"))
