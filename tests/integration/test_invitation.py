"""A leader gives access: to one with an account, and to one who must first choose a password."""

import re

import pytest
from django.urls import reverse

from aftaler.forms.plan import MedlemForm
from aftaler.models import Medlemskab
from helhedsplan.models import Bruger, Haendelse
from helhedsplan.rettigheder import ROLLEVALG
from tests.factories import BrugerFactory
from tests.verden import verden


@pytest.fixture
def v(db, client):
    fundet = verden()
    client.force_login(fundet.brugere["leder"])
    return fundet


def giv_adgang(client, v, **felter):
    return client.post(reverse("medlem-opret", args=[v.plan.noegle]), {"rolle": "bestyrelse", "navn": "", **felter})


def test_one_with_an_account_gets_the_role_and_is_told_but_not_invited(client, v, mailoutbox):
    """A notice that leads to the plan; nothing to choose a password by."""
    bruger = BrugerFactory(email="velfaerd@kommune.example")
    assert giv_adgang(client, v, email="Velfaerd@Kommune.example").status_code == 302
    assert Medlemskab.objects.get(plan=v.plan, bruger=bruger).rolle == "bestyrelse"
    [brev] = mailoutbox
    assert (brev.to, brev.subject) == ([bruger.email], "Helhedsplan: Du har fået adgang som bestyrelse")
    assert v.plan.get_absolute_url() in brev.body
    assert "/password/" not in brev.body


def test_one_without_chooses_a_password_by_the_link_and_sees_the_plan(client, v, mailoutbox):
    svar = giv_adgang(client, v, email="ny@kommune.example", navn="Centerchef, Prøve")
    assert svar.status_code == 302
    assert "Centerchef, Prøve får en mail på ny@kommune.example" in client.get(svar.url).content.decode()
    [brev] = mailoutbox
    assert brev.to == ["ny@kommune.example"]
    assert "/password/" in brev.body
    sti = re.search(r"https?://[^/]+(/\S+)", brev.body)[1]
    client.logout()
    side = client.get(sti, follow=True)
    kode = "lang-og-hemmelig-kode"
    client.post(side.redirect_chain[-1][0], {"password1": kode, "password2": kode})
    assert client.login(email="ny@kommune.example", password=kode)
    assert client.get(v.plan.get_absolute_url()).status_code == 200


def test_one_without_an_account_needs_a_name_and_nothing_typed_is_lost(client, v, mailoutbox):
    svar = giv_adgang(client, v, email="ny@kommune.example")
    assert svar.status_code == 422
    assert "Skriv navnet, så inviteres personen." in svar.content.decode()
    assert 'value="ny@kommune.example"' in svar.content.decode()
    assert not Bruger.objects.filter(email="ny@kommune.example").exists()
    assert mailoutbox == []


def test_the_log_holds_no_password(client, v):
    giv_adgang(client, v, email="ny@kommune.example", navn="Centerchef, Prøve")
    [haendelse] = Haendelse.objects.filter(objekt_type="helhedsplan.bruger")
    assert {a["felt"] for a in haendelse.aendringer}.isdisjoint({"password", "last_login"})


def test_access_begins_with_the_role_that_may_least():
    assert MedlemForm(plan=None).fields["rolle"].initial == "laeser"
    assert "laeser" in dict(ROLLEVALG)
