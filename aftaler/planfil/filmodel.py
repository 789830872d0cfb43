"""The things of a plan file as pydantic models: which keys each has, in the order of the file, and what each key is.

The same class is filled from a file, from an object (`af_objekt`) or from plain data, and gives the data of the file
(`data`) and its JSON Schema. What a value may be (choices, length, limits) is said once, by the field of the Django
model; none of it asks the database. Lines, faults and references are `aftaler.planfil.laes`.
"""

import base64
import hashlib
import re
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Self, TypeVar, get_args, get_origin

from django.core.exceptions import ValidationError
from django.db import models
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    PlainValidator,
    PrivateAttr,
    SerializerFunctionWrapHandler,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WithJsonSchema,
    field_validator,
    model_serializer,
    model_validator,
)
from pydantic.fields import FieldInfo

from aftaler.planfil.yaml_laeser import Felter, Knude, Skalar, Yamlraekke
from helhedsplan.cpr import CPR_BESKED, ligner_cpr
from helhedsplan.felter import SOM_SAGT, Prosa, Tidsdato, i_kolonner
from helhedsplan.formats import laes_dato as laes_dansk_dato
from helhedsplan.models import Versioneret
from helhedsplan.tallaeser import laes_tal
from helhedsplan.tid import Tid, laes_tid

T = TypeVar("T")

#: Says that nothing can be known, because a fault stands already: the field is skipped, not reported again.
UKENDT: Any = object()

#: The relation of a list that is gathered from elsewhere and saved by itself.
INGEN_RELATION = "-"

HELTAL = re.compile(r"-?(0|[1-9]\d{0,17})")
DECIMALTAL = re.compile(r"-?\d{1,18}(\.\d{1,18})?")
ISO_DATO = re.compile(r"\d{4}-\d{2}-\d{2}")


class FindesIkke(Exception):
    """A reference to something that is neither in the file nor in the database; the text is shown."""


class Filfejl(ValueError):
    """What is wrong with a value: one message or more."""

    def __init__(self, *beskeder: str):
        self.beskeder = beskeder
        super().__init__(" ".join(beskeder))


# --- what a key may hold --------------------------------------------------------------------------------------------


SKRIV_DATOEN = "Skriv datoen som år-måned-dag: 2025-11-01."


def mente_du(laes: Callable[[str], Any], skalar: Skalar) -> str:
    """What people write elsewhere (8.000.000, 13 %, 1/11-2025) as a file has it; '' when it could be two things."""
    try:
        mente = str(laes(skalar.tekst))
    except ValueError:
        return ""
    return f" Mente du {mente}?" if mente.strip('"') != skalar.tekst else ""


def laes_ja_nej(skalar: Skalar) -> bool:
    if skalar.art != "ja_nej" or skalar.tekst.lower() not in {"true", "false"}:
        raise ValueError("Skriv true eller false.")
    return skalar.tekst.lower() == "true"


def laes_heltal(skalar: Skalar) -> int:
    if skalar.art != "tal" or not HELTAL.fullmatch(skalar.tekst):
        mente = "" if HELTAL.fullmatch(skalar.tekst) else mente_du(lambda tekst: int(str(laes_tal(tekst))), skalar)
        raise ValueError(f"Skriv et helt tal uden anførselstegn.{mente}")
    return int(skalar.tekst)


def laes_decimaltal(skalar: Skalar) -> Decimal:
    if not DECIMALTAL.fullmatch(skalar.tekst):
        mente = mente_du(lambda tekst: f'"{som_skrevet(laes_tal(tekst))}"', skalar)
        raise ValueError(f'Skriv et tal med punktum før decimalerne, i anførselstegn: "0.25".{mente}')
    return Decimal(skalar.tekst)


def laes_dato(skalar: Skalar) -> date:
    if not ISO_DATO.fullmatch(skalar.tekst):
        raise ValueError(f"{SKRIV_DATOEN}{mente_du(laes_dansk_dato, skalar)}")
    try:
        return date.fromisoformat(skalar.tekst)
    except ValueError:
        raise ValueError(f"Datoen {skalar.tekst} findes ikke.") from None


