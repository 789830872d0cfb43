"""What the calendar sends out: reminders that have been sent, and secret addresses where a calendar can be read."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from aftaler.models import Helhedsplan
from aftaler.models.plan import Planudvalg
from status.models.status import SHA


class Paamindelse(models.Model):
    """That a person has been reminded of one thing in one plan. It is itself the record: only `manage.py daglig` adds
    to it, and nothing is changed or taken out, so the audit log does not tell it once more.

    `noegle` is the line of the calendar and how many times it has come round (`actions.paamindelse`).
    """

    plan = models.ForeignKey(
        Helhedsplan, on_delete=models.PROTECT, related_name="paamindelser", verbose_name="helhedsplan"
    )
    bruger = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="modtager"
    )
    noegle = models.CharField("nøgle", max_length=120)
    sendt = models.DateTimeField("sendt")

    objects = Planudvalg.as_manager()

    class Meta:
        verbose_name = "påmindelse"
        verbose_name_plural = "påmindelser"
        ordering = ["plan_id", "sendt", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "bruger", "noegle"],
                name="paamindelse_en_gang",
                violation_error_message="Påmindelsen er allerede sendt.",
            )
        ]

    def __str__(self):
        return f"{self.bruger}: {self.noegle}"


class Kalenderabonnement(models.Model):
    """A person's secret address where other calendars read one plan's dates (or, with no plan, all of his plans').

    Only the token's hash is kept. A new address is a new row: the old one stops at once.
    """

    IKKE_I_SPORET = frozenset({"token_sha256"})

    bruger = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="kalenderabonnementer",
        verbose_name="bruger",
    )
    plan = models.ForeignKey(
        Helhedsplan,
        on_delete=models.PROTECT,
        related_name="kalenderabonnementer",
        null=True,
        blank=True,
        verbose_name="helhedsplan",
    )
    token_sha256 = models.CharField("token", max_length=SHA, unique=True)
    oprettet = models.DateTimeField("oprettet")

    objects = Planudvalg.as_manager()

    class Meta:
        verbose_name = "kalenderabonnement"
        verbose_name_plural = "kalenderabonnementer"
        ordering = ["bruger_id", "plan_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bruger", "plan"],
                name="kalenderabonnement_et_pr_plan",
                violation_error_message="Du har allerede en adresse til planens kalender.",
            ),
            models.UniqueConstraint(
                fields=["bruger"],
                condition=Q(plan__isnull=True),
                name="kalenderabonnement_et_til_alle",
                violation_error_message="Du har allerede en adresse til alle dine planer.",
            ),
        ]

    def __str__(self):
        return f"Kalenderadresse for {self.bruger}"
