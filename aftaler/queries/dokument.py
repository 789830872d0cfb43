"""A samarbejdsaftale or delaftale as plain data: one object feeds the reading page, the PDF and the frozen edition.

Each function takes a constant number of queries. Prose is the stored HTML subset; nothing here is drawn or formatted
beyond words that belong to the data.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import Count, Max, Prefetch, prefetch_related_objects

from aftaler.choices import Afsnitsart, Delmaalstype, Dokumentart, Dokumenttype, Oplysning, Retning, Sammenligning
from aftaler.models import (
    Afsnit,
    Aktivitet,
    Delaftale,
    Delmaal,
    FastIndikator,
    Gruppe,
    Helhedsplan,
    Koblingsraekke,
    Koblingstabel,
    OverordnetMaal,
    Part,
    Samarbejdspart,
    Skabelonafsnit,
)
from aftaler.models.plan import Planperiode, med_papir
from aftaler.queries.bundnetal import talkilder
from aftaler.queries.navne import Navnebog, som_nu
from aftaler.queries.omraader import (
    Omraadevisning,
    Skema,
    efter_sted,
    i_delaftalen,
    indsatsskema,
    kaldt,
    maalte,
    omraadevisninger,
    stedsskema,
)
from aftaler.queries.plandele import delaftalerne, grupperne, omraaderne, parterne, skabelonen, valgte
from aftaler.queries.planraekker import (
    Behandlingsvisning,
    Faellesvisning,
    Sideplansvisning,
    behandlinger,
    faelles,
    sideplaner,
)
from helhedsplan import tilslutninger
from helhedsplan.felter import i_kolonner
from helhedsplan.formats import HAARDT_MELLEMRUM, antal, de_foerste, opremsning, tal
from helhedsplan.former import kun_naar_sagt
from helhedsplan.laest import laest_en_gang
from helhedsplan.models import Haendelse
from helhedsplan.tekst import Talkilde, har_ord, uden_skjulte_tal
from helhedsplan.tid import Tid, siddetid, tid, tidsrum

#: Object types whose changes change a paper; the date on the paper is the newest of these.
PAPIRTYPER = [
    m._meta.label_lower for m in (Afsnit, Aktivitet, Delaftale, Delmaal, Gruppe, Helhedsplan, Koblingstabel, Part)
] + ["aftaler.billede", "aftaler.omraade", "aftaler.omtaltpapir"]

#: What something is called in a paper.
Hedder = Callable[[Any], str]
#: A unit that says itself that it is counted by the year.
OM_AARET = re.compile(r"\b(?:om|pr\.?|hvert|per) år(?:et)?\b|\bårlig", re.IGNORECASE)
#: The counts of an activity, in the order that form, plan file, paper and page have them.
AKTIVITETSANTAL = ("maalgruppe_antal", "forventet_deltagertal")
#: A delmål and its target, in the order of form and plan file.
MAALFELTER = (
    "tekst", "maaltype", "retning", "sammenligning", "vaerdi", "vaerdi_til", "enhed", "gennemsnit", "mod",
)  # fmt: skip
AKTIVITETSPROSA = ("baggrund", "formaal", "maalgruppe", "indhold", "forankring", "ressourcer")


@dataclass(frozen=True)
class Partsvisning:
    navn: str
    art: str
    administrerer: bool
    gaelder_fra: date | None
    gaelder_til: date | None
    underskriver: str
    underskriver_titel: str
    gaelder_fra_sagt: str = kun_naar_sagt()
    gaelder_til_sagt: str = kun_naar_sagt()
    #: What else it is called.
    ogsaa: str = kun_naar_sagt()

    @property
    def kaldt(self) -> str:
        return kaldt(self.navn, self.ogsaa)

    @property
    def gaelder(self) -> str:
        """When it is a party, where that is not the whole period."""
        fra = tid(self.gaelder_fra, self.gaelder_fra_sagt)
        til = tid(self.gaelder_til, self.gaelder_til_sagt).efter(fra)
        return "" if fra.er_mangler and til.er_mangler else tidsrum(fra, til)


@dataclass(frozen=True)
class Billedvisning:
    id: int
    fil: str
    alternativ_tekst: str
    billedtekst: str


@dataclass(frozen=True)
class Koblingsraekkevisning:
    fra: str
    til: str
    maal: tuple[str, ...]


@dataclass(frozen=True)
class Koblingstabelvisning:
    id: int
    titel: str
    kolonne_fra: str
    kolonne_til: str
    raekker: tuple[Koblingsraekkevisning, ...]


@dataclass(frozen=True)
class Pladsvisning:
    titel: str
    organisation: str
    formand: bool
    antal: int | None = kun_naar_sagt(None)
    betingelse: str = kun_naar_sagt()

    @property
    def i_ord(self) -> str:
        """As it is printed: "Medarbejdere, Nord Kommune (8 pladser)"."""
        antal = f"{self.antal} pladser" if self.antal and self.antal > 1 else ""
        i_parentes = ", ".join(filter(None, [antal, "formand" if self.formand else "", self.betingelse]))
        hvem = ", ".join(filter(None, [self.titel, self.organisation]))
        return f"{hvem} ({i_parentes})" if i_parentes else hvem


@dataclass(frozen=True)
class Gruppevisning:
    """A group with those below it; the organisation diagram is drawn from the list of topmost groups."""

    noegle: str
    navn: str
    art: str
    moeder_pr_aar: int | None
    opgave: str
    pladser: tuple[Pladsvisning, ...]
    under: tuple["Gruppevisning", ...]
    omraader: tuple[str, ...] = kun_naar_sagt(())
    #: What kind it is, in the plan's own words.
    egen_art: str = kun_naar_sagt()

    @property
    def i_parentes(self) -> str:
        """What stands behind its name."""
        moeder = antal(self.moeder_pr_aar, "møde om året", "møder om året") if self.moeder_pr_aar else ""
        return ", ".join(filter(None, [self.egen_art, moeder]))


@dataclass(frozen=True)
class Talblok:
    """A figure in its printed lines, under what it is called when that must be said (an election, a place, a year)."""

    overskrift: str
    linjer: tuple[str, ...]


@dataclass(frozen=True)
class Maaltal:
    """The figures of a fixed indicator; `aar_afviger`: what is compared is not of the same year."""

    omraade: tuple[Talblok, ...]
    sammenligning: tuple[Talblok, ...]
    aar: str
    kilde: str
    aar_afviger: bool


#: The number of a goal that is the plan's own and not of the rule set.
EGET_MAAL = 0
EGNE_OVERORDNEDE = "Planens egne overordnede mål"
EGNE_KRITERIER = "Planens egne succeskriterier"
EGNE_DELMAAL = "Delmål med mål i tal eller retning"


@dataclass(frozen=True)
class Maalvisning:
    """A fixed goal with its indicators, or the plan's own criteria (nummer EGET_MAAL); `tal` is empty, or has figures
    (or None) for each of them in order."""

    nummer: int
    tekst: str
    indsatsomraade: str
    indikatorer: tuple[str, ...]
    tal: tuple[Maaltal | None, ...] = ()
    eget_overordnet: bool = kun_naar_sagt(False)
    """an overall goal that the plan has set itself; `indikatorer` is what it is measured on"""

    @property
    def raekker(self) -> tuple[tuple[str, Maaltal | None], ...]:
        return tuple(zip(self.indikatorer, self.tal, strict=True)) if self.tal else ()

    @property
    def navn(self) -> str:
        return self.tekst if self.nummer == EGET_MAAL else f"Mål {self.nummer}: {self.tekst}"

    @property
    def overskrift(self) -> str:
        return f"{self.navn} ({self.indsatsomraade})" if self.indsatsomraade else self.navn


class Kriterium(NamedTuple):
    """One of the plan's own success criteria, of an indsatsområde or '' for the whole plan. `kun_uden_faste`: it stands
    in the agreement only where the pulje has no fixed goals."""

    navn: str
    indsatsomraade: str
    tal: Maaltal | None = None
    kun_uden_faste: bool = False


@dataclass(frozen=True)
class Bilagsvisning:
    """An annex as the agreement lists it; `fil` is '' of one that is known by its name alone."""

    titel: str
    slags: str
    fil: str
    dato: str = ""
    kilde: str = ""
    offentliggjort: str = ""


@dataclass(frozen=True)
class Problemkompleksvisning:
    """The problemkompleks of one chosen indsatsområde, as its delaftale has it; tekst '' when none is written."""

    indsatsomraade: str
    noegle: str
    har_delaftale: bool
    tekst: str


@dataclass(frozen=True)
class Delmaalsvisning:
    noegle: str
    nummer: int
    tekst: str
    kilde: str
    maal_i_ord: str
    aktiviteter: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class Samarbejdspartsvisning:
    navn: str
    rolle: str
    aktivitet: str


@dataclass(frozen=True)
class Medlemsvisning:
    """Somebody who sits, will sit or has sat on the board."""

    navn: str
    titel: str
    formand: bool
    fra: date | None
    til: date | None
    fra_sagt: str = kun_naar_sagt()
    til_sagt: str = kun_naar_sagt()

    @property
    def siddetid(self) -> str:
        return siddetid(tid(self.fra, self.fra_sagt), tid(self.til, self.til_sagt))


@dataclass(frozen=True)
class Sidevisning:
    """A side of the board and its members, those who sit longest first."""

    navn: str
    har_stemme: bool
    medlemmer: tuple[Medlemsvisning, ...]

    @property
    def stemme(self) -> str:
        return "Med stemme" if self.har_stemme else "Uden stemme"

    @property
    def uden_medlemmer(self) -> str:
        return f"{self.navn} ({self.stemme.lower()}) har ingen medlemmer."


@dataclass(frozen=True)
class Milepaelsvisning:
    navn: str
    dato: date | None
    ansvarlig: str
    dato_sagt: str = kun_naar_sagt()

    @property
    def tid(self) -> Tid:
        return tid(self.dato, self.dato_sagt)


@dataclass(frozen=True)
class Prosafelt:
    felt: str
    navn: str
    tekst: str


@dataclass(frozen=True)
class Antalsfelt:
    felt: str
    navn: str
    antal: int


@dataclass(frozen=True)
class Aktivitetsvisning:
    noegle: str
    nummer: int
    navn: str
    status: str
    fortsaetter: str
    ansvarlig: str
    antal: tuple[Antalsfelt, ...]
    omraader: tuple[str, ...]
    delmaal: tuple[str, ...]
    prosa: tuple[Prosafelt, ...]
    samarbejdsparter: tuple[Samarbejdspartsvisning, ...]
    milepaele: tuple[Milepaelsvisning, ...]

    @property
    def er_beskrevet(self) -> bool:
        return any(har_ord(felt.tekst) for felt in self.prosa)


#: A diagram of fewer groups shows nobody under anybody.
DIAGRAM_MINDST = 2
USKREVET = "ikke skrevet"


def koblingshul(tabeller: int) -> str:
    return "" if tabeller else "ingen koblingstabel"


def diagramhul(grupper: int) -> str:
    if grupper >= DIAGRAM_MINDST:
        return ""
    return "diagrammet har kun én kasse" if grupper else "ingen grupper i organisationsdiagrammet"


def problemhul(uskrevne: Sequence[str], valgte: int) -> str:
    """`uskrevne`: the chosen indsatsområder that nobody has written the problems of."""
    if not valgte:
        return "ingen indsatsområder er valgt"
    return f"problemkomplekset mangler for {de_foerste(uskrevne)}" if uskrevne else ""


def delmaalshul(tjent: Sequence[bool]) -> str:
    """`tjent`: for each delmål, in order, whether an activity serves it."""
    if not tjent:
        return "ingen delmål"
    uden = [str(nr) for nr, er in enumerate(tjent, 1) if not er]
    return f"delmål {opremsning(uden)} har ingen aktivitet" if uden else ""


def aktivitetshul(uden_ord: Sequence[str], i_alt: int) -> str:
    """`uden_ord`: the activities that nothing is written of but the name."""
    if not i_alt:
        return "ingen aktiviteter"
    return f"{de_foerste([f'»{navn}«' for navn in uden_ord])} har kun et navn" if uden_ord else ""


def parthul(parter: int) -> str:
    return "" if parter else "ingen samarbejdsparter"


def bestyrelseshul(sider: Sequence[Sidevisning]) -> str:
    """What the board lacks for its table to say who sits there, and for its sides to be able to vote."""
    if not any(side.medlemmer for side in sider):
        return "ingen medlemmer"
    uden = [side.navn for side in sider if side.har_stemme and not side.medlemmer]
    return f"{de_foerste(uden)} har ingen medlemmer" if uden else ""


def baselinehul(uden: int) -> str:
    return f"{antal(uden, 'indikator', 'indikatorer')} mangler baseline" if uden else ""


def _kasser(grupper: Sequence[Gruppevisning]) -> int:
    return sum(1 + _kasser(g.under) for g in grupper)


def _maalhul(maal: Sequence[Maalvisning]) -> str:
    if not maal:
        return "ingen mål"
    faste = [m for m in maal if m.nummer != EGET_MAAL]
    return baselinehul(sum(t is None for m in faste for t in m.tal or [None] * len(m.indikatorer)))


#: The art of a section made from data -> what its contents lack, in words.
HUL_I_INDHOLD: dict[Any, Callable[[tuple], str]] = {
    Afsnitsart.KOBLINGSTABELLER: lambda tabeller: koblingshul(len(tabeller)),
    Afsnitsart.ORGANISERING: lambda grupper: diagramhul(_kasser(grupper)),
    Afsnitsart.MAAL_OG_INDIKATORER: _maalhul,
    Afsnitsart.PROBLEMKOMPLEKSER: lambda p: problemhul([e.indsatsomraade for e in p if not har_ord(e.tekst)], len(p)),
    Afsnitsart.DELMAAL: lambda delmaal: delmaalshul([bool(d.aktiviteter) for d in delmaal]),
    Afsnitsart.AKTIVITETER: lambda a: aktivitetshul([e.navn for e in a if not e.er_beskrevet], len(a)),
    Afsnitsart.SAMARBEJDSPARTER: lambda parter: parthul(len(parter)),
    Afsnitsart.BESTYRELSE: bestyrelseshul,
}


@dataclass(frozen=True)
class Dokumentafsnit:
    """One section: what the template says of it, what the plan has written (`tekst`), and, for sections made from
    data, `indhold`: a tuple of the visning classes above, chosen by `art`."""

    noegle: str
    nummer: str
    titel: str
    art: str
    har_prosa: bool
    vejledning: str
    uddybning: str
    kilde: str
    tekst: str
    faerdig: bool
    billeder: tuple[Billedvisning, ...]
    indhold: tuple = ()
    #: The areas that activities may be in, where they are held up against each other in a table.
    omraader: tuple[str, ...] = kun_naar_sagt(())

    @property
    def skema(self) -> Skema:
        """Which activity is in which of the areas."""
        return stedsskema(((a.navn, a.omraader) for a in self.indhold), self.omraader)

    @property
    def maal_efter_slags(self) -> list[list[Maalvisning]]:
        """The goals, with those that the plan has set itself apart."""
        return [list(ens) for _, ens in groupby(self.indhold, key=lambda m: m.eget_overordnet)]

    @property
    def tilstand(self) -> str:
        """tom (nothing at all), kladde or udfyldt: what is hollow (`hul`) is filled in by no mark of progress."""
        if not self.tekst and not self.billeder and not self.indhold:
            return "tom"
        return "udfyldt" if (self.faerdig or not self.har_prosa) and not self.hul else "kladde"

    @property
    def hul(self) -> str:
        """What the section lacks, in words; '' when it is whole."""
        if self.art in HUL_I_INDHOLD:
            return HUL_I_INDHOLD[self.art](self.indhold)
        skrevet = self.indhold or self.billeder or har_ord(self.tekst)
        return "" if skrevet else USKREVET


@dataclass(frozen=True)
class Dokument:
    """A whole paper. `noegle` is stable: plan's noegle, and for a delaftale '/indsatsområde' after it. `tal` is where
    the figures are from that its prose is bound to."""

    noegle: str
    art: str
    arttekst: str
    titel: str
    plan_navn: str
    omraadenavn: str
    pulje: str
    regulativ: date | None
    lbf_sagsnummer: str
    periode_fra: date | None
    periode_til: date | None
    aendret: datetime | None
    parter: tuple[Partsvisning, ...]
    omraader: tuple[str, ...]
    afsnit: tuple[Dokumentafsnit, ...] = field(default_factory=tuple)
    tal: tuple[Talkilde, ...] = ()
    periode_fra_sagt: str = kun_naar_sagt()
    periode_til_sagt: str = kun_naar_sagt()
    periode_ifoelge: str = kun_naar_sagt()
    """how long the period is, and by which layer's paper, where it is not as first agreed"""
    regulativ_sagt: str = kun_naar_sagt()
    parter_ikke_oplyst: bool = kun_naar_sagt(False)
    tekster_ikke_oplyst: bool = kun_naar_sagt(False)
    #: All the annexes of the plan, in an agreement whose sources name some that nobody has the file of.
    bilag: tuple[Bilagsvisning, ...] = kun_naar_sagt(())
    #: The areas with what is told of them beside their names; of a delaftale those it is ever about.
    omraaderne: tuple[Omraadevisning, ...] = kun_naar_sagt(())
    uden_omraade: tuple[str, ...] = kun_naar_sagt(())
    #: Of the samarbejdsaftale: what other plans there are for the same homes.
    sideplaner: tuple[Sideplansvisning, ...] = kun_naar_sagt(())
    #: Of the samarbejdsaftale: who the plan has been before, and what it has together with other plans.
    behandlinger: tuple[Behandlingsvisning, ...] = kun_naar_sagt(())
    faelles: tuple[Faellesvisning, ...] = kun_naar_sagt(())

    @property
    def omraader_efter_sted(self) -> list[tuple[str, str, list[Omraadevisning]]]:
        return efter_sted(self.omraaderne)

    @property
    def maalte(self) -> list[str]:
        return maalte(self.omraaderne)

    @property
    def stoerrelser(self) -> list[tuple[Omraadevisning, list]]:
        """For each area, what it has of each that is counted."""
        return [(o, [(hvad, o.stoerrelse(hvad)) for hvad in self.maalte]) for o in self.omraaderne]

    @property
    def indsatsskema(self) -> Skema:
        return indsatsskema(self.omraaderne, self.uden_omraade)

    @property
    def periode(self) -> str:
        fra = tid(self.periode_fra, self.periode_fra_sagt)
        return med_papir(tidsrum(fra, tid(self.periode_til, self.periode_til_sagt).efter(fra)), self.periode_ifoelge)


