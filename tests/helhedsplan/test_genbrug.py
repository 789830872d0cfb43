"""Work is used again until something is written, and never for somebody with another right."""

import pytest
from django.core.cache import caches
from django.urls import reverse

from aftaler.actions import raekker
from helhedsplan.actions import ret
from helhedsplan.sidecache import genbrug
from tests.factories import OrganisationFactory
from tests.verden import verden


@pytest.fixture
def v(db):
    caches["sider"].clear()
    fundet = verden()
    ret(bruger=fundet.brugere["leder"], objekt=fundet.plan, felter={"note": "Begyndt."}, tilladte={"note"})
    return fundet


@pytest.fixture
def taeller():
    kald = []

    def lav():
        kald.append(1)
        return len(kald)

    return lav


def test_used_again_while_nothing_is_written(v, taeller):
    assert [genbrug("side", [v.plan.noegle], taeller) for _ in range(3)] == [1, 1, 1]


def test_done_anew_after_a_write_in_the_plan(v, taeller):
    genbrug("side", [v.plan.noegle], taeller)
    ret(bruger=v.brugere["leder"], objekt=v.plan, felter={"note": "Rettet."}, tilladte={"note"})
    assert genbrug("side", [v.plan.noegle], taeller) == 2


def test_done_anew_after_a_write_in_what_plans_share(v, taeller):
    genbrug("side", [v.plan.noegle], taeller)
    organisation = OrganisationFactory()
    ret(bruger=v.brugere["leder"], objekt=organisation, felter={"navn": "Et nyt navn"}, tilladte={"navn"})
    assert genbrug("side", [v.plan.noegle], taeller) == 2


def test_a_plan_nothing_is_logged_about_is_never_remembered(v, taeller):
    uden_spor = v.plan.forgaenger.noegle
    assert [genbrug("side", [uden_spor, v.plan.noegle], taeller) for _ in range(2)] == [1, 2]


def test_different_work_is_kept_apart(v, taeller):
    assert genbrug("side", [v.plan.noegle], taeller) == 1
    assert genbrug("anden side", [v.plan.noegle], taeller) == 2


def test_the_page_follows_each_change_and_each_right(client, v):
    url = reverse("delaftale-vis", args=[v.plan.noegle, v.delaftale.noegle])
    aktivitet = v.delaftale.aktiviteter.first()
    client.force_login(v.brugere["leder"])
    assert "Den nye konsulent" not in client.get(url).content.decode()
    raekker.ret(
        bruger=v.brugere["leder"],
        objekt=aktivitet,
        felter={"ansvarlig": "Den nye konsulent"},
        version=aktivitet.version,
    )
    for_leder = client.get(url).content.decode()
    assert "Den nye konsulent" in for_leder
    ret_url = reverse("aktivitet-ret", args=[v.plan.noegle, v.delaftale.noegle, aktivitet.noegle])
    assert ret_url in for_leder
    client.force_login(v.brugere["observatoer"])
    for_laeser = client.get(url).content.decode()
    assert "Den nye konsulent" in for_laeser
    assert ret_url not in for_laeser
