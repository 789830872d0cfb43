"""Plans that were put into others or split: what goes before a plan by that, and what cannot be."""

from collections.abc import Iterable

from aftaler.choices import Lagslags
from aftaler.models import Helhedsplan, Lag
from helhedsplan.svar import Svar
from helhedsplan.tid import er_foer

#: How far a chain of plans is followed.
LAENGST = 100


def kommet_af(plan: Helhedsplan) -> list[Lag]:
    """What says that other plans were put into this one or that it was split from them, as it stands. Two queries."""
    return [lag for lag in _valgte(plan) if lag.taeller()]


def _valgte(plan: Helhedsplan) -> list[Lag]:
    """Also what does not count yet, or does no more."""
    alle = plan.kommer_af.select_related("plan").prefetch_related("plan__lag", "fortsaetter_i")
    return [lag for lag in alle.order_by("plan__navn", "pk") if lag.gaar_over]


def gaar_forud(plan: Helhedsplan) -> set[int]:
    """The keys of all plans before one, by what they say of what came before."""
    set_: set[int] = set()
    nye = {plan.pk}
    for _ in range(LAENGST):
        laest = Helhedsplan.objects.filter(pk__in=nye).values_list("forgaenger", "kommer_af__plan")
        nye = {pk for raekke in laest for pk in raekke if pk is not None} - set_
        set_ |= nye
        if not nye:
            break
    return set_


def fejl_i_kommer_af(plan: Helhedsplan, lagene: Iterable[Lag]) -> str:
    """Why a plan cannot be what others went on in; '' when it can."""
    for lag in lagene:
        if lag.plan_id == plan.pk:
            return f"»{lag}« er planens eget. En plan kan ikke lægges ind i sig selv."
        if not lag.gaar_over:
            return f"»{lag}« siger ikke, at {lag.plan} er lagt sammen med en anden plan eller delt."
        if plan.pk in gaar_forud(lag.plan):
            return f"{plan} går forud for {lag.plan}, som derfor ikke kan være lagt ind i den. Vælg en anden."
        andre = [anden for anden in lag.fortsaetter_i.all() if anden.pk != plan.pk]
        if lag.slags == Lagslags.SAMMENLAEGNING and andre:
            return f"{lag.plan} er allerede lagt ind i {andre[0]} ved »{lag}«. Er den delt, så skriv det."
        slut = lag.perioden_med().til
        if er_foer(plan.slutter, slut) is Svar.HOLDER:
            return f"{plan} slutter {plan.slutter}, før {lag.plan} gik over i den {slut}. Ret en af datoerne."
    return ""


def overgange(plan: Helhedsplan, bruger) -> dict:
    """What the plan was put into or split in, and what was put into it, drafts too, each with whether the person sees
    that plan."""
    ved, af = plan.gik_over_ved, _valgte(plan)
    ses = set(Helhedsplan.objects.for_bruger(bruger).values_list("pk", flat=True)) if ved or af else set()
    efter = ved.planer_efter if ved else []
    return {
        "gik_over_ved": ved,
        "gik_over_i": [(p, p.pk in ses) for p in efter],
        "kommet_af": [(lag, lag.plan.pk in ses) for lag in af],
    }
