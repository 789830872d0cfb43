from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from aftaler.models import Afdeling, Helhedsplan, Organisation
from aftaler.models.plan import Planudvalg, i_planer
from budget.choices import HOEJESTE_BELOEB, IKKE_OPLYST, Enhed, Kildeart, Satsart
from budget.models.faelles import Kroner
from helhedsplan.felter import Linje, Sagt, Tekst, Tidsdato, enten_dag_eller_ord, sagt_tid, tjek_tidsorden
from helhedsplan.models import Versioneret
from helhedsplan.rettigheder import Rettighed
from helhedsplan.tid import Tid, Tidsslags


class Finansieringskilde(Versioneret):
    """Somebody who pays for a plan, for the whole period or part of it.

    `lokal` says whether the contributions count as local co-financing. It is a field because no source settles it for
    foundations and carried-over money; `Kildeart.er_lokal_som_udgangspunkt` is what a form starts with. Money from
    Landsbyggefonden is never local.
    """

    plan = models.ForeignKey(
        Helhedsplan, on_delete=models.PROTECT, related_name="finansieringskilder", verbose_name="helhedsplan"
    )
    noegle = models.SlugField("nøgle", max_length=80)
    navn = Linje("navn")
    art = models.CharField("art", max_length=20, choices=Kildeart)
    lokal = models.BooleanField(
        "lokal medfinansiering", default=False, help_text="Tæller med i den lokale medfinansiering."
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="finansieringskilder",
        null=True,
        blank=True,
        verbose_name="organisation",
    )
    afdeling = models.ForeignKey(
        Afdeling,
        on_delete=models.PROTECT,
        related_name="finansieringskilder",
        null=True,
        blank=True,
        verbose_name="afdeling",
    )
    gaelder_fra = Tidsdato("bidrager fra", null=True, blank=True)
    gaelder_fra_sagt = Sagt("bidrager fra, som oplyst")
    gaelder_til = Tidsdato("bidrager til", null=True, blank=True)
    gaelder_til_sagt = Sagt("bidrager til, som oplyst", varighed=True)
    note = Tekst("note", blank=True)
    orden = models.PositiveSmallIntegerField("rækkefølge", default=0)

    objects = Planudvalg.as_manager()

    class Meta:
        verbose_name = "finansieringskilde"
        verbose_name_plural = "finansieringskilder"
        ordering = ["plan_id", "orden", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "noegle"], name="finansieringskilde_noegle"),
            models.UniqueConstraint(
                fields=["plan", "navn"],
                name="finansieringskilde_navn",
                violation_error_message="Planen har allerede en finansieringskilde med det navn.",
            ),
            models.CheckConstraint(
                condition=Q(gaelder_fra__isnull=True)
                | Q(gaelder_til__isnull=True)
                | Q(gaelder_til__gte=F("gaelder_fra")),
                name="finansieringskilde_periode_i_orden",
                violation_error_message="Kilden ophører, før den begynder. Ret en af datoerne.",
            ),
            enten_dag_eller_ord("kilde", "gaelder_fra"),
            enten_dag_eller_ord("kilde", "gaelder_til"),
            models.CheckConstraint(
                condition=~Q(art=Kildeart.LBF) | Q(lokal=False),
                name="finansieringskilde_lbf_ikke_lokal",
                violation_error_message="Penge fra Landsbyggefonden er ikke lokal medfinansiering.",
            ),
        ]

    def __str__(self):
        return self.navn

    def clean(self):
        super().clean()
        if self.afdeling_id and self.organisation_id and self.afdeling.organisation_id != self.organisation_id:
            raise ValidationError({"afdeling": f"{self.afdeling} hører ikke til {self.organisation}."})
        tjek_tidsorden(self, "gaelder_fra", "gaelder_til", "Kilden ophører, før den begynder.")

    @property
    def begynder(self) -> Tid:
        return sagt_tid(self, "gaelder_fra")

    @property
    def slutter(self) -> Tid:
        return sagt_tid(self, "gaelder_til").efter(self.begynder)

    @property
    def bidrager(self) -> str:
        """When it contributes, for a table; '' of the whole period."""
        if self.slutter.er_mangler:
            return "" if self.begynder.er_mangler else f"fra {self.begynder.kort}"
        til = f"i {self.slutter.kort}" if self.slutter.slags == Tidsslags.VARIGHED else f"til {self.slutter.kort}"
        return til if self.begynder.er_mangler else f"{self.begynder.kort} {til}"

    @property
    def lokal_i_ord(self) -> str:
        """ja, nej; of a payer that is not told, and not told to be local, nobody knows."""
        if self.lokal:
            return "ja"
        return IKKE_OPLYST if self.art == Kildeart.UKENDT else "nej"


class Sats(Versioneret):
    """A price for hours or premises; what it is from when on stands in its values."""

    plan = models.ForeignKey(Helhedsplan, on_delete=models.PROTECT, related_name="satser", verbose_name="helhedsplan")
    noegle = models.SlugField("nøgle", max_length=80)
    navn = Linje("navn")
    art = models.CharField("art", max_length=20, choices=Satsart)
    enhed = models.CharField("enhed", max_length=10, choices=Enhed)
    orden = models.PositiveSmallIntegerField("rækkefølge", default=0)

    objects = Planudvalg.as_manager()

    class Meta:
        verbose_name = "sats"
        verbose_name_plural = "satser"
        ordering = ["plan_id", "orden", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "noegle"], name="sats_noegle"),
            models.UniqueConstraint(
                fields=["plan", "navn"],
                name="sats_navn",
                violation_error_message="Planen har allerede en sats med det navn.",
            ),
            models.CheckConstraint(
                condition=Q(art=Satsart.TIMER, enhed=Enhed.TIME)
                | Q(art=Satsart.LOKALER, enhed__in=[Enhed.KVADRATMETER, Enhed.MAANED]),
                name="sats_enhed_passer",
                violation_error_message="Timer har en pris pr. time, lokaler en pris pr. m² eller måned.",
            ),
        ]

    def __str__(self):
        return self.navn


class Satsvaerdiudvalg(models.QuerySet):
    def for_bruger(self, bruger):
        return self.filter(sats__plan__in=i_planer(bruger, Rettighed.BUDGET))


class Satsvaerdi(Versioneret):
    """What a rate is from a date on. One that an approved budget was reckoned with never changes."""

    sats = models.ForeignKey(Sats, on_delete=models.PROTECT, related_name="vaerdier", verbose_name="sats")
    gaelder_fra = models.DateField("gælder fra")
    beloeb = Kroner("kroner pr. enhed")
    kilde = Linje("kilde", blank=True, help_text="Hvor satsen kommer fra, for eksempel en beslutning i bestyrelsen.")

    objects = Satsvaerdiudvalg.as_manager()

    class Meta:
        verbose_name = "satsværdi"
        verbose_name_plural = "satsværdier"
        ordering = ["sats_id", "gaelder_fra"]
        constraints = [
            models.UniqueConstraint(
                fields=["sats", "gaelder_fra"],
                name="satsvaerdi_en_pr_dato",
                violation_error_message="Satsen har allerede en værdi fra den dato.",
            ),
            models.CheckConstraint(
                condition=Q(beloeb__gt=0, beloeb__lte=HOEJESTE_BELOEB),
                name="satsvaerdi_beloeb_muligt",
                violation_error_message="Satsen skal være større end 0 og højst 1 mia. kr.",
            ),
        ]

    def __str__(self):
        return f"{self.sats} fra {self.gaelder_fra:%d.%m.%Y}"

    @property
    def plan(self):
        return self.sats.plan
