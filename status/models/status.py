from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from aftaler.models import Aktivitet, Delaftale, Helhedsplan
from aftaler.models.plan import Planudvalg, i_planer
from helhedsplan.felter import Linje, Tekst, i_vores_tid
from helhedsplan.formats import tal
from helhedsplan.models import Versioneret
from status.choices import FROSNE, SKRIVES, Lys, Punktart, Statustilstand
from status.rules import Kvartal, uden_for_planen

SHA = 64


class Kvartalsstatus(Versioneret):
    """The status of one quarter of a plan: written, handed to the leader, published and then frozen.

    `indhold` is the snapshot that page and paper were drawn from; `side` is the page's content as it was drawn that
    day, and what is shown ever after. A withdrawn one stays, and the quarter may get a new one with the next `udgave`
    number.
    """

    IKKE_I_SPORET = frozenset({"indhold", "side"})

    plan = models.ForeignKey(
        Helhedsplan, on_delete=models.PROTECT, related_name="statusser", verbose_name="helhedsplan"
    )
    aar = models.PositiveSmallIntegerField("år")
    kvartal = models.PositiveSmallIntegerField("kvartal")
    udgave = models.PositiveSmallIntegerField("udgave", default=1)
    tilstand = models.CharField(
        "tilstand", max_length=20, choices=Statustilstand, default=Statustilstand.KLADDE, editable=False
    )
    frist = models.DateField("frist", validators=[i_vores_tid])
    sammenfatning = Tekst("kort fortalt", blank=True)
    til_beboere = Tekst("til beboerne", blank=True)
    publiceret_den = models.DateTimeField("publiceret", null=True, blank=True, editable=False)
    publiceret_af = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
        verbose_name="publiceret af",
    )
    trukket_den = models.DateTimeField("trukket tilbage", null=True, blank=True, editable=False)
    trukket_grund = Tekst("hvorfor den trækkes tilbage", blank=True, editable=False)
    indhold = models.JSONField("øjebliksbillede", null=True, blank=True, editable=False)
    indhold_sha256 = models.CharField("øjebliksbilledets SHA-256", max_length=SHA, blank=True, editable=False)
    side = models.TextField("siden, som den blev publiceret", blank=True, editable=False)
    side_sha256 = models.CharField("sidens SHA-256", max_length=SHA, blank=True, editable=False)
    pdf = models.FileField("PDF", upload_to="status/", max_length=200, blank=True, editable=False)
    pdf_sha256 = models.CharField("PDF-filens SHA-256", max_length=SHA, blank=True, editable=False)

    objects = Planudvalg.as_manager()

    class Meta:
        verbose_name = "kvartalsstatus"
        verbose_name_plural = "kvartalsstatusser"
        ordering = ["plan_id", "-aar", "-kvartal", "-udgave"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "aar", "kvartal", "udgave"], name="status_udgave"),
            models.UniqueConstraint(
                fields=["plan", "aar", "kvartal"],
                condition=~Q(tilstand=Statustilstand.TRUKKET),
                name="status_en_pr_kvartal",
                violation_error_message="Kvartalet har allerede en status.",
            ),
            models.CheckConstraint(
                condition=Q(kvartal__range=(1, 4)),
                name="status_kvartal_kendt",
                violation_error_message="Kvartalet er 1, 2, 3 eller 4.",
            ),
            models.CheckConstraint(
                condition=Q(tilstand__in=Statustilstand.values),
                name="status_tilstand_kendt",
                violation_error_message="Den tilstand findes ikke.",
            ),
            models.CheckConstraint(
                condition=Q(
                    tilstand__in=SKRIVES,
                    publiceret_den__isnull=True,
                    publiceret_af__isnull=True,
                    indhold__isnull=True,
                    indhold_sha256="",
                    side="",
                    side_sha256="",
                    pdf_sha256="",
                )
                | (
                    Q(tilstand__in=FROSNE, publiceret_den__isnull=False, indhold__isnull=False)
                    & ~Q(indhold_sha256="")
                    & ~Q(side_sha256="")
                    & ~Q(pdf_sha256="")
                ),
                name="status_publiceret_er_frosset",
                violation_error_message="En publiceret status har dato, side og PDF, og en kladde har ingen af delene.",
            ),
            models.CheckConstraint(
                condition=Q(trukket_den__isnull=True, trukket_grund="") & ~Q(tilstand=Statustilstand.TRUKKET)
                | Q(trukket_den__isnull=False, tilstand=Statustilstand.TRUKKET) & ~Q(trukket_grund=""),
                name="status_trukket_med_grund",
                violation_error_message="Skriv, hvorfor statussen trækkes tilbage.",
            ),
        ]

    def __str__(self):
        return f"Status for {self.kvartalet.navn}"

    @property
    def kvartalet(self) -> Kvartal:
        return Kvartal(self.aar, self.kvartal)

    @property
    def noegle(self) -> str:
        """2026K3, and 2026K3-2 for the second after one that was withdrawn."""
        return f"{self.kvartalet}" if self.udgave == 1 else f"{self.kvartalet}-{self.udgave}"

    @property
    def skrives(self) -> bool:
        return self.tilstand in SKRIVES

    @property
    def dage_forsinket(self) -> int:
        """How many days after its deadline it was published; 0 when it was in time, or is not published."""
        return max(0, (timezone.localdate(self.publiceret_den) - self.frist).days) if self.publiceret_den else 0

    def get_absolute_url(self):
        return reverse("status-vis", args=[self.plan.noegle, self.noegle])

    def clean(self):
        super().clean()
        if self.plan_id and self.aar and self.kvartal in (1, 2, 3, 4) and self.skrives:
            plan = self.plan
            if fejl := uden_for_planen(self.kvartalet, plan.begynder.tidligst, plan.slutter.senest):
                raise ValidationError(fejl, code="uden_for_planen")


