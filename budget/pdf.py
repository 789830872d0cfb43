"""The budget as a paper, an attachment to the agreement: the page's figures and pictures through the gateway."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Max
from django.template.loader import render_to_string
from django.utils import timezone

from aftaler.models import Helhedsplan
from budget.choices import Budgetart, Status
from budget.models import Budget
from budget.queries.celler import indhold
from budget.queries.kontrol import regelvaerdier
from budget.queries.ramme import ramme
from budget.queries.revisioner import Vistrevision, revisioner
from budget.queries.sammenligning import gaeldende
from budget.queries.terning import Terning, terning
from budget.queries.udgifter import Balance, Udgifter, balance_af, udgiftstabel
from budget.rules.medfinansiering import Medfinansiering, medfinansiering
from helhedsplan.formats import lang_dato
from helhedsplan.models import Haendelse
from helhedsplan.pdf import PdfFejl, html_til_pdf


class Papir(NamedTuple):
    data: bytes
    filnavn: str


@dataclass(frozen=True)
class Budgetpapir:
    """Everything that is printed, as plain data. `aendret` is when the budget last changed, never "now"."""

    plan: Helhedsplan
    budget: Budget
    parter: tuple[str, ...]
    terning: Terning
    udgifter: Udgifter
    balance: Balance
    medfinansiering: Medfinansiering
    revisioner: tuple[Vistrevision, ...]
    aendret: datetime | None

    @property
    def titel(self) -> str:
        return self.budget.navn if "budget" in self.budget.navn.lower() else f"Budget: {self.budget.navn}"

    @property
    def afrundede(self) -> bool:
        return self.medfinansiering.er_afrundet


def papirindhold(budget: Budget) -> Budgetpapir:
    """The granted budget is printed as revised. A constant number of queries."""
    plan, over, regler = budget.plan, ramme(budget.plan), regelvaerdier(budget.plan)
    bidrag, udgifter = indhold(budget, revideret=budget.art == Budgetart.BEVILGET)
    godkendte = revisioner(budget) if budget.art == Budgetart.BEVILGET else []
    haendelser = Haendelse.objects.om(budget)
    return Budgetpapir(
        plan=plan,
        budget=budget,
        parter=tuple(plan.parter.select_related("organisation").values_list("organisation__navn", flat=True)),
        terning=terning(budget, over=over, celler=bidrag),
        udgifter=udgiftstabel(budget, over=over, udgifter=udgifter),
        balance=balance_af(over, bidrag, udgifter),
        medfinansiering=medfinansiering(bidrag, over.kilder, regler.gulv_pct, regler.loft_pct),
        revisioner=tuple(r for r in godkendte if r.revision.status == Status.GODKENDT),
        aendret=haendelser.aggregate(m=Max("tidspunkt"))["m"],
    )


def budgetpapir(budget: Budget) -> Papir:
    """The paper as PDF. Raises PdfFejl."""
    indhold_ = papirindhold(budget)
    html = papir_html(indhold_)
    data = html_til_pdf(
        html,
        identifikator=f"{budget.plan.noegle}/{budget.noegle}/{hashlib.sha256(html.encode()).hexdigest()[:12]}",
        titel=f"{indhold_.titel} – {budget.plan.navn}",
        forfattere=indhold_.parter,
        dato=indhold_.aendret,
    )
    return Papir(data, f"budget-{budget.plan.noegle}-{budget.noegle}.pdf")


def papir_html(indhold_: Budgetpapir) -> str:
    aendret = timezone.localtime(indhold_.aendret).date() if indhold_.aendret else None
    fakta = (
        ("Periode", (indhold_.plan.periode,)),
        ("Parter", indhold_.parter),
        ("Budget", (f"{indhold_.budget.get_art_display()}, {_tilstand(indhold_.budget)}",)),
        ("Pulje", (indhold_.plan.regelsaet.navn,)),
        ("Senest ændret", (lang_dato(aendret) if aendret else "",)),
    )
    return render_to_string(
        "pdf/budget/papir.html",
        {
            "papir": indhold_,
            "fakta": [(navn, linjer) for navn, linjer in fakta if any(linjer)],
            "linjer": (),
            "aendret": aendret,
        },
    )


def _tilstand(budget: Budget) -> str:
    return f"godkendt {lang_dato(budget.godkendt_den)}" if budget.er_laast else "kladde"


def planens_budget(plan: Helhedsplan, argument: str = "") -> Papir:
    """The paper of the budget named by its key, or of the one that counts. Raises PdfFejl when there is none."""
    budget = plan.budgetter.filter(noegle=argument).first() if argument else gaeldende(plan)
    if budget is None:
        kendte = ", ".join(f"budget:{b.noegle}" for b in plan.budgetter.all()) or "ingen budgetter"
        raise PdfFejl(f"Planen har ikke det budget. Den har: {kendte}.")
    budget.plan = plan
    return budgetpapir(budget)
