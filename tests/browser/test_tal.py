"""The scripts of the grids read numbers exactly as the server does, and sum nothing that they cannot read."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from budget.rules.celler import laes_beloeb
from indikatorer.imports.tal import laes_celle
from tests import factories as f
from tests.browser.test_budget import celle, saet_ind
from tests.helhedsplan.test_tallaeser import ALLE, NEJ

MAERKER = ("..", "‥", "...", "…", ".", "-", "–", "—", "\u2010", "\u2011", "#", "*", "**", "***", "<5", "< 5", "<  5")
MERE = (
    *MAERKER, "&lt;5", "under 5", "Under 12", "0-4", "1 – 9", "2-9", "<123", "1.000.000.000", "1.000.000.001", "0,001",
    "0,00001", "1,005", "3,625", "0,0014 mio.", "kr",
    "- kr.", "kr. - kr", "--", "- -", "....", "5*", "1,25 t.kr.", "5\u2028", "5\x85", "5\x1c",
)  # fmt: skip
TEKSTER = [*(tekst for tekst, *_ in ALLE), *(tekst for tekst, _ in NEJ), *MERE]


def oere(tekst, skala):
    try:
        return str(int(laes_beloeb(tekst, skala) * 100))
    except ValueError:
        return None


def laeses(tekst):
    try:
        laes_celle(tekst)
    except ValueError:
        return False
    return True


@pytest.mark.django_db(transaction=True)
def test_gitrenes_scripts_laeser_som_serveren(page):
    page.goto(reverse("account_login"))
    fundet = page.evaluate(
        """async (tekster) => {
            const { readAmount, isFigure } = await import('/static/js/tal.js');
            return tekster.map((t) => [readAmount(t, 1), readAmount(t, 1000)].map((n) => n?.toString() ?? null)
                .concat(isFigure(t)));
        }""",
        TEKSTER,
    )
    ventet = [[oere(tekst, 1), oere(tekst, 1000), laeses(tekst)] for tekst in TEKSTER]
    forskelle = [
        f"{t!r}: {fik}, serveren {v}"
        for t, fik, v in zip(TEKSTER, fundet, ventet, strict=True)
        if fik != v and t.strip()
    ]
    assert forskelle == []


def test_det_ulaeste_taelles_ikke_stille_med(side_som, transactional_db):
    plan = f.HelhedsplanFactory()
    f.RegelparameterFactory(regelsaet=plan.regelsaet, noegle="lokal_min_pct", vaerdi=25)
    f.FinansieringskildeFactory(plan=plan, lbf=True, orden=1)
    f.FinansieringskildeFactory(plan=plan, noegle="kilde-2", navn="Kilde 2", orden=2)
    budget = f.BudgetFactory(plan=plan, art="ansoegt", noegle="ansoegt")
    side = side_som(f.MedlemskabFactory(plan=plan, rolle="sekretariat").bruger)
    side.goto(reverse("budget-gitter", args=[plan.noegle, budget.noegle]))
    saet_ind(celle(side, "landsbyggefonden", "kontant", 1), "1.250,-\t1'500\tkr. 250\t0,001 mio.\n")
    expect(side.locator("[data-sum]")).to_have_text("4.000")
    daarlig = celle(side, "kilde-2", "kontant", 1)
    for tekst in ("(5)", "5-", "1,500", "50.OOO", "ca. 5", "60 %"):
        daarlig.fill(tekst)
        daarlig.blur()
        expect(daarlig).to_have_attribute("aria-invalid", "true")
        expect(side.locator("[data-sum]")).to_have_text("?")
        assert side.locator("[data-kolonnesum]").all_inner_texts()[:-1] == ["?", "1.500", "250", "1.000"]
        expect(side.locator("[data-andel]")).to_have_text("Lokal medfinansiering regnes, når alle beløb kan læses.")
    daarlig.fill("1.000 kr.")
    expect(side.locator("[data-sum]")).to_have_text("5.000")
    expect(side.locator("[data-andel]")).to_contain_text("Lokal medfinansiering: 20,00 %")
    assert not budget.bidrag.exists()
