"""The road through a budget that is being written: financiers, amounts, costs, and what the rules say of them."""

from dataclasses import dataclass

from django.urls import reverse

from budget.choices import Budgetart


@dataclass(frozen=True)
class Skridt:
    """`videre` is how the step before it offers it."""

    navn: str
    url: str
    videre: str
    er_her: bool = False


KILDER, BELOEB, UDGIFTER, KONTROL = "kilder", "beloeb", "udgifter", "kontrol"


def vej(plan, budget, her: str) -> list[Skridt]:
    """The steps in order, `her` marked."""
    et_budget = [plan.noegle, budget.noegle]
    kontrol = "" if budget.art == Budgetart.SCENARIE else "#kontrol"  # a scenario has no list of findings
    alle = (
        (KILDER, "Kilder", reverse("budget-kilder", args=[plan.noegle]), "Se kilderne"),
        (BELOEB, "Beløb", reverse("budget-gitter", args=et_budget), "Videre til beløbene"),
        (UDGIFTER, "Udgifter", reverse("budget-udgifter", args=et_budget), "Videre til udgifterne"),
        (KONTROL, "Kontrol", f"{reverse('budget-vis', args=et_budget)}{kontrol}", "Videre til kontrollen"),
    )
    return [Skridt(navn, url, videre, er_her=noegle == her) for noegle, navn, url, videre in alle]


def naeste(plan, budget, her: str) -> Skridt | None:
    """The step after this one; None after the last."""
    skridt = vej(plan, budget, her)
    nr = next(nr for nr, s in enumerate(skridt) if s.er_her)
    return skridt[nr + 1] if nr + 1 < len(skridt) else None
