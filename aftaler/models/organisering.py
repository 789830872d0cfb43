from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from aftaler.choices import Gruppeart
from aftaler.models.organisation import Organisation
from aftaler.models.plan import Helhedsplan, Omraade, Planudvalg
from helhedsplan.felter import Linje, Tekst
from helhedsplan.models import Versioneret

EN_FORMAND = "En plads med formand er én plads. Skriv de øvrige som en plads for sig."


class Gruppe(Versioneret):
    """A group in the plan's organisation: the board, the secretariat, following and working groups.

    `over` is the group above it in the organisation diagram. A kind that no rule knows has a name of its own
    (`artsnavn`: "kvarternetværk").
    """

    plan = models.ForeignKey(Helhedsplan, on_delete=models.PROTECT, related_name="grupper", verbose_name="helhedsplan")
    noegle = models.SlugField("nøgle", max_length=80)
    navn = Linje("navn")
    art = models.CharField("art", max_length=20, choices=Gruppeart)
    artsnavn = Linje("slags i egne ord", max_length=60, blank=True, default="")
    over = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="under", null=True, blank=True, verbose_name="hører under"
    )
    orden = models.PositiveSmallIntegerField("rækkefølge", default=0)
    moeder_pr_aar = models.PositiveSmallIntegerField(
        "møder om året", null=True, blank=True, validators=[MaxValueValidator(365)]
    )
    opgave = Tekst("opgave", blank=True)
    omraader = models.ManyToManyField(Omraade, related_name="grupper", blank=True, verbose_name="områder")

    objects = Planudvalg.as_manager()

    class Meta:
        verbose_name = "gruppe"
        verbose_name_plural = "grupper"
        ordering = ["plan_id", "orden", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "noegle"], name="gruppe_noegle"),
            models.CheckConstraint(
                condition=models.Q(art__in=Gruppeart.values),
                name="gruppe_art_kendt",
                violation_error_message="Vælg, hvad det er for en gruppe.",
                violation_error_code="art",
            ),
            models.CheckConstraint(
                condition=~models.Q(art=Gruppeart.ANDEN) | ~models.Q(artsnavn=""),
                name="gruppe_anden_slags_har_navn",
                violation_error_message="Skriv slagsen i egne ord, når den er »Anden slags«.",
                violation_error_code="artsnavn",
            ),
        ]

    def __str__(self):
        return self.navn

    @property
    def slagsnavn(self) -> str:
        return self.artsnavn or str(self.get_art_display())

    @property
    def antal_pladser(self) -> int:
        """With each kind of seat as many times as it is there; one that nobody has counted is one."""
        return sum(plads.antal or 1 for plads in self.pladser.all())

    def clean(self):
        """A group stands under another of its plan, and never under itself, however far down."""
        if self.over and self.over.plan_id != self.plan_id:
            raise ValidationError({"over": "Vælg en gruppe i samme plan."})
        led, set_ = self.over, set()
        while led is not None and led.pk not in set_:
            if led.pk == self.pk:
                raise ValidationError({"over": "Gruppen ligger selv over den gruppe. Vælg en anden."})
            set_.add(led.pk)
            led = led.over


class Plads(models.Model):
    """A seat in a group, named by office; the organisation behind it is known where a vote depends on it.

    antal: how many seats of the kind, where they are more than one or known to be one ("8 medarbejdere"); None is one
    that nobody has counted. betingelse: when the seat is there, as agreed ("efter indstilling fra bestyrelsen").
    """

    gruppe = models.ForeignKey(Gruppe, on_delete=models.CASCADE, related_name="pladser", verbose_name="gruppe")
    titel = Linje("titel")
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="pladser",
        null=True,
        blank=True,
        verbose_name="organisation",
    )
    antal = models.PositiveSmallIntegerField(
        "antal", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(99)]
    )
    formand = models.BooleanField("formand", default=False)
    betingelse = Linje("betingelse", blank=True)
    orden = models.PositiveSmallIntegerField("rækkefølge", default=0)

    class Meta:
        verbose_name = "plads"
        verbose_name_plural = "pladser"
        ordering = ["gruppe_id", "orden", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(formand=False) | models.Q(antal__isnull=True) | models.Q(antal=1),
                name="plads_en_formand",
                violation_error_message=EN_FORMAND,
                violation_error_code="antal",
            )
        ]

    def __str__(self):
        return self.titel
