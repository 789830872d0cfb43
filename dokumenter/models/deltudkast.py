from django.db import models
from django.db.models import Q

from aftaler.choices import Dokumentart
from aftaler.models import Helhedsplan
from aftaler.models.plan import Planudvalg
from dokumenter.choices import FRYSES, MED_EMNE, Oprindelse
from dokumenter.models.faelles import Fast, Fastudvalg
from helhedsplan.felter import Linje, Tekst, i_vores_tid
from helhedsplan.formats import lang_dato


class Deltudkastudvalg(Fastudvalg, Planudvalg):
    pass


class Deltudkast(Fast):
    """A draft of a document that was shared with somebody: when, with whom or where, and the very bytes.

    It is no edition: it has no number, nobody decides on it or signs it, and it never comes into force. What the
    program drew itself has the moment in `tegnet`, and was shared that day. Of a file that was laid in, `delt_den` is
    what a person has told, and `filens_dato` what the file says of itself. A row laid in by mistake is withdrawn.
    """

    SKIFTENDE = frozenset({"trukket", "trukket_af", "trukket_grund"})

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
    oprindelse = models.CharField("filen er", max_length=20, choices=Oprindelse)
    tegnet = models.DateTimeField("tegnet af programmet", null=True, blank=True)
    lagt_ind = models.DateTimeField("skrevet ind", null=True, blank=True)
    #: By name, as the log has it.
    lagt_ind_af = Linje("skrevet ind af", max_length=200, blank=True)
    filens_dato = models.DateField("filens egen dato", null=True, blank=True)
    trukket = models.DateTimeField("trukket tilbage", null=True, blank=True)
    trukket_af = Linje("trukket tilbage af", max_length=200, blank=True)
    trukket_grund = Tekst("grund til at trække det tilbage", blank=True)

    objects = Deltudkastudvalg.as_manager()

    class Meta:
        verbose_name = "delt udkast"
        verbose_name_plural = "delte udkast"
        ordering = ["plan_id", "art", "emne", "-delt_den", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "art", "emne", "sha256", "delt_den", "delt_med"],
                condition=Q(trukket__isnull=True),
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
            models.CheckConstraint(
                condition=Q(oprindelse=Oprindelse.HER, tegnet__isnull=False, filens_dato__isnull=True)
                | (~Q(oprindelse=Oprindelse.HER) & Q(tegnet__isnull=True)),
                name="deltudkast_tegnet_her",
                violation_error_message="Kun det, programmet selv har tegnet, har et tidspunkt, det er tegnet på.",
            ),
            models.CheckConstraint(
                condition=Q(trukket__isnull=True, trukket_af="", trukket_grund="")
                | (Q(trukket__isnull=False) & ~Q(trukket_af="") & ~Q(trukket_grund="")),
                name="deltudkast_trukket_med_grund",
                violation_error_message="Skriv, hvorfor det delte udkast trækkes tilbage.",
            ),
        ]

    def __str__(self):
        return f"Udkast af {self.titel}, delt {self.delt_den:%d.%m.%Y}"

    @property
    def er_oplyst(self) -> bool:
        """Whether the day is what somebody has told, and not the program's own."""
        return self.oprindelse != Oprindelse.HER

    @property
    def forbehold(self) -> str:
        """That the file itself says that it was made after the day it is told to have been shared; else ''."""
        if not self.filens_dato or self.filens_dato <= self.delt_den:
            return ""
        return f"Filen siger selv, at den er fra {lang_dato(self.filens_dato)}, og det er senere."

    @property
    def filnavn(self) -> str:
        dele = (self.art, *([self.emne] if self.emne else []), "udkast", self.delt_den.isoformat())
        return f"{'-'.join(dele)}.pdf"
