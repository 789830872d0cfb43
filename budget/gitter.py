"""The grid: a table of amounts that are typed as text, as one form.

Every field is named by its cell. The page also sends what its cells held when it was made (`foer`), so that only what
somebody changed is saved, and two people in different cells do not get in each other's way.
"""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from html import escape

from django.utils.safestring import SafeString

from budget.actions.forbrug import Forbrugscelle
from budget.choices import Bidragsart
from budget.queries.finansieringstabel import Kolonne, Sumraekke
from budget.queries.indtastning import Indtastningscelle, Udgiftscelle
from budget.rules.celler import NUL, laes_beloeb, som_tekst
from helhedsplan import formats

SKALAER = {"1": 1, "1000": 1000}
AARSTAL = re.compile(r"[0-9]{1,4}")


def laest(tekst: str, skala: int) -> Decimal | None:
    try:
        return laes_beloeb(tekst, skala) if tekst.strip() else None
    except ValueError:
        return None


@dataclass(slots=True)
class Gittercelle:
    """A field. `gemt`: what another person has saved there since; shown beside what I typed."""

    id: str
    navn: str
    etiket: str
    tekst: str
    beloeb: Decimal | None
    bemaerkninger: Sequence[str] = ()
    fejl: Sequence[str] = ()
    gemt: str = ""


def celle_html(celle: Gittercelle) -> str:
    """A field with what belongs to it. Written here and not in a template: a grid has thousands of them, and a template
    takes ten times as long over each. Ids and names are slugs and numbers; all else is escaped."""
    ved_fejl = under = ""
    if celle.fejl:
        ved_fejl = f' aria-invalid="true" aria-describedby="fejl-{celle.id}"'
        under = f'<span class="gitter-fejl" id="fejl-{celle.id}">{escape(" ".join(celle.fejl))}</span>'
    if celle.gemt:
        under += f'<span class="gitter-gemt">Den anden: {escape(celle.gemt)}</span>'
    for linje in celle.bemaerkninger:
        under += f'<span class="formel">{escape(linje)}</span>'
    return (
        f'<td><input id="{celle.id}" name="{celle.navn}" value="{escape(celle.tekst)}"'
        f' aria-label="{escape(celle.etiket)}"{ved_fejl}>{under}</td>'
    )


@dataclass
class Gitterraekke:
    id: str
    navn: str
    under: str
    celler: list[Gittercelle]
    lokal: bool = False
    henvisninger: Sequence[tuple[str, str]] = ()

    @property
    def i_alt(self) -> Decimal:
        return sum((c.beloeb for c in self.celler if c.beloeb is not None), NUL)

    def html(self, skala: int) -> str:
        hvad = f'<span class="sr-only"> for {escape(self.navn)}, {escape(self.under)}</span>'
        links = "".join(
            f'<a class="gitter-regn" href="{escape(url)}">{tekst}{hvad}</a>' for tekst, url in self.henvisninger
        )
        return (
            f'<tr id="{self.id}"{" data-lokal" if self.lokal else ""}><th scope="row">{escape(self.navn)}'
            f'<span class="gitter-under">{escape(self.under)}</span>{links}</th>{"".join(map(celle_html, self.celler))}'
            f'<td class="tal" data-raekkesum>{som_tekst(self.i_alt, skala)}</td></tr>\n'
        )


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
    except (ValueError, RecursionError):  # nested deeper than any page of ours
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
    def krop(self) -> SafeString:
        return SafeString("".join(raekke.html(self.skala) for raekke in self.raekker))

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
                celle.tekst, celle.beloeb, celle.bemaerkninger = tekst, laest(tekst, self.skala), ()
            celle.fejl = fejl.get(celle.id, ())
        return foer