def laes_oplyst(skalar: Skalar) -> Tid | date:
    """A date as it is told. Days are written as in any file; a bare year (2017) is a year, and words are read as a form
    reads them."""
    if ISO_DATO.fullmatch(skalar.tekst):
        return laes_dato(skalar)
    if skalar.art == "dato":  # a day with a time, and what else YAML takes for a moment
        raise ValueError(SKRIV_DATOEN)
    laest = laes_tid(skalar.tekst, varighed=True)
    if laest.er_praecis:
        raise ValueError(f"{SKRIV_DATOEN}{mente_du(laes_dansk_dato, skalar)}")
    return laest


def laes_antalstekst(skalar: Skalar) -> str:
    return skalar.tekst if skalar.art == "tal" else laes_tekst(skalar)


def som_antal(antal: str) -> str | int:
    """A number in full is a number in the file."""
    return int(cifre) if (cifre := antal.replace(".", "")).isdecimal() else antal


def laes_tekst(skalar: Skalar) -> str:
    # A date is the one plain value that is text when text is asked for: it is what it looks like.
    if skalar.art not in {"tekst", "dato"}:
        raise ValueError(f'Skriv teksten i anførselstegn: "{skalar.tekst[:60]}".')
    return skalar.tekst


def som_skrevet(vaerdi):
    """A field value as the file has it: decimals and dates as text."""
    if isinstance(vaerdi, Decimal):
        return f"{vaerdi.normalize():f}" if vaerdi else "0"
    if isinstance(vaerdi, Tid):
        return vaerdi.sagt
    return vaerdi.isoformat() if isinstance(vaerdi, date) else vaerdi


def _en_vaerdi(raa: Any, laes: Callable[[Skalar], Any]) -> Any:
    if not isinstance(raa, Knude):
        return raa
    if not isinstance(raa, Skalar):
        raise ValueError("Her skal stå én værdi, ikke en liste eller flere nøgler.")
    if ligner_cpr(raa.tekst):
        raise ValueError(CPR_BESKED)
    return laes(raa)


def vaerdi(laes: Callable[[Skalar], Any]) -> BeforeValidator:
    """One value of a file, read by `laes`; what is no node passes. What looks like a CPR number is not repeated."""
    return BeforeValidator(lambda raa: _en_vaerdi(raa, laes))


def _led(raa):
    return [led for led in raa.led if not led.fejlet] if isinstance(raa, Yamlraekke) else raa


def _felter(raa):
    return {n: knude for n, knude in raa.felter.items() if not knude.fejlet} if isinstance(raa, Felter) else raa


def _ord_om_tid(raa):
    """The same of plain data: what is no day is words, or a bare year."""
    er_ord = isinstance(raa, str | int) and not ISO_DATO.fullmatch(str(raa))
    return laes_tid(str(raa), varighed=True) if er_ord else raa


def _ord_om_antal(raa):
    return str(raa) if isinstance(raa, int) and not isinstance(raa, bool) else raa


Tekst = Annotated[str, vaerdi(laes_tekst)]
Heltal = Annotated[int, vaerdi(laes_heltal)]
JaNej = Annotated[bool, vaerdi(laes_ja_nej)]
Dato = Annotated[date, vaerdi(laes_dato), PlainSerializer(som_skrevet)]
#: A date as it is told: a day, or its words.
Oplyst = Annotated[
    Any,
    vaerdi(laes_oplyst),
    BeforeValidator(_ord_om_tid),
    PlainSerializer(som_skrevet),
    WithJsonSchema({"type": ["string", "integer"]}),
]
Decimaltal = Annotated[Decimal, vaerdi(laes_decimaltal), PlainSerializer(som_skrevet)]
Liste = Annotated[list[T], BeforeValidator(_led)]
#: How many, as it is told: a whole number, or words.
Antalstekst = Annotated[
    str,
    vaerdi(laes_antalstekst),
    BeforeValidator(_ord_om_antal),
    PlainSerializer(som_antal),
    WithJsonSchema({"type": ["string", "integer"]}),
]
#: Values by names that are the writer's own.
Navngivne = Annotated[dict[str, T], BeforeValidator(_felter)]


@dataclass(frozen=True)
class Fildata:
    """The bytes of a picture or an attachment, and the fields of the Django model that follow from them."""

    indhold: bytes
    felter: dict[str, Any]

    @classmethod
    def af(cls, indhold: bytes, mappe: str, endelse: str, **felter) -> Self:
        sha256 = hashlib.sha256(indhold).hexdigest()
        return cls(indhold, {"sha256": sha256, "fil": f"{mappe}/{sha256[:32]}{endelse}", **felter})


