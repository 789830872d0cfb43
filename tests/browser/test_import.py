"""Files as the sources give them, imported in a real browser through the preview; the second time nothing changes."""

import os
import re
import time
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from helhedsplan import arbejde
from indikatorer.models import Maaling
from indikatorer.views import importer
from tests import factories as f
from tests.indikatorer.importdata import bog, en_plan, gemte

BILLEDER = os.environ.get("IMPORT_BILLEDER", "")
STATBANK = (
    '"OMRÅDE";"TID";"INDHOLD"\n"Hele landet";"2008K1";4,2\n"Brøndby";"2008K1";9\n"Ishøj";"2008K1";12,5\n'
    '"ISHØJ KOMMUNE";"2009K1";..\n"Hele landet";"2009K1";4,9\n'
).encode()
SAGER = Path(__file__).parents[1] / "indikatorer/sager"
ANM = ["Anm.: Små antal er skjult."]
BEBOERDATA = bog(
    ("Indhold", [["Beboerdata"], ["Tabel 1"], ["Tabel 2"], ["Tabel 3"]]),
    (
        "Tabel 1",
        [
            ["Tabel 1. Andel ledige"],
            [],
            [None, 2022, None, 2023, None],
            ["Område", "Antal", "Pct.", "Antal", "Pct."],
            ["Nord", 52, 4.6, "<5", ".."],
            ["Syd", 60, 5, 61, 5.1],
            ["Område", "Antal", "Pct.", "Antal", "Pct."],
            ["Ishøj kommune", 799, 3.5, 801, 3.6],
            [],
            ANM,
            ["Kilde: LBF Beboerdata"],
        ],
    ),
    ("Tabel 2", [["Tabel 2. Antal beboere, 2023"], ["Boligområde", "Antal"], ["NORD", 1337], ["Syd", 900], ANM]),
    ("Tabel 3", [["Tabel 3. Karaktergennemsnit"], [], ["År", "Nord", "Hele landet"], [2022, 5.8, 7.1], [2023, "-", 7]]),
)


@pytest.fixture
def plan(transactional_db):
    return en_plan()


@pytest.fixture
def side(side_som, plan):
    side = side_som(f.MedlemskabFactory(plan=plan, rolle="sekretariat").bruger)
    side.goto(reverse("indikator-importer", args=[plan.noegle]))
    return side


def vaelg(side, plan, navn: str, data: bytes) -> None:
    side.goto(reverse("indikator-importer", args=[plan.noegle]))
    side.get_by_label("Fil med tal").set_input_files({"name": navn, "mimeType": "text/csv", "buffer": data})
    side.get_by_role("button", name="Se, hvad filen ændrer").click()


def se_efter(side, axe_fejl, navn: str) -> None:
    """What axe finds, and nothing wider than the window, at both widths; a picture when asked for."""
    for bredde in (1280, 390):
        side.set_viewport_size({"width": bredde, "height": 900})
        assert axe_fejl(side) == []
        assert side.evaluate("document.documentElement.scrollWidth") <= bredde
        if BILLEDER:
            side.screenshot(path=Path(BILLEDER) / f"{navn}-{bredde}.png", full_page=True)
    side.set_viewport_size({"width": 1280, "height": 900})


def test_statbank_csv_through_the_preview_and_then_again(side, plan, axe_fejl):
    se_efter(side, axe_fejl, "vaelg")
    vaelg(side, plan, "statbank.csv", STATBANK)
    side.get_by_label("Alle tal er om indikatoren").select_option("Andel ledige")
    expect(side.get_by_label("ISHØJ KOMMUNE")).to_have_value("ishoej")
    expect(side.get_by_label("Ishøj", exact=True)).to_have_value("ishoej")
    expect(side.get_by_label("Brøndby")).to_have_value("")
    se_efter(side, axe_fejl, "kobling")
    side.get_by_role("button", name="Se, hvad filen ændrer").click()
    expect(side.get_by_text("4 ændringer.")).to_be_visible()
    se_efter(side, axe_fejl, "forhaandsvisning")
    assert not Maaling.objects.exists()
    side.get_by_role("button", name="Indlæs 4 tal").click()
    expect(side.get_by_text("Filen er indlæst: 4 nye tal og 0 ændrede.")).to_be_visible()
    assert [(r[1], r[2], r[3], r[4]) for r in gemte()] == [
        ("hele", 2008, "1. kvartal", "vaerdi"),
        ("hele", 2009, "1. kvartal", "vaerdi"),
        ("ishoej", 2008, "1. kvartal", "vaerdi"),
        ("ishoej", 2009, "1. kvartal", "diskretioneret"),
    ]
    vaelg(side, plan, "statbank.csv", STATBANK)
    expect(side.get_by_text("0 ændringer.")).to_be_visible()
    expect(side.get_by_role("button", name="Indlæs")).to_have_count(0)


