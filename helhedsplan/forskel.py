"""What differs between two texts, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

ORD = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Stykke:
    """A run of words; art is "ens", "ny" or "slettet"."""

    art: str
    tekst: str


def ordforskel(foer: str, efter: str) -> list[Stykke]:
    """The way from one text to the other: what stays, what is taken out, what is put in, in reading order."""
    gamle, nye = ORD.findall(foer), ORD.findall(efter)
    stykker = []
    for art, a, b, c, d in SequenceMatcher(None, gamle, nye, autojunk=False).get_opcodes():
        if art == "equal":
            stykker.append(Stykke("ens", "".join(gamle[a:b])))
            continue
        stykker += [Stykke("slettet", "".join(gamle[a:b]))] if a < b else []
        stykker += [Stykke("ny", "".join(nye[c:d]))] if c < d else []
    return stykker
