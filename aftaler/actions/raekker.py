"""Create, change, delete and order the rows of a plan; the right is asked and the change logged in one place.

`FELTER` is the allow-list: what a form may write on each model. Rows below a row (seats, milestones, partners, table
rows) are given as a list of dicts and replaced as a whole; they count as a change of the row above them.
"""

from django.db import models, transaction
from django.db.models import Max

from aftaler.models import (
    Aktivitet,
    Delmaal,
    Gruppe,
    Helhedsplan,
    Koblingsraekke,
    Koblingstabel,
    Milepael,
    Omraade,
    Part,
    Planparameter,
    Plads,
    Samarbejdspart,
)
from aftaler.queries.adgang import tjek
from helhedsplan import actions, revisionsspor
from helhedsplan.actions import Aendring
from helhedsplan.noegler import unik_noegle
from helhedsplan.rettigheder import Rettighed

FELTER: dict[type[models.Model], frozenset[str]] = {
    Part: frozenset({"organisation", "administrerer", "gaelder_fra", "gaelder_til", "underskriver", "underskriver_titel"}),
    Omraade: frozenset({"navn", "starter", "slutter", "note", "afdelinger"}),
    Gruppe: frozenset({"navn", "art", "over", "moeder_pr_aar", "opgave"}),
    Koblingstabel: frozenset({"titel", "kolonne_fra", "kolonne_til"}),
    Planparameter: frozenset({"vaerdi", "begrundelse"}),
    Delmaal: frozenset(
        {"tekst", "kilde", "forslag", "maaltype", "retning", "sammenligning", "vaerdi", "enhed", "note", "aktiviteter"}
    ),
    Aktivitet: frozenset(
        {
            "navn", "status", "fortsaetter", "baggrund", "formaal", "maalgruppe", "indhold", "ansvarlig",
            "forventet_deltagertal", "forankring", "ressourcer", "note", "omraader", "delmaal",
        }
    ),
}  # fmt: skip

#: Rows below a row: relation name -> (model, foreign key to the row above, fields).
UNDERRAEKKER = {
    "pladser": (Plads, "gruppe", ("titel", "organisation", "formand")),
    "raekker": (Koblingsraekke, "tabel", ("fra", "til", "maal")),
    "milepaele": (Milepael, "aktivitet", ("navn", "dato", "ansvarlig")),
    "samarbejdsparter": (Samarbejdspart, "aktivitet", ("navn", "rolle")),
}


def _soeskende(objekt: models.Model) -> models.QuerySet:
    """The rows that share the parent and so the order and the keys."""
    ejer = "delaftale" if isinstance(objekt, (Delmaal, Aktivitet)) else "plan"
    return type(objekt)._default_manager.filter(**{ejer: getattr(objekt, ejer)})


@transaction.atomic
def opret(
    *, bruger, objekt: models.Model, m2m: dict | None = None, raekker: dict[str, list[dict]] | None = None
) -> models.Model:
    """Add a row to a plan, last in its order and with a key made from its name. Raises ValidationError, PermissionDenied."""
    tjek(bruger, Rettighed.RET, objekt.plan)
    felter = {f.name for f in objekt._meta.fields}
    soeskende = _soeskende(objekt)
    if "orden" in felter:
        objekt.orden = (soeskende.aggregate(m=Max("orden"))["m"] or 0) + 1
    if "noegle" in felter and not objekt.noegle:
        objekt.noegle = unik_noegle(
            getattr(objekt, "navn", "") or objekt.tekst, soeskende.values_list("noegle", flat=True)
        )
    actions.opret(bruger=bruger, objekt=objekt, m2m={k: v for k, v in (m2m or {}).items() if k != "aktiviteter"})
    if isinstance(objekt, Delmaal) and m2m and "aktiviteter" in m2m:
        objekt.aktiviteter.set(m2m["aktiviteter"])
    for relation, nye in (raekker or {}).items():
        erstat_raekker(objekt, relation, nye)
    return objekt


@transaction.atomic
def ret(
    *, bruger, objekt: models.Model, felter: dict, version: int | None, raekker: dict[str, list[dict]] | None = None
) -> bool:
    """Change a row and the rows below it; True when anything differed. Raises Versionskonflikt, ValidationError."""
    tjek(bruger, Rettighed.RET, objekt.plan)
    felter, ekstra = dict(felter), []
    for relation, nye in (raekker or {}).items():
        if aendring := erstat_raekker(objekt, relation, nye):
            ekstra.append(aendring)
    if isinstance(objekt, Delmaal) and "aktiviteter" in felter:
        ekstra += _saet_aktiviteter(objekt, felter.pop("aktiviteter"))
    return actions.ret(
        bruger=bruger, objekt=objekt, felter=felter, version=version, tilladte=FELTER[type(objekt)], ekstra=ekstra
    )


