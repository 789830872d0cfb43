"""Proof that the tests can fail: each damage of tests/skader.toml is done by itself, and the test named must notice.

    make skader                    all of them
    make skader ARGS="11.A 12.3"   those whose line of an issue begins so

The tests named are first run as the tree stands, where all must pass. A damage is found when its test fails by what it
asserts; one that stops the test from being read, or that takes more than two minutes, is not. The exit code is 1 when
any damage is not found.
"""

import re
import subprocess
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from trae import ROD, kopier

LISTE = ROD / "tests" / "skader.toml"
KOPIER = [ROD / "build" / "skader" / navn for navn in ("a", "b")]
PYTEST = (sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", "--timeout=120")


def proev(kopi: Path, *ord_: str) -> tuple[int, str]:
    """The exit code of pytest in a copy, and what it printed."""
    koert = subprocess.run([*PYTEST, *ord_], cwd=kopi, capture_output=True, text=True, check=False)
    return koert.returncode, koert.stdout + koert.stderr


def skriv(fil: Path, tekst: str) -> None:
    """What Python has compiled goes too: it tells a changed file by its second and its size alone."""
    fil.write_text(tekst)
    for oversat in fil.parent.glob(f"__pycache__/{fil.stem}.*.pyc"):
        oversat.unlink()


def fund(kopi: Path, skade: dict[str, str]) -> str:
    """What pytest printed first of the failure; nothing when the damage was not noticed."""
    fil = kopi / skade["fil"]
    hel = fil.read_text()
    if hel.count(skade["gammel"]) != 1:
        return ""
    skriv(fil, hel.replace(skade["gammel"], skade["ny"]))
    try:
        kode, ud = proev(kopi, "-x", skade["proeve"])
    finally:
        skriv(fil, hel)
    fejl = re.search(r"^E +(\S.*)$", ud, re.MULTILINE)
    return fejl[1][:200] if kode == 1 and fejl and re.search(r"^\d+ failed", ud, re.MULTILINE) else ""


def hele(skader: list[dict[str, str]]) -> bool:
    """Whether every test that is named passes while nothing is damaged."""
    kode, ud = proev(KOPIER[0], "--tb=short", *dict.fromkeys(skade["proeve"] for skade in skader))
    if kode:
        print(ud[-5000:], "\nEn prøve falder uden skade.", sep="\n")
    return kode == 0


def main() -> int:
    begyndelser = tuple(sys.argv[1:]) or ("",)
    skader = [s for s in tomllib.loads(LISTE.read_text())["skade"] if s["sag"].startswith(begyndelser)]
    ledige: SimpleQueue[Path] = SimpleQueue()
    for kopi in KOPIER:
        kopier(kopi)
        ledige.put(kopi)

    def dom(skade: dict[str, str]) -> str:
        kopi = ledige.get()
        try:
            return fund(kopi, skade)
        finally:
            ledige.put(kopi)

    if not skader or not hele(skader):
        return 1
    fundet = 0
    with ThreadPoolExecutor(len(KOPIER)) as to:
        for skade, fejl in zip(skader, to.map(dom, skader), strict=True):
            fundet += bool(fejl)
            udfald = f"E {fejl}" if fejl else "IKKE FUNDET"
            print(f"{skade['sag']}  {skade['siger']}", skade["proeve"], udfald, sep="\n    ", flush=True)
    print(f"{len(skader)} skader, {fundet} fundet")
    return 0 if fundet == len(skader) else 1


if __name__ == "__main__":
    sys.exit(main())
