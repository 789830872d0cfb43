"""Search in everything one may see: rooms say what they hold, this says what matches, in which order.

A whole word comes before a part of one ("Anne" is not "uddannelse"), and what is shown beside a hit is the sentence
that the words stand in, as the reader sees it: what is hidden from readers is neither shown nor found. Accents do not
count, either way ("lektiecafe"), and æ, ø and å may be typed ae, oe and aa; an å is no a with an accent.
"""

import html
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

MINDSTE_SOEGEORD = 2
ORD_HOEJST = 8
FUND_HOEJST = 60
UDDRAG = 180
#: Letters and digits of the languages that stand in the papers; a class that Python and PostgreSQL read alike.
BOGSTAV = "0-9A-Za-zÀ-ÖØ-öø-ž"
DANSKE = {"æ": "ae", "ø": "oe", "å": "aa"}


def _accentgrupper() -> dict[str, str]:
    """Each letter -> the class of those that differ from it in accents alone; of both cases, whatever the database's
    locale knows."""
    grupper: dict[str, str] = {}
    for tegn in [*"abcdefghijklmnopqrstuvwxyz", *map(chr, range(ord("à"), ord("ž") + 1))]:
        grundtegn = unicodedata.normalize("NFD", tegn)[0]
        if tegn not in DANSKE and len(tegn.upper()) == 1 and grundtegn.isascii() and tegn == tegn.lower():
            grupper[grundtegn] = grupper.get(grundtegn, "") + tegn + tegn.upper()
    return {tegn: f"[{gruppe}]" for gruppe in grupper.values() if len(gruppe) > 2 for tegn in gruppe}


ACCENTGRUPPER = _accentgrupper()


@dataclass(frozen=True)
class Soegekilde:
    """A kind of thing that can be found.

    udvalg(bruger) -> the rows that the person may see; felter: lookups that are searched, the name first; navn, plan
    and url tell of a row; vist(row, lookup) -> the text as the person reads it, where that is not what is stored.
    """

    art: str
    udvalg: Callable[[Any], QuerySet]
    felter: tuple[str, ...]
    navn: Callable[[Any], str]
    plan: Callable[[Any], str]
    url: Callable[[Any], str]
    vist: Callable[[Any, str], str] | None = None


#: Filled by the rooms when they are ready.
KILDER: list[Soegekilde] = []


@dataclass(frozen=True)
class Fundet:
    """A hit: what it is, where, and the words around it (before, the word itself, after) when its name does not say."""

    tekst: str
    art: str
    plan: str
    url: str
    foer: str = ""
    ordet: str = ""
    efter: str = ""
    helt: bool = True
    i_navnet: bool = True


def soegeord(tekst: str) -> list[str]:
    """The words of what was typed; none when it is too short to search for."""
    samlet = " ".join(tekst.replace("\x00", "").split())
    return samlet.split()[:ORD_HOEJST] if len(samlet) >= MINDSTE_SOEGEORD else []


def _kerne(ord_: str) -> str:
    """The word as a regular expression that Python and PostgreSQL read alike, with every way to write its letters."""
    danske = "|".join([*DANSKE, *DANSKE.values()])
    dele = re.split(f"({danske})", unicodedata.normalize("NFC", ord_), flags=re.IGNORECASE)
    return "".join(_dansk(del_) if nr % 2 else _uden_accent(del_) for nr, del_ in enumerate(dele))


def _dansk(del_: str) -> str:
    """One of "æ" and "ae", as both."""
    tegn = next(t for t, skrevet in DANSKE.items() if del_.lower() in (t, skrevet))
    return f"(?:[{tegn}{tegn.upper()}]|{_uden_accent(DANSKE[tegn])})"


def _uden_accent(del_: str) -> str:
    return "".join(ACCENTGRUPPER.get(tegn) or re.escape(tegn) for tegn in del_)


def _udtryk(ord_: str, *, helt: bool) -> str:
    kerne = _kerne(ord_)
    return f"(^|[^{BOGSTAV}]){kerne}($|[^{BOGSTAV}])" if helt else kerne


