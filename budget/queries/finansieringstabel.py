"""The financing of a budget as tables: the cube with all its totals, hours and premises with their formulas."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from budget.choices import Bidragsart, Kildeart
from budget.models import Budget, Finansieringskilde
from budget.queries.celler import indhold
from budget.queries.plangrundlag import Formaalsvalg, Plangrundlag, budgetramme
from budget.rules.celler import NUL, Cellenoegle, Formaal, Vaerdi, formel
from budget.rules.medfinansiering import HUNDREDE
from budget.rules.oplyst import Oplyst
from budget.rules.perioder import Planaaret
from helhedsplan.formats import kroner


@dataclass(frozen=True)
class Kolonne:
    """A plan year, or with `planaar` None what is not split on years."""

    planaar: int | None
    navn: str
    periode: str = ""


class Vistcelle(NamedTuple):
    """One cell as shown. `vaerdi` is None when nothing stands there; `id` is its id on the page and in findings."""

    id: str
    kolonne: Kolonne
    vaerdi: Vaerdi | None
    formel: str
    sats: str

    @property
    def beloeb(self) -> Decimal | None:
        return self.vaerdi.beloeb if self.vaerdi else None

    @property
    def bemaerkninger(self) -> list[str]:
        """What is said under the amount: its formula, its rounding and its note."""
        if self.vaerdi is None:
            return []
        afrundet = self.vaerdi.afrundet_til
        linjer = (self.formel, f"afrundet til {kroner(afrundet)}" if afrundet else "", self.vaerdi.note)
        return [linje for linje in linjer if linje]


@dataclass(frozen=True)
class Raekke:
    """One row of the cube: a financier, a kind and a purpose. `celler` has one for each column."""

    id: str
    kilde: Finansieringskilde
    art: Bidragsart
    formaal: Formaalsvalg
    celler: tuple[Vistcelle, ...]
    i_alt: Decimal


@dataclass(frozen=True)
class Sumraekke:
    """A total with its columns. `emne` is what it is a total of; `andel_pct` its unrounded share of the whole.

    A year's amount is None where nothing stands in the year and some of the money is not split on years.
    """

    navn: str
    beloeb: tuple[Decimal | None, ...]
    i_alt: Decimal
    andel_pct: Decimal | None
    emne: object = None


@dataclass(frozen=True)
class Krydstabel:
    """Kinds down, financiers across: the table that agreements print. `celler[art][kilde]`, and totals both ways.

    Plain data, as it may be frozen in a document: kinds by value of Bidragsart, financiers by name.
    """

    arter: tuple[str, ...]
    kilder: tuple[str, ...]
    celler: tuple[tuple[Decimal, ...], ...]
    pr_art: tuple[Decimal, ...]
    pr_kilde: tuple[Decimal, ...]
    i_alt: Decimal

    def __post_init__(self):
        bredder = {len(self.kilder), len(self.pr_kilde), *map(len, self.celler)}
        if len(bredder) != 1 or not len(self.arter) == len(self.celler) == len(self.pr_art):
            raise ValueError("Tabellens rækker og kolonner passer ikke sammen.")

    @property
    def artnavne(self) -> tuple[str, ...]:
        return tuple(Bidragsart(art).label for art in self.arter)


@dataclass(frozen=True)
class Terning:
    """The financing of one budget: rows, columns and every total, all summed from the same cells."""

    budget: Budget
    ramme: Plangrundlag
    kolonner: tuple[Kolonne, ...]
    celler: dict[Cellenoegle, Vaerdi] = field(repr=False)
    gitter: frozenset[str] | None
    pr_kilde: tuple[Sumraekke, ...]
    pr_art: tuple[Sumraekke, ...]
    pr_formaal: tuple[Sumraekke, ...]
    total: Sumraekke
    kryds: Krydstabel

    @cached_property
    def raekker(self) -> tuple[Raekke, ...]:
        return self.raekker_til(None)

    def raekker_til(self, formaal: Formaal | None) -> tuple[Raekke, ...]:
        """The rows of one purpose, or of all; in the order of financiers, purposes and kinds."""
        return _raekker(self.ramme, self.celler, self.kolonner, self.gitter, formaal)

    @property
    def i_alt(self) -> Decimal:
        return self.total.i_alt


def celle_id(kilde: str, art: str, formaal: str, planaar: int | None) -> str:
    """The id of a cell of the financing: 'celle-ishoej-kommune.kontant.faelles.1' (0 when not split on years)."""
    return f"celle-{kilde}.{art}.{formaal.replace('/', '_')}.{planaar or 0}"


def kolonner(aar: list[Planaaret], brugte: set[int | None], *, ufordelt: bool = False) -> tuple[Kolonne, ...]:
    """The plan's years, years outside it that hold amounts, and last what is not split (when used or asked for)."""
    kendte = [Kolonne(a.nr, a.navn, a.periode) for a in aar]
    fremmede = [
        Kolonne(nr, f"År {nr}", "uden for perioden")
        for nr in sorted(n for n in brugte if n is not None and n not in {a.nr for a in aar})
    ]
    sidste = [Kolonne(None, "Ikke fordelt på år")] if ufordelt or None in brugte else []
    return (*kendte, *fremmede, *sidste)


