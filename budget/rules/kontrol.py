"""The rules of the budget, one named function each: a Budgetgrundlag in, findings out.

Pure functions over what `queries.kontrol` has read. Shares are compared exactly; every finding says its figures and
lands on the field to mend. Where amounts are rounded in the source, what the rounding may hide is said.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_CEILING, ROUND_DOWN, Decimal

from django.urls import reverse

from budget.choices import Bidragsart, Budgetart
from budget.rules.balance import ensidigt, lag_uden_balance
from budget.rules.celler import NUL, OERE, Cellenoegle, Udgiftsnoegle, Vaerdi, kr, sum_af, usikkerhed_af
from budget.rules.medfinansiering import HUNDREDE, Kildesum, Medfinansiering
from budget.rules.oplyst import Oplyst, andel_i_tekst, forenes, forskel, i_ord
from budget.rules.perioder import Planaaret
from helhedsplan.choices import Alvor
from helhedsplan.formats import antal, kroner, kvartal, lang_dato, opremsning, procent, tal
from helhedsplan.fund import Fund
from helhedsplan.maengde import Maengde
from helhedsplan.svar import Svar
from helhedsplan.tid import Tidsslags, dagen, er_foer, tidsrum

NOTAT = "Baggrundsnotat, Ishøj Kommune 2016"
EGEN = "Helhedsplans egen kontrol"
#: Ours: how near the floor a budget may come before it is said, in percentage points.
TYND_MARGIN_PCT = Decimal(1)
#: Ours: how much of the budget so far may be on its way to be left over before it is said, in percent.
UBRUGT_GRAENSE_PCT = Decimal(5)
#: Ours: how much over the budget the forecast may lie before it is said, in percent. What is spent already has none.
OVERFORBRUG_GRAENSE_PCT = Decimal(2)


@dataclass(frozen=True)
class Loft:
    """A cap on what the kommune gives: percent of the whole, whose it is, and whether that is sure."""

    pct: Decimal
    kilde: str
    verificeret: bool


@dataclass(frozen=True)
class Gulv:
    """The parameter lokal_min_pct as the plan uses it, and lokal_kontant_min (kroner) when that is set."""

    kilde: str
    verificeret: bool
    kontant_min: Decimal | None = None


@dataclass(frozen=True)
class Ubrugt:
    """What the forecast leaves over three quarters ahead: the quarter, the money, and the budget up to then."""

    kvartal: tuple[int, int]
    beloeb: Decimal
    budget_akk: Decimal


@dataclass(frozen=True)
class Satsskift:
    """A cell of hours or premises in a plan year in which its rate changes, or which has another rate than the one it
    is reckoned with: what it is, and what it is by the days of each rate."""

    noegle: Cellenoegle
    sats: str
    fra: date
    beloeb: Decimal
    efter_dage: Decimal
    dele: tuple[tuple[int, Decimal], ...] = ()
    """(days, the rate that is in force on them), through the whole plan year"""
    maengde: str = ""
    """the quantity with its unit"""
    satsvaerdi: int | None = None
    """the rate of the whole year; None when it changes within it"""

    @property
    def udregning(self) -> str:
        """'100 timer efter dage: 61 dage à 350 kr. og 304 dage à 400 kr.'; '100 timer à 400 kr.'"""
        if self.satsvaerdi is not None:
            return f"{self.maengde} à {kr(self.dele[0][1])}"
        stykker = [f"{antal(dage, 'dag', 'dage')} à {kr(pris)}" for dage, pris in self.dele]
        return f"{self.maengde} efter dage: {opremsning(stykker)}"

    @property
    def aendring(self) -> Decimal:
        return self.efter_dage - self.beloeb


@dataclass(frozen=True)
class Kildeforbrug:
    """What a financier (or everybody, `i_alt`) has spent of its whole budget, and will have spent at the plan's end."""

    navn: str
    budget: Decimal
    forbrug: Decimal
    prognose: Decimal
    i_alt: bool = False


