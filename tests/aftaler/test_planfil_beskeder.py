"""Every word that a broken file is answered with, kept in planfil_beskeder.txt: each message once, without its names.

`BESKEDER=skriv pytest …` writes the file anew; what has changed in it is then to be read, message by message.
"""

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


def uden_navne(besked: str) -> str:
    """What is named, and what there is to choose among, come and go with the fields."""
    kort = re.sub(r"»[^«]*«", "»…«", re.sub(r"(linje |den har )\d+", r"\1N", besked))
    kort = re.sub(r"\d+ (tegn|cifre|står)", r"N \1", kort)
    kort = re.sub(r"(Vælg mellem|Her kan stå): .*", r"\1: …", kort)
    return re.sub(r'(anførselstegn): "(?!0\.25).*"\.', r'\1: "…".', re.sub("å{50,}", "å…", kort))


def staar_ved_sit_felt(fejl: Besked, linjer: list[str]) -> bool:
    """The key stands on the line, or over what stands in it; what is lacking and what is on a list have none."""
    noegle = fejl.felt.rpartition(".")[2]
    if noegle.endswith("]") or fejl.besked == "Feltet mangler.":
        return 0 < fejl.linje <= len(linjer)
    return any(f"{noegle}:" in linje.replace("'", "") for linje in linjer[max(fejl.linje - 2, 0) : fejl.linje])


def test_hver_besked_er_som_den_var_og_staar_ved_sit_felt():
    indlaes(REGELSAET, FORGAENGER)
    beskeder, forkerte = set(), []
    for navn, tekst in oedelagte():
        fejl = laes_filer([Planfil("f.yaml", tekst.encode())], bruger=PROGRAMMET, proev=True).fejl
        beskeder |= {uden_navne(f.besked) for f in fejl}
        forkerte += [(navn, str(f)[:200]) for f in fejl if not staar_ved_sit_felt(f, tekst.splitlines())]
    fundet = "\n".join(sorted(beskeder)) + "\n"
    if os.environ.get("BESKEDER") == "skriv":
        GEMT.write_text(fundet, encoding="utf-8")
    assert forkerte == []
    assert fundet.splitlines() == GEMT.read_text(encoding="utf-8").splitlines()
