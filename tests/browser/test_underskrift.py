"""Two signatories sign a delaftale in the program, and anybody can see whether the file is whole."""

import re

import pytest
from django.core.cache import cache, caches
from django.urls import reverse
from playwright.sync_api import expect

from dokumenter.underskrift.certifikater import roedder
from dokumenter.underskrift.valider import valider
from tests import factories as f
from tests.dokumenter import signering as s
from tests.dokumenter.underskriftsdata import sag as lav_sag

BREDDER = (1280, 390)


@pytest.fixture
def sag(transactional_db):
    caches["sider"].clear()
    cache.clear()
    return lav_sag()


def adresse(sag, navn: str, *mere) -> str:
    return reverse(navn, args=[sag.plan.noegle, sag.udgave.pk, *mere])


def skriv_under(side, sag, part: str) -> None:
    side.goto(adresse(sag, "underskrift-tavle"))
    side.get_by_role("link", name="Skriv under", exact=True).click()
    side.get_by_label(f"Jeg har læst dokumentet og skriver under for {part}").check()
    side.get_by_label("Adgangskode").fill(f.ADGANGSKODE)
    side.get_by_role("button", name="Underskriv delaftalen").click()
    expect(side.get_by_text(f"Du har skrevet under for {part}.")).to_be_visible()


def proev(side, data: bytes) -> None:
    side.goto(reverse("verificer"))
    fil = {"name": "aftale.pdf", "mimeType": "application/pdf", "buffer": data}
    side.get_by_label("PDF-fil").set_input_files(fil)
    # A file that is not known is read by a process of its own, which a busy machine is slow to start.
    with side.expect_navigation(timeout=60_000):
        side.get_by_role("button", name="Kontrollér filen").click(timeout=60_000)


def test_two_sign_and_the_page_knows_the_file_and_finds_a_changed_byte(sag, side_som, context):
    for nr, part in enumerate(("Prøve Kommune", "Boligforeningen Prøve")):
        skriv_under(side_som(sag.underskrivere[nr].bruger), sag, part)
    side = side_som(sag.leder)
    side.goto(adresse(sag, "underskrift-tavle"))
    expect(side.get_by_text("Alle har skrevet under.")).to_be_visible()
    pdf = side.request.get(side.get_by_role("link", name="Hent nyeste PDF").get_attribute("href")).body()
    assert [dom.gyldig for dom in valider(pdf, roedder())] == [True, True]

    context.clear_cookies()  # anybody: nobody is logged in
    proev(side, pdf)
    expect(side.get_by_role("heading", name="Filen er ægte og uændret")).to_be_visible()
    expect(side.get_by_role("heading", name="Direktør B, Demo")).to_be_visible()
    proev(side, s.vend_byte(pdf, pdf.index(b"stream") + 30))
    expect(side.get_by_role("heading", name="Stol ikke på filen: den er ændret")).to_be_visible()
    expect(side.get_by_role("heading", name=re.compile("holder ikke"))).to_have_count(2)


def test_a_wrong_password_is_said_and_nothing_is_signed(sag, side_som):
    side = side_som(sag.underskrivere[0].bruger)
    side.goto(adresse(sag, "udgave-underskriv"))
    side.get_by_label(re.compile("Jeg har læst dokumentet")).check()
    side.get_by_label("Adgangskode").fill("forkert")
    side.keyboard.press("Enter")
    expect(side.locator("#id_adgangskode_error")).to_contain_text("Adgangskoden er forkert.")
    expect(side.get_by_label(re.compile("Jeg har læst dokumentet"))).to_be_checked()
    assert len(sag.filer()) == 1


@pytest.mark.parametrize("bredde", BREDDER)
def test_the_pages_hold_for_axe_and_a_phone(sag, side_som, axe_fejl, bredde, tmp_path):
    skriv_under(side_som(sag.underskrivere[1].bruger), sag, "Boligforeningen Prøve")
    side = side_som(sag.underskrivere[0].bruger)
    side.set_viewport_size({"width": bredde, "height": 900})
    fund = {}

    def se(navn: str) -> None:
        bred = side.evaluate("document.documentElement.scrollWidth")
        fejl = axe_fejl(side) + ([f"{bred} px bred"] if bred > bredde else [])
        if fejl:
            fund[navn] = fejl

    for navn in ("underskrift-tavle", "udgave-underskriv"):
        side.goto(adresse(sag, navn))
        se(navn)
    side_som(sag.leder)
    for navn in ("udgave-upload", "udgave-scan"):
        side.goto(adresse(sag, navn))
        se(navn)
        side.get_by_role("button", name=re.compile("^Upload")).click()
        expect(side.get_by_role("alert").first).to_be_focused()
        se(f"{navn} med fejl")
    for navn, data in {"uændret": sag.bytes(), "ældre": sag.bytes(0), "ændret": s.vend_byte(sag.bytes(), 900)}.items():
        proev(side, data)
        se(f"verificer {navn}")
    side.goto(reverse("verificer-id", args=[sag.udgave.dokument_id]))
    se("verificer-id")
    assert fund == {}
