"""An amount and its unit on one line, also where one of them is bold, new or on its way out."""

from dataclasses import replace

from dokumenter.sammenlign.model import Stykke
from helhedsplan.blokke.model import Loeb
from helhedsplan.prosa import ENHED


def med_faste_mellemrum(stykker: tuple[Stykke, ...]) -> tuple[Stykke, ...]:
    """The same words; the space between a figure and its unit is one that does not break."""
    alle = ENHED.sub("\u00a0", "".join(loeb.tekst for stykke in stykker for loeb in stykke.loeb))
    fra = 0
    ud = []
    for stykke in stykker:
        loeb: list[Loeb] = []
        for et in stykke.loeb:
            loeb.append(replace(et, tekst=alle[fra : fra + len(et.tekst)]))
            fra += len(et.tekst)
        ud.append(replace(stykke, loeb=tuple(loeb)))
    return tuple(ud)
