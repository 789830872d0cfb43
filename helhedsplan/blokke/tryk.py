"""A paper of blocks as PDF, through the gateway.

A draft's id is made from its HTML: the same words have the same id, and a changed word another.
"""

import hashlib
from datetime import datetime
from typing import NamedTuple

from django.utils.safestring import SafeString

from helhedsplan.blokke.model import Blokdokument
from helhedsplan.blokke.tegn import papir
from helhedsplan.pdf import html_til_pdf, udkastlinje


class Papir(NamedTuple):
    data: bytes
    filnavn: str


def tryk(
    dokument: Blokdokument,
    filnavn: str,
    *,
    noegle: str,
    aendret: datetime | None,
    af: str = "",
    er_opslag: bool = False,
    efter: SafeString | str = "",
) -> Papir:
    """With an id it is a frozen edition, and everything in it follows from its blocks; without, every page says that it
    is a draft of `noegle`, of today and made by `af`. er_opslag: a notice is neither. efter: see `tegn.papir`.
    Raises PdfFejl, as when a picture cannot be read.
    """
    billeder: dict[str, bytes] = {}
    html = papir(dokument, billeder, efter)
    er_udgave = bool(dokument.dokument_id)
    data = html_til_pdf(
        html,
        identifikator=dokument.dokument_id or f"{noegle}/{hashlib.sha256(html.encode()).hexdigest()[:12]}",
        titel=f"{dokument.titel} – {dokument.plan_navn}",
        forfattere=dokument.parter,
        dato=dokument.dato if er_udgave else aendret,
        billeder=billeder,
        streng=er_udgave,
        udkast="" if er_udgave or er_opslag else udkastlinje(af),
    )
    return Papir(data, filnavn)
