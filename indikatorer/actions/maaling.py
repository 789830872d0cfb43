"""Write measurements, one at a time or a year's row of figures, and the places they are of."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from aftaler.queries.adgang import tjek
from helhedsplan import actions
from helhedsplan.actions import Versionskonflikt, laas
from helhedsplan.noegler import unik_noegle
from helhedsplan.rettigheder import Rettighed
from indikatorer.models import Indikator, Maaling, Sted

FIGURER = frozenset({"tilstand", "antal", "grundlag", "vaerdi", "decimaler"})
FELTER = FIGURER | {
    "sted", "aar", "begivenhed", "dato", "trykform", "er_baseline", "kilde", "udtrukket", "note",
}  # fmt: skip
STEDFELTER = frozenset({"navn", "art", "omraade", "afdeling", "kommune", "omraader"})


# --- places ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def opret_sted(*, bruger, sted: Sted, omraader: Iterable = ()) -> Sted:
    """Add a place, last in its order and with a key made from its name."""
    tjek(bruger, Rettighed.RET, sted.plan)
    laas(sted.plan)
    andre = Sted.objects.filter(plan=sted.plan)
    sted.orden = (andre.aggregate(m=Max("orden"))["m"] or 0) + 1
    sted.noegle = sted.noegle or unik_noegle(sted.navn, andre.values_list("noegle", flat=True))
    _tjek_sted(sted.plan, {"omraade": sted.omraade, "omraader": omraader})
    return actions.opret(bruger=bruger, objekt=sted, m2m={"omraader": omraader})


@transaction.atomic
def ret_sted(*, bruger, sted: Sted, felter: dict, version: int | None) -> bool:
    tjek(bruger, Rettighed.RET, sted.plan)
    _tjek_sted(sted.plan, felter)
    return actions.ret(bruger=bruger, objekt=sted, felter=felter, version=version, tilladte=STEDFELTER)


@transaction.atomic
def slet_sted(*, bruger, sted: Sted) -> None:
    """Delete a place; one with measurements is refused."""
    tjek(bruger, Rettighed.RET, sted.plan)
    actions.slet(bruger=bruger, objekt=sted)


def _tjek_sted(plan, felter: dict) -> None:
    omraader = [o for o in [felter.get("omraade"), *felter.get("omraader", ())] if o is not None]
    if any(o.plan_id != plan.pk for o in omraader):
        raise ValidationError("Området hører til en anden plan.", code="fremmed")


# --- one measurement ------------------------------------------------------------------------------------------------


@transaction.atomic
def opret_maaling(*, bruger, maaling: Maaling) -> Maaling:
    """Add a measurement. Raises ValidationError when the cell has one already, or it cannot be so."""
    tjek(bruger, Rettighed.RET, maaling.plan)
    _tjek_eget_sted(maaling, maaling.sted)
    return actions.opret(bruger=bruger, objekt=maaling)


@transaction.atomic
def ret_maaling(*, bruger, maaling: Maaling, felter: dict, version: int | None) -> bool:
    tjek(bruger, Rettighed.RET, maaling.plan)
    _tjek_eget_sted(maaling, felter.get("sted", maaling.sted))
    return actions.ret(bruger=bruger, objekt=maaling, felter=felter, version=version, tilladte=FELTER)


@transaction.atomic
def slet_maaling(*, bruger, maaling: Maaling) -> None:
    """Delete a measurement; one that a figure in the text stands for is refused."""
    tjek(bruger, Rettighed.RET, maaling.plan)
    actions.slet(bruger=bruger, objekt=maaling)


def _tjek_eget_sted(maaling: Maaling, sted: Sted) -> None:
    if sted.plan_id != maaling.indikator.plan_id:
        raise ValidationError({"sted": "Stedet hører til en anden plan."}, code="fremmed")


# --- a year of one indicator ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Aarstal:
    """The figures of one place: `figurer` by field, None to take them away; `version` as the page had it (0: none)."""

    sted: Sted
    figurer: dict | None
    version: int = 0


@dataclass(frozen=True)
class Fejlede:
    """Faults of one place, by field ('' for the row as a whole)."""

    sted: Sted
    fejl: dict[str, list[str]] = field(default_factory=dict)


class Aarsfejl(ValidationError):
    """Nothing is saved: what is wrong, place by place."""

    def __init__(self, fejlede: list[Fejlede]):
        self.fejlede = fejlede
        super().__init__([besked for f in fejlede for beskeder in f.fejl.values() for besked in beskeder])


@transaction.atomic
def gem_aar(
    *, bruger, indikator: Indikator, aar: int, begivenhed: str, tal: list[Aarstal], faelles: dict, til_alle: dict
) -> int:
    """Save a year's figures of an indicator, all or none; returns how many measurements were written.

    `faelles` (source, drawn on …) goes with new measurements, `til_alle` is written on those that stand as well.
    Raises Aarsfejl, and Versionskonflikt when somebody else has saved one of them since the page was made.
    """
    tjek(bruger, Rettighed.RET, indikator.plan)
    laas(indikator)
    gemte = {m.sted_id: m for m in indikator.maalinger.filter(aar=aar, begivenhed=begivenhed).select_related("sted")}
    celle = {"indikator": indikator, "aar": aar, "begivenhed": begivenhed}
    fejlede, skrevet = [], 0
    for et in tal:
        try:
            skrevet += _gem_en(bruger, celle, et, gemte.pop(et.sted.pk, None), (faelles, til_alle))
        except ValidationError as fejl:
            fejlede.append(Fejlede(et.sted, _ved_felter(fejl)))
    for maaling in gemte.values():
        skrevet += bool(til_alle) and _ret_en(bruger, indikator, maaling, til_alle, None)
    if fejlede:
        raise Aarsfejl(fejlede)
    return skrevet


def _ved_felter(fejl: ValidationError) -> dict[str, list[str]]:
    if not hasattr(fejl, "error_dict"):
        return {"": fejl.messages}
    return {felt if felt in FIGURER else "": beskeder for felt, beskeder in fejl.message_dict.items()}


def _gem_en(bruger, celle: dict, et: Aarstal, gemt: Maaling | None, felter: tuple[dict, dict]) -> bool:
    """One place. felter: (those of new measurements, those of all)."""
    faelles, til_alle = felter
    if gemt is None:
        if et.figurer is not None:
            opret_maaling(bruger=bruger, maaling=Maaling(**celle, sted=et.sted, **et.figurer, **faelles))
        return et.figurer is not None
    if et.version != gemt.version:
        raise Versionskonflikt(gemt, et.version)
    if et.figurer is None:
        slet_maaling(bruger=bruger, maaling=gemt)
        return True
    return _ret_en(bruger, celle["indikator"], gemt, et.figurer | til_alle, et.version)


def _ret_en(bruger, indikator, maaling: Maaling, felter: dict, version: int | None) -> bool:
    maaling.indikator = indikator
    return ret_maaling(bruger=bruger, maaling=maaling, felter=felter, version=version)
