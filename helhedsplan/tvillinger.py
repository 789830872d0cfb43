"""When two names are one: another case, other spaces, apostrophes or spellings of letters make no other name."""

import re
import unicodedata
from collections.abc import Iterable
from typing import TypeVar

from helhedsplan.choices import Alvor
from helhedsplan.fund import Fund

T = TypeVar("T")
EGEN = "Helhedsplans egen kontrol"
BOGSTAVER = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "u", "&": " og "})
MELLEM_CIFRE = re.compile(r"(?<=\d)\W+(?=\d)")


def foldet(navn: str) -> str:
    """What is left of a name when only its letters and figures count: "B´32" and "b '32" are "b32".

    Figures with something between them stay apart: 1-2 is not 12.
    """
    smaa = unicodedata.normalize("NFC", navn).casefold().translate(BOGSTAVER)
    uden_accenter = "".join(t for t in unicodedata.normalize("NFKD", smaa) if not unicodedata.combining(t))
    return re.sub(r"[^\w-]|_|(?<!\d)-|-(?!\d)", "", MELLEM_CIFRE.sub("-", uden_accenter))


def ens(navne: Iterable[tuple[T, str]]) -> list[list[T]]:
    """The things whose names are one, together, two or more at a time; in the order they were given."""
    grupper: dict[str, list[T]] = {}
    for ting, navn in navne:
        grupper.setdefault(foldet(navn) or navn, []).append(ting)
    return [gruppe for gruppe in grupper.values() if len(gruppe) > 1]


def findes_allerede(navn: str, kendte: Iterable[tuple[object, str, str]]) -> list[Fund]:
    """A soft problem for each known thing, (key, name, where it is), whose name is the same as the one that is typed.

    Saving once more says yes to that one and to no other.
    """
    besked = "Findes allerede: {}. Brug den, hvis det er den samme."
    return [
        Fund(f"tvilling:{noegle}", Alvor.ADVARSEL, besked.format(andet), url, EGEN)
        for noegle, andet, url in kendte
        if foldet(andet) == foldet(navn) and foldet(navn)
    ]
