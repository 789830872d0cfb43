"""A table that is text: what parts its cells, and the cells."""

import csv
import io
import re
from collections import Counter

PROEVELINJER = 200
FEJL_I_CSV = "Filen kan ikke læses: et anførselstegn er ikke afsluttet, eller en linje er ødelagt."


class Oedelagt(ValueError):
    """The text is no CSV; it is shown."""


class ForMange(ValueError):
    """More cells than are wanted."""


class Rensede(dict[str, str]):
    """Cells without space around them; the same text is kept once, however many cells it stands in."""

    def __missing__(self, celle: str) -> str:
        ren = celle.strip()
        self[celle] = ren = self.setdefault(ren, ren)
        return ren


def laes_tekst(tekst: str, hoejst_celler: int) -> tuple[str | None, list[list[str]]]:
    """(what parts the cells, the rows); None and the bare lines where nothing does. Raises Oedelagt, ForMange."""
    tegn = skilletegn(tekst)
    raekker: list[list[str]] = []
    rensede = Rensede()
    celler = 0
    try:
        linjer = csv.reader(io.StringIO(tekst, newline=""), delimiter=tegn, strict=True) if tegn else _linjer(tekst)
        for raekke in linjer:
            celler += len(raekke)
            if celler > hoejst_celler:
                raise ForMange
            raekker.append([*map(rensede.__getitem__, raekke)])
    except csv.Error:
        raise Oedelagt(FEJL_I_CSV) from None
    return tegn, raekker


def _linjer(tekst: str) -> list[list[str]]:
    return [[linje] for linje in tekst.splitlines()]


def skilletegn(tekst: str) -> str | None:
    """Tabs go before semicolons, and those before commas, which also stand in Danish numbers. None when it is none."""
    linjer = [linje for linje in tekst[:200_000].splitlines() if linje.strip()][:PROEVELINJER]
    uden_citater = [re.sub(r'"[^"]*"', "", linje) for linje in linjer]
    if not linjer:
        return None
    for tegn in ("\t", ";"):
        if sum(tegn in linje for linje in uden_citater) * 2 >= len(linjer):
            return tegn
    uden_tal = [re.sub(r"\d,(?:\d|[-\u2013\u2212]{1,2}(?!\d))", "", linje) for linje in uden_citater]
    if sum("," in linje for linje in uden_tal) * 2 > len(linjer):
        return ","
    antal = Counter(len(linje.split(",")) for linje in uden_citater)
    hyppigste, gange = antal.most_common(1)[0]
    return "," if hyppigste > 2 and gange == len(linjer) and '"' in tekst else None
