from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from aftaler.models import Afdeling, Helhedsplan, Omraade, Organisation
from aftaler.models.plan import Planudvalg, i_planer
from helhedsplan.felter import Linje, Tekst
from helhedsplan.models import Versioneret
from indikatorer.choices import Maaletilstand, Stedart, Trykform
from indikatorer.models.indikator import Indikator
from indikatorer.rules.tal import SENESTE_AAR, TIDLIGSTE_AAR, talfejl

#: What a measurement is known by in prose that is bound to it.
BUNDNE_FELTER = ("indikator_id", "sted_id", "aar", "begivenhed")


class Sted(Versioneret):
    """A place that is measured: an area of the plan, or one it is held up against."""

    plan = models.ForeignKey(Helhedsplan, on_delete=models.PROTECT, related_name="steder", verbose_name="helhedsplan")
    noegle = models.SlugField("nøgle", max_length=80)
    art = models.CharField("art", max_length=30, choices=Stedart)
    navn = Linje("navn")
    orden = models.PositiveSmallIntegerField("rækkefølge", default=0)
    omraade = models.ForeignKey(
        Omraade, on_delete=models.PROTECT, related_name="steder", null=True, blank=True, verbose_name="område"
    )
    afdeling = models.ForeignKey(
        Afdeling, on_delete=models.PROTECT, related_name="steder", null=True, blank=True, verbose_name="afdeling"
    )
    kommune = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="steder", null=True, blank=True, verbose_name="kommune"
    )
    omraader = models.ManyToManyField(
        Omraade, related_name="samlede_steder", blank=True, verbose_name="områder tilsammen"
    )
    arkiveret = models.DateField("arkiveret", null=True, blank=True, editable=False)

    objects = Planudvalg.as_manager()

    class Meta:
        verbose_name = "sted"
        verbose_name_plural = "steder"
        ordering = ["plan_id", "orden", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "noegle"], name="sted_noegle"),
            models.UniqueConstraint(
                fields=["plan", "navn"],
                name="sted_navn",
                violation_error_message="Planen har allerede et sted med det navn.",
            ),
        ]

    def __str__(self):
        return self.navn

    @property
    def er_eget(self) -> bool:
        return Stedart(self.art).er_eget


class Maalingsudvalg(models.QuerySet):
    def for_bruger(self, bruger):
        return self.filter(indikator__plan__in=i_planer(bruger))


class Maaling(Versioneret):
    """One figure: an indicator at a place in a year, or at a dated event such as an election.

    `vaerdi` is in the indicator's unit with `decimaler` shown decimals; `antal` of `grundlag` are persons. What is
    missing or suppressed holds no figures at all.
    """

    indikator = models.ForeignKey(
        Indikator, on_delete=models.PROTECT, related_name="maalinger", verbose_name="indikator"
    )
    sted = models.ForeignKey(Sted, on_delete=models.PROTECT, related_name="maalinger", verbose_name="sted")
    aar = models.PositiveSmallIntegerField("år")
    begivenhed = Linje("begivenhed", max_length=60, blank=True)
    dato = models.DateField("dato", null=True, blank=True)
    tilstand = models.CharField("tilstand", max_length=20, choices=Maaletilstand, default=Maaletilstand.VAERDI)
    antal = models.PositiveIntegerField("antal", null=True, blank=True)
    grundlag = models.PositiveIntegerField("ud af", null=True, blank=True)
    vaerdi = models.DecimalField("værdi", max_digits=14, decimal_places=4, null=True, blank=True)
    decimaler = models.PositiveSmallIntegerField("viste decimaler", default=1)
    trykform = models.CharField("trykt form", max_length=20, choices=Trykform, default=Trykform.ANTAL_FOERST)
    er_baseline = models.BooleanField("baseline", default=False)
    kilde = Linje("kilde", blank=True)
    udtrukket = models.DateField("udtrukket", null=True, blank=True)
    note = Tekst("note", blank=True)

    objects = Maalingsudvalg.as_manager()

    class Meta:
        verbose_name = "måling"
        verbose_name_plural = "målinger"
        ordering = ["indikator_id", "sted_id", "aar", "begivenhed", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["indikator", "sted", "aar", "begivenhed"],
                name="maaling_en_pr_celle",
                violation_error_message="Der er allerede et tal for den indikator, det sted og det år.",
            ),
            models.CheckConstraint(
                condition=Q(tilstand=Maaletilstand.VAERDI) & (Q(antal__isnull=False) | Q(vaerdi__isnull=False))
                | ~Q(tilstand=Maaletilstand.VAERDI) & Q(antal__isnull=True, grundlag__isnull=True, vaerdi__isnull=True),
                name="maaling_tilstand_passer",
                violation_error_message="Skriv et antal eller en værdi, eller vælg, at det mangler eller er skjult.",
            ),
            models.CheckConstraint(
                condition=Q(antal__isnull=True) | Q(grundlag__isnull=True) | Q(antal__lte=F("grundlag")),
                name="maaling_antal_inden_for_grundlag",
                violation_error_message="Antallet er større end det, det er ud af.",
            ),
            models.CheckConstraint(
                condition=Q(aar__gte=TIDLIGSTE_AAR, aar__lte=SENESTE_AAR),
                name="maaling_aar_muligt",
                violation_error_message=f"Årstallet skal ligge mellem {TIDLIGSTE_AAR} og {SENESTE_AAR}.",
            ),
            models.CheckConstraint(
                condition=Q(decimaler__lte=4),
                name="maaling_decimaler_muligt",
                violation_error_message="Der kan højst vises fire decimaler.",
            ),
        ]
        indexes = [models.Index(fields=["indikator", "aar"], name="maaling_indikator_aar")]

    def clean(self):
        """What hangs on the indicator's unit, and no row of the table can hold by itself."""
        if fejl := talfejl(self.indikator.enhed, aar=self.aar, dato=self.dato, vaerdi=self.vaerdi):
            raise ValidationError(fejl)
        self._tjek_bundet()

    def _tjek_bundet(self) -> None:
        """A figure that stands in a text is known there by its indicator, place and time: they stay as they are."""
        bundet = self.pk and self.talbindinger.select_related("maaling", "afsnit__skabelon").first()
        if bundet and any(getattr(bundet.maaling, felt) != getattr(self, felt) for felt in BUNDNE_FELTER):
            besked = f"Tallet står i teksten »{bundet.afsnit}« og kan ikke flyttes. Opret et nyt tal i stedet."
            raise ValidationError(besked, code="bundet")

    def __str__(self):
        hvornaar = f"{self.begivenhed} {self.aar}" if self.begivenhed else str(self.aar)
        return f"{self.indikator.navn}, {self.sted.navn}, {hvornaar}"

    @property
    def plan(self):
        return self.indikator.plan
