"""Who is named in the minutes that were sent: whoever is said to do something is told of it."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from aftaler.models.plan import i_planer
from aftaler.queries.overblik import Ventende
from dokumenter.oejebliksbillede import hvis_laeselig
from helhedsplan.formats import lang_dato
from moeder import moedepapir
from moeder.choices import Moedepapirart
from moeder.models import Moedepapir
from moeder.queries.moedebillede import omtalt_i

#: So many days it is news that one has been named.
OMTALT_DAGE = 14


def omtaler(bruger, nu: datetime | None = None) -> list[Ventende]:
    """The newest minutes of late, sent by somebody else, that name the person. One query."""
    siden = (nu or timezone.now()) - timedelta(days=OMTALT_DAGE)
    sendte = Moedepapir.objects.filter(art=Moedepapirart.REFERAT, sendt__gte=siden, moede__plan__in=i_planer(bruger))
    nyeste = {p.moede_id: p for p in sendte.select_related("moede__plan").order_by("sendt", "nummer")}
    ud = []
    for papir in nyeste.values():
        if papir.sendt_af_id == bruger.pk:
            continue
        billede, _ = hvis_laeselig(moedepapir.hent, papir)
        if billede and omtalt_i(billede, bruger.navn):
            url = reverse("referat-vis", args=[papir.plan.noegle, papir.moede_id])
            tekst = f"Du er nævnt i referatet af mødet {lang_dato(papir.moede.dato)}"
            ud.append(Ventende(tekst, papir.plan.navn, None, url))
    return ud
