"""What is kept while a page is read, and that nothing is kept otherwise."""

import pytest
from django.http import HttpResponse

from helhedsplan.laest import den_samme, en_side, laest_en_gang, raekkerne
from helhedsplan.middleware import en_laesning
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def spoerg():
    """A query that tells how often it has been asked."""

    @laest_en_gang
    def navnet(plan, *andet, **mere):
        spurgt.append(plan)
        return [plan.navn]

    spurgt = navnet.spurgt = []
    return navnet


def test_paa_en_side_spoerges_der_en_gang_og_ellers_hver_gang(spoerg):
    plan = f.HelhedsplanFactory()
    with en_side():
        assert spoerg(plan) is spoerg(type(plan).objects.get(pk=plan.pk))
        assert len(spoerg.spurgt) == 1
        spoerg(plan, {1, 2}, [plan])
        spoerg(plan, {2, 1}, [plan])
        spoerg(plan, dag=None)
        assert len(spoerg.spurgt) == 3
    assert spoerg(plan) is not spoerg(plan)
    assert len(spoerg.spurgt) == 5


def test_den_naeste_side_laeser_forfra(spoerg):
    plan = f.HelhedsplanFactory(navn="Før")
    with en_side():
        assert spoerg(plan) == ["Før"]
    type(plan).objects.update(navn="Efter")
    with en_side():
        assert spoerg(type(plan).objects.get(pk=plan.pk)) == ["Efter"]


def test_en_plan_der_proeves_paa_et_andet_regelsaet_er_en_anden_plan(spoerg):
    plan = f.HelhedsplanFactory()
    proevet = type(plan).objects.get(pk=plan.pk)
    proevet.regelsaet = f.RegelsaetFactory()
    with en_side():
        assert spoerg(plan) is not spoerg(proevet)
        assert den_samme(plan) is plan
        assert den_samme(proevet) is proevet


def test_det_der_er_hentet_for_den_ene_er_hentet_for_den_anden(django_assert_num_queries):
    plan = f.HelhedsplanFactory()
    igen = type(plan).objects.get(pk=plan.pk)
    with en_side(), django_assert_num_queries(2):
        assert den_samme(igen) is den_samme(plan) is igen
        assert plan.lagene == igen.lagene == []
        assert raekkerne(plan, "risici") is raekkerne(igen, "risici")


def test_ugemte_raekker_er_hver_sin(spoerg):
    with en_side():
        en, anden = f.HelhedsplanFactory.build(regelsaet=None), f.HelhedsplanFactory.build(regelsaet=None)
        assert spoerg(en) is not spoerg(anden)
        assert den_samme(anden) is anden


@pytest.mark.parametrize(("metode", "gange"), [("get", 1), ("head", 1), ("post", 2)])
def test_kun_en_side_der_laeses_husker(rf, spoerg, metode, gange):
    """A POST asks before and after it has written."""
    plan = f.HelhedsplanFactory()

    def side(request):
        spoerg(plan)
        spoerg(plan)
        return HttpResponse()

    en_laesning(side)(getattr(rf, metode)("/"))
    assert len(spoerg.spurgt) == gange
