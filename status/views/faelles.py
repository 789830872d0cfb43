"""What the views of the board's room share: the status that the address names, and the breadcrumb."""

import re

from django.core.exceptions import ValidationError
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property

from aftaler.models import Helhedsplan
from aftaler.views.faelles import PlanMixin
from status.models import Kvartalsstatus
from status.rules import Kvartal

NOEGLE = re.compile(r"(\d{4})K([1-4])(?:-([1-9]\d?))?", re.ASCII)


def laes_noegle(noegle: str) -> tuple[Kvartal, int]:
    """'2026K3' and '2026K3-2' -> the quarter and the edition. Raises Http404."""
    fundet = NOEGLE.fullmatch(noegle)
    if not fundet:
        raise Http404("Kvartalet skrives som 2026K3.")
    return Kvartal(int(fundet[1]), int(fundet[2])), int(fundet[3] or 1)


def laes_kvartal(noegle: str) -> Kvartal:
    """A quarter that somebody sent. Raises ValidationError."""
    try:
        return laes_noegle(noegle)[0]
    except Http404 as fejl:
        raise ValidationError(str(fejl)) from None


def hent_status(plan: Helhedsplan, noegle: str) -> Kvartalsstatus:
    """The plan's status of that name, with the plan at hand."""
    kvartal, udgave = laes_noegle(noegle)
    fundet = plan.statusser.filter(aar=kvartal.aar, kvartal=kvartal.nummer, udgave=udgave).first()
    if fundet is None:
        raise Http404(f"Planen har ingen status for {kvartal.navn}.")
    fundet.plan = plan
    return fundet


class StatusMixin(PlanMixin):
    """Pages under a plan's statuses: breadcrumb by way of the list, and the status that the address names."""

    side = ""

    @cached_property
    def status(self) -> Kvartalsstatus:
        return hent_status(self.plan, self.kwargs["kvartal"])

    def kladde(self) -> Kvartalsstatus:
        if not self.status.skrives:
            raise Http404(f"{self.status} er {self.status.get_tilstand_display().lower()} og kan ikke rettes.")
        return self.status

    @cached_property
    def liste_url(self) -> str:
        return reverse("status-liste", args=[self.plan.noegle])

    def url(self, navn: str) -> str:
        return reverse(navn, args=[self.plan.noegle, self.status.noegle])

    def krummer(self):
        skridt = [("Status", self.liste_url), (self.status.kvartalet.navn, self.status.get_absolute_url())]
        return [*skridt, self.titel_tekst()]

    def titel_tekst(self) -> str:
        return self.side
