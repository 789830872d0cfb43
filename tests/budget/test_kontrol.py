"""The rules of the budget: what they say, in which figures, and where they lead."""

from datetime import date
from decimal import Decimal
from io import StringIO
from json import loads
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse

from aftaler.models import Helhedsplan
from aftaler.planfil import Planfil, laes_filer
from aftaler.queries.kontrol import kontroller
from budget.choices import Budgetart, Kildeart
from budget.models import Bidrag, Budget
from budget.queries.finansieringstabel import terning
from budget.queries.indtastning import Indtastningscelle
from budget.queries.kontrol import budgetfund, fund_for, medfinansiering_for, proev
from helhedsplan import formats
from helhedsplan.rettigheder import PROGRAMMET
from tests import factories as fab
from tests.budget.data import parameter, skriver, vejleaaparken

pytestmark = pytest.mark.django_db


def fund(plan_eller_budget, kode=None):
    alle = fund_for(plan_eller_budget) if isinstance(plan_eller_budget, Budget) else budgetfund(plan_eller_budget)
    return [f.som_data() for f in alle if kode is None or f.kode == kode]


def beskeder(plan_eller_budget, kode):
    return [(f["alvor"], f["besked"]) for f in fund(plan_eller_budget, kode)]


@pytest.fixture
def plan():
    plan = fab.HelhedsplanFactory(noegle="p")
    parameter(plan, "lokal_min_pct", 25)
    return plan


@pytest.fixture
def budget(plan):
    return fab.BudgetFactory(plan=plan, art=Budgetart.ANSOEGT, noegle="b")


def kilde(plan, noegle, **felter):
    felter.setdefault("navn", noegle.capitalize())
    return fab.FinansieringskildeFactory(plan=plan, noegle=noegle, **felter)


def sund(budget, *, lbf="60", bolig="25", kommune="15"):
    """Cash from three financiers in year 1, in kroner."""
    kilder = {
        "lbf": kilde(budget.plan, "lbf", lbf=True),
        "bolig": kilde(budget.plan, "bolig", art=Kildeart.BOLIGORGANISATION),
        "kommune": kilde(budget.plan, "kommune"),
    }
    for noegle, beloeb in (("lbf", lbf), ("bolig", bolig), ("kommune", kommune)):
        if beloeb:
            fab.BidragFactory(budget=budget, kilde=kilder[noegle], beloeb=Decimal(beloeb))
    return kilder


# --- the plan of 2017-2021 ------------------------------------------------------------------------------------------


def test_planen_fra_2017_reproduceres_til_kronen_og_kontrolleres():
    mappe = Path(settings.BASE_DIR) / "fixtures"
    filer = [mappe / "regelsaet" / "2015-18.yaml", mappe / "planer" / "vejleaaparken-2017-2021.yaml"]
    assert laes_filer([Planfil.fra(sti) for sti in filer], bruger=PROGRAMMET).fejl == []
    plan = Helhedsplan.objects.get(noegle="vejleaaparken-2017-2021")
    kryds = terning(plan.budgetter.get()).kryds
    assert kryds.kilder == ("Landsbyggefonden", "Boligselskaberne", "Ishøj Kommune")
    assert kryds.arter == ("kontant", "timer_og_lokaler")
    assert kryds.celler == ((25_000_000, 2_400_000, 1_600_000), (0, 2_600_000, 2_000_000))
    assert (kryds.pr_art, kryds.pr_kilde) == ((29_000_000, 4_600_000), (25_000_000, 5_000_000, 3_600_000))
    assert kryds.i_alt == 33_600_000

    ud = StringIO()
    call_command("kontroller", plan.noegle, "--json", stdout=ud)
    andel = next(f for f in loads(ud.getvalue()) if f["kode"] == "lokal-andel")
    assert andel == {
        "kode": "lokal-andel",
        "alvor": "note",
        "besked": (
            "Lokal medfinansiering er 25,60 %: 8.600.000 kr. af 33.600.000 kr. Det er 200.000 kr. over gulvet på 25 %. "
            "Lokal kontant medfinansiering er 11,90 %: 4.000.000 kr."
        ),
        "henvisning": "/planer/vejleaaparken-2017-2021/budget/budgetter/ansoegt/#medfinansiering",
        "kilde": "Baggrundsnotat, Ishøj Kommune 2016",
    }
    afrunding = next(f for f in loads(ud.getvalue()) if f["kode"] == "lokal-andel-afrunding")
    assert afrunding["besked"] == (
        "Nogle beløb er afrundet i kilden. Med de nøjagtige beløb ligger den lokale andel mellem 24,77 % og 26,40 %, "
        "så det kan ikke ses, om gulvet på 25 % holder."
    )


