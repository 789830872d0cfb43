from bestyrelse.models.laesning import Laeselink, Laest, Spoergsmaal
from bestyrelse.models.status import Kvartalsstatus, Statuslinje, Statuspunkt, Statustal

__all__ = ["Kvartalsstatus", "Laeselink", "Laest", "Spoergsmaal", "Statuslinje", "Statuspunkt", "Statustal"]
