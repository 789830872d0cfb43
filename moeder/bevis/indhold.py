"""The evidence of a year for the auditor: when the board had each fixed goal's figures before it, of which year, and
what it concluded.

It is put together from records alone: the follow-ups as they were written, the published statuses' snapshots, who has
read them, and the board's meetings with their decisions and minutes. A goal is documented by what `proeve` asks for;
what was only typed is shown with what it lacks. Nothing is left out: a goal without a follow-up says so.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Prefetch, Q
from django.utils import timezone

from aftaler.models import Helhedsplan, OverordnetMaal
from aftaler.queries.navne import papirnavne
from dokumenter.oejebliksbillede import hvis_laeselig
from helhedsplan.laest import laest_en_gang
from helhedsplan.models import Haendelse
from indikatorer.models import Indikator, Opfoelgning
from indikatorer.queries.opfoelgning import frist, plan_maal
from indikatorer.rules.opfoelgning import Maalopfoelgning, opfoelgning_mangler
from moeder.bevis.dele import Behandling, Bevis, Beviskilde, Bevismaal, Bevismoede, Bevisopfoelgning, Bevistal, Forelagt
from moeder.bevis.proeve import ForelagteTal, Skrevetlinje, aftryk, moedesag, proev, skrevne
from moeder.bevis.uploadet import Udsagn, udsagn
from moeder.choices import Moedeart, Moedetilstand
from moeder.models import Afgoerelse, Dagsordenspunkt, Moede, Moedepapir, Referatgodkendelse
from status import oejebliksbillede
from status.choices import FROSNE
from status.models import Kvartalsstatus, Laest
from status.queries.statusindhold import Statusbillede


@laest_en_gang
def bevisaar(plan: Helhedsplan, i_dag: date) -> list[int]:
    """The years that there can be evidence of, newest first: those the plan has run in, and those with a follow-up."""
    aar = {dag.year for dag in Opfoelgning.objects.filter(plan=plan).dates("dato", "year")}
    if plan.regnes_fra and plan.regnes_til:
        aar |= set(range(plan.regnes_fra.year, min(plan.regnes_til, i_dag).year + 1))
    return sorted(aar, reverse=True)


def bevis(plan: Helhedsplan, aar: int, i_dag: date) -> Bevis:
    """The evidence of a calendar year as it stands on a day. A constant number of queries."""
    slut = min(filter(None, (date(aar, 12, 31), i_dag, plan.senest_dag)))
    moeder = _moeder(plan, aar)
    sager = [moedesag(plan, m) for m in moeder]
    referater = {sag.moede.pk: sag.vist for sag in sager}
    uploadede = udsagn(plan, aar)
    statusser = _statusser(plan, aar, moeder)
    i_aarets = [s for s in statusser if s.publiceret_den.year == aar or s.pk in _behandlede(moeder)]
    forelagte = {s.pk: _behandlinger(s, moeder, referater) for s in i_aarets}
    billeder = {s.pk: hvis_laeselig(oejebliksbillede.hent, s)[0] for s in statusser}
    opfoelgninger = list(Opfoelgning.objects.filter(plan=plan, dato__lte=slut).order_by("dato", "pk"))
    i_aaret = [o for o in opfoelgninger if o.dato.year == aar]
    skrevet = skrevne(plan)
    faste, graense = dict(Indikator.objects.filter(plan=plan).values_list("noegle", "fast__maal")), frist(plan)
    maalene = plan_maal(plan)
    numre = {m.pk: m.nummer for m in maalene}

    def et_maal(maal: OverordnetMaal) -> Bevismaal:
        egne = {o.dato: o for o in opfoelgninger if o.maal_id == maal.pk}
        vist = {pk: _statustal(billede, maal, faste) if billede else () for pk, billede in billeder.items()}
        statustal = [ForelagteTal(str(s), s.publiceret_den, s.trukket_den, vist[s.pk]) for s in statusser if vist[s.pk]]
        dage = sorted(
            {dag for dag in egne if dag.year == aar}
            | {s.moede.dato for s in sager if s.naevner(maal.nummer)}
            | {u.dato for u in uploadede if maal.nummer in u.konklusioner}
        )
        proevede: list[Bevisopfoelgning] = []
        for dag in (d for d in dage if d <= slut):
            kendte = {*egne, *(o.dato for o in proevede if o.er_dokumenteret)}
            proevede.append(
                proev(
                    dag=dag,
                    nummer=maal.nummer,
                    skrevet=Skrevetlinje.af(egne.get(dag), skrevet, maal.nummer),
                    sager=[sag for sag in sager if sag.moede.dato == dag],
                    statustal=statustal,
                    siden=(max((d for d in kendte if d < dag), default=plan.regnes_fra), graense.maaneder),
                    udsagn=uploadede,
                    aarets=sager,
                )
            )
        sidst = max((*egne, *(o.dato for o in proevede if o.er_dokumenteret)), default=None)
        return Bevismaal(
            nummer=maal.nummer,
            tekst=maal.tekst,
            indsatsomraade=maal.indsatsomraade.navn,
            opfoelgninger=tuple(proevede),
            forelagt=tuple(_forelagt(s, billeder[s.pk], vist[s.pk], forelagte[s.pk]) for s in i_aarets),
            sidst=max((d for d in egne if d.year < aar), default=None),
            fund=tuple(opfoelgning_mangler(plan, [Maalopfoelgning(maal.nummer, sidst)], graense, slut)),
        )

    hedder = papirnavne(plan, slut)
    return Bevis(
        plan=plan.noegle,
        plan_navn=hedder.plan,
        kort_navn=hedder.kort,
        periode=plan.periode,
        pulje=plan.puljen,
        parter=hedder.parter,
        aar=aar,
        opgjort=slut,
        er_forbi=i_dag.year > aar,
        frist=graense,
        maal=tuple(et_maal(m) for m in maalene),
        kilder=tuple(_kilder(i_aaret, numre, i_aarets, [*referater.values(), *(u.vist for u in uploadede)], moeder)),
        senest=_senest(skrevet, i_aarets, moeder, uploadede),
    )


# --- the records ------------------------------------------------------------------------------------------------------


def _moeder(plan: Helhedsplan, aar: int) -> list[Moede]:
    """The board's meetings that were held in the year, with papers, answers and what was concluded on statuses."""
    papirer = Moedepapir.objects.select_related("sendt_af").order_by("-nummer")
    svar = Referatgodkendelse.objects.select_related("medlem")
    punkter = Dagsordenspunkt.objects.filter(status__isnull=False).select_related("afgoerelse").order_by("orden", "pk")
    return list(
        Moede.objects.filter(
            plan=plan,
            art=Moedeart.BESTYRELSE,
            tilstand=Moedetilstand.HOLDT,
            dato__year=aar,
            uden_for_programmet=False,  # a person's word proves nothing; its minutes may be put in as such
        )
        .prefetch_related(
            Prefetch("papirer", papirer), Prefetch("papirer__godkendelser", svar), Prefetch("punkter", punkter)
        )
        .order_by("dato", "pk")
    )


