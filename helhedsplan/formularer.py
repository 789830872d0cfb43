"""What every form of the house is made of: Danish fields, prose, rows of children, warnings beside errors.

A form says what can be typed; it never writes and knows no request. `felter` and `raekker` of a valid form are what
an action takes. Rows (milestones, partners, seats) are formsets that the form carries with it, so that a page has one
form to ask, to show and to keep a draft of.
"""

import hashlib
import html
import json
from copy import copy
from decimal import Decimal
from functools import partial

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.forms.formsets import DELETION_FIELD_NAME, ORDERING_FIELD_NAME
from django.forms.utils import ErrorDict
from django.forms.widgets import Script
from django.template.loader import render_to_string

from helhedsplan import felter as modelfelter
from helhedsplan import formats, revisionsspor, skrift, tallaeser
from helhedsplan.actions import Raekkefejl
from helhedsplan.cpr import uden_cpr
from helhedsplan.formats import opremsning
from helhedsplan.fund import Fund
from helhedsplan.grunde import laeselig_grund
from helhedsplan.laest import raekkerne
from helhedsplan.models import Versioneret
from helhedsplan.tegn import er_usynlig, paa_en_linje, paa_linjer, rene_tegn, uden_lange_ord
from helhedsplan.tekst import rens
from helhedsplan.tid import laes_tid

BEKRAEFTEDE = "bekraeftede_advarsler"
TEKNISKE_FELTER = ("version",)
GRUNDLAG = "grundlag"
#: More than this no whole number of the database holds.
STOERSTE_TAL = 2**31 - 1

FEJLTEKSTER = {
    "required": "Udfyld feltet.",
    "invalid_choice": "Det valgte findes ikke længere. Vælg igen.",
    "invalid_pk_value": "Det valgte findes ikke længere. Vælg igen.",
    "max_length": "Teksten er på %(show_value)d tegn. Forkort den til højst %(limit_value)d.",
    "min_value": "Skriv et tal på mindst %(limit_value)s.",
    "max_value": "Skriv et tal på højst %(limit_value)s.",
    "max_digits": "Tallet har for mange cifre. Skriv højst %(max)s.",
    "max_decimal_places": "Skriv højst %(max)s decimaler.",
    "max_whole_digits": "Tallet er for stort. Skriv højst %(max)s cifre før kommaet.",
    "empty": "Filen er tom. Vælg en anden.",
}
PAAKRAEVET = {
    forms.ModelMultipleChoiceField: "Vælg mindst én mulighed.",
    forms.MultipleChoiceField: "Vælg mindst én mulighed.",
    forms.ChoiceField: "Vælg en mulighed.",
    forms.FileField: "Vælg en fil.",
    forms.BooleanField: "Sæt flueben for at gå videre.",
}


# --- fields ---------------------------------------------------------------------------------------------------------


def kan_trykkes(tekst: str) -> None:
    """Name the characters that no paper can draw, where they are typed; of rich text its words."""
    ukendte = skrift.uden_skrift(html.unescape(tekst)) if isinstance(tekst, str) else []
    if ukendte:
        navne = opremsning([*map(skrift.navn, ukendte[: skrift.NAEVNES]), *skrift.flere(ukendte)])
        tegn = "Tegnet" if len(ukendte) == 1 else "Tegnene"
        raise ValidationError(f"{tegn} {navne} kan ikke trykkes på papir. Skriv det med ord i stedet.", code="tegn")


class UdenGraense:
    """No `maxlength` on the input: the browser would cut what is pasted without a word. The form says it instead."""

    def widget_attrs(self, widget):
        return {k: v for k, v in super().widget_attrs(widget).items() if k not in ("maxlength", "minlength")}


class Linjefelt(UdenGraense, forms.CharField):
    """One line, with runs of spaces drawn together."""

    default_validators = [uden_cpr, uden_lange_ord, kan_trykkes]

    def to_python(self, value):
        return paa_en_linje(super().to_python(value))


