"""Where the measurements stand that prose is bound to: asked of the rooms that hold them."""

from collections.abc import Iterable

from aftaler.models import Helhedsplan
from helhedsplan import tilslutninger
from helhedsplan.tekst import Talkilde, skift_talmaerker, talmaerker, uden_skjulte_tal


def talkilder(plan: Helhedsplan, tekster: Iterable[str]) -> tuple[Talkilde, ...]:
    """Those of the figures that the texts are bound to; no query when they are bound to none."""
    henvisninger = {maerke.henvisning for tekst in tekster for maerke in talmaerker(tekst)}
    if not henvisninger:
        return ()
    return tuple(kilde for opslag in tilslutninger.TALOPSLAG for kilde in opslag(plan, henvisninger))


def som_alle_ser(plan: Helhedsplan, tekst: str) -> str:
    """A text of the plan as those may read it who do not write the plan, its marks kept."""
    return uden_skjulte_tal(tekst, talkilder(plan, [tekst]))


def uden_tal(tekst: str) -> str:
    """A text to be used elsewhere, with a place to write in for each figure that was measured here."""
    return skift_talmaerker(tekst, lambda maerke: "[tal]")


def frigjort(plan: Helhedsplan, tekst: str) -> str:
    """A text to be used in another plan: its figures stand as written, bound to nothing; hidden ones stay behind."""
    return skift_talmaerker(som_alle_ser(plan, tekst), lambda maerke: maerke.indhold)
