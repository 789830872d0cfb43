"""A plan put away, or deleted with all that is in it when nothing of it has been given to anybody."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from aftaler.models import Helhedsplan
from aftaler.queries.adgang import tjek
from helhedsplan import actions, papirkurv, revisionsspor, tilslutninger
from helhedsplan.actions import Aendring, laas
from helhedsplan.formats import opremsning
from helhedsplan.rettigheder import Rettighed

#: How a row of another room says which plan it is of, beside a `plan` of its own.
VEJE = ("plan", "delaftale__plan", "indikator__plan", "budget__plan", "moede__plan", "side__plan", "gruppe__plan")


def hvad_staar_i_vejen(plan: Helhedsplan) -> list[str]:
    """What of the plan is frozen, signed or published, or what other plan goes on from it; nothing when it may go."""
    efterfoelgere = [f"planen »{anden}«, der kommer efter den" for anden in plan.efterfoelgere.all()]
    return efterfoelgere + [hvad for spaerre in tilslutninger.PLANSPAERRER for hvad in spaerre(plan)]


@transaction.atomic
def arkiver_plan(*, bruger, plan: Helhedsplan, ja: bool) -> bool:
    """Put the plan away: it is read as before, and stands apart on the front page; no reminders are sent."""
    tjek(bruger, Rettighed.STYR, plan)
    if bool(plan.arkiveret) == ja:
        return False
    felter = {"arkiveret": timezone.localdate() if ja else None}
    handling = "arkiveret" if ja else "taget frem"
    return actions.ret(bruger=bruger, objekt=plan, felter=felter, tilladte=set(felter), handling=handling)


@transaction.atomic
def slet_plan(*, bruger, plan: Helhedsplan, navn: str) -> None:
    """Delete the plan and all that is in it. `navn` is what the person typed. The log stays, and an administrator can
    put it back from the bin. Raises ValidationError."""
    tjek(bruger, Rettighed.STYR, plan)
    laas(plan)
    if navn.strip().casefold() != plan.navn.casefold():
        raise ValidationError({"navn": f"Navnet passer ikke. Planen hedder »{plan.navn}«."}, code="navn")
    if grunde := hvad_staar_i_vejen(plan):
        raise ValidationError(f"Planen kan ikke slettes. I vejen står {opremsning(grunde)}.", code="bruges")
    alt = _alt_under(plan)
    _tjek_eget(plan, alt)
    antal = [f"{len(pks)} {model._meta.verbose_name_plural}" for model, pks in alt.items() if model != Helhedsplan]
    for kaede in (plan.noegle, revisionsspor.FAELLES):
        indhold = [] if kaede == revisionsspor.FAELLES else [Aendring("indhold", "indhold", antal, [])]
        aendringer = [Aendring("navn", "navn", plan.navn, None), *indhold]
        data = [a.som_data() for a in aendringer]
        revisionsspor.skriv(bruger=bruger, kaede=kaede, handling="slettet", objekt=plan, aendringer=data)
    papirkurv.laeg(bruger=bruger, objekt=plan, plan=None, kaede=revisionsspor.FAELLES, med_vaern=True)
    _slet(alt)


def _alt_under(plan: Helhedsplan) -> dict[type[models.Model], set]:
    """All rows that point at the plan, at those that do, and so on, by model."""
    alt: dict[type[models.Model], set] = {Helhedsplan: {plan.pk}}
    nye: list[tuple[type[models.Model], set]] = [(Helhedsplan, {plan.pk})]
    while nye:
        model, pks = nye.pop()
        for bagud in model._meta.related_objects:
            if bagud.many_to_many or bagud.on_delete is models.SET_NULL:
                continue
            fundne = set(
                bagud.related_model._base_manager.filter(**{f"{bagud.field.name}__in": pks}).values_list(
                    "pk", flat=True
                )
            )
            ukendte = fundne - alt.setdefault(bagud.related_model, set())
            if ukendte:
                alt[bagud.related_model] |= ukendte
                nye.append((bagud.related_model, ukendte))
    return {model: pks for model, pks in alt.items() if pks}


def _tjek_eget(plan: Helhedsplan, alt: dict[type[models.Model], set]) -> None:
    """Nothing of another plan, and nothing that stands as it was written."""
    for model, pks in alt.items():
        if hasattr(model, "SKIFTENDE"):
            raise ValidationError(f"Planen kan ikke slettes. I vejen står {model._meta.verbose_name_plural}.")
        egne = {felt.name for felt in model._meta.fields if felt.is_relation}
        for vej in VEJE:
            if vej.partition("__")[0] in egne:
                raekker = model._base_manager.filter(pk__in=pks, **{f"{vej}__isnull": False})
                if raekker.exclude(**{vej: plan.pk}).exists():
                    besked = f"Planen kan ikke slettes. {model._meta.verbose_name_plural} i en anden plan peger på den."
                    raise ValidationError(besked)


def _slet(alt: dict[type[models.Model], set]) -> None:
    """Those that nothing leans on any more first, round after round."""
    for model, pks in alt.items():
        for felt in model._meta.fields:
            if felt.is_relation and felt.null and felt.related_model is model:
                model._base_manager.filter(pk__in=pks).update(**{felt.name: None})
    tilbage = dict(alt)
    while tilbage:
        foer = len(tilbage)
        for model in list(tilbage):
            try:
                with transaction.atomic():
                    model._base_manager.filter(pk__in=tilbage[model]).delete()
                del tilbage[model]
            except ProtectedError:
                continue
        if len(tilbage) == foer:
            navne = opremsning(sorted(str(model._meta.verbose_name_plural) for model in tilbage))
            raise ValidationError(f"Planen kan ikke slettes, fordi noget uden for den peger på dens {navne}.")