def _behandlede(moeder: Iterable[Moede]) -> set[int | None]:
    return {p.status_id for m in moeder for p in m.punkter.all()}


def _statusser(plan: Helhedsplan, aar: int, moeder: Iterable[Moede]) -> list[Kvartalsstatus]:
    """Those published in the year and the one before, and those that a meeting in the year had before it, also when
    withdrawn since."""
    behandlede = _behandlede(moeder)
    fundne = (
        Kvartalsstatus.objects.filter(
            Q(publiceret_den__year__in=[aar - 1, aar]) | Q(pk__in=behandlede), plan=plan, tilstand__in=FROSNE
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


def _forelagt(
    status: Kvartalsstatus,
    billede: Statusbillede | None,
    tal: tuple[Bevistal, ...],
    behandlinger: tuple[Behandling, ...],
) -> Forelagt:
    return Forelagt(
        navn=str(status),
        kvartal=status.kvartalet.navn,
        publiceret=timezone.localdate(status.publiceret_den),
        trukket=status.trukket_den is not None,
        laest=tuple(timezone.localdate(laest.tidspunkt) for laest in status.laesninger.all()),
        tal=tal,
        behandlinger=behandlinger,
        ulaeselig=billede is None,
    )


def _statustal(billede: Statusbillede, maal: OverordnetMaal, faste: dict[str, int | None]) -> tuple[Bevistal, ...]:
    """What a snapshot shows of a goal; the goal of an indicator that is gone since is known by its words."""
    return tuple(
        Bevistal(i.navn, "", i.hvornaar, f"{i.vist} mod {i.mod}" if i.mod else i.vist, i.kilde)
        for i in billede.faste
        if faste.get(i.noegle) == maal.pk or (i.noegle not in faste and i.gruppe == str(maal))
    )


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
            yield Beviskilde(hvad, o.dato, aftryk(o, numre[o.maal_id]))
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
        if r.uploadet:
            yield Beviskilde(f"{r.navn}, {r.uploadet}: fil", r.dato, r.sha256)
        elif r.nummer:
            yield Beviskilde(f"Referat {r.nummer} af {r.navn}: PDF-fil", r.dato, r.sha256)


def _senest(
    skrevet: dict[str, list[Haendelse]],
    statusser: Iterable[Kvartalsstatus],
    moeder: Iterable[Moede],
    uploadede: Iterable[Udsagn],
) -> datetime | None:
    tider = [h.tidspunkt for liste in skrevet.values() for h in liste]
    tider += [t for u in uploadede for t in (u.vist.sendt, u.bekraeftet) if t]
    for s in statusser:
        tider += [t for t in (s.publiceret_den, s.trukket_den, *(la.tidspunkt for la in s.laesninger.all())) if t]
    for m in moeder:
        for p in m.papirer.all():
            tider += [p.sendt, *(g.tidspunkt for g in p.godkendelser.all())]
        tider += [p.afgoerelse.skrevet for p in m.punkter.all() if hasattr(p, "afgoerelse")]
    return max(tider, default=None)
