"""Whom each thing that is asked is told to, in words that give nothing away; the daily letter for who chose that."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from aftaler.models import Meddelelse
from dokumenter.actions.udgave import godkend
from dokumenter.actions.underskrift import vaelg_underskriver
from helhedsplan.models import Bruger
from moeder.actions import moedepapir as papirer
from moeder.actions.moede import Forsendelse
from status.actions.laesning import spoerg, svar
from tests import factories as f
from tests.verden import publiceret_status, verden


@pytest.fixture
def v(db):
    return verden()


def med_breve(handling, **argumenter):
    """What the action gives, and {address: subject} of the letters that went."""
    foer = len(mail.outbox)
    with TestCase.captureOnCommitCallbacks(execute=True):
        handling(**argumenter)
    return {b.to[0]: b.subject for b in mail.outbox[foer:]}


def test_a_question_goes_to_those_who_write_and_the_answer_to_who_asked(v):
    status = publiceret_status(v.plan)
    spoerger, leder, sekretariat = (v.brugere[r] for r in ("bestyrelse", "leder", "sekretariat"))
    breve = med_breve(spoerg, bruger=spoerger, status=status, afsnit="penge", tekst="Hvorfor 17 kr.?")
    emne = f"Helhedsplan: Der er et spørgsmål til »{status}«"
    assert breve == {leder.email: emne, sekretariat.email: emne}
    spoergsmaal = status.spoergsmaal.get()
    assert med_breve(svar, bruger=leder, spoergsmaal=spoergsmaal, svar="Det er 18 kr.") == {
        spoerger.email: f"Helhedsplan: Der er svar på dit spørgsmål til »{status}«"
    }
    assert med_breve(svar, bruger=leder, spoergsmaal=spoergsmaal, svar="Nej, 19 kr.") == {}  # said once
    assert not any("kr." in b.body for b in mail.outbox)


def test_made_signer_is_told_once_and_not_by_oneself(v):
    udgave = f.UdgaveFactory(plan=v.plan)
    underskriver, leder, laeser = (
        f.UnderskriverFactory(udgave=udgave, navn=""),
        v.brugere["leder"],
        v.brugere["bestyrelse"],
    )
    faelles = {"bruger": leder, "underskriver": underskriver, "version": None}
    emne = f"Helhedsplan: Du er valgt til at skrive under på {udgave.titel}"
    assert med_breve(vaelg_underskriver, **faelles, felter={"bruger": laeser, "orden": 0}) == {laeser.email: emne}
    assert med_breve(vaelg_underskriver, **faelles, felter={"bruger": laeser, "orden": 1}) == {}
    assert med_breve(vaelg_underskriver, **faelles, felter={"bruger": leder, "orden": 1}) == {}


def test_a_rejected_paper_is_told_to_those_who_write_it(v):
    udgave = f.UdgaveFactory(plan=v.plan)
    afgoerelse = {
        "niveau": 1, "dato": timezone.localdate(), "besluttet_af": "Bestyrelsen", "pdf_sha256": udgave.pdf_sha256
    }  # fmt: skip
    breve = med_breve(
        godkend, bruger=v.brugere["leder"], udgave=udgave, resultat="afvist", note="Hemmeligt", **afgoerelse
    )
    assert breve == {v.brugere["sekretariat"].email: f"Helhedsplan: Afvist: {udgave.titel}, udgave {udgave.nummer}"}
    assert "Hemmeligt" not in mail.outbox[-1].body
    assert med_breve(godkend, bruger=v.brugere["leder"], udgave=udgave, resultat="godkendt", **afgoerelse) == {}


@pytest.fixture
def bestyrelse(v):
    """Three members with accounts, the last without a vote."""
    side, uden = f.BestyrelsessideFactory(plan=v.plan), f.BestyrelsessideFactory(plan=v.plan, har_stemme=False)
    folk = [f.MedlemskabFactory(plan=v.plan, rolle="bestyrelse", bruger__navn=f"Medlem Nr{n}").bruger for n in range(3)]
    for nr, bruger in enumerate(folk):
        f.BestyrelsesmedlemFactory(side=uden if nr == 2 else side, bruger=bruger)
    return folk


def send_dagsorden(v, *modtagere, slags="B"):
    moede = f.MoedeFactory(plan=v.plan, dato=timezone.localdate() + timedelta(days=9))
    f.DagsordenspunktFactory(moede=moede, slags=slags, titel="Fyring af Hr. Hemmelig")
    til = Forsendelse(list(modtagere), "https://plan.example/moede/")
    return med_breve(papirer.send_dagsorden, bruger=v.brugere["leder"], moede=moede, version=None, til=til)


def test_who_votes_and_gets_no_agenda_by_letter_is_told_that_the_vote_is_open(v, bestyrelse):
    breve = send_dagsorden(v, bestyrelse[0])
    assert set(breve) == {bestyrelse[0].email, bestyrelse[1].email}
    assert breve[bestyrelse[1].email].startswith("Helhedsplan: Du kan stemme til mødet ")
    assert not any("Hemmelig" in b.body + b.subject for b in mail.outbox)
    assert send_dagsorden(v, slags="O") == {}  # nothing to vote on


def test_the_minutes_ask_for_approval_and_tell_who_is_named(v, bestyrelse):
    naevnt = v.brugere["observatoer"]
    Bruger.objects.filter(pk=naevnt.pk).update(navn="Berit Prøve")
    moede = f.MoedeFactory(plan=v.plan, dato=date(2026, 9, 3), tilstand="holdt")
    f.DagsordenspunktFactory(moede=moede, referat="Berit Prøve betaler 500 kr.")
    til = Forsendelse([bestyrelse[0]], "https://plan.example/moede/")
    breve = med_breve(papirer.send_referat, bruger=v.brugere["leder"], moede=moede, version=None, til=til)
    godkend_det = "Helhedsplan: Referatet af mødet 3. september 2026 venter på din godkendelse"
    assert breve == {
        bestyrelse[0].email: "Helhedsplan: Referat for 3. september 2026",
        bestyrelse[1].email: godkend_det,
        bestyrelse[2].email: godkend_det,
        naevnt.email: "Helhedsplan: Du er nævnt i referatet af mødet 3. september 2026",
    }
    assert not any("500" in b.body for b in mail.outbox)


def test_the_daily_letter_tells_who_chose_that_once(v, settings):
    settings.SIDENS_ADRESSE = "https://plan.example"
    Bruger.objects.exclude(pk=v.brugere["sekretariat"].pk).update(mail_frister="aldrig", mail_spoergsmaal="aldrig")
    Bruger.objects.filter(pk=v.brugere["sekretariat"].pk).update(mail_frister="aldrig", mail_spoergsmaal="daglig")
    status = publiceret_status(v.plan)
    assert med_breve(spoerg, bruger=v.brugere["bestyrelse"], status=status, afsnit="penge", tekst="Hvorfor?") == {}
    call_command("daglig", stdout=StringIO())
    [brev] = mail.outbox
    assert (brev.to, brev.subject) == ([v.brugere["sekretariat"].email], "Helhedsplan: 1 ting venter på dig")
    assert f"- Der er et spørgsmål til »{status}«" in brev.body
    url = reverse("status-vis", args=[v.plan.noegle, status.noegle])
    assert f"https://plan.example{url}#spoergsmaal" in brev.body
    assert Meddelelse.objects.get().sendt is not None
    call_command("daglig", stdout=StringIO())
    assert len(mail.outbox) == 1


def test_what_was_settled_before_the_daily_letter_is_not_told(v):
    Bruger.objects.update(mail_frister="aldrig", mail_spoergsmaal="daglig")
    status = publiceret_status(v.plan)
    spoerg(bruger=v.brugere["bestyrelse"], status=status, afsnit="penge", tekst="Hvorfor?")
    svar(bruger=v.brugere["leder"], spoergsmaal=status.spoergsmaal.get(), svar="Fordi.")
    call_command("daglig", stdout=StringIO())
    assert {b.to[0] for b in mail.outbox} == {v.brugere["bestyrelse"].email}
