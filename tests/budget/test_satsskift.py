"""A rate that changes within a plan year is reckoned anew by days with one click, after before and after are shown."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from aftaler.models import Helhedsplan
from aftaler.planfil import Planfil, laes_filer, skriv_plan
from budget.actions.budget import regn_om_efter_dage
from budget.models import Bidrag, Budget
from budget.queries.kontrol import fund_for
from helhedsplan.models import Haendelse
from helhedsplan.rettigheder import PROGRAMMET
from tests import factories as f
from tests.budget.data import skriver

pytestmark = pytest.mark.django_db
NOTE = "100 timer efter dage: 61 dage à 350 kr. og 304 dage à 400 kr."


@pytest.fixture
def celle():
    """Plan year 1 is 1 November - 31 October: 61 days at 350 and 304 at 400."""
    plan = f.HelhedsplanFactory(periode_fra=date(2025, 11, 1), periode_til=date(2029, 10, 31))
    budget = f.BudgetFactory(plan=plan, art="ansoegt", noegle="ansoegt")
    sats = f.SatsFactory(plan=plan)
    gammel = f.SatsvaerdiFactory(sats=sats, gaelder_fra=date(2025, 1, 1), beloeb=Decimal(350))
    f.SatsvaerdiFactory(sats=sats, gaelder_fra=date(2026, 1, 1), beloeb=Decimal(400))
    kilde = f.FinansieringskildeFactory(plan=plan, noegle="kommune", navn="Ishøj Kommune")
    felter = {"budget": budget, "kilde": kilde, "art": "timer", "satsvaerdi": gammel, "note": "Aftalt"}
    f.BidragFactory(**felter | {"planaar": 2}, maengde=Decimal(10), beloeb=Decimal(3_500))
    return f.BidragFactory(**felter, planaar=1, maengde=Decimal(100), beloeb=Decimal(35_000))


def adresse(celle):
    return reverse("budget-regn-om", args=[celle.budget.plan.noegle, celle.budget.noegle])


def test_siden_viser_foer_og_efter_og_reglen_og_et_klik_regner_om(celle, client):
    client.force_login(skriver(celle.budget.plan))
    budgetside = client.get(celle.budget.get_absolute_url()).content.decode()
    assert adresse(celle) in budgetside
    side = client.get(adresse(celle)).content.decode().replace("\u00a0", " ")
    for stykke in ("deles derfor efter dage", NOTE, ">35.000<", ">39.164,38<", ">+4.164,38<"):
        assert stykke in side
    assert Bidrag.objects.get(pk=celle.pk).beloeb == 35_000
    assert client.post(adresse(celle), {"version": celle.budget.version}).status_code == 302
    ny = Bidrag.objects.get(budget=celle.budget, planaar=1)
    assert (ny.beloeb, ny.maengde, ny.satsvaerdi) == (Decimal("39164.38"), None, None)
    assert ny.note.replace("\u00a0", " ") == f"{NOTE}; Aftalt"
    assert Bidrag.objects.get(budget=celle.budget, planaar=2).beloeb == 4_000
    assert [x for x in fund_for(Budget.objects.get()) if x.kode == "sats-skifter-i-aaret"] == []
    assert "ikke noget at regne om" in client.get(adresse(celle)).content.decode()
    assert adresse(celle) not in client.get(celle.budget.get_absolute_url()).content.decode()


def test_de_senere_aar_regnes_med_den_sats_der_gaelder_og_saa_er_der_intet_at_regne_om(client):
    """Plan year 2 has 61 days at 375 and 304 at 400; years 3 and 4 have 400 all the way."""
    plan = f.HelhedsplanFactory(periode_fra=date(2025, 11, 1), periode_til=date(2029, 10, 31))
    budget = f.BudgetFactory(plan=plan, art="ansoegt", noegle="ansoegt")
    sats = f.SatsFactory(plan=plan)
    gammel = f.SatsvaerdiFactory(sats=sats, gaelder_fra=date(2025, 11, 1), beloeb=Decimal(375))
    kilde = f.FinansieringskildeFactory(plan=plan, noegle="kommune", navn="Ishøj Kommune")
    for aar in (None, 1, 2, 3, 4):
        f.BidragFactory(
            budget=budget,
            kilde=kilde,
            art="timer",
            planaar=aar,
            maengde=Decimal(100),
            satsvaerdi=gammel,
            beloeb=Decimal(37_500),
        )
    client.force_login(skriver(plan))
    url = reverse("budget-regn-om", args=[plan.noegle, budget.noegle])
    assert "ikke noget at regne om" in client.get(url).content.decode()
    ny = f.SatsvaerdiFactory(sats=sats, gaelder_fra=date(2027, 1, 1), beloeb=Decimal(400))
    side = client.get(url).content.decode().replace("\u00a0", " ")
    assert (side.count("100 timer à 400 kr."), side.count(">40.000<")) == (2, 2)
    assert "Ishøj Kommune, Fælles: 37.500 kr." in side
    fund = [x.besked for x in fund_for(budget) if x.kode == "sats-skifter-i-aaret"]
    assert "Med den sats, der gælder, er det 40.000 kr., 2.500 kr. mere" in fund[1].replace("\u00a0", " ")
    assert client.post(url, {"version": budget.version}).status_code == 302
    beloeb = dict(Bidrag.objects.filter(budget=budget).values_list("planaar", "beloeb"))
    assert beloeb == {None: 37_500, 1: 37_500, 2: Decimal("39582.19"), 3: 40_000, 4: 40_000}
    assert set(Bidrag.objects.filter(planaar__gte=3).values_list("maengde", "satsvaerdi")) == {(100, ny.pk)}
    efter = client.get(url).content.decode().replace("\u00a0", " ")
    assert "ikke noget at regne om" in efter
    assert "Ishøj Kommune, Fælles: 37.500 kr." in efter


def test_to_klik_regner_om_een_gang_og_staar_i_sporet(celle, client):
    client.force_login(skriver(celle.budget.plan))
    foer = Haendelse.objects.count()
    svar = [client.post(adresse(celle), {"version": celle.budget.version}).status_code for _ in range(2)]
    assert svar in ([302, 409], [302, 302])
    assert Haendelse.objects.count() == foer + 1
    assert Bidrag.objects.get(planaar=1).beloeb == Decimal("39164.38")


def test_et_godkendt_budget_regnes_ikke_om(celle):
    Budget.objects.filter(pk=celle.budget_id).update(status="godkendt", godkendt_den=date(2025, 10, 1))
    with pytest.raises(ValidationError, match="Budgettet er godkendt"):
        regn_om_efter_dage(bruger=PROGRAMMET, budget=celle.budget, version=None)


def test_det_omregnede_kan_skrives_i_planfilen_og_laeses_igen(celle):
    regn_om_efter_dage(bruger=PROGRAMMET, budget=celle.budget, version=None)
    tekst = skriv_plan(Helhedsplan.objects.get())
    assert laes_filer([Planfil("p.yaml", tekst.encode())], bruger=PROGRAMMET).fejl == []
    assert skriv_plan(Helhedsplan.objects.get()) == tekst
