"""The bins: a plan's, for who writes it, and that of whole plans and what plans share, for administrators."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView

from aftaler.actions import papirkurv as handlinger
from aftaler.models import Helhedsplan
from aftaler.queries import papirkurv
from aftaler.queries.adgang import INGEN_RET
from aftaler.views.faelles import PlanMixin, krummer, plankommando
from helhedsplan.bekraeftelse import bekraeft_url, nylig
from helhedsplan.models import Slettet
from helhedsplan.papirkurv import KanIkkeGendannes, kan_ikke
from helhedsplan.rettigheder import SKRIVERETTER, Rettighed

PR_SIDE = 30


def _side(request, slettede) -> dict:
    side = Paginator(slettede.defer("raekker").select_related("bruger"), PR_SIDE).get_page(request.GET.get("side"))
    return {"side": side, "linjer": papirkurv.linjer(side)}


class Planpapirkurv(PlanMixin, TemplateView):
    template_name = "aftaler/plan/papirkurv.html"
    rettighed = SKRIVERETTER

    def krummer(self):
        over = [("Indstillinger", reverse("indstillinger", args=[self.plan.noegle]))]
        return [*(over if Rettighed.SE in self.plan.rettigheder else []), "Papirkurv"]

    def get_context_data(self, **kwargs):
        slettede = papirkurv.i_planens(self.plan, self.request.user)
        return super().get_context_data(**kwargs) | _side(self.request, slettede)


@plankommando(SKRIVERETTER)
def gendan(request, plan, pk):
    """One click; what cannot be put back is said on the bin's own page."""
    kurven = reverse("plan-papirkurv", args=[plan.noegle])
    slettet = papirkurv.i_planens(plan, request.user).filter(pk=pk).first()
    if slettet is None:
        get_object_or_404(Slettet, pk=pk, plan_nr=plan.pk, personlig=False)
        raise PermissionDenied(INGEN_RET)
    if slettet.objekt_type in handlinger.RETTIGHEDER and not nylig(request):
        return bekraeft_url(request, kurven)
    try:
        if slettet.personlig:
            sted = handlinger.gendan_kladde(bruger=request.user, slettet=slettet)
            messages.success(request, "Kladden er gendannet. Gem den, hvis teksten skal stå i planen.")
            return sted if sted.startswith(plan.get_absolute_url()) and "//" not in sted else kurven
        objekt = handlinger.gendan(bruger=request.user, plan=plan, slettet=slettet)
    except KanIkkeGendannes as fejl:
        messages.error(request, kan_ikke(fejl))
        return kurven
    messages.success(request, f"»{objekt}« er gendannet.")
    return kurven


class Faellespapirkurv(TemplateView):
    template_name = "aftaler/papirkurv.html"

    def dispatch(self, request, *args, **kwargs):
        if not request.user.er_administrator:
            raise PermissionDenied("Kun en administrator kan se, hvilke planer der er slettet.")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        faelles = {"broedkrumme": krummer("Papirkurv")}
        return super().get_context_data(**kwargs) | faelles | _side(self.request, papirkurv.i_den_faelles())


@require_POST
def gendan_faelles(request, pk):
    if not request.user.er_administrator:
        raise PermissionDenied("Kun en administrator kan gendanne hele planer.")
    if not nylig(request):  # a plan comes back with all who had access to it
        return redirect(bekraeft_url(request, reverse("papirkurv")))
    slettet = get_object_or_404(papirkurv.i_den_faelles(), pk=pk)
    try:
        objekt = handlinger.gendan_faelles(bruger=request.user, slettet=slettet)
    except KanIkkeGendannes as fejl:
        messages.error(request, kan_ikke(fejl))
    else:
        slags = "Planen" if isinstance(objekt, Helhedsplan) else ""
        messages.success(request, f"{slags} »{objekt}« er gendannet.".strip())
    return redirect("papirkurv")
