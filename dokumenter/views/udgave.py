"""One edition: read, fetched, decided on, put in force, withdrawn."""

import mimetypes
import re
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from aftaler.choices import Godkendelsesniveau
from aftaler.views.faelles import PlanMixin, hent_plan, med_ret
from aftaler.views.rediger import PlanRediger
from dokumenter import lager, rules
from dokumenter.actions import udgave as udgaveactions
from dokumenter.blokke import af_billede
from dokumenter.choices import Filart
from dokumenter.forms.udgave import AfgoerelseForm, FrysForm, IkraftForm, OffentliggoerForm, TraekForm
from dokumenter.models import Udgave
from dokumenter.queries import udgave as udgavequeries
from dokumenter.queries.dokumenter import dokument_url
from dokumenter.queries.underskrift import nyeste_fil
from dokumenter.queries.wordskabelon import skabelon_til
from helhedsplan.blokke import tegn
from helhedsplan.pdf import PdfFejl
from helhedsplan.rettigheder import Rettighed

BILLEDE = re.compile(r'src="billede:([0-9a-f]{64})"')


class UdgaveMixin(PlanMixin):
    """For views of one edition of the plan: `self.udgave`."""

    @cached_property
    def udgave(self) -> Udgave:
        udgave = get_object_or_404(Udgave.objects.select_related("retter"), plan=self.plan, pk=self.kwargs["pk"])
        udgave.plan = self.plan
        return udgave

    @cached_property
    def vist(self) -> udgavequeries.Vistudgave:
        return udgavequeries.vist(self.udgave)

    def skridt(self) -> list:
        u = self.udgave
        liste = reverse("dokument-liste", args=[self.plan.noegle])
        return [("Dokumenter", liste), (u.titel, dokument_url(self.plan, u.art, u.emne))]

    def krummer(self):
        return [*self.skridt(), f"Udgave {self.udgave.nummer}"]


class UdgaveVis(UdgaveMixin, TemplateView):
    """The edition as it was frozen: hash, number, date, decisions, and the paper to read."""

    template_name = "dokumenter/udgave.html"

    def get_context_data(self, **kwargs):
        udgave = self.udgave
        return super().get_context_data(**kwargs) | {
            "udgave": udgave,
            "vist": self.vist,
            "afgoerelser": list(udgave.godkendelser.select_related("bestyrelsens__punkt__moede__plan")),
            "underskrivere": list(udgave.underskrivere.select_related("bruger")),
            "filer": egne_filer(udgave),
            "mangler_for_ikraft": rules.mangler_for_ikraft(self.vist.stilling),
            "kan_afgoeres": not udgave.trukket and not udgave.ikraft,
            "dokument_url": dokument_url(self.plan, udgave.art, udgave.emne),
            "wordskabelon": skabelon_til(self.plan, udgave.art),
            "krop": laeseside(self.plan.noegle, udgave),
        }


def laeseside(plan: str, udgave: Udgave) -> SafeString:
    """The paper's own blocks on a page, or why it cannot be read; its pictures come from the edition's copies."""
    try:
        fakta, krop = tegn.laeseside(af_billede(udgaveactions.hent_billede(udgave)), {})
    except PdfFejl as fejl:
        return SafeString(render_to_string("dokumenter/_laesefejl.html", {"besked": str(fejl)}))
    html = render_to_string("dokumenter/_papir.html", {"fakta": fakta, "krop": krop})
    adresse = reverse("udgave-billede", args=[plan, udgave.pk, "0" * 64])
    return mark_safe(BILLEDE.sub(lambda f: f'src="{adresse.replace("0" * 64, f[1])}"', html))  # noqa: S308 -- rendered


def egne_filer(udgave: Udgave) -> dict:
    """What there is to fetch: the digital file, said in words, and the scans of paper signed with ink."""
    alle = list(udgave.filrevisioner.order_by("nummer"))
    return {"digital": nyeste_fil(alle), "scannede": [fil for fil in alle if fil.art == Filart.SCANNET]}


