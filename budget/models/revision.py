from datetime import date

from django.db import models
from django.db.models import Q

from budget.choices import HOEJESTE_BELOEB, Bidragsart, Revisionsart, Status
from budget.models.budget import GODKENDT_DEN_SAT, Budget, Budgethoerende, Konto
from budget.models.faelles import Kroner, Planaar, Sted, et_sted, koordinater, planaar_muligt, tjek_dage
from budget.models.finansiering import Finansieringskilde
from helhedsplan.felter import Linje, Sagt, Tekst, Tidsdato, enten_dag_eller_ord, i_vores_tid, sagt_tid
from helhedsplan.models import Versioneret
from helhedsplan.tid import Tid


class Revision(Versioneret):
    """A change of the granted budget as deltas with a reason. Approved ones stay as they are; the next is a new one.

    Who must have decided it follows from what it does to the financiers (`rules.niveau`); when they did, and where that
    stands, is kept with it.
    """

    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="revisioner", verbose_name="budget")
    nummer = models.PositiveSmallIntegerField("nummer")
    art = models.CharField("art", max_length=20, choices=Revisionsart)
    dato = models.DateField("gælder fra")
    begrundelse = Tekst("begrundelse")
    status = models.CharField("status", max_length=10, choices=Status, default=Status.KLADDE)
    godkendt_den = Tidsdato("godkendt den", null=True, blank=True)
    godkendt_den_sagt = Sagt("godkendt den, som oplyst")
    bestyrelse_den = models.DateField("besluttet af bestyrelsen den", null=True, blank=True, validators=[i_vores_tid])
    bestyrelse_kilde = Linje(
        "hvor bestyrelsens beslutning står", max_length=300, blank=True, help_text="For eksempel referatet, punkt 4."
    )
    lbf_den = models.DateField("godkendt af Landsbyggefonden den", null=True, blank=True, validators=[i_vores_tid])
    lbf_kilde = Linje(
        "hvor Landsbyggefondens godkendelse står", max_length=300, blank=True, help_text="For eksempel brevets nummer."
    )

    objects = Budgethoerende.as_manager()

    class Meta:
        verbose_name = "revision"
        verbose_name_plural = "revisioner"
        ordering = ["budget_id", "nummer"]
        constraints = [
            models.UniqueConstraint(fields=["budget", "nummer"], name="revision_nummer"),
            models.CheckConstraint(
                condition=GODKENDT_DEN_SAT,
                name="revision_godkendt_den",
                violation_error_message="En godkendt revision har en dato for godkendelsen, og en kladde har ingen.",
            ),
            enten_dag_eller_ord("revision", "godkendt_den"),
        ]

    def __str__(self):
        return f"Revision {self.nummer}"

    def clean(self):
        super().clean()
        if self.er_laast:
            tjek_dage(self, "godkendt_den", "bestyrelse_den", "lbf_den")

    @property
    def godkendelsen(self) -> Tid:
        """When it was approved, as that is told."""
        return sagt_tid(self, "godkendt_den")

    @property
    def godkendt_i_ord(self) -> str:
        """godkendt 1. oktober 2025 · godkendt foråret 2019 · godkendt, dag ikke oplyst; "" of a draft."""
        if self.godkendelsen.er_mangler:
            return ""
        return f"godkendt {self.godkendelsen}" if self.godkendelsen.er_fortalt else "godkendt, dag ikke oplyst"

    @property
    def godkendt_dag(self) -> date | None:
        """The day by which the order of approvals is told: the last that it can mean, else the one it applies from."""
        if self.godkendelsen.er_mangler:
            return None
        return self.godkendelsen.senest or self.godkendelsen.tidligst or self.dato

    @property
    def plan(self):
        return self.budget.plan

    @property
    def er_laast(self) -> bool:
        return self.status == Status.GODKENDT


class Revisionslinje(Sted):
    """One delta, on a cell of the financing (kilde and art) or of the costs (konto)."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="linjer", verbose_name="revision")
    kilde = models.ForeignKey(
        Finansieringskilde,
        on_delete=models.PROTECT,
        related_name="revisionslinjer",
        null=True,
        blank=True,
        verbose_name="finansieringskilde",
    )
    art = models.CharField("art", max_length=20, choices=Bidragsart, blank=True, default="")
    konto = models.ForeignKey(
        Konto, on_delete=models.PROTECT, related_name="revisionslinjer", null=True, blank=True, verbose_name="konto"
    )
    planaar = Planaar()
    delta = Kroner("ændring")
    note = Linje("note", max_length=500, blank=True)

    class Meta:
        verbose_name = "revisionslinje"
        verbose_name_plural = "revisionslinjer"
        ordering = ["revision_id", "kilde__orden", "kilde_id", "art", "konto__orden", "konto_id", "planaar", "pk"]
        constraints = [
            models.UniqueConstraint(
                *koordinater("revision", "kilde", "art", "konto", "planaar", "delaftale", "aktivitet"),
                name="revisionslinje_en_pr_celle",
                violation_error_message="Revisionen har allerede en ændring af samme celle.",
            ),
            models.CheckConstraint(
                condition=Q(kilde__isnull=False, konto__isnull=True) & ~Q(art="")
                | Q(kilde__isnull=True, konto__isnull=False, art=""),
                name="revisionslinje_bidrag_eller_udgift",
                violation_error_message="Vælg enten en finansieringskilde med art eller en konto.",
            ),
            models.CheckConstraint(
                condition=Q(delta__range=(-HOEJESTE_BELOEB, HOEJESTE_BELOEB)) & ~Q(delta=0),
                name="revisionslinje_delta_muligt",
                violation_error_message="Ændringen skal være større eller mindre end 0 og højst 1 mia. kr.",
            ),
            et_sted("revisionslinje"),
            planaar_muligt("revisionslinje"),
        ]

    def __str__(self):
        return f"{self.revision}: {self.kilde or self.konto}"

    @property
    def plan(self):
        return self.revision.plan
