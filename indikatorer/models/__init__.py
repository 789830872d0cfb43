from indikatorer.models.importer import Importfil, Importskabelon
from indikatorer.models.indikator import Indikator, Maalsti
from indikatorer.models.maaling import Maaling, Sted
from indikatorer.models.opfoelgning import Accept, Omraadestatus, Opfoelgning, Statuskriterium, Talbinding

__all__ = [
    "Accept",
    "Importfil",
    "Importskabelon",
    "Indikator",
    "Maaling",
    "Maalsti",
    "Omraadestatus",
    "Opfoelgning",
    "Statuskriterium",
    "Sted",
    "Talbinding",
]
