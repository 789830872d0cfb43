"""The outbox: a letter is written with what it tells of, goes once, and is told of when it cannot go."""

import re
import socket
import threading
import time
from contextlib import suppress
from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from dokumenter.actions.underskrift import UNDERSKRIFTSBREV
from helhedsplan import konto, udbakke
from helhedsplan.models import Bruger, Haendelse, Udbakkebrev
from helhedsplan.opbevaring import opbevaring
from moeder.actions.moede import AFLYSNING
from moeder.actions.moedepapir import PAPIRBREV
from moeder.actions.svarlink import SVARBREV
from moeder.choices import Moedetilstand
from status.actions.laesning import LAESEBREV
from status.models import Laeselink
from tests import factories as f
from tests.samtidighed import samtidigt
from tests.verden import Fortrudt, publiceret_status, verden

NEDE = f"{__name__}.Nede"
OPPE = "django.core.mail.backends.locmem.EmailBackend"


class Nede(BaseEmailBackend):
    def send_messages(self, beskeder):
        raise ConnectionRefusedError("Connection refused by post@eksempel.example https://x/laes/HEMMELIGT/")


class Langsom(EmailBackend):
    """Takes its time, so that another can come in between."""

    def send_messages(self, messages):
        time.sleep(0.1)
        return super().send_messages(messages)


@pytest.fixture
def uden_post(settings):
    settings.EMAIL_BACKEND = NEDE


def til():
    return [brev.to[0] for brev in mail.outbox]


def raekke(**felter) -> Udbakkebrev:
    return Udbakkebrev.objects.get(**felter)


# --- written and sent -------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_letter_is_there_when_what_it_tells_of_is_and_its_text_is_gone_when_it_is_sent():
    with TestCase.captureOnCommitCallbacks(execute=True), suppress(Fortrudt), transaction.atomic():
        udbakke.skriv("Emne", "Fortrudt", "en@eksempel.example")
        raise Fortrudt
    assert (Udbakkebrev.objects.count(), mail.outbox) == (0, [])
    with TestCase.captureOnCommitCallbacks(execute=True):
        skrevet = udbakke.skriv("Et\nemne", "Et link: https://x/HEMMELIGT", "en@eksempel.example")
        assert "HEMMELIGT" not in raekke().tekst  # nobody reads it in the database, or in a copy of it
    [brev] = mail.outbox
    assert (brev.to, brev.subject, brev.body) == (["en@eksempel.example"], "Et emne", "Et link: https://x/HEMMELIGT")
    assert brev.extra_headers == {"Message-ID": skrevet.maerke}
    assert (raekke().tekst, raekke().sendt is None) == ("", False)


@pytest.mark.django_db
def test_what_was_not_taken_is_tried_further_and_further_apart_and_given_up_after_days(uden_post, settings, caplog):
    udbakke.skriv("Emne", "Brev", "en@eksempel.example")
    pauser = []
    for forsoeg in range(1, 10):
        udbakke.send_forfaldne(alle=True)
        brev = raekke()
        assert (brev.forsoeg, brev.taget, brev.opgivet) == (forsoeg, None, None)
        pauser.append(round((brev.naeste - timezone.now()).total_seconds() / 60))
    assert pauser == [5, 10, 20, 40, 80, 160, 320, 640, 720]
    assert udbakke.send_forfaldne() == udbakke.Udfald()  # not before its time
    for hemmeligt in ("post@eksempel.example", "en@eksempel.example", "HEMMELIGT"):
        assert hemmeligt not in brev.fejl + caplog.text
    Udbakkebrev.objects.update(oprettet=timezone.now() - udbakke.GIVES_OP - timedelta(minutes=1))
    assert udbakke.send_forfaldne(alle=True).opgivet == [brev.pk]
    settings.EMAIL_BACKEND = OPPE
    assert udbakke.send_forfaldne(alle=True) == udbakke.Udfald()
    Udbakkebrev.objects.update(opgivet=timezone.now() - timedelta(days=31))
    assert [f.antal for f in opbevaring(proev=False) if "breve" in f.navn] == [1]
    assert not Udbakkebrev.objects.exists()


