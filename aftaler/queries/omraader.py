"""The plan's areas as papers and pages have them: departments, what is done there, size; and which of them there are on
a day."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone

from aftaler.choices import Stoerrelse
from aftaler.models import Afdeling, Helhedsplan, Omraade, Omraadeafdeling, Omraadeindsats
from aftaler.models.omraade import Led
from aftaler.queries.navne import Navnebog, Navngivet, som_nu
from aftaler.queries.plandele import omraaderne
from helhedsplan.former import kun_naar_sagt
from helhedsplan.laest import laest_en_gang
from helhedsplan.svar import Svar, alle, modsat
from helhedsplan.tid import MANGLER, Tid, dagen, er_foer, tid, tidsrum

#: What a thing is called.
Hedder = Callable[[Navngivet], str]


@dataclass(frozen=True)
class Ledvisning:
    """A department or an indsatsområde of an area, with its own time where it has one."""

    navn: str
    fra: date | None
    fra_sagt: str
    til: date | None
    til_sagt: str

    @property
    def tiden(self) -> str:
        return _tiden(self.fra, self.fra_sagt, self.til, self.til_sagt)

    @property
    def i_ord(self) -> str:
        return f"{self.navn} ({self.tiden})" if self.tiden else self.navn


@dataclass(frozen=True)
class Stoerrelsesvisning:
    """How many of something an area has, by one source."""

    hvad: str
    antal: str
    opgjort: date | None
    opgjort_sagt: str
    kilde: str

    @property
    def hvorfra(self) -> str:
        """Of which day or year, and by whom."""
        hvornaar = tid(self.opgjort, self.opgjort_sagt)
        naar = "år ikke oplyst" if hvornaar.er_ikke_oplyst else hvornaar.kort if hvornaar.er_fortalt else ""
        return ", ".join(filter(None, [naar, self.kilde]))

    @property
    def i_ord(self) -> str:
        return f"{self.antal} ({self.hvorfra})" if self.hvorfra else self.antal


@dataclass(frozen=True)
class Omraadevisning:
    """`staar`: on the day of a delaftale, "med", "kommer", "ude" or "uvist"; '' where nobody asks."""

    navn: str
    fra: date | None = None
    fra_sagt: str = ""
    til: date | None = None
    til_sagt: str = ""
    afdelinger: tuple[Ledvisning, ...] = ()
    indsatsomraader: tuple[Ledvisning, ...] = ()
    stoerrelser: tuple[Stoerrelsesvisning, ...] = ()
    staar: str = ""
    #: What else it is called.
    ogsaa: str = kun_naar_sagt()

    @property
    def tiden(self) -> str:
        return _tiden(self.fra, self.fra_sagt, self.til, self.til_sagt)

    @property
    def i_ord(self) -> str:
        """As it is introduced."""
        if self.ogsaa:
            return ", ".join(filter(None, [kaldt(self.navn, self.ogsaa), self.tiden]))
        return f"{self.navn} ({self.tiden})" if self.tiden else self.navn

    @property
    def afdelinger_i_ord(self) -> str:
        return "; ".join(led.i_ord for led in self.afdelinger)

    def stoerrelse(self, hvad: str) -> tuple[Stoerrelsesvisning, ...]:
        return tuple(s for s in self.stoerrelser if s.hvad == hvad)


def kaldt(navn: str, ogsaa: str) -> str:
    """A name where a paper introduces what has it: with its other names."""
    return f"{navn}, også kaldet {ogsaa}" if ogsaa else navn


def _tiden(fra: date | None, fra_sagt: str, til: date | None, til_sagt: str) -> str:
    begynder = tid(fra, fra_sagt)
    slutter = tid(til, til_sagt).efter(begynder)
    return "" if begynder.er_mangler and slutter.er_mangler else tidsrum(begynder, slutter)


#: What sizes are counted in, in order, as their columns are called.
STOERRELSER = [str(s.label) for s in Stoerrelse]


#: What areas are called by where they are on the day of a delaftale.
STAAR = {"uvist": "Områder, uvist hvornår", "kommer": "Kommer med", "ude": "Gået ud"}


def efter_sted(omraader: Iterable[Omraadevisning]) -> list[tuple[str, str, list[Omraadevisning]]]:
    """(key, heading, areas) of those that are in the same place on the day."""
    fundne: dict[tuple[str, str], list[Omraadevisning]] = {}
    for o in omraader:
        hvor = (f"omraader-{o.staar}", STAAR[o.staar]) if o.staar in STAAR else ("omraader", "Områder")
        fundne.setdefault(hvor, []).append(o)
    return [(*hvor, dem) for hvor, dem in fundne.items()]


def maalte(omraader: Iterable[Omraadevisning]) -> list[str]:
    """What is counted of any of the areas, in order."""
    fundne = {s.hvad for o in omraader for s in o.stoerrelser}
    return [hvad for hvad in STOERRELSER if hvad in fundne]


JA, NEJ, UKENDT = "Ja", "Nej", "–"
IKKE_OPLYST = "– betyder, at det ikke er oplyst."


@dataclass(frozen=True)
class Skema:
    """What holds in which area: a row of answers for each thing. What nobody has told is neither yes nor no."""

    kolonner: tuple[str, ...]
    raekker: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def efter_omraade(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Each thing with (area, answer), for a table whose cells name their column."""
        return [(navn, list(zip(self.kolonner, svar, strict=True))) for navn, svar in self.raekker]

    @property
    def har_ukendte(self) -> bool:
        return any(UKENDT in svar for _, svar in self.raekker)


