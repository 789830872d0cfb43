"""The package to Landsbyggefonden: check list, the file, and the note that somebody has uploaded it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from aftaler.models import Helhedsplan
from aftaler.views.faelles import PlanMixin, hent_plan
from aftaler.views.rediger import PlanRediger
from dokumenter import lager
from dokumenter.actions import pakke as actions
from dokumenter.forms.pakke import LavForm, UploadetForm
from dokumenter.kladdestand import pakkens_stilling
from dokumenter.models import Pakke
from dokumenter.queries.pakke import Pakkestilling
from helhedsplan.actions import fjern_kladde

PAKKEN = "Pakken til Landsbyggefonden"


def _url(plan: Helhedsplan) -> str:
    return reverse("pakke-vis", args=[plan.noegle])


class VisPakke(PlanMixin, TemplateView):
    template_name = "dokumenter/pakke.html"

    def krummer(self):
        return [("Dokumenter", reverse("dokument-liste", args=[self.plan.noegle])), PAKKEN]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "stilling": pakkens_stilling(self.plan),
            "pakker": list(self.plan.pakker.all()),
            "lagene": self.plan.lagene,
        }


class Lav(PlanRediger):
    """At once when there is nothing to ask about; else with a yes and a reason, as an edition is frozen with gaps."""

    form_class = LavForm
    template_name = "dokumenter/pakkelav.html"
    titel = gem_tekst = "Lav pakken"

    @cached_property
    def stilling(self) -> Pakkestilling:
        return pakkens_stilling(self.plan)

    def i_vejen(self):
        return "" if self.stilling.klar else " ".join(self.stilling.mangler)

    def krummer(self):
        return [(PAKKEN, _url(self.plan)), self.titel]

    def efter_url(self):
        return _url(self.plan)

    def formargumenter(self):
        return {"forbehold": self.stilling.klar and bool(self.stilling.forbeholdet)}

    def gem(self, form, version):
        grund = form.cleaned_data.get("begrundelse", "")
        return actions.lav_pakke(bruger=self.request.user, plan=self.plan, begrundelse=grund)

    def faerdig(self):
        besked = f"Pakken {self.gemt.sha256[:12]} er lavet. Hent den, og upload den på sagen."
        fjern_kladde(bruger=self.request.user, noegle=self.noegle)
        messages.success(self.request, besked)
        return redirect(self.efter_url())

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"stilling": self.stilling}


@require_safe
def hent(request, plan, pk):
    """The file as it was made."""
    fundet = hent_plan(request, plan)
    pakke = get_object_or_404(Pakke, plan=fundet, pk=pk)
    try:
        data = lager.hent(pakke.fil.name, pakke.sha256)
    except lager.Lagerfejl as fejl:
        besked = {"kode": 409, "overskrift": "Pakken kan ikke hentes", "besked": str(fejl)}
        return render(request, "fejl.html", besked, status=409)
    svar = HttpResponse(data, content_type="application/zip")
    svar["Content-Disposition"] = f'attachment; filename="pakke-{fundet.noegle}-{pakke.sha256[:12]}.zip"'
    svar["Cache-Control"] = "private, no-cache"
    return svar


class Uploadet(PlanRediger):
    """Uploaded on the case, on that day, by that person."""

    form_class = UploadetForm
    titel = "Pakken er uploadet"
    gem_tekst = "Luk pakken"

    def hent_objekt(self):
        return get_object_or_404(Pakke, plan=self.plan, pk=self.kwargs["pk"])

    def krummer(self):
        return [(PAKKEN, _url(self.plan)), self.titel]

    def efter_url(self):
        return _url(self.plan)

    def formargumenter(self):
        return {"initial": {"dato": timezone.localdate(), "af": self.request.user.navn}}

    def gem(self, form, version):
        data = form.cleaned_data
        return actions.uploadet(bruger=self.request.user, pakke=self.objekt, dato=data["dato"], af=data["af"])
