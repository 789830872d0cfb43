"""The bell on every page: as many as wait on the front page, and one query while nothing has been written."""

import re
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone

from aftaler.actions.plan import opret_medlem, opret_plan, ret_medlem, ret_plan
from aftaler.models import Helhedsplan, Medlemskab
from aftaler.queries.klokke import det_der_venter, kendt_antal
from aftaler.queries.overblik import venter_paa_dig
from helhedsplan import tilslutninger
from helhedsplan.actions import ret
from tests import factories as f

KLOKKE = re.compile(r'<a class="klokke" href="/#venter"(?: data-hent="(.*?)")?>(.*?)</a>', re.DOTALL)


@pytest.fixture(autouse=True)
def toemt(db):
    caches["sider"].clear()


@pytest.fixture
def leder():
    return f.BrugerFactory(navn="Lene Prøve", er_administrator=True)


def en_plan(leder, omraader: int = 0, noegle: str = "proeveplan"):
    """A plan whose chain has entries, with so many areas that lack a delaftale."""
    regelsaet = f.RegelsaetFactory()
    plan = opret_plan(bruger=leder, plan=Helhedsplan(navn=noegle, noegle=noegle, regelsaet=regelsaet))
    plan.indsatsomraader.set(f.IndsatsomraadeFactory.create_batch(omraader, regelsaet=regelsaet))
    return plan


def klokken(client, url: str = "/was") -> tuple[str, str]:
    """(the number, what it says to those who hear the page), after it has asked when it did not know"""
    [(hent, fundet)] = KLOKKE.findall(client.get(url).content.decode())
    if hent:
        fundet = client.get(hent).content.decode()
    tal = re.search(r'aria-hidden="true">([^<]*)<', fundet)
    return tal[1] if tal else "", re.search(r'sr-only">([^<]*)<', fundet)[1]


@pytest.mark.parametrize(
    ("antal", "ventet"),
    [
        (0, ("", "Der er ikke noget, der venter på dig")),
        (1, ("1", "1 ting venter på dig")),
        (9, ("9", "9 ting venter på dig")),
        (120, ("99+", "120 ting venter på dig")),
    ],
)
def test_the_bell_says_how_many_in_figures_and_in_words(client, leder, antal, ventet):
    plan = en_plan(leder, antal)
    client.force_login(leder)
    for url in ("/was", "/findes-ikke/", reverse("forside"), plan.get_absolute_url()):
        assert klokken(client, url) == ventet
    assert 'id="venter"' in client.get(reverse("forside")).content.decode()


def test_nobody_logged_in_has_no_bell(client):
    assert "klokke" not in client.get("/was").content.decode()


def test_one_query_while_nothing_is_written(leder, django_assert_num_queries):
    for nr in range(3):
        en_plan(leder, 1, f"plan-{nr}")
    foerst = det_der_venter(leder)
    assert len(foerst) == 3
    with django_assert_num_queries(1):
        assert det_der_venter(leder) == foerst
    with django_assert_num_queries(1):
        assert det_der_venter(f.BrugerFactory.build(pk=10**6)) == []


def test_the_page_after_a_write_does_not_wait_for_what_all_rooms_have_to_say(client, leder, django_assert_num_queries):
    plan = en_plan(leder, 2)
    client.force_login(leder)
    assert kendt_antal(leder) is None
    with django_assert_num_queries(3):  # the session, the person, the state of the plans
        side = client.get("/was").content.decode()
    assert 'data-hent="/klokke/"' in side
    assert "Se, hvad der venter på dig" in side
    assert "2 ting venter på dig" in client.get("/klokke/").content.decode()
    assert "data-hent" not in client.get("/was").content.decode()
    assert kendt_antal(leder) == 2
    ret_plan(bruger=leder, plan=plan, felter={"navn": "Et andet navn"}, version=plan.version)
    assert kendt_antal(leder) is None


def test_what_is_written_in_the_plan_is_seen_at_once(leder):
    plan = en_plan(leder)
    assert det_der_venter(leder) == []
    omraade = f.IndsatsomraadeFactory(regelsaet=plan.regelsaet)
    felter = {"indsatsomraader": [omraade]}
    ret(bruger=leder, objekt=plan, felter=felter, tilladte=set(felter))
    assert [v.tekst for v in det_der_venter(leder)] == [f"Opret delaftalen om {omraade.navn}"]


def test_access_is_no_news_once_the_plan_is_opened_by_who_got_it(client, leder):
    planer = [en_plan(leder, noegle=noegle) for noegle in ("den-ene", "den-anden")]
    nye = [f.BrugerFactory(), f.BrugerFactory()]
    for plan in planer:
        for ny in nye:
            opret_medlem(bruger=leder, medlemskab=Medlemskab(plan=plan, bruger=ny, rolle="observatoer"))

    def adgange() -> list[str]:
        venter = client.get(reverse("forside")).context["venter"]
        assert klokken(client, reverse("forside"))[0] == (str(len(venter)) if venter else "")
        return [v.adgang_til for v in venter]

    client.force_login(nye[0])
    assert sorted(adgange()) == ["den-anden", "den-ene"]
    client.get(planer[0].get_absolute_url())
    assert adgange() == ["den-anden"]
    client.force_login(nye[0])  # a new session
    assert adgange() == ["den-anden"]
    client.get(planer[1].get_absolute_url())
    assert adgange() == []
    client.force_login(nye[1])  # on the same machine
    assert sorted(adgange()) == ["den-anden", "den-ene"]
    client.cookies["aabnede_planer"] = f"{nye[1].pk} den-ene den-anden"  # nobody's signature
    assert len(adgange()) == 2


def test_another_role_is_another_answer(leder):
    plan = en_plan(leder, 2)
    anden = f.BrugerFactory()
    opret_medlem(bruger=leder, medlemskab=Medlemskab(plan=plan, bruger=anden, rolle="observatoer"))
    assert len(det_der_venter(anden)) == 1  # that access was given
    ret_medlem(bruger=leder, medlemskab=Medlemskab.objects.get(bruger=anden), felter={"rolle": "sekretariat"})
    assert len(det_der_venter(anden)) == 3
    Medlemskab.objects.filter(bruger=anden).delete()
    assert det_der_venter(anden) == []


def test_a_successor_in_a_plan_one_does_not_see_is_seen(leder):
    """It is written in another plan's chain."""
    plan, i_dag = en_plan(leder), timezone.localdate()
    felter = {"periode_fra": i_dag - timedelta(days=900), "periode_til": i_dag + timedelta(days=90)}
    ret_plan(bruger=leder, plan=plan, felter=felter, version=plan.version)
    assert [v.tekst for v in det_der_venter(leder)] == ["Begynd på den næste plan"]
    f.HelhedsplanFactory(forgaenger=plan)
    assert det_der_venter(leder) == venter_paa_dig(leder) == []


def test_a_fault_in_one_room_takes_no_page_with_it(client, leder, monkeypatch, caplog):
    def galt(bruger):
        raise ZeroDivisionError

    en_plan(leder)
    client.force_login(leder)
    monkeypatch.setattr(tilslutninger, "VENTER", [galt])
    assert klokken(client) == ("", "Se, hvad der venter på dig")
    assert "The bell could not be counted" in caplog.text
