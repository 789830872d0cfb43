"""Who may do what in a plan. `kan` answers, `tjek` raises; views, actions and buttons ask these two."""

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef

from aftaler.models import Helhedsplan, Medlemskab
from helhedsplan.laest import laest_en_gang
from helhedsplan.rettigheder import PROGRAMMET, Rettighed, rettigheder_for


def rolle_i(bruger, plan: Helhedsplan) -> str | None:
    """The key of the person's role in the plan, or None."""
    return Medlemskab.objects.filter(plan=plan, bruger_id=bruger.pk).values_list("rolle", flat=True).first()


def kan(bruger, rettighed: Rettighed, plan: Helhedsplan) -> bool:
    return bruger is PROGRAMMET or rettighed in rettigheder_for(rolle_i(bruger, plan))


def tjek(bruger, rettighed: Rettighed, plan: Helhedsplan) -> None:
    if not kan(bruger, rettighed, plan):
        raise PermissionDenied("Din rolle i planen giver ikke ret til det. Spørg planens leder.")


def skrivere(plan: Helhedsplan, undtagen=None) -> list[int]:
    """The pk of those who write the plan, without the one who acts."""
    alle = Medlemskab.objects.filter(plan=plan, rolle__in=["leder", "sekretariat"])
    return list(alle.exclude(bruger_id=getattr(undtagen, "pk", None)).values_list("bruger_id", flat=True))


@laest_en_gang
def kan_oprette_plan(bruger) -> bool:
    """New plans are started by administrators and by those who already lead or write one."""
    if bruger.er_administrator:
        return True
    return Medlemskab.objects.filter(bruger_id=bruger.pk, rolle__in=["leder", "sekretariat"]).exists()


def tjek_kan_oprette_plan(bruger) -> None:
    if not kan_oprette_plan(bruger):
        raise PermissionDenied(
            "Du kan oprette en plan, når du er leder eller sekretariat i en anden, eller er administrator."
        )


def planer_uden_leder():
    """The plans that no open account leads. For administrators: nobody else may know of a plan they are not in."""
    ledes = Medlemskab.objects.filter(plan=OuterRef("pk"), rolle="leder", bruger__is_active=True)
    return Helhedsplan.objects.filter(~Exists(ledes))


def kan_rette_organisation(bruger, organisation) -> bool:
    """An organisation is shared: it is changed only by one who writes every plan that uses it."""
    return organisation.pk in kan_rettes_af(bruger, [organisation])


@laest_en_gang
def kan_rettes_af(bruger, organisationer) -> set[int]:
    """The pk of those of the organisations that the person may change. A constant number of queries."""
    alle = {o.pk for o in organisationer}
    if bruger is PROGRAMMET or bruger.er_administrator:
        return alle
    bruges: dict[int, set[int]] = {pk: set() for pk in alle}
    for vej in ("parter__organisation", "grupper__pladser__organisation", "omraader__afdelinger__organisation"):
        for plan, organisation in Helhedsplan.objects.filter(**{f"{vej}__in": alle}).values_list("pk", vej):
            if organisation in alle:
                bruges[organisation].add(plan)
    skrives = Medlemskab.objects.filter(bruger_id=bruger.pk, rolle__in=["leder", "sekretariat"])
    egne = set(skrives.values_list("plan_id", flat=True))
    return {pk for pk, planer in bruges.items() if planer and planer <= egne}


def organisation_i_vejen(bruger, organisation) -> str:
    """Why the person does not change the organisation, or ""."""
    if kan_rette_organisation(bruger, organisation):
        return ""
    return "Organisationen bruges også af planer, du ikke skriver i. Bed en administrator om at rette den."