def summer_pr_noegle() -> defaultdict:
    """Totals by two keys, each starting at nothing."""
    return defaultdict(lambda: defaultdict(lambda: NUL))


def sumraekke(navn: str, pr_aar: dict, kol: tuple[Kolonne, ...], hele: Decimal, emne=None) -> Sumraekke:
    i_alt = sum(pr_aar.values(), NUL)
    andel = i_alt * 100 / hele if hele else None
    intet = None if None in pr_aar else NUL
    return Sumraekke(navn, tuple(pr_aar.get(k.planaar, intet) for k in kol), i_alt, andel, emne)


def med_i_alt(raekke: Sumraekke, oplyst: Oplyst | None) -> Sumraekke:
    """A row of totals with the stated one for its sum; the years stay as they are."""
    return replace(raekke, i_alt=oplyst.i_alt, andel_pct=HUNDREDE) if oplyst else raekke


def terning(
    budget: Budget,
    *,
    dato: date | None = None,
    gitter: set[str] | None = None,
    over: Plangrundlag | None = None,
    celler: dict[Cellenoegle, Vaerdi] | None = None,
    oplyst: Oplyst | None = None,
) -> Terning:
    """The cube of a budget in at most nine queries.

    dato: revised as of a day; as written without. gitter: the keys of purposes to give empty rows for,
    for editing ({'faelles'} for the plan in common). over, celler: a frame and cells already at hand (unsaved ones).
    oplyst: the total that is stated, which stands for the sum of the cells.
    """
    over = over or budgetramme(budget)
    if celler is None:
        celler, _ = indhold(budget, dato=dato)
    kol = kolonner(over.planaar, {n.planaar for n in celler}, ufordelt=gitter is not None)
    return Terning(
        budget=budget,
        ramme=over,
        kolonner=kol,
        celler=celler,
        gitter=None if gitter is None else frozenset(gitter),
        **_summer(over, celler, kol, oplyst),
    )


def _raekker(
    over: Plangrundlag, celler: dict, kol: tuple[Kolonne, ...], gitter, kun: Formaal | None
) -> tuple[Raekke, ...]:
    brugte = {(n.kilde, n.formaal, n.art) for n in celler}
    if gitter is not None:
        valgte = [over.formaal_af[n].formaal for n in gitter if n in over.formaal_af]
        brugte |= {(pk, f, a) for pk, k in over.kilder.items() for f in valgte for a in Kildeart(k.art).gives_som}
    if kun is not None:
        brugte = {(k, f, a) for k, f, a in brugte if f == kun}
    kildeorden, formaalsorden = orden_af(over.kilder), orden_af(over.formaal)
    artorden = orden_af(Bidragsart)
    brugte_i_orden = sorted(brugte, key=lambda r: (kildeorden[r[0]], formaalsorden[r[1]], artorden[r[2]]))
    return tuple(_raekke(over, celler, kol, r) for r in brugte_i_orden)


