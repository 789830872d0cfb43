"""A plan's dates, worked out of plain data: what is due, when, what it stands on, and whether it is done. Pure.

Duties hold for a plan that is granted or running. One that is not granted yet has none, and one that is closed, or was
over two years ago, has none left: there only meetings, what persons have set, and the end of the period are told.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from itertools import pairwise

from aftaler.choices import Fase, Milepaelsstatus
from helhedsplan.formats import antal, lang_dato
from helhedsplan.tid import MANGLER, Tid, dagen
from indikatorer.rules.opfoelgning import senest
from kalender.choices import Kalenderslags, Kalendertilstand
from moeder.choices import Moedeart, Moedepapirart, Moedetilstand
from status.rules import EGEN, FRIST_DAGE, Kvartal, planens_kvartaler, regnet_periode

SNART_DAGE = 30
#: A meeting that was never held is told for so long; after that nobody can make it good.
UAFHOLDT_DAGE = 365
#: Accounts and reports of a plan are due up to so long after its end; a plan that ended before is history.
EFTERSPIL_DAGE = 730
#: What the name of a meeting itself begins with, and of one that has no date.
MOEDE = "moede-"
UDEN_DATO = "uden-dato-"
FORPLIGTET = frozenset({Fase.BEVILGET, Fase.I_GANG})
#: Phases of a successor that show it has been applied for.
ANSOEGT = frozenset({Fase.ANSOEGNING, Fase.BEVILGET, Fase.I_GANG, Fase.AFSLUTTET})


@dataclass(frozen=True)
class Kalendergrundlag:
    """What a date stands on. `verificeret` False: nobody's known rule, and said to be so wherever it is shown."""

    tekst: str
    verificeret: bool = True

    def __str__(self) -> str:
        return self.tekst if self.verificeret else f"{self.tekst} (ikke verificeret)"


EGET = Kalendergrundlag(EGEN, verificeret=False)
PLANENS = Kalendergrundlag("Planens periode")
PERSONENS = Kalendergrundlag("Sat i kalenderen")


@dataclass(frozen=True)
class Maaneder:
    """A number of months that a rule uses, and where it comes from."""

    antal: int
    grundlag: Kalendergrundlag


#: The day of what is told without any limit: after all others, and in no other calendar.
UDEN_DAG = date.max


@dataclass(frozen=True)
class Ordensdata:
    bestyrelsesmoeder: int
    foelgegruppemoeder: int
    indkaldelse_dage: int
    referat_dage: int
    grundlag: Kalendergrundlag


@dataclass(frozen=True)
class Statusdata:
    noegle: str
    frist: date
    publiceret: date | None


@dataclass(frozen=True)
class Moededata:
    pk: int
    art: str
    dato: date
    navn: str
    tilstand: str
    papirer: frozenset[str] = frozenset()
    start: time | None = None
    slut: time | None = None

    @property
    def titel(self) -> str:
        return self.navn or str(Moedeart(self.art).label)


@dataclass(frozen=True)
class Milepaelsdata:
    """`sted` is the section of the paper; `ejer` names the activity, '' for one of the plan as a whole."""

    navn: str
    dato: date
    status: str
    sted: str
    ejer: str = ""
    pk: int = 0
    tidligst: date | None = None
    sagt: str = ""
    """how the date is told where that is no day; `dato` is then the last day it can mean"""


@dataclass(frozen=True)
class Fristdata:
    """A day that a person has set. `afledt` names the line of the calendar that it says is done, '' for its own."""

    pk: int
    dato: date
    titel: str
    note: str = ""
    udfoert: date | None = None
    afledt: str = ""
    tidligst: date | None = None
    sagt: str = ""
    """how the date is told where that is no day; `dato` is then the last day it can mean, `UDEN_DAG` where none is"""


@dataclass(frozen=True)
class Plandata:
    noegle: str
    navn: str
    fra: date | None
    til: date | None
    fase: str
    orden: Ordensdata
    maaneder: dict[str, Maaneder]
    milepaelsplan_opdateret: date | None = None
    beredskabsplan_opdateret: date | None = None
    statusser: dict[Kvartal, Statusdata] = field(default_factory=dict)
    moeder: tuple[Moededata, ...] = ()
    milepaele: tuple[Milepaelsdata, ...] = ()
    maal: tuple[tuple[int, date | None], ...] = ()
    """(number of the goal, when it was last followed up)"""
    efterfoelgere: tuple[str, ...] = ()
    """the phases of the plans that come after"""
    frister: tuple[Fristdata, ...] = ()
    slutter: Tid = MANGLER
    """the end as it is told; `fra` and `til` are the days that duties are counted from and to"""
    ifoelge: str = ""
    """the layer's paper that moved the end, where one has"""

    @property
    def er_forpligtet(self) -> bool:
        return self.fase in FORPLIGTET

    def er_laengst_forbi(self, i_dag: date) -> bool:
        """So long after its end that nothing in it can be made good, whatever phase it stands in."""
        slutter = dagen(self.til) if self.slutter.er_praecis else self.slutter
        sidst = None if slutter.formentlig else slutter.senest
        return bool(sidst and sidst < i_dag - timedelta(days=EFTERSPIL_DAGE))


