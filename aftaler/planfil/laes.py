"""From the nodes of a file to posts: every value cleaned, every reference found, every fault collected."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import CheckConstraint, Q, UniqueConstraint
from pydantic import ValidationError as Modelfejl

from aftaler.models import (
    Aktivitet,
    Delaftale,
    Delmaalsforslag,
    FastIndikator,
    Helhedsplan,
    Lag,
    OverordnetMaal,
    Regelsaet,
)
from aftaler.planfil.filmodel import UKENDT, Filfejl, Filmodel, FindesIkke, Henvisning, Post, Under
from aftaler.planfil.yaml_laeser import Felter, Skalar, Yamlraekke

#: What pydantic says of the wrong kind of node -> what we say.
FORM_BESKEDER = {
    "model_type": "Her skal stå nøgler med kolon efter.",
    "dict_type": "Her skal stå nøgler med kolon efter.",
    "list_type": "Her skal stå en liste.",
}


@dataclass(frozen=True, order=True)
class Besked:
    """A fault or a note: file, line (from 1), path of the field ('' for the whole file), and what is wrong."""

    fil: str
    linje: int
    felt: str
    besked: str

    def __str__(self):
        return ": ".join(filter(None, [f"{self.fil}:{self.linje}", self.felt, self.besked]))


#: A fault may hide another only as deep as lists stand in lists.
FLEST_GANGE = 10


class Laeser:
    """Reads one file into posts and collects what is wrong with it."""

    def __init__(self, fil: str):
        self.fil = fil
        self.alle_fejl: list[Besked] = []
        self.noter: list[Besked] = []
        self.rod: Felter | None = None
        self.rodnoegler: list[str] = []

    def fejl(self, linje: int, sti: str, besked: str) -> None:
        self.alle_fejl.append(Besked(self.fil, linje, sti, besked))

    def note(self, linje: int, sti: str, besked: str) -> None:
        if (note := Besked(self.fil, linje, sti, besked)) not in self.noter:
            self.noter.append(note)

    def laes_rod(self, klasse: type[Filmodel], rod: Felter, sektioner: Iterable[str] = ()) -> Post:
        """The post of the whole file, but for its format and the sections of other rooms."""
        self.rodnoegler = ["format", *klasse.noegler, *sektioner]
        fremmede = {"format", *sektioner}
        self.rod = Felter(rod.linje, "", {n: k for n, k in rod.felter.items() if n not in fremmede}, rod.linjer)
        return self.laes_felter(klasse, self.rod)

    def laes_felter(self, klasse: type[Filmodel], knude: Felter, over: Post | None = None) -> Post:
        """The post of a node, also when parts of it are at fault."""
        return self._post(self._valider(klasse, knude), knude, over)

    def _valider(self, klasse: type[Filmodel], knude: Felter) -> Filmodel:
        """The model of a node. What is at fault is told, marked, and passed over the next time; a list may be at fault
        by what is left of it."""
        for _ in range(FLEST_GANGE):
            try:
                return klasse.model_validate(knude, context=self)
            except Modelfejl as fejl:
                for en in fejl.errors(include_url=False, include_input=False):
                    self._meld(klasse, knude, en)
        return klasse.model_validate(knude, context=self)

    def _meld(self, klasse: type[Filmodel], knude: Any, fejl: Any) -> None:
        """Tell of a fault where its path leads, and mark the node."""
        vej, felt = list(fejl["loc"]), ""
        if fejl["type"] in {"missing", "extra_forbidden"}:
            felt = vej.pop()
        for led in vej:
            knude.ren = False
            knude, klasse = knude.under(led), klasse.klasser.get(led, klasse)
        knude.ren = False
        sti = ".".join(filter(None, [knude.sti, felt]))
        if fejl["type"] == "missing":
            self.fejl(knude.linje, sti, "Feltet mangler.")
            knude.felter[felt] = Skalar(knude.linje, sti, fejlet=True)
        elif felt:
            kendte = self.rodnoegler if knude is self.rod else klasse.noegler
            self.fejl(knude.linjer[felt], sti, ukendt_noegle(felt, kendte))
            knude.felter[felt].fejlet = True
        else:
            knude.fejlet = True
            grund = fejl.get("ctx", {}).get("error")
            beskeder = grund.beskeder if isinstance(grund, Filfejl) else [FORM_BESKEDER.get(fejl["type"]) or str(grund)]
            for besked in beskeder:
                self.fejl(knude.linje, knude.sti, besked)

    def _post(self, fil: Filmodel, knude: Felter, over: Post | None) -> Post:
        post = Post(fil, knude, over)
        foer = len(self.alle_fejl)
        self._fyld(post, fil)
        if knude.ren and len(self.alle_fejl) == foer and fil.model is not None:
            self._tjek_betingelser(post)
        return post

    def _fyld(self, post: Post, fil: Filmodel) -> None:
        post.laest |= fil.modelfelter()
        for noegle, led in fil.led.items():
            vaerdi = getattr(fil, noegle)
            if isinstance(led, Under):
                under = [] if vaerdi is UKENDT or vaerdi is None else [vaerdi] if led.enkelt else vaerdi
                post.lister[noegle] = [self._post(f, f._knude, post) for f in under]
                self.tjek_gentagelser(led.art, post.lister[noegle])
            elif isinstance(led, Henvisning):
                self._henvis(post, noegle, vaerdi)
            elif led is not None:
                self._fyld(post, led() if vaerdi is UKENDT else vaerdi)

    def _henvis(self, post: Post, felt: str, vaerdi: Any) -> None:
        """The nodes that name others; none of them twice."""
        knude = None if vaerdi is UKENDT else post.knude.felter.get(felt)
        noder = [k for k in (knude.led if isinstance(knude, Yamlraekke) else [knude]) if isinstance(k, Skalar)]
        noder = [k for k in noder if not k.fejlet and (k is not knude or not k.er_tom)]
        if isinstance(vaerdi, list):
            gentagne = [nr for nr, en in enumerate(vaerdi) if en in vaerdi[:nr]]
            for nr in reversed(gentagne):
                knude = noder.pop(nr)
                self.fejl(knude.linje, knude.sti, f"»{vaerdi.pop(nr)}« står to gange på listen.")
        if noder:
            post.henvist[felt] = noder

    def tjek_kendte(self, knude: Felter, kendte: list[str]) -> None:
        for noegle in knude.felter:
            if noegle not in kendte:
                sti = ".".join(filter(None, [knude.sti, noegle]))
                self.fejl(knude.linjer[noegle], sti, ukendt_noegle(noegle, kendte))

    def _tjek_betingelser(self, post: Post) -> None:
        """The model's own check constraints, on the values of the file."""
        model = post.art.model
        relationer = {f.name for f in model._meta.get_fields() if f.is_relation}
        objekt = model(**post.laest)
        for betingelse in model._meta.constraints:
            if isinstance(betingelse, CheckConstraint):
                try:
                    betingelse.validate(model, objekt, exclude=relationer)
                except ValidationError as fejl:
                    naevnte = [felt for felt in _felter_i(betingelse.condition) if felt in post.knude.felter]
                    felt = naevnte[-1] if naevnte else ""
                    self.fejl(post.linje(felt), post.sti(felt), " ".join(fejl.messages))

    def tjek_gentagelser(self, art: type[Filmodel], poster: list[Post]) -> None:
        """No two siblings may be recognised by the same, nor share what the model holds unique."""
        if not art.gentages:
            self._tjek_ens(poster, [p.noegle for p in poster], "Det samme står også i linje {}.")
        for felt in art.entydige:
            besked = _entydig_besked(art, felt)
            self._tjek_ens(poster, [p.laest.get(felt) for p in poster], besked + " Se linje {}.", felt)

    def _tjek_ens(self, poster: list[Post], vaerdier: list, besked: str, felt: str = "") -> None:
        set_: dict = {}
        for post, vaerdi in zip(poster, vaerdier, strict=True):
            if vaerdi and vaerdi in set_:
                self.fejl(post.linje(felt), post.sti(felt), besked.format(set_[vaerdi].linje(felt)))
            elif vaerdi:
                set_[vaerdi] = post

    def slaa_op(self, rod: Post) -> None:
        for post in rod.alle():
            self._slaa_op(post)

    def _slaa_op(self, post: Post) -> None:
        """Find what the references of the post point to."""
        for led in post.art.henvisninger():
            noder = post.henvist.get(led.felt, [])
            navne = getattr(post.fil, led.felt)
            navne = navne if isinstance(navne, list) else [navne]
            fundne = [self._find(led, post, navn, knude) for navn, knude in zip(navne, noder, strict=False)]
            post.opslaaet[led.felt] = fundne if led.flere else (fundne or [None])[0]

    def _find(self, led: Henvisning, post: Post, navn: Any, knude: Skalar) -> Any:
        try:
            return led.opslag(self, post, navn)
        except FindesIkke as fejl:
            self.fejl(knude.linje, knude.sti, str(fejl))
            return UKENDT

    def valideringsfejl(self, post: Post, fejl: ValidationError) -> None:
        """What a model says when the post is saved, at the field it names."""
        fejl_pr_felt = fejl.message_dict if hasattr(fejl, "error_dict") else {NON_FIELD_ERRORS: fejl.messages}
        for felt, beskeder in fejl_pr_felt.items():
            sted = felt if felt in post.art.noegler else ""
            for besked in beskeder:
                self.fejl(post.linje(sted), post.sti(sted), besked)


