"""Editions that can be found by title and id."""

from dokumenter.models import Udgave
from helhedsplan.soegning import Soegekilde

KILDER = [
    Soegekilde(
        "Udgave",
        lambda bruger: Udgave.objects.filter(plan__medlemskaber__bruger=bruger).select_related("plan").defer("indhold"),
        ("titel", "dokument_id"),
        str,
        lambda u: u.plan.navn,
        lambda u: u.get_absolute_url(),
    ),
]
