"""Papers that were rejected and that nobody has made anew."""

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from aftaler.choices import Fase
from aftaler.queries.overblik import Ventende
from dokumenter.choices import Resultat
from dokumenter.models import Godkendelse, Udgave


def afviste(bruger) -> list[Ventende]:
    """The newest edition of a document, in the plans that the person writes, whose newest decision is a rejection; one
    query."""
    egne = Udgave.objects.filter(
        plan__medlemskaber__bruger=bruger, plan__medlemskaber__rolle__in=["leder", "sekretariat"], trukket=None
    ).exclude(plan__fase=Fase.AFSLUTTET)
    samme = Udgave.objects.filter(plan=OuterRef("plan"), art=OuterRef("art"), emne=OuterRef("emne"))
    afgoerelser = Godkendelse.objects.filter(udgave=OuterRef("pk")).order_by("-dato", "-pk")
    fundne = egne.annotate(
        sidste=Subquery(afgoerelser.values("resultat")[:1]), nyeste=Subquery(samme.order_by("-nummer").values("pk")[:1])
    ).filter(sidste=Resultat.AFVIST)
    return [
        Ventende(f"Afvist: {titel}, udgave {nummer}", plan, None, reverse("udgave-vis", args=[noegle, pk]))
        for pk, nyeste, titel, nummer, plan, noegle in fundne.order_by("frosset").values_list(
            "pk", "nyeste", "titel", "nummer", "plan__navn", "plan__noegle"
        )
        if pk == nyeste
    ]
