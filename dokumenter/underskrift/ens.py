"""Is a file that comes back the file that was issued, but for what a service that is set up by name is known to add?

Words alone are not enough: a note, a white box, a picture of other words, an appended page or another font pass a
comparison of words. So every page is held against the issued one as it is built (contents, fonts, pictures, links,
everything that it reaches) and, where it is built otherwise, as it is drawn, to the last pixel; and beside the pages
what a PDF holds that no page shows. What is found is said in Danish, with the page and the place.

Pure functions over bytes, for a process of its own (`isoleret`).
"""

import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from dokumenter.underskrift.ens_tegnet import MM, Forskel, Tegnesag, tegnede_sider
from dokumenter.underskrift.tjenester import Tjeneste

#: Of a page: what leads back to the document, and what is looked at by itself.
IKKE_SIDENS = {"/Parent", "/Annots", "/StructParents", "/Tabs", "/B", "/PZ", "/LastModified", "/PieceInfo", "/Metadata"}
ARVES = ("/MediaBox", "/CropBox", "/Rotate", "/Resources")
#: Of a note: what leads back to its page, and when it was made.
IKKE_NOTENS = frozenset({"/P", "/Parent", "/StructParent", "/M", "/NM"})
#: Of the document: the same, and what only says how the file is written.
IKKE_RODENS = {
    "/Pages", "/AcroForm", "/Metadata", "/Names", "/StructTreeRoot", "/DSS", "/Extensions", "/Version", "/Type",
    "/Perms", "/AF", "/MarkInfo",
}  # fmt: skip
EGENSKABER = ("/Title", "/Author", "/Subject", "/Keywords")
XMP = ("dc:title", "dc:creator", "dc:description", "dc:subject")


@dataclass(frozen=True)
class _Par:
    """The two files, the numbers of their pages by object, who may add what, and what has been found."""

    gammel: Any
    nyt: Any
    tjeneste: Tjeneste | None
    fundet: Forskel
    foer: dict
    efter: dict


def sammenlign(udstedt: bytes, ny: bytes, tjeneste: Tjeneste | None = None, navne: Iterable[str] = ()) -> Forskel:
    """Hold a file against the issued one. `navne`: of parties and signers, which a service may write where one signs.

    Both can be opened (`modtag.tjek_fil`). Raises nothing of its own: what cannot be compared is a difference.
    """
    import pikepdf

    fundet = Forskel()
    if b"/XRefStm" in ny and b"/XRefStm" not in udstedt:
        fundet.fejl.append("Filen har to indholdsfortegnelser, så to læsere kan vise hver sit.")
    with pikepdf.open(io.BytesIO(udstedt)) as gammel, pikepdf.open(io.BytesIO(ny)) as nyt:
        antal, nye = len(gammel.pages), len(nyt.pages)
        if nye < antal:
            fundet.fejl.append(f"Filen har {nye} sider. Den udstedte har {antal}.")
            return fundet
        par = _Par(gammel, nyt, tjeneste, fundet, _sidenumre(gammel), _sidenumre(nyt))
        _uden_for_siderne(par)
        aendrede = _byggede_sider(par)
        _nye_sider(par)
    tegnede_sider(Tegnesag(udstedt, ny, antal, nye, tjeneste, tuple(navne), fundet), aendrede)
    return fundet


# --- as it is built -------------------------------------------------------------------------------------------------


def _aftryk(objekt, sider: dict, sete: dict | None = None, uden: frozenset[str] | set[str] = frozenset()) -> str:
    """A fingerprint of an object and all that it reaches; streams by what they hold when unpacked.

    Pages are told by their number, and what has been met on the way by where: the numbers of objects do not count.
    """
    import pikepdf

    sete = {} if sete is None else sete
    noegle = objekt.objgen if getattr(objekt, "is_indirect", False) else None
    if noegle:
        if noegle in sider:
            return f"side {sider[noegle]}"
        if noegle in sete:
            return f"set {sete[noegle]}"
        sete[noegle] = len(sete)
    if isinstance(objekt, pikepdf.Stream):
        navne = sorted(set(objekt.keys()) - {"/Length", "/Filter", "/DecodeParms"} - uden)
        dele = [f"{n}={_aftryk(objekt[n], sider, sete)}" for n in navne]
        return _kort("stream", hashlib.sha256(_udpakket(objekt)).hexdigest(), *dele)
    if isinstance(objekt, pikepdf.Dictionary):
        navne = sorted(set(objekt.keys()) - uden)
        return _kort("dict", *(f"{n}={_aftryk(objekt[n], sider, sete)}" for n in navne))
    if isinstance(objekt, pikepdf.Array):
        return _kort("array", *(_aftryk(barn, sider, sete) for barn in objekt))
    return _kort(type(objekt).__name__, _enkelt(objekt))


def _enkelt(objekt) -> str:
    import pikepdf

    return bytes(objekt).hex() if isinstance(objekt, pikepdf.String) else str(objekt)


