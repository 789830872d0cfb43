"""Pages that show a plan's indicators: the list, one indicator in full, one figure's own address."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from aftaler.models import Helhedsplan
from aftaler.views.faelles import hent_plan
from helhedsplan.rettigheder import Rettighed
from helhedsplan.sidecache import genbrug
from indikatorer.models import Maaling
from indikatorer.queries.kontrol import accepter, talfund, talfundlinjer
from indikatorer.queries.oversigt import faste_mangler, indikatorside, oversigt, tabelside
from indikatorer.rules.kontrol import Talfund
from indikatorer.views.faelles import IndikatorMixin, hent_indikator


def _talfund(plan: Helhedsplan, *, se_skjulte: bool) -> list[Talfund]:
    hvad = f"talfund {plan.noegle} {timezone.localdate()} {se_skjulte}"
    return genbrug(hvad, [plan.noegle], lambda: talfund(plan, se_skjulte=se_skjulte))


class Indikatorliste(IndikatorMixin, TemplateView):
    """Every indicator with its newest figures, what is wrong with them, and the small pictures."""

    rettighed = Rettighed.SE_FAG
    template_name = "indikatorer/liste.html"

    def krummer(self):
        return ["Indikatorer"]

    def get_context_data(self, **kwargs):
        plan, ser_skjulte = self.plan, self.ser_skjulte
        hvad = f"indikatorer {plan.noegle} {ser_skjulte}"
        return super().get_context_data(**kwargs) | {
            "oversigt": genbrug(hvad, [plan.noegle], lambda: oversigt(plan, se_skjulte=ser_skjulte)),
            "talfundlinjer": talfundlinjer(_talfund(plan, se_skjulte=ser_skjulte)),
            "accepter": list(accepter(plan)) if ser_skjulte else [],
            "faste_mangler": ser_skjulte and faste_mangler(plan).exists(),
        }


class VisIndikator(IndikatorMixin, TemplateView):
    """One indicator: its table, its picture, and how it moves in words."""

    rettighed = Rettighed.SE_FAG
    template_name = "indikatorer/indikator.html"

    def krummer(self):
        return [("Indikatorer", self.liste_url), self.indikator.navn]

    def get_context_data(self, **kwargs):
        nummer = self.request.GET.get("side", "")
        side = indikatorside(
            self.indikator,
            se_skjulte=self.ser_skjulte,
            side=int(nummer) if nummer.isdecimal() and len(nummer) < 6 else 1,
        )
        return super().get_context_data(**kwargs) | {
            "indikator": self.indikator,
            "side": side,
            "billede": side.billede,
            "talfundlinjer": self._hvorfor_skjult() if self.ser_skjulte and side.tabel.har_skjulte else [],
        }

    def _hvorfor_skjult(self):
        fundne = [t for t in _talfund(self.plan, se_skjulte=True) if t.fund.kode == "skjult-mere"]
        return talfundlinjer([t for t in fundne if t.fund.henvisning == self.request.path])


class Steder(IndikatorMixin, TemplateView):
    """The places that the plan measures at."""

    rettighed = Rettighed.SE_FAG
    template_name = "indikatorer/steder.html"
    side = "Steder"

    def get_context_data(self, **kwargs):
        steder = self.plan.steder.select_related("omraade", "afdeling", "kommune").prefetch_related("omraader")
        return super().get_context_data(**kwargs) | {"steder": list(steder)}


@require_safe
def maaling_vis(request, plan, indikator, pk):
    """A figure's own address: those who write come to its form, the others to its place in the table."""
    fundet = hent_plan(request, plan, Rettighed.SE_FAG)
    om = hent_indikator(fundet, indikator)
    maaling = Maaling.objects.filter(indikator=om, pk=pk).first()
    if maaling is None:
        raise Http404("Tallet findes ikke længere.")
    if Rettighed.RET in fundet.rettigheder:
        return redirect(reverse("maaling-ret", args=[plan, indikator, pk]) + "#id_antal")
    side = tabelside(om, maaling.sted_id)
    return redirect(f"{om.get_absolute_url()}{f'?side={side}' if side > 1 else ''}#maaling-{pk}")
