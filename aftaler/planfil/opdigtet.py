"""A made-up plan on a rule set, a draft too: written as a plan file, read, judged by every rule, and taken back."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from aftaler.choices import Regelsaetstand
from aftaler.models import Helhedsplan, Regelsaet
from aftaler.planfil.filer import Planfil, laes_filer
from aftaler.planfil.laes import Besked
from aftaler.planfil.planform import FORMAT
from aftaler.planfil.skriv import som_yaml
from aftaler.queries.kontrol import kontroller
from aftaler.queries.regelslags import alle_raekker
from aftaler.rules import PLANENS_LAENGDE_AAR, slut_efter_aar
from helhedsplan.fund import Fund
from helhedsplan.rettigheder import PROGRAMMET

NOEGLE = "opdigtet-plan-til-afproevning"
BUDGET = Decimal(12_000_000)
FIL = "den opdigtede plan"


@dataclass(frozen=True)
class Opdigtet:
    """The findings of the made-up plan, or why it could not be made at all."""

    fund: tuple[Fund, ...] = ()
    fejl: tuple[Besked, ...] = ()


def proev_opdigtet(regelsaet: Regelsaet, medfinansiering: Decimal) -> Opdigtet:
    """What a plan that has chosen every indsatsområde is told. `medfinansiering`: the local share of its budget, in %.

    Nothing is left of it.
    """
    with transaction.atomic():
        proeve = Regelsaet.objects.get(pk=regelsaet.pk)
        if proeve.er_kladde:
            Regelsaet.objects.filter(pk=proeve.pk).update(stand=Regelsaetstand.UDGIVET)
        data = planen(proeve, medfinansiering, timezone.localdate())
        resultat = laes_filer([Planfil(FIL, som_yaml(data).encode())], bruger=PROGRAMMET)
        if resultat.fejl:
            udfald = Opdigtet(fejl=tuple(resultat.fejl))
        else:
            plan = Helhedsplan.objects.select_related("regelsaet", "forgaenger").get(noegle=NOEGLE)
            udfald = Opdigtet(fund=tuple(kontroller(plan)))
        transaction.set_rollback(True)
    return udfald


def planen(regelsaet: Regelsaet, medfinansiering: Decimal, i_dag: date) -> dict:
    """The plan file: every indsatsområde with a delaftale, a delmål and an activity, and a budget for one year."""
    omraader = [r.raekke for r in alle_raekker(regelsaet) if r.slags.noegle == "indsatsomraader"]
    fra = max(regelsaet.ikraft or i_dag, i_dag)
    lokalt = (BUDGET * medfinansiering / 100).quantize(Decimal(1))
    bidrag = [("lbf", BUDGET - lokalt), ("kommunen", lokalt)]
    return {
        "format": FORMAT,
        "noegle": NOEGLE,
        "navn": "En opdigtet plan",
        "omraadenavn": "Opdigtet område",
        "regelsaet": regelsaet.noegle,
        "periode_fra": fra.isoformat(),
        "periode_til": slut_efter_aar(fra, PLANENS_LAENGDE_AAR).isoformat(),
        "organisationer": [
            {"noegle": f"{NOEGLE}-bolig", "navn": "Opdigtet Boligforening", "art": "boligorganisation"},
            {"noegle": f"{NOEGLE}-kommune", "navn": "Opdigtet Kommune", "art": "kommune"},
        ],
        "parter": [
            {"organisation": f"{NOEGLE}-bolig", "administrerer": True},
            {"organisation": f"{NOEGLE}-kommune"},
        ],
        "omraader": [{"noegle": "omraadet", "navn": "Opdigtet område"}],
        "indsatsomraader": [o.noegle for o in omraader],
        "delaftaler": [
            {
                "indsatsomraade": o.noegle,
                "delmaal": [{"noegle": "delmaal", "tekst": "Et opdigtet delmål"}],
                "aktiviteter": [
                    {"noegle": "aktivitet", "navn": "En opdigtet aktivitet", "ansvarlig": "Boligsocial leder",
                     "maalgruppe": "<p>Beboere i området</p>", "delmaal": ["delmaal"]},
                ],
            }
            for o in omraader
        ],
        "budget": {
            "finansieringskilder": [
                {"noegle": "lbf", "navn": "Landsbyggefonden", "art": "lbf"},
                {"noegle": "kommunen", "navn": "Opdigtet Kommune", "art": "kommune", "lokal": True,
                 "organisation": f"{NOEGLE}-kommune"},
            ],
            "konti": [{"noegle": "opdigtet-udgift", "navn": "Opdigtet udgift"}],
            "budgetter": [
                {
                    "noegle": "ansoegt",
                    "navn": "Ansøgt budget",
                    "art": "ansoegt",
                    "bidrag": [
                        {"kilde": kilde, "art": "kontant", "planaar": 1, "beloeb": str(kroner)}
                        for kilde, kroner in bidrag
                        if kroner
                    ],
                    "udgifter": [{"konto": "opdigtet-udgift", "planaar": 1, "beloeb": str(BUDGET)}],
                }
            ],
        },
    }  # fmt: skip
