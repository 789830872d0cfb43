"""Where a person is logged in, and out everywhere with one press."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from helhedsplan.konto import _browser, log_ud
from tests.factories import ADGANGSKODE, BrugerFactory

pytestmark = pytest.mark.django_db
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36"
)
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Safari/604.1"


def log_ind(bruger, kalder_sig: str = CHROME, adresse: str = "192.0.2.7") -> Client:
    klient = Client(headers={"user-agent": kalder_sig}, REMOTE_ADDR=adresse)
    svar = klient.post(reverse("account_login"), {"login": bruger.email, "password": ADGANGSKODE})
    assert svar.status_code == 302
    return klient


def er_inde(klient) -> bool:
    return klient.get(reverse("profil")).status_code == 200


@pytest.fixture
def bruger():
    return BrugerFactory()


def test_each_place_is_told_with_browser_and_address(bruger):
    hjemme, paa_vejen = log_ind(bruger), log_ind(bruger, SAFARI, "2001:db8::1")
    html = hjemme.get(reverse("logins")).content.decode()
    assert html.count("Chrome på Windows <strong>(her)</strong>") == 1
    for tekst in ("Safari på iPhone</td>", "2001:db8::1", "192.0.2.7"):
        assert tekst in html
    assert f'href="{reverse("logins")}"' in paa_vejen.get(reverse("profil")).content.decode()


@pytest.mark.parametrize(
    ("kalder_sig", "ventet"),
    [
        (CHROME + " Edg/141.0", "Edge på Windows"),
        ("curl/8", "Ukendt browser"),
        ("", "Ukendt browser"),
        ("Android", "Android"),
    ],
)
def test_a_browser_is_called_what_people_call_it(kalder_sig, ventet):
    assert _browser(kalder_sig) == ventet


def test_out_of_all_other_places_and_nobody_else_is(bruger):
    her, andre = log_ind(bruger), [log_ind(bruger) for _ in range(2)]
    fremmed = log_ind(BrugerFactory())
    svar = her.post(reverse("logins"), {"hvor": "andre"}, follow=True)
    assert "Du er logget ud 2 andre steder." in svar.content.decode()
    assert [er_inde(klient) for klient in (her, *andre, fremmed)] == [True, False, False, True]
    assert UserSession.objects.filter(user=bruger).count() == 1


def test_out_everywhere_is_out_here_too(bruger):
    her, anden = log_ind(bruger), log_ind(bruger)
    svar = her.post(reverse("logins"), {"hvor": "overalt"})
    assert (svar.status_code, svar.url) == (302, reverse("account_login"))
    assert [er_inde(her), er_inde(anden)] == [False, False]
    assert log_ud(bruger=bruger) == 0


def test_a_login_without_an_address_is_one(bruger):
    """Through a socket there is none."""
    assert er_inde(log_ind(bruger, adresse=""))


def test_what_is_kept_of_a_session_goes_with_it(bruger):
    her, gammel = log_ind(bruger), log_ind(bruger, SAFARI)
    noegle = gammel.session.session_key
    Session.objects.filter(session_key=noegle).update(expire_date=timezone.now() - timedelta(hours=1))
    assert "Safari på iPhone" not in her.get(reverse("logins")).content.decode()
    call_command("daglig")
    assert [s.session_key for s in UserSession.objects.all()] == [her.session.session_key]
    assert er_inde(her)
