"""The board's follow-up on the fixed goals; the auditor's paper of a year is the board's room's own."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from aftaler.views.faelles import plankommando
from aftaler.views.rediger import PlanRediger
from helhedsplan.rettigheder import Rettighed
from indikatorer.actions.opfoelgning import gem_opfoelgning, slet_opfoelgning
from indikatorer.forms.status import OpfoelgningForm
from indikatorer.models import Opfoelgning
from indikatorer.queries.opfoelgning import aar_med_opfoelgning, frist, opfoelgninger, plan_maal
from indikatorer.views.faelles import IndikatorMixin


class Opfoelgningsside(IndikatorMixin, TemplateView):
    """Goal by goal: when the board had its figures before it, and when it must again."""

    rettighed = Rettighed.SE_FAG
    template_name = "indikatorer/opfoelgning.html"
    side = "Opfølgning"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "maal": opfoelgninger(self.plan),
            "frist": frist(self.plan),
            "aar": aar_med_opfoelgning(self.plan),
            "i_dag": timezone.localdate(),
        }


class RetOpfoelgning(IndikatorMixin, PlanRediger):
    form_class = OpfoelgningForm
    titel = "Ret opfølgningen"
    gem_tekst = "Gem opfølgningen"

    def titel_tekst(self):
        return self.titel

    def krummer(self):
        return [("Indikatorer", self.liste_url), ("Opfølgning", self.efter_url()), self.titel]

    def hent_objekt(self):
        return get_object_or_404(Opfoelgning, plan=self.plan, pk=self.kwargs["pk"])

    def gem(self, form, version):
        return gem_opfoelgning(bruger=self.request.user, opfoelgning=form.instance, felter=form.felter, version=version)

    def efter_url(self):
        return reverse("opfoelgning-liste", args=[self.plan.noegle])

    def slet_url(self):
        return reverse("opfoelgning-slet", args=[self.plan.noegle, self.objekt.pk])


class OpretOpfoelgning(RetOpfoelgning):
    """`?maal=` is the goal's number, when a finding or a goal's own button has led here."""

    titel = "Skriv en opfølgning"

    def hent_objekt(self):
        maal = next((m for m in plan_maal(self.plan) if str(m.nummer) == self.request.GET.get("maal")), None)
        return Opfoelgning(plan=self.plan, maal=maal) if maal else Opfoelgning(plan=self.plan)

    def slet_url(self):
        return ""


@plankommando()
def slet(request, plan, pk):
    fundet = get_object_or_404(Opfoelgning, plan=plan, pk=pk)
    slet_opfoelgning(bruger=request.user, opfoelgning=fundet)
    messages.success(request, "Opfølgningen er slettet.")
    return reverse("opfoelgning-liste", args=[plan.noegle])
