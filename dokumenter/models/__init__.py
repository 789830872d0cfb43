from dokumenter.models.pakke import Pakke
from dokumenter.models.udgave import Godkendelse, Udgave
from dokumenter.models.underskrift import Filrevision, Underskriver

__all__ = ["Filrevision", "Godkendelse", "Pakke", "Udgave", "Underskriver"]
