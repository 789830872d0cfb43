"""A former user made anonymous: the account loses what says who it was, and what it has done stays.

Nothing of the log is written again, so it takes the same time whatever the person has done; pages take the name out
where they read it (`helhedsplan.tidligere`).
"""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from helhedsplan import actions, revisionsspor, tilslutninger
from helhedsplan.actions import laas
from helhedsplan.konto import log_ud
from helhedsplan.models import Bruger, Haendelse, Kladde, Slettet, Udbakkebrev
from helhedsplan.models.haendelse import objekttype
from helhedsplan.tidligere import kaldes

KUN_ADMINISTRATOR = "Kun en administrator kan gøre det. Spørg den, der driver programmet."


def tjek_administrator(bruger) -> None:
    if not bruger.er_administrator:
        raise PermissionDenied(KUN_ADMINISTRATOR)


def hindringer(*, bruger, person: Bruger) -> list[str]:
    """Why the person is not made anonymous now, in Danish; [] when nothing stands in the way."""
    if person.anonymiseret:
        return ["Kontoen er allerede anonymiseret."]
    if person.pk == bruger.pk:
        return ["Du kan ikke anonymisere dig selv. Bed en anden administrator om det."]
    grunde = [grund for spor in tilslutninger.PERSONSPOR for grund in spor.i_vejen(person)]
    andre = Bruger.objects.filter(er_administrator=True, is_active=True).exclude(pk=person.pk)
    if person.er_administrator and not andre.exists():
        grunde.append("Det er den eneste administrator. Gør en anden til administrator først.")
    return grunde


@transaction.atomic
def anonymiser(*, bruger, person: Bruger) -> Bruger:
    """Take the name, address, title and ways in from the account, and its accesses. Raises ValidationError."""
    tjek_administrator(bruger)
    gemt = laas(person)
    if grunde := hindringer(bruger=bruger, person=gemt):
        raise ValidationError(grunde, code="i_vejen")
    navne = _kaldtes(gemt)
    nyt = kaldes(gemt.pk)
    log_ud(bruger=gemt)
    Udbakkebrev.objects.filter(til__iexact=gemt.email).delete()
    for raekker in (EmailAddress, Authenticator, SocialAccount):
        raekker.objects.filter(user=gemt).delete()
    Kladde.objects.filter(bruger=gemt).delete()
    Slettet.objects.filter(bruger=gemt, personlig=True).delete()
    Bruger.objects.filter(pk=gemt.pk).update(
        navn=nyt,
        titel="",
        email=f"tidligere-bruger-{gemt.pk}@anonym.invalid",
        password="!",  # noqa: S106 -- no password fits it
        is_active=False,
        er_administrator=False,
        last_login=None,
        anonymiseret=timezone.now(),
        tidligere_navne=navne,
        version=F("version") + 1,
    )
    gemt.refresh_from_db()
    for spor in tilslutninger.PERSONSPOR:
        spor.fjern(bruger=bruger, person=gemt, navn=nyt)
    aendring = {"felt": "navn", "navn": "navn", "foer": None, "efter": nyt}
    revisionsspor.skriv(
        bruger=bruger, kaede=revisionsspor.FAELLES, handling="anonymiseret", objekt=gemt, aendringer=[aendring]
    )
    return gemt


def _kaldtes(person: Bruger) -> list[str]:
    """All that the log may call the person."""
    egne = Haendelse.objects.filter(bruger_id=person.pk).order_by().values_list("bruger_navn", flat=True).distinct()
    om = Haendelse.objects.filter(objekt_type=objekttype(Bruger), objekt_id=str(person.pk)).order_by()
    return sorted({person.navn, person.email, *egne, *om.values_list("objekt_navn", flat=True).distinct()} - {""})


def skift_navn(*, bruger, raekke, felt: str, navn: str) -> None:
    """For the rooms: a row that says the name says the new one, with an entry in its log."""
    actions.ret(bruger=bruger, objekt=raekke, felter={felt: navn}, tilladte={felt}, handling="anonymiseret")
