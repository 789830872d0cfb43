"""The footnotes of a Word document: a part of its own, which python-docx does not know."""

from docx.document import Document as Worddokument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree

ADSKILLERE = (("-1", "separator"), ("0", "continuationSeparator"))


class Fodnotedel:
    """Gathers the notes; `faerdig` puts them into the document."""

    def __init__(self, word: Worddokument):
        self.word = word
        self.element = OxmlElement("w:footnotes")
        for nummer, art in ADSKILLERE:
            streg = f"<w:p><w:r><w:{art}/></w:r></w:p>"
            xml = f'<w:footnote {nsdecls("w")} w:type="{art}" w:id="{nummer}">{streg}</w:footnote>'
            self.element.append(parse_xml(xml))
        adresse = PackURI("/word/footnotes.xml")
        self.del_ = Part(adresse, CONTENT_TYPE.WML_FOOTNOTES, b"", word.part.package)
        self.antal = 0

    def ny(self):
        """(number, the paragraph to write the note in)."""
        self.antal += 1
        note = parse_xml(
            f'<w:footnote {nsdecls("w")} w:id="{self.antal}"><w:p><w:pPr><w:pStyle w:val="{self._stil()}"/></w:pPr>'
            f'<w:r><w:rPr><w:rStyle w:val="{self._kaldstil()}"/></w:rPr><w:footnoteRef/></w:r>'
            '<w:r><w:t xml:space="preserve"> </w:t></w:r></w:p></w:footnote>'
        )
        self.element.append(note)
        return self.antal, note.find(qn("w:p"))

    def _stil(self) -> str:
        return self.word.styles["footnote text"].style_id

    def _kaldstil(self) -> str:
        return self.word.styles["footnote reference"].style_id

    def kald(self, nummer: int):
        return parse_xml(
            f'<w:r {nsdecls("w")}><w:rPr><w:rStyle w:val="{self._kaldstil()}"/></w:rPr>'
            f'<w:footnoteReference w:id="{nummer}"/></w:r>'
        )

    def faerdig(self) -> None:
        if not self.antal:
            return
        self.del_._blob = etree.tostring(self.element, xml_declaration=True, encoding="UTF-8", standalone=True)
        self.word.part.relate_to(self.del_, RELATIONSHIP_TYPE.FOOTNOTES)
        valg = OxmlElement("w:footnotePr")
        for nummer, _ in ADSKILLERE:
            valg.append(OxmlElement("w:footnote", attrs={qn("w:id"): nummer}))
        indstillinger = self.word.settings.element
        plads = indstillinger.find(qn("w:compat"))
        if plads is None:
            indstillinger.append(valg)
        else:
            plads.addprevious(valg)
