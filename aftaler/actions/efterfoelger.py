"""Start a new plan from an old one: what goes on is carried over as a draft, and the old plan stays as it is."""

from collections.abc import Iterable
from datetime import timedelta
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction

from aftaler.actions.delaftale import ret_samarbejdsparter
from aftaler.actions.navne import kopier_navne
from aftaler.actions.papirer import ret_tabel
from aftaler.actions.plan import opret_plan
from aftaler.actions.raekker import UNDERRAEKKER, erstat_raekker, som_dict
from aftaler.choices import Aktivitetsstatus, Fase
from aftaler.models import (
    Afsnit,
    Aktivitet,
    Delaftale,
    Delmaal,
    Delmaalsforslag,
    Gruppe,
    Helhedsplan,
    Indsatsomraade,
    Omraade,
    Organisation,
    OverordnetMaal,
    Part,
    Regelsaet,
    Skabelonafsnit,
)
from aftaler.queries.adgang import tjek
from aftaler.queries.bundnetal import frigjort
from aftaler.queries.dokument import AKTIVITETSPROSA
from aftaler.queries.navne import er_blevet_til
from aftaler.queries.overgang import Overgang, foreslaa, gamle_maal
from aftaler.rules import PLANENS_LAENGDE_AAR, slut_efter_aar
from helhedsplan import actions
from helhedsplan.noegler import unik_noegle
from helhedsplan.rettigheder import Rettighed
from helhedsplan.tid import Tid


@transaction.atomic
def start_efterfoelger(
    *, bruger, forgaenger: Helhedsplan, navn: str, regelsaet: Regelsaet | None = None, overgang: Overgang | None = None
) -> Helhedsplan:
    """A new plan that begins the day after the old one ends.

    Parties, areas with their departments, groups, sections, own goals, delaftaler, delmål and activities come along;
    each delaftale and activity is marked as a continuation of the old. Dates of parties and areas, what was done where,
    sizes, pictures, milestones and memberships stay behind.
    Under another rule set `overgang` says which indsatsområde and which goal becomes which; without it those with the
    same key or name. Two delaftaler that become one are put together. Sections follow their key.
    """
    tjek(bruger, Rettighed.RET, forgaenger)
    if not navn.strip():
        raise ValidationError({"navn": "Skriv et navn til den nye plan."})
    slut = forgaenger.slutter.dag
    fra = slut + timedelta(days=1) if slut else None
    plan = opret_plan(
        bruger=bruger,
        plan=Helhedsplan(
            navn=navn,
            omraadenavn=forgaenger.omraadenavn,
            regelsaet=regelsaet or forgaenger.regelsaet,
            periode_fra=fra,
            periode_til=slut_efter_aar(fra, PLANENS_LAENGDE_AAR) if fra else None,
            fase=Fase.IDE,
            forgaenger=forgaenger,
        ),
    )
    overgang = overgang or foreslaa(forgaenger, plan.regelsaet)
    _tjek_overgang(overgang, plan.regelsaet)
    omraader = _kopier_rammer(bruger, forgaenger, plan)
    _kopier_afsnit(bruger, forgaenger.afsnit.filter(delaftale__isnull=True), plan, None)
    _kopier_koblingstabeller(bruger, forgaenger, plan, overgang.maal)
    maal = [som_dict(m, UNDERRAEKKER["egne_maal"][2]) for m in forgaenger.egne_maal.all()]
    ret_tabel(bruger=bruger, plan=plan, papir="egne-maal", raekker=maal, version=None)
    _husk_maalene(bruger, forgaenger, plan, overgang.maal)
    _kopier_delaftaler(bruger, forgaenger, plan, omraader, overgang.omraader)
    return plan


def _tjek_overgang(overgang: Overgang, regelsaet: Regelsaet) -> None:
    fremmede = [o for o in overgang.omraader.values() if o.regelsaet_id != regelsaet.pk]
    fremmede += [m for m in overgang.maal.values() if m.indsatsomraade.regelsaet_id != regelsaet.pk]
    if fremmede:
        raise ValidationError(f"»{fremmede[0]}« hører ikke til puljen {regelsaet}.", code="fremmed")


def _kopi(objekt, **felter):
    """An unsaved copy of a row with some fields set anew."""
    vaerdier = {
        f.name: getattr(objekt, f.name) for f in objekt._meta.concrete_fields if f.name not in ("id", "version")
    }
    return type(objekt)(**{**vaerdier, **felter})


def _kopier_med_raekker(bruger, gammel, ny, relation: str, m2m: dict | None = None):
    """Save a copy, with copies of the rows below the old one."""
    raekker = [som_dict(raekke, UNDERRAEKKER[relation][2]) for raekke in getattr(gammel, relation).all()]
    return actions.opret(bruger=bruger, objekt=ny, m2m=m2m, under=partial(_raekker, ny, relation, raekker))


def _raekker(ny, relation: str, raekker: list[dict]) -> list:
    aendring = erstat_raekker(ny, relation, raekker)
    return [aendring] if aendring else []