@dataclass(frozen=True)
class Forbrugsgrundlag:
    """What the actuals say: who spends how much, which figures are missing, and the money that is not split on years
    with the last year it is laid on. ubrugt: None while nothing is reported."""

    ubrugt: Ubrugt | None
    kilder: tuple[Kildeforbrug, ...]
    mangler: str
    ufordelt: Decimal
    ufordelt_til: int


@dataclass(frozen=True)
class Budgetgrundlag:
    """Everything the rules look at. celle_id and udgift_id give a cell's id on the page.

    celler and udgifter hold the approved revisions when `revideret`; then cells are mended by a new revision.
    """

    plan: object
    budget: object
    planaar: list[Planaaret]
    kilder: dict
    celler: dict[Cellenoegle, Vaerdi]
    udgifter: dict[Udgiftsnoegle, Vaerdi]
    medfinansiering: Medfinansiering
    gulv: Gulv
    lofter: list[Loft]
    celle_id: Callable[[Cellenoegle], str]
    udgift_id: Callable[[Udgiftsnoegle], str]
    forbrug: Forbrugsgrundlag | None = None
    satsskift: tuple[Satsskift, ...] = ()
    oplyst: Oplyst | None = None
    #: The financing without layers on top, which is what a total is told of.
    grund: dict[Cellenoegle, Vaerdi] | None = None
    #: The layers on top of which one side only is written.
    ensidige_lag: str = ""
    #: What layers are told to bring and their amounts do not, in sentences.
    afvigende_lag: tuple[str, ...] = ()


def afrund_ned(beloeb: Decimal) -> Decimal:
    return beloeb.quantize(Decimal(1), rounding=ROUND_DOWN)


def pct(vaerdi: Decimal) -> str:
    """A percentage with the digits it has: '12,5 %'."""
    return procent(Decimal(f"{vaerdi.normalize():f}"))


def paa_budgettet(g: Budgetgrundlag, anker: str = "medfinansiering") -> str:
    return f"{reverse('budget-vis', args=[g.plan.noegle, g.budget.noegle])}#{anker}"


def paa_cellen(g: Budgetgrundlag, noegle: Cellenoegle | Udgiftsnoegle) -> str:
    """The cell in the grid, or in the table of a budget that is locked."""
    id_ = g.celle_id(noegle) if isinstance(noegle, Cellenoegle) else g.udgift_id(noegle)
    if g.budget.er_laast:
        return paa_budgettet(g, id_)
    side = "budget-gitter" if isinstance(noegle, Cellenoegle) else "budget-udgifter"
    return f"{reverse(side, args=[g.plan.noegle, g.budget.noegle])}#{id_}"


def paa_kilden(g: Budgetgrundlag, kilde, felt: str) -> str:
    return f"{reverse('finansieringskilde-ret', args=[g.plan.noegle, kilde.noegle])}#id_{felt}"


# --- the local share ------------------------------------------------------------------------------------------------


def lokal_andel(g: Budgetgrundlag) -> list[Fund]:
    """The local share against its floor: the figures when it holds, what is missing and who may close it when not.

    A share that is below the floor only as the amounts are rounded is not called wrong: `lokal_andel_afrunding` tells.
    """
    m = g.medfinansiering
    if not m.i_alt or m.gulv_pct is None:
        return []
    if m.holder:
        tekst = (
            f"Lokal medfinansiering er {m.andel_i_ord}: {kr(m.lokal)} af {kr(m.i_alt)} "
            f"Det {_over_gulvet(m)}. "
            f"Lokal kontant medfinansiering er {m.lokal_kontant_i_ord}: {kr(m.lokal_kontant)}"
        )
        return [_andelsfund(g, Alvor.NOTE, tekst)]
    if m.afgoeres_af_afrunding:
        return []
    if m.afgoeres_af_betaleren:
        tekst = f"Lokal medfinansiering: {m.betaler_i_ord}."
        return [_andelsfund(g, Alvor.NOTE, tekst, sikkert=False)]
    if m.uden_punkt:
        under = f"Det er under gulvet på {pct(m.gulv_pct)}."
        return [_andelsfund(g, Alvor.FEJL, f"Lokal medfinansiering er {m.andel_i_ord}. {under}")]
    tekst = (
        f"Lokal medfinansiering er {m.andel_i_ord}. Der mangler {kr(m.mangler)} for at nå {pct(m.gulv_pct)}. "
        f"Lægges pengene oven i budgettet, skal der {kr(m.mangler_oveni)} til."
    )
    if kan := [_kan_give(k) for k in m.kan_lukke]:
        tekst += f" {opremsning(kan)} kan bidrage med mere."
    return [_andelsfund(g, Alvor.FEJL, tekst)]


