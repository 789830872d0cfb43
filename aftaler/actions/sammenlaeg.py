"""Put one thing into another, put it away, delete it: organisations, their afdelinger, and places in a plan.

Frozen papers hold names and no relations, so nothing of them is touched.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone

from aftaler.models import Omraadeafdeling, Plads
from aftaler.queries.adgang import tjek
from aftaler.queries.sammenlaeg import bliver_en, hindringer, i_tal, kan_rydde, peger_paa, peger_paa_i_flere, planer_bag
from helhedsplan import actions, revisionsspor
from helhedsplan.actions import Aendring, laas
from helhedsplan.formats import opremsning
from helhedsplan.rettigheder import Rettighed

IKKE_DIN = "Organisationen bruges også af planer, du ikke skriver i. Bed en administrator om det."


def _tjek(bruger, objekt: models.Model) -> None:
    """What belongs to a plan is the plan's writers'; what is shared belongs to those who write all that use it."""
    if hasattr(objekt, "plan"):
        tjek(bruger, Rettighed.RET, objekt.plan)
    elif not kan_rydde(bruger, objekt):
        raise PermissionDenied(IKKE_DIN)


@transaction.atomic
def laeg_sammen(*, bruger, fra: models.Model, til: models.Model) -> None:
    """All that points at `fra` points at `til` afterwards, and `fra` is gone. All or nothing; each row is logged.

    Asked is only the right to the one that goes: nothing that points at the other is changed.
    Raises ValidationError with every place where something would then stand twice, PermissionDenied.
    """
    over = [(getattr(o, "plan", None), getattr(o, "organisation_id", None)) for o in (fra, til)]
    if type(fra) is not type(til) or fra.pk == til.pk or over[0] != over[1]:
        raise ValidationError("Vælg en anden at lægge sammen med.", code="samme")
    _tjek(bruger, fra)
    for objekt in sorted((fra, til), key=lambda o: o.pk):
        laas(objekt)
    if fejl := hindringer(fra, til):
        raise ValidationError(fejl, code="staar_i_vejen")
    flyttet = i_tal(fra)
    kaeder = [til.plan.noegle] if hasattr(til, "plan") else _kaeder_om(fra)
    for felt, raekker in peger_paa(fra):
        for raekke in raekker:
            _flyt(bruger, raekke, felt, fra, til)
    aendringer = [Aendring("lagt_ind", "lagt ind", None, str(fra)), Aendring("flyttet", "flyttet med", None, flyttet)]
    data = [a.som_data() for a in aendringer]
    for kaede in kaeder:
        revisionsspor.skriv(bruger=bruger, kaede=kaede, handling="lagt sammen", objekt=til, aendringer=data)
    actions.slet(bruger=bruger, objekt=fra, i_kurv=False)


def _kaeder_om(faelles: models.Model) -> list[str]:
    """Where it is told of what plans share: in the log of what is shared, and in the history of each plan that uses
    it."""
    return [revisionsspor.FAELLES, *sorted(plan.noegle for plan in planer_bag(faelles))]


def _flyt(bruger, raekke: models.Model, felt: str, fra: models.Model, til: models.Model) -> None:
    if raekke._meta.get_field(felt).many_to_many:
        nye = [til if o.pk == fra.pk else o for o in getattr(raekke, felt).all() if o.pk != til.pk]
        actions.ret(bruger=bruger, objekt=raekke, felter={felt: nye}, tilladte={felt})
    elif isinstance(raekke, Plads):
        setattr(raekke, felt, til)
        raekke.save(update_fields=[felt])
        aendring = Aendring("pladser", "pladser", f"{raekke} · {fra}", f"{raekke} · {til}")
        actions.ret(bruger=bruger, objekt=raekke.gruppe, felter={}, tilladte=set(), ekstra=[aendring])
    elif isinstance(raekke, Omraadeafdeling):
        if bliver_en(raekke, til):
            raekke.delete()
        else:
            type(raekke).objects.filter(pk=raekke.pk).update(**{felt: til})
        aendring = Aendring("medafdelinger", "afdelinger", str(fra), str(til))
        actions.ret(bruger=bruger, objekt=raekke.omraade, felter={}, tilladte=set(), ekstra=[aendring])
    elif hasattr(raekke, "version"):
        actions.ret(bruger=bruger, objekt=raekke, felter={felt: til}, tilladte={felt})
    else:
        type(raekke)._base_manager.filter(pk=raekke.pk).update(**{felt: til})


@transaction.atomic
def arkiver(*, bruger, objekt: models.Model, ja: bool) -> bool:
    """Put it away, so that it is not offered any more, or take it out again; where it is used it still stands."""
    _tjek(bruger, objekt)
    felter = {"arkiveret": timezone.localdate() if ja else None}
    if bool(objekt.arkiveret) == ja:
        return False
    handling = "arkiveret" if ja else "taget frem"
    return actions.ret(bruger=bruger, objekt=objekt, felter=felter, tilladte=set(felter), handling=handling)


@transaction.atomic
def slet(*, bruger, objekt: models.Model) -> None:
    """Delete it; what something leans on is refused, and the message says what."""
    _tjek(bruger, objekt)
    laas(objekt)
    if i_flere := [f"{r._meta.verbose_name} »{r}«" for r in peger_paa_i_flere(objekt)]:
        raise ValidationError(f"Kan ikke slettes, fordi den bruges af {opremsning(i_flere[:5])}.", code="bruges")
    actions.slet(bruger=bruger, objekt=objekt)
