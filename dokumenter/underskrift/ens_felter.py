"""The form of a PDF and the places to sign in, held against the issued one; a part of `ens`. A place to sign in holds
nothing but a signature."""

import io
import re

from dokumenter.underskrift.ens_aftryk import Aftrykspar, aftryk, kort
from dokumenter.underskrift.ens_tegnet import STOERSTE_SIDE, Synligt

#: What a place to sign in may have. Flags of one that is not on the screen as on paper: hidden, no view, toggled.
FELTETS = {
    "/Type", "/Subtype", "/FT", "/T", "/TU", "/V", "/F", "/Ff", "/Rect", "/P", "/AP", "/Lock", "/SV", "/Parent",
    "/Kids", "/StructParent", "/DR", "/DA", "/Q", "/M", "/NM", "/MK", "/BS", "/Border", "/C", "/H",
}  # fmt: skip
SES_IKKE_ENS = 2 | 32 | 256
#: What the place is called: a technical word, numbers and a key, and no words that somebody would read as agreed on.
FELTNAVN = re.compile(
    r"#?(?:e?sig|e?signature|signatur|signer|underskrift|felt|field|sigfield|signaturefield|timestamp|tidsstempel|form|"
    r"(?:topmost)?subform)?_?[a-z]?(?:[._-]?[0-9a-f]{0,12}){0,6}(?:\[\d{1,3}\])?",
    re.IGNORECASE,
)
FELTNAVN_LAENGDE, DYBEST = 64, 20
#: Texts on the place that no reader shows, and how they look when a program has made them.
FELTETS_FORM = {
    "/TU": FELTNAVN,
    "/NM": FELTNAVN,
    "/M": re.compile(r"D:\d{4,14}(?:Z|[+-]\d\d'?\d{0,2}'?)?"),
    "/DA": re.compile(r"\s*(?:(?:/[\w+.-]{1,30}|-?[\d.]{1,10}|Tf|g|rg|k|G|RG|K)\s*){0,12}"),
}
#: Captions and icons about the place.
MAERKETS_ORD = {"/CA", "/RC", "/AC", "/TP", "/I", "/RI", "/IX", "/IF"}
LAASENS = {"/Type", "/Action", "/Fields", "/P"}
KRAVETS = {"/Type", "/Ff", "/Filter", "/SubFilter", "/DigestMethod", "/V", "/MDP", "/AddRevInfo"}
SUM = re.compile(r"SHA-?\d{1,3}|RIPEMD160")
#: Of a signature. What it says of itself in /Name, /Reason, /Location and /ContactInfo is shown (`valider`).
UNDERSKRIFTENS = {
    "/Type", "/Filter", "/SubFilter", "/Contents", "/ByteRange", "/Cert", "/Reference", "/Changes", "/Name", "/M",
    "/Location", "/Reason", "/ContactInfo", "/R", "/V", "/Prop_Build", "/Prop_AuthTime", "/Prop_AuthType",
}  # fmt: skip
FORMULARENS = {"/Fields", "/SigFlags", "/DR", "/DA"}
RESSOURCERNES = {"/Font", "/Encoding", "/ProcSet"}
#: What fonts say of themselves.
SKRIFTENS_ORD = re.compile(r"Adobe|Identity|Japan1|GB1|CNS1|Korea1|(?:/[\w.]+)*")
#: What some programs draw for a signature that is not seen.
TOMT_UDSEENDE = re.compile(rb"\s*(?:%\s*DSBlank)?\s*")


def felter(par: Aftrykspar) -> None:
    """Form fields: those that are signed in hold nothing else, and others are not put in."""
    fejl = par.fundet.fejl
    foer, efter = (
        {_feltnavn(f) for f in _formfelter(pdf) if str(f.get("/FT")) != "/Sig"} for pdf in (par.gammel, par.nyt)
    )
    fejl += [f"Der er lagt et felt til, »{navn}«." for navn in sorted(efter - foer)]
    for felt in _formfelter(par.nyt):
        if str(felt.get("/FT")) == "/Sig" and "/P" not in felt:
            fejl += felt_med_mere(felt)
        if str(felt.get("/FT")) == "/Sig" and "/V" in felt:
            fejl += _underskriften(felt.V)
    _formularen(par)
    _rettigheder(par)


