from typing import Any, TypedDict

from django.conf import settings
from django.db import models
from django.utils import timezone

from helhedsplan.felter import Formet


class Slettetraekke(TypedDict):
    """A row as it stood: the model's label, and the value of each column in JSON (`sikkerhedskopi.raekker`)."""

    model: str
    felter: dict[str, Any]


class Slettet(models.Model):
    """What one click has deleted: the row and all that went with it, kept until it is put back or has lain long enough.

    `raekker` has the row itself first. `plan_nr` is the plan's primary key, not a foreign key: a plan may be deleted
    too; None is of no plan (shared things, whole plans) and the administrators'. `personlig` is a person's own draft of
    a form, which nobody else sees, and `sted` the address of that form. `filer` are names in the store.
    """

    kaede = models.CharField("kæde", max_length=120, editable=False)
    plan_nr = models.BigIntegerField("plan", null=True, blank=True)
    objekt_type = models.CharField("objekttype", max_length=80, editable=False)
    objekt_id = models.CharField("objekt-id", max_length=40, editable=False)
    objekt_navn = models.CharField("objekt", max_length=300, editable=False)
    slettet = models.DateTimeField("slettet", default=timezone.now)
    bruger = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    personlig = models.BooleanField("kun for en selv", default=False)
    sted = models.CharField("sted", max_length=500, editable=False, blank=True)
    raekker = Formet("rækker", form=list[Slettetraekke])
    filer = Formet("filer", default=list, blank=True, form=list[str])

    class Meta:
        verbose_name = "slettet ting"
        verbose_name_plural = "slettede ting"
        ordering = ["-slettet", "-pk"]
        indexes = [models.Index(fields=["plan_nr", "slettet"], name="slettet_i_plan")]

    def __str__(self):
        return self.objekt_navn
