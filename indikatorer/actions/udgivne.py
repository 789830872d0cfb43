"""Keep what everybody can see on the day when something is published."""

from django.db import transaction

from aftaler.models import Helhedsplan
from aftaler.queries.adgang import tjek
from helhedsplan.rettigheder import Rettighed
from indikatorer.choices import Maaletilstand
from indikatorer.models import UdgivetTal
from indikatorer.queries.tal import FIGUR, tal_for

NOEGLE = ("indikator_id", "sted_id", "aar", "begivenhed")


@transaction.atomic
def gem_udgivne_tal(*, bruger, plan: Helhedsplan) -> int:
    """Keep the figures that are shown now, as they are shown; how many were not kept already. The log tells of what was
    published, which is entry enough. Three queries besides those of the figures."""
    tjek(bruger, Rettighed.RET, plan)
    kendte = {
        r[: len(NOEGLE)]: r for r in UdgivetTal.objects.i(plan).order_by("pk").values_list(*NOEGLE, *FIGUR)
    }  # the newest of each
    nye = []
    for t in tal_for(plan):
        noegle = (t.indikator, t.sted, t.aar, t.begivenhed)
        raekke = (*noegle, *(getattr(t, felt) for felt in FIGUR))
        if t.tilstand == Maaletilstand.VAERDI and kendte.get(noegle) != raekke:
            nye.append(UdgivetTal(**dict(zip((*NOEGLE, *FIGUR), raekke, strict=True))))
    UdgivetTal.objects.bulk_create(nye)
    return len(nye)
