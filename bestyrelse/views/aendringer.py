"""The change register, as a page and as a workbook."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView
from django_tables2 import RequestConfig

from aftaler.views.faelles import PlanMixin, hent_plan
from bestyrelse.choices import Aendringsart
from bestyrelse.eksport import aendringsark
from bestyrelse.queries.aendringer import aendringer, valgte
from bestyrelse.tables import Aendringstabel
from indikatorer.eksport import MIME

PR_SIDE = 50


class Aendringsregister(PlanMixin, TemplateView):
    """Every change of the plan's papers, narrowed by year and kind (`?aar=`, `?art=`)."""

    template_name = "bestyrelse/aendringer.html"

    @cached_property
    def valg(self) -> tuple[str, str]:
        return _valg(self.request)

    def krummer(self):
        return [("Bestyrelse", reverse("bestyrelse", args=[self.plan.noegle])), "Ændringer"]

    def get_context_data(self, **kwargs):
        alle = aendringer(self.plan)
        aar, art = self.valg
        tabel = Aendringstabel(valgte(alle, aar, art))
        RequestConfig(self.request, paginate={"per_page": PR_SIDE}).configure(tabel)
        return super().get_context_data(**kwargs) | {
            "tabel": tabel,
            "alle_aar": sorted({a.dato.year for a in alle}, reverse=True),
            "arter": [a for a in Aendringsart if any(fundet.art == a for fundet in alle)],
            "aar": aar,
            "art": art,
        }


def _valg(request) -> tuple[str, str]:
    """(year, kind) of the address; what is no kind or no year is as if it were not there."""
    aar, art = request.GET.get("aar", ""), request.GET.get("art", "")
    return aar if aar.isascii() and aar.isdecimal() else "", art if art in Aendringsart.values else ""


@require_safe
def aendringer_xlsx(request, plan):
    """What the page shows with the same choices."""
    fundet = hent_plan(request, plan)
    svar = HttpResponse(aendringsark(valgte(aendringer(fundet), *_valg(request))), content_type=MIME)
    svar["Content-Disposition"] = f'attachment; filename="aendringer-{plan}.xlsx"'
    svar["Cache-Control"] = "private, no-cache"
    return svar
