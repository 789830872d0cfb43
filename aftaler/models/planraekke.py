"""What is told of a plan in rows of its own, beside what the plan is."""

from django.db import models

from aftaler.choices import Sideplansslags
from aftaler.models.plan import Helhedsplan
from helhedsplan.felter import Beloebsord, Linje, Tekst
from helhedsplan.maengde import Maengde


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


class Sideplan(Planraekke):
    """A plan beside this one, for the same homes: a renovation, say. Its money is its own and in no sum of this plan.
    maal: its own goals, one on each line."""

    plan = models.ForeignKey(
        Helhedsplan, on_delete=models.PROTECT, related_name="sideplaner", verbose_name="helhedsplan"
    )
    navn = Linje("navn")
    slags = models.CharField("slags", max_length=20, choices=Sideplansslags, default=Sideplansslags.FYSISK)
    beloeb = Beloebsord("beløb", blank=True)
    kilde = Linje("kilde", blank=True)
    maal = Tekst("planens egne mål", blank=True)

    class Meta(Planraekke.Meta):
        verbose_name = "plan ved siden af"
        verbose_name_plural = "planer ved siden af"
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "navn"],
                name="sideplan_en_gang",
                violation_error_message="Der står allerede en plan ved siden af med det navn.",
                violation_error_code="navn",
            ),
            models.CheckConstraint(
                condition=models.Q(slags__in=Sideplansslags.values),
                name="sideplan_slags_kendt",
                violation_error_message="Vælg, hvad det er for en plan.",
                violation_error_code="slags",
            ),
        ]

    def __str__(self):
        return self.navn

    @property
    def beloebet(self) -> Maengde:
        return Beloebsord.laest(self.beloeb)
