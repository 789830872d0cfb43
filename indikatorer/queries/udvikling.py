"""How the indicators move: series of figures by place, and what they are held up against, for pages, papers, charts.

Series and sentences are made of the figures as everybody may see them, whoever asks; only tables show those with the
right the hidden ones, marked.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from aftaler.models import Helhedsplan
from indikatorer.choices import Stedart, Tilstand, Trykform
from indikatorer.models import Indikator, Sted
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

    def senest(self, begivenhed: str, aar: int) -> Tal | None:
        """The newest figure of the same kind that is not newer than the year."""
        fundne = [t for t in self.synlige if t.begivenhed == begivenhed and t.aar <= aar]
        return fundne[-1] if fundne else None


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
class Billede:
    """One indicator: the series of the area, and of what it is compared with, in the order of comparing."""

    indikator: Indikator
    egen: Serie | None
    andre: tuple[Serie, ...]

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
        i = self.indikator
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
        """The figure that the newest is held up against."""
        if self.foerste is None:
            return None
        return self.foerste.serie.senest(self.foerste.begivenhed, self.foerste.udvikling.nu.omraade.aar)

    @property
    def aar_afviger(self) -> bool:
        return bool(self.foerste and self.foerste.udvikling.nu.aar_afviger)

    @property
    def serier(self) -> tuple[Serie, ...]:
        return (self.egen, *self.andre) if self.egen else self.andre

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


def billedsteder(plan: Helhedsplan) -> list[Sted]:
    """The places of pictures and sentences: the areas, and what they are compared with. Departments only when a plan
    has no area."""
    steder = list(plan.steder.all())
    omraader = [s for s in steder if s.art in (Stedart.OMRAADE, Stedart.FLERE_OMRAADER)]
    egne = omraader or [s for s in steder if s.er_eget]
    return egne + [s for s in steder if not s.er_eget]


def billeder(plan: Helhedsplan, indikatorer: list[Indikator]) -> list[Billede]:
    """The pictures of these indicators, in a constant number of queries."""
    steder = billedsteder(plan)
    tallene = tal_for(plan, indikatorer={i.pk for i in indikatorer}, steder={s.pk for s in steder})
    return lav_billeder(indikatorer, tallene, {s.pk for s in steder if s.er_eget})


def lav_billeder(indikatorer: Iterable[Indikator], tallene: Iterable[Tal], egne: set[int]) -> list[Billede]:
    """egne: the primary keys of the plan's own places that the pictures are of."""
    pr_indikator: dict[int, dict[int, list[Tal]]] = defaultdict(lambda: defaultdict(list))
    for t in som_alle_ser(tallene):
        pr_indikator[t.indikator][t.sted].append(t)
    return [_billede(i, [_serie(tal) for tal in pr_indikator[i.pk].values()], egne) for i in indikatorer]


def _serie(tallene: list[Tal]) -> Serie:
    tallene = sorted(tallene, key=lambda t: (t.aar, (t.dato.month, t.dato.day) if t.dato else (0, 0), t.begivenhed))
    return Serie(tallene[0].sted, tallene[0].sted_navn, tallene[0].stedart, tuple(tallene))


def _billede(indikator: Indikator, serier: list[Serie], egne: set[int]) -> Billede:
    andre = [s for s in serier if not Stedart(s.art).er_eget]
    andre.sort(key=lambda s: SAMMENLIGNES.index(Stedart(s.art)))
    return Billede(indikator, hovedserie([s for s in serier if s.pk in egne]), tuple(andre))


def hovedserie(egne: list[Serie]) -> Serie | None:
    """The one series that stands for the plan: a measured sum, the only area, or the areas' sum reckoned here.

    Where the sum cannot be reckoned, because a count, a base or an area is missing or hidden, the first area stands.
    """
    samlet = [s for s in egne if s.art == Stedart.FLERE_OMRAADER]
    if samlet or len(egne) < 2:
        return next(iter(samlet or egne), None)
    return sum_af(egne) or egne[0]


def sum_af(egne: list[Serie]) -> Serie | None:
    """Counts over bases, for the years in which every area has both; None when there is no such year."""
    pr_tid: dict[tuple[int, str], list[Tal]] = defaultdict(list)
    for t in (t for s in egne for t in s.tal):
        pr_tid[t.aar, t.begivenhed].append(t)
    summer = [_sum(led) for led in pr_tid.values() if len(led) == len(egne)]
    fundne = sorted((t for t in summer if t is not None), key=lambda t: (t.aar, t.begivenhed))
    return Serie(0, TILSAMMEN, Stedart.FLERE_OMRAADER, tuple(fundne), regnet=True) if fundne else None


def _sum(led: list[Tal]) -> Tal | None:
    foerste = led[0]
    if any(t.tilstand != Tilstand.VAERDI or t.antal is None for t in led):
        return None
    samlet = replace(
        foerste,
        pk=0,
        sted=0,
        sted_navn=TILSAMMEN,
        stedart=Stedart.FLERE_OMRAADER,
        antal=sum(t.antal for t in led if t.antal is not None),
        grundlag=None if any(t.grundlag is None for t in led) else sum(t.grundlag for t in led if t.grundlag),
        vaerdi=None,
        decimaler=max(t.decimaler for t in led),
        trykform=Trykform.ANTAL_FOERST,
        kilde=", ".join(dict.fromkeys(t.kilde for t in led if t.kilde)),
        note="",
    )
    return samlet if samlet.maalt is not None else None