@pytest.mark.django_db
def test_one_that_is_being_sent_is_left_alone_until_who_sent_it_must_be_gone():
    udbakke.skriv("Emne", "Brev", "en@eksempel.example")
    Udbakkebrev.objects.update(taget=timezone.now() - timedelta(minutes=14))
    assert udbakke.send_forfaldne(alle=True).sendt == []
    Udbakkebrev.objects.update(taget=timezone.now() - timedelta(minutes=16))
    assert len(udbakke.send_forfaldne(alle=True).sendt) == 1


@pytest.mark.django_db
def test_one_that_another_takes_after_it_was_found_is_the_other_s(monkeypatch):
    udbakke.skriv("Emne", "Brev", "en@eksempel.example")
    rigtig, spurgt = udbakke._frie, []

    def frie(nu):
        spurgt.append(nu)
        if len(spurgt) == 2:  # found, and not taken yet
            Udbakkebrev.objects.update(taget=timezone.now())
        return rigtig(nu)

    monkeypatch.setattr(udbakke, "_frie", frie)
    assert udbakke.send_forfaldne() == udbakke.Udfald()
    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_of_those_who_send_at_once_each_letter_is_one_s(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Langsom"
    settings.BREVE_VED_SIDEN_AF = True
    with pytest.MonkeyPatch.context() as m:
        m.setattr(udbakke, "send_snart", lambda: None)
        for nr in range(4):
            udbakke.skriv("Emne", "Brev", f"{nr}@eksempel.example")
    udfald = samtidigt(*[udbakke.send_forfaldne] * 3)
    assert sorted(pk for u in udfald for pk in u.sendt) == list(Udbakkebrev.objects.order_by("pk").values_list("pk", flat=True))  # fmt: skip  # noqa: E501
    assert sorted(til()) == [f"{nr}@eksempel.example" for nr in range(4)]


@pytest.mark.django_db
def test_a_letter_that_expired_or_cannot_be_read_is_not_sent_and_says_so(settings):
    udbakke.skriv("Emne", "Brev", "en@eksempel.example", udloeber=timezone.now() - timedelta(seconds=1))
    udbakke.send_forfaldne()
    assert (mail.outbox, raekke().tekst, raekke().fejl) == ([], "", udbakke.UDLOEBET)
    assert raekke().opgivet is not None
    Udbakkebrev.objects.all().delete()
    udbakke.skriv("Emne", "Brev", "en@eksempel.example")
    settings.SECRET_KEY = "en anden"
    udbakke.send_forfaldne()
    assert (mail.outbox, raekke().fejl) == ([], udbakke.ULAESELIGT)


# --- what each kind is overtaken by -----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_has_been_overtaken_is_not_sent_and_says_by_what(client):
    v = verden()
    status, bruger = publiceret_status(v.plan), v.brugere["bestyrelse"]
    laes = f.LaeselinkFactory(status=status, bruger=bruger, udloeber=timezone.now() + timedelta(days=1))
    svar = f.SvarlinkFactory(plan=v.plan, bruger=bruger)
    moede = f.MoedeFactory(plan=v.plan, dato=timezone.localdate() + timedelta(days=3))
    dagsorden = f.MoedepapirFactory(moede=moede, art="dagsorden")
    skriver = f.UnderskriverFactory(udgave__plan=v.plan, bruger=bruger)
    nyt = {LAESEBREV: laes, SVARBREV: svar, AFLYSNING: moede, PAPIRBREV: dagsorden, UNDERSKRIFTSBREV: skriver}
    for slags, om in nyt.items():
        udbakke.skriv(slags, "Brev", bruger.email, slags=slags, om=om.pk)
    assert len(udbakke.send_forfaldne().sendt) == len(nyt)
    Laeselink.objects.update(brugt=timezone.now())
    type(svar).objects.update(udloeber=timezone.now())
    type(skriver).objects.update(bruger=None)
    moede.dato, moede.tilstand = timezone.localdate() - timedelta(days=1), Moedetilstand.HOLDT
    moede.save()
    for slags, om in nyt.items():
        udbakke.skriv(slags, "Brev", bruger.email, slags=slags, om=om.pk)
    udbakke.send_forfaldne()
    assert {b.slags: b.fejl for b in Udbakkebrev.objects.exclude(opgivet=None)} == {
        LAESEBREV: "Linket er allerede brugt. Bed sekretariatet om et nyt, eller log ind.",
        SVARBREV: "Linket er udløbet. Bed om et nyt, eller log ind.",
        AFLYSNING: "Mødets dag er gået.",
        PAPIRBREV: "Mødet er holdt imens.",
        UNDERSKRIFTSBREV: "Der er skrevet under imens, eller det er ikke længere modtageren, der skal.",
    }


@pytest.mark.django_db
def test_an_invitation_is_not_sent_when_a_password_was_chosen_meanwhile(uden_post, settings):
    with TestCase.captureOnCommitCallbacks(execute=True):
        ny = konto.inviter(
            bruger=f.BrugerFactory(), email="ny@eksempel.example", navn="Ny", anledning="læse",
            absolut=lambda sti: f"https://plan.example{sti}",
        )  # fmt: skip
    settings.EMAIL_BACKEND = OPPE
    assert raekke().fejl.startswith("Mailserveren svarer ikke")
    ny.set_password("noget-ganske-andet")
    ny.save()
    udbakke.send_forfaldne(alle=True)
    assert (mail.outbox, raekke().fejl.startswith("Linket i brevet virker ikke mere")) == ([], True)


# --- the page that wrote it -------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_what_was_saved_stays_and_the_page_names_each_letter(client, uden_post, settings):
    v = verden()
    status = publiceret_status(v.plan)
    ny = f.MedlemskabFactory(plan=v.plan, rolle="bestyrelse").bruger
    client.force_login(v.brugere["sekretariat"])
    url = reverse("laeselink-opret", args=[v.plan.noegle, status.noegle])
    svar = client.post(url, {"modtagere": [v.brugere["bestyrelse"].pk, ny.pk]}, follow=True)
    assert (svar.status_code, Laeselink.objects.count()) == (200, 2)
    side = svar.content.decode()
    assert "er ikke sendt endnu. Den prøves igen af sig selv" in side
    assert all(bruger.email in side for bruger in (v.brugere["bestyrelse"], ny))
    assert "ikke sendt" not in client.get(reverse("forside")).content.decode()
    settings.EMAIL_BACKEND = OPPE
    ud = StringIO()
    call_command("udbakke", "--alle", stdout=ud)
    assert (ud.getvalue(), til()) == ("2 breve sendt.\n", [v.brugere["bestyrelse"].email, ny.email])


@pytest.mark.django_db(transaction=True)
def test_an_invited_account_is_there_when_its_letter_is_not(client, uden_post):
    v = verden()
    client.force_login(v.brugere["leder"])
    data = {"email": "ny@eksempel.example", "navn": "Ny, Prøve", "rolle": "observatoer"}
    svar = client.post(reverse("medlem-opret", args=[v.plan.noegle]), data, follow=True)
    assert svar.status_code == 200
    assert Bruger.objects.filter(email="ny@eksempel.example").exists()
    assert "Mailen til ny@eksempel.example er ikke sendt endnu" in svar.content.decode()


@pytest.mark.django_db
def test_a_forgotten_password_goes_by_the_outbox_too(client, uden_post, settings):
    bruger = f.BrugerFactory()
    svar = client.post(reverse("account_reset_password"), {"email": bruger.email}, follow=True)
    assert svar.status_code == 200
    assert f"Mailen til {bruger.email} er ikke sendt endnu" in svar.content.decode()
    assert timedelta(days=2) < raekke().udloeber - timezone.now() < timedelta(days=4)
    settings.EMAIL_BACKEND = OPPE
    udbakke.send_forfaldne(alle=True)
    assert re.search(r"/key/\S+/", mail.outbox[0].body)


@pytest.mark.django_db(transaction=True)
def test_a_mute_mail_server_holds_no_page(client, settings, monkeypatch):
    """It takes the call and says nothing: the page goes on, and says whose letter has not gone."""
    assert settings.EMAIL_TIMEOUT == 10
    settings.BREVE_VED_SIDEN_AF = True
    monkeypatch.setattr(udbakke, "SIDENS_TAALMOD", 0.05)
    bruger = f.BrugerFactory()
    with socket.create_server(("127.0.0.1", 0)) as stum:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = stum.getsockname()
        settings.EMAIL_TIMEOUT = 1.5
        svar = client.post(reverse("account_reset_password"), {"email": bruger.email}, follow=True)
        [traad] = [t for t in threading.enumerate() if t.name == "breve"]  # still at it
        assert f"Mailen til {bruger.email} er ikke sendt endnu" in svar.content.decode()
        traad.join(30)
    assert raekke().forsoeg == 1
    assert raekke().fejl.startswith("Mailserveren svarer ikke: ")


# --- the administrator ------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_administrator_sees_what_waits_and_why_and_tries_it_again(client, settings, uden_post):
    url, nu = reverse("udbakke"), timezone.now()
    admin = f.BrugerFactory(er_administrator=True)
    opgivet = f.UdbakkebrevFactory(
        til="opgivet@eksempel.example", tekst="HEMMELIGT", opgivet=nu, fejl="550 Nej", forsoeg=9
    )
    holdt = f.UdbakkebrevFactory(til="holdt@eksempel.example", holdt=nu)
    f.UdbakkebrevFactory(til="sendt@eksempel.example", sendt=nu)
    client.force_login(f.BrugerFactory())
    assert (client.get(url).status_code, client.post(url, {"slip": "1"}).status_code) == (403, 403)
    client.force_login(admin)
    vist = {s: client.get(url, {"stand": s}).content.decode() for s in ("venter", "holdt", "opgivet", "sendt")}
    assert {s: re.findall(r"\w+@eksempel.example(?=</td>)", side) for s, side in vist.items()} == {
        "venter": [], "holdt": [holdt.til], "opgivet": [opgivet.til], "sendt": ["sendt@eksempel.example"],
    }  # fmt: skip
    assert "550 Nej" in vist["opgivet"]
    assert "HEMMELIGT" not in "".join(vist.values())
    for galt in ("", "x", "9" * 40, "²"):
        assert "kan ikke sendes mere" in client.post(url, {"brev": galt}, follow=True).content.decode()
    settings.EMAIL_BACKEND = OPPE
    client.post(url, {"brev": opgivet.pk})
    assert til() == [opgivet.til]
    client.post(url, {"slip": "1"})
    assert til() == [opgivet.til, holdt.til]
    assert "kan ikke sendes mere" in client.post(url, {"brev": holdt.pk}, follow=True).content.decode()
    haendelser = Haendelse.objects.filter(objekt_type="helhedsplan.udbakkebrev").order_by("pk")
    assert list(haendelser.values_list("handling", "objekt_navn")) == [
        ("prøvet igen", f"Brev nr. {opgivet.pk}"), ("sluppet", f"Brev nr. {holdt.pk}"),
    ]  # fmt: skip


@pytest.mark.django_db
def test_what_is_held_back_is_sent_when_somebody_says_so(uden_post, settings):
    f.UdbakkebrevFactory(til="en@eksempel.example", oprettet=timezone.now() - timedelta(hours=2))
    assert udbakke.venter_for_laenge()
    fejl = StringIO()
    with pytest.raises(CommandError, match="1 brev kunne ikke sendes"):
        call_command("udbakke", stdout=StringIO(), stderr=fejl)
    assert "til e…@eksempel.example. Mailserveren svarer ikke" in fejl.getvalue()
    settings.EMAIL_BACKEND = OPPE
    ud = StringIO()
    call_command("udbakke", "--hold", stdout=ud)
    assert ud.getvalue().startswith("1 brev holdt tilbage.")
    assert not udbakke.venter_for_laenge()
    call_command("udbakke", "--alle", stdout=ud)
    assert mail.outbox == []
    call_command("udbakke", "--slip", stdout=ud)
    assert til() == ["en@eksempel.example"]
