"""Made-up statuses for one running plan: three published quarters, and one that is overdue and half written.

All prose and all figures here are invented for the demonstration. Each status says so at the end of its summary, the
short version at the end of its text, the budget in its name and each figure in its source. Nothing is touched in a plan
that has a status already.
"""

from datetime import UTC, date, datetime
from decimal import Decimal

from django.db import transaction

from aftaler.models import Helhedsplan
from budget.actions.budget import gem_celler, godkend_budget, opret_budget
from budget.actions.finansiering import opret_kilde
from budget.actions.forbrug import Forbrugscelle, gem_forbrug
from budget.choices import Bidragsart, Budgetart, Kildeart
from budget.models import Budget, Finansieringskilde
from budget.queries.indtastning import Indtastningscelle
from demo.tal import OPDIGTET, sikr_opfoelgninger, sikr_steder, skriv_tal
from helhedsplan.rettigheder import PROGRAMMET
from status.actions import status as handlinger
from status.choices import Lys
from status.models import Kvartalsstatus, Statuslinje
from status.rules import Kvartal

PLAN = "ishoej-2025-2029"
G, GUL, R, GRAA = Lys.GROEN.value, Lys.GUL.value, Lys.ROED.value, Lys.GRAA.value
#: (financier, kind, kroner a year, share of a quarter's budget spent in each quarter in percent)
KILDER = [
    ("Landsbyggefonden", Kildeart.LBF, 3_600_000, (55, 88, 97, 92)),
    ("Boligforeningen AAB", Kildeart.BOLIGORGANISATION, 700_000, (60, 95, 100, 96)),
    ("Ishøj Kommune", Kildeart.KOMMUNE, 600_000, (60, 90, 70, 60)),
]
GODKENDT_MED_FEJL = "Tallene er opdigtede og viser kun, hvordan programmet ser ud."
FORBRUGSKVARTALER = [Kvartal(2025, 4), Kvartal(2026, 1), Kvartal(2026, 2), Kvartal(2026, 3)]
#: Activity -> for each status that is written: light, text, reason when it is worse, participants.
AKTIVITETER: dict[str, list[tuple[str, str, str, int | None]]] = {
    "fremskudt-uddannelsesvejledning": [
        (G, "Vejlederen er på plads og har faste tider to dage om ugen.", "", 14),
        (G, "Flere kommer igen, og de første er begyndt på en uddannelse.", "", 26),
        (G, "Aftalerne med de nye skoler er på plads, og vejlederen er der en dag om ugen.", "", 31),
    ],
    "styrket-erhvervspraktik": [
        (GRAA, "Begynder, når forløbet er beskrevet med skolen.", "", None),
        (G, "Forløbet er beskrevet, og lærerne er med.", "", 4),
        (
            GUL,
            "Der er praktikpladser til omkring halvdelen af årgangen.",
            "To store arbejdspladser er sprunget fra.",
            22,
        ),
    ],
    "fritidsjobforloeb": [
        (G, "Første hold er samlet og begynder efter nytår.", "", 12),
        (G, "Første hold er gennemført, og de fleste fik et job.", "", 15),
        (G, "Andet hold er i gang med lige så mange som det første.", "", 16),
    ],
    "taettere-paa-fritidsjob": [
        (GRAA, "Materialet skrives.", "", None),
        (G, "Materialet er prøvet i én klasse og rettet til.", "", 23),
        (G, "To skoler har haft workshop.", "", 61),
    ],
    "social-og-oekonomisk-raadgivning": [
        (G, "Rådgivningen fortsætter fra den forrige plan.", "", 38),
        (GUL, "Der er ventetid på en uge.", "En rådgiver er på orlov.", 33),
        (R, "Ventetiden er vokset til tre uger.", "Stillingen har ikke kunnet besættes.", 19),
    ],
    "netvaerk-for-faelles-forebyggelse": [
        (G, "Netværket er sat og har mødtes to gange.", "", None),
        (G, "Netværket mødes fast hver måned.", "", None),
        (G, "Netværket har fået faste deltagere fra Vildtbanegård.", "", None),
    ],
    "brobygning-til-fritidslivet": [
        (G, "De første børn er fulgt til en forening.", "", 9),
        (G, "Listen over foreninger er klar for det første område.", "", 18),
        (G, "Flere børn er begyndt i en forening og er der stadig.", "", 27),
    ],
    "cykelvaerestedet": [
        (GRAA, "Holder vinterlukket.", "", None),
        (G, "Åbnet igen med to frivillige.", "", 3),
        (GUL, "Der mangler frivillige til efteråret.", "En af de to frivillige er flyttet.", 11),
    ],
    "sundhedstjek": [
        (GRAA, "Planlægges til foråret.", "", None),
        (G, "Første tjek er holdt.", "", 42),
        (G, "Andet tjek er holdt sammen med afdelingsbestyrelsen.", "", 47),
    ],
    "beboerraadgivning": [
        (G, "Åbent to eftermiddage om ugen.", "", 52),
        (G, "Flere finder vej, især ældre.", "", 60),
        (G, "Aftalen om tidlig besked ved restance virker.", "", 64),
    ],
}
#: What is written of each published quarter: quarter, day, summary, to residents, points (kind, text), answers.
KVARTALER: list[tuple] = [
    (
        Kvartal(2025, 4),
        datetime(2026, 2, 10, 9, tzinfo=UTC),
        "Planen er kommet godt fra start. Folk er ansat, og det meste, der skulle fortsætte, fortsætter.",
        "Den nye plan er begyndt. Du kan stadig få vejledning og rådgivning de samme steder som før.",
        [("beslutning", "Godkend kommissoriet for den nye bestyrelse.")],
    ),
    (
        Kvartal(2026, 1),
        datetime(2026, 5, 12, 9, tzinfo=UTC),
        "Næsten alt er i gang. Rådgivningen har fået ventetid, og det holder vi øje med.",
        "Der er kommet nye hold for unge, der vil have et fritidsjob. Kom forbi og hør mere.",
        [("opfoelgning", "Afklar, hvornår Vildtbanegård II kan komme med.")],
    ),
    (
        Kvartal(2026, 3),
        datetime(2026, 11, 6, 9, tzinfo=UTC),
        "Arbejdet med de unge går godt. Rådgivningen mangler en medarbejder, og kommunens del af pengene bruges "
        "langsommere end ventet.",
        "Der kan være ventetid på rådgivning lige nu. Vi arbejder på at få flere kræfter til.",
        [
            ("beslutning", "Tag stilling til at flytte 120.000 kr. fra aktiviteter til en vikar i rådgivningen."),
            ("beslutning", "Beslut, om praktikken skal åbnes for arbejdspladser uden for kommunen."),
        ],
    ),
]
#: The figures of which year come before which of the published statuses.
TALAAR = {0: 2024, 2: 2025}
#: The quarter that nobody got to publish.
FORSINKET = Kvartal(2026, 2)
DEMO_GRUND = "Demoens tal er fundet på, og bestyrelsen kender forbeholdene."


