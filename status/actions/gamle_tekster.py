"""Earlier texts of a status written again (helhedsplan.tilslutninger.Tekstretter)."""

from helhedsplan.models.haendelse import objekttype
from helhedsplan.tilslutninger import Tekstretter
from status.actions.status import ret_status
from status.models import Kvartalsstatus, Statuslinje
from status.queries.skrivetabel import linjefelt

LINJETEKSTER = ("tekst", "begrundelse")


def _ret(*, bruger, objekt, felter: dict, version):
    """What is said of an activity is logged with the whole status, by the names of its form."""
    ((navn, vaerdi),) = felter.items()
    if navn == "punkter":
        return ret_status(bruger=bruger, status=objekt, felter={}, version=version, punkter=vaerdi)
    if (felt := _linjetekst(navn)) is None:
        return ret_status(bruger=bruger, status=objekt, felter=felter, version=version)
    linjer = [linje for linje in objekt.linjer.all() if linjefelt(linje.noegle, felt) == navn]
    rettes = [(linje, {felt: vaerdi}) for linje in linjer]
    return ret_status(bruger=bruger, status=objekt, felter={}, version=version, linjer=rettes)


def _linjetekst(navn: str) -> str | None:
    felt = navn.rpartition("-")[2]
    return felt if "-" in navn and felt in LINJETEKSTER else None


def _underfelt(navn: str):
    felt = _linjetekst(navn)
    return Statuslinje._meta.get_field(felt) if felt else None


RETTERE = {objekttype(Kvartalsstatus): Tekstretter(_ret, _underfelt)}
