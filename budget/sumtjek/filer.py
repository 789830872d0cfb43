"""A table out of a CSV file, a workbook, or pasted text: rows of cells as they stand, and where they break off."""

import re
from dataclasses import replace
from itertools import pairwise

from budget.sumtjek.linjer import raekker_af_linjer
from budget.sumtjek.tabel import er_overskrift, er_ren_total
from budget.sumtjek.tal import laes_tal
from helhedsplan import tabelfil
from helhedsplan.tabelfil import Tabel, Tabeldoer, UlaeseligFil, celletekst
from helhedsplan.tabelfil import tekst as filtekst
from helhedsplan.tabelfil.bog import UREGNET
from helhedsplan.tabelfil.celletal import FEJLFORMEL, FORMELFEJL

DOER = Tabeldoer(10 * 1024 * 1024, 200 * 1024 * 1024, 500_000, "Gem kun det ark, der skal efterprøves.")


def laes_fil(indhold: bytes) -> list[Tabel]:
    """The sheets of a CSV file or an XLSX workbook that hold something; a name each where they are several.

    Raises UlaeseligFil, also for cells whose formulas failed.
    """
    alle = tabelfil.laes(indhold, DOER)
    if alle[0].skilletegn != "":
        return [_af_tekst(alle[0])]
    _proev_formler(alle)
    fyldte = [ark for ark in alle if any(map(any, ark.raekker))]
    if not fyldte:
        raise UlaeseligFil("Regnearket er tomt.")
    # Rows, columns and sheets that are hidden are read with the others, and said to be.
    return [
        _uden_formelfejl(
            replace(
                ark,
                navn=ark.navn if len(fyldte) > 1 else "",
                skjult=tuple(f"arket {ark.navn}: {ting} er skjult, men læst med" for ting in ark.skjult),
            )
        )
        for ark in fyldte
    ]


def _proev_formler(alle: list[Tabel]) -> None:
    """With a formula that failed or was never reckoned taken for an empty cell, a sum would look right."""
    ved = {
        besked: [
            (ark if len(alle) > 1 else replace(ark, navn="")).adresse(*sted)
            for ark in alle
            for sted, egen in sorted(ark.fejl.items())
            if egen == besked
        ]
        for besked in (FEJLFORMEL, UREGNET)
    }
    _afvis_formelfejl(ved[FEJLFORMEL])
    if ved[UREGNET]:
        raise UlaeseligFil(f"{', '.join(ved[UREGNET])}: {UREGNET}")


def _afvis_formelfejl(celler: list[str]) -> None:
    if celler:
        raise UlaeseligFil(f"Der er fejl i formlerne i {', '.join(celler[:10])}. Ret dem først.")


def _uden_formelfejl(ark: Tabel) -> Tabel:
    """Also where the error is a text, as in what was saved as CSV."""
    fundne = [(r, k) for r, raekke in enumerate(ark.raekker) for k, c in enumerate(raekke) if FORMELFEJL.match(c)]
    _afvis_formelfejl([ark.adresse(*sted) for sted in fundne])
    return ark


def laes_tekst(tekst: str) -> Tabel:
    """A table as text: separated by tabs, semicolons or commas, by two spaces or more, or (as copied from a PDF) by
    nothing but that figures follow each other. Raises UlaeseligFil."""
    if not tekst.strip():
        raise UlaeseligFil("Der er ingen tabel.")
    try:
        tegn, raekker = filtekst.laes_tekst(tekst, DOER.celler)
    except filtekst.Oedelagt as grund:
        raise UlaeseligFil(str(grund)) from None
    except filtekst.ForMange:
        raise UlaeseligFil(f"Teksten har for mange celler. {DOER.raad}") from None
    return _af_tekst(Tabel("", raekker, tegn))


def _af_tekst(ark: Tabel) -> Tabel:
    if ark.skilletegn is None:
        ark = replace(ark, raekker=_uden_skilletegn("\n".join(linje for (linje,) in ark.raekker)))
    return _uden_formelfejl(ark)


def _uden_skilletegn(tekst: str) -> list[list[str]]:
    """Lines as copied from a page: parted by two spaces or more, or by nothing."""
    if any(re.search(r"\S {2,}\S", linje) for linje in tekst.splitlines()):
        delt = [re.split(r" {2,}|\t", linje.strip()) for linje in tekst.splitlines() if linje.strip()]
        if sum(len(raekke) > 1 for raekke in delt) * 2 >= len(delt):
            return delt
    try:
        raekker = raekker_af_linjer(tekst)
    except ValueError as grund:
        raise UlaeseligFil(str(grund)) from None
    if raekker is None:
        raise UlaeseligFil("Der er ingen tabel med tal i teksten.")
    return raekker


def tabelblokke(raekker: list[list[str]]) -> list[tuple[int, list[list[str]]]]:
    """The tables of a sheet with the row each begins in: a blank row followed by a heading begins a new one, and so
    does one whose headings hold years or periods as those of a table before it."""
    blokke: list[tuple[int, list[list[str]]]] = []
    tom = True
    for nr, raekke in enumerate(raekker):
        fyldte = [c for c in raekke if c]
        uden_tal = not any(laes_tal(c) for c in fyldte)
        ny = tom and (not blokke or (len(fyldte) > 1 and (uden_tal or er_overskrift(raekke, raekker[:nr]))))
        if fyldte and ny:
            blokke.append((nr, []))
        if blokke:
            blokke[-1][1].append(raekke)
        tom = not fyldte
    return blokke


def side_om_side(raekker: list[list[str]]) -> list[list[list[str]]]:
    """The tables of a block that stand beside each other: a column of names with a total among them, right of figures,
    begins a new one. Each keeps its place; what is the others' is blank, but for a title on a line of its own."""
    bredde = max((len(r) for r in raekker), default=0)
    raekker = [[*r, *[""] * (bredde - len(r))] for r in raekker]
    starter = [0, *(k for k in range(2, bredde - 1) if _er_navne(raekker, k))]
    return [
        [r if _er_titel(r) else [c if fra <= k < til else "" for k, c in enumerate(r)] for r in raekker]
        for fra, til in pairwise([*starter, bredde])
    ]


def _er_titel(raekke: list) -> bool:
    return sum(map(bool, raekke)) == 1 and not any(map(laes_tal, raekke))


def _er_navne(raekker: list[list[str]], k: int) -> bool:
    kolonne = [r[k] for r in raekker if r[k]]
    if not any(er_ren_total(celletekst(c)) for c in kolonne[1:]) or any(map(laes_tal, kolonne)):
        return False
    return all(any(laes_tal(c) for r in raekker for c in side(r)) for side in (lambda r: r[1:k], lambda r: r[k + 1 :]))