def _over_gulvet(m) -> str:
    gulv = pct(m.gulv_pct)
    return f"når gulvet på {gulv}" if m.uden_punkt else f"er {m.margin_forord}{kr(m.margin)} over gulvet på {gulv}"


def _andelsfund(g: Budgetgrundlag, alvor: Alvor, tekst: str, *, sikkert: bool = True) -> Fund:
    kilde = (g.gulv.kilde, g.gulv.verificeret)
    return Fund("lokal-andel", alvor, tekst, paa_budgettet(g), *kilde, kan_ikke_ses=not sikkert)


def oplyst_andel(g: Budgetgrundlag) -> list[Fund]:
    """A local share that is told without amounts, against the floor: it holds, it does not, or that cannot be seen."""
    m, andel = g.medfinansiering, g.budget.oplyst_andel
    if m.i_alt:
        return _andel_mod_beloeb(g, andel)
    if m.gulv_pct is None or not andel.er_fortalt:
        return []
    svar, gulv = andel.er_mindst(m.gulv_pct), pct(m.gulv_pct)
    sagt = f"Den lokale andel er oplyst som {andel_i_tekst(andel)}"
    if svar is Svar.HOLDER:
        return [_andelsfund(g, Alvor.NOTE, f"{sagt}. Det når gulvet på {gulv}.")]
    if svar is Svar.HOLDER_IKKE:
        return [_andelsfund(g, Alvor.FEJL, f"{sagt}. Det er under gulvet på {gulv}.")]
    return [_andelsfund(g, Alvor.NOTE, f"{sagt}, så det kan ikke ses, om gulvet på {gulv} holder.", sikkert=False)]


def _andel_mod_beloeb(g: Budgetgrundlag, andel: Maengde) -> list[Fund]:
    """The share that is told, where the amounts cannot give it: also not with their rounding and with those of which it
    is not told who pays. A bare figure is taken as precisely as it is written."""
    m = g.medfinansiering
    mindst, hoejst = m.andel_mindst_pct, m.andel_muligvis_pct
    if not andel.er_fortalt or mindst is None or hoejst is None:
        return []
    slaek = NUL if andel.sagt or andel.vaerdi is None else Decimal(1).scaleb(andel.vaerdi.as_tuple().exponent) / 2
    for_lidt = andel.lavest is not None and hoejst < andel.lavest - slaek
    for_meget = andel.hoejest is not None and mindst > andel.hoejest + slaek
    if not (for_lidt or for_meget):
        return []
    giver = procent(hoejst if for_lidt else mindst, 2)
    hvor = "" if mindst == hoejst else "højst " if for_lidt else "mindst "
    tekst = f"Den lokale andel er oplyst som {andel_i_tekst(andel)}, men beløbene giver {hvor}{giver}."
    return [Fund("oplyst-andel", Alvor.ADVARSEL, tekst, paa_budgettet(g), EGEN)]


def _kan_give(kilde: Kildesum) -> str:
    if kilde.kan_laegge_til is None:
        return kilde.navn
    return f"{kilde.navn} (højst {kr(kilde.kan_laegge_til)})"


def lokal_andel_afrunding(g: Budgetgrundlag) -> list[Fund]:
    """Amounts the source has rounded: between which limits the share may lie, and whether that settles the rule."""
    m = g.medfinansiering
    if not (m.i_alt and m.er_afrundet and m.gulv_pct is not None):
        return []
    tekst = f"Nogle beløb er afrundet i kilden. Med de nøjagtige beløb {m.graenser_i_ord('den lokale andel')}"
    if m.afgoeres_af_afrunding:
        tekst += f", så det kan ikke ses, om gulvet på {pct(m.gulv_pct)} holder"
    uset = m.afgoeres_af_afrunding
    return [Fund("lokal-andel-afrunding", Alvor.NOTE, f"{tekst}.", paa_budgettet(g), EGEN, kan_ikke_ses=uset)]


