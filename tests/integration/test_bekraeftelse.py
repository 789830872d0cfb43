"""Who has been logged in for a while says once more that it is him before he gives rights, takes a plan out or signs;
and nothing that he typed is lost, nothing half-written."""

import time
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import get_resolver, reverse

from aftaler.models import Medlemskab
from helhedsplan.bekraeftelse import BEGYNDT, KRAEVER, UDEN_KODE
from tests import factories as f

pytestmark = pytest.mark.django_db


def lad_tiden_gaa(client, **hvor_laenge) -> None:
    """The session was begun, and who it is said, so long ago."""
    siden = time.time() - timedelta(**hvor_laenge).total_seconds()
    session = client.session
    session[BEGYNDT] = siden
    for gang in session.get("account_authentication_methods", []):
        gang["at"] = siden
    session.save()


@pytest.fixture
def leder():
    bruger = f.MedlemskabFactory(rolle="leder").bruger
    bruger.set_password(f.ADGANGSKODE)
    bruger.save()
    return bruger


@pytest.fixture
def plan(leder):
    return leder.medlemskaber.get().plan


def bekraeft(client, url: str):
    """Says by the password who it is, where the page sends it."""
    assert client.get(url).status_code == 200
    return client.post(url, {"password": f.ADGANGSKODE, "next": url.partition("next=")[2].replace("%2F", "/")})


def test_the_form_is_asked_for_and_comes_after_the_password(client, leder, plan):
    sti = reverse("medlem-opret", args=[plan.noegle])
    client.force_login(leder)
    assert client.get(sti).status_code == 200  # a few minutes' grace
    lad_tiden_gaa(client, minutes=9)
    assert client.get(sti).status_code == 200
    lad_tiden_gaa(client, minutes=11)
    svar = client.get(sti)
    assert (svar.status_code, svar.url.partition("?")[0]) == (302, reverse("account_reauthenticate"))
    assert client.post(svar.url, {"password": "forkert"}).status_code == 200
    assert client.get(sti).status_code == 302
    assert bekraeft(client, svar.url).url == sti
    assert client.get(sti).status_code == 200
    assert client.get(plan.get_absolute_url()).status_code == 200


def test_what_was_typed_too_late_is_kept_and_sent_again_and_nothing_is_written_before(client, leder, plan):
    sti = reverse("medlem-opret", args=[plan.noegle])
    typet = {"email": "ny@example.dk", "navn": "Ny Læser", "rolle": "observatoer"}
    client.force_login(leder)
    lad_tiden_gaa(client, minutes=11)
    svar = client.post(sti, typet)
    html = svar.content.decode()
    assert (svar.status_code, Medlemskab.objects.count()) == (403, 1)
    assert all(f'name="{navn}" value="{v}"' in html for navn, v in typet.items())
    vej = svar.context["bekraeft"]
    assert f'href="{vej}"' in html.replace("&amp;", "&")
    assert "Send igen" in client.get(bekraeft(client, vej).url).content.decode()
    assert client.post(sti, typet).status_code == 302
    assert Medlemskab.objects.filter(bruger__email="ny@example.dk", rolle="observatoer").exists()
    lad_tiden_gaa(client, hours=3)
    slet = reverse("medlem-slet", args=[plan.noegle, Medlemskab.objects.last().pk])
    assert (client.post(slet).status_code, Medlemskab.objects.count()) == (403, 2)


def test_a_plan_file_is_handed_out_by_a_page_after_the_code(client, leder, plan):
    TOTP.activate(leder, generate_totp_secret())
    leder.set_unusable_password()
    leder.save()
    client.force_login(leder)
    lad_tiden_gaa(client, hours=1)
    svar = client.get(reverse("plan-fil", args=[plan.noegle]))
    assert svar.url.startswith(reverse("mfa_reauthenticate"))
    fil = reverse("plan-fil", args=[plan.noegle])
    html = client.get(reverse("bekraeftet"), {"fil": fil}).content.decode()
    assert f'href="{fil}"' in html
    for fremmed in ("https://example.com/", "//example.com/", "javascript:alert(1)", "\\\\example.com"):
        assert "Hent filen" not in client.get(reverse("bekraeftet"), {"fil": fremmed}).content.decode(), fremmed


def test_one_without_any_way_is_told_so_and_the_list_names_pages_that_there_are(client, leder, plan):
    leder.set_unusable_password()
    leder.save()
    client.force_login(leder)
    lad_tiden_gaa(client, hours=1)
    svar = client.get(reverse("plan-fil", args=[plan.noegle]))
    assert (svar.status_code, "Vælg en adgangskode" in svar.content.decode()) == (403, True)
    assert not (KRAEVER | UDEN_KODE) - {navn for navn in get_resolver().reverse_dict if isinstance(navn, str)}


def test_every_page_that_changes_members_asks():
    navne = {navn for navn in get_resolver().reverse_dict if isinstance(navn, str) and navn.startswith("medlem-")}
    assert navne <= KRAEVER
