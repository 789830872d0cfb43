"""Work on a stranger's file in a process of its own, with a limit on time and memory.

A crafted file can keep a reader busy for hours, and a web process cannot stop itself in the middle. The module that is
run takes the bytes on standard input and answers on standard output.

Starting Python and its libraries takes longer than most files do, so it is done once: a host, which has imported what
the modules need (`FORUD` in each) and never reads a file itself, makes a copy of itself for each. The copy has its own
memory, open files and limits, and ends with its file. The host ends with the process that it serves, or when nobody
has asked in `LEDIG` seconds.
"""

import atexit
import json
import logging
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path

#: The work it may take, the memory, and how long a person waits on a machine that is busy with others.
REGNETID, BYTE, VENTETID = 20, 1024**3, 45
LEDIG = 300
#: What a copy says of itself; the last is the number that the kernel's word "your work is used up" has.
BEGYNDT, FAERDIG, FEJLET, BRUGT_OP = b"b", b"f", b"x", bytes([signal.SIGXCPU])


class ForTung(Exception):
    """It used up its time, or was stopped: it may do better on a machine that is less busy."""


class Opbrugt(ForTung):
    """It used up its work, and would again."""


class Mislykket(Exception):
    """It ended without an answer."""


def koer(modul: str, ind: bytes, sekunder: float | None = None) -> bytes:
    """What the module answers, within so many seconds or `VENTETID`. Raises ForTung (Opbrugt when it was not
    for want of waiting), Mislykket."""
    frist = time.monotonic() + (VENTETID if sekunder is None else sekunder)
    for pause in (0, 0.05, 0.5):  # the host was about to end, or was killed
        time.sleep(pause)
        if (svar := _bed_om(modul, ind, frist)) is not None:
            return svar
    raise ForTung


def _bed_om(modul: str, ind: bytes, frist: float) -> bytes | None:
    """None when nobody took it on. A process that ends without a word was stopped from outside."""
    laes, skriv = os.memfd_create("ind"), os.memfd_create("ud")
    her, der = socket.socketpair()
    with her, open(laes, "wb") as fra, open(skriv, "rb", buffering=0) as til:
        with der:
            fra.write(ind)
            fra.seek(0)
            if not _send(modul, frist, [laes, skriv, der.fileno()]):
                return None
        ord_ = _hoer(her, frist)
        if not ord_:
            return None
        if ord_ == BEGYNDT:
            ord_ = _hoer(her, frist)
        if ord_ == FEJLET:
            raise Mislykket
        if ord_ != FAERDIG:
            raise Opbrugt if ord_ == BRUGT_OP else ForTung
        til.seek(0)
        return til.read()


def _hoer(forbindelse: socket.socket, frist: float) -> bytes:
    forbindelse.settimeout(max(frist - time.monotonic(), 0.001))
    try:
        return forbindelse.recv(1)
    except TimeoutError as fejl:
        raise ForTung from fejl
    except OSError:
        return b""


def begraens(regnetid: int = REGNETID, byte: int = BYTE) -> None:
    """Called first in the process that reads."""
    resource.setrlimit(resource.RLIMIT_CPU, (regnetid, regnetid + 1))
    resource.setrlimit(resource.RLIMIT_AS, (byte, byte))
    logging.disable()


# --- the host, seen from the process that it serves -----------------------------------------------------------------


class _Vaert:
    def __init__(self) -> None:
        self.hos = os.getpid()
        self.linje, der = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with der:
            self.proces = subprocess.Popen(  # noqa: S603 -- our own interpreter and module
                [sys.executable, "-m", "helhedsplan.underproces", str(der.fileno())],
                pass_fds=[der.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=Path(__file__).parent.parent,
            )

    def luk(self) -> None:
        self.linje.close()
        if self.hos == os.getpid():
            self.proces.kill()
            self.proces.wait()
        else:  # another's, met after a fork
            self.proces.returncode = 0


_laas = threading.Lock()
_vaert: _Vaert | None = None
os.register_at_fork(after_in_child=lambda: globals().update(_laas=threading.Lock()))


def _send(modul: str, frist: float, filer: list[int]) -> bool:
    """Whether a host took the message: the one there is, or else a new one."""
    global _vaert  # noqa: PLW0603 -- one for each process
    with _laas:
        for _ in range(2):
            if _vaert is None or _vaert.hos != os.getpid():
                luk_vaert()
                _vaert = _Vaert()
            try:
                besked = json.dumps([modul, max(frist - time.monotonic(), 0.001)]).encode()
                socket.send_fds(_vaert.linje, [besked], filer)
            except OSError:
                luk_vaert()
            else:
                return True
        return False


@atexit.register
def luk_vaert() -> None:
    global _vaert  # noqa: PLW0603
    if _vaert is not None:
        _vaert.luk()
        _vaert = None


# --- the host, and the copies it makes of itself --------------------------------------------------------------------


def _vaer_vaert(linje: socket.socket) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how a copy ended but over its own line
    linje.settimeout(LEDIG)
    with suppress(TimeoutError):
        while (modtaget := socket.recv_fds(linje, 4096, 3))[0]:
            besked, filer = modtaget[:2]
            modul, sekunder = json.loads(besked)
            for navn in getattr(import_module(modul), "FORUD", ()):
                import_module(navn)
            if os.fork() == 0:
                _laes_filen(modul, sekunder, *filer)
            for fil in filer:
                os.close(fil)


def _laes_filen(modul: str, sekunder: float, ind: int, ud: int, svar: int) -> None:
    """In the copy. It does not return, and it is killed when its time is up, whatever it does."""
    ende = FEJLET
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, sekunder)
        for fil, som in ((ind, 0), (ud, 1), (svar, 3)):
            os.dup2(fil, som)
        for aaben in Path("/proc/self/fd").iterdir():
            if int(aaben.name) > 3:
                with suppress(OSError):  # that of the list itself
                    os.close(int(aaben.name))
        os.write(3, BEGYNDT)
        _sig_naar_det_er_brugt_op()
        sys.stdin, sys.stdout = os.fdopen(0), os.fdopen(1, "w")
        sys.modules[modul].main()
        sys.stdout.flush()
        ende = FAERDIG
    finally:
        try:
            os.write(3, ende)
        finally:
            os._exit(0)


def _sig_naar_det_er_brugt_op() -> None:
    """The number of the signal is written by the handler in C, also while a library works and no Python runs; where
    Python runs, it ends there and then, and else the kernel stops it a second later."""
    os.set_blocking(3, False)
    signal.set_wakeup_fd(3, warn_on_full_buffer=False)
    signal.signal(signal.SIGXCPU, lambda *_: os._exit(0))


if __name__ == "__main__":
    _vaer_vaert(socket.socket(fileno=int(sys.argv[1])))
