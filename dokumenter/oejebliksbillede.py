"""The snapshot of a paper: the plain data it is printed from, as JSON that is read for ever, and the paper made of it.

`udkast` is a paper as it stands now, stripped of what is not printed; `frossen` gives it number, date and signatories;
`som_json` and `fra_json` carry it through the database without loss; `tegn` prints it. The same snapshot gives the same
bytes. A paper's figures, goals and people are in it in full: what changes in the plan afterwards does not reach it.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import PurePosixPath
from types import GenericAlias, ModuleType
from typing import Any, TypeVar, get_type_hints

from django.core.files.storage import default_storage
from django.http import Http404

from aftaler import pdf as aftalepdf
from aftaler.choices import Afsnitsart, Dokumentart
from aftaler.models import Helhedsplan
from aftaler.queries import dokument, omraader, papirer, planraekker
from aftaler.queries.dokument import Billedvisning, Dokument, Dokumentafsnit, Udgavestempel
from budget import pdf as budgetpdf
from budget.queries import finansieringstabel
from budget.queries import papir as budgetpapirer
from budget.queries.papir import Budgetpapir
from budget.rules import medfinansiering
from dokumenter import lager
from dokumenter.underskrift.skriv import klargoer
from helhedsplan import tekst
from helhedsplan.former import KUN_NAAR_SAGT, passer
from helhedsplan.pdf import PdfFejl

SKEMA = 5
ULAESELIG = "{} kan ikke læses: Det gemte har ikke den form, programmet kender."
MAERKE = "_"

Papir = Dokument | Budgetpapir


T = TypeVar("T")
R = TypeVar("R")


class Skemafejl(PdfFejl):
    """A snapshot that this program cannot read in full; reading it in part would be reading something else. The text
    names the paper, for a person; the cause says what is wrong."""


@dataclass(frozen=True)
class Oejebliksbillede:
    """A frozen paper: which document of which plan, what it says of itself, and all that is printed."""

    plan: str
    art: str
    emne: str
    stempel: Udgavestempel
    papir: Papir

    @property
    def titel(self) -> str:
        return self.papir.titel


# --- a paper as it stands ---------------------------------------------------------------------------------------------


def udkast(plan: Helhedsplan, art: str, emne: str = "") -> Papir:
    """The paper as the plan has it now, ready to be frozen or held against an edition. Raises Http404."""
    if art == Dokumentart.BUDGET:
        budget = plan.budgetter.filter(noegle=emne).first()
        if budget is None:
            raise Http404("Planen har ikke det budget.")
        budget.plan = plan
        return _uden_tid(budgetpapirer.papirindhold(budget))
    if art == Dokumentart.SAMARBEJDSAFTALE:
        return kun_det_trykte(dokument.samarbejdsaftale(plan))
    if art == Dokumentart.DELAFTALE:
        aftale = plan.delaftaler.select_related("indsatsomraade").filter(indsatsomraade__noegle=emne).first()
        if aftale is None:
            raise Http404("Planen har ingen delaftale om det indsatsområde.")
        aftale.plan = plan
        return kun_det_trykte(dokument.delaftale(aftale))
    if art == Dokumentart.LAG:
        lag = papirer.hent_lag(plan, emne)
        if lag is None:
            raise Http404("Planen har ikke den forlængelse eller det tillæg.")
        return kun_det_trykte(papirer.laget(lag))
    if art not in papirer.PAPIRER:
        raise Http404("Det dokument kan ikke fryses.")
    return kun_det_trykte(papirer.PAPIRER[art](plan))


def _uden_tid(papir: Budgetpapir) -> Budgetpapir:
    return replace(papir, aendret=None, fakta=tuple(f for f in papir.fakta if f[0] not in budgetpapirer.MED_TID))


def kun_det_trykte(papir: Dokument) -> Dokument:
    """Without guidance, marks of progress and times, which no paper prints; each picture by the SHA-256 of its file."""
    return replace(papir, aendret=None, afsnit=tuple(_kun_det_trykte(a) for a in papir.afsnit))


def _kun_det_trykte(afsnit: Dokumentafsnit) -> Dokumentafsnit:
    billeder = tuple(replace(b, id=0, fil=_efter_indhold(b)) for b in afsnit.billeder)
    return replace(afsnit, vejledning="", uddybning="", kilde="", faerdig=True, billeder=billeder)


def _efter_indhold(billede: Billedvisning) -> str:
    """The name of the edition's own copy, made from the bytes. Raises PdfFejl when the picture is gone."""
    try:
        with default_storage.open(billede.fil) as fil:
            maerke = lager.sha256(fil.read())
    except OSError as fejl:
        raise PdfFejl(f"Billedet {billede.fil} findes ikke mere. Hent det op igen.") from fejl
    return f"udgavebilleder/{maerke[:2]}/{maerke}{PurePosixPath(billede.fil).suffix}"


