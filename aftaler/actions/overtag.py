"""Plans that nobody leads, which an administrator gives a leader, and plans loaded from a file in the browser."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from aftaler.models import Helhedsplan, Medlemskab
from aftaler.planfil import Besked, Fil, Resultat, laes_filer
from aftaler.queries.adgang import planer_uden_leder, tjek_kan_oprette_plan
from helhedsplan import actions
from helhedsplan.actions import laas

REGELSAET = "Filen er et regelsæt. Regelsæt indlæses på serveren med kommandoen indlaes."


def tjek_administrator(bruger) -> None:
    if not bruger.er_administrator:
        raise PermissionDenied("Kun en administrator kan se og overtage planer uden leder.")


@transaction.atomic
def overtag_plan(*, bruger, plan: Helhedsplan, leder) -> None:
    """Let a person lead a plan that has no leader; logged in the plan. The plan is held, so that two do not at once."""
    tjek_administrator(bruger)
    laas(plan)
    if not planer_uden_leder().filter(pk=plan.pk).exists():
        raise ValidationError("Planen har fået en leder imens.", code="har-leder")
    medlemskab = Medlemskab.objects.filter(plan=plan, bruger=leder).first()
    if medlemskab is None:
        actions.opret(bruger=bruger, objekt=Medlemskab(plan=plan, bruger=leder, rolle="leder"), handling="overtaget")
    else:
        actions.ret(
            bruger=bruger, objekt=medlemskab, felter={"rolle": "leder"}, tilladte={"rolle"}, handling="overtaget"
        )


@dataclass(frozen=True)
class Planudkast:
    """What a file would make: its faults and notes by line, or the plan and how many of each thing."""

    fejl: tuple[Besked, ...] = ()
    noter: tuple[Besked, ...] = ()
    noegle: str = ""
    hvad: str = ""
    indhold: tuple[tuple[str, int], ...] = ()


def proev_planfil(*, bruger, fil: Fil) -> Planudkast:
    """Read a plan file and save nothing. A plan that is there already may only be the one in the file."""
    tjek_kan_oprette_plan(bruger)
    return _udkast(fil, laes_filer([fil], bruger=bruger, proev=True))


def indlaes_planfil(*, bruger, fil: Fil) -> Planudkast:
    """Make the plan of the file; when it has been made already, from the same file, nothing more."""
    udkast = proev_planfil(bruger=bruger, fil=fil)
    if udkast.fejl or udkast.hvad == "uændret":
        return udkast
    return _udkast(fil, laes_filer([fil], bruger=bruger))


def _udkast(fil: Fil, resultat: Resultat) -> Planudkast:
    fejl = tuple(resultat.fejl)
    if fejl:
        return Planudkast(fejl, tuple(resultat.noter))
    [udfald] = resultat.udfald
    if udfald.slags != "plan":
        return Planudkast((Besked(fil.navn, 1, "format", REGELSAET),))
    if udfald.hvad == "ændret":
        besked = f"Planen »{udfald.noegle}« findes i forvejen og er en anden end filens. Den ændres ikke herfra."
        return Planudkast((Besked(fil.navn, 1, "noegle", besked),))
    return Planudkast((), tuple(resultat.noter), udfald.noegle, udfald.hvad, tuple(resultat.indhold))
