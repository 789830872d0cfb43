"""Make what a plan must measure."""

from django.db import transaction
from django.db.models import Max

from aftaler.models import FastIndikator, Helhedsplan
from aftaler.queries.adgang import tjek
from helhedsplan import actions
from helhedsplan.actions import laas
from helhedsplan.noegler import unik_noegle
from helhedsplan.rettigheder import Rettighed
from indikatorer.choices import Indikatorgruppe
from indikatorer.models import Indikator


@transaction.atomic
def opret_faste(*, bruger, plan: Helhedsplan) -> list[Indikator]:
    """The fixed indicators of the plan's rule set that it lacks, for its chosen indsatsområder (all, when none is).

    Unit, direction and group come from the rule set; they are the plan's own from then on. Run again it makes nothing.
    """
    tjek(bruger, Rettighed.RET, plan)
    laas(plan)
    faste = FastIndikator.objects.filter(maal__indsatsomraade__regelsaet_id=plan.regelsaet_id)
    if valgte := list(plan.indsatsomraader.all()):
        faste = faste.filter(maal__indsatsomraade__in=valgte)
    nye = list(faste.exclude(indikatorer__plan=plan).order_by("maal__nummer", "nummer"))
    egne = Indikator.objects.filter(plan=plan)
    brugte = set(egne.values_list("noegle", flat=True))
    sidste = egne.aggregate(m=Max("orden"))["m"] or 0
    oprettede = []
    for orden, fast in enumerate(nye, sidste + 1):
        noegle = unik_noegle(fast.noegle, brugte)
        brugte.add(noegle)
        fra_regelsaet = {felt: getattr(fast, felt) for felt in ("navn", "enhed", "retning", "persongruppe")}
        objekt = Indikator(
            plan=plan, fast=fast, gruppe=Indikatorgruppe.BASELINE, noegle=noegle, orden=orden, **fra_regelsaet
        )
        oprettede.append(actions.opret(bruger=bruger, objekt=objekt))
    return oprettede
