"""What rows and stored files say of each other: rows without their file, files without a row, files that are not what
their row says, and broken chains of the log."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import models

from helhedsplan import revisionsspor
from helhedsplan.formats import antal
from helhedsplan.models import Slettet

SHA = "sha256"


class Fejl(NamedTuple):
    """`alvorlig`: something is lost or is not what it was; else there is only more than anybody asks for."""

    tekst: str
    alvorlig: bool = True


class Navngiven(NamedTuple):
    """A stored file that a row tells of, and the SHA-256 that it says it has ("" when it says none)."""

    fil: str
    sha256: str
    hvad: str


def filfelter() -> Iterator[tuple[type[models.Model], models.FileField]]:
    for model in apps.get_models():
        for felt in model._meta.concrete_fields:
            if isinstance(felt, models.FileField):
                yield model, felt


def navngivne() -> dict[str, Navngiven]:
    """By its name in the store."""
    ud = {}
    for model, felt in filfelter():
        maerke = _maerkefelt(model, felt)
        raekker = model._base_manager.exclude(**{felt.name: ""}).values_list(
            "pk", felt.name, *([maerke] if maerke else [])
        )
        for pk, navn, *sha in raekker.iterator():
            hvad = f"{model._meta.verbose_name} nr. {pk} ({felt.verbose_name})"
            ud[navn] = Navngiven(navn, sha[0] if sha else "", hvad)
    for pk, filer in Slettet.objects.values_list("pk", "filer").iterator():
        for navn in filer:
            ud.setdefault(navn, Navngiven(navn, "", f"papirkurven (slettet ting nr. {pk})"))
    return ud


def _maerkefelt(model: type[models.Model], felt: models.FileField) -> str:
    """The column of the file's hash: that of its own name, or the only one there is for the only file."""
    navne = {f.name for f in model._meta.concrete_fields}
    if f"{felt.name}_{SHA}" in navne:
        return f"{felt.name}_{SHA}"
    return SHA if SHA in navne and felt.name == "fil" else ""


def alle_filer(mappe: str = "") -> Iterator[str]:
    """The names of all that is stored."""
    try:
        mapper, filer = default_storage.listdir(mappe)
    except FileNotFoundError:
        return
    for navn in sorted(filer):
        yield f"{mappe}{navn}"
    for navn in sorted(mapper):
        yield from alle_filer(f"{mappe}{navn}/")


def tjek_data() -> Iterator[Fejl]:
    """One line for each trouble, those of files first."""
    stoerste, kendte = set(alle_filer()), navngivne()
    for fil in kendte.values():
        if fil.fil not in stoerste:
            yield Fejl(f"{fil.fil} mangler i lageret. {fil.hvad} peger på den.")
        elif fil.sha256 and _sha256(fil.fil) != fil.sha256:
            yield Fejl(f"{fil.fil} er ikke den fil, der blev gemt: dens SHA-256 er en anden. {fil.hvad} peger på den.")
    yield from _uden_raekke(stoerste - kendte.keys())
    for kaede in revisionsspor.kaeder():
        yield from map(Fejl, revisionsspor.brud(kaede))


def _sha256(navn: str) -> str:
    try:
        with default_storage.open(navn) as fil:
            return hashlib.file_digest(fil, SHA).hexdigest()
    except OSError:
        return "kan ikke læses"


def _uden_raekke(navne: set[str]) -> Iterator[Fejl]:
    """A picture that is gone from a draft may still stand in a frozen edition."""
    tilbage = navne - naevnt_i_data(navne)
    for navn in sorted(tilbage):
        yield Fejl(f"{navn} ligger i lageret, men ingen række peger på den.", alvorlig=False)


def naevnt_i_data(navne: set[str], *, undtagen: type[models.Model] | None = None) -> set[str]:
    fundet: set[str] = set()
    felter = defaultdict(list)
    for model in apps.get_models() if navne else ():
        for felt in model._meta.concrete_fields:
            if isinstance(felt, models.JSONField) and model is not undtagen:
                felter[model].append(felt.name)
    for model, kolonner in felter.items():
        for vaerdier in model._base_manager.values_list(*kolonner).iterator():
            tekst = json.dumps(vaerdier, ensure_ascii=False, default=str)
            fundet |= {navn for navn in navne if navn in tekst}
    return fundet


def sagt(fejl: list[Fejl]) -> str:
    alvorlige = sum(f.alvorlig for f in fejl)
    return f"{antal(alvorlige, 'fejl', 'fejl')} og {antal(len(fejl) - alvorlige, 'bemærkning', 'bemærkninger')}."
