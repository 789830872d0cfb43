from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from aftaler.choices import Maaltype, Retning, Sammenligning
from aftaler.models import Delmaal, FastIndikator, Helhedsplan
from aftaler.models.plan import Planudvalg
from helhedsplan.felter import Linje, Tekst
from helhedsplan.models import Versioneret
from indikatorer.choices import Enhed, Indikatorgruppe, Udviklingsretning


class Indikator(Versioneret):
    """What is measured: a fixed indicator of the plan's rule set, or a local one with its own target."""

    plan = models.ForeignKey(
        Helhedsplan, on_delete=models.PROTECT, related_name="indikatorer", verbose_name="helhedsplan"
    )
    noegle = models.SlugField("nøgle", max_length=80)
    navn = Linje("navn", max_length=300)
    gruppe = models.CharField("gruppe", max_length=20, choices=Indikatorgruppe, default=Indikatorgruppe.LOKAL)
    orden = models.PositiveSmallIntegerField("rækkefølge", default=0)
    fast = models.ForeignKey(
        FastIndikator,
        on_delete=models.PROTECT,
        related_name="indikatorer",
        null=True,
        blank=True,
        verbose_name="fast indikator",
    )
    delmaal = models.ForeignKey(
        Delmaal, on_delete=models.PROTECT, related_name="indikatorer", null=True, blank=True, verbose_name="delmål"
    )
    enhed = models.CharField("enhed", max_length=10, choices=Enhed)
    persongruppe = Linje(
        "ud af",
        max_length=60,
        blank=True,
        help_text="Dem, der tælles blandt, for eksempel 15-29-årige. Tal om samme gruppe skal passe sammen.",
    )
    hele = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="dele",
        null=True,
        blank=True,
        verbose_name="er en del af",
        help_text="Den indikator, der tæller dem alle, for eksempel alle sigtede, når denne tæller drengene.",
    )
    opdeling = Linje(
        "delt efter",
        max_length=60,
        blank=True,
        help_text="For eksempel køn. De indikatorer, der er delt efter det samme, er tilsammen det, de er en del af, "
        "eller alle i »ud af«. Så bliver intet skjult tal vist som forskellen mellem andre.",
    )
    retning = models.CharField("bedre er", max_length=3, choices=Udviklingsretning, blank=True, default="")
    maaltype = models.CharField("måltype", max_length=20, choices=Maaltype, blank=True, default="")
    maalretning = models.CharField("skal", max_length=10, choices=Retning, blank=True, default="")
    sammenligning = models.CharField("sammenligning", max_length=2, choices=Sammenligning, blank=True, default="")
    maalvaerdi = models.DecimalField("mål", max_digits=14, decimal_places=4, null=True, blank=True)
    note = Tekst("note", blank=True)

    objects = Planudvalg.as_manager()

    class Meta:
        verbose_name = "indikator"
        verbose_name_plural = "indikatorer"
        ordering = ["plan_id", "orden", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "noegle"], name="indikator_noegle"),
            models.UniqueConstraint(
                fields=["plan", "fast"],
                condition=Q(fast__isnull=False),
                name="indikator_fast_en_gang",
                violation_error_message="Planen har allerede den faste indikator.",
            ),
            models.CheckConstraint(
                condition=Q(fast__isnull=True) | Q(delmaal__isnull=True),
                name="indikator_fast_eller_delmaal",
                violation_error_message="En fast indikator hører til et overordnet mål og ikke til et delmål.",
            ),
            models.CheckConstraint(
                condition=~Q(maaltype__in=[Maaltype.TAL, Maaltype.GRAENSE, Maaltype.AARLIGT_LOFT])
                | Q(maalvaerdi__isnull=False),
                name="indikator_maalvaerdi_angivet",
                violation_error_message="Skriv det tal, målet gælder.",
            ),
            models.CheckConstraint(
                condition=~Q(maaltype__in=[Maaltype.GRAENSE, Maaltype.AARLIGT_LOFT]) | ~Q(sammenligning=""),
                name="indikator_sammenligning_valgt",
                violation_error_message="Vælg, om målet er over eller under tallet.",
            ),
            models.CheckConstraint(
                condition=~Q(maaltype=Maaltype.RETNING) | ~Q(maalretning=""),
                name="indikator_maalretning_valgt",
                violation_error_message="Vælg, om tallet skal stige eller falde.",
            ),
            models.CheckConstraint(
                condition=Q(hele__isnull=True) | ~Q(hele=models.F("id")),
                name="indikator_ikke_del_af_sig_selv",
                violation_error_message="En indikator kan ikke være en del af sig selv.",
            ),
        ]

    def __str__(self):
        return self.navn

    def clean(self):
        """What it is a part of, and what that is a part of, is in the same plan and never itself."""
        super().clean()
        if self.opdeling and self.hele_id is None and not self.persongruppe:
            besked = "Vælg også, hvad den er en del af, eller skriv »ud af«."
            raise ValidationError({"opdeling": besked}, code="af_hvad")
        hele, set_ = self.hele, {self.pk}
        if hele is not None and hele.plan_id != self.plan_id:
            raise ValidationError({"hele": "Indikatoren hører til en anden plan."}, code="fremmed")
        while hele is not None:
            if hele.pk is not None and hele.pk in set_:
                raise ValidationError({"hele": "Indikatoren kommer til at være en del af sig selv."}, code="ring")
            set_.add(hele.pk)
            hele = hele.hele

    def get_absolute_url(self):
        return reverse("indikator-vis", args=[self.plan.noegle, self.noegle])


class Maalsti(models.Model):
    """The target of one year on the way to an indicator's target."""

    indikator = models.ForeignKey(Indikator, on_delete=models.CASCADE, related_name="maalsti", verbose_name="indikator")
    aar = models.PositiveSmallIntegerField("år")
    vaerdi = models.DecimalField("mål", max_digits=14, decimal_places=4)

    class Meta:
        verbose_name = "årsmål"
        verbose_name_plural = "årsmål"
        ordering = ["indikator_id", "aar"]
        constraints = [
            models.UniqueConstraint(
                fields=["indikator", "aar"],
                name="maalsti_et_pr_aar",
                violation_error_message="Der er allerede et mål for det år.",
            )
        ]

    def __str__(self):
        return f"{self.aar}: {self.vaerdi}"
