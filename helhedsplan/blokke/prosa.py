"""Stored prose as blocks: paragraphs, headings, lists and tables, with footnotes where they stand."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from dataclasses import replace

from helhedsplan import prosa
from helhedsplan.blokke.model import Blok, Blokcelle, Blokraekke, Loeb, Tabelblok, Tekstblok
from helhedsplan.tekst import Talkilde, rens, uden_skjulte_tal

LUFT = re.compile(r"[ \t\r\n\f]+")
LISTER = {"ul": False, "ol": True}
TOM = Tekstblok(())
GENTAGET = "gentaget"


def prosablokke(tekst: str, niveau: int = 3, tal: Iterable[Talkilde] = ()) -> tuple[Blok, ...]:
    """niveau: the level of the topmost heading in it; tal: what its bound figures stand for, noted as in the PDF, the
    hidden ones hidden. Sound whatever the text holds, as `helhedsplan.prosa` is.
    """
    kilder = tuple(tal)
    rod = prosa.trae(uden_skjulte_tal(rens(tekst), kilder), niveau)
    _kildehenvis(rod, {kilde.henvisning: kilde.kilde for kilde in kilder})
    return tuple(_blokke(rod))


def _kildehenvis(rod: ET.Element, kilder: dict[str, str]) -> None:
    """A bound figure is followed by a footnote with its source; those of one source in a text share it."""
    kaldte = set()
    for span in [element for element in rod.iter("span") if element.get("data-tal")]:
        kilde = kilder.get(span.attrib.pop("data-tal"))
        if kilde and kilde not in kaldte:
            kaldte.add(kilde)
            note = ET.SubElement(span, "span", {"class": "fodnote"})
            note.text = kilde
        elif kilde:
            ET.SubElement(span, "span", {"class": GENTAGET, "title": kilde})


def _blokke(element: ET.Element) -> Iterator[Blok]:
    for barn in element:
        if barn.tag in LISTER:
            yield from _liste(barn, 1)
        elif barn.tag == "table":
            yield _tabel(barn)
        elif barn.tag == "blockquote":
            yield from (_citeret(t) if isinstance(t, Tekstblok) else t for t in _blokke(_i_blok(barn)))
        elif barn.tag[0] == "h" and barn.tag[1:].isdigit():
            yield Tekstblok(_linje(barn), "overskrift", int(barn.tag[1:]))
        else:
            yield Tekstblok(_linje(barn))


def _citeret(tekst: Tekstblok) -> Tekstblok:
    return replace(tekst, i_citat=True) if tekst.stil in {"punkt", "fortsat"} else replace(tekst, stil="citat")


def _i_blok(element: ET.Element) -> ET.Element:
    """Words that stand loose in a block as a paragraph of it."""
    ny, loest = ET.Element("div"), ET.Element("p")
    loest.text = element.text
    for barn in element:
        if barn.tag in prosa.BLOKKE or barn.tag == "li":
            _tag_med(ny, loest)
            loest = ET.Element("p")
            loest.text, kopi = barn.tail, _uden_hale(barn)
            ny.append(kopi)
        else:
            loest.append(barn)
    _tag_med(ny, loest)
    return ny


def _uden_hale(element: ET.Element) -> ET.Element:
    kopi = ET.Element(element.tag, element.attrib)
    kopi.text = element.text
    kopi[:] = element
    return kopi


def _tag_med(under: ET.Element, loest: ET.Element) -> None:
    if "".join(loest.itertext()).strip():
        under.append(loest)


def _liste(liste: ET.Element, niveau: int) -> Iterator[Tekstblok]:
    nummereret = LISTER[liste.tag]
    start: int | None = _start(liste) if nummereret else None
    for punkt in liste:
        foerste = True
        for blok in _i_blok(punkt):
            if blok.tag in LISTER:
                yield from _liste(blok, niveau + 1)
                continue
            for tekst in _tekster(blok):
                stil = "punkt" if foerste else "fortsat"
                yield Tekstblok(tekst.loeb, stil, niveau, nummereret and foerste, start if foerste else None)
                foerste = False
        if foerste:
            yield Tekstblok((), "punkt", niveau, nummereret, start)
        start = None


def _start(liste: ET.Element) -> int:
    """Numbers of many digits are no numbers of a list."""
    tekst = liste.get("start", "1")
    return int(tekst) if tekst.isascii() and tekst.isdigit() and len(tekst) < 5 else 1


def _tekster(blok: ET.Element) -> Iterator[Tekstblok]:
    """The texts of a block where only texts can stand: a table in a list item or a cell gives its rows as lines."""
    ramme = ET.Element("div")
    ramme.append(_uden_hale(blok))
    for del_ in _blokke(ramme):
        if isinstance(del_, Tekstblok):
            yield del_
        elif isinstance(del_, Tabelblok):
            yield from _fladt(del_)


def _fladt(tabel: Tabelblok) -> Iterator[Tekstblok]:
    if tabel.titel:
        yield Tekstblok(tabel.titel)
    for raekke in tabel.raekker:
        dele: list[Loeb] = []
        for celle in raekke.celler:
            for tekst in celle.tekster:
                dele += [Loeb(" · "), *tekst.loeb] if dele and tekst.loeb else tekst.loeb
        if dele:
            yield Tekstblok(tuple(dele))


def _tabel(tabel: ET.Element) -> Tabelblok:
    titel = next((_linje(del_) for del_ in tabel if del_.tag == "caption"), ())
    raekker = [
        Blokraekke(tuple(map(_celle, raekke)), hoved=gruppe.tag == "thead")
        for gruppe in tabel
        if gruppe.tag in {"thead", "tbody"}
        for raekke in gruppe
    ]
    return Tabelblok(tuple(raekker), titel)


def _celle(celle: ET.Element) -> Blokcelle:
    tekster = tuple(t for blok in _i_blok(celle) for t in _tekster(blok))
    spaend = int(celle.get("colspan", "1"))
    return Blokcelle(tekster or (TOM,), spaend, celle.tag == "th", "tal" in celle.get("class", ""))


# --- the words of a line --------------------------------------------------------------------------------------------


def _linje(element: ET.Element) -> tuple[Loeb, ...]:
    """The runs of a line: white space as one space, <br> as a line break, nothing at either end."""
    samlet: list[Loeb] = []
    for loeb in _loeb(element, Loeb()):
        if samlet and loeb.note is None and samlet[-1].note is None and replace(samlet[-1], tekst=loeb.tekst) == loeb:
            samlet[-1] = replace(loeb, tekst=samlet[-1].tekst + loeb.tekst)
        else:
            samlet.append(loeb)
    return _uden_kanter(samlet)


def _uden_kanter(loeb: list[Loeb]) -> tuple[Loeb, ...]:
    ud: list[Loeb] = []
    for del_ in loeb:
        if del_.note is None and not del_.gentager:
            foer = ud[-1].tekst if ud and ud[-1].note is None else ("" if ud else " ")
            tekst = re.sub(r" *\n *", "\n", del_.tekst)
            tekst = tekst.lstrip(" ") if foer.endswith((" ", "\n")) else tekst
            if not tekst:
                continue
            del_ = replace(del_, tekst=tekst)
        ud.append(del_)
    while ud and _er_luft(ud[-1]):
        ud.pop()
    if ud and ud[-1].note is None:
        ud[-1] = replace(ud[-1], tekst=ud[-1].tekst.rstrip(" \n"))
    return tuple(ud)


def _er_luft(loeb: Loeb) -> bool:
    return loeb.note is None and not loeb.gentager and not loeb.tekst.rstrip(" \n")


def _loeb(element: ET.Element, som: Loeb) -> Iterator[Loeb]:
    if element.text:
        yield replace(som, tekst=LUFT.sub(" ", element.text))
    for barn in element:
        if barn.tag == "br":
            yield replace(som, tekst="\n")
        elif barn.tag == "span" and barn.get("class") == "fodnote":
            yield Loeb(note=_linje(barn))
        elif barn.tag == "span" and barn.get("class") == GENTAGET:
            yield Loeb(gentager=barn.get("title", ""))
        else:
            yield from _loeb(barn, _udseende(barn, som))
        if barn.tail:
            yield replace(som, tekst=LUFT.sub(" ", barn.tail))


def _udseende(element: ET.Element, som: Loeb) -> Loeb:
    if element.tag == "strong":
        return replace(som, fed=True)
    if element.tag == "em":
        return replace(som, kursiv=True)
    if element.tag == "a":
        return replace(som, link=element.get("href", ""))
    return som
