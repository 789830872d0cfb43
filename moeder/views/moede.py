"""Pages of the meetings: the list, a meeting with its agenda, its items, and the commands on them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseBadRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView

from aftaler.models import Helhedsplan
from aftaler.views.faelles import PlanMixin, hent_plan, plankommando
from aftaler.views.rediger import PlanRediger
from dokumenter.oejebliksbillede import hvis_laeselig
from helhedsplan.formats import lang_dato
from helhedsplan.rettigheder import Rettighed
from moeder import indstilling, moedepapir
from moeder.actions import moede as handlinger
from moeder.actions.moedepapir import mangler_for_afholdelse
from moeder.choices import Moedepapirart, Moedetilstand
from moeder.forms import moede as forms
from moeder.models import Dagsordenspunkt, Moede
from moeder.queries.afstemning import punktstilling, stillinger
from moeder.queries.moede import (
    KOMMENDE,
    flyttede,
    forslag,
    kort_varsel,
    mangler_mit_svar,
    moeder,
    papirer,
    punkter,
    seneste_papir,
)
from moeder.queries.punktets_papir import genstandens_url, hent_linjer


def hent_moede(plan: Helhedsplan, pk: int) -> Moede:
    """The plan's meeting of that number, with the plan at hand."""
    moede = Moede.objects.filter(plan=plan, pk=pk).first()
    if moede is None:
        raise Http404("Planen har ikke det møde.")
    moede.plan = plan
    return moede


def hent_punkt(moede: Moede, pk: int) -> Dagsordenspunkt:
    """The meeting's item of that number, with meeting and plan at hand."""
    valgte = ("udgave__retter", "status", "revision__budget", "afgoerelse")
    punkt = moede.punkter.select_related(*valgte).filter(pk=pk).first()
    if punkt is None:
        raise Http404("Mødet har ikke det punkt.")
    punkt.moede = moede
    for genstand in filter(None, (punkt.udgave, punkt.status, punkt.revision and punkt.revision.budget)):
        genstand.plan = moede.plan
    return punkt


class MoedeMixin(PlanMixin):
    """Pages under a meeting: breadcrumb by way of the list, and the meeting that the address names."""

    side = ""

    @cached_property
    def moede(self) -> Moede:
        return hent_moede(self.plan, self.kwargs["pk"])

    @cached_property
    def punkt(self) -> Dagsordenspunkt:
        return hent_punkt(self.moede, self.kwargs["punkt"])

    @cached_property
    def liste_url(self) -> str:
        return reverse("moede-liste", args=[self.plan.noegle])

    def url(self, navn: str, **mere) -> str:
        return reverse(navn, kwargs={"plan": self.plan.noegle, "pk": self.moede.pk, **mere})

    def krummer(self):
        return [("Møder", self.liste_url), (moedenavn(self.moede), self.moede.get_absolute_url()), self.titel_tekst()]

    def titel_tekst(self) -> str:
        return self.side

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"moede": self.moede}


def moedenavn(moede: Moede) -> str:
    return f"{moede} {moede.dato:%d.%m.%Y}"


class Moedeliste(PlanMixin, TemplateView):
    """The plan's meetings: those to come first, then those that were."""

    template_name = "moeder/moede/liste.html"

    def krummer(self):
        return ["Møder"]

    def get_context_data(self, **kwargs):
        alle = moeder(self.plan)
        kommende = [m for m in alle if m.tilstand in KOMMENDE]
        return super().get_context_data(**kwargs) | {
            "kommende": kommende[::-1],
            "tidligere": [m for m in alle if m.tilstand not in KOMMENDE],
            "i_dag": timezone.localdate(),
        }


