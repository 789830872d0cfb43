"""The list of contents: Word's own field, with its entries filled in, so that it shows before anybody updates it.

The entries have no page numbers until Word updates the field: only Word knows where its pages end, and a wrong number
is worse than none. They are tracked as their headings are, so that each answer to the changes has the right list.
"""

from collections.abc import Callable
from dataclasses import replace

from docx.document import Document as Worddokument
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from dokumenter.sammenlign.model import Stykke, Tekstforskel
from helhedsplan.blokke.model import Loeb

NIVEAUER = (1, 2)
STILE = {niveau: f"toc {niveau}" for niveau in NIVEAUER}
OVERSKRIFT = "toc heading"
FELT = ' TOC \\o "1-2" \\h \\z \\u '


class Wordindhold:
    """Gathers the headings as they are written; `skriv` puts the list in its place.

    afsnit(art, lay) makes an empty paragraph, loeb(run, art) a tracked run of words.
    """

    def __init__(self, word: Worddokument, afsnit: Callable, loeb: Callable):
        self.word, self.afsnit, self.loeb = word, afsnit, loeb
        self.linjer: list[tuple[str, int, Tekstforskel]] = []

    def husk(self, p, niveau: int, forskel: Tekstforskel) -> None:
        """p: the paragraph of the heading, which gets a mark to be led to."""
        nummer = str(len(self.linjer) + 1)
        navn = f"_Toc{nummer:0>9}"
        start = OxmlElement("w:bookmarkStart", attrs={qn("w:id"): nummer, qn("w:name"): navn})
        p.pPr.addnext(start)
        p.append(OxmlElement("w:bookmarkEnd", attrs={qn("w:id"): nummer}))
        self.linjer.append((navn, niveau, forskel))

    def skriv(self, efter) -> None:
        """efter: the paragraph that the list stands before."""
        laeg = efter.addprevious
        self._i_stil(self.afsnit("ens", laeg), OVERSKRIFT).append(self.loeb(Loeb("Indhold"), "ens"))
        afsnit = [self._linje(laeg, *linje) for linje in self.linjer]
        ramme = afsnit[0] if afsnit and self.linjer[0][2].art in {"ens", "rettet"} else self._skjult(afsnit, laeg)
        for plads, loeb in enumerate(_begynd(), 1):
            ramme.insert(plads, loeb)
        efter.insert(1, _felttegn("end"))

    def _skjult(self, afsnit: list, laeg: Callable):
        """A paragraph that takes no room: the field must outlive a first entry that comes or goes."""
        p = self.afsnit("ens", afsnit[0].addprevious if afsnit else laeg)
        p.pPr.append(parse_xml(f"<w:rPr {nsdecls('w')}><w:vanish/></w:rPr>"))
        return p

    def _linje(self, laeg, navn: str, niveau: int, forskel: Tekstforskel):
        p = self._i_stil(self.afsnit(forskel.art, laeg), STILE[niveau])
        link = OxmlElement("w:hyperlink", attrs={qn("w:anchor"): navn, qn("w:history"): "1"})
        for stykke in forskel.stykker:
            for loeb in _ord(stykke):
                link.append(self.loeb(loeb, stykke.art))
        p.append(link)
        return p

    def _i_stil(self, p, navn: str):
        p.pPr.style = self.word.styles[navn].style_id
        return p


def _ord(stykke: Stykke):
    """The words of a heading, without its notes, links and looks."""
    return (replace(Loeb(), tekst=loeb.tekst) for loeb in stykke.loeb if loeb.note is None and loeb.tekst)


def _begynd():
    felt = f'<w:r {nsdecls("w")}><w:instrText xml:space="preserve">{FELT}</w:instrText></w:r>'
    return (_felttegn("begin"), parse_xml(felt), _felttegn("separate"))


def _felttegn(art: str):
    return parse_xml(f'<w:r {nsdecls("w")}><w:fldChar w:fldCharType="{art}"/></w:r>')
