from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from aftaler.choices import Aktivitetsstatus, Delmaalskilde, Delmaalstype, Milepaelsstatus, Retning, Sammenligning
from aftaler.models.plan import Helhedsplan, Omraade, Planudvalg, i_planer
from aftaler.models.regelsaet import Delmaalsforslag, Indsatsomraade
from helhedsplan.felter import Linje, Prosa, Sagt, Tekst, Tidsdato, enten_dag_eller_ord, sagt_tid
from helhedsplan.models import Versioneret
from helhedsplan.rettigheder import Rettighed
from helhedsplan.tid import Tid


class Delaftale(Versioneret):
    """The agreement on one chosen indsatsområde of a plan; the database holds at most one for each.

    fortsaetter: the delaftaler of the plan before that it was made of, also under another pulje's indsatsområde.
    """

    plan = models.ForeignKey(
        Helhedsplan, on_delete=models.PROTECT, related_name="delaftaler", verbose_name="helhedsplan"
    )
    indsatsomraade = models.ForeignKey(
        Indsatsomraade, on_delete=models.PROTECT, related_name="delaftaler", verbose_name="indsatsområde"
    )
    fortsaetter = models.ManyToManyField(
        "self",
        symmetrical=False,
        related_name="fortsat_som",
        blank=True,
        editable=False,
        verbose_name="fortsætter delaftalerne",
    )

    objects = Planudvalg.as_manager()

    class Meta:
        verbose_name = "delaftale"
        verbose_name_plural = "delaftaler"
        ordering = ["plan_id", "indsatsomraade__nummer"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "indsatsomraade"],
                name="delaftale_en_pr_indsatsomraade",
                violation_error_message="Planen har allerede en delaftale om indsatsområdet.",
            )
        ]

    def __str__(self):
        return f"Delaftale om {self.indsatsomraade.navn}"

    @property
    def noegle(self) -> str:
        return self.indsatsomraade.noegle

    @property
    def egne_parter(self):
        """The partners of the whole delaftale, without those of its activities."""
        return self.samarbejdsparter.filter(aktivitet__isnull=True)

    def get_absolute_url(self):
        return reverse("delaftale-vis", args=[self.plan.noegle, self.noegle])


class Delaftalehoerende(models.QuerySet):
    """For every model with a `delaftale` field."""

    def for_bruger(self, bruger, rettighed: Rettighed = Rettighed.SE):
        return self.filter(delaftale__plan__in=i_planer(bruger, rettighed))


#: The forms of a target that cannot be without a figure.
MED_VAERDI = [t for t in Delmaalstype if t not in {Delmaalstype.INGEN, Delmaalstype.RETNING}]


