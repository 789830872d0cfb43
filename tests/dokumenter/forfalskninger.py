"""Ways of changing an issued paper: name -> a function of the bytes.

Each opens in a viewer as a whole PDF, and most show the same words to who compares nothing but words. The paper is
written anew, or, inside `fortsat`, the change is put after the bytes that are there, which then stay as they were.
"""

import io
import re
import zipfile
from contextlib import contextmanager
from contextvars import ContextVar

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from helhedsplan.pdf import html_til_pdf

_fortsaettes = ContextVar("fortsaettes", default=False)


@contextmanager
def fortsat():
    maerke = _fortsaettes.set(True)
    try:
        yield
    finally:
        _fortsaettes.reset(maerke)


def _aendret(pdf: bytes, goer) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as dokument:
        foer = {objekt.objgen: _som_bytes(objekt) for objekt in dokument.objects}
        goer(dokument)
        if _fortsaettes.get():
            efter = {objekt.objgen: _som_bytes(objekt) for objekt in dokument.objects}
            return _med_ny_revision(pdf, dokument, {n: b for n, b in efter.items() if foer.get(n) != b})
        ud = io.BytesIO()
        dokument.save(ud)
    return ud.getvalue()


def _som_bytes(objekt) -> bytes:
    if not isinstance(objekt, Stream):
        return objekt.unparse(resolved=True)
    data = objekt.read_raw_bytes()
    hoved = Dictionary(objekt.stream_dict)
    hoved.Length = len(data)
    return hoved.unparse(resolved=True) + b"\nstream\n" + data + b"\nendstream"


def _med_ny_revision(pdf: bytes, dokument, aendrede: dict) -> bytes:
    """The old bytes, then the objects that have changed and a table of where they are (ISO 32000-1, 7.5.6)."""
    ud, steder = pdf + b"\n", {}
    for (nummer, generation), data in sorted(aendrede.items()):
        steder[nummer] = len(ud)
        ud += b"%d %d obj\n%s\nendobj\n" % (nummer, generation, data)
    xref = len(ud)
    ud += b"xref\n" + b"".join(b"%d 1\n%010d 00000 n \n" % sted for sted in steder.items())
    gammel = int(pdf.rpartition(b"startxref")[2].split()[0])
    trailer = Dictionary({n: v for n, v in dokument.trailer.items() if n in {"/Root", "/Info", "/ID"}})
    trailer.Prev, trailer.Size = gammel, max(n for n, _ in (o.objgen for o in dokument.objects)) + 1
    return ud + b"trailer\n" + trailer.unparse(resolved=True) + b"\nstartxref\n%d\n%%%%EOF\n" % xref


def _note(dokument, side: int = 0, **felter) -> None:
    note = dokument.make_indirect(Dictionary(Type=Name.Annot, Rect=[60, 300, 320, 360], F=4, **felter))
    noter = dokument.pages[side].obj.get("/Annots")
    if noter is None:
        dokument.pages[side].obj.Annots = Array([note])
    else:
        noter.append(note)


def _tegn(dokument, ops: bytes, side: int = 0) -> None:
    dokument.pages[side].contents_add(Stream(dokument, ops), prepend=False)


def _skrifttype(dokument, side: int = 0) -> bytes:
    """An extra font on the page, by name."""
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    ressourcer = dokument.pages[side].obj.Resources
    if "/Font" not in ressourcer:
        ressourcer.Font = Dictionary()
    ressourcer.Font["/Fx"] = dokument.make_indirect(font)
    return b"/Fx"


def fritekst(pdf: bytes) -> bytes:
    ord_ = String("Kommunen betaler 9.000.000 kr.")
    return _aendret(pdf, lambda d: _note(d, Subtype=Name.FreeText, Contents=ord_, DA=String("/Helv 12 Tf 0 g")))


def stempel(pdf: bytes) -> bytes:
    return _aendret(pdf, lambda d: _note(d, Subtype=Name.Stamp, Contents=String("Kommunen betaler det hele")))


def blaek(pdf: bytes) -> bytes:
    streg = Array([Array([60, 300, 200, 310, 320, 360])])
    return _aendret(pdf, lambda d: _note(d, Subtype=Name.Ink, InkList=streg, C=Array([1, 0, 0])))


def overstregning(pdf: bytes) -> bytes:
    return _aendret(pdf, lambda d: _note(d, Subtype=Name.Redact, IC=Array([0, 0, 0])))


def ramme(pdf: bytes) -> bytes:
    return _aendret(pdf, lambda d: _note(d, Subtype=Name.Square, IC=Array([1, 1, 1]), C=Array([1, 1, 1])))


def hvid_kasse(pdf: bytes) -> bytes:
    return _aendret(pdf, lambda d: _tegn(d, b"q 1 1 1 rg 0 40 595 700 re f Q"))


def billede_af_tekst(pdf: bytes) -> bytes:
    def goer(d):
        billede = Stream(d, bytes([255, 0, 0]) * 64)
        for navn, vaerdi in {
            "/Type": Name.XObject,
            "/Subtype": Name.Image,
            "/Width": 8,
            "/Height": 8,
            "/ColorSpace": Name.DeviceRGB,
            "/BitsPerComponent": 8,
        }.items():
            billede[navn] = vaerdi
        ressourcer = d.pages[0].obj.Resources
        if "/XObject" not in ressourcer:
            ressourcer.XObject = Dictionary()
        ressourcer.XObject["/Falsk"] = d.make_indirect(billede)
        _tegn(d, b"q 200 0 0 40 60 650 cm /Falsk Do Q")

    return _aendret(pdf, goer)


def _en_side(tekst: str) -> bytes:
    return html_til_pdf(f'<html lang="da"><body><h1>{tekst}</h1></body></html>', identifikator="x", titel="")


def _med_side(pdf: bytes, plads: int | None, tekst: str = "Tillæg: kommunen betaler 9.000.000 kr.") -> bytes:
    def goer(d):
        with pikepdf.open(io.BytesIO(_en_side(tekst))) as andet:
            if plads is None:
                d.pages.extend(andet.pages)
            else:
                d.pages.insert(plads, andet.pages[0])

    return _aendret(pdf, goer)


def side_bagest(pdf: bytes) -> bytes:
    return _med_side(pdf, None)


def side_foran(pdf: bytes) -> bytes:
    return _med_side(pdf, 0)


