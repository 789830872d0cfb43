"""Whether a file that somebody hands in can be taken: is it a harmless PDF, and is it the paper that was issued?"""

import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from dokumenter.underskrift import skannet
from dokumenter.underskrift.domme import NAEVNES, Afvist, Dom
from helhedsplan import fremmedpdf
from helhedsplan.formats import antal as i_ord
from helhedsplan.formats import opremsning, tal

STOERSTE = 25 * 1024 * 1024
#: As it stands in the foot of every page; a long one may be broken over two lines.
DOKUMENT_ID = re.compile(r"Dokument-id\s+([\w.\s/-]{1,330}?/(?:u\d+-)?[0-9a-f]{12})(?![\w-])")


def tjek_fil(data: bytes, graense: int = STOERSTE) -> None:
    """Raises Afvist when the file is not a PDF that can be opened, or does more than be read."""
    if not data:
        raise Afvist(Dom.TOM)
    if len(data) > graense:
        raise Afvist(Dom.FOR_STOR, fylder=_megabyte(len(data)), graense=_megabyte(graense))
    try:
        fremmedpdf.tjek(data, indlejrede_filer=True)
    except fremmedpdf.PdfAfvist as fejl:
        raise Afvist(Dom[fejl.kode]) from fejl


def _megabyte(antal: int) -> str:
    return f"{tal(antal / 1024 / 1024, 1)} MB"


# --- the paper that was issued --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Papirord:
    """The words of a paper page by page, and the document ids printed on it."""

    sider: tuple[tuple[str, ...], ...]
    dokument_id: frozenset[str]


def laes_indhold(data: bytes) -> Papirord:
    """Raises Afvist when the text cannot be read out of the file."""
    from pypdf import PdfReader

    try:
        tekster = [side.extract_text() for side in PdfReader(io.BytesIO(data)).pages]
    except Exception as fejl:
        # A damaged file makes a reader stumble in more ways than can be named.
        raise Afvist(Dom.ULAESELIG) from fejl
    fundne = {"".join(fund.split()) for tekst in tekster for fund in DOKUMENT_ID.findall(tekst)}
    return Papirord(tuple(tuple(tekst.split()) for tekst in tekster), frozenset(fundne))


def trykt_id(data: bytes) -> str:
    """The first document id printed in the file, read no further than needed; '' when there is none to be read."""
    from pypdf import PdfReader

    try:
        tekster = (side.extract_text() for side in PdfReader(io.BytesIO(data)).pages)
        fund = next(filter(None, map(DOKUMENT_ID.search, tekster)), None)
    except Exception:  # noqa: BLE001 -- a damaged file makes a reader stumble in more ways than can be named
        return ""
    return "".join(fund[1].split()) if fund else ""


def antal_sider(data: bytes) -> int:
    """Of a file of our own."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)


def fil_id(data: bytes) -> bytes:
    """The first half of the file's own identifier, which later signatures leave alone; b'' when there is none."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return bytes(pdf.trailer.ID[0]) if "/ID" in pdf.trailer else b""
    except (pikepdf.PdfError, ValueError, TypeError, IndexError, AttributeError):
        return b""


def filens_id(dokument_id: str) -> bytes:
    """The identifier of a paper's file, made from its document id (`helhedsplan.pdf.html_til_pdf`), as it is read
    back: it is written as text, and every end of a line in a PDF's text is read as one newline."""
    return hashlib.sha256(dokument_id.encode()).digest()[:16].replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def bygger_paa(ny: bytes, udstedt: bytes, nyeste: bytes) -> bool:
    """Whether the new file continues the newest one byte for byte. Raises Afvist when it only continues the issued
    one, since others have signed in the meantime and their signatures would be lost."""
    if ny.startswith(nyeste):
        return True
    if ny.startswith(udstedt):
        raise Afvist(Dom.FORAELDET)
    return False


def tjek_id(ny: Papirord, dokument_id: str) -> None:
    """Raises Afvist when the document id printed on the pages is not, or not alone, the edition's."""
    if ny.dokument_id != {dokument_id}:
        fundet = ", ".join(sorted(ny.dokument_id)) or "intet"
        raise Afvist(Dom.ANDEN_UDGAVE, fundet=fundet, ventet=dokument_id)


def tjek_scan(data: bytes, dokument_id: str, udstedt: bytes) -> None:
    """Raises Afvist when the text layer of a scan carries another document id, or the file is no scan of the pages of
    the issued one: not one of them twice in the place of another;
    a digital copy shows no ink, and what it says is not held against the edition here; nor does a blank page; and what
    does more than be looked at is no picture. A scan whose id cannot be read stays the statement of the person who
    hands it in."""
    try:
        tekst, satte = fremmedpdf.laes_scanning(data)
    except fremmedpdf.PdfAfvist as fejl:
        raise Afvist(Dom.FOR_TUNG if fejl.kode in {"FOR_TUNG", "FOR_LANG"} else Dom.ULAESELIG) from fejl
    fundne = {"".join(fund.split()) for fund in DOKUMENT_ID.findall(tekst)}
    if fundne - {dokument_id}:
        raise Afvist(Dom.SCAN_ANDEN_UDGAVE, fundet=", ".join(sorted(fundne)), ventet=dokument_id)
    if satte:
        raise Afvist(Dom.IKKE_SCANNET, sider=_sidetal(satte))
    if levende := fremmedpdf.levende(data):
        raise Afvist(Dom.IKKE_KUN_BILLEDER, fundet=opremsning(levende))
    fundet = skannet.sider(data)
    if fundet.blanke:
        raise Afvist(Dom.BLANK_SIDE, sider=_sidetal(fundet.blanke))
    antal = antal_sider(udstedt)
    if fundet.antal < antal:
        raise Afvist(
            Dom.FOR_FAA_SIDER, fundet=i_ord(fundet.antal, "side", "sider"), ventet=i_ord(antal, "side", "sider")
        )
    egne = skannet.sider(udstedt).ens if fundet.ens else ()
    if len(fundet.ens) - len(egne) > fundet.antal - antal:
        en, anden = next((par for par in fundet.ens if par not in egne), fundet.ens[0])
        raise Afvist(Dom.SAMME_SIDE, en=str(en), anden=str(anden))


def _sidetal(numre: Sequence[int]) -> str:
    return f"side {opremsning([str(nr) for nr in numre[:NAEVNES]])}{' og flere' if len(numre) > NAEVNES else ''}"
