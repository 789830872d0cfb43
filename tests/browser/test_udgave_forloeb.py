"""A delaftale is revised, compared, approved and signed, and with it the package to Landsbyggefonden is ready."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from dokumenter.actions.udgave import frys
from dokumenter.underskrift.certifikater import roedder
from dokumenter.underskrift.valider import valider
from helhedsplan.formats import kort_dato
from helhedsplan.rettigheder import PROGRAMMET
from tests import factories as f
from tests.dokumenter.pakkedata import alt_andet_klart
from tests.verden import verden

PARTER = ("Prøve Kommune", "Boligforeningen Prøve")


@pytest.fixture
def v(transactional_db):
    """All the package wants but the delaftale, which has a first edition that nobody has signed."""
    cache.clear()
    v = verden()
    alt_andet_klart(v)
    v.plan.parter.all().delete()
    for navn in PARTER:
        f.PartFactory(plan=v.plan, organisation=f.OrganisationFactory(navn=navn), underskriver="Formand A, Demo")
    frys(bruger=PROGRAMMET, plan=v.plan, art="delaftale", emne=v.delaftale.noegle)
    return v


def adresse(v, navn: str, *mere) -> str:
    return reverse(navn, args=[v.plan.noegle, *mere])


def pakkesiden(side, v) -> str:
    side.goto(adresse(v, "pakke-vis"))
    return side.locator("main").inner_text()


def ret_ansvarlig(side, v, ny: str) -> None:
    side.goto(adresse(v, "aktivitet-ret", v.delaftale.noegle, v.delaftale.aktiviteter.first().noegle))
    side.get_by_label("Ansvarlig").first.fill(ny)
    side.get_by_role("button", name="Gem aktiviteten").click()
    expect(side.get_by_text(re.compile(r"Gemt kl\."))).to_be_visible()


def frys_delaftalen(side, v):
    side.goto(adresse(v, "dokument-vis", "delaftale", v.delaftale.noegle))
    side.get_by_role("link", name="Frys ny udgave").click()
    side.get_by_role("button", name="Frys udgaven").click()
    expect(side.get_by_role("heading", level=1)).to_contain_text("udgave 2")
    return v.plan.udgaver.get(art="delaftale", nummer=2)


def registrer_godkendelse(side, udgave) -> None:
    side.goto(udgave.get_absolute_url())
    side.get_by_role("link", name="Registrér en afgørelse").click()
    side.get_by_label("Godkendt", exact=True).check()
    side.get_by_label("Besluttet af").fill("Bestyrelsen, prøvemøde")
    side.get_by_role("button", name="Registrér afgørelsen").click()
    expect(side.get_by_text("Bestyrelsen, prøvemøde")).to_be_visible()


def vaelg_underskriver(side, v, udgave, part: str, bruger) -> None:
    side.goto(adresse(v, "underskrift-tavle", udgave.pk))
    side.get_by_role("link", name=re.compile(f"skriver under for {part}")).click()
    side.get_by_label("Hvem skriver under i programmet?").select_option(str(bruger.pk))
    side.get_by_role("button", name="Gem", exact=True).click()


def skriv_under(side, v, udgave, part: str) -> None:
    side.goto(adresse(v, "underskrift-tavle", udgave.pk))
    side.get_by_role("link", name="Skriv under", exact=True).click()
    side.get_by_label(f"Jeg har læst dokumentet og skriver under for {part}").check()
    side.get_by_label("Adgangskode").fill(f.ADGANGSKODE)
    side.get_by_role("button", name=re.compile("^Underskriv")).click()
    expect(side.get_by_text(f"Du har skrevet under for {part}.")).to_be_visible()


def underskrifter_i(side, v, udgave) -> list[bool]:
    """Whether each signature in the newest file holds."""
    side.goto(adresse(v, "underskrift-tavle", udgave.pk))
    pdf = side.request.get(side.get_by_role("link", name="Hent nyeste PDF").get_attribute("href")).body()
    return [dom.gyldig for dom in valider(pdf, roedder())]


def test_fra_rettet_delaftale_til_klar_pakke(v, side_som):
    leder, sekretaer = v.brugere["leder"], v.brugere["sekretariat"]
    side = side_som(sekretaer)
    assert "Klar til upload" not in pakkesiden(side, v)
    ret_ansvarlig(side, v, "Boligsocial vejviser")

    side.goto(adresse(v, "dokument-vis", "delaftale", v.delaftale.noegle))
    side.get_by_role("link", name="Se, hvad der er ændret").click()
    expect(side.locator("ins", has_text="vejviser").first).to_be_visible()

    udgave = frys_delaftalen(side, v)
    registrer_godkendelse(side_som(leder), udgave)
    for part in PARTER:
        bruger = f.BrugerFactory(navn=f"Formand for {part}, Demo")
        f.MedlemskabFactory(plan=v.plan, bruger=bruger, rolle="bestyrelse")
        vaelg_underskriver(side_som(leder), v, udgave, part, bruger)
        skriv_under(side_som(bruger), v, udgave, part)
    side = side_som(leder)
    assert underskrifter_i(side, v, udgave) == [True, True]

    side.goto(udgave.get_absolute_url())
    side.get_by_role("link", name="Sæt i kraft").click()
    side.get_by_label("Gælder fra").fill(kort_dato(timezone.localdate()))
    side.get_by_role("button", name="Sæt udgaven i kraft").click()
    expect(side.get_by_text("Gældende").first).to_be_visible()
    assert "Klar til upload." in pakkesiden(side, v)
    side.get_by_role("button", name="Lav pakken").click()
    expect(side.get_by_role("link", name=re.compile("zip", re.IGNORECASE)).first).to_be_visible()