def oplyst_sum(g: Budgetgrundlag) -> list[Fund]:
    """A stated total that is not the sum of the cells: a note when rounding may be why, else a fault. One that is told
    in words is held against its limits."""
    if sagt := g.budget.oplyst_beloeb.sagt:
        return _oplyst_med_ord(g, sagt)
    if g.oplyst is None or not g.celler or not forskel(g.oplyst, g.celler.values()):
        return []  # parts that nobody has told are not nothing
    alvor = Alvor.NOTE if forenes(g.oplyst, g.celler.values()) else Alvor.FEJL
    return [Fund("oplyst-sum", alvor, i_ord(g.oplyst, g.celler.values()), paa_budgettet(g), EGEN)]


def lagets_beloeb(g: Budgetgrundlag) -> list[Fund]:
    """What an extension or addendum is told to bring against what stands in its own budget."""
    url = paa_budgettet(g, "lagene")
    return [Fund("lag-beloeb", Alvor.ADVARSEL, tekst, url, EGEN) for tekst in g.afvigende_lag]


def _oplyst_med_ord(g: Budgetgrundlag, sagt: str) -> list[Fund]:
    oplyst, vaerdier = g.budget.oplyst_beloeb, list((g.celler if g.grund is None else g.grund).values())
    if not vaerdier or not oplyst.er_fortalt:
        return []
    sum_, usikker = sum_af(vaerdier), usikkerhed_af(vaerdier)
    lavest, hoejest = oplyst.lavest, oplyst.hoejest
    tekst = f"I alt er oplyst som {sagt}; delene giver {kr(sum_)}"
    if (lavest is not None and sum_ + usikker < lavest) or (hoejest is not None and sum_ - usikker > hoejest):
        return [Fund("oplyst-sum", Alvor.FEJL, f"{tekst} Det kan ikke passe.", paa_budgettet(g), EGEN)]
    if lavest is None and hoejest is None:
        tekst = f"{tekst} Om det er det samme, kan ikke ses."
        return [Fund("oplyst-sum", Alvor.NOTE, tekst, paa_budgettet(g), EGEN, kan_ikke_ses=True)]
    return []


def tynd_margin(g: Budgetgrundlag) -> list[Fund]:
    """A share so near the floor that a small loss breaks it."""
    m = g.medfinansiering
    if not m.i_alt or m.gulv_pct is None or not m.holder or m.uden_punkt or m.afgoeres_af_afrunding:
        return []
    if m.lokal * HUNDREDE >= (m.gulv_pct + TYND_MARGIN_PCT) * m.i_alt:
        return []
    procentpoint = tal(m.lokal * HUNDREDE / m.i_alt - m.gulv_pct, 2)
    tekst = (
        f"Margenen til gulvet på {pct(m.gulv_pct)} er tynd: {procentpoint} procentpoint. "
        f"Falder de lokale bidrag med mere end {kroner(afrund_ned(m.lokal - m.lokal_krav))}, holder budgettet ikke."
    )
    return [Fund("lokal-andel-tynd", Alvor.ADVARSEL, tekst, paa_budgettet(g), EGEN)]


def lokal_kontant(g: Budgetgrundlag) -> list[Fund]:
    """Part of the wages must be local cash; the parameter may set an amount."""
    m = g.medfinansiering
    if not m.i_alt:
        return []
    mindst = g.gulv.kontant_min
    ukendt = m.lokal_ukendt_art + m.maaske_lokal
    if ukendt and m.lokal_kontant < (OERE if mindst is None else mindst) <= m.lokal_kontant + ukendt:
        tekst = (
            f"Det er ikke oplyst, om {kr(ukendt)} er lokale kontanter, så det kan ikke ses, om der er lokal kontant "
            "medfinansiering nok."
        )
        return [Fund("lokal-kontant", Alvor.NOTE, tekst, paa_budgettet(g), NOTAT, kan_ikke_ses=True)]
    if m.lokal_kontant <= 0:
        tekst = "Der er ingen lokal kontant medfinansiering. En del af lønnen skal betales med lokale kontanter."
        return [Fund("lokal-kontant", Alvor.FEJL, tekst, paa_budgettet(g), NOTAT)]
    if mindst is not None and m.lokal_kontant < mindst:
        tekst = (
            f"Lokal kontant medfinansiering er {kr(m.lokal_kontant)} Der mangler {kr(mindst - m.lokal_kontant)} "
            f"for at nå planens mindstebeløb på {kr(mindst)}"
        )
        return [Fund("lokal-kontant", Alvor.FEJL, tekst, paa_budgettet(g), EGEN, verificeret=False)]
    return []


