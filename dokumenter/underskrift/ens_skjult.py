"""What nobody sees in a PDF and that was not issued: objects that nothing leads to, keys at its end, remarks between
its parts, words around its properties; a part of `ens`."""

import io
import re

from dokumenter.underskrift.ens_aftryk import Par, aftryk, udpakket
from dokumenter.underskrift.ens_udenfor import SLUTNING
from helhedsplan import pdfbytes

#: Of the end of a revision; the last ones are of a table that is packed as a stream.
HALENS = {
    b"Root", b"Info", b"ID", b"Size", b"Prev", b"XRefStm", b"Type", b"W", b"Index", b"Length", b"Filter",
    b"DecodeParms",
}  # fmt: skip
#: Which extensions of PDF a signer uses, and what it says of them.
UDVIDELSER, UDVIDELSENS = {"/ESIC", "/ADBE", "/ISO_"}, {"/Type", "/BaseVersion", "/ExtensionLevel"}
VERSION = re.compile(r"/(1\.7|2\.0)")
#: Of a page: what programs keep for themselves.
SIDENS_SKJULTE = ("/PieceInfo", "/Metadata", "/LastModified", "/PZ", "/B")
#: How a file is written, and not what it says.
SKRIFTENS = {"/XRef", "/ObjStm"}
#: As many as a paper with all its signatures and timestamps has, and more.
HOEJST_REVISIONER = 60
HINT, LINEARISERET = {"/Length", "/S"}, {"/Linearized", "/L", "/H", "/O", "/E", "/N", "/T", "/P"}
XMP_OMSLAG = re.compile(rb"<\?xpacket (begin|end)=[^<>?]*\?>")


def skjult(par: Par, ny: bytes) -> None:
    """Both before the first signature and after it: an honest signer adds none of this."""
    fejl = par.fundet.fejl
    if andre := sorted({n.decode("latin-1") for hale in pdfbytes.haler(ny) for n in hale - HALENS}):
        fejl.append(f"Der står noget ved filens slutning, som ingen læser viser ({', '.join(andre)[:80]}).")
    if pdfbytes.uden_for(ny):
        fejl.append("Der står noget mellem filens dele, som ingen læser viser.")
    for nr, (udstedt, side) in enumerate(zip(par.gammel.pages, par.nyt.pages, strict=False), 1):
        fejl += [
            f"Side {nr}: Siden har skjulte oplysninger med sig ({navn[1:]})."
            for navn in SIDENS_SKJULTE
            if aftryk(udstedt.obj.get(navn), par.foer) != aftryk(side.obj.get(navn), par.efter)
        ]
    rod = par.nyt.Root
    udvidelser = rod.get("/Extensions") or {}
    if set(udvidelser.keys()) - UDVIDELSER - {"/Type"} or any(
        set(en.keys()) - UDVIDELSENS for navn, en in udvidelser.items() if navn != "/Type"
    ):
        fejl.append("Filen siger, at den bruger udvidelser, som ingen underskrift bruger.")
    if "/Version" in rod and not VERSION.fullmatch(str(rod.Version)):
        fejl.append("Filen siger, at den er af en anden slags PDF.")
    if any(_ord_om_egenskaberne(xmp) for xmp in _hver_udgave_af_egenskaberne(par, ny)):
        fejl.append("Der står noget i filens egenskaber (XMP), som ingen læser viser.")
    if antal := len(_loese(par)):
        fejl.append(f"Der ligger {antal} dele i filen, som intet viser, og som ikke blev udstedt.")


def _loese(par: Par) -> list:
    """The objects that nothing leads to and that were not issued."""
    naaet = _naaet(par.nyt)
    loese = [o for o in par.nyt.objects if o is not None and o.objgen not in naaet and not _skriftens(o)]
    if not loese:
        return []
    udstedte = {aftryk(o, par.foer) for o in par.gammel.objects}
    return [o for o in loese if aftryk(o, par.efter) not in udstedte]


def _skriftens(objekt) -> bool:
    import pikepdf

    if isinstance(objekt, pikepdf.Stream):
        # The hints of a file that is written to be read from a network have no type.
        return str(objekt.get("/Type")) in SKRIFTENS or HINT <= set(objekt.keys()) <= HINT | {"/Filter", "/DecodeParms"}
    if isinstance(objekt, pikepdf.Dictionary) and "/Linearized" in objekt:
        return set(objekt.keys()) <= LINEARISERET
    if isinstance(objekt, pikepdf.Dictionary | pikepdf.Array):
        return not len(objekt)
    return not isinstance(objekt, pikepdf.String | pikepdf.Name)


def _naaet(pdf) -> set:
    """The numbers of all objects that the file's end leads to."""
    import pikepdf

    naaet: set = set()
    stak = [vaerdi for navn, vaerdi in pdf.trailer.items() if navn in {"/Root", "/Info"}]
    while stak:
        objekt = stak.pop()
        if not isinstance(objekt, pikepdf.Dictionary | pikepdf.Array | pikepdf.Stream):
            if getattr(objekt, "is_indirect", False):
                naaet.add(objekt.objgen)
            continue
        if objekt.is_indirect:
            if objekt.objgen in naaet:
                continue
            naaet.add(objekt.objgen)
        stak += list(objekt) if isinstance(objekt, pikepdf.Array) else [objekt[n] for n in objekt.keys()]  # noqa: SIM118
    return naaet


def _hver_udgave_af_egenskaberne(par: Par, ny: bytes) -> list[bytes]:
    """As they are now, and in every revision before: whoever signs may write them anew."""
    import pikepdf

    fundne = [udpakket(par.nyt.Root.Metadata)] if "/Metadata" in par.nyt.Root else []
    for slut in list(SLUTNING.finditer(ny))[:-1][-HOEJST_REVISIONER:]:
        try:
            with pikepdf.open(io.BytesIO(ny[: slut.end()])) as foer:
                fundne += [udpakket(foer.Root.Metadata)] if "/Metadata" in foer.Root else []
        except pikepdf.PdfError:  # the first of the two ends of a file that is written to be read from a network
            continue
    return fundne


def _ord_om_egenskaberne(xmp: bytes) -> bool:
    """Whether there are words beside the properties themselves: remarks, instructions, padding that is not blank."""
    from xml.etree import ElementTree as ET

    try:
        bygger = ET.TreeBuilder(insert_comments=True, insert_pis=True)
        rod = ET.parse(io.BytesIO(XMP_OMSLAG.sub(b"", xmp).strip()), ET.XMLParser(target=bygger)).getroot()  # noqa: S314
    except (ET.ParseError, ValueError):
        return True
    if b"<!DOCTYPE" in xmp or b"<!ENTITY" in xmp:
        return True
    return any(
        not isinstance(e.tag, str) or (e.tail or "").strip() or (len(e) and (e.text or "").strip()) for e in rod.iter()
    )
