"""The plan's settings: its own facts, parties, areas, groups, members, parameters, and starting plans."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from aftaler.actions import plan as planactions
from aftaler.actions import raekker as raekkeactions
from aftaler.actions.efterfoelger import start_efterfoelger
from aftaler.actions.raekker import KUN_LEDEREN
from aftaler.choices import Gruppeart, Oplysning, Organisationsart
from aftaler.forms import (
    AfdelingForm,
    EfterfoelgerForm,
    GruppeForm,
    IndsatsomraaderForm,
    LagForm,
    MedlemForm,
    NyPartForm,
    NyPlanForm,
    OmraadeafdelingFormset,
    OmraadeForm,
    OmraadeindsatsFormset,
    OmraadestoerrelseFormset,
    OrganisationForm,
    ParameterForm,
    PartForm,
    PladsFormset,
    PlanForm,
    RolleForm,
    SagsnummerFormset,
)
from aftaler.models import (
    Afdeling,
    Gruppe,
    Helhedsplan,
    Lag,
    Medlemskab,
    Omraade,
    Organisation,
    Part,
    Planparameter,
)
from aftaler.queries import indstillinger as queries
from aftaler.queries.adgang import kan_rettes_af, organisation_i_vejen, tjek_kan_oprette_plan
from aftaler.queries.indstillinger import ejer_ikke_oplyst, planens_organisationer
from aftaler.queries.omraader import hent as hent_omraader
from aftaler.queries.omraader import omraadevisning
from aftaler.queries.overgange import overgange
from aftaler.queries.personer import personer
from aftaler.queries.plandele import valgte
from aftaler.queries.planraekker import behandlinger, faelles, sideplaner
from aftaler.queries.regelsaet import nyeste_version
from aftaler.queries.sammenlaeg import i_tal, kan_rydde
from aftaler.views.faelles import PlanMixin, Skrivevagt, krummer, plankommando
from aftaler.views.rediger import PlanRediger, RaekkeRediger
from helhedsplan.redigering import RedigerView
from helhedsplan.rettigheder import Rettighed
from helhedsplan.tid import tidsrum


class Indstillinger(PlanMixin, TemplateView):
    template_name = "aftaler/plan/indstillinger.html"

    def krummer(self):
        return ["Indstillinger"]

    def get_context_data(self, **kwargs):
        organisationer = queries.organisationer(self.plan)
        return super().get_context_data(**kwargs) | {
            "parter": list(self.plan.parter.select_related("organisation")),
            "organisationer": organisationer,
            "rettes": kan_rettes_af(self.request.user, organisationer),
            "foerst_aftalt": tidsrum(self.plan.begynder, self.plan.aftalt_slut),
            "lagene": list(self.plan.lag.select_related("oven_paa").prefetch_related("omraader")),
            "sideplaner": sideplaner(self.plan),
            "faelles": faelles(self.plan),
            "behandlinger": behandlinger(self.plan),
            "omraader": [(o, omraadevisning(o)) for o in hent_omraader(self.plan, "navne")],
            "grupper": list(self.plan.grupper.select_related("over").prefetch_related("pladser", "omraader")),
            "medlemmer": [p for p in personer(self.plan) if not p.er_forbi],
            "parametre": queries.parametre(self.plan),
            "ikke_oplyst": [Oplysning(o).label for o in self.plan.ikke_oplyst],
            "nyere_version": nyeste_version(self.plan.regelsaet),
            **overgange(self.plan, self.request.user),
        }


# --- plans ----------------------------------------------------------------------------------------------------------


class OpretPlan(RedigerView):
    """Start a plan from nothing; the rest of its facts come later."""

    form_class = NyPlanForm
    ramme = "redigering/_ramme_uden_plan.html"
    titel = "Opret en ny plan"
    gem_tekst = "Opret planen"

    def dispatch(self, request, *args, **kwargs):
        tjek_kan_oprette_plan(request.user)
        return super().dispatch(request, *args, **kwargs)

    def gem(self, form, version):
        return planactions.opret_plan(bruger=self.request.user, plan=form.instance)

    def efter_url(self):
        return self.gemt.get_absolute_url()

    def fortryd_url(self):
        return reverse("forside")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"broedkrumme": krummer(self.titel), "slet_url": ""}


class RetPlan(PlanRediger):
    form_class = PlanForm
    raekker = {"sagsnumre": SagsnummerFormset}
    titel = "Ret planens oplysninger"

    def hent_objekt(self):
        return self.plan

    def formargumenter(self):
        return {"planer": Helhedsplan.objects.for_bruger(self.request.user)}

    def gem(self, form, version):
        return planactions.ret_plan(
            bruger=self.request.user,
            plan=form.instance,
            felter=form.felter,
            version=version,
            numre=form.raekker["sagsnumre"],
        )

    def efter_url(self):
        return self.plan.get_absolute_url()


class VaelgIndsatsomraader(PlanRediger):
    form_class = IndsatsomraaderForm
    titel = "Vælg indsatsområder"
    gem_tekst = "Gem valget"

    def krummer(self):
        return [("Delaftaler", self.efter_url()), self.titel]

    def hent_objekt(self):
        return self.plan

    def gem(self, form, version):
        return planactions.vaelg_indsatsomraader(
            bruger=self.request.user, plan=form.instance, valgte=form.felter["indsatsomraader"], version=version
        )

    def efter_url(self):
        return reverse("delaftale-liste", args=[self.plan.noegle])


class StartEfterfoelger(PlanRediger):
    """A new plan from this one."""

    form_class = EfterfoelgerForm
    titel = "Begynd på den næste plan"
    gem_tekst = "Opret den nye plan"

    def formargumenter(self):
        return {"plan": self.plan, "initial": {"regelsaet": nyeste_version(self.plan.regelsaet) or self.plan.regelsaet}}

    def gem(self, form, version):
        return start_efterfoelger(bruger=self.request.user, forgaenger=self.plan, **form.felter)

    def efter_url(self):
        return self.gemt.get_absolute_url()

    def fortryd_url(self):
        return self.plan.get_absolute_url()


# --- rows under settings --------------------------------------------------------------------------------------------


class Indstillingsraekke(RaekkeRediger):
    """A row that is listed on the settings page, under the heading `anker`."""

    anker = ""
    slet_navn = ""

    def krummer(self):
        return [("Indstillinger", reverse("indstillinger", args=[self.plan.noegle])), self.titel_tekst()]

    def efter_url(self):
        return f"{reverse('indstillinger', args=[self.plan.noegle])}#{self.anker}"

    def slet_url(self):
        if not self.slet_navn or not self.objekt.pk:
            return ""
        return reverse(self.slet_navn, args=[self.plan.noegle, self.objekt.pk])


class RetPart(Indstillingsraekke):
    model, form_class, anker, slet_navn = Part, PartForm, "parter", "part-slet"
    titel = "Ret part"


class OpretPart(RetPart):
    form_class = NyPartForm
    titel = "Tilføj en part"
    gem_tekst = "Tilføj parten"

    def formargumenter(self):
        return {
            "initial": {"organisation": self.request.GET.get("organisation", "")},
            "part_url": reverse("part-opret", args=[self.plan.noegle]),
        }

    def gem(self, form, version):
        return planactions.opret_part(bruger=self.request.user, part=form.instance, ny=form.ny_organisation)


class RetOmraade(Indstillingsraekke):
    model, form_class, anker, slet_navn = Omraade, OmraadeForm, "omraader", "omraade-slet"
    titel = "Ret område"

    @property
    def raekker(self):
        """What is done in the area is chosen among what the plan has chosen; with nothing chosen there are no rows."""
        indsatser = {"indsatser": OmraadeindsatsFormset} if valgte(self.plan) else {}
        return {"medafdelinger": OmraadeafdelingFormset, **indsatser, "stoerrelser": OmraadestoerrelseFormset}

    def raekkeargumenter(self, relation):
        return {} if relation == "stoerrelser" else {"omraade": self.objekt}


class OpretOmraade(RetOmraade):
    titel = "Tilføj et område"
    gem_tekst = "Tilføj området"


class RetLag(Indstillingsraekke):
    model, form_class, anker, slet_navn = Lag, LagForm, "lag", "lag-slet"

    def titel_tekst(self):
        return f"Ret {self.objekt.navn}"

    def i_vejen(self):
        er_leders = self.objekt.er_skrevet_ind and Rettighed.STYR not in self.plan.rettigheder
        return self.objekt.laast or (KUN_LEDEREN if er_leders else "")

    def slet_url(self):
        return "" if self.i_vejen() else super().slet_url()


class OpretLag(RetLag):
    gem_tekst = "Tilføj til planen"

    def titel_tekst(self):
        return "Tilføj en forlængelse eller et tillæg"


class RetGruppe(Indstillingsraekke):
    model, form_class, anker, slet_navn = Gruppe, GruppeForm, "grupper", "gruppe-slet"
    template_name = "aftaler/plan/gruppe.html"
    titel = "Ret gruppe"

    @property
    def raekker(self):
        """The seats of the board follow from who sits on it, and are written there."""
        return {} if self._er_bestyrelsen() else {"pladser": PladsFormset}

    def _er_bestyrelsen(self) -> bool:
        return bool(self.objekt.pk and self.objekt.art == Gruppeart.BESTYRELSE)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"er_bestyrelsen": self._er_bestyrelsen()}


class OpretGruppe(RetGruppe):
    titel = "Tilføj en gruppe"
    gem_tekst = "Tilføj gruppen"


def _slet(request, plan, model, pk, anker):
    objekt = get_object_or_404(model, plan=plan, pk=pk)
    raekkeactions.slet(bruger=request.user, objekt=objekt)
    messages.success(request, f"»{objekt}« er slettet.")
    return f"{reverse('indstillinger', args=[plan.noegle])}#{anker}"


@plankommando()
def slet_part(request, plan, pk):
    return _slet(request, plan, Part, pk, "parter")


@plankommando()
def slet_omraade(request, plan, pk):
    return _slet(request, plan, Omraade, pk, "omraader")


@plankommando()
def slet_lag(request, plan, pk):
    return _slet(request, plan, Lag, pk, "lag")


@plankommando()
def slet_gruppe(request, plan, pk):
    return _slet(request, plan, Gruppe, pk, "grupper")


class RetParameter(Skrivevagt, Indstillingsraekke):
    """The plan's own value for a parameter of its rule set."""

    model, form_class, anker = Planparameter, ParameterForm, "parametre"

    @cached_property
    def linje(self) -> queries.Parameterlinje:
        linje = next((p for p in queries.parametre(self.plan) if p.noegle == self.kwargs["noegle"]), None)
        if linje is None:
            raise Http404("Regelsættet har ingen parameter med det navn.")
        return linje

    def hent_objekt(self):
        noegle, vaerdi = self.linje.noegle, self.linje.vaerdi
        egen = self.plan.parametre.filter(noegle=noegle).first()
        return egen or Planparameter(plan=self.plan, noegle=noegle, vaerdi=vaerdi)

    def titel_tekst(self):
        return f"Planens egen værdi: {self.linje.navn}"

    def gem(self, form, version):
        """The rule set's value as it stands is not the plan's own."""
        return super().gem(form, version) if form.instance.pk or form.aendret() else form.instance


