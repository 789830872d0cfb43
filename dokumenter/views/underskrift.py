"""Signing an edition: the board, the signatory's own page, and files that come from outside."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from aftaler.choices import Dokumentart
from aftaler.models import Helhedsplan
from aftaler.views.faelles import PlanMixin, hent_plan, plankommando
from aftaler.views.rediger import PlanRediger
from dokumenter import lager
from dokumenter.actions import underskrift as actions
from dokumenter.actions.bilag import Fil
from dokumenter.choices import Filart
from dokumenter.forms.underskrift import ScanForm, TraekScanForm, UnderskriverForm, UnderskrivForm, Uploadform
from dokumenter.models import Filrevision, Udgave, Underskriver
from dokumenter.queries.underskrift import Tavle, huskede, mangler_for_traek, tavle
from dokumenter.underskrift.certifikater import kan_underskrive_i_programmet
from dokumenter.views.udgave import bilagssvar
from helhedsplan.formats import antal, opremsning
from helhedsplan.rettigheder import Rettighed

#: What is signed, as the button says it.
BESTEMT = {
    Dokumentart.SAMARBEJDSAFTALE: "samarbejdsaftalen",
    Dokumentart.DELAFTALE: "delaftalen",
    Dokumentart.BUDGET: "budgettet",
    Dokumentart.MILEPAELSPLAN: "milepælsplanen",
    Dokumentart.BEREDSKABSPLAN: "beredskabsplanen",
    Dokumentart.KOMMISSORIUM: "kommissoriet",
    Dokumentart.ORGANISATIONSDIAGRAM: "organisationsdiagrammet",
    Dokumentart.LAG: "papiret",
}


def hent_udgave(plan: Helhedsplan, pk: int) -> Udgave:
    udgave = get_object_or_404(Udgave.objects.let(), plan=plan, pk=pk)
    udgave.plan = plan
    return udgave


class UnderskriftMixin(PlanMixin):
    """For pages about one edition's signatures: `self.udgave`, and the board as context."""

    side = ""

    @cached_property
    def udgave(self) -> Udgave:
        return hent_udgave(self.plan, self.kwargs["pk"])

    @cached_property
    def tavle(self) -> Tavle:
        return tavle(self.udgave)

    @property
    def tavle_url(self) -> str:
        return reverse("underskrift-tavle", args=[self.plan.noegle, self.udgave.pk])

    def dispatch(self, request, *args, **kwargs):
        self.udgave  # noqa: B018 -- 404 before anything else
        return super().dispatch(request, *args, **kwargs)

    def krummer(self):
        udgave = (str(self.udgave), self.udgave.get_absolute_url())
        return [udgave, ("Underskrifter", self.tavle_url), self.side] if self.side else [udgave, "Underskrifter"]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"udgave": self.udgave, "tavle": self.tavle}


class VisTavle(UnderskriftMixin, TemplateView):
    """Who has signed, who has not, and the files that have come of it."""

    template_name = "dokumenter/underskrift/tavle.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "egen": self.tavle.linje_for(self.request.user),
            "kan_paamindes": any(linje.kan_paamindes for linje in self.tavle.linjer),
        }


class Underskriv(UnderskriftMixin, TemplateView):
    """The signatory's page: read the paper, give the password, sign."""

    rettighed = Rettighed.DELTAG
    template_name = "dokumenter/underskrift/underskriv.html"
    side = "Skriv under"

    def get_context_data(self, **kwargs):
        linje = self.tavle.linje_for(self.request.user)
        kan = linje is not None and not linje.hindring and kan_underskrive_i_programmet()
        form = kwargs.get("form") or (self.lav_form(linje) if kan else None)
        return super().get_context_data(**kwargs) | {
            "linje": linje,
            "form": form,
            "kort_navn": BESTEMT[self.udgave.art],
            "uden_certifikat": not kan_underskrive_i_programmet(),
        }

    def lav_form(self, linje, data=None) -> UnderskrivForm:
        return UnderskrivForm(data, bruger=self.request.user, underskriver=linje.underskriver)

    def post(self, request, *args, **kwargs):
        linje = self.tavle.linje_for(request.user)
        if linje is None:
            return self.render_to_response(self.get_context_data(), status=403)
        form = self.lav_form(linje, request.POST)
        if not form.is_valid():
            return self.vis_igen(form)
        try:
            actions.underskriv(bruger=request.user, underskriver=linje.underskriver)
        except ValidationError as fejl:
            form.tilfoej_fejl(fejl)
            return self.vis_igen(form)
        messages.success(request, f"Du har skrevet under for {linje.underskriver.part_navn}.")
        return redirect(self.tavle_url)

    def vis_igen(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)


class Upload(UnderskriftMixin, PlanRediger):
    """A file that was signed at a service outside."""

    form_class = Uploadform
    template_name = "dokumenter/underskrift/upload.html"
    side = titel = "Upload en fil, der er underskrevet hos en tjeneste"
    gem_tekst = "Upload den underskrevne fil"
    vis_dokument_id = True

    def hent_objekt(self):
        return self.udgave

    def gem(self, form, version):
        felter = form.felter
        return actions.modtag_ekstern(bruger=self.request.user, udgave=self.udgave, **felter | self.fil(felter))

    def fil(self, felter: dict) -> dict:
        return {"data": felter.pop("fil").read()}

    def efter_url(self):
        return self.tavle_url

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"vis_dokument_id": self.vis_dokument_id}