def gem_billeder(plan: Helhedsplan, papir: Papir) -> None:
    """Copy the pictures of an `udkast` to where it names them, so that nobody's change or deletion reaches them."""
    mangler = {b.fil for a in getattr(papir, "afsnit", ()) for b in a.billeder if not lager.er_hel(b.fil)}
    if not mangler:
        return
    for afsnit in plan.afsnit.prefetch_related("billeder"):
        for billede in afsnit.billeder.all():
            with billede.fil.open("rb") as fil:
                lager.gem(fil.read(), "udgavebilleder", PurePosixPath(billede.fil.name).suffix)


def frossen(plan: Helhedsplan, art: str, emne: str, papir: Papir, stempel: Udgavestempel) -> Oejebliksbillede:
    """The snapshot, with its id: plan, document and number, and twelve digits of the hash of what it says."""
    billede = Oejebliksbillede(plan.noegle, str(art), emne, replace(stempel, dokument_id=""), papir)
    dele = [plan.noegle, str(art), emne, f"u{stempel.nummer}-{sha256(som_json(billede))[:12]}"]
    return replace(billede, stempel=replace(stempel, dokument_id="/".join(filter(None, dele))))


# --- the paper made of a snapshot ------------------------------------------------------------------------------------


def tegn(billede: Oejebliksbillede) -> bytes:
    """The PDF of a snapshot: of nothing else, so always the same; ready to be signed. Raises PdfFejl."""
    if isinstance(billede.papir, Budgetpapir):
        return klargoer(budgetpdf.papir(billede.papir, billede.stempel).data)
    return klargoer(aftalepdf.papir(billede.papir, stempel=billede.stempel).data)


# --- JSON ------------------------------------------------------------------------------------------------------------

#: Where the dataclasses of papers are defined. A class of another module in a paper stops its freezing.
MODULER: tuple[ModuleType, ...] = (
    dokument,
    omraader,
    papirer,
    planraekker,
    budgetpapirer,
    finansieringstabel,
    medfinansiering,
    tekst,
)


def _typer() -> dict[str, type]:
    fundne: dict[str, type] = {Oejebliksbillede.__name__: Oejebliksbillede}
    for modul in MODULER:
        for navn, klasse in vars(modul).items():
            if isinstance(klasse, type) and is_dataclass(klasse) and klasse.__module__ == modul.__name__:
                if navn in fundne:
                    raise TypeError(f"To af papirernes klasser hedder {navn}.")
                fundne[navn] = klasse
    return fundne


TYPER = _typer()


def kend(modul: ModuleType) -> None:
    """A room to the right hangs up the dataclasses of its own papers, so that they can be kept in the same form."""
    for navn, klasse in vars(modul).items():
        egen = isinstance(klasse, type) and is_dataclass(klasse) and klasse.__module__ == modul.__name__
        if egen and TYPER.setdefault(navn, klasse) is not klasse:
            raise TypeError(f"To af papirernes klasser hedder {navn}.")


def som_json(billede: Oejebliksbillede) -> dict:
    """Plain JSON with the name of each dataclass under "_", and the number of the form."""
    return {"skema": SKEMA, "billede": _ud(billede)}


def papir_som_json(papir: Papir) -> Any:
    """A paper's content alone, for holding two up against each other."""
    return _ud(papir)


