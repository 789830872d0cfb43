"""What is thrown away when it has been kept long enough: each kind with its own setting, told before it is done.

`manage.py opbevaring --proev` says what would go, `manage.py daglig` lets it go. What a plan holds is not here: it is
the kommune's to keep or pass on to its archive.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from helhedsplan import actions, papirkurv
from helhedsplan.formats import tal
from helhedsplan.models import Bruger, Kladde, Udbakkebrev
from helhedsplan.rettigheder import PROGRAMMET


@dataclass(frozen=True)
class Slags:
    """`gamle(before)` finds what is older, `fjern(those, before)` takes it away and says how many went."""

    navn: str
    dage: Callable[[], int]
    gamle: Callable[[datetime], models.QuerySet]
    fjern: Callable[[models.QuerySet, datetime], int]

    def foer(self, nu: datetime) -> datetime:
        return nu - timedelta(days=self.dage())


@dataclass(frozen=True)
class Fjernet:
    navn: str
    dage: int
    antal: int


def _slet(gamle: models.QuerySet, foer: datetime) -> int:
    return gamle.delete()[0]


def _kladder(foer: datetime) -> models.QuerySet:
    return Kladde.objects.filter(gemt__lt=foer)


def _logins(foer: datetime) -> models.QuerySet:
    """Also what is kept of sessions that have ended: address and browser are nobody's any more."""
    aabne = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    return UserSession.objects.filter(Q(last_seen_at__lt=foer) | ~Q(session_key__in=aabne))


def _fjern_logins(gamle: models.QuerySet, foer: datetime) -> int:
    noegler = list(gamle.values_list("session_key", flat=True))
    Session.objects.filter(Q(session_key__in=noegler) | Q(expire_date__lte=timezone.now())).delete()
    return UserSession.objects.filter(session_key__in=noegler).delete()[0]


def _breve(foer: datetime) -> models.QuerySet:
    """The text of a letter goes when it is sent; after that who it was to."""
    return Udbakkebrev.objects.filter(Q(sendt__lt=foer) | Q(opgivet__lt=foer) | Q(holdt__lt=foer))


def _invitationer(foer: datetime) -> models.QuerySet:
    """Accounts that were made for somebody who never came, and has not been written to since."""
    skrevet = Udbakkebrev.objects.filter(oprettet__gte=foer).values("til")
    return Bruger.objects.filter(
        oprettet__lt=foer,
        last_login=None,
        anonymiseret=None,
        er_administrator=False,
        password__startswith=UNUSABLE_PASSWORD_PREFIX,
        socialaccount=None,
    ).exclude(email__in=skrevet)


def _fjern_invitationer(gamle: models.QuerySet, foer: datetime) -> int:
    """With the accesses that were given; who is named by anything else (a seat on a board, say) stays."""
    antal = 0
    for person in gamle:
        try:
            with transaction.atomic():
                for medlemskab in person.medlemskaber.all():
                    actions.slet(bruger=PROGRAMMET, objekt=medlemskab)
                actions.slet(bruger=PROGRAMMET, objekt=person)
            antal += 1
        except ValidationError:
            continue
    return antal


SLAGS = [
    Slags("kladder af formularer", lambda: settings.OPBEVARING_KLADDER, _kladder, _slet),
    Slags("logins (browser og adresse)", lambda: settings.OPBEVARING_LOGINS, _logins, _fjern_logins),
    Slags("breve i udbakken", lambda: settings.OPBEVARING_BREVE, _breve, _slet),
    Slags("ubrugte invitationer", lambda: settings.OPBEVARING_INVITATIONER, _invitationer, _fjern_invitationer),
    Slags(
        "slettede ting i papirkurven",
        lambda: settings.PAPIRKURV_DAGE,
        papirkurv.gamle,
        lambda gamle, foer: papirkurv.toem(foer=foer),
    ),
]


def opbevaring(*, proev: bool) -> list[Fjernet]:
    """What has been kept long enough, by kind; it is gone afterwards unless it is only asked (`proev`)."""
    nu, ud = timezone.now(), []
    for slags in SLAGS:
        foer = slags.foer(nu)
        gamle = slags.gamle(foer)
        ud.append(Fjernet(slags.navn, slags.dage(), gamle.count() if proev else slags.fjern(gamle, foer)))
    return ud


def i_ord(fjernet: Fjernet, *, proev: bool) -> str:
    hvad = "ville blive fjernet" if proev else "fjernet"
    return f"{fjernet.navn.capitalize()}, ældre end {tal(fjernet.dage)} dage: {tal(fjernet.antal)} {hvad}."
