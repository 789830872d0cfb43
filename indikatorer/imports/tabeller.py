"""Finds the tables in a sheet by what stands in it, never by position.

A table is a row of headings (with a few rows of group headings above it), and rows with figures or marks below it.
Rows with a single cell are titles above and notes below; a head that is repeated further down is not data.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from helhedsplan.tabelfil import Maerke, Tabel, kolonnebogstav
from helhedsplan.tabelfil.celletal import forklaret
from indikatorer.imports.tal import maerke

AARSTAL = re.compile(r"(?<![\d.,-])(?:19|20)\d\d(?!\d)", re.ASCII)
REN_PERIODE = re.compile(r"(?:19|20)\d\d(?:[KkQq][1-4]|[Mm](?:0[1-9]|1[0-2]))?", re.ASCII)
DATO = re.compile(r"\d{1,2}[./-] ?\d{1,2}[./-] ?(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d", re.ASCII)
TALAGTIG = re.compile(r"[-\u2212(<]?\s*\d[\d.,\s\u00a0]*(?:%|pct\.?|kr\.?|mio\.?.*|[-\u2212)])?", re.IGNORECASE)
AAR = "<år>"
SKOLEAAR = re.compile(r"(?:skoleåret )?(?<![\d.,-])((?:19|20)\d\d) ?[/-] ?((?:19|20)?\d\d)(?![\d./-])", re.ASCII)
MAANED_I = re.compile(r"(?<![\w])([a-zæøå]{3,9})\.? ((?:19|20)\d\d)(?!\d)|(?<!\d)((?:19|20)\d\d) ([a-zæøå]{3,9})\b")
_NR = r"([1-4]|første|andet|tredje|fjerde)"
_YYYY = r"((?:19|20)\d\d)"
_KV = r"(?:kvartal|kvart|kvt|kv|k|q)"
#: A quarter as it is written: "1. kvartal 2024", "1. kv. 2024", "Q1 2024", "2024K1", "2024 Q1", "januar-marts 2024".
KVARTAL_I = re.compile(
    rf"(?<![\w.,/-]){_NR}\.? ?{_KV}\b\.?,? ?{_YYYY}(?!\d)|(?<![\w-]){_KV}\.? ?([1-4])\.?,?[ /-]?{_YYYY}(?!\d)"
    rf"|(?<![\d.,-]){_YYYY}[ ,:/.-]{{0,2}}{_KV}\.? ?([1-4])(?!\d| ?[-+&/]| og| til)"
    rf"|(?<![\d.,-]){_YYYY}[ ,:-]{{0,2}}{_NR}\.? ?{_KV}\b",
)
MAANEDER_I = re.compile(
    rf"(?<!\w)([a-zæøå]{{3,9}})\.? ?(?:-|til|til og med|t\.o\.m\.) ?([a-zæøå]{{3,9}})\.?,? {_YYYY}(?!\d)"
    rf"|(?<!\d){_YYYY},? ([a-zæøå]{{3,9}})\.? ?(?:-|til) ?([a-zæøå]{{3,9}})\b"
)
#: A period that the plan does not keep: half-years, weeks, terms, several quarters, "2024H1".
ANDEN_PERIODE = re.compile(
    r"halvår|\bh[12]\b|\buger?\b|tertial|\b(?:forår|sommer|efterår|vinter)(?:en|et)?\b|\bkvartal|\bkvt\b|\b[qk][1-4]\b"
    r"|(?:19|20)\d\d ?[hu]\d|(?:19|20)\d\d[a-ln-z]\d"
)
FLERE_KVARTALER = re.compile(r"[1-4]\. ?(?:-|og|til) ?[1-4]\. ?kv")
#: What stands for a change, or for what is aimed at, is no measurement.
IKKE_MAALT = re.compile(
    r"\b(?:ændring(?:er|en)?|udvikling(?:en)?|forskel(?:len)?|differens|diff|stigning(?:en)?|fald|vækst|mål|målet|måltal"
    r"|målsætning(?:en)?|prognose|fremskrivning|forventet)\b"
)
#: "1/1 2024" and "31. december 2024" are days as "1.1.2024" is.
DAG_I = re.compile(
    r"(?<!\d)\d{1,2}[./-] ?\d{1,2}[./-]? ?(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d"
    r"|(?<!\d)(?:[12]?\d|3[01])\. ?(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-z]*\.? (?:19|20)\d\d",
    re.ASCII,
)
KVARTALSNUMMER = {"første": 1, "andet": 2, "tredje": 3, "fjerde": 4}
TEGNFORKLARING = re.compile(r"^(?:[-\u2010-\u2014\u2212]|\.{1,3}|…) *(?:=|:)? *[a-zæøå]{3}", re.IGNORECASE)
#: Words that stand over a column of a table and seldom in one.
HOVEDORD = {
    "indikator", "sted", "område", "omraade", "boligområde", "kommune", "afdeling", "år", "aar", "årstal", "tid",
    "periode", "antal", "procent", "pct", "%", "værdi", "vaerdi", "indhold", "grundlag", "andel", "enhed", "tal",
    "personer",
}  # fmt: skip


@dataclass(frozen=True)
class Tabelkolonne:
    """`nr` counts from 0 in the sheet; `noegle` is the heading as it is recognised in the next file of its kind."""

    nr: int
    overskrift: str
    noegle: str

    @property
    def bogstav(self) -> str:
        return kolonnebogstav(self.nr)


@dataclass
class Importtabel:
    """`raekker` are numbers of rows of the sheet, from 0."""

    nr: int
    ark: Tabel
    titel: str
    hoved: int
    kolonner: list[Tabelkolonne]
    raekker: list[int] = field(default_factory=list)
    noter: list[str] = field(default_factory=list)
    gentagne: int = 0

    @property
    def navn(self) -> str:
        return self.titel or self.ark.navn or "Tabellen"

    @property
    def aftryk(self) -> str:
        """Names the kind of table: the same for another year's."""
        dele = [genkend(self.titel or self.ark.navn)]
        for kolonne in self.kolonner:
            if kolonne.noegle != dele[-1]:
                dele.append(kolonne.noegle)
        return hashlib.sha256("\n".join(dele).encode()).hexdigest()

    @property
    def tegn(self) -> dict[str, Maerke]:
        """What the sheet says itself that its marks mean: that a dash is zero."""
        return forklaret([*self.noter, self.titel])

    def celle(self, raekke: int, kolonne: Tabelkolonne) -> str:
        return self.ark.celle(raekke, kolonne.nr)

    def eksempler(self, kolonne: Tabelkolonne, antal: int = 3) -> list[str]:
        fundne: list[str] = []
        for raekke in self.raekker[:200]:
            celle = self.celle(raekke, kolonne)
            if celle and celle not in fundne:
                fundne.append(celle)
                if len(fundne) == antal:
                    break
        return fundne


