from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from aftaler.choices import (
    Afsnitsart,
    Beroering,
    Dokumentart,
    Dokumenttype,
    Enhed,
    Godkendelsesniveau,
    Regelsaetstand,
    Udviklingsretning,
)
from helhedsplan import parametergraenser
from helhedsplan.choices import Verificeret
from helhedsplan.felter import Linje, Sagt, Tekst, Tidsdato, enten_dag_eller_ord, sagt_tid
from helhedsplan.formats import lang_dato
from helhedsplan.tid import Tid


class Regelsaetudvalg(models.QuerySet):
    def udgivne(self):
        """Those that a plan may stand on."""
        return self.filter(stand=Regelsaetstand.UDGIVET)

    def valgbare(self):
        """Those that a new plan may choose: published, and not corrected by a later version."""
        nyere = self.model._default_manager.filter(kopi_af=models.OuterRef("pk"), er_rettelse=True).udgivne()
        return self.udgivne().filter(~models.Exists(nyere.order_by()))


class Regelsaet(models.Model):
    """The rules of one pulje: what a plan under it may choose, must hold and is measured by. Data, never code.

    A draft (kladde) is edited freely and no plan stands on it. What is published stands still; the next pulje is a
    copy under a new noegle, and a correction is a copy too, dated and with its reason, that plans move to one by one.
    One that came from a file may also be corrected in place by a dated file.
    """

    noegle = models.SlugField("nøgle", max_length=40, unique=True)
    navn = Linje("pulje")
    regulativ = Tidsdato("regulativ af", null=True, blank=True)
    regulativ_sagt = Sagt("regulativ af, som oplyst")
    ikraft = models.DateField("i kraft", null=True, blank=True)
    verificeret = models.CharField("verificeret", max_length=10, choices=Verificeret)
    note = Tekst("note", blank=True)
    rettet = models.DateField("rettet", null=True, blank=True)
    rettelse = Tekst("grunden til rettelsen", blank=True)
    stand = models.CharField(
        "stand", max_length=10, choices=Regelsaetstand, default=Regelsaetstand.UDGIVET, editable=False
    )
    udgivet = models.DateField("udgivet", null=True, blank=True, editable=False)
    kopi_af = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="kopier",
        null=True,
        blank=True,
        editable=False,
        verbose_name="kopi af",
    )
    er_rettelse = models.BooleanField("rettet version", default=False, editable=False)

    objects = Regelsaetudvalg.as_manager()

    class Meta:
        verbose_name = "regelsæt"
        verbose_name_plural = "regelsæt"
        ordering = ["noegle"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(stand__in=Regelsaetstand.values),
                name="regelsaet_stand_kendt",
                violation_error_message="Et regelsæt er en kladde eller udgivet.",
            ),
            models.CheckConstraint(
                condition=models.Q(stand=Regelsaetstand.UDGIVET) | models.Q(udgivet__isnull=True),
                name="regelsaet_kladde_uden_udgivelse",
                violation_error_message="En kladde er ikke udgivet.",
            ),
            models.CheckConstraint(
                condition=models.Q(er_rettelse=False) | models.Q(kopi_af__isnull=False, rettet__isnull=False),
                name="regelsaet_rettelse_af_noget",
                violation_error_message="En rettet version er en rettelse af et regelsæt og har en dato.",
            ),
            models.CheckConstraint(
                condition=models.Q(rettet__isnull=True, rettelse="")
                | (models.Q(rettet__isnull=False) & ~models.Q(rettelse="")),
                name="regelsaet_rettet_med_grund",
                violation_error_message="En rettelse skal have både en dato og en grund.",
            ),
            enten_dag_eller_ord("regelsaet", "regulativ"),
        ]

    def __str__(self):
        return self.navn

    @property
    def regulativet(self) -> Tid:
        """Which regulativ it is of, by its date as that is told."""
        return sagt_tid(self, "regulativ")

    @property
    def er_kladde(self) -> bool:
        return self.stand == Regelsaetstand.KLADDE

    @property
    def frosset_her(self) -> bool:
        """Published in the program, so that no file changes it either."""
        return self.udgivet is not None

    @property
    def stand_i_ord(self) -> str:
        """'Kladde', 'Udgivet den 3. januar 2027', 'Rettet den 4. februar 2027', 'Indlæst fra fil'."""
        if self.er_kladde:
            return "Kladde til en rettelse" if self.er_rettelse else "Kladde"
        if self.rettet:
            return f"Rettet den {lang_dato(self.rettet)}"
        return f"Udgivet den {lang_dato(self.udgivet)}" if self.udgivet else "Indlæst fra fil"

    @property
    def med_version(self) -> str:
        """The name, and which version of it."""
        return f"{self.navn}, {self.stand_i_ord[:1].lower()}{self.stand_i_ord[1:]}"