def fildata(
    hvad: str, laes: Callable[[bytes, Skalar, ValidationInfo], Fildata], kraever: tuple[str, ...] = ()
) -> PlainValidator:
    """Bytes as base64 in lines. They are not looked at when what `laes` requires could not be read."""

    def fra_knude(raa, info: ValidationInfo):
        if isinstance(raa, Fildata):
            return raa
        tekst = _en_vaerdi(raa, laes_tekst)
        if any(not isinstance(info.data.get(felt), str) for felt in kraever):
            return UKENDT
        try:
            return laes(base64.b64decode("".join(tekst.split()), validate=True), raa, info)
        except ValidationError as fejl:
            raise ValueError(" ".join(fejl.messages)) from None
        except ValueError:
            raise ValueError(f"{hvad} er ikke hel base64-kode.") from None

    return PlainValidator(fra_knude)


SOM_BASE64 = PlainSerializer(lambda data: base64.encodebytes(data.indhold).decode().strip())
BASE64_SKEMA = WithJsonSchema({"type": "string", "contentEncoding": "base64"})


@dataclass(frozen=True)
class Henvisning:
    """Of a field: it names another object.

    opslag(laeser, post, what is written) -> a Post of the same file, an object, or UKENDT; raises FindesIkke.
    med: lookups that `navngiv` needs, for prefetching. sorteret: many, written in the order of their names.
    """

    opslag: Callable[[Any, "Post", Any], Any]
    navngiv: Callable[[Any], Any]
    med: tuple[str, ...] = ()
    sorteret: bool = False
    felt: str = ""
    flere: bool = False

    def navne(self, objekt) -> Any:
        andet: Any = getattr(objekt, self.felt)
        if not self.flere:
            return None if andet is None else self.navngiv(andet)
        navne = [self.navngiv(et) for et in andet.all()]
        return sorted(navne) if self.sorteret else navne


@dataclass(frozen=True)
class Under:
    """Of a list: where its objects are. `relation` is the key, unless said; `vaelg` keeps some of them; `ogsaa` is what
    a new one belongs to besides the object above; `sorter` is the order they are written in."""

    relation: str = ""
    vaelg: Callable[[Any], bool] = lambda objekt: True
    ogsaa: Callable[[Any], dict] = lambda objekt: {}
    sorter: Callable[[dict], Any] | None = None
    hentes: Callable[[Any], list] | None = None
    noegle: str = ""
    art: Any = None
    enkelt: bool = False
    #: A single one that its value stands for (`kort`) is written as that value, without a list.
    alene: bool = False

    def hent(self, objekt) -> list[Any]:
        if self.hentes:
            return self.hentes(objekt)
        if self.relation == INGEN_RELATION:
            return []
        fundet: Any = getattr(objekt, self.relation or self.noegle, None)
        if self.enkelt:
            return [] if fundet is None else [fundet]
        fundne = [o for o in fundet.all() if self.vaelg(o)]
        if placering := self.art.placering:
            fundne.sort(key=lambda o: (getattr(o, placering), o.pk))
        return fundne

    def ejer(self, objekt) -> dict:
        """The fields of a new object that say where it belongs."""
        relation = type(objekt)._meta.get_field(self.relation or self.noegle)
        return {relation.remote_field.name: objekt, **self.ogsaa(objekt)}


# --- the models -----------------------------------------------------------------------------------------------------


