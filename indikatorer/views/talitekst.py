"""Figures in prose: what the editor can bind to, and the bound figures of a section beside the newest."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from aftaler.models import Afsnit
from aftaler.views.faelles import PlanMixin, hent_plan, plankommando
from helhedsplan.actions import Versionskonflikt
from helhedsplan.rettigheder import Rettighed
from indikatorer.actions.bundnetal import opdater_tal
from indikatorer.queries.bundnetal import afsnitsnavn, bundne, indikatorvalg, ret_url, talforslag, talvalg


@require_safe
def vaelg(request, plan):
    """`?indikator=` gives its figures; without it the indicators, and the figures that `?tekst=` may stand for."""
    fundet = hent_plan(request, plan, Rettighed.RET)
    if indikator := request.GET.get("indikator"):
        return JsonResponse({"tal": talvalg(fundet, indikator)})
    forslag = talforslag(fundet, request.GET.get("tekst", "")[:60])
    return JsonResponse({"indikatorer": indikatorvalg(fundet), "forslag": forslag})


class TalITekst(PlanMixin, TemplateView):
    """The bound figures of a section, and what the newest figures would say."""

    template_name = "indikatorer/tal_i_tekst.html"
    rettighed = Rettighed.RET

    def krummer(self):
        return [(self.afsnit.skabelon.titel, ret_url(self.plan, self.afsnit)), "Tal i teksten"]

    @cached_property
    def afsnit(self) -> Afsnit:
        return get_object_or_404(_afsnit(), plan=self.plan, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        afsnit = self.afsnit
        return super().get_context_data(**kwargs) | {
            "afsnit": afsnit,
            "navn": afsnitsnavn(afsnit),
            "bundne": bundne(self.plan, afsnit),
            "ret_url": ret_url(self.plan, afsnit),
        }


def _afsnit():
    return Afsnit.objects.select_related("skabelon", "plan", "delaftale__indsatsomraade")


@plankommando()
def opdater(request, plan, pk):
    """Put the newest figure in, as it was shown on the page."""
    afsnit = get_object_or_404(_afsnit(), plan=plan, pk=pk)
    sendt = request.POST
    try:
        nyt = opdater_tal(
            bruger=request.user,
            afsnit=afsnit,
            nummer=_helt(sendt.get("nummer", "")),
            henvisning=sendt.get("henvisning", ""),
            ny_henvisning=sendt.get("ny_henvisning", ""),
            version=_helt(sendt.get("version", "")),
        )
    except Versionskonflikt:
        messages.error(request, "En anden har rettet teksten, siden du åbnede siden. Se den igennem, og prøv igen.")
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
    else:
        messages.success(request, f"Der står nu {nyt} i teksten.")
    return reverse("tal-i-tekst", args=[plan.noegle, pk])


def _helt(tekst: str) -> int:
    return int(tekst) if tekst.isascii() and tekst.isdecimal() and len(tekst) < 10 else 0
