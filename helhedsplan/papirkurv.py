"""The bin: what a click deletes is kept as it stood, with all that went with it, and put back by another click.

`laeg` is called before the rows go, `gendan` puts them back under their own primary keys, so that the log's history of
a thing goes on where it stopped. What cannot stand any more says why in Danish, and stays in the bin.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, models, transaction
from django.db.models.deletion import get_candidate_relations_to_delete

from helhedsplan import revisionsspor, tilslutninger
from helhedsplan.formats import opremsning, tidspunkt
from helhedsplan.former import UlaeseligeData
from helhedsplan.models import Haendelse, Kladde, Slettet
from helhedsplan.models.haendelse import objekttype
from helhedsplan.models.slettet import Slettetraekke
from helhedsplan.rettigheder import PROGRAMMET
from helhedsplan.sikkerhedskopi.raekker import af_json, som_linje
from helhedsplan.sikkerhedskopi.tjek import naevnt_i_data, navngivne
from helhedsplan.tidligere import tidligere_navne, uden_navne_i

#: Why something deleted before the program was given another form stays where it is.
ANDEN_FORM = "Det er slettet, før programmet fik andre felter, og kan ikke sættes ind, som det var."

_samles: ContextVar[bool] = ContextVar("samles", default=False)


# --- into it ----------------------------------------------------------------------------------------------------------


def laeg(*, bruger, objekt: models.Model, plan: models.Model | None, kaede: str, med_vaern: bool = False) -> None:
    """Keep a row and what goes with it. In the transaction that deletes them, before it does. `med_vaern`: also rows
    that would refuse to go, and are deleted first. Nothing that the program itself takes away is kept."""
    if bruger is PROGRAMMET or _samles.get():
        return
    raekker, filer = _under(objekt, med_vaern)
    Slettet.objects.create(
        kaede=kaede,
        plan_nr=plan.pk if plan is not None else None,
        objekt_type=objekttype(objekt),
        objekt_id=str(objekt.pk),
        objekt_navn=str(objekt)[:300],
        bruger=bruger,
        raekker=raekker,
        filer=filer,
    )


def laeg_kladde(*, kladde: Kladde, kaede: str, sted: str) -> None:
    """A draft that its person drops. Nobody else sees it, and the log tells nothing of it."""
    raekker, _ = _under(kladde, med_vaern=False)
    Slettet.objects.create(
        kaede=kaede,
        objekt_type=objekttype(kladde),
        objekt_id=str(kladde.pk),
        objekt_navn=f"kladde fra {tidspunkt(kladde.gemt)}",
        bruger=kladde.bruger,
        personlig=True,
        sted=sted[:500],
        raekker=raekker,
    )


@transaction.atomic
def gendan_kladde(*, slettet: Slettet) -> None:
    """Put the person's own draft back, unless another has been begun in the same form. Raises KanIkkeGendannes."""
    (kladde,) = indhold(slettet)
    if not isinstance(kladde, Kladde):
        raise KanIkkeGendannes("Det er ikke en kladde.")
    if Kladde.objects.filter(bruger=kladde.bruger_id, noegle=kladde.noegle).exists():
        raise KanIkkeGendannes("Du har begyndt på en ny kladde på samme side. Gem eller kassér den først.")
    kladde.save_base(raw=True, force_insert=True)
    slettet.delete()


@contextmanager
def lagt() -> Iterator[None]:
    """What is deleted meanwhile has been kept already, whole: one click that deletes in several steps."""
    foer = _samles.set(True)
    try:
        yield
    finally:
        _samles.reset(foer)


def _under(objekt: models.Model, med_vaern: bool) -> tuple[list[Slettetraekke], list[str]]:
    """The row, and those that are gone when it is, and the files that they name."""
    foelges = {models.CASCADE, models.PROTECT, models.RESTRICT} if med_vaern else {models.CASCADE}
    kendte: dict[type[models.Model], set[Any]] = {type(objekt): {objekt.pk}}
    ud, nye = [(type(objekt), {objekt.pk})], [(type(objekt), {objekt.pk})]
    while nye:
        model, pks = nye.pop()
        for bagud in get_candidate_relations_to_delete(model._meta):
            if bagud.on_delete not in foelges:
                continue
            under = bagud.related_model
            fundne = under._base_manager.filter(**{f"{bagud.field.name}__in": pks}).values_list("pk", flat=True)
            if ukendte := set(fundne) - kendte.setdefault(under, set()):
                kendte[under] |= ukendte
                ud.append((under, ukendte))
                nye.append((under, ukendte))
    raekker, filer = list[Slettetraekke](), list[str]()
    for model, pks in ud:
        felter = [felt for felt in model._meta.concrete_fields if not felt.generated]
        kolonner = [felt.attname for felt in felter]
        filfelter = [felt.attname for felt in felter if isinstance(felt, models.FileField)]
        for vaerdier in model._base_manager.filter(pk__in=pks).order_by("pk").values_list(*kolonner).iterator():
            raa = [v.raa if isinstance(v, UlaeseligeData) else v for v in vaerdier]
            raekke = dict(zip(kolonner, json.loads(som_linje(raa)), strict=True))
            raekker.append({"model": model._meta.label_lower, "felter": raekke})
            filer += [raekke[felt] for felt in filfelter if raekke[felt]]
    return raekker, sorted(set(filer))


