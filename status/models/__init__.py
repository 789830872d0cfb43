from status.models.laesning import Laeselink, Laest, Spoergsmaal
from status.models.status import Kvartalsstatus, Statuslinje, Statuspunkt, Statustal

__all__ = [
    "Kvartalsstatus",
    "Laeselink",
    "Laest",
    "Spoergsmaal",
    "Statuslinje",
    "Statuspunkt",
    "Statustal",
]
