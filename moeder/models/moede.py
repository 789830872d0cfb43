"""Meetings: agenda, who came, votes, what was concluded, and the papers that were sent.

An agenda item about a paper (`udgave`, `status` or `revision`) carries the hash of what is decided (`genstand_sha256`)
from aftaler.models.plan import i_planer, i_planer
from the day the agenda is sent; votes and conclusions are about that hash and no other.
"""

from typing import NotRequired, TypedDict

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from aftaler.models import Helhedsplan
from aftaler.models.plan import Planudvalg, i_planer
from budget.models import Revision
from dokumenter.models import Godkendelse, Udgave
from dokumenter.models.faelles import Fast, Fastudvalg
from helhedsplan.felter import Formet, Linje, Tekst, i_vores_tid
from helhedsplan.former import UlaeseligeData
from helhedsplan.models import Versioneret
from moeder.choices import Fremmoedeart, Moedeart, Moedepapirart, Moedetilstand, Punktresultat, Punktslags, Stemmevalg
from moeder.models.sammensaetning import Bestyrelsesmedlem
from moeder.stemmeregler import enighed_i_ord
from status.models.status import SHA, Kvartalsstatus


class Moede(Versioneret):
    """A meeting of one of the plan's bodies."""

    plan = models.ForeignKey(Helhedsplan, on_delete=models.PROTECT, related_name="moeder", verbose_name="helhedsplan")
    art = models.CharField("møde i", max_length=20, choices=Moedeart, default=Moedeart.BESTYRELSE)
    dato = models.DateField("dato", validators=[i_vores_tid])
    start = models.TimeField("fra kl.", null=True, blank=True)
    slut = models.TimeField("til kl.", null=True, blank=True)
    sted = Linje("sted", blank=True)
    navn = Linje("navn", blank=True, help_text="Kun når mødet skal kendes fra andre, fx »Ekstraordinært møde«.")
    tilstand = models.CharField(
        "tilstand", max_length=20, choices=Moedetilstand, default=Moedetilstand.PLANLAGT, editable=False
    )
    referat = Tekst("referatets indledning", blank=True)
    deltagere = Tekst("andre deltagere, ved rolle", blank=True, max_length=1000)
    aflyst_grund = Linje("hvorfor mødet er aflyst", blank=True, max_length=300, editable=False)
    #: Somebody has said that it was held, and its papers are elsewhere; the minutes may be attached as a file.
    uden_for_programmet = models.BooleanField("holdt uden for programmet", default=False, editable=False)
    referatfil = models.FileField("referat som fil", upload_to="referater/", max_length=200, blank=True, editable=False)
    referatfil_navn = Linje("referatets filnavn", blank=True, editable=False)
    referatfil_sha256 = models.CharField("referatets SHA-256", max_length=SHA, blank=True, editable=False)

    objects = Planudvalg.as_manager()

    class Meta:
        verbose_name = "møde"
        verbose_name_plural = "møder"
        ordering = ["plan_id", "-dato", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(art__in=Moedeart.values),
                name="moede_art_kendt",
                violation_error_message="Vælg, hvem der mødes.",
            ),
            models.CheckConstraint(
                condition=Q(tilstand__in=Moedetilstand.values),
                name="moede_tilstand_kendt",
                violation_error_message="Den tilstand findes ikke.",
            ),
            models.CheckConstraint(
                condition=Q(start__isnull=True) | Q(slut__isnull=True) | Q(slut__gt=models.F("start")),
                name="moede_slutter_efter_start",
                violation_error_message="Mødet slutter, før det begynder.",
            ),
            models.CheckConstraint(
                condition=Q(tilstand=Moedetilstand.AFLYST) & ~Q(aflyst_grund="")
                | ~Q(tilstand=Moedetilstand.AFLYST) & Q(aflyst_grund=""),
                name="moede_aflyst_med_grund",
                violation_error_message="Skriv, hvorfor mødet er aflyst.",
            ),
            models.CheckConstraint(
                condition=Q(referatfil="", referatfil_sha256="") | ~Q(referatfil="") & ~Q(referatfil_sha256=""),
                name="moede_referatfil_med_aftryk",
                violation_error_message="Referatets fil mangler sin kontrolsum.",
            ),
        ]

    def __str__(self):
        return self.navn or str(self.get_art_display())

    @property
    def er_bestyrelsens(self) -> bool:
        return self.art == Moedeart.BESTYRELSE

    def get_absolute_url(self):
        return reverse("moede-vis", args=[self.plan.noegle, self.pk])


