"""Reading a published status: marks of having read, questions and answers, and personal links that open one page.

A link's token is random and stands only in the letter: the database keeps its hash. It is used up by a POST from the
page that the letter leads to, so that a mail scanner that follows links opens nothing.
"""

import hashlib
import secrets
from collections.abc import Callable, Iterable
from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from aftaler.actions.meddelelse import meddel
from aftaler.choices import Meddelelsesgruppe
from aftaler.models import Helhedsplan
from aftaler.queries.adgang import kan, personer_med, skrivere, tjek
from aftaler.queries.indstillinger import parameter
from helhedsplan import actions, revisionsspor, udbakke
from helhedsplan.actions import laas
from helhedsplan.models import Udbakkebrev
from helhedsplan.rettigheder import Rettighed
from status.choices import Statustilstand
from status.models import Kvartalsstatus, Laeselink, Laest, Spoergsmaal

GYLDIG_DAGE = 14
#: The kind of letter that a reading link comes in.
LAESEBREV = "laeselink"
#: The parameter of the rule set that lets a member take note from the link.
EFTERRETNING = "efterretning_i_laeselink"
BRUGT = "Linket er allerede brugt. Bed sekretariatet om et nyt, eller log ind."
UDLOEBET = "Linket er udløbet. Bed sekretariatet om et nyt, eller log ind."


