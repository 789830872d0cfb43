"""A plan with places and indicators to import to, and workbooks and CSV files as the sources give them."""

import io

from openpyxl import Workbook

from helhedsplan.tabelfil import Tabel, laes
from indikatorer.imports.kobling import Kobling
from indikatorer.imports.udkast import DOER, Udkast, koer, lav_udkast
from indikatorer.models import Maaling
from tests import factories as f

EGNE = "indikator;sted;år;begivenhed;dato;antal;grundlag;værdi;decimaler;tilstand;kilde;udtrukket;note"


def en_plan():
    """Nord and Syd in Ishøj, the kommune and the country; a share, a count and a mark."""
    plan = f.HelhedsplanFactory(noegle="proeven")
    for navn, art in (("Nord", "omraade"), ("Syd", "omraade"), ("Ishøj Kommune", "kommune"), ("Hele landet", "land")):
        felter = {} if art == "omraade" else {"omraade": None}
        f.StedFactory(plan=plan, navn=navn, noegle=navn.split()[0].lower().replace("ø", "oe"), art=art, **felter)
    for navn, noegle, enhed in (
        ("Andel ledige", "ledige", "procent"),
        ("Antal beboere", "beboere", "antal"),
        ("Karaktergennemsnit", "karakter", "karakter"),
        ("Indkomst", "indkomst", "kroner"),
    ):
        f.IndikatorFactory(plan=plan, navn=navn, noegle=noegle, enhed=enhed)
    return plan


def bog(*ark, ret=None) -> bytes:
    """A workbook: (name, rows) for each sheet; `ret(workbook)` has the last word."""
    b = Workbook()
    b.remove(b.active)
    for navn, raekker in ark:
        et = b.create_sheet(navn)
        for raekke in raekker:
            et.append(raekke)
    if ret:
        ret(b)
    ud = io.BytesIO()
    b.save(ud)
    return ud.getvalue()


def laes_fil(data: bytes) -> list[Tabel]:
    return laes(data, DOER)


def egen(*linjer: str) -> bytes:
    return "\n".join([EGNE, *linjer]).encode()


def udkast(plan, data: bytes, kobling: dict | None = None) -> Udkast:
    svar = (lambda _: None) if kobling is None else (lambda _: Kobling.fra_data(kobling))
    return koer(lav_udkast(plan, data, svar))


def fejl(plan, data: bytes, kobling: dict | None = None) -> list[str]:
    fundet = udkast(plan, data, kobling)
    assert fundet.forskel is None
    return [str(en) for en in fundet.fejl]


def nye(u: Udkast) -> dict[tuple, tuple]:
    """(indicator, place, year, event) -> (state, count, base, value, decimals) of what would be new."""
    navne = {(art, pk): n.noegle for (art, pk), n in u.kendt.navne.items()}
    assert u.fejl == []
    return {
        (navne["indikator", r.indikator], navne["sted", r.sted], r.aar, r.begivenhed): (
            str(v.tilstand),
            v.antal,
            v.grundlag,
            None if v.vaerdi is None else str(v.vaerdi),
            v.decimaler,
        )
        for r, v in u.forskel.nye
    }


def gemte() -> list[tuple]:
    felter = ("indikator__noegle", "sted__noegle", "aar", "begivenhed", "tilstand", "antal", "grundlag", "vaerdi")
    return sorted(Maaling.objects.values_list(*felter), key=str)
