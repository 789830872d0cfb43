"""Financiers and accounts that can be found; amounts are read in their budget."""

from django.urls import reverse

from aftaler.models.plan import i_planer
from budget.models import Finansieringskilde, Konto
from helhedsplan.rettigheder import Rettighed
from helhedsplan.soegning import Soegekilde

KILDER = [
    Soegekilde(
        "Finansieringskilde",
        lambda bruger: Finansieringskilde.objects.filter(plan__in=i_planer(bruger, Rettighed.BUDGET)).select_related(
            "plan"
        ),
        ("navn",),
        lambda k: k.navn,
        lambda k: k.plan.navn,
        lambda k: reverse("budget-kilder", args=[k.plan.noegle]) + "#kilder",
    ),
    Soegekilde(
        "Konto",
        lambda bruger: Konto.objects.filter(plan__in=i_planer(bruger, Rettighed.BUDGET)).select_related("plan"),
        ("navn",),
        lambda k: k.navn,
        lambda k: k.plan.navn,
        lambda k: reverse("budget-kilder", args=[k.plan.noegle]) + "#konti",
    ),
]
