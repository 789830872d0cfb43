"""Which tests say the same on every database."""

#: What draws papers, reads files or drives a browser: the same on every database. `make test` runs it on SQLite alone,
#: `make test-alt` on both; tests/test_haerness.py holds that locks, constraints and SQL of our own are never left out.
ENS_OVERALT = {
    "tests/aftaler/test_pdf.py",
    "tests/bestyrelse/test_papir.py",
    "tests/budget/test_pdf_budget.py",
    "tests/budget/test_sumtjek.py",
    "tests/dokumenter/test_pkcs11.py",
    "tests/dokumenter/test_tidsstempel.py",
    "tests/dokumenter/test_underskrift_bytes.py",
    "tests/dokumenter/test_underskrift_papirer.py",
    "tests/dokumenter/test_verificer.py",
    "tests/dokumenter/test_word.py",
    "tests/dokumenter/test_wordskabelon.py",
    "tests/helhedsplan/test_formats.py",
    "tests/helhedsplan/test_pdf.py",
    "tests/helhedsplan/test_prosa.py",
    "tests/helhedsplan/test_tekst.py",
    "tests/templates",
    "tests/test_arkitektur.py",
    "tests/test_statisk.py",
    "tests/test_vera.py",
}
#: Journeys in the browser that are made on both databases all the same.
BEGGE_STEDER = {"tests/browser/test_afstemning.py", "tests/browser/test_udgave_forloeb.py"}


def er_ens_overalt(sti: str, *, i_browser: bool = False) -> bool:
    """Whether a test file (path from the root) gives the same answer on every database."""
    navngivet = any(sti == navn or sti.startswith(f"{navn}/") for navn in ENS_OVERALT)
    return navngivet or (i_browser and sti not in BEGGE_STEDER)
