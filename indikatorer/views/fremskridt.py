"""Work that may take a while: an ordinary page when it is quick, else one that is sent bit by bit as the work goes on.

No script is needed, and nothing runs when nobody waits for it: when the browser goes away the work stops, and a
transaction that it stands in is undone.
"""

import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.html import format_html

from helhedsplan.formats import tal

TAALMODIGHED = 1.0
MELLEM = 0.5
MAERKE = "<!-- fremskridt -->"


@dataclass(frozen=True)
class Fremskridtsindhold:
    """What a page shows when the work is done; `videre` is where to go instead when nothing has been shown yet."""

    skabelon: str
    kontekst: dict
    status: int = 200
    videre: str = ""


@dataclass(frozen=True)
class Arbejde:
    """`trin` yields (what, done, of how many) and returns the result that `faerdig` shows.

    `ramme` is the page's context. `straks`: it is known beforehand to take its time.
    """

    trin: Generator
    faerdig: Callable[[Any], Fremskridtsindhold]
    ramme: dict
    side: str = "indikatorer/import/side.html"
    straks: bool = False


def vis_arbejde(request, arbejde: Arbejde) -> HttpResponse | StreamingHttpResponse:
    get_token(request)  # its cookie must be set before the first line is sent
    start = time.monotonic()
    linje = ""
    try:
        while not arbejde.straks and time.monotonic() - start < TAALMODIGHED:
            linje = _linje(*next(arbejde.trin))
    except StopIteration as slut:
        indhold = arbejde.faerdig(slut.value)
        if indhold.videre:
            return redirect(indhold.videre)
        kontekst = arbejde.ramme | indhold.kontekst | {"indhold": indhold.skabelon}
        return render(request, arbejde.side, kontekst, status=indhold.status)
    return StreamingHttpResponse(_stroem(request, arbejde, linje))


def _stroem(request, arbejde: Arbejde, linje: str) -> Iterator[str]:
    foer, _, efter = render_to_string(arbejde.side, arbejde.ramme | {"indhold": ""}, request).partition(MAERKE)
    yield f'{foer}<div class="import-fremskridt" role="log" aria-label="Fremskridt">{linje}'
    sendt = 0.0
    try:
        while True:
            linje = _linje(*next(arbejde.trin))
            if time.monotonic() - sendt >= MELLEM:
                sendt = time.monotonic()
                yield linje
    except StopIteration as slut:
        indhold = arbejde.faerdig(slut.value)
    yield "</div>"
    yield render_to_string(indhold.skabelon, arbejde.ramme | indhold.kontekst, request) + efter


def _linje(hvad: str, naaet: int, i_alt: int) -> str:
    if not i_alt:
        return format_html("<p>{} …</p>", hvad)
    return format_html("<p>{} {} af {}</p>", hvad, tal(naaet), tal(i_alt))
