"""What a member meets who comes by a link from his mail: what waits for an answer, and the papers of the meetings."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from aftaler.models import Helhedsplan, Medlemskab
from dokumenter.models import Udgave
from helhedsplan.rettigheder import BESTYRELSE, Rettighed
from moeder.choices import Moedeart, Moedetilstand
from moeder.models import Bestyrelsesmedlem, Dagsordenspunkt, Moede, Moedepapir
from moeder.queries.afstemning import SENDT, Punktstilling, stillinger
from status.models import Kvartalsstatus
from status.queries.oversigt import publicerede

#: Papers of meetings up to so long ago.
PAPIRER_DAGE = 183


def planer_for(bruger) -> list[Helhedsplan]:
    """The plans on whose board the person is."""
    sidder = Bestyrelsesmedlem.objects.filter(bruger=bruger).maaske_paa(timezone.localdate())
    i_bestyrelsen = Medlemskab.objects.gaeldende().filter(bruger=bruger, rolle=BESTYRELSE).values("plan")
    med = Q(pk__in=i_bestyrelsen) | Q(pk__in=sidder.values("side__plan"))
    return list(Helhedsplan.objects.for_bruger(bruger, Rettighed.DELTAG).filter(med).order_by("navn", "pk"))


def stemmepunkter(plan: Helhedsplan, bruger) -> list[Punktstilling]:
    """The items that the person has a vote on, given or not, until they are concluded or the meeting held."""
    moeder = Moede.objects.filter(
        plan=plan, art=Moedeart.BESTYRELSE, tilstand=Moedetilstand.INDKALDT, punkter__afgoerelse=None
    )
    ud = []
    for moede in moeder.distinct().order_by("dato", "pk"):
        moede.plan = plan
        ud += [p for p in stillinger(moede, bruger) if p.kan_stemme]
    return ud


def moedepapirer(plan: Helhedsplan) -> list[Moedepapir]:
    """The newest agenda and minutes of the board's meetings of late, the newest meeting first."""
    fra = timezone.localdate() - timedelta(days=PAPIRER_DAGE)
    sendte = Moedepapir.objects.filter(moede__plan=plan, moede__art=Moedeart.BESTYRELSE, moede__dato__gte=fra)
    sendte = sendte.exclude(moede__tilstand=Moedetilstand.AFLYST).defer("indhold").select_related("moede")
    nyeste = {(p.moede_id, p.art): p for p in sendte.order_by("-moede__dato", "moede_id", "art", "nummer")}
    for papir in nyeste.values():
        papir.moede.plan = plan
    return list(nyeste.values())


def moedeudgaver(plan: Helhedsplan) -> list[Udgave]:
    """The editions that the board's meetings of late were called to decide on. One query."""
    fra = timezone.localdate() - timedelta(days=PAPIRER_DAGE)
    kaldt = Dagsordenspunkt.objects.filter(
        moede__plan=plan, moede__art=Moedeart.BESTYRELSE, moede__tilstand__in=SENDT, moede__dato__gte=fra
    ).exclude(genstand_sha256="")
    fundne = list(Udgave.objects.let().filter(plan=plan, pk__in=kaldt.values("udgave")).order_by("-pk"))
    for udgave in fundne:
        udgave.plan = plan
    return fundne


def nyeste_status(plan: Helhedsplan) -> Kvartalsstatus | None:
    """The newest published status: what a question can be about."""
    status = publicerede(plan).defer("indhold", "side").first()
    if status is not None:
        status.plan = plan
    return status
