"""The plan that a command is given by its noegle, and all of them."""

import difflib
from collections.abc import Iterator

from django.core.management.base import CommandError

from aftaler.models import Helhedsplan
from aftaler.planfil import skriv_plan


def valgt_plan(noegle: str) -> Helhedsplan:
    """Raises CommandError with the nearest known keys when there is no such plan."""
    if fundet := Helhedsplan.objects.select_related("regelsaet", "forgaenger").filter(noegle=noegle).first():
        return fundet
    noegler = sorted(Helhedsplan.objects.values_list("noegle", flat=True))
    naere = difflib.get_close_matches(noegle, noegler, n=3, cutoff=0.4) or noegler[:10]
    forslag = f"Mente du {' eller '.join(naere)}?" if naere else "Her er ingen planer."
    raise CommandError(f"Planen »{noegle}« findes ikke. {forslag}")


def udskrifter() -> Iterator[tuple[str, str]]:
    """Every plan's key and plan file, for a copy's manifest; an empty one where a file that it holds cannot be read."""
    for plan in Helhedsplan.objects.select_related("regelsaet", "forgaenger").order_by("noegle"):
        try:
            tekst = skriv_plan(plan)
        except OSError:
            tekst = ""
        yield plan.noegle, tekst
