from django.conf import settings
from django.db import models
from django.db.models import Q

from helhedsplan.felter import Tekst
from status.choices import Sideafsnit
from status.models.status import SHA, Kvartalsstatus, Statushoerende


class Laest(models.Model):
    """A member has read a published status, and when; and when he took note of it (efterretning), if he has said so."""

    status = models.ForeignKey(
        Kvartalsstatus, on_delete=models.PROTECT, related_name="laesninger", verbose_name="kvartalsstatus"
    )
    bruger = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="bruger"
    )
    tidspunkt = models.DateTimeField("læst")
    efterretning = models.DateTimeField("taget til efterretning", null=True, blank=True)

    objects = Statushoerende.as_manager()

    class Meta:
        verbose_name = "læsning"
        verbose_name_plural = "læsninger"
        ordering = ["status_id", "tidspunkt", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["status", "bruger"],
                name="laest_en_gang",
                violation_error_message="Du har allerede markeret siden som læst.",
            )
        ]

    def __str__(self):
        return f"{self.bruger}: {self.status}"

    @property
    def plan(self):
        return self.status.plan


class Spoergsmaal(models.Model):
    """A question or comment about a section of a published status, and the secretariat's answer."""

    status = models.ForeignKey(
        Kvartalsstatus, on_delete=models.PROTECT, related_name="spoergsmaal", verbose_name="kvartalsstatus"
    )
    afsnit = models.CharField("om", max_length=20, choices=Sideafsnit)
    tekst = Tekst("spørgsmål eller kommentar", max_length=2000)
    bruger = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="stillet af"
    )
    stillet = models.DateTimeField("stillet")
    svar = Tekst("svar", blank=True, max_length=2000)
    besvaret = models.DateTimeField("besvaret", null=True, blank=True)
    besvaret_af = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="besvaret af",
    )

    objects = Statushoerende.as_manager()

    class Meta:
        verbose_name = "spørgsmål"
        verbose_name_plural = "spørgsmål"
        ordering = ["status_id", "stillet", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(afsnit__in=Sideafsnit.values),
                name="spoergsmaal_afsnit_kendt",
                violation_error_message="Vælg, hvad spørgsmålet handler om.",
            ),
            models.CheckConstraint(
                condition=Q(svar="", besvaret__isnull=True, besvaret_af__isnull=True)
                | (Q(besvaret__isnull=False) & ~Q(svar="")),
                name="spoergsmaal_svar_med_tid",
                violation_error_message="Et svar har tekst og tid.",
            ),
        ]

    def __str__(self):
        return self.tekst[:80]

    @property
    def plan(self):
        return self.status.plan


class Laeselink(models.Model):
    """A personal link that opens one status for reading, once. Only the token's hash is kept."""

    IKKE_I_SPORET = frozenset({"token_sha256"})

    status = models.ForeignKey(
        Kvartalsstatus, on_delete=models.PROTECT, related_name="laeselinks", verbose_name="kvartalsstatus"
    )
    bruger = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="modtager"
    )
    token_sha256 = models.CharField("token", max_length=SHA, unique=True)
    sendt = models.DateTimeField("sendt")
    udloeber = models.DateTimeField("udløber")
    brugt = models.DateTimeField("brugt", null=True, blank=True)

    objects = Statushoerende.as_manager()

    class Meta:
        verbose_name = "læselink"
        verbose_name_plural = "læselinks"
        ordering = ["status_id", "sendt", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(udloeber__gt=models.F("sendt")),
                name="laeselink_udloeber_senere",
                violation_error_message="Linket udløber, før det er sendt.",
            )
        ]

    def __str__(self):
        return f"Læselink til {self.bruger}"

    @property
    def plan(self):
        return self.status.plan
