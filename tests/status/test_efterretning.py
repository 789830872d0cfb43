"""Taking note of a status from the reading link, where the plan's rules allow it."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from helhedsplan.models import Haendelse
from status.models import Laest
from tests import factories as f
from tests.verden import publiceret_status, verden

NOEGLE = "efterretning_i_laeselink"


@pytest.fixture
def v(db):
    return verden()


def regel(v, vaerdi):
    f.RegelparameterFactory(regelsaet=v.plan.regelsaet, noegle=NOEGLE, vaerdi=vaerdi)


@pytest.fixture
def status(v):
    return publiceret_status(v.plan)


@pytest.fixture
def aabn(v, status, client):
    """A member of the board has opened the link that he was sent."""

    def gaa():
        client.force_login(v.brugere["sekretariat"])
        url = reverse("laeselink-opret", args=[v.plan.noegle, status.noegle])
        client.post(url, {"modtagere": [v.brugere["bestyrelse"].pk]})
        client.logout()
        return client.post(re.search(r"http://[^/]+(/laes/\S+)", mail.outbox[-1].body)[1], follow=True)

    return gaa


SIG = reverse("laesning-efterretning")


def test_one_button_once_with_its_time_in_the_log_and_to_the_secretariat(client, v, status, aabn):
    regel(v, 1)
    assert "Tag til efterretning" in aabn().content.decode()
    assert Laest.objects.get().efterretning is None
    for _ in range(2):
        svar = client.post(SIG, follow=True)
        assert svar.redirect_chain == [(reverse("laesning-vis"), 302)]
    side = svar.content.decode()
    assert ("Du tog statussen til efterretning" in side, "Tag til efterretning</button>" in side) == (True, False)
    laesning = Laest.objects.get()
    assert (laesning.bruger, laesning.efterretning is not None) == (v.brugere["bestyrelse"], True)
    log = Haendelse.objects.filter(objekt_type="bestyrelse.laest").order_by("nummer")
    assert list(log.values_list("handling", flat=True)) == ["læst", "taget til efterretning"]
    client.force_login(v.brugere["sekretariat"])
    assert "taget til efterretning" in client.get(status.get_absolute_url()).content.decode()


@pytest.mark.parametrize("vaerdi", [0, None])
def test_where_the_rules_do_not_allow_it_there_is_no_button_and_a_post_is_refused(client, v, aabn, vaerdi):
    if vaerdi is not None:
        regel(v, vaerdi)
    assert "Tag til efterretning" not in aabn().content.decode()
    assert client.post(SIG).status_code == 403
    assert Laest.objects.get().efterretning is None


def test_a_plan_may_decide_otherwise(client, v, aabn):
    regel(v, 1)
    f.PlanparameterFactory(plan=v.plan, noegle=NOEGLE, vaerdi=0, regelparameter=None)
    aabn()
    assert client.post(SIG).status_code == 403


def test_without_an_opened_link_nothing_is_said(client, v):
    regel(v, 1)
    assert client.post(SIG).status_code == 403
    client.force_login(v.brugere["bestyrelse"])
    assert (client.post(SIG).status_code, client.get(SIG).status_code) == (403, 405)
    assert Laest.objects.count() == 0


def test_one_who_has_left_and_a_withdrawn_status_are_refused(client, v, status, aabn):
    regel(v, 1)
    aabn()
    type(status).objects.update(tilstand="trukket", trukket_den=status.publiceret_den, trukket_grund="Fejl")
    assert "Tag til efterretning" not in client.get(reverse("laesning-vis")).content.decode()
    assert client.post(SIG).status_code == 410
    type(status).objects.update(tilstand="publiceret", trukket_den=None, trukket_grund="")
    v.plan.medlemskaber.filter(rolle="bestyrelse").delete()
    assert client.post(SIG).status_code == 403
    assert Laest.objects.get().efterretning is None