def felt_med_mere(felt, dybde: int = 0) -> list[str]:
    """What is wrong with a place to sign in: it does something, is called something, or shows now this and now that."""
    fejl = []
    if andet := sorted(navn[1:] for navn in set(felt.keys()) - FELTETS):
        fejl.append(f"Feltet til underskrift har mere med sig end en underskrift ({', '.join(andet)}).")
    if set(felt.get("/AP", {}).keys()) - {"/N"}:
        fejl.append("Feltet til underskrift ser anderledes ud, når musen er over det.")
    fejl += [f"Feltet til underskrift har ord med sig ({navn})." for navn in _ord_paa_feltet(felt)]
    fejl += [
        f"Feltet til underskrift hedder »{navn[:60]}«. Det må kun hedde noget teknisk, fx Signature1."
        for navn in _feltnavne(felt)
        if len(navn) > FELTNAVN_LAENGDE or not FELTNAVN.fullmatch(navn)
    ]
    venstre, bund, hoejre, top = (float(v) for v in felt.get("/Rect", [0, 0, 0, 0]))
    ses = venstre != hoejre and bund != top
    if ses and int(felt.get("/F", 0)) & SES_IKKE_ENS:
        fejl.append("Feltet til underskrift ses ikke ens på skærmen og på papiret.")
    tegnet = felt.get("/AP", {}).get("/N")
    if not ses and not _tomt(tegnet):
        fejl.append("Feltet til underskrift ses ikke, men er tegnet alligevel.")
    if ses and not _tomt(tegnet) and _underskrift(felt) is None:
        fejl.append("Feltet til underskrift er tegnet, men der er ikke skrevet under i det.")
    if ses and not _tomt(tegnet) and not _er_stroem(tegnet):
        fejl.append("Feltet til underskrift kan se ud på flere måder.")
    for under in felt.get("/Kids", []):
        if str(under.get("/FT", "/Sig")) != "/Sig" or dybde > DYBEST:
            fejl.append("Feltet til underskrift har et andet felt under sig.")
        else:
            fejl += felt_med_mere(under, dybde + 1)
    return fejl


def noter(side) -> list:
    fundne = side.obj.get("/Annots")
    return list(fundne) if fundne is not None else []


def er_underskrift(note) -> bool:
    art = note.get("/FT") or (note.get("/Parent") or {}).get("/FT")
    return str(note.get("/Subtype")) == "/Widget" and str(art) == "/Sig"


def synlige(side) -> list:
    """The places to sign in that take up room on a page."""
    fundne = []
    for note in filter(er_underskrift, noter(side)):
        venstre, bund, hoejre, top = (float(v) for v in note.get("/Rect", [0, 0, 0, 0]))
        if venstre != hoejre and bund != top:
            fundne.append(note)
    return fundne


def synlige_underskrifter(side, numre: dict) -> set[str]:
    """How each signature that is seen on a page looks, and where."""
    return {
        kort(aftryk(note.get("/Rect"), numre), aftryk(note.get("/AP"), numre))
        for note in synlige(side)
        if _underskrift(note) is not None
    }


def det_synlige(side) -> Synligt:
    """What is drawn for the signatures on a page."""
    tegnede = [(note, tegnet) for note in synlige(side) if not _tomt(tegnet := note.get("/AP", {}).get("/N"))]
    ord_ = [_tegnede_ord(tegnet) for _, tegnet in tegnede if _er_stroem(tegnet)]
    return Synligt(" ".join(" ".join(ord_).split()), tuple(tuple(map(float, note.Rect)) for note, _ in tegnede))


def _tegnede_ord(udseende) -> str:
    """What is drawn for a field, laid on a page of its own and read there."""
    import pikepdf
    import pypdfium2 as pdfium

    ud = io.BytesIO()
    with pikepdf.new() as alene:
        side = alene.add_blank_page(page_size=(STOERSTE_SIDE, STOERSTE_SIDE))
        navn = side.add_resource(alene.copy_foreign(udseende), pikepdf.Name.XObject)
        side.contents_add(f"{navn} Do".encode())
        alene.save(ud)
    return pdfium.PdfDocument(ud.getvalue())[0].get_textpage().get_text_range()


def _underskrift(felt):
    """The signature in a place to sign in; None when nobody has signed there."""
    return felt.get("/V") or (felt.get("/Parent") or {}).get("/V")


def _er_stroem(udseende) -> bool:
    import pikepdf

    return isinstance(udseende, pikepdf.Stream)


def _tomt(udseende) -> bool:
    import pikepdf

    if udseende is None:
        return True
    if not _er_stroem(udseende):
        return not len(udseende)
    try:
        return TOMT_UDSEENDE.fullmatch(bytes(udseende.read_bytes())) is not None
    except pikepdf.PdfError:
        return False


