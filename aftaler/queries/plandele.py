"""The parts of a plan that most rooms ask for: each is one query, asked once for a page."""

from django.db.models import prefetch_related_objects

from aftaler.models import Delaftale, Gruppe, Helhedsplan, Indsatsomraade, Omraade, Part, Skabelonafsnit
from helhedsplan.laest import laest_en_gang


@laest_en_gang
def valgte(plan: Helhedsplan) -> tuple[Indsatsomraade, ...]:
    """The indsatsområder that the plan has chosen."""
    return tuple(plan.indsatsomraader.all())


@laest_en_gang
def delaftalerne(plan: Helhedsplan) -> tuple[Delaftale, ...]:
    """With their indsatsområder, in order."""
    return tuple(plan.delaftaler.select_related("indsatsomraade"))


@laest_en_gang
def delaftaler_med_aktiviteter(plan: Helhedsplan) -> tuple[Delaftale, ...]:
    """As `delaftalerne`, with all that stands of their activities."""
    aftaler = delaftalerne(plan)
    prefetch_related_objects(aftaler, "aktiviteter")
    return aftaler


@laest_en_gang
def parterne(plan: Helhedsplan) -> tuple[Part, ...]:
    """With their organisations, and what those have been put into."""
    return tuple(plan.parter.select_related("organisation__lagt_ind_i"))


@laest_en_gang
def grupperne(plan: Helhedsplan) -> tuple[Gruppe, ...]:
    """In order, whatever they stand under."""
    return tuple(plan.grupper.all())


@laest_en_gang
def omraaderne(plan: Helhedsplan) -> tuple[Omraade, ...]:
    """In order, with what they have been put into."""
    return tuple(plan.omraader.select_related("lagt_ind_i"))


@laest_en_gang
def skabelonen(plan: Helhedsplan) -> tuple[Skabelonafsnit, ...]:
    """The sections that the rule set has for all papers."""
    return tuple(Skabelonafsnit.objects.filter(regelsaet_id=plan.regelsaet_id))


@laest_en_gang
def har_milepaele(plan: Helhedsplan) -> bool:
    return plan.planmilepaele.exists()


@laest_en_gang
def har_risici(plan: Helhedsplan) -> bool:
    return plan.risici.exists()
