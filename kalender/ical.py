"""The calendar as iCal, for calendars elsewhere: days, titles and addresses, and nothing but what is the calendar's
own. No figures and no names of persons go out: milestones and meetings are told by what they are.

A meeting with a time is an event of those hours in Danish time, and takes them up. Anything else is a whole day that
takes up nothing.

Drawn of the same lines as the page. The same data give the same bytes: each event is stamped with the time of the last
change in its plan, not with the time it is fetched.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone

from kalender.queries.kalender import Feedplan, linjens_url
from kalender.queries.kalenderregler import UDEN_DAG, Kalenderlinje

PRODID = "-//Helhedsplan//Kalender//DA"
#: How often those who subscribe should ask.
HENT_IGEN = timedelta(hours=12)
TIDSZONE = ZoneInfo("Europe/Copenhagen")
#: The rules of summer time are told for these years.
FRA, TIL = date(1996, 1, 1), date(2050, 1, 1)
UAENDRET = datetime(2020, 1, 1, tzinfo=UTC)


def tegn(navn: str, planer: Iterable[Feedplan], *, vaert: str, absolut: Callable[[str], str]) -> bytes:
    """The calendars of the plans as one. `vaert` makes the events' ids unique in the world; `absolut` makes a full
    address of a path."""
    kalender = Calendar()
    kalender.add("prodid", PRODID)
    kalender.add("version", "2.0")
    kalender.add("method", "PUBLISH")
    kalender.add("x-wr-calname", navn)
    kalender.add("name", navn)
    kalender.add("refresh-interval", HENT_IGEN, {"value": "DURATION"})
    planer = list(planer)
    if any(linje.start for plan in planer for linje in plan.linjer):
        kalender.add_component(Timezone.from_tzid(TIDSZONE.key, first_date=FRA, last_date=TIL))
    for plan in planer:
        for linje in plan.linjer:
            if linje.dato == UDEN_DAG:
                continue  # another calendar has no place for what has no day
            kalender.add_component(_begivenhed(plan, linje, vaert, absolut))
    return kalender.to_ical()


def _begivenhed(plan: Feedplan, linje: Kalenderlinje, vaert: str, absolut: Callable[[str], str]) -> Event:
    begivenhed = Event()
    begivenhed.add("uid", f"{linje.uid}.{plan.noegle}@{vaert}")
    begivenhed.add("dtstamp", plan.aendret or UAENDRET)
    if linje.start:
        begivenhed.add("dtstart", datetime.combine(linje.dato, linje.start, TIDSZONE))
        if linje.slut:
            begivenhed.add("dtend", datetime.combine(linje.dato, linje.slut, TIDSZONE))
    else:
        begivenhed.add("dtstart", linje.fra)
        begivenhed.add("dtend", linje.dato + timedelta(days=1))
    titel = linje.offentlig or linje.titel
    if linje.sagt:  # the days are those that may be meant
        titel = f"{titel} ({linje.sagt})"
    begivenhed.add("summary", f"✓ {titel}" if linje.er_udfoert else titel)
    begivenhed.add("description", plan.navn)
    begivenhed.add("categories", [linje.slags.label])
    begivenhed.add("url", absolut(linjens_url(linje)))
    begivenhed.add("transp", "OPAQUE" if linje.start else "TRANSPARENT")
    return begivenhed
