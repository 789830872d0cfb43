"""What a PDF holds beside its pages, held against the issued one; a part of `ens`."""

import re

from dokumenter.underskrift import ens_arkiv
from dokumenter.underskrift.ens_aftryk import ARVES, Aftrykspar, aftryk
from dokumenter.underskrift.ens_felter import felter, lavet_med
from dokumenter.underskrift.valider import EFTER_REVISION, NAESTE_REVISION

#: Of the document: what leads to its pages, what is looked at by itself, and what only says how the file is written.
IKKE_RODENS = {
    "/Pages", "/AcroForm", "/Metadata", "/Names", "/StructTreeRoot", "/DSS", "/Extensions", "/Version", "/Type",
    "/Perms", "/AF", "/MarkInfo",
}  # fmt: skip
#: What every writer sets anew; and of XMP the same.
SKRIVERENS = {"/ModDate", "/Producer", "/Creator"}
_DC, _XAP = "{http://purl.org/dc/elements/1.1/}", "{http://ns.adobe.com/xap/1.0/"
SKRIVERENS_XMP = (
    f"{_XAP}}}ModifyDate", f"{_XAP}}}MetadataDate", f"{_XAP}}}CreatorTool", f"{_XAP}mm/}}",
    "{http://ns.adobe.com/pdf/1.3/}Producer",
)  # fmt: skip
#: Of these the dates and identifiers, and what they look like.
XMP_TEKNISK = (f"{_XAP}}}ModifyDate", f"{_XAP}}}MetadataDate", f"{_XAP}mm/}}")
XMP_VAERDI = re.compile(r"\d{4}-\d\d-\d\d(?:T[\d:.]{5,15}(?:Z|[+-]\d\d:\d\d)?)?|(?:[a-z.:]{0,24})[0-9A-Fa-f-]{16,40}")
DATO = re.compile(r"D:\d{4,14}(?:Z|[+-]\d\d'?\d{0,2}'?)?")
EGET_PROGRAM = re.compile(r"pyHanko \d[\d.]{0,12}")
EGENSKABER = ("/Title", "/Author", "/Subject", "/Keywords")
XMP = [f"{_DC}{navn}" for navn in ("title", "creator", "description", "subject")]
#: A second table in the same revision; a name may be spelt with numbers for its letters.
XREFSTM = re.compile(b"/" + b"".join(b"(?:%c|#%02x|#%02X)" % (t, t, t) for t in b"XRefStm"))
#: Of the tree that leads to the pages, but for what the pages inherit.
SIDETRAEETS, DYBEST = {"/Type", "/Kids", "/Count", "/Parent", *ARVES}, 20
SLUTNING = re.compile(rb"startxref\s+\d+\s+%%EOF")


def uden_for_siderne(par: Aftrykspar, udstedt: bytes, ny: bytes) -> None:
    """What a PDF holds that no page shows: files in it, layers, actions, bookmarks, properties, words read aloud."""
    _omkring(par, udstedt, ny)
    gammel, nyt = par.gammel.Root, par.nyt.Root
    for navn in sorted((set(gammel.keys()) | set(nyt.keys())) - IKKE_RODENS):
        if aftryk(gammel.get(navn), par.foer) != aftryk(nyt.get(navn), par.efter):
            par.fundet.fejl.append(f"{RODENS.get(navn, f'Filens {navn[1:]}')} er ikke som i den udstedte fil.")
    if not ens_arkiv.er_rent(nyt.get("/DSS")):
        par.fundet.fejl.append("Arkivet over certifikater har andet i sig end certifikater.")
    _sidetraeet(par, gammel.Pages, nyt.Pages, 0)
    felter(par)
    _vedhaeftede(par)
    egenskaber(par)
    _laest_hoejt(par)


def _omkring(par: Aftrykspar, udstedt: bytes, ny: bytes) -> None:
    """What another program than a PDF reader, or another reader, would take the same bytes for."""
    if XREFSTM.search(ny) and not XREFSTM.search(udstedt):
        par.fundet.fejl.append("Filen har to indholdsfortegnelser, så to læsere kan vise hver sit.")
    slutninger = [slut.end() for slut in SLUTNING.finditer(ny)]
    if not all(NAESTE_REVISION.match(ny[slut : slut + EFTER_REVISION]) for slut in slutninger):
        par.fundet.fejl.append("Der ligger noget efter PDF-filens slutning, som ingen PDF-læser viser.")


RODENS = {
    "/OCProperties": "Lagene", "/OpenAction": "Det, der sker, når filen åbnes,", "/AA": "Det, der sker i filen,",
    "/Outlines": "Bogmærkerne", "/PageLabels": "Sidernes numre", "/Lang": "Sproget", "/ViewerPreferences": "Visningen",
    "/OutputIntents": "Farverne",
}  # fmt: skip


def _sidetraeet(par: Aftrykspar, gammel, nyt, dybde: int) -> None:
    """What stands in the tree that leads to the pages: nothing of its own, and as many pages as it says."""
    andet = [
        navn
        for navn in set(nyt.keys()) - SIDETRAEETS
        if dybde or aftryk(gammel.get(navn), par.foer) != aftryk(nyt[navn], par.efter)
    ]
    boern = list(nyt.get("/Kids", []))
    antal = sum(int(barn.get("/Count", 0)) if "/Kids" in barn else 1 for barn in boern)
    if andet or dybde > DYBEST:
        par.fundet.fejl.append("Der står noget i listen over sider, som ingen læser viser.")
    elif int(nyt.get("/Count", 0)) != antal:
        par.fundet.fejl.append(f"Filen siger, at den har {int(nyt.get('/Count', 0))} sider. Den har {antal}.")
    else:
        for barn in boern:
            if "/Kids" in barn:
                _sidetraeet(par, gammel, barn, dybde + 1)


