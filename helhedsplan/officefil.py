"""What a Word or Excel file says, everywhere in it: text, cells, headers, comments, alternative texts, properties."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from django.core.exceptions import ValidationError

from helhedsplan.cpr import ligner_cpr, uden_cpr
from helhedsplan.tekst import har_rene_ord

#: What reading a broken archive may raise.
OEDELAGT = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, ValueError, NotImplementedError, RuntimeError,
)  # fmt: skip
AKTIVT = "Filen indeholder noget, der kan køre (makroer, scripts eller indlejrede filer). Gem den uden, og prøv igen."
#: Each ends a text of its own: a paragraph, a cell, a shared string, a comment, a property.
_SLUT = {"p", "c", "si", "tr", "comment", "author", "definedName", "property"}
_TEGN = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "-"}
#: Attributes that people fill in or see.
_ATTRIBUTTER = {"name", "descr", "title", "Target", "tooltip", "display", "author", "alias", "prompt", "error"}
_STEDER = (
    ("word/comments", "En kommentar"),
    ("word/header", "Et sidehoved"),
    ("word/footer", "En sidefod"),
    ("word/footnotes", "En fodnote"),
    ("word/endnotes", "En slutnote"),
    ("xl/comments", "En kommentar"),
    ("xl/threadedComments", "En kommentar"),
    ("xl/workbook.xml", "Et arks navn"),
    ("docProps/", "Filens egenskaber"),
    ("customXml/", "Filens egenskaber"),
    ("xl/", "En celle i regnearket"),
)
DELTE = "xl/sharedStrings.xml"
#: Where what people write stands, where pictures and charts do, and what is words for the program and not for a reader.
SKREVET = (
    "word/document",
    "word/header",
    "word/footer",
    "word/footnotes",
    "word/endnotes",
    "word/comments",
    "xl/worksheets/",
)
TEGNET = ("word/media/", "word/charts/", "word/diagrams/", "xl/media/", "xl/charts/")
#: Cells of a sheet that no CPR number fits in: a text of fewer than ten digits, a whole number of at most nine (or the
#: number of a shared text), and one with decimals that are not as many as end such a number.
_TEGN_I_CELLE = rb"(?:[ -%'-/:;=-~]|\xc3[\x80-\xbf]|&#[12]\d\d;|&amp;)*"
SMAA_CELLER = re.compile(
    rb"<c\b[^>]*>(?:<v>-?(?:\d{1,9}|\d{1,5}\.(?:\d{1,9}|\d{11,}))(?:[eE][-+]?\d{1,3})?</v>"
    rb"|<is><t[^>]*>(?:%b\d){0,9}%b</t></is>)</c>" % (_TEGN_I_CELLE, _TEGN_I_CELLE)
)
UDEN_ORD = {"instrText", "oddHeader", "oddFooter"}


def uden_cpr_i(arkiv: zipfile.ZipFile) -> None:
    """Refuse a file with a CPR number anywhere in it; says where. Raises ValidationError, ParseError."""
    navne = [n for n in arkiv.namelist() if n.endswith((".xml", ".rels")) and not n.startswith("[")]
    forbudte = _forbudte_delte(arkiv) if DELTE in navne else {}
    sete = {""}  # a sheet says the same in many cells
    for navn in navne:
        if navn != DELTE:
            for sted, tekst in _tekster(arkiv, navn, forbudte):
                if tekst not in sete:
                    uden_cpr(tekst, sted)
                    sete.add(tekst)
    for tekst in forbudte.values():
        uden_cpr(tekst, "En celle i regnearket")


def tjek_officefil(data: bytes) -> None:
    """As `uden_cpr_i`, of a file's bytes; one that is no such file is somebody else's to judge."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as arkiv:
            uden_cpr_i(arkiv)
    except (ET.ParseError, *OEDELAGT):
        return


def siger_noget(data: bytes) -> bool:
    """A word, a figure or a picture stands somewhere in it; what a Word file says of itself does not count.

    The file has been read before (`uden_cpr_i`), so it is whole and has no entities.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as arkiv:
        navne = arkiv.namelist()
        if any(navn.startswith(TEGNET) for navn in navne):
            return True
        return any(_har_ord(arkiv, navn) for navn in navne if navn.startswith(SKREVET) and navn.endswith(".xml"))


def _har_ord(arkiv: zipfile.ZipFile, navn: str) -> bool:
    """Each element by itself, and all of them together: a word may be written in several."""
    dele = []
    with arkiv.open(navn) as fil:
        for _, element in ET.iterparse(fil):  # noqa: S314 -- no DOCTYPE, no entities
            if (tekst := element.text or "").strip() and str(element.tag).rpartition("}")[2] not in UDEN_ORD:
                if har_rene_ord(tekst):
                    return True
                dele.append(tekst)
            element.clear()
    return har_rene_ord("".join(dele))


def _forbudte_delte(arkiv: zipfile.ZipFile) -> dict[str, str]:
    """The strings that cells share and none may hold, by number."""
    delte = enumerate(tekst for _, tekst in _tekster(arkiv, DELTE, {}))
    return {str(nr): tekst for nr, tekst in delte if ligner_cpr(tekst)}


def _sted(navn: str, celle: str) -> str:
    if celle:
        return f"{navn.rpartition('/')[2].removesuffix('.xml').replace('sheet', 'Ark ')}, celle {celle}"
    return next((sted for start, sted in _STEDER if navn.startswith(start)), "Teksten")


def _tekster(arkiv: zipfile.ZipFile, navn: str, delte: dict[str, str]) -> Iterator[tuple[str, str]]:
    """(where, what) for every text of a part. A DOCTYPE has no place in one: entities can unfold into gigabytes."""
    with arkiv.open(navn) as fil:
        if b"<!DOCTYPE" in fil.read(2000):
            raise ValidationError(AKTIVT)
    dele: list[str] = []
    celle = art = ""
    with arkiv.open(navn) as fil:
        kilde = io.BytesIO(SMAA_CELLER.sub(b"", fil.read())) if navn.startswith("xl/worksheets/") and not delte else fil
        for haendelse, element in ET.iterparse(kilde, events=("start", "end")):  # noqa: S314 -- no DOCTYPE, no entities
            maerke = str(element.tag).rpartition("}")[2]
            if haendelse == "start":
                if maerke == "c":
                    celle, art = element.get("r", ""), element.get("t", "")
                continue
            dele.append(_ord(maerke, element, art, delte))
            yield from ((_sted(navn, ""), v) for n, v in element.items() if n.rpartition("}")[2] in _ATTRIBUTTER)
            if maerke in _SLUT or navn.startswith("docProps/"):
                yield _sted(navn, celle if maerke == "c" else ""), "".join(dele)
                dele = []
            element.clear()
    yield _sted(navn, ""), "".join(dele)


def _ord(maerke: str, element: ET.Element, art: str, delte: dict[str, str]) -> str:
    """What an element says by itself. The number of a shared string is none; a formula reckons, unless it has words."""
    tekst = element.text or ""
    if maerke == "v" and art == "s":
        return delte.get(tekst.strip(), "")
    if maerke == "f" and '"' not in tekst:
        return ""
    return tekst + _TEGN.get(maerke, "") + (element.tail or "").strip()
