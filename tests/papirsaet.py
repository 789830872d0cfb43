"""Every paper that can be had of a plan, and the hardest ones made by hand: {name: bytes}."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

from django.http import Http404

from aftaler import pdf as aftalepdf
from aftaler.choices import Dokumentart
from aftaler.models import Helhedsplan
from aftaler.queries.dokument import Udgavestempel, Underskriftslinje
from budget import pdf as budgetpdf
from dokumenter import oejebliksbillede as udgaver
from dokumenter.choices import FRYSES
from indikatorer.indikatorark import indikatorark
from moeder import moedepapir
from moeder.bevis.indhold import bevisaar
from moeder.bevis.papir import hent_bevis
from moeder.bevis.papir import tegn as tegn_bevis
from status import oejebliksbillede
from status import pdf as statuspdf
from tests.aftaler import papirproeve
from tests.dokumenter import budgetproeve

I_DAG = date(2026, 9, 30)
STEMPEL = Udgavestempel(1, date(2026, 1, 1), datetime(2026, 1, 1, 9, tzinfo=UTC), "")


def planens_papirer(plan: Helhedsplan) -> dict[str, bytes]:
    """As drafts and as they are issued."""
    return {f"{plan.noegle}-{navn}": data for del_ in DELE for navn, data in del_(plan)}


def _aftaler(plan) -> Iterator[tuple[str, bytes]]:
    emner = {
        Dokumentart.DELAFTALE: [aftale.noegle for aftale in plan.delaftaler.select_related("indsatsomraade")],
        Dokumentart.BUDGET: [budget.noegle for budget in plan.budgetter.all()],
        Dokumentart.LAG: [lag.noegle for lag in plan.lagene],
    }
    parter = plan.parter.select_related("organisation")
    linjer = tuple(Underskriftslinje(p.organisation.navn, "Formand A, Demo", "formand") for p in parter)
    for art in FRYSES:
        for emne in emner.get(art, [""]):
            try:
                udkast = udgaver.udkast(plan, art, emne)
            except Http404:  # the rule set has no such paper
                continue
            udgaver.gem_billeder(plan, udkast)
            udgave = udgaver.frossen(plan, art, emne, udkast, replace(STEMPEL, underskrivere=linjer))
            navn = "-".join(filter(None, (str(art), emne)))
            if art == Dokumentart.BUDGET:
                yield f"{navn}-kladde", budgetpdf.budgetpapir(plan.budgetter.get(noegle=emne)).data
            else:
                yield f"{navn}-kladde", aftalepdf.papir(udkast).data
            yield f"{navn}-udgave", udgaver.tegn(udgave)


def _indikatorer(plan) -> Iterator[tuple[str, bytes]]:
    yield "indikatorer", indikatorark(plan).data
    yield "kort-plan", statuspdf.tegn_kort_plan(plan).data


def _statusser(plan) -> Iterator[tuple[str, bytes]]:
    for status in plan.statusser.all():
        if status.indhold:
            billede = oejebliksbillede.hent(status)
            yield f"kort-status-{status.noegle}", statuspdf.tegn_kort_status(billede).data
        else:
            billede = oejebliksbillede.udkast(status, I_DAG)
        yield f"status-{status.noegle}", statuspdf.tegn(billede)


def _moeder(plan) -> Iterator[tuple[str, bytes]]:
    for moede in plan.moeder.all():
        for art in ("dagsorden", "referat"):
            yield f"{art}-{moede.pk}-kladde", moedepapir.tegn(moedepapir.udkast(moede, art))
        for papir in moede.papirer.all():
            yield f"{papir.art}-{moede.pk}-sendt-{papir.nummer}", moedepapir.tegn(moedepapir.hent(papir))
        for punkt in moede.punkter.all():
            yield f"indstilling-{punkt.pk}", moedepapir.indstillingspapir(punkt).data


def _beviser(plan) -> Iterator[tuple[str, bytes]]:
    for aar in bevisaar(plan, I_DAG):
        yield f"opfoelgningsbevis-{aar}", tegn_bevis(hent_bevis(plan, aar)).data


DELE = (_aftaler, _indikatorer, _statusser, _moeder, _beviser)


def svaere_papirer() -> dict[str, bytes]:
    """Papers made by hand: everything that is hard, nothing at all, and many who sign."""
    svaert, tomt = papirproeve.svaert_dokument(), papirproeve.tomt_dokument()
    otte = tuple(Underskriftslinje(f"Part {nr} {'med et langt navn ' * 4}", "Formand A", "formand") for nr in range(8))
    issued = replace(STEMPEL, dokument_id="eksempel-2025-2029/samarbejdsaftale/u1-0123456789ab")
    papirer = {
        "svaert": aftalepdf.papir(svaert),
        "tomt": aftalepdf.papir(tomt),
        "tomt-udgave": aftalepdf.papir(tomt, stempel=issued),
        "helt-tomt": aftalepdf.papir(papirproeve.dokument()),
        "otte-parter": aftalepdf.papir(papirproeve.dokument(), stempel=replace(issued, underskrivere=otte)),
        "budget": budgetpdf.papir(budgetproeve.budgetpapir()),
        "budget-udgave": budgetpdf.papir(budgetproeve.budgetpapir(), issued),
    }
    return {f"svaer-{navn}": papir.data for navn, papir in papirer.items()}
