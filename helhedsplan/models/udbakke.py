from datetime import datetime

from django.db import models
from django.db.models import Q

from helhedsplan.choices import Brevstand
from helhedsplan.felter import Linje


class Brevudvalg(models.QuerySet):
    def ventende(self):
        """Neither sent nor given up, also those that are held back."""
        return self.filter(sendt=None, opgivet=None)

    def hold_tilbage(self, nu: datetime) -> int:
        """Send none of what waits before somebody says so; how many."""
        return self.i_stand(Brevstand.VENTER).update(holdt=nu)

    def i_stand(self, stand: str):
        valgt = {
            Brevstand.VENTER: Q(sendt=None, opgivet=None, holdt=None),
            Brevstand.HOLDT: Q(sendt=None, opgivet=None, holdt__isnull=False),
            Brevstand.OPGIVET: Q(opgivet__isnull=False),
            Brevstand.SENDT: Q(sendt__isnull=False),
        }
        return self.filter(valgt[Brevstand(stand)])


class Udbakkebrev(models.Model):
    """A letter to be sent, written in the transaction of what it tells of (`helhedsplan.udbakke`). Not audited: what it
    tells of is.

    `tekst` can only be read with SECRET_KEY, since it holds links that let people in, and is removed when the letter is
    sent or can no longer be used. `slags` and `om` name what it is about to the room that knows (tilslutninger.BREVE).
    `maerke` is its Message-ID, the same at every try. `naeste` is when it is tried again, `taget` when somebody began
    to send it; `holdt`: not sent before an administrator says so. `fejl` is why it was not sent, without addresses.
    """

    til = models.EmailField("til")
    emne = Linje("emne", max_length=300)
    tekst = models.TextField("tekst", blank=True)
    slags = models.CharField("slags", max_length=30, blank=True)
    om = models.TextField("om", blank=True)
    maerke = models.CharField("mærke (Message-ID)", max_length=120)
    oprettet = models.DateTimeField("skrevet")
    udloeber = models.DateTimeField("udløber", null=True, blank=True)
    forsoeg = models.PositiveSmallIntegerField("forsøg", default=0)
    naeste = models.DateTimeField("næste forsøg")
    taget = models.DateTimeField("taget", null=True, blank=True)
    holdt = models.DateTimeField("holdt tilbage", null=True, blank=True)
    fejl = models.CharField("sidste fejl", max_length=300, blank=True)
    sendt = models.DateTimeField("sendt", null=True, blank=True)
    opgivet = models.DateTimeField("opgivet", null=True, blank=True)

    objects = Brevudvalg.as_manager()

    class Meta:
        verbose_name = "brev i udbakken"
        verbose_name_plural = "breve i udbakken"
        ordering = ["-oprettet", "-pk"]
        indexes = [models.Index(fields=["naeste"], condition=Q(sendt=None, opgivet=None), name="udbakke_ventende")]
        constraints = [
            models.CheckConstraint(
                condition=Q(sendt=None) | Q(opgivet=None),
                name="udbakkebrev_sendt_eller_opgivet",
                violation_error_message="Et brev kan ikke både være sendt og opgivet.",
            ),
            models.CheckConstraint(
                condition=Q(sendt=None) | Q(tekst=""),
                name="udbakkebrev_tekst_fjernes",
                violation_error_message="Teksten i et brev, der er sendt, skal være fjernet.",
            ),
        ]

    def __str__(self):
        return f"Brev nr. {self.pk}"
