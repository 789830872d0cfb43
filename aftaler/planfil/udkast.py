"""A plan loaded from a file in the browser: what it would make, and making it."""

from dataclasses import dataclass

from aftaler.planfil.filer import Indlaesningsresultat, Planfil, laes_filer
from aftaler.planfil.laes import Besked
from aftaler.queries.adgang import tjek_kan_oprette_plan

REGELSAET = "Filen er et regelsæt. Regelsæt indlæses på serveren med kommandoen indlaes."


@dataclass(frozen=True)
class Planudkast:
    """What a file would make: its faults and notes by line, or the plan and how many of each thing."""

    fejl: tuple[Besked, ...] = ()
    noter: tuple[Besked, ...] = ()
    noegle: str = ""
    hvad: str = ""
    indhold: tuple[tuple[str, int], ...] = ()


def proev_planfil(*, bruger, fil: Planfil) -> Planudkast:
    """Read a plan file and save nothing. A plan that is there already may only be the one in the file."""
    tjek_kan_oprette_plan(bruger)
    return _udkast(fil, laes_filer([fil], bruger=bruger, proev=True))


def indlaes_planfil(*, bruger, fil: Planfil) -> Planudkast:
    """Make the plan of the file; when it has been made already, from the same file, nothing more."""
    udkast = proev_planfil(bruger=bruger, fil=fil)
    if udkast.fejl or udkast.hvad == "uændret":
        return udkast
    return _udkast(fil, laes_filer([fil], bruger=bruger))


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
    return Planudkast((), tuple(resultat.noter), udfald.noegle, udfald.hvad, tuple(resultat.indhold))
