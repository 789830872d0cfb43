"""A plan's period is changed: the amounts in its years move with them, and that is said before it is done."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from budget.queries.periode import aarene_flyttes
from tests import factories as f
from tests.formularproeve import formularer, laes

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    plan = f.HelhedsplanFactory(periode_fra=date(2025, 11, 1), periode_til=date(2029, 10, 31))
    budget = f.BudgetFactory(plan=plan, godkendt=True, navn="Bevilget budget")
    f.BidragFactory(budget=budget, planaar=1, beloeb=Decimal("100000.50"))
    f.BidragFactory(budget=budget, planaar=4, beloeb=Decimal("300000.00"))
    f.BidragFactory(budget=budget, planaar=None, beloeb=Decimal("7.00"))
    f.UdgiftFactory(budget=budget, planaar=1, beloeb=Decimal("90000.00"))
    f.BidragFactory(budget=f.BudgetFactory(plan=plan, navn="Et scenarie"))
    return plan


def i_ord(*besked: str) -> list[str]:
    return [b.replace("\xa0", " ") for b in besked]


def test_each_year_with_amounts_is_told_with_its_days_and_sums(plan):
    assert i_ord(*aarene_flyttes(plan, date(2026, 1, 1), date(2029, 10, 31))) == [
        "Bevilget budget: År 1 bliver 1. januar 2026 – 31. december 2026 (nu 1. november 2025 – 31. oktober 2026) "
        "og beholder 100.000,50 kr. i finansiering og 90.000,00 kr. i udgifter.",
        "Bevilget budget: År 4 bliver 1. januar 2029 – 31. oktober 2029 (nu 1. november 2028 – 31. oktober 2029) "
        "og beholder 300.000,00 kr. i finansiering og 0,00 kr. i udgifter.",
    ]


@pytest.mark.parametrize(
    ("fra", "til", "stykke"),
    [
        (date(2025, 11, 1), date(2028, 10, 31), "År 4 (1. november 2028 – 31. oktober 2029) ligger uden for den nye"),
        (date(2025, 11, 1), date(2029, 12, 31), ""),
        (date(2025, 11, 1), date(2029, 10, 31), ""),
        (None, None, "År 1 bliver uden datoer (nu 1. november 2025"),
    ],
)
def test_only_years_that_get_other_days_are_told(plan, fra, til, stykke):
    beskeder = aarene_flyttes(plan, fra, til)
    assert stykke in "".join(beskeder) if stykke else beskeder == []


def test_a_plan_that_had_no_first_day_has_nothing_to_move(plan):
    plan.periode_fra = plan.periode_til = None
    assert aarene_flyttes(plan, date(2026, 1, 1), date(2029, 12, 31)) == []


def test_the_page_asks_and_saves_nothing_before_there_is_a_yes(plan, client):
    client.force_login(f.MedlemskabFactory(plan=plan, rolle="leder").bruger)
    url = reverse("plan-ret", args=[plan.noegle])
    [form] = [x for x in formularer(laes(client.get(url)), url) if x.adresse == url]
    data = {felt.navn: felt.vaerdier for felt in form.felter if felt.vaerdier} | {"periode_fra": "1.1.2026"}
    svar = client.post(url, data)
    html = svar.content.decode().replace("\xa0", " ")
    assert svar.status_code == 422
    assert "100.000,50 kr. i finansiering" in html
    plan.refresh_from_db()
    assert plan.periode_fra == date(2025, 11, 1)
    ja = {"bekraeftede_advarsler": "periode:2026-01-01-2029-10-31:0 periode:2026-01-01-2029-10-31:1"}
    assert client.post(url, data | {"periode_fra": "1.2.2026"} | ja).status_code == 422
    assert client.post(url, data | ja).status_code == 302
    plan.refresh_from_db()
    assert plan.periode_fra == date(2026, 1, 1)
    igen = client.post(url, data | {"periode_fra": "1.1.2026", "version": plan.version, "note": "Ny note"})
    assert igen.status_code == 302
