"""Which tests PostgreSQL runs besides SQLite. `make test-alt` runs everything on both.

Those that meet the database's own answers: races, what it refuses, locks, search, queries that databases order, group
or compare each in its way. tests/test_haerness.py holds that every module with any of these has such a test. Pages,
rules and papers are the same on every database; each page and each form is still asked for once on PostgreSQL.
"""

import ast
import re
from functools import cache
from pathlib import Path

ROD = Path(__file__).parent.parent
RUM = ("helhedsplan", "aftaler", "budget", "indikatorer", "dokumenter", "status", "moeder", "kalender", "demo")

#: In a test: writers at once, or something that the database itself refuses.
RAMMER_DATABASEN = re.compile(r"transaction=True|mark\.postgresql|IntegrityError")
#: In the program: locks, constraints, SQL of our own.
AFHAENGER = re.compile(
    r"select_for_update|\.cursor\(\)|RawSQL|(?:Check|Unique)Constraint\(|db_collation|connection\.vendor|\.extra\("
)
#: In the program: what one database may refuse, or answer in another order, where another does not.
FORESPOERGER = re.compile(
    r"__i?contains(?!__)|__i?regex|__iexact|__i?startswith|Window\(|Collate|Lower\(|Cast\(|Func\(|JSONField|KeyT|"
    r"\.distinct\(|\.union\(|nulls_|bulk_create|bulk_update|get_or_create|update_or_create|ignore_conflicts|Trunc|"
    r"Extract|Subquery\(|Exists\(|\.annotate\(|\.aggregate\(|IntegrityError"
)

#: Besides the files that hold `RAMMER_DATABASEN` or import a module that holds `AFHAENGER`.
PAA_BEGGE = {
    "tests/aftaler/test_adgang.py",
    "tests/aftaler/test_kopi.py",
    "tests/aftaler/test_overblik.py",
    "tests/aftaler/test_overgang.py",
    "tests/aftaler/test_papirkurv.py",
    "tests/aftaler/test_parametergraenser.py",
    "tests/aftaler/test_regelsaet_rettes.py",
    "tests/moeder/test_bestyrelsen.py",
    "tests/kalender/test_meld_udfoert.py",
    "tests/moeder/test_svarlink.py",
    "tests/kalender/test_venter.py",
    "tests/browser/test_afstemning.py",
    "tests/browser/test_udgave_forloeb.py",
    "tests/budget/test_oplyst.py",
    "tests/budget/test_pulje.py",
    "tests/dokumenter/test_kladdestand.py",
    "tests/helhedsplan/test_kommandoer_planfil.py",
    "tests/helhedsplan/test_persondata.py",
    "tests/helhedsplan/test_soegning.py",
    "tests/indikatorer/test_baseline.py",
    "tests/indikatorer/test_billeder.py",
    "tests/indikatorer/test_diskretion.py",
    "tests/indikatorer/test_filer.py",
    "tests/indikatorer/test_indikator.py",
    "tests/indikatorer/test_loest.py",
    "tests/indikatorer/test_overblik.py",
    "tests/indikatorer/test_skriv_aar.py",
    "tests/indikatorer/test_tomme_steder.py",
    "tests/integration/test_formularer_overalt.py::test_every_form_of_a_full_plan",
    "tests/integration/test_invitation.py",
    "tests/integration/test_kendte.py",
    "tests/integration/test_passkey_svar.py",
    "tests/integration/test_matrix.py::test_plan_pages_by_role[leder]",
    "tests/integration/test_slet_plan.py",
    "tests/integration/test_tvillinger.py",
    "tests/test_haerness.py",
    "tests/test_migrationer.py",
}
#: Draws papers with what is locked as its means; the locks have tests of their own.
KUN_PAPIRET = {"tests/budget/test_pdf_budget.py"}
DATABASEN = {"db", "transactional_db", "live_server", "django_db_setup"}


@cache
def moduler(udtryk: re.Pattern) -> frozenset[str]:
    """The modules of the program whose text holds the pattern."""
    filer = (fil for rum in RUM for fil in (ROD / rum).rglob("*.py") if "migrations" not in fil.parts)
    return frozenset(".".join(f.relative_to(ROD).with_suffix("").parts) for f in filer if udtryk.search(f.read_text()))


def importerer(tekst: str) -> set[str]:
    """Every module and name that a file imports, with its whole path."""
    ud = set()
    for led in ast.walk(ast.parse(tekst)):
        if isinstance(led, ast.ImportFrom) and led.module:
            ud |= {led.module, *(f"{led.module}.{navn.name}" for navn in led.names)}
        elif isinstance(led, ast.Import):
            ud |= {navn.name for navn in led.names}
    return ud


def _naevnt(sti: str, i: set[str]) -> bool:
    return any(sti == navn or sti.startswith((f"{navn}/", f"{navn}::")) for navn in i)


def paa_begge(sti: str, tekst: str) -> bool:
    """Whether PostgreSQL runs a test file too, all of it or some: (path from the root, its text)."""
    if _naevnt(sti, {navn.partition("::")[0] for navn in PAA_BEGGE}):
        return True
    if "/browser/" in sti or _naevnt(sti, KUN_PAPIRET):
        return False
    if RAMMER_DATABASEN.search(tekst):
        return True
    laasende = {modul for modul in moduler(AFHAENGER) if ".models." not in modul}
    return bool(importerer(tekst) & laasende)


@cache
def _fil_paa_begge(sti: str) -> bool:
    return paa_begge(sti, (ROD / sti).read_text())


def er_ens_overalt(nodeid: str, bruger: set[str]) -> bool:
    """Whether a test gives the same answer on every database: (its id, the names of its fixtures and marks).

    A test that has not asked for the database is kept from it by pytest-django.
    """
    sti = nodeid.partition("::")[0]
    if not (bruger & {*DATABASEN, "django_db"}) or not _fil_paa_begge(sti):
        return True
    enkelte = {navn for navn in PAA_BEGGE if navn.startswith(f"{sti}::")}
    return bool(enkelte) and nodeid not in enkelte