# --- the local share ------------------------------------------------------------------------------------------------


def test_ved_24_99_procent_siges_hvor_mange_kroner_der_mangler_og_hvem_der_kan_lukke(budget):
    parameter(budget.plan, "kommune_max_pct", "12.5")
    sund(budget, lbf="25203360", bolig="5396640", kommune="3000000")
    assert beskeder(budget, "lokal-andel") == [
        (
            "fejl",
            "Lokal medfinansiering er 24,99 %. Der mangler 3.360 kr. for at nå 25 %. Lægges pengene oven i budgettet, "
            "skal der 4.480 kr. til. Bolig og Kommune (højst 1.200.000 kr.) kan bidrage med mere.",
        )
    ]


def test_afrundede_dele_giver_ingen_fejl_men_en_note_med_andelens_graenser(budget, client):
    """13,3 mio. kr. in parts that are rounded to 10.000 kr.: 468,75 kr. short as they are written, and nobody knows."""
    sund(budget, lbf="9976875", bolig="3325000", kommune="0")
    assert [alvor for alvor, _ in beskeder(budget, "lokal-andel")] == ["fejl"]
    budget.bidrag.update(afrundet_til=Decimal(10_000))
    assert beskeder(budget, "lokal-andel") == []
    [(alvor, besked)] = beskeder(budget, "lokal-andel-afrunding")
    assert alvor == "note"
    fra, til = (formats.procent(p, 2).replace("\xa0", " ") for p in _graenser(budget))
    assert besked.replace("\xa0", " ") == (
        f"Nogle beløb er afrundet i kilden. Med de nøjagtige beløb ligger den lokale andel mellem {fra} og {til}, "
        "så det kan ikke ses, om gulvet på 25 % holder."
    )
    client.force_login(skriver(budget.plan))
    side = (
        client.get(reverse("budget-vis", args=[budget.plan.noegle, budget.noegle]))
        .content.decode()
        .replace("\xa0", " ")
    )
    assert fra in side
    assert "Der mangler" not in side
    assert "Kan lukke hullet" not in side
    linje = medfinansiering_for(budget).i_en_linje.replace("\xa0", " ")
    assert "mangler" not in linje
    assert f"mellem {fra} og {til}" in linje


def _graenser(budget):
    m = medfinansiering_for(budget)
    assert m.andel_mindst_pct < 25 < m.andel_hoejst_pct
    return m.andel_mindst_pct, m.andel_hoejst_pct


def test_praecis_25_procent_holder(budget):
    sund(budget, lbf="75", bolig="10", kommune="15")
    assert [alvor for alvor, _ in beskeder(budget, "lokal-andel")] == ["note"]


def test_tynd_margin_under_et_procentpoint(budget):
    sund(budget, lbf="7450", bolig="2000", kommune="550")
    assert beskeder(budget, "lokal-andel-tynd") == [
        (
            "advarsel",
            "Margenen til gulvet på 25 % er tynd: 0,50 procentpoint. Falder de lokale bidrag med mere end 66 kr., "
            "holder budgettet ikke.",
        )
    ]
    Bidrag.objects.filter(kilde__noegle="bolig").update(beloeb=2100)
    assert beskeder(budget, "lokal-andel-tynd") == []


def test_planens_egen_parameter_gaelder_og_er_ikke_landsbyggefondens(budget):
    sund(budget)
    fab.PlanparameterFactory(
        plan=budget.plan,
        regelparameter=budget.plan.regelsaet.parametre.get(noegle="lokal_min_pct"),
        vaerdi=Decimal(50),
    )
    (f,) = fund(budget, "lokal-andel")
    assert (f["alvor"], f["kilde"]) == ("advarsel", "Planens egen værdi (ikke verificeret)")


def test_uden_gulv_i_reglerne_er_der_ingen_andelsregel():
    budget = fab.BudgetFactory()
    sund(budget, bolig="0", kommune="1")
    assert fund(budget, "lokal-andel") == []


def test_lokal_kontant_og_kommunens_deltagelse(budget):
    kilder = sund(budget, bolig="", kommune="")
    fab.BidragFactory(budget=budget, kilde=kilder["bolig"], art="timer", beloeb=Decimal(40))
    assert beskeder(budget, "lokal-kontant") == [
        ("fejl", "Der er ingen lokal kontant medfinansiering. En del af lønnen skal betales med lokale kontanter.")
    ]
    assert [a for a, _ in beskeder(budget, "kommune-deltager-ikke")] == ["fejl"]
    fab.BidragFactory(budget=budget, kilde=kilder["kommune"], beloeb=Decimal(1))
    assert (fund(budget, "lokal-kontant"), fund(budget, "kommune-deltager-ikke")) == ([], [])


