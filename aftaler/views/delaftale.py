"""Making and emptying a delaftale; its delmål, activities and partners."""

from django.contrib import messages
from django.http import Http404, HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from aftaler.actions import delaftale as delaftaleactions
from aftaler.actions import kopi as kopiactions
from aftaler.actions import raekker as raekkeactions
from aftaler.forms import (
    AktivitetForm,
    DelmaalForm,
    FlytAktivitetForm,
    HentAktivitetForm,
    MilepaelFormset,
    SamarbejdsparterForm,
    SamarbejdspartFormset,
)
from aftaler.models import Aktivitet, Delaftale, Delmaal
from aftaler.queries.adgang import er_eget
from aftaler.queries.dokument import AKTIVITETSPROSA
from aftaler.queries.kopi import aktivitetskopi
from aftaler.views.faelles import hent_delaftale, hent_plan, plankommando, tjek_eget
from aftaler.views.rediger import EgetMixin, PlanRediger, RaekkeRediger, tjek_intet_skjult
from helhedsplan.rettigheder import Rettighed


@plankommando()
def opret(request, plan, omraade):
    valgt = get_object_or_404(plan.regelsaet.indsatsomraader, noegle=omraade)
    aftale = delaftaleactions.opret_delaftale(bruger=request.user, plan=plan, indsatsomraade=valgt)
    messages.success(request, f"Delaftalen om {valgt.navn} er oprettet. Begynd med problemkomplekset og delmålene.")
    return aftale.get_absolute_url()


@plankommando()
def slet(request, plan, omraade):
    aftale = hent_delaftale(plan, omraade)
    delaftaleactions.slet_delaftale(bruger=request.user, delaftale=aftale)
    messages.success(request, f"Delaftalen om {aftale.indsatsomraade.navn} er slettet.")
    return reverse("delaftale-liste", args=[plan.noegle])


# --- rows of a delaftale: delmål and activities ---------------------------------------------------------------------


def _hent_egen(plan, omraade) -> Delaftale:
    """A delaftale that the person may write in. Raises Http404, PermissionDenied."""
    aftale = hent_delaftale(plan, omraade)
    tjek_eget(plan, aftale)
    return aftale


def _slet_raekke(request, plan, omraade, model, noegle):
    aftale = _hent_egen(plan, omraade)
    objekt = get_object_or_404(model, delaftale=aftale, noegle=noegle)
    raekkeactions.slet(bruger=request.user, objekt=objekt)
    messages.success(request, f"»{objekt}« er slettet.")
    return aftale.get_absolute_url()


def _flyt_raekke(request, plan, omraade, relation, noegle):
    aftale = _hent_egen(plan, omraade)
    skridt = {"-1": -1, "1": 1}.get(request.POST.get("skridt", ""))
    if skridt is None:
        raise Http404("Der kan kun flyttes et trin op eller ned.")
    get_object_or_404(getattr(aftale, relation), noegle=noegle)
    raekkeactions.flyt(bruger=request.user, ejer=aftale, relation=relation, noegle=noegle, skridt=skridt)
    art = "aktivitet" if relation == "aktiviteter" else "delmaal"
    return f"{aftale.get_absolute_url()}#{art}-{noegle}"


def _sorter(request, plan, omraade, relation):
    """The order that was dragged, as JSON to the script that sent it."""
    aftale = _hent_egen(hent_plan(request, plan, Rettighed.RET_EGET), omraade)
    noegler = request.POST.getlist("raekkefoelge")
    if not noegler:
        return HttpResponseBadRequest("Rækkefølgen mangler.")
    raekkeactions.sorter(bruger=request.user, ejer=aftale, relation=relation, noegler=noegler)
    return JsonResponse({"gemt": True, "version": None})


@require_POST
def sorter_delmaal(request, plan, omraade):
    return _sorter(request, plan, omraade, "delmaal")


@require_POST
def sorter_aktiviteter(request, plan, omraade):
    return _sorter(request, plan, omraade, "aktiviteter")


@plankommando(Rettighed.RET_EGET)
def flyt_delmaal(request, plan, omraade, noegle):
    return _flyt_raekke(request, plan, omraade, "delmaal", noegle)


@plankommando(Rettighed.RET_EGET)
def flyt_aktivitet(request, plan, omraade, noegle):
    return _flyt_raekke(request, plan, omraade, "aktiviteter", noegle)


@plankommando(Rettighed.RET_EGET)
def slet_delmaal(request, plan, omraade, noegle):
    return _slet_raekke(request, plan, omraade, Delmaal, noegle)


@plankommando(Rettighed.RET_EGET)
def slet_aktivitet(request, plan, omraade, noegle):
    return _slet_raekke(request, plan, omraade, Aktivitet, noegle)


