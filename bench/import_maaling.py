"""Import of 100,000 measurements from CSV, against pandas.read_csv of the same file and a bare bulk_create."""

import gc
import io
import time
import tracemalloc
from decimal import Decimal

INDIKATORER, STEDER, AAR = 20, 200, 25
PLAN = "bench-import"
RUNDER = 3
HOVED = "indikator;sted;år;begivenhed;dato;antal;grundlag;værdi;decimaler;tilstand;kilde;udtrukket;note"


def maal() -> None:
    """Needs the database that `bench.__main__` has made."""
    from indikatorer.models import Maaling

    plan = lav_plan()
    data = csv_fil()
    opgaver = {"vores import": lambda: vores(plan, data), "pandas og bulk_create": lambda: bar(plan, data)}
    tider: dict[str, list[float]] = {navn: [] for navn in opgaver}
    for _ in range(RUNDER):
        for navn, opgave in opgaver.items():
            Maaling.objects.filter(indikator__plan=plan).delete()
            gc.collect()
            start = time.perf_counter()
            opgave()
            tider[navn].append(time.perf_counter() - start)
    igen = _tid(lambda: laest(plan, data))
    hukommelse = {}
    for navn, opgave in opgaver.items():
        Maaling.objects.filter(indikator__plan=plan).delete()
        hukommelse[navn] = _top(opgave)
    antal = INDIKATORER * STEDER * AAR
    print(f"\nImport af {antal} målinger fra CSV ({len(data) / 1e6:.1f} MB), median af {RUNDER} runder")
    ens = sorted(tider["pandas og bulk_create"])[RUNDER // 2]
    for navn, t in tider.items():
        s = sorted(t)[RUNDER // 2]
        print(f"{navn:<24} {s:>6.1f} s {s / ens:>6.2f} x   højeste hukommelse {hukommelse[navn] / 1e6:>5.0f} MB")
    print(f"{'igen: 0 ændringer':<24} {igen:>6.1f} s")
    Maaling.objects.filter(indikator__plan=plan).delete()


def lav_plan():
    from aftaler.models import Helhedsplan, Regelsaet
    from indikatorer.models import Indikator, Sted

    plan = Helhedsplan.objects.create(
        noegle=PLAN,
        navn="Import",
        regelsaet=Regelsaet.objects.order_by("-noegle").first(),
        periode_fra="2025-01-01",
        periode_til="2028-12-31",
    )
    Indikator.objects.bulk_create(
        Indikator(plan=plan, noegle=f"andel-{nr}", navn=f"Andel {nr}", enhed="procent") for nr in range(INDIKATORER)
    )
    Sted.objects.bulk_create(
        Sted(plan=plan, noegle=f"omraade-{nr}", navn=f"Område {nr}", art="andet") for nr in range(STEDER)
    )
    return plan


def csv_fil() -> bytes:
    linjer = [HOVED]
    for i in range(INDIKATORER):
        for s in range(STEDER):
            for aar in range(2001, 2001 + AAR):
                grundlag = 500 + (i * 7919 + s * 104729 + aar * 31) % 2500
                antal = 5 + (i * 31 + s * 17 + aar * 13) % (grundlag - 5)
                procent = f"{100 * antal / grundlag:.1f}".replace(".", ",")
                celler = f"{antal};{grundlag};{procent};1;vaerdi;LBF Beboerdata;2025-03-01;"
                linjer.append(f"Andel {i};Område {s};{aar};;;{celler}")
    return "\n".join(linjer).encode()


def laest(plan, data: bytes):
    from indikatorer.imports.udkast import koer, lav_udkast

    return koer(lav_udkast(plan, data))


def vores(plan, data: bytes) -> None:
    """As the button of the preview does it: read, checked, compared, written and logged."""
    from helhedsplan.rettigheder import PROGRAMMET
    from indikatorer.actions.importer import gem_fil, indlaes
    from indikatorer.imports.udkast import koer, lav_udkast

    fil = gem_fil(bruger=PROGRAMMET, plan=plan, navn="tal.csv", data=data)
    raekker = koer(lav_udkast(plan, data, kun_laes=True)).raekker
    koer(indlaes(bruger=PROGRAMMET, fil=fil, raekker=raekker, aftryk=None))


def bar(plan, data: bytes) -> None:
    """The least that puts the same figures in the table: nothing checked, compared or logged."""
    import pandas

    from indikatorer.models import Maaling

    ramme = pandas.read_csv(io.BytesIO(data), sep=";", decimal=",")
    indikatorer = dict(plan.indikatorer.values_list("navn", "pk"))
    steder = dict(plan.steder.values_list("navn", "pk"))
    Maaling.objects.bulk_create(
        Maaling(
            indikator_id=indikatorer[r[1]],
            sted_id=steder[r[2]],
            aar=r[3],
            antal=r[6],
            grundlag=r[7],
            vaerdi=Decimal(str(r[8])),
            decimaler=r[9],
            tilstand=r[10],
            kilde=r[11],
            udtrukket=r[12],
        )
        for r in ramme.itertuples()
    )


def _tid(opgave) -> float:
    start = time.perf_counter()
    opgave()
    return time.perf_counter() - start


def _top(opgave) -> int:
    gc.collect()
    tracemalloc.start()
    opgave()
    _, top = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return top
