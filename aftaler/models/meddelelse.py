from django.conf import settings
from django.db import models
from django.db.models import Q

from aftaler.choices import Meddelelsesgruppe
from aftaler.models.plan import Helhedsplan
from helhedsplan.felter import Linje


class Meddelelse(models.Model):
    """What has been asked of a person, to be told by e-mail as the person has chosen. Not audited: what it tells of is.

    `sti` is where it waits, and the beginning of the address of what stands under "Venter på dig". `sendt` is when the
    mail server took it; what was never taken goes with the daily letter.
    """

    plan = models.ForeignKey(
        Helhedsplan, on_delete=models.CASCADE, related_name="meddelelser", verbose_name="helhedsplan"
    )
    bruger = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="modtager"
    )
    gruppe = models.CharField("gruppe", max_length=20, choices=Meddelelsesgruppe)
    tekst = Linje("tekst", max_length=300)
    sti = models.CharField("adresse", max_length=300)
    oprettet = models.DateTimeField("oprettet", auto_now_add=True)
    sendt = models.DateTimeField("sendt", null=True, blank=True)

    class Meta:
        verbose_name = "meddelelse"
        verbose_name_plural = "meddelelser"
        ordering = ["plan_id", "oprettet", "pk"]
        indexes = [models.Index(fields=["oprettet"], condition=Q(sendt=None), name="meddelelse_usendte")]
        constraints = [
            models.CheckConstraint(
                condition=Q(gruppe__in=Meddelelsesgruppe.values),
                name="meddelelse_gruppe_kendt",
                violation_error_message="Den slags meddelelse findes ikke.",
            )
        ]

    def __str__(self):
        return self.tekst

    @property
    def valg(self) -> str:
        """When the person wants to hear of such."""
        return getattr(self.bruger, f"mail_{self.gruppe}")
