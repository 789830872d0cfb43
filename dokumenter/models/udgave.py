from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from aftaler.choices import Dokumentart, Godkendelsesniveau
from aftaler.models import Helhedsplan
from aftaler.models.bilag import UDGIVELSE, Offentliggjort
from aftaler.models.plan import Planudvalg, i_planer
from dokumenter.choices import FRYSES, MED_EMNE, Resultat
from dokumenter.models.faelles import Fast, Fastudvalg
from dokumenter.rules import mangler_dokumentation
from helhedsplan.felter import Formet, Linje, Tekst, enten_dag_eller_ord, i_vores_tid
from helhedsplan.models import Versioneret


class Udgaveudvalg(Fastudvalg, Planudvalg):
    def af(self, art: str, emne: str = ""):
        """The editions of one document, newest first."""
        return self.filter(art=art, emne=emne).order_by("-nummer")

    def let(self):
        """Without the snapshot, which is large and seldom read."""
        return self.defer("indhold")


class Udgave(Versioneret, Fast, Offentliggjort):
    """A frozen edition of one document: the complete snapshot, the PDF made of it, their hashes, number and date.

    Never edited: a correction is a new edition that points back (`retter`). What changes afterwards is only from when
    it is in force, whether it is withdrawn, where it is published, and, before anybody has decided, who must
    approve it.
    """

    SKIFTENDE = frozenset(
        {
            "ikraft", "ikraft_grund", "trukket", "trukket_grund", "niveau", "niveau_begrundelse", "version",
            *UDGIVELSE,
        }
    )  # fmt: skip
    #: Large, and told by its hash.
    IKKE_I_SPORET = frozenset({"indhold"})

    plan = models.ForeignKey(Helhedsplan, on_delete=models.PROTECT, related_name="udgaver", verbose_name="helhedsplan")
    art = models.CharField("dokument", max_length=20, choices=Dokumentart)
    emne = models.SlugField("emne", max_length=80, blank=True)
    nummer = models.PositiveIntegerField("nummer")
    titel = Linje("titel", max_length=300)
    dokument_id = models.CharField("dokument-id", max_length=300, unique=True)
    skema = models.PositiveSmallIntegerField("skema")
    indhold = models.JSONField("øjebliksbillede")
    indhold_sha256 = models.CharField("øjebliksbilledets SHA-256", max_length=64)
    pdf = models.FileField("PDF", upload_to="udgaver/", max_length=200)
    pdf_sha256 = models.CharField("PDF-filens SHA-256", max_length=64)
    frosset = models.DateTimeField("frosset")
    retter = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="rettet_af", null=True, blank=True, verbose_name="afløser"
    )
    resume = Tekst("hvad er ændret", blank=True)
    beroerer = Formet("berører", default=list, blank=True, form=list[str])
    niveau_foreslaaet = models.PositiveSmallIntegerField("foreslået niveau", choices=Godkendelsesniveau)
    niveau = models.PositiveSmallIntegerField("godkendes af", choices=Godkendelsesniveau)
    niveau_begrundelse = Tekst("begrundelse for niveauet", blank=True)
    #: Why it was frozen with sections that nobody had written; the snapshot says which.
    uskrevet_begrundelse = Tekst("begrundelse for afsnit, der ikke er skrevet", blank=True)
    #: What it lacked on that day, in words; unwritten sections, and what the data lacked.
    mangler = Formet("det, der manglede", default=list, blank=True, form=list[str])
    kraever_underskrift = models.BooleanField("skal underskrives", default=False)
    ikraft = models.DateField("gælder fra", null=True, blank=True, validators=[i_vores_tid])
    ikraft_grund = Tekst("hvorfor den gælder fra før den var færdig", blank=True, max_length=600)
    trukket = models.DateTimeField("trukket tilbage", null=True, blank=True)
    trukket_grund = Tekst("grund til at trække udgaven tilbage", blank=True)

    objects = Udgaveudvalg.as_manager()

    class Meta:
        verbose_name = "udgave"
        verbose_name_plural = "udgaver"
        ordering = ["plan_id", "art", "emne", "-nummer"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "art", "emne", "nummer"],
                name="udgave_nummer",
                violation_error_message="Dokumentet har allerede en udgave med det nummer.",
            ),
            models.UniqueConstraint(
                fields=["plan", "art", "emne", "ikraft"],
                condition=Q(ikraft__isnull=False, trukket__isnull=True),
                name="udgave_ikraft",
                violation_error_message="En anden udgave af dokumentet gælder allerede fra den dag.",
            ),
            models.CheckConstraint(
                condition=Q(nummer__gte=1), name="udgave_nummer_fra_1", violation_error_message="Udgaver tælles fra 1."
            ),
            models.CheckConstraint(
                condition=Q(art__in=FRYSES),
                name="udgave_kan_fryses",
                violation_error_message="Den slags dokument fryses ikke. Læg det ind som bilag.",
            ),
            models.CheckConstraint(
                condition=(Q(art__in=MED_EMNE) & ~Q(emne="")) | (~Q(art__in=MED_EMNE) & Q(emne="")),
                name="udgave_emne",
                violation_error_message="En delaftale og et budget skal have et emne, andre dokumenter intet.",
            ),
            models.CheckConstraint(
                condition=Q(niveau__in=Godkendelsesniveau.values) & Q(niveau_foreslaaet__in=Godkendelsesniveau.values),
                name="udgave_niveau_kendt",
                violation_error_message="Vælg, hvem der skal godkende udgaven.",
            ),
            models.CheckConstraint(
                condition=Q(niveau__gte=F("niveau_foreslaaet")) | ~Q(niveau_begrundelse=""),
                name="udgave_lavere_niveau_begrundet",
                violation_error_message="Skriv, hvorfor udgaven kan godkendes på et lavere niveau end foreslået.",
            ),
            models.CheckConstraint(
                condition=Q(trukket__isnull=True, trukket_grund="") | (Q(trukket__isnull=False) & ~Q(trukket_grund="")),
                name="udgave_trukket_med_grund",
                violation_error_message="Skriv, hvorfor udgaven trækkes tilbage.",
            ),
            enten_dag_eller_ord("udgave", "offentliggjort"),
        ]

    def __str__(self):
        return f"{self.titel}, udgave {self.nummer}"

    @property
    def filnavn(self) -> str:
        dele = [self.art, self.emne, self.plan.noegle, f"udgave-{self.nummer}"]
        return f"{'-'.join(filter(None, dele))}.pdf"

    @property
    def forbehold(self) -> str:
        """That it was frozen with gaps, which, and why; '' when it was not. Of older ones it is only known why."""
        if not self.uskrevet_begrundelse:
            return ""
        hvilke = f": {'; '.join(mangel.rstrip('.') for mangel in self.mangler)}" if self.mangler else ""
        return f"Frosset med mangler{hvilke}. Begrundelse: {self.uskrevet_begrundelse}"

    def get_absolute_url(self):
        return reverse("udgave-vis", args=[self.plan.noegle, self.pk])


