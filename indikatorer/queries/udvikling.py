"""How the indicators move: series of figures by place, and what they are held up against, for pages, papers, charts.

Series and sentences are made of the figures as everybody may see them, whoever asks; only tables show those with the
right the hidden ones, marked.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from aftaler.models import Helhedsplan
from helhedsplan.formats import opremsning
from helhedsplan.laest import laest_en_gang
from indikatorer.choices import Maaletilstand, Stedart, Trykform
from indikatorer.models import Indikator, Sted
from indikatorer.queries.sammenhaeng import plansteder
from indikatorer.queries.tal import Tal, som_alle_ser, tal_for
from indikatorer.rules.maal import maal_i_ord, paa_vej
from indikatorer.rules.udvikling import Punkt, Udvikling, udvikling

#: What is compared with first: the goals speak of the kommune.
SAMMENLIGNES = [
    Stedart.KOMMUNE,
    Stedart.ALMENE_I_KOMMUNEN,
    Stedart.OEVRIGE_HELHEDSPLANER,
    Stedart.ALMEN_SEKTOR,
    Stedart.LAND,
    Stedart.ANDET,
]
KALDES = {
    Stedart.KOMMUNE: "kommunen",
    Stedart.ALMENE_I_KOMMUNEN: "almene boliger i kommunen",
    Stedart.OEVRIGE_HELHEDSPLANER: "øvrige helhedsplaner",
    Stedart.ALMEN_SEKTOR: "den almene sektor",
    Stedart.LAND: "hele landet",
}
TILSAMMEN = "Områderne tilsammen"
LILLE_DIAGRAM = [Stedart.KOMMUNE, Stedart.OEVRIGE_HELHEDSPLANER, Stedart.LAND]


@dataclass(frozen=True)
class Serie:
    """The figures of one place, oldest first; its pk is the place's. `regnet`: a sum of the areas, reckoned here."""

    pk: int
    navn: str
    art: str
    tal: tuple[Tal, ...]
    regnet: bool = False

    @property
    def synlige(self) -> list[Tal]:
        return [t for t in self.tal if t.maalt is not None]

    @property
    def nyeste(self) -> Tal:
        """The newest figure, or what stands in its place when it is missing or hidden."""
        return self.tal[-1]

    @property
    def kaldes(self) -> str:
        """What the place is called in a sentence."""
        return KALDES.get(Stedart(self.art), self.navn)

    @property
    def begivenheder(self) -> list[str]:
        """Newest first."""
        return list(dict.fromkeys(t.begivenhed for t in reversed(self.synlige)))

    def punkter(self, begivenhed: str) -> list[Punkt]:
        return [Punkt(t.aar, t.maalt, t.viste_decimaler) for t in self.synlige if t.begivenhed == begivenhed]

    def nyeste_er_skjult(self, begivenhed: str) -> bool:
        samme_slags = [t for t in self.tal if t.begivenhed == begivenhed and t.tilstand != Maaletilstand.MANGLER]
        return bool(samme_slags) and samme_slags[-1].tilstand == Maaletilstand.DISKRETIONERET

    def i_aaret(self, begivenhed: str, aar: int) -> Tal | None:
        return next((t for t in self.synlige if (t.begivenhed, t.aar) == (begivenhed, aar)), None)


@dataclass(frozen=True)
class Bevaegelse:
    """The area against one comparison, for one kind of event ('' for years)."""

    serie: Serie
    begivenhed: str
    udvikling: Udvikling

    @property
    def ord(self) -> str:
        return f"{self.begivenhed}: {self.udvikling.ord}" if self.begivenhed else self.udvikling.ord


@dataclass(frozen=True)
class Aarsmaal:
    """A step of the target path against what was measured that year; `holdt` is None when it cannot be said."""

    aar: int
    maal: object
    maalt: Tal | None
    holdt: bool | None


