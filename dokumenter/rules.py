"""Where an edition stands and what may be done with it, from what is recorded of it.

Pure functions over plain data, asked alike by button, page, action and command: `mangler_for_…` say what is missing (''
when nothing), `tjek_…` raise with it. The order of things: frozen, decided, signed, in force; it may be withdrawn at
any time, and then what was in force before it is so again.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError

from aftaler.choices import Godkendelsesniveau
from dokumenter.choices import Resultat, Tilstand
from helhedsplan.formats import lang_dato, opremsning
from helhedsplan.tid import Tid


@dataclass(frozen=True)
class Gyldighed:
    """When an edition counts: from `ikraft` (None: not yet), and no longer on the day it was withdrawn."""

    nummer: int
    ikraft: date | None
    trukket: date | None = None


@dataclass(frozen=True)
class Stilling:
    """What is recorded of one edition.

    afgoerelser: level -> the latest decision on the edition's very bytes; parter and underskrevet: names of who signs
    and who has.
    """

    niveau: int
    gyldighed: Gyldighed
    afgoerelser: Mapping[int, str] = field(default_factory=dict)
    kraever_underskrift: bool = False
    parter: tuple[str, ...] = ()
    underskrevet: tuple[str, ...] = ()


# --- in force -------------------------------------------------------------------------------------------------------


def gaeldende(udgaver: Iterable[Gyldighed], dag: date, slut: date | None) -> int | None:
    """The number of the edition in force on a day: the newest that has come into force and is not withdrawn. One that
    takes the place of a withdrawn one does so from its own day on. After the plan's end none is."""
    if slut is not None and dag > slut:
        return None
    mulige = [u for u in udgaver if u.ikraft and u.ikraft <= dag and not (u.trukket and u.trukket <= dag)]
    return max((u.nummer for u in mulige), default=None)


# --- decisions ------------------------------------------------------------------------------------------------------


def kraevede_afgoerelser(niveau: int) -> list[Godkendelsesniveau]:
    """Whose decisions a level asks for: Landsbyggefonden decides after the board, not instead of it."""
    if niveau == Godkendelsesniveau.LBF:
        return [Godkendelsesniveau.BESTYRELSE, Godkendelsesniveau.LBF]
    return [Godkendelsesniveau(niveau)]


HVEM = {
    Godkendelsesniveau.ARBEJDSGRUPPE: "arbejds- eller følgegruppen",
    Godkendelsesniveau.BESTYRELSE: "bestyrelsen",
    Godkendelsesniveau.LBF: "Landsbyggefonden",
}


def mangler_godkendelse_fra(s: Stilling, *, lokalt: bool = False) -> list[Godkendelsesniveau]:
    """The bodies whose approval is missing. The board's counts for the working group's. `lokalt`: leave out
    Landsbyggefonden, which is given the signed paper."""
    kraevede = [n for n in kraevede_afgoerelser(s.niveau) if not (lokalt and n == Godkendelsesniveau.LBF)]
    return [n for n in kraevede if not _godkendt_af(s, n)]


def _godkendt_af(s: Stilling, niveau: Godkendelsesniveau) -> bool:
    egne = [niveau] if niveau != Godkendelsesniveau.ARBEJDSGRUPPE else [niveau, Godkendelsesniveau.BESTYRELSE]
    return any(s.afgoerelser.get(n) == Resultat.GODKENDT for n in egne)


def allerede_afgjort(niveau: int, resultat: str, dato: date) -> str:
    """That a body has approved or rejected an edition, and when."""
    hvem, hvad = HVEM[Godkendelsesniveau(niveau)], str(Resultat(resultat).label).lower()
    return f"{hvem[:1].upper()}{hvem[1:]} har allerede {hvad} udgaven {lang_dato(dato)}"


def mangler_dokumentation(niveau: int, *, fra_moede: bool, har_bilag: bool) -> str:
    """What a decision must stand on before it is recorded: the board's on an item of a meeting, or on its minutes;
    Landsbyggefonden's on its letter. Other bodies are taken at their word."""
    if niveau == Godkendelsesniveau.BESTYRELSE and not (fra_moede or har_bilag):
        return (
            "Bestyrelsens afgørelse skrives på mødets punkt. Er mødet holdt uden for programmet, så læg referatet ved."
        )
    if niveau == Godkendelsesniveau.LBF and not har_bilag:
        return "Læg Landsbyggefondens brev ved."
    return ""


