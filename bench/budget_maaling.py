"""The budget against the floor: pages, grid save, workbook; 4 years x 12 financiers x 3 kinds x 40 activities."""

import io
import time
import tracemalloc
from decimal import Decimal

PLAN = "bench-budget"
AKTIVITETER, KILDER, AAR = 40, 12, 4
ARTER = ("kontant", "timer", "lokaler")
RUNDER = 5


def maal() -> None:
    """Needs the database that `bench.__main__` has made."""
    from django.contrib.auth import get_user_model

    from bench.__main__ import GULV, logget_ind
    from bench.maaling import antal_forespoergsler, medianer

    bruger = get_user_model().objects.get(email="sekretariat1@demo.example")
    budget = lav_budget(bruger)
    hent = logget_ind(bruger)
    rod = f"/planer/{PLAN}/budget/"
    et_budget = f"{rod}budgetter/{budget.noegle}/"
    stier = {
        GULV: "/gulv/",
        "budgetoverblik": rod,
        "gitter, ét formål": f"{et_budget}beloeb/",
        "gitter, alle rækker": f"{et_budget}beloeb/?formaal=alle",
        "regneark ud": f"{et_budget}budget.xlsx",
    }
    tider = medianer({navn: (lambda sti=sti: hent(sti)) for navn, sti in stier.items()}, RUNDER, 1)
    tider |= medianer({"gitter, gem 144 celler": lambda: gem(bruger, budget)}, RUNDER, 1)
    print(f"\nBudget med {budget.bidrag.count()} celler, medianer af {RUNDER} runder")
    print(f"{'':<26} {'ms':>8} {'x gulv':>8} {'forespørgsler':>14}")
    for navn, ms in tider.items():
        antal = antal_forespoergsler(hent, stier[navn]) if navn in stier else "–"
        print(f"{navn:<26} {ms:>8.1f} {ms / tider[GULV]:>8.2f} {antal:>14}")
    maal_import()


def lav_budget(bruger):
    from django.utils import timezone

    from aftaler.models import Aktivitet, Delaftale, Helhedsplan, Medlemskab, Regelsaet
    from budget.models import Bidrag, Budget, Finansieringskilde

    regelsaet = Regelsaet.objects.order_by("-noegle").first()
    aar = timezone.localdate().year
    plan = Helhedsplan.objects.create(
        noegle=PLAN, navn="Måling", regelsaet=regelsaet, periode_fra=f"{aar}-01-01", periode_til=f"{aar + 3}-12-31"
    )
    Medlemskab.objects.create(plan=plan, bruger=bruger, rolle="sekretariat")
    aftale = Delaftale.objects.create(plan=plan, indsatsomraade=regelsaet.indsatsomraader.first())
    aktiviteter = [
        Aktivitet.objects.create(delaftale=aftale, noegle=f"a-{nr}", navn=f"Aktivitet {nr}", orden=nr)
        for nr in range(AKTIVITETER)
    ]
    kilder = [
        Finansieringskilde.objects.create(
            plan=plan,
            noegle=f"k-{nr}",
            navn=f"Kilde {nr}",
            art="lbf" if not nr else "kommune",
            lokal=bool(nr),
            orden=nr,
        )
        for nr in range(KILDER)
    ]
    budget = Budget.objects.create(plan=plan, noegle="ansoegt", navn="Ansøgt budget", art="ansoegt")
    Bidrag.objects.bulk_create(
        Bidrag(budget=budget, kilde=k, art=art, planaar=nr, aktivitet=a, beloeb=Decimal(1000 * nr))
        for k in kilder
        for art in ARTER
        for a in aktiviteter
        for nr in range(1, AAR + 1)
    )
    return budget


def gem(bruger, budget) -> None:
    """One purpose's grid pasted over: 12 financiers x 3 kinds x 4 years."""
    from budget.actions.budget import gem_celler
    from budget.queries.indtastning import Celle

    budget.refresh_from_db()
    ny = str(time.perf_counter_ns() % 1_000_000)
    celler = [
        Celle(f"k-{k}", art, "faelles", nr, beloeb=ny)
        for k in range(KILDER)
        for art in ARTER
        for nr in range(1, AAR + 1)
    ]
    gem_celler(bruger=bruger, budget=budget, version=budget.version, celler=celler)


def maal_import(raekker: int = 10_000) -> None:
    """Reading the cells of 10,000 rows with calamine, and with openpyxl, which pandas reads with by default."""
    from openpyxl import Workbook, load_workbook

    from bench.maaling import medianer
    from budget.imports import _ark
    from budget.xlsx import FINANSIERING, UDGIFTER

    bog = Workbook(write_only=True)
    ark = bog.create_sheet(FINANSIERING)
    bog.create_sheet(UDGIFTER)
    for nr in range(raekker):
        ark.append([f"Kilde {nr}", "ja", "Kontant", "Fælles", *[nr * 1.25] * 5])
    ud = io.BytesIO()
    bog.save(ud)
    data = ud.getvalue()

    def med_openpyxl():
        return list(load_workbook(io.BytesIO(data), read_only=True)[FINANSIERING].iter_rows(values_only=True))

    opgaver = {"vores": lambda: _ark(data), "openpyxl": med_openpyxl}
    try:
        import pandas
    except ImportError:
        pass
    else:
        opgaver["pandas"] = lambda: pandas.read_excel(io.BytesIO(data), dtype=str, keep_default_na=False)
    tider = medianer(opgaver, 3, 1)
    tracemalloc.start()
    _ark(data)
    _, top = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    ord_ = ", ".join(f"{navn} {ms:.0f} ms ({ms / tider['vores']:.1f} x)" for navn, ms in tider.items())
    print(f"Regneark med {raekker} rækker læst: {ord_}; højeste hukommelse {top / 1e6:.0f} MB")
