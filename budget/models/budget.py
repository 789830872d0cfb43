from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from aftaler.models import Helhedsplan, Lag, Regelsaet
from aftaler.models.plan import Planudvalg, i_planer
from budget.choices import HOEJESTE_BELOEB, KONTOPLAN_KILDE, Bidragsart, Budgetart, Status
from budget.models.faelles import (
    Afrundet,
    Kroner,
    Planaar,
    Sted,
    afrunding_mulig,
    beloeb_muligt,
    et_sted,
    koordinater,
    planaar_muligt,
    tjek_dage,
)
from budget.models.finansiering import Finansieringskilde, Satsvaerdi
from budget.rules.oplyst import Oplyst
from helhedsplan.choices import Verificeret
from helhedsplan.felter import Linje, Sagt, Tekst, Tidsdato, enten_dag_eller_ord, sagt_tid
from helhedsplan.formats import beloeb
from helhedsplan.maengde import Maengde, laes_maengde, maengde
from helhedsplan.models import Versioneret
from helhedsplan.rettigheder import Rettighed
from helhedsplan.tallaeser import BELOEB, PROCENT
from helhedsplan.tid import Tid

#: Approved and its date go together.
GODKENDT_DEN_SAT = (
    Q(status=Status.GODKENDT, godkendt_den__isnull=False)
    | (Q(status=Status.GODKENDT) & ~Q(godkendt_den_sagt=""))
    | Q(status=Status.KLADDE, godkendt_den__isnull=True, godkendt_den_sagt="")
)


