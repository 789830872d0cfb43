"""Financiers and accounts that can be found; amounts are read in their budget."""

from django.urls import reverse

from budget.models import Finansieringskilde, Konto
from helhedsplan.soegning import Soegekilde

KILDER = [
    Soegekilde(
        "Finansieringskilde",
        lambda bruger: Finansieringskilde.objects.filter(plan__medlemskaber__bruger=bruger).select_related("plan"),
        ("navn",),
        lambda k: k.navn,
        lambda k: k.plan.navn,
        lambda k: reverse("budget-kilder", args=[k.plan.noegle]) + "#kilder",
    ),
    Soegekilde(
        "Konto",
        lambda bruger: Konto.objects.filter(plan__medlemskaber__bruger=bruger).select_related("plan"),
        ("navn",),
        lambda k: k.navn,
        lambda k: k.plan.navn,
        lambda k: reverse("budget-kilder", args=[k.plan.noegle]) + "#konti",
    ),
]
