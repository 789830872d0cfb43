"""The papers as pages to read, as PDFs, and their pictures."""

from django.http import FileResponse, Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from aftaler.models import Billede
from aftaler.queries import dokument
from aftaler.views.faelles import PlanMixin, hent_delaftale, hent_plan


class VisSamarbejdsaftale(PlanMixin, TemplateView):
    template_name = "aftaler/dokument/samarbejdsaftale.html"

    def krummer(self):
        return ["Samarbejdsaftale"]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"dokument": dokument.samarbejdsaftale(self.plan)}


class DelaftaleListe(PlanMixin, TemplateView):
    """The chosen indsatsområder, each with its delaftale or the way to make one."""

    template_name = "aftaler/dokument/delaftaler.html"

    def krummer(self):
        return ["Delaftaler"]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"linjer": dokument.delaftaleoversigt(self.plan)}


class VisDelaftale(PlanMixin, TemplateView):
    template_name = "aftaler/dokument/delaftale.html"

    def krummer(self):
        return [("Delaftaler", reverse("delaftale-liste", args=[self.plan.noegle])), self.delaftale.indsatsomraade.navn]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "delaftale": self.delaftale,
            "dokument": dokument.delaftale(self.delaftale),
        }


def _pdf(indhold: bytes, filnavn: str) -> HttpResponse:
    svar = HttpResponse(indhold, content_type="application/pdf")
    svar["Content-Disposition"] = f'inline; filename="{filnavn}"'
    svar["Cache-Control"] = "private, no-cache"
    return svar


@require_safe
def samarbejdsaftale_pdf(request, plan):
    from aftaler import pdf

    return _pdf(*pdf.samarbejdsaftale(hent_plan(request, plan)))


@require_safe
def delaftale_pdf(request, plan, omraade):
    from aftaler import pdf

    return _pdf(*pdf.delaftale(hent_delaftale(hent_plan(request, plan), omraade)))


@require_safe
def billede(request, plan, pk):
    """A picture of the plan, for those who may see the plan."""
    fundet = Billede.objects.filter(afsnit__plan=hent_plan(request, plan), pk=pk).first()
    if fundet is None or not fundet.fil.storage.exists(fundet.fil.name):
        raise Http404("Billedet findes ikke.")
    svar = FileResponse(fundet.fil.open("rb"))
    svar["X-Content-Type-Options"] = "nosniff"
    return svar
