from django.conf import settings
from django.db import models
from django.db.models import F, Q

from aftaler.models import Helhedsplan
from aftaler.models.plan import Planudvalg
from status.models.status import SHA


class Svarlink(models.Model):
    """A link that a member of a board has had sent to his own address, to answer without logging in. It opens on as
    many of his devices as he likes until it runs out. Only the token's hash is kept."""

    IKKE_I_SPORET = frozenset({"token_sha256"})

    plan = models.ForeignKey(
        Helhedsplan, on_delete=models.PROTECT, related_name="svarlinks", verbose_name="helhedsplan"
    )
    bruger = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="modtager"
    )
    token_sha256 = models.CharField("token", max_length=SHA, unique=True)
    sendt = models.DateTimeField("sendt")
    udloeber = models.DateTimeField("udløber")

    objects = Planudvalg.as_manager()

    class Meta:
        verbose_name = "svarlink"
        verbose_name_plural = "svarlinks"
        ordering = ["plan_id", "sendt", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(udloeber__gt=F("sendt")),
                name="svarlink_udloeber_senere",
                violation_error_message="Linket udløber, før det er sendt.",
            )
        ]

    def __str__(self):
        return f"Svarlink til {self.bruger}"
