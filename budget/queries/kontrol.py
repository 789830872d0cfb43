"""Reads what the rules of the budget look at, in a constant number of queries, and runs them; also on unsaved cells."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Q

from aftaler.models import Helhedsplan
from aftaler.queries.indstillinger import Parameterlinje, parametre
from budget.choices import Budgetart, Enhed
from budget.models import Budget, Puljetilsagn
from budget.queries.celler import indhold, version_i_dag
from budget.queries.finansieringstabel import Terning, celle_id, terning
from budget.queries.indtastning import Indtastningscelle, Udgiftscelle, anvend_celler, anvend_udgifter
from budget.queries.opfoelgning import opfoelgning_af
from budget.queries.plangrundlag import Plangrundlag, budgetramme
from budget.queries.sammenligning import gaeldende
from budget.queries.udgifter import Balance, balance_af, udgift_id
from budget.queries.version import Version
from budget.rules.celler import NUL, OERE
from budget.rules.kontrol import (
    EGEN,
    Budgetgrundlag,
    Forbrugsgrundlag,
    Gulv,
    Kildeforbrug,
    Loft,
    Satsskift,
    Ubrugt,
    alle_fund,
)
from budget.rules.medfinansiering import Medfinansiering, medfinansiering
from budget.rules.niveau import PARAMETER as STOR_REVISION
from budget.rules.oplyst import Oplyst
from helhedsplan.choices import Alvor
from helhedsplan.formats import tal
from helhedsplan.fund import Fund
from helhedsplan.laest import laest_en_gang


@dataclass(frozen=True)
class Regelvaerdier:
    """What the plan's rules measure the budget by: the floor, every cap on the kommune's share, and when a
    revision is large."""

    gulv: Gulv
    gulv_pct: object
    lofter: list[Loft]
    stor_pct: Decimal | None = None

    @property
    def loft_pct(self):
        return min((loft.pct for loft in self.lofter), default=None)


@laest_en_gang
def regelvaerdier(plan: Helhedsplan) -> Regelvaerdier:
    """Three queries."""
    alle = {p.noegle: p for p in parametre(plan)}
    mindst, kontant = alle.get("lokal_min_pct"), alle.get("lokal_kontant_min")
    gulv = Gulv(
        _kilde(mindst) if mindst else EGEN,
        bool(mindst and mindst.verificeret),
        kontant.vaerdi if kontant else None,
    )
    lofter = []
    if (loft := alle.get("kommune_max_pct")) and loft.vaerdi is not None:
        lofter.append(Loft(loft.vaerdi, _kilde(loft), loft.verificeret))
    egne = Q(plan=plan) | Q(faelles_med=plan)
    tilsagn = Puljetilsagn.objects.filter(egne, pulje__hoejst_andel__isnull=False).select_related("pulje").distinct()
    lofter += [Loft(t.pulje.hoejst_andel, f"Kommunens praksis i {t.pulje}", False) for t in tilsagn]
    stor = alle.get(STOR_REVISION)
    return Regelvaerdier(gulv, mindst.vaerdi if mindst else None, lofter, stor.vaerdi if stor else None)


def _kilde(parameter: Parameterlinje) -> str:
    """Where a value comes from: the plan itself, its rule set's source, or the rule set by its name."""
    return "Planens egen værdi" if parameter.egen else parameter.kilde or f"Regelsættet {parameter.regelsaet}"


def medfinansiering_for(budget: Budget, version: Version | None = None) -> Medfinansiering:
    """The local share of a budget, with all its figures: of a scenario too. At most twelve queries."""
    version = version or version_i_dag(budget)
    return medfinansiering_af(version, budgetramme(budget).kilder, regelvaerdier(budget.plan))


def medfinansiering_af(version: Version, kilder: dict, vaerdier: Regelvaerdier) -> Medfinansiering:
    """The same from what is read already. The floor and the cap are of the whole, never of a layer by itself."""
    er_lag = version.budget.art == Budgetart.LAG
    gulv, loft = (None, None) if er_lag else (vaerdier.gulv_pct, vaerdier.loft_pct)
    return medfinansiering(version.bidrag, kilder, gulv, loft, version.oplyst, uden_lag=version.lag_uden_kilder)


