"""A login in two steps, where the installation asks those who write for it."""

import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse

from helhedsplan.rettigheder import ROLLER, SKRIVENDE
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kraeves(settings):
    settings.KRAEV_TO_TRIN = True


@pytest.fixture
def plan():
    return f.HelhedsplanFactory()


def ind(bruger) -> Client:
    klient = Client()
    klient.force_login(bruger)
    return klient


@pytest.mark.parametrize("rolle", sorted(ROLLER))
def test_it_is_asked_of_those_who_write_and_of_nobody_else(plan, rolle):
    klient = ind(f.MedlemskabFactory(plan=plan, rolle=rolle).bruger)
    svar = klient.get(plan.get_absolute_url())
    if rolle in SKRIVENDE:
        assert (svar.status_code, svar.url) == (302, reverse("mfa_index"))
    else:
        assert svar.status_code == 200
    assert SKRIVENDE == {"leder", "sekretariat", "fagcenter", "oekonomi"}  # noqa: SIM300 -- what is asked, and what it should be


def test_an_administrator_is_asked_too_and_one_who_has_it_comes_in():
    administrator = f.BrugerFactory(er_administrator=True)
    assert ind(administrator).get("/").status_code == 302
    TOTP.activate(administrator, generate_totp_secret())
    assert ind(administrator).get("/").status_code == 200


def test_the_page_says_why_and_the_way_out_is_open(plan):
    klient = ind(f.MedlemskabFactory(plan=plan, rolle="leder").bruger)
    for navn in ("logins", "sundhed", "account_logout", "account_change_password"):
        assert klient.get(reverse(navn)).status_code in {200, 503}, navn
    svar = klient.get("/", follow=True)
    assert "Din rolle kræver login i to trin" in svar.content.decode()


def test_what_was_typed_when_the_role_was_given_is_not_lost(plan):
    bruger = f.MedlemskabFactory(plan=plan, rolle="leder").bruger
    svar = ind(bruger).post(reverse("bilag-opret", args=[plan.noegle]), {"titel": "Skrevet forinden"})
    assert (svar.status_code, 'value="Skrevet forinden"' in svar.content.decode()) == (403, True)


def test_nobody_is_asked_where_the_installation_does_not(plan, settings):
    settings.KRAEV_TO_TRIN = False
    assert ind(f.MedlemskabFactory(plan=plan, rolle="leder").bruger).get(plan.get_absolute_url()).status_code == 200


def test_a_plan_may_ask_on_its_own_and_leads_there_and_back(plan, settings):
    settings.KRAEV_TO_TRIN = False
    leder = f.MedlemskabFactory(plan=plan, rolle="leder").bruger
    anden = f.MedlemskabFactory(bruger=leder, rolle="leder").plan
    klient, laeser = ind(leder), ind(f.MedlemskabFactory(plan=plan, rolle="observatoer").bruger)
    side = klient.get(reverse("plan-to-trin", args=[plan.noegle])).content.decode()
    version = re.search(r'name="version" value="(\d+)"', side)[1]
    krav = {"version": version, "kraever_to_trin": "on"}
    assert (
        ind(f.MedlemskabFactory(plan=plan, rolle="sekretariat").bruger)
        .post(reverse("plan-to-trin", args=[plan.noegle]), krav)
        .status_code
        == 403
    )
    assert klient.post(reverse("plan-to-trin", args=[plan.noegle]), krav).status_code == 302
    sti = reverse("samarbejdsaftale-vis", args=[plan.noegle])
    assert klient.get(sti).url == reverse("mfa_index")
    assert (klient.get(anden.get_absolute_url()).status_code, laeser.get(sti).status_code) == (200, 200)
    svar = klient.post(reverse("bilag-opret", args=[plan.noegle]), {"titel": "Skrevet forinden"})
    assert (svar.status_code, 'value="Skrevet forinden"' in svar.content.decode()) == (403, True)
    assert "Gå videre" not in klient.get(reverse("mfa_index")).content.decode()
    TOTP.activate(leder, generate_totp_secret())
    assert f'href="{sti}">Gå videre' in klient.get(reverse("mfa_index")).content.decode()
    assert klient.get(sti).status_code == 200
    assert "Gå videre" not in klient.get(reverse("mfa_index")).content.decode()
    assert "en godkendelsesapp" in klient.get(reverse("profil")).content.decode()
