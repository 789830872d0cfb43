"""The one strict reader of numbers as Danes write them. Every field, grid, paste, import and sum audit reads with it.

    laes(tekst) -> Laest                what stands there, with its unit and its sign
    laes_tal(tekst, maal) -> Decimal    the same, held against what the door wants: BELOEB, PROCENT, ANTAL ...

Nothing is guessed and no unit is dropped: what can be read in two ways is refused with both named. A refusal is a
Talfejl with a `kode`: tomt, tegn, engelsk, flertydigt, bogstav, omtrent, interval, fortegn, streg, langt, enhed, skala.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from helhedsplan.cpr import maskeret
from helhedsplan.formats import tal

FLEST_CIFRE = 20
SKALAER = {"": 1, "tusind": 1_000, "mio": 1_000_000, "mia": 1_000_000_000}
#: What is pasted along and never seen.
USYNLIGE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
STREGER = re.compile("[\u2010-\u2013\u2212\ufe63\uff0d]")
#: What bookkeepers write for minus: "./. 30.000" and "÷ 30.000".
BOGHOLDERMINUS = re.compile("[.]/[.]|\u00f7")
APOSTROFFER = re.compile("[\u2018\u2019\u02bc\u00b4`]")
CIFRE = re.compile(r"\d+(?:,\d+)?|[1-9]\d{0,2}(?:(?:\.\d{3})+|(?: \d{3})+|(?:'\d{3})+)(?:,\d+)?", re.ASCII)
#: Comma and three digits may be the thousands of an English hand.
TUSINDER_ELLER_BRUDT = re.compile(r"([1-9]\d{0,2}),(\d{3})", re.ASCII)
ENGELSK = re.compile(r"\d{1,3}(?:,\d{3})+\.\d+|[1-9]\d{0,2}(?:,\d{3}){2,}", re.ASCII)
MED_PUNKTUM = re.compile(r"(\d+)\.(\d+)", re.ASCII)
OMTRENT = re.compile(
    r"(?:(?:ca|cirka|circa|omkring|omtrent|op til|mindst|højst|under|over|næsten|knap|godt)\b\.?|[~≈±<>≤≥]) ?"
)
INTERVAL = re.compile(r"\d[^-]* ?(?:-| til ) ?\d.*")
KRONER = r"(?:kr\.?|kroner|krone|dkk)"
_PR = r" ?(?:/|pr\.? |per |i ) ?"
#: The units that are known, as they end a number. The price of a unit goes before the kroner.
ENHEDER = [
    ("kr_time", re.compile(rf" ?{KRONER}{_PR}(?:timen|time|t\.?)$")),
    ("kr_m2", re.compile(rf" ?{KRONER}{_PR}(?:m2|m²|kvm\.?|kvadratmeter)$")),
    ("kr_maaned", re.compile(rf" ?{KRONER}{_PR}(?:måneden|måned|md\.?|mdr\.?)$")),
    ("kr", re.compile(rf" ?{KRONER}$")),
    ("pct", re.compile(r" ?(?:%|pct\.?|procent)$")),
    ("timer", re.compile(r" ?(?:timer|time)$")),
    ("m2", re.compile(r" ?(?:m2|m²|kvm\.?|kvadratmeter)$")),
    ("maaned", re.compile(r" ?(?:måneder|måned|mdr\.?|md\.)$")),
    ("antal", re.compile(r" ?(?:stk\.?|personer|person)$")),
]
SKALAORD = [
    ("tusind", re.compile(r" ?t\.? ?kr\.?$"), "kr"),
    ("tusind", re.compile(r" ?(?:tusinde?)$"), ""),
    ("mio", re.compile(r" ?(?:mio\.?|mill\.?|million(?:er)?)$"), ""),
    ("mia", re.compile(r" ?(?:mia\.?|milliard(?:er)?)$"), ""),
]
OVERSKRIFTSSKALAER = {"mia": 1_000_000_000, "mio": 1_000_000, "tkr": 1_000}
#: A scale that a title or a heading gives for the bare numbers below it.
SKALA_I_OVERSKRIFT = re.compile(
    r"\b(?P<mia>mia|milliarder)\b|\b(?P<mio>mio|millioner)\b|\b(?P<tkr>t\.? ?kr|tkr|tusinde? kr(?:oner)?|1\.?000 kr)\b",
    re.IGNORECASE,
)
UDEN_OERE = re.compile(r"[,.] ?-{1,2}$")
NAVNE = {
    "kr": "et beløb",
    "pct": "en procent",
    "timer": "et antal timer",
    "m2": "et antal m²",
    "maaned": "et antal måneder",
    "antal": "et antal",
    "kr_time": "en pris pr. time",
    "kr_m2": "en pris pr. m²",
    "kr_maaned": "en pris pr. måned",
}


class Talfejl(ValueError):
    """Why a text is no number here; `kode` says which kind of refusal. The message never repeats a CPR number."""

    def __init__(self, besked: str, kode: str):
        super().__init__(maskeret(besked))
        self.kode = kode


@dataclass(frozen=True)
class Maal:
    """What a door takes: the units that may stand by the number, and whether "mio." may. A bare number always may.

    `ord`: a word of the door's own that may end the number. `taeller`: what one counts, where kroner are kept in mio.
    """

    navn: str
    enheder: frozenset[str] = frozenset()
    skala: bool = False
    ord: str = ""
    taeller: int = 1


BELOEB = Maal("et beløb", frozenset({"kr"}), skala=True)
PROCENT = Maal("en procent", frozenset({"pct"}))
BELOEB_ELLER_PROCENT = Maal("et beløb eller en procent", frozenset({"kr", "pct"}), skala=True)
ANTAL = Maal("et antal", frozenset({"antal"}))
UDEN_ENHED = Maal("et tal uden enhed")
#: Whatever unit stands there is the caller's to judge.
FRIT = Maal("et tal", frozenset(NAVNE), skala=True)
MAENGDER = {
    "time": Maal("et antal timer", frozenset({"timer"})),
    "m2": Maal("et antal m²", frozenset({"m2"})),
    "maaned": Maal("et antal måneder", frozenset({"maaned"})),
}
MAENGDE = Maal("et antal", frozenset({"timer", "m2", "maaned"}))
SATSER = {
    "time": Maal("en pris pr. time", frozenset({"kr", "kr_time"})),
    "m2": Maal("en pris pr. m²", frozenset({"kr", "kr_m2"})),
    "maaned": Maal("en pris pr. måned", frozenset({"kr", "kr_maaned"})),
}
SATS = Maal("en pris i kr.", frozenset({"kr", "kr_time", "kr_m2", "kr_maaned"}))


#: How definitions write the units that are known here.
ENHEDSORD = {
    **dict.fromkeys(("%", "pct", "pct.", "procent"), PROCENT),
    **dict.fromkeys(("kr", "kr.", "kroner"), BELOEB),
    **dict.fromkeys(
        ("mio. kr.", "mio. kr", "mio kr", "mio kr."), Maal("et beløb i mio. kr.", BELOEB.enheder, True, taeller=10**6)
    ),
    **dict.fromkeys(("måneder", "måned", "mdr.", "mdr"), MAENGDER["maaned"]),
    **dict.fromkeys(("timer", "time"), MAENGDER["time"]),
    **dict.fromkeys(("m2", "m²", "kvm"), MAENGDER["m2"]),
    **dict.fromkeys(("antal", "personer", "person", "stk", "stk."), ANTAL),
}


def maal_i(enhed: str) -> Maal:
    """What is taken where the field's own definition gives the unit: "%", "kr.", "mio. kr.", "måneder", "sider" ..."""
    ordet = renset(enhed)
    if kendt := ENHEDSORD.get(ordet):
        return kendt
    return Maal(f"et tal i {ordet}", ord=ordet) if re.fullmatch(r"[a-zæøå ]+", ordet) else UDEN_ENHED


