"""The table in which a status is written: a line for each delaftale and activity, with what was said of it last.

A constant number of queries.
"""

from copy import copy

from aftaler.queries.plandele import delaftaler_med_aktiviteter
from status.models import Kvartalsstatus, Statuslinje
from status.queries.fulgt import fulgt
from status.queries.statusindhold import Statusbillede, linjerne
from status.rules import oprul, taellinger_i_ord

NAVNE = {
    "lys": "lys",
    "tekst": "sådan går det",
    "begrundelse": "hvorfor lyset er dårligere end sidst",
    "deltagere": "deltagere i kvartalet",
    "taellinger": "andre optællinger",
}


def linjefelt(noegle: str, felt: str) -> str:
    """What a field of a line is called in the form and in the log; noegle is the line's, as a snapshot has it."""
    return f"{noegle.replace('/', '.')}-{felt}"


def felternes_navne(linje: Statuslinje) -> dict[str, str]:
    hvad = str(linje.aktivitet or linje.delaftale.indsatsomraade.navn)
    return {felt: f"{hvad}: {navn}" for felt, navn in NAVNE.items()}


def talte(linje: Statuslinje) -> list[dict]:
    return [{"navn": t.navn, "antal": t.antal} for t in linje.taellinger.all()] if linje.pk else []


def skrivetabel(status: Kvartalsstatus, forrige: Statusbillede | None) -> list[Statuslinje]:
    """Each delaftale's line, and after it those of its activities; one that nobody has written of is not saved.

    On each: `sidst`, what the last published status said of it, or None; `talt`, its further counts in words; on a
    delaftale's: `samlet`, the light that follows from its activities, and `under`, how many they are.
    """
    gemte = {linje.sted: copy(linje) for linje in linjerne(status)}
    ud = []
    for aftale in delaftaler_med_aktiviteter(status.plan):
        aktiviteter = list(aftale.aktiviteter.all())
        linjer = [_linje(status, gemte, aftale, ting) for ting in (None, *aktiviteter)]
        linjer[0].samlet = oprul(linje.lys for linje in linjer[1:])
        linjer[0].under = len(aktiviteter)
        ud += linjer
    foer = fulgt(forrige, [(linje.noegle, linje.aktivitet.navn) for linje in ud if linje.aktivitet])
    sidst = {ting.noegle: ting for o in foer.omraader for ting in (o, *o.aktiviteter)} if foer else {}
    for linje in ud:
        linje.sidst = sidst.get(linje.noegle)
    return ud


def _linje(status: Kvartalsstatus, gemte: dict, aftale, aktivitet) -> Statuslinje:
    ny = Statuslinje(status=status, delaftale=aftale, aktivitet=aktivitet)
    linje = gemte.get(ny.sted, ny)
    linje.status, linje.delaftale, linje.aktivitet = status, aftale, aktivitet
    linje.talt = taellinger_i_ord(talte(linje))
    return linje
