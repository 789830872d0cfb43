"""What a PDF holds beside its pages, held against the issued one; a part of `ens`."""

import re

from dokumenter.underskrift.ens_aftryk import Par, aftryk
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
EGENSKABER = ("/Title", "/Author", "/Subject", "/Keywords")
XMP = [f"{_DC}{navn}" for navn in ("title", "creator", "description", "subject")]
#: Certificates and what is known of them, and no more.
ARKIVETS = {"/Type", "/VRI", "/Certs", "/OCSPs", "/CRLs"}
#: A second table in the same revision; a name may be spelt with numbers for its letters.
XREFSTM = re.compile(b"/" + b"".join(b"(?:%c|#%02x|#%02X)" % (t, t, t) for t in b"XRefStm"))
SLUTNING = re.compile(rb"startxref\s+\d+\s+%%EOF")
#: What a place to sign in may have. Flags of one that is not on the screen as on paper: hidden, no view, toggled.
FELTETS = {
    "/Type", "/Subtype", "/FT", "/T", "/V", "/F", "/Ff", "/Rect", "/P", "/AP", "/Lock", "/SV", "/Parent", "/Kids",
    "/StructParent", "/DR", "/DA", "/Q", "/M", "/NM", "/MK", "/BS", "/Border", "/C", "/H",
}  # fmt: skip
SES_IKKE_ENS = 2 | 32 | 256
#: What the place is called: a technical word, numbers and a key, and no words that somebody would read as agreed on.
FELTNAVN = re.compile(
    r"#?(?:e?sig|e?signature|signatur|signer|underskrift|felt|field|sigfield|signaturefield|timestamp|tidsstempel|form|"
    r"(?:topmost)?subform)?_?[a-z]?(?:[._-]?[0-9a-f]{0,12}){0,6}(?:\[\d{1,3}\])?",
    re.IGNORECASE,
)
FELTNAVN_LAENGDE, DYBEST = 64, 20
#: Words on or about the place: captions and icons, the reasons that may be chosen between.
FELTETS_ORD = {
    "/MK": {"/CA", "/RC", "/AC", "/TP", "/I", "/RI", "/IX", "/IF"},
    "/SV": {"/Reasons", "/LegalAttestation"},
}


def uden_for_siderne(par: Par, udstedt: bytes, ny: bytes) -> None:
    """What a PDF holds that no page shows: files in it, layers, actions, bookmarks, properties, words read aloud."""
    _omkring(par, udstedt, ny)
    gammel, nyt = par.gammel.Root, par.nyt.Root
    for navn in sorted((set(gammel.keys()) | set(nyt.keys())) - IKKE_RODENS):
        if aftryk(gammel.get(navn), par.foer) != aftryk(nyt.get(navn), par.efter):
            par.fundet.fejl.append(f"{RODENS.get(navn, f'Filens {navn[1:]}')} er ikke som i den udstedte fil.")
    if set(nyt.get("/DSS", {}).keys()) - ARKIVETS:
        par.fundet.fejl.append("Arkivet over certifikater har andet i sig end certifikater.")
    _felter(par)
    _vedhaeftede(par)
    _egenskaber(par)
    _laest_hoejt(par)


def _omkring(par: Par, udstedt: bytes, ny: bytes) -> None:
    """What another program than a PDF reader, or another reader, would take the same bytes for."""
    if XREFSTM.search(ny) and not XREFSTM.search(udstedt):
        par.fundet.fejl.append("Filen har to indholdsfortegnelser, så to læsere kan vise hver sit.")
    if not ny.startswith(b"%PDF-"):
        par.fundet.fejl.append("Der står noget foran PDF-filen, så den kan åbnes som noget andet.")
    slutninger = [slut.end() for slut in SLUTNING.finditer(ny)]
    if not all(NAESTE_REVISION.match(ny[slut : slut + EFTER_REVISION]) for slut in slutninger):
        par.fundet.fejl.append("Der ligger noget efter PDF-filens slutning, som ingen PDF-læser viser.")


