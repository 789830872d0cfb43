"""Before what cannot be taken back, or leaves the house, a person says once more that it is him.

Who has logged in or said so within the last minutes (`ACCOUNT_REAUTHENTICATION_TIMEOUT`) is not asked. On a GET the
person is asked and comes back to the page; a POST that is too late is given back with everything typed
(`genindsend`), and nothing is written.
"""

import time
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.urls import reverse

#: In the session: when it began, in seconds.
BEGYNDT = "login_begyndt"
#: Pages that give, change or end somebody's rights.
RETTIGHEDER = {
    "medlem-opret",
    "medlem-ret",
    "medlem-slet",
    "medlem-inviter",
    "medlem-afslut",
    "plan-to-trin",
    "planer-uden-leder",
    "person-anonymiser",
}
#: Files that hold a whole plan, and what is known of a person.
UDTRAEK = {"plan-fil", "plan-historik-fil", "person-fil"}
#: Who holds the address can choose a new password.
KONTOEN = {"account_email"}
KRAEVER = RETTIGHEDER | UDTRAEK | KONTOEN
#: Their forms ask for the password each time; who has none is asked here.
UDEN_KODE = {"udgave-underskriv"}


def husk_login(request, **mere) -> None:
    """Receiver of Django's `user_logged_in`: when the session began."""
    request.session[BEGYNDT] = time.time()


def nylig(request) -> bool:
    """Whether the person has logged in, or said that it is him, within the last minutes, in this browser."""
    sagt = [gang["at"] for gang in get_authentication_records(request, request.user)]
    sidst = max([request.session.get(BEGYNDT, 0), *sagt])
    return time.time() - sidst < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


class SkalBekraefte(Exception):
    """What was sent gives rights, and the person has not said lately who he is. Nothing is written."""


def kraev_nylig(request) -> None:
    """For a page that gives rights only now and then: asked before anything is written. Raises SkalBekraefte."""
    if not nylig(request):
        raise SkalBekraefte


def mangler_bekraeftelse(request) -> bool:
    """Whether the page that is asked for wants it said once more, and it has not been said lately."""
    navn = request.resolver_match.url_name
    if not request.user.is_authenticated or navn not in KRAEVER | UDEN_KODE:
        return False
    if navn in UDEN_KODE and request.user.has_usable_password():
        return False
    return not nylig(request)


def bekraeft_url(request, naeste: str) -> str:
    """Where the person says so, by what he has: password, code, passkey or the kommune's login; then `naeste`."""
    maader = get_adapter().get_reauthentication_methods(request.user)
    if not maader:
        raise PermissionDenied("Din konto har hverken adgangskode eller login i to trin. Vælg en adgangskode først.")
    return f"{maader[0]['url']}?{urlencode({'next': naeste})}"


def naeste_side(request) -> str:
    """Where a GET goes on when it is said: to the page itself, or to one that hands the file out, since a browser that
    gets a file stays on the page where it was asked."""
    sti = request.get_full_path()
    if request.resolver_match.url_name in UDTRAEK:
        return f"{reverse('bekraeftet')}?{urlencode({'fil': sti})}"
    return sti
