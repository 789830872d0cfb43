"""`manage.py daglig`: who hears of what, once each, whatever breaks."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.utils import timezone

from dokumenter.queries.underskrift import PAAMINDET
from helhedsplan import udbakke
from helhedsplan.models import Haendelse, Udbakkebrev
from kalender.actions.paamindelse import find_breve, skriv_breve
from kalender.models import Paamindelse
from moeder.choices import Moedetilstand
from tests import factories as f
from tests.samtidighed import samtidigt

DAG = date(2026, 11, 21)


class Omstart(BaseException):
    """The machine stops."""


class Upaalidelig(EmailBackend):
    """A mail server that refuses, or stops at, the addresses it is told to."""

    afviser: set = set()
    gaar_ned_ved: set = set()

    def send_messages(self, messages):
        for besked in messages:
            if set(besked.to) & self.gaar_ned_ved:
                raise Omstart
            if set(besked.to) & self.afviser:
                raise SMTPRecipientsRefused({besked.to[0]: (550, b"No such user")})
        return super().send_messages(messages)


@pytest.fixture
def post(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Upaalidelig" if "." in __name__ else "tests.kalender.test_daglig.Upaalidelig"
    settings.SIDENS_ADRESSE = "https://plan.example"
    Upaalidelig.afviser, Upaalidelig.gaar_ned_ved = set(), set()
    return Upaalidelig


def daglig(dag=DAG, *args):
    ud, fejl = StringIO(), StringIO()
    call_command("daglig", *args, dag=dag, stdout=ud, stderr=fejl)
    return ud.getvalue()


def ny_plan(antal=1, **felter):
    """Young plans whose own duties all lie ahead: what is told of is what the test puts there."""
    felter = {"periode_fra": date(2026, 11, 1), "periode_til": date(2030, 10, 31)} | felter
    return [f.HelhedsplanFactory(**felter) for _ in range(antal)] if antal > 1 else f.HelhedsplanFactory(**felter)


def med(plan, rolle, email, **felter):
    bruger = f.BrugerFactory(email=email, **felter)
    f.MedlemskabFactory(plan=plan, bruger=bruger, rolle=rolle)
    return bruger


@pytest.fixture
def plan(db, post):
    plan = ny_plan()
    f.FristFactory(plan=plan, dato=date(2026, 11, 30), titel="Bestil lokale")
    f.FristFactory(plan=plan, dato=date(2026, 11, 10), titel="Svar revisor")
    f.FristFactory(plan=plan, dato=date(2026, 12, 24), titel="Langt ude i fremtiden")
    f.FristFactory(plan=plan, dato=date(2026, 11, 9), titel="Er gjort", udfoert=date(2026, 11, 8))
    return plan


def til():
    return [brev.to[0] for brev in mail.outbox]


def test_those_who_write_get_one_letter_with_all_lines_and_the_others_none(plan):
    for rolle in ("leder", "sekretariat", "bestyrelse", "observatoer"):
        med(plan, rolle, f"{rolle}@example.dk")
    assert daglig() == "2 breve sendt.\n"
    assert til() == ["leder@example.dk", "sekretariat@example.dk"]
    brev = mail.outbox[0]
    assert brev.subject == "Helhedsplan: 2 ting venter på dig"
    linjer = [linje.strip() for linje in brev.body.splitlines() if linje.strip()]
    assert linjer[1:8] == [
        plan.navn,
        "Forfaldet:",
        "- Svar revisor (10. november 2026)",
        f"https://plan.example/planer/{plan.noegle}/kalender/#frist-{plan.frister.get(titel='Svar revisor').pk}",
        "Snart:",
        "- Bestil lokale (30. november 2026)",
        f"https://plan.example/planer/{plan.noegle}/kalender/#frist-{plan.frister.get(titel='Bestil lokale').pk}",
    ]


def test_who_does_not_want_to_hear_of_deadlines_hears_of_the_rest(plan):
    for navn, frister, moeder in (
        ("alt", "daglig", "straks"),
        ("moeder", "aldrig", "daglig"),
        ("intet", "aldrig", "aldrig"),
    ):
        leder = med(plan, "leder", f"{navn}@example.dk", mail_frister=frister, mail_moeder=moeder)
        side = plan.bestyrelsessider.first() or f.BestyrelsessideFactory(plan=plan)
        f.BestyrelsesmedlemFactory(side=side, bruger=leder)
    f.MoedeFactory(plan=plan, dato=DAG + timedelta(days=2), tilstand=Moedetilstand.INDKALDT)
    daglig()
    assert {brev.to[0]: brev.subject for brev in mail.outbox} == {
        "alt@example.dk": "Helhedsplan: 3 ting venter på dig",
        "moeder@example.dk": "Helhedsplan: 1 ting venter på dig",
    }


def test_all_plans_of_a_person_are_in_one_letter(plan):
    leder = med(plan, "leder", "leder@example.dk")
    anden = ny_plan(navn="En anden plan")
    f.MedlemskabFactory(plan=anden, bruger=leder, rolle="sekretariat")
    f.FristFactory(plan=anden, dato=DAG, titel="I dag")
    daglig()
    [brev] = mail.outbox
    assert (brev.subject, "En anden plan" in brev.body, plan.navn in brev.body) == (
        "Helhedsplan: 3 ting venter på dig", True, True,
    )  # fmt: skip


def test_a_second_run_sends_nothing_and_a_later_one_only_what_has_come_round(plan):
    med(plan, "leder", "leder@example.dk")
    daglig()
    assert Paamindelse.objects.count() == 2
    assert daglig() == "0 breve sendt.\n"
    assert daglig(DAG + timedelta(days=5)) == "0 breve sendt.\n"
    mail.outbox.clear()
    assert daglig(date(2026, 12, 1)) == "1 brev sendt.\n"  # the room is overdue now
    assert "Bestil lokale" in mail.outbox[0].body
    assert "Svar revisor" not in mail.outbox[0].body
    mail.outbox.clear()
    daglig(date(2026, 12, 10))  # thirty days after the first was due
    assert "Svar revisor" in mail.outbox[0].body


def test_a_date_that_is_moved_is_told_of_anew(plan):
    med(plan, "leder", "leder@example.dk")
    daglig()
    mail.outbox.clear()
    plan.frister.filter(titel="Svar revisor").update(dato=date(2026, 11, 25))
    daglig(DAG + timedelta(days=1))
    assert ["Svar revisor (25. november 2026)" in brev.body for brev in mail.outbox] == [True]


def test_trying_sends_and_writes_nothing(plan):
    med(plan, "leder", "leder@example.dk")
    assert daglig(DAG, "--proev") == (
        "Til leder@example.dk: Helhedsplan: 2 ting venter på dig\n"
        f"  {plan.navn}\n"
        "    ! 10.11.2026 Svar revisor\n"
        "    30.11.2026 Bestil lokale\n"
        "1 brev ville blive sendt.\n"
    )
    assert (mail.outbox, Paamindelse.objects.count()) == ([], 0)


def test_one_who_has_left_or_may_not_log_in_hears_nothing(plan):
    rejst = med(plan, "leder", "rejst@example.dk")
    plan.medlemskaber.filter(bruger=rejst).delete()
    med(plan, "sekretariat", "lukket@example.dk", is_active=False)
    assert daglig() == "0 breve sendt.\n"


@pytest.mark.parametrize("fase", ["ide", "ansoegning", "afsluttet"])
def test_a_plan_without_duties_is_quiet(plan, fase):
    med(plan, "leder", "leder@example.dk")
    type(plan).objects.update(fase=fase)
    assert daglig() == "0 breve sendt.\n"


def test_a_server_that_refuses_one_does_not_stop_the_others(plan, post, caplog):
    for navn in "abc":
        med(plan, "sekretariat", f"{navn}@example.dk")
    post.afviser = {"b@example.dk"}
    fejl = StringIO()
    with pytest.raises(CommandError, match="1 brev kunne ikke sendes og prøves igen") as rejst:
        call_command("daglig", dag=DAG, stdout=StringIO(), stderr=fejl)
    assert rejst.value.returncode == 1
    assert til() == ["a@example.dk", "c@example.dk"]
    assert "til b…@example.dk. Mailserveren tager ikke imod adressen: 550 No such user" in fejl.getvalue()
    assert "b@example.dk" not in fejl.getvalue() + caplog.text
    post.afviser = set()
    assert daglig() == "1 brev sendt.\n"
    assert til() == ["a@example.dk", "c@example.dk", "b@example.dk"]


def test_a_stop_in_the_middle_sends_nobody_twice_and_leaves_nobody_out(plan, post):
    for navn in "abcd":
        med(plan, "sekretariat", f"{navn}@example.dk")
    post.gaar_ned_ved = {"c@example.dk"}
    with pytest.raises(Omstart):
        daglig()
    assert til() == ["a@example.dk", "b@example.dk"]
    post.gaar_ned_ved = set()
    daglig()  # the letter that was being sent is left to whoever may still be at it
    assert til() == [f"{navn}@example.dk" for navn in "abd"]
    Udbakkebrev.objects.filter(til="c@example.dk").update(taget=timezone.now() - timedelta(hours=1))
    daglig()
    assert til() == [f"{navn}@example.dk" for navn in "abdc"]


def test_a_letter_of_yesterday_goes_only_while_something_of_it_is_to_be_done(plan, post):
    anna, bo = med(plan, "sekretariat", "a@example.dk"), med(plan, "sekretariat", "b@example.dk")
    post.afviser = {anna.email, bo.email}
    with pytest.raises(CommandError):
        daglig()
    # As if it was yesterday; since then the one has left.
    i_gaar = timezone.now() - timedelta(days=1)
    for brev in Udbakkebrev.objects.all():
        Paamindelse.objects.filter(sendt=brev.oprettet).update(sendt=i_gaar + timedelta(seconds=brev.pk))
        Udbakkebrev.objects.filter(pk=brev.pk).update(oprettet=i_gaar + timedelta(seconds=brev.pk))
    plan.medlemskaber.filter(bruger=bo).delete()
    post.afviser = set()
    udfald = udbakke.send_forfaldne(alle=True)
    assert (len(udfald.sendt), len(udfald.opgivet), til()) == (1, 1, [anna.email])
    assert Udbakkebrev.objects.get(til=bo.email).fejl.startswith("Det, brevet mindede om, er gjort")


@pytest.mark.django_db(transaction=True)
def test_the_command_sends_its_letters_itself_and_counts_them(post, settings, monkeypatch):
    """No thread of the process takes them first, so that what is told of them is true."""
    settings.BREVE_VED_SIDEN_AF, vaekket = True, []
    monkeypatch.setattr(udbakke._udsender, "vaek", lambda: vaekket.append(True))
    plan = ny_plan()
    f.FristFactory(plan=plan, dato=DAG)
    med(plan, "leder", "leder@example.dk")
    assert (daglig(), til(), vaekket) == ("1 brev sendt.\n", ["leder@example.dk"], [])


def test_the_same_letter_has_the_same_id(plan):
    med(plan, "leder", "leder@example.dk")
    daglig()
    Paamindelse.objects.all().delete()  # as if the transaction was lost after the server had answered
    daglig()
    foerste, anden = (brev.extra_headers["Message-ID"] for brev in mail.outbox)
    assert foerste == anden


def test_a_board_meeting_is_told_its_members_who_sit_that_day(plan):
    plan.frister.all().delete()
    moede = f.MoedeFactory(plan=plan, dato=date(2026, 11, 23), tilstand=Moedetilstand.INDKALDT)
    f.DagsordenspunktFactory.create_batch(2, moede=moede)
    f.DagsordenspunktFactory(moede=moede, slags="O")
    f.MoedeFactory(plan=plan, dato=date(2026, 11, 23))  # not called yet
    side = f.BestyrelsessideFactory(plan=plan)
    for navn, felter in (("a", {}), ("b", {"til": date(2026, 11, 1)}), ("c", {})):
        bruger = med(plan, "bestyrelse", f"{navn}@example.dk")
        f.BestyrelsesmedlemFactory(side=side, bruger=bruger, **felter)
    plan.medlemskaber.filter(bruger__email="c@example.dk").delete()
    daglig()
    assert til() == ["a@example.dk"]
    assert "- Bestyrelsesmøde med 2 punkter til beslutning (23. november 2026)" in mail.outbox[0].body


def test_minutes_are_asked_for_until_they_are_answered_and_three_times_at_most(plan):
    plan.frister.all().delete()
    moede = f.MoedeFactory(plan=plan, dato=date(2026, 11, 5), tilstand=Moedetilstand.HOLDT)
    papir = f.MoedepapirFactory(moede=moede, sendt=datetime(2026, 11, 20, 9, tzinfo=UTC))
    side = f.BestyrelsessideFactory(plan=plan)
    a, b = (
        f.BestyrelsesmedlemFactory(side=side, bruger=med(plan, "bestyrelse", f"{navn}@example.dk")) for navn in "ab"
    )
    f.ReferatgodkendelseFactory(papir=papir, medlem=a)
    for dage in (0, 1, 13, 14, 28, 42, 60):
        daglig(DAG + timedelta(days=dage))
    assert til() == ["b@example.dk"] * 3
    assert "Godkend referatet af 5. november 2026" in mail.outbox[0].body
    assert b.bruger.email == "b@example.dk"


def test_one_who_can_sign_is_asked_and_the_signing_board_knows(plan):
    plan.frister.all().delete()
    underskriver = f.UnderskriverFactory(udgave__plan=plan, bruger=f.BrugerFactory(email="borgmester@example.dk"))
    f.MedlemskabFactory(plan=plan, bruger=underskriver.bruger, rolle="observatoer")
    daglig()
    assert til() == []  # not approved yet
    f.GodkendelseFactory(udgave=underskriver.udgave)
    daglig()
    assert til() == ["borgmester@example.dk"]
    assert Haendelse.objects.filter(handling=PAAMINDET, objekt_id=str(underskriver.pk)).count() == 1
    daglig(DAG + timedelta(days=1))
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("planer", [1, 3])
def test_the_queries_do_not_grow_with_the_plans(db, post, django_assert_num_queries, planer):
    alle = [ny_plan(regelsaet=f.RegelsaetFactory()) for _ in range(planer)]
    leder = f.BrugerFactory(email="leder@example.dk")
    for plan in alle:
        f.MedlemskabFactory(plan=plan, bruger=leder, rolle="leder")
        f.FristFactory(plan=plan, dato=DAG)
        f.BestyrelsesmedlemFactory(side=f.BestyrelsessideFactory(plan=plan), bruger=leder)
        f.MoedeFactory(plan=plan, dato=DAG, tilstand=Moedetilstand.INDKALDT)
        f.MoedepapirFactory(moede__plan=plan, moede__dato=DAG, sendt=datetime(2026, 11, 19, 9, tzinfo=UTC))
        underskriver = f.UnderskriverFactory(udgave__plan=plan, bruger=leder)
        f.GodkendelseFactory(udgave=underskriver.udgave)
    with django_assert_num_queries(29):  # two of them for what has been asked and not told
        linjer = daglig(DAG, "--proev")
    assert [linjer.count(tekst) for tekst in ("Send regnskabet", "Godkend referatet", "Skriv under")] == [planer] * 3
    assert linjer.count("21.11.2026 Bestyrelsesmøde\n") == planer


def test_a_day_that_is_none(db):
    with pytest.raises(CommandError, match="er ikke en dag"):
        call_command("daglig", "--dag", "i går")


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_send_one_letter(post):
    """The second waits for the first one's row, and then passes the person over."""
    plan = ny_plan()
    f.FristFactory(plan=plan, dato=DAG)
    med(plan, "leder", "leder@example.dk")
    breve = find_breve(DAG)

    def skriv():
        return len(skriv_breve(breve, dag=DAG, absolut=lambda sti: sti))

    assert sorted(samtidigt(skriv, skriv)) == [0, 1]
    samtidigt(udbakke.send_forfaldne, udbakke.send_forfaldne)
    assert til() == ["leder@example.dk"]


def test_those_who_write_hear_of_a_meeting_when_it_is_over_and_nobody_has_said_so(plan):
    plan.frister.all().delete()
    med(plan, "leder", "leder@example.dk")
    f.MoedeFactory(plan=plan, art="foelgegruppe", dato=DAG)
    assert daglig() == "0 breve sendt.\n"
    assert daglig(DAG + timedelta(days=1)) == "1 brev sendt.\n"
    assert "- Åben følgegruppe (21. november 2026)" in mail.outbox[0].body
