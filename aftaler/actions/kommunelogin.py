"""A person comes in by the kommune's own login: the account, and the roles that the login gives and takes away.

Nobody acts but the program. What a plan's leader has given by hand is neither changed nor taken away by a login.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db import transaction

from aftaler.models import Helhedsplan, Medlemskab
from helhedsplan import actions
from helhedsplan.models import Bruger
from helhedsplan.rettigheder import PROGRAMMET, ROLLER

if TYPE_CHECKING:
    from helhedsplan.loginroller import Loginrolle

#: Of two roles in one plan the one that stands first is had.
RANG = {noegle: nr for nr, noegle in enumerate(ROLLER)}


class IngenAdgang(Exception):
    """The login is good, but lets nobody in here; the text says why and what to do, for the person."""


@transaction.atomic
def kom_ind(*, kendt: Bruger | None, email: str, bekraeftet: bool, navn: str, givet: "Sequence[Loginrolle]") -> Bruger:
    """The account, with the roles of today; one is made for who has a role and no account. `kendt`: the account that
    has used this login before. `bekraeftet`: the login says that the address is the person's own. Raises IngenAdgang,
    with the roles that the login no longer gives taken away."""
    bruger = kendt or _med_adressen(email, bekraeftet)
    roller = _i_planer(givet)
    if bruger is not None and bruger.er_administrator:
        raise IngenAdgang("En administrator logger ind med e-mail og adgangskode.")
    if bruger is None:
        if not roller:
            raise IngenAdgang(uden_roller(givet))
        bruger = _opret(email, navn, bekraeftet)
    _saet(bruger, roller)
    return bruger


def glem_det_sagte(*, konto) -> None:
    """A login may say more of a person than is to be kept here; `konto` is allauth's row of it."""
    konto.extra_data = {}
    if konto.pk:
        konto.save(update_fields=["extra_data"])


def uden_roller(givet: "Sequence[Loginrolle]") -> str:
    if givet:
        return "Dit login giver adgang til en plan, der ikke findes her endnu. Sig det til planens leder."
    return (
        "Dit login virker, men det giver ikke adgang til nogen plan her. Bed den, der styrer jeres login, om at give "
        "dig en rolle i Helhedsplan, eller bed planens leder om at give dig adgang."
    )


def _med_adressen(email: str, bekraeftet: bool) -> Bruger | None:
    bruger = Bruger.objects.filter(email__iexact=email).first()
    if bruger is not None and not bekraeftet:
        raise IngenAdgang(
            f"Her er i forvejen en konto med adressen {email}, og dit login siger ikke, at adressen er bekræftet. "
            "Bed den, der styrer jeres login, om at lade det sige det (email_verified)."
        )
    return bruger


def _i_planer(givet: "Sequence[Loginrolle]") -> dict[Helhedsplan, str]:
    ud: dict[Helhedsplan, str] = {}
    for en in sorted(givet, key=lambda en: -RANG[en.rolle]):
        valg = {"noegle": en.plan} if en.plan else {"parter__organisation__noegle": en.organisation}
        ud |= dict.fromkeys(Helhedsplan.objects.filter(**valg).distinct(), en.rolle)
    return ud


def _opret(email: str, navn: str, bekraeftet: bool) -> Bruger:
    ny = Bruger(email=email.lower(), navn=navn)
    ny.set_unusable_password()
    actions.opret(bruger=PROGRAMMET, objekt=ny)
    EmailAddress.objects.create(user=ny, email=ny.email, verified=bekraeftet, primary=True)
    return ny


def _saet(bruger: Bruger, roller: dict[Helhedsplan, str]) -> None:
    har = {m.plan_id: m for m in Medlemskab.objects.select_for_update(of=("self",)).filter(bruger=bruger)}
    for plan, rolle in roller.items():
        if (medlemskab := har.get(plan.pk)) is None:
            ny = Medlemskab(plan=plan, bruger=bruger, rolle=rolle, fra_login=True)
            actions.opret(bruger=PROGRAMMET, objekt=ny)
        elif medlemskab.fra_login:
            felter = {"rolle": rolle, "fra": None, "til": None}
            actions.ret(bruger=PROGRAMMET, objekt=medlemskab, felter=felter, tilladte=set(felter))
    for medlemskab in har.values():
        if medlemskab.fra_login and medlemskab.plan not in roller:
            actions.slet(bruger=PROGRAMMET, objekt=medlemskab)