def test_three_sheets_with_titles_and_notes_through_the_preview_and_then_again(side, plan, axe_fejl):
    vaelg(side, plan, "beboerdata.xlsx", BEBOERDATA)
    expect(side.get_by_role("heading", level=2)).to_have_text(
        [
            "Tabel 1. Andel ledige (Tabel 1)",
            "Tabel 2. Antal beboere, 2023 (Tabel 2)",
            "Tabel 3. Karaktergennemsnit (Tabel 3)",
        ]
    )
    se_efter(side, axe_fejl, "kobling-tre")
    side.get_by_role("button", name="Se, hvad filen ændrer").click()
    expect(side.get_by_text("12 ændringer.")).to_be_visible()
    expect(side.get_by_text("6 nye · 0 ændrede · 0 uændrede")).to_be_visible()
    se_efter(side, axe_fejl, "forhaandsvisning-tre")
    side.get_by_role("button", name="Indlæs 12 tal").click()
    expect(side.get_by_text("Filen er indlæst: 12 nye tal og 0 ændrede.")).to_be_visible()
    nord = Maaling.objects.get(indikator__noegle="ledige", sted__noegle="nord", aar=2022)
    assert (nord.antal, str(nord.vaerdi), nord.kilde) == (52, "4.6000", "LBF Beboerdata")
    vaelg(side, plan, "beboerdata.xlsx", BEBOERDATA)
    expect(side.get_by_text("0 ændringer.")).to_be_visible()


def test_faults_are_listed_and_the_file_waits(side, plan, axe_fejl):
    vaelg(side, plan, "statbank.csv", STATBANK.replace(b"12,5", b"N/A").replace(b"4,9", b"104,9"))
    side.get_by_label("Alle tal er om indikatoren").select_option("Andel ledige")
    side.get_by_role("button", name="Se, hvad filen ændrer").click()
    expect(side.get_by_role("heading", name="Intet er gemt")).to_be_visible()
    expect(side.get_by_role("rowheader")).to_have_text(["C4", "C6"])
    se_efter(side, axe_fejl, "fejl")
    side.get_by_role("link", name="Vælg en anden fil").click()
    expect(side.get_by_role("link", name="statbank.csv")).to_be_visible()
    se_efter(side, axe_fejl, "venter")
    side.get_by_role("button", name="Slet statbank.csv").click()
    expect(side.get_by_text("statbank.csv er slettet.")).to_be_visible()


@pytest.fixture
def langsomt(monkeypatch, settings):
    """Every piece of work goes on beside its page, and reading what is in a file takes four seconds."""
    settings.ARBEJDE_VED_SIDEN_AF = True
    monkeypatch.setattr(arbejde, "TAALMODIGHED", 0.0)
    monkeypatch.setattr(arbejde, "MELLEM", 0.0)
    opr = importer.lav_udkast

    def trin(*args, **kwargs):
        for nr in range(1, 4):
            yield arbejde.Fremskridt("Læst", nr * 1000, 4000)
            time.sleep(1.3)
        return (yield from opr(*args, **kwargs))

    monkeypatch.setattr(importer, "lav_udkast", trin)


def se_igen(side, script):
    """Until the work is done."""
    if script:
        expect(side.get_by_text("Siden ser selv efter igen.")).to_be_visible()
    while not script and side.get_by_role("link", name="Se igen").count():
        side.get_by_role("link", name="Se igen").click()
        time.sleep(0.5)


def uden_script(side):
    """The same person in a browser without scripts."""
    tilstand = side.context.storage_state()
    adgang = side.url.partition("/planer/")[0]
    rum = side.context.browser.new_context(
        base_url=adgang, java_script_enabled=False, locale="da-DK", storage_state=tilstand
    )
    return rum.new_page()