def _vedhaeftede(par: Aftrykspar) -> None:
    """Files in the file, and the other lists of names that a PDF may have (pages to jump to, programs)."""
    gamle, nye = _filer(par.gammel, par.foer), _filer(par.nyt, par.efter)
    for navn in sorted(set(gamle) | set(nye)):
        if gamle.get(navn) == nye.get(navn):
            continue
        if navn not in gamle and par.tjeneste is not None and par.tjeneste.vedhaefter:
            par.fundet.tilfoejet.append(f"Filen »{navn}« er vedhæftet af tjenesten {par.tjeneste.navn}.")
        else:
            hvad = "mangler" if navn not in nye else "er ændret" if navn in gamle else "er vedhæftet"
            par.fundet.fejl.append(f"Filen »{navn}« {hvad}.")
    if aftryk(par.gammel.Root.get("/AF"), par.foer) != aftryk(par.nyt.Root.get("/AF"), par.efter):
        if par.tjeneste is not None and par.tjeneste.vedhaefter:
            par.fundet.tilfoejet.append(f"Tjenesten {par.tjeneste.navn} har knyttet filer til papiret.")
        else:
            par.fundet.fejl.append("Der er knyttet filer til papiret, som ikke var der.")
    foer, efter = (pdf.Root.get("/Names") or {} for pdf in (par.gammel, par.nyt))
    for navn in sorted((set(foer.keys()) | set(efter.keys())) - {"/EmbeddedFiles"}):
        if aftryk(foer.get(navn), par.foer) != aftryk(efter.get(navn), par.efter):
            par.fundet.fejl.append(f"Filens navneliste {navn[1:]} er ikke som i den udstedte fil.")


def _filer(pdf, numre: dict) -> dict[str, str]:
    return {str(navn): aftryk(spec.obj, numre) for navn, spec in pdf.attachments.items()}


def egenskaber(par: Aftrykspar) -> None:
    """Also those that somebody has made up; a service may leave some out. What the writing program says of itself is
    shown: it is words as well."""
    foer, efter = (pdf.trailer.get("/Info") or {} for pdf in (par.gammel, par.nyt))
    for navn in sorted(set(foer.keys()) | set(efter.keys())):
        udeladt = par.tjeneste is not None and navn not in EGENSKABER and navn not in efter
        var, er = (str(info.get(navn) or "") for info in (foer, efter))
        if var == er or udeladt or (navn == "/ModDate" and (DATO.fullmatch(er) or not er)):
            continue
        if navn in SKRIVERENS:
            _siger(par, navn[1:], var, er)
        else:
            par.fundet.fejl.append(f"Filens {navn[1:]} er »{er[:80]}«, udstedt som »{var[:80]}«.")
    foer_xmp, efter_xmp = (dict(pdf.open_metadata()) for pdf in (par.gammel, par.nyt))
    for navn in sorted(set(foer_xmp) | set(efter_xmp)):
        var, er = (str(xmp.get(navn) or "") for xmp in (foer_xmp, efter_xmp))
        udeladt = not er and (par.tjeneste is not None and navn not in XMP)
        if var == er or udeladt or _skriverens_xmp(navn, er):
            continue
        if navn.startswith(SKRIVERENS_XMP) and not navn.startswith(XMP_TEKNISK):
            _siger(par, navn.rpartition("}")[2], var, er)
        else:
            par.fundet.fejl.append(f"Filens egenskaber (XMP) er ændret: {navn.rpartition('}')[2]}.")
    par.fundet.sagt += [f"En underskrift siger, at den er lavet med »{ord_}«." for ord_ in lavet_med(par.nyt)]


def _siger(par: Aftrykspar, navn: str, var: str, er: str) -> None:
    """What is left of it when the issued words and those of the program that signs here are taken out."""
    rest = EGET_PROGRAM.sub("", er.replace(var, "", 1) if var else er).strip("; ")
    if rest:
        par.fundet.sagt.append(f"Filen siger om sig selv ({navn}): »{rest[:200]}«.")


def _skriverens_xmp(navn: str, er: str) -> bool:
    """Dates and identifiers that a program sets anew, when they are just that."""
    return navn.startswith(XMP_TEKNISK) and (not er or XMP_VAERDI.fullmatch(er) is not None)


def _laest_hoejt(par: Aftrykspar) -> None:
    """What a screen reader reads: in which order, as what, and which words instead of those that are drawn."""
    foer, efter = (pdf.Root.get("/StructTreeRoot") for pdf in (par.gammel, par.nyt))
    if par.tjeneste is not None and foer is not None and efter is None:
        par.fundet.tilfoejet.append("Filen har mistet det, en skærmlæser læser efter.")
        return
    # A service's own field may be entered in the tree's index.
    uden = frozenset({"/ParentTree", "/ParentTreeNextKey"} if par.tjeneste is not None else ())
    ens = all(
        aftryk(en, par.foer, uden=uden) == aftryk(anden, par.efter, uden=uden)
        for en, anden in ((foer, efter), (par.gammel.Root.get("/MarkInfo"), par.nyt.Root.get("/MarkInfo")))
    )
    numre = [[side.obj.get("/StructParents") for side in pdf.pages] for pdf in (par.gammel, par.nyt)]
    if not ens or numre[0] != numre[1][: len(numre[0])]:
        par.fundet.fejl.append("Det, en skærmlæser læser op, er ikke som i den udstedte fil.")