@dataclass(frozen=True)
class Underskriftslinje:
    """Who signs for a party, as the page of signatures names them."""

    part: str
    navn: str
    titel: str


@dataclass(frozen=True)
class Udgavestempel:
    """What a frozen paper says of itself: which edition, of which day, its id in every foot, and who signs it."""

    nummer: int
    dato: date
    frosset: datetime
    dokument_id: str
    underskrivere: tuple[Underskriftslinje, ...] = ()


def maal_i_ord(delmaal: Delmaal) -> str:
    """The target in words: 'skal stige', 'under 6 udsættelser om året', 'mellem 5 og 8 procentpoint i forhold til en
    kontrolgruppe'; '' when none is set."""
    i_snit = f"{tal(delmaal.gennemsnit.normalize())} i gennemsnit" if delmaal.gennemsnit is not None else ""
    maalet = " og ".join(filter(None, [_maalet(delmaal), i_snit]))
    return f"{maalet} i forhold til {delmaal.mod}".strip() if delmaal.mod else maalet


def _maalet(delmaal: Delmaal) -> str:
    retning = {Retning.STIGER: "skal stige", Retning.FALDER: "skal falde"}.get(delmaal.retning, "")
    enhed = f" {delmaal.enhed}" if delmaal.enhed else ""
    fra, til = (tal(v.normalize()) if v is not None else "" for v in (delmaal.vaerdi, delmaal.vaerdi_til))
    if not fra and til:
        return f"{retning} op til {til}{enhed}".strip()
    if not fra or delmaal.maaltype == Delmaalstype.RETNING:
        return retning
    if delmaal.maaltype == Delmaalstype.MELLEM:
        return f"mellem {fra} og {til}{enhed}"
    if delmaal.maaltype == Delmaalstype.AENDRING:
        return _aendring(delmaal, retning, fra, til)
    fra = f"{fra}-{til}" if til else fra
    if delmaal.maaltype == Delmaalstype.TAL:
        return f"{retning} til {fra}{enhed}".strip() if retning else f"{fra}{enhed}"
    ord_ = Sammenligning(delmaal.sammenligning).label if delmaal.sammenligning else ""
    aarligt = delmaal.maaltype == Delmaalstype.AARLIGT_LOFT and not OM_AARET.search(delmaal.enhed)
    return f"{ord_} {fra}{enhed}{' om året' if aarligt else ''}".strip()