def _kopier_rammer(bruger, gammel: Helhedsplan, plan: Helhedsplan) -> dict[int, Omraade]:
    """Parties that are there to the end, areas and groups; returns the new area for each old one's pk. A party that was
    put into another goes on as that one, and two that have become one as one."""
    hele_perioden = {"gaelder_fra": None, "gaelder_fra_sagt": "", "gaelder_til": None, "gaelder_til_sagt": ""}
    nye: dict[Organisation, Part] = {}
    for part in gammel.parter.select_related("organisation"):
        if not _gik_ud(part.slutter, gammel):
            nu = er_blevet_til(part.organisation)
            ny = nye.setdefault(nu, _kopi(part, plan=plan, organisation=nu, **hele_perioden))
            ny.administrerer = ny.administrerer or part.administrerer
    for part in nye.values():
        actions.opret(bruger=bruger, objekt=part)
    omraader = _kopier_omraader(bruger, gammel, plan)
    _kopier_grupper(bruger, gammel, plan, omraader)
    return omraader


def _kopier_omraader(bruger, gammel: Helhedsplan, plan: Helhedsplan) -> dict[int, Omraade]:
    """The areas that are there to the end, with their names; one that was put into another goes on as that one."""
    uden = {"starter": None, "starter_sagt": "", "slutter": None, "slutter_sagt": ""}
    uden |= {"lagt_ind_i": None, "lagt_ind": None, "lagt_ind_sagt": ""}
    gamle = list(gammel.omraader.prefetch_related("medafdelinger__afdeling", "navne"))
    nye = {}
    for omraade in (o for o in gamle if not o.lagt_ind_i_id and not _gik_ud(o.med_til, gammel)):
        nye[omraade.pk] = _kopi(omraade, plan=plan, **uden)
        med = omraade.medafdelinger.all()
        m2m = {"afdelinger": [led.afdeling for led in med if not _gik_ud(led.med_til, gammel)]}
        under = partial(kopier_navne, omraade, nye[omraade.pk])
        actions.opret(bruger=bruger, objekt=nye[omraade.pk], m2m=m2m, under=under)
    ind_i = {o.pk: o.lagt_ind_i_id for o in gamle}
    return {pk: nye[sidste] for pk in ind_i if (sidste := _sidste(ind_i, pk)) in nye}


def _i_den_nye(omraader: dict[int, Omraade], gamle: Iterable[Omraade]) -> list[Omraade]:
    """The new areas of some old ones; what has left is not among them."""
    return list(dict.fromkeys(omraader[o.pk] for o in gamle if o.pk in omraader))


def _sidste(ind_i: dict[int, int | None], pk: int) -> int:
    """What it is now part of, through all that it was put into."""
    while (naeste := ind_i[pk]) is not None:
        pk = naeste
    return pk


def _gik_ud(til: Tid, plan: Helhedsplan) -> bool:
    """Whether what was there to that time is told to have left before the end, probably or surely. What has a last day
    has, where no end is told."""
    if not til.er_fortalt or til.senest is None:
        return False
    slut = plan.slutter.tidligst
    return slut is None or til.senest < slut


def _kopier_grupper(bruger, gammel: Helhedsplan, plan: Helhedsplan, omraader: dict[int, Omraade]) -> None:
    nye: dict[int, Gruppe] = {}
    grupper = list(gammel.grupper.prefetch_related("pladser", "omraader"))
    for gruppe in grupper:
        m2m = {"omraader": _i_den_nye(omraader, gruppe.omraader.all())}
        nye[gruppe.pk] = _kopier_med_raekker(bruger, gruppe, _kopi(gruppe, plan=plan, over=None), "pladser", m2m)
    for gruppe in grupper:
        if gruppe.over_id:
            felter = {"over": nye[gruppe.over_id]}
            actions.ret(bruger=bruger, objekt=nye[gruppe.pk], felter=felter, tilladte={"over"})


def _kopier_afsnit(bruger, afsnit, plan: Helhedsplan, delaftale: Delaftale | None) -> None:
    """The written sections as drafts; of two delaftaler that have become one, the one text below the other."""
    skabeloner = {(s.dokument, s.noegle): s for s in Skabelonafsnit.objects.filter(regelsaet_id=plan.regelsaet_id)}
    tekster: dict[Skabelonafsnit, str] = {}
    for gammelt in afsnit.select_related("skabelon", "plan"):
        skabelon = skabeloner.get((gammelt.skabelon.dokument, gammelt.skabelon.noegle))
        if skabelon and gammelt.tekst:
            tekster[skabelon] = tekster.get(skabelon, "") + frigjort(gammelt.plan, gammelt.tekst)
    for skabelon, tekst in tekster.items():
        actions.opret(bruger=bruger, objekt=Afsnit(plan=plan, delaftale=delaftale, skabelon=skabelon, tekst=tekst))


