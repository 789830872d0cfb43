"""Accounts: never by signing up; a plan's leader invites, and the person chooses a password by a link."""

import logging
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.forms import default_token_generator
from allauth.account.internal.stagekit import clear_login
from allauth.account.utils import url_str_to_user_pk, user_pk_to_url_str
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import transaction
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from helhedsplan import actions, udbakke
from helhedsplan.bekraeftelse import nylig
from helhedsplan.formats import antal
from helhedsplan.models import Bruger, Udbakkebrev
from helhedsplan.rettigheder import SKRIVENDE

logger = logging.getLogger(__name__)

#: What a login is counted and listed under that came through a socket, and with no address.
UKENDT_ADRESSE = "127.0.0.1"
#: The kind of letter that chooses a password by a link.
KODELINK = "kodelink"
#: allauth's letters with links -> how long the link opens.
LINKBREVE = {
    "password_reset_key": timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT),
    "email_confirmation": timedelta(days=app_settings.EMAIL_CONFIRMATION_EXPIRE_DAYS),
}
#: How allauth names the ways to say once more who one is -> what the link says.
BEKRAEFT_MED = {
    "reauthenticate": "Brug din adgangskode i stedet",
    "mfa_reauthenticate": "Brug en kode i stedet",
    "mfa_reauthenticate:webauthn": "Brug din passkey i stedet",
}
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
            return request.META.get("REMOTE_ADDR") or UKENDT_ADRESSE

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
        brev = self.render_mail(template_prefix, email, context | {"email": email})
        art = template_prefix.rpartition("/")[2]
        udloeber = timezone.now() + LINKBREVE[art] if art in LINKBREVE else None
        slags = KODELINK if art == "password_reset_key" else ""
        udbakke.skriv(brev.subject, brev.body, email, slags=slags, udloeber=udloeber)

    def is_reauthentication_required(self, *, app, **mere) -> bool:
        """One who has just logged in is not asked again to change his login in two steps."""
        return super().is_reauthentication_required(app=app, **mere) and not nylig(context.request)

    def get_reauthentication_methods(self, user) -> list[dict]:
        """By the kommune's own login for who comes by that and nothing else; for the others what they have."""
        if settings.OIDC_ROLLER and user.is_authenticated and SocialAccount.objects.filter(user=user).exists():
            navn = f"Log ind med {settings.OIDC_NAVN}"
            return [{"id": "kommune", "description": navn, "url": reverse("kommunelogin")}]
        return [
            maade | {"description": BEKRAEFT_MED.get(maade["id"], maade["description"])}
            for maade in super().get_reauthentication_methods(user)
        ]


