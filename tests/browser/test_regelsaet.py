"""The next pulje, from the one before to the first plan on it, by an administrator in Chromium. The old plans stand."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import expect

from aftaler.models import Helhedsplan, Medlemskab, OverordnetMaal, Regelsaet
from aftaler.planfil import Planfil, laes_filer, regelsaet_som_data
from aftaler.queries.kontrol import kontroller
from helhedsplan.rettigheder import PROGRAMMET
from helhedsplan.tilslutninger import PAPIRER
from tests.factories import BrugerFactory

FIXTURES = Path(settings.BASE_DIR) / "fixtures"


@pytest.fixture
def planer(transactional_db) -> list[str]:
    filer = sorted([*FIXTURES.glob("regelsaet/*.yaml"), *FIXTURES.glob("planer/*.yaml")])
    assert not laes_filer([Planfil.fra(sti) for sti in filer], bruger=PROGRAMMET).fejl
    return list(Helhedsplan.objects.order_by("noegle").values_list("noegle", flat=True))


def aftryk(planer) -> dict[str, bytes]:
    """The papers of the plans, byte by byte."""
    fundne = {}
    for noegle in planer:
        plan = Helhedsplan.objects.select_related("regelsaet", "forgaenger").get(noegle=noegle)
        fundne[noegle] = PAPIRER["samarbejdsaftale"](plan, "")[0]
        omraade = plan.delaftaler.select_related("indsatsomraade").first()
        if omraade:
            fundne[f"{noegle}/{omraade.noegle}"] = PAPIRER["delaftale"](plan, omraade.noegle)[0]
    return fundne


def link(page, navn, nr=0):
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name=navn).nth(nr).click()


def knap(page, navn):
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=navn).first.click()


def felt(page, navn, vaerdi):
    page.locator(f"main [name='{navn}']").fill(vaerdi)


def vaelg(page, navn, tekst):
    page.locator(f"main [name='{navn}']").select_option(label=tekst)


def kopier_og_ret(page, axe_fejl):
    page.goto("/")
    link(page, "Regelsæt")
    link(page, "Kopiér 2019-26 til en kladde")
    felt(page, "navn", "2027-30")
    knap(page, "Lav kladden")
    expect(page.get_by_role("heading", level=1, name="2027-30")).to_be_visible()

    link(page, "Tilføj indsatsområde")
    felt(page, "navn", "Sundhed og trivsel")
    knap(page, "Gem")
    link(page, "Tilføj et mål til Sundhed og trivsel")
    assert page.locator("[name=nummer]").input_value() == "5", "det næste ledige nummer"
    felt(page, "tekst", "Flere beboere har det godt")
    knap(page, "Gem")
    link(page, "Ret Lokal medfinansiering, mindst")
    felt(page, "vaerdi", "20 %")
    knap(page, "Gem")
    link(page, "Tilføj krævet papir")
    vaelg(page, "art", "Andet papir, lægges ind som fil")
    felt(page, "navn", "Aktivitetsskema")
    vaelg(page, "verificeret", "ikke verificeret")
    knap(page, "Gem")
    assert axe_fejl(page) == []


def forskel_proeve_og_udgivelse(page, axe_fejl):
    link(page, re.compile("^Se forskellen til 2019-26"))
    forskel = page.locator("main")
    for tekst in ("Sundhed og trivsel", "Flere beboere har det godt", "Aktivitetsskema"):
        expect(forskel).to_contain_text(tekst)
    expect(forskel.locator("del")).to_contain_text(["25 %"])
    expect(forskel.locator("ins").get_by_text("20 %")).to_be_visible()
    assert axe_fejl(page) == []

    page.go_back()
    link(page, "Prøv på en plan")
    felt(page, "medfinansiering", "22")
    knap(page, "Prøv regelsættet")
    expect(page.locator("main")).to_contain_text("over gulvet på 20")
    page.goto("/regelsaet/i/2027-30/")
    link(page, "Udgiv regelsættet")
    expect(page.locator("main")).to_contain_text("Indsatsområder: 5")
    assert axe_fejl(page) == []
    knap(page, "Udgiv og frys regelsættet")
    expect(page.locator("main")).to_contain_text("Udgivet den")
    assert page.locator("main").get_by_role("link", name=re.compile("^Ret ")).all_inner_texts() == [
        "Ret ordlyd eller værdier"
    ], "det udgivne kan kun rettes som en ny version"


def ret_en_ordlyd(page):
    link(page, "Ret ordlyd eller værdier")
    felt(page, "grund", "Målet var skrevet med en slåfejl")
    knap(page, "Begynd rettelsen")
    link(page, "Ret Mål 5: Flere beboere har det godt")
    expect(page.locator("[name=nummer]")).to_be_disabled()
    felt(page, "tekst", "Flere beboere trives")
    knap(page, "Gem")
    link(page, "Udgiv regelsættet")
    knap(page, "Udgiv og frys regelsættet")
    expect(page.locator("main")).to_contain_text("Rettet den")


def begynd_en_plan(page):
    page.goto("/")
    link(page, "Opret en ny plan")
    felt(page, "navn", "Den første på de nye regler")
    vaelg(page, "regelsaet", "2027-30")
    felt(page, "periode_fra", "1.1.2027")
    felt(page, "periode_til", "31.12.2030")
    knap(page, "Opret planen")
    page.get_by_role("link", name="Dokumenter", exact=True).first.click()
    expect(page.locator("main")).to_contain_text("Aktivitetsskema")
    page.get_by_role("link", name="Indstillinger", exact=True).first.click()
    expect(page.locator("main")).to_contain_text("2027-30, rettet den")
    link(page, "Vælg indsatsområder")
    expect(page.get_by_label("Sundhed og trivsel")).to_have_count(1)
    assert page.locator("main input[name=indsatsomraader]").count() == 5


def test_den_naeste_pulje_fra_kopi_til_den_foerste_plan(planer, side_som, axe_fejl):
    assert set(planer) == {sti.stem for sti in FIXTURES.glob("planer/*.yaml")}
    assert len(planer) >= 3
    foer, gamle = aftryk(planer), {r.noegle: regelsaet_som_data(r) for r in Regelsaet.objects.all()}
    page = side_som(BrugerFactory(er_administrator=True, navn="Administrator"))
    page.set_default_timeout(20_000)
    kopier_og_ret(page, axe_fejl)
    forskel_proeve_og_udgivelse(page, axe_fejl)
    ret_en_ordlyd(page)
    begynd_en_plan(page)
    plan = Helhedsplan.objects.select_related("regelsaet").get(navn="Den første på de nye regler")
    assert plan.regelsaet.noegle == "2027-30-v2"
    assert (
        OverordnetMaal.objects.get(indsatsomraade__regelsaet=plan.regelsaet, nummer=5).tekst == "Flere beboere trives"
    )
    assert not [x for x in kontroller(plan) if "2019" in x.kilde]
    assert aftryk(planer) == foer, "de gamle planers papirer er de samme, byte for byte"
    assert {r.noegle: regelsaet_som_data(r) for r in Regelsaet.objects.filter(noegle__in=gamle)} == gamle
    assert Medlemskab.objects.filter(plan__noegle__in=planer).count() == 0


@pytest.mark.parametrize("bredde", [390])
def test_paa_en_telefon(planer, side_som, axe_fejl, bredde):
    page = side_som(BrugerFactory(er_administrator=True))
    page.set_viewport_size({"width": bredde, "height": 844})
    for sti in ("/regelsaet/", "/regelsaet/i/2019-26/", "/regelsaet/i/2019-26/proev/", "/regelsaet/indlaes-fil/"):
        page.goto(sti)
        assert page.evaluate("document.documentElement.scrollWidth") <= bredde, sti
        assert axe_fejl(page) == [], sti
