"""What a quarterly status says, as plain data: the page, the paper and the short version are all drawn from it.

The secretariat writes lights, texts and counts. Money, indicators, milestones and risks come by themselves from the
rooms that keep them, as everybody may see them, each with its date. A constant number of queries.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from aftaler.choices import Grad, Milepaelsstatus
from aftaler.models import Helhedsplan, Milepael, Risiko
from aftaler.queries.navne import navnedag, papirnavne
from aftaler.queries.plandele import delaftaler_med_aktiviteter
from budget.queries.kontrol import fund_i
from budget.queries.opfoelgning import Forbrugslinje, Forbrugsopfoelgning, Kvartalstal, huller_i_ord, opfoelgning
from budget.queries.plangrundlag import Plangrundlag, ramme
from helhedsplan.choices import Alvor
from helhedsplan.formats import tal
from helhedsplan.laest import laest_en_gang, raekkerne
from indikatorer.choices import Maaletilstand
from indikatorer.queries.graense import diskretionsgraense
from indikatorer.queries.oversigt import Oversigt, Oversigtslinje
from indikatorer.queries.tal import Tal
from indikatorer.rules.maal import i_enhed
from status.choices import Lys, Punktart
from status.models import Kvartalsstatus, Statuslinje
from status.queries.fulgt import fulgt
from status.rules import OPRULNING, Kvartal, VistAntal, er_vaerre, oprul, vis_taellinger

MILEPAELE_HOEJST = 5
RISICI_HOEJST = 3
#: A risk whose likelihood times consequence is less than this is not for the board.
ALVORLIG_RISIKO = Grad.MIDDEL.value * Grad.HOEJ.value
AFSLUTTEDE = {Milepaelsstatus.NAAET.value, Milepaelsstatus.OPGIVET.value}
SKJULT = "diskretioneret"


@dataclass(frozen=True)
class Statusantal:
    """A count of a line. `antal` None and not `skjult`: nobody has counted."""

    navn: str
    antal: int | None
    skjult: bool

    @property
    def ord(self) -> str:
        return SKJULT if self.skjult else tal(self.antal, 0)


@dataclass(frozen=True)
class Statusaktivitet:
    """noegle: '<indsatsområde>/<aktivitet>'; foer: the light of the last published quarter, '' when it had none."""

    noegle: str
    navn: str
    lys: str
    foer: str
    tekst: str
    begrundelse: str
    deltagere: Statusantal
    taellinger: tuple[Statusantal, ...]

    @property
    def kort_noegle(self) -> str:
        return self.noegle.partition("/")[2]

    @property
    def talte(self) -> list[Statusantal]:
        """The counts that there is something to say of."""
        return [t for t in (self.deltagere, *self.taellinger) if t.skjult or t.antal is not None]

    @property
    def er_vaerre(self) -> bool:
        return er_vaerre(self.lys, self.foer)


@dataclass(frozen=True)
class Statusomraade:
    """A delaftale. Its light follows from its activities' (`rules.oprul`)."""

    noegle: str
    navn: str
    lys: str
    foer: str
    tekst: str
    begrundelse: str
    aktiviteter: tuple[Statusaktivitet, ...]

    @property
    def er_vaerre(self) -> bool:
        return er_vaerre(self.lys, self.foer)


@dataclass(frozen=True)
class Statusmilepael:
    """hvor: the activity, '' for the whole plan. `efter_planen` is false when its day passed without it."""

    noegle: str
    navn: str
    hvor: str
    dato: date | None
    tilstand: str
    skredet: bool

    @property
    def naaet(self) -> bool:
        return self.tilstand == Milepaelsstatus.NAAET


