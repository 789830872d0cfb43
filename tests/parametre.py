"""Every parameter of every rule set, and the worst values of each kind for it, by its own definition."""

from decimal import Decimal
from pathlib import Path

import yaml

from aftaler.models import Helhedsplan, Planparameter, Regelparameter
from helhedsplan.parametergraenser import ANDET, GRAENSER, fejl
from tests import factories as f

DEFINITIONER = {
    p["noegle"]: p
    for sti in sorted((Path(__file__).parents[1] / "fixtures" / "regelsaet").glob("*.yaml"))
    for p in yaml.safe_load(sti.read_text()).get("parametre", [])
}


def graense(p: dict):
    return GRAENSER.get(p.get("enhed", "").strip().lower(), ANDET)


#: kind -> the value of it. The field holds no more than the largest.
SLAGS = {
    "den mindste, der må stå": lambda p: graense(p).mindst,
    "den største, der må stå": lambda p: graense(p).hoejst,
    "for lille": lambda p: max(graense(p).mindst - 1, -Decimal("9999999999.9999")),
    "så stor, som feltet kan holde": lambda p: Decimal("9999999999.9999"),
    "en brøk": lambda p: graense(p).mindst + Decimal("0.0001"),
    "ingen": lambda p: None,
}
UBRUGELIG = "så stor, som feltet kan holde"


def giv_parametre(plan: Helhedsplan) -> None:
    """The plan's rule set gets all of them, as the rule sets have them."""
    Regelparameter.objects.filter(regelsaet=plan.regelsaet).delete()
    for noegle, p in DEFINITIONER.items():
        f.RegelparameterFactory(
            regelsaet=plan.regelsaet, noegle=noegle, navn=p["navn"], enhed=p.get("enhed", ""), vaerdi=p.get("vaerdi")
        )


def saet_parametre(plan: Helhedsplan, slags: str) -> set[str]:
    """Past every form, as a database that somebody has been in: the rule set's own and the plan's. Those that cannot be
    used with it."""
    vaerdier = {noegle: SLAGS[slags](p) for noegle, p in DEFINITIONER.items()}
    regler = list(Regelparameter.objects.filter(regelsaet=plan.regelsaet, noegle__in=vaerdier))
    for regel in regler:
        regel.vaerdi = vaerdier[regel.noegle]
    Regelparameter.objects.bulk_update(regler, ["vaerdi"])
    Planparameter.objects.filter(plan=plan).delete()
    Planparameter.objects.bulk_create(
        [Planparameter(plan=plan, noegle=noegle, vaerdi=vaerdi) for noegle, vaerdi in vaerdier.items()]
    )
    return {noegle for noegle, p in DEFINITIONER.items() if fejl(p.get("enhed", ""), vaerdier[noegle])}
