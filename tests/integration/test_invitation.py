"""A leader gives access: to one with an account, and to one who must first choose a password."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from aftaler.forms.plan import MedlemForm
from aftaler.models import Medlemskab
from helhedsplan.models import Bruger, Haendelse
from helhedsplan.rettigheder import ROLLEVALG
from tests import factories as f
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


def test_access_begins_with_the_role_that_may_least(v):
    assert MedlemForm(plan=v.plan).fields["rolle"].initial == "observatoer"
    assert "observatoer" in dict(ROLLEVALG)


# --- from a day to a day, and the leader's page of people -----------------------------------------------------------


def test_access_ends_at_once_also_in_a_session_that_is_open(client, v):
    side, i_dag = reverse("personer", args=[v.plan.noegle]), timezone.localdate()
    medlem = f.MedlemskabFactory(plan=v.plan, rolle="sekretariat")
    aaben = Client()
    aaben.force_login(medlem.bruger)
    assert aaben.get(v.plan.get_absolute_url()).status_code == 200
    ret, felter = reverse("medlem-ret", args=[v.plan.noegle, medlem.pk]), {"rolle": "sekretariat", "fra": "", "til": ""}
    for fra, til, ventet in [
        ("", i_dag.strftime("%d.%m.%Y"), 200),
        ("", (i_dag - timedelta(days=1)).strftime("%d.%m.%Y"), 404),
        ((i_dag + timedelta(days=1)).strftime("%d.%m.%Y"), "", 404),
        ("", "", 200),
    ]:
        assert client.post(ret, felter | {"fra": fra, "til": til}).status_code == 302
        assert aaben.get(v.plan.get_absolute_url()).status_code == ventet, (fra, til)
        assert (v.plan.navn in aaben.get(reverse("forside")).content.decode()) is (ventet == 200)
    svar = client.post(ret, felter | {"fra": "02.02.2026", "til": "01.02.2026"})
    assert (svar.status_code, "Adgangen slutter, før den begynder" in svar.content.decode()) == (422, True)
    assert client.post(reverse("medlem-afslut", args=[v.plan.noegle, medlem.pk])).url == side
    assert aaben.get(v.plan.get_absolute_url()).status_code == 404
    medlem.refresh_from_db()
    assert medlem.til == i_dag - timedelta(days=1)
    sidste = Haendelse.objects.om(medlem).order_by("-nummer").first()
    assert (sidste.handling, sidste.bruger_navn) == ("afsluttet", v.brugere["leder"].navn)


def test_the_page_tells_who_has_not_been_in_and_sends_the_letter_again(client, v, mailoutbox):
    giv_adgang(
        client, v, email="ny@kommune.example", navn="Centerchef, Prøve", rolle="fagcenter", delaftaler=[v.delaftale.pk]
    )
    ny = Medlemskab.objects.get(bruger__email="ny@kommune.example")
    assert list(ny.delaftaler.all()) == [v.delaftale]
    html = client.get(reverse("personer", args=[v.plan.noegle])).content.decode()
    assert "Har ikke taget imod" in html
    assert v.delaftale.indsatsomraade.navn in html
    igen = reverse("medlem-inviter", args=[v.plan.noegle, ny.pk])
    client.post(igen)
    assert [brev.to for brev in mailoutbox] == [["ny@kommune.example"]] * 2
    links = {re.search(r"https?://[^/]+(/\S+)", brev.body)[1] for brev in mailoutbox}
    assert "Linket virker én gang og til og med" in mailoutbox[1].body
    assert all(Client().get(link, follow=True).status_code == 200 for link in links)
    Bruger.objects.filter(pk=ny.bruger_id).update(last_login=timezone.now())
    html = client.post(igen, follow=True).content.decode()
    assert ("har allerede været logget ind" in html, len(mailoutbox)) == (True, 2)


def test_the_last_leader_neither_goes_nor_gets_a_last_day(client, v):
    egen = Medlemskab.objects.get(plan=v.plan, bruger=v.brugere["leder"])
    ret = reverse("medlem-ret", args=[v.plan.noegle, egen.pk])
    om_lidt = (timezone.localdate() + timedelta(days=9)).strftime("%d.%m.%Y")
    for felter in ({"rolle": "revisor"}, {"rolle": "leder", "til": om_lidt}, {"rolle": "leder", "fra": om_lidt}):
        svar = client.post(ret, felter)
        assert (svar.status_code, "mindst én leder" in svar.content.decode()) == (422, True)
    client.post(reverse("medlem-afslut", args=[v.plan.noegle, egen.pk]))
    egen.refresh_from_db()
    assert (egen.rolle, egen.fra, egen.til) == ("leder", None, None)
