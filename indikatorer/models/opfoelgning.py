from django.db import models

from aftaler.models import Afsnit, Helhedsplan, Omraade, OverordnetMaal
from aftaler.models.plan import Planudvalg
from helhedsplan.felter import Linje, Tekst
from helhedsplan.models import Versioneret
from indikatorer.models.maaling import Maaling


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


class Opfoelgning(Versioneret):
    """That the board has had a fixed goal's figures before it: when, of which year, and what it concluded."""

    plan = models.ForeignKey(
        Helhedsplan, on_delete=models.PROTECT, related_name="opfoelgninger", verbose_name="helhedsplan"
    )
    maal = models.ForeignKey(
        OverordnetMaal, on_delete=models.PROTECT, related_name="opfoelgninger", verbose_name="overordnet mål"
    )
    dato = models.DateField("dato")
    data_aar = models.PositiveSmallIntegerField("tal fra")
    konklusion = Tekst("bestyrelsens konklusion")

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
            )
        ]

    def __str__(self):
        return f"{self.maal}, {self.dato:%d.%m.%Y}"


class Talbinding(models.Model):
    """A figure in a section's text that stands for a measurement; `tekst` is the figure as it is written."""

    afsnit = models.ForeignKey(Afsnit, on_delete=models.CASCADE, related_name="talbindinger", verbose_name="afsnit")
    maaling = models.ForeignKey(Maaling, on_delete=models.PROTECT, related_name="talbindinger", verbose_name="måling")
    tekst = Linje("tal i teksten", max_length=60)

    class Meta:
        verbose_name = "tal i tekst"
        verbose_name_plural = "tal i tekst"
        ordering = ["afsnit_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["afsnit", "tekst"], name="talbinding_en_pr_tal")]

    def __str__(self):
        return self.tekst

    @property
    def plan(self):
        return self.afsnit.plan


class Statuskriterium(models.Model):
    """One criterion of the state's lists with its limit, for the years it held. Data, since names and limits change."""

    liste = Linje("liste", max_length=80)
    noegle = models.SlugField("kriterium", max_length=60)
    navn = Linje("navn")
    fra_aar = models.PositiveSmallIntegerField("fra år")
    til_aar = models.PositiveSmallIntegerField("til år", null=True, blank=True)
    graense = models.DecimalField("grænse", max_digits=10, decimal_places=4)
    over = models.BooleanField("overskredet, når tallet er over", default=True)
    enhed = Linje("enhed", max_length=40, blank=True)
    kilde = Linje("kilde", blank=True)

    class Meta:
        verbose_name = "statuskriterium"
        verbose_name_plural = "statuskriterier"
        ordering = ["liste", "fra_aar", "pk"]
        constraints = [models.UniqueConstraint(fields=["liste", "noegle", "fra_aar"], name="statuskriterium_noegle")]

    def __str__(self):
        return f"{self.liste}: {self.navn}"


class Omraadestatus(Versioneret):
    """Where an area stood on the state's lists of one year (1 December), in the words of that year."""

    plan = models.ForeignKey(
        Helhedsplan, on_delete=models.PROTECT, related_name="omraadestatus", verbose_name="helhedsplan"
    )
    omraade = models.ForeignKey(Omraade, on_delete=models.PROTECT, related_name="status", verbose_name="område")
    aar = models.PositiveSmallIntegerField("år")
    kategori = Linje(
        "kategori", max_length=80, blank=True, help_text="Som listen hed det år. Tom, når området ikke stod på den."
    )
    vaerdier = models.JSONField("værdier", default=dict, blank=True)
    kilde = Linje("kilde", blank=True)

    objects = Planudvalg.as_manager()

    class Meta:
        verbose_name = "områdestatus"
        verbose_name_plural = "områdestatus"
        ordering = ["plan_id", "omraade_id", "aar"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "omraade", "aar"],
                name="omraadestatus_en_pr_aar",
                violation_error_message="Områdets status for det år er allerede skrevet.",
            )
        ]

    def __str__(self):
        return f"{self.omraade.navn} {self.aar}"
