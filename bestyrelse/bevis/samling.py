"""The evidence of a year for the auditor: when the board had each fixed goal's figures before it, of which year, and
what it concluded.

It is put together from records alone: the follow-ups as they were written, the published statuses' snapshots, who has
read them, and the board's meetings with their decisions and minutes. A follow-up is one that concludes on the goal
itself; that a status has shown its figures is told beside it and is no follow-up. Nothing is left out: a goal without a
follow-up says so.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from aftaler.models import Helhedsplan, OverordnetMaal
from bestyrelse import oejebliksbillede
from bestyrelse.choices import FROSNE, Moedeart, Moedepapirart, Moedetilstand
from bestyrelse.models import Afgoerelse, Dagsordenspunkt, Kvartalsstatus, Laest, Moede, Moedepapir
from bestyrelse.queries.billede import Statusbillede
from dokumenter.lager import sha256
from dokumenter.oejebliksbillede import kanonisk
from helhedsplan.fund import Fund
from helhedsplan.models import Haendelse
from indikatorer.models import Indikator, Opfoelgning
from indikatorer.queries.opfoelgning import frist, plan_maal
from indikatorer.rules.opfoelgning import Frist, Maalopfoelgning, opfoelgning_mangler, senest


@dataclass(frozen=True)
class Bevistal:
    """A figure as the board saw it, in words; `hvornaar` is its data year or event."""

    indikator: str
    sted: str
    hvornaar: str
    tal: str
    kilde: str


@dataclass(frozen=True)
class Bevismoede:
    """A meeting of the board, with its newest minutes; nummer 0: none have been sent. url: of the very minutes."""

    navn: str
    dato: date
    url: str
    nummer: int = 0
    sendt: datetime | None = None
    sha256: str = ""


@dataclass(frozen=True)
class Bevisopfoelgning:
    """One time that the board concluded on a goal. forrige: when it did before, or the plan's first day; for_sent: that
    was longer ago than allowed. sha256: of the record as it is kept."""

    dato: date
    forrige: date | None
    for_sent: bool
    data_aar: int
    tal: tuple[Bevistal, ...]
    konklusion: str
    moeder: tuple[Bevismoede, ...]
    sha256: str


@dataclass(frozen=True)
class Behandling:
    """A meeting that had a status on its agenda, and what it concluded on it; resultat '' while it has not."""

    moede: Bevismoede
    punkt: str
    resultat: str
    tekst: str


@dataclass(frozen=True)
class Forelagt:
    """A published status with a goal's figures. laest: the days that members read it."""

    navn: str
    kvartal: str
    publiceret: date
    trukket: bool
    laest: tuple[date, ...]
    tal: tuple[Bevistal, ...]
    behandlinger: tuple[Behandling, ...]


@dataclass(frozen=True)
class Bevismaal:
    """A fixed goal in the year. `sidst`: the follow-up before it, if any; fund: that too long has gone by."""

    nummer: int
    tekst: str
    indsatsomraade: str
    opfoelgninger: tuple[Bevisopfoelgning, ...]
    forelagt: tuple[Forelagt, ...]
    sidst: date | None
    fund: tuple[Fund, ...]

    @property
    def er_fulgt_op(self) -> bool:
        return bool(self.opfoelgninger)

    @property
    def har_statustal(self) -> bool:
        return any(s.tal for s in self.forelagt)


@dataclass(frozen=True)
class Beviskilde:
    """A record that the evidence is made of, with the hash that it can be known by."""

    hvad: str
    dato: date
    sha256: str


@dataclass(frozen=True)
class Bevis:
    """opgjort: the last day it tells of. senest: when its newest record was written."""

    plan: str
    plan_navn: str
    kort_navn: str
    periode: str
    pulje: str
    parter: tuple[str, ...]
    aar: int
    opgjort: date
    er_forbi: bool
    frist: Frist
    maal: tuple[Bevismaal, ...]
    kilder: tuple[Beviskilde, ...]
    senest: datetime | None

    @property
    def mangler(self) -> list[Bevismaal]:
        return [m for m in self.maal if not m.er_fulgt_op]


def bevisaar(plan: Helhedsplan, i_dag: date) -> list[int]:
    """The years that there can be evidence of, newest first: those the plan has run in, and those with a follow-up."""
    aar = {dag.year for dag in Opfoelgning.objects.filter(plan=plan).dates("dato", "year")}
    if plan.periode_fra and plan.periode_til:
        aar |= set(range(plan.periode_fra.year, min(plan.periode_til, i_dag).year + 1))
    return sorted(aar, reverse=True)