@pytest.mark.usefixtures("langsomt")
@pytest.mark.parametrize("script", [True, False], ids=["med script", "uden script"])
def test_a_file_that_takes_its_time_shows_how_far_it_is(side, plan, axe_fejl, script):
    """The page looks again by itself, or at a press where there is no script, and shows what came of it."""
    side = side if script else uden_script(side)
    vaelg(side, plan, "statbank.csv", STATBANK)
    laest = side.get_by_text(re.compile(r"Læst [123]\.000 af 4\.000")).first
    while not script and not laest.count():  # the file itself is being read
        side.get_by_role("link", name="Se igen").click()
        time.sleep(0.2)
    expect(laest).to_be_visible(timeout=20_000)
    expect(side.get_by_role("link", name="Se igen")).to_be_visible()
    if script:
        se_efter(side, axe_fejl, "fremskridt")
    se_igen(side, script)
    side.get_by_label("Alle tal er om indikatoren").select_option("Andel ledige", timeout=40_000)
    side.get_by_role("button", name="Se, hvad filen ændrer").click()
    se_igen(side, script)
    side.get_by_role("button", name="Indlæs 4 tal").click(timeout=40_000)
    expect(side.get_by_role("link", name="Se igen")).to_be_visible()
    se_igen(side, script)
    expect(side.get_by_text("Filen er indlæst: 4 nye tal og 0 ændrede.")).to_be_visible(timeout=40_000)
    assert Maaling.objects.count() == 4
    if not script:
        side.context.close()


def test_statbank_workbooks_without_headings(side, plan):
    """The page moves on and keeps its answers; of several stub columns one says which rows are meant."""
    data = (SAGER / "statistikbank-uden-overskrift-over-omraade.xlsx").read_bytes()
    vaelg(side, plan, "ledige.xlsx", data)
    side.get_by_label("Alle tal er om indikatoren").select_option("Andel ledige")
    side.get_by_label("Kilde").fill("Statistikbanken")
    side.get_by_role("button", name="Se, hvad filen ændrer").click()
    expect(side.get_by_role("button", name="Indlæs 6 tal")).to_be_visible()
    side.get_by_role("button", name="Indlæs 6 tal").click()
    expect(side.get_by_text("Filen er indlæst: 6 nye tal og 0 ændrede.")).to_be_visible()
    assert {
        (m.sted.navn, m.aar, str(m.vaerdi.normalize()), m.kilde) for m in Maaling.objects.select_related("sted")
    } == {
        (sted, aar, vaerdi, "Statistikbanken")
        for sted, tal in (("Hele landet", ("3.6", "2.5", "2.6")), ("Ishøj Kommune", ("5", "3.4", "3.3")))
        for aar, vaerdi in zip((2021, 2022, 2023), tal, strict=True)
    }
    Maaling.objects.all().delete()

    vaelg(side, plan, "forspalter.xlsx", (SAGER / "statistikbank-flere-forspalter.xlsx").read_bytes())
    side.get_by_label("Alle tal er om indikatoren").select_option("Andel ledige")
    for spalte in "AB":
        side.get_by_label(f"Kolonne {spalte}: kolonnen er").select_option("En opdeling, hvor kun én værdi skal med")
        side.get_by_label(f"Kolonne {spalte}: kun rækker med").select_option("Alle rækker")
    side.get_by_role("button", name="Se, hvad filen ændrer").click()
    expect(side.get_by_text("Vælg den værdi, der skal med.").first).to_be_visible()
    for spalte in "AB":
        side.get_by_label(f"Kolonne {spalte}: kun rækker med").select_option("I alt")
    side.get_by_role("button", name="Se, hvad filen ændrer").click()
    side.get_by_role("button", name="Indlæs 4 tal").click()
    expect(side.get_by_text("Filen er indlæst: 4 nye tal og 0 ændrede.")).to_be_visible()
    assert sorted((m.sted.navn, m.aar, str(m.vaerdi.normalize())) for m in Maaling.objects.select_related("sted")) == [
        ("Hele landet", 2022, "2.5"), ("Hele landet", 2023, "2.6"),
        ("Ishøj Kommune", 2022, "3.4"), ("Ishøj Kommune", 2023, "3.3"),
    ]  # fmt: skip
