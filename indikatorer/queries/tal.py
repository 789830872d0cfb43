"""Every figure that leaves the room comes from here, with what tells too much taken out.

Pages, papers, charts and files ask `tal_for`; nothing else gives a measurement to a reader.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from aftaler.models import Helhedsplan
from aftaler.queries.adgang import kan
from helhedsplan.rettigheder import Rettighed
from indikatorer.choices import Enhed, Stedart, Tilstand
from indikatorer.models import Maaling, Sted
from indikatorer.queries.graense import diskretionsgraense
from indikatorer.rules.diskretion import Celle, skjulte


@dataclass(frozen=True)
class Tal:
    """One figure as its reader may see it. `skjult`: hidden from others; those with the right see it marked."""

    indikator: int
    enhed: str
    sted: int
    sted_navn: str
    stedart: str
    aar: int
    begivenhed: str
    dato: date | None
    tilstand: str
    antal: int | None
    grundlag: int | None
    vaerdi: Decimal | None
    decimaler: int
    trykform: str
    er_baseline: bool
    kilde: str
    udtrukket: date | None
    note: str
    skjult: bool = False

    def uden_tal(self) -> "Tal":
        return replace(self, tilstand=Tilstand.DISKRETIONERET, antal=None, grundlag=None, vaerdi=None, note="")


def maa_se_skjulte(bruger, plan: Helhedsplan) -> bool:
    """Those who write the plan's figures see them all."""
    return kan(bruger, Rettighed.RET, plan)


def tal_for(plan: Helhedsplan, *, se_skjulte: bool = False) -> list[Tal]:
    """The plan's figures in the order of indicators and time, for a reader who may or may not see the hidden ones."""
    maalinger = list(
        Maaling.objects.filter(indikator__plan=plan)
        .select_related("indikator", "sted")
        .order_by("indikator__orden", "indikator_id", "aar", "begivenhed", "sted__orden", "sted_id")
    )
    skjult = skjulte(map(_celle, maalinger), diskretionsgraense(plan), _summer(plan))
    return [_tal(m, m.pk in skjult, se_skjulte) for m in maalinger]


def _celle(m: Maaling) -> Celle:
    return Celle(
        noegle=m.pk,
        indikator=m.indikator_id,
        sted=m.sted_id,
        tid=(m.aar, m.begivenhed),
        persongruppe=m.indikator.persongruppe,
        antal=m.antal,
        grundlag=m.grundlag,
        procent=m.vaerdi if m.indikator.enhed == Enhed.PROCENT else None,
        decimaler=m.decimaler,
        skjult_af_kilden=m.tilstand == Tilstand.DISKRETIONERET,
    )


def _summer(plan: Helhedsplan) -> list[tuple[int, frozenset]]:
    """The places that are sums of others: several areas together, where each of them is a place too."""
    steder = list(Sted.objects.filter(plan=plan).prefetch_related("omraader"))
    enkelte = {s.omraade_id: s.pk for s in steder if s.art == Stedart.OMRAADE}
    summer = []
    for sted in steder:
        dele = [enkelte.get(o.pk) for o in sted.omraader.all()]
        if dele and None not in dele:
            summer.append((sted.pk, frozenset(dele)))
    return summer


def _tal(m: Maaling, skjult: bool, se_skjulte: bool) -> Tal:
    tal = Tal(
        indikator=m.indikator_id,
        enhed=m.indikator.enhed,
        sted=m.sted_id,
        sted_navn=m.sted.navn,
        stedart=m.sted.art,
        aar=m.aar,
        begivenhed=m.begivenhed,
        dato=m.dato,
        tilstand=m.tilstand,
        antal=m.antal,
        grundlag=m.grundlag,
        vaerdi=m.vaerdi,
        decimaler=m.decimaler,
        trykform=m.trykform,
        er_baseline=m.er_baseline,
        kilde=m.kilde,
        udtrukket=m.udtrukket,
        note=m.note,
        skjult=skjult,
    )
    return tal.uden_tal() if skjult and not se_skjulte else tal
