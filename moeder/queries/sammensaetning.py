"""Who sits on a plan's board on a day, side by side, and what its kommissorium says of votes."""

from collections.abc import Iterable
from copy import copy
from datetime import date

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone

from aftaler.choices import Gruppeart
from aftaler.models import Gruppe, Helhedsplan, Plads
from helhedsplan.choices import Alvor
from helhedsplan.formats import antal, opremsning
from helhedsplan.fund import Fund
from helhedsplan.laest import laest_en_gang
from moeder.choices import Afstemningsregel, Moedeart, Moedetilstand
from moeder.models import Bestyrelsesmedlem, Bestyrelsesside, Forretningsorden, Moede
from moeder.stemmeregler import Medlem, Stemmeside
from status.rules import EGEN

#: Which field of the rules of procedure says how often the groups of a kind meet.
MOEDEFELTER = {
    Gruppeart.BESTYRELSE.value: "bestyrelsesmoeder",
    Gruppeart.FOELGEGRUPPE.value: "foelgegruppemoeder",
}


def moedegruppe(plan: Helhedsplan, art: str) -> Gruppe | None:
    """The group whose meetings are counted: the plan's first of its kind."""
    return plan.grupper.filter(art=art).order_by("orden", "pk").first()


@laest_en_gang
def forretningsordener(planer: Iterable[Helhedsplan]) -> dict[int, Forretningsorden]:
    """Of each plan, by its pk; the number of meetings is the one that stands at its groups. One query."""

    def antal_i(art: str) -> Subquery:
        grupper = Gruppe.objects.filter(plan=OuterRef("pk"), art=art).order_by("orden", "pk")
        return Subquery(grupper.values("moeder_pr_aar")[:1])

    tal = {f"tal_{felt}": antal_i(art) for art, felt in MOEDEFELTER.items()}
    laest = Helhedsplan.objects.filter(pk__in=[p.pk for p in planer]).select_related("forretningsorden").annotate(**tal)
    fundne = {}
    for plan in laest:
        orden = fundne[plan.pk] = getattr(plan, "forretningsorden", None) or Forretningsorden(plan=plan)
        for felt in MOEDEFELTER.values():
            if getattr(plan, f"tal_{felt}") is not None:
                setattr(orden, felt, getattr(plan, f"tal_{felt}"))
    return fundne


def forretningsorden(plan: Helhedsplan) -> Forretningsorden:
    """The plan's own, or one with the defaults that is not saved."""
    return forretningsordener([plan])[plan.pk]


@laest_en_gang
def _sider(plan: Helhedsplan) -> list[Bestyrelsesside]:
    return list(Bestyrelsesside.objects.filter(plan=plan).select_related("organisation").order_by("orden", "pk"))


@laest_en_gang
def sider(plan: Helhedsplan, dag: date | None = None) -> list[Bestyrelsesside]:
    """The sides in their order with their members as `pladser`: those of a day, or all there have been. Two queries."""
    medlemmer = Bestyrelsesmedlem.objects.select_related("bruger").order_by("-formand", "pk")
    if dag is not None:
        medlemmer = medlemmer.maaske_paa(dag)
    fundne = [copy(side) for side in _sider(plan)]
    prefetch_related_objects(fundne, Prefetch("medlemmer", medlemmer, to_attr="pladser"))
    for side in fundne:
        side.plan = plan
        if dag is not None:
            side.pladser = [m for m in side.pladser if m.sad(dag)]
        for medlem in side.pladser:
            medlem.side = side
    return fundne


def som_regelsider(fundne: list[Bestyrelsesside]) -> tuple[Stemmeside, ...]:
    """The sides and their members as the rules of voting take them."""
    return tuple(
        Stemmeside(s.navn, s.har_stemme, tuple(Medlem(m.pk, m.navn, m.formand) for m in s.pladser)) for s in fundne
    )


# --- what is wrong ----------------------------------------------------------------------------------------------------


def bestyrelsesfund(plan: Helhedsplan) -> list[Fund]:
    """A board that meets and cannot vote: no side with a vote, or a side that nobody votes for."""
    alle = sider(plan, timezone.localdate())
    stemmende = [s for s in alle if s.har_stemme]
    uens = _pladser_og_medlemmer(plan, alle)
    if not stemmende and any(s.pladser for s in alle):
        besked = f"I bestyrelsen sidder kun {opremsning([str(s) for s in alle if s.pladser])}, og ingen har stemme."
        return [_fund(plan, "bestyrelse-kun-uden-stemme", besked), *uens]
    if not stemmende:
        moeder = Moede.objects.filter(plan=plan, art=Moedeart.BESTYRELSE).exclude(tilstand=Moedetilstand.AFLYST)
        besked = "Bestyrelsen holder møder, men der er ikke skrevet nogen side med stemme ind."
        return [_fund(plan, "bestyrelse-uden-stemmer", besked)] if moeder.exists() else []
    tomme = [s for s in stemmende if not s.pladser]
    fund = [_fund(plan, "bestyrelse-tom-side", f"{s} har stemme i bestyrelsen, men ingen medlemmer.") for s in tomme]
    if forretningsorden(plan).afstemning == Afstemningsregel.FORMAEND:
        uden = [s for s in stemmende if s.pladser and not any(m.formand for m in s.pladser)]
        besked = "{} har ingen formand i bestyrelsen, og i denne plan stemmer kun formænd."
        fund += [_fund(plan, "bestyrelse-uden-formand", besked.format(s)) for s in uden]
    return [*fund, *uens]


def _pladser_og_medlemmer(plan: Helhedsplan, alle: list[Bestyrelsesside]) -> list[Fund]:
    """The seats in the organisation diagram and those who sit there must be as many; nothing is said while either is
    not written. A seat that is there on a condition may be empty. Until the plan begins they are those who sit there on
    its first day or later."""
    raekker = Plads.objects.filter(gruppe__plan=plan, gruppe__art=Gruppeart.BESTYRELSE)
    talte = [(plads.antal or 1, bool(plads.betingelse)) for plads in raekker.only("antal", "betingelse")]
    pladser, betingede = sum(n for n, _ in talte), sum(n for n, betinget in talte if betinget)
    if plan.tidligst_dag and plan.tidligst_dag > timezone.localdate():
        i_planen = Q(til__isnull=True) | Q(til__gte=plan.tidligst_dag)
        medlemmer = Bestyrelsesmedlem.objects.filter(i_planen, side__plan=plan).count()
    else:
        medlemmer = sum(len(s.pladser) for s in alle)
    if not pladser or not medlemmer or pladser - betingede <= medlemmer <= pladser:
        return []
    heraf = f", heraf {betingede} på betingelser," if betingede else ""
    besked = (
        f"Organisationsdiagrammet har {antal(pladser, 'plads', 'pladser')}{heraf} i bestyrelsen, "
        f"men der er {antal(medlemmer, 'medlem', 'medlemmer')}."
    )
    return [_fund(plan, "bestyrelse-pladser-og-medlemmer", besked)]


def _fund(plan: Helhedsplan, kode: str, besked: str) -> Fund:
    return Fund(kode, Alvor.ADVARSEL, besked, reverse("bestyrelsesmedlemmer", args=[plan.noegle]), EGEN)


def personer(plan: Helhedsplan) -> list[tuple[QuerySet, str]]:
    """Those who sit or have sat on the board."""
    return [(Bestyrelsesmedlem.objects.filter(side__plan=plan), "navn")]