class Budget(Versioneret):
    """One budget of a plan: what is applied for, what is granted, a scenario, or the money of a layer on top of it.
    Approved means locked; the money of a layer counts while the layer does, and is locked with it.

    The revised budget is no row: it is the granted one and its approved revisions, for any date
    (`budget.queries.finansieringstabel`). The version counts saves of the budget with all its cells.
    """

    plan = models.ForeignKey(
        Helhedsplan, on_delete=models.PROTECT, related_name="budgetter", verbose_name="helhedsplan"
    )
    noegle = models.SlugField("nøgle", max_length=80)
    navn = Linje("navn")
    art = models.CharField("art", max_length=10, choices=Budgetart)
    lag = models.ForeignKey(
        Lag, on_delete=models.PROTECT, related_name="budgetter", null=True, blank=True, verbose_name="oven på planen"
    )
    status = models.CharField("status", max_length=10, choices=Status, default=Status.KLADDE)
    godkendt_den = Tidsdato("godkendt den", null=True, blank=True)
    godkendt_den_sagt = Sagt("godkendt den, som oplyst")
    grundlag = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="afledte", null=True, blank=True, verbose_name="bygger på"
    )
    begrundelse = Tekst("begrundelse", blank=True)
    oplyst_i_alt = Kroner(
        "oplyst i alt",
        null=True,
        blank=True,
        help_text="Kun når kilden oplyser finansieringen i alt. Så er det det tal, der trykkes, og forskellen siges.",
    )
    oplyst_i_alt_sagt = Linje(
        "oplyst i alt, med ord",
        max_length=80,
        blank=True,
        default="",
        help_text="Når det ikke er oplyst som et tal: over 32 mio. kr., ca. 13 mio. kr. eller ikke oplyst.",
    )
    oplyst_andel_sagt = Linje(
        "oplyst lokal andel",
        max_length=80,
        blank=True,
        default="",
        help_text="Når andelen er aftalt uden beløb: 25 %, mindst 25 %, højst 30 % eller ikke oplyst.",
    )
    oplyst_afrundet_til = Afrundet("det oplyste er afrundet til", help_text="100.000 for et tal som 13,3 mio. kr.")

    objects = Planudvalg.as_manager()

    class Meta:
        verbose_name = "budget"
        verbose_name_plural = "budgetter"
        ordering = ["plan_id", "art", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "noegle"], name="budget_noegle"),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(art=Budgetart.ANSOEGT),
                name="budget_et_ansoegt",
                violation_error_message="Planen har allerede et ansøgt budget.",
            ),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(art=Budgetart.BEVILGET),
                name="budget_et_bevilget",
                violation_error_message="Planen har allerede et bevilget budget.",
            ),
            models.CheckConstraint(
                condition=GODKENDT_DEN_SAT,
                name="budget_godkendt_den",
                violation_error_message="Et godkendt budget har en dato for godkendelsen, og en kladde har ingen.",
            ),
            enten_dag_eller_ord("budget", "godkendt_den"),
            models.UniqueConstraint(
                fields=["lag"], name="budget_et_pr_lag", violation_error_message="Laget har allerede et budget."
            ),
            models.CheckConstraint(
                condition=~Q(art=Budgetart.SCENARIE) | Q(status=Status.KLADDE),
                name="budget_scenarie_ikke_godkendt",
                violation_error_message="Et scenarie kan ikke godkendes.",
            ),
            models.CheckConstraint(
                condition=(~Q(art=Budgetart.LAG) & Q(lag__isnull=True))
                | Q(
                    art=Budgetart.LAG,
                    lag__isnull=False,
                    status=Status.KLADDE,
                    oplyst_i_alt__isnull=True,
                    oplyst_i_alt_sagt="",
                    oplyst_andel_sagt="",
                ),
                name="budget_lag",
                violation_error_message=(
                    "Penge oven på bevillingen hører til en forlængelse eller et tillæg: de gælder med dets papir, og "
                    "det oplyste i alt skrives der."
                ),
            ),
            models.CheckConstraint(
                condition=Q(oplyst_i_alt__isnull=True) | Q(oplyst_i_alt__gt=0, oplyst_i_alt__lte=HOEJESTE_BELOEB),
                name="budget_oplyst_muligt",
                violation_error_code="oplyst_i_alt",
                violation_error_message="Det oplyste beløb skal være større end 0 og højst en milliard kr.",
            ),
            models.CheckConstraint(
                condition=Q(oplyst_afrundet_til__isnull=True)
                | Q(oplyst_i_alt__isnull=False, oplyst_afrundet_til__gt=0),
                name="budget_oplyst_afrundet",
                violation_error_code="oplyst_afrundet_til",
                violation_error_message="Skriv også det oplyste beløb. Afrundingen skal være større end 0.",
            ),
        ]

    def __str__(self):
        return self.navn

    def clean(self):
        super().clean()
        tjek_dage(self, "godkendt_den")
        if self.lag_id and self.lag.plan_id != self.plan_id:
            raise ValidationError({"lag": f"{self.lag} hører til en anden plan."}, code="fremmed")
        fejl = {}
        for felt, maal in (("oplyst_i_alt_sagt", BELOEB), ("oplyst_andel_sagt", PROCENT)):
            try:
                laest = laes_maengde(getattr(self, felt), maal)
            except ValueError as galt:
                fejl[felt] = str(galt)
                continue
            if felt == "oplyst_i_alt_sagt":
                tal = [t for t in (laest.lavest, laest.hoejest, laest.vaerdi) if t is not None]
                if tal and not laest.sagt:
                    fejl[felt] = "Det er et tal. Skriv det under »Oplyst i alt«, hvor der regnes med det."
                elif not all(0 <= t <= HOEJESTE_BELOEB for t in tal):
                    fejl[felt] = "Det oplyste beløb skal være større end 0 og højst en milliard kr."
            if felt == "oplyst_andel_sagt" and not ((laest.lavest or 0) >= 0 and (laest.hoejest or 0) <= 100):
                fejl[felt] = "En andel er mellem 0 og 100 %."
        fejl |= self._fejl_i_det_oplyste()
        if fejl:
            raise ValidationError(fejl, code="oplyst")

    def _fejl_i_det_oplyste(self) -> dict[str, str]:
        fejl = {}
        if self.oplyst_i_alt and self.oplyst_afrundet_til and self.oplyst_i_alt % self.oplyst_afrundet_til:
            fejl["oplyst_afrundet_til"] = f"{beloeb(self.oplyst_i_alt)} er ikke afrundet til så meget."
        if self.oplyst_i_alt_sagt and self.oplyst_i_alt is not None:
            fejl["oplyst_i_alt_sagt"] = "Skriv det oplyste enten som et tal eller med ord, ikke begge dele."
        return fejl

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
    def er_laast(self) -> bool:
        return self.status == Status.GODKENDT or bool(self.laast_af_laget)

    @property
    def laast_af_laget(self) -> str:
        """Why the money of a layer is edited no more; '' while it is."""
        return self.lag.laast if self.lag_id else ""

    @property
    def tilstand(self) -> str:
        """Kladde, Godkendt; of the money of a layer what the layer is."""
        return self.lag.stand if self.lag_id else str(Status(self.status).label)

    @property
    def oplyst_beloeb(self) -> Maengde:
        """The stated total that is told in words."""
        return maengde(None, self.oplyst_i_alt_sagt, BELOEB)

    @property
    def oplyst_andel(self) -> Maengde:
        """The local share that is told without amounts."""
        return maengde(None, self.oplyst_andel_sagt, PROCENT)

    @property
    def oplyst(self) -> Oplyst | None:
        return None if self.oplyst_i_alt is None else Oplyst(self.oplyst_i_alt, self.oplyst_afrundet_til)

    def get_absolute_url(self):
        return reverse("budget-vis", args=[self.plan.noegle, self.noegle])