def side_midt_i(pdf: bytes) -> bytes:
    return _med_side(pdf, 1)


def side_skiftet(pdf: bytes) -> bytes:
    def goer(d):
        with pikepdf.open(io.BytesIO(_en_side("Noget andet er aftalt."))) as andet:
            d.pages[1] = andet.pages[0]

    return _aendret(pdf, goer)


def side_fjernet(pdf: bytes) -> bytes:
    return _aendret(pdf, lambda d: d.pages.__delitem__(1))


def sider_byttet(pdf: bytes) -> bytes:
    def goer(d):
        foerste = d.pages[0]
        del d.pages[0]
        d.pages.append(foerste)

    return _aendret(pdf, goer)


def side_drejet(pdf: bytes) -> bytes:
    return _aendret(pdf, lambda d: d.pages[0].rotate(180, relative=False))


def side_beskaaret(pdf: bytes) -> bytes:
    def goer(d):
        d.pages[0].obj.CropBox = Array([0, 0, 595, 500])

    return _aendret(pdf, goer)


def vedhaeftet_fil(pdf: bytes) -> bytes:
    def goer(d):
        d.attachments["tillaeg.txt"] = pikepdf.AttachedFileSpec(d, b"Kommunen betaler", filename="tillaeg.txt")

    return _aendret(pdf, goer)


def formularfelt(pdf: bytes) -> bytes:
    def goer(d):
        felt = d.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("beloeb"), V=String("9.000.000"),
                Rect=[60, 300, 320, 330], F=4,
            )
        )  # fmt: skip
        d.pages[0].obj.Annots = Array([*list(d.pages[0].obj.get("/Annots") or []), felt])
        d.Root.AcroForm.Fields.append(felt)

    return _aendret(pdf, goer)


def skjult_lag(pdf: bytes) -> bytes:
    def goer(d):
        lag = d.make_indirect(Dictionary(Type=Name.OCG, Name=String("Tillæg")))
        d.Root.OCProperties = Dictionary(OCGs=[lag], D=Dictionary(OFF=[lag], Order=[lag]))
        font = _skrifttype(d)
        d.pages[0].obj.Resources["/Properties"] = Dictionary(L0=lag)
        _tegn(d, b"/OC /L0 BDC q BT " + font + b" 12 Tf 60 300 Td (Kommunen betaler) Tj ET Q EMC")

    return _aendret(pdf, goer)


def _fonte(d):
    return [font for font in d.pages[0].obj.Resources.Font.values() if "/ToUnicode" in font]


def andre_ord_bag_bogstaverne(pdf: bytes) -> bytes:
    """The letters look the same; who copies or searches reads other words."""

    def goer(d):
        font = _fonte(d)[0]
        kort = bytes(font.ToUnicode.read_bytes())
        font.ToUnicode = d.make_stream(kort.replace(b"<0061>", b"<0062>").replace(b"<0065>", b"<006f>"))

    return _aendret(pdf, goer)


def andre_bogstaver(pdf: bytes) -> bytes:
    """Another font: the same codes draw other letters, and are read as the same words."""

    def goer(d):
        font = _fonte(d)[0]
        efterkommer = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        efterkommer["/CIDToGIDMap"] = d.make_stream(b"\x00\x03" * 4000)
        if "/W" in efterkommer:
            efterkommer.W = Array([])

    return _aendret(pdf, goer)


def linket_foerer_andetsteds(pdf: bytes) -> bytes:
    def goer(d):
        for note in d.pages[0].obj.Annots:
            if "/A" in note and "/URI" in note.A:
                note.A.URI = String("https://eksempel.invalid/andet")

    return _aendret(pdf, goer)


def anden_titel(pdf: bytes) -> bytes:
    return _aendret(pdf, lambda d: d.docinfo.__setitem__("/Title", "Noget andet"))


def anden_titel_i_xmp(pdf: bytes) -> bytes:
    def goer(d):
        with d.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
            xmp["dc:title"] = "Noget andet"

    return _aendret(pdf, goer)


def usynlig_tekst(pdf: bytes) -> bytes:
    def goer(d):
        _tegn(d, b"q BT " + _skrifttype(d) + b" 12 Tf 3 Tr 60 300 Td (Kommunen betaler 9.000.000 kr.) Tj ET Q")

    return _aendret(pdf, goer)


def hvid_tekst(pdf: bytes) -> bytes:
    def goer(d):
        _tegn(d, b"q 1 1 1 rg BT " + _skrifttype(d) + b" 12 Tf 60 300 Td (Kommunen betaler) Tj ET Q")

    return _aendret(pdf, goer)


def bitte_tekst(pdf: bytes) -> bytes:
    def goer(d):
        _tegn(d, b"q BT " + _skrifttype(d) + b" 0.1 Tf 60 300 Td (Kommunen betaler) Tj ET Q")

    return _aendret(pdf, goer)


def naesten_hvid_kasse(pdf: bytes) -> bytes:
    return _aendret(pdf, lambda d: _tegn(d, b"q 0.996 0.996 0.996 rg 50 300 40 40 re f Q"))


def script(pdf: bytes) -> bytes:
    def goer(d):
        d.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert('x')"))

    return _aendret(pdf, goer)


def handling_ved_aabning(pdf: bytes) -> bytes:
    def goer(d):
        d.Root.OpenAction = Dictionary(S=Name.URI, URI=String("https://eksempel.invalid/"))

    return _aendret(pdf, goer)


def anden_oplaesning(pdf: bytes) -> bytes:
    """A screen reader says other words than the page shows."""

    def goer(d):
        for objekt in d.objects:
            if isinstance(objekt, Dictionary) and objekt.get("/S") == Name.P:
                objekt["/ActualText"] = String("Kommunen betaler det hele.")
                return

    return _aendret(pdf, goer)


def bogmaerke(pdf: bytes) -> bytes:
    def goer(d):
        with d.open_outline() as bogmaerker:
            bogmaerker.root.append(pikepdf.OutlineItem("Kommunen betaler", 0))

    return _aendret(pdf, goer)


def tegnet_i_en_ny_revision(pdf: bytes) -> bytes:
    """The issued bytes are its beginning: an incremental update draws over them."""
    from tests.dokumenter.signering import tilfoej_indhold

    return tilfoej_indhold(pdf)


