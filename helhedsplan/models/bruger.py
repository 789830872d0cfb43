from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from helhedsplan.felter import Linje
from helhedsplan.kollation import dansk


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


class Bruger(AbstractBaseUser):
    """A person with an account; the e-mail address is the user name.

    `er_administrator` keeps the installation (accounts, new plans); it opens no plan by itself.
    """

    email = models.EmailField("e-mail", unique=True)
    navn = Linje("navn")
    titel = Linje("titel", blank=True)
    is_active = models.BooleanField("aktiv", default=True)
    er_administrator = models.BooleanField("administrator", default=False)
    oprettet = models.DateTimeField("oprettet", auto_now_add=True)

    objects = Brugermanager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["navn"]

    class Meta:
        verbose_name = "bruger"
        verbose_name_plural = "brugere"
        ordering = [dansk("navn"), "pk"]
        constraints = [models.UniqueConstraint(Lower("email"), name="bruger_email_uden_store_bogstaver")]

    def __str__(self):
        return self.navn or self.email