@lru_cache(maxsize=20_000)
def normal(tekst: str) -> str:
    """As two spellings of a heading or a name are compared: small letters, single spaces, one kind of hyphen."""
    tekst = unicodedata.normalize("NFKC", tekst).casefold().replace("\u00ad", "")
    tekst = re.sub(r"[\u2010-\u2015\u2212]", "-", tekst)
    return " ".join(tekst.split()).strip(" .:;,*")


def genkend(tekst: str) -> str:
    """A heading without its year: '2019 Antal' and '2020 Antal' are one kind of column."""
    return AARSTAL.sub(AAR, SKOLEAAR.sub(f"skoleåret {AAR}", normal(DATO.sub("", tekst))))


def find_tabeller(ark: list[Tabel]) -> list[Importtabel]:
    """Every table of every sheet, in order."""
    tabeller: list[Importtabel] = []
    for et in ark:
        for tabel in _Soegning(et).find():
            tabel.nr = len(tabeller)
            udfyld_forspalter(tabel)
            tabeller.append(tabel)
    return tabeller


def udfyld_forspalter(tabel: Importtabel) -> None:
    """Several columns of names at the left, each name only on its first row: filled down, as they are meant."""
    spalter: list[Tabelkolonne] = []
    for kolonne in tabel.kolonner:
        celler = [c for r in tabel.raekker if (c := tabel.celle(r, kolonne))]
        if sum(map(er_tal, celler)) * 2 > len(celler):
            break
        spalter.append(kolonne)
    delvise = [k for k in spalter[:-1] if tabel.raekker and tabel.celle(tabel.raekker[0], k)]
    delvise = [k for k in delvise if not all(tabel.celle(r, k) for r in tabel.raekker)]
    if not delvise:
        return
    gaelder = dict.fromkeys(delvise, "")
    for r in tabel.raekker:
        for kolonne in delvise:
            gaelder[kolonne] = tabel.celle(r, kolonne) or gaelder[kolonne]
            tabel.ark.saet(r, kolonne.nr, gaelder[kolonne])


