"""A workbook of the form that `budget.xlsx` writes, read again: every fault at once, and what would change.

Nothing is guessed. A cell is an amount in kroner, as a number or as a field would take it; other text, an error, a
formula without a result, a merged cell, an unknown name, a head that has been changed or a year outside the period are
faults, each with sheet, row and column. Rows that are not in the workbook stay as they are. "I alt" is not read: the
program adds up itself, and says which totals in the workbook are others (`arksummer`).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from budget.arksummer import Sumforskel, Summeark, sumforskelle
from budget.choices import Bidragsart
from budget.models import Budget
from budget.queries.celler import celler, udgifter
from budget.queries.indtastning import Indtastningscelle, Udgiftscelle, anvend_celler, anvend_udgifter
from budget.queries.plangrundlag import Plangrundlag, budgetramme
from budget.queries.revisioner import cellenavn
from budget.rules.celler import filbeloeb
from budget.xlsx import (
    FASTE,
    FINANSIERING,
    HOVED,
    I_ALT,
    IKKE_FORDELT,
    LAG_FOR_LAG,
    OVERSIGT,
    UDGIFTER,
    formaalsnavne,
    kildenavne,
    kontonavne,
)
from helhedsplan import tabelfil
from helhedsplan.tabelfil import Tabel, Tabeldoer, UlaeseligFil, celletekst
from helhedsplan.tabelfil.tabel import cellenavn as regnearkscelle

FLEST_RAEKKER, FLEST_KOLONNER = 20_000, 60
FLEST_FEJL = 200
FRA_FORFRA = "Hent budgettet som regneark, og skriv i det."
DOER = Tabeldoer(
    10 * 1024 * 1024,
    300 * 1024 * 1024,
    FLEST_RAEKKER * FLEST_KOLONNER,
    FRA_FORFRA,
    kun=(*FASTE, OVERSIGT, LAG_FOR_LAG),
    kun_regneark=True,
    beskadiget=f"Filen kan ikke læses som et regneark (.xlsx). {FRA_FORFRA}",
)


class Importfejl(Exception):
    """The workbook cannot be taken in; `fejl` has a line for each fault."""

    def __init__(self, fejl: list[str]):
        self.fejl = fejl[:FLEST_FEJL]
        if len(fejl) > FLEST_FEJL:
            self.fejl.append(f"Der er {len(fejl) - FLEST_FEJL} fejl mere.")
        super().__init__("; ".join(self.fejl))


ER_MED_LAG = (
    f"Regnearket er med det, der ligger oven på bevillingen (arket »{LAG_FOR_LAG}«). Indlæst her ville de penge tælle "
    "to gange. Hent budgettet, som det blev bevilget, og ret i det."
)


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
    #: Amounts with the mark of a footnote behind them, which are read without it, in words.
    fodnoter: list[str] = field(default_factory=list)
    #: The totals of the workbook that are not what its amounts come to.
    summer: list[Sumforskel] = field(default_factory=list)


def laes(budget: Budget, data: bytes) -> Budgetudkast:
    """Raises Importfejl with every fault; nothing is written."""
    over = budgetramme(budget)
    ark = _ark(data)
    if LAG_FOR_LAG in ark:
        raise Importfejl([ER_MED_LAG])
    skjult = [f"arket {navn}: {ting}" for navn in FASTE if navn in ark for ting in ark[navn].skjult]
    udkast, fejl = Budgetudkast(skjult=skjult), []
    steder: dict[str, str] = {}
    summeark = {navn: Summeark(a) for navn, a in ark.items()}
    for navn in (FINANSIERING, UDGIFTER):
        if navn not in ark:
            fejl.append(f"Arket »{navn}« mangler. {FRA_FORFRA}")
            continue
        laeser = _Laeser(over, navn, ark[navn], fejl, steder)
        if navn == FINANSIERING:
            udkast.celler = list(laeser.celler())
        else:
            udkast.udgifter = list(laeser.celler())
        udkast.fodnoter += laeser.fodnoter
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


def _ark(data: bytes) -> dict[str, Tabel]:
    """The sheets by name, rows from the first. Raises Importfejl when it is no workbook."""
    try:
        laeste = tabelfil.laes(data, DOER)
    except UlaeseligFil as grund:
        raise Ulaeselig(grund.beskeder) from grund
    for ark in laeste:
        if len(ark.raekker) > FLEST_RAEKKER or any(len(raekke) > FLEST_KOLONNER for raekke in ark.raekker):
            raise Importfejl([f"{ark.navn}: arket er større end {FLEST_RAEKKER} rækker og {FLEST_KOLONNER} kolonner."])
    return {ark.navn: ark for ark in laeste}


class _Laeser:
    """Reads one sheet and adds its faults to the common list."""

    def __init__(self, over: Plangrundlag, navn: str, ark: Tabel, fejl: list[str], steder: dict[str, str]):
        self.over, self.navn, self.ark, self.fejl, self.steder = over, navn, ark, fejl, steder
        self.formaal = {v: k for k, v in formaalsnavne(over).items()}
        self.hvem = {v: k for k, v in (kildenavne(over) if navn == FINANSIERING else kontonavne(over)).items()}
        self.arter = {a.label: a.value for a in Bidragsart}
        #: Plan year by column.
        self.kolonner: dict[int, int | None] = {}
        self.fodnoter: list[str] = []

    def fejler(self, raekke: int, kolonne: int, besked: str) -> None:
        self.fejl.append(f"{self.ark.adresse(raekke, kolonne)}: {besked}")

    def celler(self) -> Iterable[Indtastningscelle | Udgiftscelle]:
        kol = self._kolonner()
        if kol is None:
            return []
        self.kolonner = kol
        for (r0, k0), (r1, k1) in self.ark.flettede:
            if r1 >= HOVED - 1:
                self.fejler(r0, k0, f"Cellerne til og med {regnearkscelle(r1, k1)} er flettet. Ophæv fletningen.")
        return [
            celle
            for nr, raekke in enumerate(self.ark.raekker[HOVED:], HOVED)
            if not self._er_slut(nr)
            for celle in self._raekke(nr, raekke, kol)
        ]

    def _er_slut(self, nr: int) -> bool:
        """Empty rows, also those with but a formula that was never reckoned, and the total."""
        raekke = self.ark.raekker[nr]
        return not any(v and (nr, k) not in self.ark.fejl for k, v in enumerate(raekke)) or raekke[0] == I_ALT

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
        celler = ((nr, self.ark.celle(nr, kolonne)) for nr in range(HOVED, len(self.ark.raekker)))
        return any(celle and _er_beloeb(celle) and not self._er_slut(nr) for nr, celle in celler)

    def _raekke(self, nr: int, raekke: list[str], kol: dict) -> list:
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
            beloeb = self._beloeb(nr, k)
            if not kendt or beloeb is None:
                continue
            celle: Indtastningscelle | Udgiftscelle
            if self.navn == FINANSIERING:
                celle = Indtastningscelle(
                    self.hvem[hvem], self.arter[art], self.formaal[formaal], planaar, beloeb=beloeb
                )
            else:
                celle = Udgiftscelle(self.hvem[hvem], self.formaal[formaal], planaar, beloeb=beloeb)
            self.steder.setdefault(celle.id, self.ark.adresse(nr, k))
            ud.append(celle)
        return ud

    def _beloeb(self, nr: int, kolonne: int) -> Decimal | str | None:
        """The amount, '' for an empty cell, None when there is a fault."""
        if besked := self.ark.fejl.get((nr, kolonne)):
            self.fejler(nr, kolonne, besked)
            return None
        celle = self.ark.celle(nr, kolonne)
        if not celle:
            return ""
        try:
            beloeb, fodnote = filbeloeb(celle, self.ark.brudt)
        except ValueError as grund:
            self.fejler(nr, kolonne, str(grund))
            return None
        if fodnote:
            hvor = self.ark.sted(nr, kolonne)
            self.fodnoter.append(f"{hvor}: »{celle}« er læst uden tegnet »{fodnote}«")
        return beloeb


def _er_beloeb(celle: str) -> bool:
    try:
        filbeloeb(celle)
    except ValueError:
        return False
    return True
