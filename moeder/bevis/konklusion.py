"""Whether words say what the board did with a goal, or say themselves that it did nothing."""

import re

from helhedsplan.grunde import er_grund

#: "et udsat boligområde" and "udsat for" put nothing off.
_UDSAT_OM_ANDET = r"(?!\s+(?:bolig|område|by|kvarter|ung|børn|barn|famil|grupp|borger|beboer|position|situation|for\b))"
UDSKUDT = re.compile(
    rf"\budsat\b{_UDSAT_OM_ANDET}|\b(?:udskudt|udskydes|udsættes)\b"
    r"|\b(?:ikke|ikke blevet|aldrig) (?:behandlet|drøftet|fulgt op|taget op|nået|gennemgået|forelagt)\b"
    r"|\b(?:blev|er|er blevet) ikke (?:\w+ )?(?:behandlet|drøftet|fulgt op|taget op|nået|gennemgået|forelagt)\b"
    r"|\bikke (?:på|til) (?:dagsordenen|behandling)\b|\b(?:ingen|uden) (?:drøftelse|behandling|opfølgning)\b"
    r"|\bnåede (?:\w+ ){0,2}ikke\b",
    re.I,
)
NAESTE_MOEDE = re.compile(
    r"\b(?:næste|kommende|senere) (?:bestyrelses)?møde\b|\bnæste gang\b|\b(?:et|til) senere\b", re.I
)
_SLUT = re.compile(r"(?<=[.!?;])\s+(?=[A-ZÆØÅ])")

INGEN_SAETNING = "er ikke en sætning, der siger, hvad bestyrelsen gjorde"


def saetninger(tekst: str) -> list[str]:
    return [s for s in _SLUT.split(" ".join(tekst.split())) if s]


def udskyder(saetning: str) -> str:
    """The words by which a sentence says that a thing was not dealt with; '' when it says no such thing."""
    fundet = UDSKUDT.search(saetning) or NAESTE_MOEDE.search(saetning)
    return fundet[0] if fundet else ""


def siger_imod(konklusion: str) -> str:
    """The words by which a conclusion takes itself back. "På næste møde" may stand beside a sentence that concludes."""
    if fundet := UDSKUDT.search(konklusion):
        return fundet[0]
    dele = saetninger(konklusion)
    if any(er_grund(del_) and not udskyder(del_) for del_ in dele):
        return ""
    return next(filter(None, map(udskyder, dele)), "")


def konklusionens_mangel(konklusion: str) -> str:
    """What keeps a conclusion from saying what the board did, to stand after "konklusionen"; '' when it says so."""
    if not er_grund(konklusion):
        return INGEN_SAETNING
    ord_ = siger_imod(konklusion)
    return f"siger selv, at målet ikke er behandlet (»{ord_}«)" if ord_ else ""
