"""A plan loaded from a file in the browser: what it would make, and making it."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from aftaler.planfil.filer import Indlaesningsresultat, KunAdministrator, Planfil, laes_filer
from aftaler.planfil.laes import Besked
from aftaler.queries.adgang import tjek_kan_oprette_plan

REGELSAET = "Filen er et regelsæt. En administrator indlæser det under »Regelsæt«."
EN_ANDENS = "Der er allerede en plan med den nøgle, og du skriver ikke i den. Den ændres ikke herfra."


@dataclass(frozen=True)
class Planudkast:
    """What a file would make: its faults and notes by line, or the plan and how many of each thing."""

    fejl: tuple[Besked, ...] = ()
    noter: tuple[Besked, ...] = ()
    noegle: str = ""
    hvad: str = ""
    indhold: tuple[tuple[str, int], ...] = ()
    navn: str = ""


def proev_planfil(*, bruger, fil: Planfil) -> Planudkast:
    """Read a plan file and save nothing. A plan that is there already may only be the one in the file."""
    tjek_kan_oprette_plan(bruger)
    return _laes(bruger, fil, proev=True)


def indlaes_planfil(*, bruger, fil: Planfil) -> Planudkast:
    """Make the plan of the file; when it has been made already, from the same file, nothing more."""
    udkast = proev_planfil(bruger=bruger, fil=fil)
    if udkast.fejl or udkast.hvad == "uændret":
        return udkast
    return _laes(bruger, fil)


def _laes(bruger, fil: Planfil, *, proev: bool = False) -> Planudkast:
    """What the person may not write is said at the file, as everything else that is wrong with it."""
    try:
        return _udkast(fil, laes_filer([fil], bruger=bruger, proev=proev))
    except KunAdministrator:
        return Planudkast((Besked(fil.navn, 1, "format", REGELSAET),))
    except PermissionDenied:
        return Planudkast((Besked(fil.navn, 1, "noegle", EN_ANDENS),))


def _udkast(fil: Planfil, resultat: Indlaesningsresultat) -> Planudkast:
    fejl = tuple(resultat.fejl)
    if fejl:
        return Planudkast(fejl, tuple(resultat.noter))
    [udfald] = resultat.udfald
    if udfald.slags != "plan":
        return Planudkast((Besked(fil.navn, 1, "format", REGELSAET),))
    if udfald.hvad == "ændret":
        besked = f"Planen »{udfald.noegle}« findes i forvejen og er en anden end filens. Den ændres ikke herfra."
        return Planudkast((Besked(fil.navn, 1, "noegle", besked),))
    return Planudkast((), tuple(resultat.noter), udfald.noegle, udfald.hvad, tuple(resultat.indhold), udfald.navn)
