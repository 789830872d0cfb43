"""Every word that a broken file is answered with, kept in planfil_beskeder.txt: for each of the broken files how many
faults it has and a digest of all of them (field, what stands on the line, message), and then each message once.

`BESKEDER=skriv pytest …` writes the file anew; what has changed in it is then to be read, message by message.
"""

import hashlib
import os
import re
from pathlib import Path

import pytest

from aftaler.planfil import Besked, Planfil, laes_filer
from helhedsplan.rettigheder import PROGRAMMET
from tests.aftaler.planfil_beskeder import oedelagte
from tests.aftaler.planfil_data import FORGAENGER, REGELSAET, indlaes

pytestmark = pytest.mark.django_db
GEMT = Path(__file__).parent / "planfil_beskeder.txt"


def _uden_linjenumre(fejl: Besked, linjer: list[str]) -> tuple[str, str, str]:
    """With what stands on the lines, so that the same fault is the same wherever it stands."""
    return fejl.felt, linjer[fejl.linje - 1], re.sub(r"linje (\d+)", lambda m: linjer[int(m[1]) - 1], fejl.besked)


def test_hver_besked_er_som_den_var():
    indlaes(REGELSAET, FORGAENGER)
    filer, beskeder = [], set()
    for navn, tekst in oedelagte():
        resultat = laes_filer([Planfil("f.yaml", tekst.encode())], bruger=PROGRAMMET, proev=True)
        fejl = [_uden_linjenumre(f, [linje.strip()[:60] for linje in tekst.splitlines()]) for f in resultat.fejl]
        aftryk = hashlib.sha256(repr(sorted(fejl)).encode()).hexdigest()[:16]
        filer.append(f"{aftryk} {len(fejl):3} {navn}")
        beskeder |= {re.sub(r"linje \d+", "linje N", re.sub("å{50,}", "å…", f.besked)) for f in resultat.fejl}
    fundet = "\n".join([*filer, "", *sorted(beskeder)]) + "\n"
    if os.environ.get("BESKEDER") == "skriv":
        GEMT.write_text(fundet, encoding="utf-8")
    assert fundet.splitlines() == GEMT.read_text(encoding="utf-8").splitlines()
