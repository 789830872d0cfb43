"""Milestones, risks and the plan's own goals, edited as whole tables, and the mark that somebody has gone through a
paper."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from aftaler.actions.raekker import ret_planens
from aftaler.models import Helhedsplan
from aftaler.queries.adgang import tjek
from helhedsplan import actions
from helhedsplan.actions import Aendring, laas
from helhedsplan.rettigheder import Rettighed

#: Paper -> (relation that holds its rows, field that says when it was last gone through, if anybody does).
TABELLER = {
    "milepaelsplan": ("planmilepaele", "milepaelsplan_opdateret"),
    "beredskabsplan": ("risici", "beredskabsplan_opdateret"),
    "egne-maal": ("egne_maal", ""),
    "maalovergange": ("maalovergange", ""),
}


def ret_tabel(
    *,
    bruger,
    plan: Helhedsplan,
    papir: str,
    raekker: list[dict],
    version: int | None,
    ekstra: Sequence[Aendring] = (),
) -> bool:
    """Replace the rows of a paper. Who writes a row has not gone through the rest. Raises Versionskonflikt."""
    relation, _ = TABELLER[papir]
    return ret_planens(bruger=bruger, plan=plan, relation=relation, raekker=raekker, version=version, ekstra=ekstra)


@transaction.atomic
def marker_gennemgaaet(*, bruger, plan: Helhedsplan, papir: str, dag: date | None = None) -> bool:
    """Say that the paper has been gone through and stands as it is."""
    tjek(bruger, Rettighed.RET, plan)
    laas(plan)
    relation, felt = TABELLER[papir]
    if not getattr(plan, relation).exists():
        raise ValidationError("Der står ikke noget at gennemgå endnu. Skriv planen først.", code="tom")
    felter = {felt: dag or timezone.localdate()}
    return actions.ret(bruger=bruger, objekt=plan, felter=felter, tilladte=set(felter), handling="gennemgået")
