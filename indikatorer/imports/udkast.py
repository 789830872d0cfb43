"""A file, from its bytes to what it would change; each step says how far it has come."""

import io
import re
from collections import Counter
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

import yaml

from aftaler.models import Helhedsplan
from helhedsplan.arbejde import Fremskridt
from helhedsplan.tabelfil import Regnetal, Tabel, Tabeldoer, UlaeseligFil, laes
from helhedsplan.tallaeser import skala_i
from indikatorer.choices import Enhed
from indikatorer.eksport import UDEN_SKJULTE
from indikatorer.imports.forslag import Navnesoeger, er_vores, foreslaa, navne_i
from indikatorer.imports.kobling import Kobling
from indikatorer.imports.laesning import (
    HVAD,
    Fejl,
    LaestTabel,
    Samling,
    Tabellaeser,
    afslut,
    fejl_i,
    spoergsmaal,
)
from indikatorer.imports.tabeller import Importtabel, Tabelkolonne, find_tabeller, normal
from indikatorer.models import Importskabelon
from indikatorer.queries.importgrundlag import Importforskel, Navnekatalog, forskel, register
from indikatorer.rules.raekke import Tidsraekke

FLEST_FEJL, FLEST_NOTER = 500, 20
MEGABYTE = 1024 * 1024
DOER = Tabeldoer(25 * MEGABYTE, 250 * MEGABYTE, 4_000_000, "Del den i flere.", cpr_i_celler=True)
#: More than any table that is read by people; the mapping page must hold them.
FLEST_TABELLER, FLEST_KOLONNER = 60, 200
ET_UDDRAG = (
    "Filen er hentet af en, der ikke må se de små tal, så tal, som planen har, står som »diskretioneret«. "
    "Den kan ikke læses ind, for så blev de overskrevet. Hent en ny fil som en, der skriver planen."
)


@dataclass
class Tabelsvar:
    """One table with what it means. `kendt`: somebody has said so, or it is our own export."""

    tabel: Importtabel
    kobling: Kobling
    kendt: bool
    spoergsmaal: list[str] = field(default_factory=list)
    ubesvarede: list[Fejl] = field(default_factory=list)
    laest: LaestTabel = field(default_factory=LaestTabel)
    nye: int = 0
    aendrede: int = 0
    uaendrede: int = 0

    @property
    def er_klar(self) -> bool:
        return self.kobling.spring_over or (self.kendt and not self.spoergsmaal and not self.ubesvarede)


@dataclass
class Udkast:
    """What a file says and would change. `forskel` is None when there are faults or something is unanswered."""

    tabeller: list[Tabelsvar] = field(default_factory=list)
    fejl: list[Fejl] = field(default_factory=list)
    forskel: Importforskel | None = None
    flere_fejl: int = 0
    kendt: Navnekatalog = field(default_factory=lambda: Navnekatalog({}, {}))
    noter: list[str] = field(default_factory=list)

    @property
    def mangler_svar(self) -> bool:
        return not self.fejl and not all(svar.er_klar for svar in self.tabeller)

    @property
    def raekker(self) -> list[Tidsraekke]:
        return [raekke for svar in self.tabeller for raekke in svar.laest.raekker]


Trin = Generator[Fremskridt, None, Udkast]


def koer(trin: Generator, ved: Callable[[Fremskridt], None] = lambda _: None):
    """Run a generator to its end; what it returns."""
    try:
        while True:
            ved(next(trin))
    except StopIteration as slut:
        return slut.value


