"""What is new since a plan that came before: by the links between the plans, through the plans between them.

Delaftaler are followed by what they go on from, also where the next pulje calls the indsatsområde something else; one
that says nothing is followed by its indsatsområde's key, then by its name. Activities are followed by their links
alone, delmål by key or words, the pulje's goals as was decided when the plan went on, parties by the organisation (also
one that was put into another), areas by key or by any of their names.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.utils import timezone

from aftaler.models import (
    Aktivitet,
    Delaftale,
    Delmaal,
    Helhedsplan,
    Maalovergang,
    Omraade,
    Organisation,
    OverordnetMaal,
)
from aftaler.queries.navne import Navnebog, er_blevet_til, navnedag
from aftaler.queries.overgange import kommet_af
from helhedsplan.tvillinger import foldet

#: How far back a chain of plans is followed.
GENERATIONER = 20


@dataclass(frozen=True)
class Aktivitetslinje:
    navn: str
    status: str
    foer: tuple[str, ...]
    """Names it had in the plans before, the latest first, where they were others; () for a new one."""
    url: str
    siden: str = ""
    """Of one that is new since the older plan: the plan between them that it began in; '' when that is this one."""


@dataclass(frozen=True)
class Omraadenyt:
    """One delaftale: activities that are new, that go on, and that are not carried on; delmål likewise, `omskrevne` as
    (before, now). `foer`: what its indsatsområde, or those it was put together of, was called."""

    navn: str
    nye: tuple[Aktivitetslinje, ...]
    fortsatte: tuple[Aktivitetslinje, ...]
    ophoerte: tuple[str, ...]
    nye_delmaal: tuple[str, ...]
    ophoerte_delmaal: tuple[str, ...]
    omskrevne_delmaal: tuple[tuple[str, str], ...] = ()
    foer: tuple[str, ...] = ()
    er_ophoert: bool = False
    er_ny: bool = False


@dataclass(frozen=True)
class Maalnyt:
    """The pulje's fixed goals of what the plans have chosen: `blev_til` as (before, now) where words or number are
    others."""

    nye: tuple[str, ...] = ()
    ophoerte: tuple[str, ...] = ()
    blev_til: tuple[tuple[str, str], ...] = ()

    @property
    def er_der_noget(self) -> bool:
        return bool(self.nye or self.ophoerte or self.blev_til)


@dataclass(frozen=True)
class NytSiden:
    """Differences between a plan and one before it; `omraader` in the order of the new plan, then what has gone.
    `omdoebte_*` are (before, now) of what is there in both by other names."""

    plan: Helhedsplan
    forgaenger: Helhedsplan
    kaede: tuple[Helhedsplan, ...]
    """All the plans before it, the nearest first, and last those that were put into it or that it was split from."""
    nye_parter: tuple[str, ...]
    ophoerte_parter: tuple[str, ...]
    nye_omraader: tuple[str, ...]
    ophoerte_omraader: tuple[str, ...]
    omdoebte_parter: tuple[tuple[str, str], ...] = ()
    omdoebte_omraader: tuple[tuple[str, str], ...] = ()
    indsatsomraader: tuple[Omraadenyt, ...] = field(default_factory=tuple)
    maal: Maalnyt = Maalnyt()


def forgaengere(plan: Helhedsplan) -> list[Helhedsplan]:
    """The plans before it, the nearest first. A query for each further back than the first."""
    ud: list[Helhedsplan] = []
    led = plan.forgaenger
    while led is not None and led not in (plan, *ud) and len(ud) < GENERATIONER:
        ud.append(led)
        led = led.forgaenger
    return ud


def nyt_siden_forgaenger(plan: Helhedsplan, siden: str = "") -> NytSiden | None:
    """Since the plan before it, or since the one further back whose key is `siden`. None when there is none before. As
    many queries however large the plans are, and one more for each step back."""
    kaede = forgaengere(plan)
    sammen = [lag.plan for lag in kommet_af(plan) if lag.plan not in kaede]
    if not (kaede or sammen):
        return None
    if anden := next((en for en in sammen if en.noegle == siden or not kaede), None):
        return _nyt_siden(plan, [*kaede, *sammen], [anden])
    nr = next((nr for nr, en in enumerate(kaede, 1) if en.noegle == siden), 1)
    return _nyt_siden(plan, [*kaede, *sammen], kaede[:nr])


def _nyt_siden(plan: Helhedsplan, alle: Sequence[Helhedsplan], kaede: Sequence[Helhedsplan]) -> NytSiden:
    """Since the last of the plans in `kaede`, the nearest first."""
    gammel = kaede[-1]
    # What the older is told in is never later than what the newer is: else a name would change back.
    nu = timezone.localdate()
    nydag, gammeldag = navnedag(plan, nu), navnedag(gammel, nu)
    hed, hedder = Navnebog(gammel, min(gammeldag, nydag)), Navnebog(plan, nydag)
    parter = _parter(plan, gammel, hed, hedder)
    omraader = _omraader(plan, gammel, hed, hedder)
    return NytSiden(
        plan=plan,
        forgaenger=gammel,
        kaede=tuple(alle),
        nye_parter=parter.nye,
        ophoerte_parter=parter.ophoerte,
        omdoebte_parter=parter.omdoebte,
        nye_omraader=omraader.nye,
        ophoerte_omraader=omraader.ophoerte,
        omdoebte_omraader=omraader.omdoebte,
        indsatsomraader=tuple(_Delaftaler(plan, kaede).forskelle()),
        maal=_maal([plan, *kaede]),
    )


# --- parties and areas ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Forskel:
    nye: tuple[str, ...]
    ophoerte: tuple[str, ...]
    omdoebte: tuple[tuple[str, str], ...]


def _forskel(nye: Iterable, gamle: Iterable, ens: Callable, hedder: Callable, hed: Callable) -> _Forskel:
    nye, gamle = list(nye), list(gamle)
    par = [(gl, ny) for ny in nye for gl in gamle if ens(gl, ny)]
    kendte_nye, kendte_gamle = {ny.pk for _, ny in par}, {gl.pk for gl, _ in par}
    omdoebte = [(hed(gl), hedder(ny)) for gl, ny in par]
    return _Forskel(
        tuple(hedder(ny) for ny in nye if ny.pk not in kendte_nye),
        tuple(hed(gl) for gl in gamle if gl.pk not in kendte_gamle),
        tuple((foer, nu) for foer, nu in omdoebte if foer.casefold() != nu.casefold()),
    )


def _parter(plan: Helhedsplan, gammel: Helhedsplan, hed: Navnebog, hedder: Navnebog) -> _Forskel:
    """Two organisations that have become one are the same party."""
    nye, gamle = (
        [p.organisation for p in en.parter.select_related("organisation__lagt_ind_i__lagt_ind_i")]
        for en in (plan, gammel)
    )

    def ens(gl: Organisation, ny: Organisation) -> bool:
        return er_blevet_til(gl) == er_blevet_til(ny)

    return _forskel(nye, gamle, ens, hedder, hed)


def _omraader(plan: Helhedsplan, gammel: Helhedsplan, hed: Navnebog, hedder: Navnebog) -> _Forskel:
    nye, gamle = (list(en.omraader.select_related("lagt_ind_i").prefetch_related("navne")) for en in (plan, gammel))

    def ens(gl: Omraade, ny: Omraade) -> bool:
        return gl.noegle == ny.noegle or bool(_alle_navne(gl) & _alle_navne(ny))

    return _forskel(nye, gamle, ens, hedder, hed)


def _alle_navne(omraade: Omraade) -> set[str]:
    return {omraade.navn.casefold(), *(n.navn.casefold() for n in omraade.navne.all())}


# --- the pulje's goals ------------------------------------------------------------------------------------------------


def _maal(planer: Sequence[Helhedsplan]) -> Maalnyt:
    """What became of the fixed goals from the last of the plans to the first: as was decided when each was begun, else
    by the same goal or the same words. Three queries; none where all stand under one rule set, or one's is not told."""
    ny, gammel = planer[0], planer[-1]
    if len({p.regelsaet_id for p in planer}) == 1 or not all(p.kender_puljen for p in planer):
        return Maalnyt()
    alle: dict[int, list[OverordnetMaal]] = {p.regelsaet_id: [] for p in planer}
    maal = OverordnetMaal.objects.filter(indsatsomraade__regelsaet__in=alle).select_related("indsatsomraade")
    for m in maal.order_by("nummer", "pk"):
        alle[m.indsatsomraade.regelsaet_id].append(m)
    sagt: dict[int, dict[int, int | None]] = {p.pk: {} for p in planer}
    for plan_id, fra, til in Maalovergang.objects.filter(plan__in=sagt).values_list("plan_id", "fra_id", "til_id"):
        sagt[plan_id][fra] = til
    valg = Helhedsplan.indsatsomraader.through.objects.filter(helhedsplan__in=(ny.pk, gammel.pk))
    valgte: dict[int, set[int]] = {ny.pk: set(), gammel.pk: set()}
    for plan_id, omraade in valg.values_list("helhedsplan_id", "indsatsomraade_id"):
        valgte[plan_id].add(omraade)

    def valgt(plan: Helhedsplan) -> list[OverordnetMaal]:
        egne = valgte[plan.pk]
        return [m for m in alle[plan.regelsaet_id] if not egne or m.indsatsomraade_id in egne]

    blev: dict[int, OverordnetMaal | None] = {m.pk: m for m in valgt(gammel)}
    for nyere in reversed(planer[:-1]):
        blev = {pk: _naeste_maal(m, sagt[nyere.pk], alle[nyere.regelsaet_id]) for pk, m in blev.items()}
    naaet = {m.pk for m in blev.values() if m}
    par = [(str(m), blev[m.pk]) for m in valgt(gammel)]
    return Maalnyt(
        nye=tuple(str(m) for m in valgt(ny) if m.pk not in naaet),
        ophoerte=tuple(foer for foer, nu in par if nu is None),
        blev_til=tuple((foer, str(nu)) for foer, nu in par if nu is not None and str(nu) != foer),
    )


