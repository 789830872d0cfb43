"""Made-up figures of the fixed goals for the plan of `demo`, and made-up follow-ups on them.

Every figure says in its source that it is made up, and every conclusion in its text. None is marked as baseline, so
that no agreement prints them. Nothing is touched in a plan that has any already.
"""

from datetime import date
from decimal import Decimal

from aftaler.choices import Organisationsart
from aftaler.models import Helhedsplan
from helhedsplan.rettigheder import PROGRAMMET
from indikatorer.actions.indikator import opret_faste
from indikatorer.actions.maaling import opret_maaling, opret_sted
from indikatorer.actions.opfoelgning import gem_opfoelgning
from indikatorer.choices import Stedart
from indikatorer.models import Maaling, Opfoelgning, Sted
from indikatorer.queries.opfoelgning import plan_maal

KILDE = "Opdigtet til demo"
OPDIGTET = "(Alt i teksten er opdigtet til demonstration.)"
#: Fixed indicator -> year -> (count, value) of the areas, and the value of the kommune. The counts of one age group
#: have the same base in a year, as true ones would.
TAL: dict[str, dict[int, tuple[int | None, str, str]]] = {
    "dagtilbud-1-5": {2024: (267, "89.0", "90.4"), 2025: (271, "90.3", "90.8")},
    "karakterer-9-klasse": {2024: (None, "5.9", "6.3"), 2025: (None, "6.0", "6.3")},
    "grundskole-18-29": {2024: (250, "25.4", "21.6"), 2025: (241, "24.5", "21.2")},
    "restgruppen-15-29": {2024: (210, "18.0", "17.2"), 2025: (205, "17.5", "17.0")},
    "uden-tilknytning-18-64": {2024: (680, "24.5", "16.1"), 2025: (665, "24.0", "16.0")},
    "sigtede-15-29": {2024: (51, "4.4", "3.4"), 2025: (49, "4.2", "3.5")},
    "trygge-beboere": {2024: (None, "81.0", "74.0"), 2025: (None, "82.0", "74.0")},
    "frivillige-beboere": {2024: (None, "13.0", "12.0"), 2025: (None, "14.0", "12.0")},
    "valgdeltagelse": {2025: (None, "49.1", "69.5")},
}
BEGIVENHED = {"valgdeltagelse": "Kommunalvalg"}
#: Plan -> (day, number of the goal, data year, conclusion). Goal 4 is left alone too long in each of them.
OPFOELGNINGER: dict[str, list[tuple[date, int, int, str]]] = {
    "vejleaaparken-2021-2025": [
        *(
            (date(2022, 9, 13), maal, 2020, "Tallene er udgangspunktet. Vi ser på dem igen om et år.")
            for maal in (1, 2, 3, 4)
        ),
        (date(2023, 3, 14), 1, 2020, "Der er stadig forskel til kommunen. Lektiehjælpen fortsætter."),
        (date(2023, 3, 14), 2, 2020, "Fritidsjobbene virker. Vi søger flere pladser."),
        (date(2023, 9, 12), 3, 2020, "Færre er sigtet end ventet. Samarbejdet om fritiden fortsætter."),
        (date(2023, 9, 12), 4, 2020, "Flere er frivillige. Vi vil have flere unge med."),
        *((date(2024, 3, 12), maal, 2020, "Uændret. Vi venter på nyere tal.") for maal in (1, 2, 3)),
        *((date(2025, 3, 11), maal, 2020, "Taget med videre til den næste plan.") for maal in (1, 2, 3, 4)),
    ],
    "ishoej-2025-2029": [
        (date(2026, 9, 17), 1, 2024, "Forskellen til kommunen er stadig stor. Vejledningen fortsætter."),
        (date(2026, 9, 17), 2, 2024, "Vi vil have flere arbejdspladser med i praktikken."),
        (date(2026, 9, 17), 3, 2024, "Netværket virker. Vi ser på tallene igen til foråret."),
    ],
}


def skriv_tal(plan: Helhedsplan, aar: int) -> None:
    """A year's figures of the fixed indicators, for the plan's areas together and the kommune."""
    indikatorer = {i.fast.noegle: i for i in plan.indikatorer.filter(fast__isnull=False).select_related("fast")}
    omraade, kommune = plan.steder.order_by("orden")[:2]
    for noegle, pr_aar in TAL.items():
        if aar in pr_aar and noegle in indikatorer:
            antal, vaerdi, kommunens = pr_aar[aar]
            faelles = {"indikator": indikatorer[noegle], "aar": aar, "kilde": KILDE}
            faelles["begivenhed"] = BEGIVENHED.get(noegle, "")
            for sted, felter in ((omraade, {"antal": antal, "vaerdi": vaerdi}), (kommune, {"vaerdi": kommunens})):
                egne = felter | {"vaerdi": Decimal(felter["vaerdi"])}
                opret_maaling(bruger=PROGRAMMET, maaling=Maaling(sted=sted, **faelles, **egne))


def sikr_steder(plan: Helhedsplan) -> bool:
    """The fixed indicators, the plan's areas together and the kommune; True when they were made."""
    if plan.indikatorer.exists() or plan.steder.exists():
        return False
    opret_faste(bruger=PROGRAMMET, plan=plan)
    omraader = list(plan.omraader.all())
    kommune = next(
        p.organisation
        for p in plan.parter.select_related("organisation")
        if p.organisation.art == Organisationsart.KOMMUNE
    )
    # One area's figures do not stand for the plan, so the figures are of all of it.
    alle = Sted(plan=plan, navn="Områderne tilsammen", art=Stedart.FLERE_OMRAADER)
    opret_sted(bruger=PROGRAMMET, sted=alle, omraader=omraader)
    opret_sted(bruger=PROGRAMMET, sted=Sted(plan=plan, navn=kommune.navn, art=Stedart.KOMMUNE, kommune=kommune))
    return True


def sikr_opfoelgninger(noegle: str) -> bool:
    """The made-up follow-ups of a plan, once; True when they were made."""
    plan = Helhedsplan.objects.filter(noegle=noegle).first()
    if plan is None or plan.opfoelgninger.exists() or not plan.indikatorer.exists():
        return False
    maalene = {m.nummer: m for m in plan_maal(plan)}
    for dato, nummer, data_aar, konklusion in OPFOELGNINGER[noegle]:
        felter = {"maal": maalene[nummer], "dato": dato, "data_aar": data_aar, "konklusion": f"{konklusion} {OPDIGTET}"}
        gem_opfoelgning(bruger=PROGRAMMET, opfoelgning=Opfoelgning(plan=plan), felter=felter, version=None)
    return True