def aabn(data: bytes | list[Tabel]) -> tuple[list[Importtabel], list[Fejl]]:
    """The tables of a file, or of what was read of it before; or why there are none."""
    try:
        ark = data if isinstance(data, list) else laes(data, DOER)
    except UlaeseligFil as grund:
        return [], [Fejl("", 0, "", besked) for besked in grund.beskeder]
    tabeller = find_tabeller(ark)
    if not tabeller:
        return [], [Fejl("", 0, "", "Der er ingen tabel i filen: ingen overskrifter med tal under.")]
    if len(tabeller) > FLEST_TABELLER:
        besked = f"Filen har {len(tabeller)} tabeller. Der kan højst være {FLEST_TABELLER}. Del den i flere."
        return [], [Fejl("", 0, "", besked)]
    if fejl := [fejl_i(t, t.hoved, kolonne.nr, ET_UDDRAG) for t in tabeller if (kolonne := _skjulekolonne(t))]:
        return [], fejl
    return tabeller, [
        fejl_i(t, t.hoved, 0, f"Tabellen har {len(t.kolonner)} kolonner. Gem kun dem, der skal indlæses.")
        for t in tabeller
        if len(t.kolonner) > FLEST_KOLONNER
    ]


def _skjulekolonne(tabel: Importtabel) -> Tabelkolonne | None:
    """The column by which our own export says that figures are hidden in it."""
    return next((k for k in tabel.kolonner if k.noegle == UDEN_SKJULTE), None)


def tabelsvar(
    plan: Helhedsplan,
    tabeller: list[Importtabel],
    kendt: Navnekatalog,
    egne: dict[int, Kobling],
    i_filen: dict[int, dict[str, str]] | None = None,
) -> list[Tabelsvar]:
    """What each table means: as just said, as remembered, as our own export says, or as guessed."""
    aftryk = {tabel.nr: tabel.aftryk for tabel in tabeller}
    husket = dict(Importskabelon.objects.filter(plan=plan, aftryk__in=aftryk.values()).values_list("aftryk", "kobling"))
    soeger = Navnesoeger(kendt)
    ud = []
    for tabel in tabeller:
        gaet = False
        if tabel.nr in egne:
            kobling = egne[tabel.nr]
        elif aftryk[tabel.nr] in husket:
            kobling = Kobling.fra_data(husket[aftryk[tabel.nr]])
        else:
            kobling, gaet = foreslaa(tabel, soeger), True
        for felt, vaerdi in (i_filen or {}).get(tabel.nr, {}).items():
            setattr(kobling, felt, vaerdi)
        svar = Tabelsvar(tabel, kobling, not gaet or er_vores(tabel))
        if not kobling.spring_over:
            svar.spoergsmaal = spoergsmaal(tabel, kobling)
            svar.ubesvarede = _ubesvarede(tabel, kobling, soeger, gaet=gaet)
        ud.append(svar)
    return ud


def _ubesvarede(tabel: Importtabel, kobling: Kobling, soeger: Navnesoeger, *, gaet: bool) -> list[Fejl]:
    """Names in the rows that the plan does not know and nobody has answered for, where each first stands."""
    ud = []
    for art, navne in navne_i(tabel, kobling).items():
        svar = kobling.navne[art]
        ukendte = {n for n, skrevet in navne.items() if not soeger.find(art, skrevet) and not svar.get(n)}
        if not gaet:
            ukendte = set() if kobling.oevrige else ukendte - set(svar)
        kolonne = next(k for k, valg in kobling.roller(tabel) if valg.er == art)
        for raekke in tabel.raekker if ukendte else []:
            if (navn := normal(tekst := tabel.celle(raekke, kolonne))) in ukendte:
                ukendte.discard(navn)
                ud.append(fejl_i(tabel, raekke, kolonne.nr, f"»{tekst}« er ikke koblet til {HVAD[art]} i planen."))
    return ud