def test_mindstebeloeb_for_lokale_kontanter(budget):
    parameter(budget.plan, "lokal_kontant_min", 100)
    sund(budget)
    assert beskeder(budget, "lokal-kontant") == [
        (
            "advarsel",
            "Lokal kontant medfinansiering er 40 kr. Der mangler 60 kr. for at nå planens mindstebeløb på 100 kr.",
        )
    ]


def test_kommunens_loft_fra_parameter_og_fra_pulje(budget):
    sund(budget, lbf="75", bolig="12.5", kommune="12.5")
    fab.PuljetilsagnFactory(plan=budget.plan, pulje__navn="Puljen", pulje__hoejst_andel=Decimal("12.5"))
    assert fund(budget, "kommune-loft") == []
    Bidrag.objects.filter(kilde__noegle="kommune").update(beloeb=Decimal("12.51"))
    (f,) = fund(budget, "kommune-loft")
    assert (f["besked"], f["kilde"]) == (
        "Kommunens andel er 12,51 % og må højst være 12,5 %: 0,01 kr. for meget.",
        "Kommunens praksis i Puljen (ikke verificeret)",
    )


# --- hours, premises, balance, years --------------------------------------------------------------------------------


def test_timer_uden_sats_og_lokaler_uden_vaerdi(budget):
    kilder = sund(budget)
    sats = fab.SatsvaerdiFactory(sats__plan=budget.plan)
    for aar, satsvaerdi in ((1, None), (2, None), (3, sats)):
        fab.BidragFactory(
            budget=budget,
            kilde=kilder["kommune"],
            art="timer",
            planaar=aar,
            beloeb=Decimal(350),
            maengde=Decimal(1),
            satsvaerdi=satsvaerdi,
        )
    fab.BidragFactory(budget=budget, kilde=kilder["bolig"], art="lokaler", planaar=2, beloeb=Decimal(9))
    fab.BidragFactory(budget=budget, kilde=kilder["bolig"], art="timer_og_lokaler", planaar=2, beloeb=Decimal(9))
    assert beskeder(budget, "timer-uden-sats") == [
        ("advarsel", "Kommune: 2 beløb (700 kr.) for medarbejdertimer er ikke regnet med en timepris.")
    ]
    (f,) = fund(budget, "timer-uden-sats")
    assert f["henvisning"] == "/planer/p/budget/budgetter/b/beloeb/#celle-kommune.timer.faelles.1"
    assert beskeder(budget, "lokaler-uden-vaerdi") == [
        ("advarsel", "Bolig: 1 beløb (9 kr.) for lokaler er ikke regnet med en pris.")
    ]
    assert [alvor for alvor, _ in beskeder(budget, "timer-og-lokaler-samlet")] == ["note"]


def test_udgifter_og_finansiering(budget):
    sund(budget)
    assert [k["kode"] for k in fund(budget) if "udgifter" in k["kode"]] == ["udgifter-mangler"]
    udgift = fab.UdgiftFactory(budget=budget, beloeb=Decimal(120))
    assert beskeder(budget, "udgifter-uden-finansiering") == [
        ("fejl", "Udgifterne er 120 kr. og finansieringen 100 kr. 20 kr. har ingen finansiering.")
    ]
    udgift.beloeb = Decimal(90)
    udgift.save()
    assert beskeder(budget, "finansiering-uden-udgifter") == [
        ("advarsel", "Udgifterne er 90 kr. og finansieringen 100 kr. 10 kr. er ikke sat af til noget.")
    ]
    udgift.afrundet_til = Decimal(20)
    udgift.save()
    assert [k["kode"] for k in fund(budget) if "udgifter" in k["kode"]] == []


def test_aar_for_aar_naar_alt_er_delt_paa_aar(budget):
    sund(budget)
    fab.UdgiftFactory(budget=budget, planaar=2, beloeb=Decimal(100))
    assert beskeder(budget, "udgifter-uden-finansiering") == [
        ("fejl", "År 2: udgifterne er 100 kr. og finansieringen 0 kr. 100 kr. har ingen finansiering.")
    ]
    assert [b for _, b in beskeder(budget, "finansiering-uden-udgifter")] == [
        "År 1: udgifterne er 0 kr. og finansieringen 100 kr. 100 kr. er ikke sat af til noget."
    ]
    Bidrag.objects.filter(kilde__noegle="lbf").update(planaar=None)
    assert beskeder(budget, "udgifter-uden-finansiering") == []