def ukendt_noegle(noegle: str, kendte: list[str]) -> str:
    naer = difflib.get_close_matches(noegle, kendte, n=1)
    forslag = f"Mente du »{naer[0]}«?" if naer else f"Her kan stå: {', '.join(kendte)}."
    return f"Nøglen kendes ikke. {forslag}"


def _entydig_besked(art: type[Filmodel], felt: str) -> str:
    for regel in art.model._meta.constraints:
        if isinstance(regel, UniqueConstraint) and (felt in regel.fields or felt in _felter_i(regel.condition)):
            return str(regel.violation_error_message)
    raise LookupError(f"{art.model._meta.label} holder ikke {felt} entydigt")


def _felter_i(betingelse: Q | None) -> list[str]:
    """The fields a condition speaks of."""
    fundne: list[str] = []
    for barn in betingelse.children if betingelse else []:
        fundne += _felter_i(barn) if isinstance(barn, Q) else [barn[0].partition("__")[0]]
    return fundne


class Regler:
    """A rule set with all that a plan file may refer to in it."""

    def __init__(self, regelsaet: Regelsaet):
        self.regelsaet = regelsaet
        self.indsatsomraader = {o.noegle: o for o in regelsaet.indsatsomraader.all()}
        self.skabeloner = {(s.dokument, s.noegle): s for s in regelsaet.skabelonafsnit.all()}
        self.parametre = {p.noegle: p for p in regelsaet.parametre.all()}
        maal = OverordnetMaal.objects.filter(indsatsomraade__regelsaet=regelsaet)
        self.maal = {m.nummer: m for m in maal.order_by("-indsatsomraade__nummer")}
        faste = FastIndikator.objects.filter(maal__indsatsomraade__regelsaet=regelsaet)
        self.faste = list(faste.select_related("maal"))
        forslag = Delmaalsforslag.objects.filter(indsatsomraade__regelsaet=regelsaet).select_related("indsatsomraade")
        self.forslag = {(f.indsatsomraade.noegle, f.noegle): f for f in forslag}


