"""Mail about what is asked of a person: as the person has chosen, after the commit, whatever the mail server does."""

import socket
import threading
import time
from contextlib import suppress
from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from aftaler.actions.meddelelse import meddel, tavs
from aftaler.actions.plan import opret_medlem
from aftaler.models import Meddelelse, Medlemskab
from aftaler.queries.meddelelse import usendte
from helhedsplan import udbakke
from helhedsplan.models import Udbakkebrev
from tests import factories as f
from tests.verden import Fortrudt

NEDE = "tests.helhedsplan.test_udbakke.Nede"


@pytest.fixture
def plan(db):
    return f.HelhedsplanFactory(navn="Prøveplanen", noegle="proeve")


def medlem(plan, **valg):
    bruger = f.BrugerFactory(**valg)
    f.MedlemskabFactory(plan=plan, bruger=bruger, rolle="observatoer")
    return bruger


def fortael(plan, *folk, **felter):
    felter = {"gruppe": "papirer", "tekst": "Afvist: Budget, udgave 2", "sti": "/planer/proeve/papir/"} | felter
    with TestCase.captureOnCommitCallbacks(execute=True):
        return meddel(plan=plan, modtagere=[b.pk for b in folk], **felter)


def til():
    return [brev.to[0] for brev in mail.outbox]


def test_at_once_once_a_day_or_never_as_each_has_chosen(plan, settings):
    settings.SIDENS_ADRESSE = "https://plan.example"
    straks, daglig, aldrig = (medlem(plan, mail_papirer=valg) for valg in ("straks", "daglig", "aldrig"))
    fortael(plan, straks, daglig, aldrig)
    [brev] = mail.outbox
    assert (brev.to, brev.subject) == ([straks.email], "Helhedsplan: Afvist: Budget, udgave 2")
    assert "Prøveplanen:\nhttps://plan.example/planer/proeve/papir/\n" in brev.body
    assert "https://plan.example/profil/" in brev.body
    assert {m.bruger: m.sendt is not None for m in Meddelelse.objects.all()} == {straks: True, daglig: False}


def test_each_group_goes_by_its_own_choice(plan):
    anna = medlem(plan, mail_papirer="aldrig", mail_adgang="straks")
    fortael(plan, anna)
    fortael(plan, anna, gruppe="adgang")
    assert til() == [anna.email]


def test_only_people_of_the_plan_with_an_open_account_are_told(plan):
    ude, lukket = f.BrugerFactory(), medlem(plan, is_active=False)
    assert fortael(plan, ude, lukket) == []
    assert mail.outbox == []


def test_nothing_is_sent_of_what_was_taken_back(plan):
    anna = medlem(plan)
    with TestCase.captureOnCommitCallbacks(execute=True), suppress(Fortrudt), transaction.atomic():
        meddel(plan=plan, modtagere=[anna.pk], gruppe="papirer", tekst="x", sti="/")
        raise Fortrudt
    assert (mail.outbox, Meddelelse.objects.count()) == ([], 0)


def test_what_a_server_that_is_down_did_not_take_is_told_later(plan, settings, caplog):
    folk = [medlem(plan) for _ in range(3)]
    settings.EMAIL_BACKEND = NEDE
    fortael(plan, *folk, gruppe="adgang", sti=plan.get_absolute_url())
    assert caplog.text.count("A letter was not sent") == 3  # once by each commit's own round
    assert Meddelelse.objects.filter(sendt=None).count() == 3
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert len(udbakke.send_forfaldne(alle=True).sendt) == 3
    assert Meddelelse.objects.filter(sendt=None).count() == 0
    assert udbakke.send_forfaldne(alle=True).sendt == []


