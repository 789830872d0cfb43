"""Meetings and their agendas: made, cancelled, put in order, and filled with what waits."""

from datetime import date, time

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from helhedsplan.actions import Versionskonflikt
from helhedsplan.models import Haendelse
from moeder.actions import moede as handlinger
from moeder.models import Dagsordenspunkt, Moede
from moeder.queries.moede import forslag, naeste_moede
from tests import factories as f
from tests.samtidighed import samtidigt
from tests.verden import publiceret_status, verden

LISTENS_FORESPOERGSLER, SIDENS_FORESPOERGSLER = 6, 24


@pytest.fixture
def v(db):
    return verden()


@pytest.fixture
def sekretaer(v, client):
    client.force_login(v.brugere["sekretariat"])
    return v.brugere["sekretariat"]


@pytest.fixture
def moede(v):
    return f.MoedeFactory(plan=v.plan)


def url(navn, moede, *mere):
    return reverse(navn, args=[moede.plan.noegle, moede.pk, *mere])


def opret(client, v, **felter):
    data = {"art": "bestyrelse", "dato": "10.12.2026", "start": "", "slut": "", "sted": "", "navn": "", "version": "1"}
    return client.post(reverse("moede-opret", args=[v.plan.noegle]), data | felter)


def test_a_meeting_is_made(client, v, sekretaer):
    svar = opret(client, v, start="kl. 15.30", slut="17", sted="Beboerhuset")
    moede = Moede.objects.get()
    assert (svar.status_code, svar.url) == (302, moede.get_absolute_url())
    assert (moede.start, moede.slut, moede.tilstand) == (time(15, 30), time(17), "planlagt")
    assert Haendelse.objects.om(moede).get().handling == "oprettet"


@pytest.mark.parametrize(
    ("felter", "besked"),
    [
        ({"dato": ""}, "Udfyld feltet."),
        ({"start": "17.00", "slut": "15.00"}, "Mødet slutter, før det begynder."),
        ({"start": "halv fire"}, "Skriv klokkeslættet som 15.30."),
        ({"sted": "Hos 010180-1234"}, "CPR-nummer"),
        ({"dato": "10.12.2035"}, "10. december 2035 ligger uden for planens periode"),
        ({"dato": "31.12.2022"}, "31. december 2022 ligger uden for planens periode"),
    ],
)
def test_bad_input_is_told_at_its_place_and_all_typed_is_kept(client, v, sekretaer, felter, besked):
    svar = opret(client, v, navn="Ekstra møde", **felter)
    side = svar.content.decode()
    assert (svar.status_code, besked in side, "Ekstra møde" in side) == (422, True, True)
    assert Moede.objects.count() == 0


def test_a_day_outside_the_period_may_be_meant(client, v, sekretaer):
    opret(client, v, dato="10.12.2035", bekraeftede_advarsler="moede-uden-for-perioden")
    assert Moede.objects.get().dato == date(2035, 12, 10)


def test_the_board_meets_before_the_plan_begins(client, v, sekretaer):
    assert v.plan.periode_fra == date(2025, 11, 1)
    opret(client, v, dato="01.01.2023")
    assert Moede.objects.get().dato == date(2023, 1, 1)


def test_a_cancelled_meeting_stays_with_its_reason_and_is_not_changed(client, v, sekretaer, moede):
    assert client.post(url("moede-aflys", moede), {"grund": ""}).status_code == 422
    modtager = v.brugere["bestyrelse"]
    svar = client.post(url("moede-aflys", moede), {"grund": "For få kan komme.", "modtagere": [modtager.pk]})
    assert svar.status_code == 302
    [brev] = mail.outbox
    assert (brev.to, brev.subject) == ([modtager.email], "Helhedsplan: Mødet 10. december 2026 er aflyst")
    assert "For få kan komme." not in brev.body
    assert "For få kan komme." in client.get(moede.get_absolute_url()).content.decode()
    assert client.get(url("moede-ret", moede)).status_code == 404
    moede.refresh_from_db()
    with pytest.raises(ValidationError, match="aflyst og kan ikke rettes"):
        handlinger.ret_moede(bruger=sekretaer, moede=moede, felter={"sted": "x"}, version=None)


def test_only_an_empty_planned_meeting_is_deleted(client, v, sekretaer, moede):
    punkt = f.DagsordenspunktFactory(moede=moede)
    svar = client.post(url("moede-slet", moede), follow=True)
    assert "Mødet har punkter på dagsordenen. Aflys det i stedet." in svar.content.decode()
    handlinger.slet_punkt(bruger=sekretaer, punkt=punkt)
    client.post(url("moede-slet", moede))
    assert Moede.objects.count() == 0


def test_two_tabs_the_second_is_told(v, sekretaer, moede):
    handlinger.ret_moede(bruger=sekretaer, moede=moede, felter={"sted": "Her"}, version=1)
    with pytest.raises(Versionskonflikt):
        handlinger.ret_moede(bruger=sekretaer, moede=Moede.objects.get(), felter={"sted": "Der"}, version=1)
    assert Moede.objects.get().sted == "Her"


