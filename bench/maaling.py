"""Measuring: interleaved rounds, medians, queries counted; everything in one process on one machine."""

import gc
import os
import resource
import statistics
import time
from collections.abc import Callable
from io import BytesIO

from django.db import connection
from django.test.utils import CaptureQueriesContext


def medianer(opgaver: dict[str, Callable], runder: int, opvarmning: int = 3) -> dict[str, float]:
    """Median milliseconds per task; one call of each per round, so that a slow moment hits them all."""
    tider: dict[str, list[float]] = {navn: [] for navn in opgaver}
    for runde in range(runder + opvarmning):
        for navn, opgave in opgaver.items():
            gc.collect()
            start = time.perf_counter()
            opgave()
            if runde >= opvarmning:
                tider[navn].append((time.perf_counter() - start) * 1000)
    return {navn: statistics.median(t) for navn, t in tider.items()}


def hoejeste_hukommelse(opgave: Callable) -> float:
    """Megabytes that a call adds at its peak, with the libraries it must load; measured in a process of its own."""
    laes, skriv = os.pipe()
    if not (barn := os.fork()):
        foer = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        opgave()
        os.write(skriv, str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - foer).encode())
        os._exit(0)
    os.waitpid(barn, 0)
    kilobytes = int(os.read(laes, 32))
    os.close(laes)
    os.close(skriv)
    return kilobytes / 1024


class Hentning:
    """GET requests straight to the WSGI application, as the application server makes them."""

    def __init__(self, app, cookie: str):
        self.app = app
        self.cookie = cookie

    def __call__(self, sti: str) -> bytes:
        status: list[str] = []
        sti, _, soegning = sti.partition("?")
        miljoe = {
            "REQUEST_METHOD": "GET", "PATH_INFO": sti, "QUERY_STRING": soegning, "SERVER_NAME": "localhost",
            "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "localhost", "HTTP_COOKIE": self.cookie,
            "REMOTE_ADDR": "127.0.0.1", "wsgi.input": BytesIO(), "wsgi.url_scheme": "http", "wsgi.errors": BytesIO(),
            "wsgi.multithread": False, "wsgi.multiprocess": False, "wsgi.run_once": False, "wsgi.version": (1, 0),
        }  # fmt: skip
        svar = self.app(miljoe, lambda kode, _hoveder, exc_info=None: status.append(kode))
        indhold = b"".join(svar)
        svar.close()
        if not status[0].startswith("200"):
            raise RuntimeError(f"{sti} svarede {status[0]}")
        return indhold


def antal_forespoergsler(hent: Hentning, sti: str) -> int:
    with CaptureQueriesContext(connection) as fangede:
        hent(sti)
    return sum(
        1 for q in fangede.captured_queries if not q["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))
    )
