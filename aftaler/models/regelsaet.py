from django.db import models

from aftaler.choices import Afsnitsart, Dokumenttype, Enhed, Udviklingsretning
from helhedsplan.choices import Verificeret
from helhedsplan.felter import Linje, Tekst


class Regelsaet(models.Model):
    """The rules of one pulje: what a plan under it may choose, must hold and is measured by. Data, never code.

    A rule set that a plan uses is not changed; the next one is a new row with a new noegle.
    """

    noegle = models.SlugField("nøgle", max_length=40, unique=True)
    navn = Linje("pulje")
    regulativ = models.DateField("regulativ af", null=True, blank=True)
    ikraft = models.DateField("i kraft", null=True, blank=True)
    verificeret = models.CharField("verificeret", max_length=10, choices=Verificeret)
    note = Tekst("note", blank=True)

    class Meta:
        verbose_name = "regelsæt"
        verbose_name_plural = "regelsæt"
        ordering = ["noegle"]

    def __str__(self):
        return self.navn


class Indsatsomraade(models.Model):
    """A field of action that plans under the rule set choose from."""

    regelsaet = models.ForeignKey(
        Regelsaet, on_delete=models.PROTECT, related_name="indsatsomraader", verbose_name="regelsæt"
    )
    noegle = models.SlugField("nøgle", max_length=60)
    nummer = models.PositiveSmallIntegerField("nummer")
    navn = Linje("navn")

    class Meta:
        verbose_name = "indsatsområde"
        verbose_name_plural = "indsatsområder"
        ordering = ["regelsaet_id", "nummer"]
        constraints = [
            models.UniqueConstraint(fields=["regelsaet", "noegle"], name="indsatsomraade_noegle"),
            models.UniqueConstraint(fields=["regelsaet", "nummer"], name="indsatsomraade_nummer"),
        ]

    def __str__(self):
        return self.navn


class OverordnetMaal(models.Model):
    """A fixed goal, in the words of its rule set."""

    indsatsomraade = models.ForeignKey(
        Indsatsomraade, on_delete=models.PROTECT, related_name="maal", verbose_name="indsatsområde"
    )
    nummer = models.PositiveSmallIntegerField("nummer")
    tekst = Linje("mål", max_length=500)

    class Meta:
        verbose_name = "overordnet mål"
        verbose_name_plural = "overordnede mål"
        ordering = ["indsatsomraade__regelsaet_id", "nummer"]
        constraints = [models.UniqueConstraint(fields=["indsatsomraade", "nummer"], name="maal_nummer")]

    def __str__(self):
        return f"Mål {self.nummer}: {self.tekst}"


class FastIndikator(models.Model):
    """A fixed indicator of a fixed goal: what it is measured in, which way is better, and among whom is counted."""

    maal = models.ForeignKey(OverordnetMaal, on_delete=models.PROTECT, related_name="indikatorer", verbose_name="mål")
    noegle = models.SlugField("nøgle", max_length=60)
    nummer = models.PositiveSmallIntegerField("nummer")
    navn = Linje("navn", max_length=300)
    enhed = models.CharField("enhed", max_length=10, choices=Enhed, default=Enhed.PROCENT)
    retning = models.CharField("bedre er", max_length=3, choices=Udviklingsretning, blank=True, default="")
    persongruppe = Linje("ud af", max_length=60, blank=True)

    class Meta:
        verbose_name = "fast indikator"
        verbose_name_plural = "faste indikatorer"
        ordering = ["maal_id", "nummer"]
        constraints = [models.UniqueConstraint(fields=["maal", "noegle"], name="fast_indikator_noegle")]

    def __str__(self):
        return self.navn


class Delmaalsforslag(models.Model):
    """A delmål that the rule set offers for an indsatsområde (Landsbyggefonden's list, as far as it is known)."""

    indsatsomraade = models.ForeignKey(
        Indsatsomraade, on_delete=models.PROTECT, related_name="delmaalsforslag", verbose_name="indsatsområde"
    )
    noegle = models.SlugField("nøgle", max_length=80)
    nummer = models.PositiveSmallIntegerField("nummer")
    tekst = Linje("delmål", max_length=500)
    kilde = Linje("kilde", blank=True)
    verificeret = models.CharField("verificeret", max_length=10, choices=Verificeret)

    class Meta:
        verbose_name = "delmålsforslag"
        verbose_name_plural = "delmålsforslag"
        ordering = ["indsatsomraade_id", "nummer"]
        constraints = [models.UniqueConstraint(fields=["indsatsomraade", "noegle"], name="delmaalsforslag_noegle")]

    def __str__(self):
        return self.tekst


class Skabelonafsnit(models.Model):
    """One section of a document template: number, title, guidance, and what it holds."""

    regelsaet = models.ForeignKey(
        Regelsaet, on_delete=models.PROTECT, related_name="skabelonafsnit", verbose_name="regelsæt"
    )
    dokument = models.CharField("dokument", max_length=20, choices=Dokumenttype)
    noegle = models.SlugField("nøgle", max_length=60)
    orden = models.PositiveSmallIntegerField("rækkefølge")
    nummer = Linje("nummer", max_length=10, blank=True)
    titel = Linje("titel")
    art = models.CharField("indhold", max_length=30, choices=Afsnitsart)
    vejledning = Tekst("vejledning", blank=True)
    uddybning = Tekst("læs mere", blank=True)
    kilde = Linje("kilde", blank=True)

    class Meta:
        verbose_name = "skabelonafsnit"
        verbose_name_plural = "skabelonafsnit"
        ordering = ["regelsaet_id", "dokument", "orden"]
        constraints = [
            models.UniqueConstraint(fields=["regelsaet", "dokument", "noegle"], name="skabelonafsnit_noegle"),
            models.UniqueConstraint(fields=["regelsaet", "dokument", "orden"], name="skabelonafsnit_orden"),
        ]

    def __str__(self):
        return f"{self.nummer}. {self.titel}" if self.nummer else self.titel

    @property
    def har_prosa(self) -> bool:
        return Afsnitsart(self.art).har_prosa


class Regelparameter(models.Model):
    """A value that a rule uses. Unverified ones are shown as such; a plan may use a value of its own."""

    regelsaet = models.ForeignKey(
        Regelsaet, on_delete=models.PROTECT, related_name="parametre", verbose_name="regelsæt"
    )
    noegle = models.SlugField("nøgle", max_length=60)
    navn = Linje("navn")
    vaerdi = models.DecimalField("værdi", max_digits=14, decimal_places=4, null=True, blank=True)
    enhed = Linje("enhed", max_length=20, blank=True)
    kilde = Linje("kilde", blank=True)
    verificeret = models.CharField("verificeret", max_length=10, choices=Verificeret)
    note = Tekst("note", blank=True)

    class Meta:
        verbose_name = "parameter"
        verbose_name_plural = "parametre"
        ordering = ["regelsaet_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["regelsaet", "noegle"], name="regelparameter_noegle")]

    def __str__(self):
        return self.navn