@dataclass(frozen=True)
class LaestTal:
    """A number as written: its value with scale and sign, the unit beside it ('' for none), how many decimals are
    shown, what one whole counts, and the sign that was written ('' for none)."""

    vaerdi: Decimal
    enhed: str = ""
    decimaler: int = 0
    skala: int = 1
    fortegn: str = ""


def renset(tekst: str) -> str:
    """Lower case, single plain spaces, one kind of minus and of apostrophe, and nothing invisible."""
    synlig = APOSTROFFER.sub("'", STREGER.sub("-", BOGHOLDERMINUS.sub("-", USYNLIGE.sub("", tekst))))
    return re.sub(r"\s+", " ", synlig).strip().lower()


def laes(tekst: str, *, tre_decimaler: bool = False) -> LaestTal:
    """Raises Talfejl. `tre_decimaler`: 1,234 is known to have a decimal comma."""
    rent = renset(tekst)
    if not rent:
        raise _fejl(tekst, "tomt")
    krop, fortegn = _uden_fortegn(rent, tekst)
    krop, enhed, skala = _uden_enhed(krop)
    if not fortegn and krop.startswith(("+", "-")):
        krop, fortegn = krop[1:].lstrip(), krop[0]
    if not fortegn and len(krop) > 1 and krop.endswith("-"):
        krop, fortegn = krop[:-1].rstrip(), "-"
    if not krop and fortegn:
        raise _fejl(tekst, "streg", "Det er en streg. Skriv 0, hvis der er nul.")
    if krop.startswith(("+", "-")):
        raise _fejl(tekst, "fortegn")
    if not CIFRE.fullmatch(krop):
        raise _hvorfor(tekst, rent, krop)
    if sum(tegn.isdecimal() for tegn in krop) > FLEST_CIFRE:
        raise _fejl(tekst, "langt")
    if (fundet := TUSINDER_ELLER_BRUDT.fullmatch(krop)) and not (tre_decimaler or skala or enhed == "pct"):
        hele, brudt = fundet.groups()
        kort = f"{hele},{brudt.rstrip('0')}".rstrip(",")
        raise _to_laesninger(tekst, f"{hele}.{brudt}", kort if kort != f"{hele},{brudt}" else f"{kort}0")
    vaerdi = Decimal(re.sub(r"[. ']", "", krop).replace(",", ".")) * SKALAER[skala]
    decimaler = len(krop.partition(",")[2])
    return LaestTal(-vaerdi if fortegn == "-" else vaerdi, enhed, decimaler, SKALAER[skala], fortegn)


