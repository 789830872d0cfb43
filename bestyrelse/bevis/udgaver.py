"""The editions of the evidence that were kept, and what each of them changed."""

from dataclasses import dataclass
from itertools import zip_longest

from aftaler.models import Helhedsplan
from bestyrelse.bevis.dele import Bevis
from bestyrelse.bevis.linjer import Forskel, forskelle, linjer
from bestyrelse.models import Bevisudgave


@dataclass(frozen=True)
class Bevisudgavelinje:
    """An edition; aendret: line by line against the one before it, None for the first."""

    udgave: Bevisudgave
    aendret: list[Forskel] | None


def bevisudgaver(plan: Helhedsplan, aar: int) -> list[Bevisudgavelinje]:
    """The editions of a year, newest first."""
    alle = list(Bevisudgave.objects.filter(plan=plan, aar=aar).select_related("lavet_af").order_by("-nummer"))
    return [
        Bevisudgavelinje(denne, forskelle(foer.linjer, denne.linjer) if foer else None)
        for denne, foer in zip_longest(alle, alle[1:])
    ]


def siden_sidst(b: Bevis, seneste: Bevisudgave | None) -> list[Forskel]:
    """What a new edition would tell that the newest one does not."""
    return forskelle(seneste.linjer, linjer(b)) if seneste else []