def test_readers_write_nothing(v, moede):
    for rolle in ("bestyrelse", "observatoer"):
        with pytest.raises(PermissionDenied):
            handlinger.opret_punkt(bruger=v.brugere[rolle], punkt=Dagsordenspunkt(moede=moede, titel="x", slags="O"))
        with pytest.raises(PermissionDenied):
            handlinger.sorter_punkter(bruger=v.brugere[rolle], moede=moede, noegler=["1"])


def test_the_order_is_dragged_or_moved(client, v, sekretaer, moede):
    a, b, c = f.DagsordenspunktFactory.create_batch(3, moede=moede)
    svar = client.post(url("punkt-sorter", moede), {"raekkefoelge": [c.pk, a.pk, b.pk]})
    assert (svar.status_code, list(moede.punkter.all())) == (200, [c, a, b])
    client.post(url("punkt-flyt", moede, c.pk), {"skridt": "1"})
    assert list(moede.punkter.all()) == [a, c, b]
    assert client.post(url("punkt-flyt", moede, c.pk), {"skridt": "7"}).status_code == 404


def test_the_order_of_a_meeting_that_was_cancelled_meanwhile_stays(client, v, sekretaer, moede):
    a, b = f.DagsordenspunktFactory.create_batch(2, moede=moede)
    handlinger.aflys(bruger=sekretaer, moede=moede, grund="Formanden er syg.", version=None)
    svar = client.post(url("punkt-sorter", moede), {"raekkefoelge": [b.pk, a.pk]})
    assert (svar.status_code, svar.content.decode()) == (400, "Mødet er aflyst og kan ikke rettes.")
    assert client.post(url("punkt-sorter", moede)).status_code == 400
    svar = client.post(url("punkt-flyt", moede, a.pk), {"skridt": "1"}, follow=True)
    assert "Mødet er aflyst og kan ikke rettes." in svar.content.decode()
    assert list(moede.punkter.all()) == [a, b]


def test_what_waits_is_one_press_away_and_is_taken_once(client, v, sekretaer, moede):
    udgave = f.UdgaveFactory(plan=v.plan, indhold=v.udgave.indhold, resume="Perioden er ændret.")
    status = publiceret_status(v.plan)
    revision = v.plan.budgetter.get(noegle="bevilget").revisioner.first()
    punkt = status.punkter.get()
    ventet = [f"udgave-{udgave.pk}", f"status-{status.pk}", f"spoergsmaal-{punkt.pk}", f"revision-{revision.pk}"]
    assert [x.noegle for x in forslag(moede)] == ventet
    for noegle in ventet:
        assert client.post(url("punkt-foreslaa", moede), {"noegle": noegle}).status_code == 302
    assert [(p.slags, p.udgave, p.status, p.revision) for p in moede.punkter.all()] == [
        ("B", udgave, None, None),
        ("O", None, status, None),
        ("B", None, None, None),
        ("B", None, None, revision),
    ]
    assert forslag(moede) == []
    svar = client.post(url("punkt-foreslaa", moede), {"noegle": ventet[0]}, follow=True)
    assert "Det står allerede på en dagsorden" in svar.content.decode()


def test_the_last_minutes_are_up_for_approval(v, moede):
    forrige = f.MoedeFactory(plan=v.plan, dato=date(2026, 9, 10), tilstand="holdt")
    f.MoedepapirFactory(moede=forrige)
    assert next(x.titel for x in forslag(moede)) == "Godkendelse af referat fra mødet 10. september 2026"


def test_an_item_that_approves_minutes_is_known_whatever_it_is_called(v, sekretaer, moede):
    forrige = f.MoedeFactory(plan=v.plan, dato=date(2026, 9, 10), tilstand="holdt")
    f.MoedepapirFactory(moede=forrige)
    (noegle,) = [x.noegle for x in forslag(moede) if x.noegle.startswith("referat")]
    punkt = handlinger.saet_paa(bruger=sekretaer, moede=moede, noegle=noegle)
    felter = {"titel": "Referatet fra september"}
    assert handlinger.ret_punkt(bruger=sekretaer, punkt=punkt, felter=felter, version=None)

    assert punkt.godkender_referat_af == forrige
    assert [x.noegle for x in forslag(moede) if x.noegle.startswith("referat")] == []


def test_a_matter_that_was_cancelled_or_put_off_waits_again(v, moede):
    udgave = f.UdgaveFactory(plan=v.plan)
    aflyst = f.MoedeFactory(plan=v.plan, tilstand="aflyst", aflyst_grund="Sygdom.")
    f.DagsordenspunktFactory(moede=aflyst, udgave=udgave)
    assert f"udgave-{udgave.pk}" in {x.noegle for x in forslag(moede)}
    udsat = f.DagsordenspunktFactory(moede=f.MoedeFactory(plan=v.plan, tilstand="indkaldt"), udgave=udgave)
    assert f"udgave-{udgave.pk}" not in {x.noegle for x in forslag(moede)}
    f.AfgoerelseFactory(punkt=udsat, resultat="udsat")
    assert f"udgave-{udgave.pk}" in {x.noegle for x in forslag(moede)}


