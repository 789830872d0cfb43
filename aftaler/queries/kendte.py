"""What a plan knows already and a text field may be filled in with: organisations, partners, offices, places.

Offered while one types; whatever is typed instead stays a text.
"""

from collections.abc import Iterable

from django.db.models import F, Q, QuerySet

from aftaler.models import (
    Afdeling,
    Aktivitet,
    Gruppe,
    Helhedsplan,
    Milepael,
    Omraade,
    Organisation,
    Part,
    Plads,
    Planmilepael,
    Risiko,
    Samarbejdspart,
)
from aftaler.queries.adgang import personer_med
from aftaler.queries.indstillinger import ejer_ikke_oplyst
from helhedsplan import tilslutninger
from helhedsplan.kollation import sorteringsnoegle
from helhedsplan.tvillinger import foldet


def _navne(*udvalg: tuple[QuerySet, str]) -> list[str]:
    """The texts of the columns, each once however it is spelled, in Danish order. One query."""
    foerste, *andre = [raekker.order_by().annotate(tekst_=F(felt)).values_list("tekst_") for raekker, felt in udvalg]
    tekster = (tekst for (tekst,) in foerste.union(*andre) if tekst)
    return entydige(tekster)


def entydige(tekster: Iterable[str]) -> list[str]:
    fundne: dict[str, str] = {}
    for tekst in sorted(tekster, key=sorteringsnoegle):
        fundne.setdefault(foldet(tekst) or tekst, tekst)
    return list(fundne.values())


def samarbejdsparter(plan: Helhedsplan) -> list[str]:
    """Whom the plan works with: the organisations that can be chosen, and the partners that are written in it."""
    return _navne(
        (Organisation.objects.valgbare(), "navn"),
        (Samarbejdspart.objects.filter(delaftale__plan=plan), "navn"),
        (Gruppe.objects.filter(plan=plan), "navn"),
    )


def ansvarlige(plan: Helhedsplan) -> list[str]:
    """Who is responsible for things in the plan: offices, groups and organisations."""
    return _navne(
        (Aktivitet.objects.filter(delaftale__plan=plan), "ansvarlig"),
        (Milepael.objects.filter(aktivitet__delaftale__plan=plan), "ansvarlig"),
        (Planmilepael.objects.filter(plan=plan), "ansvarlig"),
        (Risiko.objects.filter(plan=plan), "ansvarlig"),
        (Gruppe.objects.filter(plan=plan), "navn"),
        (Plads.objects.filter(gruppe__plan=plan), "titel"),
        (Organisation.objects.filter(parter__plan=plan), "navn"),
    )


def steder(plan: Helhedsplan) -> list[str]:
    """The areas of the plan, the afdelinger of its parties, and the parties."""
    afdelinger = Afdeling.objects.valgbare().filter(Q(organisation__parter__plan=plan) | Q(omraader__plan=plan))
    return _navne(
        (Omraade.objects.filter(plan=plan), "navn"),
        (afdelinger, "navn"),
        (Organisation.objects.filter(parter__plan=plan), "navn"),
    )


def gruppearter(plan: Helhedsplan) -> list[str]:
    """The kinds of groups that the plan has words of its own for."""
    return _navne((Gruppe.objects.filter(plan=plan), "artsnavn"))


def afdelinger(omraade: Omraade) -> QuerySet:
    """Those an area may have: of the plan's parties, those whose owner is not told here, and those that it has."""
    valgte = omraade.afdelinger.values("pk") if omraade.pk else []
    egne = Q(organisation__parter__plan_id=omraade.plan_id) | Q(organisation__noegle=ejer_ikke_oplyst(omraade.plan))
    valgbare = (egne & Q(arkiveret__isnull=True)) | Q(pk__in=valgte)
    return Afdeling.objects.filter(valgbare).select_related("organisation").distinct()


def stillinger(plan: Helhedsplan) -> list[str]:
    """The offices of those who sign and of the seats of the plan's groups."""
    return _navne(
        (Part.objects.filter(plan=plan), "underskriver_titel"), (Plads.objects.filter(gruppe__plan=plan), "titel")
    )


def personer(plan: Helhedsplan) -> list[str]:
    """Whom the plan has named: those who sign for its parties, who has access to it, and those of other rooms."""
    andre = [udvalg for find in tilslutninger.PERSONER for udvalg in find(plan)]
    return _navne(
        (Part.objects.filter(plan=plan), "underskriver"),
        (personer_med(plan), "navn"),
        *andre,
    )


def organisationer(plan: Helhedsplan) -> list[str]:
    return _navne((Organisation.objects.filter(parter__plan=plan), "navn"))


def finansierende(plan: Helhedsplan) -> list[str]:
    """Who may pay for the plan: its parties and their afdelinger."""
    parter = Organisation.objects.filter(parter__plan=plan)
    return _navne((parter, "navn"), (Afdeling.objects.valgbare().filter(organisation__in=parter), "navn"))