def filsvar(request, udgave: Udgave) -> HttpResponse:
    """The digital file of the edition as it was kept: the issued one, or the one last signed. Never a scan of ink,
    which has links of its own."""
    revision = nyeste_fil(udgave.filrevisioner.order_by("nummer"))
    return gemt_pdf(request, revision.fil.name, revision.sha256, udgave.filnavn)


def gemt_pdf(request, sti: str, maerke: str, filnavn: str) -> HttpResponse:
    """A kept PDF to be read, checked against its hash."""
    try:
        data = lager.hent(sti, maerke)
    except lager.Lagerfejl as fejl:
        besked = {"kode": 409, "overskrift": "Filen kan ikke hentes", "besked": str(fejl)}
        return render(request, "fejl.html", besked, status=409)
    svar = HttpResponse(data, content_type="application/pdf")
    svar["Content-Disposition"] = content_disposition_header(False, filnavn)
    svar["X-Content-Type-Options"] = "nosniff"
    svar["Cache-Control"] = "private, no-cache"
    return svar


def bilagssvar(sti: str, maerke: str, navn: str) -> HttpResponse:
    """A file that somebody handed in, to be saved and not opened. Raises Http404."""
    try:
        svar = HttpResponse(lager.hent(sti, maerke), content_type="application/octet-stream")
    except lager.Lagerfejl as fejl:
        raise Http404(str(fejl)) from None
    svar["Content-Disposition"] = content_disposition_header(True, navn)
    svar["X-Content-Type-Options"] = "nosniff"
    svar["Cache-Control"] = "private, no-cache"
    return svar


@require_safe
def afgoerelse_bilag(request, plan, pk, afgoerelse):
    """The minutes or the letter that a decision stands on."""
    udgave = _hent_udgave(request, plan, pk)
    fundet = get_object_or_404(udgave.godkendelser.exclude(bilag_fil=""), pk=afgoerelse)
    return bilagssvar(fundet.bilag_fil.name, fundet.bilag_sha256, fundet.bilag_navn)


def _hent_udgave(request, plan: str, pk: int, rettighed: Rettighed = Rettighed.SE) -> Udgave:
    fundet = hent_plan(request, plan, rettighed)
    udgave = Udgave.objects.filter(plan=fundet, pk=pk).first()
    if udgave is None:
        raise Http404("Udgaven findes ikke.")
    udgave.plan = fundet
    return udgave


@med_ret(Rettighed.PAPIRER)
@require_safe
def udgave_pdf(request, plan, pk):
    """Who reads no more than the issued papers has it once it is one."""
    udgave = _hent_udgave(request, plan, pk, Rettighed.PAPIRER)
    if Rettighed.SE not in udgave.plan.rettigheder and not udgavequeries.er_udstedt(udgave):
        raise Http404("Udgaven er ikke udstedt.")
    return filsvar(request, udgave)


@require_safe
def udgave_billede(request, plan, pk, sha256):
    """A picture of the edition, by the SHA-256 under which the paper prints it."""
    billeder: dict[str, bytes] = {}
    tegn.laeseside(af_billede(udgaveactions.hent_billede(_hent_udgave(request, plan, pk))), billeder)
    if sha256 not in billeder:
        raise Http404("Billedet findes ikke.")
    type_ = "image/png" if billeder[sha256].startswith(b"\x89PNG") else mimetypes.types_map[".jpg"]
    svar = HttpResponse(billeder[sha256], content_type=type_)
    svar["Cache-Control"] = "private, max-age=86400, immutable"
    return svar


# --- what happens to it ---------------------------------------------------------------------------------------------


class UdgaveRediger(UdgaveMixin, PlanRediger):
    """A step of an edition, each a small form with its own words."""

    rettighed = Rettighed.STYR
    template_name = "dokumenter/trin.html"
    indledning = ""

    def hent_objekt(self) -> Udgave:
        return self.udgave

    def titel_tekst(self):
        return f"{self.titel}: {self.udgave.titel}, udgave {self.udgave.nummer}"

    def krummer(self):
        return [*self.skridt(), (f"Udgave {self.udgave.nummer}", self.udgave.get_absolute_url()), self.titel]

    def efter_url(self):
        return self.udgave.get_absolute_url()

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "udgave": self.udgave,
            "vist": self.vist,
            "indledning": self.indledning,
        }


