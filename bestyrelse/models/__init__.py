from bestyrelse.models.laesning import Laeselink, Laest, Spoergsmaal
from bestyrelse.models.moede import (
    Afgoerelse,
    Dagsordenspunkt,
    Fremmoede,
    Inhabilitet,
    Moede,
    Moedepapir,
    Referatgodkendelse,
    Stemme,
)
from bestyrelse.models.sammensaetning import Bestyrelsesmedlem, Bestyrelsesside, Forretningsorden, Frist
from bestyrelse.models.status import Kvartalsstatus, Statuslinje, Statuspunkt, Statustal

__all__ = [
    "Afgoerelse",
    "Bestyrelsesmedlem",
    "Bestyrelsesside",
    "Dagsordenspunkt",
    "Forretningsorden",
    "Fremmoede",
    "Frist",
    "Inhabilitet",
    "Kvartalsstatus",
    "Laeselink",
    "Laest",
    "Moede",
    "Moedepapir",
    "Referatgodkendelse",
    "Spoergsmaal",
    "Statuslinje",
    "Statuspunkt",
    "Statustal",
    "Stemme",
]
