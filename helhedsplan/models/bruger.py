from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from helhedsplan.choices import Mailvalg
from helhedsplan.felter import Formet, Linje
from helhedsplan.kollation import dansk
from helhedsplan.models.faelles import Versioneret


class Brugermanager(BaseUserManager):
    def create_user(self, email, password=None, **felter):
        bruger = self.model(email=self.normalize_email(email).lower(), **felter)
        bruger.set_password(password)
        bruger.save(using=self._db)
        return bruger

    def create_superuser(self, email, password=None, **felter):
        return self.create_user(email, password, er_administrator=True, **felter)

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


def _mail(navn: str, standard: str = Mailvalg.STRAKS.value, valg=Mailvalg.choices) -> models.CharField:
    return models.CharField(navn, max_length=10, choices=valg, default=standard)


class Bruger(AbstractBaseUser, Versioneret):
    """A person with an account; the e-mail address is the user name.

    `er_administrator` keeps the installation (accounts, new plans); it opens no plan by itself. `mail_...` is when the
    person wants to hear by e-mail of each group of things; deadlines are only ever told of once a day.
    """

    IKKE_I_SPORET = frozenset({"tidligere_navne"})
    MAILFELTER = ("mail_moeder", "mail_spoergsmaal", "mail_papirer", "mail_adgang", "mail_frister")

    email = models.EmailField("e-mail", unique=True)
    navn = Linje("navn")
    titel = Linje("titel", blank=True)
    is_active = models.BooleanField("aktiv", default=True)
    er_administrator = models.BooleanField("administrator", default=False)
    oprettet = models.DateTimeField("oprettet", auto_now_add=True)
    anonymiseret = models.DateTimeField("anonymiseret", null=True, blank=True, editable=False)
    #: What a person who has been made anonymous was called: only to know where the log says it, and never shown.
    tidligere_navne = Formet("tidligere navne", default=list, blank=True, editable=False, form=list[str])
    mail_moeder = _mail("møder, afstemninger og referater")
    mail_spoergsmaal = _mail("spørgsmål og svar")
    mail_papirer = _mail("papirer og underskrifter")
    mail_adgang = _mail("adgang til planer")
    mail_frister = _mail("frister i kalenderen", Mailvalg.DAGLIG.value, Mailvalg.choices[1:])

    objects = Brugermanager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["navn"]

    class Meta:
        verbose_name = "bruger"
        verbose_name_plural = "brugere"
        ordering = [dansk("navn"), "pk"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="bruger_email_uden_store_bogstaver"),
            models.CheckConstraint(
                condition=Q(
                    mail_moeder__in=Mailvalg.values,
                    mail_spoergsmaal__in=Mailvalg.values,
                    mail_papirer__in=Mailvalg.values,
                    mail_adgang__in=Mailvalg.values,
                    mail_frister__in=Mailvalg.values[1:],
                ),
                name="bruger_mailvalg_kendt",
                violation_error_message="Vælg, hvornår du vil have mail.",
            ),
        ]

    @property
    def har_taget_imod(self) -> bool:
        """Has been in, or has chosen a password to come in by."""
        return self.last_login is not None or self.has_usable_password()

    def __str__(self):
        return self.navn or self.email