def _aendring(delmaal: Delmaal, retning: str, fra: str, til: str) -> str:
    """'skal falde 10 %', 'skal falde 5-10 %', 'må ikke stige og skal helst falde op til 10 %'."""
    if delmaal.vaerdi == 0 and til:
        den_anden = "falde" if delmaal.retning == Retning.STIGER else "stige"
        return f"må ikke {den_anden} og {retning.replace('skal', 'skal helst')} op til {til}{HAARDT_MELLEMRUM}%"
    return f"{retning} {f'{fra}-{til}' if til else fra}{HAARDT_MELLEMRUM}%"


AFTALETITEL = "Strategisk samarbejdsaftale om boligsocial indsats"


def delaftaletitel(delaftale: Delaftale) -> str:
    return f"Delaftale: {delaftale.indsatsomraade.navn}"


def samarbejdsaftale(plan: Helhedsplan, *, se_skjulte: bool = False) -> Dokument:
    """The strategic cooperation agreement in the order of the rule set's template. Hidden figures in its prose are not
    in it, but on the page of those who write it (`se_skjulte`): papers, editions and files are for everybody. Names
    are those of today, and of a plan that is over those of its last day."""
    hedder = Navnebog(plan)
    indhold = {
        Afsnitsart.AFTALEDOKUMENTER: lambda: _aftaledokumenter(plan),
        Afsnitsart.KOBLINGSTABELLER: lambda: _koblingstabeller(plan),
        Afsnitsart.ORGANISERING: lambda: grupper(plan, hedder),
        Afsnitsart.MAAL_OG_INDIKATORER: lambda: maal_i(plan),
        Afsnitsart.PROBLEMKOMPLEKSER: lambda: _problemkomplekser(plan),
        Afsnitsart.BESTYRELSE: lambda: bestyrelsen(plan),
    }
    type_ = Dokumenttype.SAMARBEJDSAFTALE
    return dokument_af(plan, type_, None, AFTALETITEL, indhold, hedder=hedder, se_skjulte=se_skjulte)


