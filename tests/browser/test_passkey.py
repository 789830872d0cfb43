"""A passkey in a real browser, on an authenticator that the browser makes up: added by the keyboard, used to log in
without a password, as the second step, and to say once more who one is."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from helhedsplan.bekraeftelse import BEGYNDT
from tests import factories as f

ENHED = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def leder(transactional_db):
    bruger = f.MedlemskabFactory(rolle="leder").bruger
    bruger.set_password(f.ADGANGSKODE)
    bruger.save()
    return bruger


def gammel_session() -> None:
    """Everybody who is logged in has been so for long."""
    for raekke in Session.objects.all():
        session = raekke.get_session_store_class()(raekke.session_key)
        session[BEGYNDT] = 0
        session["account_authentication_methods"] = []
        session.save()


def test_a_passkey_from_the_first_to_the_last(leder, side_som, context, axe_fejl, live_server):
    side = side_som(leder)
    cdp = context.new_cdp_session(side)
    cdp.send("WebAuthn.enable")
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": ENHED})
    side.set_viewport_size({"width": 390, "height": 800})
    plan = leder.medlemskaber.get().plan

    side.goto(reverse("mfa_index"))
    side.get_by_role("link", name="Tilføj en passkey").press("Enter")
    side.get_by_label("Navn").fill("Arbejdstelefon")
    assert axe_fejl(side) == []
    side.get_by_role("button", name="Tilføj passkey").press("Enter")
    expect(side.get_by_role("heading", name="Dine reservekoder")).to_be_visible()
    side.goto(reverse("mfa_list_webauthn"))
    expect(side.get_by_text("At logge ind uden adgangskode, og som andet trin")).to_be_visible()
    assert axe_fejl(side) == []
    assert side.evaluate("document.documentElement.scrollWidth") <= 390
    assert Authenticator.objects.get(type="webauthn").wrap().name == "Arbejdstelefon"

    # Once more who one is; the page that was asked for comes after.
    gammel_session()
    side.goto(reverse("medlem-opret", args=[plan.noegle]))
    side.get_by_role("link", name="Brug din passkey i stedet").press("Enter")
    side.get_by_role("button", name="Brug din passkey").press("Enter")
    expect(side.get_by_role("heading", name="Giv en person adgang")).to_be_visible()

    # Without a password.
    context.clear_cookies()
    side.goto(f"{reverse('account_login')}?next={plan.get_absolute_url()}")
    assert axe_fejl(side) == []
    side.get_by_role("button", name="Log ind med en passkey").press("Enter")
    expect(side).to_have_url(f"{live_server.url}{plan.get_absolute_url()}")

    # As the second step.
    context.clear_cookies()
    side.goto(reverse("account_login"))
    side.get_by_label("E-mail").fill(leder.email)
    side.get_by_label("Adgangskode").fill(f.ADGANGSKODE)
    side.get_by_role("button", name="Log ind", exact=True).press("Enter")
    expect(side.get_by_role("heading", name="Brug din passkey")).to_be_visible()
    assert axe_fejl(side) == []
    side.get_by_role("button", name="Brug din passkey").press("Enter")
    expect(side.get_by_role("heading", name="Brug din passkey")).to_be_hidden()
    side.goto(reverse("profil"))
    expect(side.get_by_text("1 passkey, 10 reservekoder")).to_be_visible()

    # An authenticator that does not know the site.
    context.clear_cookies()
    side.goto(reverse("account_login"))
    cdp.send("WebAuthn.disable")
    cdp.send("WebAuthn.enable")
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": ENHED})
    side.get_by_role("button", name="Log ind med en passkey").press("Enter")
    expect(side.get_by_role("alert")).to_contain_text("Det blev ikke gjort færdigt")
