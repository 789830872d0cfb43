"""Plausibility, one named rule each: a Talgrundlag in, findings out. Pure over what `queries.kontrol` has read.

A finding that somebody has acknowledged is silent for as long as the figures it is about are the same. One about a
figure that is hidden names no figures: findings are read by people who may not see it.
"""

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import and_

from django.urls import reverse

from helhedsplan.choices import Alvor
from helhedsplan.formats import antal as antal_i_ord
from helhedsplan.formats import de_foerste, opremsning, procent, tal
from helhedsplan.fund import Fund
from indikatorer.choices import Enhed
from indikatorer.rules.afrunding import Interval, antal_af, cifre, grundlag_af

EGEN = "Helhedsplans egen kontrol"


@dataclass(frozen=True)
class Kontrolfigur:
    """One measurement with a value, as the rules look at it. `skjult`: not everybody may see it."""

    indikator: str
    indikator_navn: str
    persongruppe: str
    enhed: str
    sted: str
    sted_navn: str
    aar: int
    begivenhed: str
    antal: int | None
    grundlag: int | None
    vaerdi: Decimal | None
    decimaler: int
    pk: int = 0
    skjult: bool = False
    #: Hidden for the sake of another.
    skjult_for_andres_skyld: bool = False

    @property
    def celle(self) -> str:
        return f"{self.indikator}/{self.sted}/{self.aar}/{self.begivenhed}"

    @property
    def hvad(self) -> str:
        return f"{self.indikator_navn}, {self.sted_navn}, {self.hvornaar}"

    @property
    def hvornaar(self) -> str:
        return f"{self.begivenhed} {self.aar}".strip()

    @property
    def procenten(self) -> Decimal | None:
        return self.vaerdi if self.enhed == Enhed.PROCENT else None

    @property
    def procent_i_ord(self) -> str:
        return procent(self.vaerdi, cifre(self.vaerdi, self.decimaler) if self.vaerdi is not None else None)

    @property
    def aftryk(self) -> str:
        """The figures themselves; equal figures are the same figures however they are written."""
        vaerdi = None if self.vaerdi is None else f"{self.vaerdi.normalize():f}"
        return f"{self.celle}={self.antal};{self.grundlag};{vaerdi};{self.decimaler}"

    def grundlaget(self) -> Interval | None:
        """The bases that the figure allows; None when it says nothing of its base."""
        if self.grundlag is not None:
            return Interval(self.grundlag, self.grundlag)
        if self.antal is not None and self.procenten is not None:
            return grundlag_af(self.antal, self.procenten, self.decimaler)
        return None


@dataclass(frozen=True)
class Indikatorstand:
    """One indicator of the plan, as the rules look at it. aarsmaal: the years of its target path."""

    noegle: str
    navn: str
    er_fast: bool
    har_baseline: bool
    har_maal: bool
    aarsmaal: tuple[int, ...] = ()


@dataclass(frozen=True)
class Talgrundlag:
    """accepter: (kode, emne) -> fingerprint of the figures that were acknowledged; summer: (a place, the places that it
    is the sum of), all of them measured places of the plan."""

    plan: object
    figurer: list[Kontrolfigur]
    accepter: dict[tuple[str, str], str]
    indikatorer: list[Indikatorstand]
    i_dag: date
    summer: tuple[tuple[str, frozenset[str]], ...] = ()
    #: (number, words) of the fixed goals of the plan that no indicator with a measurement belongs to.
    umaalte: tuple[tuple[int, str], ...] = ()
    #: The primary keys of figures that hang together in so many ways that all of them are hidden beside a hidden one.
    opgivne: frozenset = frozenset()


@dataclass(frozen=True)
class Talfund:
    """A finding with what it is about, so that it can be acknowledged."""

    fund: Fund
    emne: str
    fingeraftryk: str

    @property
    def noegle(self) -> str:
        """A short name for addresses."""
        return hashlib.sha256(f"{self.fund.kode}\n{self.emne}".encode()).hexdigest()[:16]


