"""Milestones, risks, terms of reference, organisation diagram, and attachments."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from aftaler import pdf
from aftaler.actions import bilag as bilagsactions
from aftaler.actions import papirer as papiractions
from aftaler.actions import raekker as raekkeactions
from aftaler.choices import Afsnitsart, Bilagsart, Dokumentart, Dokumenttype
from aftaler.forms import (
    BilagForm,
    EgetMaalFormset,
    NytBilagForm,
    OmtaltpapirForm,
    PlanmilepaelFormset,
    RisikoFormset,
    TabelForm,
)
from aftaler.models import Bilag, Helhedsplan, Lag, Omtaltpapir
from aftaler.queries import papirer
from aftaler.queries.plandele import skabelonen
from aftaler.views.afsnit import RetAfsnit
from aftaler.views.dokument import Dokumentside, papirsvar
from aftaler.views.faelles import PlanMixin, hent_plan, plankommando
from aftaler.views.rediger import PlanRediger, RaekkeRediger


class Papirside(Dokumentside):
    """A paper beside the agreements, to read. `art` is its key in `papirer.PAPIRER`."""

    template_name = "aftaler/dokument/papir.html"
    art: Dokumentart
    ret_url = ""
    gennemgang_url = ""
    hent_url = ""

    def krummer(self):
        return [self.art.label]

    def emne(self):
        noegle = self.plan.noegle
        tabel = papiractions.TABELLER.get(self.art.value)
        return {
            "titel": self.art.label,
            "pdf_url": reverse("papir-pdf", args=[noegle, self.art.value]),
            "hent_url": reverse(self.hent_url, args=[noegle]) if self.hent_url else "",
            "ret_url": reverse(self.ret_url, args=[noegle]) if self.ret_url else "",
            "gennemgang_url": reverse(self.gennemgang_url, args=[noegle]) if self.gennemgang_url else "",
            "gennemgaaet": getattr(self.plan, tabel[1]) if tabel else None,
        }

    def lav_dokument(self, *, se_skjulte):
        return papirer.PAPIRER[self.art.value](self.plan)


class VisMilepaelsplan(Papirside):
    art, ret_url, gennemgang_url = Dokumentart.MILEPAELSPLAN, "milepaelsplan-ret", "milepaelsplan-gennemgaaet"
    hent_url = "milepaelsplan-hent"


class VisBeredskabsplan(Papirside):
    art, ret_url, gennemgang_url = Dokumentart.BEREDSKABSPLAN, "beredskabsplan-ret", "beredskabsplan-gennemgaaet"
    hent_url = "beredskabsplan-hent"


class VisKommissorium(Papirside):
    art = Dokumentart.KOMMISSORIUM


class VisOrganisationsdiagram(Papirside):
    art, ret_url = Dokumentart.ORGANISATIONSDIAGRAM, "indstillinger"


class VisLag(Papirside):
    """The paper of what is agreed on top of the plan."""

    art = Dokumentart.LAG

    @cached_property
    def lag(self) -> Lag:
        fundet = papirer.hent_lag(self.plan, self.kwargs["lag"])
        if fundet is None:
            raise Http404("Planen har ikke den forlængelse eller det tillæg.")
        return fundet

    def krummer(self):
        return [("Indstillinger", f"{reverse('indstillinger', args=[self.plan.noegle])}#lag"), self.lag.navn]

    def emne(self):
        noegle = self.plan.noegle
        ret = "" if self.lag.laast else reverse("lag-ret", args=[noegle, self.lag.pk])
        return super().emne() | {
            "titel": self.lag.navn,
            "pdf_url": reverse("lag-pdf", args=[noegle, self.lag.noegle]),
            "ret_url": ret,
            "penge_url": f"{reverse('budget-opret', args=[noegle])}?lag={self.lag.noegle}",
        }

    def lav_dokument(self, *, se_skjulte):
        return papirer.laget(self.lag)


@require_safe
def lag_pdf(request, plan, lag):
    fundet = papirer.hent_lag(hent_plan(request, plan), lag)
    if fundet is None:
        raise Http404("Planen har ikke den forlængelse eller det tillæg.")
    return papirsvar(request, lambda et, af: pdf.papir(papirer.laget(et), af=af), fundet)


@require_safe
def papir_pdf(request, plan, papir):
    fundet = hent_plan(request, plan)
    if papir not in papirer.PAPIRER:
        raise Http404("Det papir findes ikke.")
    return papirsvar(request, lambda p, af: pdf.papir(papirer.PAPIRER[papir](p), af=af), fundet)


# --- tables ---------------------------------------------------------------------------------------------------------


class RetTabel(PlanRediger):
    """The rows of a paper, all on one page."""

    form_class = TabelForm
    art: Dokumentart

    @property
    def papir(self) -> str:
        return self.art.value

    def hent_objekt(self) -> Helhedsplan:
        return self.plan

    def titel_tekst(self):
        return f"Ret {self.art.label.lower()}en"

    def gem(self, form, version):
        (raekker,) = form.raekker.values()
        return papiractions.ret_tabel(
            bruger=self.request.user, plan=form.instance, papir=self.papir, raekker=raekker, version=version
        )

    def efter_url(self):
        return reverse(f"{self.art.value}-vis", args=[self.plan.noegle])

    def krummer(self):
        return [(self.art.label, self.efter_url()), self.titel_tekst()]


class RetMilepaelsplan(RetTabel):
    art = Dokumentart.MILEPAELSPLAN
    raekker = {"planmilepaele": PlanmilepaelFormset}
    gem_tekst = "Gem milepælsplanen"


class RetBeredskabsplan(RetTabel):
    art = Dokumentart.BEREDSKABSPLAN
    raekker = {"risici": RisikoFormset}
    gem_tekst = "Gem beredskabsplanen"


class RetEgneMaal(RetTabel):
    """The plan's own overall goals, which stand in the samarbejdsaftale's section of goals."""

    papir = "egne-maal"
    raekker = {"egne_maal": EgetMaalFormset}
    titel = "Ret planens egne mål"
    gem_tekst = "Gem målene"

    def titel_tekst(self):
        return self.titel

    def efter_url(self):
        hvor = (Dokumenttype.SAMARBEJDSAFTALE, Afsnitsart.MAAL_OG_INDIKATORER)
        afsnit = next((f"#{s.noegle}" for s in skabelonen(self.plan) if (s.dokument, s.art) == hvor), "")
        return f"{reverse('samarbejdsaftale-vis', args=[self.plan.noegle])}{afsnit}"

    def krummer(self):
        return [("Samarbejdsaftale", self.efter_url()), self.titel]


@plankommando()
def milepaelsplan_gennemgaaet(request, plan):
    return _gennemgaaet(request, plan, Dokumentart.MILEPAELSPLAN)


@plankommando()
def beredskabsplan_gennemgaaet(request, plan):
    return _gennemgaaet(request, plan, Dokumentart.BEREDSKABSPLAN)


def _gennemgaaet(request, plan: Helhedsplan, art: Dokumentart) -> str:
    papiractions.marker_gennemgaaet(bruger=request.user, plan=plan, papir=art.value)
    messages.success(request, f"{art.label}en står som gennemgået i dag.")
    return reverse(f"{art.value}-vis", args=[plan.noegle])


class RetKommissorium(RetAfsnit):
    """One section of the board's terms of reference, open in its place."""

    template_name = "aftaler/dokument/papir.html"
    dokumenttype = Dokumenttype.KOMMISSORIUM

    def krummer(self):
        return [("Kommissorium", reverse("kommissorium-vis", args=[self.plan.noegle])), self.titel_tekst()]

    def efter_url(self):
        return f"{reverse('kommissorium-vis', args=[self.plan.noegle])}#{self.kwargs['afsnit']}"

    def billede_url(self):
        return ""

    def hent_url(self):
        return reverse("kommissoriumafsnit-hent", args=[self.plan.noegle, self.kwargs["afsnit"]])

    def laes_dokument(self):
        return papirer.kommissorium(self.plan)

    def sidens_kontekst(self, **kwargs):
        pdf_url = reverse("papir-pdf", args=[self.plan.noegle, "kommissorium"])
        kontekst = {"pdf_url": pdf_url, "ret_url": "", "gennemgang_url": "", "gennemgaaet": None}
        return super().sidens_kontekst(**kwargs) | kontekst