def test_the_page_says_nothing_of_a_letter_that_comes_later(client, plan, settings):
    """Unlike a letter that the person himself sends."""
    leder = f.MedlemskabFactory(plan=plan, rolle="leder").bruger
    settings.EMAIL_BACKEND = NEDE
    client.force_login(leder)
    ny = f.BrugerFactory()
    url = reverse("medlem-opret", args=[plan.noegle])
    svar = client.post(url, {"email": ny.email, "rolle": "observatoer"}, follow=True)
    assert Medlemskab.objects.filter(plan=plan, bruger=ny).exists()
    assert Meddelelse.objects.get().tekst == "Du har fået adgang som observatør"
    assert "kunne ikke sendes" not in svar.content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_mute_server_holds_nobody_up(settings):
    """The answer does not wait for the letter, which goes in a thread of its own."""
    settings.BREVE_VED_SIDEN_AF = True
    plan = f.HelhedsplanFactory()
    anna = medlem(plan)
    with socket.create_server(("127.0.0.1", 0)) as stum:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = stum.getsockname()
        settings.EMAIL_TIMEOUT = 3
        foer = time.monotonic()
        with transaction.atomic():
            meddel(plan=plan, modtagere=[anna.pk], gruppe="papirer", tekst="x", sti="/")
        varede = time.monotonic() - foer
        [traad] = [t for t in threading.enumerate() if t.name == "breve"]
        traad.join(30)
    assert not traad.is_alive()
    assert varede < 2.5
    assert Meddelelse.objects.get().sendt is None


def test_the_demo_tells_nobody(plan):
    anna = medlem(plan)
    with tavs():
        assert fortael(plan, anna) == []
    assert len(fortael(plan, anna)) == 1


def test_access_is_told_to_who_gets_it(plan):
    leder = f.MedlemskabFactory(plan=plan, rolle="leder").bruger
    ny = f.BrugerFactory()
    with TestCase.captureOnCommitCallbacks(execute=True):
        opret_medlem(bruger=leder, medlemskab=Medlemskab(plan=plan, bruger=ny, rolle="observatoer"))
    assert til() == [ny.email]
    assert mail.outbox[0].subject == "Helhedsplan: Du har fået adgang som observatør"


# --- what the daily letter is to tell ---------------------------------------------------------------------------------


def usendt(plan, bruger, alder=timedelta(hours=1), **felter):
    m = f.MeddelelseFactory(plan=plan, bruger=bruger, **felter)
    Meddelelse.objects.filter(pk=m.pk).update(oprettet=timezone.now() - alder)
    return m


def til_dagens_brev():
    return {pk: [m.pk for m in alle] for pk, alle in usendte(timezone.now()).items()}


@pytest.fixture
def ny(plan):
    """A person to whom access was given just now, which waits as news."""
    leder = f.MedlemskabFactory(plan=plan, rolle="leder").bruger
    bruger = f.BrugerFactory(mail_adgang="daglig")
    with tavs():
        opret_medlem(bruger=leder, medlemskab=Medlemskab(plan=plan, bruger=bruger, rolle="observatoer"))
    return bruger


def test_what_still_waits_is_told_and_what_is_settled_is_not(plan, ny):
    venter = usendt(plan, ny)
    usendt(plan, ny, sti=f"{plan.get_absolute_url()}moeder/7/")
    usendt(plan, ny, sendt=timezone.now())
    usendt(plan, ny, alder=timedelta(days=15))
    assert til_dagens_brev() == {ny.pk: [venter.pk]}


@pytest.mark.parametrize(("valg", "med"), [("daglig", True), ("straks", True), ("aldrig", False)])
def test_who_is_told_with_the_daily_letter(plan, ny, valg, med):
    type(ny).objects.filter(pk=ny.pk).update(mail_adgang=valg)
    m = usendt(plan, ny)
    assert til_dagens_brev() == ({ny.pk: [m.pk]} if med else {})


def test_what_the_outbox_still_has_is_not_told_twice(plan, ny, settings):
    """It goes with the daily letter when the outbox has given it up; and a letter that the daily one came before is
    not sent."""
    type(ny).objects.filter(pk=ny.pk).update(mail_adgang="straks")
    settings.EMAIL_BACKEND = NEDE
    [m] = fortael(plan, ny, gruppe="adgang", sti=plan.get_absolute_url())
    brev = Udbakkebrev.objects.get()
    assert til_dagens_brev() == {}
    Udbakkebrev.objects.update(opgivet=timezone.now())
    assert til_dagens_brev() == {ny.pk: [m.pk]}
    Meddelelse.objects.update(sendt=timezone.now())
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Udbakkebrev.objects.update(opgivet=None)
    assert udbakke.send_forfaldne(alle=True).opgivet == [brev.pk]
    assert (mail.outbox, Udbakkebrev.objects.get().fejl) == ([], "Det er fortalt i brevet om dagens påmindelser.")


def test_who_has_left_the_plan_is_not_told(plan, ny):
    usendt(plan, ny)
    Medlemskab.objects.filter(bruger=ny).delete()
    assert til_dagens_brev() == {}
