from django.db import models
from django.db.models import Q

from aftaler.models.delaftale import Delaftale
from aftaler.models.plan import Helhedsplan, Planudvalg
from aftaler.models.regelsaet import OverordnetMaal, Skabelonafsnit
from helhedsplan.felter import Linje, Prosa
from helhedsplan.models import Versioneret


class Afsnit(Versioneret):
    """What a plan has written in one section of a template: of the samarbejdsaftale, or of a delaftale."""

    plan = models.ForeignKey(Helhedsplan, on_delete=models.PROTECT, related_name="afsnit", verbose_name="helhedsplan")
    delaftale = models.ForeignKey(
        Delaftale, on_delete=models.PROTECT, related_name="afsnit", null=True, blank=True, verbose_name="delaftale"
    )
    skabelon = models.ForeignKey(
        Skabelonafsnit, on_delete=models.PROTECT, related_name="afsnit", verbose_name="skabelonafsnit"
    )
    tekst = Prosa("tekst", blank=True)
    faerdig = models.BooleanField(
        "færdig", default=False, help_text="Sæt flueben, når afsnittet kan godkendes, som det står."
    )

    objects = Planudvalg.as_manager()

    class Meta:
        verbose_name = "afsnit"
        verbose_name_plural = "afsnit"
        ordering = ["plan_id", "delaftale_id", "skabelon__orden"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "skabelon"], condition=Q(delaftale__isnull=True), name="afsnit_i_samarbejdsaftale"
            ),
            models.UniqueConstraint(
                fields=["delaftale", "skabelon"], condition=Q(delaftale__isnull=False), name="afsnit_i_delaftale"
            ),
        ]

    def __str__(self):
        return f"{self.skabelon}"


class Billede(models.Model):
    """A picture or map shown after a section's text, with the words that stand for it when it cannot be seen."""

    afsnit = models.ForeignKey(Afsnit, on_delete=models.PROTECT, related_name="billeder", verbose_name="afsnit")
    fil = models.FileField("fil", upload_to="billeder/")
    sha256 = models.CharField("SHA-256", max_length=64, editable=False)
    alternativ_tekst = Linje(
        "alternativ tekst", max_length=500, help_text="Beskriv, hvad billedet viser, for den der ikke kan se det."
    )
    billedtekst = Linje("billedtekst", max_length=300, blank=True)
    orden = models.PositiveSmallIntegerField("rækkefølge", default=0)

    class Meta:
        verbose_name = "billede"
        verbose_name_plural = "billeder"
        ordering = ["afsnit_id", "orden", "pk"]

    def __str__(self):
        return self.billedtekst or self.alternativ_tekst

    @property
    def plan(self):
        return self.afsnit.plan


class EgetMaal(models.Model):
    """An overall goal that the plan has set itself: in words, and what it is measured on."""

    plan = models.ForeignKey(
        Helhedsplan, on_delete=models.PROTECT, related_name="egne_maal", verbose_name="helhedsplan"
    )
    orden = models.PositiveSmallIntegerField("rækkefølge", default=0)
    tekst = Linje("mål", max_length=500)
    maales_paa = Linje("måles på", max_length=300, blank=True)

    objects = Planudvalg.as_manager()

    class Meta:
        verbose_name = "eget mål"
        verbose_name_plural = "egne overordnede mål"
        ordering = ["plan_id", "orden", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "tekst"],
                name="eget_maal_en_gang",
                violation_error_code="tekst",
                violation_error_message="Planen har allerede det mål.",
            )
        ]

    def __str__(self):
        return self.tekst


class Maalovergang(models.Model):
    """What one of the pulje's fixed goals became when the plan went on from one under another rule set, as a person
    decided it: a goal of the plan's own pulje, or nothing."""

    plan = models.ForeignKey(
        Helhedsplan, on_delete=models.PROTECT, related_name="maalovergange", verbose_name="helhedsplan"
    )
    orden = models.PositiveSmallIntegerField("rækkefølge", default=0)
    fra = models.ForeignKey(
        OverordnetMaal, on_delete=models.PROTECT, related_name="blev_til", verbose_name="den forrige puljes mål"
    )
    til = models.ForeignKey(
        OverordnetMaal,
        on_delete=models.PROTECT,
        related_name="kom_af",
        null=True,
        blank=True,
        verbose_name="blev til",
    )

    class Meta:
        verbose_name = "puljens mål før og nu"
        verbose_name_plural = "puljens mål før og nu"
        ordering = ["plan_id", "orden", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "fra"],
                name="maalovergang_en_gang",
                violation_error_code="fra",
                violation_error_message="Det mål er der allerede sagt noget om.",
            )
        ]

    def __str__(self):
        return f"{self.fra} → {self.til or 'udgået'}"


class Koblingstabel(Versioneret):
    """A free table of the vision section that ties a party's policies to the plan's goals."""

    plan = models.ForeignKey(
        Helhedsplan, on_delete=models.PROTECT, related_name="koblingstabeller", verbose_name="helhedsplan"
    )
    titel = Linje("titel")
    kolonne_fra = Linje("overskrift, venstre kolonne")
    kolonne_til = Linje("overskrift, højre kolonne")
    orden = models.PositiveSmallIntegerField("rækkefølge", default=0)

    objects = Planudvalg.as_manager()

    class Meta:
        verbose_name = "koblingstabel"
        verbose_name_plural = "koblingstabeller"
        ordering = ["plan_id", "orden", "pk"]

    def __str__(self):
        return self.titel


class Koblingsraekke(models.Model):
    """One row: a policy or principle, the fixed goals it meets, and words about how."""

    tabel = models.ForeignKey(Koblingstabel, on_delete=models.CASCADE, related_name="raekker", verbose_name="tabel")
    orden = models.PositiveSmallIntegerField("rækkefølge", default=0)
    fra = Linje("fra", max_length=500)
    til = Linje("til", max_length=1000, blank=True)
    maal = models.ManyToManyField(OverordnetMaal, related_name="koblinger", blank=True, verbose_name="mål")

    class Meta:
        verbose_name = "koblingsrække"
        verbose_name_plural = "koblingsrækker"
        ordering = ["tabel_id", "orden", "pk"]

    def __str__(self):
        return self.fra
