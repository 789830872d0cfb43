"""The audit log as people read it."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models.options import Options

from aftaler.queries.historikord import DELE, sagt
from helhedsplan.felter import Linje, Prosa, Tekst
from helhedsplan.formats import antal, lang_dato, tal, tidspunkt
from helhedsplan.former import UlaeseligeData
from helhedsplan.models import Haendelse
from helhedsplan.models.haendelse import Aendringsdata, objekttype
from helhedsplan.tekst import Talkilde, ren_tekst, talmaerker, uden_skjulte_tal
from helhedsplan.tilslutninger import TEKSTRETTERE

#: Fields that say nothing to people.
SKJULTE = {"noegle", "orden", "sha256", "plan", "delaftale", "version", "aftryk", "kobling"}
#: An import may tell of a hundred thousand figures; the log holds them all, a page the first of them.
FLEST_FELTER = 200
#: So many characters of an entry stand in the list; one with more is read on a page of its own.
FLEST_TEGN = 4000


#: What the history tells those who only read: the kinds of entries about what their pages show as it stands.
FOR_LAESERE = frozenset(
    {
        "aftaler.afdeling", "aftaler.afsnit", "aftaler.aktivitet", "aftaler.bilag", "aftaler.billede",
        "aftaler.delaftale", "aftaler.delmaal", "aftaler.gruppe", "aftaler.helhedsplan", "aftaler.koblingstabel",
        "aftaler.lag", "aftaler.omtaltpapir",
        "aftaler.medlemskab", "aftaler.omraade", "aftaler.organisation", "aftaler.part", "aftaler.planparameter",
        "bestyrelse.afgoerelse", "bestyrelse.bestyrelsesmedlem", "bestyrelse.bestyrelsesside",
        "bestyrelse.forretningsorden", "bestyrelse.frist", "bestyrelse.moedepapir",
        "budget.budget", "budget.finansieringskilde", "budget.forbrug", "budget.konto", "budget.medfinansieringspulje",
        "budget.puljetilsagn", "budget.revision", "budget.sats", "budget.satsvaerdi",
        "dokumenter.deltudkast", "dokumenter.filrevision", "dokumenter.godkendelse", "dokumenter.pakke",
        "dokumenter.udgave", "dokumenter.underskriver",
    }
)  # fmt: skip
#: Of these kinds only what happened in the open: before that it is a draft, which nobody else reads.
NAAR_DET_ER_UDE = {
    "bestyrelse.kvartalsstatus": frozenset({"publiceret", "trukket tilbage"}),
    "bestyrelse.moede": frozenset({"indkaldt", "holdt", "aflyst"}),
}
#: Only for those who write the plan, by why; so is every kind that stands nowhere here.
FOR_SKRIVERE = {
    "bestyrelse.bevisudgave": "the evidence tells of it",
    "bestyrelse.uploadetreferat": "the evidence tells of it",
    "bestyrelse.dagsordenspunkt": "the minutes before they are sent",
    "bestyrelse.fremmoede": "the minutes before they are sent",
    "bestyrelse.inhabilitet": "about a person; the minutes tell of it",
    "bestyrelse.kalenderabonnement": "about a person",
    "bestyrelse.laeselink": "about a person",
    "bestyrelse.laest": "about a person",
    "bestyrelse.paamindelse": "about a person",
    "bestyrelse.referatgodkendelse": "about a person; the minutes tell of it",
    "bestyrelse.spoergsmaal": "the status tells of it, with what is hidden there",
    "bestyrelse.statuslinje": "counts too small to be told, and drafts",
    "bestyrelse.svarlink": "about a person",
    "bestyrelse.stemme": "about a person; the minutes tell of it",
    "helhedsplan.slettet": "what a writer of the plan has deleted",
    "indikatorer.accept": "counts too small to be told",
    "indikatorer.importfil": "counts too small to be told",
    "indikatorer.importskabelon": "names out of files",
    "indikatorer.indikator": "counts too small to be told",
    "indikatorer.maaling": "counts too small to be told",
    "indikatorer.omraadestatus": "counts too small to be told",
    "indikatorer.opfoelgning": "counts too small to be told",
    "indikatorer.sted": "counts too small to be told",
    "indikatorer.talbinding": "counts too small to be told",
}


#: What an entry says of another plan, whose readers are others.
OM_EN_ANDEN_PLAN = frozenset({"hentet_fra"})


def synlige(haendelser: models.QuerySet, *, skriver: bool) -> models.QuerySet:
    """The entries that a person may read: all of them for whoever writes the plan, else what the pages show anyway."""
    if skriver:
        return haendelser
    maa = models.Q(objekt_type__in=FOR_LAESERE)
    for art, handlinger in NAAR_DET_ER_UDE.items():
        maa |= models.Q(objekt_type=art, handling__in=handlinger)
    return haendelser.filter(maa)


@dataclass(frozen=True)
class Feltlinje:
    """`gendan`: the name of the field whose text from before can be written again; '' when it cannot."""

    navn: str
    foer: str
    efter: str
    gendan: str = ""


@dataclass(frozen=True)
class Historiklinje:
    tidspunkt: datetime
    hvem: str
    handling: str
    art: str
    navn: str
    objekt_type: str
    objekt_id: str
    felter: tuple[Feltlinje, ...]
    antal: int = 0
    nummer: int = 0

    @property
    def er_lang(self) -> bool:
        return sum(len(f.foer) + len(f.efter) for f in self.felter) > FLEST_TEGN

    @property
    def gjorde(self) -> str:
        """What the person did, up to the name of the thing: 'oprettede aktiviteten'."""
        return sagt(self.objekt_type, self.handling, self.art)[0]

    @property
    def gjorde_efter(self) -> str:
        return sagt(self.objekt_type, self.handling, self.art)[1]

    @property
    def mere(self) -> str:
        """What the folded fields are called."""
        if self.handling == "slettet":
            return "Se, hvad der stod"
        if any(felt.foer for felt in self.felter):
            return f"Se {antal(self.antal, 'rettelse', 'rettelser')}"
        return "Se, hvad der blev skrevet"


#: How the log's value of a kind of field is shown; the first that fits.
FORMER: list[tuple[type[models.Field], Callable]] = [
    (Prosa, ren_tekst),
    (models.DateTimeField, lambda vaerdi: tidspunkt(datetime.fromisoformat(vaerdi))),
    (models.DateField, lambda vaerdi: lang_dato(date.fromisoformat(vaerdi))),
    (models.DecimalField, lambda vaerdi: tal(Decimal(vaerdi))),
    (models.IntegerField, lambda vaerdi: tal(Decimal(vaerdi))),
]


def _samling_i_ord(vaerdi: list | dict) -> str:
    """What it holds, without what is empty; of rows and the like, each after a semicolon."""
    if isinstance(vaerdi, dict):
        return " · ".join(
            f"{kaldt}{ord_}" for navn, v in vaerdi.items() if (ord_ := i_ord(v)) for kaldt in _kaldes(navn)
        )
    skilt = "; " if any(isinstance(v, (list, dict)) for v in vaerdi) else ", "
    return skilt.join(filter(None, map(i_ord, vaerdi)))


def _kaldes(navn: str) -> list[str]:
    """What stands before the value of a part; none for a part that is not shown."""
    kaldt = DELE.get(navn, navn.replace("_", " "))
    return [] if kaldt is None else [f"{kaldt}: " if kaldt else ""]


def i_ord(vaerdi, felt: models.Field | None = None) -> str:
    """A logged value as people read it, by what its field holds; nothing as ''."""
    if vaerdi is None or vaerdi == "":
        return ""
    if isinstance(vaerdi, bool):
        return "ja" if vaerdi else "nej"
    if isinstance(vaerdi, (list, dict)):
        return _samling_i_ord(vaerdi)
    if felt is not None and felt.choices:
        return str(dict(felt.flatchoices).get(vaerdi, vaerdi))
    vis = next((vis for slags, vis in FORMER if isinstance(felt, slags)), str)
    try:
        return vis(vaerdi)
    except (ValueError, TypeError, ArithmeticError):
        return str(vaerdi)  # logged when the field held something else


def som_alle_ser(haendelse: Haendelse, kilder: Collection[Talkilde]) -> None:
    """Take out what is said of another plan, and the hidden figures of the prose, before and after. What a figure was
    bound to and no room knows any more may have been hidden, so it goes too."""
    kendte = {kilde.henvisning for kilde in kilder}
    if isinstance(haendelse.aendringer, UlaeseligeData):
        return
    haendelse.aendringer[:] = [a for a in haendelse.aendringer if a["felt"] not in OM_EN_ANDEN_PLAN]
    for aendring in haendelse.aendringer:
        for hvornaar in ("foer", "efter"):
            if isinstance(vaerdi := aendring[hvornaar], str) and "data-tal" in vaerdi:
                ukendte = [Talkilde(m.henvisning, "", skjult=True) for m in talmaerker(vaerdi)]
                ukendte = [kilde for kilde in ukendte if kilde.henvisning not in kendte]
                aendring[hvornaar] = uden_skjulte_tal(vaerdi, [*kilder, *ukendte])


def prosa_i(haendelser: Iterable[Haendelse]) -> list[str]:
    """The texts of entries that may hold bound figures."""
    alle = (aendring[hvornaar] for h in haendelser for aendring in h.aendringer for hvornaar in ("foer", "efter"))
    return [vaerdi for vaerdi in alle if isinstance(vaerdi, str) and "data-tal" in vaerdi]


def linje(haendelse: Haendelse) -> Historiklinje:
    model = modeller().get(haendelse.objekt_type)
    meta = model._meta if model else None
    vises = [a for a in haendelse.aendringer if a["felt"] not in SKJULTE]
    felter = [
        Feltlinje(
            _stort(a["navn"]),
            i_ord(a["foer"], _felt(meta, a["felt"])),
            i_ord(a["efter"], _felt(meta, a["felt"])),
            a["felt"] if gammel_tekst(haendelse, a) else "",
        )
        for a in vises[:FLEST_FELTER]
    ]
    if isinstance(haendelse.aendringer, UlaeseligeData):
        felter.append(Feltlinje("Det, der blev ændret, kan ikke læses", "", ""))
    if len(vises) > FLEST_FELTER:
        felter.append(Feltlinje(f"Og {tal(len(vises) - FLEST_FELTER)} mere", "", ""))
    return Historiklinje(
        haendelse.tidspunkt,
        haendelse.bruger_navn,
        haendelse.handling,
        str(meta.verbose_name) if meta else haendelse.objekt_type,
        haendelse.objekt_navn,
        haendelse.objekt_type,
        haendelse.objekt_id,
        tuple(felter),
        len(vises),
        haendelse.nummer,
    )


def gammel_tekst(haendelse: Haendelse, aendring: Aendringsdata) -> bool:
    """Whether an entry changed a text, or rows below, that can be written again as they were."""
    retter = TEKSTRETTERE.get(haendelse.objekt_type)
    model = modeller().get(haendelse.objekt_type)
    if retter is None or model is None or haendelse.handling == "slettet":
        return False
    if "raa" in aendring:
        return bool(aendring["raa"])
    felt = _felt(model._meta, aendring["felt"]) or retter.underfelt(aendring["felt"])
    return bool(aendring["foer"]) and isinstance(felt, Linje | Tekst | Prosa) and not felt.choices


@cache
def modeller() -> dict[str, type[models.Model]]:
    """By what the log calls them, which does not follow the rooms."""
    return {objekttype(model): model for model in apps.get_models()}


def _felt(meta: Options | None, navn: str) -> models.Field | None:
    """The field behind a logged change; None for rows below the object, and for what the model has no more."""
    try:
        felt = meta.get_field(navn) if meta else None
    except FieldDoesNotExist:
        return None
    return felt if isinstance(felt, models.Field) and not felt.is_relation else None


def _stort(navn: str) -> str:
    """Capital first letter, the rest as it is."""
    return navn[:1].upper() + navn[1:]
