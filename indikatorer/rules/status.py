"""The state's lists of housing areas: which criteria an area meets, and how far it is from the limits. Pure."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse

from helhedsplan.choices import Alvor
from helhedsplan.formats import procent, tal
from helhedsplan.fund import Fund
from helhedsplan.tid import sikkert_begyndt, sikkert_endnu
from indikatorer.choices import Graenseart, Kriterieenhed

LOVEN = "Almenboligloven § 61 a og § 61 b: de statslige lister 1. december"
HUNDREDE = 100


@dataclass(frozen=True)
class Statuskrav:
    noegle: str
    navn: str
    art: str
    graense: Decimal
    enhed: str
    skal: bool

    @property
    def graense_i_ord(self) -> str:
        """'over 40 %', 'mindst 3 gange landsgennemsnittet'."""
        return f"{Graenseart(self.art).label} {i_enhed(self.graense.normalize(), self.enhed)}"


@dataclass(frozen=True)
class Listeudgave:
    """A list as it was in the years from `fra_aar` to `til_aar` (None: still)."""

    noegle: str
    navn: str
    fra_aar: int
    til_aar: int | None
    mindst: int
    bygger_paa: str
    aar_i_traek: int
    kilde: str
    verificeret: bool
    kriterier: tuple[Statuskrav, ...]

    def gaelder(self, aar: int) -> bool:
        return self.fra_aar <= aar and (self.til_aar is None or aar <= self.til_aar)


def i_enhed(vaerdi: Decimal, enhed: str) -> str:
    if enhed == Kriterieenhed.PROCENT:
        return procent(vaerdi)
    return f"{tal(vaerdi)} {Kriterieenhed(enhed).label}"


def opfyldt(kriterium: Statuskrav, vaerdi: Decimal) -> bool:
    """Meeting a criterion is what puts an area on a list."""
    if kriterium.art == Graenseart.UNDER:
        return vaerdi < kriterium.graense
    return vaerdi > kriterium.graense or (kriterium.art == Graenseart.MINDST and vaerdi == kriterium.graense)


def afstand(kriterium: Statuskrav, vaerdi: Decimal) -> str:
    """How far the figure is from the limit: '2,3 point under grænsen'."""
    forskel = vaerdi - kriterium.graense
    if not forskel:
        return "på grænsen"
    stoerrelse = tal(abs(forskel).normalize())
    maal = {Kriterieenhed.PROCENT: " point", Kriterieenhed.GANGE: " gange"}.get(Kriterieenhed(kriterium.enhed), "")
    return f"{stoerrelse}{maal} {'over' if forskel > 0 else 'under'} grænsen"


def vaerdifejl(kriterier: dict[str, Statuskrav], vaerdier: dict[str, Decimal]) -> dict[str, str]:
    """What is wrong with the figures of an area, by criterion. Only the income's share can be over a hundred."""
    fejl = {}
    for noegle, vaerdi in vaerdier.items():
        kriterium = kriterier[noegle]
        if vaerdi < 0:
            fejl[noegle] = "Tallet kan ikke være under nul."
        elif kriterium.enhed == Kriterieenhed.PROCENT and kriterium.art == Graenseart.OVER and vaerdi > HUNDREDE:
            fejl[noegle] = "En procent ligger mellem 0 og 100."
        elif kriterium.enhed == Kriterieenhed.ANTAL and vaerdi != vaerdi.to_integral_value():
            fejl[noegle] = "Skriv et helt antal."
    return fejl


def nyeste_liste(i_dag: date) -> int:
    """The year of the newest list: it is issued on 1 December."""
    return i_dag.year if (i_dag.month, i_dag.day) >= (12, 1) else i_dag.year - 1


def liste_mangler(plan, omraader: list, skrevne: set[tuple[int, int]], i_dag: date) -> list[Fund]:
    """Areas of a running plan that the newest list has not been written in for.

    omraader: with pk, noegle, navn, med_fra and med_til; skrevne: (area's pk, year).
    """
    aar = nyeste_liste(i_dag)
    if not koerer(plan, i_dag):
        return []
    opret = reverse("omraadestatus-opret", args=[plan.noegle])
    return [
        Fund(
            "omraadestatus-mangler",
            Alvor.NOTE,
            f"Det er ikke skrevet ind, om {o.navn} var på de statslige lister 1. december {aar}.",
            f"{opret}?omraade={o.noegle}&aar={aar}#id_kategori",
            LOVEN,
            flere=f"områder er der ikke skrevet ind om, om de var på de statslige lister 1. december {aar}:",
            kort=o.navn,
        )
        for o in omraader
        if (o.pk, aar) not in skrevne and sikkert_begyndt(o.med_fra) <= i_dag <= sikkert_endnu(o.med_til)
    ]


def ukendt_kategori(plan, status: list, lister: list[tuple[str, int, int | None]]) -> list[Fund]:
    """What an area is said to have stood on, where that was no list of that year.

    status: with pk, omraade, aar and kategori; lister: (name, first year, last year). Nothing is said of a year whose
    lists nobody knows.
    """
    fund = []
    for s in status:
        aarets = [navn for navn, fra, til in lister if fra <= s.aar and (til is None or s.aar <= til)]
        if s.kategori and aarets and s.kategori.casefold() not in {navn.casefold() for navn in aarets}:
            besked = f"{s.omraade.navn} {s.aar}: »{s.kategori}« er ikke en af årets lister: {', '.join(aarets)}."
            url = reverse("omraadestatus-ret", args=[plan.noegle, s.pk])
            fund.append(Fund("omraadestatus-ukendt-kategori", Alvor.ADVARSEL, besked, f"{url}#id_kategori", LOVEN))
    return fund


def koerer(plan, i_dag: date) -> bool:
    """The plan's period has surely begun and not ended."""
    begynder, slutter = plan.begynder, plan.slutter
    if begynder.er_mangler or slutter.er_mangler:
        return False
    return sikkert_begyndt(begynder) <= i_dag <= sikkert_endnu(slutter)
