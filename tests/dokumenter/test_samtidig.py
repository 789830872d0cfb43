"""Several people at once: two who freeze get two numbers, and of two who put in force one wins."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from dokumenter import oejebliksbillede
from dokumenter.actions import udgave as udgaveactions
from dokumenter.actions.udgave import frys, saet_i_kraft
from dokumenter.models import Filrevision, Udgave
from helhedsplan import revisionsspor
from helhedsplan.rettigheder import PROGRAMMET
from tests import factories as f
from tests.samtidighed import mens, samtidigt

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def plan():
    plan = f.HelhedsplanFactory()
    f.PlanmilepaelFactory(plan=plan)
    f.HaendelseFactory(kaede=plan.noegle, objekt=plan)
    return plan


def test_two_who_freeze_at_once_get_a_number_each(plan):
    def goer():
        return frys(bruger=PROGRAMMET, plan=type(plan).objects.get(pk=plan.pk), art="milepaelsplan").nummer

    assert sorted(samtidigt(goer, goer)) == [1, 2]
    assert list(Udgave.objects.order_by("nummer").values_list("nummer", flat=True)) == [1, 2]
    assert Filrevision.objects.count() == 2
    assert Udgave.objects.values("dokument_id").distinct().count() == 2
    assert revisionsspor.brud(plan.noegle) == []


def test_an_edition_is_frozen_though_others_write_in_the_plan_all_the_time(plan, monkeypatch):
    """Each time the paper is drawn somebody has just saved something else, until they have to wait."""
    tegn, gange = oejebliksbillede.tegn, []

    def tegn_imens(billede):
        gange.append(1)
        if len(gange) <= udgaveactions.FORSOEG:
            f.HaendelseFactory(kaede=plan.noegle, objekt=plan)
        return tegn(billede)

    monkeypatch.setattr(oejebliksbillede, "tegn", tegn_imens)
    assert frys(bruger=PROGRAMMET, plan=plan, art="milepaelsplan").nummer == 1
    assert (len(gange), Udgave.objects.count()) == (udgaveactions.FORSOEG + 1, 1)


def test_of_two_put_in_force_on_the_same_day_one_wins(plan):
    udgaver = [f.UdgaveFactory(plan=plan, nummer=n, kraever_underskrift=False) for n in (1, 2)]
    for udgave in udgaver:
        f.GodkendelseFactory(udgave=udgave)

    def goer(udgave, dag):
        return lambda: saet_i_kraft(
            bruger=PROGRAMMET, udgave=Udgave.objects.get(pk=udgave.pk), dato=dag, version=None, grund="Det er aftalt."
        )

    svar = samtidigt(*(goer(udgave, date(2026, 6, 1)) for udgave in udgaver))
    assert sorted(type(s).__name__ for s in svar) == ["ValidationError", "bool"]
    assert Udgave.objects.filter(ikraft__isnull=False).count() == 1


def test_the_older_cannot_slip_in_before_the_newer(plan):
    udgaver = [f.UdgaveFactory(plan=plan, nummer=n, kraever_underskrift=False) for n in (1, 2)]
    for udgave in udgaver:
        f.GodkendelseFactory(udgave=udgave)

    def goer(udgave, dag):
        return saet_i_kraft(
            bruger=PROGRAMMET, udgave=Udgave.objects.get(pk=udgave.pk), dato=dag, version=None, grund="Det er aftalt."
        )

    svar = mens(lambda: goer(udgaver[1], date(2026, 6, 1)), lambda: goer(udgaver[0], date(2026, 7, 1)))
    assert svar[0] is True
    assert isinstance(svar[1], ValidationError)
    assert "Udgave 2 er nyere" in svar[1].messages[0]
