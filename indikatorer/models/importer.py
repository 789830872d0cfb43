from typing import Any

from django.db import models

from aftaler.models import Helhedsplan
from aftaler.models.plan import Planudvalg
from helhedsplan.felter import Formet, Linje


class Importfil(models.Model):
    """A file as it was uploaded, kept for another try until it is taken in or thrown away.

    `laest`: what stood in it, as it was read once; empty when it could not be read. `forsoeg`: the try to take it in
    that is going on, or that was stopped in the middle: one that ends takes its name away, or the file.
    """

    plan = models.ForeignKey(
        Helhedsplan, on_delete=models.PROTECT, related_name="importfiler", verbose_name="helhedsplan"
    )
    navn = Linje("filnavn")
    fil = models.FileField("fil", upload_to="import/")
    sha256 = models.CharField("SHA-256", max_length=64, editable=False)
    laest = models.FileField("læst", upload_to="import/", blank=True, editable=False)
    forsoeg = models.CharField("forsøg", max_length=32, blank=True, editable=False)
    oprettet = models.DateTimeField("oprettet", auto_now_add=True)

    objects = Planudvalg.as_manager()

    class Meta:
        verbose_name = "importfil"
        verbose_name_plural = "importfiler"
        ordering = ["-pk"]

    def __str__(self):
        return self.navn


class Importskabelon(models.Model):
    """What the columns of a kind of file mean: remembered, so that the next file of that kind needs no answers.

    `aftryk` names the kind of file by its headings; `kobling` says which column or heading is which indicator, place,
    year or figure.
    """

    plan = models.ForeignKey(
        Helhedsplan, on_delete=models.PROTECT, related_name="importskabeloner", verbose_name="helhedsplan"
    )
    aftryk = models.CharField("aftryk", max_length=64)
    navn = Linje("navn")
    kobling = Formet("kobling", default=dict, form=dict[str, Any])

    objects = Planudvalg.as_manager()

    class Meta:
        verbose_name = "importskabelon"
        verbose_name_plural = "importskabeloner"
        ordering = ["plan_id", "navn", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "aftryk"], name="importskabelon_en_pr_slags")]

    def __str__(self):
        return self.navn
