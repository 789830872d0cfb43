from typing import Any, NotRequired, TypedDict

from django.db import models

from helhedsplan.felter import Formet


class Aendringsdata(TypedDict):
    """`raa`: of rows below the object, those from before, column by column, so that they can stand again."""

    felt: str
    navn: str
    foer: Any
    efter: Any
    raa: NotRequired[list[dict[str, Any]]]


#: Rooms that were one when the log began. The log is hash-chained, so what it calls things does not follow the rooms.
SPORNAVNE = {"status": "bestyrelse", "moeder": "bestyrelse", "kalender": "bestyrelse"}


def objekttype(model: type[models.Model] | models.Model) -> str:
    """What the log calls the kind of thing, 'aftaler.aktivitet': the same for ever, wherever its code stands."""
    egen = model._meta
    return f"{SPORNAVNE.get(egen.app_label, egen.app_label)}.{egen.model_name}"


class UforanderligFejl(TypeError):
    """Somebody tried to change or delete what is append-only."""


class Haendelsesudvalg(models.QuerySet):
    def _afvis(self, *args, **kwargs):
        raise UforanderligFejl("Revisionssporet kan kun udvides.")

    update = delete = bulk_update = bulk_create = _afvis

    def om(self, objekt):
        """The history of one object, newest first."""
        return self.filter(objekt_type=objekttype(objekt), objekt_id=str(objekt.pk)).order_by("-pk")


class Kaede(models.Model):
    """Head of one hash chain; its row is locked while an entry is added, so entries get their order."""

    noegle = models.CharField("nøgle", max_length=120, unique=True)
    nummer = models.PositiveBigIntegerField("nummer", default=0)
    hash = models.CharField("hash", max_length=64, blank=True)

    class Meta:
        verbose_name = "kæde"
        verbose_name_plural = "kæder"

    def __str__(self):
        return self.noegle


class Haendelse(models.Model):
    """One audit entry: who did what to which object, field by field. Append-only, no foreign keys, hash-chained.

    `aendringer` is a list of {felt, navn, foer, efter} with values as text or JSON; `version` is the object's
    version after the change (None when it has none).
    """

    kaede = models.CharField("kæde", max_length=120)
    nummer = models.PositiveBigIntegerField("nummer")
    tidspunkt = models.DateTimeField("tidspunkt")
    bruger_id = models.BigIntegerField("bruger-id", null=True)
    bruger_navn = models.CharField("bruger", max_length=200)
    handling = models.CharField("handling", max_length=60)
    objekt_type = models.CharField("objekttype", max_length=80)
    objekt_id = models.CharField("objekt-id", max_length=40)
    objekt_navn = models.CharField("objekt", max_length=300)
    version = models.PositiveIntegerField("version", null=True)
    aendringer = Formet("ændringer", default=list, form=list[Aendringsdata])
    forrige_hash = models.CharField("forrige hash", max_length=64, blank=True)
    hash = models.CharField("hash", max_length=64)

    objects = Haendelsesudvalg.as_manager()

    class Meta:
        verbose_name = "hændelse"
        verbose_name_plural = "hændelser"
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["kaede", "nummer"], name="haendelse_nummer_i_kaede")]
        indexes = [models.Index(fields=["objekt_type", "objekt_id"], name="haendelse_objekt")]

    def __str__(self):
        return f"{self.handling}: {self.objekt_navn}"

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise UforanderligFejl("Revisionssporet kan kun udvides.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise UforanderligFejl("Revisionssporet kan kun udvides.")