def _naeste_maal(
    maal: OverordnetMaal | None, sagt: dict[int, int | None], nye: list[OverordnetMaal]
) -> OverordnetMaal | None:
    """One step: as it was decided, else the same goal, else the one with the same words."""
    if maal is None:
        return None
    if maal.pk in sagt:
        return next((m for m in nye if m.pk == sagt[maal.pk]), None)
    ens = (lambda m: m.pk == maal.pk, lambda m: foldet(m.tekst) == foldet(maal.tekst))
    return next((m for passer in ens for m in nye if passer(m)), None)


# --- delaftaler -------------------------------------------------------------------------------------------------------


class _Delaftaler:
    """The delaftaler of the plan and of those before it, each generation followed to the one before. Five queries."""

    def __init__(self, plan: Helhedsplan, kaede: Sequence[Helhedsplan]):
        self.plan = plan
        planer = [plan, *kaede]
        alle = Delaftale.objects.filter(plan__in=planer).select_related("indsatsomraade")
        uden_prosa = Aktivitet.objects.only("noegle", "navn", "status", "orden", "delaftale", "fortsaetter")
        alle = alle.prefetch_related("delmaal", Prefetch("aktiviteter", uden_prosa), "fortsaetter").order_by(
            "indsatsomraade__nummer", "pk"
        )
        self.generationer: list[list[Delaftale]] = [[a for a in alle if a.plan_id == p.pk] for p in planer]
        self.plannavne = {p.pk: p.navn for p in planer}
        self.planer = {a.pk: a.plan_id for a in alle}
        self.adresser: dict[int, str] = {}
        for aftale in self.generationer[0]:
            aftale.plan = plan
            self.adresser[aftale.pk] = aftale.get_absolute_url()
        self.aktiviteter: dict[int, Aktivitet] = {akt.pk: akt for a in alle for akt in a.aktiviteter.all()}

    def foregaaende(self) -> dict[int, list[Delaftale]]:
        """For each delaftale of the plan, those of the oldest that it goes on from, through the generations."""
        fundet = {a.pk: [a] for a in self.generationer[0]}
        for nyere, aeldre in zip(self.generationer, self.generationer[1:], strict=False):
            trin = _et_trin(nyere, aeldre)
            fundet = {pk: _entydige(gl for en in led for gl in trin[en.pk]) for pk, led in fundet.items()}
        return fundet

    def forskelle(self) -> Iterable[Omraadenyt]:
        foregaaende = self.foregaaende()
        veje = [self._vej(akt) for a in self.generationer[0] for akt in a.aktiviteter.all()]
        viderefoert = {vej[-1].pk for vej in veje if vej}
        fortalt: set[int] = set()
        for aftale in self.generationer[0]:
            gamle = foregaaende[aftale.pk]
            nye_her = [gl for gl in gamle if gl.pk not in fortalt]
            fortalt |= {gl.pk for gl in gamle}
            yield self._en(aftale, gamle, nye_her, viderefoert)
        for aftale in self.generationer[-1]:
            if aftale.pk not in fortalt:
                yield self._en(None, [aftale], [aftale], viderefoert)

    def _en(
        self, aftale: Delaftale | None, gamle: list[Delaftale], foerst_her: list[Delaftale], viderefoert: set[int]
    ) -> Omraadenyt:
        """`foerst_her`: of the old ones, those whose end is told here and at no other that goes on from them too."""
        aktiviteter = list(aftale.aktiviteter.all()) if aftale else []
        veje = {akt.pk: self._vej(akt) for akt in aktiviteter}
        delmaal = list(aftale.delmaal.all()) if aftale else []
        nye, omskrevne, ophoerte = _delmaal(delmaal, [d for gl in gamle for d in gl.delmaal.all()])
        navn = (aftale or gamle[0]).indsatsomraade.navn
        foer = tuple(gl.indsatsomraade.navn for gl in gamle if gl.indsatsomraade.navn.casefold() != navn.casefold())
        return Omraadenyt(
            navn=navn,
            nye=tuple(self._linje(aftale, akt, ()) for akt in aktiviteter if not veje[akt.pk]),
            fortsatte=tuple(self._linje(aftale, akt, veje[akt.pk]) for akt in aktiviteter if veje[akt.pk]),
            ophoerte=tuple(a.navn for gl in foerst_her for a in gl.aktiviteter.all() if a.pk not in viderefoert),
            nye_delmaal=nye,
            ophoerte_delmaal=ophoerte,
            omskrevne_delmaal=omskrevne,
            foer=foer,
            er_ophoert=aftale is None,
            er_ny=not gamle,
        )

    def _vej(self, aktivitet: Aktivitet) -> list[Aktivitet]:
        """What it goes on from, back to the oldest plan; nothing when the way does not reach it."""
        vej: list[Aktivitet] = []
        aeldste = {a.pk for a in self.generationer[-1]}
        led = self.aktiviteter.get(aktivitet.fortsaetter_id)
        while led is not None and led not in vej:
            vej.append(led)
            if led.delaftale_id in aeldste:
                return vej
            led = self.aktiviteter.get(led.fortsaetter_id)
        return []

    def _begyndt(self, aktivitet: Aktivitet) -> str:
        """The plan between the two that a new activity began in."""
        set_, led = set(), aktivitet
        while (foer := self.aktiviteter.get(led.fortsaetter_id)) is not None and led.pk not in set_:
            set_.add(led.pk)
            led = foer
        plan = self.planer[led.delaftale_id]
        return "" if plan == self.plan.pk else self.plannavne[plan]

    def _linje(self, aftale: Delaftale, aktivitet: Aktivitet, vej: Sequence[Aktivitet]) -> Aktivitetslinje:
        url = f"{self.adresser[aftale.pk]}#aktivitet-{aktivitet.noegle}"
        status = aktivitet.get_status_display() if aktivitet.status else ""
        navne = [en.navn for en in (aktivitet, *vej)]
        foer = tuple(navn for nr, navn in enumerate(navne[1:]) if navn != navne[nr])
        siden = "" if vej else self._begyndt(aktivitet)
        return Aktivitetslinje(aktivitet.navn, status, foer, url, siden)


