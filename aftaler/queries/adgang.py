"""Who may do what in a plan. `kan` answers, `tjek` raises; views, actions and buttons ask these two."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Exists, OuterRef
from django.urls import resolve

from aftaler.models import Aktivitet, Delaftale, Helhedsplan, Medlemskab
from aftaler.models.plan import i_planer
from helhedsplan.laest import laest_en_gang
from helhedsplan.models import Bruger
from helhedsplan.rettigheder import BESTYRELSE, PROGRAMMET, Rettighed, opfylder, rettigheder_for

INGEN_RET = "Din rolle i planen giver ikke ret til det. Spørg planens leder."


def medlemskab_i(bruger, plan: Helhedsplan) -> Medlemskab | None:
    """The person's membership of the plan, where it counts today."""
    return Medlemskab.objects.gaeldende().filter(plan=plan, bruger_id=bruger.pk).first()


def rolle_i(bruger, plan: Helhedsplan) -> str | None:
    """The key of the person's role in the plan today, or None."""
    egne = Medlemskab.objects.gaeldende().filter(plan=plan, bruger_id=bruger.pk)
    return egne.values_list("rolle", flat=True).first()


def kan(bruger, rettighed: Rettighed, plan: Helhedsplan) -> bool:
    return bruger is PROGRAMMET or rettighed in rettigheder_for(rolle_i(bruger, plan))


def tjek(bruger, rettighed: Rettighed, plan: Helhedsplan) -> None:
    if not kan(bruger, rettighed, plan):
        raise PermissionDenied(INGEN_RET)


def er_eget(medlemskab: Medlemskab, objekt: models.Model) -> bool:
    """Does it stand in one of the person's own delaftaler, or is it one of the person's own activities."""
    delaftale = objekt.pk if isinstance(objekt, Delaftale) else getattr(objekt, "delaftale_id", None)
    if delaftale and medlemskab.delaftaler.filter(pk=delaftale).exists():
        return True
    return isinstance(objekt, Aktivitet) and bool(objekt.pk) and medlemskab.aktiviteter.filter(pk=objekt.pk).exists()


def kan_skrive(bruger, objekt: models.Model) -> bool:
    """May the person write this row of a plan: because he writes the plan, or because it is his own."""
    if bruger is PROGRAMMET:
        return True
    medlemskab = medlemskab_i(bruger, objekt.plan)
    rettigheder = rettigheder_for(medlemskab.rolle) if medlemskab else frozenset()
    if Rettighed.RET in rettigheder:
        return True
    return bool(medlemskab) and Rettighed.RET_EGET in rettigheder and er_eget(medlemskab, objekt)


def tjek_skriv(bruger, objekt: models.Model) -> None:
    if not kan_skrive(bruger, objekt):
        raise PermissionDenied(INGEN_RET)


def personer_med(plan: Helhedsplan, *rettigheder: Rettighed) -> models.QuerySet[Bruger]:
    """Those whose accounts are open, and who have the rights in the plan today."""
    medlemmer = Medlemskab.objects.gaeldende(*rettigheder).filter(plan=plan).order_by()
    return Bruger.objects.filter(is_active=True, pk__in=medlemmer.values("bruger"))


def bestyrelsens(plan: Helhedsplan) -> models.QuerySet[Bruger]:
    """Those who have the board's role in the plan today."""
    medlemmer = Medlemskab.objects.gaeldende().filter(plan=plan, rolle=BESTYRELSE).order_by()
    return Bruger.objects.filter(is_active=True, pk__in=medlemmer.values("bruger"))


def skrivere(plan: Helhedsplan, undtagen=None) -> list[int]:
    """The pk of those who write the plan, without the one who acts."""
    alle = Medlemskab.objects.gaeldende(Rettighed.RET).filter(plan=plan)
    return list(alle.exclude(bruger_id=getattr(undtagen, "pk", None)).values_list("bruger_id", flat=True))


@laest_en_gang
def kan_oprette_plan(bruger) -> bool:
    """New plans are started by administrators and by those who already lead or write one."""
    return bruger.er_administrator or i_planer(bruger, Rettighed.RET).exists()


def tjek_kan_oprette_plan(bruger) -> None:
    if not kan_oprette_plan(bruger):
        raise PermissionDenied(
            "Du kan oprette en plan, når du er leder eller sekretariat i en anden, eller er administrator."
        )


def planer_uden_leder():
    """The plans that no open account leads. For administrators: nobody else may know of a plan they are not in."""
    ledes = Medlemskab.objects.gaeldende(Rettighed.STYR).filter(plan=OuterRef("pk"), bruger__is_active=True)
    return Helhedsplan.objects.filter(~Exists(ledes))


def kan_rette_organisation(bruger, organisation, rettighed: Rettighed = Rettighed.RET) -> bool:
    """An organisation is shared: it is changed only by one who writes every plan that uses it. `rettighed`: for what
    less is asked, the money of a kommune's pool."""
    return organisation.pk in kan_rettes_af(bruger, [organisation], rettighed)


def skriver_alle(bruger, planer: Iterable[int]) -> bool:
    """Does the person write every one of the plans (pk)."""
    planer = set(planer)
    return planer == set(i_planer(bruger, Rettighed.RET).filter(plan__in=planer).values_list("plan_id", flat=True))


@laest_en_gang
def kan_rettes_af(bruger, organisationer, rettighed: Rettighed = Rettighed.RET) -> set[int]:
    """The pk of those of the organisations that the person may change. A constant number of queries."""
    alle = {o.pk for o in organisationer}
    if bruger is PROGRAMMET or bruger.er_administrator:
        return alle
    bruges: dict[int, set[int]] = {pk: set() for pk in alle}
    for vej in ("parter__organisation", "grupper__pladser__organisation", "omraader__afdelinger__organisation"):
        for plan, organisation in Helhedsplan.objects.filter(**{f"{vej}__in": alle}).values_list("pk", vej):
            if organisation in alle:
                bruges[organisation].add(plan)
    egne = set(i_planer(bruger, rettighed).values_list("plan_id", flat=True))
    return {pk for pk, planer in bruges.items() if planer and planer <= egne}


def organisation_i_vejen(bruger, organisation) -> str:
    """Why the person does not change the organisation, or ""."""
    if kan_rette_organisation(bruger, organisation):
        return ""
    return "Organisationen bruges også af planer, du ikke skriver i. Bed en administrator om at rette den."


def aabner(plan: Helhedsplan, url: str) -> bool:
    """Do the person's rights in the plan (`plan.rettigheder`) open the page at the address. A page that names no right
    asks to read the plan; one whose right is None is for whoever is in the plan."""
    view = resolve(urlsplit(url).path).func
    rettighed = getattr(getattr(view, "view_class", view), "rettighed", Rettighed.SE)
    return opfylder(plan.rettigheder, rettighed)