def _saet_aktiviteter(delmaal: Delmaal, nye) -> list[Aendring]:
    """The activities that serve a delmål, set from the delmål's side."""
    foer, nye = list(delmaal.aktiviteter.order_by("orden")), list(nye)
    if {a.pk for a in foer} == {a.pk for a in nye}:
        return []
    delmaal.aktiviteter.set(nye)
    return [Aendring("aktiviteter", "aktiviteter", foer, nye)]


@transaction.atomic
def slet(*, bruger, objekt: models.Model) -> None:
    """Delete a row; one that something else leans on is refused with a message that names it."""
    tjek(bruger, Rettighed.RET, objekt.plan)
    actions.slet(bruger=bruger, objekt=objekt)


def erstat_raekker(objekt: models.Model, relation: str, nye: list[dict]) -> Aendring | None:
    """Replace the rows below a row when they differ. Runs in the caller's transaction; validates every row."""
    model, ejer, felter = UNDERRAEKKER[relation]
    gamle = [_som_dict(raekke, felter) for raekke in getattr(objekt, relation).all()]
    nye = [{felt: raekke.get(felt) for felt in felter} for raekke in nye]
    if [_sammenlignelig(r) for r in gamle] == [_sammenlignelig(r) for r in nye]:
        return None
    getattr(objekt, relation).all().delete()
    for orden, raekke in enumerate(nye, 1):
        m2m = {felt: raekke[felt] for felt in felter if model._meta.get_field(felt).many_to_many}
        enkle = {felt: raekke[felt] for felt in felter if felt not in m2m and raekke[felt] is not None}
        ny = model(**{ejer: objekt}, orden=orden, **enkle)
        if isinstance(ny, Samarbejdspart):
            ny.delaftale = objekt.delaftale
        ny.full_clean()
        ny.save()
        for felt, vaerdier in m2m.items():
            getattr(ny, felt).set(vaerdier or [])
    navn = str(model._meta.verbose_name_plural)
    return Aendring(relation, navn, [_i_ord(r) for r in gamle], [_i_ord(r) for r in nye])


def _som_dict(raekke: models.Model, felter) -> dict:
    return {
        felt: list(getattr(raekke, felt).all()) if raekke._meta.get_field(felt).many_to_many else getattr(raekke, felt)
        for felt in felter
    }


def _sammenlignelig(raekke: dict) -> dict:
    """Missing and empty are the same; relations compare by key."""

    def enkel(vaerdi):
        if isinstance(vaerdi, (list, tuple, models.QuerySet)):
            return sorted(v.pk for v in vaerdi)
        return vaerdi.pk if isinstance(vaerdi, models.Model) else vaerdi or None

    return {felt: enkel(v) or None for felt, v in raekke.items()}


def _i_ord(raekke: dict) -> str:
    return " · ".join(str(revisionsspor.som_json(v)) for v in raekke.values() if v not in (None, "", [], False))


@transaction.atomic
def sorter(*, bruger, ejer, relation: str, noegler: list[str]) -> bool:
    """Put the rows of a relation in the order of their keys; keys left out come last. One entry on the owner's history."""
    plan: Helhedsplan = ejer.plan
    tjek(bruger, Rettighed.RET, plan)
    raekker = list(getattr(ejer, relation).all())
    plads = {str(noegle): nr for nr, noegle in enumerate(noegler)}
    nye = sorted(raekker, key=lambda r: plads.get(str(getattr(r, "noegle", r.pk)), len(plads)))
    if nye == raekker:
        return False
    for orden, raekke in enumerate(nye, 1):
        type(raekke)._default_manager.filter(pk=raekke.pk).update(orden=orden)
    navn = f"rækkefølge af {nye[0]._meta.verbose_name_plural}"
    aendring = Aendring(relation, navn, [str(r) for r in raekker], [str(r) for r in nye]).som_data()
    revisionsspor.skriv(bruger=bruger, kaede=plan.noegle, handling="sorteret", objekt=ejer, aendringer=[aendring])
    return True


def flyt(*, bruger, ejer, relation: str, noegle: str, skridt: int) -> bool:
    """Move one row up (-1) or down (+1)."""
    noegler = [str(getattr(r, "noegle", r.pk)) for r in getattr(ejer, relation).all()]
    if noegle not in noegler:
        return False
    fra = noegler.index(noegle)
    til = min(max(fra + skridt, 0), len(noegler) - 1)
    noegler.insert(til, noegler.pop(fra))
    return sorter(bruger=bruger, ejer=ejer, relation=relation, noegler=noegler)
