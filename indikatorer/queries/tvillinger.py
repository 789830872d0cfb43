"""Places of a plan that stand twice under two spellings, as findings."""

from django.urls import reverse

from aftaler.models import Helhedsplan
from helhedsplan.choices import Alvor
from helhedsplan.formats import opremsning
from helhedsplan.fund import Fund
from helhedsplan.tvillinger import EGEN, ens


def stedtvillinger(plan: Helhedsplan) -> list[Fund]:
    return [
        Fund(
            "sted-tvilling",
            Alvor.ADVARSEL,
            f"{opremsning([f'»{s}«' for s in gruppe])} ligner samme sted, skrevet på to måder.",
            reverse("sted-ret", args=[plan.noegle, gruppe[-1].pk]),
            EGEN,
        )
        for gruppe in ens((s, s.navn) for s in plan.steder.order_by("orden", "pk"))
    ]
