"""The grid: a table of amounts that are typed as text, as one form.

Every field is named by its cell. The page also sends what its cells held when it was made (`foer`), so that only what
somebody changed is saved, and two people in different cells do not get in each other's way.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from budget.actions.forbrug import Forbrugscelle
from budget.choices import Bidragsart
from budget.queries.indtastning import Celle, Udgiftscelle
from budget.queries.terning import Sumraekke
from budget.rules.celler import NUL, laes_beloeb
from helhedsplan import formats

SKALAER = {"1": 1, "1000": 1000}


def i_tekst(beloeb: Decimal | None, skala: int = 1) -> str:
    """An amount as it stands in its field: exact in either view, '' when there is none."""
    if beloeb is None:
        return ""
    if skala == 1 and beloeb != beloeb.to_integral_value():
        return formats.tal(beloeb, 2)
    return formats.tal((beloeb / skala).normalize())


def laest(tekst: str, skala: int) -> Decimal | None:
    try:
        return laes_beloeb(tekst, skala) if tekst.strip() else None
    except ValueError:
        return None


@dataclass
class Gittercelle:
    """A field. `gemt`: what another person has saved there since; shown beside what I typed."""

    id: str
    navn: str
    etiket: str
    tekst: str
    beloeb: Decimal | None
    fejl: list[str] = field(default_factory=list)
    gemt: str = ""
    formel: str = ""


@dataclass
class Gitterraekke:
    id: str
    navn: str
    under: str
    celler: list[Gittercelle]
    lokal: bool = False
    regn_url: str = ""

    @property
    def i_alt(self) -> Decimal:
        return sum((c.beloeb for c in self.celler if c.beloeb is not None), NUL)


@dataclass
class Indsendt:
    """What came from the page: all fields, and those that were changed in it."""

    skrevet: dict[str, str]
    foer: dict[str, str]
    skala: int

    @classmethod
    def af(cls, data, forbogstav: str) -> "Indsendt":
        skrevet = {navn: tekst for navn, tekst in data.items() if navn.startswith(f"{forbogstav}.")}
        return cls(skrevet, _foer(data.get("foer", "")), SKALAER.get(data.get("skala", ""), 1))

    @property
    def aendret(self) -> dict[str, str]:
        return {n: t for n, t in self.skrevet.items() if t.strip() != self.foer.get(n, "").strip()}


def _foer(tekst: str) -> dict[str, str]:
    try:
        data = json.loads(tekst or "{}")
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in data.items()} if isinstance(data, dict) else {}


@dataclass
class Gitter:
    """Rows and columns with totals. `udenfor`: amounts of the budget that stand in rows not shown, by column."""

    kolonner: list[tuple[str, str]]
    raekker: list[Gitterraekke]
    skala: int = 1
    udenfor: list[Decimal] = field(default_factory=list)
    udenfor_lokal: Decimal = NUL

    @property
    def summer(self) -> list[Decimal]:
        return [
            sum((beloeb for r in self.raekker if (beloeb := r.celler[nr].beloeb) is not None), rest)
            for nr, rest in enumerate(self.udenfor or [NUL] * len(self.kolonner))
        ]

    @property
    def i_alt(self) -> Decimal:
        return sum(self.summer, NUL)

    @property
    def foer(self) -> str:
        """What the cells hold, for the page to send back; only those that hold something."""
        return json.dumps({c.navn: c.tekst for c in self.celler() if c.tekst})

    def celler(self) -> Iterable[Gittercelle]:
        return (c for r in self.raekker for c in r.celler)

    def fejlliste(self) -> list[tuple[str, str]]:
        return [(f"{c.etiket}: {besked}", c.id) for c in self.celler() for besked in c.fejl]

    def konflikter(self) -> list[Gittercelle]:
        return [c for c in self.celler() if c.gemt]

    def med(self, indsendt: Indsendt, fejl: dict[str, list[str]]) -> str:
        """Put what was typed into the cells, with the faults; returns `foer` as the cells are saved now."""
        foer = self.foer
        for celle in self.celler():
            tekst = indsendt.aendret.get(celle.navn)
            if tekst is not None and tekst.strip() != celle.tekst:
                if celle.tekst != indsendt.foer.get(celle.navn, "").strip():
                    celle.gemt = celle.tekst or "tom"
                celle.tekst, celle.beloeb, celle.formel = tekst, laest(tekst, self.skala), ""
            celle.fejl = fejl.get(celle.id, [])
        return foer


def bidragsgitter(terning, skala: int, kun: str | None, regn_url: Callable) -> Gitter:
    """The financing. kun: the key of the one purpose to show."""
    viste = terning.raekker_til(terning.ramme.formaal_af[kun].formaal if kun else None)
    raekker = []
    for r in viste:
        under = r.art.label if kun else f"{r.art.label} · {r.formaal.fuldt_navn}"
        celler = [
            Gittercelle(
                id=c.id,
                navn=f"c.{r.kilde.noegle}.{r.art.value}.{c.kolonne.planaar or 0}.{r.formaal.noegle}",
                etiket=f"{r.kilde.navn}, {r.art.label.lower()}, {r.formaal.fuldt_navn}, {c.kolonne.navn.lower()}",
                tekst=i_tekst(c.beloeb, skala),
                beloeb=c.beloeb,
                formel=c.formel,
            )
            for c in r.celler
        ]
        raekker.append(Gitterraekke(r.id, r.kilde.navn, under, celler, r.kilde.lokal, regn_url(r)))
    return Gitter(
        [(k.navn, k.periode) for k in terning.kolonner],
        raekker,
        skala,
        _udenfor(terning.total, viste),
        sum((s.i_alt for s in terning.pr_kilde if s.emne.lokal), NUL)
        - sum((r.i_alt for r in viste if r.kilde.lokal), NUL),
    )


def _udenfor(total: Sumraekke, viste) -> list[Decimal]:
    """By column, what stands in the rows that are not shown."""
    return [hele - sum((r.celler[nr].beloeb or NUL for r in viste), NUL) for nr, hele in enumerate(total.beloeb)]


def udgiftsgitter(udgifter, skala: int, kun: str | None) -> Gitter:
    viste = udgifter.raekker_til(udgifter.ramme.formaal_af[kun].formaal if kun else None)
    raekker = [
        Gitterraekke(
            r.id,
            r.konto.navn,
            "" if kun else r.formaal.fuldt_navn,
            [
                Gittercelle(
                    id=c.id,
                    navn=f"u.{r.konto.noegle}.{c.kolonne.planaar or 0}.{r.formaal.noegle}",
                    etiket=f"{r.konto.navn}, {r.formaal.fuldt_navn}, {c.kolonne.navn.lower()}",
                    tekst=i_tekst(c.beloeb, skala),
                    beloeb=c.beloeb,
                )
                for c in r.celler
            ],
        )
        for r in viste
    ]
    return Gitter(
        [(k.navn, k.periode) for k in udgifter.kolonner],
        raekker,
        skala,
        _udenfor(udgifter.total, viste),
    )


def forbrugsgitter(kilder, aar: int, forbrug: dict, brugte: set, skala: int) -> Gitter:
    """The four quarters of a calendar year. forbrug: (financier, kind, quarter) -> amount; brugte: pairs that get a row
    besides cash."""
    raekker = []
    for kilde in kilder:
        for art in Bidragsart:
            if art != Bidragsart.KONTANT and (kilde.pk, art) not in brugte:
                continue
            celler = [
                Gittercelle(
                    id=Forbrugscelle(aar, k, kilde.noegle, "", art).id,
                    navn=f"f.{kilde.noegle}.{art.value}.{aar}.{k}",
                    etiket=f"{kilde.navn}, {art.label.lower()}, {formats.kvartal(aar, k)}",
                    tekst=i_tekst(forbrug.get((kilde.pk, art, k)), skala),
                    beloeb=forbrug.get((kilde.pk, art, k)),
                )
                for k in range(1, 5)
            ]
            raekker.append(Gitterraekke(f"forbrug-{kilde.noegle}.{art}", kilde.navn, art.label, celler))
    return Gitter([(formats.kvartal(aar, k), "") for k in range(1, 5)], raekker, skala)


# --- from fields to cells -------------------------------------------------------------------------------------------


def _aar(tekst: str) -> int | None:
    return (int(tekst) or None) if tekst.isdecimal() and len(tekst) < 5 else None


def bidragsceller(aendret: dict[str, str]) -> list[Celle]:
    """Names that are no cell's come from no page of ours and are left out."""
    dele = [(navn.split(".", 4), tekst) for navn, tekst in aendret.items()]
    return [Celle(d[1], d[2], d[4], _aar(d[3]), beloeb=tekst) for d, tekst in dele if len(d) == 5]


def udgiftsceller(aendret: dict[str, str]) -> list[Udgiftscelle]:
    dele = [(navn.split(".", 3), tekst) for navn, tekst in aendret.items()]
    return [Udgiftscelle(d[1], d[3], _aar(d[2]), beloeb=tekst) for d, tekst in dele if len(d) == 4]


def forbrugsceller(aendret: dict[str, str]) -> list[Forbrugscelle]:
    dele = [(navn.split("."), tekst) for navn, tekst in aendret.items()]
    return [Forbrugscelle(_aar(d[3]) or 0, _aar(d[4]) or 0, d[1], tekst, d[2]) for d, tekst in dele if len(d) == 5]
