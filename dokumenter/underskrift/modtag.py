"""Whether a file that somebody hands in can be taken: is it a harmless PDF, and is it the paper that was issued?"""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass

from dokumenter.underskrift import skannet, trykt
from dokumenter.underskrift.domme import NAEVNES, Afvist, Dom
from helhedsplan import fremmedpdf
from helhedsplan.formats import antal as i_ord
from helhedsplan.formats import opremsning, tal

STOERSTE = 25 * 1024 * 1024
#: So much of what can be read of an id is shown.
ID_VISES = 100
TUNGE = {"FOR_TUNG", "OPBRUGT", "FOR_LANG"}


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
    """The words of a paper page by page, and what stands of document ids on each."""

    sider: tuple[tuple[str, ...], ...]
    trykt: tuple[trykt.Trykt, ...]

    @property
    def dokument_id(self) -> frozenset[str]:
        return frozenset(trykt.en_af_hver(fundet for side in self.trykt for fundet in side.hele))


def laes_indhold(data: bytes) -> Papirord:
    """Raises Afvist when the text cannot be read out of the file."""
    from pypdf import PdfReader

    try:
        tekster = [side.extract_text() for side in PdfReader(io.BytesIO(data)).pages]
    except Exception as fejl:
        # A damaged file makes a reader stumble in more ways than can be named.
        raise Afvist(Dom.ULAESELIG) from fejl
    return Papirord(tuple(tuple(tekst.split()) for tekst in tekster), tuple(map(trykt.laes, tekster)))


def trykt_id(data: bytes) -> str:
    """The first document id printed in the file, read no further than needed; else what can be read of one; '' when
    there is none to be read."""
    from pypdf import PdfReader

    halv = ""
    try:
        for side in PdfReader(io.BytesIO(data)).pages:
            fundet = trykt.laes(side.extract_text())
            if fundet.hele:
                return fundet.hele[0]
            halv = halv or next(iter(fundet.haler), "")
    except Exception:  # noqa: BLE001 -- a damaged file makes a reader stumble in more ways than can be named
        return halv
    return halv


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


def tjek_id(ny: Papirord, dokument_id: str, udstedt: Papirord) -> None:
    """Raises Afvist when the document id printed on the pages is not, or not alone, the edition's."""
    fremmede = {navn for side in ny.trykt for navn in trykt.andre(side, dokument_id, udstedt.trykt)[0]}
    staar = any(side.er(dokument_id) for side in ny.trykt)
    if staar and not fremmede:
        return
    fundet = fremmede or {hale[:ID_VISES] for side in ny.trykt for hale in side.haler}
    if not fundet:
        raise Afvist(Dom.UDEN_ID, ventet=dokument_id)
    raise Afvist(Dom.ANDEN_UDGAVE, fundet=opremsning(trykt.en_af_hver(fundet)[:NAEVNES]), ventet=dokument_id)


def er_scanning(data: bytes) -> bool:
    """Whether the file is pictures of paper and no more, as far as that can be read."""
    try:
        return not fremmedpdf.laes_scanning(data)[1]
    except fremmedpdf.PdfAfvist:
        return False


def tjek_scan(data: bytes, dokument_id: str, udstedt: bytes) -> None:
    """Raises Afvist when the text layer of a scan carries another document id, whole or in part, or the file is no scan
    of the pages of the issued one: not one of them twice in the place of another;
    a digital copy shows no ink, and what it says is not held against the edition here; nor does a blank page; and what
    does more than be looked at is no picture. A scan on which no id can be read stays the statement of the person who
    hands it in."""
    try:
        sider, satte = fremmedpdf.laes_scanning(data)
    except fremmedpdf.PdfAfvist as fejl:
        raise Afvist(Dom[fejl.kode] if fejl.kode in TUNGE else Dom.ULAESELIG) from fejl
    _tjek_scannet_id(sider, dokument_id, udstedt)
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


def _tjek_scannet_id(sider: Sequence[str], dokument_id: str, udstedt: bytes) -> None:
    egne: Sequence[trykt.Trykt] | None = None
    halve: dict[int, str] = {}
    fremmede: set[str] = set()
    for nr, side in enumerate(map(trykt.laes, sider), 1):
        if side.haler or side.ender:
            egne = laes_indhold(udstedt).trykt if egne is None else egne
            hele, begyndte = trykt.andre(side, dokument_id, egne)
            fremmede |= set(hele)
            halve |= {nr: begyndte[0]} if begyndte else {}
    if fremmede:
        raise Afvist(Dom.SCAN_ANDEN_UDGAVE, fundet=opremsning(trykt.en_af_hver(fremmede)[:NAEVNES]), ventet=dokument_id)
    if halve:
        begyndt = next(iter(halve.values()))[:ID_VISES]
        raise Afvist(Dom.SCAN_HALVT_ID, sider=_sidetal(list(halve)), fundet=begyndt, ventet=dokument_id)


def _sidetal(numre: Sequence[int]) -> str:
    return f"side {opremsning([str(nr) for nr in numre[:NAEVNES]])}{' og flere' if len(numre) > NAEVNES else ''}"