def grundlag(
    budget: Budget,
    over: Plangrundlag,
    bidrag: dict,
    udgift: dict,
    *,
    vaerdier: Regelvaerdier,
    forbrug: Forbrugsgrundlag | None = None,
    oplyst: Oplyst | None = None,
    version: Version | None = None,
) -> Budgetgrundlag:
    """version: what is read of the budget and its layers, where the cells are its own."""
    return Budgetgrundlag(
        plan=over.plan,
        budget=budget,
        planaar=over.planaar,
        kilder=over.kilder,
        celler=bidrag,
        udgifter=udgift,
        medfinansiering=medfinansiering_af(version, over.kilder, vaerdier)
        if version
        else medfinansiering(bidrag, over.kilder, vaerdier.gulv_pct, vaerdier.loft_pct, oplyst),
        gulv=vaerdier.gulv,
        lofter=vaerdier.lofter,
        celle_id=lambda n: celle_id(over.kilder[n.kilde].noegle, n.art, over.formaal[n.formaal].noegle, n.planaar),
        udgift_id=lambda n: udgift_id(over.konti[n.konto].noegle, over.formaal[n.formaal].noegle, n.planaar),
        forbrug=forbrug,
        satsskift=tuple(satsskift(over, bidrag)),
        oplyst=oplyst,
        grund=version.grund if version else bidrag,
        ensidige_lag=version.ensidige_lag if version else "",
        afvigende_lag=version.afvigende_lag if version else (),
    )


def satsskift(over: Plangrundlag, bidrag: dict) -> Iterator[Satsskift]:
    """The cells whose amount differs from their quantity at each rate by the days it is in force in the plan year: the
    rate changes within it, or the whole year has another rate than the one it is reckoned with."""
    aarene = {aar.nr: (aar.fra, aar.til) for aar in over.planaar if aar.fra and aar.til}
    for noegle, v in bidrag.items():
        if v.maengde is None or v.satsvaerdi not in over.satsvaerdier or noegle.planaar not in aarene:
            continue
        (fra, til), sats = aarene[noegle.planaar], over.satsvaerdier[v.satsvaerdi].sats
        skift = [s.gaelder_fra for s in sats.vaerdier.all() if fra < s.gaelder_fra <= til]
        gaelder = over.satsvaerdi_for(sats, fra)
        if gaelder is None or (not skift and gaelder.beloeb == over.satsvaerdier[v.satsvaerdi].beloeb):
            continue
        priser = [(dag, pris.beloeb) for dag in (fra, *sorted(skift)) if (pris := over.satsvaerdi_for(sats, dag))]
        slutter = [dag for dag, _ in priser[1:]] + [til + timedelta(days=1)]
        dele = tuple(((b - a).days, pris) for (a, pris), b in zip(priser, slutter, strict=True))
        vaegtet = sum((dage * pris for dage, pris in dele), NUL)
        efter_dage = (v.maengde * vaegtet / ((til - fra).days + 1)).quantize(OERE, rounding=ROUND_HALF_UP)
        if efter_dage != v.beloeb:
            maengde = f"{tal(v.maengde.normalize())} {Enhed(sats.enhed).flertal}"
            siden, hele = (min(skift), None) if skift else (gaelder.gaelder_fra, gaelder.pk)
            yield Satsskift(noegle, str(sats), siden, v.beloeb, efter_dage, dele, maengde, hele)


def ufordelte_med_gammel_sats(over: Plangrundlag, bidrag: dict) -> dict:
    """The amounts whose rate has got a later value, and which are not reckoned anew: they are not split on years."""
    ud = {}
    for noegle, v in bidrag.items():
        if noegle.planaar is None and v.maengde is not None and v.satsvaerdi in over.satsvaerdier:
            egen = over.satsvaerdier[v.satsvaerdi]
            if any(s.gaelder_fra > egen.gaelder_fra for s in egen.sats.vaerdier.all()):
                ud[noegle] = v
    return ud


def budgetfund(plan: Helhedsplan) -> list[Fund]:
    """This room's findings on a plan: of the budget that counts, with its approved revisions; none without one."""
    budget = gaeldende(plan)
    return fund_for(budget, med_forbrug=True) if budget else []


#: A budget with one of these holds nothing, or does not balance.
HULKODER = {"udgifter-mangler", "udgifter-uden-finansiering", "finansiering-uden-udgifter"}


def budgethuller(plan: Helhedsplan) -> dict[tuple[str, str], list[str]]:
    """What the budget that counts lacks to be one."""
    budget = gaeldende(plan)
    if budget is None:
        return {}
    mangler = huller_i(budget)
    return {("budget", budget.noegle): mangler} if mangler else {}


@laest_en_gang
def huller_i(budget: Budget) -> list[str]:
    """What any budget lacks to be one, in the version that its paper is printed of."""
    version = version_i_dag(budget)
    if not (version.bidrag or version.udgifter):
        return ["Budgettet har ingen beløb"]
    fund = fund_af(version, budgetramme(budget), regelvaerdier(budget.plan), med_forbrug=False)
    return [f.besked.rstrip(".") for f in fund if f.kode in HULKODER]


def fund_for(budget: Budget, *, med_forbrug: bool = False) -> list[Fund]:
    """The findings on one budget, a scenario too; with `med_forbrug` also what the actuals say of it. At most 13
    queries."""
    return fund_af(version_i_dag(budget), budgetramme(budget), regelvaerdier(budget.plan), med_forbrug=med_forbrug)


