"""The auditor's evidence of a year (opfølgningsbevis), as a page and as a paper, and the editions that were kept."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from aftaler.models import Helhedsplan
from aftaler.views.faelles import PlanMixin, hent_plan, plankommando, tilbage
from aftaler.views.rediger import PlanRediger
from dokumenter import lager
from helhedsplan.rettigheder import Rettighed
from moeder.actions import bevis as handlinger
from moeder.bevis.dele import Bevis
from moeder.bevis.indhold import bevisaar
from moeder.bevis.papir import NAVN, hent_bevis, tegn
from moeder.bevis.udgaver import bevisudgaver, kan_ikke_laeses, siden_sidst
from moeder.bevis.uploadet import uploadlinjer
from moeder.forms.bevis import UploadReferatForm
from moeder.models import Bevisudgave, UploadetReferat


class Opfoelgningsbevis(PlanMixin, TemplateView):
    template_name = "moeder/bevis/vis.html"

    @cached_property
    def bevis(self) -> Bevis:
        return _hent(self.plan, self.kwargs["aar"])

    def krummer(self):
        return [("Bestyrelse", reverse("bestyrelse", args=[self.plan.noegle])), f"Opfølgningsbevis {self.bevis.aar}"]

    def get_context_data(self, **kwargs):
        aar = bevisaar(self.plan, timezone.localdate())
        udgaver = bevisudgaver(self.plan, self.bevis.aar)
        seneste = udgaver[0].udgave if udgaver else None
        return super().get_context_data(**kwargs) | {
            "b": self.bevis,
            "alle_aar": aar,
            "udgaver": udgaver,
            "seneste": seneste,
            "uploadede": uploadlinjer(self.request.user, self.plan, self.bevis.aar),
            "siden_sidst": (nyt := siden_sidst(self.bevis, seneste)),
            "ulaeselig": (ulaeselig := kan_ikke_laeses(udgaver)),
            "uaendret": seneste is not None and not nyt and not ulaeselig,
        }


def _hent(plan: Helhedsplan, aar: int) -> Bevis:
    try:
        return hent_bevis(plan, aar)
    except ValidationError as fejl:
        raise Http404(" ".join(fejl.messages)) from None


@require_safe
def bevis_pdf(request, plan, aar):
    papir = tegn(_hent(hent_plan(request, plan), aar))
    return _pdf(papir.data, papir.filnavn)


@plankommando()
def lav_udgave(request, plan, aar):
    _hent(plan, aar)
    udgave = handlinger.lav_bevisudgave(bruger=request.user, plan=plan, aar=aar)
    messages.success(request, f"Udgave {udgave.nummer} er gemt. Den ændres ikke. Hent filen, og giv den til revisor.")
    return f"{reverse('opfoelgningsbevis', args=[plan.noegle, aar])}#udgaver"


@require_safe
def udgave_pdf(request, plan, aar, nummer):
    """The file as it was kept, byte for byte."""
    udgave = get_object_or_404(Bevisudgave, plan=hent_plan(request, plan), aar=aar, nummer=nummer)
    try:
        data = lager.hent(udgave.pdf.name, udgave.pdf_sha256)
    except lager.Lagerfejl as fejl:
        raise Http404(str(fejl)) from None
    return _pdf(data, f"{NAVN}-{plan}-{aar}-udgave-{nummer}.pdf")


class UploadReferat(PlanRediger):
    """Minutes of a board meeting that was held outside the program."""

    form_class = UploadReferatForm
    titel, gem_tekst = "Upload et referat", "Gem referatet"
    aar = 0

    def hent_objekt(self):
        return None

    def formargumenter(self):
        return {"plan": self.plan}

    def gem(self, form, version):
        self.aar = form.cleaned_data["dato"].year
        return handlinger.upload_referat(bruger=self.request.user, plan=self.plan, upload=form.upload)

    def efter_url(self):
        """The evidence of the meeting's year, else the newest, else the board's page."""
        kendte = bevisaar(self.plan, timezone.localdate())
        if not kendte:
            return reverse("bestyrelse", args=[self.plan.noegle])
        return reverse("opfoelgningsbevis", args=[self.plan.noegle, self.aar if self.aar in kendte else kendte[0]])

    def krummer(self):
        return [("Bestyrelse", reverse("bestyrelse", args=[self.plan.noegle])), self.titel]


@require_safe
def uploadet_pdf(request, plan, pk):
    """The file, to be saved and not opened: what others have made is not shown as a page of ours."""
    referat = get_object_or_404(UploadetReferat, plan=hent_plan(request, plan), pk=pk)
    try:
        svar = _pdf(lager.hent(referat.pdf.name, referat.pdf_sha256), referat.filnavn)
    except lager.Lagerfejl as fejl:
        raise Http404(str(fejl)) from None
    svar["Content-Disposition"] = content_disposition_header(True, referat.filnavn)
    svar["X-Content-Type-Options"] = "nosniff"
    return svar


@plankommando(Rettighed.DELTAG)
def bekraeft_uploadet(request, plan, pk):
    referat = get_object_or_404(UploadetReferat, plan=plan, pk=pk)
    handlinger.bekraeft_referat(bruger=request.user, referat=referat)
    messages.success(request, "Referatet er bekræftet. Det fremgår af beviset, hvem der har uploadet og bekræftet det.")
    return tilbage(request, plan)


@plankommando()
def traek_uploadet(request, plan, pk):
    referat = get_object_or_404(UploadetReferat, plan=plan, pk=pk)
    handlinger.traek_referat(bruger=request.user, referat=referat)
    messages.success(request, "Referatet er trukket tilbage. Det beviser ikke noget, men det står der stadig.")
    return tilbage(request, plan)


def _pdf(data: bytes, filnavn: str) -> HttpResponse:
    svar = HttpResponse(data, content_type="application/pdf")
    svar["Content-Disposition"] = f'inline; filename="{filnavn}"'
    svar["Cache-Control"] = "private, no-cache"
    return svar
