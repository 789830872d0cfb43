"""A stranger's table, read once, in a process of its own (`underproces`): a file that unpacks to gigabytes, reaches to
the last cell or is nested without end stops that process, and no page.

Run as a program it takes one line of JSON with the bounds and then the file, and answers in JSON. The same text is told
once, however many cells it stands in: a cell is the number of its text.
"""

import gzip
import io
import json
import sys
import zipfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any
from xml.etree.ElementTree import ParseError

from django.core.exceptions import ValidationError

from helhedsplan import underproces
from helhedsplan.cpr import CPR_BESKED, ligner_cpr
from helhedsplan.officefil import OEDELAGT, uden_cpr_i
from helhedsplan.tabelfil import slags
from helhedsplan.tabelfil.bog import Arkoplysninger, ForStortArk, oplysninger, tjek_udstraekning
from helhedsplan.tabelfil.tabel import CELLEFEJL, Regnetal, Tabel, Talform, som_celle
from helhedsplan.tabelfil.tekst import ForMange, Oedelagt, laes_tekst

#: Imported before the file is met (`underproces`).
FORUD = ("python_calamine",)
FOR_TUNG = "Regnearket er for tungt at læse. Kopiér tabellen til et nyt regneark, og prøv igen."
BESKADIGET = "Regnearket er beskadiget eller ikke af typen .xlsx og kan ikke læses."
#: More merged cells than any table has.
FLEST_FLETTEDE = 10_000
#: Cells with a CPR number that a refusal names.
FLEST_NAEVNES = 50
KORTESTE_CPR = 10
#: Seconds and bytes; a workbook of the largest allowed size takes about half.
REGNETID, BYTE = 30, 2 * 1024**3
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Tabeldoer:
    """What a door takes: bytes as sent and as a workbook unpacks to, cells in all, and `kun` these sheets.

    `cpr_i_celler`: a CPR number is looked for in each cell and named by it, in a text too; in a workbook none is taken
    anyhow. `raad`: what the person can do when it is too much. `beskadiget`: what is said of what is no workbook.
    """

    hoejst_byte: int
    udpakket: int
    celler: int
    raad: str
    kun: tuple[str, ...] = ()
    kun_regneark: bool = False
    cpr_i_celler: bool = False
    beskadiget: str = BESKADIGET


class UlaeseligFil(Exception):
    """The file or text is no table that can be read; the text is shown, or each of `beskeder`. `forbudt`: it holds what
    must not be kept."""

    def __init__(self, *beskeder: str, forbudt: bool = False):
        self.beskeder, self.forbudt = list(beskeder), forbudt
        super().__init__(" ".join(beskeder))


def laes(data: bytes, doer: Tabeldoer) -> list[Tabel]:
    """The sheets of an XLSX workbook in their order, or the one table of a CSV file. Raises UlaeseligFil."""
    return _tabeller(json.loads(_laesning(data, doer)))


def laes_og_gem(data: bytes, doer: Tabeldoer) -> bytes:
    """A reading to keep, for `gemt_laesning`. Raises UlaeseligFil."""
    return gzip.compress(_laesning(data, doer), compresslevel=1)


def gemt_laesning(data: bytes) -> list[Tabel]:
    """As `laes` gave it of the file; the stranger's file itself is not opened again."""
    return _tabeller(json.loads(gzip.decompress(data)))


def _laesning(data: bytes, doer: Tabeldoer) -> bytes:
    if len(data) > doer.hoejst_byte:
        raise UlaeseligFil(f"Filen er over {doer.hoejst_byte // MEGABYTE} MB. {doer.raad}")
    if afvist := slags.afvist(data):
        raise UlaeseligFil(afvist)
    if doer.kun_regneark and not data.startswith(slags.ZIP):
        raise UlaeseligFil(doer.beskadiget)
    try:
        svar = underproces.koer("helhedsplan.tabelfil.laeser", json.dumps(asdict(doer)).encode() + b"\n" + data)
    except (underproces.ForTung, underproces.Mislykket) as fejl:
        raise UlaeseligFil(FOR_TUNG) from fejl
    if svar.startswith(b'{"afvist"'):
        afvist = json.loads(svar)
        raise UlaeseligFil(*afvist["afvist"], forbudt=afvist["forbudt"])
    return svar


# --- tables as plain data: what the process answers, and what is kept of a file -------------------------------------


def _som_data(tabeller: list[Tabel]) -> dict:
    """A text is told by the object that holds it: a number of a workbook is another cell than the same as text."""
    tekster = {id(celle): celle for t in tabeller for raekke in t.raekker for celle in raekke}
    nr = {objekt: n for n, objekt in enumerate(tekster)}.__getitem__
    ark = [
        {
            "navn": t.navn,
            "raekker": [[*map(nr, map(id, raekke))] for raekke in t.raekker],
            "skilletegn": t.skilletegn,
            "flettede": t.flettede,
            "fejl": [(*celle, besked) for celle, besked in t.fejl.items()],
            "skjult": t.skjult,
        }
        for t in tabeller
    ]
    return {"tekster": [(t, t.vist) if isinstance(t, Regnetal) else (t,) for t in tekster.values()], "ark": ark}


