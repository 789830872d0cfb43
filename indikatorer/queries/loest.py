"""What systems of figures have come to, kept for all processes of the machine.

A solution is kept under the hash of all that it follows from, so that it is never out of date. One that was not found
in time is looked for again the next day; until then all figures of the system are hidden.
"""

import hashlib
import logging
import pickle
import time
import zlib

from django.core.cache import caches

from indikatorer.rules import ligninger
from indikatorer.rules.ligninger import LOES, System

#: Seconds of work on systems that are not known, for one question of what is hidden in a plan.
ARBEJDE = 10.0
#: To be raised when the solver would answer otherwise of the same system.
UDGAVE = 3
ET_DOEGN = 24 * 60 * 60
KAN_IKKE_LAESES = (OSError, EOFError, pickle.UnpicklingError, zlib.error)
logger = logging.getLogger(__name__)


def husket() -> LOES:
    """A solver that remembers, and that has so much work in it."""
    brugt = 0.0

    def loes(system: System, skjult: frozenset[int], graense: int) -> frozenset[int] | None:
        nonlocal brugt
        noegle = _noegle(system, skjult, graense)
        gemt = _hent(noegle)
        if gemt is not None:
            return frozenset(gemt) if gemt != UKENDT else None
        if brugt > ARBEJDE:
            return None
        start = time.thread_time()
        fundet = ligninger.loes(system, skjult, graense)
        brugt += time.thread_time() - start
        _gem(noegle, fundet)
        return fundet

    return loes


#: Kept for a system that was given up.
UKENDT = [-1]


def _noegle(system: System, skjult: frozenset[int], graense: int) -> str:
    alt = repr((UDGAVE, system, sorted(skjult), graense))
    return hashlib.sha256(alt.encode()).hexdigest()


def _hent(noegle: str) -> list[int] | None:
    try:
        return caches["loest"].get(noegle)
    except KAN_IKKE_LAESES:
        logger.exception("Det, der er regnet ud, kan ikke læses. Det regnes igen.")
        return None


def _gem(noegle: str, fundet: frozenset[int] | None) -> None:
    """A full or locked disk costs only time."""
    lager = caches["loest"]
    try:
        if fundet is None:
            lager.set(noegle, UKENDT, ET_DOEGN)
        else:
            lager.set(noegle, sorted(fundet))
    except OSError:
        logger.exception("Det, der er regnet ud, kan ikke gemmes. Det regnes igen næste gang.")
