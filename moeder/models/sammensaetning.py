"""Who sits on a plan's board, and whose votes count: what its kommissorium says, as data."""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from aftaler.models import Helhedsplan, Organisation
from aftaler.models.plan import Planudvalg, i_planer
from helhedsplan.felter import (
    Linje,
    Sagt,
    Tidsdato,
    enten_dag_eller_ord,
    i_vores_tid,
    sagt_tid,
    tjek_tidsorden,
)
from helhedsplan.models import Versioneret
from helhedsplan.svar import Svar
from helhedsplan.tid import Tid, er_foer, siddetid
from moeder.choices import Afstemningsregel


class Forretningsorden(Versioneret):
    """How a plan's board works. A plan without one has the defaults, which are our own and no rule of anybody's."""

    plan = models.OneToOneField(
        Helhedsplan, on_delete=models.PROTECT, related_name="forretningsorden", verbose_name="helhedsplan"
    )
    afstemning = models.CharField(
        "hvem der stemmer", max_length=20, choices=Afstemningsregel, default=Afstemningsregel.SAMLET
    )
    bestyrelsesmoeder = models.PositiveSmallIntegerField("bestyrelsesmøder om året", default=4)
    foelgegruppemoeder = models.PositiveSmallIntegerField("møder i den åbne følgegruppe om året", default=2)
    indkaldelse_dage = models.PositiveSmallIntegerField("dagsordenen sendes så mange dage før mødet", default=7)
    referat_dage = models.PositiveSmallIntegerField("referatet sendes så mange dage efter mødet", default=14)

    objects = Planudvalg.as_manager()

    class Meta:
        verbose_name = "forretningsorden"
        verbose_name_plural = "forretningsordener"
        ordering = ["plan_id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(afstemning__in=Afstemningsregel.values),
                name="forretningsorden_afstemning_kendt",
                violation_error_message="Vælg, hvem der stemmer.",
            ),
            models.CheckConstraint(
                condition=Q(bestyrelsesmoeder__lte=12, foelgegruppemoeder__lte=12),
                name="forretningsorden_moeder",
                violation_error_message="Der kan højst være 12 møder om året.",
            ),
            models.CheckConstraint(
                condition=Q(indkaldelse_dage__lte=60, referat_dage__lte=90),
                name="forretningsorden_dage",
                violation_error_message="Dagsordenen sendes højst 60 dage før mødet og referatet højst 90 dage efter.",
            ),
        ]

    def __str__(self):
        return f"Forretningsorden for {self.plan}"


class Bestyrelsesside(Versioneret):
    """A side of the board: a boligorganisation, a kommune, or a third one, such as the police, without a vote."""

    plan = models.ForeignKey(
        Helhedsplan, on_delete=models.PROTECT, related_name="bestyrelsessider", verbose_name="helhedsplan"
    )
    noegle = models.SlugField("nøgle", max_length=80)
    orden = models.PositiveSmallIntegerField("rækkefølge", default=0)
    navn = Linje("navn")
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="bestyrelsessider",
        null=True,
        blank=True,
        verbose_name="organisation",
    )
    har_stemme = models.BooleanField("har stemme", default=True)

    objects = Planudvalg.as_manager()

    class Meta:
        verbose_name = "side i bestyrelsen"
        verbose_name_plural = "sider i bestyrelsen"
        ordering = ["plan_id", "orden", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "noegle"],
                name="bestyrelsesside_noegle",
                violation_error_message="Bestyrelsen har allerede en side med den nøgle.",
            ),
            models.UniqueConstraint(
                fields=["plan", "navn"],
                name="bestyrelsesside_navn",
                violation_error_message="Bestyrelsen har allerede en side med det navn.",
            ),
        ]

    def __str__(self):
        return self.navn


class Medlemsudvalg(models.QuerySet):
    def for_bruger(self, bruger):
        return self.filter(side__plan__in=i_planer(bruger))

    def maaske_paa(self, dag):
        """Those who may sit on the board on a day, as far as days tell; `sad` reads what is told in words."""
        return self.filter(Q(fra__isnull=True) | Q(fra__lte=dag), Q(til__isnull=True) | Q(til__gte=dag))

    def paa(self, dag):
        """Those who sit on the board on a day. One query more, of those whose dates are told in words."""
        med_ord = self.model.objects.exclude(fra_sagt="", til_sagt="")
        sad_ikke = [m.pk for m in med_ord.only("fra", "fra_sagt", "til", "til_sagt") if not m.sad(dag)]
        fundne = self.maaske_paa(dag)
        return fundne.exclude(pk__in=sad_ikke) if sad_ikke else fundne


