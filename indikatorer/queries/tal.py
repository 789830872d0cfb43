"""Every figure that leaves the room comes from here, with what tells too much taken out.

Pages, papers, charts and files ask `tal_for`; nothing else gives a measurement to a reader.
"""

from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import QuerySet

from aftaler.models import Helhedsplan
from aftaler.queries.adgang import kan
from helhedsplan.formats import afrund
from helhedsplan.laest import laest_en_gang
from helhedsplan.rettigheder import Rettighed
from indikatorer.choices import Enhed, Maaletilstand
from indikatorer.models import Indikator, Maaling, UdgivetTal
from indikatorer.queries.graense import diskretionsgraense
from indikatorer.queries.loest import husket
from indikatorer.queries.sammenhaeng import SUM_AF, plansteder, sammenhaenge
from indikatorer.rules.celle import Celle, Slaegt
from indikatorer.rules.diskretion import Skjul, skjul
from indikatorer.rules.udvikling import samlet_procent


@dataclass(frozen=True)
class Tal:
    """One figure as its reader may see it. `skjult`: hidden from others; those with the right see it marked.

    `pk` is the measurement's; 0 where the figure is reckoned from others.
    """

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
    pk: int = 0

    def uden_tal(self) -> "Tal":
        return replace(self, tilstand=Maaletilstand.DISKRETIONERET, antal=None, grundlag=None, vaerdi=None, note="")

    @property
    def hvornaar(self) -> str:
        return f"{self.begivenhed} {self.aar}".strip()

    @property
    def maalt(self) -> Decimal | None:
        """The figure as one number in the indicator's unit; None when there is none to see."""
        if self.tilstand != Maaletilstand.VAERDI:
            return None
        if self.enhed == Enhed.ANTAL:
            return None if self.antal is None else Decimal(self.antal)
        if self.vaerdi is None and self.enhed == Enhed.PROCENT:
            samlet = samlet_procent([(self.antal, self.grundlag)])
            return None if samlet is None else afrund(samlet, self.decimaler)
        return self.vaerdi

    @property
    def viste_decimaler(self) -> int:
        return 0 if self.enhed == Enhed.ANTAL else self.decimaler


class Talraekke(NamedTuple):
    """A measurement as it is read: many at a time, so no model instances."""

    pk: int
    indikator: int
    persongruppe: str
    hele: int | None
    opdeling: str
    over_persongruppe: str | None
    over_hele: int | None
    over_opdeling: str | None
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


#: What the indicator is told to be a part of, and what that one is.
SLAEGT = (
    "indikator__persongruppe", "indikator__hele_id", "indikator__opdeling",
    "indikator__hele__persongruppe", "indikator__hele__hele_id", "indikator__hele__opdeling",
)  # fmt: skip
KOLONNER = (
    "pk", "indikator_id", *SLAEGT, "indikator__enhed", "sted_id", "sted__navn", "sted__art", "aar", "begivenhed",
    "dato", "tilstand", "antal", "grundlag", "vaerdi", "decimaler", "trykform", "er_baseline", "kilde", "udtrukket",
    "note",
)  # fmt: skip
FIGUR = ("antal", "grundlag", "vaerdi", "decimaler")


def maa_se_skjulte(bruger, plan: Helhedsplan) -> bool:
    """Those who write the plan's figures see them all."""
    return kan(bruger, Rettighed.RET, plan)


@laest_en_gang
def tal_for(
    plan: Helhedsplan,
    *,
    se_skjulte: bool = False,
    indikatorer: Collection[int] | None = None,
    steder: Collection[int] | None = None,
) -> list[Tal]:
    """The plan's figures in the order of indicators and time, for a reader who may or may not see the hidden ones.

    `indikatorer` and `steder` (primary keys) narrow what is given and read. What is hidden does not hang on how much
    was asked for: the figures that decide it are read along.
    """
    summer = sammenhaenge(plansteder(plan))
    maalinger = Maaling.objects.filter(indikator__plan=plan)
    if indikatorer is not None:
        maalinger = maalinger.filter(indikator__in=_med_samme_gruppe(plan, indikatorer))
    if steder is not None:
        maalinger = maalinger.filter(sted__in=_i_samme_sum(summer, steder))
    laest = raekker(
        maalinger.order_by("indikator__orden", "indikator_id", "aar", "begivenhed", "sted__orden", "sted_id")
    )
    skjult = skjulte_i(plan, laest, summer)
    return [
        _tal(r, r.pk in skjult, se_skjulte)
        for r in laest
        if (indikatorer is None or r.indikator in indikatorer) and (steder is None or r.sted in steder)
    ]


def raekker(maalinger: QuerySet) -> list[Talraekke]:
    return [Talraekke._make(r) for r in maalinger.values_list(*KOLONNER)]


def som_alle_ser(tallene: Iterable[Tal]) -> list[Tal]:
    """The same figures as those without the right see them: for charts, sums and sentences, which go to everybody."""
    return [t.uden_tal() if t.skjult else t for t in tallene]


