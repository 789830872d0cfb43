"""Is a file that comes back the file that was issued, but for what a service that is set up by name is known to add?

Words alone are not enough: a note, a white box, a picture of other words, an appended page or another font pass a
comparison of words. So every page is held against the issued one as it is built (contents, fonts, pictures, links,
everything that it reaches) and, where it is built otherwise, as it is drawn, to the last pixel; and beside the pages
what a PDF holds that no page shows. What is found is said in Danish, with the page and the place.

Pure functions over bytes, for a process of its own (`isoleret`).
"""

import io
from collections.abc import Iterable

from dokumenter.underskrift.ens_aftryk import Aftrykspar, aftryk, laeses_ikke_ens, rammeaftryk, sideaftryk, sidenumre
from dokumenter.underskrift.ens_felter import det_synlige, er_underskrift, felt_med_mere, noter, synlige
from dokumenter.underskrift.ens_revisioner import revisioner
from dokumenter.underskrift.ens_skjult import loese, skjult
from dokumenter.underskrift.ens_tegnet import MM, Tegneforskel, Tegnesag, tegnede_sider
from dokumenter.underskrift.ens_udenfor import uden_for_siderne
from dokumenter.underskrift.tjenester import Tjeneste

#: Of a note: what leads back to its page, and when it was made.
IKKE_NOTENS = frozenset({"/P", "/Parent", "/StructParent", "/M", "/NM"})


def sammenlign(udstedt: bytes, ny: bytes, tjeneste: Tjeneste | None = None, navne: Iterable[str] = ()) -> Tegneforskel:
    """Hold a file against the issued one. `navne`: of parties and signers, which a service may write where one signs.

    Both can be opened (`modtag.tjek_fil`). Raises nothing of its own: what cannot be compared is a difference.
    """
    import pikepdf

    fundet = Tegneforskel()
    with pikepdf.open(io.BytesIO(udstedt)) as gammel, pikepdf.open(io.BytesIO(ny)) as nyt:
        antal, nye = len(gammel.pages), len(nyt.pages)
        if nye < antal:
            fundet.fejl.append(f"Filen har {nye} sider. Den udstedte har {antal}.")
            return fundet
        par = Aftrykspar(gammel, nyt, tjeneste, fundet, sidenumre(gammel), sidenumre(nyt))
        uden_for_siderne(par, udstedt, ny)
        skjult(par, ny)
        revisioner(par, udstedt, ny, _paa_siden, loese)
        aendrede = _byggede_sider(par)
        _nye_sider(par)
        paa = {nr: det_synlige(side) for nr, side in enumerate(nyt.pages, 1) if tjeneste and synlige(side)}
    tegnede_sider(Tegnesag(udstedt, ny, antal, nye, tjeneste, tuple(navne), fundet, paa), aendrede)
    return fundet


# --- the pages ---


def _byggede_sider(par: Aftrykspar) -> list[int]:
    """Numbers, from 1, of the issued pages that are built otherwise now, or are signed in something that is drawn."""
    aendrede = set()
    for nr, (udstedt, ny) in enumerate(zip(par.gammel.pages, par.nyt.pages, strict=False), 1):
        if sideaftryk(udstedt, par.foer) != sideaftryk(ny, par.efter) or synlige(ny):
            aendrede.add(nr)
        _paa_siden(par, nr, udstedt, ny)
        if andet := sorted(laeses_ikke_ens(ny) - laeses_ikke_ens(udstedt)):
            ord_ = ", ".join(navn[1:] for navn in andet)
            par.fundet.fejl.append(f"Side {nr}: Siden tegnes ikke ens af alle læsere ({ord_}).")
    return sorted(aendrede)


def _paa_siden(par: Aftrykspar, nr: int, udstedt, ny) -> None:
    """Size, turn, what it does, and its notes, links and fields; those that are signed in hold nothing else."""
    if rammeaftryk(udstedt, par.foer) != rammeaftryk(ny, par.efter):
        par.fundet.fejl.append(f"Side {nr}: Siden har andre mål, er drejet, eller der sker noget, når den åbnes.")
    gamle = [aftryk(note, par.foer, uden=IKKE_NOTENS) for note in noter(udstedt)]
    for note in noter(ny):
        if er_underskrift(note):
            par.fundet.fejl += [f"Side {nr}: {fejl}" for fejl in felt_med_mere(note)]
            continue
        maerke = aftryk(note, par.efter, uden=IKKE_NOTENS)
        if maerke in gamle:
            gamle.remove(maerke)
        else:
            par.fundet.fejl.append(f"Side {nr}: {_notenavn(note)} er lagt på eller ændret{_notested(note)}.")
    if gamle:
        par.fundet.fejl.append(f"Side {nr}: Der mangler {len(gamle)} af den udstedte sides links eller noter.")


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


# --- pages that came along ------------------------------------------------------------------------------------------


def _nye_sider(par: Aftrykspar) -> None:
    antal = len(par.gammel.pages)
    ekstra = list(range(antal + 1, len(par.nyt.pages) + 1))
    if not ekstra:
        return
    if par.tjeneste is None or len(ekstra) > par.tjeneste.slutsider:
        par.fundet.fejl.append(f"Der er lagt {len(ekstra)} sider til. Den udstedte fil har {antal}.")
        return
    for nr in ekstra:
        andre = [note for note in noter(par.nyt.pages[nr - 1]) if not er_underskrift(note)]
        if any(str(note.get("/Subtype")) != "/Link" for note in andre):
            par.fundet.fejl.append(f"Side {nr}: Der ligger noter på den side, der er lagt til.")
