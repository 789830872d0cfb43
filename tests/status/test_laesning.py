"""Personal links, questions and marks of having read."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from helhedsplan.models import Haendelse
from status.models import Laeselink, Laest, Spoergsmaal
from tests.verden import publiceret_status, verden


@pytest.fixture
def v(db):
    return verden()


@pytest.fixture
def status(v):
    return publiceret_status(v.plan)


@pytest.fixture
def sti(v, status, client):
    """The address in the letter that a member of the board was sent."""
    client.force_login(v.brugere["sekretariat"])
    url = reverse("laeselink-opret", args=[v.plan.noegle, status.noegle])
    assert client.post(url, {"modtagere": [v.brugere["bestyrelse"].pk]}).status_code == 302
    client.logout()
    [brev] = mail.outbox
    assert brev.to == [v.brugere["bestyrelse"].email]
    return re.search(r"http://[^/]+(/laes/\S+)", brev.body)[1]


def test_the_link_opens_the_page_once_and_nothing_else(client, v, status, sti):
    for _ in range(3):  # a mail scanner follows the link
        assert "Åbn status" in client.get(sti).content.decode()
    assert Laeselink.objects.get().brugt is None
    svar = client.post(sti, follow=True)
    assert (svar.status_code, svar.redirect_chain) == (200, [(reverse("laesning-vis"), 302)])
    assert "Det skal bestyrelsen tage stilling til" in svar.content.decode()
    assert SESSION_KEY not in client.session
    assert client.get(status.get_absolute_url()).status_code == 302
    assert client.get(reverse("forside")).status_code == 302
    assert client.post(reverse("status-laest", args=[v.plan.noegle, status.noegle])).status_code == 401
    assert list(Laest.objects.values_list("bruger", flat=True)) == [v.brugere["bestyrelse"].pk]


def test_a_second_use_says_so_and_is_logged(client, sti):
    client.post(sti)
    client.cookies.clear()
    svar = client.post(sti)
    assert (svar.status_code, "allerede brugt" in svar.content.decode()) == (410, True)
    assert client.get(sti).status_code == 410
    assert client.get(reverse("laesning-vis")).status_code == 403
    log = Haendelse.objects.filter(objekt_type="bestyrelse.laeselink").order_by("nummer")
    assert list(log.values_list("handling", flat=True)) == ["sendt", "åbnet", "afvist"]


def test_a_late_use_says_so(client, sti):
    Laeselink.objects.update(sendt=timezone.now() - timedelta(days=20), udloeber=timezone.now() - timedelta(days=6))
    svar = client.post(sti)
    assert (svar.status_code, "udløbet" in svar.content.decode()) == (410, True)
    assert Laeselink.objects.get().brugt is None


def test_one_who_has_left_the_plan_opens_nothing(client, v, sti):
    v.plan.medlemskaber.filter(rolle="bestyrelse").delete()
    assert client.post(sti).status_code == 410


def test_an_unknown_link(client, db):
    assert client.get(reverse("laeselink", args=["findes-ikke"])).status_code == 404


def test_only_the_hash_of_the_token_is_kept(sti, v):
    token = sti.rstrip("/").rpartition("/")[2]
    alt = str(list(Laeselink.objects.values())) + str(list(Haendelse.objects.values_list("aendringer", flat=True)))
    assert token not in alt
    assert Laeselink.objects.get().token_sha256 not in str(list(Haendelse.objects.values_list("aendringer")))


def test_a_member_asks_and_the_secretariat_answers(client, v, status):
    client.force_login(v.brugere["bestyrelse"])
    url = reverse("spoergsmaal-opret", args=[v.plan.noegle, status.noegle])
    assert client.post(url, {"afsnit": "penge", "tekst": "Hvorfor så lidt?"}).status_code == 302
    for intet in (".", "\u200b", "fejl fejl"):
        svar = client.post(url, {"afsnit": "penge", "tekst": intet})
        assert svar.status_code == 422
    svar = client.post(url, {"afsnit": "penge", "tekst": "Ring 010180-1234"})
    assert (svar.status_code, "CPR-nummer" in svar.content.decode()) == (422, True)
    spoergsmaal = Spoergsmaal.objects.get()
    client.force_login(v.brugere["sekretariat"])
    svar_url = reverse("spoergsmaal-svar", args=[v.plan.noegle, status.noegle, spoergsmaal.pk])
    assert client.post(svar_url, {"svar": "En stilling var ledig."}).status_code == 302
    spoergsmaal.refresh_from_db()
    assert (spoergsmaal.svar, spoergsmaal.besvaret_af) == ("En stilling var ledig.", v.brugere["sekretariat"])


def test_read_is_marked_once_with_its_time(client, v, status):
    client.force_login(v.brugere["bestyrelse"])
    url = reverse("status-laest", args=[v.plan.noegle, status.noegle])
    for _ in range(2):
        assert client.post(url).status_code == 302
    assert Laest.objects.count() == 1


def test_a_published_status_has_no_page_to_edit_it(client, v, status):
    client.force_login(v.brugere["leder"])
    for navn in ("status-skriv", "status-ret", "status-proev"):
        assert client.get(reverse(navn, args=[v.plan.noegle, status.noegle])).status_code == 404