def delaftale(delaftale: Delaftale, *, se_skjulte: bool = False) -> Dokument:
    """One delaftale in the order of the rule set's template; hidden figures and names as in the samarbejdsaftale."""
    hedder = Navnebog(delaftale.plan)
    indhold = {
        Afsnitsart.DELMAAL: lambda: _delmaal(delaftale),
        Afsnitsart.AKTIVITETER: lambda: _aktiviteter(delaftale, hedder),
        Afsnitsart.SAMARBEJDSPARTER: lambda: _samarbejdsparter(delaftale),
    }
    titel = delaftaletitel(delaftale)
    type_ = Dokumenttype.DELAFTALE
    return dokument_af(delaftale.plan, type_, delaftale, titel, indhold, hedder=hedder, se_skjulte=se_skjulte)


def dokument_af(
    plan: Helhedsplan,
    type_: Dokumenttype | Dokumentart,
    aftale: Delaftale | None,
    titel: str,
    indhold: dict,
    *,
    hedder: Navnebog | None = None,
    se_skjulte: bool = False,
) -> Dokument:
    """A paper in the sections of the rule set's template for it; `indhold` makes those that come from data."""
    hedder = hedder or Navnebog(plan)
    skrevne = _skrevne(plan, aftale)
    skabelon = [s for s in skabelonen(plan) if s.dokument == type_ and s.kan_vises]
    afsnit = tuple(_afsnit(s, skrevne.get(s.pk), indhold) for s in skabelon)
    omraader = _omraader(plan, type_, aftale, hedder)
    if aftale:
        afsnit = tuple(_med_omraader(et, omraader) for et in afsnit)
    tal = talkilder(plan, prosa_i(afsnit))
    if not se_skjulte and any(kilde.skjult for kilde in tal):
        afsnit = tuple(_som_alle_ser(et, tal) for et in afsnit)
    papir = Dokument(
        noegle=f"{plan.noegle}/{aftale.noegle}" if aftale else plan.noegle,
        art=type_.value,
        arttekst=type_.label,
        titel=titel,
        plan_navn=hedder(plan),
        omraadenavn=plan.omraadenavn or hedder(plan),
        pulje=plan.puljen,
        regulativ=plan.regelsaet.regulativ if plan.kender_puljen else None,
        regulativ_sagt=plan.regelsaet.regulativ_sagt if plan.kender_puljen else "",
        lbf_sagsnummer=plan.lbf_sagsnummer,
        periode_fra=plan.periode_fra,
        periode_til=None,
        periode_fra_sagt=plan.periode_fra_sagt,
        parter_ikke_oplyst=Oplysning.PARTER in plan.ikke_oplyst and not parterne(plan),
        tekster_ikke_oplyst=Oplysning.TEKSTER in plan.ikke_oplyst,
        aendret=_aendret(plan),
        parter=_parter(plan, hedder),
        omraader=tuple(o.navn for o in omraader if o.staar in {"", "med"}),
        bilag=_bilag(plan) if type_ == Dokumenttype.SAMARBEJDSAFTALE else (),
        omraaderne=omraader if any(_siger_mere(o) for o in omraader) else (),
        uden_omraade=_uden_omraade(plan, omraader) if type_ == Dokumenttype.SAMARBEJDSAFTALE else (),
        afsnit=afsnit,
        tal=tal,
    )
    if type_ == Dokumenttype.SAMARBEJDSAFTALE:
        papir = replace(papir, sideplaner=sideplaner(plan), behandlinger=behandlinger(plan), faelles=faelles(plan))
    return med_periode(papir, plan.perioden())