def _kort(*dele: str) -> str:
    return hashlib.sha256("\x1f".join(dele).encode()).hexdigest()


def _udpakket(stroem) -> bytes:
    """What a stream says; one packed as a picture is compared as it is packed."""
    import pikepdf

    try:
        return bytes(stroem.read_bytes())
    except pikepdf.PdfError:
        return bytes(stroem.read_raw_bytes()) + str(stroem.get("/Filter")).encode()


def _sidenumre(pdf) -> dict:
    return {side.obj.objgen: nr for nr, side in enumerate(pdf.pages, 1)}


def _sideaftryk(side, numre: dict) -> str:
    """A page as it is built: its contents as one, for writers split and join them."""
    import pikepdf

    indhold = side.obj.get("/Contents")
    dele = list(indhold) if isinstance(indhold, pikepdf.Array) else [indhold] if indhold is not None else []
    samlet = b"\n".join(_udpakket(del_) for del_ in dele)
    arvet = [
        f"{navn}={_aftryk(_arvet(side, navn), numre)}" for navn in ("/MediaBox", "/CropBox", "/Rotate", "/Resources")
    ]
    egne = IKKE_SIDENS | {"/Contents", "/MediaBox", "/CropBox", "/Rotate", "/Resources"}
    return _kort(hashlib.sha256(samlet.strip()).hexdigest(), *arvet, _aftryk_uden_henvisning(side.obj, numre, egne))


def _aftryk_uden_henvisning(ordbog, numre: dict, uden: set[str]) -> str:
    return _kort(*(f"{n}={_aftryk(ordbog[n], numre)}" for n in sorted(set(ordbog.keys()) - uden)))


def _arvet(side, navn: str):
    """What a page has itself or from the tree above it; the crop box is the media box unless said otherwise."""
    knude, dybde = side.obj, 0
    while knude is not None and dybde < 50:
        if navn in knude:
            return knude[navn]
        knude, dybde = knude.get("/Parent"), dybde + 1
    return {"/CropBox": side.mediabox, "/Rotate": 0}.get(navn) if navn != "/Resources" else None


def _byggede_sider(par: _Par) -> list[int]:
    """Numbers, from 1, of the issued pages that are built otherwise now, or are signed in something that is drawn."""
    aendrede = set()
    for nr, (udstedt, ny) in enumerate(zip(par.gammel.pages, par.nyt.pages, strict=False), 1):
        if _sideaftryk(udstedt, par.foer) != _sideaftryk(ny, par.efter) or any(map(_synlig_underskrift, _noter(ny))):
            aendrede.add(nr)
        _paa_siden(par, nr, udstedt, ny)
    return sorted(aendrede)


def _paa_siden(par: _Par, nr: int, udstedt, ny) -> None:
    """Notes, links and fields of a page, but those that are signed in."""
    gamle = [_aftryk(note, par.foer, uden=IKKE_NOTENS) for note in _noter(udstedt)]
    for note in [note for note in _noter(ny) if not _er_underskrift(note)]:
        aftryk = _aftryk(note, par.efter, uden=IKKE_NOTENS)
        if aftryk in gamle:
            gamle.remove(aftryk)
        else:
            par.fundet.fejl.append(f"Side {nr}: {_notenavn(note)} er lagt på eller ændret{_notested(note)}.")
    if gamle:
        par.fundet.fejl.append(f"Side {nr}: Der mangler {len(gamle)} af den udstedte sides links eller noter.")


def _noter(side) -> list:
    noter = side.obj.get("/Annots")
    return list(noter) if noter is not None else []


def _er_underskrift(note) -> bool:
    art = note.get("/FT") or (note.get("/Parent") or {}).get("/FT")
    return str(note.get("/Subtype")) == "/Widget" and str(art) == "/Sig"


def _synlig_underskrift(note) -> bool:
    if not _er_underskrift(note):
        return False
    felt = [float(v) for v in note.get("/Rect", [0, 0, 0, 0])]
    return abs(felt[2] - felt[0]) > 0 and abs(felt[3] - felt[1]) > 0


NOTER = {
    "/FreeText": "en tekst", "/Stamp": "et stempel", "/Ink": "en tegning", "/Link": "et link", "/Widget": "et felt",
    "/FileAttachment": "en vedhæftet fil", "/Redact": "en overstregning", "/Square": "en ramme", "/Text": "en note",
}  # fmt: skip


def _notenavn(note) -> str:
    return NOTER.get(str(note.get("/Subtype")), "en note")


def _notested(note) -> str:
    try:
        x, y = float(note.Rect[0]), float(note.Rect[1])
    except (AttributeError, IndexError, TypeError, ValueError):
        return ""
    return f", {round(x / MM)} mm fra venstre og {round(y / MM)} mm fra bunden"


# --- beside the pages -----------------------------------------------------------------------------------------------


