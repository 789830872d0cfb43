"""What is agreed on top of a plan comes into force and goes out of it, with the edition of its paper."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from aftaler.models import Lag
from aftaler.queries.adgang import tjek
from helhedsplan import actions
from helhedsplan.actions import laas
from helhedsplan.rettigheder import Rettighed

SOM_IKRAFT = {"gaelder_fra", "gaelder_fra_sagt", "ikraft_ved"}


@transaction.atomic
def saet_i_kraft(*, bruger, lag: Lag, dato: date, dokument_id: str) -> bool:
    """Let it count from a day, by an edition. A later edition of one that counts already moves nothing but its name.
    Raises ValidationError at `ikraft`."""
    tjek(bruger, Rettighed.STYR, lag.plan)
    gemt = laas(lag)
    if gemt.ophaevet:
        besked = f"»{gemt}« er ophævet for godt. Tilføj et nyt oven på planen, og frys det."
        raise ValidationError({"ikraft": besked}, code="ophaevet")
    felter: dict = {"ikraft_ved": dokument_id}
    if not gemt.ikraft_ved:
        felter |= {"gaelder_fra": dato, "gaelder_fra_sagt": ""}
    try:
        return actions.ret(bruger=bruger, objekt=gemt, felter=felter, tilladte=SOM_IKRAFT, handling="sat i kraft")
    except ValidationError as fejl:
        raise ValidationError({"ikraft": fejl.messages}, code="ikraft") from None


@transaction.atomic
def ophaev(*, bruger, lag: Lag, dag: date, staar_ved: str) -> bool:
    """The edition that it counted by is withdrawn: it counts by another that is in force (`staar_ved`), or no more."""
    tjek(bruger, Rettighed.STYR, lag.plan)
    gemt = laas(lag)
    if staar_ved:
        felter: dict = {"ikraft_ved": staar_ved}
    elif over := [et for et in gemt.oven_over.all() if et.taeller()]:
        raise ValidationError(f"»{over[0]}« ligger oven på »{gemt}« og gælder. Træk det tilbage først.", code="bruges")
    else:
        felter = {"ophaevet": dag}
    return actions.ret(bruger=bruger, objekt=gemt, felter=felter, tilladte=set(felter), handling="ophævet")