class Indsatsomraade(models.Model):
    """A field of action that plans under the rule set choose from."""

    regelsaet = models.ForeignKey(
        Regelsaet, on_delete=models.PROTECT, related_name="indsatsomraader", verbose_name="regelsæt"
    )
    noegle = models.SlugField("nøgle", max_length=60)
    nummer = models.PositiveSmallIntegerField("nummer")
    navn = Linje("navn")

    class Meta:
        verbose_name = "indsatsområde"
        verbose_name_plural = "indsatsområder"
        ordering = ["regelsaet_id", "nummer"]
        constraints = [
            models.UniqueConstraint(fields=["regelsaet", "noegle"], name="indsatsomraade_noegle"),
            models.UniqueConstraint(fields=["regelsaet", "nummer"], name="indsatsomraade_nummer"),
        ]

    def __str__(self):
        return self.navn


class OverordnetMaal(models.Model):
    """A fixed goal, in the words of its rule set."""

    indsatsomraade = models.ForeignKey(
        Indsatsomraade, on_delete=models.PROTECT, related_name="maal", verbose_name="indsatsområde"
    )
    nummer = models.PositiveSmallIntegerField("nummer", validators=[MinValueValidator(1), MaxValueValidator(99)])
    tekst = Linje("mål", max_length=500)

    class Meta:
        verbose_name = "overordnet mål"
        verbose_name_plural = "overordnede mål"
        ordering = ["indsatsomraade__regelsaet_id", "nummer"]
        constraints = [
            models.UniqueConstraint(
                fields=["indsatsomraade", "nummer"],
                name="maal_nummer",
                violation_error_code="nummer",
                violation_error_message="Indsatsområdet har allerede et mål med det nummer.",
            )
        ]

    def __str__(self):
        return f"Mål {self.nummer}: {self.tekst}"


class FastIndikator(models.Model):
    """A fixed indicator of a fixed goal: what it is measured in, which way is better, and among whom is counted."""

    maal = models.ForeignKey(OverordnetMaal, on_delete=models.PROTECT, related_name="indikatorer", verbose_name="mål")
    noegle = models.SlugField("nøgle", max_length=60)
    nummer = models.PositiveSmallIntegerField("nummer")
    navn = Linje("navn", max_length=300)
    enhed = models.CharField("enhed", max_length=10, choices=Enhed, default=Enhed.PROCENT)
    retning = models.CharField("bedre er", max_length=3, choices=Udviklingsretning, blank=True, default="")
    persongruppe = Linje("ud af", max_length=60, blank=True)

    class Meta:
        verbose_name = "fast indikator"
        verbose_name_plural = "faste indikatorer"
        ordering = ["maal_id", "nummer"]
        constraints = [models.UniqueConstraint(fields=["maal", "noegle"], name="fast_indikator_noegle")]

    def __str__(self):
        return self.navn