@laest_en_gang
def _skrevne(plan: Helhedsplan, aftale: Delaftale | None) -> dict[int, Afsnit]:
    """By the section of the template."""
    alle = Afsnit.objects.filter(plan=plan, delaftale=aftale).prefetch_related("billeder")
    return {a.skabelon_id: a for a in alle}


@laest_en_gang
def _aendret(plan: Helhedsplan) -> datetime | None:
    """When something was last written in what the papers are made of."""
    skrevet = Haendelse.objects.filter(kaede=plan.noegle, objekt_type__in=PAPIRTYPER)
    return skrevet.aggregate(nyest=Max("tidspunkt"))["nyest"]


def med_periode(papir: Dokument, periode: Planperiode) -> Dokument:
    """The paper with the end of the period as it stands then, and the layer that says so."""
    return replace(papir, **i_kolonner("periode_til", periode.til), periode_ifoelge=periode.ifoelge)


def _bilag(plan: Helhedsplan) -> tuple[Bilagsvisning, ...]:
    """Where every annex is at hand, the plan's page lists them, and a file more changes no agreement."""
    omtalte = tuple(
        Bilagsvisning(p.titel, p.get_art_display(), "", p.tid.i_ord, p.kilde, p.offentliggjort_i_ord)
        for p in plan.omtalte_papirer.all()
    )
    if not omtalte:
        return ()
    med_fil = (
        Bilagsvisning(b.titel, b.get_art_display(), b.filnavn, offentliggjort=b.offentliggjort_i_ord)
        for b in plan.bilag.all()
    )
    return (*med_fil, *omtalte)


