"""Make what a plan must measure, and keep its own indicators."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from aftaler.models import Helhedsplan
from aftaler.queries.adgang import tjek
from helhedsplan import actions
from helhedsplan.actions import Aendring, i_raekke, laas
from helhedsplan.formats import antal
from helhedsplan.noegler import unik_noegle
from helhedsplan.rettigheder import Rettighed
from indikatorer.choices import Enhed, Indikatorgruppe
from indikatorer.models import Indikator, Maalsti
from indikatorer.queries.oversigt import faste_mangler

#: What may be written on a fixed indicator: its name and goal are the rule set's.
FASTE_FELTER = frozenset(
    {"enhed", "persongruppe", "hele", "opdeling", "retning", "maaltype", "maalretning", "sammenligning", "maalvaerdi"}
    | {"note"}
)
FELTER = FASTE_FELTER | {"navn", "gruppe", "delmaal"}


@transaction.atomic
def opret_faste(*, bruger, plan: Helhedsplan) -> list[Indikator]:
    """The fixed indicators of the plan's rule set that it lacks, for its chosen indsatsområder (all, when none is).

    Unit, direction and group come from the rule set; they are the plan's own from then on. Run again it makes nothing.
    """
    tjek(bruger, Rettighed.RET, plan)
    laas(plan)
    nye = list(faste_mangler(plan))
    egne = Indikator.objects.filter(plan=plan)
    brugte = set(egne.values_list("noegle", flat=True))
    sidste = egne.aggregate(m=Max("orden"))["m"] or 0
    oprettede = []
    for orden, fast in enumerate(nye, sidste + 1):
        noegle = unik_noegle(fast.noegle, brugte)
        brugte.add(noegle)
        fra_regelsaet = {felt: getattr(fast, felt) for felt in ("navn", "enhed", "retning", "persongruppe")}
        objekt = Indikator(
            plan=plan, fast=fast, gruppe=Indikatorgruppe.BASELINE, noegle=noegle, orden=orden, **fra_regelsaet
        )
        oprettede.append(actions.opret(bruger=bruger, objekt=objekt))
    return oprettede


@transaction.atomic
def opret_indikator(*, bruger, indikator: Indikator, maalsti: list[dict]) -> Indikator:
    """Add a local indicator, last in its order and with a key made from its name. `maalsti`: [{aar, vaerdi}]."""
    plan = indikator.plan
    tjek(bruger, Rettighed.RET, plan)
    laas(plan)
    andre = Indikator.objects.filter(plan=plan)
    indikator.orden = (andre.aggregate(m=Max("orden"))["m"] or 0) + 1
    indikator.noegle = indikator.noegle or unik_noegle(indikator.navn, andre.values_list("noegle", flat=True))
    _tjek_delmaal(indikator, indikator.delmaal)
    return actions.opret(bruger=bruger, objekt=indikator, under=lambda: _erstat_maalsti(indikator, maalsti))


@transaction.atomic
def ret_indikator(*, bruger, indikator: Indikator, felter: dict, maalsti: list[dict], version: int | None) -> bool:
    """Change an indicator and its target path. Its figures must still be possible in the unit it gets."""
    tjek(bruger, Rettighed.RET, indikator.plan)
    gemt = laas(indikator, version)
    _tjek_delmaal(indikator, felter.get("delmaal"))
    if felter.get("enhed", gemt.enhed) != gemt.enhed:
        _tjek_tal_i_enhed(gemt, felter["enhed"])
    return actions.ret(
        bruger=bruger,
        objekt=indikator,
        felter=felter,
        version=version,
        tilladte=FASTE_FELTER if gemt.fast_id else FELTER,
        ekstra=_erstat_maalsti(indikator, maalsti),
    )


@transaction.atomic
def slet_indikator(*, bruger, indikator: Indikator) -> None:
    """Delete an indicator; one with measurements is refused."""
    tjek(bruger, Rettighed.RET, indikator.plan)
    actions.slet(bruger=bruger, objekt=indikator)


def _tjek_delmaal(indikator: Indikator, delmaal) -> None:
    if delmaal is not None and delmaal.delaftale.plan_id != indikator.plan_id:
        raise ValidationError({"delmaal": "Delmålet hører til en anden plan."}, code="fremmed")


def _tjek_tal_i_enhed(indikator: Indikator, enhed: str) -> None:
    umulige = indikator.maalinger.exclude(vaerdi=None)
    if enhed == Enhed.PROCENT:
        umulige = umulige.exclude(vaerdi__range=(0, 100))
    if enhed in (Enhed.PROCENT, Enhed.ANTAL) and (hvor_mange := umulige.count()):
        besked = f"{antal(hvor_mange, 'tal', 'tal')} kan ikke være i den enhed. Ret tallene først."
        raise ValidationError({"enhed": besked}, code="enhed")


def _erstat_maalsti(indikator: Indikator, nye: list[dict]) -> list[Aendring]:
    """The target path as given, when it differs. Raises ValidationError on a year that stands twice."""
    gamle = [(s.aar, s.vaerdi) for s in Maalsti.objects.filter(indikator=indikator).order_by("aar")]
    par = sorted((skridt["aar"], skridt["vaerdi"]) for skridt in nye)
    if gamle == par:
        return []
    indikator.maalsti.all().delete()
    for nummer, skridt in enumerate(nye, 1):
        trin = Maalsti(indikator=indikator, aar=skridt["aar"], vaerdi=skridt["vaerdi"])
        with i_raekke("maalsti", nummer):
            trin.full_clean()
        trin.save()
    foer, efter = ([f"{aar}: {vaerdi.normalize():f}" for aar, vaerdi in raekker] for raekker in (gamle, par))
    return [Aendring("maalsti", "årsmål", foer, efter)]
