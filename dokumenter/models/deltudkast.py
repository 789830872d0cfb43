from django.db import models
from django.db.models import Q

from aftaler.choices import Dokumentart
from aftaler.models import Helhedsplan
from aftaler.models.plan import Planudvalg
from dokumenter.choices import FRYSES, MED_EMNE
from dokumenter.models.faelles import Fast, Fastudvalg
from helhedsplan.felter import Linje, i_vores_tid


class Deltudkastudvalg(Fastudvalg, Planudvalg):
    pass


class Deltudkast(Fast):
    """A draft of a document that was shared with somebody: when, with whom or where, and the very bytes.

    It is no edition: it has no number, nobody decides on it or signs it, and it never comes into force.
    """

    plan = models.ForeignKey(
        Helhedsplan, on_delete=models.PROTECT, related_name="delte_udkast", verbose_name="helhedsplan"
    )
    art = models.CharField("dokument", max_length=20, choices=Dokumentart)
    emne = models.SlugField("emne", max_length=80, blank=True)
    titel = Linje("titel", max_length=300)
    delt_den = models.DateField("delt den", validators=[i_vores_tid])
    delt_med = Linje("delt med, eller hvor", max_length=300)
    fil = models.FileField("fil", upload_to="udkast/", max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)

    objects = Deltudkastudvalg.as_manager()

    class Meta:
        verbose_name = "delt udkast"
        verbose_name_plural = "delte udkast"
        ordering = ["plan_id", "art", "emne", "-delt_den", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "art", "emne", "sha256", "delt_den", "delt_med"],
                name="deltudkast_en_gang",
                violation_error_message="Det står her allerede, at det udkast er delt den dag med dem.",
            ),
            models.CheckConstraint(
                condition=Q(art__in=FRYSES),
                name="deltudkast_kendt_dokument",
                violation_error_message="Den slags dokument skrives ikke her. Læg det ind som bilag.",
            ),
            models.CheckConstraint(
                condition=(Q(art__in=MED_EMNE) & ~Q(emne="")) | (~Q(art__in=MED_EMNE) & Q(emne="")),
                name="deltudkast_emne",
                violation_error_message="En delaftale og et budget skal have et emne, andre dokumenter intet.",
            ),
        ]

    def __str__(self):
        return f"Udkast af {self.titel}, delt {self.delt_den:%d.%m.%Y}"

    @property
    def filnavn(self) -> str:
        dele = (self.art, *([self.emne] if self.emne else []), "udkast", self.delt_den.isoformat())
        return f"{'-'.join(dele)}.pdf"