class Statushoerende(models.QuerySet):
    """For every model with a `status` field."""

    def for_bruger(self, bruger):
        return self.filter(status__plan__in=i_planer(bruger))


class Statuslinje(Versioneret):
    """What is said of one activity, or (aktivitet empty) of a delaftale as a whole.

    A delaftale's light follows from its activities'; its own `lys` counts only when it has none.
    """

    status = models.ForeignKey(
        Kvartalsstatus, on_delete=models.PROTECT, related_name="linjer", verbose_name="kvartalsstatus"
    )
    delaftale = models.ForeignKey(
        Delaftale, on_delete=models.PROTECT, related_name="statuslinjer", verbose_name="delaftale"
    )
    aktivitet = models.ForeignKey(
        Aktivitet,
        on_delete=models.PROTECT,
        related_name="statuslinjer",
        null=True,
        blank=True,
        verbose_name="aktivitet",
    )
    lys = models.CharField("lys", max_length=20, choices=Lys, blank=True, default="")
    tekst = Tekst("kort tekst", blank=True, max_length=600)
    begrundelse = Tekst("hvorfor lyset er dårligere end sidst", blank=True, max_length=400)
    deltagere = models.PositiveIntegerField("deltagere i kvartalet", null=True, blank=True)

    objects = Statushoerende.as_manager()

    class Meta:
        verbose_name = "statuslinje"
        verbose_name_plural = "statuslinjer"
        ordering = ["status_id", "delaftale__indsatsomraade__nummer", "aktivitet__orden", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["status", "aktivitet"],
                condition=Q(aktivitet__isnull=False),
                name="statuslinje_aktivitet",
                violation_error_message="En anden har lige skrevet om aktiviteten. Hent siden igen.",
            ),
            models.UniqueConstraint(
                fields=["status", "delaftale"],
                condition=Q(aktivitet__isnull=True),
                name="statuslinje_delaftale",
                violation_error_message="En anden har lige skrevet om delaftalen. Hent siden igen.",
            ),
            models.CheckConstraint(
                condition=Q(lys__in=["", *Lys.values]),
                name="statuslinje_lys_kendt",
                violation_error_message="Vælg et lys.",
            ),
        ]

    def __str__(self):
        return f"{self.status}: {self.aktivitet or self.delaftale}"

    @property
    def plan(self):
        return self.status.plan

    @property
    def ting(self):
        return self.aktivitet or self.delaftale

    @property
    def noegle(self) -> str:
        """'<indsatsområde>/<aktivitet>', of a delaftale as a whole its indsatsområde: the key of a snapshot."""
        return "/".join([self.delaftale.noegle, *([self.aktivitet.noegle] if self.aktivitet else [])])

    @property
    def sted(self) -> tuple[str, int]:
        """What the line is about; an activity that is moved to another delaftale takes its line along."""
        return ("aktivitet", self.aktivitet_id) if self.aktivitet_id else ("delaftale", self.delaftale_id)

    def clean(self):
        super().clean()
        if self.delaftale_id and self.status_id and self.delaftale.plan_id != self.status.plan_id:
            raise ValidationError("Delaftalen hører til en anden plan.", code="fremmed")
        if self.aktivitet_id and self.aktivitet.delaftale_id != self.delaftale_id:
            raise ValidationError("Aktiviteten hører til en anden delaftale.", code="fremmed")


class Statustal(models.Model):
    """A count beside the participants: visits, meetings, conversations."""

    linje = models.ForeignKey(Statuslinje, on_delete=models.CASCADE, related_name="taellinger", verbose_name="linje")
    orden = models.PositiveSmallIntegerField("rækkefølge", default=0)
    navn = Linje("hvad der er talt", max_length=100)
    antal = models.PositiveIntegerField("antal")

    class Meta:
        verbose_name = "optælling"
        verbose_name_plural = "andre optællinger"
        ordering = ["linje_id", "orden", "pk"]

    def __str__(self):
        return f"{self.navn}: {tal(self.antal)}"


class Statuspunkt(models.Model):
    """Something asked of the board. What is not closed comes by itself in the next quarter, with its first date."""

    status = models.ForeignKey(
        Kvartalsstatus, on_delete=models.CASCADE, related_name="punkter", verbose_name="kvartalsstatus"
    )
    orden = models.PositiveSmallIntegerField("rækkefølge", default=0)
    art = models.CharField("slags", max_length=20, choices=Punktart, default=Punktart.BESLUTNING)
    tekst = Linje("det, bestyrelsen bedes om", max_length=300)
    rejst = models.DateField("rejst", null=True, blank=True, validators=[i_vores_tid])
    svar = Linje("svar, når det er lukket", max_length=300, blank=True)

    class Meta:
        verbose_name = "punkt til bestyrelsen"
        verbose_name_plural = "punkter til bestyrelsen"
        ordering = ["status_id", "orden", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(art__in=Punktart.values),
                name="statuspunkt_art_kendt",
                violation_error_message="Vælg, om punktet er til beslutning eller opfølgning.",
            )
        ]

    def __str__(self):
        return self.tekst
