"""What of the quarterly status is not put back."""

from django.db import models

from status.choices import Statustilstand
from status.models import Kvartalsstatus, Statuslinje


def kvartalet_er_skrevet(objekt: models.Model) -> list[str]:
    """A quarter has one status, and a frozen one stands as it was read."""
    if isinstance(objekt, Kvartalsstatus):
        andre = Kvartalsstatus.objects.filter(plan=objekt.plan_id, aar=objekt.aar, kvartal=objekt.kvartal)
        if andre.exclude(tilstand=Statustilstand.TRUKKET).exists():
            return [f"{objekt.kvartalet.navn} har fået en anden status siden."]
    if not isinstance(objekt, Statuslinje) or objekt.status.skrives:
        return []
    status = objekt.status
    return [f"{status} er {status.get_tilstand_display().lower()} og kan ikke rettes."]
