"""Earlier texts of the calendar written again (helhedsplan.tilslutninger.Tekstretter)."""

from helhedsplan.models.haendelse import objekttype
from helhedsplan.tilslutninger import Tekstretter
from kalender.actions.frist import gem_frist
from kalender.models import Frist

RETTERE = {objekttype(Frist): Tekstretter(lambda *, objekt, **valg: gem_frist(frist=objekt, **valg))}
