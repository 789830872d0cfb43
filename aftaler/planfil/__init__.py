"""Plan files and rule-set files: a whole plan as text and back again without loss. The format is in docs/planfil.md."""

from aftaler.planfil.filer import Filudfald, Indlaesningsresultat, Planfil, laes_filer
from aftaler.planfil.laes import Besked
from aftaler.planfil.regelform import regelsaet_som_data
from aftaler.planfil.skriv import plan_som_data, planskema, skriv_plan, skriv_plan_json, som_yaml

__all__ = [
    "Besked",
    "Planfil",
    "Indlaesningsresultat",
    "Filudfald",
    "laes_filer",
    "plan_som_data",
    "planskema",
    "regelsaet_som_data",
    "skriv_plan",
    "skriv_plan_json",
    "som_yaml",
]
