"""Kill -9 in the middle of what the program writes, again and again, and what is there afterwards.

A copy of this process does one action after another through the program's own actions and commands, and says of each,
over a pipe, that it is confirmed: when a web page would have answered. It is killed by a clock at a random moment, or
kills itself at a random one of its writes (before or after a statement that writes, a COMMIT, a stored file), in turn.
Afterwards all that was confirmed must be there, nothing may be half written, and the next action must do.
"""

import json
import os
import re
import selectors
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any, NoReturn

from django.core.files.storage import FileSystemStorage
from django.db import connection, connections

from helhedsplan.sikkerhedskopi.tjek import tjek_data

SKRIVER = re.compile(r"\s*(INSERT|UPDATE|DELETE|CREATE|ALTER|DROP)\b", re.IGNORECASE)
#: Seconds: nothing that is tried here takes so long.
LAENGST = 240


class Slut(Exception):
    """There is nothing more to do for this process."""


class Handling:
    """Something that is done again and again; `navn` is what the table calls it."""

    navn = ""
    #: Whether `tjek_data` is asked of this database after each.
    hele_huset = True

    def forbered(self) -> None:
        """Once, before all."""

    def foer(self) -> None:
        """Before each process, by the one that kills."""

    def varm_op(self) -> None:
        """Done once here: what it imports, its copies need not."""
        self.foer()
        self.goer()

    def goer(self) -> Any:
        """Done in the process that is killed; what it says when it is confirmed. Raises Slut."""
        raise NotImplementedError

    def tjek(self, bekraeftet: list) -> Iterator[str]:
        """What is wrong afterwards; what a process that was killed had confirmed."""
        raise NotImplementedError

    def efterladt(self) -> int:
        """How many things are left over that nobody asks for, besides files without a row."""
        return 0


@dataclass
class Resultat:
    navn: str
    drab: int = 0
    ved_skrivning: int = 0
    bekraeftet: int = 0
    tabt: list[str] = field(default_factory=list)
    andet: list[str] = field(default_factory=list)
    rester: int = 0
    sekunder: float = 0.0

    @property
    def fejl(self) -> list[str]:
        return [f"{self.navn}: {linje}" for linje in (*self.tabt, *self.andet)]


# --- the process that is killed --------------------------------------------------------------------------------------


class Skrivesteder:
    """Counts the places where something is about to be written, or has just been; at one of them the process dies."""

    def __init__(self) -> None:
        self.naaet, self.doer_ved = 0, -1

    def her(self) -> None:
        if self.naaet == self.doer_ved:
            os.kill(os.getpid(), signal.SIGKILL)
        self.naaet += 1

    def omkring(self, funktion: Callable) -> Callable:
        def med(*a, **k):
            self.her()
            svar = funktion(*a, **k)
            self.her()
            return svar

        return med

    def saet(self) -> None:
        def ved_sql(execute, sql, params, many, context):
            koer = self.omkring(execute) if SKRIVER.match(str(sql)) else execute
            return koer(sql, params, many, context)

        connection.execute_wrappers.append(ved_sql)
        connection.commit = self.omkring(connection.commit)
        FileSystemStorage._save = self.omkring(FileSystemStorage._save)


def _barn(roer: int, handling: Handling, efter: int, plads: int) -> NoReturn:
    """Does the action until it is killed; in the one after `efter` others it dies at the place of that number."""
    try:
        os.setsid()
        steder = Skrivesteder()
        for nr in count():
            steder.naaet = 0
            steder.doer_ved = plads if nr == efter else 0 if nr > efter >= 0 else -1
            _sig(roer, "begyndt", None)
            if nr == 0:
                steder.saet()
            svar = handling.goer()
            _sig(roer, "ok", [svar, steder.naaet])
    except Slut:
        _sig(roer, "slut", None)
    except BaseException:  # noqa: BLE001 -- told over the pipe
        _sig(roer, "fejl", traceback.format_exc()[-1500:])
    finally:
        os._exit(0)


def _sig(roer: int, ord_: str, data) -> None:
    os.write(roer, json.dumps([ord_, data]).encode() + b"\n")


def i_barn(funktion: Callable[[], Any]) -> Any:
    """What a function answers in a copy of this process that nobody kills. Raises RuntimeError with what went wrong."""

    class En(Handling):
        gjort = False

        def goer(self):
            if self.gjort:
                raise Slut
            self.gjort = True
            return funktion()

    sagt = _draeb_en(En(), None)
    if sagt.fejl or not sagt.bekraeftet:
        raise RuntimeError(sagt.fejl or "Processen endte uden et ord.")
    return sagt.bekraeftet[0]


# --- the process that kills ------------------------------------------------------------------------------------------


@dataclass
class Sagt:
    """What one process said before it died."""

    bekraeftet: list = field(default_factory=list)
    pladser: int = 0
    sluttede: bool = False
    fejl: str = ""
    begyndt: float = 0.0
    sekunder: float = 0.0


