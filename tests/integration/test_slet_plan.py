"""A plan is put away, or deleted when nothing of it has been given to anybody."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from aftaler.models import Helhedsplan
from dokumenter.actions.udgave import frys
from dokumenter.models import Pakke
from helhedsplan.models import Haendelse
from helhedsplan.rettigheder import PROGRAMMET
from kalender.actions.paamindelse import find_breve
from tests import factories as f
from tests.moeder.afstemningsdata import en_bestyrelse
from tests.verden import verden

pytestmark = pytest.mark.django_db


def adresse(plan, navn="plan-slet"):
    return reverse(navn, args=[plan.noegle])


@pytest.fixture
def v(client):
    """A full plan that nothing of has been given to anybody."""
    v = verden()
    client.force_login(v.brugere["leder"])
    return v


def test_a_full_plan_is_deleted_with_all_that_is_in_it_and_nothing_else(client, db):
    f.HelhedsplanFactory()
    v = verden()
    client.force_login(v.brugere["leder"])
    Pakke._base_manager.filter(plan=v.plan).delete()
    en_bestyrelse(v.plan, tilstand="planlagt")
    f.DagsordenspunktFactory(moede=v.plan.moeder.get())
    f.StatuslinjeFactory(status=f.KvartalsstatusFactory(plan=v.plan))
    f.GruppeFactory(plan=v.plan, over=f.GruppeFactory(plan=v.plan))
    anden = f.DelmaalFactory().delaftale.plan
    assert client.post(adresse(v.plan), {"navn": "noget andet"}).status_code == 422
    assert Helhedsplan.objects.filter(pk=v.plan.pk).exists()
    svar = client.post(adresse(v.plan), {"navn": v.plan.navn.upper()})
    assert svar.status_code == 302, re.findall(r"<li>(.*?)</li>", svar.content.decode())[-6:]
    assert not Helhedsplan.objects.filter(pk=v.plan.pk).exists()
    assert anden.delaftaler.get().delmaal.exists()
    assert v.plan.forgaenger.delaftaler.exists()
    assert Haendelse.objects.filter(kaede=v.plan.noegle, handling="slettet", objekt_type="aftaler.helhedsplan").exists()


@pytest.mark.parametrize("rolle", ["sekretariat", "bestyrelse", "observatoer"])
def test_only_a_leader_may(client, v, rolle):
    client.force_login(v.brugere[rolle])
    assert client.post(adresse(v.plan), {"navn": v.plan.navn}).status_code == 403
    assert client.post(adresse(v.plan, "plan-arkiver"), {"ja": "1"}).status_code == 403


def test_what_is_frozen_published_or_goes_on_from_it_stands_in_the_way(client, v):
    frys(bruger=PROGRAMMET, plan=v.plan, art="samarbejdsaftale", uskrevet="Skrives senere.")
    f.KvartalsstatusFactory(plan=v.plan, er_publiceret=True)
    f.MoedeFactory(plan=v.plan, tilstand="holdt")
    side = client.get(adresse(v.plan)).content.decode()
    for hvad in ("1 frossen udgave", "1 udgivet status", "1 møde, der er indkaldt til eller holdt"):
        assert hvad in side
    assert client.post(adresse(v.plan), {"navn": v.plan.navn}).status_code == 422
    assert Helhedsplan.objects.filter(pk=v.plan.pk).exists()
    forgaenger = v.plan.forgaenger
    f.MedlemskabFactory(plan=forgaenger, bruger=v.brugere["leder"], rolle="leder")
    assert f"planen »{v.plan}«, der kommer efter den" in client.get(adresse(forgaenger)).content.decode()


def test_archived_it_stands_apart_and_is_read_as_before(client, v):
    assert client.post(adresse(v.plan, "plan-arkiver"), {"ja": "1"}).status_code == 302
    forside = client.get(reverse("forside"))
    assert v.plan not in [raekke.record for raekke in forside.context["tabel"].rows]
    assert v.plan in forside.context["arkiverede"]
    assert client.get(v.plan.get_absolute_url()).status_code == 200
    client.post(adresse(v.plan, "plan-arkiver"), {"ja": "0"})
    assert client.get(reverse("forside")).context["arkiverede"] == []


def test_no_reminders_of_an_archived_plan(v):
    Helhedsplan.objects.filter(pk=v.plan.pk).update(fase="i_gang")

    def med_breve():
        return {linje.plan.pk for brev in find_breve(timezone.localdate()) for linje in brev.linjer}

    assert v.plan.pk in med_breve()
    Helhedsplan.objects.filter(pk=v.plan.pk).update(arkiveret="2026-01-01")
    assert v.plan.pk not in med_breve()


@pytest.mark.parametrize(
    "goer",
    [
        lambda plan: f.KvartalsstatusFactory(plan=plan, er_publiceret=True),
        lambda plan: f.MoedeFactory(plan=plan, tilstand="indkaldt"),
        lambda plan: f.HelhedsplanFactory(forgaenger=plan),
    ],
)
def test_one_thing_is_enough(client, goer):
    medlemskab = f.MedlemskabFactory(rolle="leder")
    plan = medlemskab.plan
    client.force_login(medlemskab.bruger)
    goer(plan)
    assert client.post(adresse(plan), {"navn": plan.navn}).status_code == 422
    assert Helhedsplan.objects.filter(pk=plan.pk).exists()