@dataclass(frozen=True)
class Indikatorudvikling:
    """One indicator: the series of the whole plan, and of what it is compared with, in the order of comparing.

    Where nothing is of the whole plan, `egen` is None and `dele` are the series of parts of it. `forbehold`: where only
    some of the areas have a figure, so that there is no sum of them; the newest first. It stands with every picture.
    """

    indikator: Indikator
    egen: Serie | None
    andre: tuple[Serie, ...]
    dele: tuple[Serie, ...] = ()
    forbehold: tuple[str, ...] = ()

    @property
    def nyeste(self) -> Tal | None:
        return self.egen.nyeste if self.egen else None

    @property
    def bevaegelser(self) -> list[Bevaegelse]:
        """Every comparison, the newest kind of event first."""
        if self.egen is None:
            return []
        alle = [
            (begivenhed, serie, self._mod(self.egen, serie, begivenhed))
            for begivenhed in self.egen.begivenheder
            for serie in self.andre
        ]
        return [Bevaegelse(serie, begivenhed, u) for begivenhed, serie, u in alle if u is not None]

    def _mod(self, egen: Serie, serie: Serie, begivenhed: str) -> Udvikling | None:
        """None too when the newest figure of either is hidden: an older gap would be taken for today's."""
        i = self.indikator
        if egen.nyeste_er_skjult(begivenhed) or serie.nyeste_er_skjult(begivenhed):
            return None
        return udvikling(
            egen.punkter(begivenhed), serie.punkter(begivenhed), retning=i.retning, enhed=i.enhed, navn=serie.kaldes
        )

    @property
    def foerste(self) -> Bevaegelse | None:
        """The comparison that counts most, of the newest figure's kind."""
        alle = self.bevaegelser
        return alle[0] if alle else None

    @property
    def sammenlignet(self) -> Tal | None:
        """The figure that the area is held up against, of the year of the gap."""
        if self.foerste is None:
            return None
        return self.foerste.serie.i_aaret(self.foerste.begivenhed, self.foerste.udvikling.nu.aar)

    @property
    def aar_afviger(self) -> bool:
        """The gap is of another year than the newest figure."""
        return bool(self.foerste and self.nyeste and self.foerste.udvikling.nu.aar != self.nyeste.aar)

    @property
    def serier(self) -> tuple[Serie, ...]:
        return (self.egen, *self.andre) if self.egen else (*self.dele, *self.andre)

    @property
    def i_lille(self) -> tuple[Serie, ...]:
        """What a small picture has room for: the area, the first comparison, the country."""
        med = [s for s in self.andre if s.art in LILLE_DIAGRAM and s.synlige]
        return tuple([self.egen] if self.egen else []) + tuple(med[:2])

    @property
    def maal(self) -> str:
        i = self.indikator
        return maal_i_ord(
            maaltype=i.maaltype,
            maalretning=i.maalretning,
            sammenligning=i.sammenligning,
            maalvaerdi=i.maalvaerdi,
            enhed=i.enhed,
        )

    @property
    def aarsmaal(self) -> list[Aarsmaal]:
        fundne = []
        for skridt in self.indikator.maalsti.all():
            maalt = next((t for t in self.egen.synlige if t.aar == skridt.aar), None) if self.egen else None
            holdt = paa_vej(maalt.maalt if maalt else None, skridt.vaerdi, self.indikator.retning)
            fundne.append(Aarsmaal(skridt.aar, skridt.vaerdi, maalt, holdt))
        return fundne


@dataclass(frozen=True)
class Helhed:
    """The plan's own places that pictures are of, with what each covers, and what all of them cover together."""

    daekker: dict[int, frozenset]
    alle: frozenset

    def er_alle(self, sted: int) -> bool:
        """A place that names none of its areas is taken at its word."""
        return not self.daekker[sted] or self.daekker[sted] >= self.alle


@laest_en_gang
def billedsteder(plan: Helhedsplan) -> list[Sted]:
    """The places of pictures and sentences: the areas, and what they are compared with. Departments only when a plan
    has no area."""
    steder = plansteder(plan)
    omraader = [s for s in steder if s.art in (Stedart.OMRAADE, Stedart.FLERE_OMRAADER)]
    egne = omraader or [s for s in steder if s.er_eget]
    return egne + [s for s in steder if not s.er_eget]


def helhed(plan: Helhedsplan, steder: Iterable[Sted]) -> Helhed:
    daekker = {s.pk: _daekker(s) for s in steder if s.er_eget}
    if any(s.art == Stedart.AFDELING for s in steder if s.er_eget):
        return Helhed(daekker, frozenset().union(*daekker.values()))
    return Helhed(daekker, frozenset(plan.omraader.values_list("pk", flat=True)).union(*daekker.values()))


def _daekker(sted: Sted) -> frozenset:
    if sted.art == Stedart.FLERE_OMRAADER:
        return frozenset(o.pk for o in sted.omraader.all())
    return frozenset([sted.omraade_id or f"sted {sted.pk}"])


def billeder(plan: Helhedsplan, indikatorer: list[Indikator]) -> list[Indikatorudvikling]:
    """The pictures of these indicators, in a constant number of queries."""
    steder = billedsteder(plan)
    tallene = tal_for(plan, indikatorer={i.pk for i in indikatorer}, steder={s.pk for s in steder})
    return lav_billeder(indikatorer, tallene, helhed(plan, steder))


def lav_billeder(indikatorer: Iterable[Indikator], tallene: Iterable[Tal], egne: Helhed) -> list[Indikatorudvikling]:
    """egne: the plan's own places that the pictures are of."""
    pr_indikator: dict[int, dict[int, list[Tal]]] = defaultdict(lambda: defaultdict(list))
    for t in som_alle_ser(tallene):
        pr_indikator[t.indikator][t.sted].append(t)
    return [_billede(i, [_serie(tal) for tal in pr_indikator[i.pk].values()], egne) for i in indikatorer]