def bidragsgitter(terning, skala: int, kun: str | None, henvisninger: Callable) -> Gitter:
    """The financing. kun: the key of the one purpose to show."""
    viste = terning.raekker_til(terning.ramme.formaal_af[kun].formaal if kun else None)
    kol = _kolonneord(terning.kolonner)
    raekker = []
    for r in viste:
        under = r.art.label if kun else f"{r.art.label} · {r.formaal.fuldt_navn}"
        hvem = f"{r.kilde.navn}, {r.art.label.lower()}, {r.formaal.fuldt_navn}"
        rod, formaal = f"c.{r.kilde.noegle}.{r.art.value}", r.formaal.noegle
        celler = [
            Gittercelle(
                c.id, f"{rod}.{nr}.{formaal}", f"{hvem}, {aar}", som_tekst(c.beloeb, skala), c.beloeb, c.bemaerkninger
            )
            for (nr, aar), c in zip(kol, r.celler, strict=True)
        ]
        raekker.append(Gitterraekke(r.id, r.kilde.navn, under, celler, r.kilde.lokal, henvisninger(r)))
    return Gitter(
        [(k.navn, k.periode) for k in terning.kolonner],
        raekker,
        skala,
        _udenfor(terning.total, viste),
        sum((s.i_alt for s in terning.pr_kilde if s.emne.lokal), NUL)
        - sum((r.i_alt for r in viste if r.kilde.lokal), NUL),
    )


def _kolonneord(kolonner: Iterable[Kolonne]) -> list[tuple[int, str]]:
    """By column: the plan year as fields are named by it, and as it is said in the middle of a sentence."""
    return [(k.planaar or 0, k.navn.lower()) for k in kolonner]


def _udenfor(total: Sumraekke, viste) -> list[Decimal]:
    """By column, what stands in the rows that are not shown."""
    hele = [beloeb or NUL for beloeb in total.beloeb]
    return [alle - sum((r.celler[nr].beloeb or NUL for r in viste), NUL) for nr, alle in enumerate(hele)]


def udgiftsgitter(udgifter, skala: int, kun: str | None, henvisninger: Callable) -> Gitter:
    kol = _kolonneord(udgifter.kolonner)
    viste = udgifter.raekker_til(udgifter.ramme.formaal_af[kun].formaal if kun else None)
    raekker = [
        Gitterraekke(
            r.id,
            r.konto.navn,
            "" if kun else r.formaal.fuldt_navn,
            [
                Gittercelle(
                    c.id,
                    f"u.{r.konto.noegle}.{nr}.{r.formaal.noegle}",
                    f"{r.konto.navn}, {r.formaal.fuldt_navn}, {aar}",
                    som_tekst(c.beloeb, skala),
                    c.beloeb,
                    c.bemaerkninger,
                )
                for (nr, aar), c in zip(kol, r.celler, strict=True)
            ],
            henvisninger=henvisninger(r),
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
                    tekst=som_tekst(forbrug.get((kilde.pk, art, k)), skala),
                    beloeb=forbrug.get((kilde.pk, art, k)),
                )
                for k in range(1, 5)
            ]
            raekker.append(Gitterraekke(f"forbrug-{kilde.noegle}.{art}", kilde.navn, art.label, celler))
    return Gitter([(formats.kvartal(aar, k), "") for k in range(1, 5)], raekker, skala)


# --- from fields to cells -------------------------------------------------------------------------------------------


def _aar(tekst: str) -> int | None:
    return int(tekst) or None


def _dele(aendret: dict[str, str], antal: int, *tal: int) -> list[tuple[list[str], str]]:
    """Names taken apart, with what was typed. Those that are no cell's come from no page of ours and are left out."""
    dele = [(navn.split(".", antal - 1), tekst) for navn, tekst in aendret.items()]
    return [(d, tekst) for d, tekst in dele if len(d) == antal and all(AARSTAL.fullmatch(d[nr]) for nr in tal)]


def bidragsceller(aendret: dict[str, str]) -> list[Indtastningscelle]:
    return [Indtastningscelle(d[1], d[2], d[4], _aar(d[3]), beloeb=tekst) for d, tekst in _dele(aendret, 5, 3)]


def udgiftsceller(aendret: dict[str, str]) -> list[Udgiftscelle]:
    return [Udgiftscelle(d[1], d[3], _aar(d[2]), beloeb=tekst) for d, tekst in _dele(aendret, 4, 2)]


def forbrugsceller(aendret: dict[str, str]) -> list[Forbrugscelle]:
    return [Forbrugscelle(int(d[3]), int(d[4]), d[1], tekst, d[2]) for d, tekst in _dele(aendret, 5, 3, 4)]