RODENS = {
    "/OCProperties": "Lagene", "/OpenAction": "Det, der sker, når filen åbnes,", "/AA": "Det, der sker i filen,",
    "/Outlines": "Bogmærkerne", "/PageLabels": "Sidernes numre", "/Lang": "Sproget", "/ViewerPreferences": "Visningen",
    "/OutputIntents": "Farverne",
}  # fmt: skip


def _felter(par: Par) -> None:
    """Form fields: those that are signed in hold nothing else, and others are not put in."""
    foer, efter = (
        {_feltnavn(f) for f in _formfelter(pdf) if str(f.get("/FT")) != "/Sig"} for pdf in (par.gammel, par.nyt)
    )
    for navn in sorted(efter - foer):
        par.fundet.fejl.append(f"Der er lagt et felt til, »{navn}«.")
    for felt in _formfelter(par.nyt):
        if str(felt.get("/FT")) == "/Sig" and "/P" not in felt:
            par.fundet.fejl += felt_med_mere(felt)


def felt_med_mere(felt) -> list[str]:
    """What is wrong with a place to sign in: it does something, is called something, or shows now this and now that."""
    fejl = []
    if andet := sorted(navn[1:] for navn in set(felt.keys()) - FELTETS):
        fejl.append(f"Feltet til underskrift har mere med sig end en underskrift ({', '.join(andet)}).")
    if set(felt.get("/AP", {}).keys()) - {"/N"}:
        fejl.append("Feltet til underskrift ser anderledes ud, når musen er over det.")
    fejl += [
        f"Feltet til underskrift har ord med sig ({noegle[1:]})."
        for noegle, ord_ in FELTETS_ORD.items()
        if set((felt.get(noegle) or {}).keys()) & ord_
    ]
    fejl += [
        f"Feltet til underskrift hedder »{navn[:60]}«. Det må kun hedde noget teknisk, fx Signature1."
        for navn in _feltnavne(felt)
        if len(navn) > FELTNAVN_LAENGDE or not FELTNAVN.fullmatch(navn)
    ]
    venstre, bund, hoejre, top = (float(v) for v in felt.get("/Rect", [0, 0, 0, 0]))
    if venstre != hoejre and bund != top and int(felt.get("/F", 0)) & SES_IKKE_ENS:
        fejl.append("Feltet til underskrift ses ikke ens på skærmen og på papiret.")
    return fejl


def _feltnavne(felt) -> list[str]:
    """Its own name and those of the groups that it is in."""
    navne, dybde = [], 0
    while felt is not None and dybde < DYBEST:
        if "/T" in felt:
            navne.append(str(felt.T))
        felt, dybde = felt.get("/Parent"), dybde + 1
    return navne


def _formfelter(pdf) -> list:
    return list((pdf.Root.get("/AcroForm") or {}).get("/Fields") or [])


def _feltnavn(felt) -> str:
    return str(felt.get("/T") or "uden navn")[:60]


def _vedhaeftede(par: Par) -> None:
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


def _egenskaber(par: Par) -> None:
    """Also those that somebody has made up; a service may leave some out."""
    foer, efter = (pdf.trailer.get("/Info") or {} for pdf in (par.gammel, par.nyt))
    for navn in sorted((set(foer.keys()) | set(efter.keys())) - SKRIVERENS):
        udeladt = par.tjeneste is not None and navn not in EGENSKABER and navn not in efter
        var, er = (str(info.get(navn) or "") for info in (foer, efter))
        if var != er and not udeladt:
            par.fundet.fejl.append(f"Filens {navn[1:]} er »{er[:80]}«, udstedt som »{var[:80]}«.")
    foer_xmp, efter_xmp = (dict(pdf.open_metadata()) for pdf in (par.gammel, par.nyt))
    navne = XMP if par.tjeneste is not None else sorted(set(foer_xmp) | set(efter_xmp))
    for navn in navne:
        ens = str(foer_xmp.get(navn) or "") == str(efter_xmp.get(navn) or "")
        if not ens and not navn.startswith(SKRIVERENS_XMP):
            par.fundet.fejl.append(f"Filens egenskaber (XMP) er ændret: {navn.rpartition('}')[2]}.")


def _laest_hoejt(par: Par) -> None:
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
    if not ens:
        par.fundet.fejl.append("Det, en skærmlæser læser op, er ikke som i den udstedte fil.")
