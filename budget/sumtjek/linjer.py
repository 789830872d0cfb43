"""A table out of lines as they are copied from a page, where nothing parts the cells but that figures follow each
other. Figures are read by the one reader; what looks like one and cannot be read is kept as it stands, and named."""

import re
from typing import NamedTuple

from budget.sumtjek.tabel import TOTALORD
from budget.sumtjek.tal import er_procent, er_streg, laes_celle, ligner_tal
from helhedsplan.tabelfil.celletal import NUL_KRONER
from helhedsplan.tallaeser import Talfejl, renset

FLEST_ORD = 5
#: Three digits that no figure of its own begins with: "1 250 000" is written with spaces between the thousands.
RESTEN_AF_TUSINDER = re.compile(r"\d[\d.]* 0\d\d(?!\d)", re.ASCII)
AARSTAL = re.compile(r"(?:19|20)\d\d", re.ASCII)
MED_MELLEMRUM = (
    "Tallene er skrevet med mellemrum mellem tusinderne, så det kan ikke ses, hvor det ene holder op. "
    "Skriv dem med punktum, eller sæt tabellen ind fra et regneark."
)


class Linjestykke(NamedTuple):
    """A part of a line: a figure ('tal'), one that cannot be read ('ulaest'), a dash ('streg') or a word ('ord')."""

    tekst: str
    slags: str


def raekker_af_linjer(tekst: str) -> list[list] | None:
    """The rows: a name, then figures. Words on lines of their own belong to the figures after them; a line with fewer
    figures than the others has its last ones, since it is the first that are left blank. None when there are none.

    Raises ValueError for figures that cannot be told apart.
    """
    hoved: list[str] = []
    ord_: list[str] = []
    fundne: list[tuple[list[str], list[Linjestykke]]] = []
    for linje in filter(None, map(str.strip, tekst.splitlines())):
        if RESTEN_AF_TUSINDER.search(linje):
            raise ValueError(MED_MELLEMRUM)
        navn, tal = _delt(linje)
        if len(tal) < 2:
            ord_.append(linje)
            continue
        if not fundne:
            hoved, ord_ = ord_[:1], ord_[1:]
        fundne.append(([*ord_, *navn], tal))
        ord_ = []
    if not fundne:
        return None
    bredde = _bredde([tal for _, tal in fundne])
    overskrift = " ".join(hoved)
    sidste = next((f[0] for f in TOTALORD.finditer(overskrift) if not overskrift[f.end() :].strip(" .:()kr")), "")
    kolonner = [f"kolonne {nr}" for nr in range(1, bredde)] + [sidste or f"kolonne {bredde}"]
    return [["", *kolonner], *(_raekke(navn, tal, bredde) for navn, tal in fundne)]


def _raekke(navn: list[str], tal: list[Linjestykke], bredde: int) -> list[str]:
    """What stands before the figures and could be one is a cell where there is room for it, else part of the name."""
    celler = [stykke.tekst for stykke in tal[-bredde:]]
    forrest = [stykke.tekst for stykke in tal[:-bredde]]
    return [" ".join([*navn, *forrest]), *[""] * (bredde - len(celler)), *celler]


def _bredde(raekker: list[list[Linjestykke]]) -> int:
    """How many columns: as the lines have, or as the widest has from its first figure that is no year in a name."""
    if len({len(tal) for tal in raekker}) == 1:
        return len(raekker[0])
    return max(len(tal) - next((nr for nr, s in enumerate(tal) if _er_beloeb(s)), 0) for tal in raekker)


def _er_beloeb(stykke: Linjestykke) -> bool:
    return stykke.slags == "tal" and not AARSTAL.fullmatch(stykke.tekst)


def _delt(linje: str) -> tuple[list[str], list[Linjestykke]]:
    """The words of a line, and its longest run of figures (the last of equals); none where no figure can be read."""
    stykker = _stykker(linje.replace("\t", " ").split(" "))
    bedst = (0, 0)
    fra = 0
    for nr, stykke in enumerate([*stykker, Linjestykke("", "ord")]):
        if stykke.slags == "ord":
            if nr - fra >= bedst[1] - bedst[0] and any(s.slags == "tal" for s in stykker[fra:nr]):
                bedst = (fra, nr)
            fra = nr + 1
    fra, til = bedst
    ordene = [s.tekst for s in (*stykker[:fra], *stykker[til:])]
    return ordene, stykker[fra:til]


def _stykker(ordene: list[str]) -> list[Linjestykke]:
    ordene = [et for et in ordene if et]
    stykker: list[Linjestykke] = []
    nr = 0
    while nr < len(ordene):
        laengder = range(min(FLEST_ORD, len(ordene) - nr), 0, -1)
        stykke, antal = next(
            (
                (Linjestykke(samlet, slags), n)
                for n in laengder
                if (slags := _slags(samlet := " ".join(ordene[nr : nr + n])))
            ),
            (Linjestykke(ordene[nr], "ord"), 1),
        )
        stykker.append(stykke)
        nr += antal
    return stykker


def _er_nul(tekst: str) -> bool:
    return er_streg(tekst) or bool(NUL_KRONER.fullmatch(renset(tekst)))


def _slags(tekst: str) -> str:
    """'' for what is no cell. Two words with digits are two figures, and a dash on its own is a cell of its own."""
    ordene = tekst.split(" ")
    med_cifre = sum(any(tegn.isdecimal() for tegn in et) for et in ordene)
    if med_cifre > 1 or (med_cifre and len(ordene) > 1 and (er_streg(ordene[0]) or any(map(_er_nul, ordene[1:])))):
        return ""
    if len(ordene) == 1 and er_streg(tekst):
        return "streg"
    if er_procent(tekst):
        return "tal"
    try:
        return "tal" if laes_celle(tekst) else ""
    except Talfejl as fejl:
        if len(ordene) == 1 and med_cifre:
            return "ulaest" if ligner_tal(tekst) else ""
        return "ulaest" if fejl.kode in {"omtrent", "bogstav"} else ""
