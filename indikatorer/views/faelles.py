"""What the views of the indicators share: the breadcrumb, the indicator asked for, and who sees what is hidden."""

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property

from aftaler.models import Helhedsplan
from aftaler.views.faelles import Skrivevagt
from helhedsplan.rettigheder import Rettighed
from indikatorer.models import Indikator


def hent_indikator(plan: Helhedsplan, noegle: str) -> Indikator:
    """An indicator of the plan, with the plan at hand."""
    fundet = (
        plan.indikatorer.select_related("fast__maal", "delmaal__delaftale__indsatsomraade", "hele__plan")
        .prefetch_related("maalsti")
        .filter(noegle=noegle)
        .first()
    )
    if fundet is None:
        raise Http404("Planen har ikke den indikator.")
    fundet.plan = plan
    return fundet


class IndikatorMixin(Skrivevagt):
    """Pages under a plan's indicators: breadcrumb by way of the list, and the indicator that the address names."""

    side = ""

    @cached_property
    def indikator(self) -> Indikator:
        return hent_indikator(self.plan, self.kwargs["indikator"])

    @cached_property
    def liste_url(self) -> str:
        return reverse("indikator-liste", args=[self.plan.noegle])

    @property
    def ser_skjulte(self) -> bool:
        return Rettighed.RET in self.plan.rettigheder

    def krummer(self):
        skridt = [("Indikatorer", self.liste_url)]
        if "indikator" in self.kwargs:
            skridt.append((self.indikator.navn, self.indikator.get_absolute_url()))
        return [*skridt, self.titel_tekst()]

    def titel_tekst(self) -> str:
        return self.side
