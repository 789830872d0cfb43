"""Rule sets in the browser: the list, one of them with its sections, editing a draft, trying it, publishing it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView

from aftaler.actions import regelsaet as handlinger
from aftaler.actions.regelsaetflyt import flyt_plan, proev_flytning
from aftaler.forms.regelsaet import (
    KopiForm,
    ProevForm,
    RegelsaetfilForm,
    RegelsaethovedForm,
    RettelseForm,
    regelform,
)
from aftaler.models import Helhedsplan, Regelsaet
from aftaler.queries import regelsaet as queries
from aftaler.queries.regelslags import Regelslags, slags_af
from aftaler.views.faelles import PlanMixin, krummer
from aftaler.views.filindlaesning import Filindlaesning
from helhedsplan.choices import Alvor
from helhedsplan.models import Haendelse
from helhedsplan.redigering import RedigerView
from helhedsplan.rettigheder import Rettighed
from helhedsplan.tidligere import uden_navne_i_sporet

LISTE = "Regelsæt"


class Administrator:
    """For administrators; `self.regelsaet` is the one of the address, if it names one."""

    def dispatch(self, request, *args, **kwargs):
        handlinger.tjek_administrator(request.user)
        self.regelsaet  # noqa: B018 -- 404 before anything else
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def regelsaet(self) -> Regelsaet | None:
        noegle = self.kwargs.get("regelsaet")
        return hent_regelsaet(noegle) if noegle else None

    def vej(self, *skridt) -> dict:
        liste = [(LISTE, reverse("regelsaet-liste"))]
        if self.regelsaet is not None:
            liste.append((self.regelsaet.navn, regelsaet_url(self.regelsaet)))
        return {"broedkrumme": krummer(*liste, *skridt), "regelsaet": self.regelsaet}


def hent_regelsaet(noegle: str) -> Regelsaet:
    return get_object_or_404(Regelsaet.objects.select_related("kopi_af"), noegle=noegle)


def regelsaet_url(regelsaet: Regelsaet, anker: str = "") -> str:
    return reverse("regelsaet-vis", args=[regelsaet.noegle]) + (f"#{anker}" if anker else "")


# --- to read ----------------------------------------------------------------------------------------------------------


class RegelsaetListe(Administrator, TemplateView):
    template_name = "aftaler/regelsaet/liste.html"

    def get_context_data(self, **kwargs):
        alle = queries.alle_regelsaet()
        return super().get_context_data(**kwargs) | {
            "kladder": [r for r in alle if r.er_kladde],
            "udgivne": [r for r in alle if not r.er_kladde],
            "broedkrumme": krummer(LISTE),
        }


class VisRegelsaet(Administrator, TemplateView):
    """State, how many plans, what it lacks; then the sections, each edited on its own page."""

    template_name = "aftaler/regelsaet/vis.html"

    def haendelser(self) -> list[Haendelse]:
        fundne = list(Haendelse.objects.om(self.regelsaet).order_by("-nummer")[:10])
        uden_navne_i_sporet(fundne)
        return fundne

    def get_context_data(self, **kwargs):
        holdt = queries.indhold(self.regelsaet)
        return super().get_context_data(**kwargs) | {
            "regelsaet": self.regelsaet,
            "broedkrumme": krummer((LISTE, reverse("regelsaet-liste")), self.regelsaet.navn),
            "lister": [(slags_af(noegle), raekker) for noegle, raekker in holdt.lister.items()],
            "fund": queries.mangler(holdt),
            "antal_planer": queries.planer_paa(self.regelsaet),
            "uverificerede": queries.uverificerede(holdt),
            "versioner": queries.versioner(self.regelsaet),
            "rettelse_i_gang": self.regelsaet.kopier.filter(stand="kladde", er_rettelse=True).first(),
            "haendelser": self.haendelser(),
        }


class VisForskel(Administrator, TemplateView):
    """What is new, gone and corrected against the one it was copied from."""

    template_name = "aftaler/regelsaet/forskel.html"

    def get_context_data(self, **kwargs):
        fra = self.regelsaet.kopi_af
        if fra is None:
            raise Http404("Regelsættet er ikke en kopi af et andet.")
        forskelle = queries.forskelle(queries.indhold(fra), queries.indhold(self.regelsaet))
        return super().get_context_data(**kwargs) | self.vej("Forskellen") | {"fra": fra, "forskelle": forskelle}


@require_safe
def regelsaetfil(request, regelsaet):
    """The rule set as the file that `indlaes` reads."""

    from aftaler.planfil import regelsaet_som_data, som_yaml

    handlinger.tjek_administrator(request.user)
    fundet = hent_regelsaet(regelsaet)
    svar = HttpResponse(som_yaml(regelsaet_som_data(fundet)), content_type="application/yaml; charset=utf-8")
    svar["Content-Disposition"] = f'attachment; filename="{fundet.noegle}.yaml"'
    return svar


# --- a draft ----------------------------------------------------------------------------------------------------------


class Rediger(Administrator, RedigerView):
    ramme = "redigering/_ramme_uden_plan.html"
    template_name = "aftaler/regelsaet/rediger.html"

    def efter_url(self):
        return regelsaet_url(self.regelsaet)

    def slet_url(self) -> str:
        return ""

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | self.vej(self.titel_tekst()) | {"slet_url": self.slet_url()}

    def kun_kladde(self) -> str:
        if self.regelsaet.er_kladde:
            return ""
        return "Regelsættet er udgivet og ændres ikke. Lav en rettet version i stedet."


class Kopier(Rediger):
    form_class = KopiForm
    gem_tekst = "Lav kladden"

    def titel_tekst(self):
        return f"Kopiér {self.regelsaet} til en kladde"

    def gem(self, form, version):
        return handlinger.kopier_regelsaet(bruger=self.request.user, fra=self.regelsaet, **form.felter)

    def efter_url(self):
        return regelsaet_url(getattr(self, "gemt", self.regelsaet))


class BegyndRettelse(Rediger):
    form_class = RettelseForm
    gem_tekst = "Begynd rettelsen"

    def titel_tekst(self):
        return f"Ret {self.regelsaet}"

    def i_vejen(self):
        if self.regelsaet.er_kladde:
            return "Regelsættet er ikke udgivet endnu. Ret det, som det er."
        nyere = queries.nyeste_version(self.regelsaet)
        return f"Der er en nyere version: {nyere.med_version}. Ret den." if nyere else ""

    def gem(self, form, version):
        return handlinger.begynd_rettelse(bruger=self.request.user, af=self.regelsaet, **form.felter)

    def efter_url(self):
        return regelsaet_url(getattr(self, "gemt", self.regelsaet))


class RetHoved(Rediger):
    form_class = RegelsaethovedForm

    def hent_objekt(self):
        return self.regelsaet

    def titel_tekst(self):
        return f"Ret oplysninger om {self.regelsaet}"

    def i_vejen(self):
        return self.kun_kladde()

    def gem(self, form, version):
        return handlinger.ret_hoved(
            bruger=self.request.user, regelsaet=self.regelsaet, felter=form.felter, set_=form.set_
        )


class RaekkeMixin(Rediger):
    """A row of the kind that the address names."""

    @cached_property
    def slags(self) -> Regelslags:
        fundet = slags_af(self.kwargs["slags"])
        if fundet is None:
            raise Http404("Den slags findes ikke i et regelsæt.")
        return fundet

    @property
    def form_class(self):
        return regelform(self.slags)

    def i_vejen(self):
        return self.kun_kladde()

    def efter_url(self):
        return regelsaet_url(self.regelsaet, self.slags.top.noegle)


class OpretRaekke(RaekkeMixin):
    """`?under=` names the row that it stands under; `?art=` what it is chosen as beforehand."""

    @cached_property
    def kladdested(self) -> str:
        """A draft belongs to the place where the row is to stand."""
        return self.request.get_full_path()

    @cached_property
    def ejer(self):
        if not self.slags.over:
            return self.regelsaet
        under = self.request.GET.get("under", "")
        if not under.isdecimal() or len(under) > 9:
            raise Http404("Vælg, hvor det skal stå.")
        return get_object_or_404(slags_af(self.slags.over).raekker(self.regelsaet), pk=under)

    def hent_objekt(self):
        return self.slags.model(**{self.slags.ejer: self.ejer})

    def formargumenter(self):
        forvalg = {
            felt: self.request.GET[felt] for felt in self.slags.faste if felt in self.request.GET and felt != "noegle"
        }
        if self.slags.noegle == "maal":
            numre = self.slags.raekker(self.regelsaet).values_list("nummer", flat=True)
            forvalg["nummer"] = max(numre, default=0) + 1
        return {"regelsaet": self.regelsaet, "initial": forvalg}

    def titel_tekst(self):
        under = f" under »{self.ejer}«" if self.slags.over else ""
        nyt = "Ny" if self.slags.artikel == "en" else "Nyt"
        return f"{nyt} {self.slags.ental}{under}"

    def gem(self, form, version):
        return handlinger.opret_raekke(
            bruger=self.request.user, regelsaet=self.regelsaet, slags=self.slags, raekke=form.instance
        )


class RetRaekke(RaekkeMixin):
    def hent_objekt(self):
        return get_object_or_404(self.slags.raekker(self.regelsaet), pk=self.kwargs["pk"])

    @cached_property
    def laaste(self) -> frozenset[str]:
        laaste = set(self.slags.faste)
        if handlinger.findes_i_kilden(self.regelsaet, self.slags, self.objekt):
            laaste |= set(self.slags.laaste)
        return frozenset(laaste)

    def formargumenter(self):
        return {"regelsaet": self.regelsaet, "laaste": self.laaste}

    def titel_tekst(self):
        return f"Ret {self.slags.ental}: {self.objekt}"

    def slet_url(self):
        if not self.regelsaet.er_kladde or handlinger.findes_i_kilden(self.regelsaet, self.slags, self.objekt):
            return ""
        return reverse("regelraekke-slet", args=[self.regelsaet.noegle, self.slags.noegle, self.objekt.pk])

    def gem(self, form, version):
        return handlinger.ret_raekke(
            bruger=self.request.user,
            regelsaet=self.regelsaet,
            slags=self.slags,
            raekke=self.objekt,
            felter=form.felter,
            set_=form.set_,
        )


def _kommando(funktion):
    """A POST-only function on a rule set: `f(request, regelsaet, **kwargs) -> url`. A ValidationError is a message."""

    def view(request, regelsaet, **kwargs):
        handlinger.tjek_administrator(request.user)
        fundet = hent_regelsaet(regelsaet)
        try:
            return redirect(funktion(request, fundet, **kwargs))
        except ValidationError as fejl:
            for besked in fejl.messages:
                messages.error(request, besked)
            return redirect(regelsaet_url(fundet))

    return require_POST(view)


def _raekke(regelsaet: Regelsaet, slags: str, pk: int):
    fundet = slags_af(slags)
    if fundet is None:
        raise Http404("Den slags findes ikke i et regelsæt.")
    return fundet, fundet.raekker(regelsaet).filter(pk=pk).first()


def _anker(regelsaet: Regelsaet, slags: Regelslags) -> str:
    return regelsaet_url(regelsaet, slags.top.noegle)


@_kommando
def slet_raekke(request, regelsaet, slags, pk):
    fundet, raekke = _raekke(regelsaet, slags, pk)
    if raekke is None:
        messages.info(request, "Det er allerede slettet.")
    else:
        navn = str(raekke)
        handlinger.slet_raekke(bruger=request.user, regelsaet=regelsaet, slags=fundet, raekke=raekke)
        messages.success(request, f"»{navn}« er taget ud.")
    return _anker(regelsaet, fundet)


@_kommando
def flyt_raekke(request, regelsaet, slags, pk):
    fundet, raekke = _raekke(regelsaet, slags, pk)
    if raekke is not None:
        skridt = -1 if request.POST.get("skridt") == "-1" else 1
        handlinger.flyt_raekke(bruger=request.user, regelsaet=regelsaet, slags=fundet, raekke=raekke, skridt=skridt)
    return _anker(regelsaet, fundet)


@_kommando
def slet_kladde(request, regelsaet):
    handlinger.slet_kladde(bruger=request.user, regelsaet=regelsaet)
    messages.success(request, f"Kladden »{regelsaet}« er slettet.")
    return reverse("regelsaet-liste")


# --- tried and published ----------------------------------------------------------------------------------------------


class Proev(Administrator, TemplateView):
    """The findings of a made-up plan, or what would come and go in one of the person's own. Nothing is saved."""

    template_name = "aftaler/regelsaet/proev.html"

    @cached_property
    def planer(self) -> list[Helhedsplan]:
        return list(Helhedsplan.objects.for_bruger(self.request.user).select_related("regelsaet"))

    def get_context_data(self, **kwargs):
        faste = {"form": ProevForm(planer=self.planer), "opdigtet": None, "flytning": None, "plan": None}
        return super().get_context_data(**faste | kwargs) | self.vej("Prøv regelsættet")

    def post(self, request, *args, **kwargs):
        from aftaler.planfil.opdigtet import proev_opdigtet

        form = ProevForm(request.POST, planer=self.planer)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        valgt = next((p for p in self.planer if p.noegle == form.cleaned_data["plan"]), None)
        if valgt is None:
            udfald = {"opdigtet": proev_opdigtet(self.regelsaet, form.cleaned_data["medfinansiering"])}
        else:
            udfald = {"flytning": proev_flytning(valgt, self.regelsaet), "plan": valgt}
        return self.render_to_response(self.get_context_data(form=form, **udfald))


