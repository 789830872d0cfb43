"""Which of a plan's documents a step can be taken with, and why not with the others.

The steps, in their order: frozen, sent to the board, decided on, sent to signature.
"""

from collections.abc import Callable, Collection, Sequence

from aftaler.choices import Dokumentart, Godkendelsesniveau
from dokumenter import rules
from dokumenter.choices import SOM_FIL, Tilstand
from dokumenter.queries.dokumenter import Dokumentlinje
from dokumenter.queries.udgave import Vistudgave

IKKE_FROSSET = "Er ikke frosset endnu."


def den_det_gaelder(linje: Dokumentlinje) -> Vistudgave | None:
    """The edition that a step is taken with: the newest on its way, else the newest."""
    return linje.aabne[0] if linje.aabne else linje.nyeste


def ikke_fryse(linje: Dokumentlinje) -> str:
    if linje.art in SOM_FIL:
        hvad = "Landsbyggefondens eget skema" if linje.art == Dokumentart.INDBERETNINGSSKEMA else "en fil"
        return f"Er {hvad} og lægges ind som bilag."
    return "" if linje.findes else "Er ikke skrevet endnu."


def ikke_til_bestyrelsen(linje: Dokumentlinje) -> str:
    v = den_det_gaelder(linje)
    if v is None:
        return IKKE_FROSSET
    if v.tilstand != Tilstand.TIL_GODKENDELSE:
        return f"Udgave {v.udgave.nummer}: {v.tilstand.label.lower()}."
    venter_paa = rules.mangler_godkendelse_fra(v.stilling, lokalt=True)
    return "" if Godkendelsesniveau.BESTYRELSE in venter_paa else "Venter ikke på bestyrelsen."


def ikke_afgoere(linje: Dokumentlinje) -> str:
    v = den_det_gaelder(linje)
    if v is None:
        return IKKE_FROSSET
    if rules.er_afvist(v.stilling):
        return "Er afvist. Ret kladden, og frys en ny udgave."
    if not rules.mangler_godkendelse_fra(v.stilling):
        return "Er allerede godkendt."
    return rules.mangler_for_afgoerelse(v.stilling)


def ikke_underskrive(linje: Dokumentlinje) -> str:
    v = den_det_gaelder(linje)
    if v is None:
        return IKKE_FROSSET
    if not v.udgave.kraever_underskrift:
        return "Skal ikke underskrives."
    if grund := rules.mangler_for_underskrift(v.stilling):
        return grund
    if not v.stilling.parter:
        return rules.INGEN_UNDERSKRIVERE
    return "" if rules.ikke_underskrevet(v.stilling) else "Alle har skrevet under."


def delt(
    linjer: Sequence[Dokumentlinje], valgte: Collection[str], hvorfor_ikke: Callable[[Dokumentlinje], str]
) -> tuple[list[Dokumentlinje], list[tuple[str, str]]]:
    """(documents that the step can be taken with, [(name, why not)] of the rest of those chosen). With none chosen: all
    that it can be taken with."""
    med, uden = [], []
    for linje in linjer:
        if valgte and linje.noegle not in valgte:
            continue
        if grund := hvorfor_ikke(linje):
            uden += [(linje.navn, grund)] if valgte else []
        else:
            med.append(linje)
    return med, uden
