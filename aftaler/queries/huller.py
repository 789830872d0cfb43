"""What a plan's documents lack: one list for the overview, the documents, the page that freezes, and the package.

Every section of the template is asked, those that people write and those made from data, by the rules that the page of
the document says "Udfyldt" by (`dokument.HUL_I_INDHOLD`). Each room adds its own (`tilslutninger.HULLER`).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef

from aftaler.choices import Afsnitsart, Dokumentart, Dokumenttype, Oplysning
from aftaler.models import (
    Afsnit,
    Aktivitet,
    Billede,
    Delaftale,
    Delmaal,
    Helhedsplan,
    OverordnetMaal,
    Samarbejdspart,
    Skabelonafsnit,
)
from aftaler.queries.dokument import (
    AKTIVITETSPROSA,
    USKREVET,
    aktivitetshul,
    bestyrelsen,
    bestyrelseshul,
    delmaalshul,
    diagramhul,
    koblingshul,
    maal_i,
    parthul,
    problemhul,
)
from aftaler.queries.plandele import delaftalerne, har_milepaele, har_risici, parterne, skabelonen, valgte
from helhedsplan import tilslutninger
from helhedsplan.laest import laest_en_gang
from helhedsplan.tekst import har_ord

Huller = dict[tuple[str, str], list[str]]
#: The papers that this room makes.
EGNE_PAPIRER = frozenset(map(str, (
    Dokumentart.SAMARBEJDSAFTALE, Dokumentart.DELAFTALE, Dokumentart.KOMMISSORIUM, Dokumentart.ORGANISATIONSDIAGRAM,
    Dokumentart.MILEPAELSPLAN, Dokumentart.BEREDSKABSPLAN, Dokumentart.LAG,
)))  # fmt: skip
#: What a section made from data lacks, by its art.
Datahuller = dict[Any, str]


def huller(plan: Helhedsplan, *arter: str) -> Huller:
    """By (document's art, emne), those of all rooms; of documents of some kinds when `arter` is given."""
    samlet: Huller = defaultdict(list)
    for find in (find for egne, find in tilslutninger.HULLER if not arter or egne & set(arter)):
        for hvad, tekster in find(plan).items():
            samlet[hvad] += tekster
    return dict(samlet)


@dataclass(frozen=True)
class Skrevet:
    """The sections that say something, in words or pictures: (delaftale or None, section of the template)."""

    skabelon: list[Skabelonafsnit]
    afsnit: set[tuple[int | None, int]] = field(default_factory=set)

    def dokumenter(self) -> set[str]:
        """The plan's own papers that something is written of."""
        return {s.dokument for s in self.skabelon if (None, s.pk) in self.afsnit}

    def huller(self, dokument: str, delaftale: int | None, data: Datahuller) -> list[str]:
        """In the order of the template."""
        return [
            f"{titel}: {hul}" if hul != USKREVET else titel
            for s in self.skabelon
            if s.dokument == dokument and (hul := self._hul(s, delaftale, data))
            for titel in [f"{s.nummer} {s.titel}".strip()]
        ]

    def _hul(self, s: Skabelonafsnit, delaftale: int | None, data: Datahuller) -> str:
        if s.art == Afsnitsart.PROSA:
            return "" if (delaftale, s.pk) in self.afsnit else USKREVET
        return data.get(s.art, "")


@dataclass(frozen=True)
class Delaftalestand:
    """A delaftale and whether anything is written of it: a section, or a row of what it is made from."""

    pk: int
    noegle: str
    navn: str
    er_skrevet: bool


@laest_en_gang
def delaftalestande(plan: Helhedsplan) -> list[Delaftalestand]:
    """In order; what overview, documents and package call begun is so by this. One query."""
    med_tekst = {delaftale for delaftale, _ in skrevet(plan).afsnit}
    raekker = [Exists(m.objects.filter(delaftale=OuterRef("pk"))) for m in (Aktivitet, Delmaal, Samarbejdspart)]
    alle = plan.delaftaler.annotate(har_raekker=raekker[0] | raekker[1] | raekker[2])
    felter = ("pk", "indsatsomraade__noegle", "indsatsomraade__navn", "har_raekker")
    return [
        Delaftalestand(pk, noegle, navn, har_raekker or pk in med_tekst)
        for pk, noegle, navn, har_raekker in alle.values_list(*felter)
    ]


@laest_en_gang
def skrevet(plan: Helhedsplan) -> Skrevet:
    """Two queries."""
    afsnit = Afsnit.objects.filter(plan=plan).annotate(
        har_billede=Exists(Billede.objects.filter(afsnit=OuterRef("pk")))
    )
    raekker = afsnit.values_list("delaftale_id", "skabelon_id", "tekst", "har_billede").order_by()
    return Skrevet(
        [s for s in skabelonen(plan) if s.kan_vises],
        {(d, s) for d, s, tekst, har_billede in raekker if har_billede or har_ord(tekst)},
    )


@laest_en_gang
def aftalehuller(plan: Helhedsplan) -> Huller:
    """Sections, activities, delmål, partners, parties, links, organisation, milestones and risks. No more queries
    however many there are."""
    skrevne, grupper = skrevet(plan), diagramhul(plan.grupper.count())
    aftale = [] if Oplysning.PARTER in plan.ikke_oplyst or parterne(plan) else ["Ingen parter"]
    med_bestyrelse = any(s.art == Afsnitsart.BESTYRELSE for s in skrevne.skabelon)
    data = {
        Afsnitsart.KOBLINGSTABELLER: koblingshul(plan.koblingstabeller.count()),
        Afsnitsart.ORGANISERING: grupper,
        Afsnitsart.MAAL_OG_INDIKATORER: "" if _har_maal(plan) else "ingen mål",
        Afsnitsart.PROBLEMKOMPLEKSER: _problemhul(plan, skrevne),
        Afsnitsart.BESTYRELSE: bestyrelseshul(bestyrelsen(plan)) if med_bestyrelse else "",
    }
    fundne: Huller = {
        (str(Dokumentart.SAMARBEJDSAFTALE), ""): aftale + skrevne.huller(Dokumenttype.SAMARBEJDSAFTALE, None, data),
        (str(Dokumentart.KOMMISSORIUM), ""): skrevne.huller(Dokumenttype.KOMMISSORIUM, None, data),
        (str(Dokumentart.ORGANISATIONSDIAGRAM), ""): [f"Organisering: {grupper}"] if grupper else [],
        (str(Dokumentart.MILEPAELSPLAN), ""): [] if har_milepaele(plan) else ["1 Hele planen: ingen milepæle"],
        (str(Dokumentart.BEREDSKABSPLAN), ""): [] if har_risici(plan) else ["Risici: ingen risici"],
    }
    for lag in plan.lagene:
        fundne[str(Dokumentart.LAG), lag.noegle] = [
            *(["Ny slutdato: ikke skrevet"] if lag.flytter_slut and lag.ny_slut.er_mangler else []),
            *([] if lag.indhold.strip() else ["Det aftales: ikke skrevet"]),
        ]
    for pk, noegle, egne in _delaftalernes(plan):
        fundne[str(Dokumentart.DELAFTALE), noegle] = _i_delaftalen(skrevne, pk, egne)
    return {hvad: tekster for hvad, tekster in fundne.items() if tekster}


def _har_maal(plan: Helhedsplan) -> bool:
    """Most rule sets have fixed goals; only where none is, the plan's own are looked for."""
    faste = OverordnetMaal.objects.filter(indsatsomraade__regelsaet_id=plan.puljens_id)
    return faste.exists() or bool(maal_i(plan))


def _problemhul(plan: Helhedsplan, skrevne: Skrevet) -> str:
    """Written once, in the delaftaler."""
    skabelon = {
        s.pk for s in skrevne.skabelon if s.dokument == Dokumenttype.DELAFTALE and s.noegle == "problemkompleks"
    }
    aftaler = {aftale.indsatsomraade_id: aftale.pk for aftale in delaftalerne(plan)}
    omraader = valgte(plan)
    uskrevne = [o.navn for o in omraader if not any((aftaler.get(o.pk, 0), pk) in skrevne.afsnit for pk in skabelon)]
    return problemhul(uskrevne, len(omraader))


def _delaftalernes(plan: Helhedsplan) -> Iterable[tuple[int, str, Datahuller]]:
    """(pk, indsatsområde, what the sections made from data lack) of each. Three queries."""
    aftaler = Delaftale.objects.filter(plan=plan).annotate(n=Count("samarbejdsparter"))
    delmaal: dict[int, list[bool]] = defaultdict(list)
    for aftale, n in (
        Delmaal.objects.filter(delaftale__plan=plan)
        .annotate(n=Count("aktiviteter"))
        .order_by("orden", "pk")
        .values_list("delaftale_id", "n")
    ):
        delmaal[aftale].append(n > 0)
    aktiviteter: dict[int, list[tuple[str, bool]]] = defaultdict(list)
    for aftale, navn, *prosa in (
        Aktivitet.objects.filter(delaftale__plan=plan)
        .order_by("orden", "pk")
        .values_list("delaftale_id", "navn", *AKTIVITETSPROSA)
    ):
        aktiviteter[aftale].append((navn, any(map(har_ord, prosa))))
    for pk, noegle, parter in aftaler.values_list("pk", "indsatsomraade__noegle", "n"):
        yield (
            pk,
            noegle,
            {
                Afsnitsart.DELMAAL: delmaalshul(delmaal[pk]),
                Afsnitsart.AKTIVITETER: aktivitetshul(
                    [navn for navn, beskrevet in aktiviteter[pk] if not beskrevet], len(aktiviteter[pk])
                ),
                Afsnitsart.SAMARBEJDSPARTER: parthul(parter),
            },
        )


def _i_delaftalen(skrevne: Skrevet, pk: int, data: Datahuller) -> list[str]:
    """Without delmål or activities it is hollow whatever the template has; partners only where they have a section."""
    arter = {s.art for s in skrevne.skabelon if s.dokument == Dokumenttype.DELAFTALE}
    uden_afsnit = [
        f"{art.label}: {data[art]}"
        for art in (Afsnitsart.DELMAAL, Afsnitsart.AKTIVITETER)
        if data[art] and art not in arter
    ]
    return skrevne.huller(Dokumenttype.DELAFTALE, pk, data) + uden_afsnit
