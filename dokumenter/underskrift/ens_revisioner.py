"""The revisions that a PDF is built up of, each held against the issued paper: what one says and the next one takes
back is in the file as well, and whoever signed between the two has signed it; a part of `ens`."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from dokumenter.underskrift import ens_arkiv
from dokumenter.underskrift.ens_aftryk import Aftrykspar, sideaftryk, sidenumre
from dokumenter.underskrift.ens_felter import felter, synlige_underskrifter
from dokumenter.underskrift.ens_tegnet import Tegneforskel
from dokumenter.underskrift.ens_udenfor import SLUTNING, egenskaber, uden_for_siderne
from helhedsplan import pdfbytes
from helhedsplan.formats import antal

#: As many as a paper with all its signatures and timestamps has, and more.
HOEJST_REVISIONER = 60
#: Of the document: what signers write anew, and what is looked at by itself.
UNDERSKRIVERENS = {"/AcroForm", "/DSS", "/Extensions", "/Version", "/Perms", "/Metadata"}
LINEARISERET = re.compile(rb"/Linearized[\s\d]")
#: Half of a file's identifier is a sum of 16 bytes or so, and no words.
LAENGSTE_ID = 64
# Of the sixteen bytes drawn by chance one in 440 has eight that can be read in a row, and one in 300.000 fourteen.
LAESELIGT = re.compile(rb"(?=[\x20-\x7e]*[G-Zg-z ])[\x20-\x7e]{14,}")


def slutninger(ny: bytes) -> list[int]:
    """Where each revision ends. The first end of a file that is written to be read from a network is none."""
    fundne = [slut.end() for slut in SLUTNING.finditer(ny)]
    return fundne[1:] if len(fundne) > 1 and LINEARISERET.search(ny, 0, 2048) else fundne


def revisioner(par: Aftrykspar, udstedt: bytes, ny: bytes, paa_siden: Callable, loese: Callable) -> None:
    """paa_siden: finds what is wrong with a page; loese: finds the objects that nothing leads to."""
    import pikepdf

    fejl = par.fundet.fejl
    slut = slutninger(ny)
    if len(slut) > HOEJST_REVISIONER:
        fejl.append(f"Filen er ændret {len(slut) - 1} gange, flere end den kan være af underskrifter.")
        return
    try:
        skrevne = list(pdfbytes.objekter(ny))
    except pdfbytes.Urent:  # said by `skjult`
        return
    fra = 0
    kendte: set[int] = set()
    for til in slut:
        data = ny[:til]
        i_denne = [(nummer, art) for sted, nummer, art in skrevne if fra <= sted < til]
        try:
            with pikepdf.open(io.BytesIO(data)) as pdf:
                fejl += _skrevet(pdf, i_denne)
                if til != slut[-1] and data != udstedt:
                    fundet = Tegneforskel()
                    tidligere = replace(par, nyt=pdf, efter=sidenumre(pdf), fundet=fundet)
                    rettede = {nummer for nummer, _ in i_denne}
                    _tidligere(par, tidligere, (udstedt, data), rettede, kendte, paa_siden, loese)
                    fejl += (
                        [f"Filen har sagt noget andet, før den blev rettet: {fundet.fejl[0]}"] if fundet.fejl else []
                    )
                kendte = kendte or {o.objgen[0] for o in pdf.objects if o is not None}
        except pikepdf.PdfError:
            fejl.append("En tidligere udgave af filen kan ikke læses.")
        fra = til


def _skrevet(pdf, i_denne: list[tuple[int, bytes]]) -> Iterator[str]:
    """Whether every object that a revision writes is the one that its table knows by that number."""
    numre = [nummer for nummer, art in i_denne if art not in {b"XRef", b"null"}]
    i_tabellen = {o.objgen[0] for o in pdf.objects if o is not None}
    if len(set(numre)) < len(numre) or set(numre) - i_tabellen:
        yield "Der ligger dele i filen, som dens indholdsfortegnelse ikke kender."
    if max(i_tabellen, default=0) >= int(pdf.trailer.get("/Size", 0)):
        yield "Filen siger, at den har færre dele, end den har, så en læser kan udelade de sidste."
    halvdele = [bytes(halv) for halv in pdf.trailer.get("/ID", [])]
    if any(len(halv) > LAENGSTE_ID or LAESELIGT.search(halv) for halv in halvdele):
        yield "Filens nummer er ord."


def _tidligere(  # noqa: PLR0917 -- two papers, what was changed between them, and how each is looked at
    par: Aftrykspar, foer: Aftrykspar, filer: tuple[bytes, bytes], rettede: set[int], kendte: set[int],
    paa_siden: Callable, loese: Callable,
) -> None:  # fmt: skip
    """An earlier revision: its pages are the issued ones, or those of the file as it is now; beside them it holds
    what the issued file does. What it has not written anew is as it was."""
    fejl = foer.fundet.fejl
    if len(foer.nyt.pages) < len(par.gammel.pages):
        fejl.append(f"Filen har {len(foer.nyt.pages)} sider.")
        return
    rod = foer.nyt.Root
    hoved = [rod, rod.get("/AcroForm"), rod.get("/Metadata"), foer.nyt.trailer.get("/Info"), rod.get("/DSS")]
    tilladte = {o.objgen[0] for o in (*hoved, *(side.obj for side in foer.nyt.pages)) if o is not None}
    som_nu = all(
        _henvist(rod.get(navn)) == _henvist(par.gammel.Root.get(navn)) for navn in set(rod.keys()) - UNDERSKRIVERENS
    )
    let = kendte and som_nu and not (rettede & kendte) - tilladte
    if not let:
        uden_for_siderne(foer, *filer)
    else:
        felter(foer)
        egenskaber(foer)
        if not ens_arkiv.er_rent(rod.get("/DSS")):
            fejl.append("Arkivet over certifikater har andet i sig end certifikater.")
    for nr, (udstedt, side, nu) in enumerate(zip(par.gammel.pages, foer.nyt.pages, par.nyt.pages, strict=False), 1):
        if synlige_underskrifter(side, foer.efter) - synlige_underskrifter(nu, par.efter):
            fejl.append(f"Side {nr}: En synlig underskrift så anderledes ud, eller stod et andet sted.")
        if let and side.obj.objgen[0] not in rettede:
            continue
        maerke = sideaftryk(side, foer.efter)
        if maerke not in {sideaftryk(udstedt, par.foer), sideaftryk(nu, par.efter)}:
            fejl.append(f"Side {nr}: Siden er ikke bygget som den udstedte.")
        paa_siden(foer, nr, udstedt, side)
    if fundne := len(loese(foer)):
        fejl.append(f"Der ligger {antal(fundne, 'del', 'dele')} i filen, som intet viser, og som ikke blev udstedt.")


def _henvist(objekt) -> bytes:
    """A value by the number of what it leads to, else as it is spelt."""
    return objekt.unparse() if hasattr(objekt, "unparse") else str(objekt).encode()