class Moedehoerende(models.QuerySet):
    """For every model with a `moede` field."""

    def for_bruger(self, bruger):
        return self.filter(moede__plan__in=i_planer(bruger))


class Punktmaal(TypedDict):
    """udfald: a Maaludfald, '' before the meeting."""

    nummer: int
    udfald: str
    konklusion: str


class Dagsordenspunkt(Versioneret):
    """An item of an agenda, with the headings of a municipal decision paper (sagsfremstilling).

    It is about at most one paper of the plan. `referat` is what the minutes say of it.
    """

    GENSTANDE = ("udgave", "status", "revision")

    moede = models.ForeignKey(Moede, on_delete=models.PROTECT, related_name="punkter", verbose_name="møde")
    orden = models.PositiveSmallIntegerField("rækkefølge", default=0)
    slags = models.CharField("slags", max_length=1, choices=Punktslags, default=Punktslags.BESLUTNING)
    titel = Linje("titel")
    indstilling = Tekst("indstilling", blank=True, max_length=4000)
    problemstilling = Tekst("problemstilling", blank=True, max_length=8000)
    loesning = Tekst("løsning", blank=True, max_length=8000)
    oekonomi = Tekst("økonomi", blank=True, max_length=8000)
    videre_proces = Tekst("videre proces", blank=True, max_length=4000)
    udgave = models.ForeignKey(
        Udgave, on_delete=models.PROTECT, related_name="punkter", null=True, blank=True, verbose_name="udgave"
    )
    status = models.ForeignKey(
        Kvartalsstatus,
        on_delete=models.PROTECT,
        related_name="dagsordenspunkter",
        null=True,
        blank=True,
        verbose_name="kvartalsstatus",
    )
    revision = models.ForeignKey(
        Revision,
        on_delete=models.PROTECT,
        related_name="dagsordenspunkter",
        null=True,
        blank=True,
        verbose_name="budgetrevision",
    )
    godkender_referat_af = models.ForeignKey(
        Moede,
        on_delete=models.PROTECT,
        related_name="godkendelsespunkter",
        null=True,
        blank=True,
        editable=False,
        verbose_name="godkender referatet af mødet",
    )
    genstand_sha256 = models.CharField("SHA-256 af det, der afgøres", max_length=SHA, blank=True, editable=False)
    flyttet_fra = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="flyttet_til",
        null=True,
        blank=True,
        editable=False,
        verbose_name="flyttet fra punktet",
    )
    referat = Tekst("referat", blank=True, max_length=8000)
    #: The fixed goals that the item is about.
    maal = Formet("faste mål, punktet handler om", default=list, blank=True, form=list[Punktmaal])

    objects = Moedehoerende.as_manager()

    class Meta:
        verbose_name = "dagsordenspunkt"
        verbose_name_plural = "dagsordenspunkter"
        ordering = ["moede_id", "orden", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(slags__in=Punktslags.values),
                name="dagsordenspunkt_slags_kendt",
                violation_error_message="Vælg, om punktet er til beslutning eller orientering.",
            ),
            models.CheckConstraint(
                condition=Q(udgave__isnull=True, status__isnull=True)
                | Q(udgave__isnull=True, revision__isnull=True)
                | Q(status__isnull=True, revision__isnull=True),
                name="dagsordenspunkt_en_genstand",
                violation_error_message="Et punkt handler om højst én ting: en udgave, en status eller en revision.",
            ),
        ]

    def __str__(self):
        return self.titel

    @property
    def plan(self):
        return self.moede.plan

    @property
    def moede_url(self) -> str:
        return f"{self.moede.get_absolute_url()}#punkt-{self.pk}"

    @property
    def genstand(self):
        """The paper that the item is about, or None when it is about its own text."""
        return self.udgave or self.status or self.revision

    def clean(self):
        super().clean()
        if not self.moede_id:
            return
        for felt in self.GENSTANDE:
            if getattr(self, f"{felt}_id") and getattr(self, felt).plan.pk != self.moede.plan_id:
                raise ValidationError({felt: "Det hører til en anden plan."}, code="fremmed")