class Noeglefelt(UdenGraense, forms.SlugField):
    """A key that a person gives."""

    default_validators = [*forms.SlugField.default_validators, uden_cpr]


class Tekstfelt(UdenGraense, forms.CharField):
    """Plain text of several lines."""

    default_validators = [uden_cpr, uden_lange_ord, kan_trykkes]
    widget = forms.Textarea

    def to_python(self, value):
        tekst = super().to_python(value)
        return paa_linjer(tekst) if self.strip else rene_tegn(tekst)


class Grundfelt(Tekstfelt):
    """A reason, of several lines: a sentence that somebody else can read."""

    default_validators = [*Tekstfelt.default_validators, laeselig_grund]


class Grundlinje(Linjefelt):
    """A reason of one line."""

    default_validators = [*Linjefelt.default_validators, laeselig_grund]


class Prosawidget(forms.Textarea):
    """Rich text: a textarea that holds the HTML; the script puts the editor in front of it."""

    class Media:
        css = {"all": ["css/editor.css"]}
        js = [Script("js/editor/prosa.js", type="module")]

    def __init__(self, attrs=None):
        super().__init__({"rows": 12, "data-prosa": True, **(attrs or {})})


class Prosafelt(UdenGraense, forms.CharField):
    """Rich text; what comes out is sanitised."""

    default_validators = [uden_cpr, uden_lange_ord, kan_trykkes]
    widget = Prosawidget

    def to_python(self, value):
        return rens(super().to_python(value))


class Filfelt(forms.FileField):
    """A file that somebody hands in. Its name is kept and shown, and is a text like any other."""

    def to_python(self, data):
        fil = super().to_python(data)
        if fil is not None:
            uden_cpr(fil.name, "Filens navn")
        return fil


def _indtast(klasse: str, **attrs) -> forms.TextInput:
    return forms.TextInput({"class": klasse, "autocomplete": "off", **attrs})


def _laes(laeser, value):
    """A fault in reading is the person's to mend, and the reader says how."""
    try:
        return laeser(str(value))
    except ValueError as fejl:
        raise ValidationError(str(fejl), code="invalid") from None


class Blankt:
    """Nothing but white space, seen or unseen, is nothing."""

    def clean(self, value):
        return super().clean(_uden_blanke(value))

    def has_changed(self, initial, data):
        return super().has_changed(initial, _uden_blanke(data))


def _uden_blanke(value):
    return "" if isinstance(value, str) and er_usynlig(value) else value


class Datofelt(Blankt, forms.DateField):
    """Reads every form of date that people write; shows 01.11.2025. Where a month will do, `maaned` says its day."""

    def __init__(self, *, maaned: str = "", **kwargs):
        self.maaned = maaned
        kwargs = {"widget": _indtast("felt-kort"), "help_text": "For eksempel 01.11.2025.", **kwargs}
        super().__init__(**kwargs | {"help_text": kwargs["help_text"] or "For eksempel 01.11.2025."})
        self.widget.attrs["data-dato"] = True

    def to_python(self, value):
        if value in self.empty_values or not isinstance(value, str):
            return super().to_python(value)
        return _laes(lambda tekst: formats.laes_dato(tekst, maaned=self.maaned), value)

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else formats.kort_dato(value)


