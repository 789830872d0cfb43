from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from aftaler.choices import Fase, Oplysning
from aftaler.models.navn import Sammenlagt, sammenlagtes_regler
from aftaler.models.organisation import Afdeling, Organisation
from aftaler.models.regelsaet import Indsatsomraade, Regelsaet
from helhedsplan import parametergraenser
from helhedsplan.felter import (
    Formet,
    Linje,
    Sagt,
    Tekst,
    Tidsdato,
    enten_dag_eller_ord,
    i_vores_tid,
    sagt_tid,
    tjek_tidsorden,
)
from helhedsplan.formats import opremsning
from helhedsplan.kollation import dansk
from helhedsplan.laest import den_samme, raekkerne
from helhedsplan.models import Versioneret
from helhedsplan.rettigheder import ROLLEVALG, Rettighed, roller_med
from helhedsplan.tid import Tid, laengde, tidsrum

if TYPE_CHECKING:
    from aftaler.models.lag import Lag


@dataclass(frozen=True)
class Planperiode:
    """When a plan runs, and what says so: the layer that moved its end, None where that is as first agreed."""

    fra: Tid
    til: Tid
    lag: "Lag | None" = None

    @property
    def dage(self) -> str:
        return tidsrum(self.fra, self.til)

    @property
    def ifoelge(self) -> str:
        """5½ år ifølge »Forlængelse på 18 måneder«; '' of a period as first agreed."""
        if self.lag is None:
            return ""
        return f"{laengde(self.fra, self.til)} ifølge »{self.lag.navn}«".strip()

    @property
    def i_ord(self) -> str:
        return med_papir(self.dage, self.ifoelge)

    @property
    def senest_dag(self) -> date | None:
        """After this day it surely is over; None where nothing is sure."""
        return None if self.til.formentlig else self.til.senest


BAGVENDT = "Perioden slutter, før den begynder. Ret en af datoerne."


def med_papir(dage: str, ifoelge: str) -> str:
    """A period with the paper that says so, where that is not the agreement itself."""
    return f"{dage} ({ifoelge})" if ifoelge else dage


def i_planer(bruger, rettighed: Rettighed | None = Rettighed.SE) -> models.QuerySet:
    """The plans in which the person has the right today, for a filter: `plan__in=i_planer(bruger)`. None: any right."""
    return (
        Medlemskab.objects.gaeldende(*([rettighed] if rettighed else []))
        .filter(bruger_id=bruger.pk)
        .order_by()
        .values("plan")
    )


class Helhedsplanudvalg(models.QuerySet):
    def for_bruger(self, bruger, rettighed: Rettighed | None = Rettighed.SE):
        """The plans in which the person has the right today; the only way a view gets plans."""
        return self.filter(pk__in=i_planer(bruger, rettighed))


def kendte_oplysninger(vaerdi: list[str]) -> None:
    if fremmede := [v for v in vaerdi if v not in Oplysning.values]:
        raise ValidationError(
            f"»{str(fremmede[0])[:60]}« kan ikke vælges her. Vælg mellem: {', '.join(Oplysning.values)}."
        )
    if len(set(vaerdi)) != len(vaerdi):
        raise ValidationError("Det samme står der to gange.")