class Filmodel(BaseModel):
    """A thing in the file, and the Django model that it is kept in; without one, lists that belong to the thing above.

    `kende`: what an object is recognised by among its siblings when a file is read again; nothing, when the first is
    empty. `gentages`: several may be the same. `entydige`: further fields no two siblings may share. `kaeder`:
    references from sibling to sibling that must not form a ring. `placering`: the field that holds the list's order.
    `kort`: the key whose value alone stands for the whole thing, where it has no other.
    """

    model_config = ConfigDict(extra="forbid")

    model: ClassVar[Any]
    kende: ClassVar[tuple[str, ...]]
    gentages: ClassVar[bool]
    entydige: ClassVar[tuple[str, ...]]
    kaeder: ClassVar[tuple[str, ...]]
    placering: ClassVar[str | None]
    kort: ClassVar[str]
    #: Has a version and a history of its own; other rows belong to the history of what they stand under.
    er_rod: ClassVar[bool]
    #: By key: what stands below, what it names, a bundle of lists, or None for a plain value.
    led: ClassVar[dict[str, Any]]
    #: By key: the class of what stands in it.
    klasser: ClassVar[dict[str, type["Filmodel"]]]
    noegler: ClassVar[list[str]]
    #: The lists of objects below, also those in bundles.
    lister: ClassVar[tuple[Under, ...]]

    _knude: Felter = PrivateAttr()

    def __init_subclass__(
        cls,
        *,
        model: Any = None,
        kende: tuple[str, ...] = ("noegle",),
        gentages: bool = False,
        entydige: tuple[str, ...] = (),
        kaeder: tuple[str, ...] = (),
        placering: str | None = None,
        kort: str = "",
    ):
        cls.model, cls.kende, cls.gentages, cls.entydige, cls.kaeder = model, kende, gentages, entydige, kaeder
        cls.placering, cls.kort = placering, kort
        cls.er_rod = model is not None and issubclass(model, Versioneret)

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs):
        cls.klasser = {navn: k for navn, felt in cls.model_fields.items() if (k := _klasse(felt))}
        cls.led = {navn: _led_af(navn, felt, cls.klasser.get(navn)) for navn, felt in cls.model_fields.items()}
        cls.noegler = list(cls.led)
        under = [led.lister if isinstance(led, type) else (led,) for led in cls.led.values()]
        cls.lister = tuple(liste for lister in under for liste in lister if isinstance(liste, Under))

    # --- from a file, or from plain data ---

    @model_validator(mode="wrap")
    @classmethod
    def _af_knude(cls, raa: Any, byg: ValidatorFunctionWrapHandler) -> Self:
        if not isinstance(raa, Felter):
            if isinstance(raa, dict):
                raa = {n: [v] if isinstance(v, str) and cls._maa_staa_alene(n) else v for n, v in raa.items()}
            return byg({cls.kort: raa} if cls.kort and isinstance(raa, str) else raa)
        for navn, klasse in cls.klasser.items():
            liste = raa.felter.get(navn)
            if cls._maa_staa_alene(navn) and isinstance(liste, Skalar) and not liste.er_tom:
                liste = raa.felter[navn] = Yamlraekke(liste.linje, liste.sti, [liste])
            if klasse.kort and isinstance(liste, Yamlraekke):
                liste.led = [klasse.foldet_ud(knude) for knude in liste.led]
        # An empty value is as good as none; an unknown key is told of once.
        kendte = cls.model_fields
        fil = byg({n: k for n, k in raa.felter.items() if (not k.er_tom if n in kendte else not k.fejlet)})
        fil._knude = raa
        return fil

    @classmethod
    def _maa_staa_alene(cls, navn: str) -> bool:
        led = cls.led.get(navn)
        return isinstance(led, Under) and led.alene

    @classmethod
    def foldet_ud(cls, knude: Knude) -> Knude:
        """A value that stands for the whole thing, as the thing."""
        if not isinstance(knude, Skalar) or knude.er_tom:
            return knude
        return Felter(knude.linje, knude.sti, {cls.kort: knude}, {cls.kort: knude.linje})

    @field_validator("*", mode="wrap")
    @classmethod
    def _af_felt(cls, raa: Any, laes: ValidatorFunctionWrapHandler, info) -> Any:
        """The value as the Django field cleans it."""
        if isinstance(raa, Knude) and raa.fejlet:
            return UKENDT
        laest = laes(raa)
        felt = info.field_name
        er_ord = isinstance(laest, list) and felt not in cls.klasser
        if cls.model is None or cls.led[felt] is not None or not (er_ord or isinstance(laest, RENSES)):
            return laest
        modelfelt = cls.model._meta.get_field(felt)
        try:
            ren = modelfelt.clean(laest, None)
        except ValidationError as fejl:
            raise Filfejl(*(_felt_besked(modelfelt, en, laest) for en in fejl.error_list)) from None
        if isinstance(modelfelt, Prosa) and ren != str(laest).strip() and info.context:
            info.context.note(raa.linje, raa.sti, "Opmærkningen er renset: det, der ikke kan gemmes, er taget ud.")
        return ren

    @classmethod
    def __get_pydantic_json_schema__(cls, kerne, handler) -> dict[str, Any]:
        """With the names and choices of the Django fields, for an editor to offer."""
        skema = handler.resolve_ref_schema(handler(kerne))
        for modelfelt in cls.model._meta.fields if cls.model else ():
            if (felt := skema["properties"].get(modelfelt.name)) is not None:
                felt["title"] = str(modelfelt.verbose_name)
                if modelfelt.choices:
                    felt["enum"] = [
                        str(valg) if felt.get("type") == "string" else valg for valg, _ in modelfelt.flatchoices
                    ]
        for navn in filter(cls._maa_staa_alene, cls.led):
            skema["properties"][navn] = {"anyOf": [{"type": "string"}, skema["properties"][navn]]}
        return {"anyOf": [{"type": "string"}, skema]} if cls.kort else skema

    # --- from an object, and to a file ---

    @classmethod
    def af_objekt(cls, objekt) -> Self:
        """What the file has of an object and all below it."""
        return cls.model_construct(**{navn: cls._hent(objekt, navn, led) for navn, led in cls.led.items()})

    @classmethod
    def _hent(cls, objekt, navn: str, led) -> Any:
        if isinstance(led, Henvisning):
            return led.navne(objekt)
        if isinstance(led, Under):
            fundne = [led.art.af_objekt(andet) for andet in led.hent(objekt)]
            return fundne if not led.enkelt else fundne[0] if fundne else None
        if led is not None:
            return led.af_objekt(objekt)
        fundet = tidsfelt.value_from_object(objekt) if (tidsfelt := cls._tidsfelt(navn)) else getattr(objekt, navn)
        return [cls.klasser[navn].model_construct(**raekke) for raekke in fundet] if navn in cls.klasser else fundet

    @model_serializer(mode="wrap")
    def _skriv(self, skriv: SerializerFunctionWrapHandler) -> Any:
        """What is empty is left out; lists stand in their order."""
        data = {navn: v for navn, v in skriv(self).items() if v is not None and v not in ("", [], {})}
        for navn, led in self.led.items():
            if isinstance(led, Under) and led.sorter and navn in data:
                data[navn].sort(key=led.sorter)
            if self._maa_staa_alene(navn) and isinstance(liste := data.get(navn), list) and _er_ord_alene(liste):
                data[navn] = liste[0]
        return data[self.kort] if [*data] == [self.kort] else data

    def data(self) -> dict:
        """As the file has it, in JSON types: without what is empty or at its default."""
        return self.model_dump(exclude_defaults=True)

    def modelfelter(self) -> dict[str, Any]:
        """The plain values by the fields of the Django model; those that could not be read are not among them."""
        felter = {navn: v for navn, led in self.led.items() if led is None and (v := getattr(self, navn)) is not UKENDT}
        for navn in [n for n in felter if self._tidsfelt(n)]:
            felter |= i_kolonner(navn, felter[navn])
        return felter | {navn: [dict(raekke) for raekke in felter[navn]] for navn in self.klasser if navn in felter}

    @classmethod
    def _tidsfelt(cls, navn: str) -> Tidsdato | None:
        """The field of a date that may be told in words: two columns under one key."""
        felter = cls.model._meta.fields if cls.model else ()
        return next((f for f in felter if f.name == navn and isinstance(f, Tidsdato)), None)

    def kendetegn(self) -> tuple:
        """The values that it is recognised by; one that could not be read counts as left out."""
        fundne = ((getattr(self, felt), type(self).model_fields[felt]) for felt in self.kende)
        fundne_ = (v if v is not UKENDT else None if felt.is_required() else felt.get_default() for v, felt in fundne)
        return tuple(v.sagt if isinstance(v, Tid) else v for v in fundne_)

    def kendes_paa(self) -> Hashable:
        fundne = self.kendetegn()
        return fundne if len(fundne) > 1 and fundne[0] else next(iter(fundne), "")

    # --- the class, as reading and saving ask it ---

    @classmethod
    def som_data(cls, objekt) -> dict:
        return cls.af_objekt(objekt).data()

    @classmethod
    def noegle_af(cls, objekt) -> Hashable:
        felter = {felt: cls._hent(objekt, felt, cls.led[felt]) for felt in cls.kende}
        return cls.model_construct(**felter).kendes_paa()

    @classmethod
    def henvisninger(cls) -> list[Henvisning]:
        return [led for led in cls.led.values() if isinstance(led, Henvisning)]

    @classmethod
    def forudhent(cls, vej: str = "") -> list[str]:
        """The lookups that fetch an object and all below it in a constant number of queries."""
        veje: list[str] = []
        for led in cls.henvisninger():
            veje += [f"{vej}{led.felt}", *(f"{vej}{led.felt}__{mere}" for mere in led.med)]
        for liste in (liste for liste in cls.lister if liste.relation != INGEN_RELATION):
            her = f"{vej}{liste.relation or liste.noegle}"
            veje += [her, *liste.art.forudhent(f"{her}__")]
        return veje

    @classmethod
    def raekkefelter(cls) -> list[str]:
        """The fields of the Django model that tell whether a row is as the file says."""
        felter = [navn for navn, led in cls.led.items() if led is None or isinstance(led, Henvisning)]
        return felter + [f"{navn}{SOM_SAGT}" for navn in felter if cls._tidsfelt(navn)]


