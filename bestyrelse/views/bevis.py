"""The auditor's evidence of a year (opfølgningsbevis), as a page and as a paper, and the editions that were kept."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from aftaler.models import Helhedsplan
from aftaler.views.faelles import PlanMixin, hent_plan, plankommando
from bestyrelse.actions.bevis import lav_bevisudgave
from bestyrelse.bevis.dele import Bevis
from bestyrelse.bevis.papir import NAVN, hent_bevis, tegn
from bestyrelse.bevis.samling import bevisaar
from bestyrelse.bevis.udgaver import bevisudgaver, siden_sidst
from bestyrelse.models import Bevisudgave
from dokumenter import lager


class Opfoelgningsbevis(PlanMixin, TemplateView):
    template_name = "bestyrelse/bevis/vis.html"

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
            "siden_sidst": (nyt := siden_sidst(self.bevis, seneste)),
            "uaendret": seneste is not None and not nyt,
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
    udgave = lav_bevisudgave(bruger=request.user, plan=plan, aar=aar)
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


def _pdf(data: bytes, filnavn: str) -> HttpResponse:
    svar = HttpResponse(data, content_type="application/pdf")
    svar["Content-Disposition"] = f'inline; filename="{filnavn}"'
    svar["Cache-Control"] = "private, no-cache"
    return svar
