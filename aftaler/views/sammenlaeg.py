"""Organisations as a list; one of them, or an afdeling, put into another, put away, or deleted."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from aftaler.actions import sammenlaeg as handlinger
from aftaler.actions import sletplan
from aftaler.forms.sammenlaeg import NavnebekraeftelseForm, SammenlaegForm
from aftaler.models import Afdeling, Organisation
from aftaler.queries.adgang import kan_rette_organisation
from aftaler.queries.indstillinger import alle_organisationer
from aftaler.queries.sammenlaeg import er_slettet, i_tal, kan_rydde, planer_bag
from aftaler.views.faelles import PlanMixin, plankommando
from aftaler.views.rediger import PlanRediger
from helhedsplan.formats import opremsning
from helhedsplan.laest import laest_en_gang
from helhedsplan.rettigheder import Rettighed


@laest_en_gang
def hent_organisation(plan, pk: int) -> Organisation:
    """One that the plan uses, or that nobody does; what only other plans use is not reached through this one."""
    organisation = get_object_or_404(Organisation, pk=pk)
    planer = planer_bag(organisation)
    if planer and plan not in planer:
        raise Http404("Planen bruger ikke den organisation.")
    return organisation


class Sammenlaeg(PlanRediger):
    """Put one thing into another. Subclasses say what it is, and where the list of its kind stands."""

    form_class = SammenlaegForm
    gem_tekst = "Vis, hvad der flytter"

    @cached_property
    def fra(self):
        raise NotImplementedError

    def mulige(self):
        raise NotImplementedError

    def post(self, request, *args, **kwargs):
        """Pressed twice: the second time it is done already."""
        try:
            self.fra  # noqa: B018 -- 404 before anything else
        except Http404:
            messages.info(request, "Den er allerede lagt sammen med en anden eller slettet.")
            return redirect(self.efter_url())
        return super().post(request, *args, **kwargs)

    def i_vejen(self):
        fra = self.fra
        return "" if self.mulige().exclude(pk=fra.pk).exists() else f"Der er ikke andre at lægge {fra} sammen med."

    def formargumenter(self):
        return {"fra": self.fra, "mulige": self.mulige()}

    def titel_tekst(self):
        return f"Læg {self.fra} sammen med en anden"

    def gem(self, form, version):
        self.lagt_ind = str(form.fra)
        handlinger.laeg_sammen(bruger=self.request.user, fra=form.fra, til=form.cleaned_data["til"])
        return form.cleaned_data["til"]

    def faerdig(self):
        messages.success(self.request, f"»{self.lagt_ind}« er lagt sammen med »{self.gemt}«.")
        return super().faerdig()


class Organisationer(PlanMixin, TemplateView):
    """Every organisation that can be chosen, with what leans on it."""

    rettighed = Rettighed.RET
    template_name = "aftaler/plan/organisationer.html"

    def krummer(self):
        return [("Indstillinger", reverse("indstillinger", args=[self.plan.noegle])), "Organisationer"]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"organisationer": alle_organisationer(self.plan)}


class VisOrganisation(PlanMixin, TemplateView):
    """One organisation: what leans on it, and what can be done with it."""

    rettighed = Rettighed.RET
    template_name = "aftaler/plan/organisation.html"

    def krummer(self):
        url = reverse("organisation-liste", args=[self.plan.noegle])
        indstillinger = ("Indstillinger", reverse("indstillinger", args=[self.plan.noegle]))
        return [indstillinger, ("Organisationer", url), str(self.organisation())]

    def organisation(self):
        return hent_organisation(self.plan, self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        organisation = self.organisation()
        maa = kan_rydde(self.request.user, organisation)
        return super().get_context_data(**kwargs) | {
            "organisation": organisation,
            "maa_rydde": maa,
            "maa_rettes": kan_rette_organisation(self.request.user, organisation),
            "bruges": i_tal(organisation) if maa else [],
            "er_part": self.plan.parter.filter(organisation=organisation).exists(),
        }


class SammenlaegOrganisation(Sammenlaeg):
    @cached_property
    def fra(self):
        organisation = hent_organisation(self.plan, self.kwargs["pk"])
        if not kan_rydde(self.request.user, organisation):
            raise PermissionDenied(handlinger.IKKE_DIN)
        return organisation

    def mulige(self):
        return Organisation.objects.valgbare()

    def efter_url(self):
        return reverse("organisation-liste", args=[self.plan.noegle])

    def krummer(self):
        return [("Organisationer", self.efter_url()), self.titel_tekst()]


@plankommando()
def arkiver_organisation(request, plan, pk):
    organisation = hent_organisation(plan, pk)
    ja = request.POST.get("ja") == "1"
    handlinger.arkiver(bruger=request.user, objekt=organisation, ja=ja)
    gjort = "er arkiveret og tilbydes ikke længere" if ja else "tilbydes igen"
    messages.success(request, f"{organisation} {gjort}.")
    return reverse("organisation-vis", args=[plan.noegle, pk])


@plankommando()
def slet_organisation(request, plan, pk):
    if er_slettet(Organisation, pk):
        messages.info(request, "Organisationen er allerede slettet.")
    else:
        organisation = hent_organisation(plan, pk)
        handlinger.slet(bruger=request.user, objekt=organisation)
        messages.success(request, f"{organisation} er slettet.")
    return reverse("organisation-liste", args=[plan.noegle])


# --- an afdeling of an organisation ----------------------------------------------------------------------------------


@laest_en_gang
def hent_afdeling(plan, pk: int, afdeling: int) -> Afdeling:
    return get_object_or_404(hent_organisation(plan, pk).afdelinger, pk=afdeling)


class SammenlaegAfdeling(Sammenlaeg):
    """Only with another of the same organisation."""

    @cached_property
    def fra(self):
        afdeling = hent_afdeling(self.plan, self.kwargs["pk"], self.kwargs["afdeling"])
        if not kan_rydde(self.request.user, afdeling):
            raise PermissionDenied(handlinger.IKKE_DIN)
        return afdeling

    def mulige(self):
        return hent_organisation(self.plan, self.kwargs["pk"]).afdelinger.valgbare()

    def efter_url(self):
        return f"{reverse('indstillinger', args=[self.plan.noegle])}#parter"

    def krummer(self):
        return [("Indstillinger", self.efter_url()), self.titel_tekst()]


@plankommando()
def arkiver_afdeling(request, plan, pk, afdeling):
    fundet = hent_afdeling(plan, pk, afdeling)
    ja = request.POST.get("ja") == "1"
    handlinger.arkiver(bruger=request.user, objekt=fundet, ja=ja)
    messages.success(request, f"{fundet} {'er arkiveret og tilbydes ikke længere' if ja else 'tilbydes igen'}.")
    return f"{reverse('indstillinger', args=[plan.noegle])}#parter"


@plankommando()
def slet_afdeling(request, plan, pk, afdeling):
    if er_slettet(Afdeling, afdeling):
        messages.info(request, "Afdelingen er allerede slettet.")
    else:
        fundet = hent_afdeling(plan, pk, afdeling)
        handlinger.slet(bruger=request.user, objekt=fundet)
        messages.success(request, f"{fundet} er slettet.")
    return f"{reverse('indstillinger', args=[plan.noegle])}#parter"


# --- a whole plan ---------------------------------------------------------------------------------------------------


class SletPlan(PlanRediger):
    """Delete a plan that nothing frozen, signed or published leans on, after its name has been typed."""

    rettighed = Rettighed.STYR
    form_class = NavnebekraeftelseForm
    template_name = "aftaler/plan/slet.html"
    titel, gem_tekst = "Slet planen", "Slet planen"

    def formargumenter(self):
        return {"hedder": self.plan.navn}

    def i_vejen(self):
        grunde = sletplan.hvad_staar_i_vejen(self.plan)
        return f"I vejen står {opremsning(grunde)}. Arkivér planen i stedet." if grunde else ""

    def gem(self, form, version):
        sletplan.slet_plan(bruger=self.request.user, plan=self.plan, navn=form.cleaned_data["navn"])
        return self.plan

    def faerdig(self):
        messages.success(
            self.request, f"Planen »{self.plan}« er slettet. En administrator kan gendanne den fra papirkurven."
        )
        return redirect("forside")

    def efter_url(self):
        return reverse("indstillinger", args=[self.plan.noegle])

    def krummer(self):
        return [("Indstillinger", self.efter_url()), self.titel]


@plankommando(Rettighed.STYR)
def arkiver_plan(request, plan):
    ja = request.POST.get("ja") == "1"
    sletplan.arkiver_plan(bruger=request.user, plan=plan, ja=ja)
    messages.success(request, "Planen er arkiveret." if ja else "Planen er taget frem igen.")
    return reverse("indstillinger", args=[plan.noegle])
