"""The board's sides, its members, and what its kommissorium says of votes and meetings."""

from django.core.exceptions import ValidationError
from django.db import transaction

from aftaler.actions import raekker
from aftaler.models import Helhedsplan, Medlemskab
from aftaler.queries.adgang import tjek
from bestyrelse.models import Bestyrelsesmedlem, Bestyrelsesside, Forretningsorden
from bestyrelse.queries.sammensaetning import MOEDEFELTER, moedegruppe
from helhedsplan import actions
from helhedsplan.actions import Versionskonflikt, laas
from helhedsplan.rettigheder import Rettighed

#: Sides are made, changed and deleted as the plan's other rows are (`aftaler.actions.raekker`).
raekker.FELTER[Bestyrelsesside] = frozenset({"navn", "organisation", "har_stemme"})
MEDLEMSFELTER = frozenset({"navn", "titel", "formand", "bruger", "fra", "til"})
ORDENSFELTER = frozenset({"afstemning", "bestyrelsesmoeder", "foelgegruppemoeder", "indkaldelse_dage", "referat_dage"})


@transaction.atomic
def ret_forretningsorden(*, bruger, orden: Forretningsorden, felter: dict, version: int | None) -> Forretningsorden:
    """Change how the board works; the first change makes the row. Decisions that stand keep the rule they had."""
    tjek(bruger, Rettighed.RET, orden.plan)
    laas(orden.plan)
    findes = Forretningsorden.objects.filter(plan=orden.plan).first()
    if findes is not None and orden.pk is None:
        raise Versionskonflikt(findes, version or 0)
    if orden.pk is None:
        for felt, vaerdi in felter.items():
            setattr(orden, felt, vaerdi)
        actions.opret(bruger=bruger, objekt=orden)
    else:
        actions.ret(bruger=bruger, objekt=orden, felter=felter, version=version, tilladte=ORDENSFELTER)
    _skriv_moedetal(bruger, orden)
    return orden


def _skriv_moedetal(bruger, orden: Forretningsorden) -> None:
    """The number of meetings stands at the groups, where diagram, kommissorium and calendar read it."""
    for art, felt in MOEDEFELTER.items():
        if gruppe := moedegruppe(orden.plan, art):
            raekker.ret(bruger=bruger, objekt=gruppe, felter={"moeder_pr_aar": getattr(orden, felt)}, version=None)


def _tjek_bruger(plan: Helhedsplan, bruger) -> None:
    """The account that is named is one that may read the plan."""
    if bruger is not None and not Medlemskab.objects.filter(plan=plan, bruger=bruger).exists():
        besked = "Brugeren har ikke adgang til planen. Giv adgang under Indstillinger først."
        raise ValidationError({"bruger": besked}, code="ingen_adgang")


@transaction.atomic
def opret_medlem(*, bruger, medlem: Bestyrelsesmedlem) -> Bestyrelsesmedlem:
    """Somebody takes a seat. The plan is held, so that nobody gets two seats at once."""
    tjek(bruger, Rettighed.RET, medlem.plan)
    laas(medlem.plan)
    _tjek_bruger(medlem.plan, medlem.bruger)
    return actions.opret(bruger=bruger, objekt=medlem)


@transaction.atomic
def ret_medlem(*, bruger, medlem: Bestyrelsesmedlem, felter: dict, version: int | None) -> bool:
    """Change a seat's holder's facts, or give him a last day. A seat stays on its side."""
    tjek(bruger, Rettighed.RET, medlem.plan)
    laas(medlem.plan)
    _tjek_bruger(medlem.plan, felter.get("bruger"))
    return actions.ret(bruger=bruger, objekt=medlem, felter=felter, version=version, tilladte=MEDLEMSFELTER)


@transaction.atomic
def slet_medlem(*, bruger, medlem: Bestyrelsesmedlem) -> None:
    """Delete one that was written by mistake; one that has come to a meeting or voted gets a last day instead."""
    tjek(bruger, Rettighed.RET, medlem.plan)
    try:
        actions.slet(bruger=bruger, objekt=medlem)
    except ValidationError as fejl:
        besked = f"{' '.join(fejl.messages)} Skriv en sidste dag i stedet."
        raise ValidationError(besked, code="bruges") from None
