from moeder.models.bevis import Bevisudgave, UploadetReferat
from moeder.models.moede import (
    Afgoerelse,
    Dagsordenspunkt,
    Fremmoede,
    Inhabilitet,
    Moede,
    Moedepapir,
    Referatgodkendelse,
    Stemme,
)
from moeder.models.sammensaetning import Bestyrelsesmedlem, Bestyrelsesside, Forretningsorden
from moeder.models.svarlink import Svarlink

__all__ = [
    "Afgoerelse",
    "Bestyrelsesmedlem",
    "Bestyrelsesside",
    "Bevisudgave",
    "Dagsordenspunkt",
    "Forretningsorden",
    "Fremmoede",
    "Inhabilitet",
    "Moede",
    "Moedepapir",
    "Referatgodkendelse",
    "Stemme",
    "Svarlink",
    "UploadetReferat",
]
