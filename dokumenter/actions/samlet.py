"""The same done to several papers at once: all or none, with each one's own fault told."""

from collections.abc import Callable, Iterable

from django.core.exceptions import ValidationError

from helhedsplan.actions import Raekkefejl
from helhedsplan.pdf import PdfFejl

#: The relation that the faults are told by; their numbers are the papers' places.
PAPIRER = "papirer"


def for_hvert_papir(papirer: Iterable, goer: Callable) -> list:
    """What `goer` gives for each. Every one is tried, so that all that is wrong is told at once.

    Raises Raekkefejl; what was written is for the caller's transaction to take back.
    """
    gjorte, fejl = [], {}
    for nummer, papir in enumerate(papirer, 1):
        try:
            gjorte.append(goer(papir))
        except PdfFejl as hvad:
            fejl[nummer] = ValidationError(str(hvad), code="pdf")
        except ValidationError as hvad:
            fejl[nummer] = hvad
    if fejl:
        raise Raekkefejl(PAPIRER, fejl)
    return gjorte
