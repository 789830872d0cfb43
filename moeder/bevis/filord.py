"""What the words of uploaded minutes say of themselves: that they are minutes of a board's meeting, its day, the goals
they name, and those they say were not dealt with."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from datetime import date

from aftaler.models import OverordnetMaal
from helhedsplan.formats import MAANEDER, lang_dato
from helhedsplan.fremmedpdf import PdfAfvist, laes_tekst
from moeder.bevis.konklusion import UDSKUDT, saetninger, udskyder

#: "mål 4", "mål nr. 4", "målene 1, 2 og 4", "mål 1-4".
NUMRE = re.compile(r"\bmål(?:ene|et)?\s*(?:nr\.?|nummer)?\s*(\d+(?:\s*(?:,|og|samt|til|-|–)\s*(?:mål\s*)?\d+)*)")
#: A longer number is a year or a case number, and not the goal that its first digits would be.
TAL = re.compile(r"(?<!\d)\d{1,3}(?!\d)")
RAEKKE = re.compile(rf"({TAL.pattern})\s*(?:til|-|–)\s*({TAL.pattern})")
KORT_ORD = 4
BESTYRELSE = re.compile(r"bestyrelse")
MOEDE = re.compile(r"\b(?:\w*bestyrelses|møde|beslutnings|punkt)?(?:møde(?:t|ts|s|r|rne)?|referat(?:et|ets|er)?)\b")
#: So many of the file's own lines are shown to whoever is to say that they are the minutes, and so much of each.
IKKE_REFERAT = "Filens egne ord taler ikke om et møde i en bestyrelse."
VISTE_LINJER, LINJENS_LAENGDE = 8, 240


def filens_ord(data: bytes, dato: date, maalene: Sequence[OverordnetMaal]) -> dict:
    """A `moeder.models.bevis.Filord`."""
    tekst = filens_tekst(data)
    return {
        "tekst": bool(tekst),
        "dag": naevner_dag(tekst, dato),
        "moede": er_moedereferat(tekst),
        "maal": naevnte_maal(tekst, maalene),
        "udskudt": udskudte_maal(tekst, maalene),
    }


def referatets_mangler(laest: dict, dato: date) -> tuple[str, ...]:
    """What the file's own words lack as minutes of a board's meeting that day."""
    if not laest["tekst"]:
        return ("Filen har ingen tekst, der kan læses, så den dokumenterer ikke noget i sig selv.",)
    dag = () if laest["dag"] else (f"Filens egne ord nævner ikke mødets dag, {lang_dato(dato)}.",)
    return dag if laest.get("moede") else (*dag, IKKE_REFERAT)


def filens_tekst(data: bytes) -> str:
    """'' of a file that cannot be read."""
    try:
        return laes_tekst(data).strip()
    except PdfAfvist:
        return ""


def er_moedereferat(tekst: str) -> bool:
    """Of a board, and of a meeting: a newsletter may have the day and the number of a goal too."""
    tekst = _jaevn(tekst)
    return bool(BESTYRELSE.search(tekst) and MOEDE.search(tekst))


def udskudte_maal(tekst: str, maalene: Sequence[OverordnetMaal]) -> list[int]:
    """The goals that a sentence of theirs, or the next one when it names no goal, says were not dealt with."""
    fundne: set[int] = set()
    forrige: list[int] = []
    for saetning in saetninger(unicodedata.normalize("NFKC", tekst).replace("\xad", "")):
        egne = naevnte_maal(saetning, maalene)
        if egne and udskyder(saetning):
            fundne.update(egne)
        elif not NUMRE.search(saetning.lower()) and UDSKUDT.search(saetning):
            fundne.update(forrige)
        forrige = egne
    return sorted(fundne)


def linjer_om(tekst: str, dato: date, maalene: Sequence[OverordnetMaal]) -> list[str]:
    """The file's own lines that hold the day or name one of the goals, each with the line after it."""
    raa = [linje for linje in (" ".join(linje.split()) for linje in tekst.splitlines()) if linje]
    vist = {
        i + n for i, linje in enumerate(raa) if naevner_dag(linje, dato) or naevnte_maal(linje, maalene) for n in (0, 1)
    }
    return [raa[i][:LINJENS_LAENGDE] for i in sorted(vist) if i < len(raa)][:VISTE_LINJER]


def _jaevn(tekst: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", tekst).replace("\xad", "").lower().split())


def naevner_dag(tekst: str, dato: date) -> bool:
    """3. september 2026, 3. sept. 26, 03.09.2026, 3/9-26, 3/9 2026, 2026-09-03."""
    maaned = MAANEDER[dato.month - 1]
    aar = f"(?:{dato.year}|{dato:%y})"
    former = (
        rf"0?{dato.day}\.?\s*(?:{maaned}|{maaned[:3]}t?)\.?,?\s*{aar}",
        rf"0?{dato.day}\s?[./-]\s?0?{dato.month}\s?[./ -]\s?{aar}",
        rf"{dato:%Y-%m-%d}",
    )
    return any(re.search(rf"(?<!\d){form}(?!\d)", _jaevn(tekst)) for form in former)


def naevnte_maal(tekst: str, maalene: Sequence[OverordnetMaal]) -> list[int]:
    """By number, or by every longer word of the area's name where the area has one goal only."""
    tekst = _jaevn(tekst)
    numre = {nr for fund in NUMRE.findall(tekst) for nr in _tal(fund)}
    omraader = Counter(m.indsatsomraade_id for m in maalene)
    return [
        m.nummer
        for m in maalene
        if m.nummer in numre or (omraader[m.indsatsomraade_id] == 1 and _har_titlen(tekst, m.indsatsomraade.navn))
    ]


def _tal(fund: str) -> set[int]:
    numre = {int(nr) for nr in TAL.findall(fund)}
    for fra, til in RAEKKE.findall(fund):
        numre |= set(range(int(fra), int(til) + 1))
    return numre


def _har_titlen(tekst: str, titel: str) -> bool:
    ordene = [o for o in re.findall(r"\w+", _jaevn(titel)) if len(o) >= KORT_ORD]
    return bool(ordene) and all(re.search(rf"\b{re.escape(o)}\b", tekst) for o in ordene)
