"""From a table and what its columns mean to measurements: every fault at its cell, nothing guessed.

The reading is a generator: it says how far it has come, and returns what it has read.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from helhedsplan.arbejde import Fremskridt
from helhedsplan.formats import MAANEDER, antal, laes_dato
from helhedsplan.tabelfil import Celletal, kolonnebogstav
from helhedsplan.tabelfil.tabel import CELLEFEJL
from indikatorer.choices import Enhed, Maaletilstand
from indikatorer.imports.forslag import Navnesoeger, aar_i_titlen, kilde_i_noter, udtrukket_i_noter
from indikatorer.imports.kobling import (
    Kobling,
    Kolonnerolle,
    Kolonnevalg,
    er_anden_periode,
    er_kun_en_dag,
    er_periode,
    i_alt_af,
    opdelinger,
    periode_i,
    vaerdier_i,
)
from indikatorer.imports.tabeller import IKKE_MAALT, REN_PERIODE, SKOLEAAR, Importtabel, Tabelkolonne, normal
from indikatorer.imports.tal import laes_celle
from indikatorer.queries.importgrundlag import Navnekatalog
from indikatorer.rules.raekke import Tidsraekke
from indikatorer.rules.tal import TIDLIGSTE_AAR

PORTION = 5_000
TILSTANDE = {normal(navn): t for t in Maaletilstand for navn in (t.value, t.label)} | {
    "skjult": Maaletilstand.DISKRETIONERET
}
ENHED_AF = {"pct": Enhed.PROCENT, "kr": Enhed.KRONER, "antal": Enhed.ANTAL}


@dataclass(frozen=True)
class Fejl:
    """`raekke` counts from 1 and `kolonne` is a letter, as a spreadsheet shows them; 0 and '' for a whole table."""

    ark: str
    raekke: int
    kolonne: str
    besked: str

    @property
    def hvor(self) -> str:
        celle = f"{self.kolonne}{self.raekke}" if self.raekke else ""
        return "!".join(filter(None, [self.ark, celle]))

    def __str__(self):
        return f"{self.hvor}: {self.besked}" if self.hvor else self.besked


@dataclass
class LaestTabel:
    """What a table says: its rows, what was left out and why, and its faults."""

    raekker: list[Tidsraekke] = field(default_factory=list)
    fejl: list[Fejl] = field(default_factory=list)
    sprunget: dict[str, int] = field(default_factory=dict)
    #: Figures with the mark of a footnote behind them: where, as written, the mark.
    fodnoter: list[tuple[str, str, str]] = field(default_factory=list)


UKENDT = object()


class Ukendt(Exception):
    """A name that nobody has answered for, or a cell that is wrong; the text is shown."""


class Spring(Exception):
    """The row is about something that is skipped; the text is its name."""


def fejl_i(tabel: Importtabel, raekke: int, kolonne: int, besked: str) -> Fejl:
    return Fejl(tabel.ark.navn, raekke + 1, kolonnebogstav(kolonne), besked)


def spoergsmaal(tabel: Importtabel, kobling: Kobling) -> list[str]:
    """What must be answered before the table can be read, in Danish."""
    roller = kobling.roller(tabel)
    valgte = {valg.rolle for _, valg in roller}
    talkolonner = [(k, valg) for k, valg in roller if valg.rolle.er_tal]
    ud = []
    if not talkolonner:
        ud.append("Vælg den kolonne, tallene står i.")
    if Kolonnerolle.INDIKATOR not in valgte and not kobling.indikator and not all(v.indikator for _, v in talkolonner):
        ud.append("Vælg indikatoren: den kolonne, den står i, eller én for hele tabellen.")
    if Kolonnerolle.STED not in valgte and not kobling.sted and not all(v.sted for _, v in talkolonner):
        ud.append("Vælg stedet: den kolonne, det står i, eller ét for hele tabellen.")
    if (
        Kolonnerolle.AAR not in valgte
        and not aar_for(tabel, kobling)
        and not all(
            periode_i(k.overskrift) or er_anden_periode(k.overskrift) or er_kun_en_dag(k.overskrift)
            for k, _ in talkolonner
        )
    ):
        ud.append("Skriv året: det står hverken i en kolonne, i overskrifterne eller i titlen.")
    for kolonne, vaerdier in opdelinger(tabel, kobling):
        navn = kolonne.overskrift or f"Kolonne {kolonne.bogstav}"
        valgt = i_alt_af(vaerdier) or vaerdier[0]
        antal_tal = sum(normal(tabel.celle(r, kolonne)) == normal(valgt) for r in tabel.raekker) * max(
            len(talkolonner), 1
        )
        ud.append(
            f"{navn} skiller rækkerne ad ({', '.join(vaerdier[:5])}{' …' if len(vaerdier) > 5 else ''}). Vælg én værdi "
            f"for eksempel »{valgt}«, som giver {antal(antal_tal, 'tal', 'tal')} (kolonnen er udvalg, kun: {valgt})."
        )
    ud += [
        f"Vælg den værdi, der skal med fra {k.overskrift or f'kolonne {k.bogstav}'}."
        for k, valg in roller
        if valg.rolle is Kolonnerolle.UDVALG and normal(valg.kun) not in vaerdier_i(tabel, k)
    ]
    return ud + [
        f"Flere kolonner er valgt som »{rolle.label}«. Vælg én."
        for rolle in Kolonnerolle
        if rolle in valgte
        and not rolle.er_tal
        and rolle is not Kolonnerolle.UDVALG
        and sum(v.rolle is rolle for _, v in roller) > 1
    ]


def aar_for(tabel: Importtabel, kobling: Kobling) -> str:
    return kobling.aar or aar_i_titlen(tabel)


@dataclass
class Samling:
    """The measurements of a whole file: what one table says of a cell and what another says, are put together.

    `decimaler`: the most that a figure of an indicator is written with. `daarlige`: cells with a fault.
    """

    tabeller: dict[int, tuple[Importtabel, Kobling]] = field(default_factory=dict)
    raekker: dict[tuple, Tidsraekke] = field(default_factory=dict)
    decimaler: dict[int, int] = field(default_factory=dict)
    daarlige: set[tuple] = field(default_factory=set)

    def hvor(self, raekke: Tidsraekke, figur: str) -> tuple[int, int, int]:
        """Where a figure of a measurement stands: as a rule in its row, at the first column of the kind."""
        if raekke.andre and figur in raekke.andre:
            return raekke.andre[figur]
        nr, r, k = raekke.hvor
        tabel, kobling = self.tabeller[nr]
        kolonner = [
            c.nr for c, valg in kobling.roller(tabel) if valg.er == figur and (c.nr >= k or not valg.rolle.er_tal)
        ]
        return nr, r, min(kolonner, default=k)

    def er_kun_fejl(self, raekke: Tidsraekke) -> bool:
        """Nothing is left of it but the fault."""
        uden_tal = raekke.felter.get("antal") is None and raekke.felter.get("vaerdi") is None
        return uden_tal and raekke.noegle in self.daarlige


class Tabellaeser:
    """Reads one table. The same cell of the plan said twice is a fault wherever the two stand."""

    def __init__(self, tabel: Importtabel, kobling: Kobling, kendt: Navnekatalog, samling: Samling):
        self.tabel, self.kobling, self.kendt, self.samling = tabel, kobling, kendt, samling
        samling.tabeller[tabel.nr] = (tabel, kobling)
        self.soeger = Navnesoeger(kendt)
        self.ud = LaestTabel()
        self.udvalg = [(k, normal(v.kun)) for k, v in kobling.roller(tabel) if v.rolle is Kolonnerolle.UDVALG]
        ikke_navne = {Kolonnerolle.UDVALG}
        roller = [(v.rolle, k) for k, v in kobling.roller(tabel) if not v.rolle.er_tal and v.rolle not in ikke_navne]
        self.roller = dict(roller)
        self.talkolonner = [(k, v) for k, v in kobling.roller(tabel) if v.rolle.er_tal]
        self.husket: dict[Kolonnerolle, dict[str, Any]] = {rolle: {} for rolle in self.roller}
        self.celler: dict[tuple[str, type], Celletal | Maaletilstand] = {}
        self.seneste_aar = timezone.localdate().year + 1
        self.enheder = {n.pk: n.slags for n in kendt.indikatorer.values()}
        self.brudt = tabel.ark.brudt
        self.tegn = tabel.tegn
        self.faste = self._faste()

    def laes(self) -> Generator[Fremskridt, None, LaestTabel]:
        i_alt = len(self.tabel.raekker)
        self._tjek_fletninger()
        kolonner = [(k, v, self._af_overskriften(k, v)) for k, v in self.talkolonner]
        for nr, raekke in enumerate(self.tabel.raekker, 1):
            self._raekke(raekke, kolonner)
            if nr % PORTION == 0:
                yield Fremskridt("Læst", nr, i_alt)
        return self.ud

    # --- what holds for the whole table, and for a column

    def _faste(self) -> dict[str, Any]:
        felter: dict[str, Any] = {}
        if Kolonnerolle.KILDE not in self.roller and (kilde := self.kobling.kilde or kilde_i_noter(self.tabel)):
            felter["kilde"] = kilde[:200]
        if Kolonnerolle.UDTRUKKET not in self.roller:
            try:
                dag = laes_dato(self.kobling.udtrukket) if self.kobling.udtrukket else udtrukket_i_noter(self.tabel)
            except ValueError as fejl:
                self._fejl(self.tabel.hoved, 0, str(fejl))
                dag = None
            if dag:
                felter["udtrukket"] = dag
        return felter

    def _af_overskriften(self, kolonne: Tabelkolonne, valg: Kolonnevalg) -> tuple:
        """(indicator, place, (year, event)) as far as heading and table tell; year 0 where nothing is to be read."""
        if besked := self._ikke_et_tal(kolonne, valg):
            self._fejl(self.tabel.hoved, kolonne.nr, besked)
            return None, None, (0, "")
        periode = periode_i(kolonne.overskrift)
        if not periode and Kolonnerolle.AAR not in self.roller:
            periode = aar_for(self.tabel, self.kobling)
        try:
            hvornaar = self._hvornaar(periode) if periode else None
        except Ukendt as fejl:
            self._fejl(self.tabel.hoved, kolonne.nr, str(fejl))
            hvornaar = None
        indikator = valg.indikator or ("" if Kolonnerolle.INDIKATOR in self.roller else self.kobling.indikator)
        sted = valg.sted or ("" if Kolonnerolle.STED in self.roller else self.kobling.sted)
        return self._kendt("indikator", indikator, kolonne), self._kendt("sted", sted, kolonne), hvornaar

    def _ikke_et_tal(self, kolonne: Tabelkolonne, valg: Kolonnevalg) -> str:
        """Why a column that is chosen holds no measurements of a year, a quarter or a month; '' when it may."""
        indikator = self.kendt.indikatorer.get(valg.indikator or self.kobling.indikator)
        navn = normal(indikator.navn) if indikator else ""
        uden_aar = Kolonnerolle.AAR not in self.roller and not self.kobling.aar
        if er_anden_periode(kolonne.overskrift) or (uden_aar and er_kun_en_dag(kolonne.overskrift)):
            return (
                f"»{kolonne.overskrift}« er hverken et år, et kvartal, en måned eller et skoleår. "
                "Spring kolonnen over, eller ret overskriften."
            )
        if not valg.indikator and IKKE_MAALT.search(normal(kolonne.overskrift)) and not IKKE_MAALT.search(navn):
            return f"»{kolonne.overskrift}« er en ændring eller et mål og ikke et målt tal. Spring kolonnen over."
        return ""

    def _kendt(self, art: str, noegle: str, kolonne: Tabelkolonne) -> int | None:
        if not noegle:
            return None
        gruppe = self.kendt.indikatorer if art == "indikator" else self.kendt.steder
        if noegle not in gruppe:
            self._fejl(self.tabel.hoved, kolonne.nr, f"Planen har ikke »{noegle}«, som kolonnen er koblet til.")
            return None
        return gruppe[noegle].pk

    def _tjek_fletninger(self) -> None:
        """A name that is merged downwards stands for all its rows; a figure that is, stands for nobody knows which."""
        valgte = set(self.tabel.raekker) if self.tabel.ark.flettede else set()
        tal = {k.nr for k, _ in self.talkolonner}
        for (r0, k0), (r1, k1) in self.tabel.ark.flettede:
            beroert = [r for r in range(r0, r1 + 1) if r in valgte]
            if not beroert or (r0, k0) == (r1, k1):
                continue
            if tal & set(range(k0, k1 + 1)):
                self._fejl(r0, k0, f"Cellerne til og med {kolonnebogstav(k1)}{r1 + 1} er flettet. Ophæv fletningen.")
                continue
            for r in beroert:
                self.tabel.ark.saet(r, k0, self.tabel.ark.celle(r0, k0))

    # --- a row

    def _raekke(self, nr: int, kolonner: list[tuple]) -> None:
        celler = self.tabel.ark.raekker[nr]
        if any(normal(self.tabel.celle(nr, kolonne)) != kun for kolonne, kun in self.udvalg):
            return
        try:
            fra_raekken = self._dele(nr, celler)
        except Spring as sprunget:
            self.ud.sprunget[str(sprunget)] = self.ud.sprunget.get(str(sprunget), 0) + 1
            return
        if fra_raekken is None:
            return
        indikator, sted, hvornaar, figur, felter = fra_raekken
        begivenhed = felter.pop("begivenhed", "")
        for kolonne, valg, (k_indikator, k_sted, k_hvornaar) in kolonner:
            aar, kvartal = k_hvornaar or hvornaar or (0, "")
            celle = (k_indikator or indikator, k_sted or sted, aar, begivenhed or kvartal)
            if not (celle[0] and celle[1] and aar):
                continue  # the fault stands at the heading
            tekst = celler[kolonne.nr] if kolonne.nr < len(celler) else ""
            self._saet(celle, figur or valg.er, tekst, felter, (nr, kolonne.nr))

    def _dele(self, nr: int, celler: list[str]) -> tuple | None:
        """What the names in the row say; None when there is a fault in it."""
        fundet: dict[Any, Any] = {}
        felter = dict(self.faste)
        for rolle, kolonne in self.roller.items():
            tekst = celler[kolonne.nr] if kolonne.nr < len(celler) else ""
            vaerdi = self.husket[rolle].get(tekst, UKENDT)
            if vaerdi is UKENDT:
                vaerdi = self._forstaa(rolle, tekst)
            if isinstance(vaerdi, Ukendt):
                self._fejl(nr, kolonne.nr, str(vaerdi))
                return None
            if isinstance(vaerdi, Spring):
                raise vaerdi
            if rolle not in FELT_AF:
                fundet[rolle] = vaerdi
            elif vaerdi is not None:
                felter[FELT_AF[rolle]] = vaerdi
        return (
            *(fundet.get(r) for r in (Kolonnerolle.INDIKATOR, Kolonnerolle.STED, Kolonnerolle.AAR, Kolonnerolle.FIGUR)),
            felter,
        )

    def _forstaa(self, rolle: Kolonnerolle, tekst: str) -> Any:
        """Each text is understood once; what is wrong with it, or that it is skipped, is remembered too."""
        try:
            vaerdi = LAES[rolle](self, tekst)
        except (Ukendt, Spring) as fejl:
            vaerdi = fejl
        self.husket[rolle][tekst] = vaerdi
        return vaerdi

    # --- the parts of a row

    def _navn(self, art: str, tekst: str) -> str:
        if not tekst:
            raise Ukendt(f"Her mangler {HVAD[art]}.")
        svar = self.kobling.navne[art].get(normal(tekst))
        noegle = self.soeger.find(art, tekst) if svar is None else svar
        if noegle:
            return noegle
        if svar is None and not self.kobling.oevrige:
            raise Ukendt(f"»{tekst}« er ikke koblet til {HVAD[art]} i planen.")
        raise Spring(tekst)

    def _pk(self, art: str, tekst: str) -> int:
        noegle = self._navn(art, tekst)
        gruppe = self.kendt.indikatorer if art == "indikator" else self.kendt.steder
        if noegle not in gruppe:
            raise Ukendt(f"»{tekst}« er koblet til »{noegle}«, som planen ikke har.")
        return gruppe[noegle].pk

    def _figur(self, tekst: str) -> str:
        svar = self._navn("figur", tekst)
        if svar not in (Kolonnerolle.ANTAL, Kolonnerolle.VAERDI, Kolonnerolle.GRUNDLAG):
            raise Ukendt(f"»{tekst}« er hverken et antal, et tal eller det, det er ud af.")
        return svar

    def _hvornaar(self, tekst: str) -> tuple[int, str]:
        """(year, event): a quarter or a month is told as an event of its year."""
        renset = periode_i(tekst) if er_periode(tekst) else tekst.strip()
        if fundet := SKOLEAAR.fullmatch(renset):
            return self._skoleaar(renset, int(fundet[1]), fundet[2])
        if not REN_PERIODE.fullmatch(renset):
            raise Ukendt(f"»{tekst}« er ikke et årstal. Skriv for eksempel 2025 eller 2025K1.")
        aar, del_ = int(renset[:4]), renset[4:].upper()
        if not TIDLIGSTE_AAR <= aar <= self.seneste_aar:
            raise Ukendt(f"Årstallet {aar} skal ligge mellem {TIDLIGSTE_AAR} og {self.seneste_aar}.")
        if not del_:
            return aar, ""
        return aar, MAANEDER[int(del_[1:]) - 1] if del_[0] == "M" else f"{del_[1]}. kvartal"

    def _skoleaar(self, tekst: str, fra: int, til: str) -> tuple[int, str]:
        """A school year is an event of the year in which it ends: that is when its pupils have their marks."""
        aar = int(til) if len(til) == 4 else fra // 100 * 100 + int(til)
        aar += 100 if aar < fra else 0
        if aar != fra + 1:
            raise Ukendt(f"»{tekst}« er hverken et år eller et skoleår. Skriv for eksempel 2025 eller 2024/25.")
        if not TIDLIGSTE_AAR <= aar <= self.seneste_aar:
            raise Ukendt(f"Årstallet {aar} skal ligge mellem {TIDLIGSTE_AAR} og {self.seneste_aar}.")
        return aar, f"skoleåret {fra}/{aar % 100:02}"

    def _dag(self, tekst: str) -> date | None:
        try:
            return laes_dato(tekst) if tekst else None
        except ValueError as fejl:
            raise Ukendt(str(fejl)) from None

    def _heltal(self, tekst: str) -> int | None:
        if not tekst:
            return None
        if not (tekst.isascii() and tekst.isdigit() and len(tekst) < 3):
            raise Ukendt(f"»{tekst}« er ikke et antal decimaler.")
        return int(tekst)

    def _tilstand(self, tekst: str) -> Maaletilstand | None:
        if not tekst:
            return None
        if normal(tekst) not in TILSTANDE:
            raise Ukendt(f"»{tekst}« kendes ikke. Skriv {', '.join(t.value for t in Maaletilstand)}.")
        return TILSTANDE[normal(tekst)]

    # --- a figure

    def _saet(self, celle: tuple, figur: str, tekst: str, felter: dict, hvor: tuple[int, int]) -> None:
        enhed = self.enheder[celle[0]]
        if figur == "vaerdi" and enhed == Enhed.ANTAL:
            figur = "antal"
        raekke = self.samling.raekker.get(celle)
        if raekke is None:
            raekke = self.samling.raekker[celle] = _ny_raekke(celle, felter, (self.tabel.nr, *hvor))
        if not tekst:
            return
        if figur in raekke.felter:
            self._staar_to_gange(raekke, figur, hvor)
            return
        if raekke.hvor[:2] != (self.tabel.nr, hvor[0]):
            raekke.andre = {**(raekke.andre or {}), figur: (self.tabel.nr, *hvor)}
        try:
            self._tal(raekke, figur, tekst, enhed, hvor)
        except ValueError as fejl:
            self.samling.daarlige.add(celle)
            self._fejl(*hvor, self.tabel.ark.fejl.get(hvor, str(fejl)) if tekst == CELLEFEJL else str(fejl))

    def _staar_to_gange(self, raekke: Tidsraekke, figur: str, hvor: tuple[int, int]) -> None:
        """Two rows for one cell: which of them is right, only a person knows."""
        nr, r, k = self.samling.hvor(raekke, figur)
        andet = fejl_i(self.samling.tabeller[nr][0], r, k, "").hvor
        self._fejl(*hvor, f"Det samme tal står også i {andet}. Lad det stå ét sted.")

    def _tal(self, raekke: Tidsraekke, figur: str, tekst: str, enhed: str, hvor: tuple[int, int]) -> None:
        raekke.felter[figur] = None
        noegle = (tekst, type(tekst))  # a workbook's own number is read with less doubt than the same as text
        laest = self.celler.get(noegle)
        if laest is None:
            laest = laes_celle(tekst, brudt=self.brudt, tegn=self.tegn, fodnoter=True)
            self.celler[noegle] = laest
        raekke.tom = False
        if isinstance(laest, Celletal) and laest.fodnote:
            self.ud.fodnoter.append((self.tabel.ark.sted(*hvor), tekst, laest.fodnote))
        if isinstance(laest, Maaletilstand):
            if raekke.felter.get("tilstand") != Maaletilstand.DISKRETIONERET:
                raekke.felter["tilstand"] = laest
            return
        ventet = enhed if figur == "vaerdi" else Enhed.ANTAL
        if laest.enhed and ENHED_AF[laest.enhed] != ventet:
            raise ValueError(f"»{tekst}« har en enhed, som ikke er indikatorens.")
        if figur == "vaerdi":
            raekke.felter["vaerdi"] = laest.vaerdi
            self._vis_decimaler(raekke, getattr(tekst, "vist", None), laest.decimaler)
            return
        if laest.decimaler and laest.vaerdi != int(laest.vaerdi):
            raise ValueError(f"»{tekst}« er et antal og skal være et helt tal.")
        if laest.vaerdi < 0:
            raise ValueError(f"»{tekst}« er under 0.")
        raekke.felter[figur] = int(laest.vaerdi)

    def _vis_decimaler(self, raekke: Tidsraekke, vist: int | None, skrevne: int) -> None:
        """As the workbook shows it; else as many as the most exact figure of the indicator in the table."""
        if Kolonnerolle.DECIMALER in self.roller:
            return
        if vist is not None:
            raekke.felter["decimaler"] = min(vist, 4)
        else:
            kendte = self.samling.decimaler
            kendte[raekke.indikator] = max(kendte.get(raekke.indikator, 0), min(skrevne, 4))

    def _fejl(self, raekke: int, kolonne: int, besked: str) -> None:
        self.ud.fejl.append(fejl_i(self.tabel, raekke, kolonne, besked))


def afslut(samling: Samling, svar: list[tuple[Importtabel, Kobling, LaestTabel]]) -> None:
    """What can be said of a measurement first when all tables are read: whether there is a figure, and its decimals."""
    siger_tilstand = {nr for nr, (tabel, k) in samling.tabeller.items() if _siger_tilstand(tabel, k)}
    fejl = {tabel.nr: laest.fejl for tabel, _, laest in svar}
    raekker = {tabel.nr: laest.raekker for tabel, _, laest in svar}
    for raekke in samling.raekker.values():
        felter = raekke.felter
        tilstand = felter.get("tilstand")
        har_tal = felter.get("antal") is not None or felter.get("vaerdi") is not None
        if har_tal and tilstand == Maaletilstand.MANGLER and raekke.hvor[0] in siger_tilstand:
            nr, r, k = raekke.hvor
            fejl[nr].append(fejl_i(samling.tabeller[nr][0], r, k, "Der står både et tal, og at det mangler."))
        elif har_tal and tilstand != Maaletilstand.DISKRETIONERET:
            felter["tilstand"] = Maaletilstand.VAERDI
        elif raekke.tom and tilstand:
            raekke.tom = False
        elif raekke.tom:
            felter["tilstand"] = Maaletilstand.MANGLER
        if felter.get("vaerdi") is not None and "decimaler" not in felter and raekke.indikator in samling.decimaler:
            felter["decimaler"] = samling.decimaler[raekke.indikator]
        if not samling.er_kun_fejl(raekke):
            raekker[raekke.hvor[0]].append(raekke)


def _siger_tilstand(tabel: Importtabel, kobling: Kobling) -> bool:
    return any(valg.rolle is Kolonnerolle.TILSTAND for _, valg in kobling.roller(tabel))


def _ny_raekke(celle: tuple[int, int, int, str], felter: dict, hvor: tuple[int, int, int]) -> Tidsraekke:
    """Empty until a cell of it has something."""
    indikator, sted, aar, begivenhed = celle
    return Tidsraekke(indikator, sted, aar, begivenhed, dict(felter), tom=True, hvor=hvor)


HVAD = {"sted": "et sted", "indikator": "en indikator", "figur": "antal eller procent"}
FELT_AF = {
    Kolonnerolle.BEGIVENHED: "begivenhed",
    Kolonnerolle.DATO: "dato",
    Kolonnerolle.DECIMALER: "decimaler",
    Kolonnerolle.TILSTAND: "tilstand",
    Kolonnerolle.KILDE: "kilde",
    Kolonnerolle.UDTRUKKET: "udtrukket",
    Kolonnerolle.NOTE: "note",
}
LAES: dict[str, Callable[[Tabellaeser, str], Any]] = {
    "sted": lambda laeser, tekst: laeser._pk("sted", tekst),
    "indikator": lambda laeser, tekst: laeser._pk("indikator", tekst),
    "figur": lambda laeser, tekst: laeser._figur(tekst),
    "aar": lambda laeser, tekst: laeser._hvornaar(tekst),
    "begivenhed": lambda laeser, tekst: " ".join(tekst.split()) or None,
    "dato": lambda laeser, tekst: laeser._dag(tekst),
    "decimaler": lambda laeser, tekst: laeser._heltal(tekst),
    "tilstand": lambda laeser, tekst: laeser._tilstand(tekst),
    "kilde": lambda laeser, tekst: " ".join(tekst.split()) or None,
    "udtrukket": lambda laeser, tekst: laeser._dag(tekst),
    "note": lambda laeser, tekst: tekst.strip() or None,
}