class Helhedsplan(Versioneret):
    """One boligsocial helhedsplan: the root of everything that is written, counted and decided in it.

    The period may be open in a draft. `periode_fra` and `periode_til` are what was first agreed; what moves the end
    since is layers (`Lag`), and whoever counts asks `slutter`, `periode` or `perioden`. `noegle` names the plan in
    addresses and plan files and never changes.
    """

    noegle = models.SlugField("nøgle", max_length=80, unique=True)
    navn = Linje("navn")
    omraadenavn = Linje("områdets navn", blank=True, help_text="Som det skal stå på aftalens forside.")
    regelsaet = models.ForeignKey(Regelsaet, on_delete=models.PROTECT, related_name="planer", verbose_name="pulje")
    periode_fra = Tidsdato("periode fra", null=True, blank=True, validators=[i_vores_tid])
    periode_fra_sagt = Sagt("periode fra, som oplyst")
    periode_til = Tidsdato("periode til", null=True, blank=True, validators=[i_vores_tid])
    periode_til_sagt = Sagt("periode til, som oplyst", varighed=True)
    fase = models.CharField("fase", max_length=20, choices=Fase, default=Fase.IDE)
    forgaenger = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="efterfoelgere", null=True, blank=True, verbose_name="forgænger"
    )
    kommer_af = models.ManyToManyField(
        "aftaler.Lag", related_name="fortsaetter_i", blank=True, verbose_name="lagt ind i planen, eller delt fra"
    )
    ikke_oplyst = Formet(
        "det er ikke oplyst",
        form=list[str],
        default=list,
        blank=True,
        validators=[kendte_oplysninger],
        help_text="Det, kilderne ikke fortæller. Så siger kontrollen, at det ikke kan ses, og beder ikke om det.",
    )
    note = Tekst("note", blank=True)
    arkiveret = models.DateField("arkiveret", null=True, blank=True, editable=False)
    kraever_to_trin = models.BooleanField(
        "den, der skriver i planen, skal have login i to trin",
        default=False,
        help_text="En passkey, eller en kode fra en app, oven på adgangskoden. Den, der ikke har det, bliver bedt om "
        "at slå det til, før planen kan åbnes. Login fra kommunen følger kommunens egne krav.",
    )
    milepaelsplan_opdateret = models.DateField(
        "milepælsplanen sidst gennemgået", null=True, blank=True, validators=[i_vores_tid]
    )
    beredskabsplan_opdateret = models.DateField(
        "beredskabsplanen sidst gennemgået", null=True, blank=True, validators=[i_vores_tid]
    )
    indsatsomraader = models.ManyToManyField(
        Indsatsomraade, related_name="planer", blank=True, verbose_name="valgte indsatsområder"
    )

    objects = Helhedsplanudvalg.as_manager()

    class Meta:
        verbose_name = "helhedsplan"
        verbose_name_plural = "helhedsplaner"
        ordering = [dansk("navn"), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(periode_fra__isnull=True)
                | Q(periode_til__isnull=True)
                | Q(periode_til__gt=F("periode_fra")),
                name="plan_periode_i_orden",
                violation_error_message=BAGVENDT,
            ),
            enten_dag_eller_ord("plan", "periode_fra"),
            enten_dag_eller_ord("plan", "periode_til"),
            models.CheckConstraint(
                condition=Q(forgaenger__isnull=True) | ~Q(forgaenger=F("id")),
                name="plan_ikke_sin_egen_forgaenger",
                violation_error_message="En plan kan ikke være sin egen forgænger.",
            ),
        ]

    def __str__(self):
        return self.navn

    def clean(self):
        super().clean()
        tjek_tidsorden(self, "periode_fra", "periode_til", "Perioden slutter, før den begynder.")
        if self.periode_fra and self.periode_til and self.periode_til <= self.periode_fra:
            samme = "Perioden begynder og slutter den samme dag. Skriv den dag, planen slutter."
            besked = samme if self.periode_til == self.periode_fra else BAGVENDT
            raise ValidationError({"periode_til": besked}, code="bagvendt")
        if self.regelsaet_id and self.regelsaet.er_kladde:
            raise ValidationError({"regelsaet": f"»{self.regelsaet}« er en kladde. Udgiv regelsættet først."})

    @property
    def plan(self):
        return self

    @property
    def kender_puljen(self) -> bool:
        """Whether it is told which pulje the plan is under. Where it is not, `regelsaet` is only whose template the
        papers are written in: what that pulje demands is not asked of the plan."""
        return Oplysning.PULJE not in self.ikke_oplyst

    @property
    def puljens_id(self) -> int | None:
        """Of the rule set whose goals and demands are the plan's; None where it is not told."""
        return self.regelsaet_id if self.kender_puljen else None

    @property
    def puljen(self) -> str:
        """As page and paper say it."""
        return self.regelsaet.navn if self.kender_puljen else "Ikke oplyst"

    @property
    def lbf_sagsnummer(self) -> str:
        """The numbers that Landsbyggefonden has it under, each with what it is for; '' of none."""
        return opremsning([str(nummer) for nummer in raekkerne(self, "sagsnumre")])

    @property
    def begynder(self) -> Tid:
        return sagt_tid(self, "periode_fra")

    @property
    def aftalt_slut(self) -> Tid:
        """The end as it was first agreed, a length of time counted from its beginning."""
        return sagt_tid(self, "periode_til").efter(self.begynder)

    @property
    def lagene(self) -> list["Lag"]:
        """The layers from below, read once; for many plans at once they are fetched by `med_lag`."""
        if self.pk is None:
            return []
        med_lag([self])
        return list(den_samme(self).lag.all())

    def perioden(self, dag: date | None = None) -> Planperiode:
        """When the plan runs and which paper says so, as it stands, or as it stood on a day. The one answer that all
        who count a period build on."""
        slut, ved = self.aftalt_slut, None
        for lag in self.lagene:
            if lag.flytter_slut and lag.taeller(dag):
                slut, ved = lag.slut_efter(slut), lag
        return Planperiode(self.begynder, slut, ved)

    def perioderne(self) -> list[Planperiode]:
        """The periods that the plan has had, from the one first agreed: a paper that tells of one was right in its
        time."""
        perioder = [Planperiode(self.begynder, self.aftalt_slut)]
        for lag in self.lagene:
            if lag.flytter_slut and not lag.begynder.er_mangler:
                perioder += [replace(p, til=lag.slut_efter(p.til), lag=lag) for p in perioder]
        return perioder

    @property
    def gik_over_ved(self) -> "Lag | None":
        """What says that the plan was put into another or split, as it stands."""
        return next((lag for lag in reversed(self.lagene) if lag.gaar_over and lag.taeller()), None)

    @property
    def slutter(self) -> Tid:
        """The end of the period, with the layers that count."""
        return self.perioden().til

    def er_forbi(self, i_dag: date) -> bool:
        """Closed, or over as far as its period tells: it is read as it became, and nobody is asked to go on with it."""
        return self.fase == Fase.AFSLUTTET or bool(self.senest_dag and self.senest_dag < i_dag)

    @property
    def tidligst_dag(self) -> date | None:
        """Before this day it surely has not begun; None where nothing is sure."""
        return None if self.begynder.formentlig else self.begynder.tidligst

    @property
    def senest_dag(self) -> date | None:
        """After this day it surely is over; None where nothing is sure."""
        return self.perioden().senest_dag

    @property
    def regnes_fra(self) -> date | None:
        """The day that duties are counted from: the last that the beginning can mean, so that none comes too soon."""
        return self.begynder.senest

    @property
    def regnes_til(self) -> date | None:
        """The day that duties are counted to: the first that the end can mean."""
        return self.slutter.tidligst

    @property
    def periode(self) -> str:
        return self.perioden().i_ord

    def get_absolute_url(self):
        return reverse("plan-overblik", args=[self.noegle])