def test_aar_uden_for_perioden(budget):
    sund(budget)
    Bidrag.objects.filter(kilde__noegle="bolig").update(planaar=6)
    assert beskeder(budget, "aar-uden-for-perioden") == [("fejl", "1 beløb står i år 6, men planen har 4 år.")]


def test_kilde_uden_for_sine_datoer(budget):
    kilder = sund(budget)
    datoer = {"gaelder_fra": date(2027, 3, 1), "gaelder_til": date(2028, 10, 31)}
    fond = kilde(budget.plan, "fond", art=Kildeart.FOND, lokal=False, **datoer)
    for aar in (1, 2, 3, 4):
        fab.BidragFactory(budget=budget, kilde=fond, planaar=aar)
    (f,) = fund(budget, "kilde-uden-for-datoer")
    assert f["besked"] == "Fond bidrager år 1 og år 4, men er kun med 1. marts 2027 – 31. oktober 2028."
    assert f["henvisning"] == "/planer/p/budget/kilder/fond/ret/#id_gaelder_fra"
    assert kilder


def test_ubrugte_midler_tre_kvartaler_frem(budget):
    kilder = sund(budget, lbf="4800")
    for aar, kvartal, beloeb in ((2025, 4, "100"), (2026, 1, "300")):
        fab.ForbrugFactory(plan=budget.plan, kilde=kilder["lbf"], aar=aar, kvartal=kvartal, beloeb=Decimal(beloeb))
    assert [b for _, b in ((f["alvor"], f["besked"]) for f in fund(budget.plan, "ubrugte-midler"))] == [
        "Med det nuværende forbrug er 3.680 kr. ubrugt ved udgangen af 4. kvartal 2026. "
        "Overvej, om pengene skal flyttes."
    ]
    assert fund(budget, "ubrugte-midler") == []


# --- which budget, and how many questions ---------------------------------------------------------------------------


def test_det_bevilgede_med_revisioner_gaelder_frem_for_det_ansoegte(plan, budget):
    kilder = sund(budget)
    bevilget = fab.BudgetFactory(plan=plan, art=Budgetart.BEVILGET, noegle="bevilget")
    assert budgetfund(plan)[0].henvisning.endswith("/b/#medfinansiering")
    for noegle, beloeb in (("lbf", 80), ("kommune", 20)):
        fab.BidragFactory(budget=bevilget, kilde=kilder[noegle], beloeb=Decimal(beloeb))
    assert [a for a, _ in beskeder(plan, "lokal-andel")] == ["fejl"]
    Budget.objects.filter(pk=bevilget.pk).update(status="godkendt", godkendt_den=date(2025, 10, 1))
    revision = fab.RevisionFactory(budget=bevilget, status="godkendt", godkendt_den=date(2026, 1, 1))
    fab.RevisionslinjeFactory(revision=revision, kilde=kilder["bolig"], delta=Decimal(10))
    (f,) = fund(plan, "lokal-andel")
    assert f["besked"].startswith("Lokal medfinansiering er 27,27 %: 30 kr. af 110 kr.")
    assert f["henvisning"] == "/planer/p/budget/budgetter/bevilget/#medfinansiering"


def test_en_plan_uden_budget_har_ingen_fund(plan):
    assert budgetfund(plan) == []
    fab.BudgetFactory(plan=plan, art=Budgetart.ANSOEGT)
    assert budgetfund(plan) == []


def test_reglerne_hoerer_til_planens_kontrol(budget):
    sund(budget)
    assert "lokal-andel" in {f.kode for f in kontroller(budget.plan)}


def test_fast_antal_forespoergsler(plan, budget, django_assert_num_queries):
    for _ in range(2):
        for nr in range(5):
            k = fab.FinansieringskildeFactory(plan=plan)
            fab.BidragFactory(budget=budget, kilde=k, planaar=nr % 4 + 1)
            fab.UdgiftFactory(budget=budget)
            fab.AktivitetFactory(delaftale__plan=plan)
            fab.SatsvaerdiFactory(sats__plan=plan)
            fab.ForbrugFactory(plan=plan, kilde=k)
        frisk = Helhedsplan.objects.select_related("regelsaet").get(pk=plan.pk)
        with django_assert_num_queries(14):
            budgetfund(frisk)


# --- while one types ------------------------------------------------------------------------------------------------