class Tidfelt(Blankt, forms.Field):
    """When something is, as it is told: a day in every form that people write, or "sommeren 2020", "formentlig
    1.11.2019", "ikke oplyst"; with `varighed` also "fire år". Gives a date, or a Tid with the words; words are kept."""

    def __init__(self, *, varighed: bool = False, **kwargs):
        self.varighed = varighed
        eksempel = f"For eksempel 01.11.2025, sommeren 2020{', fire år' if varighed else ''} eller ikke oplyst."
        kwargs = {"widget": _indtast("felt-tid"), **kwargs}
        kwargs["help_text"] = " ".join(filter(None, [kwargs.get("help_text"), eksempel]))
        super().__init__(**kwargs)
        self.widget.attrs["data-dato"] = True

    def to_python(self, value):
        if value in self.empty_values or not isinstance(value, str):
            return None if value in self.empty_values else value
        uden_cpr(value)
        laest = _laes(lambda tekst: laes_tid(tekst, varighed=self.varighed), value)
        return laest.tidligst if laest.er_praecis else laest

    def has_changed(self, initial, data):
        """What was said before is read as what is typed, so that the same is the same."""
        try:
            return not self.disabled and self.clean(initial) != self.clean(data)
        except ValidationError:
            return True

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else formats.kort_dato(value)


class Talfelt(Blankt, forms.DecimalField):
    """A decimal number in Danish form: 1.234,5 in and out. `maal` says which units may stand by it, `eksempel` what to
    write where a refusal knows nothing better."""

    def __init__(self, *, maal: tallaeser.Maal = tallaeser.UDEN_ENHED, eksempel: str = tallaeser.EKSEMPEL, **kwargs):
        self.maal = maal
        self.eksempel = eksempel
        super().__init__(**{"widget": _indtast("felt-tal", inputmode="decimal"), **kwargs})

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if not isinstance(value, str):
            return value
        try:
            return tallaeser.laes_tal(value, self.maal)
        except ValueError as fejl:
            raise ValidationError(str(fejl).replace(tallaeser.EKSEMPEL, self.eksempel), code="invalid") from None

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else tallaeser.til_felt(Decimal(value))


class Heltalfelt(Blankt, forms.IntegerField):
    """A whole number in Danish form: 1.200."""

    def __init__(self, *, maal: tallaeser.Maal = tallaeser.ANTAL, **kwargs):
        self.maal = maal
        super().__init__(**{"widget": _indtast("felt-tal", inputmode="numeric"), **kwargs})

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, int):
            return None if value in self.empty_values else value
        try:
            tal = tallaeser.laes_tal(str(value), self.maal)
        except ValueError as fejl:
            besked = str(fejl).replace(tallaeser.EKSEMPEL, tallaeser.helt_eksempel(str(value)))
            raise ValidationError(besked, code="invalid") from None
        if tal != tal.to_integral_value():
            raise ValidationError(f"»{value.strip()}« er ikke et helt tal. Skriv det uden decimaler.", code="invalid")
        return int(tal)

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else formats.tal(value)


class Aarfelt(Blankt, forms.IntegerField):
    """A calendar year: four digits without a thousands separator."""

    def __init__(self, **kwargs):
        fejl = {"invalid": "Skriv et årstal, for eksempel 2026."}
        felt = _indtast("felt-kort", inputmode="numeric")
        super().__init__(**{"widget": felt, "min_value": 1990, "max_value": 2199, "error_messages": fejl, **kwargs})


#: A period may be given in whole months: from the first day of one, to the last of another.
I_MAANEDER = {
    **dict.fromkeys(("periode_fra", "gaelder_fra", "starter", "fra"), "foerste"),
    **dict.fromkeys(("periode_til", "gaelder_til", "slutter", "til"), "sidste"),
}
#: Which form field a model field gets by itself; the first that fits.
FORMFELTER: list[tuple[type[models.Field], dict]] = [
    (models.SlugField, {"form_class": Noeglefelt}),
    (modelfelter.Linje, {"form_class": Linjefelt}),
    (modelfelter.Prosa, {"form_class": Prosafelt, "widget": Prosawidget}),
    (modelfelter.Tekst, {"form_class": Tekstfelt}),
    (models.DateTimeField, {}),
    (modelfelter.Tidsdato, {"form_class": Tidfelt}),
    (models.DateField, {"form_class": Datofelt}),
    (models.DecimalField, {"form_class": Talfelt}),
    (models.IntegerField, {"form_class": Heltalfelt}),
    (models.ManyToManyField, {"widget": forms.CheckboxSelectMultiple}),
]


