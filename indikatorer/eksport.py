"""The figures as files: a workbook and JSON, of the query that the pages use, in a form that the import reads again."""

import io
import json
from collections import Counter
from decimal import Decimal

from aftaler.models import Helhedsplan
from indikatorer.choices import Maaletilstand
from indikatorer.queries.tal import Tal, tal_for

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KOLONNER = (
    "indikator", "sted", "år", "begivenhed", "dato", "antal", "grundlag", "værdi", "decimaler", "tilstand", "kilde",
    "udtrukket", "note",
)  # fmt: skip
#: Only in what is given to those who see what is hidden: which figures may go no further.
SKJULES = "må ikke vises"
#: Only in what is given to the others, when something is hidden in it: "ja" in every row. The import refuses it.
UDEN_SKJULTE = "uden skjulte tal"
FORMELTEGN = ("=", "+", "-", "@")
FORMER = ["0", "0.0", "0.00", "0.000", "0.0000"]


def eksporttal(plan: Helhedsplan, *, se_skjulte: bool) -> list[dict]:
    """One dict for each figure, by column, as the reader may see it; names where they are alone, else keys."""
    indikatorer = _navne(plan.indikatorer.values_list("pk", "noegle", "navn"))
    steder = _navne(plan.steder.values_list("pk", "noegle", "navn"))
    tallene = tal_for(plan, se_skjulte=se_skjulte)
    uddrag = {UDEN_SKJULTE: "ja"} if not se_skjulte and any(t.skjult for t in tallene) else {}
    return [_raekke(t, indikatorer[t.indikator], steder[t.sted], se_skjulte) | uddrag for t in tallene]


def _navne(ting) -> dict[int, str]:
    ting = list(ting)
    antal = Counter(ord_ for _, noegle, navn in ting for ord_ in {noegle.casefold(), navn.casefold()})
    return {pk: navn if antal[navn.casefold()] == 1 else noegle for pk, noegle, navn in ting}


def _raekke(t: Tal, indikator: str, sted: str, se_skjulte: bool) -> dict:
    har_vaerdi = t.tilstand == Maaletilstand.VAERDI and t.vaerdi is not None
    vaerdier = (
        indikator, sted, t.aar, t.begivenhed, t.dato, t.antal, t.grundlag, t.vaerdi,
        t.decimaler if har_vaerdi else None, str(t.tilstand), t.kilde, t.udtrukket, t.note,
    )  # fmt: skip
    return dict(zip(KOLONNER, vaerdier, strict=True)) | ({SKJULES: "ja" if t.skjult else ""} if se_skjulte else {})


def som_json(plan: Helhedsplan, *, se_skjulte: bool) -> str:
    """Numbers as text, so that no program rounds them; dates as ISO; null for nothing."""
    raekker = eksporttal(plan, se_skjulte=se_skjulte)
    tal = [
        {
            k: (f"{v:f}" if isinstance(v, Decimal) else v.isoformat() if hasattr(v, "isoformat") else v)
            for k, v in r.items()
            if k != UDEN_SKJULTE
        }
        for r in raekker
    ]
    hoved = {"plan": plan.noegle, UDEN_SKJULTE: any(UDEN_SKJULTE in r for r in raekker)}
    return json.dumps(hoved | {"tal": tal}, ensure_ascii=False, indent=1)


def arbejdsbog(plan: Helhedsplan, *, se_skjulte: bool) -> bytes:
    # Heavy, and only needed here.
    from openpyxl import Workbook

    bog = Workbook(write_only=True)
    ark = bog.create_sheet("Tal")
    ark.freeze_panes = "A2"
    for bogstav, bredde in (("A", 48), ("B", 28), ("K", 28), ("M", 40)):
        ark.column_dimensions[bogstav].width = bredde
    raekker = eksporttal(plan, se_skjulte=se_skjulte)
    ark.append([*(raekker[0] if raekker else KOLONNER)])
    for raekke in raekker:
        ark.append([celle(ark, v, raekke["decimaler"]) for v in raekke.values()])
    ud = io.BytesIO()
    bog.save(ud)
    return ud.getvalue()


def celle(ark, vaerdi, decimaler: int | None = None):
    """Text that no program takes for a formula, and figures shown with their decimals."""
    from openpyxl.cell import WriteOnlyCell

    if isinstance(vaerdi, str) and vaerdi.startswith(FORMELTEGN):
        ny = WriteOnlyCell(ark, vaerdi)
        ny.data_type, ny.quotePrefix = "s", True
        return ny
    if isinstance(vaerdi, Decimal):
        ny = WriteOnlyCell(ark, vaerdi)
        ny.number_format = FORMER[decimaler or 0]
        return ny
    return vaerdi if vaerdi != "" else None
