"""The budget's paper: the page's figures, the archive's and the reader's standards, the same bytes each time."""

import dataclasses
import io
from datetime import date, datetime
from decimal import Decimal

import pytest
from pypdf import PdfReader

from budget.actions.budget import gem_celler, opret_budget
from budget.models import Budget
from budget.pdf import budgetpapir, papir_html, planens_budget
from budget.queries.indtastning import Indtastningscelle
from budget.queries.papir import papirindhold
from helhedsplan.pdf import PdfFejl
from helhedsplan.rettigheder import PROGRAMMET
from tests import factories as f
from tests.vera import vera_fejl


@pytest.fixture
def budget(db):
    plan = f.HelhedsplanFactory(navn="Vejleåparkens Helhedsplan")
    f.RegelparameterFactory(regelsaet=plan.regelsaet, noegle="lokal_min_pct", vaerdi=25)
    f.FinansieringskildeFactory(plan=plan, lbf=True)
    f.FinansieringskildeFactory(plan=plan, noegle="selskaberne", navn="Boligselskaberne", art="boligorganisation")
    f.FinansieringskildeFactory(plan=plan, noegle="kommunen", navn="Ishøj Kommune")
    budget = opret_budget(bruger=PROGRAMMET, budget=Budget(plan=plan, navn="Ansøgt budget", art="ansoegt"))
    celler = [
        ("landsbyggefonden", "kontant", "25 mio."),
        ("selskaberne", "kontant", "2,4 mio."),
        ("selskaberne", "timer_og_lokaler", "2,6 mio."),
        ("kommunen", "kontant", "1,6 mio."),
        ("kommunen", "timer_og_lokaler", "2 mio."),
    ]
    gem_celler(
        bruger=PROGRAMMET,
        budget=budget,
        version=budget.version,
        celler=[Indtastningscelle(kilde, art, "faelles", None, beloeb=kr) for kilde, art, kr in celler],
    )
    return budget


def test_the_paper_has_the_figures_of_the_page(budget):
    tekst = "\n".join(side.extract_text() for side in PdfReader(io.BytesIO(budgetpapir(budget).data)).pages)
    tekst = tekst.replace("\xa0", " ")
    for linje in ("25,60 %", "200.000 kr. over gulvet på 25 %", "11,90 %", "4.600.000", "33.600.000"):
        assert linje in tekst


def blade(vaerdi):
    """Every value in nested dataclasses and tuples."""
    if dataclasses.is_dataclass(vaerdi):
        vaerdi = tuple(getattr(vaerdi, felt.name) for felt in dataclasses.fields(vaerdi))
    if type(vaerdi) is not tuple:
        return [vaerdi]
    return [blad for del_ in vaerdi for blad in blade(del_)]


def test_what_is_printed_is_plain_data_that_can_be_frozen(budget):
    f.UdgiftFactory(budget=budget)
    sats = f.SatsvaerdiFactory(sats__plan=budget.plan)
    f.BidragFactory(budget=budget, kilde__plan=budget.plan, art="timer", maengde=2, satsvaerdi=sats, planaar=1)
    Budget.objects.filter(pk=budget.pk).update(art="bevilget", status="godkendt", godkendt_den=date(2026, 1, 1))
    budget.refresh_from_db()
    revision = f.RevisionFactory(budget=budget, status="godkendt", godkendt_den=date(2026, 2, 1))
    f.RevisionslinjeFactory(revision=revision, kilde=budget.plan.finansieringskilder.first())
    papir = papirindhold(budget)
    assert (len(papir.formler), len(papir.revisioner), len(papir.pr_konto.raekker)) == (1, 1, 1)
    assert {type(blad) for blad in blade(papir)} == {str, Decimal, bool, date, datetime, type(None)}


def test_full_and_empty_papers_are_archivable_accessible_and_the_same_each_time(budget, tmp_path):
    tomt = f.BudgetFactory(plan=budget.plan, noegle="tomt")
    filer = [tmp_path / "fuldt.pdf", tmp_path / "tomt.pdf"]
    for fil, et_budget in zip(filer, (budget, tomt), strict=True):
        fil.write_bytes(budgetpapir(et_budget).data)
        assert fil.read_bytes() == budgetpapir(et_budget).data
    assert vera_fejl(*filer) == {fil: [] for fil in filer}


def test_empty_and_unknown_budgets(budget):
    plan = f.HelhedsplanFactory()
    with pytest.raises(PdfFejl, match="ingen budgetter"):
        planens_budget(plan)
    with pytest.raises(PdfFejl, match="budget:ansoegt"):
        planens_budget(budget.plan, "findes-ikke")
    tomt = opret_budget(bruger=PROGRAMMET, budget=Budget(plan=plan, navn="Ansøgt budget", art="ansoegt"))
    assert papir_html(papirindhold(tomt)).count("Ikke udfyldt endnu") == 3


@pytest.mark.parametrize("antal", [1, 3])
def test_a_constant_number_of_queries(budget, antal, django_assert_max_num_queries):
    for nr in range(antal):
        f.BidragFactory(budget=budget, kilde=f.FinansieringskildeFactory(plan=budget.plan), planaar=nr + 1)
    with django_assert_max_num_queries(22):
        papir_html(papirindhold(budget))
