"""Broken files by the hundred: a plan with every key of every room, wrong in the same way everywhere at once."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

import yaml

from aftaler.planfil import som_yaml
from tests.aftaler.planfil_data import REGELSAET
from tests.budget.test_planfil import BUDGET
from tests.indikatorer.test_planfil import med_sektion

BESTYRELSE = [
    {
        "noegle": "kommunen",
        "navn": "Kommunen",
        "organisation": "kommunen",
        "har_stemme": False,
        "medlemmer": [
            {"navn": "A", "titel": "Direktør", "formand": True, "fra": "2025-11-01", "til": "2027-10-31"},
            {"navn": "B"},
        ],
    },
    {"noegle": "beboerne", "navn": "Beboerne"},
]
FORRETNINGSORDEN = {
    "afstemning": "pr_medlem",
    "bestyrelsesmoeder": 5,
    "foelgegruppemoeder": 3,
    "indkaldelse_dage": 8,
    "referat_dage": 10,
}
FRISTER = [
    {"dato": "2026-05-01", "titel": "Ansøgning", "note": "Husk", "udfoert": "2026-04-01"},
    {"dato": "2026-06-01", "titel": "Møde", "afledt": "regnskab-2025"},
]


def _budget() -> dict:
    """The budget of its own test, where the plan is this one."""
    tekst = yaml.safe_dump(BUDGET).replace("bolig/5", "boligforeningen/55").replace("job/fritidsjob", "job/praktik")
    return yaml.safe_load(tekst.replace("organisation: bolig\n", "organisation: boligforeningen\n"))


def hel_plan() -> dict:
    return med_sektion() | {
        "budget": _budget(), "bestyrelse": copy.deepcopy(BESTYRELSE),
        "forretningsorden": dict(FORRETNINGSORDEN), "frister": copy.deepcopy(FRISTER),
    }  # fmt: skip


SEKTIONER = ["budget", "indikatorer", "bestyrelse", "forretningsorden", "frister"]
VAEK: Any = object()

#: What stands in the place of each value.
VAERDIER: dict[str, Any] = {
    "en liste": ["x"],
    "nøgler": {"x": "y"},
    "et tal": 17,
    "et stort tal": 12345678901234567890,
    "et decimaltal": 1.5,
    "true": True,
    "et CPR-nummer": "010190-1234",
    "en lang tekst": "å" * 5000,
    "noget, der ikke findes": "findes-ikke",
    "en dato, der ikke findes": "2025-13-45",
    "en dato": "2025-12-24",
    "en fjern dato": "0007-01-01",
    "et beløb": "8.000.000",
    "en procent": "13 %",
    "et tal som tekst": "1000000000000",
    "intet": None,
    "en tom tekst": "",
    "væk": VAEK,
}


def _blade(data: Any, nyt: Any) -> Any:
    """Every value replaced; what names the thing and the rule set stays, so that the rest is reached."""
    if isinstance(data, dict):
        fundne = {n: v if n in {"format", "regelsaet"} else _blade(v, nyt) for n, v in data.items()}
        return {n: v for n, v in fundne.items() if v is not VAEK}
    if isinstance(data, list):
        return [v for led in data if (v := _blade(led, nyt)) is not VAEK]
    return nyt if nyt is VAEK else copy.deepcopy(nyt)


def _hver(data: Any, aendr: Callable[[Any], Any]) -> Any:
    """Every mapping and list, from the innermost."""
    if isinstance(data, dict):
        return aendr({n: _hver(v, aendr) for n, v in data.items()})
    return aendr([_hver(led, aendr) for led in data]) if isinstance(data, list) else data


def _med_nye_noegler(data: Any) -> Any:
    return {**data, "navnn": "x", "zzzzzz": None} if isinstance(data, dict) else data


def _to_gange(data: Any) -> Any:
    return [*data, *copy.deepcopy(data)] if isinstance(data, list) else data


def _med_tekst_sidst(data: Any) -> Any:
    return [*data, "x", None, ["y"]] if isinstance(data, list) else data


def _uden_lister(data: Any) -> Any:
    return {n: "x" if isinstance(v, list) else v for n, v in data.items()} if isinstance(data, dict) else data


def _uden_noegler(data: Any) -> Any:
    return {n: ["x"] if isinstance(v, dict) else v for n, v in data.items()} if isinstance(data, dict) else data


FORMER = {
    "ukendte nøgler": lambda d: _hver(d, _med_nye_noegler),
    "alt to gange": lambda d: _hver(d, _to_gange),
    "andet på listerne": lambda d: _hver(d, _med_tekst_sidst),
    "tekst for lister": lambda d: _hver(d, _uden_lister),
    "lister for nøgler": lambda d: _hver(d, _uden_noegler),
    "alt er tekst": lambda d: "x",
    "alt er en liste": lambda d: ["x"],
}


def oedelagte() -> Iterator[tuple[str, str]]:
    """Name and text of each broken file."""
    maader = {navn: (lambda d, nyt=nyt: _blade(d, nyt)) for navn, nyt in VAERDIER.items()} | FORMER
    plan = hel_plan()
    selve = {n: v for n, v in plan.items() if n not in SEKTIONER}
    for navn, goer in maader.items():
        if not navn.startswith("alt er"):
            yield f"planen: {navn}", som_yaml(goer(selve) | {"format": selve["format"]})
            yield f"regelsættet: {navn}", som_yaml(goer(REGELSAET) | {"format": REGELSAET["format"]})
        for sektion in SEKTIONER:
            yield f"{sektion}: {navn}", som_yaml(plan | {sektion: goer(plan[sektion])})
