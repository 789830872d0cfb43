"""The kinds of rows that a rule set is made of, described once: what is copied, edited, compared, moved to and checked.

Rooms to the right add kinds of their own to `REGELSLAGS` in `AppConfig.ready()`, as with `helhedsplan.tilslutninger`.
"""

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass

from django.db import models

from aftaler.choices import Dokumentart
from aftaler.models import (
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


@dataclass(frozen=True)
class Regelslags:
    """One kind of row.

    felter: what can be written on a new one; faste: of them those that never change again, keys and what other rows are
    found by; laaste: what plans' figures and texts are written by, which a correction leaves. ejer: the relation to the
    row above; vej: the lookup from the row to its rule set. navngiver: the field that a key is made from, where
    har_noegle says that the row has one. gruppe: what rows are ordered within, beside the owner. kun: further
    conditions of belonging to the rule set itself.
    """

    noegle: str
    titel: str
    ental: str
    model: type[models.Model]
    felter: tuple[str, ...]
    ejer: str = "regelsaet"
    vej: str = "regelsaet"
    noeglefelter: tuple[str, ...] = ("noegle",)
    faste: tuple[str, ...] = ()
    laaste: tuple[str, ...] = ()
    placering: str = ""
    navngiver: str = ""
    over: str = ""
    gruppe: tuple[str, ...] = ()
    kun: tuple[tuple[str, None], ...] = ()
    artikel: str = "et"
    har_noegle: Callable[[models.Model], bool] = lambda raekke: True

    def raekker(self, regelsaet: Regelsaet) -> models.QuerySet:
        """The rows of the rule set, in their order."""
        return self.model._default_manager.filter(**{self.vej: regelsaet}, **dict(self.kun))

    def noegle_af(self, raekke: models.Model) -> Hashable:
        return tuple(getattr(raekke, felt) for felt in self.noeglefelter)

    def soeskende(self, raekke: models.Model) -> models.QuerySet:
        """Those that the row is ordered among."""
        samme = {self.ejer: getattr(raekke, self.ejer)} | {felt: getattr(raekke, felt) for felt in self.gruppe}
        return self.model._default_manager.filter(**samme, **dict(self.kun))

    def felt(self, navn: str) -> models.Field:
        return self.model._meta.get_field(navn)

    @property
    def top(self) -> "Regelslags":
        """The kind that is a list of its own on the page: it, or what it is below."""
        over = slags_af(self.over) if self.over else None
        return over.top if over else self

    @property
    def under(self) -> list["Regelslags"]:
        return [s for s in REGELSLAGS if s.over == self.noegle]


#: Every kind, owners before what they own.
REGELSLAGS: list[Regelslags] = [
    Regelslags(
        "indsatsomraader", "Indsatsområder", "indsatsområde", Indsatsomraade, ("navn",),
        placering="nummer", navngiver="navn",
    ),
    Regelslags(
        "maal", "Overordnede mål", "mål", OverordnetMaal, ("nummer", "tekst"),
        ejer="indsatsomraade", vej="indsatsomraade__regelsaet", noeglefelter=("nummer",), laaste=("nummer",),
        over="indsatsomraader",
    ),
    Regelslags(
        "indikatorer", "Faste indikatorer", "indikator", FastIndikator,
        ("navn", "noegle", "enhed", "retning", "persongruppe"),
        ejer="maal", vej="maal__indsatsomraade__regelsaet", faste=("noegle",), laaste=("enhed",),
        placering="nummer", navngiver="navn", over="maal", artikel="en",
    ),
    Regelslags(
        "delmaalsforslag", "Forslag til delmål", "forslag til delmål", Delmaalsforslag,
        ("tekst", "kilde", "verificeret"),
        ejer="indsatsomraade", vej="indsatsomraade__regelsaet", placering="nummer", navngiver="tekst",
        over="indsatsomraader",
    ),
    Regelslags(
        "skabelonafsnit", "Skabeloner", "afsnit", Skabelonafsnit,
        ("dokument", "nummer", "titel", "art", "vejledning", "uddybning", "kilde"),
        noeglefelter=("dokument", "noegle"), faste=("dokument",), laaste=("art",), placering="orden",
        navngiver="titel", gruppe=("dokument",),
    ),
    Regelslags(
        "dokumentkrav", "Krævede papirer", "krævet papir", Dokumentkrav,
        ("art", "navn", "pr_indsatsomraade", "underskrives", "kilde", "verificeret", "note"),
        noeglefelter=("art", "noegle"), faste=("art",), placering="orden", navngiver="navn",
        har_noegle=lambda raekke: raekke.art == Dokumentart.FIL,
    ),
    Regelslags(
        "parametre", "Parametre", "parameter", Regelparameter,
        ("noegle", "navn", "vaerdi", "enhed", "kilde", "verificeret", "note"),
        faste=("noegle",), laaste=("enhed",), artikel="en",
    ),
    Regelslags(
        "godkendelsesregler", "Hvem godkender hvad", "regel om godkendelse", Godkendelsesregel,
        ("beroerer", "niveau", "kilde", "verificeret", "note"),
        noeglefelter=("beroerer",), faste=("beroerer",), placering="orden", artikel="en",
    ),
]  # fmt: skip


def slags_af(noegle: str) -> Regelslags | None:
    return next((s for s in REGELSLAGS if s.noegle == noegle), None)


def slags_for(model: type[models.Model]) -> Regelslags:
    return next(s for s in REGELSLAGS if s.model is model)


@dataclass(frozen=True)
class Regelraekke:
    """A row with its kind and the keys of the rows above it: what it is found by in another version."""

    slags: Regelslags
    sti: tuple[Hashable, ...]
    raekke: models.Model


def alle_raekker(regelsaet: Regelsaet) -> Iterator[Regelraekke]:
    """Every row of a rule set, owners before what they own, in order. One query for each kind."""
    stier: dict[tuple[str, int], tuple[Hashable, ...]] = {}
    for slags in REGELSLAGS:
        for raekke in slags.raekker(regelsaet):
            over = stier.get((slags.over, getattr(raekke, f"{slags.ejer}_id")), ()) if slags.over else ()
            sti = (*over, slags.noegle_af(raekke))
            stier[slags.noegle, raekke.pk] = sti
            yield Regelraekke(slags, sti, raekke)
