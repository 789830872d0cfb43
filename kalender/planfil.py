"""The section `frister` of a plan file: the days that persons have set in the calendar, and what they say is done."""

from aftaler.planfil import sektion
from aftaler.planfil.form import Art, Listefelt, Vaerdifelt
from kalender.models import Frist

FRIST = Art(
    Frist,
    (Vaerdifelt("dato"), Vaerdifelt("titel"), Vaerdifelt("note"), Vaerdifelt("udfoert"), Vaerdifelt("afledt")),
    noegle=lambda data: data.get("dato") and (data["dato"], data.get("titel")),
    entydige=("afledt",),
)
SEKTION = sektion(
    Listefelt("frister", FRIST, lambda plan: {"plan": plan}, sorter=lambda data: (data["dato"], data["titel"]))
)