# --- members --------------------------------------------------------------------------------------------------------


class Personer(PlanMixin, TemplateView):
    """Who has access, from and to, and who has not been in yet: the leader's page."""

    rettighed = Rettighed.STYR
    template_name = "aftaler/plan/personer.html"

    def krummer(self):
        return [("Indstillinger", reverse("indstillinger", args=[self.plan.noegle])), "Personer"]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"personer": personer(self.plan)}


class Medlemsside(Indstillingsraekke):
    """A page about somebody's access, by way of the page of people."""

    rettighed = Rettighed.STYR

    def krummer(self):
        skridt = super().krummer()
        return [skridt[0], ("Personer", self.efter_url()), skridt[1]]

    def efter_url(self):
        return reverse("personer", args=[self.plan.noegle])


class OpretMedlem(Medlemsside):
    form_class, anker = MedlemForm, "medlemmer"
    titel = "Giv en person adgang"
    gem_tekst = "Giv adgang"

    def hent_objekt(self):
        return None

    def formargumenter(self):
        return {"plan": self.plan}

    def slet_url(self):
        return ""

    def gem(self, form, version):
        felter = dict(form.felter)
        egne = {navn: felter.pop(navn) for navn in planactions.EGNE}
        if form.bruger is None:
            nyt = planactions.inviter_medlem(
                bruger=self.request.user,
                plan=self.plan,
                absolut=self.request.build_absolute_uri,
                egne=egne,
                **felter,
            )
            messages.info(self.request, f"{nyt.bruger} får en mail på {nyt.bruger.email} med et link til at logge ind.")
            return nyt
        dage = {navn: felter[navn] for navn in ("rolle", "fra", "til")}
        medlemskab = Medlemskab(plan=self.plan, bruger=form.bruger, **dage)
        return planactions.opret_medlem(bruger=self.request.user, medlemskab=medlemskab, egne=egne)