class Afgoer(UdgaveRediger):
    form_class = AfgoerelseForm
    titel = "Registrér en afgørelse"
    gem_tekst = "Registrér afgørelsen"
    indledning = "Afgørelsen gælder netop den fil, du ser her, og kan ikke ændres bagefter."

    def formargumenter(self):
        niveauer = udgavequeries.niveauer(self.plan)
        return {"niveauer": niveauer, "niveau": self.udgave.niveau, "pdf_sha256": self.udgave.pdf_sha256}

    def i_vejen(self):
        return rules.mangler_for_afgoerelse(self.vist.stilling)

    def gem(self, form, version):
        return udgaveactions.godkend(bruger=self.request.user, udgave=self.udgave, **form.felter | form.bilag)


class SaetIkraft(UdgaveRediger):
    form_class = IkraftForm
    titel = "Sæt i kraft"
    gem_tekst = "Sæt udgaven i kraft"
    indledning = "Fra den dag er det denne udgave, der gælder, til en nyere sættes i kraft, eller planen slutter."

    def i_vejen(self):
        return rules.mangler_for_ikraft(self.vist.stilling)

    def formargumenter(self):
        return {"initial": {"ikraft": max(timezone.localdate(), self.plan.tidligst_dag or date.min)}}

    def gem(self, form, version):
        return udgaveactions.saet_i_kraft(
            bruger=self.request.user,
            udgave=self.udgave,
            dato=form.cleaned_data["ikraft"],
            grund=form.cleaned_data["ikraft_grund"],
            version=version,
        )


class TraekUdgave(UdgaveRediger):
    form_class = TraekForm
    titel = "Træk tilbage"
    gem_tekst = "Træk udgaven tilbage"
    indledning = (
        "Udgaven gælder ikke længere fra i dag, og det kan ikke gøres om. Den bliver liggende og kan stadig læses. "
        "Gjaldt en ældre udgave før den, gælder den igen."
    )

    def i_vejen(self):
        return "Udgaven er allerede trukket tilbage." if self.udgave.trukket else ""

    def gem(self, form, version):
        return udgaveactions.traek(
            bruger=self.request.user, udgave=self.udgave, grund=form.cleaned_data["trukket_grund"], version=version
        )


class RetNiveau(UdgaveRediger):
    rettighed = Rettighed.RET
    form_class = FrysForm
    titel = "Ret, hvem der skal godkende"
    gem_tekst = "Gem"

    def formargumenter(self):
        u = self.udgave
        return {
            "niveauer": sorted({*udgavequeries.niveauer(self.plan), Godkendelsesniveau(u.niveau)}),
            "foreslaaet": u.niveau_foreslaaet,
            "initial": {"niveau": u.niveau, "niveau_begrundelse": u.niveau_begrundelse},
        }

    def gem(self, form, version):
        return udgaveactions.ret_niveau(
            bruger=self.request.user,
            udgave=self.udgave,
            niveau=form.cleaned_data["niveau"],
            begrundelse=form.cleaned_data["niveau_begrundelse"],
            version=version,
        )


class Offentliggoer(UdgaveRediger):
    rettighed = Rettighed.RET
    form_class = OffentliggoerForm
    titel = "Offentliggjort"
    gem_tekst = "Gem"
    indledning = "Hvor andre kan læse udgaven. Det ændrer ikke udgaven."

    def formargumenter(self):
        felter = ("offentliggjort_hvor", "offentliggjort")
        return {"initial": {navn: Udgave._meta.get_field(navn).value_from_object(self.udgave) for navn in felter}}

    def gem(self, form, version):
        return udgaveactions.offentliggoer(
            bruger=self.request.user, udgave=self.udgave, felter=form.felter, version=version
        )