class Udgavehoerende(Fastudvalg):
    """For every model with an `udgave` field."""

    def for_bruger(self, bruger):
        return self.filter(udgave__plan__in=i_planer(bruger))


class Godkendelse(Fast):
    """What a body decided about one edition: about those very bytes (`pdf_sha256`). Only added to."""

    udgave = models.ForeignKey(Udgave, on_delete=models.PROTECT, related_name="godkendelser", verbose_name="udgave")
    niveau = models.PositiveSmallIntegerField("niveau", choices=Godkendelsesniveau)
    pdf_sha256 = models.CharField("PDF-filens SHA-256", max_length=64)
    resultat = models.CharField("afgørelse", max_length=20, choices=Resultat)
    dato = models.DateField("dato", validators=[i_vores_tid])
    reference = Linje("reference", blank=True)
    note = Tekst("note", blank=True)
    besluttet_af = Linje("besluttet af")
    #: The minutes or the letter that it stands on; decisions of before that was asked for have none.
    bilag_fil = models.FileField("bilag", upload_to="afgoerelser/", max_length=200, blank=True)
    bilag_navn = Linje("bilagets filnavn", blank=True)
    bilag_sha256 = models.CharField("bilagets SHA-256", max_length=64, blank=True)
    oprettet = models.DateTimeField("oprettet", auto_now_add=True)

    objects = Udgavehoerende.as_manager()

    class Meta:
        verbose_name = "afgørelse"
        verbose_name_plural = "afgørelser"
        ordering = ["udgave_id", "dato", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(niveau__in=Godkendelsesniveau.values),
                name="godkendelse_niveau_kendt",
                violation_error_message="Vælg, hvem der har truffet afgørelsen.",
            ),
            models.CheckConstraint(
                condition=~Q(niveau=Godkendelsesniveau.LBF, resultat=Resultat.GODKENDT) | ~Q(reference=""),
                name="godkendelse_lbf_reference",
                violation_error_message="Skriv Landsbyggefondens reference, når fonden har godkendt.",
            ),
            models.CheckConstraint(
                condition=Q(bilag_fil="", bilag_sha256="") | ~Q(bilag_fil="") & ~Q(bilag_sha256=""),
                name="godkendelse_bilag_med_aftryk",
                violation_error_message="Bilaget mangler sin kontrolsum.",
            ),
        ]

    def __str__(self):
        return f"{self.get_resultat_display()}: {self.udgave}"

    @property
    def plan(self):
        return self.udgave.plan

    @property
    def organ(self) -> str:
        return Godkendelsesniveau(self.niveau).organ

    @property
    def naermere(self) -> str:
        """What was written of who decided, where that says more than the body."""
        return "" if self.besluttet_af == self.organ else self.besluttet_af

    @property
    def punktet(self):
        """The meeting's item that it was decided on (`bestyrelse`), or None."""
        beslutning = getattr(self, "bestyrelsens", None)
        return beslutning.punkt if beslutning else None

    @property
    def er_udokumenteret(self) -> bool:
        """A decision that today would not be recorded without minutes or letter. It counts all the same."""
        return bool(mangler_dokumentation(self.niveau, fra_moede=bool(self.punktet), har_bilag=bool(self.bilag_fil)))

    def clean(self):
        super().clean()
        if self.udgave_id and self.pdf_sha256 != self.udgave.pdf_sha256:
            raise ValidationError("Afgørelsen gælder en anden fil end udgavens. Åbn udgaven igen.", code="anden_fil")
