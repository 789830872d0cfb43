"""Put back what a click has deleted: by who may write there, under the plan's lock, with all that is asked of it."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction

from aftaler.actions.raekker import UNDERRAEKKER, tjek_skrevet_ind
from aftaler.models import Helhedsplan, Medlemskab
from aftaler.queries.adgang import INGEN_RET, kan, tjek, tjek_skriv
from helhedsplan import actions, papirkurv
from helhedsplan.actions import Aendring, laas
from helhedsplan.models import Slettet
from helhedsplan.models.haendelse import objekttype
from helhedsplan.rettigheder import Rettighed

#: What may be put back only by who may do more than write.
RETTIGHEDER = {objekttype(Medlemskab): Rettighed.STYR}


@transaction.atomic
def gendan(*, bruger, plan: Helhedsplan, slettet: Slettet) -> models.Model:
    """Put a thing of the plan back. Raises KanIkkeGendannes, and it stays in the bin."""
    laas(plan)
    gemt = _hold(slettet, plan_nr=plan.pk)
    objekt = papirkurv.indhold(gemt)[0]
    _tjek(bruger, plan, objekt)
    if isinstance(objekt, Medlemskab) and objekt.bruger.anonymiseret:
        raise papirkurv.KanIkkeGendannes("Personens konto er anonymiseret.")
    try:
        tjek_skrevet_ind(bruger, objekt, {})
    except ValidationError as fejl:
        raise papirkurv.KanIkkeGendannes(fejl.messages) from None
    return papirkurv.gendan(bruger=bruger, slettet=gemt, under=lambda raekke: _under(bruger, raekke))


def _tjek(bruger, plan: Helhedsplan, objekt: models.Model) -> None:
    """Who may put it back: who may write it, or what it stands below."""
    if ret := RETTIGHEDER.get(objekttype(objekt)):
        tjek(bruger, ret, plan)
    elif objekt._meta.app_label == "budget":
        tjek(bruger, Rettighed.RET_BUDGET, plan)
    elif not kan(bruger, Rettighed.RET, plan):
        ejer = next((ejer for model, ejer, _ in UNDERRAEKKER.values() if model is type(objekt)), "")
        over = getattr(objekt, ejer) if ejer else objekt
        if getattr(over, "plan", None) != plan:
            raise PermissionDenied(INGEN_RET)
        tjek_skriv(bruger, over)


def _under(bruger, raekke: models.Model) -> None:
    """A row that stands below another is that one's change, so that who has its form open is told."""
    kendt = next(
        ((relation, ejer) for relation, (model, ejer, _) in UNDERRAEKKER.items() if model is type(raekke)), None
    )
    if kendt is None:
        return
    relation, ejer = kendt
    over = getattr(raekke, ejer) if ejer else None
    if over is not None and hasattr(over, "version"):
        aendring = Aendring(relation, str(raekke._meta.verbose_name_plural), [], [str(raekke)])
        actions.ret(
            bruger=bruger, objekt=laas(over), felter={}, tilladte=set(), ekstra=[aendring], handling="gendannet"
        )


@transaction.atomic
def gendan_faelles(*, bruger, slettet: Slettet) -> models.Model:
    """Put back a whole plan, or what plans share: an administrator's."""
    if not bruger.er_administrator:
        raise PermissionDenied("Kun en administrator kan gendanne hele planer og det, planerne er fælles om.")
    return papirkurv.gendan(bruger=bruger, slettet=_hold(slettet, plan_nr=None))


@transaction.atomic
def gendan_kladde(*, bruger, slettet: Slettet) -> str:
    """Put the person's own draft back; the address of its form."""
    gemt = Slettet.objects.select_for_update(of=("self",)).filter(pk=slettet.pk, personlig=True, bruger=bruger).first()
    if gemt is None:
        raise papirkurv.KanIkkeGendannes("Den er allerede gendannet.")
    papirkurv.gendan_kladde(slettet=gemt)
    return gemt.sted


def _hold(slettet: Slettet, plan_nr: int | None) -> Slettet:
    gemt = Slettet.objects.select_for_update(of=("self",)).filter(pk=slettet.pk, plan_nr=plan_nr, personlig=False)
    if (fundet := gemt.first()) is None:
        raise papirkurv.KanIkkeGendannes("Det er allerede gendannet, eller det er fjernet for altid.")
    return fundet