# --- what two readers, a printer or a screen reader take otherwise ---------------------------------------------------


def _to_tabeller(pdf: bytes, navn: bytes) -> bytes:
    """A revision whose plain table says that nothing is new, while a hidden one beside it changes the first page."""
    with fortsat():
        ny = hvid_kasse(pdf)
    hoved = ny[len(pdf) : ny.rindex(b"\nxref\n") + 1]
    steder = {int(m[1]): len(pdf) + m.start(1) for m in re.finditer(rb"(?m)^(\d+) 0 obj", hoved)}
    stroem = len(pdf) + len(hoved)
    poster = b"".join(bytes([1]) + sted.to_bytes(4, "big") + b"\0" for sted in steder.values())
    indeks = b" ".join(b"%d 1" % nummer for nummer in steder)
    stoerst = max(steder) + 10
    ordbog = b"<< /Type /XRef /Size %d /W [1 4 1] /Index [%s] /Length %d >>" % (stoerst + 1, indeks, len(poster))
    skjult = b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (stoerst, ordbog, poster)
    ud = pdf + hoved + skjult
    gammel = ny.rpartition(b"trailer\n")[2].partition(b"\nstartxref")[0]
    trailer = gammel.rstrip().removesuffix(b">>") + b" %s %d >>" % (navn, stroem)
    return ud + b"xref\n0 0\ntrailer\n" + trailer + b"\nstartxref\n%d\n%%%%EOF\n" % len(ud)


def to_tabeller(pdf: bytes) -> bytes:
    return _to_tabeller(pdf, b"/XRefStm")


def to_tabeller_under_andet_navn(pdf: bytes) -> bytes:
    """The same name, spelt otherwise."""
    return _to_tabeller(pdf, b"/XRef#53tm")


def objekter_i_en_stroem(pdf: bytes) -> bytes:
    """The page's new words lie packed in an object stream that overrides the objects of before."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import ArrayObject, FloatObject, NameObject

    if not _fortsaettes.get():
        ud = io.BytesIO()
        with pikepdf.open(io.BytesIO(hvid_kasse(pdf))) as dokument:
            dokument.save(ud, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return ud.getvalue()
    skriver = PdfWriter(PdfReader(io.BytesIO(pdf)), incremental=True)
    skriver.pages[0][NameObject("/CropBox")] = ArrayObject([FloatObject(v) for v in (0, 0, 595, 500)])
    ud = io.BytesIO()
    skriver.write(ud)
    return ud.getvalue()


def drejet_i_sidetraeet(pdf: bytes) -> bytes:
    """Turned by what every page inherits."""
    return _aendret(pdf, lambda d: d.Root.Pages.__setitem__("/Rotate", 180))


def stoerre_enhed(pdf: bytes) -> bytes:
    return _aendret(pdf, lambda d: d.pages[0].obj.__setitem__("/UserUnit", 2))


def _et_andet_sted() -> Dictionary:
    return Dictionary(S=Name.URI, URI=String("https://eksempel.invalid/andet"))


def handling_paa_siden(pdf: bytes) -> bytes:
    return _aendret(pdf, lambda d: d.pages[0].obj.__setitem__("/AA", Dictionary(O=_et_andet_sted())))


def handling_ved_udskrift(pdf: bytes) -> bytes:
    return _aendret(pdf, lambda d: d.Root.__setitem__("/AA", Dictionary(WP=_et_andet_sted())))


def lag_kun_paa_tryk(pdf: bytes) -> bytes:
    """Off on the screen, on at the printer."""

    def goer(d):
        brug = Dictionary(Print=Dictionary(PrintState=Name.ON), View=Dictionary(ViewState=Name.OFF))
        lag = d.make_indirect(Dictionary(Type=Name.OCG, Name=String("Tryk"), Usage=brug))
        haendelser = [Dictionary(Event=navn, OCGs=[lag], Category=[navn]) for navn in (Name.Print, Name.View)]
        d.Root.OCProperties = Dictionary(OCGs=[lag], D=Dictionary(OFF=[lag], AS=haendelser))
        font = _skrifttype(d)
        d.pages[0].obj.Resources["/Properties"] = Dictionary(L0=lag)
        _tegn(d, b"/OC /L0 BDC q BT " + font + b" 12 Tf 60 300 Td (Kommunen betaler) Tj ET Q EMC")

    return _aendret(pdf, goer)


def _udseende(d):
    form = Stream(d, b"q 1 0 0 rg 0 0 260 60 re f Q")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 260, 60])
    return d.make_indirect(form)


def note_kun_paa_tryk(pdf: bytes) -> bytes:
    """Printed, and not shown (flags Print and NoView)."""

    def goer(d):
        _note(d, Subtype=Name.Stamp, AP=Dictionary(N=_udseende(d)))
        d.pages[0].obj.Annots[-1].F = 4 | 32

    return _aendret(pdf, goer)


def xfa(pdf: bytes) -> bytes:
    """A form that some readers show in place of the pages."""
    return _aendret(pdf, lambda d: d.Root.AcroForm.__setitem__("/XFA", d.make_stream(b"<xdp:xdp/>")))


def _afsnit_i_traeet(d) -> list:
    return [o for o in d.objects if isinstance(o, Dictionary) and o.get("/S") in (Name.P, Name.H1, Name.H2)]


def anden_laeseorden(pdf: bytes) -> bytes:
    """A heading and a paragraph are read in each other's place."""

    def goer(d):
        en, anden = _afsnit_i_traeet(d)[:2]
        en.K, anden.K = anden.K, en.K

    return _aendret(pdf, goer)


def andre_roller(pdf: bytes) -> bytes:
    """What is a paragraph is passed over as an artefact."""
    return _aendret(pdf, lambda d: d.Root.StructTreeRoot.__setitem__("/RoleMap", Dictionary(P=Name.Artifact)))


def andet_navn_paa_figuren(pdf: bytes) -> bytes:
    return _aendret(pdf, lambda d: _afsnit_i_traeet(d)[0].__setitem__("/Alt", String("Kommunen betaler det hele.")))


def uden_opmaerkning(pdf: bytes) -> bytes:
    """Readers are told to guess what stands on the pages."""
    return _aendret(pdf, lambda d: d.Root.__setitem__("/MarkInfo", Dictionary(Marked=False)))