def bevis(plan: Helhedsplan, aar: int, i_dag: date) -> Bevis:
    """The evidence of a calendar year as it stands on a day. A constant number of queries."""
    slut = min(filter(None, (date(aar, 12, 31), i_dag, plan.periode_til)))
    moeder = _moeder(plan, aar)
    referater = {m.pk: _bevismoede(plan, m) for m in moeder}
    statusser = _statusser(plan, aar, moeder)
    forelagte = {s.pk: _behandlinger(s, moeder, referater) for s in statusser}
    billeder = {s.pk: oejebliksbillede.hent(s) for s in statusser}
    opfoelgninger = list(Opfoelgning.objects.filter(plan=plan, dato__lte=slut).order_by("dato", "pk"))
    i_aaret = [o for o in opfoelgninger if o.dato.year == aar]
    pr_dag = defaultdict(list)
    for m in moeder:
        pr_dag[m.dato].append(referater[m.pk])
    faste, graense = dict(Indikator.objects.filter(plan=plan).values_list("noegle", "fast__maal")), frist(plan)
    maalene = plan_maal(plan)
    numre = {m.pk: m.nummer for m in maalene}

    def et_maal(maal: OverordnetMaal) -> Bevismaal:
        egne = [o for o in opfoelgninger if o.maal_id == maal.pk]
        forrige = dict(zip((o.pk for o in egne), [plan.periode_fra, *(o.dato for o in egne)], strict=False))
        sidst = egne[-1].dato if egne else None
        return Bevismaal(
            nummer=maal.nummer,
            tekst=maal.tekst,
            indsatsomraade=maal.indsatsomraade.navn,
            opfoelgninger=tuple(
                _opfoelgning(o, maal.nummer, pr_dag[o.dato], (forrige[o.pk], graense.maaneder))
                for o in egne
                if o.dato.year == aar
            ),
            forelagt=tuple(_forelagt(s, _statustal(billeder[s.pk], maal, faste), forelagte[s.pk]) for s in statusser),
            sidst=max((o.dato for o in egne if o.dato.year < aar), default=None),
            fund=tuple(opfoelgning_mangler(plan, [Maalopfoelgning(maal.nummer, sidst)], graense, slut)),
        )

    return Bevis(
        plan=plan.noegle,
        plan_navn=plan.navn,
        kort_navn=plan.omraadenavn or plan.navn,
        periode=plan.periode,
        pulje=plan.regelsaet.navn,
        parter=tuple(plan.parter.select_related("organisation").values_list("organisation__navn", flat=True)),
        aar=aar,
        opgjort=slut,
        er_forbi=i_dag.year > aar,
        frist=graense,
        maal=tuple(et_maal(m) for m in maalene),
        kilder=tuple(_kilder(i_aaret, numre, statusser, referater.values(), moeder)),
        senest=_senest(plan, statusser, moeder),
    )


# --- the records ------------------------------------------------------------------------------------------------------


def _moeder(plan: Helhedsplan, aar: int) -> list[Moede]:
    """The board's meetings that were held in the year, with minutes and what was concluded on statuses."""
    referater = Moedepapir.objects.filter(art=Moedepapirart.REFERAT).defer("indhold").order_by("-nummer")
    punkter = Dagsordenspunkt.objects.filter(status__isnull=False).select_related("afgoerelse").order_by("orden", "pk")
    return list(
        Moede.objects.filter(plan=plan, art=Moedeart.BESTYRELSE, tilstand=Moedetilstand.HOLDT, dato__year=aar)
        .prefetch_related(Prefetch("papirer", referater), Prefetch("punkter", punkter))
        .order_by("dato", "pk")
    )


def _bevismoede(plan: Helhedsplan, moede: Moede) -> Bevismoede:
    nyeste = next(iter(moede.papirer.all()), None)
    if nyeste is None:
        return Bevismoede(str(moede), moede.dato, reverse("moede-vis", args=[plan.noegle, moede.pk]))
    url = reverse("moedepapir-pdf", args=[plan.noegle, moede.pk, nyeste.art, nyeste.nummer])
    return Bevismoede(str(moede), moede.dato, url, nyeste.nummer, nyeste.sendt, nyeste.pdf_sha256)


def _statusser(plan: Helhedsplan, aar: int, moeder: Iterable[Moede]) -> list[Kvartalsstatus]:
    """Those published in the year, and those that a meeting in the year had before it, also when withdrawn since."""
    behandlede = {p.status_id for m in moeder for p in m.punkter.all()}
    fundne = (
        Kvartalsstatus.objects.filter(
            Q(publiceret_den__year=aar) | Q(pk__in=behandlede), plan=plan, tilstand__in=FROSNE
        )
        .defer("side")
        .prefetch_related(Prefetch("laesninger", Laest.objects.order_by("tidspunkt")))
        .order_by("publiceret_den", "pk")
    )
    return list(fundne)


