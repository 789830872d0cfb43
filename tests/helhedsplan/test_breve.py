"""A mail server that fails: what was saved stays, and the person is told whose letter did not go."""

import socket

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import reverse

from helhedsplan import breve
from helhedsplan.models import Bruger
from status.models import Laeselink
from tests import factories as f
from tests.verden import publiceret_status, verden

NEDE = f"{__name__}.Nede"


class Nede(BaseEmailBackend):
    def send_messages(self, beskeder):
        raise ConnectionRefusedError("Connection refused")


@pytest.fixture
def uden_post(settings):
    settings.EMAIL_BACKEND = NEDE


def test_outside_a_page_the_caller_is_told(uden_post, settings):
    assert breve.send("Emne", "Brev", "en@eksempel.example") is False
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert breve.send("Emne", "Brev", "en@eksempel.example") is True
    assert [brev.to for brev in mail.outbox] == [["en@eksempel.example"]]


@pytest.mark.django_db(transaction=True)
def test_what_was_saved_stays_and_the_page_names_each_letter(client, uden_post):
    v = verden()
    status = publiceret_status(v.plan)
    ny = f.MedlemskabFactory(plan=v.plan, rolle="bestyrelse").bruger
    client.force_login(v.brugere["sekretariat"])
    url = reverse("laeselink-opret", args=[v.plan.noegle, status.noegle])
    svar = client.post(url, {"modtagere": [v.brugere["bestyrelse"].pk, ny.pk]}, follow=True)
    assert (svar.status_code, Laeselink.objects.count()) == (200, 2)
    side = svar.content.decode()
    assert "kunne ikke sendes lige nu" in side
    assert all(bruger.email in side for bruger in (v.brugere["bestyrelse"], ny))
    assert "kunne ikke sendes" not in client.get(reverse("forside")).content.decode()


@pytest.mark.django_db(transaction=True)
def test_an_invited_account_is_there_when_its_letter_is_not(client, uden_post):
    v = verden()
    client.force_login(v.brugere["leder"])
    data = {"email": "ny@eksempel.example", "navn": "Ny, Prøve", "rolle": "laeser"}
    svar = client.post(reverse("medlem-opret", args=[v.plan.noegle]), data, follow=True)
    assert svar.status_code == 200
    assert Bruger.objects.filter(email="ny@eksempel.example").exists()
    assert "Mailen til ny@eksempel.example kunne ikke sendes lige nu" in svar.content.decode()


@pytest.mark.django_db
def test_a_forgotten_password_says_so_too(client, uden_post):
    bruger = f.BrugerFactory()
    svar = client.post(reverse("account_reset_password"), {"email": bruger.email}, follow=True)
    assert svar.status_code == 200
    assert f"Mailen til {bruger.email} kunne ikke sendes lige nu" in svar.content.decode()


def test_en_stum_mailserver_forlades_og_brevet_meldes(settings):
    """It takes the call and says nothing: the page goes on, and says whose letter did not go."""
    assert settings.EMAIL_TIMEOUT == 10
    with socket.create_server(("127.0.0.1", 0)) as stum:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = stum.getsockname()
        settings.EMAIL_TIMEOUT = 0.2
        with breve.saml_usendte() as usendte:
            assert breve.send("Emne", "Brev", "anna@eksempel.example") is False
    assert usendte == ["anna@eksempel.example"]
