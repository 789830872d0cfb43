from django.db import models
from django.db.models import F, Q

from aftaler.models import Helhedsplan, Omraade
from aftaler.models.plan import Planudvalg
from helhedsplan.choices import Verificeret
from helhedsplan.felter import Formet, Linje
from helhedsplan.models import Versioneret
from indikatorer.choices import Graenseart, Kriterieenhed
from indikatorer.rules.tal import SENESTE_AAR, TIDLIGSTE_AAR


class Statusliste(models.Model):
    """One of the state's lists as the law had it in some years: what it was called then, and what puts an area on it.

    `noegle` is the same however the list is called. An area is on it when it meets every criterion that it must, and
    `mindst` of the others; and, where `bygger_paa` names another list, when it has been on that one for `aar_i_traek`
    years in a row. It belongs to no plan.
    """

    noegle = models.SlugField("nøgle", max_length=60)
    navn = Linje("navn", max_length=80)
    orden = models.PositiveSmallIntegerField("rækkefølge", default=0)
    fra_aar = models.PositiveSmallIntegerField("fra år")
    til_aar = models.PositiveSmallIntegerField("til år", null=True, blank=True)
    mindst = models.PositiveSmallIntegerField("mindst af de øvrige", default=0)
    bygger_paa = models.SlugField("bygger på", max_length=60, blank=True)
    aar_i_traek = models.PositiveSmallIntegerField("år i træk", default=1)
    kilde = Linje("kilde", blank=True)
    verificeret = models.CharField("verificeret", max_length=10, choices=Verificeret, default=Verificeret.NEJ)

    class Meta:
        verbose_name = "statusliste"
        verbose_name_plural = "statuslister"
        ordering = ["fra_aar", "orden", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["noegle", "fra_aar"], name="statusliste_noegle"),
            models.CheckConstraint(
                condition=Q(til_aar__isnull=True) | Q(til_aar__gte=F("fra_aar")),
                name="statusliste_aar_i_orden",
                violation_error_message="Listen kan ikke slutte, før den begynder.",
            ),
        ]

    def __str__(self):
        return f"{self.navn} fra {self.fra_aar}"


class Statuskriterium(models.Model):
    """One criterion of a list with its limit. `skal`: it must be met; otherwise it counts among the others."""

    liste = models.ForeignKey(Statusliste, on_delete=models.CASCADE, related_name="kriterier", verbose_name="liste")
    noegle = models.SlugField("kriterium", max_length=60)
    navn = Linje("navn")
    orden = models.PositiveSmallIntegerField("rækkefølge", default=0)
    art = models.CharField("opfyldt, når tallet er", max_length=10, choices=Graenseart)
    graense = models.DecimalField("grænse", max_digits=10, decimal_places=4)
    enhed = models.CharField("enhed", max_length=10, choices=Kriterieenhed)
    skal = models.BooleanField("skal være opfyldt", default=False)

    class Meta:
        verbose_name = "statuskriterium"
        verbose_name_plural = "statuskriterier"
        ordering = ["liste_id", "orden", "pk"]
        constraints = [models.UniqueConstraint(fields=["liste", "noegle"], name="statuskriterium_noegle")]

    def __str__(self):
        return f"{self.liste}: {self.navn}"


class Omraadestatus(Versioneret):
    """Where an area stood on the state's lists of one year (1 December), in the words of that year.

    `vaerdier` has the area's figures by the keys of the criteria, as text with a point before the decimals.
    """

    plan = models.ForeignKey(
        Helhedsplan, on_delete=models.PROTECT, related_name="omraadestatus", verbose_name="helhedsplan"
    )
    omraade = models.ForeignKey(Omraade, on_delete=models.PROTECT, related_name="status", verbose_name="område")
    aar = models.PositiveSmallIntegerField("år")
    kategori = Linje(
        "kategori", max_length=80, blank=True, help_text="Som listen hed det år. Tom, når området ikke stod på den."
    )
    vaerdier = Formet("værdier", default=dict, blank=True, form=dict[str, str | int | float])
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
            ),
            models.CheckConstraint(
                condition=Q(aar__gte=TIDLIGSTE_AAR, aar__lte=SENESTE_AAR),
                name="omraadestatus_aar_muligt",
                violation_error_message=f"Årstallet skal ligge mellem {TIDLIGSTE_AAR} og {SENESTE_AAR}.",
            ),
        ]

    def __str__(self):
        return f"{self.omraade.navn} {self.aar}"
