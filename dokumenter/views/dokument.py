"""The list of documents, one document with its editions, and what is in force on a day."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from aftaler.views.faelles import PlanMixin, hent_plan, plankommando
from aftaler.views.rediger import PlanRediger
from dokumenter import beroering
from dokumenter.actions import fase as faseactions
from dokumenter.actions import udgave as udgaveactions
from dokumenter.actions.bilag import Fil
from dokumenter.actions.deltudkast import del_udkast, traek_delt_udkast
from dokumenter.choices import FRYSES, MED_EMNE
from dokumenter.forms.udgave import DelUdkastForm, FrysForm, TraekUdkastForm
from dokumenter.kladdestand import med_kladdestand
from dokumenter.kontrol import for_brede
from dokumenter.models import Deltudkast
from dokumenter.queries import dokumenter as dokumentqueries
from dokumenter.queries import udgave as udgavequeries
from dokumenter.queries.wordskabelon import skabelon_til
from dokumenter.views.udgave import egne_filer, filsvar, gemt_pdf
from helhedsplan.formats import kort_dato, laes_dato
from helhedsplan.pdf import PdfFejl
from helhedsplan.sidecache import genbrug


class DokumentListe(PlanMixin, TemplateView):
    """Every required document, how far it is, and who must act next."""

    template_name = "dokumenter/liste.html"

    def krummer(self):
        return ["Dokumenter"]

    def get_context_data(self, **kwargs):
        linjer = med_kladdestand(self.plan, dokumentqueries.dokumenter(self.plan))
        return super().get_context_data(**kwargs) | {
            "valgte": self.request.GET.getlist("valgt"),
            "linjer": linjer,
            "klar": sum(linje.er_klar for linje in linjer),
            "klar_med_mangler": sum(linje.er_klar and linje.med_mangler for linje in linjer),
            "hule": sum(bool(linje.kladden_hul) for linje in linjer),
            "frosne": sum(bool(linje.aabne) and not linje.er_klar for linje in linjer),
        }


@plankommando()
def skift_fase(request, plan):
    udfoert = faseactions.skift_fase(bruger=request.user, plan=plan, fase=request.POST.get("fase", ""))
    if udfoert:
        messages.success(request, "Planens fase er skiftet.")
    return plan.get_absolute_url()


class DokumentMixin(PlanMixin):
    """For views of one document: `self.art` and `self.emne` from the address; 404 for what there cannot be."""

    @property
    def art(self) -> str:
        return _tjekket(self.kwargs["art"], self.kwargs.get("emne", ""))

    @property
    def emne_(self) -> str:
        return self.kwargs.get("emne", "")

    def adresse(self, urlnavn: str) -> str:
        return reverse(urlnavn, kwargs=self.kwargs)

    def dokumentlinje(self) -> dokumentqueries.Dokumentlinje:
        linje = dokumentqueries.dokument(self.plan, self.art, self.emne_)
        if self.emne_ and not linje.findes and not linje.udgaver and linje.krav is None:
            raise Http404("Planen har ikke det dokument.")
        return linje


def _tjekket(art: str, emne: str) -> str:
    if art not in FRYSES or (art in MED_EMNE) != bool(emne):
        raise Http404("Det dokument findes ikke.")
    return art


#: Where the page of a document leads: name in the template -> URL name.
UNDERSIDER = {
    "gaeldende": "dokument-gaeldende",
    "frys": "udgave-frys",
    "del": "udkast-del",
    "word": "dokument-word",
    "skabelon": "dokument-skabelon",
}


class DokumentVis(DokumentMixin, TemplateView):
    """The editions of one document, what is in force, the draft against it, and open revisions side by side."""

    template_name = "dokumenter/dokument.html"

    def krummer(self):
        return [("Dokumenter", reverse("dokument-liste", args=[self.plan.noegle])), self.linje.navn]

    def get_context_data(self, **kwargs):
        self.linje = self.dokumentlinje()
        noegle = f"dokument {self.request.path} {timezone.localdate()}"
        return (
            super().get_context_data(**kwargs)
            | {"linje": self.linje, "wordskabelon": skabelon_til(self.plan, self.art)}
            | {"delte": list(self.plan.delte_udkast.filter(art=self.art, emne=self.emne_))}
            | {f"{navn}_url": self.adresse(url) for navn, url in UNDERSIDER.items()}
            | genbrug(noegle, [self.plan.noegle], self.om_kladden)
        )

    def om_kladden(self) -> dict:
        """How the draft stands to the newest edition, and where open revisions touch the same."""
        if not self.linje.findes:
            return {"kladde_aendret": None, "kladdefejl": "", "faelles": []}
        try:
            forslag = udgaveactions.forslag(self.plan, self.art, self.emne_)
        except PdfFejl as fejl:
            return {"kladde_aendret": None, "kladdefejl": str(fejl), "faelles": []}
        return {
            "kladde_aendret": not forslag.uaendret,
            "kladdefejl": "",
            "faelles": udgaveactions.faelles_steder(self.linje.aabne, forslag),
        }


class Frys(DokumentMixin, PlanRediger):
    """Freeze the draft as the next edition: what it touches, who must approve it."""

    form_class = FrysForm
    template_name = "dokumenter/frys.html"
    gem_tekst = "Frys udgaven"

    def titel_tekst(self):
        return f"Frys en ny udgave: {self.linje.navn}"

    def krummer(self):
        liste = reverse("dokument-liste", args=[self.plan.noegle])
        return [("Dokumenter", liste), (self.linje.navn, self.linje.vis_url), "Frys en ny udgave"]

    def dispatch(self, request, *args, **kwargs):
        self.plan  # noqa: B018 -- 404 and 403 before anything else
        self.linje = self.dokumentlinje()
        try:
            self.forslag = udgaveactions.forslag(self.plan, self.art, self.emne_)
        except PdfFejl as fejl:
            besked = {"kode": 409, "overskrift": "Udgaven kan ikke fryses", "besked": str(fejl)}
            return render(request, "fejl.html", besked, status=409)
        return super().dispatch(request, *args, **kwargs)

    def formargumenter(self):
        return {
            "niveauer": udgavequeries.niveauer(self.plan),
            "foreslaaet": self.forslag.niveau.niveau,
            "uskrevne": self.forslag.mangler,
        }

    def gem(self, form, version):
        return udgaveactions.frys(
            bruger=self.request.user,
            plan=self.plan,
            art=self.art,
            emne=self.emne_,
            niveau=form.cleaned_data["niveau"],
            begrundelse=form.cleaned_data["niveau_begrundelse"],
            uskrevet=form.cleaned_data.get("uskrevet_begrundelse", ""),
        )

    def efter_url(self):
        gemt = getattr(self, "gemt", None)
        return gemt.get_absolute_url() if gemt else self.linje.vis_url

    def get_context_data(self, **kwargs):
        stoerre = udgavequeries.regler(self.plan).get(beroering.Beroering.STOERRE.value)
        return super().get_context_data(**kwargs) | {
            "linje": self.linje,
            "forslag": self.forslag,
            "uskrevne": self.forslag.mangler,
            "for_brede": for_brede(self.plan, self.forslag.papir),
            "stoerre_kilde": stoerre[1] if stoerre else "",
            "nummer": self.linje.udgaver[0].udgave.nummer + 1 if self.linje.udgaver else 1,
        }


class DelUdkast(DokumentMixin, PlanRediger):
    """Share the draft as it stands, or put in the one that was shared: dated, and kept as it is."""

    form_class = DelUdkastForm
    gem_tekst = "Del udkastet"

    def titel_tekst(self):
        return f"Del et udkast: {self.linje.navn}"

    def krummer(self):
        liste = reverse("dokument-liste", args=[self.plan.noegle])
        return [("Dokumenter", liste), (self.linje.navn, self.linje.vis_url), "Del et udkast"]

    def dispatch(self, request, *args, **kwargs):
        self.plan  # noqa: B018 -- 404 and 403 before anything else
        self.linje = self.dokumentlinje()
        if not self.linje.findes:
            raise Http404("Der er ikke skrevet noget at dele endnu.")
        return super().dispatch(request, *args, **kwargs)

    def gem(self, form, version):
        fil = form.cleaned_data["fil"]
        return del_udkast(
            bruger=self.request.user,
            plan=self.plan,
            art=self.art,
            emne=self.emne_,
            delt_den=form.cleaned_data["delt_den"],
            delt_med=form.cleaned_data["delt_med"],
            fil=Fil(fil.read(), fil.name) if fil else None,
        )

    def efter_url(self):
        return f"{self.linje.vis_url}#delte"


class TraekDeltUdkast(PlanRediger):
    """Say that a shared draft was written in by mistake; it stands, with who and why."""

    form_class = TraekUdkastForm
    template_name = "dokumenter/traek_deltudkast.html"
    gem_tekst = "Træk det tilbage"
    indledning = (
        "Posten bliver stående som trukket tilbage, med dit navn og din grund, og filen bliver liggende. Det kan ikke "
        "gøres om."
    )

    @cached_property
    def delt(self) -> Deltudkast:
        return get_object_or_404(Deltudkast, plan=self.plan, pk=self.kwargs["pk"])

    def titel_tekst(self):
        return f"Træk et delt udkast tilbage: {self.delt.titel}, delt {kort_dato(self.delt.delt_den)}"

    def krummer(self):
        liste = reverse("dokument-liste", args=[self.plan.noegle])
        return [("Dokumenter", liste), (self.delt.titel, self._dokument()), "Træk et delt udkast tilbage"]

    def i_vejen(self):
        return "Det delte udkast er allerede trukket tilbage." if self.delt.trukket else ""

    def gem(self, form, version):
        self.delt.plan = self.plan
        grund = form.cleaned_data["trukket_grund"]
        return traek_delt_udkast(bruger=self.request.user, udkast=self.delt, grund=grund)

    def _dokument(self) -> str:
        return dokumentqueries.dokument_url(self.plan, self.delt.art, self.delt.emne)

    def efter_url(self):
        return f"{self._dokument()}#delte"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"indledning": self.indledning, "delt": self.delt}


@require_safe
def delt_udkast_pdf(request, plan, pk) -> HttpResponse:
    """The very bytes that were shared."""
    fundet = get_object_or_404(Deltudkast, plan=hent_plan(request, plan), pk=pk)
    return gemt_pdf(request, fundet.fil.name, fundet.sha256, fundet.filnavn)


# --- in force -------------------------------------------------------------------------------------------------------


class Gaeldende(DokumentMixin, TemplateView):
    """`?pr=2026-03-31`: the edition in force on that day, or that there is none."""

    template_name = "dokumenter/gaeldende.html"

    def krummer(self):
        liste = reverse("dokument-liste", args=[self.plan.noegle])
        return [("Dokumenter", liste), (self.linje.navn, self.linje.vis_url), "Gældende udgave"]

    def get(self, request, *args, **kwargs):
        kontekst = self.get_context_data(**kwargs)
        return self.render_to_response(kontekst, status=400 if kontekst["datofejl"] else 200)

    def get_context_data(self, **kwargs):
        self.linje = self.dokumentlinje()
        dag, fejl, skrevet = _dag(self.request)
        fundet = udgavequeries.gaeldende(self.plan, self.art, self.emne_, dag) if dag else None
        return super().get_context_data(**kwargs) | {
            "linje": self.linje,
            "dag": dag,
            "datofejl": fejl,
            "skrevet": skrevet,
            "udgave": fundet,
            "filer": egne_filer(fundet) if fundet else None,
            "pdf_url": f"{self.adresse('dokument-gaeldende-pdf')}?pr={dag}" if fundet else "",
        }


def _dag(request):
    """(day or None, why not, what to show in the field); today when nothing is asked."""
    tekst = request.GET.get("pr", "").strip()[:40]
    if not tekst:
        i_dag = timezone.localdate()
        return i_dag, "", kort_dato(i_dag)
    try:
        return laes_dato(tekst), "", tekst
    except ValueError as fejl:
        return None, str(fejl), tekst


@require_safe
def gaeldende_pdf(request, plan, art, emne="") -> HttpResponse:
    """The file of the edition in force on `?pr=`."""
    fundet = hent_plan(request, plan)
    dag, fejl, _ = _dag(request)
    if fejl:
        return render(
            request, "fejl.html", {"kode": 400, "overskrift": "Datoen kan ikke læses", "besked": fejl}, status=400
        )
    udgave = udgavequeries.gaeldende(fundet, _tjekket(art, emne), emne, dag)
    if udgave is None:
        raise Http404("Ingen udgave af dokumentet gælder den dag.")
    return filsvar(request, udgave)
