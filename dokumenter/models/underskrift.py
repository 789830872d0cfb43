from django.conf import settings
from django.db import models
from django.db.models import Q

from aftaler.models.plan import i_planer
from dokumenter.choices import Filart, Underskriftsmetode
from dokumenter.models.faelles import Fast
from dokumenter.models.udgave import Udgave, Udgavehoerende
from dokumenter.rules import fuldmagt_i_ord
from helhedsplan.felter import Formet, Linje, Tekst, i_vores_tid
from helhedsplan.former import UlaeseligeData
from helhedsplan.models import Versioneret


class Udgavedel(models.QuerySet):
    """For what belongs to an edition and changes after it."""

    def for_bruger(self, bruger):
        return self.filter(udgave__plan__in=i_planer(bruger))


class Filrevision(Fast):
    """One state of an edition's file: as issued (number 1), and after each signature. Only added to; a scan that was a
    wrong one may be withdrawn: it stays, and nobody has signed with it any more.

    A later one of the art `underskrevet` or `tidsstemplet` begins with the former's bytes. `tilfoejet` says in words
    what a known service (`tjeneste`) has added to the paper, for every later signer to see.
    """

    SKIFTENDE = frozenset({"trukket", "trukket_grund"})

    udgave = models.ForeignKey(Udgave, on_delete=models.PROTECT, related_name="filrevisioner", verbose_name="udgave")
    nummer = models.PositiveIntegerField("nummer")
    art = models.CharField("art", max_length=20, choices=Filart)
    fil = models.FileField("fil", upload_to="udgaver/", max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)
    stoerrelse = models.PositiveIntegerField("størrelse i byte")
    tjeneste = Linje("tjeneste", max_length=100, blank=True)
    tilfoejet = Formet("lagt til af tjenesten", default=list, blank=True, form=list[str])
    foer = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="efter", null=True, blank=True, verbose_name="før"
    )
    oprettet = models.DateTimeField("oprettet", auto_now_add=True)
    trukket = models.DateTimeField("trukket tilbage", null=True, blank=True)
    trukket_grund = Tekst("grund til at trække filen tilbage", blank=True, max_length=600)

    objects = Udgavehoerende.as_manager()

    class Meta:
        verbose_name = "filrevision"
        verbose_name_plural = "filrevisioner"
        ordering = ["udgave_id", "nummer"]
        constraints = [
            models.UniqueConstraint(
                fields=["udgave", "nummer"],
                name="filrevision_nummer",
                violation_error_message="En anden har skrevet under imens. Åbn siden igen.",
            ),
            models.CheckConstraint(
                condition=Q(nummer=1, art=Filart.UDSTEDT, foer__isnull=True)
                | (Q(nummer__gt=1, foer__isnull=False) & ~Q(art=Filart.UDSTEDT)),
                name="filrevision_foerste_er_udstedt",
                violation_error_message="Den første fil er den udstedte, og hver senere bygger på den før.",
            ),
            models.CheckConstraint(
                condition=Q(trukket__isnull=True, trukket_grund="")
                | Q(trukket__isnull=False, art=Filart.SCANNET) & ~Q(trukket_grund=""),
                name="filrevision_trukket_scanning_med_grund",
                violation_error_message="Kun et scannet papir kan trækkes tilbage, og kun med en grund.",
            ),
        ]

    def __str__(self):
        return f"{self.udgave}: {self.get_art_display().lower()}"

    @property
    def plan(self):
        return self.udgave.plan

    @property
    def lagt_til(self) -> list[str]:
        """`tilfoejet`, or that it cannot be read."""
        ulaeselig = isinstance(self.tilfoejet, UlaeseligeData)
        return ["Det, tjenesten har lagt til, kan ikke læses."] if ulaeselig else self.tilfoejet


class Underskriver(Versioneret):
    """A party that signs one edition, as its page "Underskrifter" names it, and whether it has.

    `orden` 0 means any order; else those with a lower one sign first. `bruger` is the account that signs in the
    program. Party, name and title are those of the frozen paper and do not change.
    """

    udgave = models.ForeignKey(Udgave, on_delete=models.PROTECT, related_name="underskrivere", verbose_name="udgave")
    part_navn = Linje("part")
    navn = Linje("navn", blank=True)
    titel = Linje("titel", blank=True)
    orden = models.PositiveSmallIntegerField("rækkefølge", default=0)
    bruger = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="underskrifter",
        null=True,
        blank=True,
        verbose_name="bruger",
    )
    metode = models.CharField(
        "underskrevet hvordan", max_length=10, choices=Underskriftsmetode, blank=True, default=Underskriftsmetode.INGEN
    )
    underskrevet = models.DateTimeField("underskrevet", null=True, blank=True)
    filrevision = models.ForeignKey(
        Filrevision, on_delete=models.PROTECT, related_name="underskrivere", null=True, blank=True, verbose_name="fil"
    )

    #: Who signs in ink or at a service when it is not the person whom the paper names.
    stedfortraeder = Linje("en anden, der skriver under", blank=True)
    fuldmagt_fra = Linje("fuldmagt givet af", blank=True)
    fuldmagt_dato = models.DateField("fuldmagtens dato", null=True, blank=True, validators=[i_vores_tid])
    fuldmagt_fil = models.FileField("fuldmagten som fil", upload_to="fuldmagter/", max_length=200, blank=True)
    fuldmagt_filnavn = Linje("fuldmagtens filnavn", blank=True)
    fuldmagt_sha256 = models.CharField("fuldmagtens SHA-256", max_length=64, blank=True)

    objects = Udgavedel.as_manager()

    class Meta:
        verbose_name = "underskriver"
        verbose_name_plural = "underskrivere"
        ordering = ["udgave_id", "orden", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["udgave", "part_navn"],
                name="underskriver_en_pr_part",
                violation_error_message="Parten står allerede på udgavens side med underskrifter.",
            ),
            models.CheckConstraint(
                condition=Q(metode=Underskriftsmetode.INGEN, underskrevet__isnull=True, filrevision__isnull=True)
                | (~Q(metode=Underskriftsmetode.INGEN) & Q(underskrevet__isnull=False) & Q(filrevision__isnull=False)),
                name="underskriver_helt_eller_slet_ikke",
                violation_error_message="En underskrift har en måde, et tidspunkt og en fil, eller intet af det.",
            ),
            models.CheckConstraint(
                condition=Q(fuldmagt_fra="", fuldmagt_dato__isnull=True, fuldmagt_fil="")
                | ~Q(fuldmagt_fra="") & Q(fuldmagt_dato__isnull=False),
                name="underskriver_fuldmagt_fra_og_dato",
                violation_error_message="Skriv både, hvem der har givet fuldmagten, og hvornår.",
            ),
        ]

    def __str__(self):
        return self.part_navn

    @property
    def plan(self):
        return self.udgave.plan

    @property
    def hvem(self) -> str:
        """Who signs, or has signed, as far as it is known; '' for nobody known but by the paper."""
        return self.hvem_naar({})

    @property
    def er_naevnt(self) -> bool:
        """Whether anything says who signs: the paper or somebody since."""
        return bool(self.navn or self.hvem)

    def hvem_naar(self, felter: dict) -> str:
        """The same, were these fields written."""
        bruger = felter.get("bruger", self.bruger)
        return str(bruger) if bruger else felter.get("stedfortraeder", self.stedfortraeder)

    @property
    def fuldmagt_i_ord(self) -> str:
        return fuldmagt_i_ord(self.navn, self.hvem, self.fuldmagt_fra, self.fuldmagt_dato)
