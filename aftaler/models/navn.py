"""Names over time, one table for all that has them: what something was called before, and what else it is called.

A thing keeps its name of today in `navn`, as it always did. A row here is a name that it had once, to a day or to what
is told of it, or another name for it (the state's list, people's own). What was put together with another says so
itself (`Sammenlagt`). What something was called on a day is asked of `aftaler.queries.navne`.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from aftaler.choices import Navneslags
from helhedsplan.felter import Linje, Sagt, Tidsdato, enten_dag_eller_ord, sagt_tid, tjek_tidsorden
from helhedsplan.tid import Tid

#: What has names: the columns of `Navn`, of which each row fills in one.
EJERE = ("organisation", "afdeling", "omraade", "helhedsplan")
UDEN_LAENGDE = "Navnet skal gælde i længere tid end en dag: det slutter, før eller når det begynder."


def _kun_en_ejer() -> Q:
    ud = Q()
    for en in EJERE:
        ud |= Q(**{f"{felt}__isnull": felt != en for felt in EJERE})
    return ud


def _ejer(model: str) -> models.ForeignKey:
    return models.ForeignKey(
        f"aftaler.{model}", on_delete=models.CASCADE, related_name="navne", null=True, blank=True, editable=False
    )


class Navn(models.Model):
    """A former name, with the days it was used, or another name that is used beside the first.

    A former name without a beginning goes on from the one before it. hvor: where, or by whom, it is called so.
    """

    organisation = _ejer("Organisation")
    afdeling = _ejer("Afdeling")
    omraade = _ejer("Omraade")
    helhedsplan = _ejer("Helhedsplan")
    navn = Linje("navn")
    slags = models.CharField("slags", max_length=10, choices=Navneslags, default=Navneslags.TIDLIGERE)
    fra = Tidsdato("fra", null=True, blank=True)
    fra_sagt = Sagt("fra, som oplyst")
    til = Tidsdato("til", null=True, blank=True)
    til_sagt = Sagt("til, som oplyst", varighed=True)
    hvor = Linje("hvor eller af hvem", blank=True)
    orden = models.PositiveSmallIntegerField("rækkefølge", default=0)

    class Meta:
        verbose_name = "navn"
        verbose_name_plural = "navne"
        ordering = ["orden", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=_kun_en_ejer(),
                name="navn_en_ejer",
                violation_error_message="Et navn hører til én organisation, én afdeling, ét område eller én plan.",
            ),
            models.CheckConstraint(
                condition=Q(slags__in=Navneslags.values),
                name="navn_slags_kendt",
                violation_error_message="Et navn er et tidligere eller et, der også bruges.",
            ),
            models.CheckConstraint(
                condition=Q(fra__isnull=True) | Q(til__isnull=True) | Q(til__gt=F("fra")),
                name="navn_har_laengde",
                violation_error_message=UDEN_LAENGDE,
                violation_error_code="til",
            ),
            models.CheckConstraint(
                condition=~Q(slags=Navneslags.TIDLIGERE) | Q(til__isnull=False) | ~Q(til_sagt=""),
                name="navn_tidligere_til",
                violation_error_message="Skriv, hvornår navnet holdt op, eller ikke oplyst.",
                violation_error_code="til",
            ),
            enten_dag_eller_ord("navn", "fra"),
            enten_dag_eller_ord("navn", "til"),
        ]

    def __str__(self):
        return self.navn

    def clean(self):
        super().clean()
        tjek_tidsorden(self, "fra", "til", "Navnet holder op, før det begynder.")

    @property
    def er_tidligere(self) -> bool:
        return self.slags == Navneslags.TIDLIGERE

    @property
    def begynder(self) -> Tid:
        return sagt_tid(self, "fra")

    @property
    def slutter(self) -> Tid:
        return sagt_tid(self, "til").efter(self.begynder)


class Sammenlagt(models.Model):
    """What may have been put together with another of its kind: it stays, and from that day the other's name is its."""

    lagt_ind_i = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="lagt_ind_her", null=True, blank=True, verbose_name="lagt ind i"
    )
    lagt_ind = Tidsdato("lagt ind fra", null=True, blank=True)
    lagt_ind_sagt = Sagt("lagt ind fra, som oplyst")

    class Meta:
        abstract = True

    @property
    def lagt_ind_tid(self) -> Tid:
        return sagt_tid(self, "lagt_ind")

    def clean(self):
        """None is put into itself, however long the way round."""
        super().clean()
        led, set_ = self.lagt_ind_i, set()
        while led is not None and led.pk not in set_:
            if led.pk == self.pk:
                raise ValidationError({"lagt_ind_i": RUNDT.format(self, self.lagt_ind_i)})
            set_.add(led.pk)
            led = led.lagt_ind_i


RUNDT = "»{}« kan ikke lægges ind i sig selv, heller ikke gennem »{}«."


def sammenlagtes_regler(model: str) -> list[models.CheckConstraint]:
    """The constraints of a model that is `Sammenlagt`."""
    return [
        models.CheckConstraint(
            condition=Q(lagt_ind_i__isnull=True) | ~Q(lagt_ind_i=F("id")),
            name=f"{model}_ikke_lagt_ind_i_sig_selv",
            violation_error_message="Den kan ikke lægges ind i sig selv.",
            violation_error_code="lagt_ind_i",
        ),
        models.CheckConstraint(
            condition=Q(lagt_ind_i__isnull=True, lagt_ind__isnull=True, lagt_ind_sagt="")
            | Q(lagt_ind_i__isnull=False) & (Q(lagt_ind__isnull=False) | ~Q(lagt_ind_sagt="")),
            name=f"{model}_lagt_ind_med_dag",
            violation_error_message="Skriv både, hvad den er lagt ind i, og hvornår (eller ikke oplyst).",
            violation_error_code="lagt_ind",
        ),
        enten_dag_eller_ord(model, "lagt_ind"),
    ]
