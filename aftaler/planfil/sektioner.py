"""The keys of a plan file that rooms to the right keep: each a class of `Filmodel` with one field, which is the key."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import models
from django.utils.module_loading import import_string

from aftaler.planfil.filmodel import INGEN_RELATION, Filmodel, Post
from aftaler.planfil.yaml_laeser import Felter, Knude
from helhedsplan.tilslutninger import PLANFILSEKTIONER


def alle_sektioner() -> list["Sektion"]:
    return [import_string(navn) for navn in PLANFILSEKTIONER]


class Sektion:
    """Reads and writes the lists that a class has below the plan, as the plan's own are; saved all or none.

    `naevner(plan)` -> organisations and departments that the section refers to: the file must hold them too. A room
    that has more to look at overrides `foer_opslag`, `tjek` and `gem`; `poster` are the posts by list.
    """

    def __init__(self, klasse: type[Filmodel], naevner: Callable[[Any], Iterable] = lambda plan: ()):
        self.klasse = klasse
        self.naevner = naevner
        [self.noegle] = klasse.noegler

    def forudhent(self, plan) -> None:
        models.prefetch_related_objects([plan], *self.klasse.forudhent())

    def skriv(self, plan) -> Any:
        """The data of the key; None when there is nothing."""
        self.forudhent(plan)
        return self.klasse.som_data(plan).get(self.noegle)

    def laes(self, plan, knude: Knude | None, laeser, gemmer) -> None:
        """Make the plan's lists what the node says; without one they are cleared."""
        over, foer = laeser.plan, len(laeser.alle_fejl)
        linje = (knude or over.knude).linje
        felter = {self.noegle: knude} if knude else {}
        post = laeser.laes_felter(self.klasse, Felter(linje, "", felter, dict.fromkeys(felter, linje)), over)
        for en in (en for poster in post.lister.values() for en in poster):
            en.over = over
        over.lister |= post.lister
        self.foer_opslag(plan, post.lister, gemmer)
        laeser.slaa_op(post)
        self.tjek(plan, post.lister, laeser, gemmer, uden_fejl=len(laeser.alle_fejl) == foer)
        for noegle in post.lister:
            del over.lister[noegle]
        if len(laeser.alle_fejl) == foer:
            if not gemmer.ny:
                self.forudhent(plan)
            self.gem(plan, post, laeser, gemmer, linje)

    def foer_opslag(self, plan, poster: dict[str, list[Post]], gemmer) -> None:
        """Before the references are looked up."""

    def tjek(self, plan, poster: dict[str, list[Post]], laeser, gemmer, *, uden_fejl: bool) -> None:
        """What no single value shows."""

    def gem(self, plan, post: Post, laeser, gemmer, linje: int) -> None:
        for liste in (liste for liste in self.klasse.lister if liste.relation != INGEN_RELATION):
            gemmer.gem_liste(liste, plan, post.lister[liste.noegle], linje, ejer_er_ny=gemmer.ny)
        gemmer.afslut()
