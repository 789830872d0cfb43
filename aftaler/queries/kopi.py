"""What comes along when an activity is copied: what the preview shows, and what the action writes."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Model, prefetch_related_objects

from aftaler.models import Aktivitet, Delaftale
from aftaler.queries.bundnetal import uden_tal
from aftaler.queries.dokument import AKTIVITETSPROSA
from helhedsplan.tvillinger import foldet


@dataclass(frozen=True)
class Kopitekst:
    """A text that can be taken over, and whether it would replace one that is written."""

    felt: str
    navn: str
    tekst: str
    staar: bool


@dataclass(frozen=True)
class Aktivitetsudfyldning:
    """What an activity can take over from another: rows by the pk of the row they come from; `staar_her` have their
    like here already."""

    tekster: tuple[Kopitekst, ...]
    samarbejdsparter: dict[int, dict]
    milepaele: dict[int, dict]
    staar_her: tuple[str, ...]

    @property
    def er_tom(self) -> bool:
        return not (self.tekster or self.samarbejdsparter or self.milepaele)


def aktivitetskopi(fra: Aktivitet, til: Delaftale) -> dict:
    """Fields and rows of the copy. Dates of milestones are moved as far as the plans begin apart."""
    prosa = {felt: uden_tal(getattr(fra, felt)) for felt in AKTIVITETSPROSA}
    return {
        "felter": {"navn": fra.navn, "ansvarlig": fra.ansvarlig, **prosa},
        "raekker": {"samarbejdsparter": list(_parter(fra).values()), "milepaele": list(_milepaele(fra, til).values())},
    }


def _parter(fra: Aktivitet) -> dict[int, dict]:
    return {p.pk: {"navn": p.navn, "rolle": p.rolle} for p in fra.samarbejdsparter.all()}


def _milepaele(fra: Aktivitet, til: Delaftale) -> dict[int, dict]:
    her, der = fra.plan.begynder.dag, til.plan.begynder.dag
    return {
        m.pk: {
            "navn": m.navn,
            "ansvarlig": m.ansvarlig,
            "dato": flyttet(m.dato, her, der),
            "dato_sagt": flyttede_ord(m.dato_sagt, her, der),
        }
        for m in fra.milepaele.all()
    }


def aktivitetsudfyldning(fra: Aktivitet, til: Aktivitet) -> Aktivitetsudfyldning:
    """What of one activity another does not say already; rows of the same name stay as they are."""
    prefetch_related_objects([fra], "samarbejdsparter", "milepaele")
    felter = aktivitetskopi(fra, til.delaftale)["felter"]
    tekster = tuple(
        Kopitekst(
            felt, str(Aktivitet._meta.get_field(felt).verbose_name).capitalize(), felter[felt], bool(getattr(til, felt))
        )
        for felt in ("ansvarlig", *AKTIVITETSPROSA)
        if felter[felt] and felter[felt] != getattr(til, felt)
    )
    parter, parter_her = _nye(_parter(fra), til.samarbejdsparter.all())
    milepaele, milepaele_her = _nye(_milepaele(fra, til.delaftale), til.milepaele.all())
    return Aktivitetsudfyldning(tekster, parter, milepaele, (*parter_her, *milepaele_her))


def _nye(raekker: dict[int, dict], her: Iterable[Model]) -> tuple[dict[int, dict], list[str]]:
    kendte = {foldet(str(raekke)) for raekke in her}
    nye = {pk: raekke for pk, raekke in raekker.items() if foldet(raekke["navn"]) not in kendte}
    return nye, [raekke["navn"] for pk, raekke in raekker.items() if pk not in nye]


def flyttede_ord(sagt: str, fra: date | None, til: date | None) -> str:
    """What is told in words cannot be moved: it stays where days would, and else it is left behind."""
    return sagt if not (fra and til) or fra == til else ""


def flyttet(dag: date | None, fra: date | None, til: date | None) -> date | None:
    """A day as far from the new beginning as it was from the old: in months where both begin on the same day of one."""
    if not (dag and fra and til):
        return dag
    if fra.day != til.day:
        return dag + (til - fra)
    maaneder = (til.year - fra.year) * 12 + til.month - fra.month + dag.year * 12 + dag.month - 1
    aar, maaned = divmod(maaneder, 12)
    return date(aar, maaned + 1, min(dag.day, monthrange(aar, maaned + 1)[1]))
