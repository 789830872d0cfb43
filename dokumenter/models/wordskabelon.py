from django.db import models

from aftaler.models import Regelsaet
from dokumenter.choices import MED_WORDSKABELON
from helhedsplan.felter import Linje


class Wordskabelon(models.Model):
    """A Word file with placeholders for one kind of document under one rule set: Landsbyggefonden's own form, say.

    It belongs to the installation and to no plan: an administrator keeps it, and a plan file does not carry it.
    """

    regelsaet = models.ForeignKey(
        Regelsaet, on_delete=models.PROTECT, related_name="wordskabeloner", verbose_name="regelsæt"
    )
    art = models.CharField("dokument", max_length=20, choices=[(art.value, art.label) for art in MED_WORDSKABELON])
    filnavn = Linje("filnavn")
    fil = models.FileField("fil", upload_to="wordskabeloner/", max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64, editable=False)

    class Meta:
        verbose_name = "Word-skabelon"
        verbose_name_plural = "Word-skabeloner"
        ordering = ["regelsaet_id", "art"]
        constraints = [
            models.UniqueConstraint(
                fields=["regelsaet", "art"],
                name="wordskabelon_en_pr_dokument",
                violation_error_message="Regelsættet har allerede en skabelon til det dokument.",
            ),
            models.CheckConstraint(
                condition=models.Q(art__in=[art.value for art in MED_WORDSKABELON]),
                name="wordskabelon_kendt_dokument",
                violation_error_message="Der kan kun lægges skabeloner ind til samarbejdsaftaler og delaftaler.",
            ),
        ]

    def __str__(self):
        return f"{self.get_art_display()}, {self.regelsaet}"