def andre_ord_i_indholdet(pdf: bytes) -> bytes:
    """The words that are read and copied are said in the page's own contents."""

    def goer(d):
        side = d.pages[0]
        dele = side.obj.Contents if isinstance(side.obj.Contents, Array) else [side.obj.Contents]
        ops = b"".join(del_.read_bytes() + b"\n" for del_ in dele)
        ops = b"/Span << /ActualText (Kommunen betaler det hele) >> BDC\n" + ops + b"\nEMC"
        side.obj.Contents = d.make_stream(ops)

    return _aendret(pdf, goer)


def tilknyttet_fil(pdf: bytes) -> bytes:
    """A file in the file that stands in no list of attachments."""

    def goer(d):
        fil = d.make_stream(b"Kommunen betaler", Type=Name.EmbeddedFile)
        d.Root.AF = Array(
            [d.make_indirect(Dictionary(Type=Name.Filespec, F=String("tillaeg.txt"), EF=Dictionary(F=fil)))]
        )

    return _aendret(pdf, goer)


def samling(pdf: bytes) -> bytes:
    """The file opens as a folder of files, and not as the paper."""
    return _aendret(pdf, lambda d: d.Root.__setitem__("/Collection", Dictionary(View=Name.D)))


def grundlag_for_links(pdf: bytes) -> bytes:
    return _aendret(pdf, lambda d: d.Root.__setitem__("/URI", Dictionary(Base=String("https://eksempel.invalid/"))))


def egen_egenskab(pdf: bytes) -> bytes:
    return _aendret(pdf, lambda d: d.docinfo.__setitem__("/Aftale", "Kommunen betaler 9.000.000 kr."))


def anden_dato(pdf: bytes) -> bytes:
    """The paper is said to be older than it is."""
    return _aendret(pdf, lambda d: d.docinfo.__setitem__("/CreationDate", "D:20100101120000Z"))


def tomt_felt_med_handling(pdf: bytes) -> bytes:
    """An empty place for a signature, unseen, that does something and is called something."""

    def goer(d):
        felt = d.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T=String("Felt9"), Rect=[0, 0, 0, 0], F=132,
                TU=String("Kommunen betaler det hele."), AA=Dictionary(E=_et_andet_sted()),
            )
        )  # fmt: skip
        d.pages[0].obj.Annots = Array([*list(d.pages[0].obj.get("/Annots") or []), felt])
        d.Root.AcroForm.Fields.append(felt)

    return _aendret(pdf, goer)


def to_filer_i_en(pdf: bytes) -> bytes:
    """Another whole paper after this one."""
    return pdf + _en_side("Noget andet er aftalt.")


def side_foran_filen(pdf: bytes) -> bytes:
    """The same file opens in a browser as a page of other words."""
    return b"<!doctype html><p>Kommunen betaler 9.000.000 kr.</p>\n" + pdf


def arkiv_bagest(pdf: bytes) -> bytes:
    """The same file opens as an archive with another paper in it."""
    ud = io.BytesIO()
    with zipfile.ZipFile(ud, "w") as arkiv:
        arkiv.writestr("tillaeg.txt", "Kommunen betaler 9.000.000 kr.")
    return pdf + ud.getvalue()


# --- what is said twice, or elsewhere -------------------------------------------------------------------------------


def _skrevet_til(pdf: bytes, aendrede) -> bytes:
    """Objects as they are spelt, in a revision of their own: number -> bytes of `aendrede(document, free number)`."""
    with pikepdf.open(io.BytesIO(pdf)) as dokument:
        ledig = int(dokument.trailer.Size)
        nye = dict(aendrede(dokument, ledig).items())
        dokument.make_indirect(Dictionary())
        return _med_ny_revision(pdf, dokument, {(nummer, 0): data for nummer, data in nye.items()})


def _med_foran(objekt, noegler: bytes) -> dict[int, bytes]:
    """An object with keys put in front of its own, so that one of them stands there twice."""
    data = _som_bytes(objekt)
    return {objekt.objgen[0]: b"<< " + noegler + b" " + data.removeprefix(b"<<")}


ROED = b"1 0 0 rg 60 60 300 300 re f"


def _rod_stroem(nummer: int) -> dict[int, bytes]:
    return {nummer: b"<< /Length %d >>\nstream\n%s\nendstream" % (len(ROED), ROED)}


def to_slags_indhold(pdf: bytes) -> bytes:
    """Readers that take the first of two equal keys show other contents."""
    return _skrevet_til(pdf, lambda d, nr: _med_foran(d.pages[0].obj, b"/Contents %d 0 R" % nr) | _rod_stroem(nr))


def to_slags_indhold_stavet_med_tal(pdf: bytes) -> bytes:
    return _skrevet_til(pdf, lambda d, nr: _med_foran(d.pages[0].obj, b"/#43ontent#73 %d 0 R" % nr) | _rod_stroem(nr))


def to_maal_paa_siden(pdf: bytes) -> bytes:
    return _skrevet_til(pdf, lambda d, nr: _med_foran(d.pages[0].obj, b"/MediaBox [0 400 595 842]"))


def drejet_to_gange(pdf: bytes) -> bytes:
    return _skrevet_til(pdf, lambda d, nr: _med_foran(d.pages[0].obj, b"/Rotate 180 /Rotate 0"))


def to_saet_noter(pdf: bytes) -> bytes:
    return _skrevet_til(pdf, lambda d, nr: _med_foran(d.pages[0].obj, b"/Annots [] /Annots []"))


def oplaest_paa_to_maader(pdf: bytes) -> bytes:
    ord_ = b"/ActualText (Kommunen betaler det hele) /ActualText (Kommunen)"
    return _skrevet_til(pdf, lambda d, nr: _med_foran(_afsnit_i_traeet(d)[0], ord_))


def to_handlinger_ved_aabning(pdf: bytes) -> bytes:
    """The last says that nothing happens."""
    handling = b"/OpenAction << /S /URI /URI (https://eksempel.invalid/) >> /OpenAction null"
    return _skrevet_til(pdf, lambda d, nr: _med_foran(d.Root, handling))


def to_pakninger(pdf: bytes) -> bytes:
    def goer(d, nr):
        dele = d.pages[0].obj.Contents
        return _med_foran(dele[0] if isinstance(dele, Array) else dele, b"/Filter []")

    return _skrevet_til(pdf, goer)


