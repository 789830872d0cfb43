"""What `make bench` imports is there: it is run seldom, and a name that is gone would first be missed then."""

import ast
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings

DELE = sorted((Path(settings.BASE_DIR) / "bench").glob("*.py"))


def importerede(kilde: str) -> list[tuple[str, str]]:
    return [
        (knude.module, navn.name)
        for knude in ast.walk(ast.parse(kilde))
        if isinstance(knude, ast.ImportFrom) and knude.module
        for navn in knude.names
        if navn.name != "*"
    ]


def findes(modul: str, navn: str) -> bool:
    if hasattr(import_module(modul), navn):
        return True
    try:
        return bool(import_module(f"{modul}.{navn}"))
    except ModuleNotFoundError:
        return False


@pytest.mark.parametrize("sti", DELE, ids=lambda sti: sti.stem)
def test_what_is_measured_is_there(sti):
    assert [par for par in importerede(sti.read_text(encoding="utf-8")) if not findes(*par)] == []


def test_a_name_that_is_gone_is_found():
    assert importerede("def f():\n    from dokumenter.sammenlign.resume import i_ord")
    assert not findes("dokumenter.sammenlign.resume", "i_ord")
    assert DELE
