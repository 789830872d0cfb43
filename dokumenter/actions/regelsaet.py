"""The Word templates of a rule set go along to its copies."""

from aftaler.models import Regelsaet
from dokumenter.models import Wordskabelon
from helhedsplan.tilslutninger import Regelsaetfoelger


def kopier(*, bruger, fra: Regelsaet, til: Regelsaet) -> None:
    """The same files: they are kept by their bytes, and never changed."""
    for s in Wordskabelon.objects.filter(regelsaet=fra):
        Wordskabelon.objects.create(regelsaet=til, art=s.art, filnavn=s.filnavn, fil=s.fil.name, sha256=s.sha256)


def slet(*, bruger, regelsaet: Regelsaet) -> None:
    Wordskabelon.objects.filter(regelsaet=regelsaet).order_by().delete()


FOELGER = Regelsaetfoelger(kopier=kopier, slet=slet)
