"""The grid in a real browser: moving, pasting a block, and that a bad cell stops the whole save."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from budget.models import Bidrag
from helhedsplan.models import Kladde
from tests import factories as f

AAR = 4


@pytest.fixture
def budget(transactional_db):
    plan = f.HelhedsplanFactory()
    f.RegelparameterFactory(regelsaet=plan.regelsaet, noegle="lokal_min_pct", vaerdi=25)
    f.FinansieringskildeFactory(plan=plan, lbf=True, orden=1)
    for nr in range(2, 5):
        f.FinansieringskildeFactory(plan=plan, noegle=f"kilde-{nr}", navn=f"Kilde {nr}", orden=nr)
    return f.BudgetFactory(plan=plan, art="ansoegt", noegle="ansoegt")


@pytest.fixture
def gitter(side_som, budget):
    side = side_som(f.MedlemskabFactory(plan=budget.plan, rolle="sekretariat").bruger)
    side.goto(reverse("budget-gitter", args=[budget.plan.noegle, budget.noegle]))
    return side


def celle(side, kilde, art, aar):
    return side.locator(f'[id="celle-{kilde}.{art}.faelles.{aar}"]')


def saet_ind(felt, tekst):
    """What Excel and LibreOffice leave on the clipboard: tabs and line breaks."""
    felt.focus()
    felt.evaluate(
        """(felt, tekst) => {
            const data = new DataTransfer();
            data.setData('text/plain', tekst);
            felt.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        tekst,
    )


def blok(raekker):
    return "\r\n".join("\t".join(raekke) for raekke in raekker) + "\r\n"


def test_a_block_with_one_bad_cell_is_not_saved_until_it_is_mended(gitter, budget, axe_fejl):
    raekker = [["750.000"] * AAR] + [["0,1 mio."] * AAR, ["50.000"] * AAR, ["10.000"] * AAR] * 2
    raekker = [*raekker[:7], ["40.000"] * AAR]
    raekker[2] = ["50.000", "halvtreds", "50.000", "50.000"]
    saet_ind(celle(gitter, "landsbyggefonden", "kontant", 1), blok(raekker))
    daarlig = celle(gitter, "kilde-2", "timer", 2)
    expect(daarlig).to_have_attribute("aria-invalid", "true")
    gitter.get_by_role("button", name="Gem alle beløb").last.click()

    expect(gitter.get_by_role("heading", name="Intet er gemt. Ret dette først")).to_be_visible()
    assert not Bidrag.objects.exists()
    expect(daarlig).to_have_value("halvtreds")
    expect(daarlig).to_have_attribute("aria-invalid", "true")
    expect(celle(gitter, "landsbyggefonden", "kontant", 4)).to_have_value("750.000")
    assert axe_fejl(gitter) == []

    gitter.get_by_role("link", name="halvtreds").click()
    expect(daarlig).to_be_focused()
    daarlig.fill("50.000")
    expect(gitter.locator("[data-sum]")).to_have_text("4.440.000")
    expect(gitter.locator("[data-andel]")).to_have_text(
        "Lokal medfinansiering: 32,43 % · 330.000 kr. over gulvet på 25 %"
    )
    gitter.get_by_role("button", name="Gem alle beløb").last.click()
    expect(gitter.get_by_text("32 beløb er gemt")).to_be_visible()
    assert sum(b.beloeb for b in Bidrag.objects.all()) == 4_440_000
    expect(gitter.locator("[data-sum]")).to_have_text("4.440.000")
    expect(gitter.locator("[data-andel]")).to_have_text(
        "Lokal medfinansiering: 32,43 % · 330.000 kr. over gulvet på 25 %"
    )