@transaction.atomic
def sikr_statusser() -> bool:
    """Make the history once; True when it was made."""
    plan = Helhedsplan.objects.select_related("regelsaet").filter(noegle=PLAN).first()
    if plan is None or Kvartalsstatus.objects.filter(plan=plan).exists():
        return False
    har_egne_penge = plan.budgetter.exists() or plan.finansieringskilder.exists()
    maales = sikr_steder(plan)
    if not har_egne_penge:
        _budget(plan)
    for nr, (kvartal, tid, *_) in enumerate(KVARTALER):
        if not har_egne_penge:
            _forbrug(plan, [k for k in FORBRUGSKVARTALER if k <= kvartal])
        if maales and nr in TALAAR:
            skriv_tal(plan, TALAAR[nr])
            sikr_opfoelgninger(PLAN)
        status = _skriv(plan, nr)
        handlinger.publicer(bruger=PROGRAMMET, status=status, version=None, hvornaar=tid, begrundelse=DEMO_GRUND)
    halv = handlinger.opret_status(bruger=PROGRAMMET, plan=plan, kvartal=FORSINKET)
    felter = {"sammenfatning": f"Sommeren var stille. Resten af statussen mangler at blive skrevet. {OPDIGTET}"}
    handlinger.ret_status(bruger=PROGRAMMET, status=halv, felter=felter, version=None)
    return True


