"""Telling people by e-mail what has been asked of them, as each has chosen on his own page.

What is to be told is a row, written with what it tells of. Those who want to hear at once are written to when the
transaction has ended well, in a thread of its own: a mail server that is mute or down holds up no page. What it did not
take, and what is to come once a day, goes with the letter of `manage.py daglig`.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from aftaler.models import Helhedsplan, Meddelelse
from helhedsplan import breve
from helhedsplan.choices import Mailvalg
from helhedsplan.models import Bruger

_tavs: ContextVar[bool] = ContextVar("tavs", default=False)


@contextmanager
def tavs() -> Iterator[None]:
    """Nobody is told of what is done while this lasts: the made-up people of the demo have no post."""
    foer = _tavs.set(True)
    try:
        yield
    finally:
        _tavs.reset(foer)


def meddel(
    *, plan: Helhedsplan, modtagere: Iterable[int | None], gruppe: str, tekst: str, sti: str, kun_straks: bool = False
) -> list[Meddelelse]:
    """Tell those of the people (by pk) who are in the plan and want to hear; in the transaction of what is told.

    `tekst` says what it is about, and nothing of what is in it. `kun_straks`: the daily letter reminds of it already.
    """
    if _tavs.get():
        return []
    i_planen = Bruger.objects.filter(pk__in={pk for pk in modtagere if pk}, is_active=True, medlemskaber__plan=plan)
    udelukket = {Mailvalg.ALDRIG, Mailvalg.DAGLIG} if kun_straks else {Mailvalg.ALDRIG}
    valgte = i_planen.exclude(**{f"mail_{gruppe}__in": udelukket}).exclude(email="").order_by("pk")
    nye = Meddelelse.objects.bulk_create(
        Meddelelse(plan=plan, bruger=bruger, gruppe=gruppe, tekst=tekst[:300], sti=sti) for bruger in valgte
    )
    if straks := [m.pk for m in nye if m.valg == Mailvalg.STRAKS]:
        transaction.on_commit(lambda: breve.ved_siden_af(lambda: send(straks)))
    return nye


def send(pker: Sequence[int]) -> int:
    """Send what has not been sent; how many went. Stops at the first that the mail server does not take.

    A row is marked when its letter has gone: a stop in between sends it once more, with the same Message-ID.
    """
    usendte = Meddelelse.objects.filter(pk__in=pker, sendt=None).select_related("plan", "bruger").order_by("pk")
    antal = 0
    with breve.saml_usendte():  # it is told again in the daily letter, so the page need not say that it did not go
        for meddelelse in usendte:
            if not breve.aflever(_brev(meddelelse)):
                break
            Meddelelse.objects.filter(pk=meddelelse.pk).update(sendt=timezone.now())
            antal += 1
    return antal


def _brev(meddelelse: Meddelelse):
    kontekst = {
        "m": meddelelse,
        "adresse": urljoin(settings.SIDENS_ADRESSE, meddelelse.sti),
        "profil": urljoin(settings.SIDENS_ADRESSE, reverse("profil")),
    }
    emne = f"Helhedsplan: {meddelelse.tekst}"
    tekst = render_to_string("konto/meddelelse.txt", kontekst)
    maerke = f"<meddelelse-{meddelelse.pk}-{meddelelse.oprettet:%Y%m%d%H%M%S%f}@helhedsplan>"
    return breve.brev(emne, tekst, meddelelse.bruger.email, maerke)
