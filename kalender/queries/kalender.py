"""Reads what the calendars of any number of plans are made of, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max, Q, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone

from aftaler.models import Helhedsplan, Milepael, OverordnetMaal, Planmilepael
from aftaler.models.plan import med_lag
from aftaler.queries.indstillinger import Parameterlinje, parametre
from helhedsplan.formats import antal
from helhedsplan.laest import den_samme, laest_en_gang
from helhedsplan.models import Haendelse
from helhedsplan.tid import Tid, tid
from indikatorer.models import Opfoelgning
from kalender.choices import Kalendertilstand
from kalender.models import Frist, Kalenderabonnement
from kalender.queries.kalenderregler import (
    EGET,
    UDEN_DAG,
    Fristdata,
    Kalendergrundlag,
    Kalenderlinje,
    Maaneder,
    Milepaelsdata,
    Moededata,
    Ordensdata,
    Plandata,
    Statusdata,
    kalender,
)
from moeder.choices import Moedepapirart
from moeder.models import Forretningsorden, Moede, Moedepapir
from moeder.queries.sammensaetning import forretningsordener
from status.choices import Statustilstand
from status.models import Kvartalsstatus
from status.rules import EGEN, Kvartal

#: What the calendar counts with where a rule set says nothing: ours.
SAEDVANLIGE = {
    "papirer_opdateres_mdr": 12,
    "reguleringskonto_frist_mdr": 6,
    "regnskab_frist_mdr": 4,
    "opfoelgning_maks_mdr": 12,
    "fornyelse_start_mdr": 18,
    "dialog_lbf_max_mdr": 14,
}
NAESTE_DAGE = 90


def maaneder(linjer: Sequence[Parameterlinje]) -> dict[str, Maaneder]:
    """The months that the plan's rules use, each with where the number comes from."""
    kendte = {p.noegle: p for p in linjer if p.vaerdi is not None}
    return {
        noegle: _fra_parameter(kendte[noegle]) if noegle in kendte else _vores(ventet)
        for noegle, ventet in SAEDVANLIGE.items()
    }


def _fra_parameter(p: Parameterlinje) -> Maaneder:
    kilde = "Planens egen værdi" if p.egen else p.kilde or f"Regelsættet {p.regelsaet}"
    return Maaneder(int(p.vaerdi or 0), Kalendergrundlag(f"{kilde}: {p.vaerdi_i_ord}", p.verificeret))


def _vores(ventet: int) -> Maaneder:
    return Maaneder(ventet, Kalendergrundlag(f"{EGEN}: {antal(ventet, 'måned', 'måneder')}", verificeret=False))


@laest_en_gang
def plandata(planer: Sequence[Helhedsplan]) -> list[Plandata]:
    """The plain data behind the calendars of the plans, in their order, in at most fifteen queries."""
    planer = [den_samme(plan) for plan in planer]
    prefetch_related_objects(planer, "regelsaet__parametre", "parametre")
    med_lag(planer)
    ordener = forretningsordener(planer)
    statusser, moeder, milepaele = _statusser(planer), _moeder(planer), _milepaele(planer)
    maal, efterfoelgere, frister = _maal(planer), _efterfoelgere(planer), _frister(planer)
    return [
        Plandata(
            noegle=plan.noegle,
            navn=plan.navn,
            fra=plan.regnes_fra,
            til=plan.regnes_til,
            slutter=plan.slutter,
            ifoelge=plan.perioden().ifoelge,
            fase=plan.fase,
            orden=_orden(ordener[plan.pk]),
            maaneder=maaneder(parametre(plan)),
            milepaelsplan_opdateret=plan.milepaelsplan_opdateret,
            beredskabsplan_opdateret=plan.beredskabsplan_opdateret,
            statusser=statusser[plan.pk],
            moeder=tuple(moeder[plan.pk]),
            milepaele=tuple(milepaele[plan.pk]),
            maal=tuple(maal[plan.pk]),
            efterfoelgere=tuple(efterfoelgere[plan.pk]),
            frister=tuple(frister[plan.pk]),
        )
        for plan in planer
    ]


def _orden(orden: Forretningsorden) -> Ordensdata:
    kilde = Kalendergrundlag("Bestyrelsens forretningsorden") if orden.pk else EGET
    return Ordensdata(
        orden.bestyrelsesmoeder, orden.foelgegruppemoeder, orden.indkaldelse_dage, orden.referat_dage, kilde
    )