def to_i_en_gammel_revision(pdf: bytes) -> bytes:
    """Said twice in a revision that a later one has put straight."""
    with pikepdf.open(io.BytesIO(pdf)) as dokument:
        side = dokument.pages[0].obj
        rigtig = {side.objgen[0]: _som_bytes(side)}
    return _skrevet_til(to_slags_indhold(pdf), lambda d, nr: rigtig)


def indhold_udefra(pdf: bytes) -> bytes:
    """The page's contents stand in a file somewhere else."""

    def goer(d, nr):
        dele = d.pages[0].obj.Contents
        udefra = b"/F (https://eksempel.invalid/x) /FFilter /FlateDecode"
        return _med_foran(dele[0] if isinstance(dele, Array) else dele, udefra)

    return _skrevet_til(pdf, goer)


def skrift_udefra(pdf: bytes) -> bytes:
    return _aendret(pdf, lambda d: _fonte(d)[0].ToUnicode.__setitem__("/F", String("https://eksempel.invalid/x")))


# --- what nobody sees ------------------------------------------------------------------------------------------------


def skjult_paa_siden(pdf: bytes) -> bytes:
    ord_ = Dictionary(Aftale=Dictionary(Private=String("Kommunen betaler det hele.")))
    return _aendret(pdf, lambda d: d.pages[0].obj.__setitem__("/PieceInfo", ord_))


def egenskaber_paa_siden(pdf: bytes) -> bytes:
    return _aendret(pdf, lambda d: d.pages[0].obj.__setitem__("/Metadata", d.make_stream(b"<x>Kommunen betaler</x>")))


def bemaerkning_i_xmp(pdf: bytes) -> bytes:
    def goer(d):
        xmp = d.Root.Metadata.read_bytes()
        d.Root.Metadata.write(xmp.replace(b"</rdf:RDF>", b"<!-- Kommunen betaler det hele --></rdf:RDF>"))

    return _aendret(pdf, goer)


def loest_objekt(pdf: bytes) -> bytes:
    """Nothing leads to it."""
    return _skrevet_til(pdf, lambda d, nr: _rod_stroem(nr))


def ord_mellem_delene(pdf: bytes) -> bytes:
    return _skrevet_til(
        pdf, lambda d, nr: {d.pages[0].obj.objgen[0]: b"% Kommunen betaler\n" + _som_bytes(d.pages[0].obj)}
    )


def ord_i_halen(pdf: bytes) -> bytes:
    ny = _skrevet_til(pdf, lambda d, nr: {d.pages[0].obj.objgen[0]: _som_bytes(d.pages[0].obj)})
    foran, _, bag = ny.rpartition(b"trailer\n<<")
    return foran + b"trailer\n<< /Aftale (Kommunen betaler) " + bag


def fremmed_udvidelse(pdf: bytes) -> bytes:
    udvidelse = Dictionary(ESIC=Dictionary(BaseVersion=Name("/1.7"), Aftale=String("Kommunen betaler")))
    return _aendret(pdf, lambda d: d.Root.__setitem__("/Extensions", udvidelse))


# --- where nobody looks: beside the objects, in dictionaries of their own, in what one reader alone heeds -------------

HEMMELIGT = b"Kommunen betaler det hele"
ORD = String(HEMMELIGT.decode())


def tavst_indhold(pdf: bytes) -> bytes:
    """Other parts of the tree belong to the page: what is read aloud when is turned round."""

    def goer(d):
        en, anden = d.pages[0].obj, d.pages[1].obj
        en.StructParents, anden.StructParents = anden.StructParents, en.StructParents

    return _aendret(pdf, goer)


def _linket(d):
    return next(n for side in d.pages for n in side.obj.get("/Annots") or [] if str(n.get("/Subtype")) == "/Link")


def linkets_navn(pdf: bytes) -> bytes:
    return _aendret(pdf, lambda d: _linket(d).__setitem__("/NM", ORD))


def linkets_dag(pdf: bytes) -> bytes:
    return _aendret(pdf, lambda d: _linket(d).__setitem__("/M", ORD))


def bag_linket(pdf: bytes) -> bytes:
    return _aendret(pdf, lambda d: _linket(d).__setitem__("/Parent", d.make_indirect(Dictionary(T=ORD, V=ORD))))


def ord_i_formularen(pdf: bytes) -> bytes:
    return _aendret(pdf, lambda d: d.Root.AcroForm.__setitem__("/Aftale", ORD))


def formularens_udseende(pdf: bytes) -> bytes:
    """Readers are told to draw the fields anew, in a look that stands in no field."""

    def goer(d):
        d.Root.AcroForm.NeedAppearances, d.Root.AcroForm.DA = True, String(f"/Helv 12 Tf 0 g % {HEMMELIGT.decode()}")

    return _aendret(pdf, goer)


def ord_i_sidetraeet(pdf: bytes) -> bytes:
    return _aendret(pdf, lambda d: d.Root.Pages.__setitem__("/Aftale", ORD))


def forkert_sidetal(pdf: bytes) -> bytes:
    """Readers that believe the count show fewer pages."""

    def goer(d, nr):
        sider = d.Root.Pages
        sider.Count = len(d.pages) - 1
        return {sider.objgen[0]: _som_bytes(sider)}

    return _skrevet_til(pdf, goer)


def ord_i_rettigheder(pdf: bytes) -> bytes:
    return _aendret(pdf, lambda d: d.Root.__setitem__("/Perms", Dictionary(UR3=Dictionary(Msg=ORD))))


def arkiv_med_ord(pdf: bytes) -> bytes:
    """A "certificate" that is a sentence."""

    def goer(d):
        arkiv = d.Root.get("/DSS") or Dictionary(Type=Name.DSS)
        arkiv.Certs = Array([*list(arkiv.get("/Certs") or []), d.make_stream(HEMMELIGT)])
        d.Root.DSS = arkiv

    return _aendret(pdf, goer)


def arkiv_om_en_aftale(pdf: bytes) -> bytes:
    def goer(d):
        arkiv = d.Root.get("/DSS") or Dictionary(Type=Name.DSS)
        arkiv.VRI = Dictionary({"/" + "A" * 40: Dictionary(TU=ORD)})
        d.Root.DSS = arkiv

    return _aendret(pdf, goer)


