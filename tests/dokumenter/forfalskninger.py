"""Ways of changing an issued paper: name -> a function of the bytes.

Each opens in a viewer as a whole PDF, and most show the same words to who compares nothing but words. The paper is
written anew, or, inside `fortsat`, the change is put after the bytes that are there, which then stay as they were.
"""

import io
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


#: Only of a file that somebody has signed.
KUN_EFTER = {
    en.__name__: en
    for en in (
        laas_efter, feltlaas_efter, anden_underskriver, underskrift_med_udseende, underskrift_fjernet, halv,
        uden_slutning, bytes_i_hullet, stoerre_hul, uden_hul, hale,
    )
}  # fmt: skip
#: Of any file.
FORFALSKNINGER = {
    navn: funktion
    for navn, funktion in globals().items()
    if callable(funktion)
    and not navn.startswith("_")
    and getattr(funktion, "__module__", "") == __name__
    and navn not in {"fortsat", *KUN_EFTER}
}
