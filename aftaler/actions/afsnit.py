from collections.abc import Sequence

from django.db import transaction

from aftaler.models import Afsnit, Delaftale, Helhedsplan, Skabelonafsnit
from aftaler.queries.adgang import tjek_skriv
from helhedsplan import actions, tilslutninger
from helhedsplan.actions import Aendring, UkendtFelt, Versionskonflikt, laas

AFSNITSFELTER = frozenset({"tekst", "faerdig"})


def hent_afsnit(plan: Helhedsplan, skabelon: Skabelonafsnit, delaftale: Delaftale | None) -> Afsnit:
    """The section as written, or an unsaved empty one (version 0)."""
    fundet = Afsnit.objects.filter(plan=plan, skabelon=skabelon, delaftale=delaftale).first()
    return fundet or Afsnit(plan=plan, skabelon=skabelon, delaftale=delaftale, version=0)


@transaction.atomic
def ret_afsnit(*, bruger, afsnit: Afsnit, felter: dict, version: int, ekstra: Sequence[Aendring] = ()) -> bool:
    """Write a section's text. Version 0 says that nobody had written it when the form was opened. `ekstra` is for its
    entry in the log."""
    tjek_skriv(bruger, afsnit)
    if "tekst" in felter:
        for foelger in tilslutninger.AFSNITSFOELGERE:
            felter = felter | {"tekst": foelger.klargoer(afsnit, felter["tekst"])}
    rettet = _gem_afsnit(bruger, afsnit, felter, version, ekstra)
    for foelger in tilslutninger.AFSNITSFOELGERE:
        foelger.foelg(bruger=bruger, afsnit=afsnit)
    return rettet


def _gem_afsnit(bruger, afsnit: Afsnit, felter: dict, version: int, ekstra: Sequence[Aendring]) -> bool:
    if afsnit.pk is not None:
        return actions.ret(
            bruger=bruger, objekt=afsnit, felter=felter, version=version, tilladte=AFSNITSFELTER, ekstra=ekstra
        )
    if ukendte := set(felter) - AFSNITSFELTER:
        raise UkendtFelt(f"{afsnit._meta.label} skrives ikke med {sorted(ukendte)}")
    laas(afsnit.plan)
    kom_foer = hent_afsnit(afsnit.plan, afsnit.skabelon, afsnit.delaftale)
    if kom_foer.pk is not None:
        raise Versionskonflikt(kom_foer, version)
    afsnit.version = 1
    for felt, vaerdi in felter.items():
        setattr(afsnit, felt, vaerdi)
    actions.opret(bruger=bruger, objekt=afsnit, under=lambda: list(ekstra))
    return True