@contextmanager
def _proces(handling: Handling, efter: int, plads: int) -> Iterator[tuple[int, int]]:
    connections.close_all()
    laes, skriv = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(laes)
        _barn(skriv, handling, efter, plads)
    os.close(skriv)
    try:
        yield pid, laes
    finally:
        for draeb in (os.kill, os.killpg):  # and what it had started itself
            with suppress(ProcessLookupError, PermissionError):
                draeb(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(laes)


def _draeb_en(handling: Handling, dreb: tuple[int, int] | float | None, hoejst: int | None = None) -> Sagt:
    """Start one and kill it: (after so many actions, at that place), or so many seconds after its first began; or let
    it live until it has confirmed `hoejst`."""
    sagt = Sagt()
    efter, plads = dreb if isinstance(dreb, tuple) else (-1, -1)
    with _proces(handling, efter, plads) as (pid, laes), selectors.DefaultSelector() as vaelger:
        vaelger.register(laes, selectors.EVENT_READ)
        senest, rest = time.monotonic() + LAENGST, b""
        while (naa := senest - time.monotonic()) > 0:
            if not vaelger.select(naa):
                break
            if not (bid := os.read(laes, 65536)):
                return sagt
            *linjer, rest = (rest + bid).split(b"\n")
            for linje in linjer:
                _hoer(sagt, *json.loads(linje))
            if sagt.fejl or sagt.sluttede or (hoejst and len(sagt.bekraeftet) >= hoejst):
                return sagt
            if isinstance(dreb, float) and senest - time.monotonic() > dreb + 1:
                senest = sagt.begyndt + dreb
        os.kill(pid, signal.SIGKILL)
        if not isinstance(dreb, float):
            sagt.fejl = f"var ikke færdig efter {LAENGST} sekunder"
        # What it had said, and nobody had heard yet.
        while bid := _resten(vaelger, laes):
            rest += bid
        for linje in rest.split(b"\n")[:-1]:
            _hoer(sagt, *json.loads(linje))
    return sagt


def _resten(vaelger: selectors.BaseSelector, laes: int) -> bytes:
    """b"" also where what it had started still has the pipe open."""
    return os.read(laes, 65536) if vaelger.select(0.2) else b""


def _hoer(sagt: Sagt, ord_: str, data) -> None:
    nu = time.monotonic()
    if ord_ == "begyndt":
        sagt.begyndt = sagt.begyndt or nu
    elif ord_ == "ok":
        sagt.bekraeftet.append(data[0])
        sagt.pladser, sagt.sekunder = data[1], nu - sagt.begyndt
    elif ord_ == "slut":
        sagt.sluttede = True
    else:
        sagt.fejl = data


def draeb(handling: Handling, gange: int, t: Random) -> Resultat:
    """Kill it so many times; every other time by the clock, and else at one of its writes."""
    r, begyndt = Resultat(handling.navn), time.monotonic()
    handling.forbered()
    kendt = set(_galt(handling))
    handling.varm_op()
    roligt = _en(handling, None, r, kendt, hoejst=1)
    varighed, pladser = max(roligt.sekunder, 0.01), roligt.pladser
    mislykkede = 0
    while r.drab < gange and mislykkede < 3 and not r.andet:
        ved_skrivning = pladser > 1 and r.drab % 2 == 0
        dreb = (t.randrange(2), t.randrange(pladser)) if ved_skrivning else t.uniform(0, 1.5 * varighed)
        sagt = _en(handling, dreb, r, kendt)
        if sagt.sluttede and not ved_skrivning:
            mislykkede += 1  # it was done before the clock
            continue
        mislykkede = 0
        r.drab += 1
        r.ved_skrivning += ved_skrivning
    _en(handling, None, r, kendt, hoejst=1)
    if handling.hele_huset:
        r.rester += sum(not fejl.alvorlig for fejl in tjek_data())
    r.rester += handling.efterladt()
    r.sekunder = time.monotonic() - begyndt
    return r


def _en(handling, dreb, r: Resultat, kendt: set[str], hoejst: int | None = None) -> Sagt:
    handling.foer()
    sagt = _draeb_en(handling, dreb, hoejst)
    _til_ro()
    r.bekraeftet += len(sagt.bekraeftet)
    if sagt.fejl:
        r.andet.append(f"den næste handling gik ikke: {sagt.fejl}")
    if hoejst and not sagt.bekraeftet and not sagt.fejl:
        r.andet.append("processen endte uden at bekræfte noget")
    for galt in handling.tjek(sagt.bekraeftet):
        (r.tabt if galt.startswith("tabt: ") else r.andet).append(galt)
    r.andet += sorted(set(_galt(handling)) - kendt)
    return sagt


def _galt(handling: Handling) -> list[str]:
    return [fejl.tekst for fejl in tjek_data() if fejl.alvorlig] if handling.hele_huset else []


def _til_ro() -> None:
    """Wait until the database server has noticed that nobody is there, and is done with what it was sent."""
    if connection.vendor != "postgresql":
        return
    for _ in range(600):
        with connection.cursor() as markoer:
            markoer.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
                " AND pid <> pg_backend_pid() AND datname = current_database() AND state <> 'idle'"
            )
            if not markoer.fetchone()[0]:
                return
        time.sleep(0.02)
