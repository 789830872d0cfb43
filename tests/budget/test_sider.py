"""The budget's pages: what they say, what the first step is, and that their queries do not grow."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from budget.actions.budget import godkend_budget, ret_budget
from budget.models import Budget, Finansieringskilde, Revision, Sats
from helhedsplan.formats import lang_dato
from helhedsplan.rettigheder import PROGRAMMET
from tests import factories as f
from tests.formularproeve import laes
from tests.verden import verden


@pytest.fixture
def plan(db):
    plan = f.HelhedsplanFactory()
    f.RegelparameterFactory(regelsaet=plan.regelsaet, noegle="lokal_min_pct", vaerdi=25)
    return plan


@pytest.fixture
def klient(client, plan):
    client.force_login(f.MedlemskabFactory(plan=plan, rolle="sekretariat").bruger)
    return client


def tekst(svar) -> str:
    return " ".join(svar.content.decode().replace("\xa0", " ").split())


def budget_med(plan, lbf, lokalt):
    budget = f.BudgetFactory(plan=plan, art="ansoegt", noegle="ansoegt")
    f.BidragFactory(budget=budget, kilde=f.FinansieringskildeFactory(plan=plan, lbf=True), beloeb=Decimal(lbf))
    kommune = f.FinansieringskildeFactory(plan=plan, noegle="kommunen", navn="Kommunen")
    f.BidragFactory(budget=budget, kilde=kommune, beloeb=Decimal(lokalt))
    return budget


def test_a_plan_without_a_budget_says_the_first_step(klient, plan):
    svar = klient.get(reverse("budget-overblik", args=[plan.noegle]))
    assert reverse("budget-opret", args=[plan.noegle]) in tekst(svar)


def test_the_first_step_leads_to_the_financiers_and_then_to_the_grid(klient, plan):
    opret = reverse("budget-opret", args=[plan.noegle])
    svar = klient.post(opret, {"art": "ansoegt", "navn": "", "begrundelse": "", "version": 0})
    budget = Budget.objects.get()
    assert budget.navn == "Ansøgt budget"
    assert svar.url == reverse("budget-kilder", args=[plan.noegle])
    ny_kilde = reverse("finansieringskilde-opret", args=[plan.noegle])
    for navn, art in (("Fonden", "fond"), ("Kommunen", "kommune"), ("Landsbyggefonden", "lbf")):
        assert klient.post(ny_kilde, {"navn": navn, "art": art, "lokal": "", "version": 0}).status_code == 302
    assert dict(Finansieringskilde.objects.values_list("navn", "lokal")) == {
        "Fonden": False,
        "Kommunen": True,
        "Landsbyggefonden": False,
    }
    svar = klient.get(reverse("budget-gitter", args=[plan.noegle, budget.noegle]))
    assert svar.content.decode().count('aria-label="Kommunen, ') == 15


@pytest.mark.parametrize(
    ("lbf", "lokalt", "ventet"),
    [
        (25_000_000, 8_600_000, "<strong>25,60 %</strong>. Det er <strong>200.000 kr. over</strong> gulvet på 25 %"),
        (
            75_010_000,
            24_990_000,
            "<strong>24,99 %</strong>. Der mangler <strong>10.000 kr.</strong> for at nå 25 %, hvis de flyttes fra "
            "anden finansiering. Lægges de oven i budgettet, skal der <strong>13.333,34 kr.</strong> til.",
        ),
    ],
)
def test_the_share_and_the_kroner_above_or_below_the_floor(klient, plan, lbf, lokalt, ventet):
    budget_med(plan, lbf, lokalt)
    assert ventet in tekst(klient.get(reverse("budget-overblik", args=[plan.noegle])))


def test_the_overview_is_drawn_again_when_something_is_saved(klient, plan):
    budget = budget_med(plan, 75, 25)
    url = reverse("budget-overblik", args=[plan.noegle])
    andel = "Lokal medfinansiering er <strong>{}</strong>"
    ny = {"c.kommunen.kontant.1.faelles": "75", "foer": "{}", "skala": "1"}
    assert andel.format("25,00 %") in tekst(klient.get(url))
    for version, (kr, pct) in enumerate([("75", "50,00 %"), ("225", "75,00 %")], budget.version):
        data = ny | {"c.kommunen.kontant.1.faelles": kr, "version": version}
        assert klient.post(reverse("budget-gitter", args=[plan.noegle, budget.noegle]), data).status_code == 302
        for _ in range(2):
            assert andel.format(pct) in tekst(klient.get(url))
    with CaptureQueriesContext(connection) as igen:
        klient.get(url)
    assert not any("budget_bidrag" in q["sql"] for q in igen)


def test_a_scenario_says_what_the_rules_demand(klient, plan):
    budget = budget_med(plan, 20_000_000, 4_000_000)
    lbf = plan.finansieringskilder.get(art="lbf")
    kommune = plan.finansieringskilder.get(art="kommune")
    data = {
        "navn": "Mindre",
        f"total_{lbf.pk}": "12,5 mio.",
        f"total_{kommune.pk}": "4 mio.",
        "version": budget.version,
    }
    svar = klient.post(reverse("scenarie-opret", args=[plan.noegle, budget.noegle]), data)
    assert svar.status_code == 302
    side = tekst(klient.get(svar.url))
    assert "mindst være <strong>4.166.666,67 kr.</strong> lokalt" in side
    assert "<strong>166.666,67 kr.</strong> mere til" in side
    assert budget.bidrag.get(kilde=lbf).beloeb == 20_000_000


def test_a_budget_with_faults_is_approved_with_a_reason_and_keeps_them_in_sight(klient, plan):
    plan.regelsaet.parametre.update(verificeret="kilde")
    budget = budget_med(plan, 9_000_000, 1_000_000)
    Budget.objects.filter(pk=budget.pk).update(art="bevilget")
    godkend = reverse("budget-godkend", args=[plan.noegle, budget.noegle])
    fejl = "Der mangler 1.500.000"
    side = tekst(klient.get(godkend))
    assert fejl in side
    assert ("10.000.000 kr." in side, "10,00 %" in side) == (True, True)  # what is approved
    data = {"dato": "1. august 2025", "version": budget.version}
    for grund in ("", "ja", "x x"):
        svar = klient.post(godkend, data | {"grund": grund})
        assert (svar.status_code, list(svar.context["form"].errors)) == (422, ["grund"])
    with pytest.raises(ValidationError, match=fejl):
        godkend_budget(bruger=PROGRAMMET, budget=budget, dato=date(2025, 8, 1), version=None)
    assert Budget.objects.get().status == "kladde"
    svar = klient.post(godkend, data | {"grund": "Fonden har givet lov til det."})
    side = tekst(klient.get(svar.url))
    assert "Godkendt, selv om kontrollen viser fejl: Fonden har givet lov til det." in side
    assert "Det skal du se på" in side
    assert fejl in side


@pytest.mark.parametrize("dag", ["1.1.1900", "31.10.2023"])
def test_a_budget_is_not_approved_before_the_plan_was_thought_of(klient, plan, dag):
    budget = budget_med(plan, 7_500_000, 2_500_000)
    godkend = reverse("budget-godkend", args=[plan.noegle, budget.noegle])
    svar = klient.post(godkend, {"dato": dag, "version": budget.version})
    assert svar.status_code == 422
    assert svar.context["form"].errors == {
        "dato": ["Planen begynder 1. november 2025, så dagen kan tidligst være 1. november 2023."]
    }
    assert Budget.objects.get().status == "kladde"
    assert klient.post(godkend, {"dato": "1.11.2023", "version": budget.version}).status_code == 302


def test_a_budget_changed_after_its_approval_says_why(klient, plan):
    budget = budget_med(plan, 7_500_000, 2_500_000)
    celle = {"oplyst_i_alt": Decimal(10_000_000)}
    ret_budget(bruger=PROGRAMMET, budget=budget, felter=celle, version=None)
    godkend = reverse("budget-godkend", args=[plan.noegle, budget.noegle])
    i_dag = timezone.localdate()
    i_gaar = f"{i_dag - timedelta(1):%d.%m.%Y}"
    svar = klient.post(godkend, {"dato": i_gaar, "version": budget.version})
    assert (svar.status_code, list(svar.context["form"].errors)) == (422, ["dato_grund"])
    assert f"ændret sidst {lang_dato(i_dag)}" in str(svar.context["form"].errors)
    grund = {"dato_grund": "Skrevet af efter kommunens papir."}
    assert klient.post(godkend, {"dato": i_gaar, "version": budget.version} | grund).status_code == 302
    assert "men ændret sidst" in Budget.objects.get().begrundelse
    assert grund["dato_grund"] in Budget.objects.get().begrundelse


def test_a_budget_is_approved_and_then_revised(klient, plan):
    budget = budget_med(plan, 7_500_000, 2_500_000)
    Budget.objects.filter(pk=budget.pk).update(art="bevilget")
    godkend = reverse("budget-godkend", args=[plan.noegle, budget.noegle])
    i_morgen = f"{timezone.localdate() + timedelta(1):%d.%m.%Y}"
    svar = klient.post(godkend, {"dato": i_morgen, "version": budget.version})
    assert (svar.status_code, list(svar.context["form"].errors)) == (422, ["dato"])
    assert klient.post(godkend, {"dato": "1. august 2025", "version": budget.version}).status_code == 302
    kommune = plan.finansieringskilder.get(art="kommune")
    linjer = [("-100.000", 1), ("100.000", 2)]
    data = {"art": "rebudgettering", "dato": "1. maj 2026", "begrundelse": "Kom sent i gang", "version": 0}
    data |= {"linjer-TOTAL_FORMS": 2, "linjer-INITIAL_FORMS": 0, "linjer-grundlag": ""}
    for nr, (delta, aar) in enumerate(linjer):
        felter = {"kilde": kommune.pk, "art": "kontant", "planaar": aar, "delta": delta}
        data |= {f"linjer-{nr}-{felt}": v for felt, v in felter.items()}
    svar = klient.post(reverse("revision-opret", args=[plan.noegle]), data | {"begrundelse": "-"})
    assert (svar.status_code, list(svar.context["form"].errors)) == (422, ["begrundelse"])
    svar = klient.post(reverse("revision-opret", args=[plan.noegle]), data)
    assert svar.status_code == 302, tekst(svar)
    revision = Revision.objects.get()
    assert [(linje.planaar, linje.delta) for linje in revision.linjer.order_by("planaar")] == [
        (1, -100_000),
        (2, 100_000),
    ]
    godkend = reverse("revision-godkend", args=[plan.noegle, revision.pk])
    assert klient.post(godkend, {"dato": "2. maj 2026", "version": revision.version}).status_code == 302
    side = tekst(klient.get(reverse("budget-revisioner", args=[plan.noegle])))
    assert "Kom sent i gang" in side
    assert "+100.000" in side


def test_a_rate_begins_with_a_value_and_gets_another(klient, plan):
    data = {"navn": "Time", "art": "timer", "enhed": "time", "gaelder_fra": "1.1.2025", "beloeb": "350", "version": 0}
    assert klient.post(reverse("sats-opret", args=[plan.noegle]), data).status_code == 302
    sats = Sats.objects.get()
    url = reverse("satsvaerdi-opret", args=[plan.noegle, sats.pk])
    svar = klient.post(url, {"gaelder_fra": "1.1.2026", "beloeb": "375,50", "kilde": "", "version": 0})
    assert svar.status_code == 302
    assert [v.beloeb for v in sats.vaerdier.all()] == [350, Decimal("375.50")]


TABEL = (
    "\tLBF\tSelskaber\tKommune\tI alt\nKontant\t25,0\t2,4\t1,6\t29,0\n"
    "Timer\t0\t2,6\t2,0\t5,6\nI alt\t25,0\t5,0\t3,6\t33,6"
)


@pytest.mark.parametrize("som_fil", [False, True])
def test_the_sum_audit_marks_the_wrong_cell(klient, plan, som_fil):
    url = reverse("budget-sumtjek", args=[plan.noegle])
    fil = SimpleUploadedFile("t.csv", TABEL.replace("\t", ";").encode())
    svar = klient.post(url, {"fil": fil} if som_fil else {"tekst": TABEL})
    assert svar.status_code == 200
    assert svar.content.decode().count("tjek-forkert") == 1
    assert "■ E3 går ikke op" in tekst(svar)
    assert klient.post(url, {"tekst": ""}).status_code == 422
    assert klient.post(url, {"tekst": "ingen tal her"}).status_code == 422
    afrundet = tekst(klient.post(url, {"tekst": "Post\t2024\nA\t1\nB\t1\nI alt\t3"}))
    assert "Alle summer stemmer, heraf 1 inden for afrunding" in afrundet
    assert "Forskellen på 1 er inden for afrunding." in afrundet


SIDER = [
    "budget-overblik",
    "budget-kilder",
    "budget-revisioner",
    "budget-puljer",
    "forbrug",
    "budget-vis",
    "budget-gitter",
]


@pytest.mark.parametrize("navn", SIDER)
def test_queries_do_not_grow_with_the_budget(db, client, navn):
    antal = []
    for mange in (1, 3):
        v = verden(mange)
        client.force_login(v.brugere["leder"])
        args = [v.plan.noegle] + (["ansoegt"] if navn in ("budget-vis", "budget-gitter") else [])
        url = reverse(navn, args=args)
        client.get(url)
        caches["sider"].clear()
        with CaptureQueriesContext(connection) as spurgt:
            assert client.get(url).status_code == 200
        antal.append(len(spurgt))
    assert antal[0] == antal[1]


def test_the_plans_overview_says_how_the_money_stands(klient, plan):
    url = reverse("plan-overblik", args=[plan.noegle])
    assert "Sådan står pengene" not in tekst(klient.get(url))
    budget_med(plan, 25_000_000, 8_600_000)
    caches["sider"].clear()
    side = tekst(klient.get(url))
    assert "Lokal medfinansiering: 25,60 % · 200.000 kr. over gulvet på 25 %" in side
    assert 'id="overblikkets-andel"' in side


def links(svar) -> set[str]:
    return set(laes(svar).xpath("//main//a/@href"))


def test_the_road_leads_from_the_financiers_to_the_control(klient, plan):
    """Each page offers the next one, before and after it is saved, and the way back."""
    kilder = reverse("budget-kilder", args=[plan.noegle])
    lbf = f.FinansieringskildeFactory(plan=plan, lbf=True)
    assert reverse("budget-opret", args=[plan.noegle]) in links(klient.get(kilder))
    budget = f.BudgetFactory(plan=plan, art="ansoegt", noegle="ansoegt")
    f.KontoFactory(regelsaet=plan.regelsaet)
    et = [plan.noegle, budget.noegle]
    beloeb, udgifter = reverse("budget-gitter", args=et), reverse("budget-udgifter", args=et)
    kontrol = reverse("budget-vis", args=et)
    vejen = {kilder, beloeb, udgifter, f"{kontrol}#kontrol"}
    for side in (kilder, beloeb, udgifter):
        assert vejen <= links(klient.get(side))
    svar = klient.post(
        beloeb,
        {"foer": "{}", "version": budget.version, "skala": "1", f"c.{lbf.noegle}.kontant.1.faelles": "400.000"},
        follow=True,
    )
    assert "1 beløb er gemt" in tekst(svar)
    besked = laes(svar).xpath("//*[@class='beskeder']//a")
    assert [(a.get("href"), a.text_content()) for a in besked] == [(udgifter, "Videre til udgifterne")]
    assert laes(klient.get(kontrol)).xpath("//h2[@id='kontrol']")
    budget.refresh_from_db()
    budget.status = "godkendt"
    Budget.objects.filter(pk=budget.pk).update(status="godkendt", godkendt_den="2026-01-01")
    assert not {beloeb, udgifter} & links(klient.get(kilder))


@pytest.mark.parametrize("navn", ["budget-overblik", "budget-vis"])
def test_an_empty_budget_is_not_called_faultless(klient, plan, navn):
    budget = f.BudgetFactory(plan=plan, art="ansoegt", noegle="ansoegt")
    url = reverse(navn, args=[plan.noegle, *([budget.noegle] if navn == "budget-vis" else [])])
    side = tekst(klient.get(url))
    assert "Der er ikke noget at kontrollere endnu." in side
    assert "ikke fundet noget" not in side


@pytest.mark.parametrize("mangler", ["udgifter", "finansiering"])
@pytest.mark.parametrize("navn", ["budget-overblik", "budget-vis"])
def test_costs_that_nobody_has_written_are_not_0(klient, plan, navn, mangler):
    """Nor is financing; what is there is not held up against what is not."""
    budget = f.BudgetFactory(plan=plan, art="ansoegt", noegle="ansoegt")
    if mangler == "udgifter":
        f.BidragFactory(budget=budget, kilde=f.FinansieringskildeFactory(plan=plan), beloeb=Decimal(19_600_000))
    else:
        f.UdgiftFactory(budget=budget, beloeb=Decimal(19_600_000))
    url = reverse(navn, args=[plan.noegle, *([budget.noegle] if navn == "budget-vis" else [])])
    svar = klient.get(url)
    assert f"Budgettet har ingen {mangler} endnu, så det kan ikke ses, om pengene slår til." in tekst(svar)
    assert "som ingen udgift bruger" not in tekst(svar)
    assert not laes(svar).xpath("//table[normalize-space(caption)='Udgifter mod finansiering, kr.']")


def test_the_overview_folds_what_is_not_an_answer(klient, plan):
    budget = budget_med(plan, 25_000_000, 8_600_000)
    f.UdgiftFactory(budget=budget, beloeb=Decimal(33_600_000))
    side = laes(klient.get(reverse("budget-overblik", args=[plan.noegle])))
    tabeller = side.xpath("//main//table/caption")
    foldede = [" ".join(t.text_content().split()) for t in side.xpath("//main//details//table/caption")]
    assert any("fordelt på år" in t for t in foldede)
    assert any(t.startswith("Kr.") for t in foldede)
    assert len(tabeller) > len(foldede)
    assert len(side.xpath("//main//li[contains(@class, 'fund ')][not(ancestor::details)]")) <= 5