@dataclass(frozen=True)
class Pengelinje:
    """Kroner. What is spent and its budget are of the reported quarters, None when there are none. prognose is what
    will have been spent at the plan's end, None when the quarter is not the newest. mangler: of how many of the
    `ventede` figures nobody has reported anything."""

    navn: str
    budget_i_alt: Decimal
    budget_til_dato: Decimal | None
    forbrug: Decimal | None
    prognose: Decimal | None
    mangler: int
    ventede: int

    @property
    def brugt_pct(self) -> Decimal | None:
        """Of the budget to date; none over gaps, since what is reported is then no part of it that says anything."""
        if self.mangler or self.forbrug is None or not self.budget_til_dato:
            return None
        return self.forbrug * 100 / self.budget_til_dato

    @property
    def huller(self) -> str:
        return huller_i_ord(self.mangler, self.ventede)


@dataclass(frozen=True)
class Statuspenge:
    """Actuals against the budget, up to and with the quarter `til_og_med` ('' when nothing is reported)."""

    budget: str
    til_og_med: str
    er_kvartalets: bool
    linjer: tuple[Pengelinje, ...]
    i_alt: Pengelinje | None


@dataclass(frozen=True)
class Statusindikator:
    """An indicator's newest figure. vist: in words; mod: what it is held up against; diagram: its picture as SVG."""

    noegle: str
    navn: str
    gruppe: str
    fast: bool
    retning: str
    vaerdi: Decimal | None
    vist: str
    hvornaar: str
    kilde: str
    mod: str
    ord: str
    diagram: str


@dataclass(frozen=True)
class Statusrisiko:
    navn: str
    sandsynlighed: str
    konsekvens: str
    haandtering: str


@dataclass(frozen=True)
class Statuspunktet:
    art: str
    tekst: str
    rejst: date | None
    svar: str

    @property
    def til_beslutning(self) -> bool:
        return self.art == Punktart.BESLUTNING


@dataclass(frozen=True)
class Statusforskel:
    """One change since the last published quarter; afsnit: the section of the page that tells more."""

    art: str
    afsnit: str
    tekst: str


@dataclass(frozen=True)
class Statusbillede:
    """A whole status. forrige: the name of the quarter it is held up against, '' for the first.

    forbehold: what the figures of the money cannot be read without (figures that are missing, faults in the budget);
    begrundelse: why it was published all the same.
    """

    plan: str
    plan_navn: str
    kort_navn: str
    periode: str
    parter: tuple[str, ...]
    aar: int
    kvartal: int
    udgave: int
    frist: date
    opgjort: date
    publiceret: datetime | None
    lys: str
    foer: str
    sammenfatning: str
    til_beboere: str
    omraader: tuple[Statusomraade, ...]
    milepaele: tuple[Statusmilepael, ...]
    penge: Statuspenge
    indikatorer: tuple[Statusindikator, ...]
    risici: tuple[Statusrisiko, ...]
    punkter: tuple[Statuspunktet, ...]
    forrige: str
    forskelle: tuple[Statusforskel, ...]
    oprulning: str
    forbehold: tuple[str, ...]
    begrundelse: str
    dokument_id: str

    @property
    def kvartalet(self) -> Kvartal:
        return Kvartal(self.aar, self.kvartal)

    @property
    def navn(self) -> str:
        return self.kvartalet.navn

    @property
    def dage_forsinket(self) -> int:
        return max(0, (self.opgjort - self.frist).days)

    @property
    def beslutninger(self) -> list[Statuspunktet]:
        return [p for p in self.punkter if p.til_beslutning and not p.svar]

    @property
    def opfoelgninger(self) -> list[Statuspunktet]:
        return [p for p in self.punkter if not p.til_beslutning and not p.svar]

    @property
    def lukkede(self) -> list[Statuspunktet]:
        return [p for p in self.punkter if p.svar]

    @property
    def vigtigste(self) -> tuple[Statusforskel, ...]:
        return self.forskelle[:5]

    @property
    def oevrige(self) -> tuple[Statusforskel, ...]:
        return self.forskelle[5:]

    @property
    def faste(self) -> list[Statusindikator]:
        return [i for i in self.indikatorer if i.fast]

    @property
    def lokale(self) -> list[Statusindikator]:
        return [i for i in self.indikatorer if not i.fast]

    @property
    def naeste_milepaele(self) -> list[Statusmilepael]:
        kommende = [
            m for m in self.milepaele if m.dato and m.dato > self.kvartalet.til and m.tilstand not in AFSLUTTEDE
        ]
        return sorted(kommende, key=lambda m: (m.dato, m.navn))[:MILEPAELE_HOEJST]

    @property
    def skredne(self) -> list[Statusmilepael]:
        return [m for m in self.milepaele if m.skredet]

    @property
    def lysantal(self) -> list[tuple[str, int]]:
        """(light, how many activities), for the lights that occur, the worst first."""
        alle = [a.lys for o in self.omraader for a in o.aktiviteter]
        return [(lys.value, alle.count(lys)) for lys in (Lys.ROED, Lys.GUL, Lys.GROEN, Lys.GRAA) if lys in alle]