class Budgethoerende(models.QuerySet):
    """For every model with a `budget` field."""

    def for_bruger(self, bruger):
        return self.filter(budget__plan__in=i_planer(bruger, Rettighed.BUDGET))


class Bidrag(Sted):
    """One cell of the financing: who gives, how, in which plan year and for what.

    `beloeb` is the amount itself, in exact kroner. `maengde` (hours, m² or months) and `satsvaerdi` tell how it was
    reckoned; a later rate does not touch it.
    """

    budget = models.ForeignKey(Budget, on_delete=models.CASCADE, related_name="bidrag", verbose_name="budget")
    kilde = models.ForeignKey(
        Finansieringskilde, on_delete=models.PROTECT, related_name="bidrag", verbose_name="finansieringskilde"
    )
    art = models.CharField("art", max_length=20, choices=Bidragsart)
    planaar = Planaar()
    beloeb = Kroner("beløb")
    maengde = models.DecimalField("timer, m² eller måneder", max_digits=12, decimal_places=2, null=True, blank=True)
    satsvaerdi = models.ForeignKey(
        Satsvaerdi, on_delete=models.PROTECT, related_name="bidrag", null=True, blank=True, verbose_name="sats"
    )
    afrundet_til = Afrundet()
    note = Linje("note", max_length=500, blank=True)

    objects = Budgethoerende.as_manager()

    class Meta:
        verbose_name = "bidrag"
        verbose_name_plural = "bidrag"
        ordering = ["budget_id", "kilde__orden", "kilde_id", "art", "planaar", "pk"]
        constraints = [
            models.UniqueConstraint(
                *koordinater("budget", "kilde", "art", "planaar", "delaftale", "aktivitet"),
                name="bidrag_en_pr_celle",
                violation_error_message="Der er allerede et beløb for samme kilde, art, år og formål.",
            ),
            et_sted("bidrag"),
            planaar_muligt("bidrag"),
            beloeb_muligt("bidrag"),
            afrunding_mulig("bidrag"),
            models.CheckConstraint(
                condition=Q(maengde__isnull=True) | Q(maengde__gte=0),
                name="bidrag_maengde_mulig",
                violation_error_message="Mængden kan ikke være negativ.",
            ),
            models.CheckConstraint(
                condition=Q(art__in=[Bidragsart.TIMER, Bidragsart.LOKALER])
                | Q(maengde__isnull=True, satsvaerdi__isnull=True),
                name="bidrag_sats_kun_til_timer_og_lokaler",
                violation_error_message="Kun medarbejdertimer og lokaler regnes med en sats.",
            ),
            models.CheckConstraint(
                condition=Q(satsvaerdi__isnull=True) | Q(maengde__isnull=False),
                name="bidrag_sats_har_maengde",
                violation_error_message="Skriv timer, m² eller måneder, når beløbet er regnet med en sats.",
            ),
        ]

    def __str__(self):
        aar = f"år {self.planaar}" if self.planaar else "ikke fordelt på år"
        return f"{self.kilde}, {self.get_art_display().lower()}, {aar}"

    @property
    def plan(self):
        return self.budget.plan

    def clean(self):
        super().clean()
        if self.satsvaerdi_id and self.satsvaerdi.sats.art != self.art:
            raise ValidationError({"satsvaerdi": f"Satsen {self.satsvaerdi.sats} er ikke til denne slags bidrag."})
        if self.satsvaerdi_id and self.satsvaerdi.plan != self.plan:
            raise ValidationError({"satsvaerdi": "Satsen hører til en anden plan."})


