"""A PDF that somebody hands in: can it be opened, does it do no more than be read, and what does it say?

Run as a program it reads a PDF on standard input and answers with its words; see `underproces`.
"""

import io
import json
import re
import sys
from dataclasses import dataclass
from datetime import date
from typing import Any

from helhedsplan import pdfbytes, underproces

#: Imported before the file is met (`underproces`).
FORUD = ("pikepdf", "pypdf", "pypdfium2", "pypdfium2.raw")
#: What a PDF can do besides being read.
VIRKSOMT = frozenset({"/JavaScript", "/JS", "/Launch", "/XFA", "/RichMedia"})
INDLEJREDE_FILER = "/EmbeddedFiles"
#: More than any attachment of a plan; the words of the first ones would not speak for the rest.
SIDER = 1000
#: So much of a scanned page its pictures cover, at the least.
BILLEDETS_DEL = 0.5
#: So many pages are named.
NAEVNES = 5
#: So deep nothing but a trap is nested.
DYBEST = 50
#: A moment as a PDF writes it, D:20260911101500+02'00'; one that is not told to the day is none.
PDF_DAG = re.compile(r"D:(\d{4})(\d{2})(\d{2})")


@dataclass(frozen=True)
class OmSigSelv:
    """What a file tells of itself: the words of each page, the day it was last written (None when it does not say),
    and its own identifier (b'' for none)."""

    sider: tuple[str, ...]
    dato: date | None
    fil_id: bytes


class PdfAfvist(Exception):
    """The file is not taken; `kode` is IKKE_PDF, KRYPTERET, SCRIPT, TVETYDIG, ANDETSTEDS, ULAESELIG, FOR_LANG,
    FOR_TUNG (not in time) or OPBRUGT (it would be too heavy again)."""

    def __init__(self, kode: str):
        self.kode = kode
        super().__init__(kode)


def tjek(data: bytes, *, indlejrede_filer: bool) -> None:
    """Raises Afvist when the file is not a PDF that can be opened, or does more than be read. `indlejrede_filer`:
    whether other files may lie in it, as services for signatures put their evidence there."""
    import pikepdf

    forbudt = VIRKSOMT if indlejrede_filer else VIRKSOMT | {INDLEJREDE_FILER}
    if b"%PDF-" not in data[:1024]:
        raise PdfAfvist("IKKE_PDF")
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if pdf.is_encrypted:
                raise PdfAfvist("KRYPTERET")
            if not len(pdf.pages):
                raise PdfAfvist("ULAESELIG")
            if any(_virksom(objekt, forbudt) for objekt in pdf.objects):
                raise PdfAfvist("SCRIPT")
            _tjek_bytes(data)
            if any("duplicated key" in str(advarsel) for advarsel in pdf.get_warnings()):
                raise PdfAfvist("TVETYDIG")
    except pikepdf.PasswordError as fejl:
        raise PdfAfvist("KRYPTERET") from fejl
    except (pikepdf.PdfError, ValueError, RecursionError) as fejl:
        raise PdfAfvist("ULAESELIG") from fejl


def _tjek_bytes(data: bytes) -> None:
    """Raises Afvist when two readers can show the file otherwise, or a part of it stands in another file."""
    try:
        pdfbytes.tjek(data)
    except pdfbytes.Tvetydig as fejl:
        raise PdfAfvist("TVETYDIG") from fejl
    except pdfbytes.Andetsteds as fejl:
        raise PdfAfvist("ANDETSTEDS") from fejl
    except pdfbytes.PdfForTung as fejl:
        raise PdfAfvist("OPBRUGT") from fejl


def _virksom(objekt, forbudt: frozenset[str], dybde: int = 0) -> bool:
    """Whether an object holds a program; what stands inside it is looked through too."""
    import pikepdf

    if dybde > DYBEST:
        return True
    if isinstance(objekt, pikepdf.Array):
        return any(_virksom(barn, forbudt, dybde + 1) for barn in objekt if not _henvist(barn))
    if not isinstance(objekt, pikepdf.Dictionary | pikepdf.Stream):
        return False
    noegler = set(objekt.keys())
    if noegler & forbudt or ("/S" in noegler and str(objekt["/S"]) in forbudt):
        return True
    return any(_virksom(objekt[noegle], forbudt, dybde + 1) for noegle in noegler if not _henvist(objekt.get(noegle)))


