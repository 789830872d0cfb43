"""The picture of the money: what is spent against the budget so far, one line for each financier."""

from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString

from helhedsplan import svg
from helhedsplan.formats import kroner, med_punktum, procent
from helhedsplan.svg import BLAEK, GRAA, INTET, koordinat
from status.queries.statusindhold import Pengelinje, Statuspenge

BREDDE, RAEKKE, BJAELKE = 340, 38, 12


def pengebillede(penge: Statuspenge, anker: str = "pengebillede") -> SafeString:
    """'' when nothing is reported. Spent is a filled bar, the budget so far a frame around where it should end."""
    if penge.i_alt is None:
        return INTET
    linjer = [*penge.linjer, penge.i_alt]
    stoerst = max([v for linje in linjer for v in (linje.budget_til_dato, linje.forbrug) if v] + [Decimal(1)])
    krop = [del_ for nr, linje in enumerate(linjer) for del_ in _linje(linje, nr * RAEKKE, stoerst)]
    titel = f"Forbrug mod budget til og med {penge.til_og_med}. Tallene står i tabellen."
    beskrivelse = " ".join(med_punktum(f"{linje.navn}: {_ord(linje)}") for linje in linjer)
    return svg.billede(anker, RAEKKE * len(linjer), titel, beskrivelse, krop, bredde=BREDDE, skrift=13)


def _linje(linje: Pengelinje, top: float, stoerst: Decimal) -> list[SafeString]:
    def x(beloeb: Decimal) -> str:
        return koordinat(max(0.0, float(beloeb / stoerst)) * (BREDDE - 2))

    pct = procent(linje.brugt_pct, 0) if linje.brugt_pct is not None else linje.huller or "uden budget til dato"
    hoved = [
        svg.tekst(0, top + 14, linje.navn, vaegt="600" if linje.navn == "I alt" else "400"),
        svg.tekst(BREDDE, top + 14, pct, "end", fyld=GRAA),
    ]
    if linje.forbrug is None or linje.budget_til_dato is None:
        return hoved
    return [
        *hoved,
        format_html(
            '<rect x="1" y="{}" width="{}" height="{}" fill="#fff" stroke="{}"/>',
            koordinat(top + 20), x(linje.budget_til_dato), koordinat(BJAELKE), BLAEK,
        ),
        format_html(
            '<rect x="1" y="{}" width="{}" height="{}" fill="{}"/>',
            koordinat(top + 23), x(linje.forbrug), koordinat(BJAELKE - 6), BLAEK,
        ),
    ]  # fmt: skip


def _ord(linje: Pengelinje) -> str:
    if linje.forbrug is None:
        return linje.huller or "intet meldt ind"
    huller = f" ({linje.huller})" if linje.huller else ""
    return f"{kroner(linje.forbrug)} af {kroner(linje.budget_til_dato)} til dato{huller}"