@dataclass(slots=True)  # not frozen: the state is set last, and thousands of lines are made at once
class Kalenderlinje:
    """One date of a plan. `uid` is the same for the same thing from day to day; `sted` is (URL name, arguments,
    anchor); `offentlig` is the title where others than the plan's people may come by it; `udfoert` the day it was done,
    where that is known."""

    uid: str
    dato: date
    titel: str
    slags: Kalenderslags
    sted: tuple[str, tuple, str]
    grundlag: Kalendergrundlag
    er_udfoert: bool = False
    udfoert: date | None = None
    offentlig: str = ""
    frist: Fristdata | None = None
    kan_meldes_udfoert: bool = False
    tilstand: Kalendertilstand | None = None
    start: time | None = None
    slut: time | None = None
    milepael: Milepaelsdata | None = None
    tidligst: date | None = None
    sagt: str = ""
    """how it is told where that is no day; then `dato` is the last day that may be meant, and `tidligst` the first"""

    @property
    def hvornaar(self) -> str:
        return self.sagt or lang_dato(self.dato)

    @property
    def fra(self) -> date:
        """The first day that may be meant."""
        return self.tidligst or self.dato

    @property
    def er_aaben(self) -> bool:
        return not self.er_udfoert

    @property
    def er_moede(self) -> bool:
        """A meeting itself, and not a paper of one."""
        return self.uid.startswith(MOEDE)

    @property
    def kan_meldes_holdt(self) -> bool:
        """A meeting that may have been held elsewhere: the day is asked for, and the minutes may be attached."""
        if self.er_moede:
            return self.kan_meldes_udfoert and self.er_aaben
        return self.uid.startswith(UDEN_DATO)

    @property
    def vis_grundlag(self) -> bool:
        """A milestone and a person's own day say already what they are."""
        return self.slags not in (Kalenderslags.MILEPAEL, Kalenderslags.FRIST)

    @property
    def kan_meldes(self) -> bool:
        """A person says that it is done, and may take that back; other lines are done where their link leads."""
        return self.frist is not None or (self.kan_meldes_udfoert and self.er_aaben)


def kalender(plan: Plandata, i_dag: date) -> list[Kalenderlinje]:
    """Every date of the plan in order, each with its state on the day."""
    meldte = {frist.afledt: frist for frist in plan.frister if frist.afledt}
    fundne = [_med_melding(linje, meldte.pop(linje.uid, None)) for linje in _afledte(plan, i_dag)]
    egne = [frist for frist in plan.frister if not frist.afledt] + list(meldte.values())
    fundne += [_egen(plan, frist) for frist in egne]
    for linje in fundne:
        linje.tilstand = tilstand(linje, i_dag)
    return sorted(fundne, key=lambda linje: (linje.dato, linje.slags, linje.uid))


def tilstand(linje: Kalenderlinje, i_dag: date):
    """The Kalendertilstand of a line on a day."""
    if linje.er_udfoert:
        return Kalendertilstand.UDFOERT
    if linje.dato < i_dag:
        return Kalendertilstand.FORFALDEN
    return Kalendertilstand.SNART if linje.fra <= i_dag + timedelta(days=SNART_DAGE) else Kalendertilstand.KOMMENDE


def _med_melding(linje: Kalenderlinje, frist: Fristdata | None) -> Kalenderlinje:
    """A line that the program cannot see done, with what a person has said of it."""
    if frist is None:
        return linje
    udfoert = linje.udfoert or frist.udfoert
    return replace(linje, er_udfoert=linje.er_udfoert or udfoert is not None, udfoert=udfoert, frist=frist)


def _egen(plan: Plandata, frist: Fristdata) -> Kalenderlinje:
    return Kalenderlinje(
        f"frist-{frist.pk}",
        frist.dato,
        frist.titel,
        Kalenderslags.FRIST,
        ("kalender-liste", (plan.noegle,), f"frist-{frist.pk}"),
        PERSONENS,
        er_udfoert=frist.udfoert is not None,
        udfoert=frist.udfoert,
        frist=frist,
        tidligst=frist.tidligst,
        sagt=frist.sagt,
    )


