"""When something is, as precisely as it is told: a day, a month, a season, a year, "formentlig 1. november 2019", "fire
år", "ikke oplyst", or nothing yet.

The words are the fact: they are kept as they were typed and printed as they were said. The first and the last day that
they can mean are this module's reading of them, for rules and calendar to reckon with; no day between is ever chosen.
A day that is told in full is a day and nothing else, and is written as days always were.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from helhedsplan import formats
from helhedsplan.formats import MAANEDER, SENEST_AAR, TIDLIGST_AAR, lang_dato
from helhedsplan.svar import Svar, svar


class Tidsslags(StrEnum):
    """Missing is a question that nobody has answered; not told is an answer."""

    MANGLER = "mangler"
    IKKE_OPLYST = "ikke oplyst"
    DAG = "dag"
    TIDSRUM = "tidsrum"
    VARIGHED = "varighed"


@dataclass(frozen=True)
class Tid:
    """`tidligst` and `senest` are the first and last day that may be meant, None where no limit is told. `sagt` is how
    it was said, "" of a day in full. `maaneder` is the length of a VARIGHED, whose days are known by `efter`."""

    slags: Tidsslags = Tidsslags.MANGLER
    tidligst: date | None = None
    senest: date | None = None
    sagt: str = ""
    formentlig: bool = False
    maaneder: int = 0

    def __str__(self) -> str:
        return self.i_ord

    @property
    def er_mangler(self) -> bool:
        return self.slags == Tidsslags.MANGLER

    @property
    def er_ikke_oplyst(self) -> bool:
        return self.slags == Tidsslags.IKKE_OPLYST

    @property
    def er_fortalt(self) -> bool:
        """Something is told of it, however inexact."""
        return not (self.er_mangler or self.er_ikke_oplyst)

    @property
    def er_praecis(self) -> bool:
        """Told as a day in full, or not told at all: as it was always kept."""
        return not self.sagt

    @property
    def dag(self) -> date | None:
        """The day, where but one can be meant and that is sure."""
        return self.tidligst if self.tidligst == self.senest and not self.formentlig else None

    @property
    def i_ord(self) -> str:
        """1. november 2025 · sommeren 2020 · formentlig 1. november 2019 · fire år · – when missing."""
        return self.sagt or lang_dato(self.tidligst)

    @property
    def kort(self) -> str:
        """For tables: 01.11.2025, else as it was said."""
        return self.sagt or formats.kort_dato(self.tidligst)

    def efter(self, start: "Tid") -> "Tid":
        """A length of time as the last day it reaches, counted from `start`; anything else is what it is."""
        if self.slags != Tidsslags.VARIGHED:
            return self
        return replace(
            self,
            tidligst=_sidste_dag(start.tidligst, self.maaneder),
            senest=_sidste_dag(start.senest, self.maaneder),
            formentlig=self.formentlig or start.formentlig,
        )


MANGLER = Tid()


def uden_forbehold(t: Tid) -> Tid:
    """As if what is probable were sure: for asking whether it fits, never for blaming."""
    return replace(t, formentlig=False)


def dagen(dag: date | None) -> Tid:
    """A day in full, or a question that is not answered."""
    return Tid(Tidsslags.DAG, dag, dag) if dag else MANGLER


def tid(dag: date | None, sagt: str = "") -> Tid:
    """As two columns keep it: the day where there is one, else the words. Words that cannot be read have no limits."""
    if dag is not None or not sagt:
        return dagen(dag)
    return _af_ord(sagt)


@lru_cache(maxsize=2048)
def _af_ord(sagt: str) -> Tid:
    try:
        return laes_tid(sagt, varighed=True)
    except ValueError:
        return Tid(Tidsslags.TIDSRUM, sagt=sagt)


# --- comparing --------------------------------------------------------------------------------------------------------


def er_foer(en: Tid, anden: Tid) -> Svar:
    """Whether the one comes before the other."""
    return svar(
        altid=bool(en.senest and anden.tidligst and en.senest < anden.tidligst),
        aldrig=bool(en.tidligst and anden.senest and en.tidligst >= anden.senest),
        sikkert=not (en.formentlig or anden.formentlig),
    )


def sikkert_begyndt(fra: Tid) -> date:
    """The first day it surely is so; where no beginning is given it always was, and of one that is not told it never is
    sure."""
    if fra.er_mangler:
        return date.min
    return fra.senest if fra.senest and not fra.formentlig else date.max


def sikkert_endnu(til: Tid) -> date:
    """The last day it surely is so; where no end is given it always will be."""
    if til.er_mangler:
        return date.max
    return til.tidligst if til.tidligst and not til.formentlig else date.min


# --- lengths ----------------------------------------------------------------------------------------------------------


def lagt_til(slut: Tid, mere: Tid) -> Tid:
    """The end of a period that goes on: the day that `mere` tells, or a length of time ("18 måneder") counted from the
    day after `slut`. Where that gives no day, both are told."""
    if mere.slags != Tidsslags.VARIGHED:
        return mere
    naeste = replace(slut, tidligst=_dagen_efter(slut.tidligst), senest=_dagen_efter(slut.senest))
    efter = mere.efter(naeste)
    if efter.dag:
        return dagen(efter.dag)
    if not slut.er_fortalt:
        return replace(
            efter, slags=Tidsslags.TIDSRUM, sagt=f"{_uden_laengere(mere.sagt)} mere end først aftalt", maaneder=0
        )
    if slut.slags != Tidsslags.VARIGHED:
        return replace(
            efter, slags=Tidsslags.TIDSRUM, sagt=f"{slut.i_ord} og {_uden_laengere(mere.sagt)} mere", maaneder=0
        )
    maaneder = slut.maaneder + mere.maaneder
    sagt = f"{slut.sagt} og {mere.maaneder} måneder"
    if _maaneder(formats.renset(sagt)) != maaneder:
        sagt = f"{maaneder} måneder"
    return replace(efter, sagt=sagt, maaneder=maaneder)


def _uden_laengere(sagt: str) -> str:
    return re.sub(rf"{LAENGERE.pattern}$", "", sagt, count=1, flags=re.IGNORECASE)


def _dagen_efter(dag: date | None) -> date | None:
    return dag + timedelta(days=1) if dag else None


def laengde(fra: Tid, til: Tid) -> str:
    """5½ år · 4 år · 5 år og 4 måneder; '' where no whole number of months can be seen."""
    maaneder = til.maaneder or _hele_maaneder(fra.dag, til.dag)
    aar, rest = divmod(maaneder, 12)
    if rest in (0, 6) and aar:
        return f"{aar}{'½' if rest else ''} år"
    dele = [f"{aar} år"] if aar else []
    dele += [f"{rest} {'måned' if rest == 1 else 'måneder'}"] if rest else []
    return " og ".join(dele)


def _hele_maaneder(fra: date | None, til: date | None) -> int:
    if not (fra and til):
        return 0
    naer = (til.year - fra.year) * 12 + til.month - fra.month
    return next((n for n in (naer, naer + 1) if n > 0 and _sidste_dag(fra, n) == til), 0)


# --- words ------------------------------------------------------------------------------------------------------------


def tidsrum(fra: Tid, til: Tid) -> str:
    """1. november 2025 – 31. oktober 2029 · sommeren 2020 – 2024 · formentlig 1. november 2019, fire år · periode ikke
    oplyst. Of days in full it is `formats.periode`."""
    if fra.er_praecis and til.er_praecis:
        return formats.periode(fra.tidligst, til.tidligst)
    if fra.er_ikke_oplyst and til.er_ikke_oplyst:
        return "periode ikke oplyst"
    if til.slags == Tidsslags.VARIGHED:
        begynder = fra.i_ord if fra.er_fortalt else f"startdato ikke {_svaret(fra)}"
        return f"{begynder}, {til.i_ord}"
    if til.er_mangler:
        return f"fra {fra.i_ord}" if fra.er_fortalt else "startdato ikke oplyst"
    if fra.er_mangler:
        return f"til {til.i_ord}" if til.er_fortalt else "slutdato ikke oplyst"
    return f"{fra.i_ord if fra.er_fortalt else 'startdato ikke oplyst'} – {_slutning(til)}"


def siddetid(fra: Tid, til: Tid) -> str:
    """When somebody sits on the board, as short as a table wants it."""
    if fra.er_mangler and til.er_mangler:
        return "Hele perioden"
    if til.er_mangler:
        return f"fra {fra.kort}" if fra.er_fortalt else "startdato ikke oplyst"
    if fra.er_mangler:
        return f"til {til.kort}" if til.er_fortalt else "slutdato ikke oplyst"
    if fra.er_ikke_oplyst and til.er_ikke_oplyst:
        return "tid ikke oplyst"
    begynder = fra.kort if fra.er_fortalt else "startdato ikke oplyst"
    return f"{begynder} – {til.kort if til.er_fortalt else 'slutdato ikke oplyst'}"


def _svaret(t: Tid) -> str:
    return "oplyst" if t.er_ikke_oplyst else "fastlagt"


def _slutning(til: Tid) -> str:
    return til.i_ord if til.er_fortalt else "slutdato ikke oplyst"


# --- reading ----------------------------------------------------------------------------------------------------------

IKKE_OPLYST = frozenset(
    {"ikke oplyst", "oplyses ikke", "uoplyst", "ukendt", "dato ukendt", "dato ikke oplyst", "ikke kendt", "vides ikke"}
)
FORMENTLIG = re.compile(
    r"(?:formentligt?|formodentligt?|sandsynligvis|vistnok|muligvis|antageligt?|antagelig vis|antageligvis|"
    r"forventet|forventes|forventeligt?|omkring|omtrent|cirka|ca\.?) +|"
)
FORORD = re.compile(r"^(?:i løbet af|i|(?:fra|til)(?! og med)|den|d\.|pr\.?) +(?=\S)")
BESTEMT = {"forår": "foråret", "sommer": "sommeren", "efterår": "efteråret", "vinter": "vinteren"}
AARSTIDER = {"forår": 3, "sommer": 6, "efterår": 9, "vinter": 12}
AARSTID = re.compile(r"(forår|sommer|efterår|vinter)(?:e[nt])? ?(\d{4})(?:[/-](\d{2}|\d{4}))?")
MAANED = re.compile(r"(?:(primo|medio|ultimo|starten af|begyndelsen af|midten af|slutningen af|udgangen af) )?"
                    r"([a-zæøå]{3,})\.?,? (\d{4})")  # fmt: skip
MAANED_I_TAL = re.compile(r"(\d{1,2})[./-](\d{4})")
MAANEDER_I_TRAEK = re.compile(r"([a-zæøå]{3,})\.? ?[-/] ?([a-zæøå]{3,})\.?,? (\d{4})")
AAR = re.compile(r"(?:(primo|medio|ultimo|starten af|begyndelsen af|midten af|midt i|slutningen af|udgangen af) )?"
                 r"(?:år )?(\d{4})")  # fmt: skip
HELT_AAR = re.compile(r"\d{4}")
FLERE_AAR = re.compile(r"(\d{4}) ?[-/] ?(\d{4}|\d{2})")
KVARTAL = re.compile(r"([1-4])\. ?kvartal,? (?:af |i )?(\d{4})")
KVARTAL_KORT = re.compile(r"q([1-4])[ -]?(\d{4})")
HALVAAR = re.compile(r"(?:([12])\.|(første|andet)) ?halvår,? (?:af |i )?(\d{4})")
SKOLEAAR = re.compile(r"skoleåret (\d{4})[/-](\d{2}|\d{4})")
AARSSKIFTE = re.compile(r"(?:omkring )?årsskiftet (\d{4})[/-](\d{2}|\d{4})")
MELLEM = re.compile(r"(?:mellem|imellem) (.+) og (.+)")
ELLER = re.compile(r"(.+) eller (.+)")
FOER = re.compile(r"(?:før|inden) (.+)")
SENEST = re.compile(r"(?:senest|til og med|ikke senere end) (.+)")
EFTER = re.compile(r"efter (.+)")
TIDLIGST = re.compile(r"(?:tidligst|siden|fra og med|ikke før) (.+)")
TALORD = {
    **dict.fromkeys(("en", "et", "ét"), 1.0), "halvandet": 1.5, "to": 2.0, "tre": 3.0, "fire": 4.0, "fem": 5.0,
    "seks": 6.0, "syv": 7.0, "otte": 8.0, "ni": 9.0, "ti": 10.0, "tolv": 12.0, "atten": 18.0,
}  # fmt: skip
#: How a length of time that comes on top is said.
LAENGERE = re.compile(r"(?: (?:længere|mere|ekstra|til|yderligere|oveni))?")
VARIGHED = re.compile(
    r"(?:i |varer |yderligere |endnu )?(\d+(?:,\d+)?|\d*½|(?:[a-zé]+ (?:og )?)?et halvt|[a-zé]+)"
    r" ?-?(år|måneder|måned|mdr\.?)"
    r"(?:(?: og|,)? (\d+|[a-z]+) (måneder|måned|mdr\.?))?" + LAENGERE.pattern
)
LAENGST_MAANEDER = 50 * 12
OPLYST = "eller hvad der er oplyst: februar 2021, sommeren 2020, 2017"
EKSEMPEL = f"Skriv en dag (1.11.2019), {OPLYST}, formentlig 1.11.2019 eller ikke oplyst."
EKSEMPEL_VARIGHED = f"Skriv en dag (31.10.2023), {OPLYST}, fire år eller ikke oplyst."


def laes_tid(tekst: str, *, varighed: bool = False) -> Tid:
    """What people type. `varighed`: a length of time may stand here ("fire år"). Raises ValueError in Danish."""
    sagt = re.sub(r"\s+", " ", tekst).strip()
    renset = formats.renset(sagt)
    if not renset:
        return MANGLER
    if renset in IKKE_OPLYST or renset == "?":
        return Tid(Tidsslags.IKKE_OPLYST, sagt="ikke oplyst" if renset == "?" else sagt)
    krop, formentlig = _uden_forbehold(renset)
    try:
        dag = formats.laes_dato(krop)
    except ValueError as fejl:
        return _uden_dag(sagt, krop, formentlig, varighed, fejl)
    return replace(dagen(dag), sagt=sagt, formentlig=True) if formentlig else dagen(dag)


def _uden_dag(sagt: str, krop: str, formentlig: bool, varighed: bool, fejl: ValueError) -> Tid:
    if maaneder := _maaneder(krop):
        if not varighed:
            raise ValueError(f"»{sagt}« er en varighed. Skriv her, hvornår det begynder, og varigheden som slutdato.")
        return Tid(Tidsslags.VARIGHED, sagt=sagt, formentlig=formentlig, maaneder=maaneder)
    if fundet := _graenser(krop, sagt):
        fra, til = fundet
        return Tid(Tidsslags.TIDSRUM, fra, til, sagt, formentlig)
    if "," in krop and _maaneder(krop.rpartition(",")[2].strip()):
        varer = krop.rpartition(",")[2].strip()
        raise ValueError(f"»{sagt}« er både en dato og en varighed. Skriv »{varer}« for sig, som slutdato.")
    if krop in (bestemte := {form: form for form in BESTEMT.values()} | BESTEMT):
        raise ValueError(f"»{sagt}« mangler et årstal. Skriv for eksempel {bestemte[krop]} 2020.")
    if _ligner_en_dag(krop):
        raise fejl
    raise ValueError(f"»{sagt}« kan ikke læses som en dato. {EKSEMPEL_VARIGHED if varighed else EKSEMPEL}")


def _ligner_en_dag(krop: str) -> bool:
    """What is written as a day, and is none, is told so and not asked for as something else."""
    formater = (formats.DANSK_DATO, formats.ISO_DATO, formats.LANG_DATO, formats.UGE)
    return any(form.fullmatch(krop) for form in formater)


def _uden_forbehold(renset: str) -> tuple[str, bool]:
    fundet = FORMENTLIG.match(renset)
    krop = renset[fundet.end() :] if fundet else renset
    hale = re.sub(r" ?(?:\?|\((?:formentlig|forventet|ca\.?|\?)\))$", "", krop)
    formentlig = krop != renset or hale != krop
    return FORORD.sub("", hale), formentlig


# --- reading: limits ---


def _graenser(krop: str, sagt: str) -> tuple[date | None, date | None] | None:
    """The first and last day that the words can mean; None when they cannot be read."""
    if fundet := MELLEM.fullmatch(krop) or ELLER.fullmatch(krop):
        fra, til = (_graenser(del_, sagt) for del_ in fundet.groups())
        if fra is None or til is None:
            return None
        return _i_orden(fra[0], til[1], sagt)
    for form, hvad in ((FOER, "foer"), (SENEST, "senest"), (EFTER, "efter"), (TIDLIGST, "tidligst")):
        if fundet := form.fullmatch(krop):
            inde = _graenser(fundet[1], sagt)
            return inde and _aaben(hvad, inde)
    rum = _rum(krop)
    return rum and _i_orden(*rum, sagt)


def _aaben(hvad: str, inde: tuple[date | None, date | None]) -> tuple[date | None, date | None] | None:
    fra, til = inde
    if hvad == "foer":
        return None, fra and fra - timedelta(days=1)
    if hvad == "senest":
        return None, til
    return (til and til + timedelta(days=1), None) if hvad == "efter" else (fra, None)


def _i_orden(fra: date | None, til: date | None, sagt: str) -> tuple[date | None, date | None]:
    if fra and til and fra > til:
        raise ValueError(f"»{sagt}« er bagvendt: det begynder {lang_dato(fra)} og slutter {lang_dato(til)}.")
    return fra, til


def _rum(krop: str) -> tuple[date, date] | None:
    for form, laes in RUM:
        if not (fundet := form.fullmatch(krop)):
            continue
        if any(not TIDLIGST_AAR <= int(aar) <= SENEST_AAR for aar in HELT_AAR.findall(krop)):
            raise ValueError(f"Året skal ligge mellem {TIDLIGST_AAR} og {SENEST_AAR}.")
        if rum := laes(fundet):
            return rum
    try:
        dag = formats.laes_dato(krop)
    except ValueError:
        return None
    return dag, dag


def _maanederne(aar: int, fra: int, til: int) -> tuple[date, date]:
    """From the first day of one month to the last of another; a thirteenth month is January after."""
    sidst_aar, sidst = aar + (til - 1) // 12, (til - 1) % 12 + 1
    return date(aar, fra, 1), date(sidst_aar, sidst, calendar.monthrange(sidst_aar, sidst)[1])


def _fuldt(cifre: str | None, foer: str) -> int:
    """The second year of 2020/21."""
    return int(foer[: 4 - len(cifre)] + cifre) if cifre else int(foer)


def _lagt_paa(dage: tuple[date, date], del_: str | None) -> tuple[date, date]:
    """The first, middle or last third of a month or a year, where that is said."""
    if not del_:
        return dage
    fra, til = dage
    nr = {"primo": 0, "starten af": 0, "begyndelsen af": 0, "medio": 1, "midten af": 1, "midt i": 1}.get(del_, 2)
    if (til - fra).days > 31:
        return _maanederne(fra.year, nr * 4 + 1, nr * 4 + 4)
    graenser = [fra, fra.replace(day=11), fra.replace(day=21), til + timedelta(days=1)]
    return graenser[nr], graenser[nr + 1] - timedelta(days=1)


def _aarstiden(f: re.Match) -> tuple[date, date] | None:
    foerste = AARSTIDER[f[1]]
    aar = int(f[2])
    if f[1] != "vinter":
        return None if f[3] else _maanederne(aar, foerste, foerste + 2)
    if f[3]:
        return _maanederne(aar, 12, 14) if _fuldt(f[3], f[2]) == aar + 1 else None
    # "Vinteren 2020" is said of the one that ends in the year, and of the one that begins in it.
    return date(aar - 1, 12, 1), _maanederne(aar, 12, 14)[1]


def _maaneden(f: re.Match) -> tuple[date, date] | None:
    nr = formats.maanedsnummer(f[2])
    if f[2] == "jul" and "jul." not in f[0]:
        raise ValueError(formats.JUL.format(f"jul {f[3]}", f[3]))
    return _lagt_paa(_maanederne(int(f[3]), nr, nr), f[1]) if nr else None


def _maaned_i_tal(f: re.Match) -> tuple[date, date] | None:
    nr = int(f[1])
    return _maanederne(int(f[2]), nr, nr) if 1 <= nr <= len(MAANEDER) else None


def _maaneder_i_traek(f: re.Match) -> tuple[date, date] | None:
    fra, til = formats.maanedsnummer(f[1]), formats.maanedsnummer(f[2])
    return _maanederne(int(f[3]), fra, til) if 0 < fra < til else None


def _flere_aar(f: re.Match) -> tuple[date, date]:
    """2019-2020; and 2019-11 is the eleventh month, as no stretch of years ends before it begins."""
    aar, sidst = int(f[1]), _fuldt(f[2], f[1])
    if len(f[2]) == 2 and sidst < aar and 1 <= int(f[2]) <= len(MAANEDER):
        return _maanederne(aar, int(f[2]), int(f[2]))
    return date(aar, 1, 1), date(sidst, 12, 31)


def _ugen(f: re.Match) -> tuple[date, date] | None:
    if not f[2] or len(f[2]) != 4:
        return None
    try:
        return date.fromisocalendar(int(f[2]), int(f[1]), 1), date.fromisocalendar(int(f[2]), int(f[1]), 7)
    except ValueError:
        return None


def _aarsskiftet(f: re.Match) -> tuple[date, date] | None:
    """December and January."""
    return _maanederne(int(f[1]), 12, 13) if _fuldt(f[2], f[1]) == int(f[1]) + 1 else None


def _skoleaaret(f: re.Match) -> tuple[date, date] | None:
    return _maanederne(int(f[1]), 8, 19) if _fuldt(f[2], f[1]) == int(f[1]) + 1 else None


#: The forms of a stretch of time, and the days of each. Seasons are the meteorologists' three months.
RUM: list[tuple[re.Pattern, Callable[[re.Match], tuple[date, date] | None]]] = [
    (AARSTID, _aarstiden),
    (MAANED, _maaneden),
    (MAANED_I_TAL, _maaned_i_tal),
    (AAR, lambda f: _lagt_paa(_maanederne(int(f[2]), 1, 12), f[1])),
    (MAANEDER_I_TRAEK, _maaneder_i_traek),
    (FLERE_AAR, _flere_aar),
    (KVARTAL, lambda f: _maanederne(int(f[2]), int(f[1]) * 3 - 2, int(f[1]) * 3)),
    (KVARTAL_KORT, lambda f: _maanederne(int(f[2]), int(f[1]) * 3 - 2, int(f[1]) * 3)),
    (HALVAAR, lambda f: _maanederne(int(f[3]), *((1, 6) if f[1] == "1" or f[2] == "første" else (7, 12)))),
    (SKOLEAAR, _skoleaaret),
    (AARSSKIFTE, _aarsskiftet),
    (formats.UGE, _ugen),
]


# --- reading: lengths ---


def _maaneder(krop: str) -> int:
    """The months of "fire år", "18 måneder", "3½ år", "fire år og seks måneder"; 0 when it is no length of time."""
    fundet = VARIGHED.fullmatch(krop)
    if not fundet:
        return 0
    foerst, mere = _talordet(fundet[1]), _talordet(fundet[3]) if fundet[3] else 0.0
    if foerst is None or mere is None:
        return 0
    i_alt = foerst * (12 if fundet[2] == "år" else 1) + mere
    return int(i_alt) if i_alt == int(i_alt) and 0 < i_alt <= LAENGST_MAANEDER else 0


def _talordet(ordet: str) -> float | None:
    if ordet in TALORD:
        return TALORD[ordet]
    if ordet.endswith("et halvt"):
        hele = ordet.removesuffix("et halvt").removesuffix("og ").strip()
        return TALORD[hele] + 0.5 if hele in TALORD else None if hele else 0.5
    if ordet.endswith("½"):
        return int(ordet[:-1] or 0) + 0.5
    return float(ordet.replace(",", ".")) if ordet[0].isdecimal() else None


def _sidste_dag(fra: date | None, maaneder: int) -> date | None:
    """The last day of so many months: 1 November 2019, 48 -> 31 October 2023."""
    if fra is None:
        return None
    nr = fra.month - 1 + maaneder
    aar, maaned = fra.year + nr // 12, nr % 12 + 1
    if aar > SENEST_AAR:
        return None
    naeste = date(aar, maaned, min(fra.day, calendar.monthrange(aar, maaned)[1]))
    return naeste - timedelta(days=1) if naeste.day == fra.day else naeste
