"""The section `frister` of a plan file: the days that persons have set in the calendar, and what they say is done."""

from typing import Annotated

from aftaler.planfil.filmodel import Dato, Filmodel, Liste, Oplyst, Tekst, Under
from aftaler.planfil.sektioner import Sektion
from kalender.models import Frist


class Fristfil(Filmodel, model=Frist, kende=("dato", "titel"), entydige=("afledt",)):
    dato: Oplyst
    titel: Tekst
    note: Tekst = ""
    udfoert: Dato | None = None
    afledt: Tekst = ""


class Kalenderfil(Filmodel):
    frister: Annotated[Liste[Fristfil], Under(sorter=lambda data: (str(data["dato"]), data["titel"]))] = []


SEKTION = Sektion(Kalenderfil)