class Medfil(Filmodel):
    """A thing with bytes, `indhold`. What follows from them: its name in storage, and the fields `afledte`."""

    afledte: ClassVar[tuple[str, ...]] = ("sha256",)

    @classmethod
    def _hent(cls, objekt, navn: str, led) -> Any:
        if navn != "indhold":
            return super()._hent(objekt, navn, led)
        with objekt.fil.open("rb") as fil:
            return Fildata(fil.read(), {})

    def modelfelter(self) -> dict[str, Any]:
        felter = super().modelfelter()
        indhold = felter.pop("indhold", None)
        return felter | (indhold.felter if indhold else {})

    @classmethod
    def raekkefelter(cls) -> list[str]:
        return [*(felt for felt in super().raekkefelter() if felt != "indhold"), *cls.afledte]


@dataclass(eq=False)
class Post:
    """An object with its place in a file: values read and cleaned, references, and the posts below it."""

    fil: Any
    knude: Felter
    over: "Post | Any" = None
    laest: dict[str, Any] = field(default_factory=dict)
    henvist: dict[str, list[Skalar]] = field(default_factory=dict)
    opslaaet: dict[str, Any] = field(default_factory=dict)
    lister: dict[str, list["Post"]] = field(default_factory=dict)
    objekt: Any = None

    @property
    def art(self) -> type[Filmodel]:
        return type(self.fil)

    @property
    def noegle(self) -> Hashable:
        """What the object is recognised by among its siblings."""
        return self.fil.kendes_paa()

    def linje(self, noegle: str) -> int:
        return self.knude.linjer.get(noegle, self.knude.linje)

    def sti(self, noegle: str) -> str:
        return ".".join(filter(None, [self.knude.sti, noegle]))

    def data(self) -> dict:
        """As `som_data` gives it once the post is saved: file and database can be held up against each other."""
        return self.fil.data()

    def alle(self) -> Iterator["Post"]:
        """The post and all below it, in the order of the file."""
        yield self
        for poster in self.lister.values():
            for post in poster:
                yield from post.alle()


