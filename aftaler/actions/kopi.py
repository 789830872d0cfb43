"""An activity copied from another plan or delaftale, and one moved to another delaftale of its plan.

Counts, measured figures, states, decisions and notes of one's own never come along. The log tells from where.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from aftaler.actions.raekker import opret
from aftaler.choices import Aktivitetsstatus
from aftaler.models import Aktivitet, Delaftale
from aftaler.queries.adgang import tjek
from aftaler.queries.kopi import aktivitetskopi
from helhedsplan import actions
from helhedsplan.actions import Aendring, laas
from helhedsplan.noegler import unik_noegle
from helhedsplan.rettigheder import Rettighed


@transaction.atomic
def hent_aktivitet(*, bruger, fra: Aktivitet, til: Delaftale, navn: str = "") -> Aktivitet:
    """A new activity with the texts, partners and milestones of another, in a plan that the person may read. From the
    plan before it is marked as going on. Raises ValidationError, PermissionDenied."""
    tjek(bruger, Rettighed.SE, fra.plan)
    kopi = aktivitetskopi(fra, til)
    fortsaetter = fra if fra.plan.pk == til.plan.forgaenger_id else None
    status = Aktivitetsstatus.FORTSAETTELSE.value if fortsaetter else ""
    felter = kopi["felter"] | ({"navn": navn} if navn else {})
    ny = Aktivitet(delaftale=til, fortsaetter=fortsaetter, status=status, **felter)
    kilde = Aendring("hentet_fra", "hentet fra", None, f"{fra.navn} ({fra.plan.navn})")
    return opret(bruger=bruger, objekt=ny, raekker=kopi["raekker"], ekstra=[kilde])


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