# --- out of it --------------------------------------------------------------------------------------------------------


class KanIkkeGendannes(ValidationError):
    """Why the thing stays in the bin, in Danish."""


def indhold(slettet: Slettet) -> list[models.Model]:
    """The rows as objects that are not saved, the thing itself first. Raises KanIkkeGendannes."""
    if isinstance(slettet.raekker, UlaeseligeData) or not slettet.raekker:
        raise KanIkkeGendannes("Det, der blev gemt, kan ikke læses.")
    navne = tidligere_navne()
    return [_som_objekt(raekke, navne) for raekke in slettet.raekker]


def _som_objekt(raekke: Slettetraekke, navne: Mapping[str, str]) -> models.Model:
    try:
        model = apps.get_model(raekke["model"])
    except LookupError:
        raise KanIkkeGendannes(ANDEN_FORM) from None
    felter = {felt.attname: felt for felt in model._meta.concrete_fields if not felt.generated}
    nye = [felt for navn, felt in felter.items() if navn not in raekke["felter"]]
    if set(raekke["felter"]) - set(felter) or any(not (f.has_default() or f.null or f.blank) for f in nye):
        raise KanIkkeGendannes(ANDEN_FORM)
    return model(
        **{
            navn: v if isinstance(felter[navn], models.JSONField) else uden_navne_i(af_json(v), navne)
            for navn, v in raekke["felter"].items()
        }
    )


@transaction.atomic
def gendan(*, bruger, slettet: Slettet, under: Callable[[models.Model], None] = lambda objekt: None) -> models.Model:
    """Put it back, all or nothing, with an entry in the log. `under` writes what else follows, in the same transaction.
    The caller has asked for the right and holds what it stands under. Raises KanIkkeGendannes."""
    raekker = _uden_loese_ender(indhold(slettet))
    objekt = raekker[0]
    if grunde := [*_optaget(raekker), *_mangler_over(raekker), *_uden_filer(slettet)]:
        raise KanIkkeGendannes(grunde)
    if grunde := [grund for vagt in tilslutninger.GENDANVAGTER for grund in vagt(objekt)]:
        raise KanIkkeGendannes(grunde)
    try:
        objekt.full_clean()
    except ValidationError as fejl:
        raise KanIkkeGendannes(_i_ord(objekt, fejl)) from None
    try:
        with transaction.atomic():
            for raekke in raekker:
                raekke.save_base(raw=True, force_insert=True)
            if connection.vendor == "postgresql":
                connection.check_constraints()
    except IntegrityError:
        raise KanIkkeGendannes(_stoedet_sammen(raekker)) from None
    under(objekt)
    udeladte = {"id", "version"} | getattr(objekt, "IKKE_I_SPORET", frozenset())
    aendringer = [
        {"felt": f.name, "navn": str(f.verbose_name), "foer": None, "efter": revisionsspor.som_json(v)}
        for f in objekt._meta.concrete_fields
        if f.name not in udeladte and (v := getattr(objekt, f.name)) not in (None, "")
    ]
    if len(raekker) > 1:
        aendringer.append({"felt": "under", "navn": "rækker under", "foer": 0, "efter": len(raekker) - 1})
    kaeder = {slettet.kaede} | ({plan.noegle} if (plan := getattr(objekt, "plan", None)) is not None else set())
    for kaede in sorted(kaeder):
        revisionsspor.skriv(bruger=bruger, kaede=kaede, handling="gendannet", objekt=objekt, aendringer=aendringer)
    slettet.delete()
    return objekt


def _uden_loese_ender(raekker: list[models.Model]) -> list[models.Model]:
    """Without the ties to what is gone itself, and those that came back with the other end."""
    egne = {(type(raekke), raekke.pk) for raekke in raekker}

    def holder(raekke: models.Model) -> bool:
        if type(raekke)._base_manager.filter(pk=raekke.pk).exists():
            return False
        ender = [(f.related_model, getattr(raekke, f.attname)) for f in raekke._meta.concrete_fields if f.is_relation]
        return all(ende in egne or ende[0]._base_manager.filter(pk=ende[1]).exists() for ende in ender)

    return [raekke for raekke in raekker if not raekke._meta.auto_created or holder(raekke)]


