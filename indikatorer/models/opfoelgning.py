from typing import TypedDict

from django.db import models

from aftaler.models import Afsnit, Helhedsplan, OverordnetMaal
from aftaler.models.plan import Planudvalg
from helhedsplan.felter import Formet, Linje, Tekst
from helhedsplan.models import Versioneret
from indikatorer.models.maaling import Maaling
from indikatorer.rules.tal import SENESTE_AAR, TIDLIGSTE_AAR


class Accept(Versioneret):
    """A plausibility finding that somebody has looked at and stands by, as long as the figures are the same."""

    plan = models.ForeignKey(Helhedsplan, on_delete=models.PROTECT, related_name="accepter", verbose_name="helhedsplan")
    kode = models.CharField("kode", max_length=60)
    emne = models.CharField("emne", max_length=300)
    fingeraftryk = models.CharField("fingeraftryk", max_length=64, editable=False)
    begrundelse = Tekst("begrundelse")

    objects = Planudvalg.as_manager()

    class Meta:
        verbose_name = "accept"
        verbose_name_plural = "accepter"
        ordering = ["plan_id", "kode", "emne"]
        constraints = [models.UniqueConstraint(fields=["plan", "kode", "emne"], name="accept_en_pr_emne")]

    def __str__(self):
        return f"{self.kode}: {self.emne}"


class Vistmaaltal(TypedDict):
    indikator: str
    sted: str
    hvornaar: str
    tal: str
    kilde: str


class Opfoelgning(Versioneret):
    """That the board has had a fixed goal's figures before it: when, of which year, and what it concluded.

    `tal` is a copy of the figures as everybody could see them that day; what is measured later does not change it.
    """

    plan = models.ForeignKey(
        Helhedsplan, on_delete=models.PROTECT, related_name="opfoelgninger", verbose_name="helhedsplan"
    )
    maal = models.ForeignKey(
        OverordnetMaal, on_delete=models.PROTECT, related_name="opfoelgninger", verbose_name="overordnet mål"
    )
    dato = models.DateField("dato")
    data_aar = models.PositiveSmallIntegerField("tal fra")
    konklusion = Tekst("bestyrelsens konklusion")
    tal = Formet("tallene, som de blev vist", default=list, blank=True, editable=False, form=list[Vistmaaltal])

    objects = Planudvalg.as_manager()

    class Meta:
        verbose_name = "opfølgning"
        verbose_name_plural = "opfølgninger"
        ordering = ["plan_id", "-dato", "maal__nummer"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "maal", "dato"],
                name="opfoelgning_en_pr_dag",
                violation_error_message="Opfølgningen på det mål den dag er allerede skrevet.",
            ),
            models.CheckConstraint(
                condition=models.Q(data_aar__gte=TIDLIGSTE_AAR, data_aar__lte=SENESTE_AAR),
                name="opfoelgning_aar_muligt",
                violation_error_message=f"Årstallet skal ligge mellem {TIDLIGSTE_AAR} og {SENESTE_AAR}.",
            ),
        ]

    def __str__(self):
        return f"{self.maal}, {self.dato:%d.%m.%Y}"


class Talbinding(models.Model):
    """A figure in a section's text that stands for a measurement; `tekst` is the figure as it is written.

    The mark in the text says the same, and is what is kept in plan files: these rows are made from it whenever the
    text is written. They hold on to the measurement, and say where it is used.
    """

    afsnit = models.ForeignKey(Afsnit, on_delete=models.CASCADE, related_name="talbindinger", verbose_name="afsnit")
    maaling = models.ForeignKey(Maaling, on_delete=models.PROTECT, related_name="talbindinger", verbose_name="måling")
    tekst = Linje("tal i teksten", max_length=60)

    class Meta:
        verbose_name = "tal i tekst"
        verbose_name_plural = "tal i tekst"
        ordering = ["afsnit_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["afsnit", "maaling", "tekst"], name="talbinding_en_pr_tal")]

    def __str__(self):
        return f"{self.maaling} i {self.afsnit}"

    @property
    def plan(self):
        return self.afsnit.plan
