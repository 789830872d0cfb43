"""A plan moves to another version of its rule set: everything it has written stays, and points to the new rows."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F

from aftaler.models import (
    Delmaal,
    Helhedsplan,
    Koblingsraekke,
    Maalovergang,
    Omraadeindsats,
    Regelsaet,
)
from aftaler.queries.adgang import tjek
from aftaler.queries.kontrol import kontroller
from aftaler.queries.regelsaet import versioner
from aftaler.queries.regelslags import alle_raekker, slags_for
from helhedsplan import revisionsspor
from helhedsplan.actions import Aendring, laas
from helhedsplan.fund import Fund
from helhedsplan.rettigheder import Rettighed
from helhedsplan.tilslutninger import REGELSAETFOELGERE


@dataclass(frozen=True)
class Flytning:
    """What moving would do: why it cannot be done, or the findings that come and go."""

    i_vejen: tuple[str, ...] = ()
    kommer: tuple[Fund, ...] = ()
    gaar: tuple[Fund, ...] = ()
    bliver: int = 0


@transaction.atomic
def flyt_plan(*, bruger, plan: Helhedsplan, til: Regelsaet, version: int | None) -> Helhedsplan:
    """Move the plan to another version of its own rule set. By those who write it, never by an administrator alone.

    Raises ValidationError with what the plan has that the version lacks, Versionskonflikt when the plan was changed
    meanwhile. What is frozen, signed and published holds its own words and is not touched.
    """
    tjek(bruger, Rettighed.RET, plan)
    gemt = laas(plan, version)
    fra = Regelsaet.objects.get(pk=gemt.regelsaet_id)
    if til.pk == fra.pk:
        return gemt
    if til.er_kladde or til not in versioner(fra):
        raise ValidationError(f"{til.med_version} er ikke en udgivet version af {fra}.")
    _flyt(gemt, fra, til)
    aendring = Aendring("regelsaet", "version af regelsættet", fra.med_version, til.med_version)
    revisionsspor.skriv(
        bruger=bruger,
        kaede=gemt.noegle,
        handling="flyttet til en version",
        objekt=gemt,
        aendringer=[aendring.som_data()],
    )
    return gemt


def _flyt(plan: Helhedsplan, fra: Regelsaet, til: Regelsaet) -> None:
    """Point all that the plan has to the rows of the other rule set; ValidationError with all that it lacks."""
    ny = modstykker(fra, til)
    mangler: list[str] = []
    for foelger in (_aftalens, *(f.flyt for f in REGELSAETFOELGERE)):
        try:
            with transaction.atomic():
                foelger(plan, til, ny)
        except ValidationError as fejl:
            mangler += fejl.messages
    if mangler:
        raise ValidationError(list(dict.fromkeys(mangler)), code="mangler")
    Helhedsplan.objects.filter(pk=plan.pk).update(regelsaet=til, version=F("version") + 1)
    plan.refresh_from_db()


def modstykker(fra: Regelsaet, til: Regelsaet) -> Callable[[models.Model], models.Model]:
    """The row of `til` that stands for a row of `fra`, found by its kind and keys."""
    stier = {(r.slags.noegle, r.raekke.pk): r.sti for r in alle_raekker(fra)}
    nye = {(r.slags.noegle, r.sti): r.raekke for r in alle_raekker(til)}

    def ny(raekke: models.Model) -> models.Model:
        slags = slags_for(type(raekke))
        fundet = nye.get((slags.noegle, stier.get((slags.noegle, raekke.pk), ())))
        if fundet is None:
            raise ValidationError(f"Planen bruger »{raekke}« ({slags.ental}), som ikke findes i {til.med_version}.")
        return fundet

    return ny


def _aftalens(plan: Helhedsplan, til: Regelsaet, ny: Callable) -> None:
    """What this room has: chosen indsatsområder, delaftaler, delmål from the list, sections, goals in tables."""
    fejl: list[str] = []

    def proev(raekke):
        try:
            return ny(raekke)
        except ValidationError as f:
            fejl.extend(f.messages)
            return None

    valgte = [proev(o) for o in plan.indsatsomraader.all()]
    aftaler = [(d, proev(d.indsatsomraade)) for d in plan.delaftaler.select_related("indsatsomraade")]
    fra_listen = Delmaal.objects.filter(delaftale__plan=plan, forslag__isnull=False).select_related("forslag")
    delmaal = [(d, proev(d.forslag)) for d in fra_listen.order_by("pk")]
    indsatser = [(i, proev(i.indsatsomraade)) for i in Omraadeindsats.objects.filter(omraade__plan=plan).order_by("pk")]
    afsnit = [(a, proev(a.skabelon)) for a in plan.afsnit.select_related("skabelon")]
    raekker = Koblingsraekke.objects.filter(tabel__plan=plan).prefetch_related("maal").order_by("pk")
    koblinger = [(r, [proev(m) for m in r.maal.all()]) for r in raekker]
    egne_maal = Maalovergang.objects.filter(fra__indsatsomraade__regelsaet_id=plan.regelsaet_id)
    nye_maal = [(m, proev(m.til)) for m in Maalovergang.objects.filter(plan=plan, til__isnull=False)]
    gamle_maal = [(m, proev(m.fra)) for m in egne_maal.filter(plan__forgaenger=plan)]
    if fejl:
        raise ValidationError(list(dict.fromkeys(fejl)))
    plan.indsatsomraader.set(valgte)
    for par, felt in (
        (aftaler, "indsatsomraade"),
        (indsatser, "indsatsomraade"),
        (delmaal, "forslag"),
        (afsnit, "skabelon"),
        (nye_maal, "til"),
        (gamle_maal, "fra"),
    ):
        for objekt, modstykke in par:
            type(objekt)._default_manager.filter(pk=objekt.pk).update(**{felt: modstykke})
    for raekke, maal in koblinger:
        raekke.maal.set(maal)


# --- tried, and taken back --------------------------------------------------------------------------------------------


def proev_flytning(plan: Helhedsplan, til: Regelsaet) -> Flytning:
    """What the plan's findings would be on another rule set, a draft too. Done in a transaction that is taken back."""
    with transaction.atomic():
        gemt = Helhedsplan.objects.select_related("regelsaet").get(pk=plan.pk)
        foer = kontroller(gemt)
        try:
            _flyt(gemt, gemt.regelsaet, til)
        except ValidationError as fejl:
            udfald = Flytning(i_vejen=tuple(fejl.messages))
        else:
            efter = kontroller(Helhedsplan.objects.select_related("regelsaet").get(pk=plan.pk))
            udfald = _forskel(foer, efter)
        transaction.set_rollback(True)
    return udfald


def _kende(fund: Fund) -> tuple:
    return fund.kode, fund.alvor, fund.besked


def _forskel(foer: list[Fund], efter: list[Fund]) -> Flytning:
    foer_, efter_ = {_kende(f) for f in foer}, {_kende(f) for f in efter}
    return Flytning(
        kommer=tuple(f for f in efter if _kende(f) not in foer_),
        gaar=tuple(f for f in foer if _kende(f) not in efter_),
        bliver=len(foer_ & efter_),
    )