def _behandlinger(status: Kvartalsstatus, moeder: Iterable[Moede], referater: dict[int, Bevismoede]):
    return tuple(
        Behandling(referater[m.pk], punkt.titel, *_konklusion(punkt))
        for m in moeder
        for punkt in m.punkter.all()
        if punkt.status_id == status.pk
    )


def _konklusion(punkt: Dagsordenspunkt) -> tuple[str, str]:
    afgoerelse: Afgoerelse | None = getattr(punkt, "afgoerelse", None)
    return (str(afgoerelse.get_resultat_display()), afgoerelse.tekst) if afgoerelse else ("", "")


def _forelagt(status: Kvartalsstatus, tal: tuple[Bevistal, ...], behandlinger: tuple[Behandling, ...]) -> Forelagt:
    return Forelagt(
        navn=str(status),
        kvartal=status.kvartalet.navn,
        publiceret=timezone.localdate(status.publiceret_den),
        trukket=status.trukket_den is not None,
        laest=tuple(timezone.localdate(laest.tidspunkt) for laest in status.laesninger.all()),
        tal=tal,
        behandlinger=behandlinger,
    )


def _statustal(billede: Statusbillede, maal: OverordnetMaal, faste: dict[str, int | None]) -> tuple[Bevistal, ...]:
    """What a snapshot shows of a goal; the goal of an indicator that is gone since is known by its words."""
    return tuple(
        Bevistal(i.navn, "", i.hvornaar, f"{i.vist} mod {i.mod}" if i.mod else i.vist, i.kilde)
        for i in billede.faste
        if faste.get(i.noegle) == maal.pk or (i.noegle not in faste and i.gruppe == str(maal))
    )


def _opfoelgning(
    o: Opfoelgning, nummer: int, moeder: Iterable[Bevismoede], siden: tuple[date | None, int]
) -> Bevisopfoelgning:
    """siden: (the follow-up before it, how many months there may be between)."""
    forrige, maaneder = siden
    felter = ("indikator", "sted", "hvornaar", "tal", "kilde")
    return Bevisopfoelgning(
        dato=o.dato,
        forrige=forrige,
        for_sent=forrige is not None and senest(forrige, maaneder) < o.dato,
        data_aar=o.data_aar,
        tal=tuple(Bevistal(*(t.get(felt, "") for felt in felter)) for t in o.tal),
        konklusion=o.konklusion,
        moeder=tuple(moeder),
        sha256=_aftryk(o, nummer),
    )


def _aftryk(o: Opfoelgning, nummer: int) -> str:
    """The SHA-256 of a follow-up: of what the plan file keeps of it, as JSON in one way only."""
    felter = {
        "maal": nummer,
        "dato": o.dato.isoformat(),
        "data_aar": o.data_aar,
        "konklusion": o.konklusion,
        "tal": o.tal,
    }
    return sha256(kanonisk(felter))


def _kilder(
    opfoelgninger: list[Opfoelgning],
    numre: dict[int, int],
    statusser: list[Kvartalsstatus],
    referater: Iterable[Bevismoede],
    moeder: list[Moede],
) -> Iterable[Beviskilde]:
    for o in opfoelgninger:
        if o.maal_id in numre:
            hvad = f"Opfølgning på mål {numre[o.maal_id]}, tal til og med {o.data_aar}"
            yield Beviskilde(hvad, o.dato, _aftryk(o, numre[o.maal_id]))
    for s in statusser:
        trukket = ", trukket tilbage" if s.trukket_den else ""
        yield Beviskilde(f"{s}{trukket}: øjebliksbillede", timezone.localdate(s.publiceret_den), s.indhold_sha256)
    for m in moeder:
        for punkt in m.punkter.all():
            if afgoerelse := getattr(punkt, "afgoerelse", None):
                yield Beviskilde(
                    f"Beslutning om »{punkt.titel}«: det, der er afgjort", afgoerelse.dato, afgoerelse.sha256
                )
    for r in referater:
        if r.nummer:
            yield Beviskilde(f"Referat {r.nummer} af {r.navn}: PDF-fil", r.dato, r.sha256)


def _senest(plan: Helhedsplan, statusser: Iterable[Kvartalsstatus], moeder: Iterable[Moede]) -> datetime | None:
    skrevet = Haendelse.objects.filter(kaede=plan.noegle, objekt_type=Opfoelgning._meta.label_lower)
    tider = [h.tidspunkt for h in skrevet.order_by("-nummer")[:1]]
    for s in statusser:
        tider += [t for t in (s.publiceret_den, s.trukket_den, *(la.tidspunkt for la in s.laesninger.all())) if t]
    for m in moeder:
        tider += [p.sendt for p in m.papirer.all()]
        tider += [p.afgoerelse.skrevet for p in m.punkter.all() if hasattr(p, "afgoerelse")]
    return max(tider, default=None)
