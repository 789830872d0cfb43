"""A table out of a CSV file, a workbook, or pasted text: rows of cells as they stand, and where they break off."""

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from budget.sumtjek.linjer import raekker_af_linjer
from budget.sumtjek.tabel import cellenavn, er_overskrift, er_ren_total
from budget.sumtjek.tal import laes_tal
from helhedsplan import filslags
from helhedsplan.regneark import FEJLFORMEL, UREGNET, Arkoplysninger, celletekst
from helhedsplan.regnearkslaeser import Graenser, Ulaeseligt, laes, med_procent

HOEJST_BYTES = 10 * 1024 * 1024
HOEJST_UDPAKKET = 200 * 1024 * 1024
HOEJST_CELLER = 500_000
ULAESELIGT = {
    "FYLDER": "Regnearket fylder for meget, når det pakkes ud.",
    "KODE": filslags.KODE,
    "OEDELAGT": "Regnearket er beskadiget eller ikke af typen .xlsx og kan ikke læses.",
}
FORMELFEJL = re.compile(r"#(?:REF!|VALUE!|DIV/0!|NAME\?|N/A|NUM!|NULL!|VÆRDI!|I/T|REFERENCE!|NAVN\?)", re.IGNORECASE)


class UlaeseligTabel(Exception):
    """The file or text is no table that can be checked; the text is shown."""


@dataclass(frozen=True)
class Sumark:
    """A sheet as it stands; navn is empty where there is only one, punktum_er_komma for files with decimal points."""

    navn: str
    raekker: list[list]
    punktum_er_komma: bool = False
    skjult: list[str] = field(default_factory=list)


def laes_fil(indhold: bytes) -> list[Sumark]:
    """The sheets of a CSV file (UTF-8, UTF-16 or Windows-1252; semicolon, comma or tab) or an XLSX workbook.

    Raises UlaeseligTabel for what is neither, is too large, is broken, or has cells whose formulas failed.
    """
    if len(indhold) > HOEJST_BYTES:
        raise UlaeseligTabel("Filen er over 10 MB. Gem kun det ark, der skal efterprøves.")
    if afvist := filslags.afvist(indhold):
        raise UlaeseligTabel(afvist)
    if indhold.startswith(filslags.ZIP):
        return _laes_regneark(indhold)
    if not (tekst := filslags.afkod(indhold)):
        raise UlaeseligTabel(filslags.UKENDT)
    return [laes_tekst(tekst)]


def _laes_regneark(indhold: bytes) -> list[Sumark]:
    try:
        laeste = laes(indhold, Graenser(HOEJST_UDPAKKET, HOEJST_CELLER, uden_cpr=True, former=True))
    except Ulaeseligt as grund:
        raise UlaeseligTabel(" ".join(grund.beskeder) or ULAESELIGT[grund.kode]) from None
    kendt = {et.navn: et.kendt for et in laeste}
    _proev_formler(kendt)
    alle = [(et.navn, med_procent(et)) for et in laeste]
    fyldte = [(navn, raekker) for navn, raekker in alle if any(c not in (None, "") for r in raekker for c in r)]
    flere = len(fyldte) > 1
    ark = [Sumark(navn if flere else "", r, skjult=_skjult(navn, kendt.get(navn))) for navn, r in fyldte]
    if not ark:
        raise UlaeseligTabel("Regnearket er tomt.")
    return [_proev_celler(a) for a in ark]


def _proev_formler(kendt: dict[str, Arkoplysninger]) -> None:
    """The reader takes a formula that failed or was never reckoned for an empty cell, and a sum would look right."""
    flere = len(kendt) > 1
    ved = {
        besked: [
            f"{navn}!{cellenavn(*sted)}" if flere else cellenavn(*sted)
            for navn, om in kendt.items()
            for sted, egen in sorted(om.fejl.items())
            if egen == besked
        ]
        for besked in (FEJLFORMEL, UREGNET)
    }
    _afvis_formelfejl(ved[FEJLFORMEL])
    if ved[UREGNET]:
        raise UlaeseligTabel(f"{', '.join(ved[UREGNET])}: {UREGNET}")


def _skjult(navn: str, om: Arkoplysninger | None) -> list[str]:
    """Rows, columns and sheets that are hidden are read with the others, and said to be."""
    return [f"arket {navn}: {ting} er skjult, men læst med" for ting in (om.skjult if om else ())]


def _afvis_formelfejl(celler: list[str]) -> None:
    if celler:
        raise UlaeseligTabel(f"Der er fejl i formlerne i {', '.join(celler[:10])}. Ret dem først.")