def udvidelse_i_tal(pdf: bytes) -> bytes:
    """A number that no extension has may say anything."""
    udvidelse = Dictionary(ESIC=Dictionary(BaseVersion=Name("/1.7"), ExtensionLevel=9000000))
    return _aendret(pdf, lambda d: d.Root.__setitem__("/Extensions", udvidelse))


def _felt(d, **felter):
    felt = d.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T=String("Signature9"), Rect=[0, 0, 0, 0], F=132,
            P=d.pages[0].obj,
        )
    )  # fmt: skip
    for navn, vaerdi in felter.items():
        felt[f"/{navn}"] = vaerdi
    d.pages[0].obj.Annots = Array([*list(d.pages[0].obj.get("/Annots") or []), felt])
    d.Root.AcroForm.Fields.append(felt)
    return felt


def felt_under_feltet(pdf: bytes) -> bytes:
    """A place to sign in has a place under it where something is written."""

    def goer(d):
        under = d.make_indirect(Dictionary(FT=Name.Tx, T=String("Signature10"), V=ORD))
        _felt(d, Kids=Array([under]))

    return _aendret(pdf, goer)


def laas_med_ord(pdf: bytes) -> bytes:
    laas = Dictionary(Type=Name.SigFieldLock, Action=Name.Include, Fields=Array([ORD]))
    return _aendret(pdf, lambda d: _felt(d, Lock=laas))


def krav_med_ord(pdf: bytes) -> bytes:
    krav = Dictionary(Type=Name.SV, TimeStamp=Dictionary(URL=ORD))
    return _aendret(pdf, lambda d: _felt(d, SV=krav))


def feltets_maerke(pdf: bytes) -> bytes:
    return _aendret(pdf, lambda d: _felt(d, NM=ORD))


def feltets_skrift(pdf: bytes) -> bytes:
    return _aendret(pdf, lambda d: _felt(d, DA=ORD))


def usynligt_udseende(pdf: bytes) -> bytes:
    """A place of no size that is drawn with words."""
    return _aendret(pdf, lambda d: _felt(d, AP=Dictionary(N=_udseende(d))))


def ord_i_filens_id(pdf: bytes) -> bytes:
    ny = _skrevet_til(pdf, lambda d, nr: {d.pages[0].obj.objgen[0]: _som_bytes(d.pages[0].obj)})
    foran, _, bag = ny.rpartition(b"/ID")
    return (
        foran
        + b"/ID"
        + re.sub(rb"^\s*\[.*?\]", b" [ (%s) (%s) ]" % (HEMMELIGT, HEMMELIGT), bag, count=1, flags=re.DOTALL)
    )


def ord_i_hovedet(pdf: bytes) -> bytes:
    foran, _, bag = pdf.partition(b"\n")
    return foran + b"\n%" + HEMMELIGT + b"\n" + bag


def _foerste_stroem(d):
    dele = d.pages[0].obj.Contents
    return dele[0] if isinstance(dele, Array) else dele


def ord_efter_pakningen(pdf: bytes) -> bytes:
    """Behind the end of what is packed, and still in the stream."""

    def goer(d, nr):
        stroem = _foerste_stroem(d)
        raa = stroem.read_raw_bytes() + HEMMELIGT
        hoved = Dictionary(stroem.stream_dict)
        hoved.Length = len(raa)
        return {stroem.objgen[0]: hoved.unparse(resolved=True) + b"\nstream\n" + raa + b"\nendstream"}

    return _skrevet_til(pdf, goer)


def rettet_og_rettet_tilbage(pdf: bytes) -> bytes:
    """A revision says something else, and the next one says what was issued."""
    with pikepdf.open(io.BytesIO(pdf)) as dokument:
        side = dokument.pages[0].obj
        rigtig = {side.objgen[0]: _som_bytes(side)}

    def goer(d, nr):
        side = Dictionary({n: v for n, v in d.pages[0].obj.items() if n != "/Contents"})
        data = side.unparse(resolved=True).removesuffix(b">>") + b"/Contents %d 0 R >>" % nr
        return {d.pages[0].obj.objgen[0]: data} | _rod_stroem(nr)

    aendret = _skrevet_til(pdf, goer)
    return _skrevet_til(aendret, lambda d, nr: rigtig | {nr - 1: b"null"})


def ord_i_objektstroemmen(pdf: bytes) -> bytes:
    """The stream that objects are packed in has words beside them."""
    indhold = b"900000 0 " + b"<< >> " + HEMMELIGT
    pakke = b"<< /Type /ObjStm /N 1 /First 9 /Length %d >>\nstream\n%s\nendstream" % (len(indhold), indhold)
    return _skrevet_til(pdf, lambda d, nr: {nr: pakke})


def ord_om_objektstroemmen(pdf: bytes) -> bytes:
    pakke = b"<< /Type /ObjStm /N 0 /First 0 /Length 0 /Aftale (%s) >>\nstream\n\nendstream" % HEMMELIGT
    return _skrevet_til(pdf, lambda d, nr: {nr: pakke})


def for_faa_objekter(pdf: bytes) -> bytes:
    """The table says that the file has fewer objects than it has: a reader may leave the last ones out."""
    ny = _skrevet_til(pdf, lambda d, nr: {d.pages[0].obj.objgen[0]: _som_bytes(d.pages[0].obj)})
    foran, _, bag = ny.rpartition(b"/Size")
    return foran + b"/Size" + re.sub(rb"^\s*\d+", b" 3", bag, count=1)


def bloed_maske(pdf: bytes) -> bytes:
    """What is drawn after it is hidden behind a mask."""

    def goer(d):
        gruppe = Stream(d, b"")
        gruppe.Type, gruppe.Subtype, gruppe.BBox = Name.XObject, Name.Form, Array([0, 0, 600, 850])
        gruppe.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
        tilstand = Dictionary(SMask=Dictionary(S=Name.Luminosity, G=d.make_indirect(gruppe)))
        navn = d.pages[0].add_resource(d.make_indirect(tilstand), Name.ExtGState)
        d.pages[0].contents_add(Stream(d, f"{navn} gs".encode()), prepend=True)

    return _aendret(pdf, goer)