def _findes(felter: Iterable[str], ord_: str, *, helt: bool) -> Q:
    """Case-insensitive also for æ, ø and å: SQLite compares only ASCII so, but leaves regular expressions to Python."""
    fundet = Q()
    for felt in felter:
        # Prose is stored with & written as &amp;, a page with its quotation marks written so too.
        for skrevet in {ord_, html.escape(ord_, quote=False), html.escape(ord_)}:
            fundet |= Q(**{f"{felt}__iregex": _udtryk(skrevet, helt=helt)})
    return fundet


def soeg(bruger, tekst: str, hoejst: int = FUND_HOEJST) -> list[Fundet]:
    """What the person may see that holds every word: whole words first, and names before what is written.

    One query a source, however many there are.
    """
    ordene = soegeord(tekst)
    if not ordene:
        return []
    fundne = [fund for kilde in KILDER for fund in _i_kilden(kilde, bruger, ordene, hoejst)]
    return sorted(fundne, key=lambda fund: (not fund.helt, not fund.i_navnet))[:hoejst]


def _i_kilden(kilde: Soegekilde, bruger, ordene: list[str], hoejst: int) -> Iterable[Fundet]:
    dele, hele = Q(), Q()
    for ord_ in ordene:
        dele &= _findes(kilde.felter, ord_, helt=False)
        hele &= _findes(kilde.felter, ord_, helt=True)
    rang = Case(When(hele, then=Value(0)), default=Value(1), output_field=IntegerField())
    raekker = kilde.udvalg(bruger).filter(dele).annotate(soegerang=rang).order_by("soegerang", "pk")
    for raekke in raekker[:hoejst]:
        if fundet := _fund(kilde, raekke, ordene):
            yield fundet


def _vaerdi(raekke, felt: str) -> str:
    for navn in felt.split("__"):
        raekke = getattr(raekke, navn, None)
    return str(raekke or "")


def _fund(kilde: Soegekilde, raekke, ordene: list[str]) -> Fundet | None:
    """The hit as the person reads it; None when the words stand only in what is not shown."""
    vist = kilde.vist or _vaerdi
    tekster = [vist(raekke, felt) for felt in kilde.felter]
    navn, samlet = kilde.navn(raekke), "\n".join(tekster)
    if not all(_sted(samlet, ord_) for ord_ in ordene):
        return None
    helt = all(_sted(samlet, ord_, kun_helt=True) for ord_ in ordene)
    i_navnet = all(_sted(navn, ord_) for ord_ in ordene)
    uddrag = ("", "", "") if i_navnet else _uddrag(tekster, ordene)
    return Fundet(navn, kilde.art, kilde.plan(raekke), kilde.url(raekke), *uddrag, helt=helt, i_navnet=i_navnet)


def _sted(tekst: str, ord_: str, *, kun_helt: bool = False) -> re.Match | None:
    """Where a word stands, as a whole word when it does anywhere."""
    kerne = _kerne(ord_)
    helt = re.search(rf"(?<![{BOGSTAV}]){kerne}(?![{BOGSTAV}])", tekst, re.IGNORECASE)
    return helt or (None if kun_helt else re.search(kerne, tekst, re.IGNORECASE))


def _uddrag(tekster: list[str], ordene: list[str]) -> tuple[str, str, str]:
    """The sentence around the words together, or the first of them that stands in a text, in three parts."""
    for tekst in tekster:
        for ord_ in [" ".join(ordene), *ordene]:
            if fundet := _sted(tekst, ord_):
                foer = re.split(r"(?<=[.!?])\s|\n", tekst[: fundet.start()])[-1]
                efter = re.split(r"(?<=[.!?])\s|\n", tekst[fundet.end() :])[0]
                return _kort_foran(foer), fundet.group(), _kort_bag(efter)
    return "", "", ""


def _kort_foran(tekst: str) -> str:
    return tekst if len(tekst) <= UDDRAG // 2 else "… " + tekst[-UDDRAG // 2 :].partition(" ")[2]


def _kort_bag(tekst: str) -> str:
    return tekst if len(tekst) <= UDDRAG else tekst[:UDDRAG].rpartition(" ")[0] + " …"