# --- attachments ----------------------------------------------------------------------------------------------------


class BilagListe(PlanMixin, TemplateView):
    template_name = "aftaler/plan/bilag.html"

    def krummer(self):
        return ["Bilag"]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "bilag": list(self.plan.bilag.all()),
            "omtalte": list(self.plan.omtalte_papirer.all()),
        }


class RetBilag(PlanRediger):
    form_class = BilagForm
    titel = "Ret bilag"

    def hent_objekt(self):
        return get_object_or_404(Bilag, plan=self.plan, pk=self.kwargs["pk"])

    def gem(self, form, version):
        return bilagsactions.ret_bilag(bruger=self.request.user, bilag=form.instance, felter=form.felter)

    def efter_url(self):
        return reverse("bilag-liste", args=[self.plan.noegle])

    def krummer(self):
        return [("Bilag", self.efter_url()), self.titel]

    def slet_url(self):
        return reverse("bilag-slet", args=[self.plan.noegle, self.objekt.pk]) if self.objekt.pk else ""


class OpretBilag(RetBilag):
    form_class = NytBilagForm
    titel = "Læg et bilag ind"
    gem_tekst = "Læg bilaget ind"

    def hent_objekt(self):
        """Called and sorted as the page that led here says."""
        spurgt = self.request.GET
        art = spurgt.get("art", "")
        for fil in papirer.kraevede_filer(self.plan) if "papir" in spurgt else ():
            if fil.noegle == spurgt["papir"]:
                return Bilag(plan=self.plan, art=Bilagsart.ANDET, titel=fil.navn[:200], papir=fil.noegle)
        if art not in Bilagsart.values:
            return Bilag(plan=self.plan)
        return Bilag(plan=self.plan, art=art, titel=spurgt.get("titel", "")[:200])

    def gem(self, form, version):
        filnavn, indhold = form.cleaned_data["fil"]
        return bilagsactions.opret_bilag(
            bruger=self.request.user,
            plan=self.plan,
            art=form.cleaned_data["art"],
            titel=form.cleaned_data["titel"],
            papir=form.cleaned_data.get("papir", ""),
            indhold=indhold,
            filnavn=filnavn,
            **{navn: v for navn, v in form.felter.items() if navn in bilagsactions.FORTALT},
        )


