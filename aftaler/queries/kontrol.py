"""Reads what the rules of the agreements look at, in a constant number of queries, and runs them."""

import logging
from collections.abc import Callable
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch
from django.urls import reverse
from django.utils import timezone

from aftaler import rules
from aftaler.choices import Afsnitsart, Dokumenttype
from aftaler.models import Afsnit, Aktivitet, Delmaal, Helhedsplan, Skabelonafsnit
from aftaler.queries.indstillinger import parametre
from aftaler.rules import Kontrolgrundlag
from helhedsplan import register
from helhedsplan.choices import Alvor
from helhedsplan.fund import Fund, vaerst_foerst

logger = logging.getLogger(__name__)


def grundlag(plan: Helhedsplan) -> Kontrolgrundlag:
    delmaal = Delmaal.objects.annotate(
        har_aktivitet=Exists(Aktivitet.delmaal.through.objects.filter(delmaal_id=OuterRef("pk")))
    )
    aktiviteter = Aktivitet.objects.annotate(
        har_delmaal=Exists(Aktivitet.delmaal.through.objects.filter(aktivitet_id=OuterRef("pk")))
    ).only("pk", "noegle", "navn", "ansvarlig", "maalgruppe", "delaftale_id")
    delaftaler = list(
        plan.delaftaler.select_related("indsatsomraade").prefetch_related(
            Prefetch("delmaal", delmaal, to_attr="alle_delmaal"),
            Prefetch("aktiviteter", aktiviteter, to_attr="alle_aktiviteter"),
        )
    )
    return Kontrolgrundlag(
        plan=plan,
        parter=list(plan.parter.select_related("organisation")),
        omraader=list(plan.omraader.all()),
        valgte=list(plan.indsatsomraader.all()),
        delaftaler=delaftaler,
        efterfoelgere=list(plan.efterfoelgere.all()),
        tomme_afsnit=_tomme_afsnit(plan, delaftaler),
        i_dag=timezone.localdate(),
        gennemgaas=_gennemgaas(plan),
    )


def _gennemgaas(plan: Helhedsplan) -> tuple[tuple[str, date | None, str], ...]:
    papirer = (
        ("Milepælsplanen", plan.planmilepaele, plan.milepaelsplan_opdateret, "milepaelsplan-vis"),
        ("Beredskabsplanen", plan.risici, plan.beredskabsplan_opdateret, "beredskabsplan-vis"),
    )
    return tuple(
        (navn, sidst, reverse(url, args=[plan.noegle])) for navn, raekker, sidst, url in papirer if raekker.exists()
    )


def _tomme_afsnit(plan: Helhedsplan, delaftaler: list) -> list[tuple[str, str, str]]:
    """Prose sections without a word, in the order of the papers."""
    skabelon = list(Skabelonafsnit.objects.filter(regelsaet_id=plan.regelsaet_id, art=Afsnitsart.PROSA))
    skrevne = set(Afsnit.objects.filter(plan=plan).exclude(tekst="").values_list("delaftale_id", "skabelon_id"))
    tomme = [
        ("Samarbejdsaftalen", s.titel, reverse("afsnit-ret", args=[plan.noegle, s.noegle]))
        for s in skabelon
        if s.dokument == Dokumenttype.SAMARBEJDSAFTALE and (None, s.pk) not in skrevne
    ]
    for aftale in delaftaler:
        tomme += [
            (str(aftale), s.titel, reverse("delaftaleafsnit-ret", args=[plan.noegle, aftale.noegle, s.noegle]))
            for s in skabelon
            if s.dokument == Dokumenttype.DELAFTALE and (aftale.pk, s.pk) not in skrevne
        ]
    return tomme


def aftalefund(plan: Helhedsplan) -> list[Fund]:
    """The findings of this room's rules."""
    return rules.alle_fund(grundlag(plan))


def parameterfund(plan: Helhedsplan) -> list[Fund]:
    """Values that stand outside what their definition allows: they are not used."""
    url = f"{reverse('indstillinger', args=[plan.noegle])}#parametre"
    return [
        Fund("parameter-uden-for-graensen", Alvor.FEJL, f"{p.navn}: {p.fejl}", url, rules.EGEN)
        for p in parametre(plan)
        if p.fejl
    ]


def kontroller(plan: Helhedsplan) -> list[Fund]:
    """Every finding of every rule of the house, worst first."""
    return vaerst_foerst([fund for regel in register.PLANREGLER for fund in _koer(regel, plan)])


def _koer(regel: Callable, plan: Helhedsplan) -> list[Fund]:
    """A rule that stops says so as a finding, and the others are heard."""
    try:
        return list(regel(plan))
    except Exception:
        logger.exception("Reglen %s stoppede på planen %s", regel.__name__, plan.noegle)
        besked = f"Reglen »{regel.__name__}« kunne ikke regnes for planen, så det, den ser efter, er ikke kontrolleret."
        return [Fund("regel-stoppede", Alvor.FEJL, besked, reverse("plan-overblik", args=[plan.noegle]), rules.EGEN)]