class Fremmoede(Versioneret):
    """Whether a member came to a meeting, and to whom one who did not has given a proxy."""

    moede = models.ForeignKey(Moede, on_delete=models.PROTECT, related_name="fremmoeder", verbose_name="møde")
    medlem = models.ForeignKey(
        Bestyrelsesmedlem, on_delete=models.PROTECT, related_name="fremmoeder", verbose_name="medlem"
    )
    art = models.CharField("fremmøde", max_length=20, choices=Fremmoedeart, default=Fremmoedeart.TIL_STEDE)
    fuldmagt_til = models.ForeignKey(
        Bestyrelsesmedlem,
        on_delete=models.PROTECT,
        related_name="fuldmagter",
        null=True,
        blank=True,
        verbose_name="fuldmagt til",
    )

    objects = Moedehoerende.as_manager()

    class Meta:
        verbose_name = "fremmøde"
        verbose_name_plural = "fremmøder"
        ordering = ["moede_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["moede", "medlem"],
                name="fremmoede_en_gang",
                violation_error_message="Medlemmets fremmøde er allerede skrevet.",
            ),
            models.CheckConstraint(
                condition=Q(art__in=Fremmoedeart.values),
                name="fremmoede_art_kendt",
                violation_error_message="Vælg, om medlemmet er til stede.",
            ),
            models.CheckConstraint(
                condition=Q(fuldmagt_til__isnull=True) | ~Q(art=Fremmoedeart.TIL_STEDE),
                name="fremmoede_fuldmagt_fra_fravaerende",
                violation_error_message="Den, der er til stede, stemmer selv og giver ikke fuldmagt.",
            ),
            models.CheckConstraint(
                condition=Q(fuldmagt_til__isnull=True) | ~Q(fuldmagt_til=models.F("medlem")),
                name="fremmoede_fuldmagt_til_en_anden",
                violation_error_message="Fuldmagt gives til en anden.",
            ),
        ]

    def __str__(self):
        return f"{self.medlem}: {self.get_art_display().lower()}"

    @property
    def plan(self):
        return self.moede.plan


class Punkthoerende(models.QuerySet):
    """For every model with a `punkt` field."""

    def for_bruger(self, bruger):
        return self.filter(punkt__moede__plan__in=i_planer(bruger))


class Inhabilitet(models.Model):
    """A member who takes no part in an item, and why (habilitet)."""

    punkt = models.ForeignKey(
        Dagsordenspunkt, on_delete=models.PROTECT, related_name="inhabile", verbose_name="dagsordenspunkt"
    )
    medlem = models.ForeignKey(
        Bestyrelsesmedlem, on_delete=models.PROTECT, related_name="inhabiliteter", verbose_name="medlem"
    )
    grund = Linje("hvorfor", max_length=300)

    objects = Punkthoerende.as_manager()

    class Meta:
        verbose_name = "inhabilitet"
        verbose_name_plural = "inhabiliteter"
        ordering = ["punkt_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["punkt", "medlem"],
                name="inhabilitet_en_gang",
                violation_error_message="Medlemmet er allerede skrevet som inhabilt.",
            )
        ]

    def __str__(self):
        return f"{self.medlem} er inhabil"

    @property
    def plan(self):
        return self.punkt.moede.plan


