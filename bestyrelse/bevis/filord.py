"""What the words of uploaded minutes say of themselves: whether they hold the meeting's day and name the goals."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from datetime import date

from aftaler.models import OverordnetMaal
from helhedsplan.formats import MAANEDER
from helhedsplan.fremmedpdf import Afvist, laes_tekst

#: "mål 4", "mål nr. 4", "målene 1, 2 og 4", "mål 1-4".
NUMRE = re.compile(r"\bmål(?:ene|et)?\s*(?:nr\.?|nummer)?\s*(\d+(?:\s*(?:,|og|samt|til|-|–)\s*(?:mål\s*)?\d+)*)")
#: A longer number is a year or a case number, and not the goal that its first digits would be.
TAL = re.compile(r"(?<!\d)\d{1,3}(?!\d)")
RAEKKE = re.compile(rf"({TAL.pattern})\s*(?:til|-|–)\s*({TAL.pattern})")
KORT_ORD = 4


def filens_ord(data: bytes, dato: date, maalene: Sequence[OverordnetMaal]) -> dict:
    """{tekst: whether there are words, dag: whether they hold the day, maal: the numbers of the goals they name}."""
    try:
        tekst = _jaevn(laes_tekst(data))
    except Afvist:
        tekst = ""
    return {"tekst": bool(tekst), "dag": naevner_dag(tekst, dato), "maal": naevnte_maal(tekst, maalene)}


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
