"""The document ids printed on a paper, read out of its words.

A text layer is no copy of what is printed: it breaks a long id where its line is full, puts in a space or a hyphen or
leaves one out, and takes a nought for an o. So an id that is looked for is found in spite of all that, and one that is
begun on a page and is not the one looked for is something, never nothing.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

#: What is printed before an id. In the foot it is written so; in the midst of a sentence it may be said of any paper.
MAERKE = re.compile(r"(?P<fod>D(?i:okument-*id))|dokument-+id", re.ASCII)
#: As long as an id can be, and more.
HALE = re.compile(r":?([\w./-]{0,340})")
ID = re.compile(r"([\w./-]{1,330}?/(?:[\w.-]*?-)?[0-9a-f]{12})")
#: How the id of an edition ends, wherever it stands.
UDGAVES_ENDE = re.compile(r"u\d{1,4}-[0-9a-f]{12}", re.IGNORECASE)
SIDETAL = re.compile(r"side\d{1,3}af\d{1,3}")
#: Signs that are taken for each other. None of those to the left can stand in the twelve digits that an id ends in.
FORVEKSLET = str.maketrans("oil|sz", "011152")
#: So much of what follows the words "dokument-id" in a sentence of the issued paper tells it from others.
KENDES_PAA, BEGYNDELSE = 24, 12


def ren(tekst: str) -> str:
    """Without blanks, marks that are not seen and the numbers of the pages; every dash is a hyphen."""
    tegn = (("-" if unicodedata.category(t) == "Pd" else t) for t in unicodedata.normalize("NFKC", tekst))
    return SIDETAL.sub("", "".join(t for t in tegn if unicodedata.category(t)[0] not in "ZC"))


def grov(tekst: str) -> str:
    """What is left to compare by when hyphens and signs that look alike do not count."""
    return tekst.lower().translate(FORVEKSLET).replace("-", "")


@dataclass(frozen=True)
class Trykt:
    """What stands of ids on one page. haler: what follows each "Dokument-id"; ender: how the ids of editions end."""

    haler: tuple[str, ...]
    ender: tuple[str, ...]

    def er(self, dokument_id: str) -> bool:
        """Whether this id stands on the page."""
        return any(er_id(hale, dokument_id) for hale in self.haler)

    @property
    def hele(self) -> tuple[str, ...]:
        """The ids that can be read to their end, as they are spelt here."""
        return tuple(fund[1] for hale in self.haler if (fund := ID.match(hale)))


def laes(side: str) -> Trykt:
    """side: the words of one page, with or without their lines."""
    tekst = ren(side)
    haler = []
    for maerke in MAERKE.finditer(tekst):
        fund = HALE.match(tekst, maerke.end())
        # In the midst of a sentence what follows may be any words.
        if fund and fund[1] and (maerke["fod"] or er_helt(fund[1])):
            haler.append(fund[1])
    return Trykt(tuple(haler), tuple(UDGAVES_ENDE.findall(tekst)))


def i_foden(side: str) -> str:
    """The id that a page prints as its own, in its foot, and not one that a sentence names; '' when there is none that
    can be read to its end. side: the words of one page."""
    tekst = ren(side)
    for maerke in MAERKE.finditer(tekst):
        hale = HALE.match(tekst, maerke.end())
        if maerke["fod"] and hale and (fundet := ID.match(hale[1])):
            return fundet[1]
    return ""


def er_id(hale: str, dokument_id: str) -> bool:
    """Whether what follows "Dokument-id" is this id, whatever words come after it."""
    return grov(hale).startswith(grov(dokument_id))


def er_helt(hale: str) -> bool:
    """Whether what is printed can be read to the end of an id."""
    return ID.match(hale) is not None


def en_af_hver(navne: Iterable[str]) -> list[str]:
    """Of an id that is spelt in more ways the one without the hyphens that a line has put in."""
    fundne: dict[str, str] = {}
    for navn in sorted(set(navne), key=lambda navn: (len(navn), navn)):
        fundne.setdefault(grov(navn), navn)
    return sorted(fundne.values())


def andre(side: Trykt, dokument_id: str, udstedt: Sequence[Trykt]) -> tuple[list[str], list[str]]:
    """What stands on a page and is not this id: other ids, and what cannot be read to its end. The issued paper may
    itself name others. One that begins as this one is this one, when this one's end stands on the page, and no other.
    """
    naevnte = {hele for u in udstedt for hele in u.hele if not er_id(hele, dokument_id)}
    saetninger = {grov(hale)[:KENDES_PAA] for u in udstedt for hale in u.haler if not er_helt(hale)}
    ender = {grov(navn.rpartition("/")[2]) for navn in (dokument_id, *naevnte)}
    ukendte = [ende for ende in side.ender if grov(ende) not in ender]
    egen, begynder = bool(side.ender) and not ukendte, grov(dokument_id)[:BEGYNDELSE]
    halve = []
    for hale in side.haler:
        if er_id(hale, dokument_id) or any(er_id(hale, navn) for navn in naevnte):
            continue
        if laest := ID.match(hale):
            ukendte.append(laest[1])
        elif grov(hale)[:KENDES_PAA] not in saetninger and not (egen and grov(hale).startswith(begynder)):
            halve.append(hale)
    hele = [u for u in ukendte if not any(u != v and v.endswith(u) for v in ukendte)]
    return hele, halve
