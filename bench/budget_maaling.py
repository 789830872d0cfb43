"""The budget against the floor: pages, grid save and import; 4 years x 12 financiers x 3 kinds x 40 activities."""

import io
import itertools
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial

PLAN, IMPORTPLAN = "bench-budget", "bench-import"
AKTIVITETER, KILDER, AAR = 40, 12, 4
#: With 12 financiers of 3 kinds, a workbook of 10,008 rows.
IMPORTERENDE_AKTIVITETER = 278
ARTER = ("kontant", "timer", "lokaler")
RUNDER = 5
PULJER, PLANER_I_PULJEN = 3, 1_000


def maal() -> None:
    """Needs the database that `bench.__main__` has made."""
    from django.contrib.auth import get_user_model

    from bench.__main__ import logget_ind

    bruger = get_user_model().objects.get(email="sekretariat1@demo.example")
    hent = logget_ind(bruger)
    maal_sider(bruger, hent)
    maal_import(bruger)
    maal_pulje(hent)


def maal_sider(bruger, hent) -> None:
    """First drawn anew each time, then as it is when nothing has been written since."""
    from django.core.cache import caches

    from bench.__main__ import GULV
    from bench.maaling import antal_forespoergsler, medianer

    budget = lav_budget(bruger, PLAN, AKTIVITETER)
    gem(bruger, budget)
    rod = f"/planer/{PLAN}/budget/"
    et_budget = f"{rod}budgetter/{budget.noegle}/"
    stier = {
        GULV: "/gulv/",
        "budgetoverblik": rod,
        "budget, alle beløb": et_budget,
        "gitter, ét formål": f"{et_budget}beloeb/",
        "gitter, alle rækker": f"{et_budget}beloeb/?formaal=alle",
        "regneark ud": f"{et_budget}budget.xlsx",
    }

    def hent_nyt(sti: str) -> None:
        caches["sider"].clear()
        hent(sti)

    opgaver: dict[str, Callable] = {navn: partial(hent_nyt, sti) for navn, sti in stier.items()}
    opgaver["gitter, gem 144 celler"] = lambda: gem(bruger, budget)
    tider = medianer(opgaver, RUNDER, 1)
    igen = medianer({navn: partial(hent, sti) for navn, sti in stier.items()}, RUNDER, 1)
    print(f"\nBudget med {budget.bidrag.count()} celler, medianer af {RUNDER} runder")
    print(f"{'':<26} {'ms':>8} {'x gulv':>8} {'igen, ms':>9} {'forespørgsler':>14}")
    for navn, ms in tider.items():
        caches["sider"].clear()
        antal = antal_forespoergsler(hent, stier[navn]) if navn in stier else "–"
        uaendret = f"{igen[navn]:.1f}" if navn in igen else "–"
        print(f"{navn:<26} {ms:>8.1f} {ms / tider[GULV]:>8.2f} {uaendret:>9} {antal:>14}")


def lav_budget(bruger, noegle: str, antal_aktiviteter: int):
    """A plan whose budget has an amount in every cell."""
    from django.utils import timezone

    from aftaler.models import Aktivitet, Delaftale, Helhedsplan, Medlemskab, Regelsaet
    from budget.models import Bidrag, Budget, Finansieringskilde

    regelsaet = Regelsaet.objects.order_by("-noegle").first()
    aar = timezone.localdate().year
    periode = {"periode_fra": date(aar, 1, 1), "periode_til": date(aar + 3, 12, 31)}
    plan = Helhedsplan.objects.create(noegle=noegle, navn=noegle, regelsaet=regelsaet, **periode)
    Medlemskab.objects.create(plan=plan, bruger=bruger, rolle="sekretariat")
    aftale = Delaftale.objects.create(plan=plan, indsatsomraade=regelsaet.indsatsomraader.first())
    aktiviteter = Aktivitet.objects.bulk_create(
        Aktivitet(delaftale=aftale, noegle=f"a-{nr}", navn=f"Aktivitet {nr}", orden=nr)
        for nr in range(antal_aktiviteter)
    )
    kilder = Finansieringskilde.objects.bulk_create(
        Finansieringskilde(
            plan=plan,
            noegle=f"k-{nr}",
            navn=f"Kilde {nr}",
            art="kommune" if nr else "lbf",
            lokal=bool(nr),
            orden=nr,
        )
        for nr in range(KILDER)
    )
    budget = Budget.objects.create(plan=plan, noegle="ansoegt", navn="Ansøgt budget", art="ansoegt")
    Bidrag.objects.bulk_create(
        Bidrag(budget=budget, kilde=k, art=art, planaar=nr, aktivitet=a, beloeb=Decimal(i) * Decimal("7.25"))
        for i, (k, art, a, nr) in enumerate(itertools.product(kilder, ARTER, aktiviteter, range(1, AAR + 1)))
    )
    return budget


