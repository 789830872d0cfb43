"""The plan's areas on the state's lists."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from aftaler.views.faelles import plankommando
from aftaler.views.rediger import PlanRediger
from helhedsplan.rettigheder import Rettighed
from indikatorer.actions.status import gem_status, slet_status
from indikatorer.forms.status import OmraadestatusForm
from indikatorer.models import Omraadestatus
from indikatorer.queries.status import statusside
from indikatorer.rules.status import nyeste_liste
from indikatorer.views.faelles import IndikatorMixin


class VisStatusliste(IndikatorMixin, TemplateView):
    """Years x areas, and how far each area is from each limit."""

    rettighed = Rettighed.SE_FAG
    template_name = "indikatorer/omraadestatus.html"
    side = "Områdestatus"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "status": statusside(self.plan, se_skjulte=self.ser_skjulte),
            "nyeste": nyeste_liste(timezone.localdate()),
        }


class RetStatus(IndikatorMixin, PlanRediger):
    form_class = OmraadestatusForm
    titel = "Ret områdets status"
    gem_tekst = "Gem status"

    def titel_tekst(self):
        return self.titel

    def krummer(self):
        return [("Indikatorer", self.liste_url), ("Områdestatus", self.efter_url()), self.titel]

    def hent_objekt(self):
        return get_object_or_404(Omraadestatus, plan=self.plan, pk=self.kwargs["pk"])

    def gem(self, form, version):
        return gem_status(bruger=self.request.user, status=form.instance, felter=form.felter, version=version)

    def efter_url(self):
        return reverse("omraadestatus-liste", args=[self.plan.noegle])

    def slet_url(self):
        return reverse("omraadestatus-slet", args=[self.plan.noegle, self.objekt.pk])


class OpretStatus(RetStatus):
    """`?omraade=` and `?aar=` say which, when a finding has led here."""

    titel = "Skriv områdets status"

    def hent_objekt(self):
        aar = self.request.GET.get("aar", "")
        omraade = self.plan.omraader.filter(noegle=self.request.GET.get("omraade", "")).first()
        kendt = aar.isascii() and aar.isdecimal() and len(aar) == 4
        status = Omraadestatus(plan=self.plan, aar=int(aar) if kendt else nyeste_liste(timezone.localdate()))
        status.omraade = omraade or self.plan.omraader.first()
        return status

    def slet_url(self):
        return ""


@plankommando()
def slet(request, plan, pk):
    fundet = get_object_or_404(Omraadestatus, plan=plan, pk=pk)
    slet_status(bruger=request.user, status=fundet)
    messages.success(request, f"Status for {fundet} er slettet.")
    return reverse("omraadestatus-liste", args=[plan.noegle])