def hvidt_farverum(pdf: bytes) -> bytes:
    """Black is white on this page."""

    def goer(d):
        hvid = d.make_indirect(
            Dictionary(FunctionType=2, Domain=Array([0, 1]), N=1, C0=Array([1, 1, 1]), C1=Array([1, 1, 1]))
        )
        rum = Array([Name.Separation, Name.Black, Name.DeviceRGB, hvid])
        ressourcer = Dictionary(d.pages[0].obj.Resources)
        ressourcer.ColorSpace = Dictionary(DefaultGray=rum)
        d.pages[0].obj.Resources = ressourcer

    return _aendret(pdf, goer)


def type3_skrift(pdf: bytes) -> bytes:
    """A font of drawings in the place of the page's own."""

    def goer(d):
        tegn = d.make_stream(b"500 0 0 0 500 700 d1 0 0 500 700 re f")
        font = Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 500, 700]), FirstChar=0, LastChar=0,
            FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]), CharProcs=Dictionary(a=tegn), Widths=Array([500]),
            Encoding=Dictionary(Differences=Array([0, Name.a])),
        )  # fmt: skip
        fonte = d.pages[0].obj.Resources.Font
        for navn in list(fonte.keys()):
            fonte[navn] = d.make_indirect(font)

    return _aendret(pdf, goer)


def overtryk(pdf: bytes) -> bytes:
    """On a press the white does not cover."""

    def goer(d):
        navn = d.pages[0].add_resource(d.make_indirect(Dictionary(OP=True, op=True, OPM=1)), Name.ExtGState)
        d.pages[0].contents_add(Stream(d, f"{navn} gs".encode()), prepend=True)

    return _aendret(pdf, goer)


def andet_miniaturebillede(pdf: bytes) -> bytes:
    """The small picture of the page that readers show in the margin."""

    def goer(d):
        lille = Stream(d, b"\0")
        lille.Width, lille.Height, lille.ColorSpace, lille.BitsPerComponent = 1, 1, Name.DeviceGray, 8
        d.pages[0].obj.Thumb = d.make_indirect(lille)

    return _aendret(pdf, goer)


def andre_skilte_af(pdf: bytes) -> bytes:
    """The writer's name is a sentence."""
    return _aendret(pdf, lambda d: d.docinfo.__setitem__("/Producer", ORD))


def _skriv_i_xmp(d, rum: bytes, navn: bytes) -> None:
    nyt = b"<rdf:Description rdf:about='' %s><%s>%s</%s></rdf:Description></rdf:RDF>" % (rum, navn, HEMMELIGT, navn)
    d.Root.Metadata.write(d.Root.Metadata.read_bytes().replace(b"</rdf:RDF>", nyt))


def andet_redskab_i_xmp(pdf: bytes) -> bytes:
    def goer(d):
        xmp = d.Root.Metadata.read_bytes()
        nyt = (
            b'<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/"><xmp:CreatorTool>%s</xmp:CreatorTool></rdf:Description></rdf:RDF>'
            % HEMMELIGT
        )
        d.Root.Metadata.write(xmp.replace(b"</rdf:RDF>", nyt))

    return _aendret(pdf, goer)


def egen_egenskab_i_xmp(pdf: bytes) -> bytes:
    def goer(d):
        xmp = d.Root.Metadata.read_bytes()
        nyt = (
            b'<rdf:Description rdf:about="" xmlns:a="http://eksempel.invalid/"><a:aftale>%s</a:aftale></rdf:Description></rdf:RDF>'
            % HEMMELIGT
        )
        d.Root.Metadata.write(xmp.replace(b"</rdf:RDF>", nyt))

    return _aendret(pdf, goer)


def to_versioner(pdf: bytes) -> bytes:
    return _aendret(pdf, lambda d: d.Root.__setitem__("/Version", Name("/2.0")))


def traad_gennem_siderne(pdf: bytes) -> bytes:
    """A thread of articles leads past a page."""

    def goer(d):
        perle = d.make_indirect(Dictionary(Type=Name.Bead, P=d.pages[2].obj, R=Array([0, 0, 600, 850])))
        d.Root.Threads = Array([d.make_indirect(Dictionary(Type=Name.Thread, F=perle, I=Dictionary(Title=ORD)))])

    return _aendret(pdf, goer)


def objekt_uden_for_tabellen(pdf: bytes) -> bytes:
    """An object that no table knows of."""
    klemt = b"9999 0 obj\n(%s)\nendobj\n" % HEMMELIGT
    ny = _skrevet_til(pdf, lambda d, nr: {d.pages[0].obj.objgen[0]: _som_bytes(d.pages[0].obj)})
    sted = ny.rindex(b"\nxref\n") + 1
    bag = re.sub(rb"startxref\n\d+", b"startxref\n%d" % (sted + len(klemt)), ny[sted:])
    return ny[:sted] + klemt + bag


# --- what else a signed file can be changed by ---------------------------------------------------------------------


def sidenumre(pdf: bytes) -> bytes:
    """Another page is called page 1."""
    return _aendret(pdf, lambda d: setattr(d.Root, "PageLabels", Dictionary(Nums=Array([0, Dictionary(St=7)]))))


def navnetrae(pdf: bytes) -> bytes:
    """Links by name lead to another page."""

    def goer(d):
        trae = Dictionary(Names=Array([String("kilde"), Array([d.pages[0].obj, Name.Fit])]))
        navne = d.Root.get("/Names", Dictionary())
        navne.Dests = d.make_indirect(trae)
        d.Root.Names = navne

    return _aendret(pdf, goer)


def oplaest_i_et_andet_sprog(pdf: bytes) -> bytes:
    return _aendret(pdf, lambda d: setattr(d.Root, "Lang", String("en-GB")))


def _underskriftsfelt(d):
    return next(felt for felt in d.Root.AcroForm.Fields if "/V" in felt)


def laas_efter(pdf: bytes) -> bytes:
    """The signature says that it locks the paper, which nobody has decided."""

    def goer(d):
        laas = Dictionary(Type=Name.TransformParams, P=1, V=Name("/1.2"))
        henvisning = Dictionary(Type=Name.SigRef, TransformMethod=Name.DocMDP, TransformParams=laas)
        _underskriftsfelt(d).V.Reference = Array([henvisning])
        d.Root.Perms = Dictionary(DocMDP=_underskriftsfelt(d).V)

    return _aendret(pdf, goer)


