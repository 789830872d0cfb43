"""The board written as rows of one page: sides, members, accounts, signers, and the seats of the diagram, at once."""

from collections.abc import Callable
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from aftaler.actions import plan as planactions
from aftaler.actions import raekker as planraekker
from aftaler.models import Helhedsplan, Medlemskab
from aftaler.queries.adgang import kan, tjek
from helhedsplan import actions
from helhedsplan.actions import Raekkefejl, Versionskonflikt, i_raekke, laas
from helhedsplan.formats import lang_dato
from helhedsplan.models import Bruger
from helhedsplan.rettigheder import BESTYRELSE, Rettighed
from helhedsplan.tvillinger import foldet
from moeder.actions.sammensaetning import MEDLEMSFELTER, fjern_medlem, raekkens_organisation, skriv_pladser
from moeder.models import Bestyrelsesmedlem, Bestyrelsesside
from moeder.queries.bestyrelsen import organisationer, siddende

RELATION = "bestyrelse"
#: So many days before a seat begins its holder can be given access: time for the papers of the first meeting.
ADGANG_DAGE_FOER = 60
INGEN_ADGANG = "Personen har ikke adgang til planen, og kun planens leder kan give den. Lad feltet stå tomt så længe."


@transaction.atomic
def gem_bestyrelse(
    *, bruger, plan: Helhedsplan, raekker: list[dict], uaendret: Callable[[], bool], absolut: Callable[[str], str]
) -> list[Bruger]:
    """Make the board what the rows say; returns those who were invited to have an account.

    A row without a name is a vacant seat of the diagram. `uaendret` says, under the lock, whether the board is as the
    rows were opened with. Raises Raekkefejl, ValidationError, Versionskonflikt, PermissionDenied.
    """
    tjek(bruger, Rettighed.RET, plan)
    gemt = laas(plan)
    if not uaendret():
        raise Versionskonflikt(gemt, gemt.version)
    foer = {m.pk: m for m in siddende(plan)}
    _tjek_medlemmer(foer, raekker)
    _slet_udgaaede(bruger, foer, {r["medlem"] for r in raekker})
    inviterede: list[Bruger] = []
    # Those who are there already first: one who leaves, or is chair no more, makes room for the one who takes over.
    for nummer, raekke in sorted(enumerate(raekker, 1), key=_efter_pladsens_alder):
        if raekke["navn"]:
            with i_raekke(RELATION, nummer):
                side = _side(bruger, plan, raekke["side"])
                medlem = foer.get(raekke["medlem"])
                beholdt = medlem.bruger if medlem and medlem.bruger else None
                if not (beholdt and beholdt.email.lower() == raekke["email"]):
                    beholdt = _konto(bruger, plan, raekke, inviterede, absolut)
                _gem_medlem(bruger, medlem, raekke, side, beholdt)
    gamle_navne = {foldet(m.navn) for m in foer.values()}
    _skriv_underskrivere(bruger, plan, raekker, gamle_navne)
    skriv_pladser(bruger=bruger, plan=plan, raekker=raekker)
    return inviterede


def _efter_pladsens_alder(nummereret: tuple[int, dict]) -> int:
    """Those who give up the chair, those who have or take it, and the new ones as they are written."""
    _, raekke = nummereret
    return 2 if raekke["medlem"] is None else int(raekke["formand"])


def _tjek_medlemmer(foer: dict[int, Bestyrelsesmedlem], raekker: list[dict]) -> None:
    for nummer, raekke in enumerate(raekker, 1):
        if raekke["medlem"] and raekke["medlem"] not in foer:
            raise Raekkefejl(RELATION, {nummer: ValidationError("Medlemmet sidder her ikke længere. Hent siden igen.")})


def _slet_udgaaede(bruger, foer: dict[int, Bestyrelsesmedlem], tilbage: set) -> None:
    for pk, medlem in foer.items():
        if pk not in tilbage:
            try:
                fjern_medlem(bruger=bruger, medlem=medlem)
            except ValidationError as fejl:
                raise ValidationError(f"{medlem}: {' '.join(fejl.messages)}", code="bruges") from None


def _side(bruger, plan: Helhedsplan, valg: str) -> Bestyrelsesside:
    """The side that was chosen; one that is made of an organisation, when it has none yet."""
    slags, _, pk = valg.partition("-")
    if slags == "side" and (side := plan.bestyrelsessider.filter(pk=pk).first()):
        return side
    organisation = next((o for o in organisationer(plan) if slags == "org" and str(o.pk) == pk), None)
    if organisation is None:
        raise ValidationError({"side": "Det valgte findes ikke længere. Vælg igen."})
    if side := plan.bestyrelsessider.filter(organisation=organisation).first():
        return side
    ny = Bestyrelsesside(plan=plan, navn=organisation.navn, organisation=organisation, har_stemme=organisation.er_part)
    return planraekker.opret(bruger=bruger, objekt=ny)


