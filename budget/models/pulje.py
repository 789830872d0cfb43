from django.db import models
from django.db.models import F, Q

from aftaler.models import Helhedsplan, Organisation
from aftaler.models.plan import i_planer
from budget.models.faelles import Kroner, beloeb_muligt
from helhedsplan.felter import Linje, Tekst
from helhedsplan.models import Versioneret
from helhedsplan.rettigheder import Rettighed


class Puljeudvalg(models.QuerySet):
    def for_bruger(self, bruger):
        """Pools of the kommuner that take part in the person's plans; administrators see all."""
        if bruger.er_administrator:
            return self
        egne = Organisation.objects.filter(
            Q(parter__plan__in=i_planer(bruger, Rettighed.BUDGET))
            | Q(finansieringskilder__plan__in=i_planer(bruger, Rettighed.BUDGET))
        )
        return self.filter(organisation__in=egne)


class Medfinansieringspulje(Versioneret):
    """Money that a kommune has set aside for its part of the plans, and the most it gives to each.

    The cap is the kommune's own practice, never a rule of Landsbyggefonden.
    """

    noegle = models.SlugField("nøgle", max_length=80, unique=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="medfinansieringspuljer", verbose_name="kommune"
    )
    navn = Linje("navn")
    beloeb = Kroner("beløb")
    fra_aar = models.PositiveSmallIntegerField("fra år")
    til_aar = models.PositiveSmallIntegerField("til og med år")
    hoejst_andel = models.DecimalField(
        "højst af en plans budget, %", max_digits=6, decimal_places=3, null=True, blank=True
    )
    kilde = Linje("kilde", blank=True)
    note = Tekst("note", blank=True)

    objects = Puljeudvalg.as_manager()

    class Meta:
        verbose_name = "medfinansieringspulje"
        verbose_name_plural = "medfinansieringspuljer"
        ordering = ["navn", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "navn"],
                name="medfinansieringspulje_navn",
                violation_error_message="Kommunen har allerede en pulje med det navn.",
            ),
            models.CheckConstraint(
                condition=Q(til_aar__gte=F("fra_aar")),
                name="medfinansieringspulje_aar_i_orden",
                violation_error_message="Puljen slutter, før den begynder. Ret et af årene.",
            ),
            models.CheckConstraint(
                condition=Q(hoejst_andel__isnull=True) | Q(hoejst_andel__gt=0, hoejst_andel__lte=100),
                name="medfinansieringspulje_andel_mulig",
                violation_error_message="Andelen skal være større end 0 og højst 100 %%.",  # Django fills its name in
            ),
            beloeb_muligt("medfinansieringspulje"),
        ]

    def __str__(self):
        return self.navn


class Puljetilsagn(Versioneret):
    """What a plan is granted from a pool, alone or together with others: then it stands with one of them, and counts
    once."""

    pulje = models.ForeignKey(
        Medfinansieringspulje, on_delete=models.PROTECT, related_name="tilsagn", verbose_name="pulje"
    )
    plan = models.ForeignKey(
        Helhedsplan, on_delete=models.PROTECT, related_name="puljetilsagn", verbose_name="helhedsplan"
    )
    faelles_med = models.ManyToManyField(
        Helhedsplan, related_name="puljetilsagn_med", blank=True, verbose_name="fælles med planerne"
    )
    bevilget = Kroner("bevilget")
    note = Linje("note", max_length=500, blank=True)

    class Meta:
        verbose_name = "puljetilsagn"
        verbose_name_plural = "puljetilsagn"
        ordering = ["pulje_id", "plan__navn", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pulje", "plan"],
                name="puljetilsagn_et_pr_plan",
                violation_error_message="Planen har allerede et tilsagn fra puljen. Ret det i stedet.",
            ),
            beloeb_muligt("puljetilsagn", "bevilget"),
        ]

    def __str__(self):
        return f"{self.pulje}: {self.plan}"
