"""Earlier texts of the budget written again (helhedsplan.tilslutninger.Tekstretter)."""

from budget.actions.budget import ret_budget
from budget.actions.finansiering import ret_kilde
from budget.actions.revision import ret_revision
from budget.models import Budget, Finansieringskilde, Revision
from helhedsplan.models.haendelse import objekttype
from helhedsplan.tilslutninger import Tekstretter

RETTERE = {
    objekttype(Budget): Tekstretter(lambda *, objekt, **valg: ret_budget(budget=objekt, **valg)),
    objekttype(Finansieringskilde): Tekstretter(lambda *, objekt, **valg: ret_kilde(kilde=objekt, **valg)),
    objekttype(Revision): Tekstretter(lambda *, objekt, **valg: ret_revision(revision=objekt, **valg)),
}
