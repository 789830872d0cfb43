"""A test that can end without having asserted anything proves nothing: a loop over what is empty, a way out before."""

import ast
import re
from pathlib import Path

import pytest

ROD = Path(__file__).parent
#: Calls that fail by themselves.
PAASTAAR = re.compile(r"raises|warns|assert|\bexpect\b|fail\b")
#: Each is whole as it stands.
FYLDT = re.compile(r"[A-Z_]{2,}|range|zip|enumerate|sorted|reversed|list|set|product|pairwise|permutations")
#: Test -> why it may end without.
UNDTAGELSER = {
    "test_smaa_antal_kan_heller_ikke_regnes_ud_af_hvad_de_hoejst_og_mindst_kan_vaere": (
        "few drawn counts are hidden without their sum; tests/indikatorer/test_diskretion.py has them by hand too"
    ),
}


def paastaar(led: ast.AST) -> bool:
    return any(
        isinstance(x, ast.Assert | ast.Raise) or (isinstance(x, ast.Call) and PAASTAAR.search(ast.unparse(x.func)))
        for x in ast.walk(led)
    )


def fyldt(liste: ast.expr, lokale: set[str]) -> bool:
    """Whether a loop over this surely goes round."""
    match liste:
        case ast.List(elts=led) | ast.Tuple(elts=led) | ast.Set(elts=led) | ast.Dict(values=led):
            return bool(led)
        case ast.Name(id=navn):
            return navn in lokale or bool(FYLDT.fullmatch(navn))
        case ast.Call(func=ast.Attribute(value=af), args=[]):
            return fyldt(af, lokale)
        case ast.Call(func=ast.Name(id="range")):
            return True
        case ast.Call(func=ast.Name(id=navn), args=argumenter) if FYLDT.fullmatch(navn):
            return all(fyldt(a, lokale) for a in argumenter)
    return False


def vej_ud(led: ast.If, lokale: set[str]) -> bool:
    return (
        bool(led.body)
        and isinstance(led.body[-1], ast.Return)
        and not paastaar(led.test)
        and not sikkert(led.body, lokale)
    )


def _sikkert(led: ast.stmt, lokale: set[str]) -> bool:
    """Whether something is surely asserted in a statement."""
    match led:
        case ast.FunctionDef() | ast.ClassDef() | ast.While():
            return False
        case ast.If(body=ja, orelse=nej):
            return sikkert(ja, lokale) and sikkert(nej, lokale)
        case ast.For(iter=liste, body=krop):
            return fyldt(liste, lokale) and sikkert(krop, lokale)
        case ast.With(items=ting, body=krop):
            hvad = " ".join(ast.unparse(t.context_expr) for t in ting)
            return "suppress" not in hvad and (bool(PAASTAAR.search(hvad)) or sikkert(krop, lokale))
        case ast.Try(body=krop, finalbody=altid):
            return sikkert(krop, lokale) or sikkert(altid, lokale)
    return paastaar(led)


def sikkert(saetninger: list[ast.stmt], lokale: set[str]) -> bool:
    """Whether something is asserted on every way through."""
    for led in saetninger:
        if isinstance(led, ast.Assign) and isinstance(led.targets[0], ast.Name) and fyldt(led.value, lokale):
            lokale.add(led.targets[0].id)
        if _sikkert(led, lokale):
            return True
        if isinstance(led, ast.If) and vej_ud(led, lokale):
            return False
    return False


def tomme(kilde: str) -> list[str]:
    """The tests of a file that assert something, but not on every way through."""
    proever = (f for f in ast.walk(ast.parse(kilde)) if isinstance(f, ast.FunctionDef) and f.name.startswith("test_"))
    return [f.name for f in proever if any(map(paastaar, f.body)) and not sikkert(f.body, set())]


def test_ingen_proeve_kan_ende_uden_at_have_paastaaet_noget():
    filer = sorted(ROD.rglob("test_*.py"))
    assert len(filer) > 150
    fundet = {navn: fil.name for fil in filer for navn in tomme(fil.read_text(encoding="utf-8"))}
    assert {navn: fil for navn, fil in fundet.items() if navn not in UNDTAGELSER} == {}
    assert set(UNDTAGELSER) <= set(fundet)


@pytest.mark.parametrize(
    ("krop", "er_tom"),
    [
        ("for x in hent():\n        assert x", True),
        ("for x in []:\n        assert x", True),
        ("x = hent()\n    assert x\n    for y in x:\n        assert y", False),
        ("for x in [1, 2]:\n        assert x", False),
        ("x = [1, 2]\n    for y in x:\n        assert y", False),
        ("for x, y in zip(hent(), 'ab'):\n        assert x", True),
        ("if hent():\n        return\n    assert x", True),
        ("if hent():\n        assert y\n        return\n    assert x", False),
        ("if hent():\n        assert x", True),
        ("if hent():\n        assert x\n    else:\n        assert y", False),
        ("with suppress(ValueError):\n        assert x", True),
        ("with pytest.raises(ValueError):\n        hent()", False),
        ("hent()", False),
    ],
)
def test_scanningen_kan_falde(krop, er_tom):
    assert bool(tomme(f"def test_x():\n    {krop}\n")) is er_tom
