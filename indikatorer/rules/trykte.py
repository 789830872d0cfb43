"""The figures that stand in frozen papers, read out of what was printed: which indicator, which place, when, and the
words. For papers from before what is published was kept as figures."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from helhedsplan.tallaeser import Talfejl, laes

#: "the plan's own place", where a paper does not name it.
EGET = ""
TILSAMMEN = {"Områderne tilsammen", "Området"}
I_TEKSTEN = re.compile(r'<span[^>]*\bdata-tal="([^"/]+)/([^"/]+)/([^"/]+)(?:/([^"/]+))?"[^>]*>(.*?)</span>', re.DOTALL)
SAMMENLIGNET = re.compile(r"(.+?) (\d.*) \(([^()]*\d{4})\)")
NAESTE_STED = re.compile(r"(?<=[\d%])\. ")
ET_TAL = re.compile(r"((?:[^,\d\s][^,]*? )?\d{4}) ((?:[\d.]*\d(?:,\d+)?)(?:\s?%)?)(?=, |$)")
AF = re.compile(r"\(([\d.]+) af ([\d.]+)\)")
TAL = re.compile(r"(\d[\d.]*(?:,\d+)?)\s*(%?)")


class Trykt(NamedTuple):
    """`indikator` and `sted` are keys or names; `hvornaar` an event and a year, or what stood above the figure."""

    indikator: str
    sted: str
    hvornaar: str
    tekst: str


class Figurer(NamedTuple):
    antal: int | None = None
    grundlag: int | None = None
    vaerdi: Decimal | None = None
    decimaler: int = 0


def trykte_i(data: Any) -> Iterator[Trykt]:
    """Every figure of a snapshot, whatever its form: status, agreement, follow-up, or prose with bound figures."""
    if isinstance(data, list):
        for et in data:
            yield from trykte_i(et)
    elif isinstance(data, str):
        for noegle, sted, aar, begivenhed, tekst in I_TEKSTEN.findall(data):
            yield Trykt(noegle, sted, f"{begivenhed} {aar}".strip(), re.sub(r"<[^>]*>", "", tekst))
    elif isinstance(data, dict):
        if data.get("_") == "Statusindikator":
            yield from _status(data)
        elif data.get("_") == "Maalvisning":
            yield from _aftale(data)
        elif {"indikator", "sted", "hvornaar", "tal"} <= data.keys():
            yield Trykt(data["indikator"], data["sted"], data["hvornaar"], data["tal"])
        for et in data.values():
            yield from trykte_i(et)


def _status(i: dict) -> Iterator[Trykt]:
    """The headline, what it is held against, and the picture's words."""
    yield Trykt(i["noegle"], EGET, i["hvornaar"], i["vist"])
    if fundet := SAMMENLIGNET.fullmatch(i["mod"]):
        sted, tekst, hvornaar = fundet.groups()
        yield Trykt(i["noegle"], sted, hvornaar, tekst)
    beskrivelse = re.search(r"<desc[^>]*>(.*?)</desc>", i["diagram"], re.DOTALL)
    for serie in NAESTE_STED.split(beskrivelse[1].removesuffix(".")) if beskrivelse else []:
        sted, _, tallene = serie.rpartition(": ")
        for hvornaar, tekst in ET_TAL.findall(tallene):
            yield Trykt(i["noegle"], EGET if sted in TILSAMMEN else sted, hvornaar, tekst)


def _aftale(maal: dict) -> Iterator[Trykt]:
    """The baseline table: a figure's lines under place and time, each only where it must be said."""
    for indikator, tal in zip(maal.get("indikatorer") or [], maal.get("tal") or [], strict=False):
        for blok in [*tal["omraade"], *tal["sammenligning"]] if tal else []:
            dele = blok["overskrift"].split(", ") if blok["overskrift"] else []
            hvornaar = dele.pop() if dele and re.search(r"\d{4}$", dele[-1]) else tal["aar"]
            kommune = EGET if blok in tal["omraade"] else "kommunen"
            yield Trykt(indikator, ", ".join(dele) or kommune, hvornaar, " ".join(blok["linjer"]))


def tid(hvornaar: str) -> tuple[int, str] | None:
    """Year and event; None where more years stand together."""
    fundet = re.fullmatch(r"(?:(.*) )?(\d{4})", hvornaar)
    return (int(fundet[2]), fundet[1] or "") if fundet and not re.search(r"\d{4}", fundet[1] or "") else None


def figurer(tekst: str, enhed: str) -> Figurer:
    """What the words tell of persons: "266 (88,4 %)", "9,9 % (20 af 203)", "47". Other units tell nothing."""
    antal = grundlag = vaerdi = None
    decimaler, hele = 0, []
    if fundet := AF.search(tekst):
        antal, grundlag = (int(n.replace(".", "")) for n in fundet.groups())
        tekst = tekst[: fundet.start()]
    for tal, tegn in TAL.findall(tekst):
        try:
            laest = laes(tal.rstrip("."))
        except Talfejl:
            continue
        if tegn and enhed == "procent":
            vaerdi, decimaler = laest.vaerdi, laest.decimaler
        elif not laest.decimaler:
            hele.append(int(laest.vaerdi))
    if antal is None and len(hele) == 1 and (enhed == "antal" or vaerdi is not None):
        antal = hele[0]
    return Figurer(antal, grundlag, vaerdi, decimaler)