def fingeraftryk(figurer: list[Kontrolfigur]) -> str:
    return hashlib.sha256("\n".join(sorted(f.aftryk for f in figurer)).encode()).hexdigest()


def paa_tabellen(plan, figur: Kontrolfigur) -> str:
    """The figure's own address: those who write go on to its form, the others to its place in the table."""
    return reverse("maaling-vis", args=[plan.noegle, figur.indikator, figur.pk])


def interval_i_ord(interval: Interval) -> str:
    if interval.mindst == interval.hoejst:
        return tal(interval.mindst)
    return (
        f"mindst {tal(interval.mindst)}"
        if interval.hoejst is None
        else f"{tal(interval.mindst)}-{tal(interval.hoejst)}"
    )


def _talfund(g: Talgrundlag, kode: str, emne: str, figurer: list[Kontrolfigur], tekster: tuple[str, str]) -> Talfund:
    """`tekster`: with the figures, and without them."""
    tekst, uden_tal = tekster
    besked = uden_tal if any(f.skjult for f in figurer) else tekst
    fund = Fund(kode, Alvor.ADVARSEL, besked, paa_tabellen(g.plan, figurer[0]), EGEN)
    return Talfund(fund, emne, fingeraftryk(figurer))


# --- one figure -----------------------------------------------------------------------------------------------------


def procent_passer(g: Talgrundlag) -> list[Talfund]:
    """A percent that cannot be that count of that base, nor any count, nor any base."""
    return [
        _talfund(
            g,
            "procent-passer-ikke",
            f.celle,
            [f],
            (f"{f.hvad}: {forkert}", f"{f.hvad}: procenten passer ikke til antallet."),
        )
        for f in g.figurer
        if (forkert := _forkert_procent(f))
    ]


def _forkert_procent(f: Kontrolfigur) -> str:
    if f.procenten is None:
        return ""
    if f.antal is not None:
        mulige = grundlag_af(f.antal, f.procenten, f.decimaler)
        if mulige.er_tomt:
            return f"{tal(f.antal)} kan ikke være {f.procent_i_ord} af noget antal personer."
        if f.grundlag is not None and f.grundlag not in mulige:
            return (
                f"{tal(f.antal)} er ikke {f.procent_i_ord} af {tal(f.grundlag)}. "
                f"Procenten svarer til et grundlag på {interval_i_ord(mulige)} personer."
            )
    elif f.grundlag is not None and antal_af(Interval(f.grundlag, f.grundlag), f.procenten, f.decimaler).er_tomt:
        return f"Intet antal ud af {tal(f.grundlag)} giver {f.procent_i_ord}."
    return ""


# --- figures held up against each other -----------------------------------------------------------------------------


def grundlag_enige(g: Talgrundlag) -> list[Talfund]:
    """Figures on the same group of people, at one place and time, that cannot have the same base."""
    grupper: dict[tuple, list[tuple[Kontrolfigur, Interval]]] = defaultdict(list)
    for f in g.figurer:
        grundlag = f.grundlaget()
        if f.persongruppe and grundlag is not None and not grundlag.er_tomt:
            grupper[(f.persongruppe.casefold(), f.sted, f.aar, f.begivenhed.casefold())].append((f, grundlag))
    return [
        _uenige(g, "/".join(map(str, noegle)), par)
        for noegle, par in grupper.items()
        if reduce(and_, (grundlag for _, grundlag in par)).er_tomt
    ]


def _uenige(g: Talgrundlag, emne: str, par: list[tuple[Kontrolfigur, Interval]]) -> Talfund:
    figurer = [f for f, _ in par]
    hvem = f"{figurer[0].persongruppe}, {figurer[0].sted_navn}, {figurer[0].hvornaar}"
    uden_tal = f"{hvem}: tallene er ikke regnet ud af lige mange personer."
    tekst = " ".join([uden_tal, *(_i_ord(f, grundlag) for f, grundlag in par)])
    return _talfund(g, "grundlag-uenige", emne, figurer, (tekst, uden_tal))


