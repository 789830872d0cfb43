"""The account pages: every one opens, says in Danish what it is, and holds what it is there for."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.urls import reverse

from tests.factories import ADGANGSKODE, BrugerFactory

pytestmark = pytest.mark.django_db


def overskrift(response):
    return re.search(r"<h1>([^<]*)</h1>", response.content.decode())[1]


@pytest.fixture
def bruger():
    bruger = BrugerFactory()
    EmailAddress.objects.create(user=bruger, email=bruger.email, primary=True, verified=True)
    return bruger


@pytest.fixture
def logget_ind(client, bruger):
    client.post(reverse("account_login"), {"login": bruger.email, "password": ADGANGSKODE})
    return client


def log_ind_i_to_trin(client, bruger):
    """Log in with password and code; the answer is the page that asked for the code."""
    noegle = generate_totp_secret()
    TOTP.activate(bruger, noegle)
    RecoveryCodes.activate(bruger).mark_as_viewed()  # a first look would write, and it is by GET
    svar = client.post(reverse("account_login"), {"login": bruger.email, "password": ADGANGSKODE}, follow=True)
    kode = format_hotp_value(hotp_value(noegle, next(yield_hotp_counters_from_time())))
    client.post(reverse("mfa_authenticate"), {"code": kode})
    return svar


@pytest.mark.parametrize(
    ("side", "forventet"),
    [
        ("account_login", "Log ind"),
        ("account_signup", "Konti oprettes for dig"),
        ("account_inactive", "Kontoen er lukket"),
        ("account_reset_password", "Glemt adgangskode"),
        ("account_reset_password_done", "Se efter i din indbakke"),
        ("account_reset_password_from_key_done", "Adgangskoden er skiftet"),
        ("account_email_verification_sent", "Bekræft din e-mail"),
    ],
)
def test_sider_uden_login(client, side, forventet):
    assert overskrift(client.get(reverse(side))) == forventet


@pytest.mark.parametrize(
    ("side", "forventet"),
    [
        ("account_logout", "Log ud"),
        ("account_change_password", "Skift adgangskode"),
        ("account_email", "Skift e-mail"),
        ("account_reauthenticate", "Bekræft, at det er dig"),
        ("mfa_index", "Login i to trin"),
        ("mfa_activate_totp", "Slå login i to trin til"),
    ],
)
def test_sider_med_login(logget_ind, side, forventet):
    logget_ind.post(reverse("account_reauthenticate"), {"password": ADGANGSKODE})
    assert overskrift(logget_ind.get(reverse(side))) == forventet


@pytest.mark.parametrize(
    ("side", "forventet"),
    [
        ("mfa_index", "Login i to trin"),
        ("mfa_deactivate_totp", "Slå login i to trin fra"),
        ("mfa_view_recovery_codes", "Dine reservekoder"),
        ("mfa_generate_recovery_codes", "Lav nye reservekoder"),
    ],
)
def test_sider_med_login_i_to_trin(client, bruger, side, forventet):
    log_ind_i_to_trin(client, bruger)
    client.post(reverse("account_reauthenticate"), {"password": ADGANGSKODE})
    assert overskrift(client.get(reverse(side))) == forventet


def test_forkert_adgangskode_siges_i_oversigten(client, bruger):
    html = client.post(reverse("account_login"), {"login": bruger.email, "password": "forkert"}).content.decode()

    assert 'data-module="error-summary"' in html
    assert f'value="{bruger.email}"' in html


def test_login_i_to_trin(client, bruger):
    assert overskrift(log_ind_i_to_trin(client, bruger)) == "Skriv din kode"
    assert client.session["_auth_user_id"] == str(bruger.pk)


def test_kode_bekraefter_ogsaa_at_det_er_dig(client, bruger):
    log_ind_i_to_trin(client, bruger)
    assert overskrift(client.get(reverse("mfa_reauthenticate"))) == "Bekræft, at det er dig"


def test_glemt_adgangskode_hele_vejen(client, bruger):
    client.post(reverse("account_reset_password"), {"email": bruger.email})
    (brev,) = mail.outbox
    assert brev.subject == "Helhedsplan: Vælg en ny adgangskode"
    link = re.search(r"http://testserver(\S+)", brev.body)[1]
    svar = client.get(link, follow=True)
    assert overskrift(svar) == "Vælg en ny adgangskode"

    ny = "en-helt-anden-kode"
    client.post(svar.request["PATH_INFO"], {"password1": ny, "password2": ny})
    bruger.refresh_from_db()
    assert bruger.check_password(ny)
    assert overskrift(client.get(link, follow=True)) == "Linket virker ikke længere"


def test_glemt_adgangskode_til_ukendt_konto(client):
    """The page answers as it does for a known account; only the owner of the mailbox learns that there is none."""
    svar = client.post(reverse("account_reset_password"), {"email": "ukendt@eksempel.example"}, follow=True)

    assert overskrift(svar) == "Se efter i din indbakke"
    assert [brev.subject for brev in mail.outbox] == ["Helhedsplan: Der er ingen konto med denne e-mail"]
    assert "signup" not in mail.outbox[0].body


def test_skift_af_adgangskode_siges(logget_ind):
    ny = "en-helt-anden-kode"
    data = {"oldpassword": ADGANGSKODE, "password1": ny, "password2": ny}
    svar = logget_ind.post(reverse("account_change_password"), data, follow=True)

    assert [str(besked) for besked in svar.context["messages"]] == ["Adgangskoden er skiftet."]


def test_skift_af_email(logget_ind, bruger):
    logget_ind.post(reverse("account_email"), {"action_add": "", "email": "ny@eksempel.example"})
    html = logget_ind.get(reverse("account_email")).content.decode()
    assert "Du er ved at skifte til ny@eksempel.example." in html

    link = re.search(r"http://testserver(\S+)", mail.outbox[-1].body)[1]
    assert "Er ny@eksempel.example din e-mail?" in logget_ind.get(link).content.decode()
    logget_ind.post(link)
    bruger.refresh_from_db()
    assert bruger.email == "ny@eksempel.example"


def test_forkert_link_i_bekraeftelse(client):
    html = client.get(reverse("account_confirm_email", args=["forkert"])).content.decode()
    assert "Linket virker ikke længere." in html