def _ord_paa_feltet(felt) -> list[str]:
    """Where it says something: captions, what it locks or asks for, and texts that no reader shows."""
    ud = [
        navn[1:]
        for navn, form in FELTETS_FORM.items()
        if navn in felt and not (len(tekst := str(felt[navn])) <= FELTNAVN_LAENGDE and form.fullmatch(tekst))
    ]
    if set((felt.get("/MK") or {}).keys()) & MAERKETS_ORD:
        ud.append("MK")
    laas, krav = felt.get("/Lock") or {}, felt.get("/SV") or {}
    if set(laas.keys()) - LAASENS or not all(FELTNAVN.fullmatch(str(n)) for n in laas.get("/Fields", [])):
        ud.append("Lock")
    if set(krav.keys()) - KRAVETS or not all(SUM.fullmatch(str(n)) for n in krav.get("/DigestMethod", [])):
        ud.append("SV")
    return ud


def _underskriften(underskrift) -> list[str]:
    if andet := sorted(navn[1:] for navn in set(underskrift.keys()) - UNDERSKRIFTENS):
        return [f"Underskriften har andet med sig ({', '.join(andet)[:80]})."]
    return []


def lavet_med(pdf) -> list[str]:
    """The programs that signatures say that they were made with, which are words as well."""
    ud = [
        " ".join(_ordene(felt.V.Prop_Build, 0))
        for felt in _formfelter(pdf)
        if str(felt.get("/FT")) == "/Sig" and "/Prop_Build" in (felt.get("/V") or {})
    ]
    return [" ".join(ord_.split())[:200] for ord_ in ud if ord_.strip()]


def _ordene(objekt, dybde: int) -> list[str]:
    import pikepdf

    if isinstance(objekt, pikepdf.String | pikepdf.Name):
        return [str(objekt).removeprefix("/")]
    if dybde > DYBEST:
        return []
    if isinstance(objekt, pikepdf.Dictionary):
        return [o for n in objekt.keys() for o in _ordene(objekt[n], dybde + 1)]  # noqa: SIM118
    if isinstance(objekt, pikepdf.Array):
        return [o for barn in objekt for o in _ordene(barn, dybde + 1)]
    return []


def _formularen(par: Aftrykspar) -> None:
    """What stands in the form beside its fields: fonts to sign with, and nothing that is said."""
    gammel, nyt = (pdf.Root.get("/AcroForm") or {} for pdf in (par.gammel, par.nyt))
    andet = [
        navn
        for navn in sorted(set(nyt.keys()) - {"/Fields", "/SigFlags"})
        if aftryk(gammel.get(navn), par.foer) != aftryk(nyt[navn], par.efter)
        and not _til_at_skrive_med(navn, nyt[navn])
    ]
    if andet:
        par.fundet.fejl.append(f"Filens formular har andet med sig ({', '.join(n[1:] for n in andet)[:80]}).")


def _til_at_skrive_med(navn: str, vaerdi) -> bool:
    if navn == "/DA":
        return FELTETS_FORM["/DA"].fullmatch(str(vaerdi)) is not None
    if navn != "/DR" or set(vaerdi.keys()) - RESSOURCERNES:
        return False
    return all(SKRIFTENS_ORD.fullmatch(ord_) for ord_ in _strenge(vaerdi, 0))


def _strenge(objekt, dybde: int) -> list[str]:
    import pikepdf

    if isinstance(objekt, pikepdf.String):
        return [str(objekt)]
    if dybde > DYBEST or not isinstance(objekt, pikepdf.Array | pikepdf.Dictionary | pikepdf.Stream):
        return []
    boern = objekt if isinstance(objekt, pikepdf.Array) else (objekt[n] for n in objekt.keys())  # noqa: SIM118
    return [ord_ for barn in boern for ord_ in _strenge(barn, dybde + 1)]


def _rettigheder(par: Aftrykspar) -> None:
    """A certification is a signature of the form; other rights lead elsewhere."""
    rettigheder = par.nyt.Root.get("/Perms") or {}
    underskrifter = {f.V.objgen for f in _formfelter(par.nyt) if "/V" in f}
    if set(rettigheder.keys()) - {"/DocMDP"} or (rettigheder and rettigheder["/DocMDP"].objgen not in underskrifter):
        par.fundet.fejl.append("Filen siger noget om rettigheder, som ingen underskrift siger.")


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