def _i_ord(f: Kontrolfigur, grundlag: Interval) -> str:
    if f.grundlag is not None:
        return f"»{f.indikator_navn}« er ud af {tal(f.grundlag)}."
    base = interval_i_ord(grundlag)
    return f"{tal(f.antal)} = {f.procent_i_ord} svarer til et grundlag på {base} (»{f.indikator_navn}«)."


def summer_passer(g: Talgrundlag) -> list[Talfund]:
    """Several areas together whose count or base is not that of the areas; a part of them never has more than all."""
    celler = {(f.indikator, f.aar, f.begivenhed, f.sted): f for f in g.figurer} if g.summer else {}
    fundne = []
    for (indikator, aar, begivenhed, sted), hele in celler.items():
        for dele in (dele for samlet, dele in g.summer if samlet == sted):
            noegler = [(indikator, aar, begivenhed, del_) for del_ in sorted(dele)]
            led = [celler[noegle] for noegle in noegler if noegle in celler]
            if led and (forkert := _forkert_sum(hele, led, len(dele))):
                kort = f"{hele.hvad}: tallet passer ikke til områdernes."
                fundne.append(_talfund(g, "sum-passer-ikke", hele.celle, [hele, *led], (forkert, kort)))
    return fundne


def _forkert_sum(hele: Kontrolfigur, led: list[Kontrolfigur], antal_dele: int) -> str:
    """What is wrong, with the figures; '' when nothing can be said to be."""
    for felt in ("antal", "grundlag"):
        i_alt, dele = getattr(hele, felt), [getattr(f, felt) for f in led]
        if i_alt is None or None in dele:
            continue
        if sum(dele) > i_alt or (len(led) == antal_dele and sum(dele) != i_alt):
            hvor = de_foerste([f.sted_navn for f in led])
            if hele.antal is None or hele.grundlag is None or any(f.antal is None or f.grundlag is None for f in led):
                return f"{hele.hvad}: Der står {tal(i_alt)}, men {hvor} har {tal(sum(dele))} tilsammen."
            antal, base = (sum(getattr(f, felt) for f in led) for felt in ("antal", "grundlag"))
            staar = f"{tal(hele.antal)} af {tal(hele.grundlag)}"
            return f"{hele.hvad}: Der står {staar}, men {hvor} har {tal(antal)} af {tal(base)} tilsammen."
    return ""


# --- what is missing, and what cannot be yet --------------------------------------------------------------------------


def _om_indikatoren(g: Talgrundlag, kode: str, maalt: Indikatorstand, besked: str, flere: str = "") -> Talfund:
    henvisning = reverse("indikator-vis", args=[g.plan.noegle, maalt.noegle])
    fund = Fund(kode, Alvor.NOTE, besked, henvisning, EGEN, flere=flere, kort=f"»{maalt.navn}«")
    return Talfund(fund, maalt.noegle, fingeraftryk([]))


def har_baseline(g: Talgrundlag) -> list[Talfund]:
    """A fixed indicator that has no figure to begin from."""
    return [
        _om_indikatoren(
            g,
            "uden-baseline",
            i,
            f"»{i.navn}« har intet tal, der er mærket som baseline.",
            "indikatorer mangler baseline:",
        )
        for i in g.indikatorer
        if i.er_fast and not i.har_baseline
    ]


def maal_er_maalt(g: Talgrundlag) -> list[Talfund]:
    """A fixed goal that nothing has been measured for."""
    henvisning = reverse("indikator-liste", args=[g.plan.noegle])
    flere = "mål har ingen måling:"
    return [
        Talfund(
            Fund(
                "maal-uden-maaling",
                Alvor.NOTE,
                f"Mål {nummer} »{tekst}« har ingen måling endnu.",
                henvisning,
                EGEN,
                flere=flere,
                kort=f"mål {nummer}",
            ),
            f"maal-{nummer}",
            fingeraftryk([]),
        )
        for nummer, tekst in g.umaalte
    ]