def _serie(tallene: list[Tal]) -> Serie:
    tallene = sorted(tallene, key=lambda t: (t.aar, (t.dato.month, t.dato.day) if t.dato else (0, 0), t.begivenhed))
    return Serie(tallene[0].sted, tallene[0].sted_navn, tallene[0].stedart, tuple(tallene))


def _billede(indikator: Indikator, serier: list[Serie], helhed: Helhed) -> Indikatorudvikling:
    andre = [s for s in serier if not Stedart(s.art).er_eget]
    andre.sort(key=lambda s: SAMMENLIGNES.index(Stedart(s.art)))
    egne = [s for s in serier if s.pk in helhed.daekker]
    egen = hovedserie(egne, helhed)
    forbehold = () if egen and not egen.regnet else nogle_af(egne, helhed)
    return Indikatorudvikling(indikator, egen, tuple(andre), () if egen else tuple(egne), forbehold)


def nogle_af(egne: list[Serie], helhed: Helhed) -> tuple[str, ...]:
    """'5 af 6 områder har tal i 2023', of each time that some have figures of and others not; '… der kan vises' where
    one of them is hidden."""
    har: dict[tuple[int, str], set] = defaultdict(set)
    skjulte: set[tuple[int, str]] = set()
    for serie in egne:
        for t in serie.tal:
            if t.tilstand == Maaletilstand.DISKRETIONERET:
                skjulte.add((t.aar, t.begivenhed))
            elif t.maalt is not None:
                har[t.aar, t.begivenhed] |= helhed.daekker[serie.pk]
    alle = helhed.alle
    hvad = "områder" if all(isinstance(del_, int) for del_ in alle) else "steder"
    pr_antal: dict[str, list[str]] = defaultdict(list)
    for tid, dele in sorted(har.items(), reverse=True):
        if dele < alle:
            vises = ", der kan vises," if tid in skjulte else ""
            pr_antal[f"{len(dele)} af {len(alle)} {hvad} har tal{vises}"].append(f"{tid[1]} {tid[0]}".strip())
    return tuple(f"{ord_} i {opremsning(tider)}" for ord_, tider in pr_antal.items())


def hovedserie(egne: list[Serie], helhed: Helhed) -> Serie | None:
    """The one series that stands for the plan: one measured for the whole of it, or the sum of all its areas.

    None when there is none: a part, be it an area or some of them together, is never called the whole.
    """
    hele = [s for s in egne if helhed.er_alle(s.pk)]
    if hele:
        return max(hele, key=lambda s: (bool(s.synlige), s.nyeste.aar))
    enkelte = {helhed.daekker[s.pk]: s for s in reversed(egne) if len(helhed.daekker[s.pk]) == 1}
    return sum_af(list(enkelte.values())[::-1]) if len(enkelte) == len(helhed.alle) else None


def sum_af(egne: list[Serie]) -> Serie | None:
    """Counts over bases, for the years in which every area has both; hidden where one of them is. None when there is
    no sum of any year."""
    pr_tid: dict[tuple[int, str], list[Tal]] = defaultdict(list)
    for t in (t for s in egne for t in s.tal):
        pr_tid[t.aar, t.begivenhed].append(t)
    summer = [_sum(led) for led in pr_tid.values() if len(led) == len(egne)]
    fundne = sorted((t for t in summer if t is not None), key=lambda t: (t.aar, t.begivenhed))
    if not any(t.tilstand == Maaletilstand.VAERDI for t in fundne):
        return None
    return Serie(0, TILSAMMEN, Stedart.FLERE_OMRAADER, tuple(fundne), regnet=True)


def _sum(led: list[Tal]) -> Tal | None:
    samlet = replace(led[0], pk=0, sted=0, sted_navn=TILSAMMEN, stedart=Stedart.FLERE_OMRAADER, skjult=False)
    if any(t.tilstand == Maaletilstand.DISKRETIONERET for t in led):
        return samlet.uden_tal()
    if any(t.tilstand != Maaletilstand.VAERDI or t.antal is None for t in led):
        return None
    samlet = replace(
        samlet,
        antal=sum(t.antal for t in led if t.antal is not None),
        grundlag=None if any(t.grundlag is None for t in led) else sum(t.grundlag for t in led if t.grundlag),
        vaerdi=None,
        decimaler=max(t.decimaler for t in led),
        trykform=Trykform.ANTAL_FOERST,
        kilde=", ".join(dict.fromkeys(t.kilde for t in led if t.kilde)),
        note="",
    )
    return samlet if samlet.maalt is not None else None