class Delmaal(Versioneret):
    """A sub-goal of a delaftale, from Landsbyggefonden's list or local, with its target in one of six forms.

    vaerdi, vaerdi_til: the figure, or the two that the target is between; of a change they are percent of what was,
    and from 0 means at least not the other way. gennemsnit: what the years together must come to on average, beside
    each year's own. mod: what the figure is held up against ("en kontrolgruppe").
    """

    delaftale = models.ForeignKey(Delaftale, on_delete=models.PROTECT, related_name="delmaal", verbose_name="delaftale")
    noegle = models.SlugField("nøgle", max_length=80)
    orden = models.PositiveSmallIntegerField("rækkefølge", default=0)
    tekst = Linje("delmål", max_length=500)
    kilde = models.CharField("kilde", max_length=10, choices=Delmaalskilde, default=Delmaalskilde.LOKAL)
    forslag = models.ForeignKey(
        Delmaalsforslag,
        on_delete=models.PROTECT,
        related_name="delmaal",
        null=True,
        blank=True,
        verbose_name="fra listen",
    )
    maaltype = models.CharField("måltype", max_length=20, choices=Delmaalstype, blank=True, default="")
    retning = models.CharField("retning", max_length=10, choices=Retning, blank=True, default="")
    sammenligning = models.CharField("sammenligning", max_length=2, choices=Sammenligning, blank=True, default="")
    vaerdi = models.DecimalField("værdi", max_digits=14, decimal_places=4, null=True, blank=True)
    vaerdi_til = models.DecimalField("til", max_digits=14, decimal_places=4, null=True, blank=True)
    enhed = Linje("enhed", max_length=60, blank=True)
    gennemsnit = models.DecimalField("og i gennemsnit", max_digits=14, decimal_places=4, null=True, blank=True)
    mod = Linje("i forhold til", blank=True)
    note = Tekst("note", blank=True)

    objects = Delaftalehoerende.as_manager()

    class Meta:
        verbose_name = "delmål"
        verbose_name_plural = "delmål"
        ordering = ["delaftale_id", "orden", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["delaftale", "noegle"], name="delmaal_noegle"),
            models.CheckConstraint(
                condition=~Q(maaltype__in=[Delmaalstype.RETNING, Delmaalstype.AENDRING]) | ~Q(retning=""),
                name="delmaal_retning_valgt",
                violation_error_message="Vælg, om tallet skal stige eller falde.",
                violation_error_code="retning",
            ),
            models.CheckConstraint(
                condition=~Q(maaltype__in=MED_VAERDI) | Q(vaerdi__isnull=False),
                name="delmaal_vaerdi_angivet",
                violation_error_message="Skriv det tal, målet gælder.",
                violation_error_code="vaerdi",
            ),
            models.CheckConstraint(
                condition=~Q(maaltype__in=[Delmaalstype.GRAENSE, Delmaalstype.AARLIGT_LOFT]) | ~Q(sammenligning=""),
                name="delmaal_sammenligning_valgt",
                violation_error_message="Vælg, om målet er over eller under tallet.",
                violation_error_code="sammenligning",
            ),
            models.CheckConstraint(
                condition=~Q(maaltype=Delmaalstype.MELLEM) | Q(vaerdi_til__isnull=False),
                name="delmaal_til_angivet",
                violation_error_message="Skriv også det tal, målet går til.",
                violation_error_code="vaerdi_til",
            ),
            models.CheckConstraint(
                condition=Q(vaerdi_til__isnull=True) | Q(vaerdi__isnull=True) | Q(vaerdi__lt=F("vaerdi_til")),
                name="delmaal_fra_under_til",
                violation_error_message="Det første tal skal være mindre end det andet.",
                violation_error_code="vaerdi_til",
            ),
            models.CheckConstraint(
                condition=~Q(maaltype=Delmaalstype.AENDRING) | Q(vaerdi__isnull=True) | Q(vaerdi__gte=0),
                name="delmaal_aendring_uden_fortegn",
                violation_error_message="Skriv procenten uden minus, og vælg, om tallet skal stige eller falde.",
                violation_error_code="vaerdi",
            ),
        ]

    def __str__(self):
        return self.tekst

    def clean(self):
        super().clean()
        if fejl := self._umuligt():
            raise ValidationError(fejl, code="umuligt")

    def _umuligt(self) -> dict[str, str]:
        """A target that no figures can meet: an average that none of its years may have, a fall of more than all."""
        type_, vaerdi, snit = self.maaltype, self.vaerdi, self.gennemsnit
        if vaerdi is None:
            return {}
        if type_ == Delmaalstype.AENDRING and self.retning == Retning.FALDER:
            over = [felt for felt in ("vaerdi", "vaerdi_til") if (getattr(self, felt) or 0) > 100]
            return dict.fromkeys(over, "Noget kan højst falde 100 %.")
        if snit is None:
            return {}
        lavest = hoejest = None
        if type_ == Delmaalstype.MELLEM:
            lavest, hoejest = vaerdi, self.vaerdi_til
        elif type_ in {Delmaalstype.GRAENSE, Delmaalstype.AARLIGT_LOFT}:
            opad = self.sammenligning in {Sammenligning.MINDST, Sammenligning.OVER}
            lavest, hoejest = (vaerdi, None) if opad else (None, vaerdi)
        if (lavest is not None and snit < lavest) or (hoejest is not None and snit > hoejest):
            return {"gennemsnit": "Når hvert år holder målet, kan gennemsnittet ikke blive det."}
        return {}

    @property
    def plan(self):
        return self.delaftale.plan