def test_proev_regner_med_det_indtastede_og_gemmer_intet():
    plan, budget = vejleaaparken()
    svar = proev(
        budget,
        celler=[
            Indtastningscelle("lbf", "kontant", "faelles", None, "25,8 mio."),
            Indtastningscelle("lbf", "kontant", "faelles", 1, "mange"),
            Indtastningscelle("boligselskaber", "kontant", "faelles", None, ""),
        ],
    )
    assert svar.fejl == {
        "celle-lbf.kontant.faelles.1": ["»mange« kan ikke læses som et tal. Skriv for eksempel 1.234,5."]
    }
    assert (svar.terning.i_alt, svar.medfinansiering.i_alt, svar.balance.finansiering.i_alt) == (32_000_000,) * 3
    assert svar.medfinansiering.andel_i_ord == "19,38\u00a0%"
    assert [f.alvor for f in svar.fund if f.kode == "lokal-andel"] == ["fejl"]
    assert terning(budget).i_alt == 33_600_000
    assert plan.budgetter.get().version == 1


def beskederne(plan, kode):
    return [f["besked"].replace("\u00a0", " ") for f in fund(plan, kode)]


def test_overforbrug_for_hver_kilde_og_i_alt(budget):
    """Also in a plan that is extended, whose budget is as it was."""
    kilder = sund(budget, lbf="4800")
    fab.ForbrugFactory(plan=budget.plan, kilde=kilder["lbf"], aar=2025, kvartal=4, beloeb=Decimal("4800.50"))
    (lbf,) = foer = beskederne(budget.plan, "overforbrug")
    assert "brugt 4.800,50 kr.: 0,50 kr. mere end budgettet på 4.800 kr." in lbf
    (i_alt,) = [b for b in beskederne(budget.plan, "overforbrug-ventes") if "der i alt" in b]
    assert "mere end budgettet på" in i_alt
    budget.plan.periode_til = date(2031, 10, 31)
    budget.plan.save()
    assert beskederne(budget.plan, "overforbrug") == foer


def test_overforbrug_ventes_naar_en_forlaengelse_ikke_har_penge(budget):
    kilder = sund(budget, lbf="4800")
    for aar, kvartal, beloeb in ((2025, 4, "200"), (2026, 1, "300")):
        fab.ForbrugFactory(plan=budget.plan, kilde=kilder["lbf"], aar=aar, kvartal=kvartal, beloeb=Decimal(beloeb))
    assert beskederne(budget.plan, "overforbrug-ventes") == []
    budget.plan.periode_til = date(2031, 10, 31)
    budget.plan.save()
    assert any("brugt 7.200 kr. ved" in b for b in beskederne(budget.plan, "overforbrug-ventes"))


def test_forbrug_der_mangler_siges(budget):
    kilder = sund(budget, lbf="4800")
    fab.ForbrugFactory(plan=budget.plan, kilde=kilder["lbf"], aar=2025, kvartal=4, beloeb=Decimal(100))
    (besked,) = beskederne(budget.plan, "forbrug-mangler")
    assert "tal mangler: 4. kvartal 2025" in besked


def test_ufordelte_penge_ved_en_forlaengelse(budget):
    kilder = sund(budget)
    fab.BidragFactory(budget=budget, kilde=kilder["lbf"], planaar=None, beloeb=Decimal(1000))
    assert beskederne(budget.plan, "ufordelt-ved-forlaengelse") == []
    budget.plan.periode_til = date(2031, 10, 31)
    budget.plan.save()
    (besked,) = beskederne(budget.plan, "ufordelt-ved-forlaengelse")
    assert "1.000 kr. er ikke fordelt på år, og planen har nu 6 år." in besked


def test_en_sats_der_skifter_i_planaaret_siges_med_tallet_efter_dage(budget):
    """Plan year 1 is 1 November - 31 October: 61 days at 350 and 304 at 400."""
    kilder = sund(budget)
    sats = fab.SatsFactory(plan=budget.plan)
    gammel = fab.SatsvaerdiFactory(sats=sats, gaelder_fra=date(2025, 1, 1), beloeb=Decimal(350))
    celle = {"budget": budget, "kilde": kilder["kommune"], "art": "timer", "planaar": 1}
    fab.BidragFactory(**celle, maengde=Decimal(100), satsvaerdi=gammel, beloeb=Decimal(35_000))
    assert beskederne(budget.plan, "sats-skifter-i-aaret") == []
    fab.SatsvaerdiFactory(sats=sats, gaelder_fra=date(2026, 1, 1), beloeb=Decimal(400))
    (besked,) = beskederne(budget.plan, "sats-skifter-i-aaret")
    assert "skifter 1. januar 2026" in besked
    assert "Fordelt efter dage er det 39.164,38 kr., 4.164,38 kr. mere" in besked