def aftryk(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _tjek_publiceret(status: Kvartalsstatus) -> None:
    if status.tilstand != Statustilstand.PUBLICERET:
        raise ValidationError(f"{status} er ikke publiceret.", code="ikke_publiceret")


@transaction.atomic
def laest(*, bruger, status: Kvartalsstatus) -> Laest:
    """The person has read the page. Said twice, the first time counts."""
    tjek(bruger, Rettighed.DELTAG, status.plan)
    _tjek_publiceret(status)
    laas(status)
    findes = Laest.objects.filter(status=status, bruger=bruger).first()
    return findes or actions.opret(
        bruger=bruger, objekt=Laest(status=status, bruger=bruger, tidspunkt=timezone.now()), handling="læst"
    )


@transaction.atomic
def spoerg(*, bruger, status: Kvartalsstatus, afsnit: str, tekst: str) -> Spoergsmaal:
    """Ask or comment about a section. Whoever reads the plan may."""
    tjek(bruger, Rettighed.DELTAG, status.plan)
    _tjek_publiceret(status)
    nyt = Spoergsmaal(status=status, afsnit=afsnit, tekst=tekst, bruger=bruger, stillet=timezone.now())
    actions.opret(bruger=bruger, objekt=nyt, handling="spurgt")
    _meddel(status, skrivere(status.plan, undtagen=bruger), f"Der er et spørgsmål til »{status}«")
    return nyt


def _meddel(status: Kvartalsstatus, modtagere: Iterable[int], tekst: str) -> None:
    meddel(
        plan=status.plan,
        modtagere=modtagere,
        gruppe=Meddelelsesgruppe.SPOERGSMAAL,
        tekst=tekst,
        sti=f"{status.get_absolute_url()}#spoergsmaal",
    )


@transaction.atomic
def svar(*, bruger, spoergsmaal: Spoergsmaal, svar: str) -> bool:
    """Answer a question; a later answer takes the place of the first, and the log keeps both."""
    tjek(bruger, Rettighed.RET, spoergsmaal.plan)
    if not svar.strip():
        raise ValidationError({"svar": "Skriv et svar."}, code="tomt")
    felter = {"svar": svar.strip(), "besvaret": timezone.now(), "besvaret_af": bruger}
    er_foerste = spoergsmaal.besvaret is None
    rettet = actions.ret(bruger=bruger, objekt=spoergsmaal, felter=felter, tilladte=set(felter), handling="besvaret")
    if er_foerste and spoergsmaal.bruger_id != bruger.pk:
        _meddel(spoergsmaal.status, [spoergsmaal.bruger_id], f"Der er svar på dit spørgsmål til »{spoergsmaal.status}«")
    return rettet


@transaction.atomic
def send_links(
    *, bruger, status: Kvartalsstatus, modtagere: Iterable, absolut: Callable[[str], str], sti: Callable[[str], str]
) -> list[Laeselink]:
    """A link of one's own to each member, by e-mail, once it is saved. `sti` makes a path of a token."""
    tjek(bruger, Rettighed.RET, status.plan)
    _tjek_publiceret(status)
    nu, links = timezone.now(), []
    medlemmer = set(personer_med(status.plan, Rettighed.SE).values_list("pk", flat=True))
    for modtager in modtagere:
        if modtager.pk not in medlemmer:
            raise ValidationError(f"{modtager} er ikke med i planen.", code="fremmed")
        token = secrets.token_urlsafe(32)
        link = Laeselink(
            status=status,
            bruger=modtager,
            token_sha256=aftryk(token),
            sendt=nu,
            udloeber=nu + timedelta(days=GYLDIG_DAGE),
        )
        links.append(actions.opret(bruger=bruger, objekt=link, handling="sendt"))
        _send(bruger, link, absolut(sti(token)))
    return links


def _send(bruger, link: Laeselink, adresse: str) -> None:
    status = link.status
    kontekst = {"link": link, "status": status, "plan": status.plan, "adresse": adresse, "afsender": str(bruger)}
    brev, emne = render_to_string("status/laes/brev.txt", kontekst), f"Helhedsplan: {status}"
    udbakke.skriv(emne, brev, link.bruger.email, slags=LAESEBREV, om=link.pk, udloeber=link.udloeber)


def laesebrev_er_forbi(brev: Udbakkebrev) -> str:
    """Why the link in a letter does not open; '' when it does."""
    link = Laeselink.objects.filter(pk=brev.om).select_related("status__plan", "bruger").first()
    return mangler_for_link(link) if link else "Statussen er slettet."


def mangler_for_link(link: Laeselink) -> str:
    """Why a link does not open its page; '' when it does."""
    if link.brugt:
        return BRUGT
    if link.udloeber <= timezone.now():
        return UDLOEBET
    if link.status.tilstand not in (Statustilstand.PUBLICERET, Statustilstand.TRUKKET):
        return "Statussen er ikke publiceret."
    if not kan(link.bruger, Rettighed.SE, link.status.plan):
        return "Du er ikke længere med i planen. Spørg sekretariatet."
    return ""


def brug_link(*, link: Laeselink) -> str:
    """Use a link up; what it says when it cannot be used, '' when it opens. Both are logged.

    Of two at once the row's lock lets one through. Opening the page marks it as read by the one it was sent to.
    """
    with transaction.atomic():
        gemt = laas(link)
        if mangler := mangler_for_link(gemt):
            _log_afvist(gemt, mangler)
            return mangler
        felter = {"brugt": timezone.now()}
        actions.ret(bruger=gemt.bruger, objekt=gemt, felter=felter, tilladte=set(felter), handling="åbnet")
        if gemt.status.tilstand == Statustilstand.PUBLICERET:
            laest(bruger=gemt.bruger, status=gemt.status)
    return ""


def kan_tages_til_efterretning(plan: Helhedsplan) -> bool:
    """Whether the plan's rules let a member say so from a reading link; not when they say nothing of it."""
    return bool(parameter(plan, EFTERRETNING))


@transaction.atomic
def tag_til_efterretning(*, link: Laeselink) -> Laest:
    """The one that an opened link was sent to takes note of the status. Said twice, the first time counts.

    Raises PermissionDenied where the plan's rules do not allow it, or the person has left the plan.
    """
    tjek_maa_laeses(link)
    if link.brugt is None or not kan_tages_til_efterretning(link.status.plan):
        raise PermissionDenied("I denne plan tages en status til efterretning på mødet.")
    laesning = laest(bruger=link.bruger, status=link.status)
    if laesning.efterretning is None:
        felter = {"efterretning": timezone.now()}
        actions.ret(
            bruger=link.bruger, objekt=laesning, felter=felter, tilladte=set(felter), handling="taget til efterretning"
        )
    return laesning


def _log_afvist(link: Laeselink, grund: str) -> None:
    aendring = {"felt": "brugt", "navn": "brugt", "foer": None, "efter": grund}
    revisionsspor.skriv(
        bruger=link.bruger, kaede=link.plan.noegle, handling="afvist", objekt=link, aendringer=[aendring]
    )


def tjek_maa_laeses(link: Laeselink) -> None:
    """A session that a link opened shows its page while the person is in the plan, and nothing else."""
    if not kan(link.bruger, Rettighed.SE, link.status.plan):
        raise PermissionDenied("Du er ikke længere med i planen. Spørg sekretariatet.")
