"""Two papers held up against each other: sections, tables by their keys, prose word by word. Pure functions."""

from dataclasses import replace

from dokumenter.sammenlign.model import (
    Art,
    Billedforskel,
    Blokforskel,
    Celleforskel,
    Delforskel,
    Raekkeforskel,
    Stykke,
    Tabelforskel,
    Tekstforskel,
)
from dokumenter.sammenlign.ord import ordforskel
from dokumenter.sammenlign.parring import Kendes, efter_lighed, efter_noegle, efter_ord
from helhedsplan.blokke.model import (
    Billedblok,
    Blok,
    Blokcelle,
    Blokdel,
    Blokdokument,
    Blokraekke,
    Figurblok,
    Tabelblok,
    Tekstblok,
    ren,
)
from helhedsplan.blokke.model import tekst as tekstblok

#: What has words of its own.
Ordblok = Tekstblok | Tabelblok | Billedblok
#: Tables whose rows stand in order of what they say: by date, or the gravest first.
SORTEREDE = {"milepaele", "milepaelsplan", "risici"}
#: Tables whose first column is the row's number, which changes when a row before it comes or goes.
NUMMEREREDE = {"delmaal"}
DELE = Kendes(noegle=lambda del_: del_.noegle, indhold=lambda del_: replace(del_, nummer=""))


def sammenlign(gammelt: Blokdokument, nyt: Blokdokument) -> tuple[Delforskel, ...]:
    """From the old paper to the new one."""
    return dele(gammelt.dele, nyt.dele)


def dele(gamle: tuple[Blokdel, ...], nye: tuple[Blokdel, ...]) -> tuple[Delforskel, ...]:
    ud = []
    for par in efter_noegle(gamle, nye, DELE):
        if par.art in {"par", "til"}:
            ud.append(_del(par.foer, par.efter, flyttet=par.art == "til"))
        elif par.art == "fra":
            ud.append(replace(hel_del(par.foer, "slettet"), efter=par.efter, flyttet="fra"))
        else:
            ud.append(hel_del(par.foer or par.efter, par.art))
    return tuple(ud)


def _del(foer: Blokdel, efter: Blokdel, flyttet: bool) -> Delforskel:
    titel = tekst(foer.overskrift, efter.overskrift)
    blokke_ = blokke(foer.blokke, efter.blokke)
    under = dele(foer.under, efter.under)
    ens = foer.titel == efter.titel and all(b.art == "ens" for b in blokke_) and not any(u.aendret for u in under)
    return Delforskel("ens" if ens else "rettet", foer, efter, titel, blokke_, under, "til" if flyttet else "")


def hel_del(del_: Blokdel, art: Art) -> Delforskel:
    """A part that is new, or goes out, as a whole."""
    foer, efter = (del_, None) if art == "slettet" else (None, del_)
    under = tuple(hel_del(u, art) for u in del_.under)
    return Delforskel(art, foer, efter, hel_tekst(del_.overskrift, art), hele(del_.blokke, art), under)


# --- blocks ---------------------------------------------------------------------------------------------------------


def blokke(gamle: tuple[Blok, ...], nye: tuple[Blok, ...]) -> tuple[Blokforskel, ...]:
    """Tables made of data are matched by what they are, prose by its words; a figure says nothing of its own."""
    gamle, nye = uden_figurer(gamle), uden_figurer(nye)
    if gamle == nye:
        return hele(nye, "ens")
    ud: list[Blokforskel] = []
    for par in efter_lighed(gamle, nye):
        if par.art == "par":
            ud.append(_blok(par.foer, par.efter))
        else:
            ud += hele((par.foer or par.efter,), par.art)
    return tuple(_med_flyttede(ud))


def _med_flyttede(alle: list[Blokforskel]) -> list[Blokforskel]:
    """A text that goes out at one place and comes in unchanged at another has been moved."""
    nye: dict[Tekstblok, list[int]] = {}
    for nr, blok in enumerate(alle):
        if isinstance(blok, Tekstforskel) and blok.art == "ny" and blok.stykker:
            nye.setdefault(blok.tekst, []).append(nr)
    ud = list(alle)
    for nr, blok in enumerate(alle):
        if isinstance(blok, Tekstforskel) and blok.art == "slettet" and nye.get(blok.tekst):
            til = nye[blok.tekst].pop(0)
            ud[nr], ud[til] = replace(blok, flyttet="fra"), replace(alle[til], flyttet="til")
    return ud


def _blok(foer: Ordblok, efter: Ordblok) -> Blokforskel:
    if isinstance(foer, Tekstblok) and isinstance(efter, Tekstblok):
        return tekst(foer, efter)
    if isinstance(foer, Tabelblok) and isinstance(efter, Tabelblok):
        return tabel(foer, efter)
    if isinstance(foer, Billedblok) and isinstance(efter, Billedblok):
        return Billedforskel("ens" if foer == efter else "rettet", efter, foer)
    raise TypeError(f"{type(foer).__name__} og {type(efter).__name__} kan ikke sammenlignes")


def hele(alle: tuple[Blok, ...], art: Art) -> tuple[Blokforskel, ...]:
    return tuple(_hel_blok(blok, art) for blok in uden_figurer(alle))


def uden_figurer(blokke_: tuple[Blok, ...]) -> tuple[Ordblok, ...]:
    return tuple(blok for blok in blokke_ if not isinstance(blok, Figurblok))


