"""What of a meeting is not put back: what has been decided and minuted stands as it was."""

from django.db import models

from moeder.models import Dagsordenspunkt, Fremmoede, Inhabilitet
from moeder.queries.afstemning import er_afgjort
from moeder.queries.moede import KOMMENDE


def moedet_er_forbi(objekt: models.Model) -> list[str]:
    if isinstance(objekt, Dagsordenspunkt | Fremmoede) and objekt.moede.tilstand not in KOMMENDE:
        return [f"Mødet er {objekt.moede.get_tilstand_display().lower()} og kan ikke rettes."]
    if isinstance(objekt, Inhabilitet) and er_afgjort(objekt.punkt):
        return ["Punktet er afgjort og kan ikke rettes."]
    return []
