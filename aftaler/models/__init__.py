from aftaler.models.afsnit import Afsnit, Billede, Koblingsraekke, Koblingstabel
from aftaler.models.delaftale import Aktivitet, Delaftale, Delmaal, Milepael, Samarbejdspart
from aftaler.models.organisation import Afdeling, Organisation
from aftaler.models.organisering import Gruppe, Plads
from aftaler.models.plan import Helhedsplan, Medlemskab, Omraade, Part, Planparameter
from aftaler.models.regelsaet import (
    Delmaalsforslag,
    FastIndikator,
    Indsatsomraade,
    OverordnetMaal,
    Regelparameter,
    Regelsaet,
    Skabelonafsnit,
)

__all__ = [
    "Afdeling",
    "Afsnit",
    "Aktivitet",
    "Billede",
    "Delaftale",
    "Delmaal",
    "Delmaalsforslag",
    "FastIndikator",
    "Gruppe",
    "Helhedsplan",
    "Indsatsomraade",
    "Koblingsraekke",
    "Koblingstabel",
    "Medlemskab",
    "Milepael",
    "Omraade",
    "Organisation",
    "OverordnetMaal",
    "Part",
    "Planparameter",
    "Plads",
    "Regelparameter",
    "Regelsaet",
    "Samarbejdspart",
    "Skabelonafsnit",
]