class DelaftaleRaekke(EgetMixin, RaekkeRediger):
    """A delmål or an activity: found by its key within the delaftale."""

    anker = ""

    def hent_objekt(self):
        if "noegle" in self.kwargs:
            objekt = get_object_or_404(self.model, delaftale=self.delaftale, noegle=self.kwargs["noegle"])
            objekt.delaftale = self.delaftale
            return objekt
        return self.model(delaftale=self.delaftale)

    def krummer(self):
        aftale = (self.delaftale.indsatsomraade.navn, self.delaftale.get_absolute_url())
        return [("Delaftaler", reverse("delaftale-liste", args=[self.plan.noegle])), aftale, self.titel_tekst()]

    def efter_url(self):
        """The row in its place on the page; a new one is what the action gave back."""
        raekke = getattr(self, "gemt", None) or self.objekt
        raekke = raekke if isinstance(raekke, self.model) else self.objekt
        sted = f"#{self.anker}-{raekke.noegle}" if raekke.pk else ""
        return f"{self.delaftale.get_absolute_url()}{sted}"

    @property
    def maa_slette(self) -> bool:
        return Rettighed.RET in self.plan.rettigheder or er_eget(self.plan.medlemskab, self.delaftale)

    def slet_url(self):
        if not self.objekt.pk or not self.maa_slette:
            return ""
        return reverse(f"{self.anker}-slet", args=[self.plan.noegle, self.delaftale.noegle, self.objekt.noegle])


class RetDelmaal(DelaftaleRaekke):
    model = Delmaal
    form_class = DelmaalForm
    anker = "delmaal"
    titel = "Ret delmål"


class OpretDelmaal(RetDelmaal):
    titel = "Tilføj et delmål"
    gem_tekst = "Tilføj delmålet"


class RetAktivitet(DelaftaleRaekke):
    template_name = "aftaler/aktivitet.html"
    model = Aktivitet
    form_class = AktivitetForm
    raekker = {"samarbejdsparter": SamarbejdspartFormset, "milepaele": MilepaelFormset}
    anker = "aktivitet"
    gem_tekst = "Gem aktiviteten"

    def eget(self):
        if "noegle" not in self.kwargs:
            return self.delaftale
        tjek_intet_skjult(self.plan, *(getattr(self.objekt, felt) for felt in AKTIVITETSPROSA))
        return self.objekt

    def titel_tekst(self):
        return f"Ret aktiviteten {self.objekt.navn}"


class OpretAktivitet(RetAktivitet):
    gem_tekst = "Tilføj aktiviteten"

    def titel_tekst(self):
        return "Tilføj en aktivitet"


class FlytTilDelaftale(RetAktivitet):
    """Move an activity to another delaftale of the plan."""

    rettighed = Rettighed.RET
    template_name = "aftaler/rediger.html"
    form_class = FlytAktivitetForm
    raekker = {}
    gem_tekst = "Flyt aktiviteten"

    def titel_tekst(self):
        return f"Flyt {self.objekt.navn}"

    def i_vejen(self):
        andre = self.plan.delaftaler.exclude(pk=self.delaftale.pk).exists()
        return "" if andre else "Planen har ingen anden delaftale at flytte aktiviteten til."

    def gem(self, form, version):
        return kopiactions.flyt_til_delaftale(
            bruger=self.request.user, aktivitet=form.instance, til=form.felter["til"], version=version
        )

    def efter_url(self):
        return Aktivitet.objects.get(pk=self.objekt.pk).get_absolute_url()

    def slet_url(self):
        return ""


class HentAktivitet(PlanRediger):
    """Copy an activity of a plan that the person may read, after a yes on what comes along."""

    template_name = "aftaler/hent_aktivitet.html"
    form_class = HentAktivitetForm
    titel = "Hent en aktivitet"
    gem_tekst = "Vis, hvad der kommer med"

    def formargumenter(self):
        return {"bruger": self.request.user, "til": self.delaftale}

    def i_vejen(self):
        andre = Aktivitet.objects.for_bruger(self.request.user).exclude(delaftale=self.delaftale)
        return "" if andre.exists() else "Der er ingen anden delaftale med aktiviteter, som du kan læse."

    def get_context_data(self, **kwargs):
        form = kwargs["form"]
        kopi = aktivitetskopi(form.cleaned_data["fra"], self.delaftale) if form.ubekraeftede else None
        prosa = [(Aktivitet._meta.get_field(f).verbose_name, kopi["felter"][f]) for f in AKTIVITETSPROSA if kopi]
        return super().get_context_data(**kwargs) | {"kopi": kopi, "prosa": prosa}

    def gem(self, form, version):
        return kopiactions.hent_aktivitet(bruger=self.request.user, til=self.delaftale, **form.felter)

    def krummer(self):
        aftale = (self.delaftale.indsatsomraade.navn, self.delaftale.get_absolute_url())
        return [("Delaftaler", reverse("delaftale-liste", args=[self.plan.noegle])), aftale, self.titel]

    def efter_url(self):
        return (getattr(self, "gemt", None) or self.delaftale).get_absolute_url()


class RetSamarbejdsparter(EgetMixin, PlanRediger):
    """The partners of the whole delaftale."""

    form_class = SamarbejdsparterForm
    raekker = {"egne_parter": SamarbejdspartFormset}
    titel = "Ret delaftalens samarbejdsparter"

    def hent_objekt(self) -> Delaftale:
        return self.delaftale

    def gem(self, form, version):
        return delaftaleactions.ret_samarbejdsparter(
            bruger=self.request.user, delaftale=form.instance, raekker=form.raekker["egne_parter"], version=version
        )

    def krummer(self):
        aftale = (self.delaftale.indsatsomraade.navn, self.delaftale.get_absolute_url())
        return [("Delaftaler", reverse("delaftale-liste", args=[self.plan.noegle])), aftale, self.titel]

    def efter_url(self):
        return self.delaftale.get_absolute_url()
