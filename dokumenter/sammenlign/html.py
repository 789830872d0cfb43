"""A difference as HTML to read: what came in underlined, what went out struck through, and both said in words.

Written in Python, as prose is (`helhedsplan.prosa`): a paper has thousands of runs of words, and a template for each
would cost more than the comparison. Everything that comes from a paper is escaped here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from django.utils.html import escape
from django.utils.safestring import SafeString

from dokumenter.sammenlign.model import (
    Billedforskel,
    Blokforskel,
    Celleforskel,
    Delforskel,
    Raekkeforskel,
    Stykke,
    Tabelforskel,
    Tekstforskel,
)
from helhedsplan.blokke.model import Billedblok, Blokraekke, Loeb, Tekstblok, ren
from helhedsplan.formats import antal, tal

#: As many unchanged blocks in a row are folded inside a section that has changed.
FOLDES = 4
ORD = {"ny": ("ins", "Tilføjet"), "slettet": ("del", "Slettet")}
TYPOGRAFI = {"titel": "forskel-titel", "overlinje": "sagte", "underlinje": "sagte", "mindre": "sagte"}


@dataclass(frozen=True)
class Vistdel:
    """A section as the page shows it: open when something in it has changed."""

    anker: str
    overskrift: SafeString
    navn: str
    maerker: tuple[str, ...]
    aendret: bool
    html: SafeString


def viste(dele: tuple[Delforskel, ...]) -> list[Vistdel]:
    return [_vist(del_, nr) for nr, del_ in enumerate(dele, 1)]


def _vist(del_: Delforskel, nr: int) -> Vistdel:
    navn = del_.kilde.titel or "Forside"
    overskrift = _stykker(del_.titel.stykker) or escape(navn)
    return Vistdel(f"del-{nr}", SafeString(overskrift), navn, maerker(del_), del_.aendret, SafeString(_krop(del_)))


def maerker(del_: Delforskel) -> tuple[str, ...]:
    """What happened to a part, in words."""
    if del_.flyttet == "fra":
        return ("Flyttet herfra",)
    if del_.art in {"ny", "slettet"}:
        return ("Ny" if del_.art == "ny" else "Udgået",)
    ud = ["Flyttet hertil"] if del_.flyttet == "til" else []
    ud += ["Nyt navn"] if del_.omdoebt else []
    return (*ud, "Rettet") if del_.art == "rettet" and not (del_.omdoebt and _kun_navnet(del_)) else tuple(ud)


def _kun_navnet(del_: Delforskel) -> bool:
    return all(b.art == "ens" for b in del_.blokke) and not any(u.aendret for u in del_.under)


# --- parts ----------------------------------------------------------------------------------------------------------


def _krop(del_: Delforskel) -> str:
    if del_.flyttet == "fra":
        return f'<p class="sagte">Står nu som »{escape(ren(del_.kilde.overskrift.loeb))}«.</p>'
    blokke = _blokke(del_.blokke, foldes=del_.art == "rettet")
    return blokke + "".join(_under(under, del_.art == "rettet") for under in del_.under)


def _under(del_: Delforskel, i_rettet: bool) -> str:
    """A part of a section; an unchanged one is folded where others have changed. In one that is all new, or all gone,
    it is said once of it all."""
    niveau = min(del_.kilde.niveau, 6)
    sagt = "".join(map(_maerke, maerker(del_))) if i_rettet else ""
    overskrift = f"<h{niveau}>{_stykker(del_.titel.stykker)}{sagt}</h{niveau}>"
    if i_rettet and not del_.aendret and del_.kilde.slags != "felt":
        return f'<details class="forskel-fold"><summary>{overskrift}</summary>{_krop(del_)}</details>'
    if i_rettet and not del_.aendret:
        navn = escape(del_.kilde.titel)
        return f'<details class="forskel-fold"><summary>{navn} (uændret)</summary>{_krop(del_)}</details>'
    return f'<section class="forskel-under">{overskrift}{_krop(del_)}</section>'


def _maerke(ord_: str) -> str:
    return f' <span class="maerke maerke-staerk">{ord_}</span>'


# --- blocks ---------------------------------------------------------------------------------------------------------


def _blokke(blokke: tuple[Blokforskel, ...], foldes: bool) -> str:
    ud = []
    numre = _numre(blokke)
    for ens, gruppe in groupby(zip(blokke, numre, strict=True), lambda par: par[0].art == "ens"):
        alle = list(gruppe)
        html = "".join(_blok(blok, nummer) for blok, nummer in alle)
        if foldes and ens and len(alle) >= FOLDES:
            ord_ = antal(len(alle), "uændret afsnit", "uændrede afsnit")
            html = f'<details class="forskel-fold"><summary>{ord_}</summary>{html}</details>'
        ud.append(html)
    return "".join(ud)


def _numre(blokke: Sequence[Blokforskel]) -> list[str]:
    """What stands before each numbered item: its number in the new paper, in the old one where it goes out."""
    gamle: dict[int, int] = {}
    nye: dict[int, int] = {}
    ud = []
    for blok in blokke:
        gammelt = nyt = ""
        if isinstance(blok, Tekstforskel):
            gammelt, nyt = _taelt(blok.gammel, gamle), _taelt(blok.ny, nye)
        ud.append(nyt or gammelt)
    return ud


def _taelt(tekst: Tekstblok | None, tael: dict[int, int]) -> str:
    if tekst is None or not tekst.nummereret:
        return ""
    naeste = tael.get(tekst.niveau, 0) + 1
    tael[tekst.niveau] = naeste if tekst.start is None else tekst.start
    return f"{tael[tekst.niveau]}."


def _blok(blok: Blokforskel, nummer: str = "") -> str:
    if isinstance(blok, Tekstforskel):
        return _tekst(blok, nummer)
    return _tabel(blok) if isinstance(blok, Tabelforskel) else _billede(blok)


def _tekst(forskel: Tekstforskel, nummer: str = "") -> str:
    tekst, ord_ = forskel.tekst, _flyttet(forskel) if forskel.flyttet else _stykker(forskel.stykker)
    if tekst.stil == "overskrift":
        niveau = max(2, min(tekst.niveau, 6))
        return f"<h{niveau}>{ord_}</h{niveau}>"
    if tekst.stil in {"punkt", "fortsat"}:
        tegn = "" if tekst.stil == "fortsat" else _tegn(nummer)
        return f'<p class="forskel-punkt forskel-punkt-{min(tekst.niveau, 5)}">{tegn}{ord_}</p>'
    if tekst.stil == "citat":
        return f"<blockquote>{ord_}</blockquote>"
    klasse = TYPOGRAFI.get(tekst.stil)
    return f'<p class="{klasse}">{ord_}</p>' if klasse else f"<p>{ord_}</p>"


def _flyttet(forskel: Tekstforskel) -> str:
    """Where it is now its words are neither new nor gone."""
    stykker = forskel.stykker
    if forskel.flyttet == "til":
        stykker = tuple(replace(s, art="ens") for s in stykker)
    return f'<span class="maerke">{RAEKKEMAERKER[forskel.flyttet]}</span> {_stykker(stykker)}'


def _tegn(nummer: str) -> str:
    """A number is read aloud, a dot is not."""
    return (
        f'<span class="forskel-tegn">{nummer}</span> '
        if nummer
        else '<span class="forskel-tegn" aria-hidden="true">•</span>'
    )


def _billede(forskel: Billedforskel) -> str:
    if forskel.art == "rettet" and forskel.foer is not None:
        gammel, ny = _rettet("slettet", _billedord(forskel.foer)), _rettet("ny", _billedord(forskel.billede))
        return f'<p class="sagte">Billede: {gammel} {ny}</p>'
    return f'<p class="sagte">{_rettet(forskel.art, f"Billede: {_billedord(forskel.billede)}")}</p>'


def _billedord(billede: Billedblok) -> str:
    tekster = dict.fromkeys(filter(None, (billede.billedtekst, billede.alternativ_tekst)))
    return escape(" – ".join(tekster) or "uden tekst")


# --- tables ---------------------------------------------------------------------------------------------------------


def _tabel(tabel: Tabelforskel) -> str:
    titel = _stykker(tabel.titel.stykker) if tabel.titel else ""
    navn = escape(ren(tabel.titel.tekst.loeb)) if tabel.titel else "Tabel"
    penge = tabel.slags == "penge"
    raekker = "".join(_raekke(r, penge, siges=tabel.art == "rettet") for r in tabel.raekker)
    caption = f"<caption>{titel}</caption>" if titel else ""
    ramme = f'<div class="tabelramme" role="group" tabindex="0" aria-label="{navn}">'
    return f'{ramme}<table class="forskel-tabel">{caption}<tbody>{raekker}</tbody></table></div>'


RAEKKEMAERKER = {"ny": "Ny", "slettet": "Udgået", "fra": "Flyttet herfra", "til": "Flyttet hertil"}
#: Of a row that nobody moved: it follows a date in it, or what it belongs to.
FOELGEMAERKER = {"fra": "Stod før her", "til": "Står nu her"}


def _raekke(raekke: Raekkeforskel, penge: bool, siges: bool) -> str:
    """siges: in a table that is all new, or all gone, no row says it of itself."""
    maerke = (FOELGEMAERKER if raekke.foelger else RAEKKEMAERKER).get(raekke.flyttet or raekke.art, "")
    celler = "".join(_celle(c, maerke if siges and nr == 0 else "", raekke) for nr, c in enumerate(raekke.celler))
    klasse = f' class="forskel-{raekke.flyttet or raekke.art}"' if maerke else ""
    return f"<tr{klasse}>{celler}{_pengeskift(raekke) if penge else ''}</tr>"


def _celle(celle: Celleforskel, maerke: str, raekke: Raekkeforskel) -> str:
    art = "th" if celle.celle.hoved else "td"
    hvad = f' scope="{"col" if raekke.raekke.hoved else "row"}"' if celle.celle.hoved else ""
    hvad += f' colspan="{celle.celle.spaend}"' if celle.celle.spaend > 1 else ""
    hvad += ' class="tal"' if celle.celle.tal else ""
    foran = f'<span class="maerke">{maerke}</span> ' if maerke else ""
    ord_ = "".join(_tekst(t, nummer) for t, nummer in zip(celle.tekster, _numre(celle.tekster), strict=True))
    return f"<{art}{hvad}>{foran}{ord_}</{art}>"


def _pengeskift(raekke: Raekkeforskel) -> str:
    """A last column of its own: how much the line has gone up or down."""
    if raekke.raekke.hoved:
        return '<th scope="col" class="tal">Ændring</th>'
    forskel = _sum(None if raekke.art == "slettet" else raekke.raekke) - _sum(raekke.foer)
    if raekke.flyttet == "fra" or not forskel:
        return '<td class="tal">–</td>'
    return f'<td class="tal"><strong>{"+" if forskel > 0 else ""}{tal(forskel, 2)}</strong></td>'


def _sum(raekke: Blokraekke | None) -> Decimal:
    return (raekke.beloeb if raekke else None) or Decimal(0)


# --- words ----------------------------------------------------------------------------------------------------------


def _stykker(stykker: tuple[Stykke, ...]) -> str:
    return "".join(_stykke(stykke) for stykke in stykker)


def _stykke(stykke: Stykke) -> str:
    if stykke.note is not None:
        return f'<span class="forskel-note"> [Fodnote: {_stykker(stykke.note)}]</span>'
    return _rettet(stykke.art, "".join(_loeb(stykke.loeb)))


def _rettet(art: str, html: str) -> str:
    """The words say what the line through or under them shows, for those who do not see it."""
    if art not in ORD or not html:
        return html
    maerke, ord_ = ORD[art]
    if not html.strip():
        return html
    return f'<{maerke}><span class="sr-only">[{ord_}: </span>{html}<span class="sr-only">]</span></{maerke}>'


def _loeb(loeb: tuple[Loeb, ...]) -> Iterator[str]:
    for del_ in loeb:
        if del_.note is not None:
            yield f'<span class="forskel-note"> [Fodnote: {"".join(_loeb(del_.note))}]</span>'
            continue
        html = escape(del_.tekst).replace("\n", "<br>")
        html = f"<strong>{html}</strong>" if del_.fed else html
        html = f"<em>{html}</em>" if del_.kursiv else html
        yield f'<a href="{escape(del_.link)}">{html}</a>' if del_.link else html