def papir_fra_json(data: Any) -> Any:
    """What `papir_som_json` made. Raises Skemafejl."""
    return _ind(data)


def _ud(vaerdi: Any) -> Any:
    if is_dataclass(vaerdi) and not isinstance(vaerdi, type):
        navn = type(vaerdi).__name__
        if TYPER.get(navn) is not type(vaerdi):
            raise TypeError(f"{type(vaerdi)} hører ikke til i et øjebliksbillede.")
        med = [f for f in fields(vaerdi) if getattr(vaerdi, f.name) or not f.metadata.get(KUN_NAAR_SAGT)]
        return {MAERKE: navn} | {felt.name: _ud(getattr(vaerdi, felt.name)) for felt in med}
    if isinstance(vaerdi, (list, tuple)):
        return [_ud(led) for led in vaerdi]
    if isinstance(vaerdi, (Decimal, date)):
        return {MAERKE: type(vaerdi).__name__, "v": str(vaerdi) if isinstance(vaerdi, Decimal) else vaerdi.isoformat()}
    if isinstance(vaerdi, str):
        return str(vaerdi)  # also of choices and of text marked safe
    if vaerdi is None or isinstance(vaerdi, (bool, int)):
        return vaerdi
    raise TypeError(f"{type(vaerdi)} hører ikke til i et øjebliksbillede.")


