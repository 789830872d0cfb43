"""What the check of the plan says of the evidence of the year that runs: the same line as the evidence itself."""

from django.urls import reverse
from django.utils import timezone

from aftaler.models import Helhedsplan
from helhedsplan.choices import Alvor
from helhedsplan.formats import opremsning
from helhedsplan.fund import Fund
from indikatorer.models import Opfoelgning
from indikatorer.rules.kontrol import EGEN
from indikatorer.rules.status import koerer
from moeder.bevis.indhold import bevis, bevisaar


def hovedlinje(plan: Helhedsplan) -> str:
    """What the newest evidence proves, in one line; '' where there is none to be had."""
    i_dag = timezone.localdate()
    aar = bevisaar(plan, i_dag)
    return bevis(plan, aar[0], i_dag).hovedlinje if aar else ""


def bevisfund(plan: Helhedsplan) -> list[Fund]:
    """Follow-ups of this year that somebody has written and nobody can prove, or by minutes that came late only."""
    i_dag = timezone.localdate()
    if not koerer(plan, i_dag) or not Opfoelgning.objects.filter(plan=plan, dato__year=i_dag.year).exists():
        return []
    b = bevis(plan, i_dag.year, i_dag)
    skrevne = [str(m.nummer) for m in b.mangler if m.opfoelgninger]
    sene = [str(m.nummer) for m in b.sene]
    if not (skrevne or sene):
        return []
    besked = b.hovedlinje
    if skrevne:
        besked += f" Det, der er skrevet om mål {opremsning(skrevne)}, kan ikke dokumenteres."
    if sene:
        besked += f" Referatet om mål {opremsning(sene)} er uploadet sent."
    url = reverse("opfoelgningsbevis", args=[plan.noegle, b.aar])
    return [Fund("opfoelgning-udokumenteret", Alvor.ADVARSEL, besked, url, EGEN)]
