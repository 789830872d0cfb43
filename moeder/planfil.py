"""The sections `bestyrelse` and `forretningsorden` of a plan file: sides, members, and how the board works.

Accounts are the installation's own and are not in a file: a member that is read in has none, and one that is there
already keeps his.
"""

from typing import Annotated

from pydantic import SerializerFunctionWrapHandler, model_serializer

from aftaler.planfil.filmodel import Filmodel, Heltal, JaNej, Liste, Oplyst, Tekst, Under
from aftaler.planfil.planform import Organisationsnavn
from aftaler.planfil.sektioner import Sektion
from moeder.models import Bestyrelsesmedlem, Bestyrelsesside, Forretningsorden


class Medlemsfil(Filmodel, model=Bestyrelsesmedlem, kende=("navn", "fra")):
    navn: Tekst
    titel: Tekst = ""
    formand: JaNej = False
    fra: Oplyst | None = None
    til: Oplyst | None = None


class Sidefil(Filmodel, model=Bestyrelsesside, entydige=("navn",), placering="orden"):
    noegle: Tekst
    navn: Tekst
    organisation: Organisationsnavn = None
    har_stemme: JaNej = True
    medlemmer: Liste[Medlemsfil] = []


class Ordensfil(Filmodel, model=Forretningsorden, kende=()):
    afstemning: Tekst = "samlet"
    bestyrelsesmoeder: Heltal = 4
    foelgegruppemoeder: Heltal = 2
    indkaldelse_dage: Heltal = 7
    referat_dage: Heltal = 14

    @model_serializer(mode="wrap")
    def _skriv(self, skriv: SerializerFunctionWrapHandler) -> dict:
        """The first key also at its default, so that a row of defaults is not nothing."""
        return {"afstemning": self.afstemning} | skriv(self)


class Bestyrelsesfil(Filmodel):
    bestyrelse: Annotated[Liste[Sidefil], Under("bestyrelsessider")] = []


class Forretningsordensfil(Filmodel):
    forretningsorden: Ordensfil | None = None


def _naevner(plan):
    return [s.organisation for s in plan.bestyrelsessider.select_related("organisation") if s.organisation]


BESTYRELSE = Sektion(Bestyrelsesfil, _naevner)
FORRETNINGSORDEN = Sektion(Forretningsordensfil)
