"""A workbook of the form that `budget.xlsx` writes, read again: every fault at once, and what would change.

Nothing is guessed. A cell is an amount in kroner, as a number or as a field would take it; other text, an error, a
formula without a result, a merged cell, an unknown name, a head that has been changed or a year outside the period are
faults, each with sheet, row and column. Rows that are not in the workbook stay as they are. "I alt" is not read: the
program adds up itself, and says which totals in the workbook are others (`arksummer`).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation

from budget.arksummer import Sumforskel, Summeark, sumforskelle
from budget.choices import Bidragsart
from budget.models import Budget
from budget.queries.celler import celler, udgifter
from budget.queries.indtastning import Indtastningscelle, Udgiftscelle, anvend_celler, anvend_udgifter
from budget.queries.plangrundlag import Plangrundlag, ramme
from budget.queries.revisioner import cellenavn
from budget.rules.celler import OERE, laes_beloeb, tjek_beloeb
from budget.xlsx import (
    FASTE,
    FINANSIERING,
    HOVED,
    I_ALT,
    IKKE_FORDELT,
    OVERSIGT,
    UDGIFTER,
    formaalsnavne,
    kildenavne,
    kontonavne,
)
from helhedsplan import filslags
from helhedsplan.regneark import celletekst, kolonnebogstav
from helhedsplan.regnearkslaeser import Graenser, Ulaeseligt, med_procent
from helhedsplan.regnearkslaeser import laes as laes_regneark

STOERSTE_FIL = 10 * 1024 * 1024
#: A workbook is a ZIP; what it unpacks to is bounded too.
STOERSTE_UDPAKKET = 300 * 1024 * 1024
FLEST_RAEKKER, FLEST_KOLONNER = 20_000, 60
FLEST_FEJL = 200
ULAESELIGT = {
    "FYLDER": "Filen fylder for meget, når den pakkes ud.",
    "KODE": filslags.KODE,
    "OEDELAGT": "Filen kan ikke læses som et regneark (.xlsx). Hent budgettet som regneark, og skriv i det.",
}
#: Spreadsheets reckon in binary fractions; a result this close to a whole øre is one.
STOEJ = Decimal("0.0001")


class Importfejl(Exception):
    """The workbook cannot be taken in; `fejl` has a line for each fault."""

    def __init__(self, fejl: list[str]):
        self.fejl = fejl[:FLEST_FEJL]
        if len(fejl) > FLEST_FEJL:
            self.fejl.append(f"Der er {len(fejl) - FLEST_FEJL} fejl mere.")
        super().__init__("; ".join(self.fejl))


class Ulaeselig(Importfejl):
    """It is the file itself that is wrong, and not what stands in it."""


@dataclass(frozen=True)
class Aendretbeloeb:
    navn: str
    foer: Decimal | None
    efter: Decimal | None


@dataclass
class Budgetudkast:
    """What the workbook says, and what it would change; `ikke_med` counts amounts whose rows or years are not in it."""

    celler: list[Indtastningscelle] = field(default_factory=list)
    udgifter: list[Udgiftscelle] = field(default_factory=list)
    aendringer: list[Aendretbeloeb] = field(default_factory=list)
    ikke_med: int = 0
    #: What is hidden in the workbook and read with the rest, in words.
    skjult: list[str] = field(default_factory=list)
    #: The totals of the workbook that are not what its amounts come to.
    summer: list[Sumforskel] = field(default_factory=list)


def laes(budget: Budget, data: bytes) -> Budgetudkast:
    """Raises Importfejl with every fault; nothing is written."""
    over = ramme(budget.plan)
    ark = _ark(data)
    udkast, fejl = Budgetudkast(skjult=[s for navn in FASTE if navn in ark for s in ark[navn].skjult]), []
    steder: dict[str, str] = {}
    summeark = {navn: Summeark(a.raekker, uregnede=frozenset(a.uregnede)) for navn, a in ark.items()}
    for navn in (FINANSIERING, UDGIFTER):
        if navn not in ark:
            fejl.append(f"Arket »{navn}« mangler. Hent budgettet som regneark, og skriv i det.")
            continue
        laeser = _Laeser(over, navn, ark[navn], fejl, steder)
        if navn == FINANSIERING:
            udkast.celler = list(laeser.celler())
        else:
            udkast.udgifter = list(laeser.celler())
        summeark[navn] = replace(summeark[navn], kolonner=tuple(laeser.kolonner))
    foer, foer_udgifter = celler(budget), udgifter(budget)
    nye = anvend_celler(over, foer, udkast.celler)
    nye_udgifter = anvend_udgifter(over, foer_udgifter, udkast.udgifter)
    for id_, beskeder in (nye.fejl | nye_udgifter.fejl).items():
        fejl += [f"{steder.get(id_, id_)}: {besked}" for besked in beskeder]
    if fejl:
        raise Importfejl(fejl)
    for anvendt in (nye, nye_udgifter):
        udkast.aendringer += [
            Aendretbeloeb(cellenavn(over, n), f and f.beloeb, e and e.beloeb) for n, (f, e) in anvendt.aendrede.items()
        ]
    udkast.summer = sumforskelle(budget, over, summeark)
    udkast.ikke_med = sum(len(anvendt.vaerdier.keys() - anvendt.naevnte) for anvendt in (nye, nye_udgifter))
    return udkast


@dataclass
class _Ark:
    navn: str
    raekker: list[list]
    flettede: list[tuple]
    uregnede: dict[tuple[int, int], str]
    skjult: list[str]


def _ark(data: bytes) -> dict[str, _Ark]:
    """The sheets by name, rows from the first. Raises Importfejl when it is no workbook."""
    if len(data) > STOERSTE_FIL:
        raise Ulaeselig([f"Filen er større end {STOERSTE_FIL // 1024 // 1024} MB."])
    if afvist := filslags.afvist(data):
        raise Ulaeselig([afvist])
    graenser = Graenser(
        STOERSTE_UDPAKKET, FLEST_RAEKKER * FLEST_KOLONNER, kun=(*FASTE, OVERSIGT), uden_cpr=True, former=True
    )
    try:
        laeste = laes_regneark(data, graenser)
    except Ulaeseligt as grund:
        raise Ulaeselig(grund.beskeder or [ULAESELIGT[grund.kode]]) from grund
    for ark in laeste:
        if len(ark.raekker) > FLEST_RAEKKER or any(len(raekke) > FLEST_KOLONNER for raekke in ark.raekker):
            raise Importfejl([f"{ark.navn}: arket er større end {FLEST_RAEKKER} rækker og {FLEST_KOLONNER} kolonner."])
    return {
        ark.navn: _Ark(
            ark.navn,
            med_procent(ark) if ark.navn in FASTE else ark.raekker,
            ark.flettede,
            ark.kendt.fejl,
            [f"arket {ark.navn}: {s}" for s in ark.kendt.skjult],
        )
        for ark in laeste
    }


class _Laeser:
    """Reads one sheet and adds its faults to the common list."""

    def __init__(self, over: Plangrundlag, navn: str, ark: _Ark, fejl: list[str], steder: dict[str, str]):
        self.over, self.navn, self.ark, self.fejl, self.steder = over, navn, ark, fejl, steder
        self.formaal = {v: k for k, v in formaalsnavne(over).items()}
        self.hvem = {v: k for k, v in (kildenavne(over) if navn == FINANSIERING else kontonavne(over)).items()}
        self.arter = {a.label: a.value for a in Bidragsart}
        #: Plan year by column.
        self.kolonner: dict[int, int | None] = {}

    def fejler(self, raekke: int, kolonne: int, besked: str) -> None:
        self.fejl.append(f"{self.navn}!{kolonnebogstav(kolonne)}{raekke + 1}: {besked}")

    def celler(self) -> Iterable[Indtastningscelle | Udgiftscelle]:
        kol = self._kolonner()
        if kol is None:
            return []
        self.kolonner = kol
        for (r0, k0), (r1, k1) in self.ark.flettede:
            if r1 >= HOVED - 1:
                self.fejler(r0, k0, f"Cellerne til og med {kolonnebogstav(k1)}{r1 + 1} er flettet. Ophæv fletningen.")
        return [
            celle
            for nr, raekke in enumerate(self.ark.raekker[HOVED:], HOVED)
            if not self._er_slut(raekke)
            for celle in self._raekke(nr, raekke, kol)
        ]

    def _er_slut(self, raekke: list) -> bool:
        """Empty rows, and the total."""
        return not any(str(v).strip() for v in raekke) or str(raekke[0]).strip() == I_ALT

    def _kolonner(self) -> dict[int, int | None] | None:
        """Plan year by column; None when the heads are not those that were written."""
        if len(self.ark.raekker) < HOVED:
            self.fejler(HOVED - 1, 0, "Rækken med overskrifter mangler.")
            return None
        hoveder = [celletekst(v) for v in self.ark.raekker[HOVED - 1]]
        faste = FASTE[self.navn]
        skaeve = [
            (nr, ventet) for nr, ventet in enumerate(faste) if (hoveder[nr] if nr < len(hoveder) else "") != ventet
        ]
        for nr, ventet in skaeve:
            stod = hoveder[nr] if nr < len(hoveder) else ""
            self.fejler(HOVED - 1, nr, f"Her skal stå »{ventet}«, men der står »{stod}«.")
        kol: dict[int, int | None] = {}
        bredde = max(map(len, self.ark.raekker))
        for nr, tekst in list(enumerate(hoveder + [""] * (bredde - len(hoveder))))[len(faste) :]:
            if not tekst and self._har_beloeb(nr):
                self.fejler(
                    HOVED - 1, nr, "Der står beløb i kolonnen, men overskriften mangler. Skriv »År 1« og så videre."
                )
            if tekst == I_ALT and hoveder.index(I_ALT) != nr:
                self.fejler(HOVED - 1, nr, f"»{I_ALT}« står to gange.")
            if tekst in (I_ALT, ""):
                continue
            fundet = re.fullmatch(r"År (\d{1,2})", tekst)
            planaar = int(fundet[1]) if fundet else None
            if tekst != IKKE_FORDELT and not fundet:
                self.fejler(HOVED - 1, nr, f"Overskriften »{tekst}« kendes ikke. Der skal stå »År 1« og så videre.")
            elif fundet and not 1 <= int(fundet[1]) <= len(self.over.planaar):
                self.fejler(
                    HOVED - 1, nr, f"»{tekst}« ligger uden for planens periode, som har {len(self.over.planaar)} år."
                )
            elif planaar in kol.values():
                self.fejler(HOVED - 1, nr, f"»{tekst}« står to gange.")
            else:
                kol[nr] = planaar
        return None if skaeve else kol

    def _har_beloeb(self, kolonne: int) -> bool:
        """Whether an amount stands in the column, beside what is read; words are somebody's remarks."""
        celler = [r[kolonne] for r in self.ark.raekker[HOVED:] if kolonne < len(r) and not self._er_slut(r)]
        return any(_er_beloeb(celle) for celle in celler)

    def _raekke(self, nr: int, raekke: list, kol: dict) -> list:
        tekst = [celletekst(v) for v in raekke[: len(FASTE[self.navn])]]
        hvem, art, formaal = tekst[0], tekst[-2] if self.navn == FINANSIERING else "", tekst[-1]
        kendt = True
        if hvem not in self.hvem:
            hvad = "Kilden" if self.navn == FINANSIERING else "Kontoen"
            self.fejler(nr, 0, f"{hvad} »{hvem}« findes ikke i planen. Opret den først, eller ret navnet.")
            kendt = False
        if self.navn == FINANSIERING and art not in self.arter:
            self.fejler(nr, 2, f"Arten »{art}« kendes ikke. Skriv en af: {', '.join(self.arter)}.")
            kendt = False
        if formaal not in self.formaal:
            self.fejler(nr, len(tekst) - 1, f"Formålet »{formaal}« findes ikke i planen.")
            kendt = False
        ud = []
        for k, planaar in kol.items():
            beloeb = self._beloeb(nr, k, raekke[k] if k < len(raekke) else "")
            if not kendt or beloeb is None:
                continue
            celle: Indtastningscelle | Udgiftscelle
            if self.navn == FINANSIERING:
                celle = Indtastningscelle(
                    self.hvem[hvem], self.arter[art], self.formaal[formaal], planaar, beloeb=beloeb
                )
            else:
                celle = Udgiftscelle(self.hvem[hvem], self.formaal[formaal], planaar, beloeb=beloeb)
            self.steder.setdefault(celle.id, f"{self.navn}!{kolonnebogstav(k)}{nr + 1}")
            ud.append(celle)
        return ud

    def _skrevet(self, nr: int, kolonne: int, tekst: str) -> Decimal | str | None:
        """An amount that stands as text in its cell, read as in a field."""
        try:
            return laes_beloeb(tekst) if tekst.strip() else ""
        except ValueError as grund:
            self.fejler(nr, kolonne, str(grund))
            return None

    def _beloeb(self, nr: int, kolonne: int, vaerdi) -> Decimal | str | None:
        """The amount, '' for an empty cell, None when there is a fault."""
        if besked := self.ark.uregnede.get((nr, kolonne)):
            self.fejler(nr, kolonne, besked)
            return None
        if vaerdi == "" or vaerdi is None:
            return ""
        if isinstance(vaerdi, bool) or not isinstance(vaerdi, int | float | str):
            self.fejler(nr, kolonne, f"»{celletekst(vaerdi)}« er ikke et tal.")
            return None
        if isinstance(vaerdi, str):
            return self._skrevet(nr, kolonne, vaerdi)
        tal = Decimal(repr(vaerdi))
        oere = tal.quantize(OERE) if abs(tal) < 10**15 else tal
        try:
            return tjek_beloeb(oere if abs(tal - oere) < STOEJ else tal)
        except (ValueError, InvalidOperation) as grund:
            self.fejler(nr, kolonne, str(grund))
            return None


def _er_beloeb(celle) -> bool:
    if isinstance(celle, str):
        try:
            return bool(celle.strip()) and laes_beloeb(celle) is not None
        except ValueError:
            return False
    return isinstance(celle, int | float) and not isinstance(celle, bool)
