"""What every amount in a budget has in common: a size, and a place in the plan."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from aftaler.models import Aktivitet, Delaftale
from aftaler.rules import foer_planen
from budget.choices import FLEST_PLANAAR, HOEJESTE_BELOEB
from helhedsplan.tallaeser import BELOEB


class Kroner(models.DecimalField):
    """Exact kroner with two decimals."""

    maal = BELOEB

    def __init__(self, *args, max_digits=14, decimal_places=2, **kwargs):
        super().__init__(*args, max_digits=max_digits, decimal_places=decimal_places, **kwargs)


class Planaar(models.PositiveSmallIntegerField):
    """A year of the plan, counted from its start; empty when the amount is not split on years."""

    def __init__(self, verbose_name="planår", *, null=True, blank=True, **kwargs):
        super().__init__(verbose_name, null=null, blank=blank, **kwargs)


class Sted(models.Model):
    """What an amount is for: an activity, a whole indsatsområde (its delaftale), or with neither the plan in common."""

    delaftale = models.ForeignKey(
        Delaftale,
        on_delete=models.PROTECT,
        related_name="%(class)s_set",
        null=True,
        blank=True,
        verbose_name="delaftale",
    )
    aktivitet = models.ForeignKey(
        Aktivitet,
        on_delete=models.PROTECT,
        related_name="%(class)s_set",
        null=True,
        blank=True,
        verbose_name="aktivitet",
    )

    class Meta:
        abstract = True

    def clean(self):
        """Financier, account and place belong to the same plan as the amount."""
        super().clean()
        for felt in ("kilde", "delaftale", "aktivitet"):
            andet = getattr(self, felt, None) if getattr(self, f"{felt}_id", None) else None
            if andet is not None and andet.plan != self.plan:
                raise ValidationError({felt: f"{andet} hører til en anden plan."})
        konto = self.konto if getattr(self, "konto_id", None) else None
        if konto is not None and not konto.kan_bruges_i(self.plan):
            raise ValidationError({"konto": f"Kontoen {konto} kan ikke bruges i planen."})


def tjek_dage(objekt, *felter: str) -> None:
    """Nothing was decided before the plan could be thought of. Raises ValidationError with the fields at fault."""
    fejl = {}
    for felt in felter:
        dag = getattr(objekt, felt)
        if dag and (besked := foer_planen(dag, objekt.plan.begynder, timezone.localdate())):
            fejl[felt] = besked
    if fejl:
        raise ValidationError(fejl, code="foer_planen")


def koordinater(*felter: str) -> list:
    """The fields as expressions in which empty equals empty: for a unique constraint on both databases."""
    mulige_tomme = {"planaar", "delaftale", "aktivitet", "kilde", "konto"}
    return [Coalesce(F(felt), 0) if felt in mulige_tomme else F(felt) for felt in felter]


def et_sted(navn: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(delaftale__isnull=True) | Q(aktivitet__isnull=True),
        name=f"{navn}_et_sted",
        violation_error_message="Vælg enten en aktivitet eller en delaftale.",
    )


def planaar_muligt(navn: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(planaar__isnull=True) | Q(planaar__range=(1, FLEST_PLANAAR)),
        name=f"{navn}_planaar_muligt",
        violation_error_message=f"Planåret skal ligge mellem 1 og {FLEST_PLANAAR}.",
    )


def beloeb_muligt(navn: str, felt: str = "beloeb") -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{felt}__range": (0, HOEJESTE_BELOEB)}),
        name=f"{navn}_{felt}_muligt",
        violation_error_message="Beløbet skal ligge mellem 0 og 1 mia. kr.",
    )


def afrunding_mulig(navn: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(afrundet_til__isnull=True) | Q(afrundet_til__gt=0),
        name=f"{navn}_afrunding_mulig",
        violation_error_message="Afrundingen skal være større end 0, for eksempel 100.000.",
    )


class Afrundet(Kroner):
    """How coarsely the source prints the amount: 100.000 when it says 0,4 mio. kr. Empty when it is exact."""

    def __init__(self, verbose_name="afrundet til", *, null=True, blank=True, **kwargs):
        kwargs.setdefault("help_text", "Lad feltet stå tomt, når beløbet er nøjagtigt.")
        super().__init__(verbose_name, null=null, blank=blank, **kwargs)
