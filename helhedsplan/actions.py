"""The few ways a row is written: create, change, delete, each in one transaction with its audit entry.

Domain actions (`aftaler.actions` and so on) decide whether and what; they write through these.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, ProtectedError

from helhedsplan import revisionsspor
from helhedsplan.models import Haendelse, Kladde, Versioneret


class Versionskonflikt(Exception):
    """Somebody saved the object after the form was opened; `objekt` is as it stands now."""

    def __init__(self, objekt: Versioneret, forventet: int):
        self.objekt = objekt
        self.forventet = forventet
        super().__init__(f"{objekt} er gemt af en anden, siden du åbnede den.")


class UkendtFelt(ValueError):
    """An action was given a field that it does not write: a fault in the program, not in the input."""


@dataclass(frozen=True)
class Aendring:
    felt: str
    navn: str
    foer: object
    efter: object

    def som_data(self) -> dict:
        return {
            "felt": self.felt,
            "navn": self.navn,
            "foer": revisionsspor.som_json(self.foer),
            "efter": revisionsspor.som_json(self.efter),
        }


def _er_m2m(objekt: models.Model, felt: str) -> bool:
    return objekt._meta.get_field(felt).many_to_many


def _vaerdi(objekt: models.Model, felt: str):
    if _er_m2m(objekt, felt):
        return list(getattr(objekt, felt).all())
    return getattr(objekt, felt)


def _kaede(objekt: models.Model) -> str:
    plan = getattr(objekt, "plan", None)
    return plan.noegle if plan is not None else revisionsspor.FAELLES


def aendringer_til(objekt: models.Model, felter: dict) -> list[Aendring]:
    """The fields in `felter` whose value differs from the object's, before and after."""
    fundne = []
    for felt, ny in felter.items():
        gammel = _vaerdi(objekt, felt)
        ny = list(ny) if _er_m2m(objekt, felt) else ny
        ens = {o.pk for o in gammel} == {o.pk for o in ny} if _er_m2m(objekt, felt) else gammel == ny
        if not ens:
            fundne.append(Aendring(felt, objekt._meta.get_field(felt).verbose_name, gammel, ny))
    return fundne


@transaction.atomic
def opret(*, bruger, objekt: models.Model, m2m: dict | None = None, handling: str = "oprettet") -> models.Model:
    """Validate, insert and log a new row. Raises ValidationError with the fields at fault."""
    objekt.full_clean()
    objekt.save(force_insert=True)
    for felt, vaerdier in (m2m or {}).items():
        getattr(objekt, felt).set(vaerdier)
    udfyldte = [
        f
        for f in objekt._meta.concrete_fields
        if f.name not in ("id", "version") and f.value_from_object(objekt) not in (None, "")
    ]
    aendringer = [Aendring(f.name, f.verbose_name, None, getattr(objekt, f.name)).som_data() for f in udfyldte]
    aendringer += [
        Aendring(felt, objekt._meta.get_field(felt).verbose_name, [], list(v)).som_data()
        for felt, v in (m2m or {}).items()
        if v
    ]
    revisionsspor.skriv(bruger=bruger, kaede=_kaede(objekt), handling=handling, objekt=objekt, aendringer=aendringer)
    return objekt


@transaction.atomic
def ret(
    *,
    bruger,
    objekt: models.Model,
    felter: dict,
    version: int | None = None,
    tilladte: frozenset[str] | set[str],
    ekstra: list[Aendring] = (),
    handling: str = "rettet",
) -> bool:
    """Change the named fields; True when anything differed.

    `tilladte` is the allow-list of the calling action. `version` is the one the form was opened with: another one in
    the database raises Versionskonflikt and nothing is written. `ekstra` tells of rows below the object that the
    caller has changed in the same transaction. The object passed in is left as saved.
    """
    if ukendte := set(felter) - set(tilladte):
        raise UkendtFelt(f"{objekt._meta.label} skrives ikke med {sorted(ukendte)}")
    type(objekt)._default_manager.select_for_update(of=("self",)).filter(pk=objekt.pk).first()
    gemt = type(objekt)._default_manager.get(pk=objekt.pk)
    if version is not None and gemt.version != version:
        raise Versionskonflikt(gemt, version)
    for felt, ny in felter.items():
        if not _er_m2m(gemt, felt):
            setattr(objekt, felt, ny)
    objekt.full_clean()
    rensede = {felt: ny if _er_m2m(gemt, felt) else getattr(objekt, felt) for felt, ny in felter.items()}
    aendringer = [*aendringer_til(gemt, rensede), *ekstra]
    if not aendringer:
        return False
    kolonner = [a.felt for a in aendringer if a.felt in rensede and not _er_m2m(gemt, a.felt)]
    if isinstance(objekt, Versioneret):
        _loeft_version(objekt, gemt.version)
    if kolonner:
        objekt.save(update_fields=kolonner)
    for felt, ny in rensede.items():
        if _er_m2m(gemt, felt):
            getattr(objekt, felt).set(ny)
    revisionsspor.skriv(
        bruger=bruger,
        kaede=_kaede(objekt),
        handling=handling,
        objekt=objekt,
        aendringer=[a.som_data() for a in aendringer],
    )
    return True


def _loeft_version(objekt: Versioneret, fra: int) -> None:
    """Compare and swap: the one UPDATE that decides between two who save at once."""
    rettet = type(objekt)._default_manager.filter(pk=objekt.pk, version=fra).update(version=F("version") + 1)
    if not rettet:
        raise Versionskonflikt(type(objekt)._default_manager.get(pk=objekt.pk), fra)
    objekt.version = fra + 1


@transaction.atomic
def slet(*, bruger, objekt: models.Model) -> None:
    """Delete and log a row. What others lean on is refused, and the message names them."""
    kaede, felter = (
        _kaede(objekt),
        [f for f in objekt._meta.concrete_fields if f.value_from_object(objekt) not in (None, "")],
    )
    aendringer = [
        Aendring(f.name, f.verbose_name, getattr(objekt, f.name), None).som_data() for f in felter if f.name != "id"
    ]
    pk = objekt.pk
    try:
        objekt.delete()
    except ProtectedError as fejl:
        navne = sorted({f"{type(o)._meta.verbose_name} »{o}«" for o in fejl.protected_objects})
        raise ValidationError(f"Kan ikke slettes, fordi den bruges af {', '.join(navne[:5])}.", code="bruges") from None
    objekt.pk = pk
    revisionsspor.skriv(bruger=bruger, kaede=kaede, handling="slettet", objekt=objekt, aendringer=aendringer)


def vaerdi_ved_version(objekt: Versioneret, version: int) -> dict:
    """Field values as they were at an earlier version, for the fields that have changed since; from the audit log."""
    senere = Haendelse.objects.om(objekt).filter(version__gt=version).order_by("version")
    vaerdier: dict = {}
    for haendelse in senere:
        for aendring in haendelse.aendringer:
            vaerdier.setdefault(aendring["felt"], aendring["foer"])
    return vaerdier


def gem_kladde(*, bruger, noegle: str, version: int, data: dict) -> Kladde:
    """Keep what has been typed into a form; not audited, since nothing of the plan is changed."""
    kladde, _ = Kladde.objects.update_or_create(
        bruger=bruger, noegle=noegle, defaults={"version": version, "data": data}
    )
    return kladde


def fjern_kladde(*, bruger, noegle: str) -> None:
    Kladde.objects.filter(bruger=bruger, noegle=noegle).delete()
