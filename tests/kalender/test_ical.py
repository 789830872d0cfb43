"""The secret address where other calendars read the dates, parsed back as they would."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from icalendar import Calendar

from helhedsplan.models import Haendelse
from kalender.actions.abonnement import ny_adresse, traek_adresse
from kalender.actions.frist import gem_frist
from kalender.models import Frist, Kalenderabonnement
from status.actions.laesning import aftryk
from tests import factories as f
from tests.verden import verden


@pytest.fixture
def v(db, settings):
    settings.SIDENS_ADRESSE = "https://plan.example"
    return verden()


def hent(client, token, **hoved):
    return client.get(reverse("kalender-feed", args=[token]), **hoved)


def begivenheder(svar):
    kalender = Calendar.from_ical(svar.content)
    return {str(b["uid"]): b for b in kalender.walk("VEVENT")}


def test_the_dates_are_read_without_login_and_parsed_back(client, v):
    Frist.objects.all().delete()
    frist = f.FristFactory(plan=v.plan, titel="Bestil; lokale, og kaffe", note="Spørg Inga", dato=date(2026, 12, 24))
    v.plan.milepaelsplan_opdateret = date(2026, 10, 1)
    v.plan.save()
    moede = f.MoedeFactory(plan=v.plan, navn="Møde hos Inga", dato=date(2026, 12, 10), tilstand="holdt")
    f.PlanmilepaelFactory(plan=v.plan, navn="Inga får 12 job", dato=date(2027, 1, 2))
    svar = hent(client, ny_adresse(bruger=v.brugere["bestyrelse"], plan=v.plan))
    assert (svar.status_code, svar["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    fundne = begivenheder(svar)
    ende = f".{v.plan.noegle}@plan.example"
    eget = fundne[f"frist-{frist.pk}{ende}"]
    assert str(eget["summary"]) == "Bestil; lokale, og kaffe"
    assert (eget["dtstart"].dt, eget["dtend"].dt) == (date(2026, 12, 24), date(2026, 12, 25))
    assert str(eget["url"]) == f"https://plan.example/planer/{v.plan.noegle}/kalender/#frist-{frist.pk}"
    assert str(fundne[f"moede-{moede.pk}{ende}"]["summary"]) == "✓ Bestyrelsesmøde"
    assert fundne[f"milepaelsplan-2027{ende}"]["dtstart"].dt == date(2027, 10, 1)
    assert "Inga" not in svar.content.decode()
    assert {str(b["description"]) for b in fundne.values()} == {v.plan.navn}


def test_made_twice_it_is_the_same_bytes_until_something_is_changed(client, v):
    token = ny_adresse(bruger=v.brugere["leder"], plan=v.plan)
    foerste = hent(client, token)
    assert hent(client, token).content == foerste.content
    assert hent(client, token, HTTP_IF_NONE_MATCH=foerste["ETag"]).status_code == 304
    frist = v.plan.frister.first()
    flyttet = {"dato": frist.dato + timedelta(days=1)}
    gem_frist(bruger=v.brugere["leder"], frist=frist, felter=flyttet, version=frist.version)
    efter = hent(client, token)
    assert efter.content != foerste.content
    assert set(begivenheder(efter)) == set(begivenheder(foerste))  # it moved: it is the same event


def test_all_ones_plans_in_one_calendar_and_only_while_one_is_in_them(client, v):
    leder, anden = v.brugere["leder"], f.HelhedsplanFactory()
    medlem = f.MedlemskabFactory(plan=anden, bruger=leder, rolle="observatoer")
    f.HelhedsplanFactory()  # nobody's
    token = ny_adresse(bruger=leder, plan=None)
    planer = {str(b["description"]) for b in begivenheder(hent(client, token)).values()}
    assert planer == {v.plan.navn, anden.navn}
    medlem.delete()
    assert {str(b["description"]) for b in begivenheder(hent(client, token)).values()} == {v.plan.navn}
    leder.medlemskaber.all().delete()
    assert hent(client, token).status_code == 404


def test_a_new_address_stops_the_old_one_and_a_withdrawn_one_is_gone(client, v):
    leder = v.brugere["leder"]
    foerste = ny_adresse(bruger=leder, plan=v.plan)
    anden = ny_adresse(bruger=leder, plan=v.plan)
    assert [hent(client, token).status_code for token in (foerste, anden, "findes-ikke")] == [404, 200, 404]
    assert traek_adresse(bruger=leder, plan=v.plan) is True
    assert traek_adresse(bruger=leder, plan=v.plan) is False
    assert hent(client, anden).status_code == 404
    log = Haendelse.objects.filter(objekt_type="bestyrelse.kalenderabonnement").order_by("nummer")
    assert list(log.values_list("handling", flat=True)) == ["oprettet", "slettet", "oprettet", "slettet"]


def test_a_closed_account_and_a_plan_that_was_left_hand_out_nothing(client, v):
    token = ny_adresse(bruger=v.brugere["observatoer"], plan=v.plan)
    bruger = v.brugere["observatoer"]
    bruger.is_active = False
    bruger.save()
    assert hent(client, token).status_code == 404
    bruger.is_active = True
    bruger.save()
    v.plan.medlemskaber.filter(bruger=bruger).delete()
    assert hent(client, token).status_code == 404


def test_only_the_hash_is_kept_and_the_log_has_neither(v):
    token = ny_adresse(bruger=v.brugere["leder"], plan=None)
    ny_adresse(bruger=v.brugere["leder"], plan=v.plan)
    assert Kalenderabonnement.objects.get(plan=None).token_sha256 == aftryk(token)
    log = str(list(Haendelse.objects.values_list("aendringer")))
    assert (token in log, aftryk(token) in log) == (False, False)


def test_the_page_shows_a_new_address_once(client, v):
    client.force_login(v.brugere["bestyrelse"])
    url = reverse("kalender-abonnement", args=[v.plan.noegle])
    assert client.get(url).content.decode().count("Du har ingen adresse.") == 2
    svar = client.post(url, {"hvad": "alle", "handling": "ny"})
    adresse = svar.context["ny_adresse"]
    assert (svar.status_code, adresse in svar.content.decode(), svar["Cache-Control"]) == (200, True, "no-store")
    assert client.get(adresse).status_code == 200
    side = client.get(url).content.decode()
    assert (adresse in side, side.count("Du har ingen adresse.")) == (False, 1)
    assert client.post(url, {"hvad": "alle", "handling": "traek"}).status_code == 302
    assert client.get(adresse).status_code == 404
    assert client.post(url, {"hvad": "alt", "handling": "ny"}).status_code == 400


def test_nobody_makes_an_address_to_a_plan_he_is_not_in(client, v):
    client.force_login(v.brugere["fremmed"])
    url = reverse("kalender-abonnement", args=[v.plan.noegle])
    assert client.post(url, {"hvad": "plan", "handling": "ny"}).status_code == 404
    assert Kalenderabonnement.objects.count() == 0


@pytest.mark.parametrize("antal", [1, 3])
def test_the_queries_do_not_grow(client, db, django_assert_num_queries, antal):
    leder = f.BrugerFactory()
    for _ in range(antal):
        plan = f.HelhedsplanFactory()
        f.MedlemskabFactory(plan=plan, bruger=leder, rolle="leder")
        f.FristFactory(plan=plan)
    token = ny_adresse(bruger=leder, plan=None)
    with django_assert_num_queries(18):
        hent(client, token)


def test_a_meeting_with_hours_takes_them_up_in_danish_time_and_a_deadline_takes_up_nothing(client, v):
    Frist.objects.all().delete()
    frist = f.FristFactory(plan=v.plan, dato=date(2026, 12, 24))
    vinter = f.MoedeFactory(plan=v.plan, dato=date(2026, 12, 10), start=time(15), slut=time(17))
    sommer = f.MoedeFactory(plan=v.plan, dato=date(2026, 7, 1), start=time(15), slut=time(17))
    uden = f.MoedeFactory(plan=v.plan, dato=date(2026, 10, 1))
    svar = hent(client, ny_adresse(bruger=v.brugere["bestyrelse"], plan=v.plan))
    fundne = begivenheder(svar)
    ende = f".{v.plan.noegle}@plan.example"
    for moede, forskel in ((vinter, 1), (sommer, 2)):
        b = fundne[f"moede-{moede.pk}{ende}"]
        fra, til = b["dtstart"].dt, b["dtend"].dt
        assert (fra.date(), fra.time(), til.time()) == (moede.dato, time(15), time(17))
        assert fra.utcoffset() == timedelta(hours=forskel)
        assert b["dtstart"].params["TZID"] == "Europe/Copenhagen"
        assert b["transp"] == "OPAQUE"
    [zone] = Calendar.from_ical(svar.content).walk("VTIMEZONE")
    assert str(zone["tzid"]) == "Europe/Copenhagen"
    for uid in (f"frist-{frist.pk}", f"moede-{uden.pk}"):
        b = fundne[f"{uid}{ende}"]
        assert type(b["dtstart"].dt) is date
        assert b["transp"] == "TRANSPARENT"
