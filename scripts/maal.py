"""What the house is made of, by room and in all: lines, files, classes, dataclasses, median file, tests and seconds;
and the class names that stand for more than one thing. `make maal`; a pytest report as junit XML gives the seconds."""

import ast
import subprocess
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from xml.etree import ElementTree

ROD = Path(__file__).resolve().parent.parent
HOVED = ("rum", "linjer", "filer", "klasser", "dataklasser", "median fil", "testlinjer", "tests", "sekunder")


@dataclass
class Rum:
    """One room: the lengths of its files, its classes by name, and what tests it."""

    filer: list[int] = field(default_factory=list)
    klasser: Counter = field(default_factory=Counter)
    dataklasser: int = 0
    testlinjer: int = 0
    tests: int = 0
    sekunder: float = 0.0


def kilder() -> list[Path]:
    """The Python files that git knows; migrations, which Django writes, are left out."""
    ud = subprocess.run(["git", "ls-files", "*.py"], cwd=ROD, capture_output=True, text=True, check=True).stdout
    return [Path(sti) for sti in ud.splitlines() if "migrations" not in Path(sti).parts and (ROD / sti).exists()]


def er_dataklasse(klasse: ast.ClassDef) -> bool:
    maerker = (m.func if isinstance(m, ast.Call) else m for m in klasse.decorator_list)
    return any(getattr(m, "id", getattr(m, "attr", "")) == "dataclass" for m in maerker)


def tael(stier: list[Path], rummene: set[str]) -> dict[str, Rum]:
    fundne: dict[str, Rum] = defaultdict(Rum)
    for sti in stier:
        kilde = (ROD / sti).read_text(encoding="utf-8")
        knuder = list(ast.walk(ast.parse(kilde)))
        antal = kilde.count("\n")
        if sti.parts[0] == "tests":
            rum = fundne[testrum(sti.parts[1], rummene)]
            rum.testlinjer += antal
            rum.tests += sum(isinstance(k, ast.FunctionDef) and k.name.startswith("test_") for k in knuder)
            continue
        rum = fundne[sti.parts[0] if len(sti.parts) > 1 else "rod"]
        klasser = [k for k in knuder if isinstance(k, ast.ClassDef)]
        rum.filer.append(antal)
        rum.klasser.update(k.name for k in klasser if k.name != "Meta")
        rum.dataklasser += sum(map(er_dataklasse, klasser))
    return fundne


def testrum(mappe: str, rummene: set[str]) -> str:
    return mappe if mappe in rummene else "tests på tværs"


def laeg_tid_til(fundne: dict[str, Rum], rapport: Path, rummene: set[str]) -> None:
    for sag in ElementTree.parse(rapport).iter("testcase"):  # noqa: S314 -- made by pytest here
        dele = sag.get("classname", "").split(".")
        rum = testrum(dele[1] if len(dele) > 1 else "", rummene)
        fundne[rum].sekunder += float(sag.get("time", 0))


def linje(navn: str, rum: Rum) -> tuple:
    midt = round(median(rum.filer)) if rum.filer else "–"
    tid = round(rum.sekunder) if rum.sekunder else "–"
    klasser = sum(rum.klasser.values())
    return (navn, sum(rum.filer), len(rum.filer), klasser, rum.dataklasser, midt, rum.testlinjer, rum.tests, tid)


def i_alt(fundne: dict[str, Rum]) -> Rum:
    alt = Rum()
    for rum in fundne.values():
        alt.filer += rum.filer
        alt.klasser += rum.klasser
        for felt in ("dataklasser", "testlinjer", "tests", "sekunder"):
            setattr(alt, felt, getattr(alt, felt) + getattr(rum, felt))
    return alt


def flertydige(fundne: dict[str, Rum], rummene: set[str]) -> tuple[list[str], list[str]]:
    """(names that stand for several classes within a room, names that several rooms use)"""
    inden = [
        f"{rum}: {n} x {antal}" for rum in sorted(rummene) for n, antal in fundne[rum].klasser.items() if antal > 1
    ]
    steder = Counter(n for rum in rummene for n in fundne[rum].klasser)
    return sorted(inden), sorted(f"{n} x {antal}" for n, antal in steder.items() if antal > 1)


def main(rapport: str = "") -> None:
    stier = kilder()
    rummene = {s.parts[0] for s in stier if (ROD / s.parts[0] / "apps.py").exists()}
    fundne = tael(stier, rummene)
    if rapport:
        laeg_tid_til(fundne, Path(rapport), rummene)
    raekker = [HOVED, ("---",) + ("---:",) * (len(HOVED) - 1)]
    raekker += [linje(navn, fundne[navn]) for navn in sorted(fundne, key=lambda n: (n not in rummene, n))]
    raekker.append(linje("i alt", i_alt(fundne)))
    for raekke in raekker:
        print(f"| {' | '.join(map(str, raekke))} |")
    inden, mellem = flertydige(fundne, rummene)
    print(f"\n{len(inden)} klassenavne står for flere klasser i samme rum: {', '.join(inden) or 'ingen'}.")
    print(f"\n{len(mellem)} klassenavne bruges i flere rum: {', '.join(mellem) or 'ingen'}.")


if __name__ == "__main__":
    main(*sys.argv[1:2])
