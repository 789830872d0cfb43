"""The change register: every change of the plan's papers once, dated, with its link."""

import io
from datetime import UTC, date, datetime

import openpyxl
import pytest
from django.urls import reverse

from helhedsplan.rettigheder import PROGRAMMET
from moeder.choices import Aendringsart
from moeder.queries.aendringer import aendringer
from status.actions import status as handlinger
from tests import factories as f
from tests.verden import publiceret_status, verden

TID = datetime(2026, 3, 2, 9, tzinfo=UTC)
FORESPOERGSLER = 10


@pytest.fixture
def v(db):
    return verden()


@pytest.fixture
def udgave(v):
    udgave = f.UdgaveFactory(
        plan=v.plan, frosset=TID, resume="=Ny aktivitet.", kraever_underskrift=True, ikraft=date(2026, 5, 1)
    )
    f.GodkendelseFactory(udgave=udgave, niveau=3, dato=date(2026, 4, 1), reference="LBF-17", note="")
    fil = f.FilrevisionFactory(udgave=udgave)
    for dag in (3, 9):
        f.UnderskriverFactory(
            udgave=udgave, metode="blaek", filrevision=fil, underskrevet=datetime(2026, 4, dag, 9, tzinfo=UTC)
        )
    return udgave


def kort(alle):
    return [(a.dato, a.art.value, a.tekst) for a in alle]


def test_an_edition_is_followed_from_frozen_to_in_force(v, udgave):
    egne = [a for a in aendringer(v.plan) if a.hvad == str(udgave)]
    assert kort(egne) == [
        (date(2026, 5, 1), "ikraft", "Gælder fra 1. maj 2026."),
        (date(2026, 4, 9), "underskrift", "Alle 2 parter har skrevet under."),
        (date(2026, 4, 1), "afgoerelse", "Godkendt af Landsbyggefonden. Reference: LBF-17."),
        (date(2026, 3, 2), "udgave", "Frosset. =Ny aktivitet. Godkendes af bestyrelsen."),
    ]
    assert {a.url for a in egne} == {udgave.get_absolute_url()}


def test_signatures_are_told_when_all_have_signed(v, udgave):
    f.UnderskriverFactory(udgave=udgave)
    assert Aendringsart.UNDERSKRIFT not in [a.art for a in aendringer(v.plan)]


def test_a_decision_of_the_board_is_told_once_with_its_meeting(v, udgave):
    punkt = f.DagsordenspunktFactory(moede__plan=v.plan, udgave=udgave, titel="Ny delaftale")
    godkendelse = f.GodkendelseFactory(udgave=udgave, dato=date(2026, 4, 2), note="Fra mødet")
    f.AfgoerelseFactory(punkt=punkt, godkendelse=godkendelse, tekst="Enige.", dato=date(2026, 4, 2))
    fundne = [a for a in aendringer(v.plan) if a.dato == date(2026, 4, 2)]
    assert [(a.hvad, a.tekst, a.url) for a in fundne] == [
        (
            "Ny delaftale",
            "Godkendt af bestyrelsesmøde 10. december 2026. Enige.",
            reverse("moede-vis", args=[v.plan.noegle, punkt.moede_id]),
        )
    ]


def test_statuses_budgets_packages_and_papers_of_meetings(v):
    status = publiceret_status(v.plan)
    handlinger.traek(bruger=PROGRAMMET, status=status, grund="Forkert tal.", version=None)
    f.RevisionFactory(
        budget=v.plan.budgetter.get(noegle="bevilget"), nummer=9, status="godkendt", godkendt_den=TID.date()
    )
    f.PakkeFactory(plan=v.plan, uploadet_den=date(2026, 3, 4), uploadet_af="Sekretær A, Demo")
    f.MoedepapirFactory(moede__plan=v.plan, sendt=TID)
    alle = {(a.art.value, a.tekst.partition(".")[0]) for a in aendringer(v.plan)}
    assert {
        ("status", "Publiceret"),
        ("status", "Trukket tilbage"),
        ("pakke", "Uploadet til Landsbyggefonden af Sekretær A, Demo"),
        ("moede", "Referat sendt"),
    } <= alle
    assert [a.hvad for a in aendringer(v.plan) if a.hvad.startswith("Revision 9")] == [
        f"Revision 9 af {v.plan.budgetter.get(noegle='bevilget').navn}"
    ]


def test_the_page_narrows_by_year_and_kind_and_the_workbook_too(v, udgave, client):
    client.force_login(v.brugere["observatoer"])
    url = reverse("aendringsregister", args=[v.plan.noegle])
    html = client.get(url, {"aar": "2026", "art": "udgave"}).content.decode()
    assert udgave.get_absolute_url() in html
    assert "LBF-17" not in html
    assert "Der er ingen ændringer at vise." in client.get(url, {"aar": "1999"}).content.decode()
    assert client.get(url, {"aar": "x", "art": "ukendt", "page": "z", "sort": "nej"}).status_code == 200
    svar = client.get(reverse("aendringsregister-xlsx", args=[v.plan.noegle]), {"art": "udgave"})
    raekker = list(openpyxl.load_workbook(io.BytesIO(svar.content)).active.iter_rows(values_only=True))
    assert raekker[0] == ("Dato", "Slags", "Hvad", "Hvad skete der")
    assert len(raekker) == 1 + sum(a.art == "udgave" for a in aendringer(v.plan))


@pytest.mark.parametrize("antal", [1, 3])
def test_the_register_asks_as_often_whatever_there_is(db, antal, django_assert_num_queries):
    v = verden(antal)
    for nr in range(1, antal + 1):
        udgave = f.UdgaveFactory(plan=v.plan, nummer=nr)
        f.UnderskriverFactory(udgave=udgave)
        f.AfgoerelseFactory(punkt__moede__plan=v.plan)
        f.MoedepapirFactory(moede__plan=v.plan)
        f.GodkendelseFactory(udgave=udgave)
    with django_assert_num_queries(FORESPOERGSLER):
        aendringer(v.plan)
