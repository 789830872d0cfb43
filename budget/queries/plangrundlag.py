"""The frame that a plan's amounts stand in: years, financiers, purposes, accounts and rates, read once."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from aftaler.models import Aktivitet, Helhedsplan, Lag
from aftaler.queries.plandele import delaftalerne
from budget.models import Budget, Finansieringskilde, Konto, Sats, Satsvaerdi
from budget.rules.celler import FAELLES, Formaal
from budget.rules.perioder import Planaaret, planaar
from helhedsplan.laest import laest_en_gang


@dataclass(frozen=True)
class Formaalsvalg:
    """A purpose as people choose it. `noegle`: 'faelles', '<indsatsområde>' or '<indsatsområde>/<aktivitet>'."""

    noegle: str
    navn: str
    formaal: Formaal
    indsatsomraade: str = ""

    @property
    def fuldt_navn(self) -> str:
        return f"{self.indsatsomraade}: {self.navn}" if self.formaal.aktivitet else self.navn


@dataclass(frozen=True)
class Plangrundlag:
    """kilder, konti, satsvaerdier and formaal are in the order they are shown, by key of the database."""

    plan: Helhedsplan
    planaar: list[Planaaret]
    kilder: dict[int, Finansieringskilde]
    formaal: dict[Formaal, Formaalsvalg]
    konti: dict[int, Konto]
    satser: list[Sats]
    satsvaerdier: dict[int, Satsvaerdi]
    kilde_af: dict[str, Finansieringskilde] = field(repr=False)
    formaal_af: dict[str, Formaalsvalg] = field(repr=False)
    konto_af: dict[str, Konto] = field(repr=False)
    sats_af: dict[str, Sats] = field(repr=False)

    def satsvaerdi_for(self, sats: Sats, dag: date | None) -> Satsvaerdi | None:
        """What a rate is on a day (its first value before that; the newest when no day is known)."""
        vaerdier = list(sats.vaerdier.all())
        gaeldende = [v for v in vaerdier if dag is None or v.gaelder_fra <= dag]
        return (gaeldende or vaerdier[:1] or [None])[-1]

    def foerste_dag(self, planaar_nr: int | None) -> date | None:
        """The day whose rates a plan year is reckoned with."""
        aar = self.planaar[min(planaar_nr or 1, len(self.planaar)) - 1]
        return aar.fra


def budgetramme(budget: Budget) -> Plangrundlag:
    """The frame that a budget's amounts stand in: the plan's, and for the money of a layer with the years that it
    brings, also before it counts."""
    return ramme(budget.plan, budget.lag)


@laest_en_gang
def ramme(plan: Helhedsplan, lag: Lag | None = None) -> Plangrundlag:
    """The frame of a plan, or of what would be with a layer. Six queries; two more with a layer."""
    kilder = {k.pk: k for k in plan.finansieringskilder.select_related("organisation", "afdeling")}
    konti = {k.pk: k for k in Konto.objects.filter(Q(plan=plan) | Q(plan=None, regelsaet=plan.regelsaet_id))}
    satser = list(plan.satser.prefetch_related("vaerdier"))
    formaal = _formaal(plan)
    vaerdier = {}
    for sats in satser:
        for vaerdi in sats.vaerdier.all():
            vaerdi.sats = sats
            vaerdier[vaerdi.pk] = vaerdi
    return Plangrundlag(
        plan=plan,
        planaar=planaar(plan, lag.perioden_med().til if lag else None),
        kilder=kilder,
        formaal={f.formaal: f for f in formaal},
        konti=konti,
        satser=satser,
        satsvaerdier=vaerdier,
        kilde_af={k.noegle: k for k in kilder.values()},
        formaal_af={f.noegle: f for f in formaal},
        konto_af={k.noegle: k for k in sorted(konti.values(), key=lambda k: k.plan_id is not None)},
        sats_af={s.noegle: s for s in satser},
    )


def _formaal(plan: Helhedsplan) -> list[Formaalsvalg]:
    aktiviteter: dict[int, list[Aktivitet]] = defaultdict(list)
    for a in Aktivitet.objects.filter(delaftale__plan=plan).only("pk", "noegle", "navn", "delaftale_id"):
        aktiviteter[a.delaftale_id].append(a)
    valg = [Formaalsvalg(FAELLES, "Fælles", Formaal())]
    for aftale in delaftalerne(plan):
        omraade = aftale.indsatsomraade
        valg.append(Formaalsvalg(omraade.noegle, omraade.navn, Formaal(delaftale=aftale.pk), omraade.navn))
        valg += [
            Formaalsvalg(f"{omraade.noegle}/{a.noegle}", a.navn, Formaal(aktivitet=a.pk), omraade.navn)
            for a in aktiviteter[aftale.pk]
        ]
    return valg