def kommunen_deltager(g: Budgetgrundlag) -> list[Fund]:
    if not g.medfinansiering.i_alt or g.medfinansiering.kommune > 0:
        return []
    if ukendt := g.medfinansiering.ukendt_betaler:
        penge = kr(ukendt)
        tekst = f"Hvem der betaler {penge}, er ikke oplyst, så det kan ikke ses, om kommunen deltager."
        return [Fund("kommune-deltager-ikke", Alvor.NOTE, tekst, paa_budgettet(g), NOTAT, kan_ikke_ses=True)]
    tekst = "Kommunen bidrager ikke. Landsbyggefonden betinger sig, at kommunen er med i den lokale medfinansiering."
    return [Fund("kommune-deltager-ikke", Alvor.FEJL, tekst, paa_budgettet(g), NOTAT)]


def kommunens_loft(g: Budgetgrundlag) -> list[Fund]:
    """The kommune's share against each cap that is set: local practice, never shown as Landsbyggefonden's rule."""
    m = g.medfinansiering
    fund = []
    for loft in g.lofter:
        if m.kommune * HUNDREDE > loft.pct * m.i_alt:
            for_meget = m.kommune - m.i_alt * loft.pct / HUNDREDE
            tekst = (
                f"Kommunens andel er {_over(m.kommune_pct, loft.pct)} og må højst være {pct(loft.pct)}: "
                f"{kr(_op(for_meget))} for meget."
            )
            fund.append(Fund("kommune-loft", Alvor.ADVARSEL, tekst, paa_budgettet(g), loft.kilde, loft.verificeret))
        elif (m.kommune + m.ukendt_betaler) * HUNDREDE > loft.pct * m.i_alt:
            tekst = (
                f"Hvem der betaler {kr(m.ukendt_betaler)}, er ikke oplyst, så det kan ikke ses, om "
                f"kommunens andel er højst {pct(loft.pct)}."
            )
            kilde = (loft.kilde, loft.verificeret)
            fund.append(Fund("kommune-loft", Alvor.NOTE, tekst, paa_budgettet(g), *kilde, kan_ikke_ses=True))
    return fund


def _over(andel: Decimal, loft: Decimal) -> str:
    """A share above its cap, never rounded down to it."""
    afrundet = procent(andel, 2)
    return afrundet if afrundet != procent(loft, 2) else f"lidt over {pct(loft)}"


def _op(beloeb: Decimal) -> Decimal:
    return beloeb.quantize(OERE, rounding=ROUND_CEILING)


# --- how amounts are reckoned ---------------------------------------------------------------------------------------


def timer_og_lokaler(g: Budgetgrundlag) -> list[Fund]:
    """Hours without a rate, premises without a valuation, and the two in one figure: one finding for each financier."""
    emner = [
        (Bidragsart.TIMER, "timer-uden-sats", Alvor.ADVARSEL, "medarbejdertimer er ikke regnet med en timepris."),
        (Bidragsart.LOKALER, "lokaler-uden-vaerdi", Alvor.ADVARSEL, "lokaler er ikke regnet med en pris."),
        (Bidragsart.TIMER_OG_LOKALER, "timer-og-lokaler-samlet", Alvor.NOTE, "timer og lokaler er ikke delt op."),
    ]
    uden: dict = defaultdict(list)
    for noegle, vaerdi in g.celler.items():
        if noegle.art != Bidragsart.KONTANT and vaerdi.satsvaerdi is None and vaerdi.beloeb:
            uden[noegle.kilde, noegle.art].append(noegle)
    fund = []
    for pk, kilde in g.kilder.items():
        for art, kode, alvor, hvad in emner:
            if noegler := uden.get((pk, art)):
                i_alt = kr(sum_af(g.celler[n] for n in noegler))
                tekst = f"{kilde}: {antal(len(noegler), 'beløb', 'beløb')} ({i_alt}) for {hvad}"
                fund.append(Fund(kode, alvor, tekst, paa_cellen(g, min(noegler, key=_aarstal)), EGEN))
    return fund


