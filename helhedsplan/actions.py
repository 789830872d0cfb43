"""The few ways a row is written: create, change, delete, each in one transaction with its audit entry.

Domain actions (`aftaler.actions` and so on) decide whether and what; they write through these.
"""

from collections.abc import Callable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F, ProtectedError

from helhedsplan import papirkurv, revisionsspor
from helhedsplan.felter import gennem_raekker
from helhedsplan.formats import opremsning
from helhedsplan.models import Kladde, Versioneret


class Versionskonflikt(Exception):
    """Somebody saved the object after the form was opened; `objekt` is as it stands now."""

    def __init__(self, objekt: Versioneret, forventet: int):
        self.objekt = objekt
        self.forventet = forventet
        super().__init__(f"{objekt} er gemt af en anden, siden du åbnede den.")


class UkendtFelt(ValueError):
    """An action was given a field that it does not write: a fault in the program, not in the input."""


class Raekkefejl(ValidationError):
    """What is wrong with rows below an object: `ved` has it by their number, from 1, of those given as `relation`."""

    def __init__(self, relation: str, ved: dict[int, ValidationError]):
        super().__init__(list(ved.values()))
        self.relation = relation
        self.ved = ved


@contextmanager
def i_raekke(relation: str, nummer: int):
    """A ValidationError raised inside is the row's."""
    try:
        yield
    except ValidationError as fejl:
        raise Raekkefejl(relation, {nummer: fejl}) from None


@dataclass(frozen=True)
class Aendring:
    felt: str
    navn: str
    foer: object
    efter: object
    raa: list[dict] | None = None
    """of rows below the object: those from before, as the log keeps them (`Aendringsdata`)"""

    def som_data(self) -> dict:
        data = {
            "felt": self.felt,
            "navn": self.navn,
            "foer": revisionsspor.som_json(self.foer),
            "efter": revisionsspor.som_json(self.efter),
        }
        return data if self.raa is None else data | {"raa": self.raa}


def _er_m2m(objekt: models.Model, felt: str) -> bool:
    return objekt._meta.get_field(felt).many_to_many


def _vaerdi(objekt: models.Model, felt: str):
    if _er_m2m(objekt, felt):
        return list(getattr(objekt, felt).all())
    return getattr(objekt, felt)


def _kaede(objekt: models.Model) -> str:
    plan = getattr(objekt, "plan", None)
    return plan.noegle if plan is not None else revisionsspor.FAELLES


def _navn(objekt: models.Model, felt: str) -> str:
    return str(objekt._meta.get_field(felt).verbose_name)


def aendringer_til(objekt: models.Model, felter: dict) -> list[Aendring]:
    """The fields in `felter` whose value differs from the object's, before and after."""
    fundne = []
    for felt, ny in felter.items():
        gammel = _vaerdi(objekt, felt)
        ny = list(ny) if _er_m2m(objekt, felt) else ny
        ens = {o.pk for o in gammel} == {o.pk for o in ny} if _er_m2m(objekt, felt) else gammel == ny
        if not ens:
            fundne.append(Aendring(felt, _navn(objekt, felt), gammel, ny))
    return fundne


def laas(objekt: models.Model, version: int | None = None) -> models.Model:
    """Hold a row until the transaction ends, and read it as it is saved.

    Writers of the row itself wait; those who write rows that point to it do not. A row that is gone raises
    ValidationError; one that has another version than `version` raises Versionskonflikt.
    """
    rene = type(objekt)._default_manager.order_by()
    gemt = rene.select_for_update(of=("self",), no_key=True).filter(pk=objekt.pk).first()
    if gemt is None:
        raise ValidationError("En anden har slettet det, siden du åbnede siden.", code="slettet")
    if version is not None and gemt.version != version:
        raise Versionskonflikt(gemt, version)
    return gemt


#: Never in the log: technical numbers, and what is nobody's to read.
IKKE_I_SPORET = {"id", "version", "password", "last_login"}


def _udfyldte(objekt: models.Model) -> list[models.Field]:
    """What the log tells of a row; a model names columns that are too large for it in its own IKKE_I_SPORET."""
    udeladte = IKKE_I_SPORET | getattr(objekt, "IKKE_I_SPORET", frozenset())
    felter = [f for f in objekt._meta.concrete_fields if f.name not in udeladte]
    return [f for f in felter if getattr(objekt, f.attname) not in (None, "")]


@transaction.atomic
def opret(
    *,
    bruger,
    objekt: models.Model,
    m2m: dict | None = None,
    handling: str = "oprettet",
    under: Callable[[], list[Aendring]] | None = None,
) -> models.Model:
    """Validate, insert and log a new row. Raises ValidationError with the fields at fault.

    `under` writes the rows that stand below the new one and tells of them, for the same entry.
    """
    objekt.full_clean()
    _gem(objekt, force_insert=True)
    for felt, vaerdier in (m2m or {}).items():
        getattr(objekt, felt).set(vaerdier)
    aendringer = [Aendring(f.name, f.verbose_name, None, getattr(objekt, f.name)) for f in _udfyldte(objekt)]
    aendringer += [Aendring(felt, _navn(objekt, felt), [], list(v)) for felt, v in (m2m or {}).items() if v]
    aendringer += under() if under else []
    _log(bruger, objekt, handling, aendringer)
    return objekt


def _gem(objekt: models.Model, **valg) -> None:
    try:
        with transaction.atomic():
            objekt.save(**valg)
    except IntegrityError:
        # Somebody has taken the name or the place since it was checked. Now the check finds it, and says so.
        objekt.full_clean()
        raise


