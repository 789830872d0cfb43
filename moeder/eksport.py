"""The registers as workbooks, of the queries that the pages use."""

import io
from collections.abc import Iterable, Sequence

from indikatorer.eksport import celle
from moeder.queries.aendringer import Registerlinje
from moeder.queries.register import Beslutningslinje

KOLONNER = (("Dato", 12), ("Slags", 18), ("Hvad", 48), ("Hvad skete der", 80))
BESLUTNINGSKOLONNER = (
    ("Dato", 12), ("Hvem", 24), ("Hvad", 48), ("Resultat", 22), ("Hvordan", 16), ("Beslutning", 60),
    ("Hvor det står", 40), ("SHA-256", 68),
)  # fmt: skip


def aendringsark(alle: Iterable[Registerlinje]) -> bytes:
    return _ark("Ændringer", KOLONNER, ((a.dato, a.art.label, a.hvad, a.tekst) for a in alle))


def beslutningsark(alle: Iterable[Beslutningslinje]) -> bytes:
    raekker = ((b.dato, b.organ.label, b.papir, b.resultat, b.hvordan, b.tekst, b.hvor, b.sha256) for b in alle)
    return _ark("Beslutninger", BESLUTNINGSKOLONNER, raekker)


def _ark(titel: str, kolonner: Sequence[tuple[str, int]], raekker: Iterable[tuple]) -> bytes:
    """A sheet with a heading row that stays in view."""
    # Heavy, and only needed here.
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    bog = Workbook(write_only=True)
    ark = bog.create_sheet(titel)
    ark.freeze_panes = "A2"
    for nr, (_, bredde) in enumerate(kolonner, 1):
        ark.column_dimensions[get_column_letter(nr)].width = bredde
    ark.append([navn for navn, _ in kolonner])
    for raekke in raekker:
        ark.append([celle(ark, vaerdi) for vaerdi in raekke])
    ud = io.BytesIO()
    bog.save(ud)
    return ud.getvalue()
