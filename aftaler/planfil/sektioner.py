"""The keys of a plan file that rooms to the right keep: one class of `Filmodel` with one field, which is the key."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import models
from django.utils.module_loading import import_string

from aftaler.planfil.filmodel import INGEN_RELATION, Filmodel, Post
from aftaler.planfil.yaml_laeser import Felter
from helhedsplan.tilslutninger import PLANFILSEKTIONER, Planfilsektion


def alle_sektioner() -> list[Planfilsektion]:
    return [import_string(s) if isinstance(s, str) else s for s in PLANFILSEKTIONER]


class Modelsektion:
    """Reads and writes the lists that a class has below the plan, as the plan's own are; saved all or none.

    A room that has more to look at overrides `foer_opslag`, `tjek` and `gem`. `poster` are the posts by list.
    """

    def __init__(self, klasse: type[Filmodel], naevner: Callable[[Any], Iterable] = lambda plan: ()):
        self.klasse = klasse
        self.naevner = naevner
        [self.noegle] = klasse.noegler

    def skriv(self, plan) -> Any:
        self.forudhent(plan)
        return self.klasse.som_data(plan).get(self.noegle)

    def laes(self, plan, data, sektion) -> None:
        laeser, over = sektion.laeser, sektion.laeser.plan
        foer = len(laeser.alle_fejl)
        knude, linje = sektion.knude, (sektion.knude or over.knude).linje
        rod = Felter(linje, "", {self.noegle: knude}, {self.noegle: linje}) if knude else Felter(linje, "")
        post = laeser.laes_felter(self.klasse, rod, over)
        for poster in post.lister.values():
            for en in poster:
                en.over = over
        over.lister |= post.lister
        self.foer_opslag(plan, post.lister, sektion)
        laeser.slaa_op(post)
        self.tjek(plan, post.lister, sektion, uden_fejl=len(laeser.alle_fejl) == foer)
        for noegle in post.lister:
            del over.lister[noegle]
        if len(laeser.alle_fejl) == foer:
            if not sektion.ny:
                self.forudhent(plan)
            self.gem(plan, post, sektion, linje)

    def forudhent(self, plan) -> None:
        models.prefetch_related_objects([plan], *self.klasse.forudhent())

    def foer_opslag(self, plan, poster: dict[str, list[Post]], sektion) -> None:
        """Before the references are looked up."""

    def tjek(self, plan, poster: dict[str, list[Post]], sektion, *, uden_fejl: bool) -> None:
        """What no single value shows."""

    def gem(self, plan, post: Post, sektion, linje: int) -> None:
        for liste in (liste for liste in self.klasse.lister if liste.relation != INGEN_RELATION):
            sektion.gemmer.gem_liste(liste, plan, post.lister[liste.noegle], linje, ejer_er_ny=sektion.ny)
        sektion.gemmer.afslut()