def indsatsskema(omraader: Sequence[Omraadevisning], i_intet: Iterable[str] = ()) -> Skema:
    """The indsatsområder that are done in any of the areas, with their time in each; last those of the plan that are
    in none."""
    navne = dict.fromkeys([*(led.navn for o in omraader for led in o.indsatsomraader), *i_intet])
    fundne = {(o.navn, led.navn): led.tiden or JA for o in omraader for led in o.indsatsomraader}
    return Skema(
        tuple(o.navn for o in omraader),
        tuple(
            (navn, tuple(fundne.get((o.navn, navn), NEJ if o.indsatsomraader else UKENDT) for o in omraader))
            for navn in navne
        ),
    )


def stedsskema(ting: Iterable[tuple[str, Sequence[str]]], omraader: Sequence[str]) -> Skema:
    """Things by their names and the areas each is in; of one that nobody has placed it is not told."""
    return Skema(
        tuple(omraader),
        tuple(
            (navn, tuple((JA if o in steder else NEJ) if steder else UKENDT for o in omraader)) for navn, steder in ting
        ),
    )


# --- on a day ---------------------------------------------------------------------------------------------------------


#: Where things may be on a day, in the order they are told.
ORDEN = ("med", "uvist", "kommer", "ude")


def er_med(fra: Tid, til: Tid, dag: date) -> Svar:
    """Whether what is there from the one to the other is there on the day; where nothing is told it always is."""
    begyndt = Svar.HOLDER if fra.er_mangler else modsat(er_foer(dagen(dag), fra))
    endnu = Svar.HOLDER if til.er_mangler else modsat(er_foer(til, dagen(dag)))
    return alle(begyndt, endnu)


def staar(tider: Sequence[tuple[Tid, Tid]], dag: date) -> str:
    """Where something is that is there as long as all of the times are: med, kommer, ude, or uvist."""
    svar = alle(*(er_med(fra, til, dag) for fra, til in tider))
    if svar is Svar.HOLDER:
        return "med"
    if any(til.er_fortalt and er_foer(til, dagen(dag)) is Svar.HOLDER for _, til in tider):
        return "ude"
    if any(fra.er_fortalt and er_foer(dagen(dag), fra) is Svar.HOLDER for fra, _ in tider):
        return "kommer"
    return "uvist"


def planens_dag(plan: Helhedsplan) -> date:
    """Today, or where the plan has not begun or is over, the nearest of its own days."""
    dag = timezone.localdate()
    if plan.tidligst_dag and dag < plan.tidligst_dag:
        return plan.tidligst_dag
    return plan.senest_dag if plan.senest_dag and dag > plan.senest_dag else dag