class RetMedlemskab(Medlemsside):
    model, form_class, anker, slet_navn = Medlemskab, RolleForm, "medlemmer", "medlem-slet"

    def titel_tekst(self):
        return f"Ret {self.objekt.bruger}s adgang"

    def gem(self, form, version):
        return planactions.ret_medlem(bruger=self.request.user, medlemskab=form.instance, felter=form.felter)


@plankommando(Rettighed.STYR)
def gensend_invitation(request, plan, pk):
    medlemskab = get_object_or_404(Medlemskab.objects.select_related("bruger"), plan=plan, pk=pk)
    planactions.gensend_invitation(bruger=request.user, medlemskab=medlemskab, absolut=request.build_absolute_uri)
    messages.success(request, f"{medlemskab.bruger} får en ny mail på {medlemskab.bruger.email}.")
    return reverse("personer", args=[plan.noegle])


@plankommando(Rettighed.STYR)
def afslut_medlem(request, plan, pk):
    medlemskab = get_object_or_404(Medlemskab, plan=plan, pk=pk)
    planactions.afslut_medlem(bruger=request.user, medlemskab=medlemskab)
    messages.success(request, f"{medlemskab.bruger} har ikke længere adgang til planen.")
    return reverse("personer", args=[plan.noegle])


@plankommando(Rettighed.STYR)
def slet_medlem(request, plan, pk):
    medlemskab = get_object_or_404(Medlemskab, plan=plan, pk=pk)
    planactions.slet_medlem(bruger=request.user, medlemskab=medlemskab)
    messages.success(request, f"{medlemskab.bruger} har ikke længere adgang til planen.")
    return reverse("personer", args=[plan.noegle])


