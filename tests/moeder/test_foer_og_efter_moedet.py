"""What happens at a meeting is written when its hour has come, and what it came to nothing on is not open for ever."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from dokumenter import lager
from helhedsplan.formats import lang_dato
from helhedsplan.pdf import html_til_pdf
from moeder.actions import afstemning, moede_udenfor, moedepapir
from moeder.actions import moede as moedehandlinger
from moeder.bevis.beslutning import IKKE_EFTERSET, beslutning_mangler, beslutningsmaerker
from moeder.bevis.filord import IKKE_REFERAT
from moeder.models import Afgoerelse, Dagsordenspunkt, Fremmoede, Moede
from moeder.queries.afstemning import revision_venter, stillinger, venter_paa_min_stemme
from moeder.queries.moede import forslag
from tests import factories as f
from tests.moeder.afstemningsdata import en_bestyrelse

pytestmark = pytest.mark.django_db


@pytest.fixture
def klokken(monkeypatch):
    """The hour of the day, today."""

    def saet(time_: int, minut: int = 0):
        nu = timezone.make_aware(datetime.combine(timezone.localdate(), time(time_, minut)))
        monkeypatch.setattr(timezone, "now", lambda: nu)

    return saet


@pytest.fixture
def b():
    return en_bestyrelse(dato=timezone.localdate(), start=time(15, 30), slut=time(17))


def fremmoede(b, navn="A1", art="til_stede", fuldmagt_til=None):
    raekke = {"medlem": b.medlemmer[navn], "art": art, "fuldmagt_til": fuldmagt_til, "version": None}
    return afstemning.ret_fremmoede(bruger=b.sekretaer, moede=b.moede, raekker=[raekke])


def afvist(tekst, goer, felt=None):
    with pytest.raises(ValidationError, match=tekst) as fejl:
        goer()
    assert felt is None or list(fejl.value.message_dict) == [felt]


@pytest.mark.parametrize("art", ["til_stede", "udeblevet"])
def test_nobody_came_or_stayed_away_before_the_hour(b, klokken, art):
    klokken(15, 29)
    afvist("begynder først i dag kl. 15.30", lambda: fremmoede(b, art=art), f"art_{b.medlemmer['A1'].pk}")
    assert not Fremmoede.objects.exists()
    assert fremmoede(b, art="afbud", fuldmagt_til=b.medlemmer["A2"])  # that is said before
    klokken(15, 30)
    assert fremmoede(b, "B1", art)


def test_attendance_before_the_hour_stands_at_its_field_on_the_page(b, klokken, client):
    klokken(9)
    client.force_login(b.sekretaer)
    medlem = b.medlemmer["A1"]
    adresse = reverse("fremmoede-ret", args=[b.plan.noegle, b.moede.pk])
    svar = client.post(adresse, {f"art_{medlem.pk}": "til_stede", f"grund_{medlem.pk}": ""})
    assert svar.status_code == 422
    assert list(svar.context["form"].errors) == [f"art_{medlem.pk}"]


@pytest.mark.parametrize("dage", [0, 1, 40])
def test_a_meeting_is_not_held_and_nothing_concluded_before_its_hour(b, klokken, dage):
    klokken(9)
    Moede.objects.filter(pk=b.moede.pk).update(dato=timezone.localdate() + timedelta(dage))
    b.moede.refresh_from_db()
    punkt = b.punkt()
    b.stem(punkt, "A1", "for")  # votes are given before
    tekst = "begynder først" if not dage else "Mødet er først"
    afvist(tekst, lambda: moedepapir.hold(bruger=b.sekretaer, moede=b.moede))
    afvist(tekst, lambda: b.afgoer(punkt, enighed=True))
    assert not any(p.maa_afgoere for p in stillinger(b.moede, b.leder))
    assert not Afgoerelse.objects.exists()


def test_a_meeting_elsewhere_is_not_held_before_its_hour(b, klokken):
    klokken(9)
    Moede.objects.filter(pk=b.moede.pk).update(tilstand="planlagt")
    felter = {"bruger": b.sekretaer, "plan": b.plan, "art": "bestyrelse", "dato": b.moede.dato, "moede": b.moede}
    afvist("begynder først", lambda: moede_udenfor.meld_moede_holdt(**felter), "dato")
    klokken(16)
    assert moede_udenfor.meld_moede_holdt(**felter).tilstand == "holdt"


def test_a_meeting_elsewhere_was_not_held_before_the_plan_was_thought_of(b):
    felter = {"bruger": b.sekretaer, "plan": b.plan, "art": "bestyrelse", "dato": date(1900, 1, 1)}
    afvist("dagen kan tidligst være", lambda: moede_udenfor.meld_moede_holdt(**felter), "dato")


def test_a_conclusion_is_not_older_than_the_meeting(b, klokken):
    klokken(16)
    punkt = b.punkt()
    foer = b.moede.dato - timedelta(1)
    afvist("kan ikke være fra før den dag", lambda: b.afgoer(punkt, enighed=True, dato=foer), "dato")
    assert b.afgoer(punkt, enighed=True, dato=b.moede.dato).pk


# --- after the meeting ------------------------------------------------------------------------------------------------


@pytest.fixture
def holdt():
    """A meeting held yesterday that decided nothing on an edition and on a text of its own."""
    b = en_bestyrelse()
    b.udgave_punkt = b.punkt(udgave=f.UdgaveFactory(plan=b.plan, titel="Budget"), titel="Budgettet")
    b.tekst_punkt = b.punkt(titel="En vikar", indstilling="At der ansættes en vikar.")
    Moede.objects.filter(pk=b.moede.pk).update(tilstand="holdt")
    b.moede.refresh_from_db()
    return b


def naeste(b, **felter):
    return f.MoedeFactory(
        plan=b.plan, **{"dato": timezone.localdate() + timedelta(30), "tilstand": "planlagt"} | felter
    )


def test_what_a_held_meeting_did_not_decide_asks_for_no_vote(holdt, client):
    medlem = holdt.medlemmer["A1"].bruger
    assert venter_paa_min_stemme(holdt.plan, medlem) == []
    assert [(p.er_uafgjort, p.kan_stemme) for p in stillinger(holdt.moede, medlem)] == [(True, False)] * 2
    punkt = Dagsordenspunkt.objects.select_related("moede__plan").get(pk=holdt.tekst_punkt.pk)
    afvist("Mødet er holdt", lambda: holdt.stem(punkt, "A1", "for"))
    assert holdt.stem(punkt, "A1", "for", bruger=holdt.sekretaer).pk  # written down after the meeting
    client.force_login(holdt.sekretaer)
    side = client.get(holdt.moede.get_absolute_url()).content.decode()
    assert side.count("Ikke afgjort på mødet") == 2
    assert side.count("Flyt til næste møde") == 2
    assert "Din stemme" not in side


def test_it_is_moved_to_the_next_meeting_with_one_press_and_once(holdt, client):
    client.force_login(holdt.sekretaer)
    url = reverse("punkt-naeste", args=[holdt.plan.noegle, holdt.moede.pk, holdt.tekst_punkt.pk])
    assert "ikke planlagt et senere møde" in client.post(url, follow=True).content.decode()
    naeste(holdt, art="foelgegruppe")
    naeste(holdt, tilstand="aflyst", aflyst_grund="Sygdom")
    senere = naeste(holdt)
    for ventet in ("er sat på mødet", "står allerede på mødet"):
        assert ventet in client.post(url, follow=True).content.decode()
    nyt = senere.punkter.get()
    assert (nyt.titel, nyt.indstilling, nyt.slags) == ("En vikar", "At der ansættes en vikar.", "B")
    assert not hasattr(Dagsordenspunkt.objects.get(pk=holdt.tekst_punkt.pk), "afgoerelse")
    side = client.get(holdt.moede.get_absolute_url()).content.decode()
    assert f'<a href="{senere.get_absolute_url()}">mødet' in side
    assert side.count("Flyt til næste møde") == 1


def test_only_what_was_not_decided_is_moved(holdt):
    naeste(holdt)
    holdt.hold()
    punkt = Dagsordenspunkt.objects.select_related("moede__plan").get(pk=holdt.tekst_punkt.pk)
    afstemning.afgoer(
        bruger=holdt.leder, punkt=punkt, resultat="udsat", dato=timezone.localdate(), enighed=True, sha256=""
    )
    punkt = Dagsordenspunkt.objects.select_related("moede__plan", "afgoerelse").get(pk=punkt.pk)
    afvist("ikke afgjorde", lambda: moedehandlinger.flyt_til_naeste(bruger=holdt.sekretaer, punkt=punkt))


def test_an_undecided_edition_waits_again(holdt):
    senere = naeste(holdt)
    assert f"udgave-{holdt.udgave_punkt.udgave_id}" in [x.noegle for x in forslag(senere)]
    Moede.objects.filter(pk=holdt.moede.pk).update(tilstand="indkaldt")
    assert f"udgave-{holdt.udgave_punkt.udgave_id}" not in [x.noegle for x in forslag(senere)]


# --- the board's decision on a revision -------------------------------------------------------------------------------


def test_a_revision_left_undecided_is_not_on_the_agenda_any_more_and_is_decided_somewhere(holdt):
    revision = f.RevisionFactory(budget__plan=holdt.plan)
    punkt = holdt.punkt(revision=revision, titel="Revisionen")
    dag = timezone.localdate()
    assert revision_venter(revision) == ""
    assert "ingen beslutning fra bestyrelsen" in beslutning_mangler(revision, dag)
    f.AfgoerelseFactory(punkt=f.DagsordenspunktFactory(moede=holdt.moede, slags="O"), resultat="godkendt", dato=dag)
    f.AfgoerelseFactory(punkt=holdt.udgave_punkt, resultat="godkendt", dato=dag)
    f.AfgoerelseFactory(punkt=holdt.tekst_punkt, resultat="afvist", dato=dag)
    assert beslutning_mangler(revision, dag) != ""
    f.AfgoerelseFactory(punkt=punkt, resultat="godkendt", dato=dag)
    assert beslutning_mangler(revision, dag) == ""
    assert beslutning_mangler(revision, dag - timedelta(1)) != ""
    assert beslutning_mangler(f.RevisionFactory(budget__plan=holdt.plan, budget__art="ansoegt"), dag) != ""


def test_minutes_at_hand_are_a_decision_until_they_are_withdrawn(holdt):
    revision = f.RevisionFactory(budget__plan=holdt.plan)
    dag = timezone.localdate() - timedelta(9)
    moede = f.MoedeFactory(plan=holdt.plan, dato=dag, tilstand="holdt", uden_for_programmet=True)
    assert beslutning_mangler(revision, dag) != ""
    med_fil(moede, f"Referat af bestyrelsesmøde den {lang_dato(dag)}")
    assert beslutning_mangler(revision, dag) == ""


def med_fil(moede, ord_: str) -> None:
    data = html_til_pdf(f'<html lang="da"><p>{ord_}</p></html>', titel="Referat", identifikator="x")
    navn, maerke = lager.gem(data, "referater", ".pdf")
    felter = {"referatfil": navn, "referatfil_navn": "frokost.pdf", "referatfil_sha256": maerke}
    Moede.objects.filter(pk=moede.pk).update(**felter)


def test_any_file_is_no_decision_and_minutes_that_nobody_else_has_seen_are_marked(holdt):
    dag = timezone.localdate() - timedelta(9)
    revision = f.RevisionFactory(budget__plan=holdt.plan, bestyrelse_den=dag)
    moede = f.MoedeFactory(plan=holdt.plan, dato=dag, tilstand="holdt", uden_for_programmet=True)
    med_fil(moede, "Frokostordning. Opskrift: rugbrød")
    svar = beslutning_mangler(revision, dag)
    assert IKKE_REFERAT in svar
    assert "nævner ikke mødets dag" in svar
    med_fil(moede, f"Referat af bestyrelsesmøde den {lang_dato(dag)}")
    maerke = {revision.pk: IKKE_EFTERSET.format("frokost.pdf")}
    assert beslutning_mangler(revision, dag) == ""
    assert beslutningsmaerker(holdt.plan, [revision]) == maerke
    r = f.UploadetReferatFactory(plan=holdt.plan, dato=dag, bekraeftet=None)
    assert beslutningsmaerker(holdt.plan, [revision]) == maerke
    f.UploadetReferatFactory(plan=holdt.plan, dato=dag, uploadet_af=r.uploadet_af)
    assert beslutningsmaerker(holdt.plan, [revision]) == {}
    anden = f.RevisionFactory(budget=revision.budget, nummer=2, bestyrelse_den=dag - timedelta(1))
    f.UploadetReferatFactory(plan=holdt.plan, dato=dag - timedelta(1), bekraeftet=None)
    assert list(beslutningsmaerker(holdt.plan, [revision, anden])) == [anden.pk]
    f.AfgoerelseFactory(punkt=holdt.tekst_punkt, resultat="godkendt", dato=dag - timedelta(1))
    assert beslutningsmaerker(holdt.plan, [revision, anden]) == {}


def test_two_pairs_of_eyes_where_the_plan_demands_it(holdt, monkeypatch):
    monkeypatch.setattr("moeder.bevis.beslutning.parameter", lambda plan, noegle: 1)
    dag = timezone.localdate() - timedelta(9)
    revision, en, anden = f.RevisionFactory(budget__plan=holdt.plan), f.BrugerFactory(), f.BrugerFactory()
    f.MedlemskabFactory(plan=holdt.plan, bruger=en, rolle="leder")
    moede = moede_udenfor.meld_moede_holdt(bruger=en, plan=holdt.plan, art="bestyrelse", dato=dag)
    med_fil(moede, f"Referat af bestyrelsesmøde den {lang_dato(dag)}")
    assert "to par øjne" in beslutning_mangler(revision, dag, en)
    assert beslutning_mangler(revision, dag, anden) == ""