#: What the Django field cleans; all else is checked piece by piece.
RENSES = (str, int, Decimal, date, Tid)


def _er_ord_alene(liste: list) -> bool:
    return len(liste) == 1 and isinstance(liste[0], str)


def _klasse(felt: FieldInfo) -> type[Filmodel] | None:
    """The class of what stands in a key, or on the list in it."""
    slags = (felt.annotation, *get_args(felt.annotation))
    return next((s for s in slags if isinstance(s, type) and issubclass(s, Filmodel)), None)


def _led_af(navn: str, felt: FieldInfo, klasse: type[Filmodel] | None) -> Any:
    er_liste = get_origin(felt.annotation) is list
    for maerke in felt.metadata:
        if isinstance(maerke, Henvisning):
            return replace(maerke, felt=navn, flere=er_liste)
    if klasse is None:
        return None
    if klasse.model is None:
        return None if er_liste else klasse
    vej = next((m for m in felt.metadata if isinstance(m, Under)), Under())
    return replace(vej, noegle=navn, art=klasse, enkelt=not er_liste)


def _felt_besked(felt: models.Field, fejl: ValidationError, vaerdi) -> str:
    if fejl.code == "invalid_choice":
        lovlige = ", ".join(str(valg) for valg, _ in felt.flatchoices if valg)
        return f"»{str(vaerdi)[:60]}« kan ikke vælges her. Vælg mellem: {lovlige}."
    if isinstance(felt, models.SlugField) and fejl.code == "invalid":
        return "En nøgle består af bogstaver fra a til z, cifre, bindestreg og understreg."
    return " ".join(fejl.messages)
