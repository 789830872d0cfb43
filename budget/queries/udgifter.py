"""The costs of a budget as a table, and how they balance with the financing."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from budget.models import Budget, Konto
from budget.queries.celler import indhold
from budget.queries.finansieringstabel import (
    Kolonne,
    Sumraekke,
    Vistcelle,
    kolonner,
    med_i_alt,
    orden_af,
    summer_pr_noegle,
    sumraekke,
)
from budget.queries.plangrundlag import Formaalsvalg, Plangrundlag, budgetramme
from budget.rules.balance import Balanceforskel, ensidigt, lag_uden_balance
from budget.rules.balance import i_ord as balance_i_ord
from budget.rules.celler import NUL, Formaal, Udgiftsnoegle, Vaerdi
from budget.rules.oplyst import Oplyst


@dataclass(frozen=True)
class Udgiftsraekke:
    """One row of the costs: an account and a purpose."""

    id: str
    konto: Konto
    formaal: Formaalsvalg
    celler: tuple[Vistcelle, ...]
    i_alt: Decimal


@dataclass(frozen=True)
class Udgifter:
    """The costs of one budget, in the same columns as its financing."""

    budget: Budget
    ramme: Plangrundlag
    kolonner: tuple[Kolonne, ...]
    celler: dict[Udgiftsnoegle, Vaerdi] = field(repr=False)
    gitter: frozenset[str] | None
    pr_konto: tuple[Sumraekke, ...]
    pr_formaal: tuple[Sumraekke, ...]
    total: Sumraekke

    @cached_property
    def raekker(self) -> tuple[Udgiftsraekke, ...]:
        return self.raekker_til(None)

    def raekker_til(self, formaal: Formaal | None) -> tuple[Udgiftsraekke, ...]:
        """The rows of one purpose, or of all."""
        return _udgiftsraekker(self.ramme, self.celler, self.kolonner, self.gitter, formaal)

    @property
    def i_alt(self) -> Decimal:
        return self.total.i_alt


@dataclass(frozen=True)
class Balance:
    """Costs held up against financing, by column and in all. `forskel` is financing minus costs, and `usikkerhed` how
    much of it rounding may account for, by column and last in all."""

    kolonner: tuple[Kolonne, ...]
    finansiering: Sumraekke
    udgifter: Sumraekke
    forskel: Sumraekke
    usikkerhed: tuple[Decimal, ...]
    #: Which side nothing is written of, in a sentence: there is then nothing to hold the other one up against.
    mangler: str = ""

    @property
    def kan_holdes_op_pr_aar(self) -> bool:
        """Whether everything is split on years, so that the years can be compared one by one."""
        return all(kolonne.planaar is not None for kolonne in self.kolonner)

    @property
    def i_ord(self) -> str:
        """The one sentence of page and paper."""
        if self.mangler:
            return self.mangler
        forskelle = [Balanceforskel(b or NUL, u) for b, u in zip(self.forskel.beloeb, self.usikkerhed, strict=False)]
        aar = [(k.navn, f) for k, f in zip(self.kolonner, forskelle, strict=True)]
        i_alt = Balanceforskel(self.forskel.i_alt, self.usikkerhed[-1])
        return balance_i_ord(i_alt, aar if self.kan_holdes_op_pr_aar else None)


def udgift_id(konto: str, formaal: str, planaar: int | None) -> str:
    return f"udgift-{konto}.{formaal.replace('/', '_')}.{planaar or 0}"


def udgiftstabel(
    budget: Budget,
    *,
    dato: date | None = None,
    gitter: set[str] | None = None,
    over: Plangrundlag | None = None,
    udgifter: dict[Udgiftsnoegle, Vaerdi] | None = None,
) -> Udgifter:
    """The costs of a budget; arguments as for `terning`."""
    over = over or budgetramme(budget)
    if udgifter is None:
        _, udgifter = indhold(budget, dato=dato)
    kol = kolonner(over.planaar, {n.planaar for n in udgifter}, ufordelt=gitter is not None)
    pr_konto, pr_formaal = (summer_pr_noegle() for _ in range(2))
    i_alt: dict = defaultdict(lambda: NUL)
    for n, v in udgifter.items():
        pr_konto[n.konto][n.planaar] += v.beloeb
        pr_formaal[n.formaal][n.planaar] += v.beloeb
        i_alt[n.planaar] += v.beloeb
    hele = sum(i_alt.values(), NUL)
    return Udgifter(
        budget=budget,
        ramme=over,
        kolonner=kol,
        celler=udgifter,
        gitter=None if gitter is None else frozenset(gitter),
        pr_konto=tuple(sumraekke(k.navn, pr_konto[pk], kol, hele, k) for pk, k in over.konti.items() if pk in pr_konto),
        pr_formaal=tuple(
            sumraekke(valg.fuldt_navn, pr_formaal[f], kol, hele, valg)
            for f, valg in over.formaal.items()
            if f in pr_formaal
        ),
        total=sumraekke("I alt", i_alt, kol, hele),
    )


def _udgiftsraekker(
    over: Plangrundlag, udgifter: dict, kol: tuple[Kolonne, ...], gitter, kun: Formaal | None
) -> tuple[Udgiftsraekke, ...]:
    brugte = {(n.konto, n.formaal) for n in udgifter}
    if gitter is not None:
        brugte |= {(k, over.formaal_af[n].formaal) for k in over.konti for n in gitter if n in over.formaal_af}
    if kun is not None:
        brugte = {(k, f) for k, f in brugte if f == kun}
    kontoorden, formaalsorden = orden_af(over.konti), orden_af(over.formaal)
    raekker = []
    for konto_pk, formaal in sorted(brugte, key=lambda r: (formaalsorden[r[1]], kontoorden[r[0]])):
        konto, valg = over.konti[konto_pk], over.formaal[formaal]
        viste = tuple(
            Vistcelle(
                udgift_id(konto.noegle, valg.noegle, k.planaar),
                k,
                udgifter.get(Udgiftsnoegle(konto_pk, formaal, k.planaar)),
                "",
                "",
            )
            for k in kol
        )
        i_alt = sum((c.beloeb for c in viste if c.beloeb is not None), NUL)
        raekker.append(
            Udgiftsraekke(f"udgifter-{konto.noegle}.{valg.noegle.replace('/', '_')}", konto, valg, viste, i_alt)
        )
    return tuple(raekker)


def balance(budget: Budget, *, dato: date | None = None) -> Balance:
    """Costs against financing. At most nine queries."""
    over = budgetramme(budget)
    bidrag, udgift = indhold(budget, dato=dato)
    return balance_af(over, bidrag, udgift)


def balance_af(
    over: Plangrundlag, bidrag: dict, udgift: dict, oplyst: Oplyst | None = None, ensidige_lag: str = ""
) -> Balance:
    """oplyst: the total of the financing that is stated; the years are those of the cells. ensidige_lag: the layers on
    top of which one side only is written."""
    kol = kolonner(over.planaar, {n.planaar for n in bidrag} | {n.planaar for n in udgift})
    plus, minus = _pr_aar(bidrag), _pr_aar(udgift)
    hele = oplyst.i_alt if oplyst else sum(plus.values(), NUL)
    # A year of one side alone tells no difference where some of the other's money is not split on years.
    kendt = plus | minus if None not in plus | minus else (plus.keys() & minus.keys()) | {None}
    forskel = {aar: plus.get(aar, NUL) - minus.get(aar, NUL) for aar in kendt}
    usikre = _pr_aar(bidrag, "usikkerhed"), _pr_aar(udgift, "usikkerhed")
    hver = [sum((side.get(k.planaar, NUL) for side in usikre), NUL) for k in kol]
    # A stated total stands for all the cells of the financing, with its own rounding.
    i_alt = oplyst.usikkerhed + sum(usikre[1].values(), NUL) if oplyst else sum(hver, NUL)
    return Balance(
        kol,
        med_i_alt(sumraekke("Finansiering", plus, kol, hele), oplyst),
        sumraekke("Udgifter", minus, kol, hele),
        replace(sumraekke("Forskel", forskel, kol, hele), i_alt=hele - sum(minus.values(), NUL)),
        (*hver, i_alt),
        mangler=ensidigt(bool(bidrag) or oplyst is not None, bool(udgift))
        or (lag_uden_balance(ensidige_lag) if ensidige_lag else ""),
    )


def _pr_aar(vaerdier: dict, hvad: str = "beloeb") -> dict[int | None, Decimal]:
    ud: dict = defaultdict(lambda: NUL)
    for noegle, vaerdi in vaerdier.items():
        ud[noegle.planaar] += getattr(vaerdi, hvad)
    return dict(ud)
