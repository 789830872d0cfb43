"""Blocks as HTML: printed as a paper, and read on the page of an edition. CSS tells the two apart.

Each kind of block has its template in templates/pdf/blokke. Runs of words are written here, since a paper has
thousands of them; everything that comes from a paper is escaped here or there. Footnotes get their numbers in reading
order through the whole paper, and stand below the section they are called from (docs/adr/0006-noter-i-pdf.md).
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString

from helhedsplan.blokke.model import (
    AFSNIT,
    FORSIDE,
    UNDERSKRIFTER,
    UNDERSKRIFTSSIDE,
    Billedblok,
    Blok,
    Blokcelle,
    Blokdel,
    Blokdokument,
    Blokraekke,
    Figurblok,
    Loeb,
    Tabelblok,
    Tekstblok,
    ren,
)
from helhedsplan.pdf import PdfFejl, arkivbillede
from helhedsplan.prosa import ENHED

#: How the tables of each kind are set in print, where that is not by a class of their own name.
KLASSER = {
    "andel": "halve",
    "formler": "halve",
    "indikatorer": "halve maaltal",
    "koblinger": "halve",
    "maal": "halve",
    "maalinger": "beloeb",
    "penge": "beloeb",
    "samarbejdsparter": "parter",
}
#: Tables whose cells are lines, each a paragraph of its own: the line to sign on is one.
LINJEVIS = {"fakta", UNDERSKRIFTER}
#: So many parties that their lines must stand closer; so many lines that a row may go over a page.
MANGE_PARTER, HOEJ_RAEKKE = 5, 12
#: So many letters are a few lines.
KORT = 300
KLASSE = {"overlinje": "overlinje", "underlinje": "underlinje", "mindre": "tom"}
UNDERKLASSE = {"aktiviteten": "aktivitet", "beslutningen": "beslutning", "indikatoren": "blad"}
#: What the front page calls the paper.
TITELLINJER = {"overlinje", "titel", "underlinje"}
#: The level of a section, which its notes stand below. A part below RAMME is no section of its own, but a heading with
#: words under it.
AFSNITSNIVEAU, RAMME = 2, 3


def papir(dokument: Blokdokument, billeder: dict[str, bytes], efter: SafeString | str = "") -> str:
    """The whole paper; the pictures it shows are put into `billeder` under their SHA-256. efter: what stands below its
    sections and is no blocks, as a redline is not. Raises PdfFejl."""
    tegner = Tegner(billeder)
    forside, underskrifter, afsnit = opdelt(dokument)
    til_blaek, sidst = (None, underskrifter) if er_egen_side(underskrifter) else (underskrifter, None)
    kontekst = {
        "dokument": dokument,
        "forside": tegner.blokke(forside.blokke),
        "til_blaek": til_blaek and {"del": til_blaek, "blokke": tegner.blokke(til_blaek.blokke)},
        "linjer": _indhold(afsnit, sidst) if dokument.med_indhold else (),
        "kun_forside": not afsnit and not sidst,
        "krop": tegner.krop(afsnit, sidst),
        "efter": efter,
    }
    return render_to_string("pdf/blokke/papir.html", kontekst)


def laeseside(dokument: Blokdokument, billeder: dict[str, bytes]) -> tuple[SafeString, SafeString]:
    """For a page that says itself what the paper is called: (what else stands on its front page, its sections)."""
    tegner = Tegner(billeder)
    forside, underskrifter, afsnit = opdelt(dokument)
    resten = tuple(b for b in forside.blokke if not (isinstance(b, Tekstblok) and b.stil in TITELLINJER))
    return SafeString("".join(tegner.blokke(resten))), tegner.krop(afsnit, underskrifter)


def opdelt(dokument: Blokdokument) -> tuple[Blokdel, Blokdel | None, tuple[Blokdel, ...]]:
    """(front page, lines to sign on, sections)."""
    foran = {del_.noegle: del_ for del_ in dokument.dele if del_.noegle in {FORSIDE, UNDERSKRIFTER}}
    return foran[FORSIDE], foran.get(UNDERSKRIFTER), tuple(d for d in dokument.dele if d.noegle not in foran)


def er_egen_side(underskrifter: Blokdel | None) -> bool:
    """An edition is signed on its last page, a draft on its first."""
    return underskrifter is not None and underskrifter.slags == UNDERSKRIFTSSIDE


def anker(del_: Blokdel) -> str:
    return f"afsnit-{del_.noegle}" if del_.slags == AFSNIT else del_.noegle


def _indhold(afsnit: tuple[Blokdel, ...], underskrifter: Blokdel | None) -> list[tuple[str, Blokdel, bool]]:
    """(anchor, part, whether it is below another); of one section nobody needs a list."""
    if len(afsnit) < 2:
        return []
    linjer = [(anker(d), d, d is not et) for et in afsnit for d in (et, *et.under)]
    return [*linjer, *([(anker(underskrifter), underskrifter, False)] if underskrifter else [])]


class Tegner:
    """Draws the parts of one paper in reading order."""

    def __init__(self, billeder: dict[str, bytes]):
        self.billeder = billeder
        self.noter: list[tuple[int, SafeString]] = []
        self.kaldte: dict[str, int] = {}
        self.antal_noter = 0

    def krop(self, afsnit: tuple[Blokdel, ...], underskrifter: Blokdel | None = None) -> SafeString:
        sidste = ["sidste kort-sidste" if er_kort(d) else "sidste" for d in afsnit[-1:]]
        klasser = [*[""] * (len(afsnit) - 1), *sidste]
        ud = [self._del(d, klasse) for d, klasse in zip(afsnit, klasser, strict=True)]
        return SafeString("".join([*ud, *([self._del(underskrifter, UNDERSKRIFTSSIDE)] if underskrifter else [])]))

    def _del(self, del_: Blokdel, klasse: str = "") -> SafeString:
        kontekst = {
            "del": del_,
            "anker": anker(del_) if del_.niveau <= RAMME else "",
            "i_ramme": del_.niveau <= RAMME,
            "klasse": klasse,
            "blokke": self.blokke(del_.blokke),
            "under": [self._del(u, UNDERKLASSE.get(u.slags, "")) for u in del_.under],
            "noter": self._noterne() if del_.niveau == AFSNITSNIVEAU else (),
        }
        return render_to_string("pdf/blokke/del.html", kontekst)

    def _noterne(self) -> list[tuple[int, SafeString]]:
        """Those that were called since the last section."""
        noter, self.noter = self.noter, []
        return noter

    def blokke(self, blokke: tuple[Blok, ...]) -> list[SafeString]:
        ud = []
        for er_tekst, gruppe in groupby(blokke, lambda blok: isinstance(blok, Tekstblok)):
            alle = list(gruppe)
            ud += [self.tekster(alle)] if er_tekst else [self._blok(blok) for blok in alle]
        return ud

    def _blok(self, blok: Blok) -> SafeString:
        if isinstance(blok, Tabelblok):
            return self._tabel(blok)
        if isinstance(blok, Figurblok):
            return render_to_string("pdf/blokke/figur.html", {"figur": blok, "svg": SafeString(blok.svg)})
        return render_to_string("pdf/blokke/billede.html", {"billede": blok, "sha256": self._billede(blok)})

    def _billede(self, billede: Billedblok) -> str:
        try:
            with default_storage.open(billede.fil) as fil:
                raa = fil.read()
        except OSError as fejl:
            raise PdfFejl(f"Billedet {billede.fil} findes ikke mere. Hent det op igen.") from fejl
        sha256, data = arkivbillede(raa, billede.fil)
        self.billeder[sha256] = data
        return sha256

    # --- tables -----------------------------------------------------------------------------------------------------

    def _tabel(self, tabel: Tabelblok) -> SafeString:
        titel = self.loeb(tabel.titel)
        raekker = [self._raekke(r, tabel.slags in LINJEVIS) for r in tabel.raekker]
        kontekst = {
            "klasse": _tabelklasse(tabel),
            "titel": titel,
            "hoved": [r for r in raekker if r["hoved"]],
            "krop": [r for r in raekker if not r["hoved"]],
        }
        return render_to_string("pdf/blokke/tabel.html", kontekst)

    def _raekke(self, raekke: Blokraekke, linjevis: bool) -> dict:
        hoej = any(len(celle.tekster) > HOEJ_RAEKKE for celle in raekke.celler)
        return {
            "hoved": raekke.hoved,
            "klasse": "sum" if raekke.er_sum else "hoej" if hoej else "",
            "celler": [{"celle": celle, "ord": self._celle(celle, linjevis)} for celle in raekke.celler],
        }

    def _celle(self, celle: Blokcelle, linjevis: bool) -> SafeString:
        if linjevis and not celle.hoved:
            return SafeString("".join(f"<p>{self.loeb(t.loeb) or '&nbsp;'}</p>" for t in celle.tekster))
        if len(celle.tekster) == 1 and celle.tekster[0].stil == "afsnit":
            return self.loeb(celle.tekster[0].loeb)
        return self.tekster(celle.tekster, i_celle=True)

    # --- texts ------------------------------------------------------------------------------------------------------

    def tekster(self, tekster: Iterable[Tekstblok], i_celle: bool = False) -> SafeString:
        """Texts in a row; items of lists as lists within each other, what is quoted in its quotation."""
        alle = list(tekster)
        ud: list[str] = []
        for citat, gruppe in groupby(alle, lambda t: t.stil == "citat" or t.i_citat):
            html = "".join(self._i_lister(list(gruppe), i_celle))
            ud.append(f"<blockquote>{html}</blockquote>" if citat else html)
        return SafeString("".join(ud))

    def _i_lister(self, tekster: list[Tekstblok], i_celle: bool) -> Iterator[str]:
        lister: list[str] = []
        for nr, tekst in enumerate(tekster):
            if tekst.stil not in {"punkt", "fortsat"}:
                yield from _luk(lister, 0)
                yield self._afsnit(tekst, i_celle)
                continue
            yield from _luk(lister, tekst.niveau)
            if tekst.stil == "punkt":
                yield from _nyt_punkt(lister, tekst)
            flere = tekst.stil == "fortsat" or _fortsaetter(tekst, tekster[nr + 1 :])
            ord_ = self.loeb(tekst.loeb)
            yield f"<p>{ord_}</p>" if flere else ord_
        yield from _luk(lister, 0)

    def _afsnit(self, tekst: Tekstblok, i_celle: bool) -> str:
        ord_ = self.loeb(tekst.loeb)
        if tekst.stil == "overskrift":
            egne = escape(" ".join(ren(_uden_noter(tekst.loeb)).split()))
            titel = f' data-titel="{egne}"' if len(_uden_noter(tekst.loeb)) < len(tekst.loeb) else ""
            return f"<h{tekst.niveau}{titel}>{ord_}</h{tekst.niveau}>"
        if tekst.stil == "titel":
            return f"<h1>{ord_}</h1>"
        klasse = "rolle" if i_celle and tekst.stil == "mindre" else KLASSE.get(tekst.stil)
        return f'<p class="{klasse}">{ord_}</p>' if klasse else f"<p>{ord_}</p>"

    def loeb(self, loeb: tuple[Loeb, ...]) -> SafeString:
        return SafeString("".join(map(self._et_loeb, loeb)))

    def _et_loeb(self, loeb: Loeb) -> str:
        if loeb.note is not None:
            return self._note(loeb.note)
        if loeb.gentager:
            nummer = self.kaldte.get(loeb.gentager)
            return _kald(nummer) if nummer else ""
        html = escape(ENHED.sub("\u00a0", loeb.tekst)).replace("\n", "<br>")
        html = f"<strong>{html}</strong>" if loeb.fed else html
        html = f"<em>{html}</em>" if loeb.kursiv else html
        return f'<a href="{escape(loeb.link)}">{html}</a>' if loeb.link else html

    def _note(self, note: tuple[Loeb, ...]) -> str:
        self.antal_noter += 1
        nummer = self.kaldte[ren(note)] = self.antal_noter
        self.noter.append((nummer, self.loeb(note)))
        return _kald(nummer, f' id="kald-{nummer}"')


def _kald(nummer: int, anker_: str = "") -> str:
    """The number of a note where it is called. Of several calls of one note the first can be found again."""
    return f'<sup><a href="#note-{nummer}"{anker_} aria-label="Fodnote {nummer}">{nummer}</a></sup>'


def _luk(lister: list[str], niveau: int) -> Iterator[str]:
    """End the lists that lie deeper than this."""
    while len(lister) > niveau:
        yield f"</li></{lister.pop()}>"


def _nyt_punkt(lister: list[str], punkt: Tekstblok) -> Iterator[str]:
    maerke = "ol" if punkt.nummereret else "ul"
    if len(lister) == punkt.niveau:
        if lister[-1] == maerke and punkt.start is None:
            yield "</li><li>"
            return
        yield from _luk(lister, punkt.niveau - 1)
    start = f' start="{punkt.start}"' if punkt.start not in {None, 1} else ""
    while len(lister) < punkt.niveau - 1:
        lister.append(maerke)
        yield f"<{maerke}><li>"
    lister.append(maerke)
    yield f"<{maerke}{start}><li>"


def _fortsaetter(punkt: Tekstblok, efter: list[Tekstblok]) -> bool:
    """Whether an item has more paragraphs than its first."""
    for tekst in efter:
        if tekst.stil not in {"punkt", "fortsat"} or tekst.niveau < punkt.niveau:
            return False
        if tekst.niveau == punkt.niveau:
            return tekst.stil == "fortsat"
    return False


def _uden_noter(loeb: tuple[Loeb, ...]) -> tuple[Loeb, ...]:
    return tuple(del_ for del_ in loeb if del_.note is None and not del_.gentager)


def _tabelklasse(tabel: Tabelblok) -> str:
    klasse = KLASSER.get(tabel.slags, tabel.slags)
    mange = tabel.slags == UNDERSKRIFTER and len(tabel.raekker) - 1 > MANGE_PARTER
    return f"{klasse} mange" if mange else klasse


def er_kort(afsnit: Blokdel) -> bool:
    """So little that it does not stand alone on a last page."""
    tekster = [blok if isinstance(blok, Tekstblok) else None for blok in _alle_blokke(afsnit)]
    return None not in tekster and sum(len(ren(t.loeb)) for t in tekster if t) < KORT


def _alle_blokke(del_: Blokdel) -> Iterator[Blok]:
    yield from del_.blokke
    for under in del_.under:
        yield from _alle_blokke(under)
