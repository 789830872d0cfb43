"""What the package to Landsbyggefonden asks for, and editions that are ready for it."""

from aftaler.choices import Dokumentart
from dokumenter.models import Udgave
from tests import factories as f
from tests.verden import Verden

ENKLE = [
    Dokumentart.SAMARBEJDSAFTALE,
    Dokumentart.MILEPAELSPLAN,
    Dokumentart.BEREDSKABSPLAN,
    Dokumentart.KOMMISSORIUM,
    Dokumentart.ORGANISATIONSDIAGRAM,
]
UNDERSKRIVES = {Dokumentart.SAMARBEJDSAFTALE, Dokumentart.DELAFTALE}
ALLE = [*ENKLE, Dokumentart.DELAFTALE, Dokumentart.BUDGET, Dokumentart.INDBERETNINGSSKEMA]


def klar_udgave(v: Verden, art: str, emne: str = "") -> Udgave:
    """Approved by the board, and signed where it must be."""
    udgave = v.frosset(art, emne)
    f.GodkendelseFactory(udgave=udgave)
    if udgave.kraever_underskrift:
        f.UnderskriverFactory(udgave=udgave, har_underskrevet=True, filrevision=udgave.filrevisioner.get())
    return udgave


def alt_andet_klart(v: Verden) -> None:
    """All that the package asks for is ready, but the one delaftale."""
    for orden, art in enumerate(ALLE, 1):
        f.DokumentkravFactory(
            regelsaet=v.plan.regelsaet,
            orden=orden,
            art=art,
            navn=art.label,
            pr_indsatsomraade=art == Dokumentart.DELAFTALE,
            underskrives=art in UNDERSKRIVES,
        )
    v.plan.indsatsomraader.set([v.delaftale.indsatsomraade])
    for art in ENKLE:
        klar_udgave(v, art)
    klar_udgave(v, Dokumentart.BUDGET, "bevilget")
    v.plan.bilag.update(titel="Skema for Østerområdet", filnavn="SKEMA.XLSX")