class Aktivitet(Versioneret):
    """An activity of a delaftale. Covering two areas it is still one activity."""

    delaftale = models.ForeignKey(
        Delaftale, on_delete=models.PROTECT, related_name="aktiviteter", verbose_name="delaftale"
    )
    noegle = models.SlugField("nøgle", max_length=80)
    orden = models.PositiveSmallIntegerField("rækkefølge", default=0)
    navn = Linje("navn")
    status = models.CharField("status", max_length=20, choices=Aktivitetsstatus, blank=True, default="")
    fortsaetter = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="fortsat_som",
        null=True,
        blank=True,
        verbose_name="fortsætter aktiviteten",
    )
    baggrund = Prosa("baggrund", blank=True)
    formaal = Prosa("formål", blank=True)
    maalgruppe = Prosa("målgruppe", blank=True)
    indhold = Prosa("indhold", blank=True)
    ansvarlig = Linje("ansvarlig", blank=True)
    maalgruppe_antal = models.PositiveIntegerField("målgruppe, antal", null=True, blank=True)
    forventet_deltagertal = models.PositiveIntegerField("forventet deltagertal", null=True, blank=True)
    forankring = Prosa("forankring", blank=True)
    ressourcer = Prosa("ressourcer", blank=True)
    note = Tekst("note", blank=True)
    omraader = models.ManyToManyField(Omraade, related_name="aktiviteter", blank=True, verbose_name="områder")
    delmaal = models.ManyToManyField(Delmaal, related_name="aktiviteter", blank=True, verbose_name="delmål")

    objects = Delaftalehoerende.as_manager()

    class Meta:
        verbose_name = "aktivitet"
        verbose_name_plural = "aktiviteter"
        ordering = ["delaftale_id", "orden", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["delaftale", "noegle"], name="aktivitet_noegle"),
            models.UniqueConstraint(
                fields=["delaftale", "navn"],
                name="aktivitet_navn",
                violation_error_message="Delaftalen har allerede en aktivitet med det navn.",
            ),
        ]

    def __str__(self):
        return self.navn

    @property
    def plan(self):
        return self.delaftale.plan

    def get_absolute_url(self):
        return f"{self.delaftale.get_absolute_url()}#aktivitet-{self.noegle}"


class Milepael(models.Model):
    """A milestone of an activity: what is to have happened, by when, and who sees to it."""

    aktivitet = models.ForeignKey(
        Aktivitet, on_delete=models.CASCADE, related_name="milepaele", verbose_name="aktivitet"
    )
    orden = models.PositiveSmallIntegerField("rækkefølge", default=0)
    navn = Linje("milepæl", max_length=300)
    dato = Tidsdato("dato", null=True, blank=True)
    dato_sagt = Sagt("dato, som oplyst")
    ansvarlig = Linje("ansvarlig", blank=True)
    status = models.CharField("tilstand", max_length=20, choices=Milepaelsstatus, default=Milepaelsstatus.IKKE_BEGYNDT)

    class Meta:
        verbose_name = "milepæl"
        verbose_name_plural = "milepæle"
        ordering = ["aktivitet_id", "orden", "pk"]
        constraints = [enten_dag_eller_ord("milepael", "dato")]

    def __str__(self):
        return self.navn

    @property
    def tid(self) -> Tid:
        return sagt_tid(self, "dato")


class Samarbejdspart(models.Model):
    """Somebody who works along in a delaftale (aktivitet empty) or in one of its activities, and in which role."""

    delaftale = models.ForeignKey(
        Delaftale, on_delete=models.CASCADE, related_name="samarbejdsparter", verbose_name="delaftale"
    )
    aktivitet = models.ForeignKey(
        Aktivitet,
        on_delete=models.CASCADE,
        related_name="samarbejdsparter",
        null=True,
        blank=True,
        verbose_name="aktivitet",
    )
    orden = models.PositiveSmallIntegerField("rækkefølge", default=0)
    navn = Linje("samarbejdspart")
    rolle = Linje("rolle", max_length=300, blank=True)

    class Meta:
        verbose_name = "samarbejdspart"
        verbose_name_plural = "samarbejdsparter"
        ordering = ["delaftale_id", "aktivitet_id", "orden", "pk"]

    def __str__(self):
        return self.navn
