"""What nobody sees in a PDF and that was not issued: objects that nothing leads to, keys at its end, remarks between
its parts, words around its properties; a part of `ens`."""

import io
import re
from decimal import Decimal

from dokumenter.underskrift.ens_aftryk import Aftrykspar, aftryk, udpakket
from dokumenter.underskrift.ens_revisioner import HOEJST_REVISIONER, slutninger
from helhedsplan import pdfbytes
from helhedsplan.formats import antal

#: Of the end of a revision; the last ones are of a table that is packed as a stream.
HALENS = {
    b"Root", b"Info", b"ID", b"Size", b"Prev", b"XRefStm", b"Type", b"W", b"Index", b"Length", b"Filter",
    b"DecodeParms",
}  # fmt: skip
#: Which extensions of PDF a signer uses, and what it says of them.
UDVIDELSER = {"/ESIC": {1, 2, 5}, "/ADBE": {3, 5, 8}, "/ISO_": {32001, 32002, 32003, 32004}}
UDVIDELSENS = {"/Type", "/BaseVersion", "/ExtensionLevel"}
UDVIDET = "Filen siger, at den bruger udvidelser af PDF, men ingen har skrevet under i den."
VERSION = re.compile(r"/(1\.7|2\.0)")
#: Of a page: what programs keep for themselves.
SIDENS_SKJULTE = ("/PieceInfo", "/Metadata", "/LastModified", "/PZ", "/B")
#: How a file is written, and not what it says.
SKRIFTENS = {"/XRef", "/ObjStm"}
STROEMMENS = {"/Length", "/Filter", "/DecodeParms"}
# Packed numbers repeat themselves: of 3.525 files of 1 to 400 pages seven had twelve letters in a row, and none two
# words or a row of 20.
_BOGSTAVER = rb"A-Za-z\xc0-\xff,."
ORD = re.compile(rb"(?=[%b ]{12})[%b]{2,} [%b]{2}|[%b]{20}" % ((_BOGSTAVER,) * 4))
HINT, LINEARISERET = {f"/{navn}" for navn in "STOAEVICLRB"}, {"/Linearized", "/L", "/H", "/O", "/E", "/N", "/T", "/P"}
XMP_OMSLAG = re.compile(rb"<\?xpacket (begin|end)=[^<>?]*\?>")


def skjult(par: Aftrykspar, ny: bytes) -> None:
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
    _slags_pdf(par)
    if any(_ord_om_egenskaberne(xmp) for xmp in _hver_udgave_af_egenskaberne(par, ny)):
        fejl.append("Der står noget i filens egenskaber (XMP), som ingen læser viser.")
    if fundne := len(loese(par)):
        fejl.append(f"Der ligger {antal(fundne, 'del', 'dele')} i filen, som intet viser, og som ikke blev udstedt.")


def _slags_pdf(par: Aftrykspar) -> None:
    """Which PDF the file says that it is, and which extensions of it it uses. A signer says of them what the format of
    a signature asks for; nobody but a signer says anything of them."""
    for navn, hvad in (("/Extensions", _kendt_udvidelse), ("/Version", lambda v: VERSION.fullmatch(str(v)))):
        gammel, ny = (pdf.Root.get(navn) for pdf in (par.gammel, par.nyt))
        if ny is None or aftryk(gammel, par.foer) == aftryk(ny, par.efter):
            continue
        if not hvad(ny):
            par.fundet.fejl.append(
                "Filen siger, at den bruger udvidelser eller er af en slags, som ingen underskrift bruger."
            )
        elif navn == "/Version" or not any("/V" in felt for felt in _felterne(par.nyt)):
            par.fundet.sagt.append(f"Filen siger, at den er PDF {str(ny)[1:]}." if navn == "/Version" else UDVIDET)


