"""Papers as Word documents: an edition or a draft, and what differs between two as tracked changes.

The same paper gives the same bytes: the times in the file are the paper's own.
"""

import io
from collections.abc import Callable
from datetime import datetime

from dokumenter.arkiv import ens_tider
from dokumenter.sammenlign import hel_del, sammenlign
from dokumenter.sammenlign.model import Delforskel
from helhedsplan.blokke.model import Billedblok, Blokdokument

Billedhenter = Callable[[Billedblok], bytes]


def docx(dokument: Blokdokument, billede: Billedhenter, *, udkast: str = "") -> bytes:
    """The paper as a .docx; udkast: what stands on every page of a draft."""
    return _skriv(
        dokument, tuple(hel_del(del_, "ens") for del_ in dokument.dele), billede, forfatter="", dato=None, udkast=udkast
    )


def docx_forskel(
    gammelt: Blokdokument,
    nyt: Blokdokument,
    billede: Billedhenter,
    *,
    forfatter: str,
    dato: datetime | None,
    udkast: str = "",
) -> bytes:
    """From the old paper to the new one, as tracked changes by `forfatter` at `dato`: accept all gives the new paper,
    reject all the old one. (Head, foot and the file's properties are the new one's.)
    """
    return _skriv(nyt, sammenlign(gammelt, nyt), billede, forfatter=forfatter, dato=dato, udkast=udkast)


def _skriv(
    dokument: Blokdokument,
    dele: tuple[Delforskel, ...],
    billede: Billedhenter,
    *,
    forfatter: str,
    dato: datetime | None,
    udkast: str,
) -> bytes:
    from dokumenter.word.skriv import Skriver
    from dokumenter.word.stil import nyt

    word = nyt(dokument, udkast)
    Skriver(word, billede, forfatter, dato).skriv(dele)
    ud = io.BytesIO()
    word.save(ud)
    return ens_tider(ud.getvalue())
