from django.conf import settings
from django.db import models
from django.db.models import Q

from dokumenter.choices import Filart, Underskriftsmetode
from dokumenter.models.faelles import Fast
from dokumenter.models.udgave import Udgave, Udgavehoerende
from helhedsplan.felter import Linje
from helhedsplan.models import Versioneret


class Udgavedel(models.QuerySet):
    """For what belongs to an edition and changes after it."""

    def for_bruger(self, bruger):
        return self.filter(udgave__plan__medlemskaber__bruger=bruger)


class Filrevision(Fast):
    """One state of an edition's file: as issued (number 1), and after each signature. Only added to.

    A later one of the art `underskrevet` or `tidsstemplet` begins with the former's bytes. `tilfoejet` says in words
    what a known service (`tjeneste`) has added to the paper, for every later signer to see.
    """

    udgave = models.ForeignKey(Udgave, on_delete=models.PROTECT, related_name="filrevisioner", verbose_name="udgave")
    nummer = models.PositiveIntegerField("nummer")
    art = models.CharField("art", max_length=20, choices=Filart)
    fil = models.FileField("fil", upload_to="udgaver/", max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)
    stoerrelse = models.PositiveIntegerField("størrelse i byte")
    tjeneste = Linje("tjeneste", max_length=100, blank=True)
    tilfoejet = models.JSONField("lagt til af tjenesten", default=list, blank=True)
    foer = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="efter", null=True, blank=True, verbose_name="før"
    )
    oprettet = models.DateTimeField("oprettet", auto_now_add=True)

    objects = Udgavehoerende.as_manager()

    class Meta:
        verbose_name = "filrevision"
        verbose_name_plural = "filrevisioner"
        ordering = ["udgave_id", "nummer"]
        constraints = [
            models.UniqueConstraint(
                fields=["udgave", "nummer"],
                name="filrevision_nummer",
                violation_error_message="En anden har skrevet under imens. Åbn siden igen.",
            ),
            models.CheckConstraint(
                condition=Q(nummer=1, art=Filart.UDSTEDT, foer__isnull=True)
                | (Q(nummer__gt=1, foer__isnull=False) & ~Q(art=Filart.UDSTEDT)),
                name="filrevision_foerste_er_udstedt",
                violation_error_message="Den første fil er den udstedte, og hver senere bygger på den før.",
            ),
        ]

    def __str__(self):
        return f"{self.udgave}: {self.get_art_display().lower()}"

    @property
    def plan(self):
        return self.udgave.plan


class Underskriver(Versioneret):
    """A party that signs one edition, as its page "Underskrifter" names it, and whether it has.

    `orden` 0 means any order; else those with a lower one sign first. `bruger` is the account that signs in the
    program. Party, name and title are those of the frozen paper and do not change.
    """

    udgave = models.ForeignKey(Udgave, on_delete=models.PROTECT, related_name="underskrivere", verbose_name="udgave")
    part_navn = Linje("part")
    navn = Linje("navn", blank=True)
    titel = Linje("titel", blank=True)
    orden = models.PositiveSmallIntegerField("rækkefølge", default=0)
    bruger = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="underskrifter",
        null=True,
        blank=True,
        verbose_name="bruger",
    )
    metode = models.CharField(
        "underskrevet hvordan", max_length=10, choices=Underskriftsmetode, blank=True, default=Underskriftsmetode.INGEN
    )
    underskrevet = models.DateTimeField("underskrevet", null=True, blank=True)
    filrevision = models.ForeignKey(
        Filrevision, on_delete=models.PROTECT, related_name="underskrivere", null=True, blank=True, verbose_name="fil"
    )

    objects = Udgavedel.as_manager()

    class Meta:
        verbose_name = "underskriver"
        verbose_name_plural = "underskrivere"
        ordering = ["udgave_id", "orden", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["udgave", "part_navn"],
                name="underskriver_en_pr_part",
                violation_error_message="Parten står allerede på udgavens side med underskrifter.",
            ),
            models.CheckConstraint(
                condition=Q(metode=Underskriftsmetode.INGEN, underskrevet__isnull=True, filrevision__isnull=True)
                | (~Q(metode=Underskriftsmetode.INGEN) & Q(underskrevet__isnull=False) & Q(filrevision__isnull=False)),
                name="underskriver_helt_eller_slet_ikke",
                violation_error_message="En underskrift har en måde, et tidspunkt og en fil, eller intet af det.",
            ),
        ]

    def __str__(self):
        return self.part_navn

    @property
    def plan(self):
        return self.udgave.plan
