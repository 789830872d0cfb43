"""Plans, their members, chosen indsatsområder, organisations, and starting a new plan from an old one."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from aftaler.actions import raekker
from aftaler.actions.meddelelse import meddel
from aftaler.choices import Meddelelsesgruppe, Organisationsart
from aftaler.models import Afdeling, Helhedsplan, Indsatsomraade, Lag, Medlemskab, Omraadeindsats, Organisation, Part
from aftaler.queries.adgang import organisation_i_vejen, tjek, tjek_kan_oprette_plan
from aftaler.queries.indstillinger import ejer_ikke_oplyst
from aftaler.queries.overgange import fejl_i_kommer_af
from helhedsplan import actions, revisionsspor
from helhedsplan.actions import laas
from helhedsplan.formats import lang_dato
from helhedsplan.konto import inviter, send_invitation
from helhedsplan.noegler import unik_noegle
from helhedsplan.rettigheder import LEDER, PROGRAMMET, Rettighed, rettigheder_for

PLANFELTER = frozenset(
    {
        "navn", "omraadenavn", "regelsaet", "periode_fra", "periode_fra_sagt", "periode_til", "periode_til_sagt",
        "fase", "forgaenger", "kommer_af", "ikke_oplyst", "note",
    }
)  # fmt: skip


@transaction.atomic
def opret_plan(*, bruger, plan: Helhedsplan) -> Helhedsplan:
    """Start a plan; the person who starts it leads it."""
    tjek_kan_oprette_plan(bruger)
    if plan.forgaenger:
        tjek(bruger, Rettighed.SE, plan.forgaenger)
    revisionsspor.laas(revisionsspor.FAELLES)  # one at a time, so that two do not choose the same noegle
    plan.noegle = unik_noegle(plan.navn, Helhedsplan.objects.values_list("noegle", flat=True))
    actions.opret(bruger=bruger, objekt=plan)
    if bruger is not PROGRAMMET:
        actions.opret(bruger=bruger, objekt=Medlemskab(plan=plan, bruger=bruger, rolle=LEDER))
    return plan


@transaction.atomic
def ret_plan(
    *,
    bruger,
    plan: Helhedsplan,
    felter: dict,
    version: int | None,
    numre: list[dict] | None = None,
) -> bool:
    """Change the plan's own facts, and the numbers it is known by. What is asked of the plan is asked of it as saved:
    `plan` may be a form's copy."""
    tjek(bruger, Rettighed.RET, plan)
    gemt = laas(plan, version)
    if "regelsaet" in felter and felter["regelsaet"] != gemt.regelsaet:
        _tjek_kan_skifte_regelsaet(gemt)
    forgaenger = felter.get("forgaenger")
    if forgaenger and forgaenger.pk != gemt.forgaenger_id:
        tjek(bruger, Rettighed.SE, forgaenger)
        _tjek_forgaenger(gemt, forgaenger)
    if "kommer_af" in felter:
        _tjek_kommer_af(bruger, plan, gemt, felter["kommer_af"])
    nye = raekker.erstat_raekker(plan, "sagsnumre", numre) if numre is not None else None
    ekstra = [nye] if nye else []
    return actions.ret(bruger=bruger, objekt=plan, felter=felter, version=version, tilladte=PLANFELTER, ekstra=ekstra)


@transaction.atomic
def saet_to_trin(*, bruger, plan: Helhedsplan, felter: dict, version: int | None) -> bool:
    """Ask for a login in two steps of those who write in the plan, or no longer."""
    tjek(bruger, Rettighed.STYR, plan)
    laas(plan, version)
    return actions.ret(bruger=bruger, objekt=plan, felter=felter, version=version, tilladte={"kraever_to_trin"})


def _tjek_kommer_af(bruger, plan: Helhedsplan, gemt: Helhedsplan, lagene: Iterable[Lag]) -> None:
    """One that is chosen already stays, also for who has no access to the plan that it is of."""
    staar = {lag.pk for lag in gemt.kommer_af.all()}
    for lag in (lag for lag in lagene if lag.pk not in staar):
        tjek(bruger, Rettighed.SE, lag.plan)
    if fejl := fejl_i_kommer_af(plan, lagene):
        raise ValidationError({"kommer_af": fejl}, code="overgang")