def gem(bruger, budget) -> None:
    """One purpose's grid pasted over: 12 financiers x 3 kinds x 4 years."""
    from budget.actions.budget import gem_celler
    from budget.queries.indtastning import Indtastningscelle

    budget.refresh_from_db()
    ny = str(time.perf_counter_ns() % 1_000_000)
    celler = [
        Indtastningscelle(f"k-{k}", art, "faelles", nr, beloeb=ny)
        for k, art, nr in itertools.product(range(KILDER), ARTER, range(1, AAR + 1))
    ]
    gem_celler(bruger=bruger, budget=budget, version=budget.version, celler=celler)


def maal_import(bruger) -> None:
    """A workbook of 10,000 rows: read and judged by us, and only read by pandas."""
    from bench.maaling import hoejeste_hukommelse, medianer
    from budget.imports import laes
    from budget.models import Bidrag
    from budget.xlsx import FINANSIERING, arbejdsbog

    budget = lav_budget(bruger, IMPORTPLAN, IMPORTERENDE_AKTIVITETER)
    data = arbejdsbog(budget)
    Bidrag.objects.filter(budget=budget, planaar=1).delete()

    def med_pandas():
        import pandas

        return pandas.read_excel(io.BytesIO(data), sheet_name=FINANSIERING, header=2, dtype=str, keep_default_na=False)

    opgaver = {"vores, læst og bedømt": lambda: laes(budget, data), "pandas, kun læst": med_pandas}
    top = {navn: hoejeste_hukommelse(opgave) for navn, opgave in opgaver.items()}
    antal = len(laes(budget, data).aendringer)
    tider = medianer(opgaver, 3, 1)
    raekker = KILDER * len(ARTER) * (IMPORTERENDE_AKTIVITETER + 1)
    print(f"\nRegneark med {raekker} rækker ({len(data) / 1e6:.1f} MB), {antal} nye beløb")
    print(f"{'':<26} {'ms':>8} {'x pandas':>8} {'højst MB':>9}")
    for navn, ms in tider.items():
        print(f"{navn:<26} {ms:>8.0f} {ms / tider['pandas, kun læst']:>8.2f} {top[navn]:>9.0f}")


def maal_pulje(hent) -> None:
    """A kommune's pools with a thousand plans in them."""
    from aftaler.models import Helhedsplan, Organisation, Part
    from bench.__main__ import GULV
    from bench.maaling import antal_forespoergsler, medianer
    from budget.models import Bidrag, Budget, Finansieringskilde, Forbrug, Medfinansieringspulje, Puljetilsagn

    kommune = Organisation.objects.create(noegle="bench-kommune", navn="Målekommune", art="kommune")
    planer = list(Helhedsplan.objects.filter(noegle__startswith="maaleplan")[:PLANER_I_PULJEN])
    Part.objects.bulk_create(Part(plan=p, organisation=kommune) for p in planer)
    sti = f"/planer/{planer[0].noegle}/budget/pulje/"
    kilder = Finansieringskilde.objects.bulk_create(
        Finansieringskilde(plan=p, noegle="k", navn="K", art="kommune", lokal=True, organisation=kommune)
        for p in planer
    )
    budgetter = Budget.objects.bulk_create(Budget(plan=p, noegle="ansoegt", navn="B", art="ansoegt") for p in planer)
    Bidrag.objects.bulk_create(
        Bidrag(budget=b, kilde=k, art=art, planaar=nr, beloeb=Decimal(nr * 1000))
        for b, k in zip(budgetter, kilder, strict=True)
        for art in ARTER
        for nr in range(1, AAR + 1)
    )
    Forbrug.objects.bulk_create(
        Forbrug(plan=k.plan, aar=2025, kvartal=nr, kilde=k, beloeb=Decimal(500)) for k in kilder for nr in range(1, 5)
    )
    antal = {}
    for nr in range(PULJER):
        pulje = Medfinansieringspulje.objects.create(
            noegle=f"p-{nr}", organisation=kommune, navn=f"P {nr}", beloeb=30_000_000, fra_aar=2025, til_aar=2028
        )
        Puljetilsagn.objects.create(pulje=pulje, plan=planer[0], bevilget=10)
        antal[nr + 1, 1] = antal_forespoergsler(hent, sti)
        Puljetilsagn.objects.bulk_create(Puljetilsagn(pulje=pulje, plan=p, bevilget=10) for p in planer[1:])
        antal[nr + 1, len(planer)] = antal_forespoergsler(hent, sti)
    tider = medianer({GULV: lambda: hent("/gulv/"), "puljer": lambda: hent(sti)}, RUNDER, 1)
    print(f"\nPuljeside med {PULJER} puljer og {len(planer)} planer i hver: {tider['puljer']:.0f} ms")
    print(f"Antal forespørgsler (puljer, planer): {antal}")
