"""What is agreed on top of a plan while it runs: extensions, addenda, and an end before time."""

from dataclasses import replace
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from aftaler.choices import Fase, Lagslags
from aftaler.models.plan import Helhedsplan, Omraade, Planperiode, Planudvalg
from helhedsplan.felter import Linje, Sagt, Tekst, Tidsdato, enten_dag_eller_ord, i_vores_tid, sagt_tid
from helhedsplan.formats import opremsning
from helhedsplan.laest import laest_en_gang
from helhedsplan.maengde import Maengde, laes_maengde, maengde
from helhedsplan.models import Versioneret
from helhedsplan.svar import Svar
from helhedsplan.tallaeser import BELOEB
from helhedsplan.tid import Tid, dagen, er_foer, lagt_til

HOEJESTE_BELOEB = 1_000_000_000
FOER_BEVILLING = {Fase.IDE, Fase.PRAEKVALIFIKATION, Fase.ANSOEGNING}
UDEN_SLUT = "Skriv, hvornår planen slutter nu, eller hvor meget længere den løber."


class Lag(Versioneret):
    """A dated layer on top of the plan, with a paper of its own.

    It counts once it is told from when (`gaelder_fra`): by a person, of a paper that was agreed outside of the program,
    or by the edition that was put in force here (`ikraft_ved`, its document id), and then it is not edited. Withdrawn
    it does not count from `ophaevet` on, for good. Layers stack in their order; the last that moves the end decides it.
    """

    plan = models.ForeignKey(Helhedsplan, on_delete=models.PROTECT, related_name="lag", verbose_name="helhedsplan")
    noegle = models.SlugField("nøgle", max_length=80)
    orden = models.PositiveSmallIntegerField("rækkefølge", default=0)
    navn = Linje("papirets navn")
    slags = models.CharField("slags", max_length=20, choices=Lagslags, default=Lagslags.FORLAENGELSE)
    oven_paa = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="oven_over", null=True, blank=True, verbose_name="oven på"
    )
    til = Tidsdato("ny slutdato", null=True, blank=True, validators=[i_vores_tid])
    til_sagt = Sagt("ny slutdato, som oplyst", varighed=True)
    gaelder_fra = Tidsdato("gælder fra", null=True, blank=True, validators=[i_vores_tid])
    gaelder_fra_sagt = Sagt("gælder fra, som oplyst")
    ophaevet = models.DateField("ophævet", null=True, blank=True, validators=[i_vores_tid])
    aftalt_i = Linje("aftalt i", max_length=200, blank=True, default="")
    ikraft_ved = models.CharField("sat i kraft ved", max_length=300, blank=True, default="", editable=False)
    beloeb = Linje("beløb oven på bevillingen", max_length=80, blank=True, default="")
    omraader = models.ManyToManyField(Omraade, related_name="lag", blank=True, verbose_name="områder")
    baggrund = Tekst("baggrund", blank=True)
    indhold = Tekst("det, der aftales", blank=True)

    objects = Planudvalg.as_manager()

    class Meta:
        verbose_name = "lag oven på planen"
        verbose_name_plural = "lag oven på planen"
        ordering = ["plan_id", "orden", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "noegle"], name="lag_noegle"),
            models.UniqueConstraint(
                fields=["plan", "navn"],
                condition=Q(ophaevet__isnull=True),
                name="lag_navn",
                violation_error_message="Planen har allerede et lag med det navn.",
            ),
            enten_dag_eller_ord("lag", "til"),
            enten_dag_eller_ord("lag", "gaelder_fra"),
            models.CheckConstraint(
                condition=Q(til__isnull=True, til_sagt="") | ~Q(slags=Lagslags.TILLAEG),
                name="lag_tillaeg_uden_slutdato",
                violation_error_message="Et tillæg flytter ikke slutdatoen. Vælg forlængelse, eller fjern slutdatoen.",
            ),
            models.CheckConstraint(
                condition=Q(til__isnull=False)
                | ~Q(til_sagt="")
                | Q(slags=Lagslags.TILLAEG)
                | Q(gaelder_fra__isnull=True, gaelder_fra_sagt=""),
                name="lag_ny_slutdato",
                violation_error_message=UDEN_SLUT,
            ),
            models.CheckConstraint(
                condition=Q(ophaevet__isnull=True) | Q(gaelder_fra__isnull=False) | ~Q(gaelder_fra_sagt=""),
                name="lag_ophaevet_har_gaeldet",
                violation_error_message="Kun det, der har gældet, kan ophæves. Skriv, hvornår det gælder fra.",
            ),
        ]

    def __str__(self):
        return self.navn

    @property
    def slagsnavn(self) -> str:
        return str(Lagslags(self.slags).label)

    @property
    def flytter_slut(self) -> bool:
        return Lagslags(self.slags).flytter_slut

    @property
    def begynder(self) -> Tid:
        return sagt_tid(self, "gaelder_fra")

    @property
    def ny_slut(self) -> Tid:
        """As it is written: a day, words, or how much longer."""
        return sagt_tid(self, "til")

    @property
    def gaar_over(self) -> bool:
        return Lagslags(self.slags).gaar_over

    @property
    def planer_efter(self) -> list[Helhedsplan]:
        """The plans that go on from this one, as far as they are here and say so."""
        return list(self.fortsaetter_i.all()) if self.gaar_over else []

    @property
    def overgang(self) -> str:
        """'lagt ind i »B«', 'delt i »B« og »C«'; of what is not here, what it is."""
        efter = opremsning([f"»{plan}«" for plan in self.planer_efter])
        if self.slags == Lagslags.SAMMENLAEGNING:
            return f"lagt ind i {efter}" if efter else "lagt sammen med en anden plan"
        return f"delt i {efter}" if efter else "delt i flere planer"

    def slut_efter(self, slut: Tid) -> Tid:
        """The end that it moves the plan's end to; an extension whose length is not told ends no sooner than before."""
        efter = lagt_til(slut, self.ny_slut)
        if self.slags == Lagslags.FORLAENGELSE and efter.er_ikke_oplyst:
            return replace(efter, tidligst=slut.tidligst)
        return efter

    def taeller(self, dag: date | None = None) -> bool:
        """Whether it counts as things stand, or did on a day. What is told of without a day always did."""
        if self.begynder.er_mangler:
            return False
        if dag is None:
            return self.ophaevet is None
        begyndt = self.begynder.senest or self.begynder.tidligst or date.min
        return begyndt <= dag and not (self.ophaevet and self.ophaevet <= dag)

    @property
    def stand(self) -> str:
        if self.begynder.er_mangler:
            return "Kladde"
        if self.ophaevet:
            return "Ophævet"
        return "Gælder endnu ikke" if er_foer(dagen(timezone.localdate()), self.begynder) is Svar.HOLDER else "Gælder"

    @property
    def er_skrevet_ind(self) -> bool:
        """It counts by what a person has written of a paper from outside, and not by an edition here."""
        return not self.begynder.er_mangler and not self.ikraft_ved

    def er_bagvendt(self, foer: Tid) -> bool:
        """An extension that surely ends no later than the plan did before it, an early end that ends no sooner."""
        efter = self.slut_efter(foer)
        if self.slags == Lagslags.FORLAENGELSE:
            return _ikke_senere(efter, foer)
        if self.gaar_over:
            return er_foer(foer, efter) is Svar.HOLDER
        return self.slags == Lagslags.OPHOER and _ikke_senere(foer, efter)

    @property
    def intet_under(self) -> str:
        """Why nothing can lie on top of the plan yet; '' when it can."""
        if self.plan.fase not in FOER_BEVILLING:
            return ""
        fase = Fase(self.plan.fase).label
        return f"Planens fase er {fase}, så der er ingen aftale at lægge noget oven på. Ret fasen først."

    @property
    def laast(self) -> str:
        """Why it is edited no more; '' while it is."""
        if not self.ikraft_ved:
            return ""
        return (
            f"»{self}« er sat i kraft ved udgaven {self.ikraft_ved}. Træk udgaven tilbage, hvis det ikke skal gælde, "
            "og tilføj et nyt oven på planen, hvis noget skal ændres."
        )

    @property
    def beloebet(self) -> Maengde:
        """As it was told; the first grant may be unknown."""
        return maengde(None, self.beloeb, BELOEB)

    def under(self) -> tuple[Tid, list["Lag"]]:
        """The end that this layer moves, and the layers below it."""
        alle = _alle_i(self.plan_id)
        lavere = [lag for lag in alle if lag.pk != self.pk and (self.pk is None or _plads(lag) < _plads(self))]
        slut = self.plan.aftalt_slut
        for lag in lavere:
            if lag.flytter_slut and lag.taeller():
                slut = lag.slut_efter(slut)
        return slut, lavere

    def perioden_med(self) -> Planperiode:
        """The plan's period when this counts too, whether or not it does yet."""
        if not self.flytter_slut or self.ny_slut.er_mangler:
            return self.plan.perioden()
        return Planperiode(self.plan.begynder, self.slut_efter(self.under()[0]), self)

    def clean(self):
        super().clean()
        if not self.plan_id:
            return
        self._tjek_beloeb()
        self._tjek_oven_paa()
        if self.flytter_slut and not self.ny_slut.er_mangler:
            self._tjek_slut()
        elif self.flytter_slut and not self.begynder.er_mangler:
            raise ValidationError({"til": UDEN_SLUT}, code="mangler")

    def _tjek_beloeb(self) -> None:
        try:
            laest = laes_maengde(self.beloeb, BELOEB)
        except ValueError as fejl:
            raise ValidationError({"beloeb": str(fejl)}, code="invalid") from None
        tallene = [t for t in (laest.lavest, laest.hoejest, laest.vaerdi) if t is not None]
        if not all(0 < t <= HOEJESTE_BELOEB for t in tallene):
            besked = "Beløbet oven på bevillingen skal være større end 0 og højst en milliard kr."
            raise ValidationError({"beloeb": besked}, code="graense")

    def _tjek_slut(self) -> None:
        foer, _ = self.under()
        efter = self.slut_efter(foer)
        if self.slags == Lagslags.FORLAENGELSE and self.er_bagvendt(foer):
            besked = f"Forlængelsen slutter {efter}, men uden den slutter planen {foer}. Skriv en senere dag."
            raise ValidationError({"til": besked}, code="bagvendt")
        if self.slags == Lagslags.OPHOER and self.er_bagvendt(foer):
            besked = f"Planen slutter {foer} i forvejen. Skriv en dag før den, eller vælg forlængelse."
            raise ValidationError({"til": besked}, code="bagvendt")
        if self.gaar_over and self.er_bagvendt(foer):
            besked = f"Planen slutter {foer} i forvejen. Skriv den dag eller en før, hvor den gik over i en anden."
            raise ValidationError({"til": besked}, code="bagvendt")
        if er_foer(efter, self.plan.begynder) is Svar.HOLDER:
            besked = f"Planen begynder {self.plan.begynder}. Den kan ikke slutte {efter}."
            raise ValidationError({"til": besked}, code="bagvendt")
        if er_foer(efter, self.begynder) is Svar.HOLDER:
            besked = f"Planen slutter {efter} og kan ikke ændres fra {self.begynder}."
            raise ValidationError({"gaelder_fra": besked}, code="bagvendt")

    def _tjek_oven_paa(self) -> None:
        under = self.oven_paa
        if under is None:
            return
        if under.plan_id != self.plan_id or under.pk == self.pk:
            raise ValidationError({"oven_paa": f"»{under}« kan ikke ligge under dette."}, code="fremmed")
        if self.pk and under not in self.under()[1]:
            raise ValidationError({"oven_paa": f"»{under}« ligger oven på dette. Vælg et tidligere."}, code="ring")
        if self.begynder.er_mangler:
            return
        if not under.taeller():
            hvad = "er ophævet" if under.ophaevet else "gælder ikke endnu"
            besked = f"»{under}« {hvad}. Skriv, hvornår det gælder fra, før noget gælder oven på det."
            raise ValidationError({"oven_paa": besked}, code="ikke-i-kraft")
        if er_foer(self.begynder, under.begynder) is Svar.HOLDER:
            besked = f"»{under}« gælder først fra {under.begynder}. Vælg en dag, hvor det gælder."
            raise ValidationError({"gaelder_fra": besked}, code="ikke-i-kraft")


@laest_en_gang
def _alle_i(plan_id: int) -> list[Lag]:
    return list(Lag.objects.filter(plan_id=plan_id))


def _plads(lag: Lag) -> tuple[int, int]:
    return lag.orden, lag.pk or 0


def _ikke_senere(en: Tid, anden: Tid) -> bool:
    """Surely no later than the other; the same day is no later."""
    if en.dag and anden.dag:
        return en.dag <= anden.dag
    return er_foer(en, anden) is Svar.HOLDER