def er_tal(celle: str) -> bool:
    return maerke(celle) is not None or TALAGTIG.fullmatch(celle) is not None


def _fyldte(raekke: list[str]) -> list[int]:
    return [k for k, celle in enumerate(raekke) if celle]


def _forklarer_tegn(raekke: list[str]) -> bool:
    """ "- | Nul" and "- Nul | .. Diskretioneret" tell of marks. "- Mænd | 5 | .." names a row, and that has figures."""
    celler = [celle for celle in raekke if celle]
    if not TEGNFORKLARING.match(" ".join(celler)):
        return False
    tegn = [er_tal(celle) for celle in celler]
    if tegn[0]:  # marks in cells of their own, each with its words after it
        return not tegn[-1] and all(
            maerke(c) is not None and not n for c, t, n in zip(celler[:-1], tegn[:-1], tegn[1:], strict=True) if t
        )
    return not any(tegn)


class _Soegning:
    """One walk down a sheet."""

    def __init__(self, ark: Tabel):
        self.ark = ark
        self.tabeller: list[Importtabel] = []
        self.loese: list[int] = []  # rows that may be titles or heads of what comes

    def find(self) -> list[Importtabel]:
        tabel: Importtabel | None = None
        sluppet = False  # an empty row has come since the last row of the table
        for nr, raekke in enumerate(self.ark.raekker):
            if not any(raekke):
                sluppet = True
            elif tabel is None or (sluppet and self._kan_begynde(nr)):
                ny = self._begynd(nr, tabel)
                sluppet = sluppet and ny is None
                tabel = ny or tabel
            elif raekke == self.ark.raekker[tabel.hoved]:
                tabel.gentagne += 1
                self._noter(tabel)
            elif (len(_fyldte(raekke)) == 1 and len(tabel.kolonner) > 1) or _forklarer_tegn(raekke):
                self.loese.append(nr)
            else:
                self._noter(tabel)
                tabel.raekker.append(nr)
                sluppet = False
        if tabel is not None:
            self._noter(tabel)
        return self.tabeller

    def _noter(self, tabel: Importtabel) -> None:
        """What stood alone in its row belongs to the table above it."""
        tabel.noter += [self._tekst(nr) for nr in self.loese]
        self.loese.clear()

    def _tekst(self, nr: int) -> str:
        return " ".join(celle for celle in self.ark.raekker[nr] if celle)

    def _kan_begynde(self, nr: int) -> bool:
        """After an empty row: a head of another table, or the first figures under one that waits."""
        if any(len(_fyldte(self.ark.raekker[r])) > 1 for r in self.loese):
            return True
        bred = len(_fyldte(self.ark.raekker[nr])) > 1
        return bred and not self._har_tal(nr) and self._taler_som_hoved(nr) and self._foelges_af_tal(nr)

    def _begynd(self, nr: int, foer: Importtabel | None) -> Importtabel | None:
        """The table whose first figures these are; None when the row is one that waits for what comes."""
        bredde = len(_fyldte(self.ark.raekker[nr]))
        hoved = self._vaelg_hoved(bredde) if bredde > 1 and self._har_tal(nr) else None
        if hoved is None:
            self.loese.append(nr)
            return None
        ny = self._ny_tabel(hoved, foer)
        ny.raekker += [r for r in self.loese if r > hoved]
        ny.raekker.append(nr)
        self.loese.clear()
        self.tabeller.append(ny)
        return ny

    def _har_tal(self, nr: int) -> bool:
        """A figure that is no year, or as many years as the head above has columns."""
        raekke = self.ark.raekker[nr]
        tal = [celle for celle in raekke if celle and er_tal(celle)]
        if any(not REN_PERIODE.fullmatch(celle) for celle in tal):
            return True
        return bool(tal) and self._er_aarstal_under_hoved(raekke)

    def _er_aarstal_under_hoved(self, raekke: list[str]) -> bool:
        """Counts may look like years: below a head that is as wide they are counts."""
        bredde = len(_fyldte(raekke))
        return any(len(_fyldte(self.ark.raekker[nr])) >= max(bredde, 2) for nr in self.loese)

    def _foelges_af_tal(self, nr: int) -> bool:
        for raekke in self.ark.raekker[nr + 1 : nr + 4]:
            if any(celle and er_tal(celle) and not REN_PERIODE.fullmatch(celle) for celle in raekke):
                return True
        return False

    def _vaelg_hoved(self, bredde: int) -> int | None:
        """The row of headings among those that wait: the last full one, unless one above it speaks as a head does."""
        fulde = [nr for nr in self.loese if len(_fyldte(self.ark.raekker[nr])) >= max(2, bredde - 1)]
        if not fulde:
            fulde = [nr for nr in self.loese if len(_fyldte(self.ark.raekker[nr])) >= 2]
        taler = [nr for nr in fulde if self._taler_som_hoved(nr)]
        return (taler or fulde)[-1] if fulde else None

    def _taler_som_hoved(self, nr: int) -> bool:
        return any(normal(celle) in HOVEDORD or REN_PERIODE.fullmatch(celle) for celle in self.ark.raekker[nr] if celle)

    def _ny_tabel(self, hoved: int, foer: Importtabel | None) -> Importtabel:
        over = [nr for nr in self.loese if nr < hoved]
        grupper: list[int] = []
        while over and over[-1] == hoved - 1 - len(grupper) and self._er_gruppe(over[-1]):
            grupper.insert(0, over.pop())
        titler = [self._tekst(nr) for nr in over] if foer is None else self._egne_titler(over, foer)
        return Importtabel(0, self.ark, " ".join(titler)[:200], hoved, self._kolonner(hoved, grupper))

    def _er_gruppe(self, nr: int) -> bool:
        """Headings over several columns: more than a title's one cell, or one that does not stand at the left."""
        fyldte = _fyldte(self.ark.raekker[nr])
        return len(fyldte) > 1 or fyldte[0] > 0

    def _egne_titler(self, over: list[int], foer: Importtabel) -> list[str]:
        """What stands nearest above a further table is its title; what an empty row parts from it is a note above."""
        egne: list[int] = []
        for nr in reversed(over):
            if egne and egne[0] - nr > 1:
                break
            egne.insert(0, nr)
        foer.noter += [self._tekst(nr) for nr in over if nr not in egne]
        return [self._tekst(nr) for nr in egne]

    def _kolonner(self, hoved: int, grupper: list[int]) -> list[Tabelkolonne]:
        raekker = self.ark.raekker
        bredde = max(len(r) for r in raekker[hoved : hoved + 50])
        lag = [self._udfyldt(nr, hoved, bredde) for nr in grupper] + [_bred(raekker[hoved], bredde)]
        kolonner: list[Tabelkolonne] = []
        sete: dict[str, int] = {}
        for k in range(bredde):
            overskrift = " ".join(dict.fromkeys(r[k] for r in lag if r[k]))
            if not overskrift and not self._har_indhold(hoved, k):
                continue
            noegle = genkend(overskrift or f"kolonne {kolonnebogstav(k)}")
            if AAR not in noegle:
                sete[noegle] = sete.get(noegle, 0) + 1
                noegle = noegle if sete[noegle] == 1 else f"{noegle} ({sete[noegle]})"
            kolonner.append(Tabelkolonne(k, overskrift, noegle))
        return kolonner

    def _udfyldt(self, nr: int, hoved: int, bredde: int) -> list[str]:
        """A group heading stands over the columns to its right, until the next one."""
        raekke, under = _bred(self.ark.raekker[nr], bredde), _bred(self.ark.raekker[hoved], bredde)
        ud, gaelder = [], ""
        for k, celle in enumerate(raekke):
            gaelder = celle or gaelder
            ud.append(gaelder if celle or under[k] else "")
            if celle and not under[k]:
                gaelder = ""  # a heading of its own that is merged downwards
        return ud

    def _har_indhold(self, hoved: int, k: int) -> bool:
        return any(k < len(r) and r[k] for r in self.ark.raekker[hoved + 1 : hoved + 200])


def _bred(raekke: list[str], bredde: int) -> list[str]:
    return raekke + [""] * (bredde - len(raekke))
