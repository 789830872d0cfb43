"""What comes along when an activity is copied: what the preview shows, and what the action writes."""

from calendar import monthrange
from datetime import date

from aftaler.models import Aktivitet, Delaftale
from aftaler.queries.bundnetal import uden_tal
from aftaler.queries.dokument import AKTIVITETSPROSA


def aktivitetskopi(fra: Aktivitet, til: Delaftale) -> dict:
    """Fields and rows of the copy. Dates of milestones are moved as far as the plans begin apart."""
    her, der = fra.plan.periode_fra, til.plan.periode_fra
    prosa = {felt: uden_tal(getattr(fra, felt)) for felt in AKTIVITETSPROSA}
    milepaele = [
        {"navn": m.navn, "ansvarlig": m.ansvarlig, "dato": flyttet(m.dato, her, der)} for m in fra.milepaele.all()
    ]
    parter = [{"navn": p.navn, "rolle": p.rolle} for p in fra.samarbejdsparter.all()]
    return {
        "felter": {"navn": fra.navn, "ansvarlig": fra.ansvarlig, **prosa},
        "raekker": {"samarbejdsparter": parter, "milepaele": milepaele},
    }


def flyttet(dag: date | None, fra: date | None, til: date | None) -> date | None:
    """A day as far from the new beginning as it was from the old: in months where both begin on the same day of one."""
    if not (dag and fra and til):
        return dag
    if fra.day != til.day:
        return dag + (til - fra)
    maaneder = (til.year - fra.year) * 12 + til.month - fra.month + dag.year * 12 + dag.month - 1
    aar, maaned = divmod(maaneder, 12)
    return date(aar, maaned + 1, min(dag.day, monthrange(aar, maaned + 1)[1]))