def _henvist(objekt) -> bool:
    """Looked at where it stands by itself."""
    return getattr(objekt, "is_indirect", False)


#: What a PDF does when it is opened, clicked or printed.
HANDLINGER = frozenset({
    "/URI", "/Launch", "/GoToR", "/GoToE", "/GoToDp", "/SubmitForm", "/ResetForm", "/ImportData", "/Named", "/Movie",
    "/Sound", "/Rendition", "/Hide", "/SetOCGState", "/Thread", "/Trans", "/GoTo3DView", "/JavaScript",
    "/RichMediaExecute",
})  # fmt: skip


def levende(data: bytes) -> list[str]:
    """What a file that `tjek` takes has besides what is drawn on its pages, in words; a picture has nothing."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        med_noter = [str(nr) for nr, side in enumerate(pdf.pages, 1) if len(side.obj.get("/Annots") or [])]
        rod: Any = pdf.Root
        felter = rod.AcroForm.get("/Fields") if "/AcroForm" in rod else None
        navne = set(rod.Names.keys()) if "/Names" in rod else set()
        # A place to open at does nothing.
        aabnes = isinstance(rod.get("/OpenAction"), pikepdf.Dictionary)
        handler = aabnes or any(_handler(o) for o in pdf.objects)
        fundet = {
            f"noter, links eller felter på side {', '.join(med_noter[:NAEVNES])}": med_noter,
            "felter, der kan udfyldes eller skrives under i": len(felter or []),
            "noget, der sker, når filen åbnes eller bruges": handler or "/JavaScript" in navne,
            "andre filer": "/AF" in rod or "/Collection" in rod or len(pdf.attachments),
        }
    return [hvad for hvad, er_der in fundet.items() if er_der]


def _handler(objekt, dybde: int = 0) -> bool:
    """Whether an object does something; what stands inside it is looked through too."""
    import pikepdf

    if dybde > DYBEST:
        return True
    if isinstance(objekt, pikepdf.Array):
        return any(_handler(barn, dybde + 1) for barn in objekt if not _henvist(barn))
    if not isinstance(objekt, pikepdf.Dictionary | pikepdf.Stream):
        return False
    if "/AA" in objekt or (str(objekt.get("/S")) in HANDLINGER and str(objekt.get("/Type")) != "/StructElem"):
        return True
    return any(_handler(objekt[n], dybde + 1) for n in set(objekt.keys()) if not _henvist(objekt.get(n)))


def laes_tekst(data: bytes) -> str:
    """The words of the file's pages. Raises Afvist as `laes_steder`."""
    return "\n".join(_siderne(laes_steder(data)))


def laes_scanning(data: bytes) -> tuple[list[str], list[int]]:
    """The words of a scan's text layer page by page, and the numbers of the pages that are no pictures: text or lines
    that a program has set. Raises Afvist as `laes_steder`."""
    svar = _laes(data)
    return _siderne(svar["steder"]), svar["satte"]


def _siderne(steder) -> list[str]:
    return [tekst for sted, tekst in steder if sted.startswith("Side ")]


def laes_steder(data: bytes) -> list[tuple[str, str]]:
    """(where, what) of every text in the file: pages, notes, filled-in fields, bookmarks, properties.

    Read in a process of its own. Raises Afvist when it cannot be read, or not in time.
    """
    return [(sted, tekst) for sted, tekst in _laes(data)["steder"]]


def laes_om_sig_selv(data: bytes) -> OmSigSelv:
    """Read in a process of its own. Raises Afvist as `laes_steder`."""
    svar = _laes(data)
    dage = [dag for tekst in svar["datoer"] if (dag := _pdf_dag(tekst))]
    return OmSigSelv(tuple(_siderne(svar["steder"])), max(dage, default=None), bytes.fromhex(svar["fil_id"]))


def _pdf_dag(tekst: str) -> date | None:
    fundet = PDF_DAG.match(tekst.strip())
    try:
        return date(*map(int, fundet.groups())) if fundet else None
    except ValueError:
        return None


def _laes(data: bytes) -> dict:
    try:
        svar = json.loads(underproces.koer("helhedsplan.fremmedpdf", data))
    except underproces.ForTung as fejl:
        raise PdfAfvist("OPBRUGT" if isinstance(fejl, underproces.Opbrugt) else "FOR_TUNG") from fejl
    except underproces.Mislykket as fejl:
        raise PdfAfvist("ULAESELIG") from fejl
    if "afvist" in svar:
        raise PdfAfvist(svar["afvist"])
    return svar