def _uden_omraade(plan: Helhedsplan, omraader: tuple[Omraadevisning, ...]) -> tuple[str, ...]:
    """The chosen indsatsområder that are in none of the areas, where it is told of any what is done there."""
    i_et = {led.navn for o in omraader for led in o.indsatsomraader}
    return tuple(o.navn for o in valgte(plan) if o.navn not in i_et) if i_et else ()


def _omraader(
    plan: Helhedsplan, type_: Dokumenttype | Dokumentart, aftale: Delaftale | None, hedder: Navnebog
) -> tuple[Omraadevisning, ...]:
    if aftale:
        return i_delaftalen(plan, aftale.indsatsomraade_id, hedder)
    if type_ == Dokumenttype.SAMARBEJDSAFTALE:
        return omraadevisninger(plan, hedder)
    return tuple(Omraadevisning(hedder(o)) for o in omraaderne(plan))


def _siger_mere(omraade: Omraadevisning) -> bool:
    """Whether more is told of an area than its name."""
    return replace(omraade, staar="") != Omraadevisning(omraade.navn) or omraade.staar not in {"", "med"}


def _med_omraader(afsnit: Dokumentafsnit, omraader: tuple[Omraadevisning, ...]) -> Dokumentafsnit:
    """The activities of several areas, with the areas of the table: those of the delaftale, and others that an activity
    is in."""
    if afsnit.art != Afsnitsart.AKTIVITETER or not afsnit.indhold:
        return afsnit
    navne = dict.fromkeys([*(o.navn for o in omraader), *(navn for a in afsnit.indhold for navn in a.omraader)])
    return replace(afsnit, omraader=tuple(navne)) if len(navne) > 1 else afsnit


def _som_alle_ser(afsnit: Dokumentafsnit, tal: tuple[Talkilde, ...]) -> Dokumentafsnit:
    """The section with a word for each hidden figure in its prose."""

    def del_som_alle_ser(del_):
        if isinstance(del_, Problemkompleksvisning):
            return replace(del_, tekst=uden_skjulte_tal(del_.tekst, tal))
        if isinstance(del_, Aktivitetsvisning):
            return replace(del_, prosa=tuple(replace(p, tekst=uden_skjulte_tal(p.tekst, tal)) for p in del_.prosa))
        return del_

    indhold = tuple(map(del_som_alle_ser, afsnit.indhold))
    return replace(afsnit, tekst=uden_skjulte_tal(afsnit.tekst, tal), indhold=indhold)


def prosa_i(afsnit: tuple[Dokumentafsnit, ...]) -> Iterator[str]:
    """Every text of a paper that may hold bound figures."""
    for et in afsnit:
        yield et.tekst
        for del_ in et.indhold:
            if isinstance(del_, Problemkompleksvisning):
                yield del_.tekst
            elif isinstance(del_, Aktivitetsvisning):
                yield from (felt.tekst for felt in del_.prosa)


def _afsnit(skabelon: Skabelonafsnit, skrevet: Afsnit | None, indhold: dict) -> Dokumentafsnit:
    return Dokumentafsnit(
        noegle=skabelon.noegle,
        nummer=skabelon.nummer,
        titel=skabelon.titel,
        art=skabelon.art,
        har_prosa=skabelon.har_prosa,
        vejledning=skabelon.vejledning,
        uddybning=skabelon.uddybning,
        kilde=skabelon.kilde,
        tekst=skrevet.tekst if skrevet else "",
        faerdig=skrevet.faerdig if skrevet else False,
        billeder=tuple(
            Billedvisning(b.pk, b.fil.name, b.alternativ_tekst, b.billedtekst)
            for b in (skrevet.billeder.all() if skrevet else ())
        ),
        indhold=tuple(indhold.get(skabelon.art, tuple)()),
    )


