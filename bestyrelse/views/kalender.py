"""The plan's calendar: what is overdue, what comes, what persons have set, and what is done."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from aftaler.views.faelles import PlanMixin, plankommando
from aftaler.views.rediger import PlanRediger
from bestyrelse.actions import frist as handlinger
from bestyrelse.forms import FristForm
from bestyrelse.models import Frist
from bestyrelse.queries.kalender import kalenderside, planens_kalender


def kalenderens_url(plan) -> str:
    return reverse("kalender-liste", args=[plan.noegle])


class Liste(PlanMixin, TemplateView):
    template_name = "bestyrelse/kalender/liste.html"

    def krummer(self):
        return ["Kalender"]

    def get_context_data(self, **kwargs):
        i_dag = timezone.localdate()
        side = kalenderside(planens_kalender(self.plan, i_dag), i_dag)
        return super().get_context_data(**kwargs) | {"kalender": side, "i_dag": i_dag}


class RetFrist(PlanRediger):
    form_class = FristForm
    titel = "Ret fristen"

    def krummer(self):
        return [("Kalender", self.efter_url()), self.titel]

    def hent_objekt(self):
        return get_object_or_404(Frist, plan=self.plan, pk=self.kwargs["pk"], afledt="")

    def gem(self, form, version):
        return handlinger.gem_frist(bruger=self.request.user, frist=form.instance, felter=form.felter, version=version)

    def efter_url(self):
        return kalenderens_url(self.plan)

    def slet_url(self):
        return reverse("frist-slet", args=[self.plan.noegle, self.objekt.pk])


class OpretFrist(RetFrist):
    titel = "Tilføj en frist"

    def hent_objekt(self):
        return Frist(plan=self.plan)

    def slet_url(self):
        return ""


@plankommando()
def slet_frist(request, plan, pk):
    handlinger.slet_frist(bruger=request.user, frist=get_object_or_404(Frist, plan=plan, pk=pk, afledt=""))
    messages.success(request, "Fristen er slettet.")
    return kalenderens_url(plan)


@plankommando()
def meld_udfoert(request, plan):
    frist = handlinger.meld_udfoert(bruger=request.user, plan=plan, uid=request.POST.get("linje", ""))
    messages.success(request, f"Meldt udført: {frist}.")
    return kalenderens_url(plan)


@plankommando()
def genaabn(request, plan):
    handlinger.genaabn(bruger=request.user, plan=plan, uid=request.POST.get("linje", ""))
    messages.success(request, "Linjen er åben igen.")
    return kalenderens_url(plan)
