"""Blocks and their differences written as WordprocessingML.

There is one writer: a plain document is a difference in which nothing differs. In a difference every change is a real
tracked change (w:ins, w:del, tracked rows): to accept them all gives the new paper, to reject them all the old one.
What is moved stands where it was and where it is, since both orders must come out, and is tracked as a move
(w:moveFrom, w:moveTo). What was changed in it besides is tracked in itself: what goes out where it was, what comes in
where it is.
"""

import copy
import io
from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count

from docx.document import Document as Worddokument
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from dokumenter.sammenlign import hel_tekst
from dokumenter.sammenlign.model import (
    Art,
    Billedforskel,
    Blokforskel,
    Celleforskel,
    Delforskel,
    Flytning,
    Raekkeforskel,
    Stykke,
    Tabelforskel,
    Tekstforskel,
)
from dokumenter.word.bredder import Celleform, behov, bredder, celleform
from dokumenter.word.enheder import med_faste_mellemrum
from dokumenter.word.fodnoter import Fodnotedel
from dokumenter.word.indhold import NIVEAUER, Wordindhold
from dokumenter.word.stil import (
    LISTENIVEAUER,
    PUNKTLISTE,
    TALLISTE,
    TEKSTBREDDE,
    TVAERSBREDDE,
    celletekst,
    ny_liste,
    uden_styretegn,
)
from helhedsplan.blokke.model import FORSIDE, UNDERSKRIFTER, Billedblok, Loeb, Tekstblok, tekst

#: The paper's title is level 1 and Word's own Title; its sections are the topmost headings.
STILE = {"titel": "Title", "overlinje": "Overlinje", "underlinje": "Subtitle", "citat": "Quote", "mindre": "Mindre"}
STILE |= {"punkt": "List Paragraph", "fortsat": "List Paragraph", "billedtekst": "Caption"}
STOERSTE_BILLEDE = (Cm(16), Cm(20))
#: What stands on the title page.
FORAN = {FORSIDE, UNDERSKRIFTER}
UNDERSKRIFTSHOEJDE = "680"
#: How words are tracked by the move that they stand in and by what happened to them.
SPOR: dict[Flytning, dict[Art, str]] = {
    "": {"ens": "", "ny": "w:ins", "slettet": "w:del"},
    "til": {"ens": "w:moveTo", "ny": "w:ins"},
    "fra": {"ens": "w:moveFrom", "slettet": "w:del"},
}
#: Rows and footnotes cannot be moved, but only come and go.
UDEN_FLYTNING = {"w:moveTo": "w:ins", "w:moveFrom": "w:del"}


