from aftaler.models.afsnit import Afsnit, Billede, EgetMaal, Koblingsraekke, Koblingstabel, Maalovergang
from aftaler.models.bilag import Bilag, Omtaltpapir, Planmilepael, Risiko
from aftaler.models.delaftale import Aktivitet, Delaftale, Delmaal, Milepael, Samarbejdspart
from aftaler.models.lag import Lag
from aftaler.models.meddelelse import Meddelelse
from aftaler.models.navn import Navn
from aftaler.models.omraade import Omraadeafdeling, Omraadeindsats, Omraadestoerrelse
from aftaler.models.organisation import Afdeling, Organisation
from aftaler.models.organisering import Gruppe, Plads
from aftaler.models.plan import Helhedsplan, Medlemskab, Omraade, Part, Planparameter
from aftaler.models.planraekke import Behandling, Faelles, Sagsnummer, Sideplan
from aftaler.models.regelsaet import (
    Delmaalsforslag,
    Dokumentkrav,
    FastIndikator,
    Godkendelsesregel,
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
    "Behandling",
    "Bilag",
    "Billede",
    "Delaftale",
    "Delmaal",
    "Delmaalsforslag",
    "EgetMaal",
    "Dokumentkrav",
    "Faelles",
    "FastIndikator",
    "Godkendelsesregel",
    "Gruppe",
    "Helhedsplan",
    "Indsatsomraade",
    "Koblingsraekke",
    "Koblingstabel",
    "Lag",
    "Maalovergang",
    "Meddelelse",
    "Medlemskab",
    "Milepael",
    "Navn",
    "Omraade",
    "Omraadeafdeling",
    "Omraadeindsats",
    "Omraadestoerrelse",
    "Omtaltpapir",
    "Organisation",
    "OverordnetMaal",
    "Part",
    "Planmilepael",
    "Planparameter",
    "Plads",
    "Regelparameter",
    "Regelsaet",
    "Risiko",
    "Sagsnummer",
    "Samarbejdspart",
    "Sideplan",
    "Skabelonafsnit",
]