def maalsti_har_maal(g: Talgrundlag) -> list[Talfund]:
    """A path of yearly targets that leads to no target."""
    return [
        _om_indikatoren(
            g,
            "maalsti-uden-maal",
            i,
            f"»{i.navn}« har årsmål for {opremsning([str(aar) for aar in i.aarsmaal])}, men intet mål at nå til sidst.",
        )
        for i in g.indikatorer
        if i.aarsmaal and not i.har_maal
    ]


def skjult_er_regnet_ud(g: Talgrundlag) -> list[Talfund]:
    """Where it was too much to reckon which figures may stand beside the hidden ones, year by year."""
    aarene: dict[str, list[Kontrolfigur]] = defaultdict(list)
    for f in g.figurer:
        if f.pk in g.opgivne:
            aarene[f.hvornaar].append(f)
    ud = []
    for hvornaar, figurer in sorted(aarene.items()):
        besked = (
            f"{hvornaar}: {antal_i_ord(len(figurer), 'tal', 'tal')} hænger sammen på så mange måder, at programmet "
            "ikke kunne regne ud, hvilke der kan vises ved siden af dem, der handler om få. Derfor er de alle skjult."
        )
        fund = Fund("skjult-mere", Alvor.NOTE, besked, reverse("indikator-liste", args=[g.plan.noegle]), EGEN)
        ud.append(Talfund(fund, f"skjult-mere {hvornaar}", fingeraftryk(figurer)))
    return ud


def skjult_for_andres_skyld(g: Talgrundlag) -> list[Talfund]:
    """By indicator the figures that are hidden though they are not of a few themselves, and why. Only for those who see
    what is hidden: whoever else knew which of the hidden figures are large would know more of the small ones."""
    pr_indikator: dict[str, list[Kontrolfigur]] = defaultdict(list)
    for f in g.figurer:
        if f.skjult_for_andres_skyld:
            pr_indikator[f.indikator].append(f)
    ud = []
    for noegle, figurer in pr_indikator.items():
        navne = de_foerste([f"{f.sted_navn} {f.hvornaar}" for f in figurer])
        besked = (
            f"»{figurer[0].indikator_navn}«: {navne} er skjult for andre end jer, selv om "
            f"{'tallet' if len(figurer) == 1 else 'tallene'} ikke i sig selv handler om få. Sammen med andre tal, der "
            "vises eller er udgivet, kunne man ellers regne ud, hvor få der er i et tal eller en forskel."
        )
        fund = Fund("skjult-mere", Alvor.NOTE, besked, reverse("indikator-vis", args=[g.plan.noegle, noegle]), EGEN)
        ud.append(Talfund(fund, f"skjult-mere {noegle}", fingeraftryk(figurer)))
    return ud


def aar_er_begyndt(g: Talgrundlag) -> list[Talfund]:
    """A figure of a year that has not come."""
    return [
        _talfund(g, "aar-i-fremtiden", f.celle, [f], (tekst, tekst))
        for f in g.figurer
        if f.aar > g.i_dag.year and (tekst := f"{f.hvad}: året er ikke begyndt endnu.")
    ]


REGLER = [
    procent_passer, grundlag_enige, summer_passer, har_baseline, maal_er_maalt, maalsti_har_maal, aar_er_begyndt,
    skjult_er_regnet_ud,
]  # fmt: skip


#: For those alone who see the hidden figures.
REGLER_OM_SKJULTE = [skjult_for_andres_skyld]


def alle_talfund(g: Talgrundlag, *, se_skjulte: bool = False) -> list[Talfund]:
    """Those that nobody has acknowledged as the figures stand."""
    regler = [*REGLER, *REGLER_OM_SKJULTE] if se_skjulte else REGLER
    fundne = [fund for regel in regler for fund in regel(g)]
    return [f for f in fundne if g.accepter.get((f.fund.kode, f.emne)) != f.fingeraftryk]