def lysene(billede: Statusbillede | None) -> dict[str, str]:
    """Key of an area or an activity -> its light; '' is the whole plan."""
    if billede is None:
        return {}
    return {"": billede.lys} | {ting.noegle: ting.lys for o in billede.omraader for ting in (o, *o.aktiviteter)}


def _er_hoej(risiko: Risiko) -> bool:
    return risiko.sandsynlighed * risiko.konsekvens >= ALVORLIG_RISIKO


def risikotal(plan: Helhedsplan) -> str:
    """How many of the plan's risks are high, of how many: "0 af 1"."""
    alle = raekkerne(plan, "risici")
    return f"{tal(sum(map(_er_hoej, alle)))} af {tal(len(alle))}"


# --- a status as it stands --------------------------------------------------------------------------------------------


def statusbillede(
    status: Kvartalsstatus, forrige: Statusbillede | None, tallene: Oversigt, opgjort: date
) -> Statusbillede:
    """A status as it stands, without what differs from the last quarter (`queries.forskel` adds it).

    forrige: the last published one; tallene: the plan's indicators as everybody may see them; opgjort: today.
    """
    plan = status.plan
    hedder = papirnavne(plan, min(status.kvartalet.til, navnedag(plan, opgjort)))
    over = ramme(plan)
    opf = opfoelgning(plan, dato=opgjort, over=over)
    omraader = _omraader(status, forrige)
    aktiviteter = [a.lys for o in omraader for a in o.aktiviteter] or [o.lys for o in omraader]
    risici = [r for r in raekkerne(plan, "risici") if _er_hoej(r)]
    risici.sort(key=lambda r: (-r.sandsynlighed * r.konsekvens, r.orden))
    return Statusbillede(
        plan=plan.noegle,
        plan_navn=hedder.plan,
        kort_navn=hedder.kort,
        periode=plan.periode,
        parter=hedder.parter,
        aar=status.aar,
        kvartal=status.kvartal,
        udgave=status.udgave,
        frist=status.frist,
        opgjort=opgjort,
        publiceret=None,
        lys=oprul(aktiviteter),
        foer=forrige.lys if forrige else "",
        sammenfatning=status.sammenfatning,
        til_beboere=status.til_beboere,
        omraader=omraader,
        milepaele=_milepaele(status),
        penge=_penge(status, opf),
        indikatorer=_indikatorer(tallene),
        risici=tuple(
            Statusrisiko(r.navn, r.get_sandsynlighed_display(), r.get_konsekvens_display(), r.haandtering)
            for r in risici[:RISICI_HOEJST]
        ),
        punkter=tuple(Statuspunktet(p.art, p.tekst, p.rejst, p.svar) for p in raekkerne(status, "punkter")),
        forrige=forrige.navn if forrige else "",
        forskelle=(),
        oprulning=OPRULNING,
        forbehold=_forbehold(status, opf, over),
        begrundelse="",
        dokument_id="",
    )