def _tjek_kan_skifte_regelsaet(plan: Helhedsplan) -> None:
    """What is written under one rule set would be out of sight under another."""
    grunde = [
        (plan.indsatsomraader.exists(), "planen har valgt indsatsområder"),
        (plan.afsnit.exclude(tekst="", billeder__isnull=True).exists(), "afsnit i samarbejdsaftalen er skrevet"),
        (plan.koblingstabeller.filter(raekker__maal__isnull=False).exists(), "koblingstabellerne peger på puljens mål"),
        (plan.parametre.exists(), "planen har egne parametre"),
    ]
    for staar_i_vejen, grund in grunde:
        if staar_i_vejen:
            raise ValidationError({"regelsaet": f"Puljen kan ikke skiftes, når {grund}."})


def _tjek_forgaenger(plan: Helhedsplan, forgaenger: Helhedsplan | None) -> None:
    """A plan may not come before itself, however long the chain."""
    set_ = set()
    while forgaenger is not None and forgaenger.pk not in set_:
        if forgaenger.pk == plan.pk:
            raise ValidationError({"forgaenger": "Den plan kommer efter denne. Vælg en plan, der ligger før."})
        set_.add(forgaenger.pk)
        forgaenger = forgaenger.forgaenger


@transaction.atomic
def vaelg_indsatsomraader(*, bruger, plan: Helhedsplan, valgte: list[Indsatsomraade], version: int | None) -> bool:
    """Choose the plan's indsatsområder; one with a delaftale cannot be left out."""
    tjek(bruger, Rettighed.RET, plan)
    valgte = list(valgte)
    if fremmede := [o for o in valgte if o.regelsaet_id != plan.regelsaet_id]:
        raise ValidationError({"indsatsomraader": f"{fremmede[0]} hører ikke til puljen {plan.regelsaet}."})
    mistede = plan.delaftaler.exclude(indsatsomraade__in=valgte).select_related("indsatsomraade").first()
    if mistede:
        tekst = (
            f"{mistede.indsatsomraade.navn} har en delaftale. Slet delaftalen først, hvis området skal ud af planen."
        )
        raise ValidationError({"indsatsomraader": tekst})
    i_omraade = Omraadeindsats.objects.filter(omraade__plan=plan).exclude(indsatsomraade__in=valgte)
    if led := i_omraade.select_related("omraade", "indsatsomraade").first():
        tekst = f"{led.indsatsomraade.navn} står i området {led.omraade.navn}. Ret området først."
        raise ValidationError({"indsatsomraader": tekst})
    return actions.ret(
        bruger=bruger, objekt=plan, felter={"indsatsomraader": valgte}, version=version, tilladte={"indsatsomraader"}
    )


MEDLEMSFELTER = frozenset({"rolle", "fra", "til", "delaftaler", "aktiviteter"})
EGNE = ("delaftaler", "aktiviteter")


def _tjek_en_leder(medlemskab: Medlemskab, felter: dict | None = None) -> None:
    """The last leader can neither leave, become something else nor have a last day. The plan is held, so that two do
    not go at once. felter: what the membership is about to be; None when it is about to go."""
    laas(medlemskab.plan)
    gemt = laas(medlemskab)
    bliver = felter is not None and _leder_laenge(*(felter.get(f, getattr(gemt, f)) for f in ("rolle", "fra", "til")))
    if bliver or not _leder_laenge(gemt.rolle, gemt.fra, gemt.til):
        return
    andre = medlemskab.plan.medlemskaber.gaeldende(Rettighed.STYR).filter(til=None, bruger__is_active=True)
    if not andre.exclude(pk=medlemskab.pk).exists():
        raise ValidationError("Planen skal have mindst én leder. Giv en anden rollen først.", code="sidste-leder")


