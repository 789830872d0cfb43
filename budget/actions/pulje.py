"""A kommune's pool and what plans are granted from it. Pools are shared: `kan_rette_organisation` says who may."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q

from aftaler.choices import Organisationsart
from aftaler.models import Helhedsplan
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
    if pulje.organisation.arkiveret or pulje.organisation.lagt_ind_i_id:
        nu = pulje.organisation.lagt_ind_i
        hvad = f"er lagt ind i {nu}. Vælg {nu}" if nu else "er arkiveret. Vælg en kommune, der er der"
        raise ValidationError({"organisation": f"{pulje.organisation} {hvad}."}, code="ikke-der")
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
def opret_tilsagn(*, bruger, tilsagn: Puljetilsagn, faelles_med: Iterable[Helhedsplan] = ()) -> Puljetilsagn:
    """Grant a plan money from a pool. More than the pool holds is allowed and shown: the pool's page says so."""
    _tjek_pulje(bruger, tilsagn.pulje)
    if not bruger.er_administrator:
        tjek(bruger, Rettighed.RET_BUDGET, tilsagn.plan)
    _tjek_faelles(tilsagn, faelles_med)
    return actions.opret(bruger=bruger, objekt=tilsagn, m2m={"faelles_med": list(faelles_med)})


def _tjek_faelles(tilsagn: Puljetilsagn, faelles_med: Iterable[Helhedsplan]) -> None:
    """One grant for each plan and pool, its own or one together with others: else the money counts twice."""
    andre = Puljetilsagn.objects.filter(pulje=tilsagn.pulje_id).exclude(pk=tilsagn.pk).select_related("plan")
    if del_af := andre.filter(faelles_med=tilsagn.plan_id).first():
        besked = (
            f"Planen er med i det tilsagn, der står hos {del_af.plan}. Tag den ud dér, hvis den skal have sit eget."
        )
        raise ValidationError({"bevilget": besked}, code="to_gange")
    for plan in faelles_med:
        har = andre.filter(Q(plan=plan) | Q(faelles_med=plan)).first()
        if plan.pk == tilsagn.plan_id or har:
            hvor = f" hos {har.plan}" if har and har.plan_id != plan.pk else ""
            besked = f"{plan} har allerede et tilsagn fra puljen{hvor}. Beløbet ville tælle to gange."
            raise ValidationError({"faelles_med": besked}, code="to_gange")


@transaction.atomic
def ret_tilsagn(*, bruger, tilsagn: Puljetilsagn, felter: dict, version: int | None) -> bool:
    _tjek_pulje(bruger, tilsagn.pulje)
    _tjek_faelles(tilsagn, felter.get("faelles_med") or ())
    tilladte = {"bevilget", "faelles_med", "note"}
    return actions.ret(bruger=bruger, objekt=tilsagn, felter=felter, version=version, tilladte=tilladte)


@transaction.atomic
def slet_tilsagn(*, bruger, tilsagn: Puljetilsagn) -> None:
    _tjek_pulje(bruger, tilsagn.pulje)
    actions.slet(bruger=bruger, objekt=tilsagn)
