"""What each person is to be reminded of on a day, in any number of plans: a constant number of queries a batch."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from aftaler.models import Helhedsplan, Medlemskab
from dokumenter.models import Godkendelse, Underskriver
from dokumenter.queries.underskrift import foer_i_raekken, senest_paamindet, udgavens_hindring
from helhedsplan.choices import Mailvalg
from helhedsplan.formats import antal, lang_dato
from helhedsplan.models import Bruger
from helhedsplan.rettigheder import Rettighed, roller_med
from kalender.choices import Kalendertilstand
from kalender.queries.kalender import linjens_url, plandata
from kalender.queries.kalenderregler import FORPLIGTET, Kalenderlinje, kalender
from moeder.choices import Moedeart, Moedepapirart, Moedetilstand, Punktslags
from moeder.models import Bestyrelsesmedlem, Moede, Moedepapir, Referatgodkendelse

#: So long before a deadline its people hear of it.
VARSEL_DAGE = 14
#: And again so long after, for as long as it is not done.
RYKKER_DAGE = 30
MOEDE_DAGE = 3
#: Minutes and signatures are asked for so often, and minutes so many times.
GENTAG_DAGE = 14
REFERAT_GANGE = 3
#: What the key of a signature's line begins with, before the number of who is to sign.
UNDERSKRIFT = "underskrift-"
SKRIVERE = roller_med(Rettighed.RET)


@dataclass(frozen=True)
class Paamindelsesbesked:
    """One line of a letter. `noegle` is the same until it is to be said again; `forfalden` puts it first.
    `underskriver`: the party that is asked to sign, where that is what it is about."""

    plan: Helhedsplan
    noegle: str
    tekst: str
    dato: date | None
    sti: str
    forfalden: bool = False
    underskriver: Underskriver | None = None


Beskeder = dict[int, list[Paamindelsesbesked]]


def beskeder(planer: Sequence[Helhedsplan], dag: date) -> tuple[Beskeder, dict[int, Bruger]]:
    """({person's pk: lines}, the persons) of plans with duties: only people who are in the plan, may log in, and have
    not said on their page that they do not want to hear of such."""
    planer = [plan for plan in planer if plan.fase in FORPLIGTET]
    medlemskaber = (
        Medlemskab.objects.gaeldende(Rettighed.SE, dag=dag)
        .filter(plan__in=planer, bruger__is_active=True)
        .exclude(bruger__email="")
    )
    roller: dict[int, dict[int, str]] = defaultdict(dict)
    personer: dict[int, Bruger] = {}
    for medlemskab in medlemskaber.select_related("bruger").order_by("pk"):
        roller[medlemskab.plan_id][medlemskab.bruger_id] = medlemskab.rolle
        personer[medlemskab.bruger_id] = medlemskab.bruger
    fundne: Beskeder = defaultdict(list)
    for kilde, gruppe in KILDER:
        for bruger, besked in kilde(planer, roller, dag):
            if bruger in roller[besked.plan.pk] and getattr(personer[bruger], gruppe) != Mailvalg.ALDRIG:
                fundne[bruger].append(besked)
    return fundne, personer


def _frister(planer, roller, dag: date) -> Iterator[tuple[int, Paamindelsesbesked]]:
    """Deadlines, to those who write the plan. A meeting itself is its members' business, its papers the writers'."""
    for plan, data in zip(planer, plandata(planer), strict=True):
        skrivere = [pk for pk, rolle in roller[plan.pk].items() if rolle in SKRIVERE]
        for linje in kalender(data, dag) if skrivere else ():
            gang = _gang(linje, dag)
            if not gang:
                continue
            forfalden = linje.tilstand == Kalendertilstand.FORFALDEN
            noegle = f"{linje.uid}:{linje.dato}:{gang}"
            tekst, dato = (f"{linje.titel} ({linje.sagt})", None) if linje.sagt else (linje.titel, linje.dato)
            besked = Paamindelsesbesked(plan, noegle, tekst, dato, linjens_url(linje), forfalden)
            yield from ((pk, besked) for pk in skrivere)


def _gang(linje: Kalenderlinje, dag: date) -> str:
    """Which time a line is told of on the day: 'varsel' before, '0', '1' … after; '' for not at all. A meeting is told
    of only when its day has passed and nobody has said that it was held."""
    if linje.er_udfoert or linje.dato > dag + timedelta(days=VARSEL_DAGE):
        return ""
    if linje.dato < dag:
        return str((dag - linje.dato).days // RYKKER_DAGE)
    return "" if linje.er_moede else "varsel"


def _medlemmer(planer) -> dict[int, list[Bestyrelsesmedlem]]:
    medlemmer: dict[int, list[Bestyrelsesmedlem]] = defaultdict(list)
    med_konto = Bestyrelsesmedlem.objects.filter(side__plan__in=planer, bruger__isnull=False)
    for medlem in med_konto.select_related("side").order_by("pk"):
        medlemmer[medlem.side.plan_id].append(medlem)
    return medlemmer


def _sad(medlem: Bestyrelsesmedlem, dag: date) -> bool:
    return medlem.sad(dag)


def _moeder(planer, roller, dag: date) -> Iterator[tuple[int, Paamindelsesbesked]]:
    """A board meeting whose agenda is out, to its members some days before."""
    efter_pk, medlemmer = {plan.pk: plan for plan in planer}, _medlemmer(planer)
    moeder = Moede.objects.filter(
        plan__in=planer,
        art=Moedeart.BESTYRELSE,
        tilstand=Moedetilstand.INDKALDT,
        dato__range=(dag, dag + timedelta(days=MOEDE_DAGE)),
    )
    for moede in moeder.annotate(b=Count("punkter", filter=Q(punkter__slags=Punktslags.BESLUTNING))).order_by("pk"):
        plan = efter_pk[moede.plan_id]
        til_beslutning = f" med {antal(moede.b, 'punkt', 'punkter')} til beslutning" if moede.b else ""
        sti = reverse("moede-vis", args=[plan.noegle, moede.pk])
        noegle = f"moede-{moede.pk}:{moede.dato}"
        besked = Paamindelsesbesked(plan, noegle, f"{moede}{til_beslutning}", moede.dato, sti)
        yield from ((m.bruger_id, besked) for m in medlemmer[plan.pk] if _sad(m, moede.dato))


def _referater(planer, roller, dag: date) -> Iterator[tuple[int, Paamindelsesbesked]]:
    """Minutes that were sent, to the members of the meeting's day who have said nothing of them."""
    efter_pk, medlemmer = {plan.pk: plan for plan in planer}, _medlemmer(planer)
    graense = dag - timedelta(days=GENTAG_DAGE * REFERAT_GANGE)
    referater = Moedepapir.objects.filter(
        moede__plan__in=planer, moede__art=Moedeart.BESTYRELSE, art=Moedepapirart.REFERAT, sendt__date__gt=graense
    )
    nyeste = {
        papir.moede_id: papir
        for papir in referater.select_related("moede").defer("indhold").order_by("moede_id", "nummer")
    }
    svaret = set(Referatgodkendelse.objects.filter(papir__in=nyeste.values()).order_by().values_list("papir", "medlem"))
    for papir in nyeste.values():
        plan = efter_pk[papir.moede.plan_id]
        siden = (dag - timezone.localdate(papir.sendt)).days
        if siden < 1:
            continue
        tekst = f"Godkend referatet af {lang_dato(papir.moede.dato)}"
        sti = reverse("moede-vis", args=[plan.noegle, papir.moede_id])
        besked = Paamindelsesbesked(plan, f"referatgodkendelse-{papir.pk}:{siden // GENTAG_DAGE}", tekst, None, sti)
        yield from (
            (m.bruger_id, besked)
            for m in medlemmer[plan.pk]
            if _sad(m, papir.moede.dato) and (papir.pk, m.pk) not in svaret
        )


def _underskrifter(planer, roller, dag: date) -> Iterator[tuple[int, Paamindelsesbesked]]:
    """Editions that can be signed now, to the party whose turn it is; one who was just reminded by hand is left."""
    efter_pk = {plan.pk: plan for plan in planer}
    mangler = Underskriver.objects.filter(
        udgave__plan__in=planer, underskrevet=None, udgave__trukket=None, bruger__isnull=False
    )
    mangler = mangler.select_related("udgave").defer("udgave__indhold").order_by("pk")
    afgoerelser = Prefetch("udgave__godkendelser", Godkendelse.objects.order_by("pk"))
    venter = list(mangler.prefetch_related("udgave__underskrivere", afgoerelser))
    paamindet = senest_paamindet(venter)
    for underskriver in venter:
        udgave = underskriver.udgave
        udgave.plan = efter_pk[udgave.plan_id]
        alle = list(udgave.underskrivere.all())
        sidst = paamindet.get(underskriver.pk)
        lige_paamindet = sidst is not None and (dag - timezone.localdate(sidst)).days < GENTAG_DAGE
        if lige_paamindet or udgavens_hindring(udgave) or foer_i_raekken(underskriver, alle):
            continue
        siden = (dag - timezone.localdate(udgave.frosset)).days
        sti = reverse("udgave-underskriv", args=[udgave.plan.noegle, udgave.pk])
        tekst = f"Skriv under: {udgave.titel}"
        noegle = f"{UNDERSKRIFT}{underskriver.pk}:{siden // GENTAG_DAGE}"
        yield (
            underskriver.bruger_id,
            Paamindelsesbesked(udgave.plan, noegle, tekst, None, sti, underskriver=underskriver),
        )


#: Each kind of line, and the choice of the person that it goes by.
KILDER = (
    (_frister, "mail_frister"),
    (_moeder, "mail_moeder"),
    (_referater, "mail_moeder"),
    (_underskrifter, "mail_papirer"),
)
