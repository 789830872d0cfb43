"""Keys of things: short ASCII names for addresses and plan files, made once from a name and then left alone."""

import unicodedata

from django.utils.text import slugify

DANSK = str.maketrans(
    {"æ": "ae", "ø": "oe", "å": "aa", "Æ": "ae", "Ø": "oe", "Å": "aa", "é": "e", "ü": "u", "ö": "oe", "ä": "ae"}
    | dict.fromkeys("/\u2010\u2011\u2013\u2014\u2212", "-")
)


def noegle_af(navn: str, laengde: int = 70) -> str:
    """'Tættere på fritidsjob' -> 'taettere-paa-fritidsjob', cut at a word."""
    slug = slugify(unicodedata.normalize("NFC", navn).translate(DANSK)) or "uden-navn"
    if len(slug) <= laengde:
        return slug
    return slug[: laengde + 1].rsplit("-", 1)[0][:laengde].strip("-")


def unik_noegle(navn: str, optagne, laengde: int = 70) -> str:
    """A key that is not among `optagne`; a number is added when the plain one is taken."""
    optagne, forslag, nummer = set(optagne), noegle_af(navn, laengde), 1
    noegle = forslag
    while noegle in optagne:
        nummer += 1
        noegle = f"{forslag}-{nummer}"
    return noegle