def _afledte(plan: Plandata, i_dag: date) -> Iterator[Kalenderlinje]:
    yield from _moeder(plan, i_dag)
    yield from _udloeb(plan, i_dag)
    if plan.er_forpligtet and not plan.er_laengst_forbi(i_dag):
        fra, til = regnet_periode(plan.fra, plan.til, i_dag)
        regnet = replace(plan, fra=fra, til=til)
        yield from _statusser(regnet)
        yield from _manglende_moeder(regnet, i_dag)
        yield from _papirer(regnet)
        yield from _oekonomi(regnet)
        yield from _maal(regnet)
        yield from _fornyelse(plan)
        yield from _milepaele(plan)


# --- the quarters, the papers, the money and the goals ----------------------------------------------------------------


def _statusser(plan: Plandata) -> Iterator[Kalenderlinje]:
    egen_regel = Kalendergrundlag(f"{EGEN}: {FRIST_DAGE} dage efter kvartalet", verificeret=False)
    for kvartal in sorted({*planens_kvartaler(plan.fra, plan.til), *plan.statusser}):
        status = plan.statusser.get(kvartal)
        frist = status.frist if status else kvartal.frist
        yield Kalenderlinje(
            f"status-{kvartal}",
            frist,
            f"Publicér status for {kvartal.navn}",
            Kalenderslags.STATUS,
            ("status-vis", (plan.noegle, status.noegle), "") if status else ("status-liste", (plan.noegle,), ""),
            egen_regel if frist == kvartal.frist else Kalendergrundlag("Sat i statussen"),
            er_udfoert=bool(status and status.publiceret),
            udfoert=status.publiceret if status else None,
        )


def _papirer(plan: Plandata) -> Iterator[Kalenderlinje]:
    """The yearly going through: counted from the last time, or from the plan's first day."""
    hver = plan.maaneder["papirer_opdateres_mdr"]
    for noegle, navn, sidst in (
        ("milepaelsplan", "milepælsplanen", plan.milepaelsplan_opdateret),
        ("beredskabsplan", "beredskabsplanen", plan.beredskabsplan_opdateret),
    ):
        dato = _naeste(plan, sidst, hver.antal)
        if dato:
            sted = (f"{noegle}-vis", (plan.noegle,), "")
            uid = f"{noegle}-{dato.year}"
            yield Kalenderlinje(
                uid, dato, f"Gennemgå {navn}", Kalenderslags.PAPIR, sted, hver.grundlag, kan_meldes_udfoert=True
            )


def _naeste(plan: Plandata, sidst: date | None, maaneder: int) -> date | None:
    """The next time something is due that is done every so many months; None when the plan has ended by then."""
    fra = sidst or plan.fra
    dato = senest(fra, maaneder) if fra else None
    return dato if dato and plan.til and dato <= plan.til else None


def _oekonomi(plan: Plandata) -> Iterator[Kalenderlinje]:
    """Both follow the calendar year, also the years that the plan begins and ends in."""
    if not (plan.fra and plan.til):
        return
    for aar in range(plan.fra.year, plan.til.year + 1):
        for noegle, titel in (
            ("regnskab", f"Afslut regnskabet for {aar}"),
            ("reguleringskonto", f"Send reguleringskontoen for {aar} til Landsbyggefonden"),
        ):
            frist = plan.maaneder[f"{noegle}_frist_mdr"]
            yield Kalenderlinje(
                f"{noegle}-{aar}",
                senest(date(aar, 12, 31), frist.antal),
                titel,
                Kalenderslags.OEKONOMI,
                ("budget-overblik", (plan.noegle,), ""),
                frist.grundlag,
                kan_meldes_udfoert=True,
            )


def _maal(plan: Plandata) -> Iterator[Kalenderlinje]:
    hver = plan.maaneder["opfoelgning_maks_mdr"]
    for nummer, sidst in plan.maal:
        dato = _naeste(plan, sidst, hver.antal)
        if dato:
            yield Kalenderlinje(
                f"maal-{nummer}-{dato.year}",
                dato,
                f"Følg op på mål {nummer} i bestyrelsen",
                Kalenderslags.OPFOELGNING,
                ("opfoelgning-liste", (plan.noegle,), f"maal-{nummer}"),
                hver.grundlag,
            )


# --- the end of the plan ----------------------------------------------------------------------------------------------


