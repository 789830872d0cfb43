"""Which damages no test notices: mutmut on the rules, queries and actions that have changed, by their room's tests.

    make mutant                                  what has changed since main, or in the last commit
    make mutant ARGS="budget/rules/celler.py"    these files
    make mutant ARGS="--siden v1"                what has changed since a commit or a tag

Each damage ("mutant") is one small change of one line; it is killed when a test of the room fails. The survivors are
printed with their line; the exit code is 1 when less than 85 % were killed. About a second a damage on a calm machine.
"""

import argparse
import re
import subprocess
import sys

from trae import ROD, kald, kopier

HER = ROD / "build" / "mutant"
LAG = re.compile(r"(\w+)/(?:rules|queries|actions)(?:/.*)?\.py")
MAAL = 0.85
# What the tests read besides the rooms that are damaged.
MED = ("manage.py", "README.md", "pyproject.toml", "bench", "docs", "fixtures", "scripts", "static", "templates")
OPSAETNING = """\
[mutmut]
source_paths={rum}
only_mutate={filer}
also_copy={med}
pytest_add_cli_args={valg}
pytest_add_cli_args_test_selection={prøver}
"""


def aendrede(siden: str) -> list[str]:
    """The files under rules, queries and actions that are not as they were then."""
    nye = kald("git", "ls-files", "--others", "--exclude-standard").split()
    return sorted({sti for sti in [*kald("git", "diff", "--name-only", siden).split(), *nye] if LAG.fullmatch(sti)})


def opsaet(filer: list[str]) -> None:
    def linjer(*ting: str) -> str:
        return "".join(f"\n    {en}" for en in ting)

    kopier(HER)
    rum = sorted(mappe.parent.name for mappe in HER.glob("*/apps.py"))
    proever = sorted({f"tests/{sti.partition('/')[0]}" for sti in filer})
    (HER / "setup.cfg").write_text(
        OPSAETNING.format(
            rum=linjer(*rum),
            filer=linjer(*filer),
            med=linjer(*MED),
            valg=linjer("-q", "-p", "no:randomly", "-p", "no:cacheprovider", "-m", "not browser"),
            prøver=linjer(*proever),
        )
    )


def vis(overlevende: list[str], filer: list[str]) -> None:
    mutmut = str(ROD / ".venv/bin/mutmut")
    for navn in overlevende:
        forskel = kald(mutmut, "show", navn, cwd=HER)
        linjer = [linje for linje in forskel.splitlines() if re.match(r"[-+](?![-+])", linje)]
        print(f"\n{navn}", *linjer, sep="\n  ")
    print(f"\n{len(overlevende)} overlevende i {', '.join(filer)}")


def main() -> int:
    laeser = argparse.ArgumentParser()
    laeser.add_argument("filer", nargs="*")
    laeser.add_argument("--siden")
    valg = laeser.parse_args()
    er_main = kald("git", "rev-parse", "HEAD") == kald("git", "rev-parse", "main")
    filer = valg.filer or aendrede(valg.siden or ("HEAD~1" if er_main else "main"))
    if ukendte := [sti for sti in filer if not LAG.fullmatch(sti) or not (ROD / sti).is_file()]:
        print(f"Kun filer under rules, queries og actions: {', '.join(ukendte)}", file=sys.stderr)
        return 2
    if not filer:
        print("Ingen regler, forespørgsler eller handlinger er ændret.")
        return 0
    opsaet(filer)
    mutmut = str(ROD / ".venv/bin/mutmut")
    kald_log = HER / "mutmut.log"
    with kald_log.open("w") as log:
        koert = subprocess.run([mutmut, "run", "--max-children", "2"], cwd=HER, stdout=log, stderr=log, check=False)
    domme = re.findall(r"^\s*(\S+): (.+)$", kald(mutmut, "results", "--all", "true", cwd=HER), re.MULTILINE)
    if koert.returncode or not domme:
        print(kald_log.read_text()[-3000:], file=sys.stderr)
        return 2
    overlevende = [navn for navn, dom in domme if dom in ("survived", "no tests")]
    vis(overlevende, filer)
    andel = 1 - len(overlevende) / len(domme)
    print(f"{len(domme)} skader, {len(domme) - len(overlevende)} fundet: {100 * andel:.0f} % (mål {100 * MAAL:.0f} %)")
    return 0 if andel >= MAAL else 1


if __name__ == "__main__":
    sys.exit(main())