@laest_en_gang
def linjerne(status: Kvartalsstatus) -> list[Statuslinje]:
    """What is written of delaftaler and activities, with their further counts. Two queries."""
    return list(status.linjer.prefetch_related("taellinger"))


def _omraader(status: Kvartalsstatus, forrige: Statusbillede | None) -> tuple[Statusomraade, ...]:
    """Every delaftale with every activity, also those that nobody has written of yet."""
    graense = diskretionsgraense(status.plan)
    linjer = {linje.sted: linje for linje in linjerne(status)}
    aftaler = delaftaler_med_aktiviteter(status.plan)
    steder = [(f"{d.indsatsomraade.noegle}/{a.noegle}", a.navn) for d in aftaler for a in d.aktiviteter.all()]
    foer = lysene(fulgt(forrige, steder))
    return tuple(_omraade(aftale, linjer, foer, graense) for aftale in aftaler)


def _omraade(aftale, linjer: dict, foer: dict[str, str], graense: int) -> Statusomraade:
    omraade, egen = aftale.indsatsomraade, linjer.get(("delaftale", aftale.pk)) or Statuslinje()
    aktiviteter = tuple(
        _aktivitet(f"{omraade.noegle}/{a.noegle}", a.navn, linjer.get(("aktivitet", a.pk)), foer, graense)
        for a in aftale.aktiviteter.all()
    )
    return Statusomraade(
        noegle=omraade.noegle,
        navn=omraade.navn,
        lys=oprul(a.lys for a in aktiviteter) if aktiviteter else egen.lys,
        foer=foer.get(omraade.noegle, ""),
        tekst=egen.tekst,
        begrundelse=egen.begrundelse,
        aktiviteter=aktiviteter,
    )


def _aktivitet(noegle: str, navn: str, linje: Statuslinje | None, foer: dict[str, str], graense: int):
    talte = [(t.navn, t.antal) for t in linje.taellinger.all()] if linje else []
    linje = linje or Statuslinje()
    deltagere, taellinger = vis_taellinger(linje.deltagere, talte, graense)
    return Statusaktivitet(
        noegle=noegle,
        navn=navn,
        lys=linje.lys,
        foer=foer.get(noegle, ""),
        tekst=linje.tekst,
        begrundelse=linje.begrundelse,
        deltagere=_antal("Deltagere", deltagere),
        taellinger=tuple(_antal(*par) for par in taellinger),
    )


def _antal(navn: str, vist: VistAntal) -> Statusantal:
    return Statusantal(navn, vist.antal, vist.skjult)


def _milepaele(status: Kvartalsstatus) -> tuple[Statusmilepael, ...]:
    """Those of the plan, then those of its activities; a key that occurs twice is numbered."""
    slut = status.kvartalet.til
    ud: list[Statusmilepael] = []
    brugte: dict[str, int] = defaultdict(int)

    def tilfoej(sted: str, hvor: str, milepaele: Iterable) -> None:
        for m in milepaele:
            noegle = f"{sted}:{m.navn}"
            brugte[noegle] += 1
            if brugte[noegle] > 1:
                noegle = f"{noegle} ({brugte[noegle]})"
            skredet = m.status not in AFSLUTTEDE and bool(m.dato and m.dato <= slut)
            ud.append(Statusmilepael(noegle, m.navn, hvor, m.dato, m.status, skredet))

    tilfoej("", "", status.plan.planmilepaele.all())
    egne = Milepael.objects.filter(aktivitet__delaftale__plan=status.plan)
    egne = egne.select_related("aktivitet__delaftale__indsatsomraade")
    for m in egne.order_by("aktivitet__delaftale__indsatsomraade__nummer", "aktivitet__orden", "orden", "pk"):
        a = m.aktivitet
        tilfoej(f"{a.delaftale.indsatsomraade.noegle}/{a.noegle}", a.navn, [m])
    return tuple(ud)


