"""A person's own page: what it shows, what it keeps, and that nobody else is touched."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from helhedsplan.choices import Mailvalg
from helhedsplan.models import Bruger, Haendelse
from tests import factories as f

DATA = {
    "navn": "Anna Prøve",
    "titel": "Sekretær",
    "mail_moeder": "daglig",
    "mail_spoergsmaal": "aldrig",
    "mail_papirer": "straks",
    "mail_adgang": "aldrig",
    "mail_frister": "aldrig",
}


@pytest.fixture
def anna(client, db):
    bruger = f.BrugerFactory(navn="Anna Prove", email="anna@eksempel.example")
    client.force_login(bruger)
    return bruger


def test_a_new_account_hears_at_once_and_of_deadlines_once_a_day(db):
    ny = f.BrugerFactory()
    assert [getattr(ny, felt) for felt in Bruger.MAILFELTER] == ["straks"] * 4 + ["daglig"]


def test_it_shows_the_address_and_the_ways_to_change_it(client, anna):
    html = client.get(reverse("profil")).content.decode()
    assert "anna@eksempel.example" in html
    for navn in ("account_email", "account_change_password", "mfa_index"):
        assert f'href="{reverse(navn)}"' in html
    assert html.count('type="radio"') == 4 * 3 + 2  # deadlines are never told of at once
    assert f'href="{reverse("profil")}"' in client.get("/").content.decode()


def test_the_choices_are_kept_and_logged_and_nobody_elses_are_touched(client, anna):
    anden = f.BrugerFactory()
    svar = client.post(
        reverse("profil"), DATA | {"version": anna.version, "email": "ny@eksempel.example", "pk": anden.pk}
    )
    assert (svar.status_code, svar.url) == (302, reverse("profil"))
    anna.refresh_from_db()
    assert {felt: getattr(anna, felt) for felt in DATA} == DATA
    assert anna.email == "anna@eksempel.example"
    assert (Bruger.objects.get(pk=anden.pk).navn, Bruger.objects.get(pk=anden.pk).mail_moeder) == (anden.navn, "straks")
    [haendelse] = Haendelse.objects.om(anna)
    assert {a["felt"] for a in haendelse.aendringer} == set(DATA) - {"mail_papirer"}


@pytest.mark.parametrize(
    ("galt", "besked"),
    [
        ({"navn": "  "}, "Udfyld feltet"),
        ({"navn": "010180-1234"}, "CPR-nummer"),
        ({"mail_frister": "straks"}, "Det valgte findes ikke længere"),
        ({"mail_moeder": ""}, "Vælg en mulighed"),
    ],
)
def test_what_cannot_be_is_told_at_the_field_and_the_rest_is_kept(client, anna, galt, besked):
    svar = client.post(reverse("profil"), DATA | {"titel": "Skrevet titel", "version": anna.version} | galt)
    assert (svar.status_code, besked in svar.content.decode()) == (422, True)
    assert "Skrevet titel" in svar.content.decode()
    assert Bruger.objects.get(pk=anna.pk).titel == anna.titel


def test_two_tabs_meet(client, anna):
    client.post(reverse("profil"), DATA | {"version": anna.version})
    svar = client.post(reverse("profil"), DATA | {"titel": "En anden", "version": anna.version})
    assert svar.status_code == 409


def test_the_database_holds_only_known_choices(db):
    bruger = f.BrugerFactory()
    for felt, vaerdi in (("mail_moeder", "nu"), ("mail_frister", Mailvalg.STRAKS)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Bruger.objects.filter(pk=bruger.pk).update(**{felt: vaerdi})