def _statusser(planer) -> dict[int, dict[Kvartal, Statusdata]]:
    fundne: dict[int, dict[Kvartal, Statusdata]] = defaultdict(dict)
    levende = Kvartalsstatus.objects.filter(plan__in=planer).exclude(tilstand=Statustilstand.TRUKKET)
    for status in levende.only("plan_id", "aar", "kvartal", "udgave", "frist", "publiceret_den"):
        publiceret = timezone.localdate(status.publiceret_den) if status.publiceret_den else None
        fundne[status.plan_id][status.kvartalet] = Statusdata(status.noegle, status.frist, publiceret)
    return fundne


def _moeder(planer) -> dict[int, list[Moededata]]:
    papirer: dict[int, set[str]] = defaultdict(set)
    for moede, art in Moedepapir.objects.filter(moede__plan__in=planer).order_by().values_list("moede", "art"):
        papirer[moede].add(art)
    fundne: dict[int, list[Moededata]] = defaultdict(list)
    raekker = Moede.objects.filter(plan__in=planer).order_by("dato", "pk")
    felter = ("plan", "pk", "art", "dato", "navn", "tilstand", "referatfil", "start", "slut")
    for plan, pk, art, dato, navn, tilstand, fil, *tider in raekker.values_list(*felter):
        sendt = papirer[pk] | ({Moedepapirart.REFERAT.value} if fil else set())
        fundne[plan].append(Moededata(pk, art, dato, navn, tilstand, frozenset(sendt), *tider))
    return fundne


def _milepaele(planer) -> dict[int, list[Milepaelsdata]]:
    """Those with a date: the plan's own, and those of its activities."""
    fundne: dict[int, list[Milepaelsdata]] = defaultdict(list)
    fortalt = Q(dato__isnull=False) | ~Q(dato_sagt="")
    egne = Planmilepael.objects.filter(fortalt, plan__in=planer).order_by("orden", "pk")
    for plan, dato, sagt, navn, status, pk in egne.values_list("plan", "dato", "dato_sagt", "navn", "status", "pk"):
        fundne[plan] += _milepaelen(tid(dato, sagt), navn, status, "hele-planen", pk=pk)
    aktiviteters = Milepael.objects.filter(fortalt, aktivitet__delaftale__plan__in=planer)
    felter = ("navn", "status", "aktivitet__delaftale__indsatsomraade__noegle", "aktivitet__noegle")
    for plan, pk, dato, sagt, *et in aktiviteters.order_by("aktivitet_id", "orden", "pk").values_list(
        "aktivitet__delaftale__plan", "pk", "dato", "dato_sagt", *felter
    ):
        fundne[plan] += _milepaelen(tid(dato, sagt), *et, pk=pk)
    return fundne


def _milepaelen(t: Tid, navn: str, status: str, sted: str, ejer: str = "", *, pk: int) -> list[Milepaelsdata]:
    """At the last day that may be meant; none of a date that is told without a limit."""
    dag = t.senest or t.tidligst
    return [Milepaelsdata(navn, dag, status, sted, ejer, pk, t.tidligst, t.sagt)] if dag else []


def _maal(planer) -> dict[int, list[tuple[int, date | None]]]:
    """The fixed goals of each plan's chosen indsatsområder (all when none is chosen), and their last follow-up."""
    valgte: dict[int, set[int]] = defaultdict(set)
    valg = Helhedsplan.indsatsomraader.through.objects.filter(helhedsplan__in=planer)
    for plan, omraade in valg.values_list("helhedsplan", "indsatsomraade"):
        valgte[plan].add(omraade)
    af_regelsaet: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    alle = OverordnetMaal.objects.filter(indsatsomraade__regelsaet__in={plan.puljens_id for plan in planer})
    for regelsaet, *maal in alle.order_by("nummer").values_list(
        "indsatsomraade__regelsaet", "indsatsomraade", "pk", "nummer"
    ):
        af_regelsaet[regelsaet].append((maal[0], maal[1], maal[2]))
    fulgt_op = Opfoelgning.objects.filter(plan__in=planer).order_by().values_list("plan", "maal")
    sidst = {(plan, maal): dag for plan, maal, dag in fulgt_op.annotate(sidst=Max("dato"))}
    return defaultdict(
        list,
        {
            plan.pk: [
                (nummer, sidst.get((plan.pk, pk)))
                for omraade, pk, nummer in af_regelsaet[plan.puljens_id]
                if not valgte[plan.pk] or omraade in valgte[plan.pk]
            ]
            for plan in planer
        },
    )


def _efterfoelgere(planer) -> dict[int, list[str]]:
    """The phases of the plans after each: those that say that it came before, and those that it was put into or split
    in."""
    fundne: dict[int, list[str]] = defaultdict(list)
    set_: set[tuple[int, int]] = set()
    raekker = Helhedsplan.objects.filter(Q(forgaenger__in=planer) | Q(kommer_af__plan__in=planer)).order_by("pk")
    felter = ("gaelder_fra", "gaelder_fra_sagt", "ophaevet")
    for pk, fase, forgaenger, gik_over, fra, sagt, ophaevet in raekker.values_list(
        "pk", "fase", "forgaenger", "kommer_af__plan", *(f"kommer_af__{felt}" for felt in felter)
    ):
        for foer in (forgaenger, gik_over if (fra or sagt) and not ophaevet else None):
            if foer is not None and (pk, foer) not in set_:
                set_.add((pk, foer))
                fundne[foer].append(fase)
    return fundne


