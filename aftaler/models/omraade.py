"""What is told of an area in rows of its own: its departments, what is done there, and how large it is."""

from django.db import models
from django.db.models import F, Q

from aftaler.choices import Stoerrelse
from aftaler.models.organisation import Afdeling
from aftaler.models.plan import Omraade
from aftaler.models.regelsaet import Indsatsomraade
from helhedsplan.felter import Antalsord, Linje, Sagt, Tidsdato, enten_dag_eller_ord, sagt_tid, tjek_tidsorden
from helhedsplan.maengde import Maengde
from helhedsplan.tid import Tid, tidsrum


class Omraaderaekke(models.Model):
    orden = models.PositiveSmallIntegerField("rækkefølge", default=0)

    class Meta:
        abstract = True


class Led(Omraaderaekke):
    """Something that is in an area: from and to where that is not as long as the area is in the plan."""

    fra = Tidsdato("med fra", null=True, blank=True)
    fra_sagt = Sagt("med fra, som oplyst")
    til = Tidsdato("til", null=True, blank=True)
    til_sagt = Sagt("til, som oplyst", varighed=True)

    class Meta(Omraaderaekke.Meta):
        abstract = True

    def clean(self):
        super().clean()
        tjek_tidsorden(self, "fra", "til", "Det går ud, før det kommer med.")

    @property
    def med_fra(self) -> Tid:
        return sagt_tid(self, "fra")

    @property
    def med_til(self) -> Tid:
        return sagt_tid(self, "til").efter(self.med_fra)

    @property
    def har_egen_tid(self) -> bool:
        return not (self.med_fra.er_mangler and self.med_til.er_mangler)

    @property
    def tiden(self) -> str:
        return tidsrum(self.med_fra, self.med_til) if self.har_egen_tid else ""


def _tider(model: str) -> list[models.BaseConstraint]:
    return [
        models.CheckConstraint(
            condition=Q(fra__isnull=True) | Q(til__isnull=True) | Q(til__gte=F("fra")),
            name=f"{model}_i_orden",
            violation_error_message="Det går ud, før det kommer med. Ret en af datoerne.",
            violation_error_code="til",
        ),
        enten_dag_eller_ord(model, "fra"),
        enten_dag_eller_ord(model, "til"),
    ]


class Omraadeafdeling(Led):
    omraade = models.ForeignKey(Omraade, on_delete=models.CASCADE, related_name="medafdelinger", verbose_name="område")
    afdeling = models.ForeignKey(
        Afdeling, on_delete=models.PROTECT, related_name="medomraader", verbose_name="afdeling"
    )

    class Meta:
        verbose_name = "afdeling i et område"
        verbose_name_plural = "afdelinger i områder"
        ordering = ["omraade_id", "orden", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["omraade", "afdeling"],
                name="omraadeafdeling_en_gang",
                violation_error_message="Afdelingen står to gange i området.",
                violation_error_code="afdeling",
            ),
            *_tider("omraadeafdeling"),
        ]

    def __str__(self):
        return f"{self.omraade}: {self.afdeling}"


class Omraadeindsats(Led):
    """An indsatsområde that is worked with in an area. Of an area with none, nobody has told: then it is any of the
    plan's."""

    omraade = models.ForeignKey(Omraade, on_delete=models.CASCADE, related_name="indsatser", verbose_name="område")
    indsatsomraade = models.ForeignKey(
        Indsatsomraade, on_delete=models.PROTECT, related_name="omraader", verbose_name="indsatsområde"
    )

    class Meta:
        verbose_name = "indsatsområde i et område"
        verbose_name_plural = "indsatsområder i områder"
        ordering = ["omraade_id", "orden", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["omraade", "indsatsomraade"],
                name="omraadeindsats_en_gang",
                violation_error_message="Indsatsområdet står to gange i området.",
                violation_error_code="indsatsomraade",
            ),
            *_tider("omraadeindsats"),
        ]

    def __str__(self):
        return f"{self.omraade}: {self.indsatsomraade}"


class Omraadestoerrelse(Omraaderaekke):
    """How many homes, residents or departments an area has, by one source; two sources are two rows."""

    omraade = models.ForeignKey(Omraade, on_delete=models.CASCADE, related_name="stoerrelser", verbose_name="område")
    hvad = models.CharField("hvad", max_length=20, choices=Stoerrelse)
    antal = Antalsord("antal")
    opgjort = Tidsdato("opgjort", null=True, blank=True)
    opgjort_sagt = Sagt("opgjort, som oplyst")
    kilde = Linje("kilde", blank=True)

    class Meta:
        verbose_name = "størrelse"
        verbose_name_plural = "størrelser"
        ordering = ["omraade_id", "orden", "pk"]
        constraints = [enten_dag_eller_ord("omraadestoerrelse", "opgjort")]

    def __str__(self):
        return f"{self.omraade}: {self.antal} {self.get_hvad_display().lower()}"

    @property
    def hvor_mange(self) -> Maengde:
        return Antalsord.laest(self.antal)

    @property
    def hvornaar(self) -> Tid:
        return sagt_tid(self, "opgjort")
