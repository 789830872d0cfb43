from django.db import models

from aftaler.models import Helhedsplan
from aftaler.models.plan import i_planer
from helhedsplan.felter import Linje
from indikatorer.models.indikator import Indikator
from indikatorer.models.maaling import Sted


class UdgivetTaludvalg(models.QuerySet):
    def for_bruger(self, bruger):
        return self.filter(indikator__plan__in=i_planer(bruger))

    def i(self, plan: Helhedsplan):
        return self.filter(indikator__plan=plan)


class UdgivetTal(models.Model):
    """A figure that everybody could see on a day when a status was published or an edition was frozen.

    Kept beside what was published, never changed: what is out cannot be hidden again, so other figures must be, when it
    would give them away (`rules.diskretion`).
    """

    indikator = models.ForeignKey(
        Indikator, on_delete=models.CASCADE, related_name="udgivne_tal", verbose_name="indikator"
    )
    sted = models.ForeignKey(Sted, on_delete=models.CASCADE, related_name="udgivne_tal", verbose_name="sted")
    aar = models.PositiveSmallIntegerField("år")
    begivenhed = Linje("begivenhed", max_length=60, blank=True)
    antal = models.PositiveIntegerField("antal", null=True, blank=True)
    grundlag = models.PositiveIntegerField("ud af", null=True, blank=True)
    vaerdi = models.DecimalField("værdi", max_digits=14, decimal_places=4, null=True, blank=True)
    decimaler = models.PositiveSmallIntegerField("decimaler", default=0)

    objects = UdgivetTaludvalg.as_manager()

    class Meta:
        verbose_name = "udgivet tal"
        verbose_name_plural = "udgivne tal"
        ordering = ["pk"]

    def __str__(self):
        return f"{self.indikator}, {self.sted}, {self.begivenhed} {self.aar}"