class Delmaalsforslag(models.Model):
    """A delmål that the rule set offers for an indsatsområde (Landsbyggefonden's list, as far as it is known)."""

    indsatsomraade = models.ForeignKey(
        Indsatsomraade, on_delete=models.PROTECT, related_name="delmaalsforslag", verbose_name="indsatsområde"
    )
    noegle = models.SlugField("nøgle", max_length=80)
    nummer = models.PositiveSmallIntegerField("nummer")
    tekst = Linje("delmål", max_length=500)
    kilde = Linje("kilde", blank=True)
    verificeret = models.CharField("verificeret", max_length=10, choices=Verificeret)

    class Meta:
        verbose_name = "delmålsforslag"
        verbose_name_plural = "delmålsforslag"
        ordering = ["indsatsomraade_id", "nummer"]
        constraints = [models.UniqueConstraint(fields=["indsatsomraade", "noegle"], name="delmaalsforslag_noegle")]

    def __str__(self):
        return self.tekst


def afsnitsfejl(dokument: str, art: str) -> str:
    """Why a template of the document cannot have a section that holds this; '' when it can."""
    if art not in Afsnitsart.values or dokument not in Dokumenttype.values:
        return ""
    hjemme = Afsnitsart(art).dokument
    if hjemme is None or hjemme == dokument:
        return ""
    return f"»{Afsnitsart(art).label}« kan kun stå i skabelonen for {hjemme.label.lower()}."


class Skabelonafsnit(models.Model):
    """One section of a document template: number, title, guidance, and what it holds."""

    regelsaet = models.ForeignKey(
        Regelsaet, on_delete=models.PROTECT, related_name="skabelonafsnit", verbose_name="regelsæt"
    )
    dokument = models.CharField("dokument", max_length=20, choices=Dokumenttype)
    noegle = models.SlugField("nøgle", max_length=60)
    orden = models.PositiveSmallIntegerField("rækkefølge")
    nummer = Linje("nummer", max_length=10, blank=True)
    titel = Linje("titel")
    art = models.CharField("indhold", max_length=30, choices=Afsnitsart)
    vejledning = Tekst("vejledning", blank=True)
    uddybning = Tekst("læs mere", blank=True)
    kilde = Linje("kilde", blank=True)

    class Meta:
        verbose_name = "skabelonafsnit"
        verbose_name_plural = "skabelonafsnit"
        ordering = ["regelsaet_id", "dokument", "orden"]
        constraints = [
            models.UniqueConstraint(fields=["regelsaet", "dokument", "noegle"], name="skabelonafsnit_noegle"),
            models.UniqueConstraint(fields=["regelsaet", "dokument", "orden"], name="skabelonafsnit_orden"),
        ]

    def __str__(self):
        return f"{self.nummer}. {self.titel}" if self.nummer else self.titel

    @property
    def har_prosa(self) -> bool:
        return Afsnitsart(self.art).har_prosa

    @property
    def kan_vises(self) -> bool:
        """What was published before it was refused may stand where it cannot be shown; it is left out."""
        return not afsnitsfejl(self.dokument, self.art)

    def clean(self):
        super().clean()
        if fejl := afsnitsfejl(self.dokument, self.art):
            raise ValidationError({"art": fejl}, code="andet_dokument")