def _leder_laenge(rolle: str, fra: date | None, til: date | None) -> bool:
    return Rettighed.STYR in rettigheder_for(rolle) and til is None and (fra is None or fra <= timezone.localdate())


def _tjek_egne(plan: Helhedsplan, egne: dict) -> None:
    fremmede = [ting for navn in EGNE for ting in egne.get(navn) or [] if ting.plan.pk != plan.pk]
    if fremmede:
        raise ValidationError(f"»{fremmede[0]}« hører til en anden plan.", code="fremmed")


@transaction.atomic
def opret_medlem(*, bruger, medlemskab: Medlemskab, egne: dict | None = None) -> Medlemskab:
    """`egne`: the delaftaler and activities that are the person's own."""
    tjek(bruger, Rettighed.STYR, medlemskab.plan)
    _tjek_egne(medlemskab.plan, egne or {})
    ny = actions.opret(bruger=bruger, objekt=medlemskab, m2m=egne)
    if ny.bruger_id != bruger.pk:
        meddel(
            plan=ny.plan,
            modtagere=[ny.bruger_id],
            gruppe=Meddelelsesgruppe.ADGANG,
            tekst=f"Du har fået adgang som {ny.get_rolle_display().lower()}",
            sti=ny.plan.get_absolute_url(),
        )
    return ny


@transaction.atomic
def saet_leder(*, bruger, plan: Helhedsplan, leder) -> bool:
    """Make a person the plan's leader, whatever role the person had; True when that is new."""
    medlemskab = Medlemskab.objects.filter(plan=plan, bruger=leder).first()
    if medlemskab is None:
        opret_medlem(bruger=bruger, medlemskab=Medlemskab(plan=plan, bruger=leder, rolle=LEDER))
        return True
    return ret_medlem(bruger=bruger, medlemskab=medlemskab, felter={"rolle": LEDER, "fra": None, "til": None})


@transaction.atomic
def inviter_medlem(
    *,
    bruger,
    plan: Helhedsplan,
    email: str,
    navn: str,
    rolle: str,
    absolut,
    fra: date | None = None,
    til: date | None = None,
    egne: dict | None = None,
) -> Medlemskab:
    """A role for a person who has no account: the account is made, and its owner is written to."""
    tjek(bruger, Rettighed.STYR, plan)
    _tjek_egne(plan, egne or {})
    ny = inviter(bruger=bruger, email=email, navn=navn, anledning=_anledning(plan, fra), absolut=absolut)
    medlemskab = Medlemskab(plan=plan, bruger=ny, rolle=rolle, fra=fra, til=til, inviteret=timezone.now())
    return actions.opret(bruger=bruger, objekt=medlemskab, m2m=egne)


def _anledning(plan: Helhedsplan, fra: date | None) -> str:
    dagen = f" fra den {lang_dato(fra)}" if fra and fra > timezone.localdate() else ""
    return f"læse og arbejde med planen {plan.navn}{dagen}"


@transaction.atomic
def gensend_invitation(*, bruger, medlemskab: Medlemskab, absolut) -> None:
    """The letter once more to one who has not been in. Raises ValidationError."""
    tjek(bruger, Rettighed.STYR, medlemskab.plan)
    gemt = laas(medlemskab)
    if gemt.bruger.har_taget_imod:
        raise ValidationError(f"{gemt.bruger} har allerede været logget ind.", code="taget-imod")
    send_invitation(bruger=bruger, til=gemt.bruger, anledning=_anledning(medlemskab.plan, gemt.fra), absolut=absolut)
    felter = {"inviteret": timezone.now()}
    actions.ret(bruger=bruger, objekt=medlemskab, felter=felter, tilladte=set(felter), handling="inviteret igen")


