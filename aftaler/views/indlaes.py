"""Plans from files in the browser, and plans that nobody leads."""

import base64
import binascii

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import TemplateView

from aftaler import planfilproeve
from aftaler.actions import overtag
from aftaler.forms.indlaes import LederForm, PlanfilForm
from aftaler.queries.adgang import planer_uden_leder, tjek_kan_oprette_plan
from aftaler.views.faelles import krummer


class Planindlaesning(TemplateView):
    """First the file is read and what it would make is shown; then, on a yes, it is made. Nothing is kept in between:
    the page carries the file. What reads plan files is imported when somebody comes with one."""

    template_name = "aftaler/plan/indlaes.html"

    def dispatch(self, request, *args, **kwargs):
        tjek_kan_oprette_plan(request.user)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        return self.vis()

    def vis(self, form=None, status: int = 200, **kontekst):
        faste = {"broedkrumme": krummer("Indlæs en planfil"), "udkast": None, "indhold": "", "filnavn": ""}
        kontekst = self.get_context_data(**faste | kontekst, form=form or PlanfilForm())
        return self.render_to_response(kontekst, status=status)

    def post(self, request, *args, **kwargs):
        return self.gem(request) if "indhold" in request.POST else self.proev(request)

    def proev(self, request):
        from aftaler.planfil.udkast import Planfil, proev_planfil

        form = PlanfilForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.vis(form, 422)
        fil = form.cleaned_data["fil"]
        if fil.size > planfilproeve.HOEJST_BYTES:
            return self.afvis(fil.name, planfilproeve.FOR_STOR)
        data = fil.read()
        if fejl := planfilproeve.fejl_ved(data):
            return self.afvis(fil.name, fejl)
        udkast = proev_planfil(bruger=request.user, fil=Planfil(fil.name, data))
        if udkast.fejl:
            return self.vis(status=422, udkast=udkast)
        return self.vis(udkast=udkast, indhold=base64.b64encode(data).decode(), filnavn=fil.name)

    def gem(self, request):
        from aftaler.planfil.udkast import Planfil, indlaes_planfil

        navn = request.POST.get("filnavn", "")[:200] or "fil"
        try:
            data = base64.b64decode(request.POST["indhold"], validate=True)
        except (binascii.Error, ValueError):
            return self.afvis(navn, "Forhåndsvisningen kunne ikke læses. Vælg filen igen.")
        if fejl := planfilproeve.fejl_ved(data):
            return self.afvis(navn, fejl)
        udkast = indlaes_planfil(bruger=request.user, fil=Planfil(navn, data))
        if udkast.fejl:
            return self.vis(status=422, udkast=udkast)
        if udkast.hvad == "oprettet":
            messages.success(request, "Planen er indlæst, og du er dens leder.")
        return redirect(reverse("plan-overblik", args=[udkast.noegle]))

    def afvis(self, navn: str, besked: str):
        from aftaler.planfil.udkast import Besked, Planudkast

        return self.vis(status=422, udkast=Planudkast((Besked(navn, 1, "", besked),)))


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
