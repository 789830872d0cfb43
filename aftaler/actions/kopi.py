"""An activity copied from another plan or delaftale, one filled in from another, and one moved to another delaftale.

Counts, measured figures, states, decisions and notes of one's own never come along. The log tells from where.
"""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from aftaler.actions.raekker import UNDERRAEKKER, opret, ret, som_dict
from aftaler.choices import Aktivitetsstatus
from aftaler.models import Aktivitet, Delaftale, Delmaal, Helhedsplan
from aftaler.queries.adgang import tjek
from aftaler.queries.kopi import aktivitetskopi, aktivitetsudfyldning
from helhedsplan import actions
from helhedsplan.actions import Aendring, laas
from helhedsplan.noegler import unik_noegle
from helhedsplan.rettigheder import Rettighed


@transaction.atomic
def hent_aktivitet(
    *, bruger, fra: Aktivitet, til: Delaftale, navn: str = "", delmaal: Collection[Delmaal] = ()
) -> Aktivitet:
    """A new activity with the texts, partners and milestones of another, in a plan that the person may read. From the
    plan before it is marked as going on. `delmaal` are those there that it serves. Raises ValidationError,
    PermissionDenied."""
    tjek(bruger, Rettighed.SE, fra.plan)
    kopi = aktivitetskopi(fra, til)
    fortsaetter = fra if fra.plan.pk == til.plan.forgaenger_id else None
    status = Aktivitetsstatus.FORTSAETTELSE.value if fortsaetter else ""
    felter = kopi["felter"] | ({"navn": navn} if navn else {})
    ny = Aktivitet(delaftale=til, fortsaetter=fortsaetter, status=status, **felter)
    m2m = {"delmaal": list(delmaal)} if delmaal else None
    return opret(bruger=bruger, objekt=ny, m2m=m2m, raekker=kopi["raekker"], ekstra=[hentet_fra(fra.navn, fra.plan)])


def hentet_fra(hvad: str, plan: Helhedsplan) -> Aendring:
    """What the log tells of a copy: from where. Of the other plan only those who write this one read."""
    return Aendring("hentet_fra", "hentet fra", None, f"{hvad} ({plan.navn})")


@transaction.atomic
def udfyld_aktivitet(
    *,
    bruger,
    fra: Aktivitet,
    til: Aktivitet,
    felter: Collection[str],
    samarbejdsparter: Collection[int],
    milepaele: Collection[int],
    version: int | None,
) -> bool:
    """Take over chosen texts, and partners and milestones by their pk, into an activity that is there already.

    A text replaces the one that stood; rows come after those that stand. Raises Versionskonflikt, PermissionDenied.
    """
    tjek(bruger, Rettighed.SE, fra.plan)
    mulige = aktivitetsudfyldning(fra, til)
    nye = {t.felt: t.tekst for t in mulige.tekster if t.felt in felter}
    valgte = {
        "samarbejdsparter": [r for pk, r in mulige.samarbejdsparter.items() if pk in samarbejdsparter],
        "milepaele": [r for pk, r in mulige.milepaele.items() if pk in milepaele],
    }
    raekker = {
        relation: [som_dict(r, UNDERRAEKKER[relation][2]) for r in getattr(til, relation).all()] + tilfoejes
        for relation, tilfoejes in valgte.items()
        if tilfoejes
    }
    if not (nye or raekker):
        return False
    return ret(
        bruger=bruger, objekt=til, felter=nye, version=version, raekker=raekker, ekstra=[hentet_fra(fra.navn, fra.plan)]
    )


@transaction.atomic
def flyt_til_delaftale(*, bruger, aktivitet: Aktivitet, til: Delaftale, version: int | None) -> bool:
    """Move an activity with its partners and milestones, last in another delaftale of its plan. It no longer serves
    the delmål of the one it leaves. Raises ValidationError, Versionskonflikt."""
    tjek(bruger, Rettighed.RET, aktivitet.plan)
    fra = aktivitet.delaftale
    if til.plan_id != fra.plan_id:
        raise ValidationError({"til": "Vælg en delaftale i samme plan."}, code="fremmed")
    if til.pk == fra.pk:
        return False
    if _har_beloeb(aktivitet):
        raise ValidationError("Aktiviteten har beløb i budgettet. Flyt eller slet dem først.", code="beloeb")
    for delaftale in sorted((fra, til), key=lambda d: d.pk):
        laas(delaftale)
    laas(aktivitet, version)
    nye = til.aktiviteter.order_by()
    felter: dict = {
        "delaftale": til,
        "noegle": unik_noegle(aktivitet.noegle, nye.values_list("noegle", flat=True)),
        "orden": (nye.aggregate(m=Max("orden"))["m"] or 0) + 1,
        "delmaal": [],
    }
    flyttet = Aendring("flyttet", "flyttet", fra.indsatsomraade.navn, til.indsatsomraade.navn)
    actions.ret(
        bruger=bruger,
        objekt=aktivitet,
        felter=felter,
        version=version,
        tilladte=set(felter),
        ekstra=[flyttet],
        handling="flyttet",
    )
    aktivitet.samarbejdsparter.update(delaftale=til)
    return True


def _har_beloeb(aktivitet: Aktivitet) -> bool:
    """Whether money of any room stands at the activity: what is approved by indsatsområde would say another thing."""
    bagud = [
        b for b in aktivitet._meta.related_objects if any(f.name == "beloeb" for f in b.related_model._meta.fields)
    ]
    return any(b.related_model._default_manager.filter(**{b.field.name: aktivitet}).exists() for b in bagud)
