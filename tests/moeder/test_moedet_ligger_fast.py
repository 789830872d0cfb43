"""What a meeting has concluded leans on its day, its attendance and its minutes; none of them gives way afterwards."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from moeder.actions import afstemning, moede_udenfor
from moeder.actions import moede as handlinger
from moeder.models import Afgoerelse, Dagsordenspunkt, Moede
from moeder.queries.afstemning import stillinger
from moeder.queries.moede import flyttede
from tests import factories as f
from tests.moeder.afstemningsdata import en_bestyrelse

pytestmark = pytest.mark.django_db

I_DAG = {"resultat": "godkendt", "enighed": True}


@pytest.fixture
def b():
    return en_bestyrelse()


def holdt(b):
    Moede.objects.filter(pk=b.moede.pk).update(tilstand="holdt")
    b.moede.refresh_from_db()
    return b


def afgoer(b, punkt):
    """As a leader would, with nothing made ready."""
    return afstemning.afgoer(
        bruger=b.leder, punkt=punkt, dato=timezone.localdate(), sha256=punkt.genstand_sha256, **I_DAG
    )


def fremmoede(b, *raekker):
    skrevne = {x.medlem_id: x.version for x in b.moede.fremmoeder.all()}
    linjer = [
        {
            "medlem": b.medlemmer[navn],
            "art": art,
            "fuldmagt_til": til and b.medlemmer[til],
            "version": skrevne.get(b.medlemmer[navn].pk),
        }
        for navn, art, til in raekker
    ]
    return afstemning.ret_fremmoede(bruger=b.sekretaer, moede=b.moede, raekker=linjer)


def afvist(tekst, goer, felt=None):
    with pytest.raises(ValidationError, match=tekst) as fejl:
        goer()
    assert felt is None or list(fejl.value.message_dict) == [felt]


def test_nothing_is_concluded_before_the_meeting_is_said_to_be_held(b):
    punkt = b.punkt()
    for navn in ("A1", "B1"):
        f.FremmoedeFactory(moede=b.moede, medlem=b.medlemmer[navn])
    afvist("Skriv først på mødets side, at mødet er holdt", lambda: afgoer(b, punkt))
    assert afgoer(holdt(b), punkt).resultat == "godkendt"


@pytest.mark.parametrize("skrevet", [[], [("A1", "afbud", None)], [("P1", "til_stede", None)]])
def test_a_board_without_a_voting_member_there_concludes_nothing(b, client, skrevet):
    punkt = b.punkt()
    holdt(b)
    fremmoede(b, *skrevet)
    afvist("Ingen med stemme er skrevet til stede", lambda: afgoer(b, punkt))
    client.force_login(b.leder)
    side = client.get(b.moede.get_absolute_url()).content.decode()
    assert "Skriv fremmødet, før punktet afgøres." in side
    assert "Afgør punktet" not in side
    url = reverse("punkt-afgoer", args=[b.plan.noegle, b.moede.pk, punkt.pk])
    assert "Skriv fremmødet, før punktet afgøres." in client.get(url).content.decode()
    assert client.post(url, {"resultat": "godkendt", "enighed": "on"}).status_code == 422
    assert not Afgoerelse.objects.exists()


def test_an_item_is_closed_when_the_minutes_are_out(b):
    punkt = b.punkt()
    b.hold()
    f.MoedepapirFactory(moede=b.moede)
    afvist("Referatet er sendt", lambda: afgoer(b, punkt))
    assert [(p.maa_afgoere, "Sæt punktet på et senere" in p.lukket) for p in stillinger(b.moede, b.leder)] == [
        (False, True)
    ]


def test_an_item_that_was_moved_on_is_decided_there_and_here_when_it_is_taken_back(b):
    punkt, andet = b.punkt(titel="En vikar"), b.punkt(titel="Noget andet")
    b.hold()
    senere = f.MoedeFactory(plan=b.plan, dato=timezone.localdate() + timedelta(30), tilstand="planlagt")
    nyt = handlinger.flyt_til_naeste(bruger=b.sekretaer, punkt=b.send(punkt))
    afvist("Punktet står på mødet", lambda: afgoer(b, punkt))
    assert afgoer(b, andet).pk
    handlinger.slet_punkt(bruger=b.sekretaer, punkt=nyt)
    assert afgoer(b, punkt).pk
    assert not senere.punkter.exists()


def test_an_item_that_is_called_the_same_is_not_the_same_and_one_that_was_renamed_is(b):
    punkt, oekonomi = b.punkt(titel="En vikar"), b.punkt(titel="Økonomi")
    b.hold()
    senere = f.MoedeFactory(plan=b.plan, dato=timezone.localdate() + timedelta(30), tilstand="planlagt")
    f.DagsordenspunktFactory(moede=senere, titel="Økonomi")  # another quarter's
    nyt = handlinger.flyt_til_naeste(bruger=b.sekretaer, punkt=b.send(punkt))
    assert nyt.flyttet_fra == punkt
    handlinger.ret_punkt(bruger=b.sekretaer, punkt=nyt, felter={"titel": "Vikar til beboerrådgivningen"}, version=None)
    frisk = Dagsordenspunkt.objects.select_related("moede__plan").get(pk=punkt.pk)
    afvist("Punktet står allerede på mødet", lambda: handlinger.flyt_til_naeste(bruger=b.sekretaer, punkt=frisk))
    assert flyttede(b.moede) == {punkt.pk: senere}
    frisk = Dagsordenspunkt.objects.select_related("moede__plan").get(pk=oekonomi.pk)
    assert handlinger.flyt_til_naeste(bruger=b.sekretaer, punkt=frisk).flyttet_fra == oekonomi


def test_a_meeting_that_has_decided_is_not_cancelled(b):
    felter = {"bruger": b.sekretaer, "grund": "Alle var syge", "version": None}
    f.AfgoerelseFactory(punkt=b.punkt())
    f.FremmoedeFactory(moede=b.moede, medlem=b.medlemmer["A1"], art="afbud")
    afvist("kan ikke aflyses", lambda: handlinger.aflys(moede=b.moede, **felter))
    andet = f.MoedeFactory(plan=b.plan, tilstand="indkaldt", dato=b.moede.dato)
    f.FremmoedeFactory(moede=andet, medlem=b.medlemmer["A1"], art="afbud")  # who cannot come may be why
    assert handlinger.aflys(moede=andet, **felter)


@pytest.mark.parametrize(
    ("sket", "ord_"),
    [
        (lambda b, p: f.AfgoerelseFactory(punkt=p), "beslutninger"),
        (lambda b, p: b.stem(p, "A1", "for"), "stemmer"),
        (lambda b, p: f.FremmoedeFactory(moede=b.moede, medlem=b.medlemmer["A1"], art="afbud"), "fremmøde"),
        (lambda b, p: f.MoedepapirFactory(moede=b.moede), "et sendt referat"),
    ],
)
def test_what_is_written_of_a_meeting_holds_its_day(b, sket, ord_):
    punkt = b.punkt()
    dag = b.moede.dato
    felter = {"bruger": b.sekretaer, "moede": b.moede, "version": None}
    nye = {"sted": "Rådhuset", "dato": dag + timedelta(200)}
    sket(b, punkt)
    afvist(f"Mødet har {ord_}, der gælder", lambda: handlinger.ret_moede(**felter, felter=nye), "dato")
    assert handlinger.ret_moede(**felter, felter=nye | {"dato": dag})
    b.moede.refresh_from_db()
    assert (b.moede.dato, b.moede.sted) == (dag, "Rådhuset")


def test_nor_is_its_day_changed_by_saying_that_it_was_held_elsewhere(b):
    f.FremmoedeFactory(moede=holdt(b).moede, medlem=b.medlemmer["A1"])
    dag = b.moede.dato - timedelta(9)
    felter = {"bruger": b.sekretaer, "plan": b.plan, "art": "bestyrelse", "dato": dag, "moede": b.moede}
    fil = moede_udenfor.Referatfil(b"", "referat.pdf")
    afvist("dagen kan ikke ændres", lambda: moede_udenfor.meld_moede_holdt(**felter, referat=fil), "dato")


@pytest.mark.parametrize("grundlag", ["beslutning", "referat"])
def test_attendance_that_something_leans_on_stands_and_what_is_missing_is_added(b, client, grundlag):
    punkt = b.punkt()
    b.stem(punkt, "B1", "for")
    holdt(b)
    fremmoede(b, ("A1", "til_stede", None))
    if grundlag == "beslutning":
        afgoer(b, punkt)
    else:
        f.MoedepapirFactory(moede=b.moede)
    afvist("kan ikke ændres", lambda: fremmoede(b, ("A1", "udeblevet", None)), f"art_{b.medlemmer['A1'].pk}")
    afvist("kan ikke ændres", lambda: fremmoede(b, ("A1", "", None)))
    afvist("kan ikke ændres", lambda: fremmoede(b, ("B1", "udeblevet", None)))  # who has voted
    assert fremmoede(b, ("A2", "afbud", None))
    client.force_login(b.sekretaer)
    side = client.get(reverse("fremmoede-ret", args=[b.plan.noegle, b.moede.pk])).content.decode()
    assert "Det fremmøde, der er skrevet, kan ikke ændres" in side


def test_two_who_are_away_do_not_hold_each_others_proxy(b):
    holdt(b)
    begge = [("A1", "afbud", "B1"), ("B1", "afbud", "A1")]
    with pytest.raises(ValidationError, match="er selv skrevet som fraværende") as fejl:
        fremmoede(b, *begge)
    assert set(fejl.value.message_dict) == {f"fuldmagt_{b.medlemmer[n].pk}" for n in ("A1", "B1")}
    afvist("ikke skrevet til stede", lambda: fremmoede(b, ("A1", "afbud", "B1")))
    fremmoede(b, ("B1", "til_stede", None), ("A1", "afbud", "B1"))
    afvist("er selv skrevet som fraværende", lambda: fremmoede(b, ("B1", "udeblevet", None)))


def test_before_the_hour_a_proxy_is_given_to_one_who_has_not_said_no():
    b = en_bestyrelse(dato=timezone.localdate() + timedelta(3))
    fremmoede(b, ("A1", "afbud", "B1"))
    afvist("er selv skrevet som fraværende", lambda: fremmoede(b, ("B1", "afbud", None)))


def test_what_is_refused_whatever_is_answered_is_told_and_not_asked_about(b, client):
    """A day outside the plan's period is asked about; that the meeting has decided stands in the way of any day."""
    plan, moede = b.plan, b.moede
    type(plan).objects.filter(pk=plan.pk).update(periode_fra="2025-11-01", periode_til="2029-10-31")
    client.force_login(b.leder)
    ret = reverse("moede-ret", args=[plan.noegle, moede.pk])
    data = {"art": moede.art, "dato": "01.12.2031", "version": moede.version}
    svar = client.post(ret, data).content.decode()
    assert ("Er det rigtigt?" in svar, "dagen kan ikke ændres" in svar) == (True, False)
    f.AfgoerelseFactory(punkt=b.punkt())
    svar = client.post(ret, data).content.decode()
    assert ("Er det rigtigt?" in svar, "dagen kan ikke ændres" in svar) == (False, True)
    assert Moede.objects.get(pk=moede.pk).dato == moede.dato
