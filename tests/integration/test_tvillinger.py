"""Twins are noticed where they are typed, and as findings; a real one can be made with a yes."""

import pytest
from django.urls import reverse

from aftaler.models import Afdeling, Omraade, Organisation
from aftaler.queries.kontrol import kontroller
from budget.models import Finansieringskilde
from indikatorer.models import Sted
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(client):
    plan = f.HelhedsplanFactory()
    client.force_login(f.MedlemskabFactory(plan=plan, rolle="leder").bruger)
    f.PartFactory(plan=plan, organisation=f.OrganisationFactory(navn="B'32", kort_navn="Beboer 32"))
    return plan


def navnets_side(plan, slags: str):
    """(address of the form, what is typed, model, link to the one that exists) for each kind of thing."""
    n, forening = plan.noegle, Organisation.objects.get(navn="B'32")
    if slags == "organisation":
        data = {"navn": "b´32", "kort_navn": "", "art": "boligorganisation"}
        return (
            "organisation-opret",
            [n],
            data,
            Organisation,
            f"{reverse('part-opret', args=[n])}?organisation={forening.pk}",
        )
    if slags == "kort navn":
        data = {"navn": "BEBOER-32", "kort_navn": "", "art": "boligorganisation"}
        return (
            "organisation-opret",
            [n],
            data,
            Organisation,
            f"{reverse('part-opret', args=[n])}?organisation={forening.pk}",
        )
    if slags == "afdeling":
        afd = f.AfdelingFactory(organisation=forening, navn="Øster Park", nummer="5")
        data = {"navn": "Oester-park", "nummer": ""}
        url = reverse("afdeling-ret", args=[n, forening.pk, afd.pk])
        return "afdeling-opret", [n, forening.pk], data, Afdeling, url
    if slags == "omraade":
        omraade = f.OmraadeFactory(plan=plan, navn="Øster Park")
        data = {"navn": "øster  park", "starter": "", "slutter": "", "note": ""}
        data |= {"medafdelinger-TOTAL_FORMS": 0, "medafdelinger-INITIAL_FORMS": 0}
        data |= {"stoerrelser-TOTAL_FORMS": 0, "stoerrelser-INITIAL_FORMS": 0}
        return "omraade-opret", [n], data, Omraade, reverse("omraade-ret", args=[n, omraade.pk])
    if slags == "sted":
        sted = f.StedFactory(plan=plan, navn="Øster Park")
        return "sted-opret", [n], {"navn": "ØSTER PARK", "art": "land"}, Sted, reverse("sted-ret", args=[n, sted.pk])
    kilde = f.FinansieringskildeFactory(plan=plan, navn="Nordby kommune")
    data = {"navn": "Nordby Kommune", "art": "kommune", "lokal": ""}
    return (
        "finansieringskilde-opret", [n], data, Finansieringskilde,
        reverse("finansieringskilde-ret", args=[n, kilde.noegle]),
    )  # fmt: skip


@pytest.mark.parametrize("slags", ["organisation", "kort navn", "afdeling", "omraade", "sted", "kilde"])
def test_the_form_offers_the_one_that_exists_and_takes_a_yes(client, plan, slags):
    navn, led, data, model, eksisterende = navnets_side(plan, slags)
    url, data, foer = reverse(navn, args=led), data | {"version": 0}, model.objects.count()
    svar = client.post(url, data)
    assert svar.status_code == 422
    indhold = svar.content.decode()
    assert "Findes allerede" in indhold
    assert f'href="{eksisterende}"' in indhold
    assert model.objects.count() == foer
    kode = indhold.partition('name="bekraeftede_advarsler" value="')[2].partition('"')[0]
    assert client.post(url, data | {"bekraeftede_advarsler": kode}).status_code == 302
    assert model.objects.count() == foer + 1


def test_the_existing_organisation_is_chosen_beforehand(client, plan):
    anden = f.OrganisationFactory(navn="AAB")
    url = reverse("part-opret", args=[plan.noegle])
    assert f'<option value="{anden.pk}" selected>' in client.get(f"{url}?organisation={anden.pk}").content.decode()


def test_two_afdelinger_of_one_name_with_a_number_each_are_two(client, plan):
    forening = Organisation.objects.get(navn="B'32")
    f.AfdelingFactory(organisation=forening, navn="Øster Park", nummer="5")
    url = reverse("afdeling-opret", args=[plan.noegle, forening.pk])
    assert client.post(url, {"navn": "Øster Park", "nummer": "6", "version": 0}).status_code == 302
    assert [x for x in kontroller(plan) if x.kode.endswith("-tvilling")] == []


def test_twins_that_stand_already_are_findings(plan):
    forening = Organisation.objects.get(navn="B'32")
    f.OrganisationFactory(navn="B´32")
    f.OrganisationFactory(navn="Langt væk")
    f.OrganisationFactory(navn="langt-væk")
    f.AfdelingFactory(organisation=forening, navn="Øster Park", nummer="5")
    f.AfdelingFactory(organisation=forening, navn="Østerpark", nummer="")
    f.OmraadeFactory(plan=plan, navn="Øster Park")
    f.OmraadeFactory(plan=plan, navn="Oester Park")
    f.StedFactory(plan=plan, navn="Kommunen")
    f.StedFactory(plan=plan, navn="KOMMUNEN")
    fundne = {x.kode: x.besked for x in kontroller(plan) if x.kode.endswith("-tvilling")}
    assert fundne == {
        "organisation-tvilling": "»B'32« og »B´32« ligner samme organisation, skrevet på to måder.",
        "afdeling-tvilling": "»Øster Park, afd. 5« og »Østerpark« ligner samme afdeling, skrevet på to måder.",
        "omraade-tvilling": "»Øster Park« og »Oester Park« ligner samme område, skrevet på to måder.",
        "sted-tvilling": "»Kommunen« og »KOMMUNEN« ligner samme sted, skrevet på to måder.",
    }