def _aarstal(noegle: Cellenoegle) -> int:
    return noegle.planaar or 0


# --- balance --------------------------------------------------------------------------------------------------------


def balance(g: Budgetgrundlag) -> list[Fund]:
    """Costs against financing: in all, and year by year where both are split on years."""
    if not g.celler and not g.udgifter:
        return []
    if not g.udgifter:
        tekst = ensidigt(har_finansiering=True, har_udgifter=False)
        return [Fund("udgifter-mangler", Alvor.NOTE, tekst, paa_budgettet(g, "udgifter"), EGEN)]
    if g.ensidige_lag:
        tekst = lag_uden_balance(g.ensidige_lag)
        url = paa_budgettet(g, "udgifter")
        return [Fund("balance-kan-ikke-ses", Alvor.NOTE, tekst, url, EGEN, kan_ikke_ses=True)]
    if forskel := _forskel(g, g.celler, g.udgifter):
        return [_balancefund(g, "Udgifterne", *forskel)]
    if any(n.planaar is None for n in [*g.celler, *g.udgifter]):
        return []
    fund = []
    for aar in g.planaar:
        plus = {n: v for n, v in g.celler.items() if n.planaar == aar.nr}
        minus = {n: v for n, v in g.udgifter.items() if n.planaar == aar.nr}
        if forskel := _forskel(g, plus, minus):
            fund.append(_balancefund(g, f"{aar.navn}: udgifterne", *forskel))
    return fund


def _forskel(g: Budgetgrundlag, plus: dict, minus: dict) -> tuple[Decimal, Decimal] | None:
    """Financing and costs, unless they are equal or the rounding of the amounts explains the difference."""
    finansiering, udgifter = sum_af(plus.values()), sum_af(minus.values())
    afrunding = usikkerhed_af(plus.values()) + usikkerhed_af(minus.values())
    return (finansiering, udgifter) if abs(finansiering - udgifter) > afrunding else None


def _balancefund(g: Budgetgrundlag, hvad: str, finansiering: Decimal, udgifter: Decimal) -> Fund:
    tekst = f"{hvad} er {kr(udgifter)} og finansieringen {kr(finansiering)} "
    url = paa_budgettet(g, "udgifter")
    if udgifter > finansiering:
        tekst += f"{kr(udgifter - finansiering)} har ingen finansiering."
        return Fund("udgifter-uden-finansiering", Alvor.FEJL, tekst, url, EGEN)
    tekst += f"{kr(finansiering - udgifter)} er ikke sat af til noget."
    return Fund("finansiering-uden-udgifter", Alvor.ADVARSEL, tekst, url, EGEN)


# --- years and dates ------------------------------------------------------------------------------------------------


def aar_i_perioden(g: Budgetgrundlag) -> list[Fund]:
    """Amounts in years that the plan has not got (the period was shortened after they were written)."""
    kendte = {aar.nr for aar in g.planaar}
    fremmede: dict[int, list] = defaultdict(list)
    for noegle in [*g.celler, *g.udgifter]:
        if noegle.planaar is not None and noegle.planaar not in kendte:
            fremmede[noegle.planaar].append(noegle)
    sikkert = _aarene_er_kendt(g.plan)
    men = f"men planen har {len(kendte)} år" if sikkert else "og det kan ikke ses, hvor mange år planen har"
    return [
        Fund(
            "aar-uden-for-perioden",
            Alvor.FEJL,
            f"{antal(len(noegler), 'beløb', 'beløb')} står i år {aar}, {men}.",
            paa_cellen(g, noegler[0]),
            EGEN,
            kan_ikke_ses=not sikkert,
        )
        for aar, noegler in sorted(fremmede.items())
    ]


