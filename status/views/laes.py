"""A personal link opens one status for reading, without an account's trouble and with no other right.

The letter leads to a page with one button; the button's POST uses the link up and opens a session that holds nothing
but the link's number. `laesning-vis` shows the page of that session.
"""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from status import pdf
from status.actions.laesning import (
    aftryk,
    brug_link,
    kan_tages_til_efterretning,
    mangler_for_link,
    tag_til_efterretning,
    tjek_maa_laeses,
)
from status.choices import Statustilstand
from status.models import Laeselink

SESSION = "laeselink"
#: Long enough for a meeting.
GYLDIG_SEKUNDER = 4 * 60 * 60
SLUT = "Din læsning er slut. Bed sekretariatet om et nyt link, eller log ind."
UKENDT = "Linket er ikke et, vi kender. Se efter, at hele adressen er kommet med fra mailen."


def _links():
    return Laeselink.objects.select_related("status__plan", "bruger")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def laeselink(request, token):
    """The letter's page (GET, writes nothing), and the use of the link (POST)."""
    link = _links().filter(token_sha256=aftryk(token)).first()
    if link is None:
        return _afvis(request, UKENDT, 404)
    if request.method != "POST":
        mangler = mangler_for_link(link)
        return _afvis(request, mangler, 410) if mangler else render(request, "status/laes/aabn.html", {"link": link})
    if mangler := brug_link(link=link):
        return _afvis(request, mangler, 410)
    request.session.cycle_key()
    request.session[SESSION] = link.pk
    if not request.user.is_authenticated:
        request.session.set_expiry(GYLDIG_SEKUNDER)
    return redirect("laesning-vis")


def _afvis(request, besked: str, status: int):
    return render(request, "status/laes/afvist.html", {"besked": besked}, status=status)


@login_not_required
@never_cache
@require_safe
def vis(request):
    """The page of the session's link, and only that one."""
    link = _aabnet(request)
    if link is None:
        return _afvis(request, SLUT, 403)
    tjek_maa_laeses(link)
    status = link.status
    er_publiceret = status.tilstand == Statustilstand.PUBLICERET
    kontekst = {
        "status": status,
        "plan": status.plan,
        "link": link,
        "siden": pdf.frossen_side(status),
        "er_publiceret": er_publiceret,
        "kan_tages_til_efterretning": er_publiceret and kan_tages_til_efterretning(status.plan),
        "laesning": status.laesninger.filter(bruger=link.bruger).first(),
    }
    return render(request, "status/laes/vis.html", kontekst)


@login_not_required
@never_cache
@require_POST
def efterretning(request):
    """The one thing that can be said from the page of an opened link."""
    link = _aabnet(request)
    if link is None:
        return _afvis(request, SLUT, 403)
    try:
        tag_til_efterretning(link=link)
    except ValidationError as fejl:
        return _afvis(request, " ".join(fejl.messages), 410)
    return redirect("laesning-vis")


def _aabnet(request) -> Laeselink | None:
    """The link that the session was opened with."""
    return _links().filter(pk=request.session.get(SESSION)).first()
