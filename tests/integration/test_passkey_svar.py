"""What a browser sends as a passkey is read as what anybody may have written."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from helhedsplan.settings import passkey_domaene  # noqa: TID251 -- the reader, not a value
from tests import factories as f

pytestmark = pytest.mark.django_db

SVAR = {
    "id": "AAAA", "rawId": "AAAA", "type": "public-key", "clientExtensionResults": {},
    "response": {"clientDataJSON": "e30", "authenticatorData": "AAAA", "signature": "AAAA", "userHandle": "MQ"},
}  # fmt: skip
SKAEVE = [
    "", "x", "null", "[]", "{}", "5", '"x"', "[[[[]]]]", '{"response": 5}', '{"response": {}}', "9" * 40, "[" * 100_000,
    json.dumps(SVAR), json.dumps(SVAR | {"response": None}), json.dumps(SVAR | {"rawId": "å", "id": None}),
    json.dumps(SVAR | {"response": SVAR["response"] | {"userHandle": None}}),
    json.dumps(SVAR | {"response": SVAR["response"] | {"userHandle": "_____w"}}),
    json.dumps(SVAR | {"response": SVAR["response"] | {"userHandle": 7, "authenticatorData": "A" * 200}}),
    json.dumps(SVAR | {"response": SVAR["response"] | {"attestationObject": "o2NmbXRk"}}),
]  # fmt: skip


def test_no_answer_of_a_browser_is_more_than_a_message(client, settings):
    settings.MFA_RATE_LIMITS = False
    bruger = f.BrugerFactory(pk=1)  # "MQ" says so
    Authenticator.objects.create(user=bruger, type="webauthn", data={"name": "x", "credential": {}})
    for svar in SKAEVE:
        client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})
        kom = client.post(reverse("mfa_login_webauthn"), {"credential": svar})
        assert (kom.status_code, kom.url) == (302, reverse("account_login")), svar
    Authenticator.objects.all().delete()
    client.force_login(bruger)
    for svar in SKAEVE:
        client.get(reverse("mfa_add_webauthn"))
        assert client.post(reverse("mfa_add_webauthn"), {"credential": svar, "name": "Min nøgle"}).status_code == 200, (
            svar
        )
    for svar in SKAEVE:
        assert client.post(reverse("mfa_add_webauthn"), {"credential": svar, "name": "0102031234"}).status_code == 200
    assert not Authenticator.objects.exists()


def test_passkeys_belong_to_the_sites_own_name_and_never_to_an_address_of_digits():
    for adresse, navn in {
        "https://helhedsplan.example.dk": "helhedsplan.example.dk",
        "https://plan.example.dk:8443": "plan.example.dk",
        "http://127.0.0.1:8000": "localhost",
        "http://[::1]:8000": "localhost",
    }.items():
        assert passkey_domaene(adresse) == navn


def test_a_passkey_that_does_not_fit_is_tried_again_at_the_same_place(client):
    bruger = f.BrugerFactory()
    Authenticator.objects.create(user=bruger, type="webauthn", data={"name": "x", "credential": {}})
    client.force_login(bruger)
    sti = f"{reverse('mfa_reauthenticate_webauthn')}?next=/profil/"
    svar = client.post(sti, {"credential": "x", "next": "/profil/"})
    assert (svar.status_code, svar.url) == (302, sti)


def test_who_tries_too_often_is_told_to_wait_in_danish(client):
    svar = [client.post(reverse("mfa_login_webauthn"), {"credential": "x"}) for _ in range(11)][-1]
    assert (svar.status_code, "Vent et minut" in svar.content.decode()) == (429, True)