def _konto(bruger, plan: Helhedsplan, raekke: dict, inviterede: list[Bruger], absolut) -> Bruger | None:
    """The account of the address. One who cannot read the plan yet gets to, by the action that "Giv adgang" uses."""
    if not raekke["email"]:
        return None
    konto = Bruger.objects.filter(email__iexact=raekke["email"]).first()
    if konto and not konto.is_active:
        raise ValidationError({"email": "Kontoen er lukket. Bed en administrator om at åbne den."})
    har = Medlemskab.objects.filter(plan=plan, bruger=konto).first() if konto else None
    if har and har.gaelder:
        return konto
    if not kan(bruger, Rettighed.STYR, plan):
        raise ValidationError({"email": INGEN_ADGANG}, code="ingen_adgang")
    tidligst = raekke["fra"] - timedelta(days=ADGANG_DAGE_FOER) if raekke["fra"] else date.min
    if tidligst > timezone.localdate():
        besked = (
            f"Pladsen begynder først {lang_dato(raekke['fra'])}. Lad feltet stå tomt så længe; personen kan få adgang "
            f"fra {lang_dato(tidligst)}."
        )
        raise ValidationError({"email": besked}, code="for_tidligt")
    if har:  # it is over, or begins later: from now on, with the board's role
        felter = {"rolle": BESTYRELSE, "fra": None, "til": None}
        planactions.ret_medlem(bruger=bruger, medlemskab=har, felter=felter)
        return konto
    if konto:
        planactions.opret_medlem(bruger=bruger, medlemskab=Medlemskab(plan=plan, bruger=konto, rolle=BESTYRELSE))
        return konto
    ny = planactions.inviter_medlem(
        bruger=bruger, plan=plan, email=raekke["email"], navn=raekke["navn"], rolle=BESTYRELSE, absolut=absolut
    )
    inviterede.append(ny.bruger)
    return ny.bruger


def _gem_medlem(bruger, medlem: Bestyrelsesmedlem | None, raekke: dict, side: Bestyrelsesside, konto) -> None:
    skrevne = ("navn", "titel", "formand", "fra", "fra_sagt", "til", "til_sagt")
    felter = {navn: raekke[navn] for navn in skrevne} | {"bruger": konto}
    try:
        if medlem is None:
            actions.opret(bruger=bruger, objekt=Bestyrelsesmedlem(side=side, **felter))
            return
        if side.pk != medlem.side_id:
            besked = "En plads bliver på sin side. Skriv en sidste dag her, og tilføj personen på den nye side."
            raise ValidationError({"side": besked})
        actions.ret(bruger=bruger, objekt=medlem, felter=felter, tilladte=MEDLEMSFELTER)
    except ValidationError as fejl:
        if hasattr(fejl, "error_dict") and "bruger" in fejl.error_dict:
            raise ValidationError({"email": fejl.error_dict["bruger"]}) from None
        raise


def _skriv_underskrivere(bruger, plan: Helhedsplan, raekker: list[dict], gamle_navne: set[str]) -> None:
    """The one of each party who signs for it; a member who no longer does is taken away, others are left alone."""
    valgte: dict[int | None, dict] = {}
    parter = {p.organisation_id: p for p in plan.parter.select_related("organisation")}
    for nummer, raekke in enumerate(raekker, 1):
        if not raekke["skriver_under"]:
            continue
        organisation = raekkens_organisation(plan, raekke["side"])
        with i_raekke(RELATION, nummer):
            if organisation not in parter:
                besked = "Siden er ikke part i planen, så ingen skriver under for den. Tag fluebenet væk."
                raise ValidationError({"skriver_under": besked})
            if organisation in valgte:
                besked = f"{valgte[organisation]['navn']} skriver allerede under for {parter[organisation]}. Vælg én."
                raise ValidationError({"skriver_under": besked})
        valgte[organisation] = raekke
    for organisation, part in parter.items():
        valgt = valgte.get(organisation)
        if valgt:
            felter = {"underskriver": valgt["navn"], "underskriver_titel": valgt["titel"] or part.underskriver_titel}
        elif part.underskriver and foldet(part.underskriver) in gamle_navne:
            felter = {"underskriver": "", "underskriver_titel": ""}
        else:
            continue
        planraekker.ret(bruger=bruger, objekt=part, felter=felter, version=None)
