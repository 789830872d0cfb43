"""The budget as a paper, an attachment to the agreement: the page's figures and pictures through the gateway."""

from aftaler.models import Helhedsplan
from aftaler.queries.dokument import Udgavestempel
from budget.blokke import blokdokument
from budget.models import Budget
from budget.queries.papir import Budgetpapir, papirindhold
from budget.queries.sammenligning import gaeldende
from budget.queries.version import Version
from helhedsplan.blokke import tegn
from helhedsplan.blokke.tryk import Papir, tryk
from helhedsplan.pdf import PdfFejl


def budgetpapir(budget: Budget, version: Version | None = None, *, af: str = "") -> Papir:
    """The paper as PDF, of a version, made by `af`. Raises PdfFejl."""
    return papir(papirindhold(budget, version), af=af)


def papir(indhold: Budgetpapir, stempel: Udgavestempel | None = None, *, af: str = "") -> Papir:
    """The paper as PDF from its content; with a stempel it is a frozen edition, without one a draft made
    by `af`. Raises PdfFejl."""
    noegle = f"{indhold.plan_noegle}/{indhold.budget_noegle}"
    blokke = blokdokument(indhold, stempel=stempel, uskrevet=True)
    return tryk(blokke, f"budget-{noegle.replace('/', '-')}.pdf", noegle=noegle, aendret=indhold.aendret, af=af)


def papir_html(indhold: Budgetpapir, stempel: Udgavestempel | None = None) -> str:
    return tegn.papir(blokdokument(indhold, stempel=stempel, uskrevet=True), {})


def planens_budget(plan: Helhedsplan, argument: str = "") -> Papir:
    """The paper of the budget named by its key, or of the one that counts. Raises PdfFejl when there is none."""
    budget = plan.budgetter.filter(noegle=argument).first() if argument else gaeldende(plan)
    if budget is None:
        kendte = ", ".join(f"budget:{b.noegle}" for b in plan.budgetter.all()) or "ingen budgetter"
        raise PdfFejl(f"Planen har ikke det budget. Den har: {kendte}.")
    budget.plan = plan
    return budgetpapir(budget)