def _proev_celler(ark: Sumark) -> Sumark:
    if sum(len(r) for r in ark.raekker) > HOEJST_CELLER:
        raise UlaeseligTabel("Arket har for mange celler. Gem kun den tabel, der skal efterprøves.")
    _afvis_formelfejl(
        [
            cellenavn(r, k)
            for r, raekke in enumerate(ark.raekker)
            for k, celle in enumerate(raekke)
            if isinstance(celle, str) and FORMELFEJL.match(celle.strip())
        ]
    )
    return ark


def laes_tekst(tekst: str) -> Sumark:
    """A table as text: separated by tabs, semicolons or commas, by two spaces or more, or (as copied from a PDF) by
    nothing but that figures follow each other. Raises UlaeseligTabel."""
    if not tekst.strip():
        raise UlaeseligTabel("Der er ingen tabel.")
    skilletegn = _skilletegn(tekst)
    if skilletegn is None:
        return _proev_celler(Sumark("", _uden_skilletegn(tekst)))
    try:
        raekker = [list(r) for r in csv.reader(io.StringIO(tekst, newline=""), delimiter=skilletegn, strict=True)]
    except csv.Error:
        raise UlaeseligTabel(
            "Filen kan ikke læses: et anførselstegn er ikke afsluttet, eller en linje er ødelagt."
        ) from None
    return _proev_celler(Sumark("", raekker, punktum_er_komma=skilletegn == ","))


def _skilletegn(tekst: str) -> str | None:
    """Tabs go before semicolons, and those before commas, which also stand in Danish numbers."""
    linjer = [linje for linje in tekst.splitlines() if linje.strip()]
    for tegn in ("\t", ";"):
        if sum(tegn in linje for linje in linjer) * 2 >= len(linjer):
            return tegn
    uden_tal = [re.sub(r'"[^"]*"|\d,(?:\d|[-\u2013\u2212]{1,2}(?!\d))', "", linje) for linje in linjer]
    if sum("," in linje for linje in uden_tal) * 2 > len(linjer):
        return ","
    antal = Counter(len(re.sub(r'"[^"]*"', "", linje).split(",")) for linje in linjer)
    hyppigste, gange = antal.most_common(1)[0]
    return "," if hyppigste > 2 and gange == len(linjer) and '"' in tekst else None


def _uden_skilletegn(tekst: str) -> list[list]:
    """Lines as copied from a page: parted by two spaces or more, or by nothing."""
    if any(re.search(r"\S {2,}\S", linje) for linje in tekst.splitlines()):
        delt = [re.split(r" {2,}|\t", linje.strip()) for linje in tekst.splitlines() if linje.strip()]
        if sum(len(raekke) > 1 for raekke in delt) * 2 >= len(delt):
            return delt
    try:
        raekker = raekker_af_linjer(tekst)
    except ValueError as grund:
        raise UlaeseligTabel(str(grund)) from None
    if raekker is None:
        raise UlaeseligTabel("Der er ingen tabel med tal i teksten.")
    return raekker


def tabelblokke(raekker: list[list]) -> list[tuple[int, list[list]]]:
    """The tables of a sheet with the row each begins in: a blank row followed by a heading begins a new one, and so
    does one whose headings hold years or periods as those of a table before it."""
    blokke: list[tuple[int, list[list]]] = []
    tom = True
    for nr, raekke in enumerate(raekker):
        fyldte = [c for c in raekke if c not in (None, "") and str(c).strip()]
        uden_tal = not any(laes_tal(c) for c in fyldte)
        ny = tom and (not blokke or (len(fyldte) > 1 and (uden_tal or er_overskrift(raekke, raekker[:nr]))))
        if fyldte and ny:
            blokke.append((nr, []))
        if blokke:
            blokke[-1][1].append(raekke)
        tom = not fyldte
    return blokke


def side_om_side(raekker: list[list]) -> list[list[list]]:
    """The tables of a block that stand beside each other: a column of names with a total among them, right of figures,
    begins a new one. Each keeps its place; what is the others' is blank, but for a title on a line of its own."""
    bredde = max((len(r) for r in raekker), default=0)
    raekker = [[*r, *[None] * (bredde - len(r))] for r in raekker]
    starter = [0, *(k for k in range(2, bredde - 1) if _er_navne(raekker, k))]
    return [
        [r if _er_titel(r) else [c if fra <= k < til else None for k, c in enumerate(r)] for r in raekker]
        for fra, til in pairwise([*starter, bredde])
    ]


def _er_titel(raekke: list) -> bool:
    return sum(c not in (None, "") for c in raekke) == 1 and not any(map(laes_tal, raekke))


def _er_navne(raekker: list[list], k: int) -> bool:
    kolonne = [r[k] for r in raekker if r[k] not in (None, "")]
    if not any(isinstance(c, str) and er_ren_total(celletekst(c)) for c in kolonne[1:]) or any(map(laes_tal, kolonne)):
        return False
    return all(any(laes_tal(c) for r in raekker for c in side(r)) for side in (lambda r: r[1:k], lambda r: r[k + 1 :]))