def _kendt_udvidelse(udvidelser) -> bool:
    return all(
        navn == "/Type"
        or (
            navn in UDVIDELSER
            and not set(en.keys()) - UDVIDELSENS
            and str(en.get("/Type", "/DeveloperExtensions")) == "/DeveloperExtensions"
            and VERSION.fullmatch(str(en.get("/BaseVersion")))
            and en.get("/ExtensionLevel") in UDVIDELSER[navn]
        )
        for navn, en in udvidelser.items()
    )


def _felterne(pdf) -> list:
    return list((pdf.Root.get("/AcroForm") or {}).get("/Fields") or [])


def loese(par: Aftrykspar) -> list:
    """The objects that nothing leads to and that were not issued."""
    naaet = _naaet(par.nyt)
    loese = [o for o in par.nyt.objects if o is not None and o.objgen not in naaet and not _skriftens(o)]
    if not loese:
        return []
    # A fingerprint walks through nearly the whole file, so only what is not written just as it was issued is given one.
    # What that leads to is judged where the file leads to it, or is loose as well.
    numre = {o.objgen for o in loese}
    udstedte = {o.objgen: _stavet(o) for o in par.gammel.objects if o is not None and o.objgen in numre}
    loese = [o for o in loese if udstedte.get(o.objgen) != _stavet(o)]
    former = {_form(o) for o in loese}
    kendte = {aftryk(o, par.foer) for o in par.gammel.objects if o is not None and _form(o) in former}
    return [o for o in loese if aftryk(o, par.efter) not in kendte]


def _stavet(objekt) -> bytes:
    """An object as it is written, with the numbers of those that it names."""
    import pikepdf

    if isinstance(objekt, pikepdf.Stream):
        return objekt.stream_dict.unparse() + udpakket(objekt)
    return objekt.unparse(resolved=True)


def _form(objekt) -> tuple[str, ...]:
    """What two objects with the same fingerprint have alike: what they are, and their keys."""
    import pikepdf

    if isinstance(objekt, pikepdf.Stream | pikepdf.Dictionary):
        return ("stream" if isinstance(objekt, pikepdf.Stream) else "dict", *sorted(set(objekt.keys()) - STROEMMENS))
    return ("array" if isinstance(objekt, pikepdf.Array) else "andet",)


def _skriftens(objekt) -> bool:
    import pikepdf

    if isinstance(objekt, pikepdf.Stream):
        # The hints of a file that is written to be read from a network have no type.
        return str(objekt.get("/Type")) in SKRIFTENS or _er_hints(objekt)
    if isinstance(objekt, pikepdf.Dictionary) and "/Linearized" in objekt:
        return set(objekt.keys()) <= LINEARISERET and all(_er_tal(vaerdi) for _, vaerdi in objekt.items())
    if isinstance(objekt, pikepdf.Dictionary | pikepdf.Array):
        return not len(objekt)
    return not isinstance(objekt, pikepdf.String | pikepdf.Name)


def _er_tal(vaerdi) -> bool:
    """One number, or a list of them."""
    import pikepdf

    return all(isinstance(en, int | Decimal) for en in (vaerdi if isinstance(vaerdi, pikepdf.Array) else [vaerdi]))


def _er_hints(stroem) -> bool:
    """Numbers packed as bits, and no words."""
    noegler = {navn: vaerdi for navn, vaerdi in stroem.items() if navn not in STROEMMENS}
    tal = "/S" in noegler and set(noegler) <= HINT and all(isinstance(vaerdi, int) for vaerdi in noegler.values())
    return tal and not ORD.search(udpakket(stroem))


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


def _hver_udgave_af_egenskaberne(par: Aftrykspar, ny: bytes) -> list[bytes]:
    """As they are now, and in every revision before: whoever signs may write them anew."""
    import pikepdf

    fundne = [udpakket(par.nyt.Root.Metadata)] if "/Metadata" in par.nyt.Root else []
    for slut in slutninger(ny)[:-1][-HOEJST_REVISIONER:]:
        try:
            with pikepdf.open(io.BytesIO(ny[:slut])) as foer:
                fundne += [udpakket(foer.Root.Metadata)] if "/Metadata" in foer.Root else []
        except pikepdf.PdfError:  # said by `revisioner`
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
