"""What stands twice under two spellings: organisations, afdelinger and areas of a plan, as findings."""

from django.db.models import Exists, OuterRef
from django.urls import reverse

from aftaler.models import Afdeling, Helhedsplan, Omraade, Organisation, Part, Plads
from aftaler.queries.sammenlaeg import bruges_af
from helhedsplan.choices import Alvor
from helhedsplan.formats import opremsning
from helhedsplan.fund import Fund
from helhedsplan.tvillinger import EGEN, ens, foldet


def tvillingefund(plan: Helhedsplan) -> list[Fund]:
    """Of the organisations and their afdelinger. In one query."""
    felter = (
        "pk",
        "navn",
        "er_part",
        "her",
        "afdelinger__pk",
        "afdelinger__navn",
        "afdelinger__nummer",
        "afdelinger__arkiveret",
    )
    part = Exists(Part.objects.filter(plan=plan, organisation=OuterRef("pk")))
    plads = Exists(Plads.objects.filter(gruppe__plan=plan, organisation=OuterRef("pk")))
    raekker = Organisation.objects.valgbare().annotate(er_part=part, her=part | plads).order_by("pk", "afdelinger__pk")
    organisationer: dict[int, tuple[str, bool]] = {}
    afdelinger = []
    for pk, navn, er_part, her, *afdeling, arkiveret in raekker.values_list(*felter):
        organisationer[pk] = (navn, her)
        if er_part and afdeling[0] and not arkiveret:
            afdelinger.append((pk, *afdeling))
    return [*_organisationer(plan, organisationer), *_afdelinger(plan, afdelinger)]


def _fund(kode: str, slags: str, navne: list[str], url: str) -> Fund:
    citerede = opremsning([f"»{navn}«" for navn in navne])
    return Fund(kode, Alvor.ADVARSEL, f"{citerede} ligner {slags}, skrevet på to måder.", url, EGEN)


def _organisationer(plan: Helhedsplan, alle: dict[int, tuple[str, bool]]) -> list[Fund]:
    """One that the plan uses, and any other of the same name, also one that other plans use."""
    url = reverse("organisation-liste", args=[plan.noegle])
    return [
        _fund("organisation-tvilling", "samme organisation", [navn for navn, _ in gruppe], url)
        for gruppe in ens((o, o[0]) for o in alle.values())
        if any(her for _, her in gruppe)
    ]


def _afdelinger(plan: Helhedsplan, alle: list[tuple]) -> list[Fund]:
    """Of one organisation; two of a name with a number each are two afdelinger, and those that only other plans use are
    told in them. Two queries more where any are alike."""
    fundne = []
    brugt: tuple[set[int], set[int]] | None = None
    for gruppe in ens((a, f"{a[0]} {a[2]}") for a in alle):
        numre = [foldet(nummer) for *_, nummer in gruppe]
        if "" in numre or len(set(numre)) < len(numre):
            organisation, pk, *_ = gruppe[-1]
            if brugt is None:
                brugt = _brugte_afdelinger(plan)
            egne, andres = brugt
            alle_i = {a[1] for a in gruppe}
            if alle_i.isdisjoint(egne) and not alle_i.isdisjoint(andres):
                continue
            navne = [str(Afdeling(navn=navn, nummer=nummer)) for *_, navn, nummer in gruppe]
            url = reverse("afdeling-saml", args=[plan.noegle, organisation, pk])
            fundne.append(_fund("afdeling-tvilling", "samme afdeling", navne, url))
    return fundne


def _brugte_afdelinger(plan: Helhedsplan) -> tuple[set[int], set[int]]:
    """Those that the plan uses, and those that others do."""
    egen = Helhedsplan.objects.filter(pk=plan.pk)
    udvalg = (egen, Helhedsplan.objects.exclude(pk=plan.pk))
    her, andre = (
        set(Afdeling.objects.filter(bruges_af(Afdeling, planer)).values_list("pk", flat=True)) for planer in udvalg
    )
    return her, andre


def omraadetvillinger(plan: Helhedsplan, omraader: list[Omraade]) -> list[Fund]:
    return [
        _fund(
            "omraade-tvilling",
            "samme område",
            [o.navn for o in gruppe],
            reverse("omraade-ret", args=[plan.noegle, gruppe[-1].pk]),
        )
        for gruppe in ens((o, o.navn) for o in omraader)
    ]
