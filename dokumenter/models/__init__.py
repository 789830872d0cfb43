from dokumenter.models.deltudkast import Deltudkast
from dokumenter.models.pakke import Pakke
from dokumenter.models.udgave import Godkendelse, Udgave
from dokumenter.models.underskrift import Filrevision, Underskriver
from dokumenter.models.wordskabelon import Wordskabelon

__all__ = ["Deltudkast", "Filrevision", "Godkendelse", "Pakke", "Udgave", "Underskriver", "Wordskabelon"]