def orden_af(emner) -> dict:
    return {emne: nr for nr, emne in enumerate(emner)}


def _raekke(over: Plangrundlag, celler: dict, kol, sted: tuple) -> Raekke:
    kilde_pk, formaal, art = sted
    kilde, valg = over.kilder[kilde_pk], over.formaal[formaal]
    rod = celle_id(kilde.noegle, art, valg.noegle, None).removesuffix("0")
    viste, i_alt = [], NUL
    for kolonne in kol:
        vaerdi = celler.get(Cellenoegle(kilde_pk, art, formaal, kolonne.planaar))
        udregning = sats = ""
        if vaerdi:
            i_alt += vaerdi.beloeb
            if satsvaerdi := over.satsvaerdier.get(vaerdi.satsvaerdi):
                sats, udregning = satsvaerdi.sats.noegle, formel(vaerdi, satsvaerdi.beloeb, satsvaerdi.sats.enhed)
        viste.append(Vistcelle(f"{rod}{kolonne.planaar or 0}", kolonne, vaerdi, udregning, sats))
    id_ = f"raekke-{kilde.noegle}.{art}.{valg.noegle.replace('/', '_')}"
    return Raekke(id_, kilde, Bidragsart(art), valg, tuple(viste), i_alt)


def _summer(over: Plangrundlag, celler: dict, kol: tuple[Kolonne, ...], oplyst: Oplyst | None) -> dict:
    """Every total of the cube, in one pass over its cells."""
    pr_kilde, pr_art, pr_formaal, pr_kryds = (summer_pr_noegle() for _ in range(4))
    i_alt: dict = defaultdict(lambda: NUL)
    pr_sted: dict = defaultdict(lambda: NUL)
    for (kilde, art, formaal, aar), vaerdi in celler.items():
        pr_sted[kilde, art, aar] += vaerdi.beloeb
        pr_formaal[formaal][aar] += vaerdi.beloeb
    for (kilde, art, aar), beloeb in pr_sted.items():
        pr_kilde[kilde][aar] += beloeb
        pr_art[art][aar] += beloeb
        pr_kryds[art][kilde] += beloeb
        i_alt[aar] += beloeb
    hele = oplyst.i_alt if oplyst else sum(i_alt.values(), NUL)
    arter = tuple(a for a in Bidragsart if a in pr_art)
    kilder = tuple(pk for pk in over.kilder if pk in pr_kilde)
    return {
        "pr_kilde": tuple(sumraekke(k.navn, pr_kilde.get(pk, {}), kol, hele, k) for pk, k in over.kilder.items()),
        "pr_art": tuple(sumraekke(a.label, pr_art[a], kol, hele, a) for a in arter),
        "pr_formaal": tuple(
            sumraekke(valg.fuldt_navn, pr_formaal[f], kol, hele, valg)
            for f, valg in over.formaal.items()
            if f in pr_formaal
        ),
        "total": med_i_alt(sumraekke("I alt", i_alt, kol, hele), oplyst),
        "kryds": Krydstabel(
            arter=tuple(a.value for a in arter),
            kilder=tuple(over.kilder[pk].navn for pk in kilder),
            celler=tuple(tuple(pr_kryds[a][pk] for pk in kilder) for a in arter),
            pr_art=tuple(sum(pr_kryds[a].values(), NUL) for a in arter),
            pr_kilde=tuple(sum(pr_kilde[pk].values(), NUL) for pk in kilder),
            i_alt=hele,
        ),
    }
