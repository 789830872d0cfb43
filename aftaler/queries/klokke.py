"""What waits for a person, remembered for as long as nothing is written: the bell on every page asks for it."""

from collections.abc import Collection
from datetime import date

from django.core.cache import caches
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from aftaler.models import Medlemskab
from aftaler.queries.overblik import Ventende, venter_paa_dig
from helhedsplan.models import Kaede
from helhedsplan.revisionsspor import FAELLES


def det_der_venter(bruger, aabnede: Collection[str] = ()) -> list[Ventende]:
    """As `venter_paa_dig`, in one query while nothing has been written in the person's plans that day. Access to a plan
    that is opened (`aabnede`: keys) waits no more.

    Whoever is in no plan is asked for nothing. One entry of the cache for each person, however much is written.
    """
    i_dag = timezone.localdate()
    planer = _planernes_stand(bruger)
    if not planer:
        return []
    fundne = _husket(bruger, (i_dag, planer), i_dag) if _alle_skrevne(planer) else venter_paa_dig(bruger, i_dag)
    return _uden(fundne, aabnede)


def kendt_antal(bruger, aabnede: Collection[str] = ()) -> int | None:
    """How many that is, in one query; None when something has been written since it was last worked out."""
    planer = _planernes_stand(bruger)
    if not planer:
        return 0
    fundne = _gemt(bruger, (timezone.localdate(), planer)) if _alle_skrevne(planer) else None
    return None if fundne is None else len(_uden(fundne, aabnede))


def _alle_skrevne(planer: list[tuple]) -> bool:
    return all(hoved for _, hoved, _, _ in planer)


def _husket(bruger, stand: tuple, i_dag: date) -> list[Ventende]:
    if (fundne := _gemt(bruger, stand)) is None:
        fundne = venter_paa_dig(bruger, i_dag)
        caches["sider"].set(_noegle(bruger), (stand, fundne))
    return fundne


def _noegle(bruger) -> str:
    return f"venter:{bruger.pk}"


def _gemt(bruger, stand: tuple) -> list[Ventende] | None:
    gemt = caches["sider"].get(_noegle(bruger))
    return gemt[1] if gemt is not None and gemt[0] == stand else None


def _uden(fundne: list[Ventende], aabnede: Collection[str]) -> list[Ventende]:
    return [v for v in fundne if not (v.adgang_til and v.adgang_til in aabnede)]


def _planernes_stand(bruger) -> list[tuple]:
    """(plan, head of its chain, head of what plans share, successor) of each plan that the person is in: names the
    state of all that can wait, as `helhedsplan.sidecache` does. One query; a plan whose head is '' has no entry."""
    hoved, faelles = (
        Subquery(Kaede.objects.filter(noegle=noegle).values("hash")[:1])
        for noegle in (OuterRef("plan__noegle"), FAELLES)
    )
    raekker = Medlemskab.objects.gaeldende().filter(bruger=bruger).order_by("plan_id", "plan__efterfoelgere__pk")
    return list(raekker.values_list("plan_id", hoved, faelles, "plan__efterfoelgere__pk"))
