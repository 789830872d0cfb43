"""The editions of the evidence that were kept, and what each of them changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from aftaler.models import Helhedsplan
from helhedsplan.formats import opremsning
from helhedsplan.former import UlaeseligeData
from moeder.bevis.dele import Bevis
from moeder.bevis.linjer import Bevisforskel, forskelle, linjer
from moeder.models import Bevisudgave


@dataclass(frozen=True)
class Bevisudgavelinje:
    """An edition; aendret: line by line against the one before it, None for the first."""

    udgave: Bevisudgave
    aendret: list[Bevisforskel] | None


def bevisudgaver(plan: Helhedsplan, aar: int) -> list[Bevisudgavelinje]:
    """The editions of a year, newest first."""
    alle = list(Bevisudgave.objects.filter(plan=plan, aar=aar).select_related("lavet_af").order_by("-nummer"))
    return [Bevisudgavelinje(denne, _forskelle(foer, denne.linjer)) for denne, foer in zip_longest(alle, alle[1:])]


def kan_ikke_laeses(udgaver: list[Bevisudgavelinje]) -> str:
    """Which editions' lines cannot be read, so that nothing can be said of what they changed. The files are whole."""
    numre = [str(u.udgave.nummer) for u in udgaver if isinstance(u.udgave.linjer, UlaeseligeData)]
    if not numre:
        return ""
    return f"Linjerne i udgave {opremsning(numre)} kan ikke læses, så ændringerne kan ikke vises. PDF-filen er hel."


def siden_sidst(b: Bevis, seneste: Bevisudgave | None) -> list[Bevisforskel]:
    """What a new edition would tell that the newest one does not."""
    return _forskelle(seneste, linjer(b)) or []


def _forskelle(foer: Bevisudgave | None, nu: Sequence[Sequence[str]]) -> list[Bevisforskel] | None:
    if foer is None or isinstance(foer.linjer, UlaeseligeData) or isinstance(nu, UlaeseligeData):
        return None
    return forskelle(foer.linjer, nu)
