from kalender.models.frist import Frist
from kalender.models.kalender import Kalenderabonnement, Paamindelse

__all__ = [
    "Frist",
    "Kalenderabonnement",
    "Paamindelse",
]
