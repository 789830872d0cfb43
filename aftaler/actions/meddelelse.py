"""Telling people by e-mail what has been asked of them, as each has chosen on his own page.

What is to be told is a row, written with what it tells of. To those who want to hear at once a letter is written into
the outbox as well, and nobody waits for it. What the outbox gave up, and what is to come once a day, goes with the
letter of `manage.py daglig`.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from aftaler.choices import Meddelelsesgruppe
from aftaler.models import Helhedsplan, Meddelelse
from aftaler.queries.adgang import personer_med
from aftaler.queries.meddelelse import MEDDELELSESBREV, har_adgang, stadig
from helhedsplan import udbakke
from helhedsplan.choices import Mailvalg
from helhedsplan.models import Udbakkebrev

#: So long a notice is sent without asking whether what it tells of still waits.
NYHED = timedelta(days=1)
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
    i_planen = personer_med(plan).filter(pk__in={pk for pk in modtagere if pk})
    udelukket = {Mailvalg.ALDRIG, Mailvalg.DAGLIG} if kun_straks else {Mailvalg.ALDRIG}
    valgte = i_planen.exclude(**{f"mail_{gruppe}__in": udelukket}).exclude(email="").order_by("pk")
    nye = Meddelelse.objects.bulk_create(
        Meddelelse(plan=plan, bruger=bruger, gruppe=gruppe, tekst=tekst[:300], sti=sti) for bruger in valgte
    )
    for meddelelse in nye:
        if meddelelse.valg == Mailvalg.STRAKS:
            _skriv_brev(meddelelse)
    return nye


def er_forbi(brev: Udbakkebrev) -> str:
    """Why a notice is not to be sent any more; '' when it is."""
    meddelelse = Meddelelse.objects.filter(pk=brev.om).select_related("plan", "bruger").first()
    if meddelelse is None or not har_adgang(meddelelse):
        return "Modtageren har ikke adgang til planen mere."
    if meddelelse.sendt:
        return "Det er fortalt i brevet om dagens påmindelser."
    gammel = meddelelse.oprettet < timezone.now() - NYHED
    if gammel and meddelelse.gruppe != Meddelelsesgruppe.ADGANG and not stadig([meddelelse]):
        return "Det, brevet handler om, venter ikke længere."
    return ""


def er_sendt(brev: Udbakkebrev, nu: datetime) -> None:
    Meddelelse.objects.filter(pk=brev.om).update(sendt=nu)


def _skriv_brev(meddelelse: Meddelelse) -> None:
    kontekst = {
        "m": meddelelse,
        "adresse": urljoin(settings.SIDENS_ADRESSE, meddelelse.sti),
        "profil": urljoin(settings.SIDENS_ADRESSE, reverse("profil")),
    }
    emne = f"Helhedsplan: {meddelelse.tekst}"
    tekst = render_to_string("konto/meddelelse.txt", kontekst)
    maerke = f"<meddelelse-{meddelelse.pk}-{meddelelse.oprettet:%Y%m%d%H%M%S%f}@helhedsplan>"
    udbakke.skriv(
        emne, tekst, meddelelse.bruger.email, slags=MEDDELELSESBREV, om=meddelelse.pk, maerke=maerke, siges=False
    )