class Stemme(Versioneret):
    """What one member votes on one item, about the very bytes `sha256`. It may be changed until it is concluded."""

    punkt = models.ForeignKey(
        Dagsordenspunkt, on_delete=models.PROTECT, related_name="stemmer", verbose_name="dagsordenspunkt"
    )
    medlem = models.ForeignKey(
        Bestyrelsesmedlem, on_delete=models.PROTECT, related_name="stemmer", verbose_name="medlem"
    )
    valg = models.CharField("stemme", max_length=20, choices=Stemmevalg)
    sha256 = models.CharField("SHA-256 af det, der stemmes om", max_length=SHA)
    afgivet = models.DateTimeField("afgivet")
    afgivet_af = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="skrevet af"
    )
    med_link = models.BooleanField("givet med link fra mail", default=False)
    ved_fuldmagt = models.ForeignKey(
        Bestyrelsesmedlem,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="ved fuldmagt til",
    )

    objects = Punkthoerende.as_manager()

    class Meta:
        verbose_name = "stemme"
        verbose_name_plural = "stemmer"
        ordering = ["punkt_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["punkt", "medlem"],
                name="stemme_en_pr_medlem",
                violation_error_message="Medlemmet har allerede stemt. Hent siden igen.",
            ),
            models.CheckConstraint(
                condition=Q(valg__in=Stemmevalg.values),
                name="stemme_valg_kendt",
                violation_error_message="Vælg for, imod eller hverken for eller imod.",
            ),
        ]

    def __str__(self):
        return f"{self.medlem}: {self.get_valg_display().lower()}"

    @property
    def plan(self):
        return self.punkt.moede.plan


class Afgoerelsesudvalg(Fastudvalg, Punkthoerende):
    pass


class Medlemsstemme(TypedDict):
    navn: str
    valg: str
    i_ord: str


class Gemtstemme(TypedDict):
    """As `stemmeregler.som_data` makes it; what it did not always say may be wanting."""

    navn: str
    i_ord: str
    har_stemme: NotRequired[bool]
    stemme: NotRequired[str]
    grund: NotRequired[str]
    medlemmer: NotRequired[list[Medlemsstemme]]


class Stemmestand(TypedDict, total=False):
    """What `stemmeregler.som_data` makes; empty of a decision without votes."""

    regel: str
    regel_i_ord: str
    baaret: bool | None
    enighed: bool
    fravaerende: list[str]
    stemt: bool
    sider: list[Gemtstemme]


class Afgoerelse(Fast):
    """What a meeting concluded on an item: about the very bytes `sha256`, with how each side voted. Only added to.

    stilling: plain data of the votes as they stood (`status.rules`), so that later changes of members alter
    nothing. `godkendelse` is the decision that it made of an edition, where the item is about one.
    """

    punkt = models.OneToOneField(
        Dagsordenspunkt, on_delete=models.PROTECT, related_name="afgoerelse", verbose_name="dagsordenspunkt"
    )
    resultat = models.CharField("resultat", max_length=20, choices=Punktresultat)
    enighed = models.BooleanField("ved enighed", default=True)
    sha256 = models.CharField("SHA-256 af det, der er afgjort", max_length=SHA)
    tekst = Tekst("beslutning", blank=True, max_length=4000)
    stilling = Formet("stemmer", default=dict, form=Stemmestand)
    dato = models.DateField("dato", validators=[i_vores_tid])
    skrevet = models.DateTimeField("skrevet")
    skrevet_af = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="skrevet af"
    )
    godkendelse = models.OneToOneField(
        Godkendelse,
        on_delete=models.PROTECT,
        related_name="bestyrelsens",
        null=True,
        blank=True,
        verbose_name="udgavens afgørelse",
    )

    objects = Afgoerelsesudvalg.as_manager()

    class Meta:
        verbose_name = "beslutning"
        verbose_name_plural = "beslutninger"
        ordering = ["dato", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(resultat__in=Punktresultat.values),
                name="afgoerelse_resultat_kendt",
                violation_error_message="Vælg, hvad mødet kom frem til.",
            )
        ]

    def __str__(self):
        return f"{self.get_resultat_display()}: {self.punkt}"

    @property
    def fravaerende(self) -> list[str]:
        """The sides with a vote that were not there, where it is known."""
        return [] if isinstance(self.stilling, UlaeseligeData) else self.stilling.get("fravaerende", [])

    @property
    def enighed_i_ord(self) -> str:
        return enighed_i_ord(self.fravaerende) if self.enighed else ""

    @property
    def plan(self):
        return self.punkt.moede.plan