@dataclass(frozen=True)
class Forbehold:
    """What stands against calling a budget right: what the rules call faults, and what they cannot see, in Danish."""

    fejl: tuple[str, ...]
    uset: tuple[str, ...]

    def __bool__(self):
        return bool(self.fejl or self.uset)

    @property
    def i_ord(self) -> str:
        hvad = [("har fejl", self.fejl), ("kan ikke efterses på alle punkter", self.uset)]
        return f"Budgettet {' og '.join(ord_ for ord_, beskeder in hvad if beskeder)}"


def forbehold(budget: Budget) -> Forbehold:
    """Held against a budget that is to be approved. At most 13 queries."""
    fund = fund_for(budget)
    return Forbehold(
        tuple(f.besked for f in fund if f.alvor == Alvor.FEJL), tuple(f.besked for f in fund if f.kan_ikke_ses)
    )


def fund_i(version: Version, over: Plangrundlag) -> list[Fund]:
    """The findings on a version of a budget, with what the actuals say. Four queries."""
    return fund_af(version, over, regelvaerdier(over.plan), med_forbrug=True)


def fund_af(version: Version, over: Plangrundlag, vaerdier: Regelvaerdier, *, med_forbrug: bool) -> list[Fund]:
    """The same from what is read already. One query with the actuals, none without."""
    med_forbrug &= version.budget.art != Budgetart.LAG  # what is spent is spent of the whole
    forbrug = _forbrug(over, version) if med_forbrug else None
    bidrag, udgift = version.bidrag, version.udgifter
    g = grundlag(
        version.budget,
        over,
        bidrag,
        udgift,
        vaerdier=vaerdier,
        forbrug=forbrug,
        oplyst=version.oplyst_tal,
        version=version,
    )
    return alle_fund(g)


def _forbrug(over: Plangrundlag, version: Version) -> Forbrugsgrundlag:
    fulgt = opfoelgning_af(over, version)
    tal = next((t for t in fulgt.i_alt.kvartaler if t.kvartal == fulgt.frem), None)
    linjer = [*fulgt.linjer, fulgt.i_alt] if fulgt.seneste else []
    return Forbrugsgrundlag(
        ubrugt=Ubrugt(tal.kvartal, tal.ubrugt_akk, tal.budget_akk) if tal else None,
        kilder=tuple(
            Kildeforbrug(f.navn, f.budget_i_alt, f.forbrug_til_dato, f.prognose, i_alt=f.kilde is None)
            for f in linjer
            if f.forbrug_til_dato is not None
        ),
        mangler=fulgt.mangler_i_ord(),
        ufordelt=fulgt.ufordelt,
        ufordelt_til=fulgt.ufordelt_til,
    )


@dataclass(frozen=True)
class Pengeoverblik:
    """What a plan's overview says of the money: the budget that counts, by name and key, and its local share."""

    navn: str
    noegle: str
    version: str
    medfinansiering: Medfinansiering


def pengeoverblik(plan: Helhedsplan) -> Pengeoverblik | None:
    """None while the plan has no budget with amounts in it. At most fourteen queries."""
    budget = gaeldende(plan)
    if budget is None:
        return None
    version = version_i_dag(budget)
    m = medfinansiering_for(budget, version)
    return Pengeoverblik(budget.navn, budget.noegle, version.navn, m) if m.i_alt else None


@dataclass(frozen=True)
class Budgetproeve:
    """A budget as it would be with what is typed and not saved: faults by id of the cell; all figures follow the cells
    without fault."""

    fejl: dict[str, list[str]]
    terning: Terning
    balance: Balance
    medfinansiering: Medfinansiering
    fund: list[Fund]


def proev(
    budget: Budget, *, celler: Iterable[Indtastningscelle] = (), udgifter: Iterable[Udgiftscelle] = (), skala: int = 1
) -> Budgetproeve:
    """The rules while one types: nothing is saved. Takes what `actions.budget.gem_celler` takes. Twelve queries."""
    over = budgetramme(budget)
    bidrag, udgift = indhold(budget)
    nye = anvend_celler(over, bidrag, celler, skala=skala)
    nye_udgifter = anvend_udgifter(over, udgift, udgifter, skala=skala)
    vaerdier = regelvaerdier(budget.plan)
    g = grundlag(budget, over, nye.vaerdier, nye_udgifter.vaerdier, vaerdier=vaerdier, oplyst=budget.oplyst)
    return Budgetproeve(
        fejl=nye.fejl | nye_udgifter.fejl,
        terning=terning(budget, over=over, celler=nye.vaerdier),
        balance=balance_af(over, nye.vaerdier, nye_udgifter.vaerdier),
        medfinansiering=g.medfinansiering,
        fund=alle_fund(g),
    )