def formfelt(felt: models.Field, **kwargs) -> forms.Field | None:
    """The form field of a model field; what is given in `kwargs` wins."""
    valgte = next((valg for modelfelt, valg in FORMFELTER if isinstance(felt, modelfelt)), {})
    if issubclass(valgte.get("form_class", object), Talfelt) and hasattr(felt, "maal"):
        valgte = valgte | {"maal": felt.maal}
    if valgte.get("form_class") is Datofelt and felt.name in I_MAANEDER:
        valgte = valgte | {"maaned": I_MAANEDER[felt.name]}
    if valgte.get("form_class") is Tidfelt:
        valgte = valgte | {"varighed": I_MAANEDER.get(felt.name) == "sidste"}
    return felt.formfield(**kwargs) if felt.choices else felt.formfield(**{**valgte, **kwargs})


def _standardtekster(felt: forms.Field) -> dict:
    tekster: dict = {}
    for klasse in reversed(type(felt).__mro__):
        tekster |= getattr(klasse, "default_error_messages", {})
    return tekster


def _paa_dansk(felt: forms.Field) -> None:
    """Give a field our words where nobody has given it words of its own."""
    standard = _standardtekster(felt)
    paakraevet = next((tekst for klasse, tekst in PAAKRAEVET.items() if isinstance(felt, klasse)), None)
    for kode, tekst in {**FEJLTEKSTER, "required": paakraevet or FEJLTEKSTER["required"]}.items():
        if felt.error_messages.get(kode) == standard.get(kode):
            felt.error_messages[kode] = tekst
    if isinstance(felt, forms.ModelChoiceField) and felt.empty_label is not None:
        felt.empty_label = "Vælg" if felt.required else "Ikke valgt"
    elif isinstance(felt, forms.ChoiceField) and not isinstance(felt, forms.ModelChoiceField):
        tomt = "Vælg" if felt.required else "Ikke valgt"
        felt.choices = [(v, tomt if v == "" and str(navn).startswith("---") else navn) for v, navn in felt.choices]


def logvaerdi(vaerdi):
    """A value as the audit log has it; nothing is "", names of related things stand sorted."""
    if isinstance(vaerdi, (list, tuple, models.QuerySet)):
        return sorted(str(v) for v in vaerdi) or ""
    return "" if vaerdi is None or vaerdi is False else revisionsspor.som_json(vaerdi)


def feltvaerdi(felt: forms.BoundField):
    """What stands in the field, typed or saved, as the audit log would have it."""
    try:
        return logvaerdi(felt.field.clean(felt.value()))
    except ValidationError:
        return ""


def kraev(felt, naar: str) -> None:
    """Say at a field that it must be filled in, and when; what must always be is `required`."""
    felt.betinget = naar
    felt.widget.attrs["data-betinget"] = True


# --- forms ----------------------------------------------------------------------------------------------------------


class Raekker:
    """Layout object: where the rows of a relation stand in the form."""

    def __init__(self, relation: str):
        self.relation = relation
        self.fields: list = []

    def render(self, form, context, template_pack=None, **kwargs):
        indhold = {"raekkesaet": form.raekkesaet[self.relation], "plan": context.get("plan")}
        return render_to_string("redigering/_raekker.html", indhold)


