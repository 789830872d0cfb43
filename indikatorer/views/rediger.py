"""Edit pages of indicators, places, measurements and acknowledged findings."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from aftaler.actions import sammenlaeg
from aftaler.views.faelles import plankommando
from aftaler.views.rediger import PlanRediger
from aftaler.views.sammenlaeg import Sammenlaeg
from indikatorer.actions import accept as acceptactions
from indikatorer.actions import indikator as indikatoractions
from indikatorer.actions import maaling as maalingsactions
from indikatorer.choices import Enhed
from indikatorer.forms import indikator as forms
from indikatorer.models import Indikator, Maaling, Sted
from indikatorer.queries.kontrol import talfund
from indikatorer.views.faelles import IndikatorMixin, hent_indikator


class IndikatorRediger(IndikatorMixin, PlanRediger):
    """An edit page under the indicators."""

    def titel_tekst(self):
        return self.titel

    def efter_url(self):
        return self.liste_url


# --- indicators -----------------------------------------------------------------------------------------------------


class OpretIndikator(IndikatorRediger):
    form_class = forms.IndikatorForm
    raekker = {"maalsti": forms.MaalstiFormset}
    titel = "Ny lokal indikator"
    gem_tekst = "Opret indikatoren"

    def hent_objekt(self):
        return Indikator(plan=self.plan, enhed=Enhed.PROCENT)

    def gem(self, form, version):
        maalsti = form.raekker["maalsti"]
        return indikatoractions.opret_indikator(bruger=self.request.user, indikator=form.instance, maalsti=maalsti)

    def efter_url(self):
        return self.gemt.get_absolute_url() if hasattr(self, "gemt") else self.liste_url


class RetIndikator(IndikatorRediger):
    form_class = forms.IndikatorForm
    raekker = {"maalsti": forms.MaalstiFormset}
    titel = "Ret indikatoren"

    def hent_objekt(self):
        return self.indikator

    def gem(self, form, version):
        return indikatoractions.ret_indikator(
            bruger=self.request.user,
            indikator=form.instance,
            felter=form.felter,
            maalsti=form.raekker["maalsti"],
            version=version,
        )

    def efter_url(self):
        return self.indikator.get_absolute_url()

    def slet_url(self):
        return reverse("indikator-slet", args=[self.plan.noegle, self.indikator.noegle])


@plankommando()
def slet_indikator(request, plan, indikator):
    indikatoractions.slet_indikator(bruger=request.user, indikator=hent_indikator(plan, indikator))
    return reverse("indikator-liste", args=[plan.noegle])


@plankommando()
def opret_faste(request, plan):
    indikatoractions.opret_faste(bruger=request.user, plan=plan)
    return reverse("indikator-liste", args=[plan.noegle])


# --- places ---------------------------------------------------------------------------------------------------------


class StedRediger(IndikatorRediger):
    form_class = forms.StedForm

    def efter_url(self):
        return reverse("sted-liste", args=[self.plan.noegle])


class OpretSted(StedRediger):
    titel = "Nyt sted"
    gem_tekst = "Opret stedet"

    def hent_objekt(self):
        return Sted(plan=self.plan)

    def gem(self, form, version):
        omraader = form.felter["omraader"]
        return maalingsactions.opret_sted(bruger=self.request.user, sted=form.instance, omraader=omraader)


class RetSted(StedRediger):
    template_name = "indikatorer/sted.html"
    titel = "Ret stedet"

    def hent_objekt(self):
        return get_object_or_404(Sted, plan=self.plan, pk=self.kwargs["pk"])

    def gem(self, form, version):
        return maalingsactions.ret_sted(
            bruger=self.request.user, sted=form.instance, felter=form.felter, version=version
        )

    def slet_url(self):
        return reverse("sted-slet", args=[self.plan.noegle, self.kwargs["pk"]])


class SammenlaegSted(Sammenlaeg):
    """One place of the plan put into another: the figures of both become those of the one."""

    @cached_property
    def fra(self):
        return get_object_or_404(Sted, plan=self.plan, pk=self.kwargs["pk"])

    def mulige(self):
        return self.plan.steder.filter(arkiveret__isnull=True)

    def efter_url(self):
        return reverse("sted-liste", args=[self.plan.noegle])

    def krummer(self):
        return [("Steder", self.efter_url()), self.titel_tekst()]


@plankommando()
def arkiver_sted(request, plan, pk):
    sted = get_object_or_404(Sted, plan=plan, pk=pk)
    sammenlaeg.arkiver(bruger=request.user, objekt=sted, ja=request.POST.get("ja") == "1")
    return reverse("sted-ret", args=[plan.noegle, pk])


@plankommando()
def slet_sted(request, plan, pk):
    maalingsactions.slet_sted(bruger=request.user, sted=get_object_or_404(Sted, plan=plan, pk=pk))
    return reverse("sted-liste", args=[plan.noegle])


# --- measurements ---------------------------------------------------------------------------------------------------


def hent_maaling(indikator: Indikator, pk: int) -> Maaling:
    """A measurement of the indicator, with the indicator at hand."""
    fundet = Maaling.objects.select_related("sted").filter(indikator=indikator, pk=pk).first()
    if fundet is None:
        raise Http404("Tallet findes ikke længere.")
    fundet.indikator = indikator
    return fundet


class MaalingRediger(IndikatorRediger):
    form_class = forms.MaalingForm

    def efter_url(self):
        return self.indikator.get_absolute_url()


class OpretMaaling(MaalingRediger):
    titel = "Nyt tal"
    gem_tekst = "Gem tallet"

    def hent_objekt(self):
        return Maaling(indikator=self.indikator, aar=timezone.localdate().year - 1)

    def gem(self, form, version):
        return maalingsactions.opret_maaling(bruger=self.request.user, maaling=form.instance)


class RetMaaling(MaalingRediger):
    titel = "Ret tallet"
    gem_tekst = "Gem tallet"

    def hent_objekt(self):
        return hent_maaling(self.indikator, self.kwargs["pk"])

    def gem(self, form, version):
        return maalingsactions.ret_maaling(
            bruger=self.request.user, maaling=form.instance, felter=form.felter, version=version
        )

    def slet_url(self):
        return reverse("maaling-slet", args=[self.plan.noegle, self.indikator.noegle, self.kwargs["pk"]])


@plankommando()
def slet_maaling(request, plan, indikator, pk):
    om = hent_indikator(plan, indikator)
    maalingsactions.slet_maaling(bruger=request.user, maaling=hent_maaling(om, pk))
    return om.get_absolute_url()


# --- findings -------------------------------------------------------------------------------------------------------


class Anerkend(IndikatorRediger):
    """Stand by the figures of a finding, with the reason."""

    template_name = "indikatorer/anerkend.html"
    form_class = forms.AnerkendForm
    titel = "Anerkend med begrundelse"
    gem_tekst = "Anerkend tallene"

    @cached_property
    def fundet(self):
        fundne = [f for f in talfund(self.plan, se_skjulte=True) if f.noegle == self.kwargs["fund"]]
        if not fundne:
            raise Http404("Tallene er rettet eller godtaget i mellemtiden.")
        return fundne[0]

    def hent_objekt(self):
        self.fundet  # noqa: B018 -- 404 before the form

    def gem(self, form, version):
        return acceptactions.accepter(
            bruger=self.request.user,
            plan=self.plan,
            kode=self.fundet.fund.kode,
            emne=self.fundet.emne,
            begrundelse=form.felter["begrundelse"],
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"fundet": self.fundet}


@plankommando()
def slet_accept(request, plan, pk):
    acceptactions.traek_tilbage(bruger=request.user, accept=get_object_or_404(plan.accepter, pk=pk))
    return reverse("indikator-liste", args=[plan.noegle])