def _aarene_er_kendt(plan) -> bool:
    """Whether it is told how many years the plan has: by its days, or as a length."""
    if plan.begynder.dag and plan.slutter.dag:
        return True
    return plan.slutter.slags == Tidsslags.VARIGHED and not plan.slutter.formentlig


def kilder_i_deres_tid(g: Budgetgrundlag) -> list[Fund]:
    """A financier that gives in a plan year that lies wholly outside the dates it takes part."""
    aarene = {aar.nr: aar for aar in g.planaar if aar.fra}
    uden_for: dict = defaultdict(set)
    for pk, nr in {(n.kilde, n.planaar) for n, vaerdi in g.celler.items() if vaerdi.beloeb}:
        if nr in aarene and _uden_for(g.kilder[pk], aarene[nr]):
            uden_for[pk].add(nr)
    fund = []
    for pk, kilde in g.kilder.items():
        if not (aar := uden_for.get(pk)):
            continue
        hvornaar = opremsning([f"år {nr}" for nr in sorted(aar)])
        tekst = f"{kilde} bidrager {hvornaar}, men er kun med {tidsrum(kilde.begynder, kilde.slutter)}."
        felt = "gaelder_til" if kilde.begynder.er_mangler else "gaelder_fra"
        fund.append(Fund("kilde-uden-for-datoer", Alvor.ADVARSEL, tekst, paa_kilden(g, kilde, felt), EGEN))
    return fund


def _uden_for(kilde, aar: Planaaret) -> bool:
    """Whether the financier surely is not with in any of the year."""
    efter = bool(aar.til) and er_foer(dagen(aar.til), kilde.begynder) is Svar.HOLDER
    return efter or er_foer(kilde.slutter, dagen(aar.fra)) is Svar.HOLDER


def ubrugte_midler(g: Budgetgrundlag) -> list[Fund]:
    """Money that the pace so far leaves over three quarters ahead, while there is time to rebudget it."""
    u = g.forbrug and g.forbrug.ubrugt
    if not u or u.beloeb * HUNDREDE <= u.budget_akk * UBRUGT_GRAENSE_PCT:
        return []
    tekst = (
        f"Med det nuværende forbrug er {kr(u.beloeb)} ubrugt ved udgangen af {kvartal(*u.kvartal)}. "
        "Overvej, om pengene skal flyttes."
    )
    return [Fund("ubrugte-midler", Alvor.ADVARSEL, tekst, reverse("forbrug", args=[g.plan.noegle]), EGEN)]


def overforbrug(g: Budgetgrundlag) -> list[Fund]:
    """More is spent than the budget holds, or will be at the pace so far: each financier, and all together."""
    fund, url = [], reverse("forbrug", args=[g.plan.noegle])
    for k in g.forbrug.kilder if g.forbrug else ():
        hvem = "i alt" if k.i_alt else f"af {k.navn}"
        if k.forbrug > k.budget:
            tekst = (
                f"Der er {hvem} brugt {kr(k.forbrug)}: {kr(k.forbrug - k.budget)} mere end budgettet på {kr(k.budget)}"
            )
            fund.append(Fund("overforbrug", Alvor.FEJL, tekst, url, EGEN))
        elif k.forbrug and k.prognose * HUNDREDE > k.budget * (HUNDREDE + OVERFORBRUG_GRAENSE_PCT):
            tekst = (
                f"Med det nuværende forbrug er der {hvem} brugt {kr(k.prognose)} ved planens slutning: "
                f"{kr(k.prognose - k.budget)} mere end budgettet på {kr(k.budget)}"
            )
            fund.append(Fund("overforbrug-ventes", Alvor.ADVARSEL, tekst, url, EGEN))
    return fund


def forbrug_mangler(g: Budgetgrundlag) -> list[Fund]:
    """Figures that are not reported: missing, and never 0."""
    if not (g.forbrug and g.forbrug.mangler):
        return []
    tekst = f"Forbrug: {g.forbrug.mangler} Det er ikke regnet som 0."
    return [Fund("forbrug-mangler", Alvor.ADVARSEL, tekst, reverse("forbrug", args=[g.plan.noegle]), EGEN)]


