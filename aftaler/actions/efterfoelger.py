"""Start a new plan from an old one: what goes on is carried over as a draft, and the old plan stays as it is."""

from datetime import timedelta
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction

from aftaler.actions.delaftale import ret_samarbejdsparter
from aftaler.actions.navne import kopier_navne
from aftaler.actions.plan import opret_plan
from aftaler.actions.raekker import UNDERRAEKKER, erstat_raekker, som_dict
from aftaler.choices import Aktivitetsstatus, Fase
from aftaler.models import (
    Afsnit,
    Delaftale,
    Delmaal,
    Delmaalsforslag,
    Gruppe,
    Helhedsplan,
    Indsatsomraade,
    Omraade,
    Part,
    Regelsaet,
    Skabelonafsnit,
)
from aftaler.queries.adgang import tjek
from aftaler.queries.bundnetal import frigjort
from aftaler.queries.dokument import AKTIVITETSPROSA
from aftaler.rules import PLANENS_LAENGDE_AAR, slut_efter_aar
from helhedsplan import actions
from helhedsplan.rettigheder import Rettighed
from helhedsplan.svar import Svar
from helhedsplan.tid import er_foer


@transaction.atomic
def start_efterfoelger(
    *, bruger, forgaenger: Helhedsplan, navn: str, regelsaet: Regelsaet | None = None
) -> Helhedsplan:
    """A new plan that begins the day after the old one ends.

    Parties, areas, groups, sections, delaftaler, delmål and activities come along; each activity is marked as a
    continuation of the old one. Dates of parties and areas, pictures, milestones and memberships stay behind. Under
    another rule set only indsatsområder with the same noegle, and sections with the same noegle, are carried over.
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
    omraader = _kopier_rammer(bruger, forgaenger, plan)
    _kopier_afsnit(bruger, forgaenger.afsnit.filter(delaftale__isnull=True), plan, None)
    _kopier_koblingstabeller(bruger, forgaenger, plan)
    _kopier_delaftaler(bruger, forgaenger, plan, omraader)
    return plan


def _kopi(objekt, **felter):
    """An unsaved copy of a row with some fields set anew."""
    vaerdier = {
        f.name: getattr(objekt, f.name) for f in objekt._meta.concrete_fields if f.name not in ("id", "version")
    }
    return type(objekt)(**{**vaerdier, **felter})


def _kopier_med_raekker(bruger, gammel, ny, relation: str, m2m: dict | None = None):
    """Save a copy, with copies of the rows below the old one."""
    raekker = [som_dict(raekke, UNDERRAEKKER[relation][2]) for raekke in getattr(gammel, relation).all()]

    def under():
        aendring = erstat_raekker(ny, relation, raekker)
        return [aendring] if aendring else []

    return actions.opret(bruger=bruger, objekt=ny, m2m=m2m, under=under)


def _kopier_rammer(bruger, gammel: Helhedsplan, plan: Helhedsplan) -> dict[int, Omraade]:
    """Parties that are there to the end, areas and groups; returns the new area for each old one's pk."""
    hele_perioden = {"gaelder_fra": None, "gaelder_fra_sagt": "", "gaelder_til": None, "gaelder_til_sagt": ""}
    for part in gammel.parter.all():
        if not _gik_ud(part, gammel):
            actions.opret(bruger=bruger, objekt=_kopi(part, plan=plan, **hele_perioden))
    omraader = _kopier_omraader(bruger, gammel, plan)
    _kopier_grupper(bruger, gammel, plan, omraader)
    return omraader


def _kopier_omraader(bruger, gammel: Helhedsplan, plan: Helhedsplan) -> dict[int, Omraade]:
    """The areas with their names; one that was put into another goes on as that one."""
    uden = {"starter": None, "starter_sagt": "", "slutter": None, "slutter_sagt": ""}
    uden |= {"lagt_ind_i": None, "lagt_ind": None, "lagt_ind_sagt": ""}
    gamle = list(gammel.omraader.prefetch_related("afdelinger", "navne"))
    nye = {}
    for omraade in (o for o in gamle if not o.lagt_ind_i_id):
        nye[omraade.pk] = _kopi(omraade, plan=plan, **uden)
        m2m = {"afdelinger": list(omraade.afdelinger.all())}
        under = partial(kopier_navne, omraade, nye[omraade.pk])
        actions.opret(bruger=bruger, objekt=nye[omraade.pk], m2m=m2m, under=under)
    ind_i = {o.pk: o.lagt_ind_i_id for o in gamle}
    return {pk: nye[_sidste(ind_i, pk)] for pk in ind_i}


def _sidste(ind_i: dict[int, int | None], pk: int) -> int:
    """What it is now part of, through all that it was put into."""
    while (naeste := ind_i[pk]) is not None:
        pk = naeste
    return pk