class Konto(Versioneret):
    """An account for costs: of a rule set (plan empty), or a plan's own.

    The lists are ours unless `kilde` says otherwise: Landsbyggefonden's own accounts are not known.
    """

    regelsaet = models.ForeignKey(Regelsaet, on_delete=models.PROTECT, related_name="konti", verbose_name="pulje")
    plan = models.ForeignKey(
        Helhedsplan, on_delete=models.PROTECT, related_name="konti", null=True, blank=True, verbose_name="helhedsplan"
    )
    noegle = models.SlugField("nøgle", max_length=80)
    navn = Linje("navn")
    orden = models.PositiveSmallIntegerField("rækkefølge", default=0)
    kilde = Linje("kilde", blank=True, default=KONTOPLAN_KILDE)
    verificeret = models.CharField("verificeret", max_length=10, choices=Verificeret, default=Verificeret.NEJ)

    class Meta:
        verbose_name = "konto"
        verbose_name_plural = "konti"
        ordering = ["regelsaet_id", "orden", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["regelsaet", "noegle"], condition=Q(plan__isnull=True), name="konto_noegle_i_regelsaet"
            ),
            models.UniqueConstraint(
                fields=["plan", "noegle"], condition=Q(plan__isnull=False), name="konto_noegle_i_plan"
            ),
            models.UniqueConstraint(
                fields=["regelsaet", "navn"],
                condition=Q(plan__isnull=True),
                name="konto_navn_i_regelsaet",
                violation_error_message="Puljen har allerede en konto med det navn.",
            ),
            models.UniqueConstraint(
                fields=["plan", "navn"],
                condition=Q(plan__isnull=False),
                name="konto_navn_i_plan",
                violation_error_message="Planen har allerede en konto med det navn.",
            ),
        ]

    def __str__(self):
        return self.navn

    def kan_bruges_i(self, plan: Helhedsplan) -> bool:
        return self.plan_id == plan.pk or (self.plan_id is None and self.regelsaet_id == plan.regelsaet_id)


class Udgift(Sted):
    """One cost line: what the money goes to, in which plan year and for what."""

    budget = models.ForeignKey(Budget, on_delete=models.CASCADE, related_name="udgifter", verbose_name="budget")
    konto = models.ForeignKey(Konto, on_delete=models.PROTECT, related_name="udgifter", verbose_name="konto")
    planaar = Planaar()
    beloeb = Kroner("beløb")
    afrundet_til = Afrundet()
    note = Linje("note", max_length=500, blank=True)

    objects = Budgethoerende.as_manager()

    class Meta:
        verbose_name = "udgift"
        verbose_name_plural = "udgifter"
        ordering = ["budget_id", "konto__orden", "konto_id", "planaar", "pk"]
        constraints = [
            models.UniqueConstraint(
                *koordinater("budget", "konto", "planaar", "delaftale", "aktivitet"),
                name="udgift_en_pr_celle",
                violation_error_message="Der er allerede et beløb for samme konto, år og formål.",
            ),
            et_sted("udgift"),
            planaar_muligt("udgift"),
            beloeb_muligt("udgift"),
            afrunding_mulig("udgift"),
        ]

    def __str__(self):
        aar = f"år {self.planaar}" if self.planaar else "ikke fordelt på år"
        return f"{self.konto}, {aar}"

    @property
    def plan(self):
        return self.budget.plan
