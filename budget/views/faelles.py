"""What the budget's views share: the plan's frame, the budget asked for, and its figures read once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from aftaler.views.faelles import PlanMixin
from aftaler.views.rediger import PlanRediger
from budget.models import Budget
from budget.queries.celler import Laesning, laes
from budget.queries.finansieringstabel import Terning, terning
from budget.queries.kontrol import Regelvaerdier, fund_af, medfinansiering_af, regelvaerdier, satsskift
from budget.queries.lagtabel import Lagtabel, lagtabel
from budget.queries.plangrundlag import Plangrundlag, budgetramme
from budget.queries.udgifter import Balance, Udgifter, balance_af, udgiftstabel
from budget.queries.version import Version
from budget.rules.kontrol import Satsskift
from budget.rules.medfinansiering import Medfinansiering
from helhedsplan.fund import Fund, vaerst_foerst
from helhedsplan.rettigheder import Rettighed
from helhedsplan.sidecache import genbrug


def hent_budget(plan, noegle: str) -> Budget:
    """A budget of the plan, with the plan at hand."""
    fundet = plan.budgetter.filter(noegle=noegle).first()
    if fundet is None:
        raise Http404("Planen har ikke det budget.")
    fundet.plan = plan
    return fundet


def dato_af(request) -> date | None:
    """The version that an address asks for: `?version=bevilget` as it was granted, or a day; today without."""
    valgt = request.GET.get("version", "")
    if valgt == "bevilget":
        return None
    try:
        return date.fromisoformat(valgt) if valgt else timezone.localdate()
    except ValueError:
        raise Http404("Den version af budgettet findes ikke. Skriv en dato som 2026-11-28, eller bevilget.") from None


def ved_felter(fejl: ValidationError, felt_af: dict[str, str]) -> ValidationError:
    """Faults by id of the cell as faults by field of the form."""
    if not hasattr(fejl, "error_dict"):
        return fejl
    return ValidationError({felt_af[id_]: beskeder for id_, beskeder in fejl.message_dict.items()})


@dataclass
class Budgettal:
    """One budget with everything that its pages show, from one reading: as written, or revised as of `dato`."""

    budget: Budget
    dato: date | None = None

    @cached_property
    def over(self) -> Plangrundlag:
        return budgetramme(self.budget)

    @cached_property
    def laest(self) -> Laesning:
        return laes(self.budget)

    @cached_property
    def version(self) -> Version:
        return self.laest.pr(self.dato)

    @property
    def indhold(self):
        return self.version.bidrag, self.version.udgifter

    @property
    def er_tomt(self) -> bool:
        """No amount is written: then nothing can be said of it, neither good nor bad."""
        return not any(self.indhold) and self.version.oplyst is None

    @cached_property
    def regler(self) -> Regelvaerdier:
        return regelvaerdier(self.budget.plan)

    @cached_property
    def terning(self) -> Terning:
        return terning(self.budget, over=self.over, celler=self.indhold[0], oplyst=self.version.oplyst)

    @cached_property
    def udgifter(self) -> Udgifter:
        return udgiftstabel(self.budget, over=self.over, udgifter=self.indhold[1])

    @cached_property
    def balance(self) -> Balance:
        v = self.version
        return balance_af(self.over, v.bidrag, v.udgifter, v.oplyst, v.ensidige_lag)

    @cached_property
    def medfinansiering(self) -> Medfinansiering:
        return medfinansiering_af(self.version, self.over.kilder, self.regler)

    @cached_property
    def lagtabel(self) -> Lagtabel | None:
        return lagtabel(self.version, self.terning.kolonner)

    @cached_property
    def satsskift(self) -> list[Satsskift]:
        """The amounts that could be reckoned anew, because their rate changes within the plan year or before it."""
        return list(satsskift(self.over, self.version.bidrag))

    @cached_property
    def fund(self) -> list[Fund]:
        """The findings, worst first, with what the actuals say."""
        return vaerst_foerst(fund_af(self.version, self.over, self.regler, med_forbrug=True))


class BudgetplanMixin(PlanMixin):
    """Pages under a plan's budget: breadcrumb by way of the overview, and `self.budget` where the address names one."""

    rettighed = Rettighed.BUDGET
    side = ""

    def get_context_data(self, **kwargs):
        maa_rette = Rettighed.RET_BUDGET in self.plan.rettigheder
        return super().get_context_data(**kwargs) | {"maa_rette": maa_rette}

    @cached_property
    def budget(self) -> Budget:
        return hent_budget(self.plan, self.kwargs["budget"])

    @cached_property
    def overblik_url(self) -> str:
        return reverse("budget-overblik", args=[self.plan.noegle])

    def krummer(self):
        skridt = [("Budget", self.overblik_url)]
        if "budget" in self.kwargs:
            skridt.append((self.budget.navn, self.budget.get_absolute_url()))
        return [*skridt, self.titel_tekst()]

    def titel_tekst(self) -> str:
        return self.side

    def tegnet(self, hvad: str, tegn: Callable[[], SafeString]) -> SafeString:
        """A page's body, drawn once for each state of the plan and each right. `hvad` names all else it depends on."""
        maa_rette = Rettighed.RET_BUDGET in self.plan.rettigheder
        return genbrug(f"{hvad} {self.plan.noegle} {maa_rette}", [self.plan.noegle], tegn)


class BudgetRediger(BudgetplanMixin, PlanRediger):
    """An edit page under the budget: `tilbage` is the named page it leads to."""

    rettighed = Rettighed.RET_BUDGET
    tilbage = "budget-overblik"
    anker = ""

    def titel_tekst(self):
        return self.titel

    def efter_url(self):
        return reverse(self.tilbage, args=[self.plan.noegle]) + self.anker
