"""What is run in a process of its own by test_underproces.py: the first byte says what it does."""

import os
import sys
import time
from pathlib import Path

from helhedsplan import underproces

set_foer: list[str] = []


def _taenk():
    while True:
        pass


GOER = {
    "e": lambda resten: resten[::-1],
    "p": lambda _: str(os.getpid()),
    "v": lambda _: str(os.getppid()),
    "f": lambda _: " ".join(sorted(fil.name for fil in Path("/proc/self/fd").iterdir())[:-1]),
    "h": lambda resten: (set_foer.append(resten), " ".join(set_foer))[1],
    "x": lambda _: 1 / 0,
    "t": lambda _: _taenk(),
    "c": lambda _: max(range(10**12)),
    "s": lambda resten: time.sleep(float(resten)),
    "m": lambda _: bytes(200 * 1024**2)[:1].decode(),
    "d": lambda _: os.abort(),
}


def main() -> None:
    underproces.begraens(1, 700 * 1024**2)
    data = sys.stdin.buffer.read().decode()
    sys.stdout.write(str(GOER[data[0]](data[1:])))