def med_lag(planer: Sequence[Helhedsplan]) -> None:
    """The layers of the plans that have not theirs yet, in one query."""
    models.prefetch_related_objects([den_samme(plan) for plan in planer if plan is not None], "lag")


class Planudvalg(models.QuerySet):
    """For every model with a `plan` field."""

    def for_bruger(self, bruger, rettighed: Rettighed | None = Rettighed.SE):
        return self.filter(plan__in=i_planer(bruger, rettighed))


class Part(Versioneret):
    """A party to the agreement, for the whole period or part of it, with the person's title who signs for it."""

    plan = models.ForeignKey(Helhedsplan, on_delete=models.PROTECT, related_name="parter", verbose_name="helhedsplan")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="parter", verbose_name="organisation"
    )
    orden = models.PositiveSmallIntegerField("rækkefølge", default=0)
    administrerer = models.BooleanField("administrerer helhedsplanen", default=False)
    gaelder_fra = Tidsdato("gælder fra", null=True, blank=True)
    gaelder_fra_sagt = Sagt("gælder fra, som oplyst")
    gaelder_til = Tidsdato("gælder til", null=True, blank=True)
    gaelder_til_sagt = Sagt("gælder til, som oplyst", varighed=True)
    underskriver = Linje("underskriver", blank=True, help_text="Navnet på den, der skriver under. Kan vente.")
    underskriver_titel = Linje("underskrivers titel", blank=True)

    objects = Planudvalg.as_manager()

    class Meta:
        verbose_name = "part"
        verbose_name_plural = "parter"
        ordering = ["plan_id", "orden", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "organisation"],
                name="part_en_gang",
                violation_error_message="Organisationen er allerede part i planen.",
            ),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(administrerer=True),
                name="part_en_administrerer",
                violation_error_message="En anden part står allerede som den, der administrerer helhedsplanen.",
            ),
            models.CheckConstraint(
                condition=Q(gaelder_fra__isnull=True)
                | Q(gaelder_til__isnull=True)
                | Q(gaelder_til__gte=F("gaelder_fra")),
                name="part_periode_i_orden",
                violation_error_message="Parten ophører, før den begynder. Ret en af datoerne.",
            ),
            enten_dag_eller_ord("part", "gaelder_fra"),
            enten_dag_eller_ord("part", "gaelder_til"),
        ]

    def __str__(self):
        return self.organisation.navn

    def clean(self):
        super().clean()
        tjek_tidsorden(self, "gaelder_fra", "gaelder_til", "Parten ophører, før den begynder.")

    @property
    def begynder(self) -> Tid:
        return sagt_tid(self, "gaelder_fra")

    @property
    def slutter(self) -> Tid:
        return sagt_tid(self, "gaelder_til").efter(self.begynder)

    @property
    def gaelder_kort(self) -> str:
        """When the party is one, for a table; '' of the whole period."""
        har_egen = not (self.begynder.er_mangler and self.slutter.er_mangler)
        return f"{self.begynder.kort} – {self.slutter.kort}" if har_egen else ""


