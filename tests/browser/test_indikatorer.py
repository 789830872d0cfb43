"""A year's figures in a real browser: pasted with one bad cell, mended and saved; the source of a figure on demand."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from indikatorer.models import Maaling
from tests import factories as f
from tests.browser.test_budget import blok, saet_ind

BREDDER = (1280, 390)


@pytest.fixture
def indikator(transactional_db):
    indikator = f.IndikatorFactory(noegle="ledige", navn="Unge uden job", retning="ned")
    for nr, navn in enumerate(("Parken", "Gården")):
        f.StedFactory(plan=indikator.plan, noegle=navn[0].lower(), navn=navn, orden=nr)
    f.StedFactory(plan=indikator.plan, kommunen=True, noegle="kommunen", navn="Kommunen", orden=9)
    return indikator


@pytest.fixture
def side(side_som, indikator):
    return side_som(f.MedlemskabFactory(plan=indikator.plan, rolle="sekretariat").bruger)


def celle(side, sted, felt):
    return side.locator(f'[id="celle-{sted}.{felt}"]')


@pytest.mark.parametrize("bredde", BREDDER)
def test_a_row_of_figures_with_a_bad_cell_is_not_saved_until_it_is_mended(side, indikator, axe_fejl, bredde):
    side.set_viewport_size({"width": bredde, "height": 900})
    side.goto(reverse("maalinger-ret", args=[indikator.plan.noegle, indikator.noegle]) + "?aar=2024")
    saet_ind(celle(side, "p", "antal"), blok([["213", "", "18"], ["<5", "", ""], ["799", "", "ca. 17"]]))
    daarlig = celle(side, "kommunen", "vaerdi")
    expect(daarlig).to_have_attribute("aria-invalid", "true")
    expect(celle(side, "g", "antal")).not_to_have_attribute("aria-invalid", "true")
    side.get_by_label("Kilde").fill("LBF Beboerdata")
    side.get_by_role("button", name="Gem alle tal").last.click()

    expect(side.get_by_role("heading", name="Intet er gemt. Ret dette først")).to_be_visible()
    assert not Maaling.objects.exists()
    expect(celle(side, "p", "antal")).to_have_value("213")
    expect(side.get_by_label("Kilde")).to_have_value("LBF Beboerdata")
    assert axe_fejl(side) == []

    side.get_by_role("link", name="ca. 17").click()
    expect(daarlig).to_be_focused()
    daarlig.fill("17,4")
    side.get_by_role("button", name="Gem alle tal").last.click()
    expect(side.get_by_text("3 tal er gemt")).to_be_visible()
    tilstande = Maaling.objects.order_by("sted__orden").values_list("tilstand", "antal", "kilde")
    assert list(tilstande) == [
        ("vaerdi", 213, "LBF Beboerdata"),
        ("diskretioneret", None, "LBF Beboerdata"),
        ("vaerdi", 799, "LBF Beboerdata"),
    ]


def test_what_stands_beside_a_cell_goes_when_it_is_mended(side, indikator):
    """Also where the browser could read the cell and the server refused it."""
    side.goto(reverse("maalinger-ret", args=[indikator.plan.noegle, indikator.noegle]) + "?aar=2024")
    celle(side, "p", "antal").fill("1,5")
    celle(side, "kommunen", "vaerdi").fill("ca. 17")
    side.get_by_label("Kilde").fill("LBF Beboerdata")
    side.get_by_role("button", name="Gem alle tal").last.click()
    expect(side.get_by_role("heading", name="Intet er gemt. Ret dette først")).to_be_visible()
    for skrevet, fejl in (("x", 2), ("1,5", 2), ("15", 1)):
        celle(side, "p", "antal").fill(skrevet)
        celle(side, "p", "antal").press("Tab")
        for sted in (".alert-error li", ".gitter-fejl", ".gitter [aria-invalid]", ".gitter [aria-describedby]"):
            expect(side.locator(sted)).to_have_count(fejl)
    celle(side, "kommunen", "vaerdi").fill("17")
    celle(side, "kommunen", "vaerdi").press("Tab")
    expect(side.locator(".alert-error, .gitter-fejl")).to_have_count(0)


def test_what_is_wrong_with_a_row_goes_when_any_of_its_cells_is_mended(side, indikator):
    side.goto(reverse("maalinger-ret", args=[indikator.plan.noegle, indikator.noegle]) + "?aar=2024")
    celle(side, "g", "antal").fill("9")
    celle(side, "g", "grundlag").fill("5")
    side.get_by_role("button", name="Gem alle tal").last.click()
    expect(side.locator(".alert-error li, th .gitter-fejl")).to_have_count(2)
    celle(side, "g", "grundlag").fill("50")
    celle(side, "g", "grundlag").press("Tab")
    expect(side.locator(".alert-error, .gitter-fejl")).to_have_count(0)


def test_the_source_of_a_figure_on_demand_and_from_there_to_its_form(side, indikator, axe_fejl):
    parken = indikator.plan.steder.get(noegle="p")
    maaling = f.MaalingFactory(indikator=indikator, sted=parken, aar=2024, antal=213, vaerdi=18, kilde="VIVE")
    side.goto(indikator.get_absolute_url())
    expect(side.get_by_text("2024 · VIVE")).to_be_hidden()
    side.locator(f"#maaling-{maaling.pk} summary").press("Enter")
    expect(side.get_by_text("2024 · VIVE")).to_be_visible()
    assert axe_fejl(side) == []
    side.get_by_role("link", name="Ret tallet").click()
    side.get_by_label("Antal").fill("214")
    side.get_by_role("button", name="Gem tallet").last.click()
    expect(side.get_by_text(re.compile(r"18,0.% \(214\)"))).to_be_visible()


def test_the_grid_is_a_plain_form_without_script(browser, side, indikator):
    side.goto(reverse("maalinger-ret", args=[indikator.plan.noegle, indikator.noegle]) + "?aar=2024")
    uden = browser.new_context(java_script_enabled=False, storage_state=side.context.storage_state())
    uden_script = uden.new_page()
    uden_script.goto(side.url)
    celle(uden_script, "p", "antal").fill("213")
    celle(uden_script, "p", "antal").press("Enter")
    uden_script.get_by_text("1 tal er gemt").wait_for()
    uden.close()
    assert Maaling.objects.get().antal == 213
