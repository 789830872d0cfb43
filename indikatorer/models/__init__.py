from indikatorer.models.importer import Importfil, Importskabelon
from indikatorer.models.indikator import Indikator, Maalsti
from indikatorer.models.maaling import Maaling, Sted
from indikatorer.models.opfoelgning import Accept, Opfoelgning, Talbinding
from indikatorer.models.status import Omraadestatus, Statuskriterium, Statusliste
from indikatorer.models.udgivet import UdgivetTal

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
    "Statusliste",
    "Sted",
    "Talbinding",
    "UdgivetTal",
]
