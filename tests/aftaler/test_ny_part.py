"""A party may be written in with its organisation, in one save."""

import pytest
from django.urls import reverse

from aftaler.models import Organisation, Part
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(client):
    plan = f.HelhedsplanFactory()
    client.force_login(f.MedlemskabFactory(plan=plan, rolle="sekretariat").bruger)
    return plan


def send(client, plan, **data):
    return client.post(reverse("part-opret", args=[plan.noegle]), {"version": 0} | data)


def test_organisation_and_party_are_made_in_one_save(client, plan):
    svar = send(client, plan, ny_navn="Nordby Boligselskab", ny_art="boligorganisation")
    assert svar.status_code == 302
    part = Part.objects.get(plan=plan)
    assert (part.organisation.navn, part.organisation.art) == ("Nordby Boligselskab", "boligorganisation")
    assert part.organisation.noegle == "nordby-boligselskab"


def test_one_on_the_list_is_chosen_as_before(client, plan):
    kendt = f.OrganisationFactory()
    assert send(client, plan, organisation=kendt.pk).status_code == 302
    assert list(Part.objects.values_list("organisation", flat=True)) == [kendt.pk]
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "besked"),
    [
        ({}, "Vælg en organisation, eller skriv en ny ind herunder."),
        ({"ny_navn": "Nordby"}, "Vælg, hvad det er for en organisation."),
        ({"ny_art": "kommune"}, "Skriv, hvad organisationen hedder."),
        ({"organisation": True, "ny_navn": "Nordby"}, "Vælg en fra listen, eller skriv en ny ind, ikke begge dele."),
    ],
)
def test_what_is_missing_is_said_at_its_field(client, plan, data, besked):
    kendt = f.OrganisationFactory()
    svar = send(client, plan, **data | ({"organisation": kendt.pk} if "organisation" in data else {}))
    assert svar.status_code == 422
    assert besked in svar.content.decode()
    assert not Part.objects.exists()
    assert Organisation.objects.count() == 1


def test_a_fault_in_the_party_leaves_no_organisation(client, plan):
    data = {"gaelder_fra": "2. januar 2026", "gaelder_til": "1. januar 2026"}
    svar = send(client, plan, ny_navn="Nordby", ny_art="kommune", **data)
    assert svar.status_code == 422
    assert "Parten ophører, før den begynder" in svar.content.decode()
    assert not Organisation.objects.exists()


def test_one_that_exists_is_offered_first(client, plan):
    kendt = f.OrganisationFactory(navn="B'32")
    svar = send(client, plan, ny_navn="b´32", ny_art="boligorganisation")
    assert svar.status_code == 422
    assert f'href="{reverse("part-opret", args=[plan.noegle])}?organisation={kendt.pk}"' in svar.content.decode()
    kode = svar.content.decode().partition('name="bekraeftede_advarsler" value="')[2].partition('"')[0]
    svar = send(client, plan, ny_navn="b´32", ny_art="boligorganisation", bekraeftede_advarsler=kode)
    assert svar.status_code == 302
    assert Organisation.objects.count() == 2