def _optaget(raekker: list[models.Model]) -> list[str]:
    """Rows that stand there already."""
    pr_model: dict[type[models.Model], list] = {}
    for raekke in raekker:
        pr_model.setdefault(type(raekke), []).append(raekke.pk)
    return [
        f"{str(model._meta.verbose_name).capitalize()} »{_navnet(model, pk)}« står der allerede."
        for model, pks in pr_model.items()
        for pk in model._base_manager.filter(pk__in=pks).values_list("pk", flat=True)[:3]
    ]


def _uden_filer(slettet: Slettet) -> list[str]:
    """Files that are not in the store any more, whatever took them."""
    return [f"Filen {navn} er ikke i lageret mere." for navn in slettet.filer if not default_storage.exists(navn)]


def _mangler_over(raekker: list[models.Model]) -> list[str]:
    """What the rows stand under or point at, and that is gone."""
    egne: dict[type[models.Model], set] = {}
    peger: dict[type[models.Model], set] = {}
    for raekke in raekker:
        egne.setdefault(type(raekke), set()).add(raekke.pk)
        for felt in raekke._meta.concrete_fields:
            if felt.is_relation and (pk := getattr(raekke, felt.attname)) is not None:
                peger.setdefault(felt.related_model, set()).add(pk)
    grunde = []
    for model, pks in peger.items():
        udenfor = pks - egne.get(model, set())
        findes = set(model._base_manager.filter(pk__in=udenfor).values_list("pk", flat=True))
        grunde += [
            f"{str(model._meta.verbose_name).capitalize()} »{_navnet(model, pk)}«, som det hører til, er slettet. "
            "Gendan det først."
            for pk in sorted(udenfor - findes)[:3]
        ]
    return grunde


def _navnet(model: type[models.Model], pk) -> str:
    sidst = Haendelse.objects.filter(objekt_type=objekttype(model), objekt_id=str(pk)).order_by("-pk").first()
    return sidst.objekt_navn if sidst else f"nr. {pk}"


def _i_ord(objekt: models.Model, fejl: ValidationError) -> list[str]:
    """What a row is refused for, each with the name of its field."""
    ud = []
    for felt, beskeder in fejl.message_dict.items() if hasattr(fejl, "error_dict") else [("", fejl.messages)]:
        kendt = felt and felt != NON_FIELD_ERRORS and felt in {f.name for f in objekt._meta.get_fields()}
        foran = f"{str(objekt._meta.get_field(felt).verbose_name).capitalize()}: " if kendt else ""
        ud += [f"{foran}{besked}" for besked in beskeder]
    return ud


def _stoedet_sammen(raekker: list[models.Model]) -> list[str]:
    """What the database refused, said by the rows' own checks."""
    for raekke in raekker:
        try:
            raekke.validate_unique()
            raekke.validate_constraints()
        except ValidationError as fejl:
            return [f"{raekke._meta.verbose_name} »{raekke}«: {' '.join(_i_ord(raekke, fejl))}"]
    return ["Noget af det, der hører til, er skrevet igen siden og kan ikke stå to gange."]


# --- emptied ----------------------------------------------------------------------------------------------------------


def gamle(foer: datetime) -> models.QuerySet[Slettet]:
    """What was deleted before then, without its rows."""
    return Slettet.objects.filter(slettet__lt=foer).defer("raekker")


def naevner(fil: str) -> bool:
    """Whether a file belongs to something in the bin."""
    return any(fil in filer for filer in Slettet.objects.values_list("filer", flat=True))


def toem(*, foer: datetime) -> int:
    """Take away for good what was deleted before then, each with an entry in the log; how many. The files go when no
    row, no other deleted thing and no frozen paper names them."""
    antal, filer = 0, set[str]()
    for slettet in gamle(foer):
        with transaction.atomic():
            fjernet = Slettet.objects.select_for_update().filter(pk=slettet.pk).defer("raekker").first()
            if fjernet is None:  # put back meanwhile
                continue
            filer |= set(fjernet.filer)
            if not fjernet.personlig:
                navne = [str(navn) for navn in fjernet.filer]
                aendringer = [{"felt": "filer", "navn": "filer", "foer": navne, "efter": []}] if navne else []
                revisionsspor.skriv(
                    bruger=PROGRAMMET,
                    kaede=fjernet.kaede,
                    handling="fjernet for altid",
                    objekt=fjernet,
                    aendringer=aendringer,
                )
            fjernet.delete()
            antal += 1
    if filer:
        for navn in filer - navngivne().keys() - naevnt_i_data(filer, undtagen=Haendelse):
            default_storage.delete(navn)
    return antal


def kan_ikke(fejl: KanIkkeGendannes) -> str:
    return f"Kan ikke gendannes: {opremsning(fejl.messages) if len(fejl.messages) > 1 else fejl.messages[0]}"