def samme_person(ene: str, anden: str) -> bool:
    """The same names, in whatever order and with whatever signs and accents: "Demo, Åse" is "Aase Demo"."""
    return _navne(ene) == _navne(anden)


def _navne(navn: str) -> list[str]:
    skrevet = navn.casefold().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    uden_accenter = "".join(t for t in unicodedata.normalize("NFD", skrevet) if not unicodedata.combining(t))
    return sorted(re.findall(r"\w+", uden_accenter)) or [navn.strip()]


def mangler_fuldmagt(naevnt: str, hvem: str, fuldmagt_fra: str) -> str:
    """Why somebody may not sign for a party: the paper names another, and nobody has given a mandate. Where the paper
    names nobody, anybody may whom the secretariat chooses."""
    if not naevnt or not hvem or fuldmagt_fra or samme_person(naevnt, hvem):
        return ""
    return f"Papiret nævner {naevnt}, ikke {hvem}. Skriv, hvem der har givet fuldmagt, og hvornår, eller vælg {naevnt}."


def mangler_i_fuldmagten(fra: str, dato: date, plan_fra: Tid) -> dict[str, str]:
    """Field -> why a mandate is not one: it is given by a person with a name, in the plan's time or the year before."""
    ord_ = re.findall(r"[^\W\d_]+", fra)
    mangler = {}
    if len(ord_) < 2 or max(map(len, ord_)) < 2:
        mangler["fuldmagt_fra"] = "Skriv for- og efternavn på den, der har givet fuldmagten."
    tidligst = None if plan_fra.formentlig else plan_fra.tidligst
    if tidligst and dato < (foerst := aar_foer(tidligst)):
        mangler["fuldmagt_dato"] = f"Planen begynder {plan_fra}. Fuldmagten kan tidligst være fra {lang_dato(foerst)}."
    return mangler


def aar_foer(dag: date) -> date:
    return dag.replace(year=dag.year - 1, day=28 if (dag.month, dag.day) == (2, 29) else dag.day)


def fuldmagt_i_ord(naevnt: str, hvem: str, fra: str, dato: date | None) -> str:
    """How it is documented that this person signs; '' for the person that the paper names."""
    if fra:
        return f"Fuldmagt fra {fra}{f' af {lang_dato(dato)}' if dato else ''}"
    return "Fuldmagt: ikke dokumenteret" if naevnt and hvem and not samme_person(naevnt, hvem) else ""


def er_bevilget(s: Stilling) -> bool:
    return _godkendt_af(s, Godkendelsesniveau.LBF)


def er_afvist(s: Stilling) -> bool:
    return any(s.afgoerelser.get(n) == Resultat.AFVIST for n in kraevede_afgoerelser(s.niveau))


def mangler_for_underskrift(s: Stilling) -> str:
    """Why the edition cannot be sent to signature: no paper is signed before it is decided on."""
    if s.gyldighed.trukket:
        return "Udgaven er trukket tilbage."
    if er_afvist(s):
        return "Udgaven er afvist. Ret kladden, og frys en ny udgave."
    if mangler := mangler_godkendelse_fra(s, lokalt=True):
        return f"Udgaven skal først godkendes af {opremsning([HVEM[n] for n in mangler])}."
    return ""


def ikke_underskrevet(s: Stilling) -> list[str]:
    return [part for part in s.parter if part not in s.underskrevet] if s.kraever_underskrift else []


INGEN_UNDERSKRIVERE = (
    "Udgaven skal underskrives, men ingen står til at skrive under. Tilføj planens parter, og frys igen."
)
INGEN_NAEVNT = (
    "Ingen er nævnt til at skrive under. Vælg en her. Skrives der under med blæk eller hos en tjeneste, så skriv "
    "navnet ved parten på udgavens side Underskrifter."
)


def mangler_for_afgoerelse(s: Stilling) -> str:
    """Why no more decisions can be recorded on the edition."""
    if s.gyldighed.trukket:
        return "Udgaven er trukket tilbage."
    return "Udgaven er allerede sat i kraft." if s.gyldighed.ikraft else ""


def mangler_for_ikraft(s: Stilling) -> str:
    """Why the edition cannot be put in force, whatever the day."""
    if s.gyldighed.ikraft:
        return f"Udgaven er allerede sat i kraft fra {lang_dato(s.gyldighed.ikraft)}."
    if mangler := mangler_for_underskrift(s):
        return mangler
    if mangler_lbf := mangler_godkendelse_fra(s):
        return f"Udgaven skal først godkendes af {opremsning([HVEM[n] for n in mangler_lbf])}, med dato og reference."
    if s.kraever_underskrift and not s.parter:
        return INGEN_UNDERSKRIVERE
    if parter := ikke_underskrevet(s):
        return f"Udgaven mangler underskrift fra {opremsning(parter)}."
    return ""


