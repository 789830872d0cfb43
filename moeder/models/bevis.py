"""The evidence as it was handed to the auditor, and minutes of meetings that were held outside the program."""

from typing import NotRequired, TypedDict

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from aftaler.models import Helhedsplan
from aftaler.models.plan import Planudvalg
from dokumenter.models.faelles import Fast, Fastudvalg
from helhedsplan.felter import Formet, Linje, i_vores_tid
from status.models.status import SHA


class Bevisudgavevalg(Fastudvalg, Planudvalg):
    pass


class Bevisudgave(Fast):
    """The evidence of a year as it was kept one day: the file, its hash, who and when. What comes after is the next
    `nummer`.

    linjer: what the file says, line by line, as [what it is about, the words] (`moeder.bevis.linjer`), so that the
    next edition can tell what has changed.
    """

    IKKE_I_SPORET = frozenset({"linjer"})

    plan = models.ForeignKey(
        Helhedsplan, on_delete=models.PROTECT, related_name="bevisudgaver", verbose_name="helhedsplan"
    )
    aar = models.PositiveSmallIntegerField("år")
    nummer = models.PositiveSmallIntegerField("nummer")
    hovedlinje = models.CharField("hovedlinje", max_length=300)
    linjer = Formet("linjer", form=list[tuple[str, str]])
    pdf = models.FileField("PDF", upload_to="beviser/", max_length=200)
    pdf_sha256 = models.CharField("PDF-filens SHA-256", max_length=SHA)
    lavet = models.DateTimeField("lavet")
    lavet_af = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="lavet af"
    )

    objects = Bevisudgavevalg.as_manager()

    class Meta:
        verbose_name = "udgave af opfølgningsbeviset"
        verbose_name_plural = "udgaver af opfølgningsbeviset"
        ordering = ["plan_id", "aar", "-nummer"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "aar", "nummer"],
                name="bevisudgave_nummer",
                violation_error_message="En anden har lavet en udgave imens. Hent siden igen.",
            )
        ]

    def __str__(self):
        return f"Opfølgningsbevis {self.aar}, udgave {self.nummer}"


class Fulgtop(TypedDict):
    nummer: int
    konklusion: str


class Filord(TypedDict):
    """tekst: whether there are words; dag: whether they hold the meeting's day; moede: whether they speak of a board's
    meeting; maal: the goals they name; udskudt: those they say were not dealt with. The newest two may be missing from
    what was read before they were asked for."""

    tekst: bool
    dag: bool
    maal: list[int]
    moede: NotRequired[bool]
    udskudt: NotRequired[list[int]]


class UploadetReferat(Fast):
    """Minutes that somebody has put in of a board meeting that the program knows nothing of: the file, its hash, who
    and when. Written once; another person may confirm it, and it may be withdrawn and stays.

    maal: what that person says of the file, {nummer, konklusion} of each goal that was followed up. It is that
    person's statement. A file is the minutes of one meeting, so its bytes are taken once in the whole program.
    laest: what the file's own words say (`moeder.bevis.filord`); None of a file from before they were read.
    """

    SKIFTENDE = frozenset({"trukket", "bekraeftet", "bekraeftet_af", "laest"})

    plan = models.ForeignKey(
        Helhedsplan, on_delete=models.PROTECT, related_name="uploadede_referater", verbose_name="helhedsplan"
    )
    dato = models.DateField("mødets dag", validators=[i_vores_tid])
    maal = Formet("mål, der er fulgt op ifølge den, der uploadede", form=list[Fulgtop])
    filnavn = Linje("filnavn")
    pdf = models.FileField("fil", upload_to="referater/", max_length=200)
    pdf_sha256 = models.CharField("filens SHA-256", max_length=SHA)
    uploadet = models.DateTimeField("uploadet")
    uploadet_af = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="uploadet af"
    )
    laest = Formet("det, filens egne ord siger", null=True, blank=True, form=Filord)
    bekraeftet = models.DateTimeField("bekræftet", null=True, blank=True)
    bekraeftet_af = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="bekræftet af",
        null=True,
        blank=True,
    )
    trukket = models.DateTimeField("trukket tilbage", null=True, blank=True)

    objects = Bevisudgavevalg.as_manager()

    class Meta:
        verbose_name = "uploadet referat"
        verbose_name_plural = "uploadede referater"
        ordering = ["plan_id", "dato", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pdf_sha256"],
                name="uploadetreferat_en_gang",
                violation_error_message="Filen er allerede brugt som referat.",
            ),
            models.CheckConstraint(
                condition=(Q(bekraeftet=None) & Q(bekraeftet_af=None))
                | (Q(bekraeftet__isnull=False) & Q(bekraeftet_af__isnull=False) & ~Q(bekraeftet_af=F("uploadet_af"))),
                name="uploadetreferat_bekraeftet_af_en_anden",
                violation_error_message="Den, der har uploadet referatet, kan ikke selv bekræfte det.",
            ),
        ]

    def __str__(self):
        return f"Uploadet referat af {self.dato:%d.%m.%Y}"