def laes_tal(tekst: str, maal: Maal = FRIT, *, tre_decimaler: bool = False) -> Decimal:
    """The number, when its unit belongs here. Raises Talfejl with a Danish message."""
    eget = maal.ord and re.fullmatch(rf"(.*[^a-zæøå]) ?{re.escape(maal.ord)}", renset(tekst))
    laest = laes(eget[1] if eget else tekst, tre_decimaler=tre_decimaler)
    tjek_enhed(laest, maal)
    return laest.vaerdi / maal.taeller if laest.enhed or laest.skala != 1 else laest.vaerdi


def tjek_enhed(laest: LaestTal, maal: Maal) -> None:
    if laest.enhed and laest.enhed not in maal.enheder:
        raise Talfejl(f"Skriv {maal.navn}, ikke {NAVNE[laest.enhed]}.", "enhed")
    if laest.skala != 1 and not maal.skala:
        raise Talfejl(f"Skriv {maal.navn} med alle cifre: {tal(Decimal(f'{laest.vaerdi.normalize():f}'))}.", "skala")


def til_felt(vaerdi: Decimal) -> str:
    """A number for editing: every digit it has, and such that it is read back the same."""
    tekst = tal(Decimal(f"{vaerdi.normalize():f}"))
    return f"{tekst}0" if TUSINDER_ELLER_BRUDT.fullmatch(tekst.lstrip("−")) else tekst


def _uden_fortegn(rent: str, tekst: str) -> tuple[str, str]:
    """The text without its sign: before or after it, or as parentheses. "1.250,-" has none: that is no øre."""
    parentes = re.fullmatch(rf"({KRONER} ?)?\((.+)\)( ?(?:{KRONER}|%))?", rent)
    if parentes:
        foer, inde, efter = (del_ or "" for del_ in parentes.groups())
        if inde.startswith(("+", "-")) or (inde[-1:] == "-" and not UDEN_OERE.search(inde)):
            raise _fejl(tekst, "fortegn")
        return f"{foer}{inde}{efter}", "-"
    forrest = rent[:1] if rent.startswith(("+", "-")) else ""
    krop = rent[1:].lstrip() if forrest else rent
    if len(krop) > 1 and krop.endswith("-") and not UDEN_OERE.search(krop):
        if forrest:
            raise _fejl(tekst, "fortegn")
        return krop[:-1].rstrip(), "-"
    return krop, forrest


