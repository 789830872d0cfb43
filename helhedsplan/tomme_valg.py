"""What is said where there is nothing to choose among: what is missing, and where it is made."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.urls import reverse


@dataclass(frozen=True)
class Oprettelsessted:
    """`mangler` is a whole sentence; `side` and `anker` the plan's page where it is made, '' where nobody here can."""

    mangler: str
    side: str = ""
    link: str = ""
    anker: str = ""


STEDER = {
    "aftaler.Afdeling": Oprettelsessted(
        "Ingen af planens parter har afdelinger endnu.", "organisation-liste", "Gå til organisationerne"
    ),
    "aftaler.Aktivitet": Oprettelsessted(
        "Der er ingen aktivitet at vælge.", "delaftale-liste", "Skriv aktiviteter i delaftalerne"
    ),
    "aftaler.Delaftale": Oprettelsessted("Der er ingen delaftale at vælge.", "delaftale-liste", "Gå til delaftalerne"),
    "aftaler.Delmaal": Oprettelsessted("Der er ingen delmål endnu.", "delaftale-liste", "Skriv delmål i delaftalerne"),
    "aftaler.Delmaalsforslag": Oprettelsessted("Puljens regelsæt har ingen forslag til delmål her."),
    "aftaler.Indsatsomraade": Oprettelsessted("Puljens regelsæt har ingen indsatsområder."),
    "aftaler.Omraade": Oprettelsessted("Planen har ingen områder endnu.", "omraade-opret", "Opret et område"),
    "aftaler.Organisation": Oprettelsessted(
        "Der er ingen organisation at vælge blandt planens parter.", "part-opret", "Tilføj en part"
    ),
    "aftaler.OverordnetMaal": Oprettelsessted("Der er ikke flere mål at vælge."),
    "aftaler.Regelsaet": Oprettelsessted("Der er ingen pulje at vælge."),
    "moeder.Bestyrelsesmedlem": Oprettelsessted(
        "Bestyrelsen har ingen medlemmer endnu.", "bestyrelsesmedlemmer", "Skriv dem ind"
    ),
    "moeder.Bestyrelsesside": Oprettelsessted(
        "Bestyrelsen har ingen sider endnu.", "bestyrelsesside-opret", "Opret en side"
    ),
    "moeder.Moede": Oprettelsessted("Der er intet møde at vælge.", "moede-opret", "Indkald til et møde"),
    "dokumenter.Underskriver": Oprettelsessted("Alle har skrevet under."),
    "budget.Finansieringskilde": Oprettelsessted(
        "Planen har ingen kilder endnu.", "finansieringskilde-opret", "Opret en kilde"
    ),
    "budget.Konto": Oprettelsessted("Planen har ingen konti endnu.", "konto-opret", "Opret en konto"),
    "helhedsplan.Bruger": Oprettelsessted(
        "Der er ingen at vælge blandt dem, der har adgang.", "indstillinger", "Se, hvem der har adgang", "medlemmer"
    ),
    "aftaler.Lag": Oprettelsessted("Der er ikke aftalt noget oven på planen endnu.", "lag-opret", "Tilføj det"),
    "aftaler.Helhedsplan": Oprettelsessted("Du skriver ikke i andre planer."),
    "indikatorer.Sted": Oprettelsessted("Planen har ingen steder at måle endnu.", "sted-opret", "Opret et sted"),
}
UKENDT = Oprettelsessted("Der er intet at vælge endnu.")


@dataclass(frozen=True)
class TomtValg:
    """Where the field would have stood. `skjul`: nothing is missed by leaving it out."""

    mangler: str = ""
    url: str = ""
    link: str = ""
    skjul: bool = False


def tomt_valg(felt: forms.BoundField, plan, *, er_filter: bool = False) -> TomtValg | None:
    """None where there is something to choose. The choices are read once and left with the field for drawing.

    A field that may be left out is not shown when it chooses among its form's own kind (there is no other yet), narrows
    a list that is empty, or is not of things that somebody makes.
    """
    if not isinstance(felt.field, forms.ChoiceField) or felt.is_hidden:
        return None
    valg = list(felt.field.choices)
    felt.field.widget.choices = valg
    if any(vaerdi not in ("", None) for vaerdi in _vaerdier(valg)):
        return None
    model = _model(felt)
    egen = getattr(getattr(felt.form, "_meta", None), "model", None)
    if er_filter or (not felt.field.required and (model not in STEDER or (egen and egen._meta.label == model))):
        return TomtValg(skjul=True)
    sted = STEDER.get(model, UKENDT)
    url = f"{reverse(sted.side, args=[plan.noegle])}#{sted.anker}".rstrip("#") if plan and sted.side else ""
    return TomtValg(sted.mangler, url, sted.link)


def laest_valg(felt: forms.ModelChoiceField) -> list:
    """What there is to choose among, read now; it is not read again for drawing."""
    raekker = list(felt.queryset)
    vaelg_blandt(felt, raekker)
    return raekker


def vaelg_blandt(felt: forms.ModelChoiceField, raekker: Iterable) -> None:
    """Draw these rows, which have been read. What is sent is still held against the field's own query."""
    tomt = [] if felt.empty_label is None else [("", felt.empty_label)]
    felt.choices = [*tomt, *((felt.prepare_value(r), felt.label_from_instance(r)) for r in raekker)]


def _model(felt: forms.BoundField) -> str:
    """What is chosen among, as the form says it or by the query of the field."""
    sagt = getattr(felt.form, "tomme", {}).get(felt.name, "")
    queryset = getattr(felt.field, "queryset", None)
    return sagt or (queryset.model._meta.label if queryset is not None else "")


def _vaerdier(valg: Iterable) -> Iterable:
    """The values, also those in groups."""
    for vaerdi, navn in valg:
        if isinstance(navn, list | tuple):
            yield from (inden for inden, _ in navn)
        else:
            yield vaerdi