class VisMoede(MoedeMixin, TemplateView):
    """A meeting: when and where, its agenda, and what can be done with it."""

    template_name = "moeder/moede/vis.html"

    def krummer(self):
        return [("Møder", self.liste_url), moedenavn(self.moede)]

    def get_context_data(self, **kwargs):
        moede = self.moede
        kontekst = super().get_context_data(**kwargs)
        skrives = kontekst["maa_rette"] and moede.tilstand in KOMMENDE
        alle = punkter(moede)
        senere = flyttede(moede) if moede.tilstand == Moedetilstand.HOLDT else {}
        for punkt in alle:
            punkt.flyttet = senere.get(punkt.pk)
        viste = stillinger(moede, self.request.user, alle)
        return (
            kontekst
            | self._papirer(alle)
            | {
                "punkter": alle,
                "stillinger": viste,
                "skrives": skrives,
                "forslag": forslag(moede) if skrives else [],
                "kan_slettes": kontekst["maa_rette"]
                and (moede.tilstand == Moedetilstand.PLANLAGT or handlinger.kun_meldt(moede)),
                "kan_afgoere_flere": kontekst["maa_styre"]
                and sum(p.maa_afgoere and p.punkt.genstand is not None for p in viste) > 1,
                "kan_holdes": skrives and not mangler_for_afholdelse(moede),
            }
        )

    def _papirer(self, alle: list[Dagsordenspunkt]) -> dict:
        """What has been sent, and what was changed since in a meeting to come."""
        moede = self.moede
        sendt = seneste_papir(moede, Moedepapirart.DAGSORDEN)
        billede, ulaeselig = hvis_laeselig(moedepapir.hent, sendt) if sendt else (None, "")
        aendringer: list[str] = []
        if billede and moede.tilstand == Moedetilstand.INDKALDT:
            hent_linjer(alle)
            aendringer = moedepapir.aendret_siden(billede, moede, alle)
        referat = papirer(moede, Moedepapirart.REFERAT).first()
        if referat:
            referat.moede = moede
        dagsordener = list(papirer(moede, Moedepapirart.DAGSORDEN)) if sendt else []
        foerst = timezone.localdate(dagsordener[-1].sendt) if dagsordener else None
        return {
            "dagsordener": dagsordener,
            "kort_varsel": kort_varsel(moede, foerst, er_sendt=True) if foerst else "",
            "sendt": billede,
            "ulaeselig": ulaeselig,
            "aendringer": aendringer,
            "referat_nummer": referat.nummer if referat else 0,
            "mit_svar_mangler": bool(referat and mangler_mit_svar(referat, self.request.user)),
        }


class VisPunkt(MoedeMixin, TemplateView):
    """The decision paper of an item: its texts, and what is drawn from the frozen papers."""

    template_name = "moeder/moede/punkt.html"

    def titel_tekst(self) -> str:
        return self.punkt.titel

    def get_context_data(self, **kwargs):
        punkt = self.punkt
        kontekst = super().get_context_data(**kwargs)
        (genstand, rettelser), ulaeselig = indstilling.sag_hvis_laeselig(punkt)
        return kontekst | {
            "punkt": punkt,
            "tekster": [(navn, getattr(punkt, felt)) for felt, navn in indstilling.OVERSKRIFTER],
            "genstand": genstand,
            "ulaeselig": ulaeselig,
            "genstand_url": genstandens_url(punkt),
            "p": punktstilling(punkt, self.request.user),
            "afgoerelse": getattr(punkt, "afgoerelse", None),
            "rettelser": rettelser,
            "skrives": kontekst["maa_rette"] and self.moede.tilstand in KOMMENDE and not hasattr(punkt, "afgoerelse"),
        }


# --- edit pages -------------------------------------------------------------------------------------------------------


class OpretMoede(PlanRediger):
    form_class = forms.MoedeForm
    titel, gem_tekst = "Nyt møde", "Gem mødet"

    def krummer(self):
        return [("Møder", self.fortryd_url()), self.titel]

    def hent_objekt(self):
        return Moede(plan=self.plan)

    def gem(self, form, version):
        return handlinger.opret_moede(bruger=self.request.user, moede=form.instance)

    def efter_url(self) -> str:
        return self.gemt.get_absolute_url()

    def fortryd_url(self) -> str:
        return reverse("moede-liste", args=[self.plan.noegle])


class MoedeRediger(MoedeMixin, PlanRediger):
    """An edit page of a meeting that is still to come."""

    def titel_tekst(self) -> str:
        return self.titel

    def kommende(self) -> Moede:
        if self.moede.tilstand not in KOMMENDE:
            raise Http404(f"Mødet er {self.moede.get_tilstand_display().lower()} og kan ikke rettes.")
        return self.moede

    def efter_url(self) -> str:
        return self.moede.get_absolute_url()


class RetMoede(MoedeRediger):
    form_class = forms.MoedeForm
    titel, gem_tekst = "Ret mødet", "Gem mødet"

    def hent_objekt(self):
        return self.kommende()

    def gem(self, form, version):
        return handlinger.ret_moede(bruger=self.request.user, moede=form.instance, felter=form.felter, version=version)

    def slet_url(self) -> str:
        return self.url("moede-slet") if self.moede.tilstand == Moedetilstand.PLANLAGT else ""


