"""Who sits on a plan's board on a day, side by side, and what its kommissorium says of votes."""

from datetime import date

from django.db.models import Prefetch

from aftaler.models import Helhedsplan
from bestyrelse.models import Bestyrelsesmedlem, Bestyrelsesside, Forretningsorden
from bestyrelse.stemmeregler import Medlem, Side


def forretningsorden(plan: Helhedsplan) -> Forretningsorden:
    """The plan's own, or one with the defaults that is not saved."""
    return Forretningsorden.objects.filter(plan=plan).first() or Forretningsorden(plan=plan)


def sider(plan: Helhedsplan, dag: date | None = None) -> list[Bestyrelsesside]:
    """The sides in their order with their members as `pladser`: those of a day, or all there have been. Two queries."""
    medlemmer = Bestyrelsesmedlem.objects.select_related("bruger").order_by("-formand", "pk")
    if dag is not None:
        medlemmer = medlemmer.paa(dag)
    fundne = list(
        Bestyrelsesside.objects.filter(plan=plan)
        .select_related("organisation")
        .prefetch_related(Prefetch("medlemmer", medlemmer, to_attr="pladser"))
        .order_by("orden", "pk")
    )
    for side in fundne:
        side.plan = plan
        for medlem in side.pladser:
            medlem.side = side
    return fundne


def som_regelsider(fundne: list[Bestyrelsesside]) -> tuple[Side, ...]:
    """The sides and their members as the rules of voting take them."""
    return tuple(Side(s.navn, s.har_stemme, tuple(Medlem(m.pk, m.navn, m.formand) for m in s.pladser)) for s in fundne)