@transaction.atomic
def ret_medlem(*, bruger, medlemskab: Medlemskab, felter: dict) -> bool:
    """Change role, days and what is the person's own. Another role or another day than the kommune's login gave is
    given by hand from now on."""
    tjek(bruger, Rettighed.STYR, medlemskab.plan)
    _tjek_egne(medlemskab.plan, felter)
    _tjek_en_leder(medlemskab, felter)
    gemt = Medlemskab.objects.get(pk=medlemskab.pk)
    if any(felter.get(felt, getattr(gemt, felt)) != getattr(gemt, felt) for felt in ("rolle", "fra", "til")):
        felter = felter | {"fra_login": False}
    return actions.ret(bruger=bruger, objekt=medlemskab, felter=felter, tilladte=MEDLEMSFELTER | {"fra_login"})


@transaction.atomic
def afslut_medlem(*, bruger, medlemskab: Medlemskab) -> None:
    """The person has no access from now on; that there was one, and until when, stays. One that has not begun, or
    began today, goes."""
    tjek(bruger, Rettighed.STYR, medlemskab.plan)
    _tjek_en_leder(medlemskab)
    i_gaar = timezone.localdate() - timedelta(days=1)
    if medlemskab.fra and medlemskab.fra > i_gaar:
        actions.slet(bruger=bruger, objekt=medlemskab)
        return
    felter = {"til": i_gaar, "fra_login": False}
    actions.ret(bruger=bruger, objekt=medlemskab, felter=felter, tilladte=set(felter), handling="afsluttet")


@transaction.atomic
def slet_medlem(*, bruger, medlemskab: Medlemskab) -> None:
    tjek(bruger, Rettighed.STYR, medlemskab.plan)
    _tjek_en_leder(medlemskab)
    actions.slet(bruger=bruger, objekt=medlemskab)


@transaction.atomic
def opret_organisation(*, bruger, organisation: Organisation) -> Organisation:
    tjek_kan_oprette_plan(bruger)
    revisionsspor.laas(revisionsspor.FAELLES)  # one at a time, so that two do not choose the same noegle
    organisation.noegle = unik_noegle(organisation.navn, Organisation.objects.values_list("noegle", flat=True))
    return actions.opret(bruger=bruger, objekt=organisation)


@transaction.atomic
def opret_part(*, bruger, part: Part, ny: Organisation | None = None) -> Part:
    """A party to the plan; `ny` is an organisation that is written in with it."""
    if ny is not None:
        part.organisation = opret_organisation(bruger=bruger, organisation=ny)
    return raekker.opret(bruger=bruger, objekt=part)


def tjek_kan_rette_organisation(bruger, organisation: Organisation) -> None:
    if grund := organisation_i_vejen(bruger, organisation):
        raise PermissionDenied(grund)


def ret_organisation(*, bruger, organisation: Organisation, felter: dict, version: int | None) -> bool:
    tjek_kan_rette_organisation(bruger, organisation)
    return actions.ret(
        bruger=bruger, objekt=organisation, felter=felter, version=version, tilladte={"navn", "kort_navn", "art"}
    )


@transaction.atomic
def opret_afdeling(*, bruger, afdeling: Afdeling) -> Afdeling:
    tjek_kan_oprette_plan(bruger)
    return actions.opret(bruger=bruger, objekt=afdeling)


EJER_IKKE_OPLYST = "Ejer ikke oplyst"


@transaction.atomic
def opret_afdeling_uden_ejer(*, bruger, plan: Helhedsplan, afdeling: Afdeling) -> Afdeling:
    """One of which it is known that it is not told who owns it; the plan has one place for such."""
    tjek_kan_oprette_plan(bruger)
    laas(plan)
    noegle = ejer_ikke_oplyst(plan)
    ejer = Organisation.objects.filter(noegle=noegle).first()
    if ejer is None:
        ejer = Organisation(noegle=noegle, navn=EJER_IKKE_OPLYST, art=Organisationsart.UKENDT)
        actions.opret(bruger=bruger, objekt=ejer)
    afdeling.organisation = ejer
    return actions.opret(bruger=bruger, objekt=afdeling)


def ret_afdeling(*, bruger, afdeling: Afdeling, felter: dict, version: int | None) -> bool:
    tjek_kan_rette_organisation(bruger, afdeling.organisation)
    return actions.ret(bruger=bruger, objekt=afdeling, felter=felter, version=version, tilladte={"nummer", "navn"})