def test_an_item_of_its_own_text_is_written(client, v, sekretaer, moede):
    data = {"genstand": "", "slags": "O", "titel": "Nyt fra området", "version": "1"}
    assert client.post(url("punkt-opret", moede), data | {"titel": ""}).status_code == 422
    assert client.post(url("punkt-opret", moede), data | {"problemstilling": "010180-1234"}).status_code == 422
    assert client.post(url("punkt-opret", moede), data).status_code == 302
    punkt = moede.punkter.get()
    ret = data | {"titel": "Nyt fra områderne", "indstilling": "Tages til efterretning."}
    assert client.post(url("punkt-ret", moede, punkt.pk), ret).status_code == 302
    punkt.refresh_from_db()
    assert (punkt.titel, punkt.indstilling, punkt.version) == ("Nyt fra områderne", "Tages til efterretning.", 2)
    assert client.post(url("punkt-ret", moede, punkt.pk), data | {"titel": "Andet"}).status_code == 409


def test_a_new_item_about_a_paper_fills_itself(client, v, sekretaer, moede):
    revision = v.plan.budgetter.get(noegle="bevilget").revisioner.first()
    data = {"genstand": f"revision-{revision.pk}", "slags": "B", "titel": "Revision", "version": "1"}
    assert client.post(url("punkt-opret", moede), data).status_code == 302
    punkt = moede.punkter.get()
    assert (punkt.revision, punkt.problemstilling) == (revision, revision.begrundelse)


def test_what_was_decided_or_voted_on_stays(v, sekretaer, moede):
    punkt = f.StemmeFactory(punkt__moede=moede).punkt
    with pytest.raises(ValidationError, match="Der er stemt om punktet"):
        handlinger.slet_punkt(bruger=sekretaer, punkt=punkt)
    f.AfgoerelseFactory(punkt=punkt)
    with pytest.raises(ValidationError, match="afgjort"):
        handlinger.ret_punkt(bruger=sekretaer, punkt=punkt, felter={"titel": "x"}, version=None)


def test_what_stands_on_an_agenda_cannot_be_deleted(client, v, sekretaer, moede):
    revision = v.plan.budgetter.get(noegle="bevilget").revisioner.first()
    f.DagsordenspunktFactory(moede=moede, revision=revision, titel="Revisionen")
    svar = client.post(reverse("revision-slet", args=[v.plan.noegle, revision.pk]), follow=True)
    assert "Kan ikke slettes, fordi den bruges af dagsordenspunkt »Revisionen«." in svar.content.decode()


def test_the_next_meeting_is_the_first_that_is_not_cancelled(v):
    f.MoedeFactory(plan=v.plan, dato=date(2026, 12, 1), tilstand="aflyst", aflyst_grund="Sygdom.")
    f.MoedeFactory(plan=v.plan, dato=date(2026, 12, 2), art="foelgegruppe")
    bestyrelsens = f.MoedeFactory(plan=v.plan, dato=date(2026, 12, 3))
    f.MoedeFactory(plan=v.plan, dato=date(2026, 12, 4))
    assert naeste_moede(v.plan, date(2026, 11, 1)) == bestyrelsens
    assert naeste_moede(v.plan, date(2027, 1, 1)) is None


@pytest.mark.usefixtures("uden_klokke")
@pytest.mark.parametrize("antal", [1, 3])
def test_the_pages_ask_as_often_whatever_there_is(client, db, antal, django_assert_num_queries):
    v = verden(antal)
    moede, *_ = f.MoedeFactory.create_batch(antal, plan=v.plan)
    for udgave in [f.UdgaveFactory(plan=v.plan) for _ in range(antal)]:
        f.DagsordenspunktFactory(moede=moede, udgave=udgave)
    f.UdgaveFactory.create_batch(antal, plan=v.plan)
    client.force_login(v.brugere["sekretariat"])
    client.get(moede.get_absolute_url())
    with django_assert_num_queries(SIDENS_FORESPOERGSLER):
        client.get(moede.get_absolute_url())
    with django_assert_num_queries(LISTENS_FORESPOERGSLER):
        client.get(reverse("moede-liste", args=[v.plan.noegle]))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_put_the_same_on_at_once_one_does():
    v = verden()
    moede = f.MoedeFactory(plan=v.plan)
    noegle = f"udgave-{f.UdgaveFactory(plan=v.plan, indhold=v.udgave.indhold).pk}"

    def saet():
        return handlinger.saet_paa(bruger=v.brugere["sekretariat"], moede=moede, noegle=noegle)

    svar = samtidigt(saet, saet)
    assert sorted(type(s).__name__ for s in svar) == ["Dagsordenspunkt", "ValidationError"]
    assert moede.punkter.count() == 1
