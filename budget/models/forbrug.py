from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from aftaler.models import Delaftale, Helhedsplan
from aftaler.models.plan import Planudvalg
from budget.choices import Bidragsart
from budget.models.budget import Konto
from budget.models.faelles import Kroner, beloeb_muligt, koordinater
from budget.models.finansiering import Finansieringskilde
from helhedsplan.felter import Linje
from helhedsplan.models import Versioneret


class Forbrug(Versioneret):
    """What was spent in a calendar quarter of a financier's money. A zero says: reported, and nothing was spent."""

    plan = models.ForeignKey(Helhedsplan, on_delete=models.PROTECT, related_name="forbrug", verbose_name="helhedsplan")
    aar = models.PositiveSmallIntegerField("år")
    kvartal = models.PositiveSmallIntegerField("kvartal")
    kilde = models.ForeignKey(
        Finansieringskilde, on_delete=models.PROTECT, related_name="forbrug", verbose_name="finansieringskilde"
    )
    art = models.CharField("art", max_length=20, choices=Bidragsart, default=Bidragsart.KONTANT)
    konto = models.ForeignKey(
        Konto, on_delete=models.PROTECT, related_name="forbrug", null=True, blank=True, verbose_name="konto"
    )
    delaftale = models.ForeignKey(
        Delaftale, on_delete=models.PROTECT, related_name="forbrug", null=True, blank=True, verbose_name="delaftale"
    )
    beloeb = Kroner("beløb")
    note = Linje("note", max_length=500, blank=True)

    objects = Planudvalg.as_manager()

    class Meta:
        verbose_name = "forbrug"
        verbose_name_plural = "forbrug"
        ordering = ["plan_id", "aar", "kvartal", "kilde__orden", "kilde_id", "art", "pk"]
        constraints = [
            models.UniqueConstraint(
                *koordinater("plan", "aar", "kvartal", "kilde", "art", "konto", "delaftale"),
                name="forbrug_en_pr_celle",
                violation_error_message="Der er allerede et forbrug for samme kvartal, kilde, art, konto og delaftale.",
            ),
            models.CheckConstraint(
                condition=Q(kvartal__range=(1, 4)),
                name="forbrug_kvartal",
                violation_error_message="Kvartalet skal være 1, 2, 3 eller 4.",
            ),
            models.CheckConstraint(
                condition=Q(aar__range=(1990, 2199)),
                name="forbrug_aar",
                violation_error_message="Året skal ligge mellem 1990 og 2199.",
            ),
            beloeb_muligt("forbrug"),
        ]

    def __str__(self):
        return f"{self.kvartal}. kvartal {self.aar}, {self.kilde}"

    def clean(self):
        super().clean()
        if self.kilde_id and self.kilde.plan_id != self.plan_id:
            raise ValidationError({"kilde": f"{self.kilde} hører til en anden plan."})
        if self.delaftale_id and self.delaftale.plan_id != self.plan_id:
            raise ValidationError({"delaftale": f"{self.delaftale} hører til en anden plan."})
        if self.konto_id and not self.konto.kan_bruges_i(self.plan):
            raise ValidationError({"konto": f"Kontoen {self.konto} kan ikke bruges i planen."})