def _uden_for_siderne(par: _Par) -> None:
    """What a PDF holds that no page shows: files in it, layers, actions, bookmarks, properties, words read aloud."""
    gammel, nyt = par.gammel.Root, par.nyt.Root
    for navn in sorted((set(gammel.keys()) | set(nyt.keys())) - IKKE_RODENS):
        if _aftryk(gammel.get(navn), par.foer) != _aftryk(nyt.get(navn), par.efter):
            par.fundet.fejl.append(f"{RODENS.get(navn, f'Filens {navn[1:]}')} er ikke som i den udstedte fil.")
    _felter(par)
    _vedhaeftede(par)
    _egenskaber(par)
    _laest_hoejt(par)


RODENS = {
    "/OCProperties": "Lagene", "/OpenAction": "Det, der sker, når filen åbnes,", "/AA": "Det, der sker i filen,",
    "/Outlines": "Bogmærkerne", "/PageLabels": "Sidernes numre", "/Lang": "Sproget", "/ViewerPreferences": "Visningen",
    "/OutputIntents": "Farverne",
}  # fmt: skip


def _felter(par: _Par) -> None:
    """Form fields but those that are signed in."""
    foer, efter = (
        {_feltnavn(f) for f in _formfelter(pdf) if str(f.get("/FT")) != "/Sig"} for pdf in (par.gammel, par.nyt)
    )
    for navn in sorted(efter - foer):
        par.fundet.fejl.append(f"Der er lagt et felt til, »{navn}«.")


def _formfelter(pdf) -> list:
    return list((pdf.Root.get("/AcroForm") or {}).get("/Fields") or [])


def _feltnavn(felt) -> str:
    return str(felt.get("/T") or "uden navn")[:60]


def _vedhaeftede(par: _Par) -> None:
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
    foer, efter = (pdf.Root.get("/Names") or {} for pdf in (par.gammel, par.nyt))
    for navn in sorted((set(foer.keys()) | set(efter.keys())) - {"/EmbeddedFiles"}):
        if _aftryk(foer.get(navn), par.foer) != _aftryk(efter.get(navn), par.efter):
            par.fundet.fejl.append(f"Filens navneliste {navn[1:]} er ikke som i den udstedte fil.")


def _filer(pdf, numre: dict) -> dict[str, str]:
    return {str(navn): _aftryk(spec.obj, numre) for navn, spec in pdf.attachments.items()}


def _egenskaber(par: _Par) -> None:
    for navn in EGENSKABER:
        foer, efter = (str((pdf.trailer.get("/Info") or {}).get(navn) or "") for pdf in (par.gammel, par.nyt))
        if foer != efter:
            par.fundet.fejl.append(f"Filens {navn[1:]} er »{efter[:80]}«, udstedt som »{foer[:80]}«.")
    foer_xmp, efter_xmp = (pdf.open_metadata() for pdf in (par.gammel, par.nyt))
    for navn in XMP:
        if str(foer_xmp.get(navn) or "") != str(efter_xmp.get(navn) or ""):
            par.fundet.fejl.append(f"Filens egenskaber (XMP) er ændret: {navn.partition(':')[2]}.")


def _laest_hoejt(par: _Par) -> None:
    """The words that a screen reader says instead of what is drawn."""
    if par.tjeneste is not None and "/StructTreeRoot" in par.gammel.Root and "/StructTreeRoot" not in par.nyt.Root:
        par.fundet.tilfoejet.append("Filen har mistet det, en skærmlæser læser efter.")
        return
    if list(_oplaesning(par.gammel)) != list(_oplaesning(par.nyt)):
        par.fundet.fejl.append("Det, en skærmlæser læser op, er ikke som i den udstedte fil.")


def _oplaesning(pdf) -> Iterator[tuple[str, ...]]:
    """Kind and replacing words of each element of the structure, in order."""
    import pikepdf

    stak = [pdf.Root.get("/StructTreeRoot")]
    sete = set()
    while stak:
        knude = stak.pop()
        if isinstance(knude, pikepdf.Array):
            stak += reversed(list(knude))
        elif isinstance(knude, pikepdf.Dictionary):
            if knude.objgen != (0, 0) and knude.objgen in sete:
                continue
            sete.add(knude.objgen)
            if "/S" in knude:
                yield tuple(str(knude.get(navn) or "") for navn in ("/S", "/Alt", "/ActualText", "/E", "/Lang"))
            if "/K" in knude:
                stak.append(knude["/K"])


# --- pages that came along ------------------------------------------------------------------------------------------


def _nye_sider(par: _Par) -> None:
    antal = len(par.gammel.pages)
    ekstra = list(range(antal + 1, len(par.nyt.pages) + 1))
    if not ekstra:
        return
    if par.tjeneste is None or len(ekstra) > par.tjeneste.slutsider:
        par.fundet.fejl.append(f"Der er lagt {len(ekstra)} sider til. Den udstedte fil har {antal}.")
        return
    for nr in ekstra:
        noter = [note for note in _noter(par.nyt.pages[nr - 1]) if not _er_underskrift(note)]
        if any(str(note.get("/Subtype")) != "/Link" for note in noter):
            par.fundet.fejl.append(f"Side {nr}: Der ligger noter på den side, der er lagt til.")
