"""Danish alphabetical order in lists of names, the same on both databases: Æ, Ø, Å last, Aa as Å, case aside.

PostgreSQL has the collation from ICU; SQLite is given one of the same name when a connection opens.
"""

import unicodedata
from functools import lru_cache

from django.db.models.functions import Collate

DANSK = "da-x-icu"
#: After z, in the order of the alphabet; the foreign letters that are sorted with them.
SIDSTE = {"æ": "{a", "ä": "{a", "ø": "{b", "ö": "{b", "å": "{c", "aa": "{c"}


def dansk(felt: str) -> Collate:
    """For `ordering` and `order_by`: the field's text in Danish order."""
    return Collate(felt, DANSK)


@lru_cache(maxsize=20_000)
def sorteringsnoegle(tekst: str) -> tuple[str, str]:
    ord_ = unicodedata.normalize("NFC", tekst).casefold()
    for bogstav, plads in SIDSTE.items():
        ord_ = ord_.replace(bogstav, plads)
    uden_accenter = "".join(tegn for tegn in unicodedata.normalize("NFD", ord_) if not unicodedata.combining(tegn))
    return uden_accenter, tekst.swapcase()


def sammenlign(foerste: str, anden: str) -> int:
    a, b = sorteringsnoegle(foerste), sorteringsnoegle(anden)
    return (a > b) - (a < b)


def giv_sqlite_dansk_orden(connection, **_) -> None:
    """Receiver of `connection_created`."""
    if connection.vendor == "sqlite":
        connection.connection.create_collation(DANSK, sammenlign)
