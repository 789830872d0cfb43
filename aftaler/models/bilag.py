"""The papers beside the agreements: milestones of the whole plan, risks, and attachments."""

from django.db import models
from django.db.models import Q

from aftaler.choices import Bilagsart, Grad, Milepaelsstatus
from aftaler.models.plan import Helhedsplan, Planudvalg
from helhedsplan.felter import Linje, Sagt, Tekst, Tidsdato, enten_dag_eller_ord, i_vores_tid, sagt_tid
from helhedsplan.models import Versioneret
from helhedsplan.tid import Tid


class Planmilepael(models.Model):
    """A milestone of the plan as a whole; those of an activity are written with the activity (`Milepael`)."""

    plan = models.ForeignKey(
        Helhedsplan, on_delete=models.PROTECT, related_name="planmilepaele", verbose_name="helhedsplan"
    )
    orden = models.PositiveSmallIntegerField("rækkefølge", default=0)
    navn = Linje("milepæl", max_length=300)
    ansvarlig = Linje("ansvarlig", blank=True)
    dato = Tidsdato("dato", null=True, blank=True, validators=[i_vores_tid])
    dato_sagt = Sagt("dato, som oplyst")
    status = models.CharField("tilstand", max_length=20, choices=Milepaelsstatus, default=Milepaelsstatus.IKKE_BEGYNDT)

    objects = Planudvalg.as_manager()

    class Meta:
        verbose_name = "milepæl i milepælsplanen"
        verbose_name_plural = "milepæle i milepælsplanen"
        ordering = ["plan_id", "orden", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=Milepaelsstatus.NAAET) | Q(dato__isnull=False) | ~Q(dato_sagt=""),
                name="planmilepael_naaet_har_dato",
                violation_error_message="Skriv datoen, når milepælen er nået.",
            ),
            enten_dag_eller_ord("planmilepael", "dato"),
        ]

    def __str__(self):
        return self.navn

    @property
    def tid(self) -> Tid:
        return sagt_tid(self, "dato")


class Risiko(models.Model):
    """A risk of the beredskabsplan: how likely, how grave, what is done, and who does it."""

    plan = models.ForeignKey(Helhedsplan, on_delete=models.PROTECT, related_name="risici", verbose_name="helhedsplan")
    orden = models.PositiveSmallIntegerField("rækkefølge", default=0)
    navn = Linje("risiko", max_length=300)
    sandsynlighed = models.PositiveSmallIntegerField("sandsynlighed", choices=Grad, default=Grad.MIDDEL)
    konsekvens = models.PositiveSmallIntegerField("konsekvens", choices=Grad, default=Grad.MIDDEL)
    haandtering = Tekst("håndtering", blank=True)
    ansvarlig = Linje("ansvarlig", blank=True)

    objects = Planudvalg.as_manager()

    class Meta:
        verbose_name = "risiko"
        verbose_name_plural = "risici"
        ordering = ["plan_id", "orden", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sandsynlighed__in=Grad.values, konsekvens__in=Grad.values),
                name="risiko_grader_kendte",
                violation_error_message="Vælg lav, middel eller høj.",
            )
        ]

    def __str__(self):
        return self.navn


#: The columns of where and when a paper was published.
UDGIVELSE = frozenset({"offentliggjort_hvor", "offentliggjort", "offentliggjort_sagt"})


class Offentliggjort(models.Model):
    """Where a paper can be read by everybody (an address, a newspaper, a meeting), and since when."""

    offentliggjort_hvor = Linje("offentliggjort, hvor", max_length=300, blank=True, default="")
    offentliggjort = Tidsdato("offentliggjort, hvornår", null=True, blank=True, validators=[i_vores_tid])
    offentliggjort_sagt = Sagt("offentliggjort, som oplyst")

    class Meta:
        abstract = True

    @property
    def offentliggjort_i_ord(self) -> str:
        """'havneby.dk/planer, foråret 2016', '01.02.2016'; '' when nothing is told."""
        tid_ = sagt_tid(self, "offentliggjort")
        return ", ".join(filter(None, [self.offentliggjort_hvor, "" if tid_.er_mangler else tid_.kort]))


class Bilag(Offentliggjort):
    """A file that belongs to the plan as it is. Its bytes were checked when they came (`aftaler.actions.bilag`).

    papir: which paper it is that the rule set asks for as a file (`aftaler.queries.papirer.kraevede_filer`).
    """

    plan = models.ForeignKey(Helhedsplan, on_delete=models.PROTECT, related_name="bilag", verbose_name="helhedsplan")
    orden = models.PositiveSmallIntegerField("rækkefølge", default=0)
    art = models.CharField("slags", max_length=20, choices=Bilagsart)
    titel = Linje("titel")
    papir = models.SlugField("er papiret", max_length=130, blank=True, default="")
    underskrevet = Tidsdato("underskrevet", null=True, blank=True, validators=[i_vores_tid])
    underskrevet_sagt = Sagt("underskrevet, som oplyst")
    filnavn = Linje("filnavn")
    fil = models.FileField("fil", upload_to="bilag/", max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64, editable=False)
    stoerrelse = models.PositiveIntegerField("størrelse i byte", editable=False)
    indholdstype = models.CharField("type", max_length=100, editable=False)

    objects = Planudvalg.as_manager()

    class Meta:
        verbose_name = "bilag"
        verbose_name_plural = "bilag"
        ordering = ["plan_id", "orden", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "titel"],
                name="bilag_titel",
                violation_error_message="Planen har allerede et bilag med den titel.",
            ),
            enten_dag_eller_ord("bilag", "offentliggjort"),
            enten_dag_eller_ord("bilag", "underskrevet"),
        ]

    def __str__(self):
        return self.titel


class Omtaltpapir(Versioneret, Offentliggjort):
    """An annex that is known by its name: some source names it, and nobody has the file. It counts for no paper that
    the plan must have."""

    plan = models.ForeignKey(
        Helhedsplan, on_delete=models.PROTECT, related_name="omtalte_papirer", verbose_name="helhedsplan"
    )
    orden = models.PositiveSmallIntegerField("rækkefølge", default=0)
    titel = Linje("titel")
    art = models.CharField("slags", max_length=20, choices=Bilagsart, default=Bilagsart.ANDET)
    dato = Tidsdato("dato", null=True, blank=True, validators=[i_vores_tid])
    dato_sagt = Sagt("dato, som oplyst")
    kilde = Linje("nævnt i", max_length=300, blank=True)

    objects = Planudvalg.as_manager()

    class Meta:
        verbose_name = "papir kendt ved navn"
        verbose_name_plural = "papirer kendt ved navn"
        ordering = ["plan_id", "orden", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "titel"],
                name="omtaltpapir_titel",
                violation_error_code="titel",
                violation_error_message="Papiret står der allerede.",
            ),
            enten_dag_eller_ord("omtaltpapir", "dato"),
            enten_dag_eller_ord("omtaltpapir", "offentliggjort"),
        ]

    def __str__(self):
        return self.titel

    @property
    def tid(self) -> Tid:
        return sagt_tid(self, "dato")
