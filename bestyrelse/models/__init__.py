from bestyrelse.models.bevis import Bevisudgave, UploadetReferat
from bestyrelse.models.kalender import Kalenderabonnement, Paamindelse
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
from bestyrelse.models.svarlink import Svarlink

__all__ = [
    "Afgoerelse",
    "Bestyrelsesmedlem",
    "Bestyrelsesside",
    "Bevisudgave",
    "Dagsordenspunkt",
    "Forretningsorden",
    "Fremmoede",
    "Frist",
    "Inhabilitet",
    "Kalenderabonnement",
    "Kvartalsstatus",
    "Laeselink",
    "Laest",
    "Moede",
    "Moedepapir",
    "Paamindelse",
    "Referatgodkendelse",
    "Spoergsmaal",
    "Statuslinje",
    "Statuspunkt",
    "Statustal",
    "Stemme",
    "Svarlink",
    "UploadetReferat",
]
