"""The parts a file's form is described with: one Art for each model, made of the keys it has in the file.

The same description writes an object as data (`skriv`) and reads a node of a file (`laes`), so the two cannot drift
apart. `aftaler.planfil.planform` and `aftaler.planfil.regelform` hold the descriptions themselves.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from aftaler.actions.bilag import laes_bilag
from aftaler.actions.billeder import laes_billede
from aftaler.planfil.yaml_laeser import Felter, Knude, Skalar, Yamlraekke
from helhedsplan.cpr import CPR_BESKED, ligner_cpr
from helhedsplan.felter import SOM_SAGT, Prosa, i_kolonner
from helhedsplan.models import Versioneret
from helhedsplan.tid import Tid, laes_tid

#: Says that nothing can be known, because a fault stands already: the field is skipped, not reported again.
UKENDT: Any = object()

HELTAL = re.compile(r"-?(0|[1-9]\d{0,17})")
DECIMALTAL = re.compile(r"-?\d{1,18}(\.\d{1,18})?")
ISO_DATO = re.compile(r"\d{4}-\d{2}-\d{2}")


class FindesIkke(Exception):
    """A reference to something that is neither in the file nor in the database; the text is shown."""


@dataclass(eq=False)
class Post:
    """One object as a file has it: field values read and cleaned, references, and the posts below it."""

    art: "Art"
    knude: Felter
    over: "Post | Any" = None
    laest: dict[str, Any] = field(default_factory=dict)
    henvist: dict[str, list[Skalar]] = field(default_factory=dict)
    opslaaet: dict[str, Any] = field(default_factory=dict)
    lister: dict[str, list["Post"]] = field(default_factory=dict)
    bytes: bytes = b""
    objekt: Any = None

    def linje(self, noegle: str) -> int:
        return self.knude.linjer.get(noegle, self.knude.linje)

    def sti(self, noegle: str) -> str:
        return ".".join(filter(None, [self.knude.sti, noegle]))

    def data(self) -> dict:
        """As `som_data` gives it once the post is saved: file and database can be held up against each other."""
        samlet: dict = {}
        for led in self.art.indhold:
            samlet |= led.post_som_data(self)
        return samlet

    @property
    def noegle(self) -> Hashable:
        """What the object is recognised by among its siblings."""
        return self.art.noegle(self._enkle_data())

    def _enkle_data(self) -> dict:
        samlet: dict = {}
        for led in self.art.indhold:
            if not led.lister:
                samlet |= led.post_som_data(self)
        return samlet

    def alle(self):
        """The post and all below it, in the order of the file."""
        yield self
        for poster in self.lister.values():
            for post in poster:
                yield from post.alle()


@dataclass(frozen=True)
class Art:
    """A model in the file. `noegle` gives what an object is recognised by among its siblings when a file is read again;
    `entydige` are further fields no two siblings may share; `kaeder` are references from sibling to sibling that must
    not form a ring; `placering` is the field that holds the list's order.
    """

    model: type[models.Model]
    indhold: tuple["Led", ...]
    noegle: Callable[[dict], Hashable] = lambda data: data.get("noegle")
    gentages: bool = False
    entydige: tuple[str, ...] = ()
    kaeder: tuple[str, ...] = ()
    placering: str | None = None

    @property
    def er_rod(self) -> bool:
        """Has a version and a history of its own; other rows belong to the history of what they stand under."""
        return issubclass(self.model, Versioneret)

    @cached_property
    def lister(self) -> tuple["Listefelt", ...]:
        return tuple(liste for led in self.indhold for liste in led.lister)

    def henvisninger(self) -> list["Henvisning"]:
        return [led for led in self.indhold if isinstance(led, Henvisning)]

    def raekkefelter(self) -> list[str]:
        return [felt for led in self.indhold for felt in led.modelfelter]

    @cached_property
    def noegler(self) -> list[str]:
        return [noegle for led in self.indhold for noegle in led.noegler]

    def som_data(self, objekt: models.Model) -> dict:
        samlet: dict = {}
        for led in self.indhold:
            samlet |= led.skriv(objekt)
        return samlet

    def noegle_af(self, objekt: models.Model) -> Hashable:
        samlet: dict = {}
        for led in self.indhold:
            if not led.lister:
                samlet |= led.skriv(objekt)
        return self.noegle(samlet)


class Led:
    """A part of an Art: one key of the file, seldom more."""

    noegler: tuple[str, ...] = ()
    modelfelter: tuple[str, ...] = ()
    lister: tuple["Listefelt", ...] = ()

    def skriv(self, objekt) -> dict:
        raise NotImplementedError

    def post_som_data(self, post: Post) -> dict:
        raise NotImplementedError

    def laes(self, laeser, post: Post) -> None:
        raise NotImplementedError

    def slaa_op(self, laeser, post: Post) -> None:
        """Find what the references of the post point to; runs when the whole file is read."""


def _mangler(laeser, post: Post, noegle: str) -> None:
    laeser.fejl(post.knude.linje, post.sti(noegle), "Feltet mangler.")


def _knude(post: Post, noegle: str) -> Knude | None:
    """The node of a key; an empty value is as good as none."""
    knude = post.knude.felter.get(noegle)
    return None if isinstance(knude, Skalar) and knude.art == "intet" else knude


# --- values ---------------------------------------------------------------------------------------------------------


def laes_ja_nej(skalar: Skalar) -> bool:
    if skalar.art != "ja_nej" or skalar.tekst.lower() not in {"true", "false"}:
        raise ValueError("Skriv true eller false.")
    return skalar.tekst.lower() == "true"


def laes_heltal(skalar: Skalar) -> int:
    if skalar.art != "tal" or not HELTAL.fullmatch(skalar.tekst):
        raise ValueError("Skriv et helt tal uden anførselstegn.")
    return int(skalar.tekst)


def laes_decimaltal(skalar: Skalar) -> Decimal:
    if not DECIMALTAL.fullmatch(skalar.tekst):
        raise ValueError('Skriv et tal med punktum før decimalerne, i anførselstegn: "0.25".')
    return Decimal(skalar.tekst)


def laes_dato(skalar: Skalar) -> date:
    if not ISO_DATO.fullmatch(skalar.tekst):
        raise ValueError("Skriv datoen som år-måned-dag: 2025-11-01.")
    try:
        return date.fromisoformat(skalar.tekst)
    except ValueError:
        raise ValueError(f"Datoen {skalar.tekst} findes ikke.") from None


def laes_oplyst(skalar: Skalar) -> Tid | date:
    """A date as it is told. Days are written as in any file; a bare year (2017) is a year, and words are read as a form
    reads them."""
    if ISO_DATO.fullmatch(skalar.tekst):
        return laes_dato(skalar)
    som_dag = "Skriv datoen som år-måned-dag: 2025-11-01."
    if skalar.art == "dato":  # a day with a time, and what else YAML takes for a moment
        raise ValueError(som_dag)
    laest = laes_tid(skalar.tekst, varighed=True)
    if laest.er_praecis:
        raise ValueError(som_dag)
    return laest


def laes_tekst(skalar: Skalar) -> str:
    # A date is the one plain value that is text when text is asked for: it is what it looks like.
    if skalar.art not in {"tekst", "dato"}:
        raise ValueError(f'Skriv teksten i anførselstegn: "{skalar.tekst[:60]}".')
    return skalar.tekst


LAESERE: list[tuple[type[models.Field], Callable[[Skalar], Any]]] = [
    (models.BooleanField, laes_ja_nej),
    (models.IntegerField, laes_heltal),
    (models.DecimalField, laes_decimaltal),
    (models.DateField, laes_dato),
    (models.Field, laes_tekst),
]


def laes_skalar(laeser, knude: Knude, fra_skalar: Callable[[Skalar], Any]) -> Any:
    """The value of a node, or UKENDT when a fault has been reported. What looks like a CPR number is not repeated."""
    if not isinstance(knude, Skalar):
        laeser.fejl(knude.linje, knude.sti, "Her skal stå én værdi, ikke en liste eller flere nøgler.")
    elif ligner_cpr(knude.tekst):
        laeser.fejl(knude.linje, knude.sti, CPR_BESKED)
    else:
        try:
            return fra_skalar(knude)
        except ValueError as fejl:
            laeser.fejl(knude.linje, knude.sti, str(fejl))
    return UKENDT


def som_skrevet(vaerdi):
    """A field value as the file has it: decimals and dates as text."""
    if isinstance(vaerdi, Decimal):
        return f"{vaerdi.normalize():f}" if vaerdi else "0"
    if isinstance(vaerdi, Tid):
        return vaerdi.sagt
    return vaerdi.isoformat() if isinstance(vaerdi, date) else vaerdi


@dataclass(frozen=True)
class Vaerdifelt(Led):
    """A plain field of the model under its own name; left out of the file when empty or at its default."""

    felt: str

    @property
    def noegler(self) -> tuple[str, ...]:  # type: ignore[override]
        return (self.felt,)

    modelfelter = noegler

    def _som_data(self, model: type[models.Model], vaerdi) -> dict:
        if vaerdi in (None, "") or vaerdi == model._meta.get_field(self.felt).get_default():
            return {}
        return {self.felt: som_skrevet(vaerdi)}

    def skriv(self, objekt) -> dict:
        return self._som_data(type(objekt), getattr(objekt, self.felt))

    def post_som_data(self, post: Post) -> dict:
        return self._som_data(post.art.model, post.laest.get(self.felt))

    def laes(self, laeser, post: Post) -> None:
        felt = post.art.model._meta.get_field(self.felt)
        knude = _knude(post, self.felt)
        if knude is None:
            if felt.blank or felt.has_default():
                post.laest[self.felt] = felt.get_default()
            else:
                _mangler(laeser, post, self.felt)
            return
        raa = laes_skalar(laeser, knude, next(laes for slags, laes in LAESERE if isinstance(felt, slags)))
        if raa is UKENDT:
            return
        try:
            ren = felt.clean(raa, None)
        except ValidationError as fejl:
            for en in fejl.error_list:
                laeser.fejl(knude.linje, knude.sti, _felt_besked(felt, en, raa))
            return
        if isinstance(felt, Prosa) and ren != raa.strip():
            laeser.note(knude.linje, knude.sti, "Opmærkningen er renset: det, der ikke kan gemmes, er taget ud.")
        post.laest[self.felt] = ren


def _felt_besked(felt: models.Field, fejl: ValidationError, vaerdi) -> str:
    if fejl.code == "invalid_choice":
        lovlige = ", ".join(str(valg) for valg, _ in felt.flatchoices if valg)
        return f"»{str(vaerdi)[:60]}« kan ikke vælges her. Vælg mellem: {lovlige}."
    if isinstance(felt, models.SlugField) and fejl.code == "invalid":
        return "En nøgle består af bogstaver fra a til z, cifre, bindestreg og understreg."
    return " ".join(fejl.messages)


@dataclass(frozen=True)
class Tidsfelt(Led):
    """A date as it is told, under one key: 2019-11-01, or the words beside the day ("sommeren 2020", "ikke oplyst")."""

    felt: str

    @property
    def noegler(self) -> tuple[str, ...]:  # type: ignore[override]
        return (self.felt,)

    @property
    def modelfelter(self) -> tuple[str, ...]:  # type: ignore[override]
        return (self.felt, f"{self.felt}{SOM_SAGT}")

    def _som_data(self, dag: date | None, sagt: str) -> dict:
        vaerdi = som_skrevet(dag) or sagt
        return {self.felt: vaerdi} if vaerdi else {}

    def skriv(self, objekt) -> dict:
        return self._som_data(*(getattr(objekt, felt) for felt in self.modelfelter))

    def post_som_data(self, post: Post) -> dict:
        dag, sagt = self.modelfelter
        return self._som_data(post.laest.get(dag), post.laest.get(sagt, ""))

    def laes(self, laeser, post: Post) -> None:
        knude = _knude(post, self.felt)
        post.laest |= i_kolonner(self.felt, None)
        if knude is None:
            return
        laest = laes_skalar(laeser, knude, laes_oplyst)
        if laest is UKENDT:
            return
        try:
            ren = post.art.model._meta.get_field(self.felt).clean(laest, None)
        except ValidationError as fejl:
            laeser.fejl(knude.linje, knude.sti, " ".join(fejl.messages))
            return
        post.laest |= i_kolonner(self.felt, ren)


# --- references -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Henvisning(Led):
    """A relation, by the text (or number) that names the other object.

    opslag(laeser, post, text) -> a Post of the same file, an object, or UKENDT; raises FindesIkke.
    med: lookups that `navngiv` needs, for prefetching. sorteret: many, written in the order of their names.
    """

    felt: str
    opslag: Callable[[Any, Post, Any], Any]
    navngiv: Callable[[Any], Any]
    med: tuple[str, ...] = ()
    sorteret: bool = False
    fra_skalar: Callable[[Skalar], Any] = laes_tekst

    @property
    def noegler(self) -> tuple[str, ...]:  # type: ignore[override]
        return (self.felt,)

    modelfelter = noegler

    def _er_flere(self, model: type[models.Model]) -> bool:
        return bool(model._meta.get_field(self.felt).many_to_many)

    def skriv(self, objekt) -> dict:
        if self._er_flere(type(objekt)):
            navne = [self.navngiv(andet) for andet in getattr(objekt, self.felt).all()]
            return {self.felt: sorted(navne) if self.sorteret else navne} if navne else {}
        andet = getattr(objekt, self.felt)
        return {self.felt: self.navngiv(andet)} if andet is not None else {}

    def post_som_data(self, post: Post) -> dict:
        navne = [self.fra_skalar(skalar) for skalar in post.henvist.get(self.felt, [])]
        if not navne:
            return {}
        return {self.felt: navne if self._er_flere(post.art.model) else navne[0]}

    def laes(self, laeser, post: Post) -> None:
        model = post.art.model
        knude = _knude(post, self.felt)
        if knude is None:
            if not self._er_flere(model) and not model._meta.get_field(self.felt).null:
                _mangler(laeser, post, self.felt)
        elif not self._er_flere(model):
            self._laes_en(laeser, post, knude)
        elif isinstance(knude, Yamlraekke):
            for led in knude.led:
                self._laes_en(laeser, post, led)
        else:
            laeser.fejl(knude.linje, knude.sti, "Her skal stå en liste.")

    def _laes_en(self, laeser, post: Post, knude: Knude) -> None:
        vaerdi = laes_skalar(laeser, knude, self.fra_skalar)
        if vaerdi is UKENDT:
            return
        fundne = post.henvist.setdefault(self.felt, [])
        if any(self.fra_skalar(anden) == vaerdi for anden in fundne):
            laeser.fejl(knude.linje, knude.sti, f"»{vaerdi}« står to gange på listen.")
        elif isinstance(knude, Skalar):
            fundne.append(knude)

    def slaa_op(self, laeser, post: Post) -> None:
        fundne = []
        for skalar in post.henvist.get(self.felt, []):
            try:
                fundne.append(self.opslag(laeser, post, self.fra_skalar(skalar)))
            except FindesIkke as fejl:
                laeser.fejl(skalar.linje, skalar.sti, str(fejl))
                fundne.append(UKENDT)
        post.opslaaet[self.felt] = fundne if self._er_flere(post.art.model) else (fundne or [None])[0]


# --- pictures -------------------------------------------------------------------------------------------------------


class Billedbytes(Led):
    """The bytes of a picture as base64 in lines; the name of its file in storage follows from them."""

    noegler = ("indhold",)
    modelfelter = ("sha256",)

    def skriv(self, objekt) -> dict:
        with objekt.fil.open("rb") as fil:
            return {"indhold": base64.encodebytes(fil.read()).decode().strip()}

    def post_som_data(self, post: Post) -> dict:
        return {"indhold": base64.encodebytes(post.bytes).decode().strip()}

    def laes(self, laeser, post: Post) -> None:
        knude = _knude(post, "indhold")
        if knude is None:
            _mangler(laeser, post, "indhold")
            return
        tekst = laes_skalar(laeser, knude, laes_tekst)
        if tekst is UKENDT:
            return
        try:
            raa = base64.b64decode("".join(tekst.split()), validate=True)
            post.bytes, endelse = laes_billede(raa)
        except (binascii.Error, ValueError):
            laeser.fejl(knude.linje, knude.sti, "Billedet er ikke hel base64-kode.")
        except ValidationError as fejl:
            laeser.fejl(knude.linje, knude.sti, " ".join(fejl.messages))
        else:
            if post.bytes != raa:
                laeser.note(knude.linje, knude.sti, "Det, kameraet har lagt i billedet ud over motivet, er taget ud.")
            post.laest["sha256"] = hashlib.sha256(post.bytes).hexdigest()
            post.laest["fil"] = f"billeder/{post.laest['sha256'][:32]}{endelse}"


class Bilagsbytes(Led):
    """The bytes of an attachment as base64 in lines, checked as when somebody uploads it; size and type follow."""

    noegler = ("indhold",)
    modelfelter = ("sha256", "stoerrelse", "indholdstype")

    def skriv(self, objekt) -> dict:
        with objekt.fil.open("rb") as fil:
            return {"indhold": base64.encodebytes(fil.read()).decode().strip()}

    def post_som_data(self, post: Post) -> dict:
        return {"indhold": base64.encodebytes(post.bytes).decode().strip()}

    def laes(self, laeser, post: Post) -> None:
        knude = _knude(post, "indhold")
        if knude is None:
            _mangler(laeser, post, "indhold")
            return
        tekst = laes_skalar(laeser, knude, laes_tekst)
        if tekst is UKENDT or "filnavn" not in post.laest:
            return
        try:
            data = base64.b64decode("".join(tekst.split()), validate=True)
            laest = laes_bilag(data, post.laest["filnavn"], maa_vaere_blank=True)
        except (binascii.Error, ValueError):
            laeser.fejl(knude.linje, knude.sti, "Bilaget er ikke hel base64-kode.")
        except ValidationError as fejl:
            laeser.fejl(knude.linje, knude.sti, " ".join(fejl.messages))
        else:
            post.bytes = laest.data
            post.laest["sha256"] = hashlib.sha256(laest.data).hexdigest()
            post.laest["stoerrelse"], post.laest["indholdstype"] = len(laest.data), laest.indholdstype
            post.laest["fil"] = f"bilag/{post.laest['sha256'][:32]}{laest.endelse}"


# --- lists ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Listefelt(Led):
    """The objects of `relation` (the key, unless said) under an object; `vaelg` keeps some of them.

    ejer(the object above) -> the fields of a new object that say where it belongs.
    """

    noegle: str
    art: Art
    ejer: Callable[[Any], dict]
    relation: str = ""
    vaelg: Callable[[Any], bool] = lambda objekt: True
    sorter: Callable[[dict], Any] | None = None

    @property
    def noegler(self) -> tuple[str, ...]:  # type: ignore[override]
        return (self.noegle,)

    @property
    def lister(self) -> tuple["Listefelt", ...]:  # type: ignore[override]
        return (self,)

    def hent(self, objekt) -> list[Any]:
        fundne = [o for o in getattr(objekt, self.relation or self.noegle).all() if self.vaelg(o)]
        if placering := self.art.placering:
            fundne.sort(key=lambda o: (getattr(o, placering), o.pk))
        return fundne

    def skriv(self, objekt) -> dict:
        return self._samlet([self.art.som_data(o) for o in self.hent(objekt)])

    def post_som_data(self, post: Post) -> dict:
        return self._samlet([p.data() for p in post.lister.get(self.noegle, [])])

    def _samlet(self, data: list[dict]) -> dict:
        if self.sorter:
            data = sorted(data, key=self.sorter)
        return {self.noegle: data} if data else {}

    def laes(self, laeser, post: Post) -> None:
        self.laes_knude(laeser, post, _knude(post, self.noegle))

    def laes_knude(self, laeser, post: Post, knude: Knude | None) -> None:
        poster = post.lister[self.noegle] = []
        if isinstance(knude, Yamlraekke):
            laest = [laeser.laes_art(self.art, led, post) for led in knude.led]
            poster += [p for p in laest if p is not None]
            laeser.tjek_gentagelser(self.art, poster)
        elif knude is not None:
            laeser.fejl(knude.linje, knude.sti, "Her skal stå en liste.")


@dataclass(frozen=True)
class Samlingsfelt(Led):
    """Lists of the same object gathered under one key."""

    noegle: str
    indhold: tuple[Listefelt, ...]

    @property
    def noegler(self) -> tuple[str, ...]:  # type: ignore[override]
        return (self.noegle,)

    @property
    def lister(self) -> tuple[Listefelt, ...]:  # type: ignore[override]
        return self.indhold

    def skriv(self, objekt) -> dict:
        return self._samlet([liste.skriv(objekt) for liste in self.indhold])

    def post_som_data(self, post: Post) -> dict:
        return self._samlet([liste.post_som_data(post) for liste in self.indhold])

    def _samlet(self, dele: list[dict]) -> dict:
        samlet = {noegle: data for del_ in dele for noegle, data in del_.items()}
        return {self.noegle: samlet} if samlet else {}

    def laes(self, laeser, post: Post) -> None:
        knude = _knude(post, self.noegle)
        if knude is not None and not isinstance(knude, Felter):
            laeser.fejl(knude.linje, knude.sti, "Her skal stå nøgler med kolon efter.")
            knude = None
        if knude is not None:
            laeser.tjek_kendte(knude, [liste.noegle for liste in self.indhold])
        for liste in self.indhold:
            under = knude.felter.get(liste.noegle) if knude else None
            liste.laes_knude(laeser, post, None if isinstance(under, Skalar) and under.art == "intet" else under)


def forudhent(art: Art, vej: str = "") -> list[str]:
    """The lookups that fetch an object and all below it in a constant number of queries."""
    veje: list[str] = []
    for led in art.henvisninger():
        veje += [f"{vej}{led.felt}", *(f"{vej}{led.felt}__{mere}" for mere in led.med)]
    for liste in art.lister:
        if liste.relation != INGEN_RELATION:
            her = f"{vej}{liste.relation or liste.noegle}"
            veje += [her, *forudhent(liste.art, f"{her}__")]
    return veje


#: The relation of a list that is gathered from elsewhere and saved by itself.
INGEN_RELATION = "-"