def _hel_blok(blok: Ordblok, art: Art) -> Blokforskel:
    if isinstance(blok, Tekstblok):
        return hel_tekst(blok, art)
    if isinstance(blok, Billedblok):
        return Billedforskel(art, blok, None if art == "ny" else blok)
    titel = hel_tekst(Tekstblok(blok.titel), art) if blok.titel else None
    return Tabelforskel(art, titel, tuple(hel_raekke(r, art) for r in blok.raekker), blok.slags, blok.bredde)


def tekst(foer: Tekstblok, efter: Tekstblok) -> Tekstforskel:
    art: Art = "ens" if foer.loeb == efter.loeb else "rettet"
    return Tekstforskel(art, foer, efter, ordforskel(foer.loeb, efter.loeb))


def hel_tekst(tekst_: Tekstblok, art: Art) -> Tekstforskel:
    foer = None if art == "ny" else tekst_
    efter = None if art == "slettet" else tekst_
    stykker = (Stykke(art, tekst_.loeb),) if tekst_.loeb else ()
    return Tekstforskel(art, foer, efter, stykker)


# --- tables ---------------------------------------------------------------------------------------------------------


def tabel(foer: Tabelblok, efter: Tabelblok) -> Tabelforskel:
    """Row by row: by key when every row has one, else by the words of the rows."""
    med_noegle = all(r.noegle for r in (*foer.raekker, *efter.raekker))
    if med_noegle:
        parrede = efter_noegle(foer.raekker, efter.raekker, _raekkekending(efter.slags))
    else:
        parrede = efter_ord(foer.raekker, efter.raekker, _begynder)
    raekker: list[Raekkeforskel] = []
    for par in parrede:
        if par.art in {"par", "til"}:
            raekker += [replace(r, foelger=par.foelger) for r in _raekke(par.foer, par.efter, par.art == "til")]
        elif par.art == "fra":
            raekker.append(replace(hel_raekke(par.foer, "slettet"), flyttet="fra", foelger=par.foelger))
        else:
            raekker.append(hel_raekke(par.foer or par.efter, par.art))
    titel = tekst(Tekstblok(foer.titel), Tekstblok(efter.titel)) if foer.titel or efter.titel else None
    ens = (titel is None or titel.art == "ens") and all(r.art == "ens" and not r.flyttet for r in raekker)
    bredde = max(foer.bredde, efter.bredde)
    return Tabelforskel("ens" if ens else "rettet", titel, tuple(raekker), efter.slags, bredde)


def _raekkekending(slags: str) -> Kendes:
    fra = 1 if slags in NUMMEREREDE else 0
    return Kendes(
        noegle=lambda r: r.noegle,
        foraelder=lambda r: r.foraelder,
        indhold=lambda r: r.celler[fra:],
        sorteret=slags in SORTEREDE,
        resten=_uden_navn,
    )


def _uden_navn(raekke: Blokraekke) -> tuple | None:
    """What a row says that is known by its name, its name left out; None of one that has a key of its own, or whose
    name is not in its words."""
    if raekke.hoved or raekke.er_sum or raekke.noegle != raekke.navn:
        return None
    navn = tekstblok(raekke.navn)
    uden = tuple(replace(c, tekster=tuple(t for t in c.tekster if t != navn)) for c in raekke.celler)
    return (uden, raekke.beloeb) if uden != raekke.celler else None


def _begynder(raekke: Blokraekke) -> tuple | None:
    """What a row of a written table is about: the words of its first cell, when it has any; a number tells only where
    it stands."""
    ord_ = " ".join(ren(t.loeb) for t in raekke.celler[0].tekster).split() if raekke.celler else []
    if not any(tegn.isalpha() for o in ord_ for tegn in o):
        return None
    return (tuple(ord_), raekke.form, raekke.hoved)


def _raekke(foer: Blokraekke, efter: Blokraekke, flyttet: bool) -> list[Raekkeforskel]:
    """A row that was changed; one of another shape goes out whole and comes in whole."""
    flytning = "til" if flyttet else ""
    if foer.celler == efter.celler:
        return [replace(hel_raekke(efter, "ens"), foer=foer, flyttet=flytning)]
    celler = [_celle(x, y) for x, y in zip(foer.celler, efter.celler, strict=False)]
    if foer.form != efter.form or None in celler:
        ny = replace(hel_raekke(efter, "ny"), foer=foer, flyttet=flytning)
        return [ny] if flyttet else [hel_raekke(foer, "slettet"), ny]
    return [Raekkeforskel("rettet", efter, foer, tuple(celler), flytning)]


def _celle(foer: Blokcelle, efter: Blokcelle) -> Celleforskel | None:
    """The texts of a cell. Its last line stays its last line, since a cell cannot be without one; None when the two
    last lines are not of one form.
    """
    if foer.tekster[-1].form != efter.tekster[-1].form:
        return None
    ud = blokke(foer.tekster, efter.tekster)
    if ud[-1].art in {"ny", "slettet"}:
        ud = (*blokke(foer.tekster[:-1], efter.tekster[:-1]), tekst(foer.tekster[-1], efter.tekster[-1]))
    return Celleforskel(efter, ud)


def hel_raekke(raekke: Blokraekke, art: Art) -> Raekkeforskel:
    celler = tuple(Celleforskel(c, tuple(hel_tekst(t, art) for t in c.tekster)) for c in raekke.celler)
    foer = None if art == "ny" else raekke
    return Raekkeforskel(art, raekke, foer, celler)