def skjulte_i(plan: Helhedsplan, laest: Iterable[Talraekke], summer: list[SUM_AF] | None = None) -> set[Hashable]:
    """The primary keys to hide among measurements that were read with all that decides it."""
    return skjul_i(plan, laest, summer).noegler


def skjul_i(plan: Helhedsplan, laest: Iterable[Talraekke], summer: list[SUM_AF] | None = None) -> Skjul:
    summer = sammenhaenge(plansteder(plan)) if summer is None else summer
    return skjul(map(_celle, laest), diskretionsgraense(plan), summer, udgivne=_udgivne(plan), loes=husket())


@laest_en_gang
def _udgivne(plan: Helhedsplan) -> list[Celle]:
    """What published statuses and frozen editions have shown, the newest last. One query."""
    om = ("indikator_id", "indikator__enhed", "sted_id", "aar", "begivenhed")
    felter = (*om, *SLAEGT, *FIGUR)
    return [
        Celle(
            noegle=("udgivet", indikator, sted, aar, begivenhed),
            indikator=indikator,
            sted=sted,
            tid=(aar, begivenhed),
            **_slaegt(*slaegt),
            **_figurer(enhed, *figur),
        )
        for indikator, enhed, sted, aar, begivenhed, *resten in (
            UdgivetTal.objects.i(plan).order_by("pk").values_list(*felter)
        )
        for slaegt, figur in [(resten[: len(SLAEGT)], resten[len(SLAEGT) :])]
    ]


@laest_en_gang
def _persongrupper(plan: Helhedsplan) -> tuple[tuple[int, str, int | None], ...]:
    """(indikator, the people it counts among, the indicator it is a part of)."""
    return tuple(Indikator.objects.filter(plan=plan).values_list("pk", "persongruppe", "hele"))


def _med_samme_gruppe(plan: Helhedsplan, indikatorer: Collection[int]) -> list[int]:
    """The indicators, those that count among the same people, whose figures may give away a base, and those that they
    are parts of, directly or by way of others."""
    haenger: list[set[Hashable]] = []
    for pk, gruppe, hele in _persongrupper(plan):
        haenger += [{pk, gruppe.casefold()}] if gruppe else []
        haenger += [{pk, hele}] if hele else []
    return [*_med_det_der_haenger(haenger, indikatorer)]


def _i_samme_sum(summer: list[SUM_AF], steder: Collection[int]) -> set[int]:
    """The places and those that they add up with, directly or by way of others."""
    return _med_det_der_haenger([{hele, *dele} for hele, dele in summer], steder)


def _med_det_der_haenger(haenger: list[set[Hashable]], noegler: Collection[int]) -> set[int]:
    alle: set[Hashable] = set(noegler)
    while beroerte := [led for led in haenger if led & alle]:
        alle = alle.union(*beroerte)
        haenger = [led for led in haenger if not led <= alle]
    return {noegle for noegle in alle if isinstance(noegle, int)}


def _figurer(enhed: str, antal: int | None, grundlag: int | None, vaerdi: Decimal | None, decimaler: int) -> dict:
    """What a figure tells of persons. A value that is no percent is a mean of so many, whichever field holds them."""
    snit = enhed not in {Enhed.PROCENT, Enhed.ANTAL}
    return {
        "antal": antal or None if snit else antal,
        "grundlag": grundlag,
        "procent": vaerdi if enhed == Enhed.PROCENT else None,
        "decimaler": decimaler,
        "snit": snit,
    }


def _slaegt(gruppe: str, hele: int | None, opdeling: str, *over: Any) -> dict:
    """Of the fields of `SLAEGT`."""
    over_gruppe, over_hele, over_opdeling = over
    er_over = None if hele is None else Slaegt(over_gruppe, over_hele, over_opdeling)
    return {"persongruppe": gruppe, "hele": hele, "opdeling": opdeling, "over": er_over}


def _celle(m: Talraekke) -> Celle:
    return Celle(
        noegle=m.pk,
        indikator=m.indikator,
        sted=m.sted,
        tid=(m.aar, m.begivenhed),
        **_slaegt(m.persongruppe, m.hele, m.opdeling, m.over_persongruppe, m.over_hele, m.over_opdeling),
        **_figurer(m.enhed, m.antal, m.grundlag, m.vaerdi, m.decimaler),
        skjult_af_kilden=m.tilstand == Maaletilstand.DISKRETIONERET,
    )


def _tal(m: Talraekke, skjult: bool, se_skjulte: bool) -> Tal:
    felter = m._asdict()
    for felt in ("persongruppe", "hele", "opdeling", "over_persongruppe", "over_hele", "over_opdeling"):
        del felter[felt]
    tal = Tal(**felter, skjult=skjult)
    return tal.uden_tal() if skjult and not se_skjulte else tal