def _uden_enhed(krop: str) -> tuple[str, str, str]:
    """(what is left, unit, scale): "kr." may stand before or after, and ",-" is kroner too."""
    enhed = ""
    if fundet := re.match(rf"{KRONER} ?(?=[-+\d,ol])", krop):
        krop, enhed = krop[fundet.end() :], "kr"
    for navn, moenster in ENHEDER:
        rest = moenster.sub("", krop)
        if rest != krop and not enhed and not re.search(r"(?:^|[^a-z])t\.? ?$", rest if navn == "kr" else ""):
            krop, enhed = rest, navn
            break
    uden = UDEN_OERE.sub("", krop)
    if uden != krop and enhed in ("", "kr") and uden[-1:].isdecimal():
        return uden, "kr", ""
    for navn, moenster, egen in SKALAORD:
        rest = moenster.sub("", krop)
        if rest != krop and not (egen and enhed) and enhed != "pct":
            return rest, egen or enhed, navn
    return krop, enhed, ""


#: What a refusal ends with where nothing better is known; a field of whole numbers says `helt_eksempel` instead.
EKSEMPEL = "Skriv for eksempel 1.234,5."
#: Nobody is asked to make a figure more exact than it is known.
KUN_PRAECIST = "Her kan kun stå et præcist tal eller ingenting."
ET_HELT = re.compile(r"(?<!\d)(?<!\d[.,])\d+(?:[.\s]\d{3})*(?![\d,.]*\d)")


def helt_eksempel(tekst: str) -> str:
    """The whole number that stands among the words, where there is but one: "ca. 40 om året" -> "Skriv 40."."""
    fundne = ET_HELT.findall(tekst) if len(re.findall(r"[\d.,]*\d", tekst)) == 1 else []
    return f"Skriv {fundne[0]}." if fundne else "Skriv et helt tal, for eksempel 40."


def _fejl(tekst: str, kode: str, mere: str = EKSEMPEL) -> Talfejl:
    return Talfejl(f"»{tekst.strip()}« kan ikke læses som et tal. {mere}", kode)


def _to_laesninger(tekst: str, en: str, anden: str) -> Talfejl:
    """`en` and `anden` are written so that each can be read in one way only."""
    return _fejl(tekst, "flertydigt", f"Der er to muligheder: skriv {en} eller {anden}.")


def _hvorfor(tekst: str, rent: str, krop: str) -> Talfejl:
    """The refusal that tells most of what to write instead."""
    if (fundet := OMTRENT.match(rent)) and (bart := rent[fundet.end() :]) and _er_tal(bart):
        return _fejl(tekst, "omtrent", KUN_PRAECIST)
    if any(tegn in krop for tegn in "oil") and any(t.isdecimal() or t == "o" for t in krop):
        rettet = krop.replace("o", "0").replace("l", "1").replace("i", "1")
        if _er_tal(rettet):
            bogstaver = " og ".join(navn for tegn, navn in (("o", "O"), ("l", "l"), ("i", "I")) if tegn in krop)
            return _fejl(tekst, "bogstav", f"Der står bogstavet {bogstaver} i stedet for et ciffer. Skriv {rettet}.")
    if ENGELSK.fullmatch(krop):
        hele, _, brudt = krop.replace(",", ".").rpartition(".") if "." in krop else (krop.replace(",", "."), "", "")
        return _fejl(tekst, "engelsk", f"Det er skrevet på engelsk. Skriv {f'{hele},{brudt}' if brudt else hele}.")
    if fundet := MED_PUNKTUM.fullmatch(krop):
        hele, brudt = fundet.groups()
        return _to_laesninger(tekst, f"{hele},{brudt}", tal(int(f"{hele}{brudt}")) if len(krop) < 18 else hele + brudt)
    if INTERVAL.fullmatch(krop):
        return _fejl(tekst, "interval", "Skriv ét tal.")
    return _fejl(tekst, "tegn")


def _er_tal(tekst: str) -> bool:
    try:
        laes(tekst)
    except Talfejl:
        return False
    return True


def skala_i(tekst: str) -> int | None:
    """The scale that a heading or title gives ('Beløb i t.kr.'), or None."""
    fundet = SKALA_I_OVERSKRIFT.search(tekst)
    if fundet is None:
        return None
    return OVERSKRIFTSSKALAER[next(navn for navn, del_ in fundet.groupdict().items() if del_)]
