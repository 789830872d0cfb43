"""Work on a stranger's file in a process of its own, with a limit on time and memory.

A crafted file can keep a reader busy for hours, and a web process cannot stop itself in the middle. The module that is
run takes the bytes on standard input and answers on standard output.
"""

import logging
import resource
import subprocess
import sys
from pathlib import Path

#: The work it may take, the memory, and how long a person waits on a machine that is busy with others.
REGNETID, BYTE, VENTETID = 20, 1024**3, 45


class ForTung(Exception):
    """It used up its time."""


class Mislykket(Exception):
    """It ended without an answer."""


def koer(modul: str, ind: bytes, sekunder: float | None = None) -> bytes:
    """What the module answers, within so many seconds or `VENTETID`. Raises ForTung, Mislykket."""
    try:
        svar = subprocess.run(  # noqa: S603 -- our own interpreter and module
            [sys.executable, "-m", modul],
            input=ind,
            capture_output=True,
            timeout=VENTETID if sekunder is None else sekunder,
            check=True,
            cwd=Path(__file__).parent.parent,
        )
    except subprocess.TimeoutExpired as fejl:
        raise ForTung from fejl
    except subprocess.CalledProcessError as fejl:
        # Stopped from outside: it has used up its time.
        raise (ForTung if fejl.returncode < 0 else Mislykket) from fejl
    return svar.stdout


def begraens(regnetid: int = REGNETID, byte: int = BYTE) -> None:
    """Called first in the process that reads."""
    resource.setrlimit(resource.RLIMIT_CPU, (regnetid, regnetid))
    resource.setrlimit(resource.RLIMIT_AS, (byte, byte))
    logging.disable()
