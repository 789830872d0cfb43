"""Model fields of our own: every text refuses CPR numbers, prose is sanitised, dates and numbers read Danish forms."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields.json import KeyTransform
from django.db.models.lookups import In

from helhedsplan.cpr import uden_cpr
from helhedsplan.formats import SENEST_AAR, TIDLIGST_AAR
from helhedsplan.former import UlaeseligeData, passer, ulaeselig
from helhedsplan.tegn import paa_en_linje, paa_linjer, rene_tegn, uden_lange_ord
from helhedsplan.tekst import rens

#: What the database holds at most of a whole number.
STOERSTE_ID = models.BigIntegerField.MAX_BIGINT


def i_vores_tid(dag: date) -> None:
    """A year nobody lives in is a slip of the finger, and no days can be counted from it."""
    if not TIDLIGST_AAR <= dag.year <= SENEST_AAR:
        raise ValidationError(f"Året skal ligge mellem {TIDLIGST_AAR} og {SENEST_AAR}.", code="aar")


class _RentFelt:
    """A text that holds no character that cannot be printed, however it came: typed, imported, or stored long ago."""

    def get_prep_value(self, value):
        return rene_tegn(super().get_prep_value(value))

    def from_db_value(self, value, expression, connection):
        return rene_tegn(value)


class Linje(_RentFelt, models.CharField):
    """One line of text, trimmed."""

    default_validators = [uden_cpr, uden_lange_ord]

    def __init__(self, *args, max_length=200, **kwargs):
        super().__init__(*args, max_length=max_length, **kwargs)

    def clean(self, value, model_instance):
        return super().clean(paa_en_linje(value) if isinstance(value, str) else value, model_instance)


class Tekst(_RentFelt, models.TextField):
    """Plain text of several lines."""

    default_validators = [uden_cpr, uden_lange_ord]

    def clean(self, value, model_instance):
        return super().clean(paa_linjer(value) if isinstance(value, str) else value, model_instance)


class Prosa(_RentFelt, models.TextField):
    """Rich text: the subset of HTML that `helhedsplan.tekst` allows, sanitised whenever it is cleaned."""

    default_validators = [uden_cpr, uden_lange_ord]

    def clean(self, value, model_instance):
        return super().clean(rens(value) if isinstance(value, str) else value, model_instance)


class Formet(models.JSONField):
    """Plain data of one form (a type, `helhedsplan.former`). A stored value that does not have it is read as an empty
    `UlaeseligeData`, so that the row's trouble is its own; `|ulaeselig` tells it from what is truly empty."""

    def __init__(self, *args, form: Any = Any, **kwargs):
        self.form = form
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        """The form is Python's; the column is any JSON."""
        navn, _, args, kwargs = super().deconstruct()
        return navn, "django.db.models.JSONField", args, kwargs

    def from_db_value(self, value, expression, connection):
        laest = super().from_db_value(value, expression, connection)
        if isinstance(expression, KeyTransform) or (laest is None and self.null) or passer(laest, self.form):
            return laest
        return ulaeselig(laest, self.form)

    def get_db_prep_value(self, value, connection, prepared=False):
        raa = value.raa if isinstance(value, UlaeseligeData) else value
        return super().get_db_prep_value(raa, connection, prepared)


@models.IntegerField.register_lookup
class Blandt(In):
    """`pk__in` with a number that no database can hold finds nothing by it, as `pk=` does, instead of failing.

    Such numbers come in lists of choices that somebody has written by hand.
    """

    def get_prep_lookup(self):
        fundet = super().get_prep_lookup()
        if not self.rhs_is_direct_value():
            return fundet
        return [v for v in fundet if not isinstance(v, int) or -STOERSTE_ID <= v <= STOERSTE_ID]
