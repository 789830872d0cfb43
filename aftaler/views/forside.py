import logging

from django.views.generic import ListView, TemplateView

from aftaler.models import Helhedsplan
from aftaler.queries.adgang import kan_oprette_plan, planer_uden_leder
from aftaler.queries.klokke import det_der_venter
from aftaler.queries.overblik import VENTENDE_HOEJST
from aftaler.tables import Plantabel
from aftaler.views.faelles import krummer
from helhedsplan import aabnet, tabeller
from helhedsplan.rettigheder import ADMINISTRATOR, RETTIGHEDER, ROLLER
from helhedsplan.soegning import FUND_HOEJST, soeg

PLANER_PR_SIDE = 20

logger = logging.getLogger(__name__)


class Forside(TemplateView):
    """What waits for the person, and their plans."""

    template_name = "aftaler/forside.html"

    def get_context_data(self, **kwargs):
        alle = Helhedsplan.objects.for_bruger(self.request.user, None).prefetch_related("lag")
        planer = alle.filter(arkiveret__isnull=True).select_related("regelsaet")
        venter = det_der_venter(self.request.user, aabnet.aabnede(self.request))
        return super().get_context_data(**kwargs) | {
            "tabel": tabeller.vis(self.request, Plantabel(planer), PLANER_PR_SIDE),
            "arkiverede": list(alle.filter(arkiveret__isnull=False)),
            "venter": venter[:VENTENDE_HOEJST],
            "venter_ogsaa": venter[VENTENDE_HOEJST:],
            "klokke": len(venter),
            "maa_oprette": kan_oprette_plan(self.request.user),
            "uden_leder": planer_uden_leder().count() if self.request.user.er_administrator else 0,
        }


class Klokke(TemplateView):
    """How many things wait for the person, as the bell says it: asked for by a page that did not know."""

    template_name = "_klokke_antal.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"antal": self._antal()}

    def _antal(self) -> int | None:
        """None when it cannot be told: a fault in one room is said in the log, and not on every page."""
        try:
            return len(det_der_venter(self.request.user, aabnet.aabnede(self.request)))
        except Exception:
            logger.exception("The bell could not be counted for user %s", self.request.user.pk)
            return None


class Soeg(ListView):
    template_name = "aftaler/soeg.html"
    context_object_name = "fundne"

    def get_queryset(self):
        self.ord = self.request.GET.get("q", "")[:200]
        return soeg(self.request.user, self.ord)

    def get_context_data(self, **kwargs):
        fundne = list(self.object_list)
        return super().get_context_data(**kwargs) | {
            "hele": [f for f in fundne if f.helt],
            "dele": [f for f in fundne if not f.helt],
            "ord": self.ord.strip(),
            "broedkrumme": krummer("Søg"),
            "hoejst": FUND_HOEJST,
        }


class Roller(TemplateView):
    """What each role may do, made from the data that the program asks: rights down, roles across."""

    template_name = "aftaler/roller.html"

    def get_context_data(self, **kwargs):
        raekker = [
            (raekke, [(rolle, rettighed in rolle.rettigheder) for rolle in ROLLER.values()])
            for rettighed, raekke in RETTIGHEDER.items()
        ]
        return super().get_context_data(**kwargs) | {
            "roller": ROLLER.values(),
            "raekker": raekker,
            "administrator": ADMINISTRATOR,
            "broedkrumme": krummer("Roller"),
        }
