"""What commands say of a round of the outbox."""

from django.core.management.base import BaseCommand

from helhedsplan.formats import antal
from helhedsplan.models import Udbakkebrev
from helhedsplan.udbakke import Udfald


def vis_udfald(kommando: BaseCommand, udfald: Udfald) -> str:
    """Tell of what went and, without addresses, of what did not; what to end with when something is wrong, or ''."""
    fejlet = set(udfald.fejlet) - set(udfald.sendt) - set(udfald.opgivet)
    for brev in Udbakkebrev.objects.filter(pk__in=[*fejlet, *udfald.opgivet]).order_by("pk"):
        hvad = "Opgivet" if brev.opgivet else "Ikke sendt"
        kommando.stderr.write(f"{hvad}: brev nr. {brev.pk} til {skjult(brev.til)}. {brev.fejl}")
    kommando.stdout.write(f"{antal(len(udfald.sendt), 'brev', 'breve')} sendt.")
    return f"{antal(len(fejlet), 'brev', 'breve')} kunne ikke sendes og prøves igen." if fejlet else ""


def skjult(adresse: str) -> str:
    """Enough to know it by, for who knows it: what commands say ends in a log."""
    navn, _, vaert = adresse.partition("@")
    return f"{navn[:1]}…@{vaert}"
