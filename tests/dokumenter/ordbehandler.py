"""What Word does with a .docx, done by LibreOffice: tracked changes accepted or rejected; and its words read out."""

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

from docx import Document
from docx.oxml.ns import qn
from lxml import etree

MAKRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Svar(ind As String, ud As String, handling As String)
  Dim valg(0) As New com.sun.star.beans.PropertyValue
  valg(0).Name = "Hidden" : valg(0).Value = True
  dokument = StarDesktop.loadComponentFromURL(ConvertToURL(ind), "_blank", 0, valg())
  If handling &lt;&gt; "" Then
    afsender = createUnoService("com.sun.star.frame.DispatchHelper")
    afsender.executeDispatch(dokument.CurrentController.Frame, ".uno:" &amp; handling, "", 0, Array())
  End If
  Dim som(0) As New com.sun.star.beans.PropertyValue
  som(0).Name = "FilterName" : som(0).Value = "MS Word 2007 XML"
  dokument.storeToURL(ConvertToURL(ud), som())
  dokument.close(True)
End Sub
</script:module>"""
BIBLIOTEK = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Module1"/></library:library>"""
ACCEPTER, AFVIS, UROERT = "AcceptAllTrackedChanges", "RejectAllTrackedChanges", ""


def libreoffice(data: bytes, handling: str, mappe: Path) -> bytes:
    """The document after LibreOffice has opened it, done `handling` and saved it as .docx."""
    assert shutil.which("soffice"), "libreoffice-writer-nogui mangler; kør scripts/setup.sh udvikling"
    program = ["soffice", f"-env:UserInstallation=file://{mappe}/profil", "--headless", "--norestore"]
    basic = mappe / "profil" / "user" / "basic" / "Standard"
    if not basic.exists():
        # The first start writes its own empty module there.
        subprocess.run([*program, "--terminate_after_init"], check=True, capture_output=True, timeout=180)
        (basic / "Module1.xba").write_text(MAKRO, encoding="utf-8")
        (basic / "script.xlb").write_text(BIBLIOTEK, encoding="utf-8")
    ind, ud = mappe / "ind.docx", mappe / f"ud-{handling or 'uroert'}.docx"
    ind.write_bytes(data)
    ud.unlink(missing_ok=True)
    makro = f'macro:///Standard.Module1.Svar("{ind}","{ud}","{handling}")'
    subprocess.run([*program, makro], check=True, capture_output=True, timeout=180)
    return ud.read_bytes()


def tegnet(data: bytes, mappe: Path) -> list[list[str]]:
    """The lines of each page as LibreOffice draws the document."""
    fil = mappe / "tegnes.docx"
    fil.write_bytes(data)
    program = ["soffice", f"-env:UserInstallation=file://{mappe}/profil", "--headless", "--norestore"]
    subprocess.run(
        [*program, "--convert-to", "pdf", "--outdir", mappe, fil], check=True, capture_output=True, timeout=180
    )
    ord_ = subprocess.run(
        ["pdftotext", "-layout", fil.with_suffix(".pdf"), "-"], check=True, capture_output=True, text=True
    ).stdout
    return [[" ".join(linje.split()) for linje in side.split("\n") if linje.strip()] for side in ord_.split("\f")[:-1]]


def linjer(data: bytes, tomme: bool = False) -> list[str]:
    """Every paragraph with words in it, in order, table cells included; after them the footnotes. tomme: the empty
    ones too."""
    rod = Document(io.BytesIO(data)).element.body
    skjult = f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:vanish')}"
    ud = [_ord(p) for p in rod.iter(qn("w:p")) if p.find(skjult) is None]
    with zipfile.ZipFile(io.BytesIO(data)) as pakke:
        if "word/footnotes.xml" in pakke.namelist():
            noter = etree.fromstring(pakke.read("word/footnotes.xml"))
            kaldte = [k.get(qn("w:id")) for k in rod.iter(qn("w:footnoteReference"))]
            efter_id = {note.get(qn("w:id")): note for note in noter}
            ud += [f"note: {' '.join(_ord(p) for p in efter_id[nr].iter(qn('w:p')))}" for nr in kaldte]
    return [re.sub(r"\s+", " ", linje).strip() for linje in ud if tomme or linje.strip()]


def _ord(p) -> str:
    ord_ = ""
    for element in p.iter(qn("w:t"), qn("w:delText"), qn("w:br"), qn("w:tab")):
        er_skift = element.tag == qn("w:br") and element.get(qn("w:type")) != "page"
        ord_ += "\n" if er_skift else (element.text or "") if element.tag in {qn("w:t"), qn("w:delText")} else " "
    return ord_


# --- the same by the book: what the standard says that accepting and rejecting means ---------------------------------


#: What is there only for who accepts, and only for who refuses.
NYE, GAMLE = ("w:ins", "w:moveTo"), ("w:del", "w:moveFrom")


def efter_bogen(data: bytes, accepter: bool) -> bytes:
    """The package with each tracked change taken (or refused) as ECMA-376 describes it."""
    ud = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as fra, zipfile.ZipFile(ud, "w") as til:
        for navn in fra.namelist():
            indhold = fra.read(navn)
            if navn in {"word/document.xml", "word/footnotes.xml"}:
                rod = etree.fromstring(indhold)
                _afgoer(rod, *((NYE, GAMLE) if accepter else (GAMLE, NYE)))
                indhold = etree.tostring(rod)
            til.writestr(navn, indhold)
    return ud.getvalue()


def _fjern_raekker(rod, gaar: tuple[str, ...]) -> None:
    for raekke in list(rod.iter(qn("w:tr"))):
        if any(raekke.find(f"{qn('w:trPr')}/{qn(maerke)}") is not None for maerke in gaar):
            raekke.getparent().remove(raekke)
    for tabel in list(rod.iter(qn("w:tbl"))):
        if tabel.find(qn("w:tr")) is None:
            tabel.getparent().remove(tabel)


def _afgoer(rod, bliver: tuple[str, ...], gaar: tuple[str, ...]) -> None:
    """A change inside another is decided by both."""
    _fjern_flytterammer(rod)
    _fjern_raekker(rod, gaar)
    gaaende = [afsnit for afsnit in rod.iter(qn("w:p")) if _maerket(afsnit, gaar)]
    for element in list(rod.iter(*map(qn, gaar))):
        element.getparent().remove(element)
    for afsnit in gaaende:
        assert not list(afsnit.iter(qn("w:r"))), "rest i afsnit"
        afsnit.getparent().remove(afsnit)
    for element in list(rod.iter(*map(qn, bliver))):
        plads = element.getparent().index(element)
        for nr, barn in enumerate(list(element)):
            element.getparent().insert(plads + 1 + nr, barn)
        element.getparent().remove(element)
    for slettet in rod.iter(qn("w:delText")):
        slettet.tag = qn("w:t")


def _maerket(afsnit, maerker: tuple[str, ...]) -> bool:
    return any(afsnit.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn(maerke)}") is not None for maerke in maerker)


def _fjern_flytterammer(rod) -> None:
    """Where a move begins and ends says nothing of what is there."""
    for maerke in ("moveFrom", "moveTo"):
        for ende in ("Start", "End"):
            for element in list(rod.iter(qn(f"w:{maerke}Range{ende}"))):
                element.getparent().remove(element)
