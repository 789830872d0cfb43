"""What a secretary does, from login to the finished paper, on the demo's own plans."""

import io
import re

import pytest
from django.core.management import call_command
from playwright.sync_api import expect
from pypdf import PdfReader

from demo.management.commands.demo import ADGANGSKODE


@pytest.fixture
def demo(transactional_db):
    call_command("demo", alligevel=True, stdout=io.StringIO())


def log_ind(page):
    page.goto("/")
    page.get_by_label("E-mail").fill("sekretariat1@demo.example")
    page.get_by_label("Adgangskode", exact=True).fill(ADGANGSKODE)
    page.get_by_role("button", name="Log ind", exact=True).click()


def ren(tekst: str) -> str:
    """Text of a PDF without line breaks and the hyphens of broken words."""
    return " ".join(tekst.replace("\u00ad", "").replace("-\n", "").split())


def test_an_activity_is_changed_and_stands_in_the_paper(demo, page):
    log_ind(page)
    page.get_by_role("link", name="Boligsocial helhedsplan Ishøj 2025-2029").click()
    page.get_by_role("navigation", name="Planens sider").get_by_role("link", name="Beskæftigelse").click()
    page.get_by_role("article", name="Fritidsjobforløb").get_by_role("link", name="Ret Fritidsjobforløb").click()
    page.wait_for_load_state()  # until then the field is the bare textarea that the editor takes the place of
    page.get_by_label("Ansvarlig").first.fill("Fritidsjobkonsulenten")
    editor = page.get_by_role("textbox", name="Målgruppe", exact=True)
    editor.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Også unge på Gildbroskolen.")
    page.get_by_role("button", name="Gem aktiviteten").click()

    expect(page.get_by_text(re.compile(r"Gemt kl\. \d\d\.\d\d"))).to_be_visible()
    aktivitet = page.get_by_role("article", name="Fritidsjobforløb")
    expect(aktivitet).to_contain_text("Fritidsjobkonsulenten")
    expect(aktivitet).to_contain_text("Også unge på Gildbroskolen.")

    pdf = page.request.get(page.get_by_role("link", name="Hent PDF").get_attribute("href"))
    tekst = ren("\n".join(side.extract_text() for side in PdfReader(io.BytesIO(pdf.body())).pages))
    assert "Fritidsjobkonsulenten" in tekst
    assert "Også unge på Gildbroskolen." in tekst


def test_a_finding_lands_on_the_field_to_mend(demo, page):
    log_ind(page)
    page.goto("/planer/ishoej-2025-2029/")
    page.get_by_role("link", name=re.compile("Social- og økonomisk rådgivning.*har ingen ansvarlig")).click()
    page.wait_for_url(re.compile(r"#id_ansvarlig$"))
    expect(page.locator("#id_ansvarlig")).to_be_focused()


def test_order_is_changed_by_keyboard(demo, page):
    log_ind(page)
    page.goto("/planer/ishoej-2025-2029/delaftaler/beskaeftigelse/")
    page.get_by_role("button", name="Flyt ned: Fritidsjobforløb").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("article").nth(1)).to_contain_text("Fritidsjobforløb")


def test_order_is_changed_by_dragging(demo, page):
    log_ind(page)
    page.goto("/planer/ishoej-2025-2029/delaftaler/beskaeftigelse/")
    delmaal = page.locator(".delmaalsliste > li")
    foerste = delmaal.first.locator("strong").inner_text()
    delmaal.first.locator(".greb").drag_to(delmaal.nth(2))
    expect(page.locator("[data-sorter-status]").first).to_contain_text("Rækkefølgen er gemt")
    page.reload()
    assert page.locator(".delmaalsliste > li strong").first.inner_text() != foerste