class Omraade(Sammenlagt, Versioneret):
    """A housing area that the plan covers; areas may join and leave at different dates."""

    plan = models.ForeignKey(Helhedsplan, on_delete=models.PROTECT, related_name="omraader", verbose_name="helhedsplan")
    noegle = models.SlugField("nøgle", max_length=80)
    navn = Linje("navn")
    orden = models.PositiveSmallIntegerField("rækkefølge", default=0)
    starter = Tidsdato("starter", null=True, blank=True)
    starter_sagt = Sagt("starter, som oplyst")
    slutter = Tidsdato("slutter", null=True, blank=True)
    slutter_sagt = Sagt("slutter, som oplyst", varighed=True)
    note = Tekst("note", blank=True)
    afdelinger = models.ManyToManyField(
        Afdeling, through="aftaler.Omraadeafdeling", related_name="omraader", blank=True, verbose_name="afdelinger"
    )

    objects = Planudvalg.as_manager()

    class Meta:
        verbose_name = "område"
        verbose_name_plural = "områder"
        ordering = ["plan_id", "orden", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "noegle"], name="omraade_noegle"),
            models.UniqueConstraint(
                fields=["plan", "navn"],
                name="omraade_navn",
                violation_error_message="Planen har allerede et område med det navn.",
            ),
            models.CheckConstraint(
                condition=Q(starter__isnull=True) | Q(slutter__isnull=True) | Q(slutter__gte=F("starter")),
                name="omraade_periode_i_orden",
                violation_error_message="Området slutter, før det starter. Ret en af datoerne.",
            ),
            enten_dag_eller_ord("omraade", "starter"),
            enten_dag_eller_ord("omraade", "slutter"),
            *sammenlagtes_regler("omraade"),
        ]

    def __str__(self):
        return self.navn

    def clean(self):
        super().clean()
        tjek_tidsorden(self, "starter", "slutter", "Området slutter, før det starter.")
        if self.lagt_ind_i and self.lagt_ind_i.plan_id != self.plan_id:
            raise ValidationError({"lagt_ind_i": "Vælg et område i samme plan."})

    @property
    def med_fra(self) -> Tid:
        return sagt_tid(self, "starter")

    @property
    def med_til(self) -> Tid:
        return sagt_tid(self, "slutter").efter(self.med_fra)