# --- organisations --------------------------------------------------------------------------------------------------


class RetOrganisation(Indstillingsraekke):
    """An organisation of one of the plan's parties; shared by all plans that name it."""

    model, form_class, anker = Organisation, OrganisationForm, "parter"
    titel = "Ret organisation"

    def formargumenter(self):
        return {"part_url": reverse("part-opret", args=[self.plan.noegle])}

    def hent_objekt(self):
        return get_object_or_404(planens_organisationer(self.plan), pk=self.kwargs["pk"])

    def i_vejen(self):
        return organisation_i_vejen(self.request.user, self.objekt)

    def gem(self, form, version):
        return planactions.ret_organisation(
            bruger=self.request.user, organisation=form.instance, felter=form.felter, version=version
        )


class OpretOrganisation(Indstillingsraekke):
    """A new organisation, which then becomes a party."""

    form_class, anker = OrganisationForm, "parter"
    titel = "Opret en organisation"
    gem_tekst = "Opret organisationen"

    def formargumenter(self):
        return {"part_url": self.efter_url()}

    def hent_objekt(self):
        return Organisation()

    def slet_url(self):
        return ""

    def gem(self, form, version):
        return planactions.opret_organisation(bruger=self.request.user, organisation=form.instance)

    def efter_url(self):
        return reverse("part-opret", args=[self.plan.noegle])


class RetAfdeling(Indstillingsraekke):
    form_class, anker = AfdelingForm, "parter"
    template_name = "aftaler/plan/afdeling.html"
    titel = "Ret afdeling"

    def formargumenter(self):
        noegle, pk = self.plan.noegle, self.kwargs["pk"]
        return {"ret_url": lambda afdeling: reverse("afdeling-ret", args=[noegle, pk, afdeling])}

    def organisation(self):
        return get_object_or_404(planens_organisationer(self.plan), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        afdeling = self.objekt
        maa = bool(afdeling.pk) and kan_rydde(self.request.user, afdeling)
        return super().get_context_data(**kwargs) | {
            "afdeling": afdeling,
            "maa_rydde": maa,
            "bruges": i_tal(afdeling) if maa else [],
        }

    def hent_objekt(self):
        return get_object_or_404(Afdeling, organisation=self.organisation(), pk=self.kwargs["afdeling"])

    def i_vejen(self):
        return organisation_i_vejen(self.request.user, self.objekt.organisation)

    def gem(self, form, version):
        return planactions.ret_afdeling(
            bruger=self.request.user, afdeling=form.instance, felter=form.felter, version=version
        )


class OpretAfdeling(RetAfdeling):
    titel = "Tilføj en afdeling"
    gem_tekst = "Tilføj afdelingen"

    def hent_objekt(self):
        return Afdeling(organisation=self.organisation())

    def i_vejen(self):
        return ""

    def gem(self, form, version):
        return planactions.opret_afdeling(bruger=self.request.user, afdeling=form.instance)


class OpretAfdelingUdenEjer(OpretAfdeling):
    """An afdeling of which it is not told who owns it; it can then stand in an area."""

    titel = "Tilføj en afdeling, hvis ejer ikke er oplyst"
    anker = "omraader"

    def formargumenter(self):
        return {}

    def hent_objekt(self):
        kendt = Organisation.objects.filter(noegle=ejer_ikke_oplyst(self.plan)).first()
        return Afdeling(
            organisation=kendt or Organisation(navn=planactions.EJER_IKKE_OPLYST, art=Organisationsart.UKENDT)
        )

    def gem(self, form, version):
        return planactions.opret_afdeling_uden_ejer(bruger=self.request.user, plan=self.plan, afdeling=form.instance)
