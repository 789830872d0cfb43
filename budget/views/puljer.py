"""Edit pages of a kommune's pool and what plans are granted from it."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from aftaler.models import Helhedsplan
from aftaler.queries.adgang import kan_rettes_af
from aftaler.views.faelles import plankommando
from budget.actions import pulje as puljeactions
from budget.forms import budget as forms
from budget.models import (
    Medfinansieringspulje,
    Puljetilsagn,
)
from budget.queries.pulje import PULJEN_ER_FAELLES, kommune_i_vejen, kommunerne
from budget.views.faelles import BudgetRediger
from helhedsplan.rettigheder import Rettighed


def hent_pulje(plan, pk: int) -> Medfinansieringspulje:
    """A pool of a kommune that is a party of the plan."""
    egne = Medfinansieringspulje.objects.filter(organisation__parter__plan=plan)
    return get_object_or_404(egne.distinct(), pk=pk)


class Puljeside(BudgetRediger):
    form_class, tilbage = forms.PuljeForm, "budget-puljer"

    def formargumenter(self):
        return {"plan": self.plan}

    def hent_objekt(self):
        return hent_pulje(self.plan, self.kwargs["pk"]) if "pk" in self.kwargs else Medfinansieringspulje()

    def i_vejen(self):
        return kommune_i_vejen(self.request.user, self.objekt.organisation)


class OpretPulje(Puljeside):
    titel = "Opret kommunens pulje"
    gem_tekst = "Opret puljen"

    def i_vejen(self):
        """Said beforehand when it goes for each kommune that can be chosen."""
        kommuner = kommunerne(self.plan)
        laaste = kommuner and not kan_rettes_af(self.request.user, kommuner, Rettighed.RET_BUDGET)
        return PULJEN_ER_FAELLES if laaste else ""

    def gem(self, form, version):
        return puljeactions.opret_pulje(bruger=self.request.user, pulje=form.instance)


class RetPulje(Puljeside):
    titel = "Ret kommunens pulje"
    gem_tekst = "Gem puljen"

    def gem(self, form, version):
        return puljeactions.ret_pulje(
            bruger=self.request.user, pulje=form.instance, felter=form.felter, version=version
        )

    def slet_url(self):
        return "" if self.i_vejen() else reverse("pulje-slet", args=[self.plan.noegle, self.objekt.pk])


@plankommando(Rettighed.RET_BUDGET)
def slet_pulje(request, plan, pk):
    puljeactions.slet_pulje(bruger=request.user, pulje=hent_pulje(plan, pk))
    return reverse("budget-puljer", args=[plan.noegle])


class Tilsagn(BudgetRediger):
    """What this plan is granted from a pool: created, or changed when it is there."""

    form_class, tilbage = forms.TilsagnForm, "budget-puljer"
    titel = "Planens tilsagn fra puljen"
    gem_tekst = "Gem tilsagnet"

    def hent_objekt(self):
        pulje = hent_pulje(self.plan, self.kwargs["pk"])
        fundet = Puljetilsagn.objects.filter(pulje=pulje, plan=self.plan).first()
        return fundet or Puljetilsagn(pulje=pulje, plan=self.plan)

    def i_vejen(self):
        return kommune_i_vejen(self.request.user, self.objekt.pulje.organisation)

    def formargumenter(self):
        kommunens = Helhedsplan.objects.filter(parter__organisation=self.objekt.pulje.organisation_id)
        return {"planer": kommunens.exclude(pk=self.plan.pk).distinct()}

    def gem(self, form, version):
        tilsagn = form.instance
        if tilsagn.pk:
            return puljeactions.ret_tilsagn(
                bruger=self.request.user, tilsagn=tilsagn, felter=form.felter, version=version
            )
        return puljeactions.opret_tilsagn(
            bruger=self.request.user, tilsagn=tilsagn, faelles_med=form.felter["faelles_med"]
        )

    def slet_url(self):
        if self.objekt.pk is None or self.i_vejen():
            return ""
        return reverse("puljetilsagn-slet", args=[self.plan.noegle, self.objekt.pulje_id])


@plankommando(Rettighed.RET_BUDGET)
def slet_tilsagn(request, plan, pk):
    tilsagn = get_object_or_404(Puljetilsagn, pulje=hent_pulje(plan, pk), plan=plan)
    puljeactions.slet_tilsagn(bruger=request.user, tilsagn=tilsagn)
    return reverse("budget-puljer", args=[plan.noegle])
