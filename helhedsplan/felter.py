"""Model fields of our own: every text refuses CPR numbers, prose is sanitised, dates and numbers read Danish forms."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields.json import KeyTransform
from django.db.models.lookups import In

from helhedsplan.cpr import uden_cpr
from helhedsplan.formats import SENEST_AAR, TIDLIGST_AAR, tal
from helhedsplan.former import UlaeseligeData, passer, ulaeselig
from helhedsplan.maengde import Maengde, laes_maengde, maengde
from helhedsplan.svar import Svar
from helhedsplan.tallaeser import ANTAL, BELOEB, Maal
from helhedsplan.tegn import paa_en_linje, paa_linjer, rene_tegn, uden_lange_ord
from helhedsplan.tekst import rens
from helhedsplan.tid import Tid, dagen, er_foer, laes_tid, tid

#: What the database holds at most of a whole number.
STOERSTE_ID = models.BigIntegerField.MAX_BIGINT
#: What an `Antalsord` may count to.
FLEST = 9_999_999
#: The most that a `Beloebsord` may tell of.
FLEST_KRONER = 100_000_000_000


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


class _Maengdeord(Linje):
    """How much, as it is told: a number in Danish form, or words that have one in them."""

    slags: Maal

    def deconstruct(self):
        navn, _, args, kwargs = super().deconstruct()
        return navn, "helhedsplan.felter.Linje", args, kwargs

    @classmethod
    def laest(cls, vaerdi: str) -> Maengde:
        return maengde(None, vaerdi, cls.slags)

    def clean(self, value, model_instance):
        ren = super().clean(value, model_instance)
        try:
            laest = laes_maengde(ren, self.slags)
        except ValueError as fejl:
            raise ValidationError(str(fejl), code="invalid") from None
        for graense in (t for t in (laest.lavest, laest.hoejest, laest.vaerdi) if t is not None):
            if besked := self.afvist(graense, laest):
                raise ValidationError(besked, code="invalid")
        return self.som_skrevet(ren, laest)

    def afvist(self, graense: Decimal, laest: Maengde) -> str:
        """Why a number cannot be meant; '' when it can."""
        raise NotImplementedError

    def som_skrevet(self, ren: str, laest: Maengde) -> str:
        """As it is kept."""
        raise NotImplementedError


class Antalsord(_Maengdeord):
    """How many ("ca. 1.550", "253 eller 454", "ikke oplyst")."""

    slags = ANTAL

    def __init__(self, *args, max_length=60, **kwargs):
        super().__init__(*args, max_length=max_length, **kwargs)

    def afvist(self, graense, laest):
        if graense < 0 or (graense != int(graense) and not laest.sagt):
            return "Skriv et helt tal fra 0 og op."
        return f"Der kan højst stå {tal(FLEST)} her." if graense > FLEST else ""

    def som_skrevet(self, ren, laest):
        return tal(laest.praecis) if laest.praecis is not None else laest.sagt


class Beloebsord(_Maengdeord):
    """An amount ("256 mio. kr.", "over 32 mio.", "ikke oplyst"); a bare number is kroner."""

    slags = BELOEB

    def __init__(self, *args, max_length=80, **kwargs):
        super().__init__(*args, max_length=max_length, **kwargs)

    def afvist(self, graense, laest):
        return "" if 0 < graense <= FLEST_KRONER else "Beløbet skal være større end 0 og højst 100 milliarder kr."

    def som_skrevet(self, ren, laest):
        if laest.praecis is not None and not any(tegn.isalpha() for tegn in ren):
            return f"{tal(laest.praecis)} kr."
        return ren


class Prosa(_RentFelt, models.TextField):
    """Rich text: the subset of HTML that `helhedsplan.tekst` allows, sanitised whenever it is cleaned."""

    default_validators = [uden_cpr, uden_lange_ord]

    def clean(self, value, model_instance):
        return super().clean(rens(value) if isinstance(value, str) else value, model_instance)


#: What the name of a column of words ends in; before it stands the name of the column of days.
SOM_SAGT = "_sagt"


class Sagt(Linje):
    """The words of a date that is told, but not as a day: beside a `Tidsdato`, and empty where there is a day.
    `varighed`: a length of time is an answer too ("fire år")."""

    def __init__(self, *args, varighed=False, max_length=80, blank=True, default="", **kwargs):
        self.varighed = varighed
        super().__init__(*args, max_length=max_length, blank=blank, default=default, **kwargs)

    def deconstruct(self):
        navn, _, args, kwargs = super().deconstruct()
        return navn, "helhedsplan.felter.Linje", args, kwargs

    def clean(self, value, model_instance):
        """Words that say no time are told so, whatever door they came by."""
        ren = super().clean(value, model_instance)
        try:
            laest = laes_tid(ren, varighed=self.varighed)
        except ValueError as fejl:
            raise ValidationError(str(fejl), code="invalid") from None
        if ren and laest.er_praecis:
            raise ValidationError(f"»{ren}« er en dag og skal stå som dato.", code="dag")
        return ren


class Tidsdato(models.DateField):
    """A day, or when it is told otherwise the words in the `Sagt` beside it ("sommeren 2020"): never both. Who asks for
    the day gets None then, as if it were missing; who can reckon with limits asks `sagt_tid`."""

    def deconstruct(self):
        navn, _, args, kwargs = super().deconstruct()
        return navn, "django.db.models.DateField", args, kwargs

    def clean(self, value, model_instance):
        """Words are cleaned as the column beside keeps them."""
        if isinstance(value, Tid) and not value.er_praecis:
            self.model._meta.get_field(f"{self.name}{SOM_SAGT}").clean(value.sagt, model_instance)
            return value
        return super().clean(value, model_instance)

    def value_from_object(self, obj):
        return getattr(obj, f"{self.name}{SOM_SAGT}") or super().value_from_object(obj)

    def save_form_data(self, instance, data):
        for navn, vaerdi in i_kolonner(self.name, data).items():
            setattr(instance, navn, vaerdi)


def i_kolonner(navn: str, vaerdi: Tid | date | None) -> dict[str, Any]:
    """What a form has read of a date as its two columns keep it."""
    t = vaerdi if isinstance(vaerdi, Tid) else dagen(vaerdi)
    return {navn: t.tidligst if t.er_praecis else None, f"{navn}{SOM_SAGT}": t.sagt}


def sagt_tid(objekt: models.Model, navn: str) -> Tid:
    """When something is, as it is told."""
    return tid(getattr(objekt, navn), getattr(objekt, f"{navn}{SOM_SAGT}"))


def tjek_tidsorden(objekt: models.Model, fra: str, til: str, besked: str) -> None:
    """What surely ends before it begins is refused at the field it ends in. Raises ValidationError."""
    begynder = sagt_tid(objekt, fra)
    slutter = sagt_tid(objekt, til).efter(begynder)
    if not (begynder.er_praecis and slutter.er_praecis) and er_foer(slutter, begynder) is Svar.HOLDER:
        raise ValidationError({til: f"{besked} Det begynder {begynder} og slutter {slutter}."}, code="bagvendt")


def enten_dag_eller_ord(model: str, navn: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(**{f"{navn}__isnull": True}) | models.Q(**{f"{navn}{SOM_SAGT}": ""}),
        name=f"{model}_{navn}_dag_eller_ord",
        violation_error_message="Skriv enten dagen eller det, der er oplyst, ikke begge dele.",
    )


def gennem_raekker(felt: Any) -> bool:
    """Whether a relation to many is kept in rows that tell more of it."""
    return bool(felt.many_to_many and not felt.remote_field.through._meta.auto_created)


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