class Formularbase(forms.BaseForm):
    """Shared by forms with and without a model.

    raekker: relation name -> (formset class, its arguments). Subclasses may give `layout()` and `advarsler()`.
    betingede: field -> when it must be filled in ("når ..."), for those that must only then; the label says so.
    """

    betingede: dict[str, str] = {}
    bekraeft_tekst = "Gem, som det står"
    #: Text field -> the list that it is offered from; another text is as good.
    foreslaas: dict[str, str] = {}
    #: Field with choices of its own -> the model they are of (a key of tomme_valg.STEDER).
    tomme: dict[str, str] = {}

    def __init__(self, *args, raekker: dict | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        for felt in self.fields.values():
            _paa_dansk(felt)
        for navn in self.betingede.keys() & self.fields.keys():
            kraev(self.fields[navn], self.betingede[navn])
        for navn in self.foreslaas.keys() & self.fields.keys():
            self.fields[navn].widget.attrs["list"] = self.foreslaas[navn]
        self._med_version()
        self.ubekraeftede: list[Fund] = []
        self.raekkesaet = {
            relation: klasse.til(
                relation, getattr(self, "instance", None), self.data if self.is_bound else None, argumenter
            )
            for relation, (klasse, argumenter) in (raekker or {}).items()
        }

    def _med_version(self) -> None:
        if isinstance(self.instance, Versioneret):
            besked = "Siden er for gammel. Hent den igen, og prøv en gang til."
            self.fields["version"] = forms.IntegerField(
                widget=forms.HiddenInput,
                initial=self.instance.version,
                min_value=0,
                max_value=STOERSTE_TAL,
                error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), besked),
            )

    def forslag(self) -> dict[str, list[str]]:
        """The lists that fields of the form and of its rows are offered from, written once on the page."""
        return {}

    def layout(self) -> Layout:
        return Layout(*self.fields, *map(Raekker, self.raekkesaet))

    @property
    def helper(self) -> FormHelper:
        """The page writes <form>, token and buttons; a form that leaves a field out of its layout still shows it."""
        helper = FormHelper(self)
        helper.form_tag = False
        helper.disable_csrf = True
        helper.render_unmentioned_fields = True
        helper.template = "redigering/_felter.html"
        helper.marker = "krav" if self._faa_skal_udfyldes() else ""
        helper.layout = self.layout()
        return helper

    def _faa_skal_udfyldes(self) -> bool:
        """The fewer are marked: those that must be filled in, or those that need not."""
        skrives = [f.required for f in self.fields.values() if not isinstance(f, forms.BooleanField)]
        return sum(skrives) * 2 < len(skrives)

    @property
    def media(self):
        egne = forms.Media(js=[Script("js/raekker.js", type="module")]) if self.raekkesaet else forms.Media()
        return sum((saet.media for saet in self.raekkesaet.values()), super().media + egne)

    def is_valid(self) -> bool:
        """No errors in fields and rows, and no warning that has not been confirmed."""
        gyldige = [super().is_valid(), *(saet.is_valid() for saet in self.raekkesaet.values())]
        if not all(gyldige):
            return False
        bekraeftede = self.data.get(BEKRAEFTEDE, "").split()
        self.ubekraeftede = [fund for fund in self.advarsler() if _ord(fund.kode) not in bekraeftede]
        return not self.ubekraeftede

    def advarsler(self) -> list[Fund]:
        """Soft problems of a form without errors; each is confirmed by its code before anything is saved."""
        return []

    @property
    def bekraeft(self) -> str:
        """The codes that saving once more confirms."""
        kendte = self.data.get(BEKRAEFTEDE, "").split()
        return " ".join(dict.fromkeys([*kendte, *(_ord(fund.kode) for fund in self.ubekraeftede)]))

    def uproevet(self):
        """Show what is bound without judging it: a draft, a new row, two people's changes put together."""
        self._errors, self.cleaned_data = ErrorDict(), {}
        for saet in self.raekkesaet.values():
            saet.uproevet()
        return self

    def aendret(self) -> bool:
        """Whether anything typed differs from what is saved."""
        egne = [felt for felt in self.changed_data if felt not in TEKNISKE_FELTER]
        return bool(egne) or any(saet.has_changed() for saet in self.raekkesaet.values())

    @property
    def felter(self) -> dict:
        """What was typed, cleaned, by field; for an action."""
        return self.i_kolonner({navn: v for navn, v in self.cleaned_data.items() if navn not in TEKNISKE_FELTER})

    def i_kolonner(self, vaerdier: dict) -> dict:
        """A date as it is told, parted as the model keeps it."""
        for navn in [n for n in vaerdier if isinstance(self.fields.get(n), Tidfelt)]:
            vaerdier |= modelfelter.i_kolonner(navn, vaerdier[navn])
        return vaerdier

    @property
    def raekker(self) -> dict[str, list[dict]]:
        """The rows that remain, in order, by relation; for an action."""
        return {relation: saet.raekker for relation, saet in self.raekkesaet.items()}

    @property
    def version(self) -> int | None:
        return self.cleaned_data.get("version")

    def tilfoej_fejl(self, fejl: ValidationError) -> None:
        """Put what an action refused at the fields and the rows it concerns; the rest stands on top."""
        if isinstance(fejl, Raekkefejl) and fejl.relation in self.raekkesaet:
            self.raekkesaet[fejl.relation].tilfoej_fejl(fejl)
            return
        ved_felter = fejl.error_dict if hasattr(fejl, "error_dict") else {NON_FIELD_ERRORS: fejl.error_list}
        for felt, beskeder in ved_felter.items():
            sted = felt if felt in self.fields and not self.fields[felt].widget.is_hidden else None
            self.add_error(sted, ValidationError(beskeder))

    def fejlliste(self) -> list[tuple[str, str]]:
        """(text, id to land on or "") for every error, in the order of the page."""
        linjer = [(besked, "") for besked in self.non_field_errors()]
        linjer += [(f"{felt.label}: {besked}", _anker(felt)) for felt in self for besked in felt.errors]
        for saet in self.raekkesaet.values():
            linjer += saet.fejlliste()
        return linjer


