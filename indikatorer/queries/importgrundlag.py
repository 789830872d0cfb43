"""What an import is held up against: the names a plan knows, and the measurements it has."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from aftaler.models import Helhedsplan
from helhedsplan.laest import laest_en_gang
from indikatorer.models import Indikator, Maaling, Sted
from indikatorer.rules.raekke import Tidsraekke, Vaerdier, raekkefejl, sammenlagt


@dataclass(frozen=True)
class Navngivet:
    """An indicator or a place; `slags` is the unit of the one and the kind of the other."""

    pk: int
    noegle: str
    navn: str
    slags: str


@dataclass
class Navnekatalog:
    """The indicators and places of a plan by key, in order."""

    indikatorer: dict[str, Navngivet]
    steder: dict[str, Navngivet]

    @cached_property
    def navne(self) -> dict[tuple[str, int], Navngivet]:
        grupper = (("indikator", self.indikatorer), ("sted", self.steder))
        return {(art, n.pk): n for art, gruppe in grupper for n in gruppe.values()}


@laest_en_gang
def register(plan: Helhedsplan) -> Navnekatalog:
    indikatorer = Indikator.objects.filter(plan=plan).values_list("pk", "noegle", "navn", "enhed")
    steder = Sted.objects.filter(plan=plan).values_list("pk", "noegle", "navn", "art")
    return Navnekatalog(*({r[1]: Navngivet(*r) for r in raekker} for raekker in (indikatorer, steder)))


@dataclass(slots=True)
class Aendret:
    pk: int
    version: int
    raekke: Tidsraekke
    foer: Vaerdier
    efter: Vaerdier


@dataclass
class Importforskel:
    """What an import would do. `tomme`: empty cells over figures, which stay. `fejl`: (row, field, message)."""

    nye: list[tuple[Tidsraekke, Vaerdier]] = field(default_factory=list)
    aendrede: list[Aendret] = field(default_factory=list)
    uaendrede: int = 0
    tomme: int = 0
    fejl: list[tuple[Tidsraekke, str, str]] = field(default_factory=list)

    @property
    def antal(self) -> int:
        return len(self.nye) + len(self.aendrede)

    @cached_property
    def aftryk(self) -> str:
        """Names what would be written, and over what: another save in between gives another. Whole numbers and
        decimals have the same hash in every process, which texts have not."""
        nye = sum(_tal_i(r, v) for r, v in self.nye)
        aendrede = sum(hash((a.pk, a.version, _tal_i(a.raekke, a.efter))) for a in self.aendrede)
        return f"{len(self.nye)}-{nye:x}-{len(self.aendrede)}-{aendrede:x}"


def _tal_i(r: Tidsraekke, v: Vaerdier) -> int:
    antal, grundlag, vaerdi = (-1 if n is None else n for n in (v.antal, v.grundlag, v.vaerdi))
    return hash((r.indikator, r.sted, r.aar, len(r.begivenhed), antal, grundlag, vaerdi, len(v.tilstand)))


def forskel(plan: Helhedsplan, raekker: Iterable[Tidsraekke], *, laast: bool = False) -> Importforskel:
    """Hold the rows up against the plan's measurements. `laast`: and keep those from others until the transaction ends.

    Three queries however many rows there are.
    """
    raekker = list(raekker)
    kendt = register(plan)
    enheder = {n.pk: n.slags for n in kendt.indikatorer.values()}
    steder = {n.pk for n in kendt.steder.values()}
    gemte = _gemte({r.indikator for r in raekker} & set(enheder), {r.aar for r in raekker}, laast=laast)
    ud = Importforskel()
    for raekke in raekker:
        if raekke.indikator not in enheder or raekke.sted not in steder:
            ud.fejl.append((raekke, "", "Indikatoren eller stedet findes ikke længere i planen."))
            continue
        pk, version, foer = gemte.get(raekke.noegle, (0, 0, None))
        if raekke.tom and pk:
            ud.tomme += 1
            continue
        efter = sammenlagt(foer, raekke.felter)
        if beskeder := raekkefejl(enheder[raekke.indikator], raekke.aar, raekke.begivenhed, efter):
            ud.fejl += [(raekke, felt, besked) for felt, besked in beskeder]
        elif foer is None:
            ud.nye.append((raekke, efter))
        elif foer == efter:
            ud.uaendrede += 1
        else:
            ud.aendrede.append(Aendret(pk, version, raekke, foer, efter))
    return ud


def _gemte(indikatorer: set[int], aar: set[int], *, laast: bool) -> dict[tuple, tuple[int, int, Vaerdier]]:
    """The plan's measurements of those indicators and years, by cell."""
    if not indikatorer:
        return {}
    maalinger = Maaling.objects.order_by().filter(indikator__in=indikatorer, aar__gte=min(aar), aar__lte=max(aar))
    if laast:
        maalinger = maalinger.select_for_update(of=("self",), no_key=True)
    felter = maalinger.values_list("indikator_id", "sted_id", "aar", "begivenhed", "pk", "version", *Vaerdier._fields)
    return {tuple(f[:4]): (f[4], f[5], Vaerdier(*f[6:])) for f in felter.iterator(chunk_size=5_000)}