def kanonisk(data: Any) -> bytes:
    """JSON as bytes in one way only."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sha256(data: Any) -> str:
    return hashlib.sha256(kanonisk(data)).hexdigest()


def fra_json(data: Any, hvad: str = "Udgaven") -> Oejebliksbillede:
    """The snapshot as it was frozen, whatever version of the program froze it. Raises Skemafejl."""
    return laest(data, LAESERE, Oejebliksbillede, hvad)


def laest(data: Any, laesere: dict[Any, Callable[[Any], Any]], klasse: type[R], hvad: str) -> R:
    """What {"skema", "billede"} holds, by the reader of its number. Every kind of snapshot is read here, and only here
    is it said that one cannot be. Raises Skemafejl, whatever is wrong with it."""
    try:
        billede = laesere[data["skema"]](data["billede"])
        if not isinstance(billede, klasse):
            raise TypeError(f"{type(billede)} for {klasse}")
    except (Skemafejl, LookupError, TypeError, ValueError, ArithmeticError, AttributeError, RecursionError) as fejl:
        raise Skemafejl(ULAESELIG.format(hvad)) from fejl
    return billede


def hvis_laeselig(hent: Callable[[T], R], papir: T) -> tuple[R | None, str]:
    """For a page that goes on without it: what `hent` reads of a paper, or None and the sentence that names it."""
    try:
        return hent(papir), ""
    except Skemafejl as fejl:
        return None, str(fejl)


ENKLE: dict[str, Callable[[str], Any]] = {
    "Decimal": Decimal,
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
}


def _ind(data: Any) -> Any:
    if isinstance(data, list):
        return tuple(_ind(led) for led in data)
    if not isinstance(data, dict):
        return data
    navn = data.get(MAERKE)
    if navn in ENKLE:
        return ENKLE[navn](data["v"])
    if navn not in TYPER:
        raise Skemafejl(f"Øjebliksbilledet indeholder noget, programmet ikke kender: {navn}")
    felter = {felt: _ind(vaerdi) for felt, vaerdi in data.items() if felt != MAERKE}
    former = _former(TYPER[navn])
    if TYPER[navn] is Dokumentafsnit and isinstance(art := felter.get("art"), str):
        former = former | {"indhold": GenericAlias(tuple, (INDHOLD.get(art, Any), ...))}
    felter = _usagte(TYPER[navn]) | felter
    if felter.keys() != former.keys():
        forskel = ", ".join(sorted(felter.keys() ^ former.keys()))
        raise Skemafejl(f"{navn} i øjebliksbilledet har ikke de felter, programmet kender: {forskel}")
    if galt := [felt for felt, vaerdi in felter.items() if not passer(vaerdi, former[felt])]:
        raise Skemafejl(f"{navn} i øjebliksbilledet har noget andet i {', '.join(galt)}, end programmet kender.")
    return TYPER[navn](**felter)


#: What the sections that are made from data hold, by their art.
INDHOLD: dict[Any, Any] = {
    Afsnitsart.AFTALEDOKUMENTER: str,
    Afsnitsart.KOBLINGSTABELLER: dokument.Koblingstabelvisning,
    Afsnitsart.ORGANISERING: dokument.Gruppevisning,
    Afsnitsart.MAAL_OG_INDIKATORER: dokument.Maalvisning,
    Afsnitsart.PROBLEMKOMPLEKSER: dokument.Problemkompleksvisning,
    Afsnitsart.DELMAAL: dokument.Delmaalsvisning,
    Afsnitsart.AKTIVITETER: dokument.Aktivitetsvisning,
    Afsnitsart.SAMARBEJDSPARTER: dokument.Samarbejdspartsvisning,
    Afsnitsart.BESTYRELSE: dokument.Sidevisning,
    papirer.MILEPAELE: papirer.Milepaelslinje,
    papirer.RISICI: papirer.Risikolinje,
    papirer.GENNEMGANG: str,
    papirer.LAGFAKTA: papirer.Lagfakta,
    papirer.LAGTEKST: str,
}


@cache
def _former(klasse: type) -> dict[str, Any]:
    """{field: its type} of a dataclass of papers."""
    former = get_type_hints(klasse)
    return {felt.name: former[felt.name] for felt in fields(klasse)}


@cache
def _usagte(klasse: type) -> dict[str, Any]:
    """The fields that a snapshot has only when something is said there."""
    return {felt.name: felt.default for felt in fields(klasse) if felt.metadata.get(KUN_NAAR_SAGT)}


#: What the first form had not got, by class: the extreme shares under a stated total, what is to be said of a decision.
NYT_I_2 = {
    "Medfinansiering": {"yderst_mindst_pct": None, "yderst_hoejst_pct": None},
    "Papirrevision": {"maerke": ""},
}


#: What the second had not got: whether it goes up year by year, in words.
NYT_I_3 = {"Budgetpapir": {"balance": ""}}


def _fra_1(data: Any) -> Any:
    return _fra_2(_med(NYT_I_2, data))


def _fra_2(data: Any) -> Any:
    return _fra_4(_med(NYT_I_3, data))


#: What the fifth has in the place of one count: those of an activity, whichever they are. One more is no new form.
ET_ANTAL = {"felt": "forventet_deltagertal", "navn": "Forventet deltagertal"}


def _fra_4(data: Any) -> Any:
    return _ind(_med_antal(data))


def _med_antal(data: Any) -> Any:
    if isinstance(data, list):
        return [_med_antal(led) for led in data]
    if not isinstance(data, dict):
        return data
    if data.get(MAERKE) == "Aktivitetsvisning":
        antal = data[ET_ANTAL["felt"]]
        data = {felt: vaerdi for felt, vaerdi in data.items() if felt != ET_ANTAL["felt"]}
        data["antal"] = [] if antal is None else [{MAERKE: "Antalsfelt", **ET_ANTAL, "antal": antal}]
    return {felt: _med_antal(vaerdi) for felt, vaerdi in data.items()}


def _med(nyt: dict[str, dict[str, Any]], data: Any) -> Any:
    """The data with new fields in each of the classes named, wherever they stand."""
    if isinstance(data, list):
        return [_med(nyt, led) for led in data]
    if not isinstance(data, dict):
        return data
    return nyt.get(data.get(MAERKE, ""), {}) | {felt: _med(nyt, vaerdi) for felt, vaerdi in data.items()}


#: The fourth has the board's members, which no paper had before.
#: A reader for each form that has ever been written. A new form gets a new number, and the old reader stays: it lifts
#: the old data to the classes of today.
LAESERE: dict[Any, Callable[[Any], Any]] = {1: _fra_1, 2: _fra_2, 3: _fra_4, 4: _fra_4, 5: _ind}
