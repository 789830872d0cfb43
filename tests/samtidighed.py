"""Several writers at once, each in a thread with a connection of its own; for `django_db(transaction=True)`."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from django.db import connections, transaction

#: Long enough for the second writer to come to where it has to wait.
PAUSE = 0.3


def samtidigt(*funktioner):
    """Start all at the same moment; what each returned or raised, in order."""
    start = threading.Barrier(len(funktioner))

    def koer(funktion):
        start.wait()
        try:
            return funktion()
        except Exception as fejl:  # noqa: BLE001 -- the test looks at what came out
            return fejl
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(funktioner)) as pulje:
        return list(pulje.map(koer, funktioner))


def mens(foerste, anden):
    """Start the second when the first has written but not yet committed; what each returned or raised."""
    skrevet = threading.Event()

    def foerst():
        try:
            with transaction.atomic():
                svar = foerste()
                skrevet.set()
                time.sleep(PAUSE)
                return svar
        finally:
            skrevet.set()

    def saa():
        skrevet.wait()
        return anden()

    return samtidigt(foerst, saa)
