"""Earlier texts of the figures written again (helhedsplan.tilslutninger.Tekstretter)."""

from helhedsplan.models.haendelse import objekttype
from helhedsplan.tilslutninger import Tekstretter
from indikatorer.actions.indikator import ret_indikator
from indikatorer.actions.maaling import ret_maaling, ret_sted
from indikatorer.actions.opfoelgning import gem_opfoelgning
from indikatorer.models import Indikator, Maaling, Opfoelgning, Sted


def _ret_indikator(*, objekt, **valg):
    maalsti = list(objekt.maalsti.values("aar", "vaerdi"))
    return ret_indikator(indikator=objekt, maalsti=maalsti, **valg)


RETTERE = {
    objekttype(Indikator): Tekstretter(_ret_indikator),
    objekttype(Maaling): Tekstretter(lambda *, objekt, **valg: ret_maaling(maaling=objekt, **valg)),
    objekttype(Sted): Tekstretter(lambda *, objekt, **valg: ret_sted(sted=objekt, **valg)),
    objekttype(Opfoelgning): Tekstretter(lambda *, objekt, **valg: gem_opfoelgning(opfoelgning=objekt, **valg)),
}