def _penge(status: Kvartalsstatus, opf: Forbrugsopfoelgning) -> Statuspenge:
    """Up to and with the quarter, or the last one before it that is reported; of the budget as it is that day."""
    til = (status.aar, status.kvartal)
    rapporteret = [k for k in opf.i_alt.kvartaler if k.kvartal <= til and k.forbrug is not None]
    navn = f"{opf.version.budget.navn} ({opf.version.navn})" if opf.version else ""
    if not rapporteret:
        return Statuspenge(navn, "", False, (), None)
    sidst = rapporteret[-1]
    nyest = sidst.kvartal == opf.seneste

    def linje(f: Forbrugslinje) -> Pengelinje | None:
        k: Kvartalstal | None = next((k for k in f.kvartaler if k.kvartal == sidst.kvartal), None)
        if k is None or not (f.budget_i_alt or k.forbrug_akk):
            return None
        prognose = f.prognose if nyest else None
        huller = (k.mangler_akk, k.ventede_akk)
        return Pengelinje(f.navn, f.budget_i_alt, k.budget_meldt_akk, k.forbrug_akk, prognose, *huller)

    linjer = tuple(fundet for f in opf.linjer if (fundet := linje(f)))
    return Statuspenge(navn, sidst.navn, sidst.kvartal == til, linjer, linje(opf.i_alt))


def _forbehold(status: Kvartalsstatus, opf: Forbrugsopfoelgning, over: Plangrundlag) -> tuple[str, ...]:
    """Figures that nobody has reported before the last that the status shows, and what is a fault in the budget."""
    hidtil = [k for k in opf.i_alt.kvartaler if k.kvartal <= (status.aar, status.kvartal)]
    til = max((k.kvartal for k in hidtil if k.forbrug is not None), default=None)
    mangler = opf.mangler_i_ord(til) if til else ""
    fund = fund_i(opf.version, over) if opf.version else []
    fejl = [f.besked for f in fund if f.alvor == Alvor.FEJL]
    return (*([f"Forbrug: {mangler} Det er ikke regnet som 0."] if mangler else []), *fejl)


def _indikatorer(tallene: Oversigt) -> tuple[Statusindikator, ...]:
    return tuple(_indikator(gruppe.titel, linje) for gruppe in tallene.grupper for linje in gruppe.linjer)


def _indikator(gruppe: str, linje: Oversigtslinje) -> Statusindikator:
    indikator, billede = linje.billede.indikator, linje.billede
    nyeste, mod = linje.nyeste, linje.sammenlignet
    serie = billede.foerste.serie if billede.foerste else None
    return Statusindikator(
        noegle=indikator.noegle,
        navn=indikator.navn,
        gruppe=gruppe,
        fast=indikator.fast_id is not None,
        retning=indikator.retning,
        vaerdi=nyeste.maalt if nyeste else None,
        vist=vist_tal(nyeste),
        hvornaar=nyeste.hvornaar if nyeste else "",
        kilde=nyeste.kilde if nyeste else "",
        mod=f"{serie.kaldes} {vist_tal(mod)} ({mod.hvornaar})" if serie and mod else "",
        ord=billede.foerste.ord if billede.foerste else "",
        diagram="",
    )


def vist_tal(t: Tal | None) -> str:
    """A figure with its unit, and a percentage with what it is of; missing and hidden are two things."""
    if t is None or t.tilstand == Maaletilstand.MANGLER:
        return tal(None)
    if t.maalt is None:
        return SKJULT
    figur = i_enhed(t.maalt, t.enhed, t.viste_decimaler)
    if t.antal is not None and t.grundlag is not None and t.vaerdi != t.antal:
        return f"{figur} ({tal(t.antal, 0)} af {tal(t.grundlag, 0)})"
    return figur
