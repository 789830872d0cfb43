"""Keeping a Word template for a rule set: an administrator's, checked before it is kept."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from aftaler.models import Regelsaet
from dokumenter import lager
from dokumenter.models import Wordskabelon
from dokumenter.queries.wordskabelon import eksempelpapir
from dokumenter.word.skabelon import tjek, vaerdier
from helhedsplan import actions

FELTER = frozenset({"filnavn", "fil", "sha256"})


def tjek_administrator(bruger) -> None:
    if not bruger.er_administrator:
        raise PermissionDenied("Kun en administrator kan lægge Word-skabeloner ind. Spørg den, der driver programmet.")


def gem_wordskabelon(*, bruger, regelsaet: Regelsaet, art: str, data: bytes, filnavn: str) -> Wordskabelon:
    """Keep the file, in place of the one there was. Raises ValidationError with what to mend, PermissionDenied."""
    tjek_administrator(bruger)
    tjek(data, vaerdier(eksempelpapir(regelsaet, art)))
    navn, maerke = lager.gem(data, "wordskabeloner", ".docx")
    felter = {"filnavn": filnavn, "fil": navn, "sha256": maerke}
    with transaction.atomic():
        kendt = Wordskabelon.objects.filter(regelsaet=regelsaet, art=art).first()
        if kendt is None:
            return actions.opret(bruger=bruger, objekt=Wordskabelon(regelsaet=regelsaet, art=art, **felter))
        actions.ret(bruger=bruger, objekt=kendt, felter=felter, tilladte=FELTER, handling="erstattet")
        return kendt


def slet_wordskabelon(*, bruger, skabelon: Wordskabelon) -> None:
    tjek_administrator(bruger)
    actions.slet(bruger=bruger, objekt=skabelon)