def ufordelt_ved_forlaengelse(g: Budgetgrundlag) -> list[Fund]:
    """Money that is not split on years while the plan has years that the budget does not know."""
    f = g.forbrug
    if not f or not f.ufordelt or f.ufordelt_til >= len(g.planaar):
        return []
    tekst = (
        f"{kr(f.ufordelt)} er ikke fordelt på år, og planen har nu {len(g.planaar)} år. Pengene er regnet ligeligt "
        f"over år 1 til {f.ufordelt_til}. Fordel dem på år, hvis de skal række længere."
    )
    return [Fund("ufordelt-ved-forlaengelse", Alvor.ADVARSEL, tekst, paa_budgettet(g), EGEN)]


def sats_skifter_i_aaret(g: Budgetgrundlag) -> list[Fund]:
    """A rate that changes within a plan year, which is reckoned with one of them, or that changed before it."""
    fund = []
    for s in g.satsskift:
        forskel = s.efter_dage - s.beloeb
        hvor = f"{g.kilder[s.noegle.kilde]}, år {s.noegle.planaar}: satsen {s.sats}"
        if s.satsvaerdi is None:
            hvad = f"skifter {lang_dato(s.fra)} midt i planåret, men hele året er regnet med én sats: {kr(s.beloeb)}"
            ret = "Fordelt efter dage er det"
        else:
            hvad = f"er {kr(s.dele[0][1])} fra {lang_dato(s.fra)}, men året er regnet med en anden: {kr(s.beloeb)}"
            ret = "Med den sats, der gælder, er det"
        tekst = f"{hvor} {hvad} {ret} {kr(s.efter_dage)}, {kr(abs(forskel))} {'mere' if forskel > 0 else 'mindre'}"
        if not g.budget.er_laast:
            tekst += ". Det kan regnes om på budgettets side"
        fund.append(Fund("sats-skifter-i-aaret", Alvor.ADVARSEL, f"{tekst}.", paa_cellen(g, s.noegle), EGEN))
    return fund


#: What is measured on the whole: a layer whose money is told and not by whom may turn each of them.
AF_DET_HELE = [lokal_andel, lokal_andel_afrunding, tynd_margin, lokal_kontant, kommunen_deltager, kommunens_loft]

REGLER = [
    oplyst_sum,
    lagets_beloeb,
    oplyst_andel,
    lokal_andel,
    lokal_andel_afrunding,
    tynd_margin,
    lokal_kontant,
    kommunen_deltager,
    kommunens_loft,
    timer_og_lokaler,
    sats_skifter_i_aaret,
    balance,
    aar_i_perioden,
    kilder_i_deres_tid,
    ubrugte_midler,
    overforbrug,
    forbrug_mangler,
    ufordelt_ved_forlaengelse,
]


#: Codes of findings that hold the budget against what its pulje demands; a plan's own values it is still held against.
AF_PULJEN = frozenset({"lokal-kontant", "kommune-deltager-ikke"})


def alle_fund(grundlag: Budgetgrundlag) -> list[Fund]:
    fund = _alle_fund(grundlag)
    if grundlag.plan.kender_puljen:
        return fund
    return [f for f in fund if f.kode not in AF_PULJEN or f.alvor == Alvor.NOTE]


def _alle_fund(grundlag: Budgetgrundlag) -> list[Fund]:
    if grundlag.budget.art == Budgetart.LAG:
        return [fund for regel in REGLER if regel not in AF_DET_HELE for fund in regel(grundlag)]
    forbehold = grundlag.medfinansiering.uden_lag_i_ord
    return [
        _kan_ikke_ses(fund, forbehold) if forbehold and regel in AF_DET_HELE else fund
        for regel in REGLER
        for fund in regel(grundlag)
    ]


def _kan_ikke_ses(fund: Fund, forbehold: str) -> Fund:
    """A finding on a share of less than the whole blames nobody, and does not say that the whole is right."""
    besked = f"{fund.besked.rstrip('.')}. Men {forbehold}."
    return replace(fund, alvor=Alvor.NOTE, besked=besked, kan_ikke_ses=True)