def _parter(plan: Helhedsplan, hedder: Navnebog) -> tuple[Partsvisning, ...]:
    return tuple(
        Partsvisning(
            hedder(p.organisation),
            p.organisation.art,
            p.administrerer,
            p.gaelder_fra,
            p.gaelder_til,
            p.underskriver,
            p.underskriver_titel,
            p.gaelder_fra_sagt,
            p.gaelder_til_sagt,
            hedder.ogsaa(p.organisation),
        )
        for p in parterne(plan)
    )


def _aftaledokumenter(plan: Helhedsplan) -> list[str]:
    """The papers that belong to the agreement: one delaftale per chosen indsatsområde, and the fixed ones."""
    delaftaler = [f"Delaftale om {omraade.navn}" for omraade in valgte(plan)]
    return [
        *delaftaler,
        "Budget",
        "Beredskabsplan",
        "Milepælsplan",
        "Kommissorium for bestyrelsen",
        "Indberetningsskema",
        "Organisationsdiagram",
    ]


def _koblingstabeller(plan: Helhedsplan) -> list[Koblingstabelvisning]:
    raekker = Koblingsraekke.objects.prefetch_related(Prefetch("maal", OverordnetMaal.objects.order_by("nummer")))
    return [
        Koblingstabelvisning(
            tabel.pk,
            tabel.titel,
            tabel.kolonne_fra,
            tabel.kolonne_til,
            tuple(Koblingsraekkevisning(r.fra, r.til, tuple(map(str, r.maal.all()))) for r in tabel.raekker.all()),
        )
        for tabel in plan.koblingstabeller.prefetch_related(Prefetch("raekker", raekker))
    ]


@laest_en_gang
def grupper(plan: Helhedsplan, hedder: Hedder = som_nu) -> tuple[Gruppevisning, ...]:
    """The plan's groups as a forest, in order."""
    under: dict[int | None, list[Gruppe]] = {}
    alle = grupperne(plan)
    prefetch_related_objects(alle, "pladser__organisation__lagt_ind_i", "omraader__lagt_ind_i")
    for gruppe in alle:
        under.setdefault(gruppe.over_id, []).append(gruppe)
    return _gren(under, None, hedder)


def _gren(under: dict[int | None, list[Gruppe]], over: int | None, hedder: Hedder) -> tuple[Gruppevisning, ...]:
    return tuple(
        Gruppevisning(
            g.noegle,
            g.navn,
            g.slagsnavn,
            g.moeder_pr_aar,
            g.opgave,
            tuple(
                Pladsvisning(
                    p.titel, hedder(p.organisation) if p.organisation else "", p.formand, p.antal, p.betingelse
                )
                for p in g.pladser.all()
            ),
            _gren(under, g.pk, hedder),
            tuple(hedder(o) for o in g.omraader.all()),
            g.artsnavn,
        )
        for g in under.get(over, [])
    )


@laest_en_gang
def bestyrelsen(plan: Helhedsplan) -> list[Sidevisning]:
    """Who has seats on the plan's board, side by side."""
    return [side for hent in tilslutninger.BESTYRELSER for side in hent(plan)]


@laest_en_gang
def maal_i(plan: Helhedsplan) -> list[Maalvisning]:
    """The rule set's fixed goals with their indicators, for the chosen indsatsområder (all when none is chosen), the
    overall goals that the plan has set itself, and its own criteria; where the pulje has no fixed goals, its delmål
    with a target are among them."""
    tallene: dict[int, Maaltal] = {}
    kriterier: list[Kriterium] = []
    for hent in tilslutninger.MAALTAL:
        af_faste, egne = hent(plan)
        tallene |= af_faste
        kriterier += egne
    maal = _faste_maal(plan, tallene)
    egne = [k for k in kriterier if not (maal and k.kun_uden_faste)]
    delmaal = [] if maal else _delmaal_som_kriterier(plan)
    maal += [*_egne_maal(plan), *_kriterier(EGNE_KRITERIER, egne), *_kriterier(EGNE_DELMAAL, delmaal)]
    return maal if any(t for m in maal for t in m.tal) else [replace(m, tal=()) for m in maal]


def _egne_maal(plan: Helhedsplan) -> list[Maalvisning]:
    return [
        Maalvisning(EGET_MAAL, m.tekst, "", (m.maales_paa,) if m.maales_paa else (), eget_overordnet=True)
        for m in plan.egne_maal.all()
    ]


def _faste_maal(plan: Helhedsplan, tallene: dict[int, Maaltal]) -> list[Maalvisning]:
    de_valgte = {omraade.pk for omraade in valgte(plan)}
    maal = OverordnetMaal.objects.filter(indsatsomraade__regelsaet_id=plan.puljens_id).select_related("indsatsomraade")
    indikatorer = Prefetch("indikatorer", FastIndikator.objects.order_by("nummer"))
    return [
        Maalvisning(
            m.nummer,
            m.tekst,
            m.indsatsomraade.navn,
            tuple(i.navn for i in m.indikatorer.all()),
            tuple(tallene.get(i.pk) for i in m.indikatorer.all()),
        )
        for m in maal.prefetch_related(indikatorer).order_by("nummer")
        if not de_valgte or m.indsatsomraade_id in de_valgte
    ]


def _delmaal_som_kriterier(plan: Helhedsplan) -> list[Kriterium]:
    delmaal = Delmaal.objects.filter(delaftale__plan=plan).select_related("delaftale__indsatsomraade")
    return [
        Kriterium(f"{d.tekst} ({ord_})", d.delaftale.indsatsomraade.navn)
        for d in delmaal.order_by("delaftale__indsatsomraade__nummer", "orden", "pk")
        if (ord_ := maal_i_ord(d))
    ]


