"""What is told of a plan in rows of its own, beside what the plan is."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from aftaler.choices import Faellesslags, Hjemsted, Sideplansslags, Udfald
from aftaler.models.plan import Helhedsplan
from helhedsplan.felter import Beloebsord, Linje, Sagt, Tekst, Tidsdato, enten_dag_eller_ord, i_vores_tid, sagt_tid
from helhedsplan.maengde import Maengde
from helhedsplan.tid import Tid


class Planraekke(models.Model):
    orden = models.PositiveSmallIntegerField("rækkefølge", default=0)

    class Meta:
        abstract = True
        ordering = ["plan_id", "orden", "pk"]


class Sagsnummer(Planraekke):
    """A number that Landsbyggefonden has the plan under, and what it is for where there are several: an area, say."""

    plan = models.ForeignKey(
        Helhedsplan, on_delete=models.PROTECT, related_name="sagsnumre", verbose_name="helhedsplan"
    )
    nummer = Linje("nummer", max_length=60)
    gaelder = Linje("gælder", blank=True)

    class Meta(Planraekke.Meta):
        verbose_name = "sagsnummer hos Landsbyggefonden"
        verbose_name_plural = "sagsnumre hos Landsbyggefonden"
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "nummer", "gaelder"],
                name="sagsnummer_en_gang",
                violation_error_message="Nummeret står to gange.",
                violation_error_code="nummer",
            )
        ]

    def __str__(self):
        return f"{self.nummer} ({self.gaelder})" if self.gaelder else self.nummer


class Sideplan(Planraekke):
    """A plan beside this one, for the same homes: a renovation, say. Its money is its own and in no sum of this plan.
    maal: its own goals, one on each line."""

    plan = models.ForeignKey(
        Helhedsplan, on_delete=models.PROTECT, related_name="sideplaner", verbose_name="helhedsplan"
    )
    navn = Linje("navn")
    slags = models.CharField("slags", max_length=20, choices=Sideplansslags, default=Sideplansslags.FYSISK)
    beloeb = Beloebsord("beløb", blank=True)
    kilde = Linje("kilde", blank=True)
    maal = Tekst("planens egne mål", blank=True)

    class Meta(Planraekke.Meta):
        verbose_name = "plan ved siden af"
        verbose_name_plural = "planer ved siden af"
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "navn"],
                name="sideplan_en_gang",
                violation_error_message="Der står allerede en plan ved siden af med det navn.",
                violation_error_code="navn",
            ),
            models.CheckConstraint(
                condition=Q(slags__in=Sideplansslags.values),
                name="sideplan_slags_kendt",
                violation_error_message="Vælg, hvad det er for en plan.",
                violation_error_code="slags",
            ),
        ]

    def __str__(self):
        return self.navn

    @property
    def beloebet(self) -> Maengde:
        return Beloebsord.laest(self.beloeb)


#: More people have no vote in one department.
FLEST_STEMMER = 99_999


def _stemmer(navn: str) -> models.PositiveIntegerField:
    return models.PositiveIntegerField(navn, null=True, blank=True, validators=[MaxValueValidator(FLEST_STEMMER)])


class Behandling(Planraekke):
    """That the plan was before a body: a committee, the council, the fund, or the residents of one department.

    planer: others that the same decision was about; andre: those that are not in this installation. It stands with the
    plan that it was written in, and is told by all of them.
    """

    plan = models.ForeignKey(
        Helhedsplan, on_delete=models.PROTECT, related_name="behandlinger", verbose_name="helhedsplan"
    )
    organ = Linje("organ")
    afdeling = Linje("afdeling", blank=True)
    dato = Tidsdato("dato", null=True, blank=True, validators=[i_vores_tid])
    dato_sagt = Sagt("dato, som oplyst")
    punkt = Linje("punkt", max_length=60, blank=True)
    udfald = models.CharField("udfald", max_length=20, choices=Udfald, blank=True, default=Udfald.VENTER)
    ja = _stemmer("stemmer for")
    nej = _stemmer("stemmer imod")
    vilkaar = Tekst("vilkår", blank=True)
    planer = models.ManyToManyField(
        Helhedsplan, related_name="behandlet_med", blank=True, verbose_name="også for planerne"
    )
    andre = Linje("også for planer, der ikke er her", blank=True)

    class Meta(Planraekke.Meta):
        verbose_name = "behandling"
        verbose_name_plural = "behandlinger"
        constraints = [
            models.CheckConstraint(
                condition=Q(udfald__in=Udfald.values),
                name="behandling_udfald_kendt",
                violation_error_message="Vælg, hvad udfaldet var.",
                violation_error_code="udfald",
            ),
            models.CheckConstraint(
                condition=~Q(udfald=Udfald.MED_VILKAAR) | ~Q(vilkaar=""),
                name="behandling_vilkaar_skrevet",
                violation_error_message="Skriv de vilkår, som planen blev godkendt på.",
                violation_error_code="vilkaar",
            ),
            enten_dag_eller_ord("behandling", "dato"),
        ]

    def __str__(self):
        return f"{self.organ}, {self.afdeling}" if self.afdeling else self.organ

    @property
    def hvornaar(self) -> Tid:
        return sagt_tid(self, "dato")


class Faelles(Planraekke):
    """Something that this plan has together with others: an amount, a secretariat. It is written in one of them, told
    by all, and in no sum of any."""

    plan = models.ForeignKey(Helhedsplan, on_delete=models.PROTECT, related_name="faelles", verbose_name="helhedsplan")
    slags = models.CharField("slags", max_length=20, choices=Faellesslags)
    navn = Linje("hvad")
    beloeb = Beloebsord("beløb", blank=True)
    kilde = Linje("kilde", blank=True)
    hoerer_til = models.CharField("hører til", max_length=10, choices=Hjemsted, default=Hjemsted.HER)
    planer = models.ManyToManyField(
        Helhedsplan, related_name="faelles_med", blank=True, verbose_name="fælles med planerne"
    )
    andre = Linje("fælles med planer, der ikke er her", blank=True)

    class Meta(Planraekke.Meta):
        verbose_name = "fælles med andre planer"
        verbose_name_plural = "fælles med andre planer"
        constraints = [
            models.CheckConstraint(
                condition=Q(slags__in=Faellesslags.values, hoerer_til__in=Hjemsted.values),
                name="faelles_valg_kendte",
                violation_error_message="Vælg, hvad der er fælles, og hvor det hører til.",
                violation_error_code="slags",
            ),
            models.CheckConstraint(
                condition=~Q(slags=Faellesslags.BELOEB) | ~Q(beloeb=""),
                name="faelles_beloeb_skrevet",
                violation_error_message="Skriv det fælles beløb, eller ikke oplyst.",
                violation_error_code="beloeb",
            ),
        ]

    def __str__(self):
        return self.navn
