"""Pages of the board's composition: who sits for whom, who votes, and how often the board meets."""

from itertools import count

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from aftaler.actions import raekker
from aftaler.views.faelles import PlanMixin, plankommando
from aftaler.views.rediger import PlanRediger, RaekkeRediger
from moeder.actions import sammensaetning as handlinger
from moeder.choices import Afstemningsregel
from moeder.forms import sammensaetning as forms
from moeder.models import Bestyrelsesmedlem, Bestyrelsesside
from moeder.queries.bestyrelsen import bestyrelsesraekker
from moeder.queries.sammensaetning import forretningsorden, sider
from moeder.stemmeregler import I_ORD


def bestyrelseskrumme(plan):
    return ("Bestyrelse", reverse("bestyrelse", args=[plan.noegle]))


class Medlemmer(PlanMixin, TemplateView):
    """The board side by side, and what the plan says of votes and meetings."""

    template_name = "moeder/medlemmer/liste.html"

    def krummer(self):
        return [bestyrelseskrumme(self.plan), "Medlemmer"]

    def get_context_data(self, **kwargs):
        orden, i_dag = forretningsorden(self.plan), timezone.localdate()
        fundne = sider(self.plan)
        nummer = count()
        for side in fundne:
            side.nuvaerende = [m for m in side.pladser if not m.er_gaaet(i_dag)]
            for medlem in side.nuvaerende:
                medlem.raekke = next(nummer)  # as `siddende` has them, so on the page of the whole board
            side.tidligere = [m for m in side.pladser if m.er_gaaet(i_dag)]
        return super().get_context_data(**kwargs) | {
            "sider": fundne,
            "orden": orden,
            "naeste_raekke": len(bestyrelsesraekker(self.plan)),
            "regel_i_ord": I_ORD[Afstemningsregel(orden.afstemning)],
            "tidligere": [m for side in fundne for m in side.tidligere],
        }


class Sammensaetningsside(PlanRediger):
    """What the edit pages share: the breadcrumb by way of the members' page, and the way back to it."""

    def krummer(self):
        return [bestyrelseskrumme(self.plan), ("Medlemmer", self.fortryd_url()), self.titel_tekst()]

    def efter_url(self) -> str:
        return reverse("bestyrelsesmedlemmer", args=[self.plan.noegle])

    def fortryd_url(self) -> str:
        return self.efter_url()


class RetForretningsorden(Sammensaetningsside):
    form_class = forms.ForretningsordenForm
    titel = "Hvordan bestyrelsen arbejder"

    def hent_objekt(self):
        orden = forretningsorden(self.plan)
        orden.plan = self.plan
        return orden

    def gem(self, form, version):
        return handlinger.ret_forretningsorden(
            bruger=self.request.user, orden=form.instance, felter=form.felter, version=version
        )


class OpretSide(Sammensaetningsside, RaekkeRediger):
    model = Bestyrelsesside
    form_class = forms.SideForm
    titel, gem_tekst = "Ny side i bestyrelsen", "Gem siden"


class RetSide(OpretSide):
    titel = "Ret siden"

    def titel_tekst(self) -> str:
        return f"Ret {self.objekt}"

    def slet_url(self) -> str:
        return reverse("bestyrelsesside-slet", args=[self.plan.noegle, self.objekt.pk])


def hent_medlem(plan, pk: int) -> Bestyrelsesmedlem:
    fundet = Bestyrelsesmedlem.objects.select_related("side", "bruger").filter(side__plan=plan, pk=pk).first()
    if fundet is None:
        raise Http404("Bestyrelsen har ikke det medlem.")
    fundet.side.plan = plan
    return fundet


class RetMedlem(Sammensaetningsside):
    form_class = forms.MedlemForm
    gem_tekst = "Gem medlemmet"

    def formargumenter(self):
        return {"plan": self.plan}

    def hent_objekt(self):
        return hent_medlem(self.plan, self.kwargs["pk"])

    def titel_tekst(self) -> str:
        return f"Ret {self.objekt}"

    def gem(self, form, version):
        return handlinger.ret_medlem(
            bruger=self.request.user, medlem=form.instance, felter=form.felter, version=version
        )

    def slet_url(self) -> str:
        return reverse("bestyrelsesmedlem-slet", args=[self.plan.noegle, self.objekt.pk])


@plankommando()
def slet_side(request, plan, pk):
    side = get_object_or_404(Bestyrelsesside, plan=plan, pk=pk)
    raekker.slet(bruger=request.user, objekt=side)
    messages.success(request, f"{side} er slettet.")
    return reverse("bestyrelsesmedlemmer", args=[plan.noegle])


@plankommando()
def slet_medlem(request, plan, pk):
    medlem = hent_medlem(plan, pk)
    handlinger.slet_medlem(bruger=request.user, medlem=medlem)
    messages.success(request, f"{medlem} er slettet.")
    return reverse("bestyrelsesmedlemmer", args=[plan.noegle])
