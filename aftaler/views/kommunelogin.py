"""What allauth asks of the house when somebody comes by the kommune's own login (OpenID Connect)."""

import logging
import time

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthError, AuthProcess
from allauth.socialaccount.providers.openid_connect.views import login
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from requests import RequestException

from aftaler.actions.kommunelogin import IngenAdgang, glem_det_sagte, kom_ind, uden_roller
from aftaler.models import Medlemskab

logger = logging.getLogger(__name__)
STUM = "Kommunens login svarer ikke lige nu. Prøv igen om lidt."


def uden_adgang(request, besked: str, overskrift: str = "Du er ikke lukket ind", status: int = 403):
    return render(request, "konto/uden_adgang.html", {"overskrift": overskrift, "besked": besked}, status=status)


@require_safe
@login_not_required
def begynd(request):
    """Sends the person to the kommune's login. One who is logged in comes to say once more that it is him, and is to be
    asked there even though the kommune's login knows him."""
    if not settings.OIDC_ROLLER:
        raise Http404("Her er ikke sat et login fra kommunen op.")
    if request.user.is_authenticated:
        request.GET = request.GET.copy()
        request.GET["auth_params"] = "prompt=login&max_age=0"
    try:
        return login(request, settings.OIDC_NOEGLE)
    except (RequestException, KeyError) as fejl:
        logger.error("Kommunens login kan ikke nås: %s", fejl)
        return uden_adgang(request, STUM, "Du er ikke logget ind", 503)


def _tjek_bekraeftet(bruger, sociallogin) -> None:
    """It is the same person, whom the kommune's login has asked just now, where it says when (`auth_time`)."""
    if sociallogin.user != bruger:
        besked = f"Du er logget ind som {bruger.email}, og kommunens login svarede for en anden. Log ud først."
        raise IngenAdgang(besked)
    spurgt = sociallogin.account.extra_data.get("id_token", {}).get("auth_time")
    if isinstance(spurgt, int | float) and time.time() - spurgt > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
        raise IngenAdgang("Kommunens login spurgte ikke, om det er dig. Log ud, og log ind igen.")


class Kommuneadapter(DefaultSocialAccountAdapter):
    """The roles are set before anybody is let in, so that who has none never gets a session."""

    def pre_social_login(self, request, sociallogin):
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise ImmediateHttpResponse(redirect("forside"))
        try:
            if request.user.is_authenticated:
                _tjek_bekraeftet(request.user, sociallogin)
            bruger = self._kom_ind(sociallogin)
        except IngenAdgang as fejl:
            raise ImmediateHttpResponse(uden_adgang(request, str(fejl))) from fejl
        except ValidationError as fejl:
            logger.error("Kommunens login gav, hvad der ikke kan gemmes: %s", ", ".join(fejl.error_dict))
            besked = (
                "Dit login har et navn eller en mailadresse, der ikke kan bruges her. Sig det til dem, der styrer det."
            )
            raise ImmediateHttpResponse(uden_adgang(request, besked)) from fejl
        if not sociallogin.is_existing:
            sociallogin.connect(request, bruger)

    def _kom_ind(self, sociallogin):
        sagt = sociallogin.account.extra_data
        glem_det_sagte(konto=sociallogin.account)
        oplysninger = {**sagt.get("id_token", {}), **sagt.get("userinfo", {})}
        email = str(oplysninger.get("email") or "").strip()
        try:
            validate_email(email)
        except ValidationError:
            besked = "Dit login siger ikke, hvilken mailadresse du har. Sig det til dem, der styrer det."
            raise IngenAdgang(besked) from None
        from helhedsplan.loginroller import loginroller

        givet = loginroller(settings.OIDC_ROLLER).givne(oplysninger)
        bruger = kom_ind(
            kendt=sociallogin.user if sociallogin.is_existing else None,
            email=email,
            bekraeftet=oplysninger.get("email_verified") is True,
            navn=" ".join(str(oplysninger.get("name") or email).split())[:200],
            givet=givet,
        )
        if not Medlemskab.objects.gaeldende().filter(bruger=bruger).exists():
            raise IngenAdgang(uden_roller(givet))
        return bruger

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None):
        if error == AuthError.CANCELLED:
            afbrudt = "Du afbrød, før kommunens login var færdigt."
            raise ImmediateHttpResponse(uden_adgang(request, afbrudt, "Du er ikke logget ind"))
        if isinstance(exception, RequestException):
            logger.error("Kommunens login kan ikke nås: %s", exception)
            raise ImmediateHttpResponse(uden_adgang(request, STUM, "Du er ikke logget ind", 503))
        logger.warning("Kommunens login gik ikke: %s %s", error, exception)
        besked = "Login med kommunens login blev ikke gjort færdigt. Prøv igen."
        raise ImmediateHttpResponse(uden_adgang(request, besked, "Du er ikke logget ind", 400))
