"""Names over time: a new name from a day, other names, and what was put together with another."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from aftaler.actions.plan import tjek_kan_rette_organisation
from aftaler.actions.raekker import UNDERRAEKKER, erstat_raekker, som_dict
from aftaler.choices import Navneslags
from aftaler.models import Afdeling, Organisation
from aftaler.queries.adgang import tjek
from aftaler.queries.navne import Navngivet, navnefejl
from helhedsplan import actions, revisionsspor
from helhedsplan.actions import Raekkefejl, laas
from helhedsplan.felter import i_kolonner
from helhedsplan.rettigheder import Rettighed
from helhedsplan.tid import Tid, dagen

FELTER = frozenset({"navn", "lagt_ind_i", "lagt_ind", "lagt_ind_sagt"})


def _tjek_ret(bruger, ting: Navngivet) -> None:
    if isinstance(ting, Organisation):
        tjek_kan_rette_organisation(bruger, ting)
    elif isinstance(ting, Afdeling):
        tjek_kan_rette_organisation(bruger, ting.organisation)
    else:
        tjek(bruger, Rettighed.RET, ting.plan)


@transaction.atomic
def ret_navne(
    *, bruger, ting: Navngivet, felter: dict, raekker: list[dict], version: int | None, nyt_fra: Tid | None = None
) -> bool:
    """What a thing is called, was called, is called besides, and what it was put into; True when anything differed.

    `nyt_fra`: the name in `felter` is a new one from then on, and the one that stood becomes a former name. Raises
    Versionskonflikt, ValidationError at the field or the row at fault, PermissionDenied.
    """
    _tjek_ret(bruger, ting)
    delt = isinstance(ting, (Organisation, Afdeling))
    # One at a time, so that two are not put into each other at once.
    revisionsspor.laas(revisionsspor.FAELLES if delt else ting.plan.noegle)
    gemt = laas(ting, version)
    felter = dict(felter)
    if felter.get("lagt_ind_i"):
        felter["lagt_ind_i"] = type(ting)._default_manager.get(pk=felter["lagt_ind_i"].pk)
    alle = list(raekker)
    if nyt_fra is not None:
        if nyt_fra.tidligst and nyt_fra.tidligst > timezone.localdate():
            besked = f"Navnet er først nyt fra {nyt_fra}, men siderne skriver det, fra det er gemt. Skriv det ind da."
            raise ValidationError({"nyt_fra": besked})
        if felter.get("navn", gemt.navn) == gemt.navn:
            raise ValidationError({"nyt_fra": "Skriv det nye navn ovenfor. Det, der står, er det, den hed i forvejen."})
        if not gemt.navn:
            raise ValidationError({"nyt_fra": "Den havde intet navn før. Lad feltet stå tomt."})
        alle.append({"navn": gemt.navn, "slags": Navneslags.TIDLIGERE, **i_kolonner("til", _foer(nyt_fra))})
    aendring = erstat_raekker(ting, "navne", alle)
    _tjek_navne(ting, felter.get("navn", gemt.navn), len(raekker))
    ekstra = [aendring] if aendring else []
    return actions.ret(bruger=bruger, objekt=ting, felter=felter, version=version, tilladte=FELTER, ekstra=ekstra)


def _foer(fra: Tid) -> Tid:
    """When the old name ended: the day before the new one began; what is told in words is told of both."""
    return dagen(fra.tidligst - timedelta(days=1)) if fra.er_praecis and fra.tidligst else fra


def _tjek_navne(ting: Navngivet, hedder: str, skrevne: int) -> None:
    """Faults of the rows that were typed stand at them, and those of the one that came of `nyt_fra` there."""
    fejl = navnefejl(list(ting.navne.all()), hedder)
    if not fejl:
        return
    if ved := {nr: ValidationError({felt: besked}) for nr, (felt, besked) in fejl.items() if nr <= skrevne}:
        raise Raekkefejl("navne", ved)
    raise ValidationError({"nyt_fra": [besked for _, besked in fejl.values()]})


def kopier_navne(fra: Navngivet, til: Navngivet) -> list:
    """The names of one thing given to another that is new: for the log of it."""
    aendring = erstat_raekker(til, "navne", [som_dict(navn, UNDERRAEKKER["navne"][2]) for navn in fra.navne.all()])
    return [aendring] if aendring else []
