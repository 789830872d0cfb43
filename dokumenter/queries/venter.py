"""Papers that were rejected and not made anew, that wait to be put in force, or that a person is made signer of."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Subquery, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone

from aftaler.choices import Fase
from aftaler.models.plan import i_planer
from aftaler.queries.overblik import Ventende
from dokumenter import rules
from dokumenter.choices import Resultat
from dokumenter.models import Godkendelse, Udgave, Underskriver
from dokumenter.queries.udgave import stilling
from dokumenter.queries.underskrift import foer_i_raekken, udgavens_hindring, usignerede
from helhedsplan.laest import den_samme
from helhedsplan.models import Haendelse
from helhedsplan.models.haendelse import objekttype
from helhedsplan.rettigheder import Rettighed

#: So many days it is news that one has been made signer.
UDPEGET_DAGE = 14


def afviste(bruger) -> list[Ventende]:
    """The newest edition of a document, in the plans that the person writes, whose newest decision is a rejection; one
    query."""
    egne = Udgave.objects.filter(plan__in=i_planer(bruger, Rettighed.RET), trukket=None).exclude(
        plan__fase=Fase.AFSLUTTET
    )
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


def klar_til_ikraft(bruger) -> list[Ventende]:
    """Editions that have all that they need and that the leader has not put in force; at most three queries."""
    nyere = Udgave.objects.filter(
        plan=OuterRef("plan"), art=OuterRef("art"), emne=OuterRef("emne"), nummer__gt=OuterRef("nummer"), trukket=None
    )
    egne = Udgave.objects.filter(
        Exists(Godkendelse.objects.filter(udgave=OuterRef("pk"), resultat=Resultat.GODKENDT)),
        ~Exists(nyere),
        plan__in=i_planer(bruger, Rettighed.STYR),
        trukket=None,
        ikraft=None,
    ).exclude(plan__fase=Fase.AFSLUTTET)
    udgaver = [den_samme(u) for u in egne.select_related("plan").defer("indhold").order_by("frosset")]
    prefetch_related_objects(udgaver, "godkendelser", "underskrivere")
    return [
        Ventende(f"Sæt i kraft: {u.titel}, udgave {u.nummer}", u.plan.navn, None, u.get_absolute_url())
        for u in udgaver
        if not rules.mangler_for_ikraft(stilling(u))
    ]


def udpeget(bruger, nu: datetime | None = None) -> list[Ventende]:
    """Editions that somebody else has of late made the person signer of and that cannot be signed yet; those that can
    stand as "Skriv under". At most four queries."""
    senere = [
        u
        for u in usignerede(bruger)
        if udgavens_hindring(u.udgave) or foer_i_raekken(u, list(u.udgave.underskrivere.all()))
    ]
    nye = _valgt_siden(senere, bruger, (nu or timezone.now()) - timedelta(days=UDPEGET_DAGE)) if senere else set()
    return [
        Ventende(
            f"Du skal skrive under på {u.udgave.titel}, når det er tid",
            u.plan.navn,
            None,
            reverse("underskrift-tavle", args=[u.plan.noegle, u.udgave_id]),
        )
        for u in senere
        if u.pk in nye
    ]


def _valgt_siden(underskrivere: list[Underskriver], bruger, siden: datetime) -> set[int]:
    """Those whose account somebody else has chosen since."""
    valg = Haendelse.objects.filter(
        objekt_type=objekttype(Underskriver),
        objekt_id__in=[str(u.pk) for u in underskrivere],
        tidspunkt__gte=siden,
    ).exclude(bruger_id=bruger.pk)
    return {
        int(pk)
        for pk, aendringer in valg.values_list("objekt_id", "aendringer")
        if any(a["felt"] == "bruger" and a["efter"] == str(bruger) for a in aendringer)
    }
