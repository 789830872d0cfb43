"""What several rooms ask of the same plan while one page is made is read once.

Only while a page is read: a GET writes nothing (the tests see to it), so what was read first holds until the page is
done, and the page tells of one moment. What a POST, a command or a thread asks is asked anew each time.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import models

P = ParamSpec("P")
R = TypeVar("R")

_LAEST: ContextVar[dict[Hashable, Any] | None] = ContextVar("laest", default=None)


@contextmanager
def en_side() -> Iterator[None]:
    """While one page is made."""
    foer = _LAEST.set({})
    try:
        yield
    finally:
        _LAEST.reset(foer)


def laest_en_gang(funktion: Callable[P, R]) -> Callable[P, R]:
    """For queries that are asked in several places. What they give is shared by those who ask: who wants it otherwise
    takes a copy. Rows that are given are known by their keys, so a plan that is read twice is one plan."""

    @wraps(funktion)
    def spoerg(*args: P.args, **kwargs: P.kwargs) -> R:
        laeste = _LAEST.get()
        if laeste is None:
            return funktion(*args, **kwargs)
        noegle = (funktion, *map(_kendt, args), *((navn, _kendt(vaerdi)) for navn, vaerdi in sorted(kwargs.items())))
        if noegle not in laeste:
            laeste[noegle] = funktion(*args, **kwargs)
        return laeste[noegle]

    return spoerg


def den_samme(raekke: models.Model) -> Any:
    """The first of the objects that stand for this row on the page: what is fetched for one is fetched for all."""
    laeste = _LAEST.get()
    return raekke if laeste is None or raekke.pk is None else laeste.setdefault(_kendt(raekke), raekke)


@laest_en_gang
def raekkerne(ejer: models.Model, relation: str) -> list[Any]:
    """The rows that stand on an object."""
    return list(getattr(ejer, relation).all())


def _kendt(vaerdi: Any) -> Hashable:
    """A row by its table and key, and what it points to: a plan that is tried on another rule set is another plan."""
    if isinstance(vaerdi, models.Model):
        if vaerdi.pk is None:
            return object()  # what is not saved is not known again
        peger = (f.attname for f in vaerdi._meta.concrete_fields if f.is_relation)
        return (vaerdi._meta.label, vaerdi.pk, *map(vaerdi.__dict__.get, peger))
    if isinstance(vaerdi, list | tuple):
        return tuple(map(_kendt, vaerdi))
    return frozenset(vaerdi) if isinstance(vaerdi, set) else vaerdi
