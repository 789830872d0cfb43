"""A rule set loaded from a file in the browser: what it would make, and making it, as a draft."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction

from aftaler.actions.regelsaet import tjek_administrator
from aftaler.choices import Regelsaetstand
from aftaler.models import Regelsaet
from aftaler.planfil.filer import Indlaesningsresultat, Planfil, laes_filer
from aftaler.planfil.laes import Besked
from aftaler.queries.regelsaet import indhold

PLAN = "Filen er en plan. Den indlæses under »Indlæs en planfil« på forsiden."


@dataclass(frozen=True)
class Regelsaetudkast:
    """What a file would make: its faults and notes by line, or the rule set and how many of each thing."""

    fejl: tuple[Besked, ...] = ()
    noter: tuple[Besked, ...] = ()
    noegle: str = ""
    navn: str = ""
    hvad: str = ""
    indhold: tuple[tuple[str, int], ...] = ()


def proev_regelsaetfil(*, bruger, fil: Planfil) -> Regelsaetudkast:
    """Read a rule-set file and save nothing."""
    with transaction.atomic():
        udkast = indlaes_regelsaetfil(bruger=bruger, fil=fil)
        transaction.set_rollback(True)
    return udkast


@transaction.atomic
def indlaes_regelsaetfil(*, bruger, fil: Planfil) -> Regelsaetudkast:
    """Make a draft of the file's rule set. One that is there already may only be the one in the file."""
    tjek_administrator(bruger)
    udkast = _indlaes(bruger, fil)
    if udkast.fejl:
        transaction.set_rollback(True)
    return udkast


def _indlaes(bruger, fil: Planfil) -> Regelsaetudkast:
    kendte = set(Regelsaet.objects.values_list("noegle", flat=True))
    try:
        resultat: Indlaesningsresultat = laes_filer([fil], bruger=bruger)
    except PermissionDenied:  # a plan that the administrator does not write in
        return Regelsaetudkast((Besked(fil.navn, 1, "format", PLAN),))
    noter = tuple(resultat.noter)
    if resultat.fejl:
        return Regelsaetudkast(tuple(resultat.fejl), noter)
    [udfald] = resultat.udfald
    if udfald.slags == "plan":
        return Regelsaetudkast((Besked(fil.navn, 1, "format", PLAN),))
    regelsaet = Regelsaet.objects.get(noegle=udfald.noegle)
    if udfald.hvad not in ("oprettet", "uændret"):
        besked = (
            f"Regelsættet »{udfald.noegle}« findes i forvejen og er et andet end filens. Det ændres ikke herfra. "
            "Giv filens regelsæt en anden nøgle, så bliver det en kladde ved siden af."
        )
        return Regelsaetudkast((Besked(fil.navn, 1, "noegle", besked),))
    if udfald.noegle not in kendte:
        if Regelsaet.objects.filter(navn__iexact=regelsaet.navn).exclude(pk=regelsaet.pk).exists():
            besked = f"Der er allerede et regelsæt, der hedder »{regelsaet.navn}«. Giv filens et andet navn."
            return Regelsaetudkast((Besked(fil.navn, 1, "navn", besked),))
        Regelsaet.objects.filter(pk=regelsaet.pk).update(stand=Regelsaetstand.KLADDE)
    talt = tuple((navn, antal) for navn, antal in indhold(regelsaet).antal if antal)
    return Regelsaetudkast((), noter, regelsaet.noegle, regelsaet.navn, udfald.hvad, talt)