def _svar(data: bytes) -> dict:
    import pikepdf
    from pypdf import PdfReader

    pdf = PdfReader(io.BytesIO(data))
    if len(pdf.pages) > SIDER:
        return {"afvist": "FOR_LANG"}
    steder = [(f"Side {nr}", side.extract_text()) for nr, side in enumerate(pdf.pages, 1)]
    with pikepdf.open(io.BytesIO(data)) as fil:
        egne = _uden_for_siderne(fil)
        om = {"datoer": _datoer(fil), "fil_id": _fil_id(fil).hex()}
    return {"steder": [*steder, *egne], "satte": _satte_sider(data)} | om


def _datoer(pdf) -> list[str]:
    """When the file was made and last written, as its properties say it."""
    import pikepdf

    om = pdf.trailer.get("/Info")
    if not isinstance(om, pikepdf.Dictionary):
        return []
    return [str(v) for navn in ("/CreationDate", "/ModDate") if isinstance(v := om.get(navn), pikepdf.String)]


def _fil_id(pdf) -> bytes:
    try:
        return bytes(pdf.trailer.ID[0]) if "/ID" in pdf.trailer else b""
    except (ValueError, TypeError, IndexError, AttributeError):
        return b""


def _satte_sider(data: bytes) -> list[int]:
    """The pages that are not a picture of paper. Words that a scanner has read lie unseen behind the picture."""
    import pypdfium2 as pdfium
    import pypdfium2.raw as raa

    satte = []
    pdf = pdfium.PdfDocument(data)
    for nr, side in enumerate(pdf, 1):
        alt = list(side.get_objects())
        billeder = sum(_flade(*o.get_bounds()) for o in alt if o.type == raa.FPDF_PAGEOBJ_IMAGE)
        tekst = [o for o in alt if o.type == raa.FPDF_PAGEOBJ_TEXT]
        ses = any(raa.FPDFTextObj_GetTextRenderMode(o.raw) != raa.FPDF_TEXTRENDERMODE_INVISIBLE for o in tekst)
        er_billede = not alt or billeder >= BILLEDETS_DEL * _flade(0, 0, *side.get_size())
        if ses or not er_billede:
            satte.append(nr)
    return satte


def _flade(venstre: float, bund: float, hoejre: float, top: float) -> float:
    return (hoejre - venstre) * (top - bund)


def _uden_for_siderne(pdf) -> list[tuple[str, str]]:
    """Every string of the file that is not drawn on a page: a number may hide in a note, a field or the properties."""
    import pikepdf

    navne = {"/Contents": "En note", "/V": "Et udfyldt felt", "/Title": "Filens egenskaber eller bogmærker"}
    med = {*navne, "/Author", "/Subject", "/Keywords", "/TU", "/T", "/Alt", "/DV", "/RC", "/URI", "/Creator"}
    fundne: list[tuple[str, str]] = []
    for objekt in [*pdf.objects, pdf.trailer.get("/Info")]:
        _tekster_i(objekt, med, navne, fundne)
    rod = pdf.Root.get("/Metadata")
    if isinstance(rod, pikepdf.Stream):
        fundne.append(("Filens egenskaber", rod.read_bytes().decode("utf-8", "replace")))
    return fundne


def _tekster_i(objekt, med: set[str], navne: dict[str, str], fundne: list, dybde: int = 0) -> None:
    import pikepdf

    if dybde > DYBEST or not isinstance(objekt, pikepdf.Array | pikepdf.Dictionary | pikepdf.Stream):
        return
    if isinstance(objekt, pikepdf.Array):
        for barn in objekt:
            if not _henvist(barn):
                _tekster_i(barn, med, navne, fundne, dybde + 1)
        return
    for noegle in objekt.keys():  # noqa: SIM118 -- a dictionary of the PDF
        vaerdi = objekt.get(noegle)
        if noegle in med and isinstance(vaerdi, pikepdf.String):
            fundne.append((navne.get(noegle, "Filens egenskaber"), str(vaerdi)))
        elif not _henvist(vaerdi):
            _tekster_i(vaerdi, med, navne, fundne, dybde + 1)


def main() -> None:
    underproces.begraens()
    sys.stdout.write(json.dumps(_svar(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