def _kriterier(tekst: str, kriterier: list[Kriterium]) -> list[Maalvisning]:
    """One table for each indsatsområde."""
    fundne: dict[str, list[Kriterium]] = {}
    for k in kriterier:
        fundne.setdefault(k.indsatsomraade, []).append(k)
    return [
        Maalvisning(EGET_MAAL, tekst, omraade, tuple(k.navn for k in egne), tuple(k.tal for k in egne))
        for omraade, egne in fundne.items()
    ]


def _problemkomplekser(plan: Helhedsplan) -> list[Problemkompleksvisning]:
    """Written once, in the delaftaler; the agreement shows them by indsatsområde."""
    afsnit = Afsnit.objects.filter(
        plan=plan, skabelon__dokument=Dokumenttype.DELAFTALE, skabelon__noegle="problemkompleks"
    )
    tekster = dict(afsnit.values_list("delaftale__indsatsomraade_id", "tekst"))
    oprettede = {aftale.indsatsomraade_id for aftale in delaftalerne(plan)}
    return [Problemkompleksvisning(o.navn, o.noegle, o.pk in oprettede, tekster.get(o.pk, "")) for o in valgte(plan)]


def _delmaal(aftale: Delaftale) -> list[Delmaalsvisning]:
    return [
        Delmaalsvisning(
            d.noegle,
            nr,
            d.tekst,
            d.get_kilde_display(),
            maal_i_ord(d),
            tuple(a.navn for a in d.aktiviteter.all()),
            d.note,
        )
        for nr, d in enumerate(
            aftale.delmaal.prefetch_related(Prefetch("aktiviteter", Aktivitet.objects.order_by("orden", "pk"))), 1
        )
    ]


def _samarbejdsparter(aftale: Delaftale) -> list[Samarbejdspartsvisning]:
    """Those of the whole delaftale first, then those of its activities."""
    parter = Samarbejdspart.objects.filter(delaftale=aftale).select_related("aktivitet")
    fundne = sorted(
        parter, key=lambda p: (p.aktivitet_id is not None, p.aktivitet.orden if p.aktivitet else 0, p.orden, p.pk)
    )
    return [Samarbejdspartsvisning(p.navn, p.rolle, p.aktivitet.navn if p.aktivitet else "") for p in fundne]


def _aktiviteter(aftale: Delaftale, hedder: Hedder) -> list[Aktivitetsvisning]:
    aktiviteter = aftale.aktiviteter.select_related("fortsaetter__delaftale__plan").prefetch_related(
        "omraader__lagt_ind_i", "delmaal", "milepaele", "samarbejdsparter"
    )
    return [aktivitetsvisning(a, nr, hedder) for nr, a in enumerate(aktiviteter, 1)]


def aktivitetsvisning(a: Aktivitet, nummer: int, hedder: Hedder = som_nu) -> Aktivitetsvisning:
    """One activity with everything that a paper says of it; expects its relations prefetched."""
    return Aktivitetsvisning(
        noegle=a.noegle,
        nummer=nummer,
        navn=a.navn,
        status=a.get_status_display() if a.status else "",
        fortsaetter=f"{a.fortsaetter.navn} ({a.fortsaetter.plan.navn})" if a.fortsaetter else "",
        ansvarlig=a.ansvarlig,
        antal=tuple(
            Antalsfelt(felt, _feltnavn(felt), getattr(a, felt))
            for felt in AKTIVITETSANTAL
            if getattr(a, felt) is not None
        ),
        omraader=tuple(hedder(o) for o in a.omraader.all()),
        delmaal=tuple(d.tekst for d in a.delmaal.all()),
        prosa=tuple(Prosafelt(felt, _feltnavn(felt), getattr(a, felt)) for felt in AKTIVITETSPROSA if getattr(a, felt)),
        samarbejdsparter=tuple(Samarbejdspartsvisning(p.navn, p.rolle, "") for p in a.samarbejdsparter.all()),
        milepaele=tuple(Milepaelsvisning(m.navn, m.dato, m.ansvarlig, m.dato_sagt) for m in a.milepaele.all()),
    )


def _feltnavn(felt: str) -> str:
    return str(Aktivitet._meta.get_field(felt).verbose_name).capitalize()


@dataclass(frozen=True)
class Delaftaleoversigt:
    """A chosen indsatsområde with its fixed goals and, when there is a delaftale, how much it holds."""

    noegle: str
    navn: str
    maal: tuple[str, ...]
    har_delaftale: bool
    antal_delmaal: int
    antal_aktiviteter: int


def delaftaleoversigt(plan: Helhedsplan) -> list[Delaftaleoversigt]:
    """One line per chosen indsatsområde, in the rule set's order."""
    taelling = plan.delaftaler.annotate(
        d=Count("delmaal", distinct=True), a=Count("aktiviteter", distinct=True)
    ).values_list("indsatsomraade_id", "d", "a")
    fundne = {omraade: (d, a) for omraade, d, a in taelling.order_by()}
    return [
        Delaftaleoversigt(
            o.noegle, o.navn, tuple(m.tekst for m in o.maal.all()), o.pk in fundne, *fundne.get(o.pk, (0, 0))
        )
        for o in plan.indsatsomraader.prefetch_related("maal")
    ]