def lav_udkast(
    plan: Helhedsplan,
    data: bytes | list[Tabel],
    egne: Callable[[Importtabel], Kobling | None] = lambda _: None,
    i_filen: dict[int, dict[str, str]] | None = None,
    *,
    kun_laes: bool = False,
) -> Trin:
    """Read the file and hold it up against the plan; nothing is written.

    `egne`: what is said of a table just now. `i_filen`: year and day of a table by its number, for this file alone.
    `kun_laes`: leave the comparing to the action that writes.
    """
    yield Fremskridt("Åbner filen")
    tabeller, fejl = aabn(data)
    ud = Udkast()
    if fejl:
        _med_fejl(ud, fejl)
        return ud
    kendt = ud.kendt = register(plan)
    sagt = {tabel.nr: kobling for tabel in tabeller if (kobling := egne(tabel)) is not None}
    ud.tabeller = tabelsvar(plan, tabeller, kendt, sagt, i_filen or {})
    if not all(svar.er_klar for svar in ud.tabeller):
        return ud
    samling = Samling()
    laeste = [svar for svar in ud.tabeller if not svar.kobling.spring_over]
    for svar in laeste:
        svar.laest = yield from Tabellaeser(svar.tabel, svar.kobling, kendt, samling).laes()
    afslut(samling, [(svar.tabel, svar.kobling, svar.laest) for svar in laeste])
    fejl += [en for svar in laeste for en in svar.laest.fejl]
    if kun_laes and not fejl:
        return ud
    yield Fremskridt("Sammenligner med planen")
    fundet = forskel(plan, ud.raekker)
    fejl += [_fejl_ved(samling, raekke, felt, besked) for raekke, felt, besked in fundet.fejl]
    if fejl:
        _med_fejl(ud, fejl)
        return ud
    ud.forskel = fundet
    _taelle(ud, fundet)
    ud.noter = [*_andele(ud), *_uden_procent(laeste), *_skalerede(ud), *_skjulte(laeste), *_fodnoter(laeste)]
    return ud


def _med_fejl(ud: Udkast, fejl: list[Fejl]) -> None:
    """By sheet, row and column, as many as anybody can mend at a time."""
    orden = {svar.tabel.ark.navn: nr for nr, svar in enumerate(ud.tabeller)}
    fejl.sort(key=lambda f: (orden.get(f.ark, 0), f.raekke, len(f.kolonne), f.kolonne))
    ud.fejl, ud.flere_fejl = fejl[:FLEST_FEJL], max(0, len(fejl) - FLEST_FEJL)


def _fejl_ved(samling: Samling, raekke: Tidsraekke, felt: str, besked: str) -> Fejl:
    nr, r, k = samling.hvor(raekke, felt)
    tabel, _ = samling.tabeller[nr]
    celler = tabel.ark.raekker[r]
    skrevet = f"»{celler[k]}«: " if felt == "vaerdi" and k < len(celler) else ""
    return fejl_i(tabel, r, k, f"{skrevet}{besked}")


def _taelle(ud: Udkast, fundet: Importforskel) -> None:
    nye = Counter(raekke.hvor[0] for raekke, _ in fundet.nye)
    aendrede = Counter(a.raekke.hvor[0] for a in fundet.aendrede)
    for svar in ud.tabeller:
        svar.nye, svar.aendrede = nye[svar.tabel.nr], aendrede[svar.tabel.nr]
        svar.uaendrede = len(svar.laest.raekker) - svar.nye - svar.aendrede


def _andele(ud: Udkast) -> list[str]:
    """Shares of one where percent belong, as when a spreadsheet's percents are saved as plain numbers."""
    hoejst: dict[int, Decimal] = {}
    for raekke in ud.raekker:
        if (vaerdi := raekke.felter.get("vaerdi")) is not None:
            hoejst[raekke.indikator] = max(hoejst.get(raekke.indikator, vaerdi), vaerdi)
    return [
        f"Alle tal for »{i.navn}« er mellem 0 og 1. Er det andele, der skulle have været procent?"
        for i in ud.kendt.indikatorer.values()
        if i.slags == Enhed.PROCENT and 0 < hoejst.get(i.pk, Decimal(0)) <= 1
    ]


# --- what tables mean, from a file ----------------------------------------------------------------------------------


class Koblingsfejl(Exception):
    """The mapping file cannot be read; the text is shown."""


def koblinger_fra(tekst: str) -> Callable[[Importtabel], Kobling | None]:
    """A YAML file with `tabeller:`, a list of mappings, each for the tables of a sheet (`ark`) or title (`titel`)."""
    try:
        data = yaml.safe_load(io.StringIO(tekst))
    except (yaml.YAMLError, ValueError):
        raise Koblingsfejl("Koblingen er ikke gyldig YAML.") from None
    tabeller = data.get("tabeller") if isinstance(data, dict) else None
    if not isinstance(tabeller, list) or not all(isinstance(t, dict) for t in tabeller):
        raise Koblingsfejl("Koblingen skal have »tabeller« med en liste under. Formen står i docs/import.md.")
    return lambda tabel: next((_kobling(t) for t in tabeller if _gaelder(t, tabel)), None)


