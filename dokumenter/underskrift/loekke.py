"""pyHanko runs an event loop of its own, and a thread that has one already may not start another."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import wraps


def i_egen_loekke(funktion: Callable) -> Callable:
    """Called where an event loop runs (an asynchronous server, a browser driver), the work is done in a new thread."""

    @wraps(funktion)
    def kald(*args, **kwargs):
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return funktion(*args, **kwargs)
        with ThreadPoolExecutor(1) as traad:
            return traad.submit(funktion, *args, **kwargs).result()

    return kald