class Totrinsadapter(DefaultMFAAdapter):
    """Passkeys belong to the site's own address (SIDENS_ADRESSE), whatever a request says of its host."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Koden eller passkeyen passer ikke. Prøv igen.",
        "unverified_email": "Bekræft din e-mail først. Du får et link ved at skifte e-mail på din profil.",
    }

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": settings.PASSKEY_DOMAENE, "name": "Helhedsplan"}

    def generate_authenticator_name(self, user, type) -> str:  # noqa: A002 -- allauth's name
        antal_ = user.authenticator_set.filter(type=type).count()
        return f"Passkey {antal_ + 1}" if antal_ else "Passkey"

    def get_totp_issuer(self) -> str:
        return "Helhedsplan"


@transaction.atomic
def inviter(*, bruger, email: str, navn: str, anledning: str, absolut: Callable[[str], str]) -> Bruger:
    """Make an account without a password and send its owner the link to choose one, once the account is there.

    `anledning` says in the letter why it comes; `absolut` makes a full address of a path. The link works once.
    """
    ny = Bruger(email=email.lower(), navn=navn)
    ny.set_unusable_password()
    actions.opret(bruger=bruger, objekt=ny, handling="inviteret")
    send_invitation(bruger=bruger, til=ny, anledning=anledning, absolut=absolut)
    return ny


def send_invitation(*, bruger, til: Bruger, anledning: str, absolut: Callable[[str], str]) -> None:
    """The letter with the link to choose a password; one that was sent before works no longer than it would have."""
    noegle = {"uidb36": user_pk_to_url_str(til), "key": default_token_generator.make_token(til)}
    link = absolut(reverse("account_reset_password_from_key", kwargs=noegle))
    udloeber = timezone.now() + LINKBREVE["password_reset_key"]
    kontekst = {"navn": til.navn, "anledning": anledning, "link": link, "afsender": str(bruger)}
    kontekst["udloeber"] = timezone.localdate(udloeber)
    brev = render_to_string("konto/invitation.txt", kontekst)
    udbakke.skriv("Helhedsplan: Du har fået adgang", brev, til.email, slags=KODELINK, udloeber=udloeber)


def linket_er_brugt(brev: Udbakkebrev) -> str:
    """Why a letter with a link to choose a password is not to be sent; '' when its link opens."""
    fundet = re.search(r"/key/([0-9A-Za-z]+)-([^/\s]+)/", brev.tekst)
    person = Bruger.objects.filter(pk=url_str_to_user_pk(fundet[1]), is_active=True).first() if fundet else None
    if fundet is None or (person is not None and default_token_generator.check_token(person, fundet[2])):
        return ""
    return "Linket i brevet virker ikke mere: der er valgt en adgangskode imens, eller kontoen er lukket."


class ManglerToTrin(Exception):
    """The plan asks those who write in it for a login in two steps, and this person has none."""


def uden_to_trin(request) -> bool:
    """Whether the person has no login in two steps. Who came by the kommune's own login has done there what the kommune
    asks for."""
    bruger = request.user
    if any(gang["method"] == "socialaccount" for gang in get_authentication_records(request, bruger)):
        return False
    return not is_mfa_enabled(bruger)


def mangler_to_trin(request) -> bool:
    """Whether the installation asks for a login in two steps of this person, who has none."""
    bruger = request.user
    if not settings.KRAEV_TO_TRIN or not bruger.is_authenticated:
        return False
    skriver = bruger.er_administrator or bruger.medlemskaber.gaeldende().filter(rolle__in=SKRIVENDE).exists()
    return skriver and uden_to_trin(request)


def andet_trin(bruger: Bruger) -> list[str]:
    """What the person has to log in with besides the password, in words; [] of nothing."""
    har: dict[str, list] = defaultdict(list)
    for en in bruger.authenticator_set.all():
        har[en.type].append(en.wrap())
    koder = sum(len(en.get_unused_codes()) for en in har["recovery_codes"])
    return [
        tekst
        for er_der, tekst in [
            (har["webauthn"], antal(len(har["webauthn"]), "passkey", "passkeys")),
            (har["totp"], "en godkendelsesapp"),
            (har["recovery_codes"], antal(koder, "reservekode", "reservekoder")),
        ]
        if er_der
    ]


# --- where a person is logged in --------------------------------------------------------------------------------------

#: As a browser calls itself -> what people call it; the first that is found.
BROWSERE = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
MASKINER = {
    "iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows", "Mac OS": "Mac", "Linux": "Linux",
}  # fmt: skip


@dataclass(frozen=True)
class Login:
    """One session that still lets somebody in."""

    begyndt: datetime
    adresse: str
    browser: str
    er_denne: bool


def logins(bruger: Bruger, denne: str) -> list[Login]:
    """Newest first; `denne` is the key of the session that asks."""
    aabne = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    alle = UserSession.objects.filter(user=bruger, session_key__in=aabne).order_by("-created_at", "-pk")
    return [Login(s.created_at, s.ip, _browser(s.user_agent), s.session_key == denne) for s in alle]


def _browser(kalder_sig: str) -> str:
    fundne = [
        next((navn for ord_, navn in kendte.items() if ord_ in kalder_sig), "") for kendte in (BROWSERE, MASKINER)
    ]
    return " på ".join(navn for navn in fundne if navn) or "Ukendt browser"


@transaction.atomic
def log_ud(*, bruger: Bruger, undtagen: str = "") -> int:
    """End the person's sessions, on whatever machine, but the one with that key; how many there were."""
    egne = UserSession.objects.filter(user=bruger).exclude(session_key=undtagen)
    antal = Session.objects.filter(session_key__in=list(egne.values_list("session_key", flat=True))).delete()[0]
    egne.delete()
    return antal


def ret_profil(*, bruger, felter: dict, version: int | None) -> bool:
    """A person's own name, title, and when mail is to come; nobody else's."""
    return actions.ret(bruger=bruger, objekt=bruger, felter=felter, version=version, tilladte=PROFILFELTER)
