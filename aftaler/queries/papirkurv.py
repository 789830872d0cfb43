"""What lies in the bin, as people read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from aftaler.models import Delaftale, Helhedsplan
from aftaler.queries.historik import modeller
from helhedsplan.models import Slettet
from helhedsplan.rettigheder import Rettighed
from helhedsplan.tidligere import uden_navne


@dataclass(frozen=True)
class Kurvlinje:
    pk: int
    art: str
    navn: str
    hvem: str
    slettet: datetime
    fjernes: date
    med_filer: int
    personlig: bool


def i_planens(plan: Helhedsplan, bruger) -> models.QuerySet[Slettet]:
    """The plan's, as `plan.rettigheder` has it: all for who writes it; else what is of the money, for who writes that,
    and what the person has deleted; and the person's own drafts of its forms."""
    egne = models.Q(personlig=True, kaede=plan.noegle, bruger=bruger)
    planens = models.Q(plan_nr=plan.pk, personlig=False)
    if Rettighed.RET not in plan.rettigheder:
        budget = models.Q(objekt_type__startswith="budget.") if Rettighed.RET_BUDGET in plan.rettigheder else models.Q()
        planens &= models.Q(bruger=bruger) | budget
    return Slettet.objects.filter(planens | egne)


def i_den_faelles() -> models.QuerySet[Slettet]:
    return Slettet.objects.filter(plan_nr=None, personlig=False)


def linjer(slettede: Iterable[Slettet]) -> list[Kurvlinje]:
    kendte = modeller()
    return [
        Kurvlinje(
            s.pk,
            str(kendte[s.objekt_type]._meta.verbose_name) if s.objekt_type in kendte else s.objekt_type,
            uden_navne(s.objekt_navn),
            str(s.bruger or ""),
            s.slettet,
            timezone.localdate(s.slettet) + timedelta(days=settings.PAPIRKURV_DAGE),
            len(s.filer),
            s.personlig,
        )
        for s in slettede
    ]


def ikke_i_planens_regelsaet(objekt: models.Model) -> list[str]:
    """What was chosen of a rule set that the plan does not stand on any more, and a delaftale of an indsatsområde that
    the plan has not chosen any more."""
    plan = getattr(objekt, "plan", None)
    if plan is None or isinstance(objekt, Helhedsplan):
        return []
    valgte = [getattr(objekt, felt.name) for felt in objekt._meta.concrete_fields if felt.is_relation]
    if any(getattr(v, "regelsaet_id", plan.regelsaet_id) != plan.regelsaet_id for v in valgte if v and v != plan):
        return ["Planen er flyttet til et andet regelsæt siden, og det hører til det gamle."]
    if isinstance(objekt, Delaftale) and not plan.indsatsomraader.filter(pk=objekt.indsatsomraade_id).exists():
        return [f"{objekt.indsatsomraade} er ikke valgt i planen. Vælg indsatsområdet først."]
    return []
