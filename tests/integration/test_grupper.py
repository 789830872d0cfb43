"""The groups of a plan: kinds of its own, a group for each area, seats in numbers, and two of one name."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from aftaler.models import Gruppe, Helhedsplan
from aftaler.planfil import Planfil, laes_filer, plan_som_data
from aftaler.queries.dokument import grupper
from aftaler.queries.kontrol import kontroller
from aftaler.queries.papirer import organisationsdiagram
from dokumenter.blokke import blokdokument
from dokumenter.oejebliksbillede import papir_som_json
from helhedsplan.rettigheder import PROGRAMMET
from tests import factories as f
from tests.aftaler.planfil_data import FORGAENGER, REGELSAET, fejl_i, indlaes, plan
from tests.dokumenter.blokproeve import skrevet_ud

pytestmark = pytest.mark.django_db


@pytest.fixture
def min_plan(client):
    ny = f.HelhedsplanFactory(noegle="parken")
    client.force_login(f.MedlemskabFactory(plan=ny, rolle="leder").bruger)
    return ny


def opret(client, navn="Netværket", art="anden", artsnavn="Kvarternetværk", **felter):
    tomme = {"pladser-TOTAL_FORMS": 0, "pladser-INITIAL_FORMS": 0}
    data = {"version": 0, "navn": navn, "art": art, "artsnavn": artsnavn, **tomme, **felter}
    return client.post(reverse("gruppe-opret", args=["parken"]), data)


def papiret(en_plan) -> str:
    return "\n".join(skrevet_ud([("diagram", blokdokument(organisationsdiagram(en_plan)))]))


def samme_navn(en_plan) -> list[str]:
    return [fund.besked for fund in kontroller(en_plan) if fund.kode == "grupper-med-samme-navn"]


# --- kinds of groups --------------------------------------------------------------------------------------------------


def test_en_slags_med_sit_eget_navn_staar_paa_side_papir_og_i_filen(client, min_plan):
    svar = opret(client, moeder_pr_aar="3")
    assert svar.status_code == 302, svar.context["form"].fejlliste()
    assert "(Kvarternetværk, 3 møder om året)" in papiret(min_plan)
    assert "Kvarternetværk" in client.get(reverse("indstillinger", args=["parken"])).content.decode()
    assert plan_som_data(min_plan)["grupper"] == [
        {"noegle": "netvaerket", "navn": "Netværket", "art": "anden", "artsnavn": "Kvarternetværk", "moeder_pr_aar": 3}
    ]
    side = client.get(reverse("gruppe-opret", args=["parken"])).content.decode()
    assert '<option value="Kvarternetværk">' in side


def test_anden_slags_siges_i_egne_ord(client, min_plan):
    svar = opret(client, artsnavn="")
    assert svar.status_code == 422
    assert list(svar.context["form"].errors) == ["artsnavn"]
    with pytest.raises(IntegrityError), transaction.atomic():
        f.GruppeFactory(plan=min_plan, art="anden")
    indlaes(REGELSAET, FORGAENGER)
    fejl = fejl_i(plan(grupper=[{"noegle": "g", "navn": "G", "art": "anden"}]))
    assert [tekst for tekst in fejl if "Skriv slagsen i egne ord" in tekst], fejl


def test_en_gruppe_af_en_kendt_slags_er_frosset_som_foer(min_plan):
    f.GruppeFactory(plan=min_plan, art="foelgegruppe")
    assert "egen_art" not in str(papir_som_json(organisationsdiagram(min_plan)))
    assert grupper(min_plan)[0].art == "Følgegruppe"


# --- a chairman is one seat -------------------------------------------------------------------------------------------


def test_formandens_plads_er_een(client, min_plan):
    gruppe = f.GruppeFactory(plan=min_plan)
    data = {"version": 0, "navn": gruppe.navn, "art": gruppe.art, "pladser-TOTAL_FORMS": 1, "pladser-INITIAL_FORMS": 0}
    plads = {"pladser-0-titel": "Beboer", "pladser-0-antal": "8", "pladser-0-formand": "on"}
    svar = client.post(reverse("gruppe-ret", args=["parken", gruppe.pk]), data | plads)
    assert svar.status_code == 422
    besked = "række 1. Antal: En plads med formand er én plads. Skriv de øvrige som en plads for sig."
    assert [tekst for tekst, _ in svar.context["form"].fejlliste() if besked in tekst]
    with pytest.raises(IntegrityError), transaction.atomic():
        f.PladsFactory(gruppe=gruppe, antal=8, formand=True)
    indlaes(REGELSAET, FORGAENGER)
    pladser = [{"titel": "Beboer", "antal": 8, "formand": True}]
    fejl = fejl_i(plan(grupper=[{"noegle": "g", "navn": "G", "art": "foelgegruppe", "pladser": pladser}]))
    assert [tekst for tekst in fejl if "pladser[1].antal: En plads med formand er én plads." in tekst], fejl


# --- two of one name --------------------------------------------------------------------------------------------------


def test_to_grupper_med_samme_navn_er_et_fund_med_mindre_omraaderne_skiller_dem(client, min_plan):
    nord, syd = f.OmraadeFactory(plan=min_plan), f.OmraadeFactory(plan=min_plan)
    en, anden = (f.GruppeFactory(plan=min_plan, navn=navn) for navn in ("Følgegruppen", "følgegruppen"))
    tekst = "To grupper hedder »følgegruppen«. Giv dem hver sit navn, eller vælg hver sit område."
    assert samme_navn(min_plan) == [tekst]
    en.omraader.set([nord])
    assert samme_navn(min_plan) == [tekst]
    anden.omraader.set([syd])
    assert samme_navn(min_plan) == []
    anden.omraader.set([nord, syd])
    assert samme_navn(min_plan) == [tekst]
    svar = opret(client, navn="Følgegruppen", art="foelgegruppe", artsnavn="")
    assert svar.status_code == 422
    assert "Følgegruppen" in str(svar.context["form"].ubekraeftede[0])
    assert Gruppe.objects.count() == 2


def test_alt_muligt_har_grupper_af_alle_slags():
    fixturer = Path(settings.BASE_DIR) / "fixtures"
    stier = (fixturer / "regelsaet" / "2015-18.yaml", fixturer / "planer" / "alt-muligt.yaml")
    assert laes_filer([Planfil.fra(sti) for sti in stier], bruger=PROGRAMMET).fejl == []
    alt = Helhedsplan.objects.get(noegle="alt-muligt")
    ord_ = papiret(alt)
    assert "Boligsociale medarbejdere (8 pladser)" in ord_
    assert "Medlem udefra (2 pladser, kan udvides efter indstilling fra bestyrelsen)" in ord_
    assert "(Kvarternetværk)" in ord_
    assert samme_navn(alt) == []
    assert alt.grupper.get(noegle="sekretariatet").antal_pladser == 1 + 1 + 8