@plankommando()
def slet_bilag(request, plan, pk):
    bilag = get_object_or_404(Bilag, plan=plan, pk=pk)
    bilagsactions.slet_bilag(bruger=request.user, bilag=bilag)
    messages.success(request, f"»{bilag}« er slettet.")
    return reverse("bilag-liste", args=[plan.noegle])


class RetOmtaltpapir(RaekkeRediger):
    """A paper that is known by its name."""

    model, form_class = Omtaltpapir, OmtaltpapirForm
    titel = "Ret papir kendt ved navn"

    def efter_url(self):
        return reverse("bilag-liste", args=[self.plan.noegle])

    def krummer(self):
        return [("Bilag", self.efter_url()), self.titel]

    def slet_url(self):
        return reverse("omtaltpapir-slet", args=[self.plan.noegle, self.objekt.pk]) if self.objekt.pk else ""


class OpretOmtaltpapir(RetOmtaltpapir):
    titel = "Tilføj et papir kendt ved navn"
    gem_tekst = "Tilføj papiret"


@plankommando()
def slet_omtaltpapir(request, plan, pk):
    papir = get_object_or_404(Omtaltpapir, plan=plan, pk=pk)
    raekkeactions.slet(bruger=request.user, objekt=papir)
    messages.success(request, f"»{papir}« er slettet.")
    return reverse("bilag-liste", args=[plan.noegle])


@require_safe
def hent_bilag(request, plan, pk):
    """The file, to be saved and not opened: what others have made is not shown as a page of ours."""
    bilag = Bilag.objects.filter(plan=hent_plan(request, plan), pk=pk).first()
    if bilag is None or not bilag.fil.storage.exists(bilag.fil.name):
        raise Http404("Bilaget findes ikke.")
    with bilag.fil.open("rb") as fil:
        svar = HttpResponse(fil.read(), content_type=bilag.indholdstype)
    svar.headers["Content-Disposition"] = content_disposition_header(True, bilag.filnavn)
    svar.headers["X-Content-Type-Options"] = "nosniff"
    svar.headers["Cache-Control"] = "private, no-cache"
    return svar