def _ord(kode: str) -> str:
    """A code as one word: those that are confirmed are sent as words in a row."""
    return "_".join(kode.split())


def _anker(felt: forms.BoundField) -> str:
    if felt.is_hidden:
        return ""
    return f"{felt.auto_id}_0" if felt.use_fieldset else felt.auto_id


class Formular(Formularbase, forms.Form):
    """A form whose fields are not a model's: Linjefelt, Tekstfelt, Prosafelt, Datofelt, Talfelt, Heltalfelt.

    `instance` is the object it concerns, if any: its version travels along and its rows can be edited.
    """

    def __init__(self, *args, instance: models.Model | None = None, **kwargs):
        self.instance = instance
        super().__init__(*args, **kwargs)


class ModelFormular(Formularbase, forms.ModelForm):
    """A form for one object; fields get the Danish kinds by themselves, and a versioned object its hidden version."""

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        if meta := getattr(cls, "Meta", None):
            meta.formfield_callback = formfelt

    def _post_clean(self):
        """What stood before in a field of time that cannot be read is not held against what is typed in the others."""
        for navn, felt in self.fields.items():
            if navn in self.errors and isinstance(felt, Tidfelt) and hasattr(self.instance, f"{navn}_sagt"):
                self.instance._meta.get_field(navn).save_form_data(self.instance, None)
        super()._post_clean()

    def add_error(self, field, error):
        """A rule of the database whose code is a field's name is told at that field."""
        if field is not None or not isinstance(error, ValidationError):
            return super().add_error(field, error)
        for navn, alle in (
            error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
        ).items():
            for fejl in alle:
                ved = self._felt_for(fejl) if navn == NON_FIELD_ERRORS else navn
                super().add_error(None if ved == NON_FIELD_ERRORS else ved, fejl)
        return None

    def _felt_for(self, fejl: ValidationError) -> str:
        """The field that a rule of the database is about: its code names it, or it is the last of those that must be
        one of a kind."""
        if fejl.code in self.fields:
            return fejl.code
        for regel in self.instance._meta.constraints:
            if isinstance(regel, models.UniqueConstraint) and regel.violation_error_message == fejl.message:
                return next((felt for felt in reversed(regel.fields) if felt in self.fields), NON_FIELD_ERRORS)
        return NON_FIELD_ERRORS