def _log(bruger, objekt: models.Model, handling: str, aendringer: list[Aendring], kaede: str = "") -> None:
    data = [a.som_data() for a in aendringer]
    kaede = kaede or _kaede(objekt)
    revisionsspor.skriv(bruger=bruger, kaede=kaede, handling=handling, objekt=objekt, aendringer=data)


@transaction.atomic
def ret(
    *,
    bruger,
    objekt: models.Model,
    felter: dict,
    version: int | None = None,
    tilladte: frozenset[str] | set[str],
    ekstra: Sequence[Aendring] = (),
    handling: str = "rettet",
) -> bool:
    """Change the named fields; True when anything differed.

    `tilladte` is the allow-list of the calling action. `version` is the one the form was opened with: another one in
    the database raises Versionskonflikt and nothing is written. `ekstra` tells of rows below the object that the
    caller has changed in the same transaction. The object passed in is left as saved.
    """
    if ukendte := set(felter) - set(tilladte):
        raise UkendtFelt(f"{objekt._meta.label} skrives ikke med {sorted(ukendte)}")
    gemt = laas(objekt, version)
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
        _gem(objekt, update_fields=kolonner)
    for felt, ny in rensede.items():
        if _er_m2m(gemt, felt):
            getattr(objekt, felt).set(ny)
    _log(bruger, objekt, handling, aendringer)
    return True


def _loeft_version(objekt: Versioneret, fra: int) -> None:
    """Compare and swap: the one UPDATE that decides between two who save at once."""
    rettet = type(objekt)._default_manager.filter(pk=objekt.pk, version=fra).update(version=F("version") + 1)
    if not rettet:
        raise Versionskonflikt(type(objekt)._default_manager.get(pk=objekt.pk), fra)
    objekt.version = fra + 1


@transaction.atomic
def slet(*, bruger, objekt: models.Model, i_kurv: bool = True) -> None:
    """Delete and log a row, with all that goes with it. What others lean on is refused, and the message names them.
    It is kept in the bin; not `i_kurv` what follows from something else and comes again with it."""
    laas(objekt)
    kaede, pk = _kaede(objekt), objekt.pk
    if i_kurv:
        papirkurv.laeg(bruger=bruger, objekt=objekt, plan=getattr(objekt, "plan", None), kaede=kaede)
    aendringer = [Aendring(f.name, f.verbose_name, getattr(objekt, f.name), None) for f in _udfyldte(objekt)]
    aendringer += [Aendring(felt, navn, raekker, []) for felt, navn, raekker in _foelger_med(objekt) if raekker]
    try:
        objekt.delete()
    except ProtectedError as fejl:
        navne = sorted({f"{type(o)._meta.verbose_name} »{o}«" for o in fejl.protected_objects})
        flere = [f"{len(navne) - 5} mere"] if len(navne) > 5 else []
        raise ValidationError(
            f"Kan ikke slettes, fordi den bruges af {opremsning(navne[:5] + flere)}.", code="bruges"
        ) from None
    objekt.pk = pk
    _log(bruger, objekt, "slettet", aendringer, kaede)


def _foelger_med(objekt: models.Model):
    """(name, shown name, objects) of what is gone when the row is: relations to many, and rows that belong to it."""
    for felt in objekt._meta.many_to_many:
        if gennem_raekker(felt):  # told by those rows
            continue
        yield felt.name, felt.verbose_name, _vaerdi(objekt, felt.name)
    for bagud in objekt._meta.related_objects:
        if bagud.many_to_many or (bagud.one_to_many and bagud.on_delete is models.CASCADE):
            navn = bagud.get_accessor_name()
            yield navn, bagud.related_model._meta.verbose_name_plural, list(getattr(objekt, navn).all())


def gem_kladde(*, bruger, noegle: str, version: int, data: dict) -> Kladde:
    """Keep what has been typed into a form; not audited, since nothing of the plan is changed."""
    kladde, _ = Kladde.objects.update_or_create(
        bruger=bruger, noegle=noegle, defaults={"version": version, "data": data}
    )
    return kladde


@contextmanager
def slet_samlet(*, bruger, objekt: models.Model):
    """One click that deletes the object in several steps: one thing in the bin, as it stood before the first."""
    laeg_i_kurv(bruger=bruger, objekt=objekt)
    with papirkurv.lagt():
        yield


def laeg_i_kurv(*, bruger, objekt: models.Model, plan: models.Model | None = None) -> None:
    """Keep what another action is about to delete, with all that stands under it. `plan`: of a row that knows none."""
    plan = plan or getattr(objekt, "plan", None)
    kaede = plan.noegle if plan is not None else revisionsspor.FAELLES
    papirkurv.laeg(bruger=bruger, objekt=objekt, plan=plan, kaede=kaede, med_vaern=True)


@transaction.atomic
def kasser_kladde(*, bruger, noegle: str, kaede: str, sted: str) -> None:
    """Drop a draft that the person does not want; it lies in the bin, for nobody but the person. `sted`: the address
    of its form."""
    kladde = Kladde.objects.filter(bruger=bruger, noegle=noegle).first()
    if kladde is not None:
        papirkurv.laeg_kladde(kladde=kladde, kaede=kaede, sted=sted)
        kladde.delete()


def fjern_kladde(*, bruger, noegle: str) -> None:
    Kladde.objects.filter(bruger=bruger, noegle=noegle).delete()
