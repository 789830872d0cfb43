"""Whether a document's draft still says what its editions say: one answer for the list, the overview, the package and
the findings, kept for as long as nothing is written in the plan."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from django.db.models import Max
from django.http import Http404
from django.utils import timezone

from aftaler.models import Helhedsplan
from aftaler.models.plan import Planperiode
from aftaler.queries.dokument import Dokument, med_periode
from dokumenter import oejebliksbillede
from dokumenter.choices import Kladdestand
from dokumenter.models import Udgave
from dokumenter.queries.dokumenter import Dokumentlinje, dokumenter
from dokumenter.queries.pakke import Pakkeoverblik, Pakkestilling, pakkeoverblik, pakkestilling
from helhedsplan.models import Haendelse
from helhedsplan.pdf import PdfFejl
from helhedsplan.revisionsspor import FAELLES
from helhedsplan.sidecache import genbrug


def med_kladdestand(plan: Helhedsplan, linjer: Sequence[Dokumentlinje]) -> list[Dokumentlinje]:
    """The documents with how each one's draft stands to its newest edition and to the one in the package."""
    stande = kladdestande(plan, linjer)
    return [
        replace(
            linje,
            kladden=stande.get(linje.nyeste.udgave.pk) if linje.nyeste else None,
            pakkens=stande.get(linje.til_pakken.udgave.pk) if linje.til_pakken else None,
        )
        for linje in linjer
    ]


def kladdestande(plan: Helhedsplan, linjer: Iterable[Dokumentlinje]) -> dict[int, Kladdestand]:
    """{pk: how the draft stands to it} of the editions that count: the newest, the package's and the one in force.

    Two queries where nothing has been written since they were frozen; else each draft is made anew, once for a state
    of the plan.
    """
    vist = [v for linje in linjer for v in (linje.nyeste, linje.til_pakken, linje.gaeldende) if v]
    udgaver = {v.udgave.pk: v.udgave for v in vist}
    if not udgaver:
        return {}
    hvad = f"kladdestand {plan.noegle} {timezone.localdate()} {sorted(udgaver)}"
    return genbrug(hvad, [plan.noegle], lambda: _stande(plan, list(udgaver.values())))


def _stande(plan: Helhedsplan, udgaver: list[Udgave]) -> dict[int, Kladdestand]:
    sidst = _sidst_skrevet(plan)
    roert = [u.pk for u in udgaver if sidst and sidst > u.frosset]
    indhold = dict(Udgave.objects.filter(pk__in=roert).values_list("pk", "indhold")) if roert else {}
    kladder: dict[tuple[str, str], oejebliksbillede.Papir | Kladdestand] = {}
    stande = {}
    for u in udgaver:
        if u.pk not in indhold:
            stande[u.pk] = Kladdestand.ENS
            continue
        if (u.art, u.emne) not in kladder:
            kladder[u.art, u.emne] = _kladde(plan, u)
        stande[u.pk] = _holdt_op(kladder[u.art, u.emne], indhold[u.pk], plan.perioderne())
    return stande


def _kladde(plan: Helhedsplan, udgave: Udgave) -> oejebliksbillede.Papir | Kladdestand:
    """The draft, or why there is none."""
    try:
        return oejebliksbillede.udkast(plan, udgave.art, udgave.emne)
    except Http404:
        return Kladdestand.VAEK
    except PdfFejl:
        return Kladdestand.UVIS


def _holdt_op(kladde: oejebliksbillede.Papir | Kladdestand, indhold: dict, perioder: list[Planperiode]) -> Kladdestand:
    """perioder: those that the plan has had. What comes on top of the plan moves the end by a paper of its own, and
    makes no other paper old."""
    if isinstance(kladde, Kladdestand):
        return kladde
    try:
        frosset = oejebliksbillede.fra_json(indhold).papir
    except oejebliksbillede.Skemafejl:
        return Kladdestand.UVIS
    kladder = [kladde, *(med_periode(kladde, p) for p in perioder if isinstance(kladde, Dokument))]
    return Kladdestand.ENS if frosset in kladder else Kladdestand.AENDRET


def _sidst_skrevet(plan: Helhedsplan) -> datetime | None:
    """When anything at all was last written in the plan or in what plans share, but for the editions themselves."""
    haendelser = Haendelse.objects.filter(kaede__in=[plan.noegle, FAELLES])
    return haendelser.exclude(objekt_type__startswith="dokumenter.").aggregate(m=Max("tidspunkt"))["m"]


def overblik(plan: Helhedsplan) -> Pakkeoverblik | None:
    """The package's check list on the plan's overview."""
    return pakkeoverblik(plan, med_kladdestand(plan, dokumenter(plan)))


def pakkens_stilling(plan: Helhedsplan) -> Pakkestilling:
    """The package's check list with what it would be made in spite of."""
    return pakkestilling(plan, med_kladdestand(plan, dokumenter(plan)))
