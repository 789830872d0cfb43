"""A link to a member's own address, to answer without logging in: sent, opened, and what may be done with it.

Whoever asks gets the same answer whatever the address is, and nothing is looked up before it is given: the letter is
found and sent in a thread of its own. Who has a login in two steps gets no link, since it would go round the second.
"""

import secrets
from collections.abc import Callable
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from aftaler.models import Helhedsplan
from aftaler.queries.indstillinger import parameter
from helhedsplan import actions, revisionsspor, udbakke
from helhedsplan.models import Bruger, Udbakkebrev
from moeder.models import Svarlink
from moeder.queries.svar import planer_for
from status.actions.laesning import aftryk

GYLDIG = timedelta(hours=24)
#: The parameter of the rule set that lets a member ask, vote and approve minutes by such a link.
SVAR = "svar_med_link"
#: The kind of letter that it comes in.
SVARBREV = "svarlink"
UDLOEBET = "Linket er udløbet. Bed om et nyt, eller log ind."


def kan_svare(plan: Helhedsplan) -> bool:
    """Whether the plan's rules let a member answer by link; not when they say nothing of it."""
    return bool(parameter(plan, SVAR))


@transaction.atomic
def send_til(email: str, *, absolut: Callable[[str], str], sti: Callable[[str], str]) -> bool:
    """Write to the member of that address, with a link for each board; False when there is none to write to."""
    bruger = Bruger.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if bruger is None or Authenticator.objects.filter(user=bruger).exists():
        return False
    nye = [(plan, *_nyt(bruger, plan)) for plan in planer_for(bruger)]
    if not nye:
        return False
    links = [(plan, absolut(sti(token))) for plan, _, token in nye]
    kontekst = {"bruger": bruger, "links": links, "timer": int(GYLDIG.total_seconds() // 3600)}
    udbakke.skriv(
        "Helhedsplan: Dit link", render_to_string("moeder/svar/brev.txt", kontekst), bruger.email, slags=SVARBREV,
        om=",".join(str(link.pk) for _, link, _ in nye), udloeber=nye[0][1].udloeber, siges=False,
    )  # fmt: skip
    return True


def svarbrev_er_forbi(brev: Udbakkebrev) -> str:
    """Why none of a letter's links open; '' when one does."""
    links = Svarlink.objects.filter(pk__in=brev.om.split(",")).select_related("plan", "bruger").order_by("pk")
    grunde = [mangler(link) for link in links]
    return "" if "" in grunde else next(iter(grunde), "Planen er slettet.")


def _nyt(bruger: Bruger, plan: Helhedsplan) -> tuple[Svarlink, str]:
    """A new link and its token; the link keeps its hash."""
    token, nu = secrets.token_urlsafe(32), timezone.now()
    link = Svarlink(plan=plan, bruger=bruger, token_sha256=aftryk(token), sendt=nu, udloeber=nu + GYLDIG)
    actions.opret(bruger=bruger, objekt=link, handling="sendt")
    return link, token


def mangler(link: Svarlink) -> str:
    """Why a link does not open; '' when it does."""
    if link.udloeber <= timezone.now():
        return UDLOEBET
    if not link.bruger.is_active or link.plan not in planer_for(link.bruger):
        return "Du er ikke længere med i bestyrelsen. Spørg sekretariatet."
    return ""


@transaction.atomic
def aabn(*, link: Svarlink) -> str:
    """Open a link on a device; what it says when it cannot be opened. It stands in the log."""
    grund = mangler(link)
    if not grund:
        revisionsspor.skriv(bruger=link.bruger, kaede=link.plan.noegle, handling="åbnet", objekt=link, aendringer=[])
    return grund


def tjek_kan_svare(link: Svarlink) -> None:
    """Raises PermissionDenied where the link does not open, or the plan's rules do not let members answer by it."""
    if grund := mangler(link):
        raise PermissionDenied(grund)
    if not kan_svare(link.plan):
        raise PermissionDenied("I denne plan svarer man ved at logge ind.")