class Skriver:
    """Writes into an empty document. billede: the bytes of a picture by its name."""

    def __init__(
        self, word: Worddokument, billede: Callable[[Billedblok], bytes], forfatter: str, dato: datetime | None
    ):
        self.word = word
        self.krop = word.element.body
        self.billede = billede
        self.noter = Fodnotedel(word)
        self.indhold = Wordindhold(word, lambda art, laeg: self._nyt_afsnit(tekst(""), art, laeg), self._sporet_loeb)
        self.punkter = ny_liste(word, PUNKTLISTE)
        self.lister: dict[int, int] = {}
        self.numre = count(1)
        self.flytning: Flytning = ""
        self.flytninger: Counter[tuple[Hashable, Flytning]] = Counter()
        self.flyttenavne: dict[tuple[Hashable, int], str] = {}
        #: What has been moved, as it stands now with what was changed in it, by what it was.
        self.flyttede_dele: dict[int, Delforskel] = {}
        self.flyttede_raekker: dict[int, Raekkeforskel] = {}
        self.celleform = Celleform()
        self.spor = {qn("w:author"): uden_styretegn(forfatter)[:200]}
        if dato:
            self.spor[qn("w:date")] = dato.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def skriv(self, dele: tuple[Delforskel, ...]) -> None:
        self._find_flyttede(dele)
        foran = [del_ for del_ in dele if del_.kilde.noegle in FORAN]
        for del_ in foran:
            self._del(del_)
        self._sideskift()
        efter_indhold = self._sideskift()
        for del_ in dele[len(foran) :]:
            self._del(del_)
        self.indhold.skriv(efter_indhold)
        self.noter.faerdig()

    def _find_flyttede(self, dele: tuple[Delforskel, ...]) -> None:
        for del_ in dele:
            if del_.flyttet == "til":
                self.flyttede_dele[id(del_.foer)] = del_
            raekker = [r for blok in del_.blokke if isinstance(blok, Tabelforskel) for r in blok.raekker]
            self.flyttede_raekker |= {id(r.foer): r for r in raekker if r.flyttet == "til"}
            self._find_flyttede(del_.under)

    def _sideskift(self):
        p = self._nyt_afsnit(tekst("", "mindre"), "ens", self._sidst)
        loeb = OxmlElement("w:r")
        loeb.append(OxmlElement("w:br", attrs={qn("w:type"): "page"}))
        p.append(loeb)
        return p

    def _sidst(self, element) -> None:
        """Before the properties of the section, which stand last."""
        self.krop.sectPr.addprevious(element)

    def _del(self, del_: Delforskel) -> None:
        if self._staar_ikke_her(del_):
            return
        with self._flyttes(del_.flyttet, id(del_.foer), self._sidst) as flyttes:
            if flyttes == "fra":
                del_ = self.flyttede_dele[id(del_.foer)]
            if del_.titel.stykker:
                self._tekst(del_.titel, self._sidst)
            for blok in del_.blokke:
                self._blok(blok)
            for under in del_.under:
                self._del(under)

    def _staar_ikke_her(self, forskel: Delforskel | Raekkeforskel | Blokforskel | Stykke) -> bool:
        """Inside what is moved: what is new where it was, and what has gone where it is."""
        if not self.flytning:
            return False
        if (flyttet := getattr(forskel, "flyttet", "")) and flyttet != self.flytning:
            return True
        return forskel.art == ("slettet" if self.flytning == "til" else "ny")

    def _blok(self, blok: Blokforskel) -> None:
        if self._staar_ikke_her(blok):
            return
        if isinstance(blok, Tekstforskel):
            with self._flyttes(blok.flyttet, blok.tekst, self._sidst) as flyttes:
                self._tekst(hel_tekst(blok.tekst, "ens") if flyttes else blok, self._sidst)
        elif isinstance(blok, Tabelforskel):
            self._tabel(blok)
        else:
            self._billede(blok)

    @contextmanager
    def _flyttes(self, flytning: Flytning, hvad: Hashable, laeg: Callable) -> Iterator[Flytning]:
        """What is written meanwhile is where something was moved from, or to; `hvad` is the same at both places. A move
        inside what is itself moved is no move of its own."""
        if self.flytning or not flytning:
            yield ""
            return
        self.flytninger[hvad, flytning] += 1
        par = (hvad, self.flytninger[hvad, flytning])
        navn = self.flyttenavne.setdefault(par, f"flytning{len(self.flyttenavne) + 1}")
        maerke, nummer = SPOR[flytning]["ens"], str(next(self.numre))
        start = {qn("w:id"): nummer, qn("w:name"): navn, **self.spor}
        laeg(OxmlElement(f"{maerke}RangeStart", attrs=start))
        self.flytning = flytning
        yield flytning
        self.flytning = ""
        laeg(OxmlElement(f"{maerke}RangeEnd", attrs={qn("w:id"): nummer}))

    # --- texts ------------------------------------------------------------------------------------------------------

    def _tekst(self, forskel: Tekstforskel, laeg: Callable) -> None:
        p = self._nyt_afsnit(self._ordene(forskel), forskel.art, laeg)
        self._stykker(p, forskel)
        niveau = _overskriftsniveau(forskel.tekst)
        if niveau in NIVEAUER and forskel.stykker:
            self.indhold.husk(p, niveau, self._helt(forskel))

    def _helt(self, forskel: Tekstforskel) -> Tekstforskel:
        """In the list of contents what is moved goes out and comes in."""
        if not self.flytning:
            return forskel
        return hel_tekst(self._ordene(forskel), "ny" if self.flytning == "til" else "slettet")

    def _ordene(self, forskel: Tekstforskel) -> Tekstblok:
        return forskel.gammel if self.flytning == "fra" and forskel.gammel is not None else forskel.tekst

    def _stykker(self, p, forskel: Tekstforskel) -> None:
        self._hver(p, med_faste_mellemrum(forskel.stykker))

    def _hver(self, p, stykker: tuple[Stykke, ...]) -> None:
        for stykke in stykker:
            self._stykke(p, stykke, self.word.part)

    def _nyt_afsnit(self, tekst_: Tekstblok, art: Art, laeg: Callable, i_celle: Celleforskel | None = None):
        p = OxmlElement("w:p")
        egenskaber = p.get_or_add_pPr()
        egenskaber.style = self.word.styles[self._stil(tekst_, i_celle)].style_id
        if tekst_.stil in {"punkt", "fortsat"}:
            self._listeplads(egenskaber, tekst_)
        if i_celle and i_celle.celle.tal:
            egenskaber.append(OxmlElement("w:jc", attrs={qn("w:val"): "right"}))
        if spor := self._spor(art):
            maerke = OxmlElement("w:rPr")
            maerke.append(self._sporet(spor))
            egenskaber.append(maerke)
        laeg(p)
        return p

    def _stil(self, tekst_: Tekstblok, i_celle: Celleforskel | None) -> str:
        if tekst_.stil == "overskrift":
            return f"Heading {_overskriftsniveau(tekst_)}"
        if i_celle and tekst_.stil == "afsnit":
            return celletekst(self.celleform.punkter)
        return STILE.get(tekst_.stil, "Normal")

    def _listeplads(self, egenskaber, tekst_: Tekstblok) -> None:
        niveau = min(tekst_.niveau, LISTENIVEAUER) - 1
        if tekst_.stil == "fortsat":
            egenskaber.append(OxmlElement("w:ind", attrs={qn("w:left"): str(360 * (niveau + 1))}))
            return
        liste = self.punkter
        if tekst_.nummereret:
            if tekst_.start is not None or niveau not in self.lister:
                self.lister[niveau] = ny_liste(self.word, TALLISTE, niveau, tekst_.start or 1)
            liste = self.lister[niveau]
        numpr = egenskaber.get_or_add_numPr()
        numpr.get_or_add_ilvl().val, numpr.get_or_add_numId().val = niveau, liste

    def _spor(self, art: Art, flyttes: bool = True) -> str:
        spor = SPOR[self.flytning]["ens" if art == "rettet" else art]
        return spor if flyttes else UDEN_FLYTNING.get(spor, spor)

    def _sporet(self, maerke: str):
        return OxmlElement(maerke, attrs={qn("w:id"): str(next(self.numre)), **self.spor})

    def _i_spor(self, spor: str, indhold):
        if not spor:
            return indhold
        sporet = self._sporet(spor)
        sporet.append(indhold)
        return sporet

    # --- words ------------------------------------------------------------------------------------------------------

    def _stykke(self, p, stykke: Stykke, del_) -> None:
        """del_: the part of the package that the words stand in, which keeps their links."""
        if self._staar_ikke_her(stykke):
            return
        if stykke.note is not None:
            nummer, note = self.noter.ny()
            p.append(self._i_spor(self._spor("ens"), self.noter.kald(nummer)))
            for inderste in stykke.note:
                self._stykke(note, inderste, self.noter.del_)
            return
        for loeb in stykke.loeb:
            ramme = p
            if loeb.link:
                ramme = OxmlElement("w:hyperlink")
                ramme.set(qn("r:id"), del_.relate_to(loeb.link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
                p.append(ramme)
            ramme.append(self._sporet_loeb(loeb, stykke.art, flyttes=del_ is not self.noter.del_))

    def _sporet_loeb(self, loeb: Loeb, art: Art, flyttes: bool = True):
        spor = self._spor(art, flyttes)
        return self._i_spor(spor, self._loeb(loeb, art, ud=spor == "w:del"))

    def _loeb(self, loeb: Loeb, art: Art, ud: bool):
        if loeb.note is not None:
            nummer, note = self.noter.ny()
            self._stykke(note, Stykke(art, loeb.note), self.noter.del_)
            return self.noter.kald(nummer)
        r = OxmlElement("w:r")
        udseende = OxmlElement("w:rPr")
        if loeb.link:
            udseende.append(OxmlElement("w:rStyle", attrs={qn("w:val"): self.word.styles["Hyperlink"].style_id}))
        for til, maerke in ((loeb.fed, "w:b"), (loeb.kursiv, "w:i")):
            if til:
                udseende.append(OxmlElement(maerke))
        if len(udseende):
            r.append(udseende)
        for nr, linje in enumerate(uden_styretegn(loeb.tekst).split("\n")):
            if nr:
                r.append(OxmlElement("w:br"))
            if linje:
                t = OxmlElement("w:delText" if ud else "w:t")
                t.text = linje
                t.set(qn("xml:space"), "preserve")
                r.append(t)
        return r

    # --- tables and pictures ----------------------------------------------------------------------------------------

    def _tabel(self, tabel: Tabelforskel) -> None:
        tvaers = sum(behov(tabel)) > TEKSTBREDDE
        if tvaers:
            self._sektion(tabel.art, paa_tvaers=False)
        if tabel.titel:
            titel = tabel.titel
            self._tekst_som(titel, "billedtekst")
        self.celleform = celleform(tabel, plads := TVAERSBREDDE if tvaers else TEKSTBREDDE)
        kolonner = bredder(tabel, plads, self.celleform)
        tbl = OxmlElement("w:tbl")
        tbl.append(_tabelegenskaber(sum(kolonner), self.celleform.luft))
        gitter = OxmlElement("w:tblGrid")
        for bredde in kolonner:
            gitter.append(OxmlElement("w:gridCol", attrs={qn("w:w"): str(bredde)}))
        tbl.append(gitter)
        for raekke in tabel.raekker:
            if self._staar_ikke_her(raekke):
                continue
            with self._flyttes(raekke.flyttet, id(raekke.foer), tbl.append) as flyttes:
                if flyttes == "fra" and self.flyttede_raekker[id(raekke.foer)].art != "ny":
                    raekke = self.flyttede_raekker[id(raekke.foer)]
                tbl.append(self._raekke(raekke, kolonner, hoej=tabel.slags == UNDERSKRIFTER))
        self._sidst(tbl)
        # Two tables in a row would be one to Word.
        self._luft(tabel.art)
        if tvaers:
            self._sektion(tabel.art, paa_tvaers=True)

    def _sektion(self, art: Art, paa_tvaers: bool) -> None:
        """End a section here: what stands since the last one is on pages upright, or across. It comes and goes with
        its table, or an empty page would be left."""
        sektion = copy.deepcopy(self.krop.sectPr)
        if paa_tvaers:
            sektion.orientation = WD_ORIENT.LANDSCAPE
            sektion.page_width, sektion.page_height = sektion.page_height, sektion.page_width
        self._luft(art).pPr.append(sektion)

    def _luft(self, art: Art):
        p = self._nyt_afsnit(tekst(""), art, self._sidst)
        p.pPr.style = self.word.styles["Tabelluft"].style_id
        return p

    def _tekst_som(self, forskel: Tekstforskel, stil) -> None:
        self._stykker(self._nyt_afsnit(Tekstblok((), stil), forskel.art, self._sidst), forskel)

    def _raekke(self, raekke: Raekkeforskel, kolonner: list[int], hoej: bool):
        """hoej: with room for a signature."""
        tr = OxmlElement("w:tr")
        egenskaber = OxmlElement("w:trPr")
        egenskaber.append(OxmlElement("w:cantSplit"))
        if hoej and not raekke.raekke.hoved:
            egenskaber.append(OxmlElement("w:trHeight", attrs={qn("w:val"): UNDERSKRIFTSHOEJDE}))
        if raekke.raekke.hoved:
            egenskaber.append(OxmlElement("w:tblHeader"))
        if spor := self._spor(raekke.art, flyttes=False):
            egenskaber.append(self._sporet(spor))
        tr.append(egenskaber)
        fra = 0
        for celle in raekke.celler:
            tr.append(self._celle(celle, sum(kolonner[fra : fra + celle.celle.spaend]), raekke.art))
            fra += celle.celle.spaend
        return tr

    def _celle(self, celle: Celleforskel, bredde: int, art: Art):
        tc = OxmlElement("w:tc")
        egenskaber = OxmlElement("w:tcPr")
        egenskaber.append(OxmlElement("w:tcW", attrs={qn("w:w"): str(bredde), qn("w:type"): "dxa"}))
        if celle.celle.spaend > 1:
            egenskaber.append(OxmlElement("w:gridSpan", attrs={qn("w:val"): str(celle.celle.spaend)}))
        tc.append(egenskaber)
        sidste = len(celle.tekster) - 1
        for nr, forskel in enumerate(celle.tekster):
            self._celletekst(forskel, tc.append, celle, art, er_sidst=nr == sidste)
        return tc

    def _celletekst(self, forskel: Tekstforskel, laeg: Callable, celle: Celleforskel, art: Art, er_sidst: bool) -> None:
        """A cell must keep its last paragraph, so that one goes with its row and has no mark of its own."""
        if self._staar_ikke_her(replace(forskel, flyttet="")):
            return
        maerke: Art = art if art in {"ny", "slettet"} else "ens" if er_sidst else forskel.art
        p = self._nyt_afsnit(self._ordene(forskel), maerke, laeg, celle)
        self._hver(p, med_faste_mellemrum(forskel.stykker) if self.celleform.fast else forskel.stykker)
        if celle.celle.hoved:
            for loeb in p.iter(qn("w:r")):
                if loeb.rPr is None or loeb.rPr.find(qn("w:b")) is None:
                    loeb.get_or_add_rPr().append(OxmlElement("w:b"))

    def _billede(self, forskel: Billedforskel) -> None:
        """One with other words to it goes out and comes in, since what it is called cannot be tracked."""
        if forskel.art == "rettet" and forskel.foer is not None:
            self._billede(Billedforskel("slettet", forskel.foer, forskel.foer))
            self._billede(Billedforskel("ny", forskel.billede))
            return
        if self._staar_ikke_her(forskel):
            return
        billede = forskel.billede
        inline = self.word.part.new_pic_inline(io.BytesIO(self.billede(billede)), None, None)
        maal = inline.extent
        skala = min(1, STOERSTE_BILLEDE[0] / maal.cx, STOERSTE_BILLEDE[1] / maal.cy)
        for plads in (maal, inline.graphic.graphicData.pic.spPr.xfrm.find(qn("a:ext"))):
            plads.cx, plads.cy = int(plads.cx * skala), int(plads.cy * skala)
        inline.docPr.set("descr", uden_styretegn(billede.alternativ_tekst))
        p = self._nyt_afsnit(tekst(""), forskel.art, self._sidst)
        r, tegning = OxmlElement("w:r"), OxmlElement("w:drawing")
        tegning.append(inline)
        r.append(tegning)
        p.append(self._i_spor(self._spor(forskel.art), r))
        if billede.billedtekst:
            self._tekst(hel_tekst(tekst(billede.billedtekst, "mindre"), forskel.art), self._sidst)


def _overskriftsniveau(tekst_: Tekstblok) -> int:
    """Word's level of a heading; 0 of what is none."""
    return min(max(tekst_.niveau - 1, 1), 5) if tekst_.stil == "overskrift" else 0


def _tabelegenskaber(bredde: int, celleluft: int):
    egenskaber = OxmlElement("w:tblPr")
    egenskaber.append(OxmlElement("w:tblW", attrs={qn("w:w"): str(bredde), qn("w:type"): "dxa"}))
    kanter = OxmlElement("w:tblBorders")
    for kant in ("top", "bottom", "insideH"):
        form = {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": "8A8A8A"}
        kanter.append(OxmlElement(f"w:{kant}", attrs={qn(k): v for k, v in form.items()}))
    egenskaber.append(kanter)
    egenskaber.append(OxmlElement("w:tblLayout", attrs={qn("w:type"): "fixed"}))
    luft = OxmlElement("w:tblCellMar")
    for side, luftbredde in (("top", 40), ("left", celleluft), ("bottom", 40), ("right", celleluft)):
        luft.append(OxmlElement(f"w:{side}", attrs={qn("w:w"): str(luftbredde), qn("w:type"): "dxa"}))
    egenskaber.append(luft)
    return egenskaber
