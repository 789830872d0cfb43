"""What people are to be told with the daily letter."""

import logging
from collections import defaultdict
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from aftaler.models import Meddelelse, Medlemskab
from aftaler.queries.overblik import venter_paa_dig
from helhedsplan.choices import Mailvalg
from helhedsplan.models import Udbakkebrev

logger = logging.getLogger(__name__)
#: What is older is no news.
NYT_DAGE = 14
#: The kind of letter of those who want to hear at once.
MEDDELELSESBREV = "meddelelse"


def usendte(nu: datetime) -> dict[int, list[Meddelelse]]:
    """{person's pk: what has not been told and still waits}, without what the outbox still has a letter of. Two
    queries, and those of "Venter på dig" for each person who has anything."""
    nye = Meddelelse.objects.filter(sendt=None, oprettet__gt=nu - timedelta(days=NYT_DAGE))
    i_planen = Medlemskab.objects.gaeldende().filter(plan=OuterRef("plan"), bruger=OuterRef("bruger"))
    nye = nye.filter(Exists(i_planen), bruger__is_active=True).order_by("pk")
    undervejs = set(Udbakkebrev.objects.ventende().filter(slags=MEDDELELSESBREV).values_list("om", flat=True))
    pr_person: dict[int, list[Meddelelse]] = defaultdict(list)
    for meddelelse in nye.select_related("plan", "bruger"):
        if meddelelse.valg != Mailvalg.ALDRIG and str(meddelelse.pk) not in undervejs:
            pr_person[meddelelse.bruger_id].append(meddelelse)
    return {pk: venter for pk, alle in pr_person.items() if (venter := stadig(alle))}


def har_adgang(meddelelse: Meddelelse) -> bool:
    """Whether the person is still in the plan, and may log in."""
    medlemskaber = meddelelse.plan.medlemskaber.gaeldende().filter(bruger=meddelelse.bruger_id)
    return meddelelse.bruger.is_active and medlemskaber.exists()


def stadig(meddelelser: list[Meddelelse]) -> list[Meddelelse]:
    """Those whose thing stands under "Venter på dig"; all of them when that cannot be told."""
    try:
        steder = [v.url for v in venter_paa_dig(meddelelser[0].bruger)]
    except Exception:
        logger.exception("What waits for user %s could not be told", meddelelser[0].bruger_id)
        return meddelelser
    return [m for m in meddelelser if any(sted.startswith(m.sti) for sted in steder)]