def _husk_maalene(bruger, gammel: Helhedsplan, plan: Helhedsplan, maal: dict[int, OverordnetMaal]) -> None:
    """What each of the old pulje's goals became is kept, so that it can be told later; under one rule set it says
    itself."""
    if plan.regelsaet_id == gammel.regelsaet_id:
        return
    raekker = [{"fra": m, "til": maal.get(m.pk)} for m in gamle_maal(gammel)]
    ret_tabel(bruger=bruger, plan=plan, papir="maalovergange", raekker=raekker, version=None)


def _kopier_koblingstabeller(bruger, gammel: Helhedsplan, plan: Helhedsplan, maal: dict[int, OverordnetMaal]) -> None:
    """The tables, with each goal as what it has become; one that has become nothing is not named."""
    for tabel in gammel.koblingstabeller.prefetch_related("raekker__maal"):
        raekker = [som_dict(raekke, UNDERRAEKKER["raekker"][2]) for raekke in tabel.raekker.all()]
        for raekke in raekker:
            raekke["maal"] = list(dict.fromkeys(maal[m.pk] for m in raekke["maal"] if m.pk in maal))
        ny = _kopi(tabel, plan=plan)
        actions.opret(bruger=bruger, objekt=ny, under=partial(_raekker, ny, "raekker", raekker))


def _kopier_delaftaler(
    bruger,
    gammel: Helhedsplan,
    plan: Helhedsplan,
    omraader: dict[int, Omraade],
    overgang: dict[int, Indsatsomraade],
) -> None:
    valgte = sorted({overgang[o.pk] for o in gammel.indsatsomraader.all() if o.pk in overgang}, key=lambda o: o.nummer)
    aftaler: dict[Indsatsomraade, list[Delaftale]] = {}
    for aftale in gammel.delaftaler.select_related("indsatsomraade"):
        if (omraade := overgang.get(aftale.indsatsomraade_id)) is not None:
            aftaler.setdefault(omraade, []).append(aftale)
    valgte += [o for o in aftaler if o not in valgte]
    actions.ret(bruger=bruger, objekt=plan, felter={"indsatsomraader": valgte}, tilladte={"indsatsomraader"})
    for omraade, gamle in aftaler.items():
        ny = Delaftale(plan=plan, indsatsomraade=omraade)
        actions.opret(bruger=bruger, objekt=ny, m2m={"fortsaetter": gamle})
        _kopier_afsnit(bruger, Afsnit.objects.filter(delaftale__in=gamle).order_by("delaftale_id"), plan, ny)
        for aftale in gamle:
            _kopier_delaftalens_indhold(bruger, aftale, ny, omraader)
        parter = [som_dict(part, ("navn", "rolle")) for aftale in gamle for part in aftale.egne_parter]
        entydige = list({(p["navn"], p["rolle"]): p for p in parter}.values())
        ret_samarbejdsparter(bruger=bruger, delaftale=ny, raekker=entydige, version=None)


def _kopier_delaftalens_indhold(bruger, aftale: Delaftale, ny: Delaftale, omraader: dict[int, Omraade]) -> None:
    """Delmål and activities, last in what is there already; a key or a name that is taken gets another."""
    forslag = {f.noegle: f for f in Delmaalsforslag.objects.filter(indsatsomraade=ny.indsatsomraade)}
    delmaal: dict[int, Delmaal] = {}
    for d in aftale.delmaal.select_related("forslag"):
        nyt_forslag = forslag.get(d.forslag.noegle) if d.forslag else None
        delmaal[d.pk] = actions.opret(bruger=bruger, objekt=_kopi(d, forslag=nyt_forslag, **_plads(d, ny, "delmaal")))
    for aktivitet in aftale.aktiviteter.prefetch_related("omraader", "delmaal", "samarbejdsparter"):
        felter = {felt: frigjort(aftale.plan, getattr(aktivitet, felt)) for felt in AKTIVITETSPROSA}
        felter |= _plads(aktivitet, ny, "aktiviteter") | {"status": Aktivitetsstatus.FORTSAETTELSE}
        kopi = _kopi(aktivitet, fortsaetter=aktivitet, **felter)
        m2m = {
            "omraader": _i_den_nye(omraader, aktivitet.omraader.all()),
            "delmaal": [delmaal[d.pk] for d in aktivitet.delmaal.all()],
        }
        _kopier_med_raekker(bruger, aktivitet, kopi, "samarbejdsparter", m2m)


def _plads(raekke: Delmaal | Aktivitet, ny: Delaftale, relation: str) -> dict:
    """Where it stands in the new delaftale, under a key and a name that nobody there has."""
    der = list(getattr(ny, relation).all())
    if not der:
        return {"delaftale": ny}
    felter = {"delaftale": ny, "noegle": unik_noegle(raekke.noegle, {r.noegle for r in der})}
    felter["orden"] = max(max(r.orden for r in der) + 1, raekke.orden)
    if isinstance(raekke, Aktivitet) and raekke.navn.casefold() in {r.navn.casefold() for r in der}:
        felter["navn"] = f"{raekke.navn[:150]} ({raekke.delaftale.indsatsomraade.navn[:40]})"
    return felter