def _skriv(plan: Helhedsplan, nr: int) -> Kvartalsstatus:
    kvartal, tid, kort, til_beboere, nye = KVARTALER[nr]
    dag = tid.date()
    status = handlinger.opret_status(bruger=PROGRAMMET, plan=plan, kvartal=kvartal)
    gamle = [{"art": p.art, "tekst": p.tekst, "rejst": p.rejst, "svar": ""} for p in status.punkter.all()]
    lukkede = [p | {"svar": "Godkendt på mødet."} if p["art"] == "beslutning" else p for p in gamle]
    punkter = [{"art": art, "tekst": tekst, "rejst": dag, "svar": ""} for art, tekst in nye] + lukkede
    felter = {"sammenfatning": f"{kort} {OPDIGTET}", "til_beboere": f"{til_beboere} {OPDIGTET}"}
    linjer = []
    for aftale in plan.delaftaler.all():
        for aktivitet in aftale.aktiviteter.all():
            forloeb = AKTIVITETER.get(aktivitet.noegle)
            lys, tekst, grund, deltagere = forloeb[nr] if forloeb else (GRAA, "Ikke begyndt.", "", None)
            linje = Statuslinje(status=status, delaftale=aftale, aktivitet=aktivitet)
            skrevet = {"lys": lys, "tekst": tekst, "begrundelse": grund, "deltagere": deltagere}
            linjer.append((linje, skrevet))
    handlinger.ret_status(bruger=PROGRAMMET, status=status, felter=felter, punkter=punkter, linjer=linjer, version=None)
    return status


def _budget(plan: Helhedsplan) -> None:
    celler = []
    for navn, art, aarligt, _ in KILDER:
        kilde = Finansieringskilde(plan=plan, navn=navn, art=art, lokal=art != Kildeart.LBF)
        opret_kilde(bruger=PROGRAMMET, kilde=kilde)
        celler += [
            Indtastningscelle(kilde.noegle, Bidragsart.KONTANT.value, "faelles", aar, beloeb=Decimal(aarligt))
            for aar in (1, 2, 3, 4)
        ]
    navn = "Opdigtet budget til demonstration"
    budget = opret_budget(bruger=PROGRAMMET, budget=Budget(plan=plan, navn=navn, art=Budgetart.BEVILGET))
    gem_celler(bruger=PROGRAMMET, budget=budget, version=None, celler=celler)
    godkend_budget(
        bruger=PROGRAMMET,
        budget=budget,
        dato=date(2025, 10, 1),
        version=None,
        grund=GODKENDT_MED_FEJL,
        dato_grund="Budgettet er opdigtet efter den dag.",
    )


def _forbrug(plan: Helhedsplan, kvartaler: list[Kvartal]) -> None:
    """The first quarter of the plan has two months."""
    celler = []
    for kilde in plan.finansieringskilder.order_by("orden"):
        aarligt, andele = next((k[2], k[3]) for k in KILDER if k[0] == kilde.navn)
        for nr, k in enumerate(kvartaler):
            maaneder = 2 if nr == 0 else 3
            beloeb = Decimal(aarligt) * maaneder / 12 * andele[nr] / 100
            celler.append(Forbrugscelle(k.aar, k.nummer, kilde.noegle, beloeb.quantize(Decimal("0.01"))))
    gem_forbrug(bruger=PROGRAMMET, plan=plan, celler=celler)
