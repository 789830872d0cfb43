"""Delaftaler and the sections and pictures of both kinds of papers."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from aftaler.actions.raekker import UNDERRAEKKER
from aftaler.models import Delaftale, Helhedsplan, Indsatsomraade, Samarbejdspart
from aftaler.queries.adgang import tjek, tjek_skriv
from helhedsplan import actions
from helhedsplan.actions import Aendring, i_raekke, laas
from helhedsplan.rettigheder import Rettighed


@transaction.atomic
def opret_delaftale(
    *, bruger, plan: Helhedsplan, indsatsomraade: Indsatsomraade, ekstra: Sequence[Aendring] = ()
) -> Delaftale:
    """The delaftale of a chosen indsatsområde."""
    tjek(bruger, Rettighed.RET, plan)
    if not plan.indsatsomraader.filter(pk=indsatsomraade.pk).exists():
        raise ValidationError(f"{indsatsomraade} er ikke valgt i planen. Vælg indsatsområdet først.")
    ny = Delaftale(plan=plan, indsatsomraade=indsatsomraade)
    return actions.opret(bruger=bruger, objekt=ny, under=lambda: list(ekstra))


@transaction.atomic
def slet_delaftale(*, bruger, delaftale: Delaftale) -> None:
    """Only an empty delaftale is deleted; what is written in it must be taken out first."""
    tjek(bruger, Rettighed.RET, delaftale.plan)
    with actions.slet_samlet(bruger=bruger, objekt=delaftale):
        for afsnit in delaftale.afsnit.filter(tekst="", billeder__isnull=True):
            actions.slet(bruger=bruger, objekt=afsnit)
        if delaftale.afsnit.exists():
            raise ValidationError("Delaftalen har afsnit med tekst. Tøm dem først, hvis den skal slettes.")
        if delaftale.samarbejdsparter.exists():
            raise ValidationError("Delaftalen har samarbejdsparter. Fjern dem først, hvis den skal slettes.")
        actions.slet(bruger=bruger, objekt=delaftale)


@transaction.atomic
def ret_samarbejdsparter(
    *, bruger, delaftale: Delaftale, raekker: list[dict], version: int | None, ekstra: Sequence[Aendring] = ()
) -> bool:
    """The partners of the whole delaftale; those of an activity are changed with the activity."""
    tjek_skriv(bruger, delaftale)
    laas(delaftale, version)
    aendring = _erstat_egne_parter(delaftale, raekker)
    return actions.ret(
        bruger=bruger,
        objekt=delaftale,
        felter={},
        version=version,
        tilladte=set(),
        ekstra=[aendring, *ekstra] if aendring else [],
    )


def _erstat_egne_parter(delaftale: Delaftale, raekker: list[dict]):
    felter = UNDERRAEKKER["samarbejdsparter"][2]
    nye = [
        Samarbejdspart(delaftale=delaftale, orden=orden, **{f: raekke.get(f) or "" for f in felter})
        for orden, raekke in enumerate(raekker, 1)
    ]
    for part in nye:
        with i_raekke("egne_parter", part.orden):
            part.full_clean()
    foer, efter = ([tuple(getattr(p, f) for f in felter) for p in parter] for parter in (delaftale.egne_parter, nye))
    if foer == efter:
        return None
    delaftale.egne_parter.delete()
    for part in nye:
        part.save()
    i_ord = [[" · ".join(filter(None, r)) for r in liste] for liste in (foer, efter)]
    return Aendring("samarbejdsparter", "samarbejdsparter", *i_ord)
