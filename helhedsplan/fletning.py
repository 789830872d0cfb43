"""Two people have saved the same thing: what each changed, what can be put together by itself, what has to be chosen.

Three-way, per field: the value both started from (from the audit log), mine (as typed) and theirs (as saved). They are
compared in the form that the log has. The rows of a relation are one whole; what both started from is known by a
fingerprint that travels with the form.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django import forms
from django.http import QueryDict

from helhedsplan import formats
from helhedsplan.felter import SOM_SAGT
from helhedsplan.formularer import (
    GRUNDLAG,
    TEKNISKE_FELTER,
    Datofelt,
    Prosafelt,
    Raekkesaet,
    Talfelt,
    Tidfelt,
    feltvaerdi,
    logvaerdi,
)
from helhedsplan.forskel import Stykke, ordforskel
from helhedsplan.models import Haendelse
from helhedsplan.tekst import ren_tekst

DERES = "deres"


@dataclass(frozen=True)
class Konflikt:
    """A field that both changed. `forskel` is what the other changed, from the text both started from."""

    navn: str
    valgnavn: str
    felt: forms.BoundField
    haendelse: Haendelse | None
    forskel: list[Stykke]


@dataclass(frozen=True)
class Raekkekonflikt:
    navn: str
    valgnavn: str
    relation: str
    haendelse: Haendelse | None
    overskrifter: list[str]
    raekker: list[list[str]]


@dataclass
class Fletning:
    """`data` is the form's data with everything put together that could be, mine kept where both changed."""

    data: QueryDict
    haendelse: Haendelse | None
    konflikter: list[Konflikt] = field(default_factory=list)
    raekkekonflikter: list[Raekkekonflikt] = field(default_factory=list)
    taget: list[str] = field(default_factory=list)
    beholdt: list[str] = field(default_factory=list)

    @property
    def er_ens(self) -> bool:
        """What I typed is what is saved already (a form sent twice)."""
        return not (self.konflikter or self.raekkekonflikter or self.taget or self.beholdt)


def _dag_eller_ord(vaerdi: str) -> str:
    try:
        return formats.kort_dato(date.fromisoformat(vaerdi))
    except ValueError:
        return vaerdi


VISNINGER: dict[type[forms.Field], Callable] = {
    Prosafelt: ren_tekst,
    Datofelt: lambda vaerdi: formats.kort_dato(date.fromisoformat(vaerdi)),
    Tidfelt: _dag_eller_ord,
    Talfelt: lambda vaerdi: formats.tal(Decimal(vaerdi)),
}


def i_ord(felt: forms.Field, vaerdi) -> str:
    """A value of the log as people read it."""
    if isinstance(felt, forms.BooleanField):
        return "Ja" if vaerdi else "Nej"
    if isinstance(vaerdi, list):
        return "\n".join(vaerdi)
    if isinstance(felt, forms.ChoiceField) and not isinstance(felt, forms.ModelChoiceField):
        return str(dict(felt.choices).get(vaerdi, vaerdi))
    visning = next((vis for klasse, vis in VISNINGER.items() if isinstance(felt, klasse)), str)
    return visning(vaerdi) if vaerdi != "" else ""


# --- data as a browser would send it --------------------------------------------------------------------------------


def _sendt(felt: forms.BoundField) -> list[str]:
    vaerdi = felt.value()
    if isinstance(vaerdi, bool):
        return ["on"] if vaerdi else []
    return [str(v) for v in vaerdi] if isinstance(vaerdi, (list, tuple)) else ["" if vaerdi is None else str(vaerdi)]


def _saet(data: QueryDict, felt: forms.BoundField) -> None:
    data.setlist(felt.html_name, _sendt(felt))


def _saet_raekker(data: QueryDict, saet: Raekkesaet) -> None:
    for navn in [n for n in data if n.startswith(f"{saet.prefix}-")]:
        del data[navn]
    for form in (saet.management_form, *saet.forms):
        for felt in form:
            _saet(data, felt)