class Moedepapirudvalg(Fastudvalg, Moedehoerende):
    pass


class Moedepapir(Fast):
    """An agenda or minutes as they were sent: snapshot, PDF and hashes. A correction is the next `nummer`."""

    IKKE_I_SPORET = frozenset({"indhold"})

    moede = models.ForeignKey(Moede, on_delete=models.PROTECT, related_name="papirer", verbose_name="møde")
    art = models.CharField("papir", max_length=20, choices=Moedepapirart)
    nummer = models.PositiveSmallIntegerField("nummer", default=1)
    indhold = models.JSONField("øjebliksbillede")
    indhold_sha256 = models.CharField("øjebliksbilledets SHA-256", max_length=SHA)
    pdf = models.FileField("PDF", upload_to="moeder/", max_length=200)
    pdf_sha256 = models.CharField("PDF-filens SHA-256", max_length=SHA)
    sendt = models.DateTimeField("sendt")
    sendt_af = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="sendt af"
    )

    objects = Moedepapirudvalg.as_manager()

    class Meta:
        verbose_name = "mødepapir"
        verbose_name_plural = "mødepapirer"
        ordering = ["moede_id", "art", "-nummer"]
        constraints = [
            models.UniqueConstraint(
                fields=["moede", "art", "nummer"],
                name="moedepapir_nummer",
                violation_error_message="En anden har sendt papiret imens. Hent siden igen.",
            ),
            models.CheckConstraint(
                condition=Q(art__in=Moedepapirart.values),
                name="moedepapir_art_kendt",
                violation_error_message="Vælg dagsorden eller referat.",
            ),
        ]

    def __str__(self):
        return f"{self.get_art_display()} {self.nummer}: {self.moede}"

    @property
    def plan(self):
        return self.moede.plan


class Papirhoerende(models.QuerySet):
    def for_bruger(self, bruger):
        return self.filter(papir__moede__plan__in=i_planer(bruger))


class Referatgodkendelse(models.Model):
    """What a member says of the minutes that were sent: approved, or an objection in words."""

    papir = models.ForeignKey(Moedepapir, on_delete=models.PROTECT, related_name="godkendelser", verbose_name="referat")
    medlem = models.ForeignKey(
        Bestyrelsesmedlem, on_delete=models.PROTECT, related_name="referatgodkendelser", verbose_name="medlem"
    )
    godkendt = models.BooleanField("godkendt")
    bemaerkning = Tekst("bemærkning", blank=True, max_length=2000)
    med_link = models.BooleanField("givet med link fra mail", default=False)
    tidspunkt = models.DateTimeField("tidspunkt")

    objects = Papirhoerende.as_manager()

    class Meta:
        verbose_name = "godkendelse af referat"
        verbose_name_plural = "godkendelser af referat"
        ordering = ["papir_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["papir", "medlem"],
                name="referatgodkendelse_en_gang",
                violation_error_message="Du har allerede taget stilling til referatet.",
            ),
            models.CheckConstraint(
                condition=Q(godkendt=True) | ~Q(bemaerkning=""),
                name="referatgodkendelse_indsigelse_med_ord",
                violation_error_message="Skriv, hvad du ikke kan godkende.",
            ),
        ]

    def __str__(self):
        return f"{self.medlem}: {'godkendt' if self.godkendt else 'ikke godkendt'}"

    @property
    def plan(self):
        return self.papir.moede.plan