def _tabeller(data: dict) -> list[Tabel]:
    tekster = [et[0] if len(et) == 1 else Regnetal(*et) for et in data["tekster"]]
    hent = tekster.__getitem__
    return [
        Tabel(
            et["navn"],
            [[*map(hent, raekke)] for raekke in et["raekker"]],
            et["skilletegn"],
            [tuple(map(tuple, omraade)) for omraade in et["flettede"]],
            {(r, k): besked for r, k, besked in et["fejl"]},
            tuple(et["skjult"]),
        )
        for et in data["ark"]
    ]


# --- in the process that reads ----------------------------------------------------------------------------------------


def _svar(data: bytes, doer: Tabeldoer) -> dict:
    from python_calamine import CalamineError, PasswordError

    forbudt = False
    try:
        return _som_data(_laest(data, doer))
    except (ForStortArk, Oedelagt) as grund:
        afvist = [str(grund)]
    except ForMange:
        afvist = [f"Filen har for mange celler. {doer.raad}"]
    except ValidationError as grund:
        afvist, forbudt = grund.messages, True
    except PasswordError:
        afvist = [slags.KODE]
    except (CalamineError, ParseError, *OEDELAGT):
        afvist = [doer.beskadiget]
    return {"afvist": afvist, "forbudt": forbudt}


def _laest(data: bytes, doer: Tabeldoer) -> list[Tabel]:
    er_bog = data.startswith(slags.ZIP)
    tabeller = _regneark(data, doer) if er_bog else [_tekst(data, doer)]
    if doer.cpr_i_celler and (fundet := list(_celler_med_cpr(tabeller))):
        raise ValidationError(fundet)
    if er_bog:
        with zipfile.ZipFile(io.BytesIO(data)) as arkiv:
            uden_cpr_i(arkiv)
    return tabeller


def _tekst(data: bytes, doer: Tabeldoer) -> Tabel:
    if not (tekst := slags.afkod(data)):
        raise Oedelagt(slags.UKENDT)
    tegn, raekker = laes_tekst(tekst, doer.celler)
    return Tabel("", raekker, tegn)


def _regneark(data: bytes, doer: Tabeldoer) -> list[Tabel]:
    from python_calamine import CalamineWorkbook

    with zipfile.ZipFile(io.BytesIO(data)) as arkiv:
        if sum(fil.file_size for fil in arkiv.infolist()) > doer.udpakket:
            raise ForStortArk(f"Regnearket fylder for meget, når det pakkes ud. {doer.raad}")
        tjek_udstraekning(arkiv, doer.celler)
        kendt = oplysninger(arkiv)
    bog = CalamineWorkbook.from_filelike(io.BytesIO(data))
    tabeller, celler = [], 0
    for navn in bog.sheet_names:
        if not doer.kun or navn in doer.kun:
            tabeller.append(_ark(bog.get_sheet_by_name(navn), navn, kendt.get(navn, Arkoplysninger({}, {})), doer))
            celler += sum(map(len, tabeller[-1].raekker))
        if celler > doer.celler:
            raise ForMange
    return tabeller


def _ark(ark: Any, navn: str, om: Arkoplysninger, doer: Tabeldoer) -> Tabel:
    if ark.total_height * ark.total_width > doer.celler:
        raise ForStortArk(f"Arket »{navn}« har for mange celler. {doer.raad}")
    flettede = ark.merged_cell_ranges or []
    if len(flettede) > FLEST_FLETTEDE:
        raise ForStortArk(f"Arket »{navn}« har {len(flettede)} flettede celler. Kopiér tabellen til et nyt ark.")
    raekker = _celler(ark.to_python(skip_empty_area=False), om.former)
    tabel = Tabel(navn, raekker, "", flettede, om.fejl, om.skjult)
    for celle in om.fejl:
        tabel.saet(*celle, CELLEFEJL)
    return tabel


def _celler(raekker: list[list], former: dict[tuple[int, int], Talform]) -> list[list[str]]:
    """As text, each value and form of it written once."""
    skrevne: dict[Any, str] = {}
    ud = []
    for r, raekke in enumerate(raekker):
        celler = []
        for k, vaerdi in enumerate(raekke):
            form = former.get((r, k)) if former else None
            noegle = vaerdi if isinstance(vaerdi, str) else (type(vaerdi), vaerdi, form)
            celle = skrevne.get(noegle)
            if celle is None:
                celle = skrevne[noegle] = som_celle(vaerdi, form)
            celler.append(celle)
        ud.append(celler)
    return ud


def _celler_med_cpr(tabeller: list[Tabel]) -> Iterable[str]:
    """Where something looks like a CPR number, each cell by its address; the first so many."""
    tekster = {celle for t in tabeller for raekke in t.raekker for celle in raekke if len(celle) >= KORTESTE_CPR}
    forbudte = {tekst for tekst in tekster if ligner_cpr(tekst)}
    fundne = (
        f"{t.adresse(r, k)}: {CPR_BESKED}"
        for t in (tabeller if forbudte else [])
        for r, raekke in enumerate(t.raekker)
        for k, celle in enumerate(raekke)
        if celle in forbudte
    )
    return (besked for _, besked in zip(range(FLEST_NAEVNES), fundne, strict=False))


def main() -> None:
    underproces.begraens(REGNETID, BYTE)
    doer = Tabeldoer(**json.loads(sys.stdin.buffer.readline()))
    json.dump(_svar(sys.stdin.buffer.read(), doer), sys.stdout, separators=(",", ":"))


if __name__ == "__main__":
    main()