def test_moves_as_in_a_spreadsheet(gitter):
    foerste = celle(gitter, "landsbyggefonden", "kontant", 1)
    foerste.focus()
    gitter.keyboard.type("0,4 mio.")
    gitter.keyboard.press("Enter")
    expect(celle(gitter, "kilde-2", "kontant", 1)).to_be_focused()
    gitter.keyboard.press("ArrowRight")
    expect(celle(gitter, "kilde-2", "kontant", 2)).to_be_focused()
    gitter.keyboard.press("ArrowUp")
    expect(celle(gitter, "landsbyggefonden", "kontant", 2)).to_be_focused()
    gitter.keyboard.type("77")
    gitter.keyboard.press("Escape")
    expect(celle(gitter, "landsbyggefonden", "kontant", 2)).to_have_value("")
    gitter.keyboard.press("Shift+Tab")
    expect(foerste).to_be_focused()
    expect(gitter.locator("[data-sum]")).to_have_text("400.000")
    expect(gitter.locator("[data-andel]")).to_have_text(
        "Lokal medfinansiering: 0,00 % · der mangler 100.000 kr. for at nå 25 % "
        "(133.333,34 kr., hvis de lægges oven i budgettet)"
    )


def test_a_block_without_room_is_refused_and_one_pasted_can_be_undone(gitter):
    sidste = celle(gitter, "kilde-4", "lokaler", 4)
    saet_ind(sidste, "1\t2\t3\n")
    expect(gitter.locator("[data-gitterstatus]")).to_contain_text("Intet er sat ind")
    expect(sidste).to_have_value("")
    celle(gitter, "kilde-4", "lokaler", 3).fill("9")
    saet_ind(celle(gitter, "kilde-4", "lokaler", 3), "1\t2\n")
    expect(sidste).to_have_value("2")
    gitter.get_by_role("button", name="Fortryd det indsatte").click()
    expect(celle(gitter, "kilde-4", "lokaler", 3)).to_have_value("9")
    expect(sidste).to_have_value("")


def test_the_share_below_the_floor_is_never_rounded_up_to_it(gitter):
    celle(gitter, "landsbyggefonden", "kontant", 1).fill("75.004.000")
    celle(gitter, "kilde-2", "kontant", 1).fill("24.996.000")
    expect(gitter.locator("[data-andel]")).to_have_text(
        "Lokal medfinansiering: 24,99 % · der mangler 4.000 kr. for at nå 25 % "
        "(5.333,34 kr., hvis de lægges oven i budgettet)"
    )


def test_the_grid_is_a_plain_form_without_script(browser, gitter):
    uden = browser.new_context(java_script_enabled=False, storage_state=gitter.context.storage_state())
    side = uden.new_page()
    side.goto(gitter.url)
    celle(side, "kilde-2", "kontant", 1).fill("0,4 mio.")
    celle(side, "kilde-2", "kontant", 1).press("Enter")
    side.get_by_text("1 beløb er gemt").wait_for()
    uden.close()
    assert Bidrag.objects.get().beloeb == 400_000


def test_what_is_typed_is_kept_until_it_is_saved_or_dropped(gitter, budget, axe_fejl):
    foerste = celle(gitter, "kilde-2", "kontant", 1)
    saet_ind(foerste, "0,4 mio.\t7\n")
    expect(gitter.get_by_text("Kladde gemt kl.")).to_be_visible()
    gitter.reload()
    expect(gitter.get_by_role("heading", name="Du har en kladde fra")).to_be_visible()
    expect(foerste).to_have_value("0,4 mio.")
    expect(celle(gitter, "kilde-2", "kontant", 2)).to_have_value("7")
    expect(gitter.locator("[data-sum]")).to_have_text("400.007")
    assert axe_fejl(gitter) == []
    assert not Bidrag.objects.exists()
    gitter.get_by_role("button", name="Kassér kladden").click()
    expect(foerste).to_have_value("")

    foerste.fill("5")
    expect(gitter.get_by_text("Kladde gemt kl.")).to_be_visible()
    gitter.reload()
    gitter.get_by_role("button", name="Gem alle beløb").last.click()
    expect(gitter.get_by_text("1 beløb er gemt")).to_be_visible()
    expect(gitter.get_by_role("heading", name="Du har en kladde fra")).to_have_count(0)
    assert Bidrag.objects.get().beloeb == 5
    assert not Kladde.objects.exists()