class Planlaeser(Laeser):
    """Reads a plan file; knows the rule set, and the other plans of the database and of the same batch.

    `fejlede` are the keys of rule sets and plans of the batch that are at fault themselves: what refers to them is not
    reported again.
    """

    def __init__(self, fil: str, fejlede: set[tuple[str, str]]):
        super().__init__(fil)
        self.fejlede = fejlede
        self.plan: Post = None  # type: ignore[assignment]
        self.regler: Regler | None = None
        self._aktiviteter: dict[str, dict[str, Aktivitet]] = {}

    def hent_regler(self, noegle: str) -> None:
        if ("regelsaet", noegle) in self.fejlede or not noegle:
            self.regler = UKENDT
        elif regelsaet := Regelsaet.objects.filter(noegle=noegle).first():
            self.regler = Regler(regelsaet)

    def find_plan(self, noegle: str):
        if ("plan", noegle) in self.fejlede:
            return UKENDT
        if plan := Helhedsplan.objects.filter(noegle=noegle).first():
            return plan
        raise FindesIkke(f"Planen »{noegle}« findes ikke. Indlæs den først eller sammen med denne.")

    def find_lag(self, vej: str):
        """plan/lag, in another plan."""
        noegle, _, lag = vej.partition("/")
        if not lag or "/" in lag:
            raise FindesIkke("Skriv plan/lag med skråstreg imellem.")
        if noegle == self.plan.laest.get("noegle"):
            raise FindesIkke("En plan kan ikke lægges ind i sig selv.")
        plan = self.find_plan(noegle)
        if plan is UKENDT:
            return UKENDT
        fundet = Lag.objects.filter(plan=plan, noegle=lag).first()
        if fundet is None:
            raise FindesIkke(f"»{lag}« ligger ikke oven på planen »{noegle}«.")
        return fundet

    def find_aktivitet(self, vej: str, fra: Post):
        """plan/indsatsomraade/aktivitet, in another plan or in this one."""
        dele = vej.split("/")
        if len(dele) != 3:
            raise FindesIkke("Skriv plan/indsatsområde/aktivitet med skråstreger imellem.")
        if dele[0] == self.plan.laest.get("noegle"):
            fundet = self._egen_aktivitet(dele[1], dele[2])
        else:
            plan = self.find_plan(dele[0])
            if plan is UKENDT:
                return UKENDT
            fundet = self._andres_aktiviteter(plan).get(f"{dele[1]}/{dele[2]}")
        if fundet is None:
            raise FindesIkke(f"Aktiviteten »{vej}« findes ikke.")
        if fundet is fra:
            raise FindesIkke("En aktivitet kan ikke fortsætte sig selv.")
        return fundet

    def find_delaftale(self, vej: str):
        """plan/indsatsomraade, in a plan that came before."""
        noegle, _, omraade = vej.partition("/")
        if not omraade or "/" in omraade:
            raise FindesIkke("Skriv plan/indsatsområde med skråstreg imellem.")
        if noegle == self.plan.laest.get("noegle"):
            raise FindesIkke("En delaftale fortsætter en i en plan, der kom før.")
        plan = self.find_plan(noegle)
        if plan is UKENDT:
            return UKENDT
        fundet = Delaftale.objects.filter(plan=plan, indsatsomraade__noegle=omraade).first()
        if fundet is None:
            raise FindesIkke(f"Delaftalen »{vej}« findes ikke.")
        return fundet

    def _egen_aktivitet(self, omraade: str, noegle: str) -> Post | None:
        for delaftale in self.plan.lister["delaftaler"]:
            if any(s.tekst == omraade for s in delaftale.henvist.get("indsatsomraade", [])):
                for aktivitet in delaftale.lister["aktiviteter"]:
                    if aktivitet.laest.get("noegle") == noegle:
                        return aktivitet
        return None

    def _andres_aktiviteter(self, plan: Helhedsplan) -> dict[str, Aktivitet]:
        if plan.noegle not in self._aktiviteter:
            fundne = Aktivitet.objects.filter(delaftale__plan=plan).select_related("delaftale__indsatsomraade")
            self._aktiviteter[plan.noegle] = {f"{a.delaftale.indsatsomraade.noegle}/{a.noegle}": a for a in fundne}
        return self._aktiviteter[plan.noegle]
