"""The decision register, as a page and as a workbook."""

from django.http import HttpResponse
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView
from django_tables2 import RequestConfig

from aftaler.views.faelles import PlanMixin, hent_plan
from bestyrelse.choices import Organ
from bestyrelse.eksport import beslutningsark
from bestyrelse.queries.register import beslutninger, valgte
from bestyrelse.tables import Beslutningstabel
from bestyrelse.views.sammensaetning import bestyrelseskrumme
from indikatorer.eksport import MIME

PR_SIDE = 50


class Beslutningsregister(PlanMixin, TemplateView):
    """Every decision about the plan, narrowed by year and body (`?aar=`, `?organ=`)."""

    template_name = "bestyrelse/register/beslutninger.html"

    @cached_property
    def valg(self) -> tuple[str, str]:
        return _valg(self.request)

    def krummer(self):
        return [bestyrelseskrumme(self.plan), "Beslutninger"]

    def get_context_data(self, **kwargs):
        alle = beslutninger(self.plan)
        aar, organ = self.valg
        tabel = Beslutningstabel(valgte(alle, aar, organ))
        RequestConfig(self.request, paginate={"per_page": PR_SIDE}).configure(tabel)
        return super().get_context_data(**kwargs) | {
            "tabel": tabel,
            "alle_aar": sorted({b.dato.year for b in alle}, reverse=True),
            "organer": [o for o in Organ if any(b.organ == o for b in alle)],
            "aar": aar,
            "organ": organ,
        }


def _valg(request) -> tuple[str, str]:
    """(year, body) of the address; what is no body or no year is as if it were not there."""
    aar, organ = request.GET.get("aar", ""), request.GET.get("organ", "")
    return aar if aar.isascii() and aar.isdecimal() else "", organ if organ in Organ.values else ""


@require_safe
def beslutninger_xlsx(request, plan):
    """What the page shows with the same choices."""
    fundet = hent_plan(request, plan)
    svar = HttpResponse(beslutningsark(valgte(beslutninger(fundet), *_valg(request))), content_type=MIME)
    svar["Content-Disposition"] = f'attachment; filename="beslutninger-{plan}.xlsx"'
    svar["Cache-Control"] = "private, no-cache"
    return svar