# --- of a plan --------------------------------------------------------------------------------------------------------


@laest_en_gang
def hent(plan: Helhedsplan, *ogsaa: str) -> list[Omraade]:
    """The areas with all that stands below them, and what else is asked for. Four queries, and one for each of that."""
    afdelinger = Omraadeafdeling.objects.select_related("afdeling__lagt_ind_i", "afdeling__organisation__lagt_ind_i")
    indsatser = Omraadeindsats.objects.select_related("indsatsomraade")
    fundne = list(omraaderne(plan))
    prefetch_related_objects(
        fundne, Prefetch("medafdelinger", afdelinger), Prefetch("indsatser", indsatser), "stoerrelser", *ogsaa
    )
    return fundne


def omraadevisning(omraade: Omraade, hedder: Hedder = som_nu, staar_: str = "") -> Omraadevisning:
    """By the names that `hedder` gives; departments of several organisations with theirs."""
    led = list(omraade.medafdelinger.all())
    flere = len({et.afdeling.organisation_id for et in led}) > 1
    return Omraadevisning(
        navn=hedder(omraade),
        fra=omraade.starter,
        fra_sagt=omraade.starter_sagt,
        til=omraade.slutter,
        til_sagt=omraade.slutter_sagt,
        afdelinger=tuple(_led(et, _afdelingsnavn(et.afdeling, hedder, flere)) for et in led),
        indsatsomraader=tuple(_led(et, et.indsatsomraade.navn) for et in omraade.indsatser.all()),
        stoerrelser=tuple(
            Stoerrelsesvisning(str(s.get_hvad_display()), s.antal, s.opgjort, s.opgjort_sagt, s.kilde)
            for s in omraade.stoerrelser.all()
        ),
        staar=staar_,
        ogsaa=hedder.ogsaa(omraade) if isinstance(hedder, Navnebog) else "",
    )


def _afdelingsnavn(afdeling: Afdeling, hedder: Hedder, med_organisation: bool) -> str:
    nummer = f"afd. {afdeling.nummer}" if afdeling.nummer and afdeling.navn else ""
    uden_ejer = afdeling.organisation.er_ikke_oplyst
    organisation = hedder(afdeling.organisation) if med_organisation and not uden_ejer else ""
    navn = ", ".join(filter(None, [organisation, hedder(afdeling), nummer]))
    return f"{navn} (ejer ikke oplyst)" if uden_ejer else navn


def _led(led: Led, navn: str) -> Ledvisning:
    return Ledvisning(navn, led.fra, led.fra_sagt, led.til, led.til_sagt)


def omraadevisninger(plan: Helhedsplan, hedder: Hedder) -> tuple[Omraadevisning, ...]:
    return tuple(omraadevisning(o, hedder) for o in hent(plan))


def _egen_tid(led: Led) -> dict:
    """The ends that are told of it; the others are the area's."""
    fra = {} if led.med_fra.er_mangler else {"fra": led.fra, "fra_sagt": led.fra_sagt}
    return fra | ({} if led.med_til.er_mangler else {"til": led.til, "til_sagt": led.til_sagt})


def i_delaftalen(plan: Helhedsplan, indsatsomraade_id: int, hedder: Hedder) -> tuple[Omraadevisning, ...]:
    """The areas that a delaftale is about at any time, each with its time in it and where it is on the plan's day. An
    area that names what is done in it, and not this, is none of them."""
    dag, fundne = planens_dag(plan), []
    for omraade in hent(plan):
        indsatser = {led.indsatsomraade_id: led for led in omraade.indsatser.all()}
        led = indsatser.get(indsatsomraade_id)
        if indsatser and led is None:
            continue
        tider = [(omraade.med_fra, omraade.med_til), (led.med_fra, led.med_til) if led else (MANGLER, MANGLER)]
        vist = replace(omraadevisning(omraade, hedder, staar(tider, dag)), indsatsomraader=(), stoerrelser=())
        fundne.append(replace(vist, **(_egen_tid(led) if led else {})))
    return tuple(sorted(fundne, key=lambda o: ORDEN.index(o.staar)))
