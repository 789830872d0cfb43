"""Where the plan's areas stood on the state's lists, year by year, and how far from the limits."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils import timezone

from aftaler.models import Helhedsplan
from helhedsplan.choices import Verificeret
from helhedsplan.formats import INGEN
from helhedsplan.former import UlaeseligeData
from helhedsplan.fund import Fund
from helhedsplan.tekst import SKJULT_TAL
from indikatorer.choices import Graenseart, Kriterieenhed
from indikatorer.models import Omraadestatus, Statusliste
from indikatorer.queries.graense import diskretionsgraense
from indikatorer.rules.status import (
    HUNDREDE,
    Listeudgave,
    Statuskrav,
    afstand,
    i_enhed,
    liste_mangler,
    opfyldt,
    ukendt_kategori,
)

#: Beside the name of the list, so that it reads without colour too.
SYMBOLER = {"forebyggelse": "◐", "udsat": "▲", "ghetto": "◆", "parallelsamfund": "◆", "omdannelse": "■"}
IKKE_PAA_LISTEN, ANDEN_LISTE = "○", "●"
BEBOERE = "beboere"


@dataclass(frozen=True)
class Afstandscelle:
    """One criterion of one list against the area's figure; `opfyldt` None when there is no figure to see."""

    graense: str
    skal: bool
    opfyldt: bool | None
    afstand: str


@dataclass(frozen=True)
class Kriterielinje:
    """One figure of an area, and by the name of each list of the year what it says of it (None: it does not ask)."""

    navn: str
    vaerdi: str
    skjult: bool
    celler: tuple[tuple[str, Afstandscelle | None], ...]


@dataclass(frozen=True)
class Listehoved:
    """A list over its column: how many of its criteria are met, and how many it takes."""

    navn: str
    krav: str
    opfyldte: str
    kilde: str


@dataclass(frozen=True)
class Aarsstatus:
    pk: int
    aar: int
    kategori: str
    symbol: str
    kilde: str
    hoveder: tuple[Listehoved, ...]
    linjer: tuple[Kriterielinje, ...]
    uden_kriterier: tuple[Listehoved, ...]
    ulaeselige: bool = False

    @property
    def i_ord(self) -> str:
        return self.kategori or "Ikke på listen"

    @property
    def har_tal(self) -> bool:
        return any(linje.vaerdi != INGEN for linje in self.linjer)


@dataclass(frozen=True)
class Omraadelinje:
    """An area with its years, newest first."""

    noegle: str
    navn: str
    aar: tuple[Aarsstatus, ...]

    def i(self, aar: int) -> Aarsstatus | None:
        return next((status for status in self.aar if status.aar == aar), None)


@dataclass(frozen=True)
class Statusside:
    omraader: tuple[Omraadelinje, ...]
    aar: tuple[int, ...]

    @property
    def oversigt(self) -> list[tuple[int, list[tuple[Omraadelinje, Aarsstatus | None]]]]:
        """Years x areas, newest year first."""
        return [(aar, [(o, o.i(aar)) for o in self.omraader]) for aar in self.aar]


def lister() -> list[Listeudgave]:
    """Every list of every year, oldest first and the gravest last. Two queries."""
    return [
        Listeudgave(
            noegle=en.noegle,
            navn=en.navn,
            fra_aar=en.fra_aar,
            til_aar=en.til_aar,
            mindst=en.mindst,
            bygger_paa=en.bygger_paa,
            aar_i_traek=en.aar_i_traek,
            kilde=en.kilde,
            verificeret=en.verificeret == Verificeret.KILDE,
            kriterier=tuple(
                Statuskrav(k.noegle, k.navn, k.art, k.graense, k.enhed, k.skal) for k in en.kriterier.all()
            ),
        )
        for en in Statusliste.objects.order_by("fra_aar", "orden").prefetch_related("kriterier")
    ]


def kriterier(alle: list[Listeudgave]) -> dict[str, Statuskrav]:
    """Each criterion once, as the newest list has it, in the order that people meet them."""
    fundne: dict[str, Statuskrav] = {}
    for liste in reversed(alle):
        for kriterium in liste.kriterier:
            fundne.setdefault(kriterium.noegle, kriterium)
    return fundne


def statusside(plan: Helhedsplan, *, se_skjulte: bool = False) -> Statusside:
    """The plan's areas on the lists. A constant number of queries."""
    alle, graense = lister(), 0 if se_skjulte else diskretionsgraense(plan)
    skrevne: dict[int, list[Aarsstatus]] = {}
    for status in Omraadestatus.objects.filter(plan=plan).order_by("-aar"):
        skrevne.setdefault(status.omraade_id, []).append(_aarsstatus(status, alle, graense))
    omraader = tuple(Omraadelinje(o.noegle, o.navn, tuple(skrevne.get(o.pk, ()))) for o in plan.omraader.all())
    return Statusside(omraader, tuple(sorted({s.aar for aar in skrevne.values() for s in aar}, reverse=True)))


