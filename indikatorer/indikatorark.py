"""The sheet of the indicators: picture, development in words and figures of each, as everybody may see them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from aftaler.models import Helhedsplan
from aftaler.queries.navne import Papirnavne, papirnavne
from helhedsplan.blokke.model import (
    AFSNIT,
    Blok,
    Blokdel,
    Blokdokument,
    Blokraekke,
    Figurblok,
    Tabelblok,
    celle,
    fakta,
    forside,
    hoved,
    tekst,
)
from helhedsplan.blokke.tryk import Papir, tryk
from helhedsplan.formats import INGEN, lang_dato, med_punktum, opremsning
from helhedsplan.models import Haendelse
from helhedsplan.pdf import PdfFejl
from helhedsplan.tekst import SKJULT_TAL
from indikatorer.choices import Maaletilstand
from indikatorer.diagrammer import stort_diagram
from indikatorer.queries.oversigt import Oversigtstabel, oversigt, taltabel
from indikatorer.queries.udvikling import Indikatorudvikling, Tal
from indikatorer.templatetags.indikatortal import maalord, talord

#: As many columns as there is room for; the older figures are on the page.
FLEST_TIDER = 6
#: So low that two indicators share a page.
TRYKT_HOEJDE = 160


@dataclass(frozen=True)
class Blad:
    """One indicator in the paper."""

    billede: Indikatorudvikling
    tabel: Oversigtstabel
    udeladt: int

    @property
    def kilder(self) -> str:
        return opremsning(list(dict.fromkeys(t.kilde for s in self.billede.serier for t in s.tal if t.kilde)))


def _blad(billede: Indikatorudvikling) -> Blad:
    tallene = [t for s in billede.serier for t in s.tal]
    tabel = taltabel(billede.serier, tallene)
    udeladt = max(0, len(tabel.tider) - FLEST_TIDER)
    return Blad(billede, tabel.fra(udeladt), udeladt)


def indikatorark(plan: Helhedsplan, af: str = "") -> Papir:
    """The paper as PDF, as things stand and made by `af`. A constant number of queries."""
    aendret = (
        Haendelse.objects.filter(kaede=plan.noegle, objekt_type__startswith="indikatorer.").order_by("-nummer").first()
    )
    hedder = papirnavne(plan)
    tidspunkt = aendret.tidspunkt if aendret else None
    dag = lang_dato(timezone.localdate(tidspunkt)) if tidspunkt else ""
    dokument = blokdokument(plan, hedder, dag)
    filnavn = f"indikatorer-{plan.noegle}.pdf"
    return tryk(dokument, filnavn, noegle=f"{plan.noegle}/indikatorer", aendret=tidspunkt, af=af)


def blokdokument(plan: Helhedsplan, hedder: Papirnavne, aendret: str) -> Blokdokument:
    """A part for each group of indicators, and in it one for each indicator."""
    grupper = oversigt(plan).grupper
    linjer = fakta(
        ("plan", "Plan", (hedder.plan,)),
        ("periode", "Periode", (plan.periode,)),
        ("parter", "Parter", hedder.parter),
        ("pulje", "Pulje", (plan.puljen,)),
        ("aendret", "Senest ændret", (aendret,)),
    )
    tomt = () if grupper else (tekst("Planen har ingen indikatorer endnu.", "mindre"),)
    dele = [
        Blokdel(f"gruppe-{nr}", g.titel, 2, under=tuple(_del(_blad(linje.billede)) for linje in g.linjer), slags=AFSNIT)
        for nr, g in enumerate(grupper, 1)
    ]
    front = forside(hedder.plan, "Indikatorark", "Området ved siden af dem, det holdes op mod", *linjer, *tomt)
    return Blokdokument(
        "", "Indikatorark", hedder.plan, hedder.kort, hedder.parter, None, (front, *dele),
        stand=f"Ændret {aendret}" if aendret else "",
    )  # fmt: skip


def _del(blad: Blad) -> Blokdel:
    indikator = blad.billede.indikator
    return Blokdel(f"indikator-{indikator.noegle}", indikator.navn, 3, tuple(_blokke(blad)), slags="indikatoren")


def _blokke(blad: Blad) -> Iterator[Blok]:
    b = blad.billede
    gruppe = f", ud af {b.indikator.persongruppe}" if b.indikator.persongruppe else ""
    maal = f" Mål: {med_punktum(b.maal)}" if b.maal else ""
    yield tekst(f"{b.indikator.get_enhed_display()}{gruppe}. {b.indikator.get_retning_display()}.{maal}")
    if b.egen:
        yield from (tekst(f"{b.egen.navn}: {v.ord}", "punkt", niveau=1) for v in b.bevaegelser)
    if diagram := stort_diagram(b, f"ark-{b.indikator.noegle}", TRYKT_HOEJDE):
        yield Figurblok(diagram)
    yield from _tallene(blad) if blad.tabel.linjer else (tekst("Der er ingen tal endnu.", "mindre"),)
    if b.aarsmaal:
        yield tekst(f"Årsmål: {', '.join(f'{m.aar} {maalord(m.maal, b.indikator)}' for m in b.aarsmaal)}.")


def _tallene(blad: Blad) -> Iterator[Blok]:
    b, tabel = blad.billede, blad.tabel
    kolonner = tuple(map(str, tabel.kolonner))
    raekker = (
        Blokraekke((celle(r.sted.navn, hoved=True), *(celle(_tal(t), tal=True) for t in r.celler)), noegle=r.sted.navn)
        for r in tabel.linjer
    )
    hovedet = hoved("Sted", *kolonner, tal=frozenset(range(1, len(kolonner) + 1)))
    yield Tabelblok((hovedet, *raekker), slags="maalinger")
    if b.egen and b.egen.regnet:
        yield tekst(f"{b.egen.navn} er regnet ud af områdernes antal og grundlag.")
    if b.forbehold:
        sum_ = ("Der er ingen sum, hvor ikke alle har.",) if b.egen else ()
        yield tekst(" ".join((*(f"{f}." for f in b.forbehold), *sum_)))
    aeldre = " Ældre tal står på siden om indikatoren." if blad.udeladt else ""
    yield tekst(f"Kilde: {blad.kilder or 'ikke skrevet'}.{aeldre}")


def _tal(t: Tal | None) -> str:
    """Missing and hidden are two things."""
    if t is None or t.tilstand == Maaletilstand.MANGLER:
        return INGEN
    return SKJULT_TAL if t.tilstand == Maaletilstand.DISKRETIONERET else talord(t)


def bestil(plan: Helhedsplan, argument: str = "") -> Papir:
    """From the command line: indikatorer."""
    if argument:
        raise PdfFejl("Indikatorarket har alle planens indikatorer. Skriv bare »indikatorer«.")
    return indikatorark(plan)
