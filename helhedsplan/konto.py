"""Accounts: never by signing up; a plan's leader invites, and the person chooses a password by a link."""

import logging
from collections.abc import Callable

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import default_token_generator
from allauth.account.internal.stagekit import clear_login
from allauth.account.utils import user_pk_to_url_str
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import transaction
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse

from helhedsplan import actions, breve
from helhedsplan.models import Bruger

logger = logging.getLogger(__name__)

PROFILFELTER = frozenset({"navn", "titel", *Bruger.MAILFELTER})


class Kontoadapter(DefaultAccountAdapter):
    """Accounts are made by those who run the plans, never by signing up."""

    def is_open_for_signup(self, request):
        return False

    def get_client_ip(self, request):
        """The address that the outermost trusted proxy saw. Who has come past some of them is counted by his own."""
        try:
            return super().get_client_ip(request)
        except (ImproperlyConfigured, PermissionDenied):
            logger.warning("X-Forwarded-For er ikke skrevet af så mange proxyer, som BETROEDE_PROXYER siger.")
            return request.META.get("REMOTE_ADDR", "")

    def _get_login_attempts_cache_key(self, request, **credentials):
        """By account *and* address: nobody shuts another out by typing that person's e-mail and a wrong password."""
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{self.get_client_ip(request)}"

    def pre_login(self, request, user, *, signal_kwargs, **mere):
        """Who comes by the kommune's own login comes by nothing else: it is there that the roles are taken away."""
        ved_login = "sociallogin" in (signal_kwargs or {})
        if settings.OIDC_ROLLER and not ved_login and SocialAccount.objects.filter(user=user).exists():
            clear_login(request)
            tekst = f"Din konto hører til {settings.OIDC_NAVN}. Gå tilbage, og log ind der."
            kontekst = {"overskrift": "Log ind med kommunens login", "besked": tekst}
            return render(request, "konto/uden_adgang.html", kontekst, status=403)
        return super().pre_login(request, user, signal_kwargs=signal_kwargs, **mere)

    def send_mail(self, template_prefix, email, context):
        breve.aflever(self.render_mail(template_prefix, email, context | {"email": email}))


@transaction.atomic
def inviter(*, bruger, email: str, navn: str, anledning: str, absolut: Callable[[str], str]) -> Bruger:
    """Make an account without a password and send its owner the link to choose one, once the account is there.

    `anledning` says in the letter why it comes; `absolut` makes a full address of a path. The link works once.
    """
    ny = Bruger(email=email.lower(), navn=navn)
    ny.set_unusable_password()
    actions.opret(bruger=bruger, objekt=ny, handling="inviteret")
    noegle = {"uidb36": user_pk_to_url_str(ny), "key": default_token_generator.make_token(ny)}
    link = absolut(reverse("account_reset_password_from_key", kwargs=noegle))
    kontekst = {"navn": navn, "anledning": anledning, "link": link, "afsender": str(bruger)}
    brev = render_to_string("konto/invitation.txt", kontekst)
    breve.send_ved_slut("Helhedsplan: Du har fået adgang", brev, ny.email)
    return ny


def ret_profil(*, bruger, felter: dict, version: int | None) -> bool:
    """A person's own name, title, and when mail is to come; nobody else's."""
    return actions.ret(bruger=bruger, objekt=bruger, felter=felter, version=version, tilladte=PROFILFELTER)