class Aflys(MoedeRediger):
    form_class = forms.AflysForm
    titel, gem_tekst = "Aflys mødet", "Aflys mødet"

    def hent_objekt(self):
        self.kommende()

    def formargumenter(self):
        return {"moede": self.moede}

    def gem(self, form, version):
        adresse = self.request.build_absolute_uri(self.efter_url())
        return handlinger.aflys(
            bruger=self.request.user,
            moede=self.moede,
            grund=form.felter["grund"],
            version=None,
            til=handlinger.Forsendelse(list(form.felter["modtagere"]), adresse),
        )


class OpretPunkt(MoedeRediger):
    form_class = forms.NytPunktForm
    titel, gem_tekst = "Nyt punkt", "Sæt punktet på dagsordenen"

    def hent_objekt(self):
        return Dagsordenspunkt(moede=self.kommende())

    def formargumenter(self):
        return {"venter": forslag(self.moede)}

    def gem(self, form, version):
        return handlinger.opret_punkt(bruger=self.request.user, punkt=form.instance)


class RetPunkt(MoedeRediger):
    form_class = forms.PunktForm
    gem_tekst = "Gem punktet"

    def titel_tekst(self) -> str:
        return self.punkt.titel

    def hent_objekt(self):
        self.kommende()
        return self.punkt

    def gem(self, form, version):
        return handlinger.ret_punkt(bruger=self.request.user, punkt=form.instance, felter=form.felter, version=version)

    def efter_url(self) -> str:
        return self.url("punkt-vis", punkt=self.punkt.pk)

    def slet_url(self) -> str:
        return self.url("punkt-slet", punkt=self.punkt.pk)


# --- commands ---------------------------------------------------------------------------------------------------------


@plankommando()
def slet(request, plan, pk):
    handlinger.slet_moede(bruger=request.user, moede=hent_moede(plan, pk))
    messages.success(request, "Mødet er slettet.")
    return reverse("moede-liste", args=[plan.noegle])


@plankommando()
def saet_paa(request, plan, pk):
    moede = hent_moede(plan, pk)
    punkt = handlinger.saet_paa(bruger=request.user, moede=moede, noegle=request.POST.get("noegle", ""))
    messages.success(request, f"»{punkt}« er sat på dagsordenen.")
    return f"{moede.get_absolute_url()}#punkt-{punkt.pk}"


@plankommando()
def slet_punkt(request, plan, pk, punkt):
    moede = hent_moede(plan, pk)
    fundet = hent_punkt(moede, punkt)
    handlinger.slet_punkt(bruger=request.user, punkt=fundet)
    messages.success(request, f"»{fundet}« er taget af dagsordenen.")
    return moede.get_absolute_url()


@plankommando()
def flyt_til_naeste(request, plan, pk, punkt):
    nyt = handlinger.flyt_til_naeste(bruger=request.user, punkt=hent_punkt(hent_moede(plan, pk), punkt))
    messages.success(request, f"»{nyt}« er sat på mødet {lang_dato(nyt.moede.dato)}.")
    return nyt.moede_url


@plankommando()
def flyt_punkt(request, plan, pk, punkt):
    moede = hent_moede(plan, pk)
    fundet = hent_punkt(moede, punkt)
    skridt = {"-1": -1, "1": 1}.get(request.POST.get("skridt", ""))
    if skridt is None:
        raise Http404("Der kan kun flyttes et trin op eller ned.")
    handlinger.flyt_punkt(bruger=request.user, moede=moede, noegle=str(fundet.pk), skridt=skridt)
    return f"{moede.get_absolute_url()}#punkt-{fundet.pk}"


@require_POST
def sorter_punkter(request, plan, pk):
    """The order that was dragged, as JSON to the script that sent it."""
    moede = hent_moede(hent_plan(request, plan, Rettighed.RET), pk)
    noegler = request.POST.getlist("raekkefoelge")
    if not noegler:
        return HttpResponseBadRequest("Rækkefølgen mangler.")
    try:
        handlinger.sorter_punkter(bruger=request.user, moede=moede, noegler=noegler)
    except ValidationError as fejl:
        return HttpResponseBadRequest(" ".join(fejl.messages))
    return JsonResponse({"gemt": True, "version": None})