# --- rows -----------------------------------------------------------------------------------------------------------


class Raekkeform(ModelFormular):
    """One row; its cells carry no help text, and prose has no place in it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for felt in self.fields.values():
            felt.help_text = ""

    @property
    def er_tom(self) -> bool:
        """Every field is as the page offers it in a new row: empty, or the choice made beforehand."""
        udfyldte = [
            felt for felt in self.visible_fields() if felt.name not in (DELETION_FIELD_NAME, ORDERING_FIELD_NAME)
        ]
        return not any(felt.field.has_changed(_tilbudt(felt.field), felt.value()) for felt in udfyldte)

    def full_clean(self):
        """Nothing is wrong with a row that is no row."""
        super().full_clean()
        if self.is_bound and self.er_tom:
            self._errors = ErrorDict()

    def fejlliste(self) -> list[tuple[str, str]]:
        """What is wrong with the row as a whole leads to its first field."""
        foerste = _anker(self.visible_fields()[0])
        return [(tekst, anker or foerste) for tekst, anker in super().fejlliste()]


def _tilbudt(felt: forms.Field):
    """What a new row has in the field."""
    return felt.initial() if callable(felt.initial) else felt.initial


class Raekkesaet(forms.BaseFormSet):
    """The rows of one relation. A row that is emptied is a row taken out; an untouched new row is no row."""

    titel = ""
    tilfoej = "Tilføj række"
    klasse = ""
    grund = ""

    @classmethod
    def til(cls, relation: str, ejer: models.Model | None, data, argumenter: dict):
        """The rows as they stand on the object, or as they were sent."""
        gemte = cls._gemte(ejer, relation) if ejer is not None and ejer.pk else []
        initial = [forms.model_to_dict(raekke, cls.form._meta.fields) for raekke in gemte]
        saet = cls(data, prefix=relation, initial=initial, form_kwargs=argumenter)
        saet.gemte, saet.extra = gemte, 0 if initial else 1
        return saet

    @classmethod
    def _gemte(cls, ejer: models.Model, relation: str) -> list[models.Model]:
        """With what they point to, so that the number of queries does not grow with the rows."""
        alle = getattr(ejer, relation).all()
        felter = [alle.model._meta.get_field(navn) for navn in cls.form._meta.fields]
        flere = [felt.name for felt in felter if felt.many_to_many]
        enkelte = [felt.name for felt in felter if felt.many_to_one]
        if not flere and not enkelte:
            return list(map(copy, raekkerne(ejer, relation)))
        return list((alle.select_related(*enkelte) if enkelte else alle).prefetch_related(*flere))

    def __init__(self, *args, **kwargs):
        self.gemte: list[models.Model] = []
        self._valg: dict[str, list] = {}
        besked = "Rækkerne kunne ikke læses. Hent siden igen, og prøv en gang til."
        for_mange = f"Der er for mange rækker. Der kan højst være {self.max_num}."
        super().__init__(
            *args, error_messages={"missing_management_form": besked, "too_many_forms": for_mange}, **kwargs
        )

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields[ORDERING_FIELD_NAME].label = "Rækkefølge"
        form.fields[ORDERING_FIELD_NAME].widget = forms.NumberInput({"class": "felt-orden", "data-orden": True})
        form.fields[DELETION_FIELD_NAME].label = "Fjern"
        for navn, felt in form.fields.items():
            if isinstance(felt, forms.ModelChoiceField):
                felt.choices = partial(self._faelles_valg, navn, felt.choices)

    def _faelles_valg(self, navn: str, valg) -> list:
        """What there is to choose from, read once for all rows, when it is first shown."""
        if navn not in self._valg:
            self._valg[navn] = list(iter(valg))  # asked for its length, it would count in the database
        return self._valg[navn]

    def clean(self):
        """Rows that were there when the page was made must be in what is sent, if only to say that they go."""
        if self.total_form_count() < self.initial_form_count():
            raise ValidationError(self.error_messages["missing_management_form"])

    def _should_delete_form(self, form):
        return super()._should_delete_form(form) or form.er_tom

    @property
    def _tilbage(self) -> list:
        """The rows that remain, in the order they are given."""
        tilbage = [form for form in self.forms if not self._should_delete_form(form)]
        return sorted(tilbage, key=lambda form: _orden(form.cleaned_data.get(ORDERING_FIELD_NAME)))

    @property
    def raekker(self) -> list[dict]:
        tekniske = {DELETION_FIELD_NAME, ORDERING_FIELD_NAME}
        return [
            form.i_kolonner({k: v for k, v in form.cleaned_data.items() if k not in tekniske}) for form in self._tilbage
        ]

    def tilfoej_fejl(self, fejl: Raekkefejl) -> None:
        """Put what an action refused of a row at that row."""
        tilbage = self._tilbage
        for nummer, hvad in fejl.ved.items():
            tilbage[nummer - 1].tilfoej_fejl(hvad)

    def vaerdier(self) -> list[list]:
        """The rows, typed or saved, as the audit log would have their values."""
        felter = list(self.form.base_fields)
        if self.is_bound and self.is_valid():
            return [[logvaerdi(form.cleaned_data.get(felt)) for felt in felter] for form in self._tilbage]
        return [[logvaerdi(_gemt(raekke, felt)) for felt in felter] for raekke in self.gemte]

    def aftryk(self) -> str:
        """A fingerprint of the rows: two forms with the same have the same rows."""
        return hashlib.sha256(json.dumps(self.vaerdier(), ensure_ascii=False).encode()).hexdigest()[:16]

    @property
    def grundlag(self) -> str:
        """The fingerprint of the rows that the form was opened with; it travels with the form."""
        return self.data.get(f"{self.prefix}-{GRUNDLAG}", "") if self.is_bound else self.aftryk()

    def fokuser_sidste(self) -> None:
        if self.forms:
            self.forms[-1].visible_fields()[0].field.widget.attrs["autofocus"] = True

    def uproevet(self) -> None:
        self._errors: list = [{} for _ in self.forms]
        self._non_form_errors = self.error_class()
        for form in self.forms:
            form.uproevet()

    def fejlliste(self) -> list[tuple[str, str]]:
        linjer = [(f"{self.titel}: {besked}", "") for besked in self.non_form_errors()]
        for nummer, form in enumerate(self.forms, 1):
            if self.is_bound and not self._should_delete_form(form):
                linjer += [(f"{self.titel}, række {nummer}. {tekst}", anker) for tekst, anker in form.fejlliste()]
        return linjer


def _gemt(raekke: models.Model, felt: str):
    modelfelt = raekke._meta.get_field(felt)
    if isinstance(modelfelt, modelfelter.Tidsdato):
        return modelfelt.value_from_object(raekke)
    vaerdi = getattr(raekke, felt)
    return list(vaerdi.all()) if modelfelt.many_to_many else vaerdi


def _orden(vaerdi: int | None) -> tuple[bool, int]:
    """New rows, which have no number yet, come last in the order they stand."""
    return vaerdi is None, vaerdi or 0


def raekkeformset(
    form: type[Raekkeform],
    *,
    titel: str = "",
    tilfoej: str = "",
    max_num: int = 200,
    formset: type[Raekkesaet] = Raekkesaet,
) -> type[Raekkesaet]:
    """The formset class of a kind of row; title and button are made from the model's names unless given."""
    klasse = forms.formset_factory(
        form, formset=formset, can_order=True, can_delete=True, max_num=max_num, validate_max=True
    )
    meta = form._meta.model._meta
    klasse.titel = titel or str(meta.verbose_name_plural).capitalize()
    klasse.tilfoej = tilfoej or f"Tilføj {meta.verbose_name}"
    return klasse