def _udloeb(plan: Plandata, i_dag: date) -> Iterator[Kalenderlinje]:
    """At the last day that may be meant, with the words where the end is told in words."""
    slutter = dagen(plan.til) if plan.slutter.er_praecis else plan.slutter
    if dag := slutter.senest or slutter.tidligst:
        sted = ("plan-overblik", (plan.noegle,), "")
        forbi = dag < i_dag or plan.fase == Fase.AFSLUTTET
        slags = Kalenderslags.FORNYELSE
        yield Kalenderlinje(
            "udloeb",
            dag,
            "Planen udløber",
            slags,
            sted,
            Kalendergrundlag(f"{PLANENS.tekst}, {plan.ifoelge}") if plan.ifoelge else PLANENS,
            er_udfoert=forbi,
            tidligst=slutter.tidligst,
            sagt=slutter.sagt,
        )


def _fornyelse(plan: Plandata) -> Iterator[Kalenderlinje]:
    """When to begin on the next plan, and when to apply for it if the longest known dialogue is to end in time."""
    if not plan.til:
        return
    for noegle, uid, titel, er_udfoert in (
        ("fornyelse_start_mdr", "fornyelse", "Begynd på den næste plan", bool(plan.efterfoelgere)),
        (
            "dialog_lbf_max_mdr",
            "ansoegning",
            "Søg Landsbyggefonden om den næste plan",
            any(fase in ANSOEGT for fase in plan.efterfoelgere),
        ),
    ):
        foer = plan.maaneder[noegle]
        yield Kalenderlinje(
            uid,
            senest(plan.til, -foer.antal),
            titel,
            Kalenderslags.FORNYELSE,
            ("indstillinger", (plan.noegle,), ""),
            Kalendergrundlag(
                f"{foer.grundlag.tekst}, før planen udløber{_som_oplyst(plan)}", foer.grundlag.verificeret
            ),
            er_udfoert=er_udfoert,
            kan_meldes_udfoert=True,
        )


def _som_oplyst(plan: Plandata) -> str:
    """What a day is counted from, where the end is not told as a day: the first that it can mean."""
    if plan.slutter.er_praecis or not plan.til:
        return f" {lang_dato(plan.til)} ({plan.ifoelge})" if plan.ifoelge else ""
    return f" ({plan.slutter}, regnet fra {lang_dato(plan.til)})"


# --- meetings ---------------------------------------------------------------------------------------------------------


def _moeder(plan: Plandata, i_dag: date) -> Iterator[Kalenderlinje]:
    """Each meeting that is not cancelled, and for the board's when its agenda and its minutes are to be sent."""
    orden = plan.orden
    for moede in plan.moeder:
        if moede.tilstand == Moedetilstand.AFLYST:
            continue
        holdt, forbi = moede.tilstand == Moedetilstand.HOLDT, moede.dato <= i_dag
        sted = ("moede-vis", (plan.noegle, moede.pk), "")
        yield Kalenderlinje(
            f"{MOEDE}{moede.pk}",
            moede.dato,
            moede.titel,
            Kalenderslags.MOEDE,
            sted,
            Kalendergrundlag("Mødets dato"),
            er_udfoert=holdt,
            udfoert=moede.dato if holdt else None,
            offentlig=str(Moedeart(moede.art).label),
            start=moede.start,
            slut=moede.slut,
            kan_meldes_udfoert=forbi,
        )
        if moede.art != Moedeart.BESTYRELSE:
            continue
        navn = f"bestyrelsesmødet {lang_dato(moede.dato)}"
        for art, uid, regel, dato, titel, sendt in (
            (
                Moedepapirart.DAGSORDEN,
                "dagsorden",
                f"{antal(orden.indkaldelse_dage, 'dag', 'dage')} før mødet",
                moede.dato - timedelta(days=orden.indkaldelse_dage),
                f"Send dagsorden til {navn}",
                moede.tilstand != Moedetilstand.PLANLAGT,
            ),
            (
                Moedepapirart.REFERAT,
                "referat",
                f"{antal(orden.referat_dage, 'dag', 'dage')} efter mødet",
                moede.dato + timedelta(days=orden.referat_dage),
                f"Send referat af {navn}",
                False,
            ),
        ):
            yield Kalenderlinje(
                f"{uid}-{moede.pk}",
                dato,
                titel,
                Kalenderslags.MOEDE,
                sted,
                Kalendergrundlag(f"{orden.grundlag.tekst}: {regel}", orden.grundlag.verificeret),
                er_udfoert=sendt or art in moede.papirer,
                kan_meldes_udfoert=forbi,
            )


@dataclass(frozen=True)
class Kalenderdel:
    """A part of a calendar year in which one meeting is to be held."""

    fra: date
    til: date
    navn: str


