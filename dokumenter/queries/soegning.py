"""Editions that can be found by title and id."""

from aftaler.models.plan import i_planer
from dokumenter.models import Udgave
from helhedsplan.soegning import Soegekilde

KILDER = [
    Soegekilde(
        "Udgave",
        lambda bruger: Udgave.objects.filter(plan__in=i_planer(bruger)).select_related("plan").defer("indhold"),
        ("titel", "dokument_id"),
        str,
        lambda u: u.plan.navn,
        lambda u: u.get_absolute_url(),
    ),
]
