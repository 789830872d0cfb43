"""Indicators and places that can be found; figures are read on their own pages, where the hiding is."""

from django.urls import reverse

from aftaler.models.plan import i_planer
from helhedsplan.rettigheder import Rettighed
from helhedsplan.soegning import Soegekilde
from indikatorer.models import Indikator, Sted

KILDER = [
    Soegekilde(
        "Indikator",
        lambda bruger: Indikator.objects.filter(plan__in=i_planer(bruger, Rettighed.SE_FAG)).select_related("plan"),
        ("navn", "persongruppe"),
        lambda i: i.navn,
        lambda i: i.plan.navn,
        lambda i: i.get_absolute_url(),
    ),
    Soegekilde(
        "Sted, der måles",
        lambda bruger: Sted.objects.filter(plan__in=i_planer(bruger, Rettighed.SE_FAG)).select_related("plan"),
        ("navn",),
        lambda s: s.navn,
        lambda s: s.plan.navn,
        lambda s: reverse("sted-liste", args=[s.plan.noegle]),
    ),
]