def _frister(planer) -> dict[int, list[Fristdata]]:
    fundne: dict[int, list[Fristdata]] = defaultdict(list)
    raekker = Frist.objects.filter(plan__in=planer).order_by("dato", "pk")
    felterne = ("plan", "pk", "dato", "dato_sagt", "titel", "note", "udfoert", "afledt")
    for plan, pk, dato, sagt, titel, note, udfoert, afledt in raekker.values_list(*felterne):
        t = tid(dato, sagt)
        dag = t.senest or t.tidligst or UDEN_DAG
        fundne[plan].append(Fristdata(pk, dag, titel, note, udfoert, afledt, t.tidligst, sagt))
    return fundne


# --- shown ------------------------------------------------------------------------------------------------------------


def linjens_url(linje: Kalenderlinje) -> str:
    """Where the thing is done."""
    navn, argumenter, anker = linje.sted
    return reverse(navn, args=argumenter) + (f"#{anker}" if anker else "")


def planens_kalender(plan: Helhedsplan, i_dag: date) -> list[Kalenderlinje]:
    return kalender(plandata([plan])[0], i_dag)


@dataclass(frozen=True)
class Kalendergruppe:
    """A part of the page: lines under one heading."""

    noegle: str
    titel: str
    linjer: tuple[Kalenderlinje, ...]


@dataclass(frozen=True)
class Kalenderside:
    forfaldne: Kalendergruppe
    naeste: Kalendergruppe
    aar: tuple[Kalendergruppe, ...]
    udfoerte: Kalendergruppe

    @property
    def lukkede(self) -> list[Kalendergruppe]:
        """What is folded away until it is asked for: later years, and what is done."""
        return [gruppe for gruppe in (*self.aar, self.udfoerte) if gruppe.linjer]

    @property
    def er_tom(self) -> bool:
        return not (self.forfaldne.linjer or self.naeste.linjer or self.lukkede)


def kalenderside(linjer: Iterable[Kalenderlinje], i_dag: date) -> Kalenderside:
    """What is overdue, what comes in the next 90 days, the rest by year, and last what is done, newest first."""
    linjer = list(linjer)
    graense = i_dag + timedelta(days=NAESTE_DAGE)
    aabne = [linje for linje in linjer if linje.er_aaben]
    forfaldne = [linje for linje in aabne if linje.tilstand == Kalendertilstand.FORFALDEN]
    naeste = [linje for linje in aabne if i_dag <= linje.dato and linje.fra <= graense]
    senere: dict[int, list[Kalenderlinje]] = defaultdict(list)
    for linje in aabne:
        if linje.fra > graense:
            senere[linje.fra.year].append(linje)
    udfoerte = [linje for linje in reversed(linjer) if linje.er_udfoert]
    return Kalenderside(
        Kalendergruppe("forfaldne", "Forfaldne", tuple(forfaldne)),
        Kalendergruppe("naeste", f"De næste {NAESTE_DAGE} dage", tuple(naeste)),
        tuple(
            Kalendergruppe(f"aar-{aar}", "Uden dag" if aar == UDEN_DAG.year else str(aar), tuple(fundne))
            for aar, fundne in sorted(senere.items())
        ),
        Kalendergruppe("udfoerte", "Udført", tuple(udfoerte)),
    )


# --- for other calendars ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Feedplan:
    """A plan's dates as they are handed out; `aendret` is when anything was last changed in the plan."""

    noegle: str
    navn: str
    aendret: datetime | None
    linjer: tuple[Kalenderlinje, ...]


def feed(abonnement: Kalenderabonnement, i_dag: date) -> list[Feedplan]:
    """The plans that an address gives, as far as its owner is in them still, in order of name."""
    planer = Helhedsplan.objects.for_bruger(abonnement.bruger)
    planer = list(planer.filter(pk=abonnement.plan_id) if abonnement.plan_id else planer)
    haendelser = Haendelse.objects.filter(kaede__in=[plan.noegle for plan in planer]).order_by().values_list("kaede")
    aendret = dict(haendelser.annotate(sidst=Max("tidspunkt")))
    return [
        Feedplan(data.noegle, data.navn, aendret.get(data.noegle), tuple(kalender(data, i_dag)))
        for data in plandata(planer)
    ]
