"""A kommune's pool and what plans are granted from it. Pools are shared: `kan_rette_organisation` says who may."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from aftaler.choices import Organisationsart
from aftaler.queries.adgang import tjek
from budget.models import Medfinansieringspulje, Puljetilsagn
from budget.queries.pulje import kommune_i_vejen
from helhedsplan import actions
from helhedsplan.noegler import unik_noegle
from helhedsplan.rettigheder import Rettighed

PULJEFELTER = frozenset({"navn", "beloeb", "fra_aar", "til_aar", "hoejst_andel", "kilde", "note"})


def _tjek_pulje(bruger, pulje: Medfinansieringspulje) -> None:
    if grund := kommune_i_vejen(bruger, pulje.organisation):
        raise PermissionDenied(grund)


@transaction.atomic
def opret_pulje(*, bruger, pulje: Medfinansieringspulje) -> Medfinansieringspulje:
    if pulje.organisation.art != Organisationsart.KOMMUNE:
        raise ValidationError({"organisation": f"{pulje.organisation} er ikke en kommune."})
    _tjek_pulje(bruger, pulje)
    pulje.noegle = unik_noegle(pulje.navn, Medfinansieringspulje.objects.values_list("noegle", flat=True))
    return actions.opret(bruger=bruger, objekt=pulje)


@transaction.atomic
def ret_pulje(*, bruger, pulje: Medfinansieringspulje, felter: dict, version: int | None) -> bool:
    _tjek_pulje(bruger, pulje)
    return actions.ret(bruger=bruger, objekt=pulje, felter=felter, version=version, tilladte=PULJEFELTER)


@transaction.atomic
def slet_pulje(*, bruger, pulje: Medfinansieringspulje) -> None:
    """Only a pool that has granted nothing is deleted."""
    _tjek_pulje(bruger, pulje)
    actions.slet(bruger=bruger, objekt=pulje)


@transaction.atomic
def opret_tilsagn(*, bruger, tilsagn: Puljetilsagn) -> Puljetilsagn:
    """Grant a plan money from a pool. More than the pool holds is allowed and shown: the pool's page says so."""
    _tjek_pulje(bruger, tilsagn.pulje)
    if not bruger.er_administrator:
        tjek(bruger, Rettighed.RET, tilsagn.plan)
    return actions.opret(bruger=bruger, objekt=tilsagn)


@transaction.atomic
def ret_tilsagn(*, bruger, tilsagn: Puljetilsagn, felter: dict, version: int | None) -> bool:
    _tjek_pulje(bruger, tilsagn.pulje)
    return actions.ret(bruger=bruger, objekt=tilsagn, felter=felter, version=version, tilladte={"bevilget", "note"})


@transaction.atomic
def slet_tilsagn(*, bruger, tilsagn: Puljetilsagn) -> None:
    _tjek_pulje(bruger, tilsagn.pulje)
    actions.slet(bruger=bruger, objekt=tilsagn)
