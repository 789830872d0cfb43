"""What a workbook's reader does not tell: cells that read as empty and are not, and how figures are shown."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from helhedsplan.tabelfil.celletal import FEJLFORMEL
from helhedsplan.tabelfil.tabel import Talform, cellenavn, kolonnebogstav, kolonnenr

UREGNET = "Formlen er ikke regnet ud. Åbn og gem filen i dit regneark først."
#: A formula that was never reckoned, and a formula with an error: both read as nothing.
FORMEL_UDEN_RESULTAT = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*><f[^>]*?(?:/>|>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>')
CELLE_MED_FEJL = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*?\bt="e"')
CELLE_MED_FORM = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*?\bs="(\d+)"')
#: Built-in number formats: (percent, shown decimals).
FASTE_FORMER = {1: (False, 0), 2: (False, 2), 3: (False, 0), 4: (False, 2), 9: (True, 0), 10: (True, 2)}
SANDT = ("1", "true")
IKKE_TEGN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


@dataclass(frozen=True)
class Arkoplysninger:
    """By row and column from 0: what is wrong with a cell, and how its figure is shown."""

    fejl: dict[tuple[int, int], str]
    former: dict[tuple[int, int], Talform]
    #: What the reader of the sheet does not see: "rækken 4", "kolonnen C", "arket".
    skjult: tuple[str, ...] = ()


class ForStortArk(Exception):
    """A sheet reaches so far that reading it would fill the machine; the text says which cell does it."""


#: In the addresses of cells; and of rows, also those that have no cells.
KOLONNER_I = re.compile(rb'\br="([A-Z]{1,3})\d{1,7}"')
RAEKKER_I = re.compile(rb'\br="[A-Z]{0,3}(\d{1,7})"')


def tjek_udstraekning(arkiv: zipfile.ZipFile, hoejst_celler: int) -> None:
    """Refuse a sheet whose cells reach too far. The reader makes room for every cell between the first and the last,
    so one at XFD1048576 takes as much as a full sheet. Raises ForStortArk; KeyError when it is no workbook."""
    if {"xl/workbook.bin", "content.xml"} & set(arkiv.namelist()):
        raise KeyError("xl/workbook.xml")
    ark = {sti: navn for navn, sti in _arkstier(arkiv)}
    ark |= {n: ark.get(n, n) for n in arkiv.namelist() if n.startswith("xl/worksheets/") and n.endswith(".xml")}
    for sti, navn in ark.items():
        xml = arkiv.read(sti)
        kolonne = max((kolonnenr(bogstaver.decode()) + 1 for bogstaver in set(KOLONNER_I.findall(xml))), default=0)
        raekke = max(map(int, set(RAEKKER_I.findall(xml))), default=0)
        if raekke * kolonne > hoejst_celler:
            fjern = cellenavn(raekke - 1, kolonne - 1)
            raise ForStortArk(
                f"Arket »{navn}« går helt til celle {fjern}. Slet det, der står langt uden for tabellen, "
                "eller kopiér tabellen til et nyt ark, og prøv igen."
            )


def oplysninger(arkiv: zipfile.ZipFile) -> dict[str, Arkoplysninger]:
    """By name of the sheet. Raises KeyError when it is no workbook."""
    former = _former(arkiv)
    bog = arkiv.read("xl/workbook.xml").decode("utf-8", "replace")
    maerker = re.findall(r"<sheet\b[^>]*>", bog)
    skjulte = {_attribut(m, "name") for m in maerker if _attribut(m, "state") in ("hidden", "veryHidden")}
    ud = {}
    for navn, sti in _arkstier(arkiv):
        xml = arkiv.read(sti)
        fejl = {
            (int(raekke) - 1, kolonnenr(bogstav.decode())): besked
            for moenster, besked in ((FORMEL_UDEN_RESULTAT, UREGNET), (CELLE_MED_FEJL, FEJLFORMEL))
            for bogstav, raekke in moenster.findall(xml)
        }
        skjult = (*(["arket"] if navn in skjulte else []), *_skjulte(xml))
        ud[navn] = Arkoplysninger(fejl, dict(_viste(xml, former)) if former else {}, skjult)
    return ud


def _skjulte(xml: bytes) -> Iterator[str]:
    """The hidden columns and rows that a sheet has."""
    for maerke in re.findall(rb"<col\b[^>]*>", xml):
        tekst = maerke.decode("utf-8", "replace")
        if _attribut(tekst, "hidden") in SANDT:
            fra, til = int(_attribut(tekst, "min") or 1), int(_attribut(tekst, "max") or 1)
            flere = til > fra
            navne = f"{kolonnebogstav(fra - 1)}–{kolonnebogstav(min(til, 16384) - 1)}"
            yield f"kolonnerne {navne}" if flere else f"kolonnen {kolonnebogstav(fra - 1)}"
    skjulte = (m.decode("utf-8", "replace") for m in re.findall(rb"<row\b[^>]*>", xml) if b"hidden" in m)
    numre = [_attribut(m, "r") for m in skjulte if _attribut(m, "hidden") in SANDT]
    if numre:
        yield f"{'rækken' if len(numre) == 1 else 'rækkerne'} {', '.join(numre[:10])}{' …' if len(numre) > 10 else ''}"


def _viste(xml: bytes, former: dict[bytes, Talform]) -> Iterator[tuple[tuple[int, int], Talform]]:
    for bogstav, raekke, form in CELLE_MED_FORM.findall(xml):
        if form in former:
            yield (int(raekke) - 1, kolonnenr(bogstav.decode())), former[form]


def _arkstier(arkiv: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    bog = arkiv.read("xl/workbook.xml").decode("utf-8", "replace")
    rels = arkiv.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    maal = {_attribut(m, "Id"): _attribut(m, "Target") for m in re.findall(r"<Relationship\b[^>]*>", rels)}
    filer = set(arkiv.namelist())
    for maerke in re.findall(r"<sheet\b[^>]*>", bog):
        sti = maal.get(_attribut(maerke, "r:id"), "").removeprefix("/xl/").removeprefix("xl/")
        if f"xl/{sti}" in filer:
            yield _attribut(maerke, "name"), f"xl/{sti}"


def _former(arkiv: zipfile.ZipFile) -> dict[bytes, Talform]:
    """By number of the cell style, for those that show a percent or a fixed number of decimals."""
    if "xl/styles.xml" not in arkiv.namelist():
        return {}
    xml = arkiv.read("xl/styles.xml").decode("utf-8", "replace")
    egne = {_attribut(m, "numFmtId"): _attribut(m, "formatCode") for m in re.findall(r"<numFmt\b[^>]*>", xml)}
    celler = re.search(r"<cellXfs\b.*?</cellXfs>", xml, re.DOTALL)
    ud = {}
    for nr, maerke in enumerate(re.findall(r"<xf\b[^>]*>", celler[0] if celler else "")):
        form = _attribut(maerke, "numFmtId")
        fundet = talform(egne[form]) if form in egne else None
        if fundet is None and form.isdigit() and int(form) in FASTE_FORMER:
            fundet = Talform(*FASTE_FORMER[int(form)])
        if fundet is not None:
            ud[str(nr).encode()] = fundet
    return ud


def talform(kode: str) -> Talform | None:
    """What a format code shows: '0.0%' -> percent with one decimal; None for text, dates and loose forms."""
    foerste = IKKE_TEGN.sub("", kode.replace("&quot;", '"')).split(";")[0].strip()
    fundet = re.fullmatch(r"[#,0? .]*?0(?:\.(0+))?\s*(%?)\s*[^%0-9a-zA-Z#?]*(?:kr\.?)?", foerste)
    return Talform(bool(fundet[2]), len(fundet[1] or "")) if fundet else None


def _attribut(maerke: str, navn: str) -> str:
    fundet = re.search(rf'\s{navn}="([^"]*)"', maerke)
    return _uden_entiteter(fundet[1]) if fundet else ""


def _uden_entiteter(tekst: str) -> str:
    for entitet, tegn in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        tekst = tekst.replace(entitet, tegn)
    return tekst
