"""Edit pages of a plan: the house's edit view with the plan's frame around it."""

from django.core.exceptions import PermissionDenied
from django.forms import ModelMultipleChoiceField
from django.shortcuts import get_object_or_404

from aftaler.actions import raekker as raekkeactions
from aftaler.models import Aktivitet, Delaftale, Helhedsplan
from aftaler.queries.bundnetal import som_alle_ser
from aftaler.views.faelles import PlanMixin, tjek_eget
from helhedsplan.redigering import RedigerView
from helhedsplan.rettigheder import Krav, Rettighed


class PlanRediger(PlanMixin, RedigerView):
    """Edit or create one thing in a plan. Subclasses say which object, which form and where to go after."""

    rettighed: Krav = Rettighed.RET
    template_name = "aftaler/rediger.html"

    def krummer(self):
        return [self.titel_tekst()]

    def slet_url(self) -> str:
        """Where the page's delete button posts; '' for no button."""
        return ""

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"slet_url": self.slet_url()}


def tjek_intet_skjult(plan: Helhedsplan, *tekster: str) -> None:
    """403 for who would write in a text in which a figure is hidden from him."""
    if any(som_alle_ser(plan, tekst) != tekst for tekst in tekster if tekst):
        raise PermissionDenied("Teksten rummer et tal, der er skjult for dig. Bed sekretariatet om at rette den.")


class EgetMixin:
    """For pages that write in one delaftale: also for who writes no more than his own, and has it."""

    rettighed: Krav = Rettighed.RET_EGET

    def dispatch(self, request, *args, **kwargs):
        if Rettighed.RET not in self.plan.rettigheder:
            tjek_eget(self.plan, self.eget())
        return super().dispatch(request, *args, **kwargs)

    def eget(self) -> Delaftale | Aktivitet:
        """What must be the person's own."""
        return self.delaftale

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"maa_eget": True}


class RaekkeRediger(PlanRediger):
    """A row of a plan, written by `aftaler.actions.raekker`; new when it has no pk yet."""

    model: type

    def hent_objekt(self):
        if "pk" in self.kwargs:
            fundet = get_object_or_404(self.model, plan=self.plan, pk=self.kwargs["pk"])
            fundet.plan = self.plan
            return fundet
        return self.model(plan=self.plan)

    def gem(self, form, version):
        valg = {"bruger": self.request.user, "objekt": form.instance, "raekker": form.raekker}
        if form.instance.pk:
            return raekkeactions.ret(felter=form.felter, version=version, **valg)
        m2m = {navn: v for navn, v in form.felter.items() if _er_flervalg(form, navn)}
        return raekkeactions.opret(m2m=m2m, **valg)


def _er_flervalg(form, navn: str) -> bool:
    return isinstance(form.fields.get(navn), ModelMultipleChoiceField)
