"""What stands twice under two spellings: organisations, afdelinger and areas of a plan, as findings."""

from django.db.models import Exists, OuterRef
from django.urls import reverse

from aftaler.models import Afdeling, Helhedsplan, Organisation, Part, Plads
from helhedsplan.choices import Alvor
from helhedsplan.formats import opremsning
from helhedsplan.fund import Fund
from helhedsplan.tvillinger import EGEN, ens, foldet


def tvillingefund(plan: Helhedsplan) -> list[Fund]:
    """In three queries."""
    return [*_organisationer(plan), *_afdelinger(plan), *_omraader(plan)]


def _fund(kode: str, slags: str, navne: list[str], url: str) -> Fund:
    citerede = opremsning([f"»{navn}«" for navn in navne])
    return Fund(kode, Alvor.ADVARSEL, f"{citerede} ligner {slags}, skrevet på to måder.", url, EGEN)


def _organisationer(plan: Helhedsplan) -> list[Fund]:
    """One that the plan uses, and any other of the same name, also one that other plans use."""
    her = Exists(Part.objects.filter(plan=plan, organisation=OuterRef("pk"))) | Exists(
        Plads.objects.filter(gruppe__plan=plan, organisation=OuterRef("pk"))
    )
    alle = list(Organisation.objects.annotate(her=her).order_by("pk"))
    url = f"{reverse('indstillinger', args=[plan.noegle])}#parter"
    return [
        _fund("organisation-tvilling", "samme organisation", [o.navn for o in gruppe], url)
        for gruppe in ens((o, o.navn) for o in alle)
        if any(o.her for o in gruppe)
    ]


def _afdelinger(plan: Helhedsplan) -> list[Fund]:
    """Of one organisation; two of a name with a number each are two afdelinger."""
    egne = Afdeling.objects.filter(organisation__in=Part.objects.filter(plan=plan).values("organisation"))
    fundne = []
    for gruppe in ens((a, f"{a.organisation_id} {a.navn}") for a in egne.order_by("pk")):
        numre = [foldet(a.nummer) for a in gruppe]
        if "" in numre or len(set(numre)) < len(numre):
            url = reverse("afdeling-ret", args=[plan.noegle, gruppe[-1].organisation_id, gruppe[-1].pk])
            fundne.append(_fund("afdeling-tvilling", "samme afdeling", [str(a) for a in gruppe], url))
    return fundne


def _omraader(plan: Helhedsplan) -> list[Fund]:
    return [
        _fund(
            "omraade-tvilling",
            "samme område",
            [o.navn for o in gruppe],
            reverse("omraade-ret", args=[plan.noegle, gruppe[-1].pk]),
        )
        for gruppe in ens((o, o.navn) for o in plan.omraader.order_by("orden", "pk"))
    ]
