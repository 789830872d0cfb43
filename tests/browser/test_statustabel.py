"""The table of a status in a real browser: lights by one key, marks, what is taken over, and autosave."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from helhedsplan.models import Kladde
from status.choices import Lys
from tests import factories as f
from tests.verden import publiceret_status, verden

TELEFON = {"width": 390, "height": 844}


@pytest.fixture
def v(transactional_db):
    v = verden(3)
    publiceret_status(v.plan, 1)
    v.kladden = f.KvartalsstatusFactory(plan=v.plan, kvartal=2)
    return v


@pytest.fixture
def side(side_som, v):
    side = side_som(v.brugere["leder"])
    side.goto(reverse("status-skriv", args=[v.plan.noegle, v.kladden.noegle]))
    return side


def lysene(side) -> list[str]:
    return side.locator("select[data-lys]").evaluate_all("felter => felter.map(felt => felt.value)")


def test_one_key_lights_a_row_or_all_that_are_marked_and_is_taken_back(side):
    felter = side.locator("select[data-lys]")
    felter.nth(1).focus()
    side.keyboard.press("2")
    assert lysene(side) == ["", Lys.GUL, ""]
    side.get_by_role("checkbox", name="Markér alle").first.check()
    markeret = len([m for m in side.locator("[data-maerke]:visible").all() if m.is_checked()])
    side.keyboard.press("3")
    assert lysene(side).count(Lys.ROED) == markeret
    side.get_by_role("button", name="Fortryd").click()
    assert lysene(side) == ["", Lys.GUL, ""]
    for maerke in side.locator("[data-maerke]:visible").all():
        maerke.check()
    side.get_by_role("button", name="På sporet").click()
    assert lysene(side) == [Lys.GROEN] * 3


def test_a_digit_in_a_text_is_a_digit(side):
    side.locator("[data-maerke]:visible").first.check()
    tekst = side.locator("textarea[data-tekst]").nth(1)
    tekst.focus()
    side.keyboard.type("3 hold")
    assert (tekst.input_value(), lysene(side)) == ("3 hold", ["", "", ""])


def test_marking_keeps_no_draft_and_texts_that_are_taken_over_do(side, v):
    side.locator("[data-maerke]:visible").first.check()
    side.wait_for_timeout(2500)
    assert not Kladde.objects.exists()
    side.get_by_role("button", name="Overtag teksten fra").click()
    expect(side.get_by_role("button", name="Overtag teksten fra")).to_be_hidden()
    expect(side.get_by_text("Kladde gemt kl.")).to_be_visible()
    assert sum(navn.endswith("-tekst") and bool(felt[0]) for navn, felt in Kladde.objects.get().data.items()) == 3
    side.get_by_role("button", name="Gem statussen").click()
    expect(side.get_by_text("Gemt kl.").first).to_be_visible()
    assert [x.tekst for x in v.kladden.linjer.all()] == ["Holdet er i gang."] * 3


def test_why_is_asked_when_the_light_is_worse(side):
    hvorfor = side.locator("[data-hvorfor]").nth(1)
    expect(hvorfor).to_be_hidden()
    side.locator("select[data-lys]").first.select_option(Lys.ROED)
    expect(hvorfor).to_be_visible()


@pytest.mark.parametrize("skaerm", [None, TELEFON])
def test_table_and_cards_are_accessible(side, skaerm, axe_fejl):
    if skaerm:
        side.set_viewport_size(skaerm)
    assert axe_fejl(side) == []
    assert side.evaluate("document.documentElement.scrollWidth") <= side.viewport_size["width"]
