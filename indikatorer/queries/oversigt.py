"""The list of a plan's indicators, by goal, and one indicator in full. A constant number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from aftaler.models import FastIndikator, Helhedsplan
from aftaler.queries.plandele import valgte
from indikatorer.choices import Indikatorgruppe, Stedart
from indikatorer.models import Indikator, Maaling, Sted
from indikatorer.queries.sammenhaeng import indikatorerne, plansteder
from indikatorer.queries.tal import Tal, tal_for
from indikatorer.queries.udvikling import Indikatorudvikling, Serie, billeder, billedsteder, helhed, lav_billeder

STEDER_PR_SIDE = 40


def faste_mangler(plan: Helhedsplan) -> QuerySet:
    """The fixed indicators of the rule set that the plan does not have: those of its chosen indsatsområder, or all."""
    faste = FastIndikator.objects.filter(maal__indsatsomraade__regelsaet_id=plan.puljens_id)
    if omraader := valgte(plan):
        faste = faste.filter(maal__indsatsomraade__in=omraader)
    return faste.exclude(indikatorer__plan=plan).order_by("maal__nummer", "nummer")


@dataclass(frozen=True)
class Oversigtslinje:
    """One indicator in the list: its newest figures as the reader may see them."""

    billede: Indikatorudvikling
    nyeste: Tal | None
    sammenlignet: Tal | None


@dataclass(frozen=True)
class Oversigtsgruppe:
    titel: str
    linjer: list[Oversigtslinje]


@dataclass(frozen=True)
class Oversigt:
    grupper: list[Oversigtsgruppe]

    @property
    def faste(self) -> list[Indikatorudvikling]:
        """Those of the fixed indicators that there is something to draw of."""
        alle = [linje.billede for gruppe in self.grupper for linje in gruppe.linjer]
        return [b for b in alle if b.indikator.fast_id and any(s.synlige for s in b.i_lille)]


def oversigt(plan: Helhedsplan, *, se_skjulte: bool = False) -> Oversigt:
    """Fixed indicators under their goals, then the others by their group."""
    indikatorer = indikatorerne(plan)
    steder = billedsteder(plan)
    tallene = tal_for(plan, se_skjulte=se_skjulte, steder={s.pk for s in steder})
    pr_pk = {t.pk: t for t in tallene}
    grupper: dict[str, list[Oversigtslinje]] = {}
    for billede in lav_billeder(indikatorer, tallene, helhed(plan, steder)):
        nyeste, andet = billede.nyeste, billede.sammenlignet
        linje = Oversigtslinje(
            billede,
            nyeste and pr_pk.get(nyeste.pk, nyeste),
            andet and pr_pk.get(andet.pk, andet),
        )
        grupper.setdefault(_gruppe(billede.indikator), []).append(linje)
    faste = sorted((i.fast.maal for i in indikatorer if i.fast), key=lambda maal: maal.nummer)
    orden = [str(maal) for maal in faste] + [g.label for g in (Indikatorgruppe.SUPPLERENDE, Indikatorgruppe.LOKAL)]
    return Oversigt([Oversigtsgruppe(titel, grupper[titel]) for titel in dict.fromkeys(orden) if titel in grupper])


def maalbilleder(plan: Helhedsplan) -> list[Indikatorudvikling] | None:
    """For each goal the first of its indicators that there is something to draw of; None when there is none."""
    faste = list(plan.indikatorer.filter(fast__isnull=False).select_related("fast__maal").prefetch_related("maalsti"))
    pr_maal: dict[int, Indikatorudvikling] = {}
    for billede in billeder(plan, faste) if faste else []:
        if any(s.synlige for s in billede.i_lille):
            pr_maal.setdefault(billede.indikator.fast.maal.nummer, billede)
    return [pr_maal[nummer] for nummer in sorted(pr_maal)] or None


def _gruppe(indikator: Indikator) -> str:
    if indikator.fast:
        return str(indikator.fast.maal)
    supplerende = indikator.gruppe == Indikatorgruppe.SUPPLERENDE
    return (Indikatorgruppe.SUPPLERENDE if supplerende else Indikatorgruppe.LOKAL).label


# --- one indicator ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stedlinje:
    """A row of the table: a place (a Sted or a Serie) with its figure for each time, None where nothing is known."""

    sted: Sted | Serie
    celler: list[Tal | None]


@dataclass(frozen=True)
class Oversigtstabel:
    """tider: (year, event) of the columns, oldest first."""

    tider: list[tuple[int, str]]
    linjer: list[Stedlinje]

    @property
    def kolonner(self) -> list[str]:
        return [f"{begivenhed} {aar}".strip() for aar, begivenhed in self.tider]

    @property
    def har_skjulte(self) -> bool:
        return any(tal is not None and tal.skjult for linje in self.linjer for tal in linje.celler)

    def fra(self, nr: int) -> "Oversigtstabel":
        """The table from a column on."""
        return Oversigtstabel(self.tider[nr:], [Stedlinje(linje.sted, linje.celler[nr:]) for linje in self.linjer])


@dataclass(frozen=True)
class Indikatorside:
    billede: Indikatorudvikling
    tabel: Oversigtstabel
    side: int
    sider: int


def maalte_steder(indikator: Indikator) -> list[Sted]:
    """The places that the indicator is measured at, the plan's own first."""
    med_tal = set(Maaling.objects.filter(indikator=indikator).order_by().values_list("sted_id", flat=True).distinct())
    arter = list(Stedart)
    steder = [s for s in plansteder(indikator.plan) if s.pk in med_tal]
    return sorted(steder, key=lambda s: (not s.er_eget, arter.index(Stedart(s.art)), s.orden, s.pk))


def indikatorside(indikator: Indikator, *, se_skjulte: bool = False, side: int = 1) -> Indikatorside:
    """The indicator's picture, and a page of its table of places and times."""
    plan = indikator.plan
    maalte = maalte_steder(indikator)
    sider = max(1, -(-len(maalte) // STEDER_PR_SIDE))
    side = min(max(side, 1), sider)
    viste = maalte[(side - 1) * STEDER_PR_SIDE : side * STEDER_PR_SIDE]
    kendte = billedsteder(plan)
    billedets = [s for s in kendte if s in maalte]
    tallene = tal_for(
        plan, se_skjulte=se_skjulte, indikatorer={indikator.pk}, steder={s.pk for s in [*viste, *billedets]}
    )
    med = {s.pk for s in billedets}
    [billede] = lav_billeder([indikator], [t for t in tallene if t.sted in med], helhed(plan, kendte))
    return Indikatorside(billede, taltabel(viste, tallene), side, sider)


def tabelside(indikator: Indikator, sted: int) -> int:
    """Which page of the table a place stands on."""
    pladser = [s.pk for s in maalte_steder(indikator)]
    return 1 + (pladser.index(sted) // STEDER_PR_SIDE if sted in pladser else 0)


def taltabel(steder: Iterable[Sted | Serie], tallene: Iterable[Tal]) -> Oversigtstabel:
    pr_celle = {(t.sted, t.aar, t.begivenhed): t for t in tallene}
    tider = sorted({(aar, begivenhed) for _, aar, begivenhed in pr_celle})
    return Oversigtstabel(tider, [Stedlinje(s, [pr_celle.get((s.pk, *tid)) for tid in tider]) for s in steder])