def feltlaas_efter(pdf: bytes) -> bytes:
    def goer(d):
        laas = Dictionary(Type=Name.TransformParams, Action=Name.All, V=Name("/1.2"))
        henvisning = Dictionary(Type=Name.SigRef, TransformMethod=Name.FieldMDP, TransformParams=laas)
        _underskriftsfelt(d).V.Reference = Array([henvisning])

    return _aendret(pdf, goer)


def anden_underskriver(pdf: bytes) -> bytes:
    """Another name on the signature that is there."""
    return _aendret(pdf, lambda d: setattr(_underskriftsfelt(d).V, "Name", String("Borgmesteren")))


def underskrift_med_udseende(pdf: bytes) -> bytes:
    """The signature that is there is drawn on the page, as other words."""

    def goer(d):
        form = Stream(d, b"BT /F 12 Tf 10 10 Td (Kommunen betaler det hele) Tj ET")
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 260, 60])
        felt = _underskriftsfelt(d)
        felt.Rect, felt.AP = Array([60, 300, 320, 360]), Dictionary(N=d.make_indirect(form))
        d.pages[0].obj.Annots = Array([*list(d.pages[0].obj.get("/Annots") or []), felt])

    return _aendret(pdf, goer)


def underskrift_fjernet(pdf: bytes) -> bytes:
    def goer(d):
        del _underskriftsfelt(d).V

    return _aendret(pdf, goer)


def halv(pdf: bytes) -> bytes:
    return pdf[: len(pdf) * 2 // 3]


def uden_slutning(pdf: bytes) -> bytes:
    return pdf[: pdf.rindex(b"startxref")]


def bytes_i_hullet(pdf: bytes) -> bytes:
    """In the place that the signature leaves out because it stands there itself."""
    nul = pdf.index(b"0000000000>")
    return pdf[:nul] + b"4b6f6d6d75" + pdf[nul + 10 :]


def stoerre_hul(pdf: bytes) -> bytes:
    """The signature says that it leaves out more of the file than itself."""
    fra = pdf.index(b"/ByteRange [") + 12
    til = pdf.index(b"]", fra)
    foerste, anden, tredje, fjerde = pdf[fra:til].split()
    nye = b"%s %s %d %d" % (foerste, anden, int(tredje) + 200, int(fjerde) - 200)
    return pdf[:fra] + nye.ljust(til - fra) + pdf[til:]


def uden_hul(pdf: bytes) -> bytes:
    return pdf.replace(b"/ByteRange [", b"/ByteRangf [", 1)


def hale(pdf: bytes) -> bytes:
    """Bytes after the end that no table knows of."""
    return pdf + b"\n% Kommunen betaler 9.000.000 kr.\n" * 4


def _paa_underskriften(pdf: bytes, goer) -> bytes:
    return _aendret(pdf, lambda d: goer(d, _underskriftsfelt(d)))


def underskrift_kun_paa_tryk(pdf: bytes) -> bytes:
    """The signature that is there covers text when it is printed, and is not seen on the screen."""

    def goer(d, felt):
        felt.Rect, felt.F, felt.AP = Array([60, 300, 320, 360]), 4 | 32, Dictionary(N=_udseende(d))

    return _paa_underskriften(pdf, goer)


def underskrift_med_handling(pdf: bytes) -> bytes:
    return _paa_underskriften(pdf, lambda d, felt: felt.__setitem__("/A", _et_andet_sted()))


def underskrift_med_andet_navn(pdf: bytes) -> bytes:
    """A screen reader calls the signature something else."""
    return _paa_underskriften(pdf, lambda d, felt: felt.__setitem__("/TU", String("Kommunen betaler det hele.")))


def fremmed_tidsstempel(pdf: bytes) -> bytes:
    """A clock that nobody knows says when the file was there."""
    from tests.dokumenter.signering import fremmed_tidsstempel as stemplet

    return stemplet(pdf)


def tidsstempel_over_det_aendrede(pdf: bytes) -> bytes:
    """Words are drawn in, and a known clock says that they were there."""
    from tests.dokumenter.signering import fremmed_tidsstempel as stemplet
    from tests.dokumenter.signering import ur

    return stemplet(tegnet_i_en_ny_revision(pdf), ur())


def underskriftsfelt_med_ord(pdf: bytes) -> bytes:
    """An empty place for a signature whose name is read as something agreed on."""

    def goer(d):
        felt = d.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T=String("Godkendt af Landsbyggefonden"),
                Rect=[0, 0, 0, 0], F=132, P=d.pages[0].obj,
            )
        )  # fmt: skip
        d.pages[0].obj.Annots = Array([*list(d.pages[0].obj.get("/Annots") or []), felt])
        d.Root.AcroForm.Fields.append(felt)

    return _aendret(pdf, goer)


def underskriftsfelt_med_billedtekst(pdf: bytes) -> bytes:
    """A technical name, and a caption that some readers show."""

    def goer(d):
        felt = d.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T=String("Signature9"), Rect=[0, 0, 0, 0], F=132,
                P=d.pages[0].obj, MK=Dictionary(CA=String("Kommunen betaler det hele.")),
            )
        )  # fmt: skip
        d.pages[0].obj.Annots = Array([*list(d.pages[0].obj.get("/Annots") or []), felt])
        d.Root.AcroForm.Fields.append(felt)

    return _aendret(pdf, goer)


#: Only of a file that somebody has signed.
KUN_EFTER = {
    en.__name__: en
    for en in (
        laas_efter, feltlaas_efter, anden_underskriver, underskrift_med_udseende, underskrift_fjernet, halv,
        uden_slutning, bytes_i_hullet, stoerre_hul, uden_hul, hale, underskrift_kun_paa_tryk, underskrift_med_handling,
        underskrift_med_andet_navn, fremmed_tidsstempel, tidsstempel_over_det_aendrede,
    )
}  # fmt: skip
#: Taken, and said to every later signer: words that programs write of themselves.
SIGES = {en.__name__: en for en in (andre_skilte_af, andet_redskab_i_xmp, to_versioner)}
#: Of any file.
FORFALSKNINGER = {
    navn: funktion
    for navn, funktion in globals().items()
    if callable(funktion)
    and not navn.startswith("_")
    and getattr(funktion, "__module__", "") == __name__
    and navn not in {"fortsat", *KUN_EFTER, *SIGES}
}
