"""A printed table as a grid of figures: which rows and columns hold figures, what they are called, and which are totals
by their words ("I alt", "Total", "Sum", "heraf")."""

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from budget.sumtjek.tal import Tryktal, er_procent, er_streg, halv_enhed, laes_celle, laes_tal, ligner_tal
from helhedsplan.cpr import ligner_cpr, maskeret
from helhedsplan.tabelfil import celletekst, kolonnebogstav
from helhedsplan.tabelfil.tabel import cellenavn
from helhedsplan.tallaeser import Talfejl, skala_i

TOTALORD = re.compile(
    r"\b(?:i[ -]?alt|i a l t|(?:hoved|grand|sub|mellem|del|slut|års)?total(?:en|t|er|sum(?:men)?|beløb(?:et)?)?|tot\.?|"
    r"(?:hoved|mellem|del|slut)?sum(?:men|ma)?|samlet|samlede|sammenlagt|tilsammen|samtlige|"
    r"(?:hele )?(?:projekt|plan|budget|bevillings)?perioden|hele (?:budgettet|planen)|alle år(?:ene)?)\b|[Σ∑]",
    re.IGNORECASE,
)
#: What may stand beside the word for a total without saying what it is the total of.
ENHEDSORD = re.compile(r"\b(?:t\.? ?kr|kr|dkk|kroner|tusind|mio|mia|beløb|timer|sum|total|i ?alt)\b", re.IGNORECASE)
HERAFORD = re.compile(r"^\W*(?:heraf|deraf|herunder)\b", re.IGNORECASE)
ANDELSORD = re.compile(r"%|\bpct\b|\bprocent\b|\bandel\b", re.IGNORECASE)
AARSTAL = re.compile(r"(?:19|20|21)\d\d")
#: What headings are made of, beside totals: years, units, and the usual words for a column of money.
HOVEDORD = re.compile(
    r"(?:\b(?:(?:19|20|21)\d\d|\d{1,2}|år|kvartal|kvt|halvår|i|t\.? ?kr|tkr|kr|dkk|kroner|mio|mia|beløb|budget|regnskab"
    r"|forbrug|plan|faktisk|afvigelse|bevilget|bevilling|ansøgt|godkendt|oprindeligt|revideret|rev|forventet|udgift"
    r"|udgifter|indtægt|indtægter|pris|sats|antal|timer|procent|pct|andel)\b|\W)+",
    re.IGNORECASE,
)
#: A heading that a figure stands in: "2024/25", "1. år", "Budget 2024", "2. kvartal 2025".
PERIODE = re.compile(
    r"(?:19|20|21)\d\d ?[-–/] ?(?:\d\d)?\d\d"
    rf"|(?=.*\d)(?=.*\b(?:år|budget|regnskab|forbrug|kvartal|kvt|halvår|plan)\b){HOVEDORD.pattern}",
    re.IGNORECASE,
)
#: Not money: never added to it, across or down.
MAENGDEORD = re.compile(
    r"^\W*(?:(?:19|20)\d\d\W*)?"
    r"(?:årsværk|åv|fuldtidsstilling(?:er)?|stillinger|antal|time(?:pris|sats|løn)|pr\.? time)\b",
    re.IGNORECASE,
)
#: A column of hours, where another one beside it has their price or the amounts; alone it may be hours in kroner.
TIMEORD = re.compile(r"^\W*(?:antal\s+)?time(?:r|tal|antal)\W*$", re.IGNORECASE)
VED_TIMER = re.compile(r"^\W*(?:time(?:pris|sats|løn)|pr\.? time|beløb|kr\.?|kroner)\b", re.IGNORECASE)
#: A line that is taken away, often written without a minus; and one that only may be.
MINUSORD = re.compile(r"^\W*(?:minus|fratrukket|fratræk|fratrækkes)\b", re.IGNORECASE)
FRADRAGSORD = re.compile(
    r"^\s*(?:[-–\u2212÷]|\./\.)\s*[^\W\d]|\b(?:fradrag|modregning|modregnet|modregnes|tilbagebetaling)\b", re.IGNORECASE
)
#: What is left between two totals.
RESULTATORD = re.compile(
    r"^\W*(?:årets )?(?:resultat|balance|forskel|difference|overskud|underskud|saldo)\b", re.IGNORECASE
)
#: A column of remarks: what stands in it is not added up, also where it is a figure.
NOTEORD = re.compile(
    r"\b(?:bemærkning|note|kommentar|kilde|forklaring|ansvarlig|beskrivelse)(?:er|r|s)?\b", re.IGNORECASE
)

