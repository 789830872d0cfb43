"""The sections `bestyrelse` and `forretningsorden` of a plan file: sides, members, and how the board works.

Accounts are the installation's own and are not in a file: a member that is read in has none, and one that is there
already keeps his.
"""

from dataclasses import dataclass, replace

from aftaler.planfil import sektion
from aftaler.planfil.form import Art, Listefelt, Post, Vaerdifelt
from aftaler.planfil.planform import organisation_til
from aftaler.planfil.yaml_laeser import Felter
from moeder.models import Bestyrelsesmedlem, Bestyrelsesside, Forretningsorden

MEDLEM = Art(
    Bestyrelsesmedlem,
    (Vaerdifelt("navn"), Vaerdifelt("titel"), Vaerdifelt("formand"), Vaerdifelt("fra"), Vaerdifelt("til")),
    noegle=lambda data: data.get("navn") and (data["navn"], data.get("fra")),
)
SIDE = Art(
    Bestyrelsesside,
    (
        Vaerdifelt("noegle"),
        Vaerdifelt("navn"),
        organisation_til(),
        Vaerdifelt("har_stemme"),
        Listefelt("medlemmer", MEDLEM, lambda side: {"side": side}),
    ),
    entydige=("navn",),
    placering="orden",
)


@dataclass(frozen=True)
class AltidSkrevet(Vaerdifelt):
    """Written also at its default, so that a row of defaults is not nothing."""

    def _som_data(self, model, vaerdi) -> dict:
        return {self.felt: vaerdi}


@dataclass(frozen=True)
class Enkelt(Listefelt):
    """The one object of a relation, written as itself and not as a list."""

    def hent(self, objekt) -> list:
        fundet = getattr(objekt, self.relation, None)
        return [fundet] if fundet is not None else []

    def _samlet(self, data: list[dict]) -> dict:
        return {self.noegle: data[0]} if data else {}

    def laes_knude(self, laeser, post: Post, knude) -> None:
        poster = post.lister[self.noegle] = []
        if isinstance(knude, Felter):
            laest = laeser.laes_art(self.art, knude, post)
            poster += [laest] if laest is not None else []
        elif knude is not None:
            laeser.fejl(knude.linje, knude.sti, "Her skal stå nøgler med kolon efter.")


ORDEN = Art(
    Forretningsorden,
    (
        AltidSkrevet("afstemning"),
        Vaerdifelt("bestyrelsesmoeder"),
        Vaerdifelt("foelgegruppemoeder"),
        Vaerdifelt("indkaldelse_dage"),
        Vaerdifelt("referat_dage"),
    ),
    noegle=lambda data: "forretningsorden",
)
SEKTIONER = [
    replace(
        sektion(Listefelt("bestyrelse", SIDE, lambda plan: {"plan": plan}, relation="bestyrelsessider")),
        naevner=lambda plan: [
            s.organisation for s in plan.bestyrelsessider.select_related("organisation") if s.organisation
        ],
    ),
    sektion(Enkelt("forretningsorden", ORDEN, lambda plan: {"plan": plan}, relation="forretningsorden")),
]
