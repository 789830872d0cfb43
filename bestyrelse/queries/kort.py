"""The short versions for residents: of a status, from its snapshot, and of the plan. Plain words, no counts, no names
of persons."""

from dataclasses import dataclass
from decimal import Decimal

from aftaler.models import Helhedsplan
from bestyrelse.choices import Lys
from bestyrelse.queries.billede import Statusbillede
from budget.queries.opfoelgning import opfoelgning
from helhedsplan.formats import antal, lang_dato, mio
from helhedsplan.tekst import ren_tekst

#: What a light is called among neighbours.
I_HVERDAGEN = {
    Lys.GROEN: "Det går, som vi havde planlagt.",
    Lys.GUL: "Noget går langsommere eller anderledes end planlagt. Vi holder øje.",
    Lys.ROED: "Det går ikke som planlagt. Vi er ved at lave det om.",
    Lys.GRAA: "Vi er ikke begyndt endnu.",
}
HOEJST_ORD = 40


@dataclass(frozen=True)
class Kortomraade:
    navn: str
    ord: str
    aktiviteter: tuple[str, ...]


@dataclass(frozen=True)
class Kortstatus:
    plan: str
    plan_navn: str
    kort_navn: str
    navn: str
    dokument_id: str
    publiceret: object
    lys: str
    ord: str
    tekst: str
    omraader: tuple[Kortomraade, ...]
    milepaele: tuple[str, ...]
    penge: str


def kort_status(s: Statusbillede) -> Kortstatus:
    """A published status in short; of the snapshot alone, so that it never changes."""
    naeste = tuple(f"{m.navn}: {lang_dato(m.dato)}" for m in s.naeste_milepaele[:3])
    i_alt = s.penge.i_alt
    penge = (
        f"Vi har brugt {_runde(i_alt.forbrug)} af {_runde(i_alt.budget_i_alt)} indtil nu."
        if i_alt and i_alt.forbrug is not None
        else ""
    )
    if penge and any(f.startswith("Forbrug:") for f in s.forbehold):
        penge += " Nogle af tallene mangler."
    return Kortstatus(
        plan=s.plan,
        plan_navn=s.plan_navn,
        kort_navn=s.kort_navn,
        navn=s.navn,
        dokument_id=s.dokument_id,
        publiceret=s.publiceret,
        lys=s.lys,
        ord=_ord(s.lys),
        tekst=s.til_beboere,
        omraader=tuple(Kortomraade(o.navn, _ord(o.lys), tuple(a.navn for a in o.aktiviteter)) for o in s.omraader),
        milepaele=naeste,
        penge=penge,
    )


def _ord(lys: str) -> str:
    return I_HVERDAGEN[Lys(lys)] if lys else ""


def _runde(kr: Decimal) -> str:
    """In tenths of a million: residents are told the size and not the øre."""
    return mio(Decimal(round(kr / 100_000)) * 100_000)


@dataclass(frozen=True)
class Kortaktivitet:
    navn: str
    formaal: str


@dataclass(frozen=True)
class Kortindsats:
    navn: str
    aktiviteter: tuple[Kortaktivitet, ...]


@dataclass(frozen=True)
class Kortplan:
    plan: str
    plan_navn: str
    periode: str
    omraader: tuple[str, ...]
    parter: tuple[str, ...]
    indsatser: tuple[Kortindsats, ...]
    antal: str
    penge: str


def kort_plan(plan: Helhedsplan) -> Kortplan:
    """The plan in short: where, how long, who pays, and what is done."""
    aftaler = plan.delaftaler.select_related("indsatsomraade").prefetch_related("aktiviteter")
    indsatser = tuple(
        Kortindsats(
            a.indsatsomraade.navn,
            tuple(Kortaktivitet(x.navn, foerste_saetninger(x.formaal)) for x in a.aktiviteter.all()),
        )
        for a in aftaler
    )
    i_alt = opfoelgning(plan).i_alt.budget_i_alt
    return Kortplan(
        plan=plan.noegle,
        plan_navn=plan.navn,
        periode=plan.periode,
        omraader=tuple(plan.omraader.values_list("navn", flat=True)),
        parter=tuple(plan.parter.select_related("organisation").values_list("organisation__navn", flat=True)),
        indsatser=indsatser,
        antal=antal(sum(len(i.aktiviteter) for i in indsatser), "aktivitet", "aktiviteter"),
        penge=mio(i_alt) if i_alt else "",
    )


def foerste_saetninger(prosa: str) -> str:
    """The first paragraph of a text, at most forty words of whole sentences; its first sentence whatever its length."""
    linjer = ren_tekst(prosa).splitlines()
    if not linjer:
        return ""
    valgte: list[str] = []
    ord_ = 0
    for saetning in linjer[0].replace(". ", ".\n").splitlines():
        ord_ += len(saetning.split())
        if valgte and ord_ > HOEJST_ORD:
            break
        valgte.append(saetning)
    return " ".join(valgte)