NUMRE = "numre eller datoer"
#: A column of numbers that name things, or of days as a spreadsheet counts them: no amounts; they name the rows.
NUMMERORD = re.compile(
    r"(?:konto|bilag|bilags|linje|løbe|afdelings|afd\.?|sags|projekt|psp|post|artskonto)?[ .-]?(?:nr|nummer|numre)\.?"
    r"|konto|artskonto|bilag|psp|id|cvr|cvr[ .-]?(?:nr\.?|nummer)|ean|(?:bogførings|faktura|start|slut)?dato",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Tabellinje:
    """A row or column of the grid: its place in the source (from 0), its name, and what the words say of it."""

    nr: int
    navn: str
    er_timer: bool = False

    @property
    def er_total(self) -> bool:
        return bool(TOTALORD.search(self.navn)) and not self.er_heraf

    @property
    def er_hovedtotal(self) -> bool:
        """Nothing but the word: what it adds up is not a matter of choice."""
        return not re.search(r"\w", ENHEDSORD.sub("", TOTALORD.sub("", self.navn)))

    @property
    def er_maengde(self) -> bool:
        return self.er_timer or bool(MAENGDEORD.search(self.navn))

    @property
    def er_heraf(self) -> bool:
        return bool(HERAFORD.search(self.navn))


@dataclass(frozen=True)
class Sumtabel:
    """tal[r][k] is the figure in row r, column k of the grid, None where there is none.

    `ulaeste`: cells where a figure should be and cannot be read, with the reason. `udenfor`: what else was left out.
    """

    raekker: list[Tabellinje]
    kolonner: list[Tabellinje]
    tal: list[list[Tryktal | None]]
    ark: str = ""
    ulaeste: dict[tuple[int, int], str] = field(default_factory=dict)
    udenfor: list[str] = field(default_factory=list)

    def celle(self, r: int, k: int) -> str:
        """The cell's name as in a spreadsheet: 'E4'."""
        return f"{self.ark}!{cellenavn(self.raekker[r].nr, self.kolonner[k].nr)}".lstrip("!")


def laes_tabel(
    raekker: list[list[str]],
    *,
    ark: str = "",
    brudt: re.Pattern[str] | None = None,
    afrundet_til: Decimal | None = None,
) -> Sumtabel | None:
    """The grid of a table given as rows of cells of text; None when it holds no figures.

    Headings are found by content: rows before the first row with a figure, where a row of years counts as a heading.
    A scale in a title or heading ("Beløb i t.kr.") holds for the bare numbers under it. How finely figures are printed
    is judged for the whole table, since a dropped ",0" makes no figure coarser; `afrundet_til` (kroner) overrules it.
    """
    bredde = max((len(r) for r in raekker), default=0)
    raekker = [[*r, *[""] * (bredde - len(r))] for r in raekker]
    foerste = _foerste_talraekke(raekker, brudt)
    if foerste is None:
        return None
    hoved, krop = raekker[:foerste], raekker[foerste:]
    overskrifter = [maskeret(" ".join(filter(None, (celletekst(r[k]) for r in hoved)))) for k in range(bredde)]
    skalaer = _skalaer(hoved, overskrifter)
    krop = [[""] * bredde if er_overskrift(r, hoved) else r for r in krop]
    alle = [[laes_tal(c, skalaer[k], brudt=brudt) for k, c in enumerate(r)] for r in krop]
    andele = [k for k in range(bredde) if any(r[k] for r in alle) and ANDELSORD.search(overskrifter[k])]
    procenter = [k for k in range(bredde) if any(er_procent(r[k]) for r in krop) and not any(r[k] for r in alle)]
    noter = [k for k in range(bredde) if k and NOTEORD.search(overskrifter[k])]
    numre = [k for k in range(bredde) if any(NUMMERORD.fullmatch(celletekst(r[k])) for r in hoved)]
    med_tal = [
        k
        for k in range(bredde)
        if k not in {*andele, *procenter, *noter, *numre} and _er_talkolonne(krop, alle, k, overskrifter[k])
    ]
    med_tal = [k for k in med_tal if not _er_navnekolonne(krop, alle, k, med_tal)]
    kolonner = _med_timer([Tabellinje(k, overskrifter[k] or f"kolonne {kolonnebogstav(k)}") for k in med_tal])
    uden_sum = {"andele": andele, "procenter": procenter, "bemærkninger": noter, NUMRE: numre}
    udenfor = _udenfor(alle, kolonner, overskrifter, uden_sum)
    linjer: list[Tabellinje] = []
    tal: list[list[Tryktal | None]] = []
    ulaeste: dict[tuple[int, int], str] = {}
    for r, (celler, figurer) in enumerate(zip(krop, alle, strict=True)):
        navn = maskeret(" ".join(celletekst(c) for k, c in enumerate(celler) if k not in med_tal and not er_streg(c)))
        if _er_procentraekke(navn, [(celler[k], figurer[k]) for k in med_tal], alle):
            udenfor.append(f"række {foerste + r + 1} ({navn}) er ikke efterprøvet: det er procenter")
            continue
        har_tal = any(figurer[k] for k in med_tal)
        laeses = har_tal or not er_hovedord([celler[k] for k in med_tal])
        grunde = {k: _grund(celler[k], skalaer[k], brudt, laeses and k > 0) for k in med_tal}
        if har_tal or any(grunde.values()):
            ulaeste |= {(len(linjer), nr): grunde[k] for nr, k in enumerate(med_tal) if grunde[k]}
            linjer.append(Tabellinje(foerste + r, navn or f"række {foerste + r + 1}"))
            tal.append([figurer[k] for k in med_tal])
        elif er_ren_total(navn):
            udenfor.append(f"række {foerste + r + 1} ({navn}) er ikke efterprøvet: der står ingen tal i den")
    if not linjer:
        return None
    return Sumtabel(linjer, kolonner, _med_afrunding(linjer, kolonner, tal, afrundet_til), ark, ulaeste, udenfor)


def med_fradrag(tabel: Sumtabel) -> list[Sumtabel]:
    """The same with lines that are taken away, and are written without a minus, as less than nothing: those whose word
    says so outright, and with them those that only may be (a dash may be a bullet). None where there are none."""
    negative = {
        r: bool(MINUSORD.search(linje.navn))
        for r, linje in enumerate(tabel.raekker)
        if MINUSORD.search(linje.navn) or FRADRAGSORD.search(linje.navn)
        if not linje.er_total and not linje.er_heraf and not any(t and t.vaerdi < 0 for t in tabel.tal[r])
    }
    siges = {r for r, sikkert in negative.items() if sikkert}
    return [_trukket_fra(tabel, valg) for valg in (siges, set(negative)) if valg]


def _trukket_fra(tabel: Sumtabel, raekker: set[int]) -> Sumtabel:
    tal = [
        [t and replace(t, vaerdi=-t.vaerdi) for t in raekke] if r in raekker else raekke
        for r, raekke in enumerate(tabel.tal)
    ]
    return replace(tabel, tal=tal)


def _udenfor(
    alle: list[list[str]], kolonner: list[Tabellinje], overskrifter: list[str], uden_sum: dict[str, list[int]]
) -> list[str]:
    """The columns with figures that are not added up, with the reason."""
    med = {kolonne.nr for kolonne in kolonner}
    grunde = {
        k: hvad
        for hvad, numre in uden_sum.items()
        for k in numre
        if hvad not in ("bemærkninger", NUMRE) or k in _fyldte(alle)
    }
    grunde |= {k: "mest ord" for k in _fyldte(alle) if k and overskrifter[k] and k not in grunde}
    navne = [f"{kolonnebogstav(k)} ({navn})".removesuffix(" ()") for k, navn in enumerate(overskrifter)]
    return [
        f"kolonne {navne[k]} er ikke efterprøvet: det er {hvad}" for k, hvad in sorted(grunde.items()) if k not in med
    ]


def _fyldte(alle: list[list]) -> set[int]:
    return {k for raekke in alle for k, tal in enumerate(raekke) if tal}


def er_hovedord(celler: list) -> bool:
    """Whether all that stands in the cells are words of headings; an unread amount is no such."""
    return all(er_streg(c) or HOVEDORD.fullmatch(celletekst(c)) or er_ren_total(celletekst(c)) for c in celler)


def _er_talkolonne(krop: list[list[str]], alle: list[list[str]], k: int, overskrift: str) -> bool:
    """A column with figures, also where a few are unreadable; a column of words with a number in it is no such, unless
    its heading says that it holds amounts."""
    if k and (AARSTAL.fullmatch(overskrift) or PERIODE.fullmatch(overskrift) or er_ren_total(overskrift)):
        return any(not er_streg(r[k]) for r in krop)
    figurer = sum(1 for r in alle if r[k])
    ordene = sum(1 for c, r in zip(krop, alle, strict=True) if not r[k] and not er_streg(c[k]) and not ligner_tal(c[k]))
    lignende = sum(1 for c, r in zip(krop, alle, strict=True) if not r[k] and ligner_tal(c[k]))
    return bool(figurer) and (figurer + lignende) * 2 > ordene if k else bool(figurer) and figurer >= ordene


def _er_procentraekke(navn: str, celler: list[tuple], alle: list[list]) -> bool:
    """All its figures are percentages; where they have no sign, its name says so and they are small beside the rest."""
    fyldte = [(celle, tal) for celle, tal in celler if not er_streg(celle)]
    if fyldte and all(er_procent(celle) for celle, _ in fyldte):
        return True
    if not ANDELSORD.search(navn) or not fyldte or not all(tal for _, tal in fyldte):
        return False
    stoerst = max((abs(t.vaerdi) for raekke in alle for t in raekke if t), default=Decimal(0))
    return all(tal.enhed == 1 and abs(tal.vaerdi) <= 100 for _, tal in fyldte) and stoerst > 1000


def _grund(celle, skala: int, brudt: re.Pattern[str] | None, laeses: bool) -> str:
    """Why a cell of a figure column is no figure; '' for one that is, is empty, or stands in a row of headings."""
    if not laeses and not ligner_tal(celle):
        return ""
    if er_procent(celle):
        return f"»{celletekst(celle)}« er en procent og ikke et beløb."
    try:
        laes_celle(celle, skala, brudt=brudt)
    except Talfejl as fejl:
        return str(fejl)
    return f"»{maskeret(celle)}« ligner et CPR-nummer." if ligner_cpr(celle) else ""


def er_ren_total(overskrift: str) -> bool:
    linje = Tabellinje(0, overskrift)
    return linje.er_total and linje.er_hovedtotal


def _foerste_talraekke(raekker: list[list[str]], brudt: re.Pattern[str] | None) -> int | None:
    """The first row with a figure, or the first below the headings that has words where its figures should be."""
    uden_tal: int | None = None
    hoved = False
    for nr, raekke in enumerate(raekker):
        fyldte = [c for c in raekke[1:] if not er_streg(c)]
        if er_overskrift(raekke, raekker[:nr]):
            hoved = True
            continue
        if any(er_procent(c) or laes_tal(c, brudt=brudt) for c in raekke):
            return nr if uden_tal is None else uden_tal
        if hoved and uden_tal is None and fyldte and not er_streg(raekke[0]) and not _har_hovedord(fyldte):
            uden_tal = nr
        hoved = hoved or _har_hovedord(fyldte)
    return None


def _har_hovedord(celler: list) -> bool:
    return any(er_hovedord([celle]) for celle in celler)


def er_overskrift(raekke: list, foer: list[list]) -> bool:
    """A row of headings with years or periods in it, and the words of a total or what stood over the column before.

    Years alone may be amounts. They are headings where nothing stands over them yet or in the row's first cell, where
    they follow each other, and where they stood over the same columns before.
    """
    celler = {k: celletekst(c) for k, c in enumerate(raekke) if not er_streg(c)}
    hoved = {k: celle for k, celle in celler.items() if k}
    if not hoved:
        return len(raekke) > 1 and bool(AARSTAL.fullmatch(celler.get(0, "")))
    aar = {k: int(celle) for k, celle in hoved.items() if AARSTAL.fullmatch(celle)}
    perioder = {k for k, celle in hoved.items() if PERIODE.fullmatch(celle)}
    if not (aar or perioder) or any(laes_tal(celle) for k, celle in hoved.items() if k not in aar):
        return False
    over = {k: {celletekst(r[k]) for r in foer if k < len(r) and not er_streg(r[k])} for k in hoved}
    if not any(over.values()):
        return True
    gentaget = {k for k, celle in hoved.items() if celle in over[k]}
    ordene = {k for k, celle in hoved.items() if TOTALORD.search(celle)} | perioder | gentaget
    if set(hoved) - set(aar) - ordene:
        return False
    paa_rad = [*aar.values()] == [*range(min(aar.values(), default=0), min(aar.values(), default=0) + len(aar))]
    return len(aar) < len(hoved) or 0 not in celler or gentaget == set(hoved) or (len(aar) > 1 and paa_rad)


def _skalaer(hoved: list[list[str]], overskrifter: list[str]) -> list[int]:
    """The scale of each column: its own heading's, else that of a title."""
    titel = next((s for raekke in hoved if (s := skala_i(" ".join(map(celletekst, raekke))))), 1)
    egne = [skala_i(o) for o in overskrifter]
    flere = sum(1 for e in egne if e) > 1
    return [egen or (1 if flere else titel) for egen in egne]


def _er_navnekolonne(krop: list[list[str]], alle: list[list[str]], k: int, med_tal: list[int]) -> bool:
    """A first column of years, or of running numbers, names its rows."""
    if k != med_tal[0] or len(med_tal) < 2:
        return False
    figurer = [celletekst(r[k]) for r, f in zip(krop, alle, strict=True) if f[k]]
    loebende = [str(nr) for nr in range(1, len(figurer) + 1)]
    return len(figurer) > 1 and (all(AARSTAL.fullmatch(f) for f in figurer) or figurer == loebende)


def _med_timer(kolonner: list[Tabellinje]) -> list[Tabellinje]:
    """Which columns are hours, and no amounts given in hours."""
    if not any(VED_TIMER.search(k.navn) for k in kolonner):
        return kolonner
    return [replace(k, er_timer=bool(TIMEORD.search(k.navn))) for k in kolonner]


def ikke_kroner(tabel: "Sumtabel") -> list[str]:
    """The columns that are added to no amount, in words."""
    return [
        f"kolonnen »{k.navn}« er ikke lagt sammen med beløbene: den er ikke kroner"
        for k in tabel.kolonner
        if k.er_maengde and not all(andre.er_maengde for andre in tabel.kolonner)
    ]


def _med_afrunding(
    raekker: list[Tabellinje], kolonner: list[Tabellinje], tal: list[list[Tryktal | None]], afrundet_til: Decimal | None
) -> list[list[Tryktal | None]]:
    """Amounts are judged together, and what is no money apart: hours with decimals make no kroner finer."""
    finest: dict[tuple[bool, int], int] = {}
    er_maengde = [[r.er_maengde or k.er_maengde for k in kolonner] for r in raekker]
    for slags, raekke in zip(er_maengde, tal, strict=True):
        for maengde, t in zip(slags, raekke, strict=True):
            if t:
                finest[maengde, t.enhed] = max(finest.get((maengde, t.enhed), 0), t.decimaler)

    def halv(t: Tryktal, maengde: bool) -> Decimal:
        return afrundet_til / 2 if afrundet_til is not None else halv_enhed(finest[maengde, t.enhed], t.enhed)

    return [
        [t and replace(t, halv=halv(t, maengde)) for maengde, t in zip(slags, raekke, strict=True)]
        for slags, raekke in zip(er_maengde, tal, strict=True)
    ]