def med_valg(data: QueryDict, deres) -> QueryDict:
    """The data of a merge page with the other's value wherever that was chosen. `deres` is the form as saved."""
    ny = data.copy()
    for felt in deres:
        if data.get(f"valg-{felt.name}") == DERES:
            _saet(ny, felt)
    for relation, saet in deres.raekkesaet.items():
        if data.get(f"valg-{relation}") == DERES:
            _saet_raekker(ny, saet)
    return ny


# --- the merge ------------------------------------------------------------------------------------------------------


def flet(mit, deres, haendelser: list[Haendelse]) -> Fletning:
    """Put a valid form and the object as saved together. `haendelser`: what was logged since, newest first."""
    fletning = Fletning(mit.data.copy(), haendelser[0] if haendelser else None)
    fletning.data["version"] = str(deres.instance.version)
    udgangspunkt = _udgangspunkt(haendelser)
    for felt in deres:
        if felt.name not in TEKNISKE_FELTER and felt.name in mit.fields:
            _flet_felt(fletning, mit[felt.name], felt, udgangspunkt, haendelser)
    for relation, saet in deres.raekkesaet.items():
        _flet_raekker(fletning, mit.raekkesaet[relation], saet, relation)
    return fletning


def _udgangspunkt(haendelser: list[Haendelse]) -> dict:
    """Per changed field, the value before the first of the entries."""
    foer = {a["felt"]: logvaerdi(a["foer"]) for haendelse in haendelser for a in haendelse.aendringer}
    for navn in [n for n in foer if n.endswith(SOM_SAGT)]:  # a date told in words, or one that was a day before
        foer[navn.removesuffix(SOM_SAGT)] = foer[navn] or foer.get(navn.removesuffix(SOM_SAGT), "")
    return foer


def _sidste(haendelser: list[Haendelse], felt: str) -> Haendelse | None:
    rettede = [h for h in haendelser if any(a["felt"] in (felt, f"{felt}{SOM_SAGT}") for a in h.aendringer)]
    return rettede[0] if rettede else None


def _flet_felt(fletning: Fletning, mit, deres, udgangspunkt: dict, haendelser: list[Haendelse]) -> None:
    min_vaerdi, deres_vaerdi = feltvaerdi(mit), feltvaerdi(deres)
    if min_vaerdi == deres_vaerdi:
        return
    if mit.name not in udgangspunkt:
        fletning.beholdt.append(str(mit.label))
    elif min_vaerdi == udgangspunkt[mit.name]:
        _saet(fletning.data, deres)
        fletning.taget.append(str(mit.label))
    else:
        foer = i_ord(mit.field, udgangspunkt[mit.name])
        forskel = ordforskel(foer, i_ord(mit.field, deres_vaerdi))
        haendelse = _sidste(haendelser, mit.name)
        fletning.konflikter.append(Konflikt(str(mit.label), f"valg-{mit.name}", mit, haendelse, forskel))


def _flet_raekker(fletning: Fletning, mit: Raekkesaet, deres: Raekkesaet, relation: str) -> None:
    navn = f"{relation}-{GRUNDLAG}"
    fra, min_nu, deres_nu = mit.grundlag, mit.aftryk(), deres.aftryk()
    fletning.data[navn] = deres_nu
    if min_nu == deres_nu:
        return
    if fra == deres_nu:
        fletning.beholdt.append(mit.titel)
    elif fra == min_nu:
        _saet_raekker(fletning.data, deres)
        fletning.data[navn] = deres_nu
        fletning.taget.append(mit.titel)
    else:
        felter = deres.form.base_fields
        raekker = [[i_ord(f, v) for f, v in zip(felter.values(), r, strict=True)] for r in deres.vaerdier()]
        overskrifter = [str(felt.label) for felt in felter.values()]
        fletning.raekkekonflikter.append(
            Raekkekonflikt(mit.titel, f"valg-{relation}", relation, fletning.haendelse, overskrifter, raekker)
        )
