"""The papers as pages to read, as PDFs, and their pictures."""

import mimetypes

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from aftaler import pdf
from aftaler.models import Billede
from aftaler.queries import dokument
from aftaler.views.faelles import PlanMixin, hent_delaftale, hent_plan
from helhedsplan.pdf import PdfFejl
from helhedsplan.prosa import Fodnoter

#: No section is open for editing on a page that is only read.
AFSNIT_LUKKET = {"aabent": "", "form": None}


class VisSamarbejdsaftale(PlanMixin, TemplateView):
    template_name = "aftaler/dokument/samarbejdsaftale.html"

    def krummer(self):
        return ["Samarbejdsaftale"]

    def get_context_data(self, **kwargs):
        return (
            super().get_context_data(**kwargs)
            | {
                "dokument": dokument.samarbejdsaftale(self.plan),
                "fodnoter": Fodnoter(),
                "delaftale": None,
            }
            | AFSNIT_LUKKET
        )


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
        return (
            super().get_context_data(**kwargs)
            | {
                "delaftale": self.delaftale,
                "dokument": dokument.delaftale(self.delaftale),
                "fodnoter": Fodnoter(),
            }
            | AFSNIT_LUKKET
        )


def _pdf(request, lav, emne) -> HttpResponse:
    """The paper that `lav` makes of it, or a page that says why it cannot be made."""
    try:
        papir = lav(emne)
    except PdfFejl as fejl:
        besked = {"kode": 409, "overskrift": "PDF-filen kan ikke laves", "besked": str(fejl)}
        return render(request, "fejl.html", besked, status=409)
    svar = HttpResponse(papir.data, content_type="application/pdf")
    svar["Content-Disposition"] = f'inline; filename="{papir.filnavn}"'
    svar["Cache-Control"] = "private, no-cache"
    return svar


@require_safe
def samarbejdsaftale_pdf(request, plan):
    return _pdf(request, pdf.samarbejdsaftale, hent_plan(request, plan))


@require_safe
def delaftale_pdf(request, plan, omraade):
    fundet = hent_delaftale(hent_plan(request, plan), omraade)
    return _pdf(request, pdf.delaftale, fundet)


@require_safe
def billede(request, plan, pk):
    """A picture of the plan, for those who may see the plan."""
    fundet = Billede.objects.filter(afsnit__plan=hent_plan(request, plan), pk=pk).first()
    if fundet is None or not fundet.fil.storage.exists(fundet.fil.name):
        raise Http404("Billedet findes ikke.")
    with fundet.fil.open("rb") as fil:
        svar = HttpResponse(fil.read(), content_type=mimetypes.guess_type(fundet.fil.name)[0])
    svar["Cache-Control"] = "private, max-age=3600"
    return svar
