import logging

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import BadRequest
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from helhedsplan.bekraeftelse import SkalBekraefte, bekraeft_url, mangler_bekraeftelse, naeste_side
from helhedsplan.fillager import Lagerstop
from helhedsplan.formats import opremsning
from helhedsplan.genindsend import vis_genindsend
from helhedsplan.konto import ManglerToTrin, mangler_to_trin
from helhedsplan.laest import en_side
from helhedsplan.pdf import PdfFejl
from helhedsplan.udbakke import ikke_sendt, saml
from helhedsplan.views import fejl_lager, fejl_papir

logger = logging.getLogger(__name__)


class LoginPaakraevet(LoginRequiredMiddleware):
    """Login for every URL that does not opt out. What somebody sends after the session has run out is not lost:
    autosave gets a plain 401, and a form comes back with everything typed, ready to be sent again after login."""

    def handle_no_permission(self, request, view_func):
        if request.headers.get("X-Autogem"):
            return JsonResponse({"besked": "Du er logget ud. Log ind i et nyt faneblad, og gem igen."}, status=401)
        if request.method == "POST":
            return vis_genindsend(request, status=401)
        return super().handle_no_permission(request, view_func)


class ToTrin:
    """Who writes comes no further before he has a login in two steps: anywhere where the installation asks for it, to
    a plan that does. He is led to set one up, and then back."""

    #: How the addresses of accounts are named, and where a page has no person.
    FRI = ("account_", "mfa_", "logins", "sundhed", "bekraeftet", "kommunelogin", "openid_connect_")
    #: In the session: where the person was going.
    VIDERE = "totrin_videre"

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, *argumenter):
        navn = request.resolver_match.url_name or ""
        if navn.startswith(self.FRI):
            return None
        if mangler_to_trin(request):
            return self.vis_vej(request)
        if request.session.get(self.VIDERE) == request.get_full_path():
            del request.session[self.VIDERE]
        return None

    def process_exception(self, request, fejl):
        return self.vis_vej(request) if isinstance(fejl, ManglerToTrin) else None

    def vis_vej(self, request):
        if request.method == "POST":
            return vis_genindsend(request, status=403, to_trin=True)
        request.session[self.VIDERE] = request.get_full_path()
        messages.info(request, "Din rolle kræver login i to trin. Tilføj en passkey eller en app, så kommer du videre.")
        return redirect("mfa_index")


class Bekraeft:
    """Who has been logged in for a while says once more that it is him, where the page wants it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, *argumenter):
        if not mangler_bekraeftelse(request):
            return None
        if request.method == "POST":
            return self.giv_tilbage(request)
        return redirect(bekraeft_url(request, naeste_side(request)))

    def process_exception(self, request, fejl):
        return self.giv_tilbage(request) if isinstance(fejl, SkalBekraefte) else None

    def giv_tilbage(self, request):
        return vis_genindsend(request, status=403, bekraeft=bekraeft_url(request, reverse("bekraeftet")))


def uden_nultegn(get_response):
    """No question holds a NUL: nobody types one, and PostgreSQL cannot look for it."""

    def middleware(request):
        if "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest
        return get_response(request)

    return middleware


def en_laesning(get_response):
    """A page that is only read asks the database once for what several rooms want."""

    def middleware(request):
        if request.method not in {"GET", "HEAD"}:
            return get_response(request)
        with en_side():
            return get_response(request)

    return middleware


def usendte_breve(get_response):
    """Says whose letters have not gone yet. What was to be saved is saved, the letters too."""

    def middleware(request):
        with saml() as breve:
            svar = get_response(request)
        if breve and (til := ikke_sendt(breve)):
            besked = f"Mailen til {opremsning(til)} er ikke sendt endnu. Den prøves igen af sig selv. Alt er gemt."
            messages.warning(request, besked)
        return svar

    return middleware


class Papirfejl:
    """A paper that cannot be made is answered with the reason, and a storage of files that does not answer with
    everything typed, whichever page asked for it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, fejl):
        if isinstance(fejl, Lagerstop):
            logger.error("%s", fejl)
            return vis_genindsend(request, status=503) if request.method == "POST" else fejl_lager(request)
        return fejl_papir(request, str(fejl)) if isinstance(fejl, PdfFejl) else None