def _aarsstatus(status: Omraadestatus, alle: list[Listeudgave], graense: int) -> Aarsstatus:
    aarets = [liste for liste in alle if liste.gaelder(status.aar)]
    vaerdier = laes_vaerdier(status.vaerdier)
    skjulte = skjulte_vaerdier(vaerdier, kriterier(alle), graense)
    med = [liste for liste in aarets if liste.kriterier]
    return Aarsstatus(
        pk=status.pk,
        aar=status.aar,
        kategori=status.kategori,
        symbol=_symbol(status.kategori, aarets),
        kilde=status.kilde,
        hoveder=tuple(_hoved(liste, aarets, vaerdier, skjulte) for liste in med),
        linjer=tuple(
            _linje(kriterium, vaerdier.get(noegle), noegle in skjulte, med)
            for noegle, kriterium in kriterier(aarets).items()
        ),
        uden_kriterier=tuple(_hoved(liste, aarets, vaerdier, skjulte) for liste in aarets if not liste.kriterier),
        ulaeselige=isinstance(status.vaerdier, UlaeseligeData),
    )


def laes_vaerdier(gemt: dict) -> dict[str, Decimal]:
    """The stored figures as numbers; what is none is left out."""
    laest = {}
    for noegle, tekst in gemt.items():
        try:
            laest[noegle] = Decimal(str(tekst))
        except InvalidOperation:
            continue
    return laest


def skjulte_vaerdier(vaerdier: dict[str, Decimal], kendte: dict[str, Statuskrav], graense: int) -> set[str]:
    """The shares of so few people that they are hidden: at most that share of all who live there is under the limit.

    The groups that the criteria count among are smaller than the area, so what is over is not hidden for certain only.
    """
    beboere = vaerdier.get(BEBOERE)
    if beboere is None or not graense:
        return set()
    andele = {n for n, k in kendte.items() if k.enhed == Kriterieenhed.PROCENT and k.art == Graenseart.OVER}
    smaa = {n for n, v in vaerdier.items() if n in andele and v and v * beboere < graense * HUNDREDE}
    return smaa | ({BEBOERE} if 0 < beboere < graense else set())


def _symbol(kategori: str, aarets: list[Listeudgave]) -> str:
    if not kategori:
        return IKKE_PAA_LISTEN
    noegle = next((liste.noegle for liste in aarets if liste.navn.casefold() == kategori.casefold()), "")
    return SYMBOLER.get(noegle, ANDEN_LISTE)


def _hoved(
    liste: Listeudgave, aarets: list[Listeudgave], vaerdier: dict[str, Decimal], skjulte: set[str]
) -> Listehoved:
    frie = [k for k in liste.kriterier if not k.skal]
    kendte = [k for k in liste.kriterier if k.noegle in vaerdier and k.noegle not in skjulte]
    opfyldte = sum(opfyldt(k, vaerdier[k.noegle]) for k in kendte)
    dele = []
    if liste.bygger_paa:
        navn = next((anden.navn for anden in aarets if anden.noegle == liste.bygger_paa), liste.bygger_paa)
        dele.append(f"{navn.lower()} i {liste.aar_i_traek} år" if liste.aar_i_traek > 1 else navn.lower())
    dele += [f"{k.navn.lower()} {k.graense_i_ord}" for k in liste.kriterier if k.skal]
    if frie:
        dele.append(f"mindst {liste.mindst} af {len(frie)} andre")
    kilde = liste.kilde if liste.verificeret else f"{liste.kilde} (ikke verificeret)"
    af = f"{opfyldte} af {len(liste.kriterier)} opfyldt" if liste.kriterier else ""
    return Listehoved(liste.navn, " og ".join(dele), af, kilde)


def _linje(kriterium: Statuskrav, vaerdi: Decimal | None, skjult: bool, aarets: list[Listeudgave]) -> Kriterielinje:
    synlig = None if skjult else vaerdi
    vist = INGEN if synlig is None else i_enhed(synlig.normalize(), kriterium.enhed)
    egne = [(liste.navn, next((k for k in liste.kriterier if k.noegle == kriterium.noegle), None)) for liste in aarets]
    celler = tuple((navn, _celle(k, synlig) if k else None) for navn, k in egne)
    return Kriterielinje(kriterium.navn, SKJULT_TAL if skjult else vist, skjult, celler)


def _celle(kriterium: Statuskrav, vaerdi: Decimal | None) -> Afstandscelle:
    if vaerdi is None:
        return Afstandscelle(kriterium.graense_i_ord, kriterium.skal, None, "")
    return Afstandscelle(
        kriterium.graense_i_ord, kriterium.skal, opfyldt(kriterium, vaerdi), afstand(kriterium, vaerdi)
    )


def statusfund(plan: Helhedsplan) -> list[Fund]:
    """The findings about the lists: the newest is written in, and what stands is a list of that year. Three queries."""
    status = list(Omraadestatus.objects.filter(plan=plan).select_related("omraade"))
    skrevne = {(s.omraade_id, s.aar) for s in status}
    navne = list(Statusliste.objects.values_list("navn", "fra_aar", "til_aar"))
    return [
        *liste_mangler(plan, list(plan.omraader.all()), skrevne, timezone.localdate()),
        *ukendt_kategori(plan, status, navne),
    ]
