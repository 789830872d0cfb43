"""What leans on a shared thing, in whichever room it stands, and what would happen if it were put into another.

Found by the models' own relations, so that a new room is in it by itself. Frozen papers hold names and no relations.
"""

import copy
from collections import Counter

from django.core.exceptions import ValidationError
from django.db import models

from aftaler.models import Afdeling, Helhedsplan, Omraadeafdeling
from aftaler.queries.adgang import kan_oprette_plan, skriver_alle
from helhedsplan.felter import gennem_raekker
from helhedsplan.formats import opremsning
from helhedsplan.laest import laest_en_gang
from helhedsplan.models import Haendelse
from helhedsplan.models.haendelse import objekttype
from helhedsplan.rettigheder import PROGRAMMET


@laest_en_gang
def peger_paa(objekt: models.Model) -> list[tuple[str, list[models.Model]]]:
    """(the field that points, the rows) for each relation to the object that has any."""
    fundne = []
    for bagud in objekt._meta.related_objects:
        felt = bagud.field.name
        if gennem_raekker(bagud.field):  # the rows point to it themselves
            continue
        raekker = bagud.related_model._base_manager.filter(**{felt: objekt}).order_by("pk")
        if vej := vej_til_planen(bagud.related_model):
            raekker = raekker.select_related(vej)
        raekker = list(raekker)
        if raekker:
            fundne.append((felt, raekker))
    return fundne


def peger_paa_i_flere(objekt: models.Model) -> list[models.Model]:
    """The rows that have the object among several: the database would let it go without a word."""
    return [r for felt, raekker in peger_paa(objekt) for r in raekker if r._meta.get_field(felt).many_to_many]


#: How one comes from a row to its plan; the first that the row has.
VEJE = {
    "plan": "plan",
    "gruppe": "gruppe__plan",
    "omraade": "omraade__plan",
    "indikator": "indikator__plan",
    "side": "side__plan",
}


def vej_til_planen(model: type[models.Model]) -> str:
    """'' for what is shared by plans."""
    navne = {f.name for f in model._meta.get_fields()}
    return next((vej for led, vej in VEJE.items() if led in navne), "")


def planen_bag(raekke: models.Model) -> Helhedsplan | None:
    """The plan that a row belongs to; None for what is shared by plans."""
    for led in VEJE:
        if fundet := getattr(raekke, led, None):  # a name has a column for each kind of thing, and fills in one
            return fundet if isinstance(fundet, Helhedsplan) else fundet.plan
    return None


@laest_en_gang
def planer_bag(objekt: models.Model) -> set[Helhedsplan]:
    """The plans that use it, by itself or by one of its afdelinger."""
    planer: set[Helhedsplan] = set()
    for _, raekker in peger_paa(objekt):
        for raekke in raekker:
            if isinstance(raekke, type(objekt)):
                continue  # one that was put into this one has a life of its own
            if isinstance(raekke, Afdeling):
                planer |= planer_bag(raekke)
            elif (plan := planen_bag(raekke)) is not None:
                planer.add(plan)
    return planer


def bruges_af(model: type[models.Model], planer: models.QuerySet) -> models.Q:
    """What `planer_bag` says of one, for a whole list: whether any of the plans uses it."""
    ud = models.Q(pk__in=[])
    for bagud in model._meta.related_objects:
        raekke, peger = bagud.related_model, bagud.field.name
        if raekke is model:
            continue
        if raekke is Afdeling:
            afdelinger = Afdeling.objects.filter(**{peger: models.OuterRef("pk")})
            ud |= models.Q(models.Exists(afdelinger.filter(bruges_af(Afdeling, planer))))
        elif vej := vej_til_planen(raekke):
            raekker = raekke._base_manager.filter(**{peger: models.OuterRef("pk"), f"{vej}__in": planer})
            ud |= models.Q(models.Exists(raekker))
    return ud


@laest_en_gang
def kan_rydde(bruger, objekt: models.Model) -> bool:
    """Shared things are put together, archived and deleted only by one who writes every plan that uses them; an
    afdeling goes with its organisation."""
    if isinstance(objekt, Afdeling):
        objekt = objekt.organisation
    if bruger is PROGRAMMET or bruger.er_administrator:
        return True
    planer = {plan.pk for plan in planer_bag(objekt)}
    return kan_oprette_plan(bruger) and skriver_alle(bruger, planer)


def hindringer(fra: models.Model, til: models.Model) -> list[str]:
    """Where the one cannot be put into the other, and why: what would then stand twice."""
    fejl = []
    for felt, raekker in peger_paa(fra):
        for raekke in raekker:
            if raekke._meta.get_field(felt).many_to_many or bliver_en(raekke, til):
                continue
            kopi = copy.copy(raekke)
            setattr(kopi, felt, til)
            try:
                kopi.validate_unique()
                kopi.validate_constraints()
            except ValidationError as grund:
                fejl.append(f"{hvor(raekke)}: {' '.join(grund.messages)}")
    return fejl


def bliver_en(raekke: models.Model, til: models.Model) -> bool:
    """A place in an area that the other has as well: it goes, where it has no dates of its own to tell."""
    if not isinstance(raekke, Omraadeafdeling) or raekke.har_egen_tid:
        return False
    return Omraadeafdeling.objects.filter(omraade=raekke.omraade_id, afdeling=til.pk).exists()


def hvor(raekke: models.Model) -> str:
    plan = planen_bag(raekke)
    navn = f"{raekke._meta.verbose_name} »{raekke}«"
    return f"{plan}, {navn}" if plan else navn.capitalize()


def er_slettet(model: type[models.Model], pk: int) -> bool:
    """Whether it has been there, as the log knows; what never was is another thing."""
    slettet = Haendelse.objects.filter(objekt_type=objekttype(model), objekt_id=str(pk), handling="slettet")
    return slettet.exists() and not model._base_manager.filter(pk=pk).exists()


def i_tal(objekt: models.Model) -> list[str]:
    """What leans on it, kind by kind: "2 parter", "1 finansieringskilde"."""
    linjer = []
    for _, raekker in peger_paa(objekt):
        meta = raekker[0]._meta
        linjer.append(f"{len(raekker)} {meta.verbose_name if len(raekker) == 1 else meta.verbose_name_plural}")
    return linjer


def flytter(objekt: models.Model) -> list[str]:
    """What leans on it, plan by plan, for whoever may see them all."""
    pr_plan: dict[str, Counter] = {}
    for _, raekker in peger_paa(objekt):
        for raekke in raekker:
            plan = planen_bag(raekke)
            meta = raekke._meta
            taeller = pr_plan.setdefault(str(plan) if plan else "Fælles for planerne", Counter())
            taeller[(str(meta.verbose_name), str(meta.verbose_name_plural))] += 1
    return [
        f"{plan}: {opremsning([f'{n} {en if n == 1 else flere}' for (en, flere), n in taeller.items()])}"
        for plan, taeller in pr_plan.items()
    ]
