"""Acknowledge a finding on the figures: it is silent for as long as the figures stay as they are."""

from django.core.exceptions import ValidationError
from django.db import transaction

from aftaler.models import Helhedsplan
from aftaler.queries.adgang import tjek
from helhedsplan import actions
from helhedsplan.actions import laas
from helhedsplan.grunde import tjek_grund
from helhedsplan.rettigheder import Rettighed
from indikatorer.models import Accept
from indikatorer.queries.kontrol import talfund


@transaction.atomic
def accepter(*, bruger, plan: Helhedsplan, kode: str, emne: str, begrundelse: str) -> Accept:
    """Stand by the figures of a finding, with the reason. Raises ValidationError when there is no such finding."""
    tjek(bruger, Rettighed.RET, plan)
    laas(plan)
    fundet = next((f for f in talfund(plan, se_skjulte=True) if (f.fund.kode, f.emne) == (kode, emne)), None)
    if fundet is None:
        raise ValidationError("Tallene er rettet eller godtaget i mellemtiden.", code="vaek")
    tjek_grund(begrundelse, "begrundelse", "Skriv, hvorfor tallene er rigtige.")
    felter = {"fingeraftryk": fundet.fingeraftryk, "begrundelse": begrundelse}
    accept = Accept.objects.filter(plan=plan, kode=kode, emne=emne).first()
    if accept is None:
        return actions.opret(bruger=bruger, objekt=Accept(plan=plan, kode=kode, emne=emne, **felter))
    actions.ret(bruger=bruger, objekt=accept, felter=felter, version=accept.version, tilladte=set(felter))
    return accept


@transaction.atomic
def traek_tilbage(*, bruger, accept: Accept) -> None:
    """No longer stand by the figures: the finding speaks again."""
    tjek(bruger, Rettighed.RET, accept.plan)
    actions.slet(bruger=bruger, objekt=accept)
