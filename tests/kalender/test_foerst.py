"""The board's page says first what must be decided, and what waits for the one who reads it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kalender.actions import frist
from kalender.models import Frist
from kalender.queries.venter_paa_bestyrelsen import foerst
from moeder.actions import moede, moedepapir
from moeder.actions.moedepapir import Forsendelse
from moeder.models import Dagsordenspunkt, Moede
from tests import factories as f
from tests.verden import verden


@pytest.fixture
def v(db):
    return verden()


@pytest.fixture
def medlem(v):
    side = f.BestyrelsessideFactory(plan=v.plan)
    return f.BestyrelsesmedlemFactory(side=side, bruger=v.brugere["bestyrelse"])


def et_moede(v, om_dage: int = 10, *titler: str) -> Moede:
    nyt = Moede(plan=v.plan, dato=timezone.localdate() + timedelta(days=om_dage), sted="Beboerhuset")
    moede.opret_moede(bruger=v.brugere["leder"], moede=nyt)
    for titel in titler:
        punkt = Dagsordenspunkt(moede=nyt, titel=titel, indstilling="Det indstilles, at det sker.")
        moede.opret_punkt(bruger=v.brugere["leder"], punkt=punkt)
    return nyt


def test_the_next_meeting_comes_first_with_what_is_to_be_decided(v, medlem):
    et_moede(v, 40, "Senere")
    naeste = et_moede(v, 10, "En vikar", "Et lokale")
    f.DagsordenspunktFactory(moede=naeste, slags="O", titel="Til orientering")
    moedepapir.send_dagsorden(bruger=v.brugere["leder"], moede=naeste, version=None, til=Forsendelse())
    alt = foerst(v.plan, medlem.bruger, timezone.localdate())
    assert alt.moede == naeste
    assert [p.titel for p in alt.beslutninger] == ["En vikar", "Et lokale"]
    assert [p.punkt.titel for p in alt.stemmer] == ["En vikar", "Et lokale"]
    assert foerst(v.plan, v.brugere["observatoer"], timezone.localdate()).stemmer == ()


def test_minutes_wait_for_the_members_answer(v, medlem):
    papir = f.MoedepapirFactory(moede__plan=v.plan, moede__tilstand="holdt", moede__dato=date(2026, 9, 1))
    i_dag = timezone.localdate()
    assert foerst(v.plan, medlem.bruger, i_dag).referater == (papir,)
    f.ReferatgodkendelseFactory(papir=papir, medlem=medlem)
    assert foerst(v.plan, medlem.bruger, i_dag).referater == ()


def test_what_is_overdue_is_named_and_the_rest_is_in_the_calendar(v, client, medlem):
    for nr in range(1, 6):
        f.FristFactory(plan=v.plan, dato=date(2025, 12, nr), titel=f"Gammel frist {nr}")
    client.force_login(medlem.bruger)
    svar = client.get(reverse("bestyrelse", args=[v.plan.noegle]))
    alt = svar.context["foerst"]
    assert [linje.titel for linje in alt.viste_forfaldne] == ["Gammel frist 1", "Gammel frist 2", "Gammel frist 3"]
    assert f"{len(alt.forfaldne) - 3} mere i kalenderen" in svar.content.decode()


def test_what_is_overdue_is_read_anew_when_it_is_changed(v, client, medlem):
    def vist():
        svar = client.get(reverse("bestyrelse", args=[v.plan.noegle]))
        return [linje.titel for linje in svar.context["foerst"].forfaldne]

    client.force_login(medlem.bruger)
    gammel = Frist(plan=v.plan)
    felter = {"dato": date(2025, 12, 1), "titel": "Gammel frist"}
    frist.gem_frist(bruger=v.brugere["leder"], frist=gammel, felter=felter, version=None)
    assert "Gammel frist" in vist()
    assert "Gammel frist" in vist()
    frist.slet_frist(bruger=v.brugere["leder"], frist=gammel)
    assert "Gammel frist" not in vist()


@pytest.mark.parametrize(("rolle", "maa"), [("sekretariat", True), ("bestyrelse", False)])
def test_without_a_meeting_those_who_may_plan_one(v, client, rolle, maa):
    client.force_login(v.brugere[rolle])
    html = client.get(reverse("bestyrelse", args=[v.plan.noegle])).content.decode()
    assert "Der er ikke planlagt noget bestyrelsesmøde." in html
    assert (reverse("moede-opret", args=[v.plan.noegle]) in html) is maa
    for navn in ("bestyrelsesmedlemmer", "moede-liste", "beslutningsregister", "aendringsregister"):
        assert reverse(navn, args=[v.plan.noegle]) in html
    assert reverse("opfoelgningsbevis", args=[v.plan.noegle, timezone.localdate().year]) in html
