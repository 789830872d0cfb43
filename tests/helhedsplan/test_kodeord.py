"""Long passwords that anybody would try, and those that nobody would."""

import pytest
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests import factories as f


@pytest.mark.parametrize(
    "kodeord",
    [
        "passwordpassword", "PasswordPassword", "password password", "aaaaaaaaaaaaaaaa", "abababababab", "111111111111",
        "123456789012", "012345678901", "987654321098", "qwertyuiopasdf", "QwertyuiopAsdfghjkl", "abcdefghijklm",
        "mlkjihgfedcba", "hemmelighemmelig", "boligboligbolig", "password1234!!", "!!password2026", "1234password1234",
        "12345678abcdefgh", "sommersommer",
    ],
)  # fmt: skip
def test_long_and_silly_is_refused(kodeord):
    assert len(kodeord) >= 12
    with pytest.raises(ValidationError):
        validate_password(kodeord)


@pytest.mark.parametrize(
    "kodeord",
    [
        "fire tilfældige ord her", "korrekt hest batteri klamme", "Xk9!vQ2#mP7z", "årsmøde på Gildbroskolen",
        "en to tre fire", "demo-helhedsplan", "en lang sætning om 1234 boliger", "qwerty er ikke mit kodeord",
    ],
)  # fmt: skip
def test_what_nobody_would_try_is_taken(kodeord):
    validate_password(kodeord)


@pytest.mark.django_db
def test_the_page_says_why_at_the_field_and_how_to_do_it(client):
    bruger = f.BrugerFactory()
    bruger.set_password("et langt kodeord til prøve")
    bruger.save()
    client.force_login(bruger)
    data = {
        "oldpassword": "et langt kodeord til prøve",
        "password1": "passwordpassword",
        "password2": "passwordpassword",
    }
    side = client.post(reverse("account_change_password"), data).content.decode()
    assert "Kodeordet gentager sig selv." in side
    assert any("fire tilfældige ord" in tekst for tekst in password_validators_help_texts())
