from typing import Any

from django.db import models
from django.db.models import Q

from aftaler.models import Helhedsplan
from aftaler.models.plan import Planudvalg
from dokumenter.models.faelles import Fast, Fastudvalg
from helhedsplan.felter import Formet, Linje, Tekst


class Pakkeudvalg(Fastudvalg, Planudvalg):
    pass


class Pakke(Fast):
    """A package made for Landsbyggefonden: which editions and hashes it held, and when somebody uploaded it."""

    SKIFTENDE = frozenset({"uploadet_den", "uploadet_af"})
    IKKE_I_SPORET = frozenset({"linjer"})

    plan = models.ForeignKey(Helhedsplan, on_delete=models.PROTECT, related_name="pakker", verbose_name="helhedsplan")
    sha256 = models.CharField("SHA-256", max_length=64)
    fil = models.FileField("fil", upload_to="pakker/", max_length=200)
    linjer = Formet("indhold", default=list, form=list[dict[str, Any]])
    begrundelse = Tekst("begrundelse for at lave pakken med forbehold", blank=True)
    oprettet = models.DateTimeField("oprettet", auto_now_add=True)
    uploadet_den = models.DateField("uploadet den", null=True, blank=True)
    uploadet_af = Linje("uploadet af", blank=True)

    objects = Pakkeudvalg.as_manager()

    class Meta:
        verbose_name = "pakke"
        verbose_name_plural = "pakker"
        ordering = ["plan_id", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "sha256"],
                name="pakke_en_gang",
                violation_error_message="Den samme pakke er allerede lavet.",
            ),
            models.CheckConstraint(
                condition=Q(uploadet_den__isnull=True, uploadet_af="")
                | (Q(uploadet_den__isnull=False) & ~Q(uploadet_af="")),
                name="pakke_uploadet_den_og_af",
                violation_error_message="Skriv både, hvornår pakken er uploadet, og hvem der gjorde det.",
            ),
        ]

    def __str__(self):
        return f"Pakke {self.sha256[:12]}"
