from django.db import models
from django.db.models import Q

from aftaler.choices import Organisationsart
from aftaler.models.navn import Sammenlagt, sammenlagtes_regler
from helhedsplan.felter import Linje
from helhedsplan.kollation import dansk
from helhedsplan.models import Versioneret


class Organisationsudvalg(models.QuerySet):
    """For what is shared and can be put away: organisations and their afdelinger."""

    def valgbare(self, *valgte):
        """Those that are offered: the archived ones are not, except where they are chosen already."""
        return self.filter(Q(arkiveret__isnull=True) | Q(pk__in=[pk for pk in valgte if pk]))


class Organisation(Sammenlagt, Versioneret):
    """A boligorganisation, a kommune or another body that takes part in plans; shared by all plans. Of one whose art is
    UKENDT it is known that it is not told who it is: each plan has its own, and those are not one another."""

    noegle = models.SlugField("nøgle", max_length=80, unique=True)
    navn = Linje("navn")
    kort_navn = Linje("kort navn", max_length=40, blank=True)
    art = models.CharField("art", max_length=20, choices=Organisationsart)
    arkiveret = models.DateField("arkiveret", null=True, blank=True, editable=False)

    objects = Organisationsudvalg.as_manager()

    class Meta:
        verbose_name = "organisation"
        verbose_name_plural = "organisationer"
        ordering = [dansk("navn"), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["navn"],
                condition=~Q(art=Organisationsart.UKENDT),
                name="organisation_navn",
                violation_error_message="Der findes allerede en organisation med det navn.",
            ),
            *sammenlagtes_regler("organisation"),
        ]

    def __str__(self):
        return self.navn

    @property
    def er_ikke_oplyst(self) -> bool:
        return self.art == Organisationsart.UKENDT


class Afdeling(Sammenlagt, Versioneret):
    """A department of a boligorganisation, with a number, a name or both. Its number is unique only within the
    organisation."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="afdelinger", verbose_name="organisation"
    )
    nummer = Linje("nummer", max_length=20, blank=True)
    navn = Linje("navn", blank=True)
    arkiveret = models.DateField("arkiveret", null=True, blank=True, editable=False)

    objects = Organisationsudvalg.as_manager()

    class Meta:
        verbose_name = "afdeling"
        verbose_name_plural = "afdelinger"
        ordering = [dansk("organisation__navn"), "nummer", dansk("navn"), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "nummer"],
                condition=~Q(nummer=""),
                name="afdeling_nummer_i_organisation",
                violation_error_message="Organisationen har allerede en afdeling med det nummer.",
            ),
            models.UniqueConstraint(
                fields=["organisation", "navn"],
                condition=Q(nummer=""),
                name="afdeling_navn_uden_nummer",
                violation_error_message="Organisationen har allerede en afdeling uden nummer med det navn.",
            ),
            models.CheckConstraint(
                condition=~Q(nummer="") | ~Q(navn=""),
                name="afdeling_nummer_eller_navn",
                violation_error_message="Skriv afdelingens nummer, dens navn eller begge dele.",
                violation_error_code="navn",
            ),
            *sammenlagtes_regler("afdeling"),
        ]

    def __str__(self):
        return ", ".join(filter(None, [self.navn, f"afd. {self.nummer}" if self.nummer else ""]))