def aarets_dele(aar: int, antal_dele: int) -> list[Kalenderdel]:
    """A year cut into as equal parts of whole months as it can be: 4 gives the quarters."""
    graenser = [1 + nr * 12 // antal_dele for nr in range(antal_dele + 1)]
    dele = []
    for fra, til in pairwise(graenser):
        foerste, sidste = date(aar, fra, 1), date(aar + til // 13, til % 13 + til // 13, 1) - timedelta(days=1)
        dele.append(Kalenderdel(foerste, sidste, _delnavn(aar, fra, til - fra, sidste)))
    return dele


def _delnavn(aar: int, foerste_maaned: int, maaneder: int, sidste: date) -> str:
    match maaneder:
        case 12:
            return f"i {aar}"
        case 6:
            return f"i {foerste_maaned // 6 + 1}. halvår {aar}"
        case 3 if foerste_maaned % 3 == 1:
            return f"i {foerste_maaned // 3 + 1}. kvartal {aar}"
    return f"senest {lang_dato(sidste)}"


def _manglende_moeder(plan: Plandata, i_dag: date) -> Iterator[Kalenderlinje]:
    """The meetings of the year that have no date: as many as are lacking, in the parts of the year that have none.

    Only parts that lie wholly within the period count. When meetings lie unevenly but there are enough of them in the
    year, nothing is lacking; when some are, they are asked for in the latest parts, where they can still be held.
    """
    if not (plan.fra and plan.til):
        return
    for art, uid, pr_aar in (
        (Moedeart.BESTYRELSE, "bestyrelse", plan.orden.bestyrelsesmoeder),
        (Moedeart.FOELGEGRUPPE, "foelgegruppe", plan.orden.foelgegruppemoeder),
    ):
        datoer = [m.dato for m in plan.moeder if m.art == art and m.tilstand != Moedetilstand.AFLYST]
        for aar in range(plan.fra.year, plan.til.year + 1) if pr_aar else ():
            dele = [del_ for del_ in aarets_dele(aar, pr_aar) if plan.fra <= del_.fra and del_.til <= plan.til]
            for del_ in _uden_moede(dele, [dag for dag in datoer if dag.year == aar]):
                if del_.til >= i_dag - timedelta(days=UAFHOLDT_DAGE):
                    yield Kalenderlinje(
                        f"{UDEN_DATO}{uid}-{del_.til:%Y-%m}",
                        del_.til,
                        f"{art.label} {del_.navn} mangler",
                        Kalenderslags.MOEDE,
                        ("moede-liste", (plan.noegle,), ""),
                        _moeder_om_aaret(plan.orden, pr_aar),
                    )


def _uden_moede(dele: list[Kalenderdel], datoer: list[date]) -> list[Kalenderdel]:
    mangler = len(dele) - len(datoer)
    tomme = [del_ for del_ in dele if not any(del_.fra <= dag <= del_.til for dag in datoer)]
    return tomme[-mangler:] if mangler > 0 else []


def _moeder_om_aaret(orden: Ordensdata, pr_aar: int) -> Kalendergrundlag:
    tekst = f"{orden.grundlag.tekst}: {antal(pr_aar, 'møde', 'møder')} om året"
    return Kalendergrundlag(tekst, orden.grundlag.verificeret)


# --- milestones -------------------------------------------------------------------------------------------------------


def _milepaele(plan: Plandata) -> Iterator[Kalenderlinje]:
    """Milestones with a date that are not given up. Their rows are written anew when one is changed, so what names
    them is what they say, not their number."""
    for milepael, uid in _navngivne(plan.milepaele):
        if milepael.status == Milepaelsstatus.OPGIVET:
            continue
        yield Kalenderlinje(
            uid,
            milepael.dato,
            milepael.navn,
            Kalenderslags.MILEPAEL,
            ("milepaelsplan-vis", (plan.noegle,), milepael.sted),
            Kalendergrundlag("Milepælsplanen"),
            er_udfoert=milepael.status == Milepaelsstatus.NAAET,
            kan_meldes_udfoert=True,
            milepael=milepael,
            offentlig="Milepæl i milepælsplanen",
            tidligst=milepael.tidligst,
            sagt=milepael.sagt,
        )


def _navngivne(milepaele: Iterable[Milepaelsdata]) -> Iterator[tuple[Milepaelsdata, str]]:
    set_foer: Counter[str] = Counter()
    for milepael in milepaele:
        aftryk = hashlib.sha256(f"{milepael.ejer}\n{milepael.navn}".encode()).hexdigest()[:16]
        set_foer[aftryk] += 1
        nummer = set_foer[aftryk]
        yield milepael, f"milepael-{aftryk}" if nummer == 1 else f"milepael-{aftryk}-{nummer}"
