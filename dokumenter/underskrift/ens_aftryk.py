"""Fingerprints of what a PDF is built of: the same for a file that another program has written anew."""

import hashlib
from dataclasses import dataclass
from typing import Any

from dokumenter.underskrift.ens_tegnet import Tegneforskel
from dokumenter.underskrift.tjenester import Tjeneste

#: Of a page: what leads back to the document, and what is looked at by itself.
IKKE_SIDENS = {"/Parent", "/Annots", "/StructParents", "/Tabs", "/B", "/PZ", "/LastModified", "/PieceInfo", "/Metadata"}
#: What one reader heeds and another does not, or only on paper.
IKKE_ENS = {
    "/Alternates", "/OPI", "/OC", "/OP", "/op", "/OPM", "/TR", "/TR2", "/HT", "/BG", "/BG2", "/UCR", "/UCR2",
    "/DefaultGray", "/DefaultRGB", "/DefaultCMYK", "/Ref", "/SMaskInData",
}  # fmt: skip
DYBEST = 60
ARVES = ("/MediaBox", "/CropBox", "/Rotate", "/Resources")


@dataclass(frozen=True)
class Aftrykspar:
    """The two files, the numbers of their pages by object, who may add what, and what has been found."""

    gammel: Any
    nyt: Any
    tjeneste: Tjeneste | None
    fundet: Tegneforskel
    foer: dict
    efter: dict


def aftryk(objekt, sider: dict, sete: dict | None = None, uden: frozenset[str] | set[str] = frozenset()) -> str:
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
        dele = [f"{n}={aftryk(objekt[n], sider, sete)}" for n in navne]
        return kort("stream", hashlib.sha256(udpakket(objekt)).hexdigest(), *dele)
    if isinstance(objekt, pikepdf.Dictionary):
        navne = sorted(set(objekt.keys()) - uden)
        return kort("dict", *(f"{n}={aftryk(objekt[n], sider, sete)}" for n in navne))
    if isinstance(objekt, pikepdf.Array):
        return kort("array", *(aftryk(barn, sider, sete) for barn in objekt))
    return kort(type(objekt).__name__, _enkelt(objekt))


def _enkelt(objekt) -> str:
    import pikepdf

    return bytes(objekt).hex() if isinstance(objekt, pikepdf.String) else str(objekt)


def kort(*dele: str) -> str:
    return hashlib.sha256("\x1f".join(dele).encode()).hexdigest()


def udpakket(stroem) -> bytes:
    """What a stream says; one packed as a picture is compared as it is packed."""
    import pikepdf

    try:
        return bytes(stroem.read_bytes())
    except pikepdf.PdfError:
        return bytes(stroem.read_raw_bytes()) + str(stroem.get("/Filter")).encode()


def sidenumre(pdf) -> dict:
    return {side.obj.objgen: nr for nr, side in enumerate(pdf.pages, 1)}


def sideaftryk(side, numre: dict) -> str:
    """A page as it is built: its contents as one, for writers split and join them."""
    import pikepdf

    indhold = side.obj.get("/Contents")
    dele = list(indhold) if isinstance(indhold, pikepdf.Array) else [indhold] if indhold is not None else []
    samlet = b"\n".join(udpakket(del_) for del_ in dele)
    return kort(
        hashlib.sha256(samlet.strip()).hexdigest(),
        aftryk(arvet(side, "/Resources"), numre),
        rammeaftryk(side, numre),
        aftryk(side.obj.get("/Group"), numre),
    )


def rammeaftryk(side, numre: dict) -> str:
    """A page but for what is drawn on it: its size and turn, and what happens when it is opened."""
    egne = sorted(set(side.obj.keys()) - IKKE_SIDENS - {"/Contents", "/Group", *ARVES})
    arvede = [f"{navn}={aftryk(arvet(side, navn), numre)}" for navn in ARVES if navn != "/Resources"]
    return kort(*arvede, *(f"{n}={aftryk(side.obj[n], numre)}" for n in egne))


def laeses_ikke_ens(side) -> set[str]:
    """The names of what makes a page look otherwise in another reader, on paper or on a press: other pictures instead,
    layers, masks, overprint, and colours in the place of the plain ones."""
    import pikepdf

    fundne: set[str] = set()
    sete: set = set()
    stak = [(arvet(side, "/Resources"), 0), *((note.get("/AP"), 0) for note in side.obj.get("/Annots") or [])]
    while stak:
        objekt, dybde = stak.pop()
        if not isinstance(objekt, pikepdf.Array | pikepdf.Dictionary | pikepdf.Stream) or dybde > DYBEST:
            continue
        if objekt.is_indirect:
            if objekt.objgen in sete:
                continue
            sete.add(objekt.objgen)
        if isinstance(objekt, pikepdf.Array):
            stak += [(barn, dybde + 1) for barn in objekt]
            continue
        fundne |= set(objekt.keys()) & IKKE_ENS
        if "/SMask" in objekt and not isinstance(objekt, pikepdf.Stream) and str(objekt.SMask) != "/None":
            fundne.add("/SMask")
        if str(objekt.get("/Subtype")) == "/PS":
            fundne.add("/PS")
        stak += [(objekt[n], dybde + 1) for n in objekt.keys() if n != "/Parent"]  # noqa: SIM118
    return fundne


def arvet(side, navn: str):
    """What a page has itself or from the tree above it; the crop box is the media box unless said otherwise."""
    knude, dybde = side.obj, 0
    while knude is not None and dybde < 50:
        if navn in knude:
            return knude[navn]
        knude, dybde = knude.get("/Parent"), dybde + 1
    return {"/CropBox": side.mediabox, "/Rotate": 0}.get(navn) if navn != "/Resources" else None
