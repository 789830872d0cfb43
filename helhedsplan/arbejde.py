"""Work that takes longer than a page may: done beside the page, which asks how far it has come.

    begynd(noegle, trin) -> Arbejdsstand    in a thread of its own; what somebody is at already is not begun again
    fulgt(noegle) -> Arbejdsstand | None    how far it is, or how it ended; None when nobody is at it

How far it is is kept where every process of the machine can read it, and not in the database: no transaction is held
while anybody is told of it, and a page that only looks writes nothing. Work that has shown no sign of life in LIVSTEGN
seconds was stopped in the middle; a transaction that it stood in is undone. That it was begun is for the one who begins
it to keep in the database, where it matters (`Importfil.forsoeg`).
"""

import logging
import threading
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.conf import settings
from django.core.cache import caches
from django.db import connections

logger = logging.getLogger(__name__)
#: Seconds that a page waits before it shows how far the work is; between two words of it; and without any.
TAALMODIGHED, MELLEM, LIVSTEGN = 1.0, 0.5, 60.0
#: How long the outcome is kept for the one who is to see it.
GEMMES = 3600


class Fremskridt(NamedTuple):
    hvad: str
    naaet: int = 0
    i_alt: int = 0


@dataclass(frozen=True)
class Arbejdsstand:
    """`slag`: its last sign of life, in seconds since 1970. `udfald`: what came of it when `slut`; None when it failed
    in a way that nobody had thought of."""

    fremskridt: Fremskridt
    slag: float
    slut: bool = False
    udfald: Any = None

    @property
    def lever(self) -> bool:
        return self.slut or time.time() - self.slag < LIVSTEGN


class Arbejde:
    """One piece of work, as the page that began it holds it."""

    def __init__(self, noegle: str, trin: Callable[[], Generator[Fremskridt, None, Any]]):
        self.noegle, self.trin = noegle, trin
        self.slut = threading.Event()
        self.udfald: Any = None

    def udfoer(self) -> None:
        try:
            gang = self.trin()
            sidst = 0.0
            while True:
                fremskridt = next(gang)
                if time.monotonic() - sidst >= MELLEM:
                    sidst = time.monotonic()
                    _sig(self.noegle, Arbejdsstand(fremskridt, time.time()))
        except StopIteration as slut:
            self.udfald = slut.value
        except Exception:
            if not settings.ARBEJDE_VED_SIDEN_AF:
                raise
            logger.exception("Work beside a page failed: %s", self.noegle)
        finally:
            _sig(self.noegle, Arbejdsstand(Fremskridt("Færdig"), time.time(), True, self.udfald))
            self.slut.set()

    def begynd(self) -> None:
        if not settings.ARBEJDE_VED_SIDEN_AF:
            self.udfoer()
            return
        threading.Thread(target=self._i_traad, name=self.noegle).start()

    def _i_traad(self) -> None:
        try:
            self.udfoer()
        finally:
            connections.close_all()


def begynd(noegle: str, trin: Callable[[], Generator[Fremskridt, None, Any]]) -> Arbejdsstand:
    """Begin unless somebody is at it or it is done, and wait a moment for it. `trin` yields how far it has come and
    returns the outcome: plain data that can be kept."""
    stand = fulgt(noegle)
    if stand is None:
        arbejde = Arbejde(noegle, trin)
        _sig(noegle, Arbejdsstand(Fremskridt("Begynder"), time.time()))
        arbejde.begynd()
        arbejde.slut.wait(TAALMODIGHED)
        stand = fulgt(noegle) or Arbejdsstand(Fremskridt("Begynder"), time.time())
    return stand


def fulgt(noegle: str) -> Arbejdsstand | None:
    stand = caches["arbejde"].get(noegle)
    return stand if stand is not None and stand.lever else None


def i_gang(noegle: str) -> bool:
    """Whether somebody is at it."""
    stand = fulgt(noegle)
    return stand is not None and not stand.slut


def glem(noegle: str) -> None:
    """The outcome has been seen."""
    caches["arbejde"].delete(noegle)


def _sig(noegle: str, stand: Arbejdsstand) -> None:
    try:
        caches["arbejde"].set(noegle, stand, GEMMES)
    except OSError:  # a disk that is full stops nobody's work
        logger.exception("How far the work is cannot be kept: %s", noegle)