class Medlemskabsudvalg(Planudvalg):
    def gaeldende(self, *rettigheder: Rettighed, dag: date | None = None):
        """Those that count on the day (today), of the roles that have all of the rights."""
        dag = dag or timezone.localdate()
        begyndt = Q(fra__isnull=True) | Q(fra__lte=dag)
        ikke_forbi = Q(til__isnull=True) | Q(til__gte=dag)
        return self.filter(begyndt, ikke_forbi, rolle__in=roller_med(*rettigheder))


class Medlemskab(models.Model):
    """A person's role in one plan, from the first day to the last: both may be open, and both count.

    `delaftaler` and `aktiviteter` are the person's own, where the role writes no more than that.
    """

    plan = models.ForeignKey(
        Helhedsplan, on_delete=models.PROTECT, related_name="medlemskaber", verbose_name="helhedsplan"
    )
    bruger = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="medlemskaber", verbose_name="bruger"
    )
    rolle = models.CharField("rolle", max_length=20, choices=ROLLEVALG)
    fra = models.DateField("fra", null=True, blank=True, validators=[i_vores_tid])
    til = models.DateField("til og med", null=True, blank=True, validators=[i_vores_tid])
    delaftaler = models.ManyToManyField(
        "aftaler.Delaftale", related_name="medlemskaber", blank=True, verbose_name="egne delaftaler"
    )
    aktiviteter = models.ManyToManyField(
        "aftaler.Aktivitet", related_name="medlemskaber", blank=True, verbose_name="egne aktiviteter"
    )
    #: Then each login says anew whether it is there; a role that somebody has given by hand it leaves alone.
    fra_login = models.BooleanField("kommer af kommunens login", default=False, editable=False)

    #: When the letter was sent last by which a new account chooses its password.
    inviteret = models.DateTimeField("inviteret", null=True, blank=True, editable=False)

    objects = Medlemskabsudvalg.as_manager()

    class Meta:
        verbose_name = "medlemskab"
        verbose_name_plural = "medlemskaber"
        ordering = ["plan_id", dansk("bruger__navn"), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "bruger"],
                name="medlemskab_en_rolle",
                violation_error_message="Personen har allerede en rolle i planen.",
            ),
            models.CheckConstraint(
                condition=Q(fra__isnull=True) | Q(til__isnull=True) | Q(til__gte=F("fra")),
                name="medlemskab_periode_i_orden",
                violation_error_message="Adgangen slutter, før den begynder. Ret en af datoerne.",
            ),
        ]

    def __str__(self):
        return f"{self.bruger}: {self.get_rolle_display()}"

    @property
    def gaelder(self) -> bool:
        """Does it give anything today."""
        i_dag = timezone.localdate()
        return (self.fra or i_dag) <= i_dag <= (self.til or i_dag)


class Planparameter(Versioneret):
    """The plan's own value for a parameter of its rule set, with the reason."""

    plan = models.ForeignKey(
        Helhedsplan, on_delete=models.PROTECT, related_name="parametre", verbose_name="helhedsplan"
    )
    noegle = models.SlugField("nøgle", max_length=60)
    vaerdi = models.DecimalField("værdi", max_digits=14, decimal_places=4, null=True, blank=True)
    begrundelse = Tekst("begrundelse")

    objects = Planudvalg.as_manager()

    class Meta:
        verbose_name = "planens parameter"
        verbose_name_plural = "planens parametre"
        ordering = ["plan_id", "noegle"]
        constraints = [models.UniqueConstraint(fields=["plan", "noegle"], name="planparameter_noegle")]

    def __str__(self):
        return self.noegle

    def clean(self):
        """The rule set's definition says what the value may be."""
        super().clean()
        egen = self.plan.regelsaet.parametre.filter(noegle=self.noegle).first() if self.plan_id else None
        if egen and (fejl := parametergraenser.fejl(egen.enhed, self.vaerdi)):
            raise ValidationError({"vaerdi": fejl}, code="uden_for_graensen")
