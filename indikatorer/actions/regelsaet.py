"""A plan's figures on another version of its rule set: fixed indicators, and the board's follow-up on fixed goals."""

from collections.abc import Callable

from django.core.exceptions import ValidationError

from aftaler.models import Helhedsplan, Regelsaet
from helhedsplan.tilslutninger import Regelsaetfoelger
from indikatorer.models import Indikator, Opfoelgning


def flyt(plan: Helhedsplan, til: Regelsaet, ny: Callable) -> None:
    """Unit, direction and group of an indicator are the plan's own and stay; what was concluded stays as it was."""
    faste = Indikator.objects.filter(plan=plan, fast__isnull=False).select_related("fast")
    fulgte = Opfoelgning.objects.filter(plan=plan).select_related("maal")
    fejl: list[str] = []
    for raekker, felt in ((faste, "fast"), (fulgte, "maal")):
        for raekke in raekker:
            try:
                type(raekke)._default_manager.filter(pk=raekke.pk).update(**{felt: ny(getattr(raekke, felt))})
            except ValidationError as f:
                fejl += f.messages
    if fejl:
        raise ValidationError(list(dict.fromkeys(fejl)))


FOELGER = Regelsaetfoelger(flyt=flyt)
