"""The list of damages that `make skader` does is true: each can be done, and its test is there to notice it."""

import ast
import tomllib
from collections import Counter
from pathlib import Path

import pytest

ROD = Path(__file__).parent.parent
LISTE = tomllib.loads((ROD / "tests" / "skader.toml").read_text())
SKADER = LISTE["skade"]
FELTER = {"sag", "siger", "fil", "gammel", "ny", "proeve"}


def proever_i(sti: str) -> set[str]:
    """The tests of a file, those of a class as "Klasse::test"."""
    ud = set()
    for led in ast.parse((ROD / sti).read_text()).body:
        if isinstance(led, ast.FunctionDef):
            ud.add(led.name)
        elif isinstance(led, ast.ClassDef):
            ud |= {f"{led.name}::{f.name}" for f in led.body if isinstance(f, ast.FunctionDef)}
    return ud


def fejl_i(skade: dict[str, str]) -> str:
    """What is wrong with an entry of the list; nothing when it can be done."""
    fil, (sti, _, proeve) = ROD / skade["fil"], skade["proeve"].partition("::")
    if set(skade) != FELTER or not all(skade[felt].strip() for felt in FELTER - {"ny"}):
        return "felter"
    if not fil.is_file() or fil.read_text().count(skade["gammel"]) != 1:
        return "gammel"
    skadet = fil.read_text().replace(skade["gammel"], skade["ny"])
    if skade["gammel"] == skade["ny"] or (fil.suffix == ".py" and not kan_laeses(skadet)):
        return "ny"
    if not (ROD / sti).is_file() or proeve.partition("[")[0] not in proever_i(sti):
        return "proeve"
    return ""


def kan_laeses(kode: str) -> bool:
    try:
        ast.parse(kode)
    except SyntaxError:
        return False
    return True


def test_hver_skade_kan_goeres_og_har_sin_proeve():
    assert SKADER
    assert [(skade["sag"], skade["siger"], fejl) for skade in SKADER if (fejl := fejl_i(skade))] == []
    assert [navn for navn, antal in Counter(skade["siger"] for skade in SKADER).items() if antal > 1] == []


def test_hver_linje_i_sagerne_har_en_skade():
    linjer = {f"{sag}.{nr}" for sag, numre in LISTE["linjer"].items() for nr in numre}
    assert linjer == {skade["sag"] for skade in SKADER}


@pytest.mark.parametrize(
    ("felt", "vaerdi", "ventet"),
    [
        ("siger", " ", "felter"),
        ("fil", "budget/findes_ikke.py", "gammel"),
        ("gammel", "findes ikke", "gammel"),
        ("ny", "def (", "ny"),
        ("ny", "import tomllib\n", "ny"),
        ("proeve", "tests/test_skader.py::test_findes_ikke", "proeve"),
        ("proeve", "tests/test_skader.py::test_en_forkert_linje_findes[x]", ""),
    ],
)
def test_en_forkert_linje_findes(felt, vaerdi, ventet):
    hel = {"sag": "0.1", "siger": "Noget går i stykker.", "fil": "scripts/skader.py", "gammel": "import tomllib\n"}
    hel |= {"ny": "import ast\n", "proeve": "tests/test_skader.py::test_en_forkert_linje_findes"}
    assert fejl_i(hel) == ""
    assert fejl_i(hel | {felt: vaerdi}) == ventet