def mangler_for_ikraft_dag(
    s: Stilling, dag: date, andre: Iterable[Gyldighed], fra: date | None, til: date | None, *, periode: str = ""
) -> str:
    """Why not from that day: it lies in the plan's period and after every day that another edition came into force.

    One that was withdrawn stands in nobody's way: a day written wrong would lock the document for good. `periode` is
    how the period is told, where it is not by its days.
    """
    if (fra and dag < fra) or (til and dag > til):
        return f"Dagen ligger uden for planens periode, {periode or f'{lang_dato(fra)} – {lang_dato(til)}'}."
    for anden in (en for en in andre if not en.trukket):
        if anden.ikraft and anden.nummer > s.gyldighed.nummer:
            return f"Udgave {anden.nummer} er nyere og sat i kraft. Frys en ny udgave i stedet."
        if anden.ikraft and anden.ikraft >= dag:
            besked = f"Udgave {anden.nummer} gælder fra {lang_dato(anden.ikraft)}."
            if til and anden.ikraft >= til:
                return f"{besked} Det er planens sidste dag, så ingen senere kan vælges. Træk den udgave tilbage først."
            return f"{besked} Vælg en senere dag."
    return ""


def foer_tiden(dag: date, skete: Iterable[tuple[date, str]]) -> str:
    """What had not happened yet on the day that an edition is to count from, in words; '' when all had.

    skete: (day, what it was) of the freezing, the decisions and the last signature.
    """
    senere = [f"{hvad} {lang_dato(skete_den)}" for skete_den, hvad in sorted(skete) if skete_den > dag]
    return f"Udgaven skal gælde fra {lang_dato(dag)}, men {opremsning(senere)}." if senere else ""


def tjek(mangler: str, felt: str = "") -> None:
    """Raise what is missing, at the field when that is given."""
    if mangler:
        raise ValidationError({felt: mangler} if felt else mangler, code="mangler")


# --- the state ------------------------------------------------------------------------------------------------------


def tilstand(s: Stilling, i_dag: date, alle: Iterable[Gyldighed], slut: date | None) -> Tilstand:
    """The one word for where an edition stands; `alle` are the document's editions, this one among them."""
    g = s.gyldighed
    if g.trukket:
        return Tilstand.TRUKKET
    if g.ikraft:
        return _i_tid(g, i_dag, alle, slut)
    if er_afvist(s):
        return Tilstand.AFVIST
    if mangler_godkendelse_fra(s, lokalt=True):
        return Tilstand.TIL_GODKENDELSE
    if s.kraever_underskrift and s.underskrevet:
        return Tilstand.UNDERSKRIVES if ikke_underskrevet(s) else Tilstand.UNDERSKREVET
    return Tilstand.GODKENDT


def _i_tid(g: Gyldighed, i_dag: date, alle: Iterable[Gyldighed], slut: date | None) -> Tilstand:
    if g.ikraft and g.ikraft > i_dag:
        return Tilstand.KOMMENDE
    if slut is not None and i_dag > slut:
        return Tilstand.UDLOEBET if gaeldende(alle, slut, slut) == g.nummer else Tilstand.ERSTATTET
    return Tilstand.GAELDENDE if gaeldende(alle, i_dag, slut) == g.nummer else Tilstand.ERSTATTET


def naeste_skridt(s: Stilling, t: Tilstand) -> str:
    """Who must act next, in words; '' when nobody must."""
    if t == Tilstand.TIL_GODKENDELSE:
        return f"Afventer {opremsning([HVEM[n] for n in mangler_godkendelse_fra(s, lokalt=True)])}"
    if t == Tilstand.AFVIST:
        return "Sekretariatet retter kladden og fryser en ny udgave"
    if t in {Tilstand.GODKENDT, Tilstand.UNDERSKRIVES} and (parter := ikke_underskrevet(s)):
        return f"Afventer underskrift fra {opremsning(parter)}"
    if t in {Tilstand.GODKENDT, Tilstand.UNDERSKREVET}:
        if mangler_godkendelse_fra(s):
            return "Afventer Landsbyggefonden"
        return "Lederen sætter udgaven i kraft"
    return ""