def _et_trin(nyere: list[Delaftale], aeldre: list[Delaftale]) -> dict[int, list[Delaftale]]:
    """For each delaftale, those of the plan before that it goes on from: as it says, else by key, else by name."""
    mulige = {gl.pk: gl for gl in aeldre}
    sagt = {a.pk: [mulige[f.pk] for f in a.fortsaetter.all() if f.pk in mulige] for a in nyere}
    ledige = [gl for gl in aeldre if gl not in [en for led in sagt.values() for en in led]]
    for aftale in (a for a in nyere if not sagt[a.pk]):
        for kende in (lambda a: a.indsatsomraade.noegle, lambda a: a.indsatsomraade.navn.casefold()):
            ens = [gl for gl in ledige if kende(gl) == kende(aftale)]
            if ens:
                sagt[aftale.pk] = ens[:1]
                break
    return sagt


def _entydige(aftaler: Iterable[Delaftale]) -> list[Delaftale]:
    return list({a.pk: a for a in aftaler}.values())


def _delmaal(
    nye: list[Delmaal], gamle: list[Delmaal]
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...], tuple[str, ...]]:
    """New, written anew as (before, now), and gone: the same words are the same, then the same key."""
    ledige = list(gamle)
    uden: list[Delmaal] = []
    for ny in nye:
        ens = next((gl for gl in ledige if gl.tekst.casefold() == ny.tekst.casefold()), None)
        if ens is None:
            uden.append(ny)
        else:
            ledige.remove(ens)
    omskrevne, helt_nye = [], []
    for ny in uden:
        if (gl := next((gl for gl in ledige if gl.noegle == ny.noegle), None)) is not None:
            ledige.remove(gl)
            omskrevne.append((gl.tekst, ny.tekst))
        else:
            helt_nye.append(ny.tekst)
    return tuple(helt_nye), tuple(omskrevne), tuple(gl.tekst for gl in ledige)