def _kobling(data: dict) -> Kobling:
    kobling = Kobling.fra_data(data)
    kobling.navne = {art: {normal(navn): n for navn, n in navne.items()} for art, navne in kobling.navne.items()}
    return kobling


def _gaelder(data: dict, tabel: Importtabel) -> bool:
    ark, titel = str(data.get("ark", "")), str(data.get("titel", ""))
    return (not ark or normal(ark) == normal(tabel.ark.navn)) and normal(titel) in normal(tabel.titel)


def huskes(tabeller: Iterable[Tabelsvar]) -> list[tuple[str, str, dict]]:
    """(fingerprint, name, mapping) of what a person has said of the tables, for next time."""
    return [(svar.tabel.aftryk, svar.tabel.navn[:200], svar.kobling.som_data()) for svar in tabeller]


def _uden_procent(laeste: list[Tabelsvar]) -> list[str]:
    """Figures of a workbook up to 1 in a column where others are shown in percent."""
    ud = []
    for svar in laeste:
        for kolonne, valg in svar.kobling.roller(svar.tabel):
            celler = [(r, svar.tabel.celle(r, kolonne)) for r in svar.tabel.raekker if valg.rolle.er_tal]
            tal = [(r, celle) for r, celle in celler if isinstance(celle, Regnetal)]
            if not any(celle.endswith("%") for _, celle in tal):
                continue
            sma = [(r, celle) for r, celle in tal if re.fullmatch(r"0,\d+|1", celle)]
            ud += [
                f"{fejl_i(svar.tabel, r, kolonne.nr, '').hvor} er {celle}, mens andre tal i kolonnen vises i procent. "
                "Er det en andel, der skulle have været procent?"
                for r, celle in sma[:FLEST_NOTER]
            ]
    return ud


def _skalerede(ud: Udkast) -> list[str]:
    """Kroner under a title or heading that says thousands or millions: bare numbers are read as they stand."""
    kroner = {i.pk: i.navn for i in ud.kendt.indikatorer.values() if i.slags == Enhed.KRONER}
    noter = {}
    for svar in ud.tabeller:
        tekster = [svar.tabel.titel, *(k.overskrift for k in svar.tabel.kolonner), *svar.tabel.noter]
        sagt = next((tekst for tekst in tekster if skala_i(tekst)), "")
        for raekke in svar.laest.raekker if sagt else ():
            if raekke.indikator in kroner:
                noter[svar.tabel.nr, raekke.indikator] = (
                    f"»{sagt}« ser ud til at være i tusinder eller millioner, men tallene for "
                    f"»{kroner[raekke.indikator]}« læses som hele kroner. "
                    "Skriv dem helt ud i filen, hvis de er i andet."
                )
    return list(noter.values())


def _skjulte(laeste: list[Tabelsvar]) -> list[str]:
    """What a spreadsheet hides is read like the rest, and said to be."""
    ark = {svar.tabel.ark.navn: svar.tabel.ark.skjult for svar in laeste}
    return [f"Arket {navn}: {ting} er skjult, men læst med." for navn, skjult in ark.items() for ting in skjult]


def _fodnoter(laeste: list[Tabelsvar]) -> list[str]:
    """A figure with the mark of a footnote is read, and that is said: the note may tell that it is unsure."""
    alle = [en for svar in laeste for en in svar.laest.fodnoter]
    ud = [
        f"{hvor[0].upper()}{hvor[1:]}: »{skrevet}« er læst uden tegnet »{tegn}«. Se noten efter i filen."
        for hvor, skrevet, tegn in alle[:FLEST_NOTER]
    ]
    return [*ud, *([f"Og {len(alle) - FLEST_NOTER} tal mere med tegn efter."] if len(alle) > FLEST_NOTER else [])]
