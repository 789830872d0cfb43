"""What is told of a plan in rows of its own, beside what the plan is."""

from django.db import models

from aftaler.models.plan import Helhedsplan
from helhedsplan.felter import Linje


class Planraekke(models.Model):
    orden = models.PositiveSmallIntegerField("rækkefølge", default=0)

    class Meta:
        abstract = True
        ordering = ["plan_id", "orden", "pk"]


class Sagsnummer(Planraekke):
    """A number that Landsbyggefonden has the plan under, and what it is for where there are several: an area, say."""

    plan = models.ForeignKey(
        Helhedsplan, on_delete=models.PROTECT, related_name="sagsnumre", verbose_name="helhedsplan"
    )
    nummer = Linje("nummer", max_length=60)
    gaelder = Linje("gælder", blank=True)

    class Meta(Planraekke.Meta):
        verbose_name = "sagsnummer hos Landsbyggefonden"
        verbose_name_plural = "sagsnumre hos Landsbyggefonden"
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "nummer", "gaelder"],
                name="sagsnummer_en_gang",
                violation_error_message="Nummeret står to gange.",
                violation_error_code="nummer",
            )
        ]

    def __str__(self):
        return f"{self.nummer} ({self.gaelder})" if self.gaelder else self.nummer