def _gik_ud(part: Part, plan: Helhedsplan) -> bool:
    """Whether the party is told to have left before the end. One with a last day has, where no end is told."""
    if part.gaelder_til and not plan.slutter.er_fortalt:
        return True
    return er_foer(part.slutter, plan.slutter) is Svar.HOLDER


def _kopier_grupper(bruger, gammel: Helhedsplan, plan: Helhedsplan, omraader: dict[int, Omraade]) -> None:
    nye: dict[int, Gruppe] = {}
    grupper = list(gammel.grupper.prefetch_related("pladser", "omraader"))
    for gruppe in grupper:
        m2m = {"omraader": list(dict.fromkeys(omraader[o.pk] for o in gruppe.omraader.all()))}
        nye[gruppe.pk] = _kopier_med_raekker(bruger, gruppe, _kopi(gruppe, plan=plan, over=None), "pladser", m2m)
    for gruppe in grupper:
        if gruppe.over_id:
            felter = {"over": nye[gruppe.over_id]}
            actions.ret(bruger=bruger, objekt=nye[gruppe.pk], felter=felter, tilladte={"over"})


def _kopier_afsnit(bruger, afsnit, plan: Helhedsplan, delaftale: Delaftale | None) -> None:
    skabeloner = {(s.dokument, s.noegle): s for s in Skabelonafsnit.objects.filter(regelsaet_id=plan.regelsaet_id)}
    for gammelt in afsnit.select_related("skabelon", "plan"):
        skabelon = skabeloner.get((gammelt.skabelon.dokument, gammelt.skabelon.noegle))
        if skabelon and gammelt.tekst:
            tekst = frigjort(gammelt.plan, gammelt.tekst)
            nyt = Afsnit(plan=plan, delaftale=delaftale, skabelon=skabelon, tekst=tekst)
            actions.opret(bruger=bruger, objekt=nyt)


def _kopier_koblingstabeller(bruger, gammel: Helhedsplan, plan: Helhedsplan) -> None:
    """The tables name goals of the rule set, so they come along only under the same one."""
    if gammel.regelsaet_id != plan.regelsaet_id:
        return
    for tabel in gammel.koblingstabeller.prefetch_related("raekker__maal"):
        _kopier_med_raekker(bruger, tabel, _kopi(tabel, plan=plan), "raekker")


def _kopier_delaftaler(bruger, gammel: Helhedsplan, plan: Helhedsplan, omraader: dict[int, Omraade]) -> None:
    mulige = {o.noegle: o for o in Indsatsomraade.objects.filter(regelsaet_id=plan.regelsaet_id)}
    valgte = [mulige[o.noegle] for o in gammel.indsatsomraader.all() if o.noegle in mulige]
    actions.ret(bruger=bruger, objekt=plan, felter={"indsatsomraader": valgte}, tilladte={"indsatsomraader"})
    for aftale in gammel.delaftaler.select_related("indsatsomraade"):
        omraade = mulige.get(aftale.indsatsomraade.noegle)
        if omraade in valgte:
            ny = actions.opret(bruger=bruger, objekt=Delaftale(plan=plan, indsatsomraade=omraade))
            _kopier_afsnit(bruger, aftale.afsnit, plan, ny)
            _kopier_delaftalens_indhold(bruger, aftale, ny, omraader)


def _kopier_delaftalens_indhold(bruger, aftale: Delaftale, ny: Delaftale, omraader: dict[int, Omraade]) -> None:
    forslag = {f.noegle: f for f in Delmaalsforslag.objects.filter(indsatsomraade=ny.indsatsomraade)}
    delmaal: dict[int, Delmaal] = {}
    for d in aftale.delmaal.select_related("forslag"):
        nyt_forslag = forslag.get(d.forslag.noegle) if d.forslag else None
        delmaal[d.pk] = actions.opret(bruger=bruger, objekt=_kopi(d, delaftale=ny, forslag=nyt_forslag))
    for aktivitet in aftale.aktiviteter.prefetch_related("omraader", "delmaal", "samarbejdsparter"):
        prosa = {felt: frigjort(aftale.plan, getattr(aktivitet, felt)) for felt in AKTIVITETSPROSA}
        kopi = _kopi(aktivitet, delaftale=ny, status=Aktivitetsstatus.FORTSAETTELSE, fortsaetter=aktivitet, **prosa)
        m2m = {
            "omraader": list(dict.fromkeys(omraader[o.pk] for o in aktivitet.omraader.all())),
            "delmaal": [delmaal[d.pk] for d in aktivitet.delmaal.all()],
        }
        _kopier_med_raekker(bruger, aktivitet, kopi, "samarbejdsparter", m2m)
    parter = [som_dict(part, ("navn", "rolle")) for part in aftale.egne_parter]
    ret_samarbejdsparter(bruger=bruger, delaftale=ny, raekker=parter, version=None)
