"""A member answers the minutes on a phone, and a secretary puts the agenda in order with the keyboard."""

import pytest
from django.urls import reverse
from django.utils import timezone

from moeder.actions import moedepapir as handlinger
from moeder.actions.moedepapir import Forsendelse
from moeder.models import Referatgodkendelse
from tests import factories as f
from tests.verden import verden

TELEFON = {"width": 390, "height": 844}


@pytest.fixture
def v(transactional_db):
    return verden()


@pytest.fixture
def moede(v):
    side = f.BestyrelsessideFactory(plan=v.plan)
    f.BestyrelsesmedlemFactory(side=side, bruger=v.brugere["bestyrelse"], navn="Medlem A, Prøve")
    moede = f.MoedeFactory(plan=v.plan, dato=timezone.localdate())
    f.DagsordenspunktFactory(moede=moede, titel="Nyt fra området", referat="Formanden bød velkommen.")
    f.DagsordenspunktFactory(moede=moede, titel="Eventuelt")
    return moede


def test_a_member_approves_the_minutes_on_a_phone(side_som, v, moede, axe_fejl):
    sekretaer = v.brugere["sekretariat"]
    handlinger.send_dagsorden(bruger=sekretaer, moede=moede, version=None, til=Forsendelse())
    handlinger.hold(bruger=sekretaer, moede=moede)
    handlinger.send_referat(bruger=sekretaer, moede=moede, version=None, til=Forsendelse())
    page = side_som(v.brugere["bestyrelse"])
    page.set_viewport_size(TELEFON)
    page.goto(moede.get_absolute_url())
    assert axe_fejl(page) == []
    page.get_by_role("link", name="Tag stilling til referatet").click()
    assert "Formanden bød velkommen." in page.locator("article").inner_text()
    assert axe_fejl(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == TELEFON["width"]
    page.get_by_role("button", name="Godkend referatet").click()
    page.get_by_text("Alle har svaret.").wait_for()
    assert page.get_by_role("button", name="Godkend referatet").count() == 0
    assert Referatgodkendelse.objects.get().godkendt is True


def test_the_agenda_is_put_in_order_with_the_keyboard_and_sent(side_som, v, moede, axe_fejl):
    page = side_som(v.brugere["sekretariat"])
    page.goto(moede.get_absolute_url())
    assert axe_fejl(page) == []
    page.get_by_role("button", name="Flyt op: Eventuelt").press("Enter")
    page.wait_for_url("**#punkt-*")
    assert list(moede.punkter.values_list("titel", flat=True)) == ["Eventuelt", "Nyt fra området"]
    page.get_by_role("link", name="Send dagsordenen").click()
    assert axe_fejl(page) == []
    page.get_by_role("button", name="Send dagsordenen").click()
    page.get_by_role("link", name="Nummer 1, PDF").wait_for()
    assert moede.papirer.get().art == "dagsorden"
    page.goto(reverse("moede-liste", args=[v.plan.noegle]))
    assert axe_fejl(page) == []
