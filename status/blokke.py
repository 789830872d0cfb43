"""The short versions for residents as blocks: of a status, from its snapshot, and of the plan. Plain words, no counts,
no names of persons."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.text import capfirst

from aftaler.models import Aktivitet, Delaftale, Helhedsplan
from aftaler.queries.navne import Navnebog, papirnavne
from aftaler.queries.plandele import delaftaler_med_aktiviteter
from budget.queries.opfoelgning import opfoelgning
from helhedsplan.blokke.model import AFSNIT, FORSIDE, Blokdel, Blokdokument, Loeb, Tekstblok, tekst
from helhedsplan.formats import lang_dato, mio
from helhedsplan.tekst import ren_tekst
from status.choices import Lys
from status.queries.statusindhold import Statusbillede, Statusomraade

ARK = "opslag"
#: What a light is called among neighbours.
I_HVERDAGEN = {
    Lys.GROEN: "Det går, som vi havde planlagt.",
    Lys.GUL: "Noget går langsommere eller anderledes end planlagt. Vi holder øje.",
    Lys.ROED: "Det går ikke som planlagt. Vi er ved at lave det om.",
    Lys.GRAA: "Vi er ikke begyndt endnu.",
}
HOEJST_ORD = 40
OM_HELHEDSPLANER = "En boligsocial helhedsplan er et samarbejde om at gøre hverdagen bedre der, hvor man bor."
SPOERG = "Vil du være med eller høre mere, så spørg i sekretariatet eller i din afdelingsbestyrelse."


def kort_status(s: Statusbillede) -> Blokdokument:
    """A published status in short; of the snapshot alone, so that it never changes."""
    naeste = [tekst(f"{m.navn}: {lang_dato(m.dato)}", "punkt", niveau=1) for m in s.naeste_milepaele[:3]]
    penge = _penge(s)
    dele = (
        Blokdel("arbejde", "Det arbejder vi med", 2, tuple(map(_omraade, s.omraader)), slags=AFSNIT),
        *([Blokdel("snart", "Det sker snart", 2, tuple(naeste), slags=AFSNIT)] if naeste else []),
        *([Blokdel("penge", "Penge", 2, (tekst(penge),), slags=AFSNIT)] if penge else []),
    )
    ord_ = [Tekstblok((Loeb(_ord(s.lys), fed=True),)), *([tekst(s.til_beboere)] if s.til_beboere else [])]
    front = _front(f"Sådan går det i {s.kort_navn}", capfirst(s.navn), ord_)
    return Blokdokument(
        "", f"Sådan går det, {s.navn}", s.plan_navn, s.kort_navn, (), s.publiceret, (front, *dele), ark=ARK
    )


def _front(titel: str, underlinje: str, ord_: Iterable[Tekstblok]) -> Blokdel:
    return Blokdel(FORSIDE, "", 0, (tekst(titel, "titel"), tekst(underlinje, "underlinje"), *ord_))


def _omraade(o: Statusomraade) -> Tekstblok:
    laver = f" Vi laver: {', '.join(a.navn for a in o.aktiviteter)}." if o.aktiviteter else ""
    return Tekstblok((Loeb(f"{o.navn}.", fed=True), Loeb(f" {_ord(o.lys)}{laver}")), "punkt", 1)


def _penge(s: Statusbillede) -> str:
    i_alt = s.penge.i_alt
    if not i_alt or i_alt.forbrug is None:
        return ""
    mangler = " Nogle af tallene mangler." if any(f.startswith("Forbrug:") for f in s.forbehold) else ""
    return f"Vi har brugt {_runde(i_alt.forbrug)} af {_runde(i_alt.budget_i_alt)} indtil nu.{mangler}"


def _ord(lys: str) -> str:
    return I_HVERDAGEN[Lys(lys)] if lys else ""


def _runde(kr: Decimal) -> str:
    """In tenths of a million: residents are told the size and not the øre."""
    return mio(Decimal(round(kr / 100_000)) * 100_000)


def kort_plan(plan: Helhedsplan) -> Blokdokument:
    """The plan in short: where, how long, who pays, and what is done."""
    aftaler = delaftaler_med_aktiviteter(plan)
    bog = Navnebog(plan)
    hedder = papirnavne(plan, bog=bog)
    parter = hedder.parter
    omraader = ", ".join(map(bog, plan.omraader.select_related("lagt_ind_i")))
    i_alt = opfoelgning(plan).i_alt.budget_i_alt
    hvor = f" Den her gælder {omraader}." if omraader else ""
    hvem = [f"Med er {', '.join(parter)}."] if parter else []
    afsat = [f"Der er afsat {mio(i_alt)} i alt."] if i_alt else []
    med = [tekst(" ".join(hvem + afsat))] if hvem or afsat else []
    front = _front(hedder.plan, plan.periode, [tekst(f"{OM_HELHEDSPLANER}{hvor} Den løber {plan.periode}."), *med])
    dele = (*map(_indsats, aftaler), Blokdel("spoerg", "Vær med", 2, (tekst(SPOERG),), slags=AFSNIT))
    return Blokdokument("", "Kort om planen", hedder.plan, hedder.kort, parter, None, (front, *dele), ark=ARK)


def _indsats(aftale: Delaftale) -> Blokdel:
    aktiviteter = tuple(map(_aktivitet, aftale.aktiviteter.all()))
    ingen = tekst("Der er ikke skrevet aktiviteter endnu.", "mindre")
    omraade = aftale.indsatsomraade
    return Blokdel(omraade.noegle, omraade.navn, 2, aktiviteter or (ingen,), slags=AFSNIT)


def _aktivitet(a: Aktivitet) -> Tekstblok:
    formaal = foerste_saetninger(a.formaal)
    return Tekstblok((Loeb(f"{a.navn}.", fed=True), Loeb(f" {formaal}" if formaal else "")), "punkt", 1)


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
