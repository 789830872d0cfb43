"""The change register as a workbook, of the query that the page uses."""

import io
from collections.abc import Iterable

from bestyrelse.queries.aendringer import Aendring
from indikatorer.eksport import celle

KOLONNER = (("Dato", 12), ("Slags", 18), ("Hvad", 48), ("Hvad skete der", 80))


def aendringsark(alle: Iterable[Aendring]) -> bytes:
    # Heavy, and only needed here.
    from openpyxl import Workbook

    bog = Workbook(write_only=True)
    ark = bog.create_sheet("Ændringer")
    ark.freeze_panes = "A2"
    for bogstav, (_, bredde) in zip("ABCD", KOLONNER, strict=True):
        ark.column_dimensions[bogstav].width = bredde
    ark.append([navn for navn, _ in KOLONNER])
    for a in alle:
        ark.append([celle(ark, vaerdi) for vaerdi in (a.dato, a.art.label, a.hvad, a.tekst)])
    ud = io.BytesIO()
    bog.save(ud)
    return ud.getvalue()
