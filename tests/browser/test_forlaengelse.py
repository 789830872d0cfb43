"""A plan of four years that is extended by 18 months, clicked through by who writes it and by who sits on the board: 5½
years with the document that says so, on page, paper, budget, calendar and the board's page."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pypdf import PdfReader

from tests import factories as f

NAVN = "Forlængelse på 18 måneder"
PERIODE = f"1. november 2025 – 30. april 2031 (5½ år ifølge »{NAVN}«)"


@pytest.fixture
def plan(transactional_db):
    plan = f.HelhedsplanFactory(periode_fra=date(2025, 11, 1), periode_til=date(2029, 10, 31), fase="i_gang")
    f.RegelparameterFactory(regelsaet=plan.regelsaet, noegle="lokal_min_pct", vaerdi=25)
    lbf = f.FinansieringskildeFactory(plan=plan, lbf=True)
    kommune = f.FinansieringskildeFactory(plan=plan, noegle="kommune", navn="Kommunen")
    budget = f.BudgetFactory(plan=plan, art="bevilget", noegle="bevilget", navn="Bevilget budget")
    for aar in range(1, 5):
        f.BidragFactory(budget=budget, kilde=lbf, planaar=aar, beloeb=Decimal(3_000_000))
        f.BidragFactory(budget=budget, kilde=kommune, planaar=aar, beloeb=Decimal(1_000_000))
    return plan


def pdf_tekst(side, url) -> str:
    """Without line breaks and the hyphens of broken words."""
    laest = PdfReader(io.BytesIO(side.request.get(url).body()))
    tekst = " ".join("\n".join(ark.extract_text() for ark in laest.pages).split())
    return tekst.replace("\u2010 ", "").replace("\u00ad", "")


def gaa_til(side, navn) -> None:
    side.get_by_role("navigation", name="Planens sider").get_by_role("link", name=navn, exact=True).click()


def skriv_pengene(side) -> None:
    """Years 5 and 6, while the extension is a draft."""
    side.get_by_role("link", name="Pengene").click()
    side.get_by_role("button", name="Opret budgettet").click()
    for kilde, aar, tal in (
        ("landsbyggefonden", 5, "3 mio."), ("landsbyggefonden", 6, "1.500.000"), ("kommune", 5, "1 mio."),
        ("kommune", 6, "500.000"),
    ):  # fmt: skip
        side.locator(f'[id="celle-{kilde}.kontant.faelles.{aar}"]').fill(tal)
    side.get_by_role("button", name="Gem alle beløb").last.click()
    expect(side.get_by_text("4 beløb er gemt")).to_be_visible()


def i_alt(side) -> str:
    gaa_til(side, "Budget")
    return side.locator("main").inner_text()


def test_en_plan_paa_fire_aar_forlaenges_med_18_maaneder(side_som, plan, axe_fejl):
    side = side_som(f.MedlemskabFactory(plan=plan, rolle="leder").bruger)
    side.goto(reverse("indstillinger", args=[plan.noegle]))
    side.get_by_role("link", name="Tilføj en forlængelse eller et tillæg").click()
    side.get_by_role("textbox", name="Papirets navn").fill(NAVN)
    side.get_by_role("textbox", name="Ny slutdato").fill("18 måneder")
    side.get_by_role("button", name="Tilføj til planen").click()
    expect(side.locator(".planlinje-fakta")).to_contain_text("1. november 2025 – 31. oktober 2029")

    side.get_by_role("link", name=NAVN, exact=True).click()
    skriv_pengene(side)
    foer = i_alt(side)
    assert "År 5" not in foer
    assert "16.000.000" in foer

    gaa_til(side, "Indstillinger")
    side.get_by_role("link", name=f"Ret {NAVN}").click()
    side.get_by_role("textbox", name="Gælder fra").fill("1. marts 2026")
    side.get_by_role("textbox", name="Aftalt i").fill("Underskrevet tillæg af 20. februar 2026, sag 26/114")
    side.get_by_role("button", name="Gem", exact=True).click()
    expect(side.locator(".planlinje-fakta")).to_contain_text(PERIODE)
    expect(side.get_by_text(f"Nu: {PERIODE}.")).to_be_visible()

    efter = i_alt(side)
    assert "Oven på bevillingen" in efter
    tabel = side.get_by_role("region", name="Bevillingen lag for lag").or_(
        side.get_by_role("group", name="Bevillingen lag for lag")
    )
    raekker = [" ".join(tekst.split()) for tekst in tabel.locator("tr").all_inner_texts()]
    assert raekker == [
        "Del af bevillingen År 1 År 2 År 3 År 4 År 5 År 6 I alt",
        "Grundbevilling 4.000.000 4.000.000 4.000.000 4.000.000 – – 16.000.000",
        f"{NAVN} – – – – 4.000.000 2.000.000 6.000.000",
        "I alt 4.000.000 4.000.000 4.000.000 4.000.000 4.000.000 2.000.000 22.000.000",
    ]
    assert axe_fejl(side) == []
    budget = pdf_tekst(side, side.get_by_role("link", name="Hent PDF").get_attribute("href"))
    assert PERIODE in budget
    assert "22.000.000" in budget

    gaa_til(side, "Samarbejdsaftale")
    expect(side.get_by_text(PERIODE).first).to_be_visible()
    assert PERIODE in pdf_tekst(side, side.get_by_role("link", name="Hent PDF").get_attribute("href"))

    gaa_til(side, "Kalender")
    side.set_viewport_size({"width": 390, "height": 844})
    slutter = side.get_by_text(f"Planens periode, 5½ år ifølge »{NAVN}«")
    side.locator("details", has=slutter).locator("summary").first.click()
    expect(slutter).to_be_visible()
    assert side.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_bestyrelsens_side_siger_det_samme(side_som, plan):
    f.LagFactory(plan=plan, navn=NAVN, til=None, til_sagt="18 måneder", gaelder_fra=date(2026, 3, 1))
    side = side_som(f.MedlemskabFactory(plan=plan, rolle="bestyrelse").bruger)
    side.goto(reverse("bestyrelse", args=[plan.noegle]))
    expect(side.get_by_text(PERIODE).first).to_be_visible()
    gaa_til(side, "Indstillinger")
    side.get_by_role("link", name=NAVN, exact=True).click()
    expect(side.get_by_text(PERIODE).first).to_be_visible()
