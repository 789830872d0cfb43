"""The indicators against the floor: 1,000,000 measurements in the database, 100,000 of them in the plan that is shown.

50 indicators x 200 places (one area, one sum of areas, comparisons, departments) x 10 years, in ten plans.
"""

from decimal import Decimal

PLAN = "bench-indikatorer"
PLANER, INDIKATORER, STEDER, AAR = 10, 50, 200, 10
ARTER = ("omraade", "kommune", "almene_i_kommunen", "almen_sektor", "land")
RUNDER = 7


def maal() -> None:
    """Needs the database that `bench.__main__` has made."""
    from django.contrib.auth import get_user_model

    from bench.__main__ import GULV, logget_ind
    from bench.maaling import antal_forespoergsler, medianer
    from indikatorer.models import Maaling

    bruger = get_user_model().objects.get(email="sekretariat1@demo.example")
    lille = lav_plan("bench-indikatorer-lille", bruger, steder=8)
    stor = lav_plan(PLAN, bruger)
    for nr in range(1, PLANER):
        kopier_tal(stor, lav_plan(f"{PLAN}-{nr}", bruger, med_tal=False))
    hent = logget_ind(bruger)
    print(f"\nIndikatorer, {Maaling.objects.count()} målinger i databasen, medianer af {RUNDER} runder")
    stier = {
        GULV: "/gulv/",
        "udvikling, 8 steder": f"/planer/{lille.noegle}/indikatorer/tal/indikator-0/",
        "udvikling, 200 steder": f"/planer/{PLAN}/indikatorer/tal/indikator-0/",
        "liste, husket": f"/planer/{PLAN}/indikatorer/",
    }
    tider = medianer({navn: (lambda sti=sti: hent(sti)) for navn, sti in stier.items()}, RUNDER, 1)
    print(f"{'':<26} {'ms':>8} {'x gulv':>8} {'forespørgsler':>14}")
    for navn, ms in tider.items():
        print(f"{navn:<26} {ms:>8.1f} {ms / tider[GULV]:>8.2f} {antal_forespoergsler(hent, stier[navn]):>14}")
    maal_dele(stor)


def maal_dele(plan) -> None:
    """What the pages are made of, without the page: reading, findings, one picture."""
    from bench.maaling import medianer
    from indikatorer.diagrammer import lille_diagram, stort_diagram
    from indikatorer.queries.kontrol import talfund
    from indikatorer.queries.oversigt import indikatorside, oversigt

    indikator = plan.indikatorer.first()
    indikator.plan = plan
    billede = indikatorside(indikator).billede
    tider = medianer(
        {
            "oversigt læst forfra": lambda: oversigt(plan),
            "indikatorside læst": lambda: indikatorside(indikator),
            "stort diagram tegnet": lambda: stort_diagram(billede),
            "lille diagram tegnet": lambda: lille_diagram(billede, "a"),
        },
        RUNDER,
        1,
    )
    tider |= medianer({"fund i 100.000 målinger": lambda: talfund(plan)}, 1, 0)
    print("; ".join(f"{navn} {ms:.1f} ms" for navn, ms in tider.items()))


def lav_plan(noegle: str, bruger, steder: int = STEDER, *, med_tal: bool = True):
    from aftaler.models import FastIndikator, Helhedsplan, Medlemskab, Omraade, Regelsaet
    from helhedsplan.rettigheder import PROGRAMMET
    from indikatorer.actions.indikator import opret_faste
    from indikatorer.models import Indikator, Maaling, Sted

    regelsaet = Regelsaet.objects.get(noegle="2019-26")
    plan = Helhedsplan.objects.create(noegle=noegle, navn="Måling", regelsaet=regelsaet)
    Medlemskab.objects.create(plan=plan, bruger=bruger, rolle="sekretariat")
    # Made by the action, so that the plan has an audit chain and pages are remembered as in life.
    opret_faste(bruger=PROGRAMMET, plan=plan)
    faste = FastIndikator.objects.filter(maal__indsatsomraade__regelsaet=regelsaet).count()
    Indikator.objects.bulk_create(
        Indikator(
            plan=plan, noegle=f"indikator-{nr}", navn=f"Indikator {nr}", enhed="procent", retning="ned", orden=100
        )
        for nr in range(INDIKATORER - faste)
    )
    omraade = Omraade.objects.create(plan=plan, noegle="omraade", navn="Området")
    alle = Sted.objects.bulk_create(
        Sted(
            plan=plan,
            noegle=f"sted-{nr}",
            navn=f"Sted {nr:03}",
            art=ARTER[nr] if nr < len(ARTER) else "afdeling",
            omraade=None if nr else omraade,
            orden=nr,
        )
        for nr in range(steder)
    )
    for indikator in plan.indikatorer.all() if med_tal else []:
        Maaling.objects.bulk_create(
            (
                Maaling(
                    indikator=indikator,
                    sted=sted,
                    aar=2016 + aar,
                    antal=100 + nr,
                    grundlag=1000,
                    vaerdi=Decimal(100 + nr) / 10,
                    kilde="LBF Beboerdata",
                    er_baseline=not aar,
                )
                for nr, sted in enumerate(alle)
                for aar in range(AAR)
            ),
            batch_size=2000,
        )
    return plan


def kopier_tal(fra, til) -> None:
    """The same figures in another plan, without carrying them through Python."""
    from django.db import connection

    from indikatorer.models import Maaling

    kolonner = [f.column for f in Maaling._meta.concrete_fields if f.name not in ("id", "indikator", "sted")]
    navne, maalte = ", ".join(kolonner), ", ".join(f"m.{kolonne}" for kolonne in kolonner)
    with connection.cursor() as db:
        db.execute(
            f"INSERT INTO indikatorer_maaling (indikator_id, sted_id, {navne}) SELECT ni.id, ns.id, {maalte} "  # noqa: S608
            "FROM indikatorer_maaling m "
            "JOIN indikatorer_indikator i ON i.id = m.indikator_id AND i.plan_id = %s "
            "JOIN indikatorer_sted s ON s.id = m.sted_id "
            "JOIN indikatorer_indikator ni ON ni.plan_id = %s AND ni.noegle = i.noegle "
            "JOIN indikatorer_sted ns ON ns.plan_id = %s AND ns.noegle = s.noegle",
            [fra.pk, til.pk, til.pk],
        )
