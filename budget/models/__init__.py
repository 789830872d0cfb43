from budget.models.budget import Bidrag, Budget, Konto, Udgift
from budget.models.finansiering import Finansieringskilde, Sats, Satsvaerdi
from budget.models.forbrug import Forbrug
from budget.models.pulje import Medfinansieringspulje, Puljetilsagn
from budget.models.revision import Revision, Revisionslinje

__all__ = [
    "Bidrag",
    "Budget",
    "Finansieringskilde",
    "Forbrug",
    "Konto",
    "Medfinansieringspulje",
    "Puljetilsagn",
    "Revision",
    "Revisionslinje",
    "Sats",
    "Satsvaerdi",
    "Udgift",
]