class Udgiv(Administrator, TemplateView):
    """Asks once, with the list of what is frozen."""

    template_name = "aftaler/regelsaet/udgiv.html"

    def get_context_data(self, **kwargs):
        holdt = queries.indhold(self.regelsaet)
        fund = queries.mangler(holdt)
        fra = self.regelsaet.kopi_af
        return (
            super().get_context_data(**kwargs)
            | self.vej("Udgiv")
            | {
                "antal": holdt.antal,
                "uverificerede": queries.uverificerede(holdt),
                "fejl": [f for f in fund if f.alvor == Alvor.FEJL],
                "oevrige": [f for f in fund if f.alvor != Alvor.FEJL],
                "forskelle": len(queries.forskelle(queries.indhold(fra), holdt)) if fra else None,
                "fra": fra,
                "antal_planer": sum(queries.planer_paa(r) for r in queries.versioner(self.regelsaet)),
            }
        )

    def post(self, request, *args, **kwargs):
        try:
            ny = handlinger.udgiv_regelsaet(bruger=request.user, regelsaet=self.regelsaet)
        except ValidationError as fejl:
            for besked in fejl.messages:
                messages.error(request, besked)
            return redirect(regelsaet_url(self.regelsaet))
        messages.success(request, f"{ny} er udgivet. Planer kan vælge det fra nu af.")
        return redirect(regelsaet_url(ny))