class Regelparameter(models.Model):
    """A value that a rule uses. Unverified ones are shown as such; a plan may use a value of its own."""

    regelsaet = models.ForeignKey(
        Regelsaet, on_delete=models.PROTECT, related_name="parametre", verbose_name="regelsæt"
    )
    noegle = models.SlugField("nøgle", max_length=60)
    navn = Linje("navn")
    vaerdi = models.DecimalField("værdi", max_digits=14, decimal_places=4, null=True, blank=True)
    enhed = Linje("enhed", max_length=20, blank=True)
    kilde = Linje("kilde", blank=True)
    verificeret = models.CharField("verificeret", max_length=10, choices=Verificeret)
    note = Tekst("note", blank=True)

    class Meta:
        verbose_name = "parameter"
        verbose_name_plural = "parametre"
        ordering = ["regelsaet_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["regelsaet", "noegle"], name="regelparameter_noegle")]

    def __str__(self):
        return self.navn

    def clean(self):
        super().clean()
        if fejl := parametergraenser.fejl(self.enhed, self.vaerdi):
            raise ValidationError({"vaerdi": fejl}, code="uden_for_graensen")


class Godkendelsesregel(models.Model):
    """Who must approve a change that touches this. A change that touches several needs the highest of them."""

    regelsaet = models.ForeignKey(
        Regelsaet, on_delete=models.PROTECT, related_name="godkendelsesregler", verbose_name="regelsæt"
    )
    orden = models.PositiveSmallIntegerField("rækkefølge", default=0)
    beroerer = models.CharField("berører", max_length=30, choices=Beroering)
    niveau = models.PositiveSmallIntegerField("godkendes af", choices=Godkendelsesniveau)
    kilde = Linje("kilde", blank=True)
    verificeret = models.CharField("verificeret", max_length=10, choices=Verificeret)
    note = Tekst("note", blank=True)

    class Meta:
        verbose_name = "regel om godkendelse"
        verbose_name_plural = "regler om godkendelse"
        ordering = ["regelsaet_id", "orden", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["regelsaet", "beroerer"],
                name="godkendelsesregel_en_pr_beroering",
                violation_error_code="beroerer",
                violation_error_message="Regelsættet siger allerede, hvem der godkender det.",
            ),
            models.CheckConstraint(
                condition=models.Q(niveau__in=Godkendelsesniveau.values),
                name="godkendelsesregel_niveau_kendt",
                violation_error_message="Niveauet skal være 1, 2 eller 3.",
            ),
        ]

    def __str__(self):
        return f"{self.get_beroerer_display()}: {self.get_niveau_display()}"


class Dokumentkrav(models.Model):
    """A paper that a plan under the rule set must have: once, or once for each chosen indsatsområde.

    A kind of paper that the program does not write itself (`fil`) has a key of its own and is put in as an attachment,
    which says when it was signed where it must be.
    """

    regelsaet = models.ForeignKey(
        Regelsaet, on_delete=models.PROTECT, related_name="dokumentkrav", verbose_name="regelsæt"
    )
    orden = models.PositiveSmallIntegerField("rækkefølge", default=0)
    art = models.CharField("dokument", max_length=20, choices=Dokumentart)
    noegle = models.SlugField("nøgle", max_length=60, blank=True, default="")
    navn = Linje("navn")
    pr_indsatsomraade = models.BooleanField("et for hvert valgt indsatsområde", default=False)
    underskrives = models.BooleanField("skal underskrives af parterne", default=False)
    kilde = Linje("kilde", blank=True)
    verificeret = models.CharField("verificeret", max_length=10, choices=Verificeret)
    note = Tekst("note", blank=True)

    class Meta:
        verbose_name = "krævet dokument"
        verbose_name_plural = "krævede dokumenter"
        ordering = ["regelsaet_id", "orden", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["regelsaet", "art", "noegle"],
                name="dokumentkrav_et_pr_dokument",
                violation_error_code="art",
                violation_error_message="Regelsættet kræver allerede det dokument.",
            ),
            models.CheckConstraint(
                condition=models.Q(art=Dokumentart.FIL) & ~models.Q(noegle="")
                | ~models.Q(art=Dokumentart.FIL) & models.Q(noegle=""),
                name="dokumentkrav_fil_har_noegle",
                violation_error_message="Et papir, der lægges ind som fil, har en nøgle, og kun det.",
            ),
            models.CheckConstraint(
                condition=models.Q(pr_indsatsomraade=False)
                | models.Q(art__in=[Dokumentart.DELAFTALE, Dokumentart.FIL]),
                name="dokumentkrav_kun_delaftaler_pr_omraade",
                violation_error_code="pr_indsatsomraade",
                violation_error_message="Kun delaftaler og papirer, der er filer, laves for hvert indsatsområde.",
            ),
        ]

    def __str__(self):
        return self.navn

    def clean(self):
        super().clean()
        if self.art == Dokumentart.LAG:
            besked = "En forlængelse eller et tillæg hører til den enkelte plan. Vælg et andet dokument."
            raise ValidationError({"art": besked}, code="lag")
