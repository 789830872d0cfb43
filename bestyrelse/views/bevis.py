"""The auditor's evidence of a year (opfølgningsbevis), as a page and as a paper."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from aftaler.models import Helhedsplan
from aftaler.views.faelles import PlanMixin, hent_plan
from bestyrelse.bevis.dele import Bevis
from bestyrelse.bevis.papir import hent_bevis, tegn
from bestyrelse.bevis.samling import bevisaar


class Opfoelgningsbevis(PlanMixin, TemplateView):
    template_name = "bestyrelse/bevis/vis.html"

    @cached_property
    def bevis(self) -> Bevis:
        return _hent(self.plan, self.kwargs["aar"])

    def krummer(self):
        return [("Bestyrelse", reverse("bestyrelse", args=[self.plan.noegle])), f"Opfølgningsbevis {self.bevis.aar}"]

    def get_context_data(self, **kwargs):
        aar = bevisaar(self.plan, timezone.localdate())
        return super().get_context_data(**kwargs) | {"b": self.bevis, "alle_aar": aar}


def _hent(plan: Helhedsplan, aar: int) -> Bevis:
    try:
        return hent_bevis(plan, aar)
    except ValidationError as fejl:
        raise Http404(" ".join(fejl.messages)) from None


@require_safe
def bevis_pdf(request, plan, aar):
    papir = tegn(_hent(hent_plan(request, plan), aar))
    svar = HttpResponse(papir.data, content_type="application/pdf")
    svar["Content-Disposition"] = f'inline; filename="{papir.filnavn}"'
    svar["Cache-Control"] = "private, no-cache"
    return svar