class Regelsaetindlaesning(Administrator, Filindlaesning):
    """It is made as a draft."""

    template_name = "aftaler/regelsaet/indlaes.html"
    form_class = RegelsaetfilForm

    def krummerne(self):
        return krummer((LISTE, reverse("regelsaet-liste")), "Indlæs en regelsætfil")

    def laes(self, navn, data, *, gem):
        from aftaler.planfil.regelsaetfil import Planfil, indlaes_regelsaetfil, proev_regelsaetfil

        return (indlaes_regelsaetfil if gem else proev_regelsaetfil)(bruger=self.request.user, fil=Planfil(navn, data))

    def afvist(self, navn, besked):
        from aftaler.planfil.regelsaetfil import Besked, Regelsaetudkast

        return Regelsaetudkast((Besked(navn, 1, "", besked),))

    def faerdig(self, udkast):
        if udkast.hvad == "oprettet":
            messages.success(self.request, "Regelsættet er indlæst som en kladde.")
        return redirect(reverse("regelsaet-vis", args=[udkast.noegle]))


# --- a plan's version -------------------------------------------------------------------------------------------------


class FlytPlan(PlanMixin, TemplateView):
    """Which version of its rule set the plan is on, and what moving to the latest would change. First it is tried."""

    rettighed = Rettighed.RET
    template_name = "aftaler/regelsaet/flyt.html"

    def krummer(self):
        return [("Indstillinger", reverse("indstillinger", args=[self.plan.noegle])), "Regelsættets version"]

    def get_context_data(self, **kwargs):
        fra, til = self.plan.regelsaet, queries.nyeste_version(self.plan.regelsaet)
        forskelle = queries.forskelle(queries.indhold(fra), queries.indhold(til)) if til else []
        faste = {"flytning": None}
        return super().get_context_data(**faste | kwargs) | {"fra": fra, "til": til, "forskelle": forskelle}

    def post(self, request, *args, **kwargs):
        til = queries.nyeste_version(self.plan.regelsaet)
        if til is None:
            messages.info(request, "Planen er allerede på den nyeste version.")
            return redirect("plan-regelsaet", self.plan.noegle)
        if request.POST.get("til") != til.noegle:
            return self.render_to_response(self.get_context_data(flytning=proev_flytning(self.plan, til)))
        try:
            flyt_plan(bruger=request.user, plan=self.plan, til=til, version=None)
        except ValidationError as fejl:
            for besked in fejl.messages:
                messages.error(request, besked)
            return redirect("plan-regelsaet", self.plan.noegle)
        messages.success(request, f"Planen er flyttet til {til.med_version}.")
        return redirect(f"{reverse('indstillinger', args=[self.plan.noegle])}#planen")