class Bestyrelsesmedlem(Versioneret):
    """A seat on the board, held by a person with or without an account. One who leaves gets a last day and stays."""

    side = models.ForeignKey(Bestyrelsesside, on_delete=models.PROTECT, related_name="medlemmer", verbose_name="side")
    bruger = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="bestyrelsesposter",
        null=True,
        blank=True,
        verbose_name="bruger",
    )
    navn = Linje("navn", max_length=120)
    titel = Linje("titel", blank=True)
    formand = models.BooleanField("formand for sin side", default=False)
    fra = Tidsdato("fra", null=True, blank=True, validators=[i_vores_tid])
    fra_sagt = Sagt("fra, som oplyst")
    til = Tidsdato("til og med", null=True, blank=True, validators=[i_vores_tid])
    til_sagt = Sagt("til og med, som oplyst", varighed=True)

    objects = Medlemsudvalg.as_manager()

    class Meta:
        verbose_name = "medlem af bestyrelsen"
        verbose_name_plural = "medlemmer af bestyrelsen"
        ordering = ["side__orden", "side_id", "-formand", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["side", "bruger"],
                condition=Q(bruger__isnull=False, til__isnull=True, til_sagt=""),
                name="bestyrelsesmedlem_en_plads",
                violation_error_message="Brugeren sidder allerede på den side.",
            ),
            models.CheckConstraint(
                condition=Q(fra__isnull=True) | Q(til__isnull=True) | Q(til__gte=F("fra")),
                name="bestyrelsesmedlem_fra_foer_til",
                violation_error_message="Sidste dag ligger før den første.",
            ),
            enten_dag_eller_ord("bestyrelsesmedlem", "fra"),
            enten_dag_eller_ord("bestyrelsesmedlem", "til"),
        ]

    def __str__(self):
        return self.navn

    @property
    def plan(self):
        return self.side.plan

    @property
    def siddetid(self) -> str:
        return siddetid(self.begynder, self.slutter)

    @property
    def begynder(self) -> Tid:
        return sagt_tid(self, "fra")

    @property
    def slutter(self) -> Tid:
        return sagt_tid(self, "til").efter(self.begynder)

    def er_gaaet(self, dag: date) -> bool:
        """Whether the last day surely was before this one."""
        sidst = self.slutter
        return bool(sidst.senest and not sidst.formentlig and sidst.senest < dag)

    def sad(self, dag: date) -> bool:
        """Whether he may have sat that day, as far as it is told."""
        foerst = self.begynder
        begyndt = not foerst.tidligst or foerst.formentlig or foerst.tidligst <= dag
        return begyndt and not self.er_gaaet(dag)

    def clean(self):
        super().clean()
        tjek_tidsorden(self, "fra", "til", "Sidste dag ligger før den første.")
        if not self.side_id:
            return
        if self.formand:
            self._tjek_eneste_formand()
        if not self.bruger_id:
            return
        andre = Bestyrelsesmedlem.objects.filter(side__plan=self.side.plan, bruger=self.bruger).exclude(pk=self.pk)
        if any(self._samtidig_med(andet) for andet in andre):
            raise ValidationError({"bruger": "Brugeren har allerede en plads i bestyrelsen."}, code="to_pladser")

    def _tjek_eneste_formand(self) -> None:
        andre = Bestyrelsesmedlem.objects.filter(side=self.side_id, formand=True).exclude(pk=self.pk)
        if anden := next(filter(self._samtidig_med, andre), None):
            besked = f"{anden} er formand for {self.side} i den tid. Tag formandsposten fra den ene."
            raise ValidationError({"formand": besked}, code="to_formaend")

    def _samtidig_med(self, andet: "Bestyrelsesmedlem") -> bool:
        efter_hinanden = (er_foer(self.slutter, andet.begynder), er_foer(andet.slutter, self.begynder))
        return Svar.HOLDER not in efter_hinanden
