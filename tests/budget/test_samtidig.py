"""Several people at once: one wins, nothing is lost, and nothing gets into a budget that is being approved."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from budget.actions.budget import gem_celler, godkend_budget
from budget.actions.finansiering import ret_kilde, sikr_kontoplan
from budget.actions.revision import godkend_revision
from budget.choices import STANDARDKONTI, Budgetart
from budget.models import Budget, Finansieringskilde, Konto, Revision
from budget.queries.celler import indhold
from budget.queries.indtastning import Indtastningscelle
from budget.rules.niveau import Beslutning
from helhedsplan.actions import Versionskonflikt
from tests import factories as fab
from tests.budget.data import skriver
from tests.samtidighed import mens, samtidigt

pytestmark = pytest.mark.django_db(transaction=True)
DATO = date(2025, 10, 1)
BESLUTTET = Beslutning(DATO, "Referatet", DATO, "Brevet")


@pytest.fixture
def budget():
    budget = fab.BudgetFactory(art=Budgetart.BEVILGET)
    fab.BidragFactory(budget=budget, kilde__noegle="kommune", planaar=1, beloeb=Decimal(100))
    return budget


@pytest.fixture
def bruger(budget):
    return skriver(budget.plan)


def gem(bruger, budget, beloeb, version):
    celle = Indtastningscelle("kommune", "kontant", "faelles", 1, beloeb)
    return gem_celler(bruger=bruger, budget=Budget.objects.get(pk=budget.pk), version=version, celler=[celle])


def godkend(bruger, budget):
    return godkend_budget(
        bruger=bruger,
        budget=Budget.objects.get(pk=budget.pk),
        dato=DATO,
        dato_grund="Skrevet af efter papiret.",
        version=None,
        grund="Resten skrives ind senere.",
    )


def i_alt(budget):
    return sum(v.beloeb for v in indhold(budget, dato=date(2030, 1, 1))[0].values())


def test_to_der_gemmer_samme_udgave(budget, bruger):
    svar = samtidigt(lambda: gem(bruger, budget, "200", 1), lambda: gem(bruger, budget, "300", 1))
    assert sorted(type(s).__name__ for s in svar) == ["Versionskonflikt", "int"]
    assert i_alt(budget) == (200 if svar[0] == 1 else 300)
    assert any(isinstance(s, Versionskonflikt) for s in svar)


def test_intet_kommer_ind_mens_der_godkendes(budget, bruger):
    svar = mens(lambda: godkend(bruger, budget), lambda: gem(bruger, budget, "200", None))
    assert svar[0] is True
    assert isinstance(svar[1], ValidationError)
    assert svar[1].code == "laast"
    assert i_alt(budget) == 100


def test_en_der_gemmer_foer_godkendelsen_er_med_i_den(budget, bruger):
    svar = mens(lambda: gem(bruger, budget, "200", None), lambda: godkend(bruger, budget))
    assert svar == [1, True]
    assert i_alt(budget) == 200


def test_to_revisioner_kan_ikke_tage_de_samme_penge(budget, bruger):
    godkend(bruger, budget)
    # The board's item that its decision stands on.
    fab.AfgoerelseFactory(punkt__moede__plan=budget.plan, dato=DATO)
    kilde = Finansieringskilde.objects.get(noegle="kommune")
    kladder = [fab.RevisionFactory(budget=budget) for _ in range(2)]
    for kladde in kladder:
        fab.RevisionslinjeFactory(revision=kladde, kilde=kilde, planaar=1, delta=Decimal(-60))

    def godkend_en(kladde):
        frisk = Revision.objects.select_related("budget__plan").get(pk=kladde.pk)
        return godkend_revision(bruger=bruger, revision=frisk, dato=DATO, version=None, beslutning=BESLUTTET)

    svar = samtidigt(*(lambda k=k: godkend_en(k) for k in kladder))
    assert sorted(type(s).__name__ for s in svar) == ["ValidationError", "bool"], svar
    assert i_alt(budget) == 40


def test_en_kilde_skifter_ikke_art_mens_budgettet_godkendes(budget, bruger):
    def ret():
        kilde = Finansieringskilde.objects.get(noegle="kommune")
        return ret_kilde(bruger=bruger, kilde=kilde, felter={"lokal": False}, version=None)

    svar = mens(lambda: godkend(bruger, budget), ret)
    assert svar[0] is True
    assert isinstance(svar[1], ValidationError)
    assert Finansieringskilde.objects.get(noegle="kommune").lokal


def test_kontoplanen_bliver_kun_til_en_gang(bruger):
    regelsaet = fab.RegelsaetFactory()
    samtidigt(*(lambda: sikr_kontoplan(bruger=bruger, regelsaet=regelsaet) for _ in range(3)))
    assert Konto.objects.filter(regelsaet=regelsaet).count() == len(STANDARDKONTI)