class UploadScan(Upload):
    """A scan of the paper that was signed with ink."""

    form_class = ScanForm
    side = titel = "Upload papiret, der er underskrevet med blæk"
    gem_tekst = "Upload det underskrevne papir"
    # The person reads it on the paper, and so says which edition it is.
    vis_dokument_id = False

    def gem(self, form, version):
        felter = form.felter
        return actions.modtag_scannet(bruger=self.request.user, udgave=self.udgave, **felter | self.fil(felter))


class TraekScan(UnderskriftMixin, PlanRediger):
    """Take back a scan that was a wrong one."""

    form_class = TraekScanForm
    template_name = "dokumenter/underskrift/traek_scan.html"
    side = titel = "Træk det scannede papir tilbage"
    gem_tekst = "Træk papiret tilbage"

    @cached_property
    def fil(self) -> Filrevision:
        return get_object_or_404(self.udgave.filrevisioner, nummer=self.kwargs["nummer"], art=Filart.SCANNET)

    def hent_objekt(self):
        self.fil  # noqa: B018 -- 404 before the form

    def i_vejen(self):
        return mangler_for_traek(self.udgave, self.fil)

    def gem(self, form, version):
        egne = actions.traek_scan(bruger=self.request.user, udgave=self.udgave, fil=self.fil, **form.felter)
        hvem = f" {opremsning([u.part_navn for u in egne])} skal skrive under igen." if egne else ""
        messages.success(self.request, f"Det scannede papir er trukket tilbage.{hvem}")
        return self.fil

    def efter_url(self):
        return self.tavle_url

    def get_context_data(self, **kwargs):
        parter = [x.underskriver.part_navn for x in self.tavle.linjer if x.underskriver.filrevision_id == self.fil.pk]
        return super().get_context_data(**kwargs) | {"fil": self.fil, "parter": opremsning(parter)}


class RetUnderskriver(UnderskriftMixin, PlanRediger):
    """Which account signs for a party, and in what order."""

    form_class = UnderskriverForm
    template_name = "dokumenter/underskrift/underskriver.html"
    gem_tekst = "Gem"

    def hent_objekt(self):
        fundet = get_object_or_404(Underskriver, udgave=self.udgave, pk=self.kwargs["underskriver"])
        fundet.udgave = self.udgave
        return fundet

    def titel_tekst(self):
        return f"Hvem skriver under for {self.objekt.part_navn}?"

    @property
    def side(self):
        return self.objekt.part_navn

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"objekt": self.objekt}

    def formargumenter(self):
        return {"husket": huskede(self.plan).get(self.objekt.part_navn)}

    def gem(self, form, version):
        felter = form.felter
        fil = felter.pop("fil")
        return actions.vaelg_underskriver(
            bruger=self.request.user,
            underskriver=form.instance,
            felter=felter,
            version=version,
            fil=Fil(fil.read(), fil.name) if fil else None,
        )

    def efter_url(self):
        return self.tavle_url


@require_safe
def fuldmagt(request, plan, pk, underskriver):
    """The mandate as it was handed in: saved, not shown as a page of ours."""
    udgave = hent_udgave(hent_plan(request, plan, Rettighed.RET), pk)
    fundet = get_object_or_404(udgave.underskrivere.exclude(fuldmagt_fil=""), pk=underskriver)
    return bilagssvar(fundet.fuldmagt_fil.name, fundet.fuldmagt_sha256, fundet.fuldmagt_filnavn)


@plankommando(Rettighed.RET)
def paamind(request, plan, pk):
    udgave = hent_udgave(plan, pk)
    sendt = actions.paamind(bruger=request.user, udgave=udgave, absolut=request.build_absolute_uri)
    if sendt:
        hvem = opremsning([u.part_navn for u in sendt])
        messages.success(request, f"{antal(len(sendt), 'påmindelse', 'påmindelser')} sendt: {hvem}.")
    else:
        messages.info(request, "Ingen kan påmindes nu. Der sendes højst én påmindelse om dagen til hver.")
    return reverse("underskrift-tavle", args=[plan.noegle, pk])


@require_safe
def fil(request, plan, pk, nummer):
    """One of the edition's files, as it is kept."""
    udgave = hent_udgave(hent_plan(request, plan), pk)
    fundet = get_object_or_404(udgave.filrevisioner, nummer=nummer)
    try:
        data = lager.hent(fundet.fil.name, fundet.sha256)
    except lager.Lagerfejl as fejl:
        raise Http404(str(fejl)) from fejl
    svar = HttpResponse(data, content_type="application/pdf")
    navn = udgave.filnavn.removesuffix(".pdf")
    svar["Content-Disposition"] = f'inline; filename="{navn}-{fundet.art}-{fundet.nummer}.pdf"'
    svar["Cache-Control"] = "private, no-cache"
    return svar
