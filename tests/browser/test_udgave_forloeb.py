"""A delaftale is revised, compared, approved and signed in each of the three ways, and with it the package to
Landsbyggefonden is ready.
"""

import re

import pytest
from django.core.cache import cache, caches
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from dokumenter.actions.udgave import frys
from dokumenter.underskrift import testmyndighed
from dokumenter.underskrift.certifikater import roedder
from dokumenter.underskrift.valider import valider
from helhedsplan.formats import kort_dato
from helhedsplan.rettigheder import PROGRAMMET
from tests import factories as f
from tests.dokumenter import signering as s
from tests.dokumenter.pakkedata import alt_andet_klart
from tests.verden import verden

PARTER = ("Prøve Kommune", "Boligforeningen Prøve")


@pytest.fixture
def v(transactional_db):
    """All the package wants but the delaftale, which has a first edition that nobody has signed."""
    caches["sider"].clear()
    cache.clear()
    v = verden()
    alt_andet_klart(v)
    v.plan.parter.all().delete()
    for navn in PARTER:
        f.PartFactory(
            plan=v.plan, organisation=f.OrganisationFactory(navn=navn), underskriver=f"Formand for {navn}, Demo"
        )
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
    referat = {"name": "referat.pdf", "mimeType": "application/pdf", "buffer": f.en_pdf()}
    side.get_by_label("Referatet eller brevet").set_input_files(referat)
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


def godkendt_udgave(side_som, v):
    """The delaftale revised, compared, frozen and approved in the browser; its second edition, ready to be signed."""
    side = side_som(v.brugere["sekretariat"])
    assert "er godkendt og underskrevet, hvor de skal være det." not in pakkesiden(side, v)
    ret_ansvarlig(side, v, "Boligsocial vejviser")
    side.goto(adresse(v, "dokument-vis", "delaftale", v.delaftale.noegle))
    side.get_by_role("link", name="Se, hvad der er ændret").click()
    expect(side.locator("ins", has_text="vejviser").first).to_be_visible()
    udgave = frys_delaftalen(side, v)
    registrer_godkendelse(side_som(v.brugere["leder"]), udgave)
    return udgave


def saet_i_kraft(side, udgave) -> None:
    side.goto(udgave.get_absolute_url())
    side.get_by_role("link", name="Sæt i kraft").click()
    expect(side.get_by_role("textbox", name="Gælder fra", exact=True)).to_have_value(kort_dato(timezone.localdate()))
    side.get_by_role("button", name="Sæt udgaven i kraft").click()
    expect(side.get_by_text("Gældende").first).to_be_visible()


def nyeste_pdf(side, v, udgave) -> bytes:
    side.goto(adresse(v, "underskrift-tavle", udgave.pk))
    return side.request.get(side.get_by_role("link", name="Hent nyeste PDF").get_attribute("href")).body()


def upload(side, pdf: bytes) -> None:
    """The form's file and its button; who has signed is ticked by the caller."""
    side.get_by_label("PDF-fil").set_input_files({"name": "fil.pdf", "mimeType": "application/pdf", "buffer": pdf})
    side.get_by_role("button", name=re.compile("^Upload")).click()


def test_fra_rettet_delaftale_til_klar_pakke(v, side_som):
    leder = v.brugere["leder"]
    udgave = godkendt_udgave(side_som, v)
    for part in PARTER:
        bruger = f.BrugerFactory(navn=f"Formand for {part}, Demo")
        f.MedlemskabFactory(plan=v.plan, bruger=bruger, rolle="bestyrelse")
        vaelg_underskriver(side_som(leder), v, udgave, part, bruger)
        skriv_under(side_som(bruger), v, udgave, part)
    side = side_som(leder)
    assert [dom.gyldig for dom in valider(nyeste_pdf(side, v, udgave), roedder())] == [True, True]

    saet_i_kraft(side, udgave)
    assert "er godkendt og underskrevet, hvor de skal være det." in pakkesiden(side, v)
    side.get_by_role("link", name="Lav pakken").click()  # the other papers have changed since: a yes and a reason
    side.get_by_label("Lav pakken, som den er").check()
    side.get_by_label("Hvorfor laves pakken, som den er?").fill("De andre papirer følger senere.")
    side.get_by_role("button", name="Lav pakken").last.click()
    expect(side.get_by_text(re.compile("Pakken [0-9a-f]{12} er lavet"))).to_be_visible()
    expect(side.get_by_role("link", name=re.compile("zip", re.IGNORECASE)).first).to_be_visible()


def test_en_fil_underskrevet_hos_en_tjeneste_goer_pakken_klar(v, side_som, settings, tmp_path):
    tjeneste = testmyndighed.rod("Underskriftstjenesten, prøve", bits=s.BITS)
    (tmp_path / "tjeneste.pem").write_bytes(tjeneste.pem())
    settings.UNDERSKRIFT = settings.UNDERSKRIFT | {"ROEDDER": [str(tmp_path / "tjeneste.pem")]}
    udgave = godkendt_udgave(side_som, v)
    side = side_som(v.brugere["leder"])
    udstedt = nyeste_pdf(side, v, udgave)

    side.get_by_role("link", name="Upload fil fra en tjeneste").click()
    for part in PARTER:
        side.get_by_label(part).check()
    upload(side, s.skriv_under(s.skriv_under(udstedt, nogle=s.noegle(ukendt=True)), nogle=s.noegle(ukendt=True)))
    expect(side.get_by_role("alert").first).to_contain_text("ikke er udstedt af nogen, vi kender")
    assert udgave.filrevisioner.count() == 1

    nogle = testmyndighed.underskriver(tjeneste, "Segl hos tjenesten, prøve", bits=s.BITS)
    underskrevet = udstedt
    for part in PARTER:
        expect(side.get_by_label(part)).to_be_checked()
        underskrevet = s.skriv_under(underskrevet, f"Formand for {part}, Demo", nogle=nogle)
    upload(side, underskrevet)
    expect(side.get_by_text("Alle har skrevet under.")).to_be_visible()
    expect(side.get_by_text("Hos en ekstern tjeneste")).to_have_count(2)
    assert nyeste_pdf(side, v, udgave) == underskrevet

    saet_i_kraft(side, udgave)
    assert "er godkendt og underskrevet, hvor de skal være det." in pakkesiden(side, v)


def test_et_papir_med_blaek_goer_pakken_klar(v, side_som):
    udgave = godkendt_udgave(side_som, v)
    side = side_som(v.brugere["leder"])
    udstedt = nyeste_pdf(side, v, udgave)
    side.get_by_role("link", name="Upload papir med blæk").click()
    for part in PARTER:
        side.get_by_label(part).check()
    side.get_by_role("textbox", name="Hvornår er der skrevet under?").fill(kort_dato(timezone.localdate()))
    side.get_by_label(re.compile("Slutningen af dokument-id")).fill("0123456789ab")
    upload(side, s.scannet(udstedt))
    expect(side.get_by_role("alert").first).to_contain_text("Det er ikke denne udgave.")

    side.get_by_label(re.compile("Slutningen af dokument-id")).fill(udgave.dokument_id[-12:].upper())
    upload(side, s.scannet(udstedt))
    expect(side.get_by_text("Alle har skrevet under.")).to_be_visible()
    expect(side.get_by_text("Med blæk", exact=False)).to_have_count(3)
    assert nyeste_pdf(side, v, udgave) == udstedt

    saet_i_kraft(side, udgave)
    assert "er godkendt og underskrevet, hvor de skal være det." in pakkesiden(side, v)
