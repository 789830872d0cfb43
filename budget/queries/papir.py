"""A budget paper as plain data: everything that is printed of a budget in a version, and can be frozen."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Max
from django.utils import timezone

from aftaler.queries.navne import papirnavne
from budget.models import Budget
from budget.queries.celler import version_i_dag
from budget.queries.finansieringstabel import Krydstabel, Sumraekke, Terning, terning
from budget.queries.kontrol import medfinansiering_af, regelvaerdier
from budget.queries.lagtabel import Lagtabel, lagtabel
from budget.queries.plangrundlag import budgetramme
from budget.queries.revisioner import Vistrevision, revisioner
from budget.queries.udgifter import Udgifter, balance_af, udgiftstabel
from budget.queries.version import Version
from budget.rules.medfinansiering import Medfinansiering
from helhedsplan.formats import lang_dato, opremsning
from helhedsplan.former import USAGT, kun_naar_sagt
from helhedsplan.models import Haendelse
from helhedsplan.tid import tid

#: The facts that a frozen edition leaves out: it has a date of its own.
AENDRET, OPGJORT = "Senest ændret", "Opgjort pr."
MED_TID = (AENDRET, OPGJORT)


@dataclass(frozen=True)
class Papirlinje:
    navn: str
    beloeb: tuple[Decimal | None, ...]
    i_alt: Decimal


@dataclass(frozen=True)
class Papirtabel:
    kolonner: tuple[str, ...]
    raekker: tuple[Papirlinje, ...]
    total: Papirlinje


@dataclass(frozen=True)
class Papirdelta:
    """One change in a revision: a financier with its kind, or an account."""

    hvem: str
    formaal: str
    aar: str
    delta: Decimal


@dataclass(frozen=True)
class Papirrevision:
    titel: str
    dato: date
    godkendt_den: date | None
    begrundelse: str
    linjer: tuple[Papirdelta, ...]
    maerke: str = ""
    godkendt_den_sagt: str = kun_naar_sagt()

    @property
    def godkendt(self) -> str:
        """When it was approved, after that word."""
        hvornaar = tid(self.godkendt_den, self.godkendt_den_sagt)
        return "en dag, der ikke er oplyst" if hvornaar.er_ikke_oplyst else str(hvornaar)


@dataclass(frozen=True)
class Budgetpapir:
    """Everything that is printed, as plain data that can be frozen: text, numbers and dates in dataclasses and tuples.
    `aendret` is when the budget last changed, never "now"."""

    plan_noegle: str
    plan_navn: str
    kort_navn: str
    budget_noegle: str
    titel: str
    parter: tuple[str, ...]
    fakta: tuple[tuple[str, tuple[str, ...]], ...]
    medfinansiering: Medfinansiering
    kryds: Krydstabel
    pr_kilde: Papirtabel
    pr_formaal: Papirtabel
    formler: tuple[tuple[str, str], ...]
    pr_konto: Papirtabel
    revisioner: tuple[Papirrevision, ...]
    aendret: datetime | None
    #: How costs and financing balance, in a sentence; '' in what was frozen before that was kept.
    balance: str = ""
    #: What was first granted, what each layer on top brings, and all of it; None without layers that bring money.
    pr_lag: Lagtabel | None = field(default=None, metadata=USAGT)

    @property
    def forskel(self) -> Decimal:
        return self.kryds.i_alt - self.pr_konto.total.i_alt


def papirindhold(budget: Budget, version: Version | None = None) -> Budgetpapir:
    """A budget in a version, the one that counts today without. A constant number of queries."""
    plan, over, regler = budget.plan, budgetramme(budget), regelvaerdier(budget.plan)
    version = version or version_i_dag(budget)
    bidrag, udgifter = version.bidrag, version.udgifter
    finansiering = terning(budget, over=over, celler=bidrag, oplyst=version.oplyst)
    giver = {noegle.kilde for noegle in bidrag}  # of the others nothing is told, which is not 0
    pr_kilde = tuple(r for pk, r in zip(over.kilder, finansiering.pr_kilde, strict=True) if pk in giver)
    poster = udgiftstabel(budget, over=over, udgifter=udgifter)
    hedder = papirnavne(plan)
    aendret = Haendelse.objects.om(budget).aggregate(m=Max("tidspunkt"))["m"]
    return Budgetpapir(
        plan_noegle=plan.noegle,
        plan_navn=hedder.plan,
        kort_navn=hedder.kort,
        budget_noegle=budget.noegle,
        titel=budget.navn if "budget" in budget.navn.lower() else f"Budget: {budget.navn}",
        parter=hedder.parter,
        fakta=_fakta(version, hedder.parter, aendret),
        medfinansiering=medfinansiering_af(version, over.kilder, regler),
        kryds=finansiering.kryds,
        pr_kilde=_tabel(finansiering, pr_kilde),
        pr_formaal=_tabel(finansiering, finansiering.pr_formaal),
        formler=_formler(finansiering),
        pr_konto=_tabel(poster, poster.pr_konto),
        revisioner=tuple(_revision(r) for r in revisioner(budget) if r.revision in version.gaelder)
        if version.gaelder
        else (),
        aendret=aendret,
        balance=balance_af(over, bidrag, udgifter, version.oplyst, version.ensidige_lag).i_ord,
        pr_lag=lagtabel(version, finansiering.kolonner),
    )


def _fakta(version: Version, parter: tuple[str, ...], aendret: datetime | None):
    """What stands at the head of the paper: (name, lines) for whatever is known."""
    budget = version.budget
    fakta = (
        ("Periode", (budget.plan.periode,)),
        ("Parter", parter),
        ("Budget", (version.navn, version.senere)),
        (OPGJORT, (lang_dato(version.dato) if version.er_mere_end_bevilget or version.kommende else "",)),
        ("I alt", (version.oplyst_i_ord,)),
        ("Pulje", (budget.plan.puljen,)),
        (AENDRET, (lang_dato(timezone.localdate(aendret)) if aendret else "",)),
    )
    return tuple((navn, tuple(filter(None, linjer))) for navn, linjer in fakta if any(linjer))


def _tabel(tal: Terning | Udgifter, raekker: tuple[Sumraekke, ...]) -> Papirtabel:
    return Papirtabel(tuple(k.navn for k in tal.kolonner), tuple(map(_linje, raekker)), _linje(tal.total))


def _linje(raekke: Sumraekke) -> Papirlinje:
    return Papirlinje(raekke.navn, raekke.beloeb, raekke.i_alt)


def _formler(finansiering: Terning) -> tuple[tuple[str, str], ...]:
    """(what, formula) of all that is reckoned with a rate; years of a row with the same formula stand together."""
    ud = []
    for r in finansiering.raekker:
        aar: dict[str, list[str]] = {}
        for c in r.celler:
            if c.formel:
                aar.setdefault(c.formel, []).append(c.kolonne.navn.lower())
        ud += [
            (f"{r.kilde.navn}, {r.formaal.fuldt_navn}, {opremsning(navne)}", formel) for formel, navne in aar.items()
        ]
    return tuple(ud)


def _revision(vist: Vistrevision) -> Papirrevision:
    r = vist.revision
    linjer = tuple(Papirdelta(linje.hvem, linje.formaal.fuldt_navn, linje.aar, linje.delta) for linje in vist.linjer)
    titel, sagt = f"{r}: {r.get_art_display()}", r.godkendt_den_sagt
    return Papirrevision(titel, r.dato, r.godkendt_den, r.begrundelse, linjer, vist.maerke, sagt)
