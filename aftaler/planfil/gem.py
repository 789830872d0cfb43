"""From posts to the database: what is new is created, what differs is changed, what is gone is deleted.

A brand-new plan gets one audit entry that names everything in it: the file is one act, and two hundred entries of
"oprettet" would bury what people do afterwards. Nothing is lost by it, since every later entry holds what stood
before. A file read over an existing plan is a revision: each object that differs gets its own entry through
`helhedsplan.actions`, as if it had been changed by hand.
"""

from collections import Counter, defaultdict
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import ProtectedError

from aftaler.actions.raekker import delt_med, meld_delt
from aftaler.models import Afdeling, Bilag, Billede, Helhedsplan, Organisation
from aftaler.planfil.filmodel import INGEN_RELATION, Filmodel, Post, Under
from aftaler.planfil.laes import Laeser
from aftaler.planfil.planform import Helhedsplanfil, afdelingsnavn
from helhedsplan import actions, papirkurv, revisionsspor
from helhedsplan.actions import Aendring, aendringer_til
from helhedsplan.felter import SOM_SAGT

Par = list[tuple[Post, Any]]
#: When a shared thing was put into another, as the columns keep it.
LAGT_IND = ("lagt_ind", f"lagt_ind{SOM_SAGT}")


class Standset(Exception):
    """A fault has been reported; what has been saved so far must be rolled back."""


def hent_plan(noegle: str) -> Helhedsplan | None:
    """A plan and everything a file holds of it, in a constant number of queries."""
    return Helhedsplan.objects.filter(noegle=noegle).prefetch_related(*Helhedsplanfil.forudhent()).first()


class Gemmer:
    """Saves the posts of one file. `ny`: the root did not exist before. `nye_filer` collects the pictures stored."""

    def __init__(self, laeser: Laeser, *, bruger, ny: bool, nye_filer: list[str]):
        self.laeser = laeser
        self.bruger = bruger
        self.ny = ny
        self.nye_filer = nye_filer
        self.oprettede: list[models.Model] = []
        self._udskudte: list[tuple[Post, str]] = []
        self._sluppet: dict[models.Model, dict[str, Any]] = defaultdict(dict)
        self._nye_delte: set[int] = set()
        self._doemte: list[tuple[type[Filmodel], models.Model, int]] = []

    def gem_plan(self, post: Post, gammel: Helhedsplan | None) -> None:
        post.objekt = gammel
        foer = delt_med(gammel) if gammel else {}
        self._gem_organisationer(post.lister["organisationer"])
        self._gem(post, gammel, {})
        self.afslut()
        meld_delt(bruger=self.bruger, plan=post.objekt, foer=foer)

    def afslut(self) -> None:
        """What had to wait: references to objects that came later in the file."""
        for post, felt in self._udskudte:
            self._ret(post, {felt: post.opslaaet[felt].objekt}, [])
        self._udskudte = []

    def optalt(self) -> list[tuple[str, int]]:
        """How many of each thing were made."""
        antal = Counter(type(objekt)._meta.verbose_name_plural for objekt in self.oprettede)
        return [(str(navn), n) for navn, n in antal.items()]

    def log_indlaest(self, plan: Post) -> None:
        """The one entry of a new plan."""
        navne = defaultdict(list)
        for objekt in self.oprettede:
            navne[type(objekt)._meta].append(str(objekt))
        aendringer = [Aendring(str(m.model_name), str(m.verbose_name_plural), None, n) for m, n in navne.items()]
        revisionsspor.skriv(
            bruger=self.bruger,
            kaede=plan.laest["noegle"],
            handling="indlæst",
            objekt=plan.objekt,
            aendringer=[aendring.som_data() for aendring in aendringer],
        )

    # --- organisations: shared by all plans ---

    def _gem_organisationer(self, poster: list[Post]) -> None:
        """A file adds the organisations and departments that are missing and never changes one that is there."""
        fundne = {o.noegle: o for o in Organisation.objects.filter(noegle__in=[p.laest["noegle"] for p in poster])}
        for post in poster:
            noegle = post.laest["noegle"]
            self._gem_delt(post, fundne.get(noegle), {}, f"Organisationen {noegle}")
        afdelinger = Afdeling.objects.filter(organisation__in=fundne.values())
        kendte = {(a.organisation_id, afdelingsnavn(a.nummer, a.navn)): a for a in afdelinger}
        for organisation in poster:
            for post in organisation.lister["afdelinger"]:
                navn = afdelingsnavn(post.laest["nummer"], post.laest["navn"])
                fundet = kendte.get((organisation.objekt.pk, navn))
                self._gem_delt(post, fundet, {"organisation": organisation.objekt}, f"Afdelingen {navn}")
        for post in (en for organisation in poster for en in (organisation, *organisation.lister["afdelinger"])):
            self._laeg_ind(post)

    def _gem_delt(self, post: Post, fundet: models.Model | None, ejer: dict, hvad: str) -> None:
        [navne] = [liste for liste in post.art.lister if liste.noegle == "navne"]
        felter = {felt: v for felt, v in post.laest.items() if felt not in LAGT_IND}
        if fundet is None:
            post.objekt = post.art.model(**ejer, **felter)
            self._nye_delte.add(id(post))

            def under() -> list[Aendring]:
                aendring = self._erstat_raekker(navne, post)
                return [aendring] if aendring else []

            self._proev(post, actions.opret, objekt=post.objekt, under=under)
            return
        post.objekt = fundet
        for felt, vaerdi in felter.items():
            self._tjek_delt(post, felt, hvad, getattr(fundet, felt), vaerdi)
        if "navne" in post.knude.felter:
            foer = [_raekkefelter(navne.art, navn) for navn in navne.hent(fundet)]
            efter = [_sammenlignelig(self._felter(navn)) for navn in post.lister["navne"]]
            self._tjek_delt(post, "navne", hvad, *("; ".join(map(_i_ord, navne)) for navne in (foer, efter)))

    def _tjek_delt(self, post: Post, felt: str, hvad: str, her, vaerdi) -> None:
        if her != vaerdi and not (felt == "navn" and vaerdi in {navn.navn for navn in post.objekt.navne.all()}):
            besked = (
                f"{hvad} er fælles for flere planer og har »{her}« her, ikke »{vaerdi}«. "
                "Ret filen, eller ret organisationen på dens egen side."
            )
            self.laeser.fejl(post.linje(felt), post.sti(felt), besked)

    def _laeg_ind(self, post: Post) -> None:
        """What the thing was put into, once that is there too. A file that is silent on it says nothing against it."""
        ind_i = post.opslaaet.get("lagt_ind_i")
        if not isinstance(ind_i, Post):
            return
        felter = {"lagt_ind_i": ind_i.objekt} | {felt: post.laest[felt] for felt in LAGT_IND}
        if id(post) in self._nye_delte:
            self._proev(post, actions.ret, objekt=post.objekt, felter=felter, tilladte=set(felter))
            return
        for felt, vaerdi in felter.items():
            noegle = felt.removesuffix(SOM_SAGT)
            self._tjek_delt(post, noegle, str(post.objekt), getattr(post.objekt, felt) or "", vaerdi or "")

    # --- objects with a history of their own ---

    def gem_liste(self, liste: Under, ejer: models.Model, poster: list[Post], linje: int, *, ejer_er_ny: bool) -> None:
        """Make the objects of a list what the file says; those that are gone wait for `slet_forsvundne`."""
        gamle = [] if ejer_er_ny else liste.hent(ejer)
        par, tilovers = _par(liste.art, gamle, poster)
        for post, gammel in par:
            post.objekt = gammel
        self._slip(liste.art, par, tilovers)
        for (post, gammel), placering in zip(par, _placeringer(liste.art, par, gamle), strict=True):
            self._gem(post, gammel, liste.ejer(ejer) | placering)
        self._doemte += [(liste.art, objekt, linje) for objekt in tilovers]

    def _gem(self, post: Post, gammel, ejer: dict) -> None:
        """Save an object, the rows that belong to it, and the lists of objects below it."""
        felter = ejer | self._felter(post)
        raekkelister = [liste for liste in post.art.lister if not liste.art.er_rod]
        if gammel is None:
            self._opret(post, felter)
            for liste in raekkelister:
                self.opret_raekker(liste, post)
        else:
            self._ret(post, felter, [a for liste in raekkelister if (a := self._erstat_raekker(liste, post))])
        for liste in post.art.lister:
            if liste.art.er_rod and liste.relation != INGEN_RELATION:
                poster, linje = post.lister[liste.noegle], post.linje(liste.noegle)
                self.gem_liste(liste, post.objekt, poster, linje, ejer_er_ny=gammel is None)

    def _felter(self, post: Post) -> dict:
        """The field values of a post; references to what is not saved yet wait."""
        felter = dict(post.laest)
        for felt, fundet in post.opslaaet.items():
            if isinstance(fundet, list):
                felter[felt] = [_objekt(f) for f in fundet]
            elif isinstance(fundet, Post) and fundet.objekt is None:
                self._udskudte.append((post, felt))
            else:
                felter[felt] = _objekt(fundet)
        return felter

    def _opret(self, post: Post, felter: dict) -> None:
        enkle, m2m = _del(post.art.model, felter)
        objekt = post.objekt = post.art.model(**enkle)
        if self.ny:
            # Values, constraints and uniqueness of a new plan were checked when the file was read.
            self._proev(post, lambda bruger: objekt.clean())
            _indsaet(objekt, m2m)
            self.oprettede.append(objekt)
        else:
            self._proev(post, actions.opret, objekt=objekt, m2m=m2m)

    def _ret(self, post: Post, felter: dict, ekstra: list[Aendring]) -> None:
        objekt = post.objekt
        sluppet = self._sluppet.get(objekt, {})
        aendringer = aendringer_til(objekt, {felt: v for felt, v in felter.items() if felt not in sluppet})
        tilbage = [
            Aendring(felt, objekt._meta.get_field(felt).verbose_name, sluppet.pop(felt), felter[felt])
            for felt in list(sluppet)
            if felt in felter
        ]
        if tilbage:
            nye = {a.felt: a.efter for a in tilbage}
            type(objekt)._default_manager.filter(pk=objekt.pk).update(**nye)
            _saet(objekt, nye)
        if self.ny:
            _saet(objekt, {a.felt: a.efter for a in aendringer})
            self._proev(post, lambda bruger: objekt.clean())
            objekt.save(update_fields=[a.felt for a in aendringer])
        elif aendringer or tilbage or ekstra:
            self._proev(
                post,
                actions.ret,
                objekt=objekt,
                felter={a.felt: a.efter for a in aendringer},
                version=objekt.version,
                tilladte={a.felt for a in aendringer},
                ekstra=[*tilbage, *ekstra],
            )

    def _slip(self, art: type[Filmodel], par: Par, tilovers: list) -> None:
        """Let go of what is about to change hands between siblings, so that two may swap names or places.

        What stood there before is kept for the log. References that stay are set to the very objects being saved: a
        model's `clean` follows them, and must not meet a copy of how things stood.
        """
        for post, gammel in par:
            if gammel is not None:
                _saet(gammel, {f: _ny_vaerdi(post, f) for f in art.kaeder if getattr(gammel, f) == _ny_vaerdi(post, f)})
        for felt in (*art.entydige, *art.kaeder):
            slippes = [g for post, g in par if g is not None and getattr(g, felt) != _ny_vaerdi(post, felt)]
            for objekt in [*slippes, *tilovers]:
                foer = getattr(objekt, felt)
                ledig: Any = f"\x1a{objekt.pk}" if isinstance(foer, str) else False if isinstance(foer, bool) else None
                type(objekt)._default_manager.filter(pk=objekt.pk).update(**{felt: ledig})
                if objekt not in tilovers:
                    self._sluppet[objekt][felt] = foer
                    _saet(objekt, {felt: ledig})

    def _proev(self, post: Post, handling, **argumenter):
        """Run an action; what the model refuses becomes a fault at the post."""
        try:
            return handling(bruger=self.bruger, **argumenter)
        except ValidationError as fejl:
            self.laeser.valideringsfejl(post, fejl)
            raise Standset from None

    # --- rows below an object, replaced as a whole and part of its history ---

    def opret_raekker(self, liste: Under, over: Post) -> None:
        """Create the rows of a list, and those below them."""
        for nr, post in enumerate(over.lister[liste.noegle], 1):
            enkle, m2m = _del(post.art.model, self._felter(post))
            if "fil" in enkle:
                enkle["fil"] = self._gem_fil(enkle["fil"], post.fil.indhold.indhold)
            if post.art.placering:
                enkle[post.art.placering] = nr
            post.objekt = post.art.model(**liste.ejer(over.objekt), **enkle)
            self._proev(post, lambda bruger, raekke=post.objekt: raekke.clean())
            _indsaet(post.objekt, m2m)
            for under in post.art.lister:
                self.opret_raekker(under, post)

    def _erstat_raekker(self, liste: Under, over: Post) -> Aendring | None:
        gamle = liste.hent(over.objekt)
        foer = [_raekkefelter(liste.art, raekke) for raekke in gamle]
        efter = [_sammenlignelig(self._felter(post)) for post in over.lister[liste.noegle]]
        if foer == efter:
            return None
        self.slet_raekker(liste, over.objekt, over.linje(liste.noegle))
        self.opret_raekker(liste, over)
        navn = str(liste.art.model._meta.verbose_name_plural)
        return Aendring(liste.noegle, navn, [_i_ord(r) for r in foer], [_i_ord(r) for r in efter])

    def slet_raekker(self, liste: Under, over: models.Model, linje: int) -> None:
        """Delete the rows of a list, and those below them first."""
        for raekke in liste.hent(over):
            for under in liste.art.lister:
                self.slet_raekker(under, raekke, linje)
            self._slet_raekke(raekke, linje)

    def _slet_raekke(self, raekke: models.Model, linje: int) -> None:
        try:
            raekke.delete()
        except ProtectedError as fejl:
            navne = ", ".join(sorted({f"»{o}«" for o in fejl.protected_objects})[:5])
            self.laeser.fejl(linje, "", f"»{raekke}« kan ikke skiftes ud, fordi den bruges af {navne}.")
            raise Standset from None
        if isinstance(raekke, (Billede, Bilag)):
            model, navn = type(raekke), raekke.fil.name
            transaction.on_commit(lambda: _fjern_fil(model, navn))

    def _gem_fil(self, navn: str, indhold: bytes) -> str:
        """Put the bytes in storage unless they are there: the name follows from the bytes."""
        if default_storage.exists(navn) and default_storage.size(navn) == len(indhold):
            return navn
        navn = default_storage.save(navn, ContentFile(indhold))
        self.nye_filer.append(navn)
        return navn

    # --- what is gone ---

    def slet_forsvundne(self) -> None:
        """Delete what the file no longer has, in whatever order what leans on what allows; when every section is read,
        since an activity may be gone together with its amounts."""
        for _, objekt, _ in self._doemte:
            actions.laeg_i_kurv(bruger=self.bruger, objekt=objekt)
        with papirkurv.lagt():
            self._slet_doemte([led for doemt in self._doemte for led in _fladt(*doemt)])

    def _slet_doemte(self, venter: list[tuple[type[Filmodel], models.Model, int]]) -> None:
        for art, objekt, linje in venter:
            for liste in art.lister:
                if not liste.art.er_rod:
                    self.slet_raekker(liste, objekt, linje)
        while venter:
            afviste = [(led, fejl) for led in venter if (fejl := self._slet(led[1]))]
            if len(afviste) == len(venter):
                for (_, objekt, linje), fejl in afviste:
                    self.laeser.fejl(linje, "", f"»{objekt}« mangler i filen. {' '.join(fejl.messages)}")
                raise Standset
            venter = [led for led, _ in afviste]

    def _slet(self, objekt: models.Model) -> ValidationError | None:
        try:
            actions.slet(bruger=self.bruger, objekt=objekt)
        except ValidationError as fejl:
            return fejl
        return None


def _fladt(art: type[Filmodel], objekt: models.Model, linje: int):
    """An object and all that has a history below it, the lowest first."""
    for liste in art.lister:
        if liste.art.er_rod:
            for under in liste.hent(objekt):
                yield from _fladt(liste.art, under, linje)
    yield art, objekt, linje


def _saet(objekt: models.Model, felter: dict) -> None:
    for felt, vaerdi in felter.items():
        setattr(objekt, felt, vaerdi)


def _ny_vaerdi(post: Post, felt: str):
    return post.laest[felt] if felt in post.laest else _objekt(post.opslaaet[felt])


def _objekt(fundet):
    return fundet.objekt if isinstance(fundet, Post) else fundet


def _del(model: type[models.Model], felter: dict) -> tuple[dict, dict]:
    """Field values, and relations to many."""
    m2m = {felt: vaerdi for felt, vaerdi in felter.items() if model._meta.get_field(felt).many_to_many}
    return {felt: vaerdi for felt, vaerdi in felter.items() if felt not in m2m}, m2m


def _indsaet(objekt: models.Model, m2m: dict) -> None:
    objekt.save(force_insert=True)
    for felt, vaerdier in m2m.items():
        if vaerdier:
            getattr(objekt, felt).set(vaerdier)


def _par(art: type[Filmodel], gamle: list, poster: list[Post]) -> tuple[Par, list]:
    """Each post with the object it tells of, by the key and (where keys repeat) by how often it came before."""

    def nummereret(noegler):
        set_: Counter = Counter()
        for noegle in noegler:
            set_[noegle] += 1
            yield noegle, set_[noegle]

    ledige = dict(zip(nummereret(art.noegle_af(o) for o in gamle), gamle, strict=True))
    par = [
        (post, ledige.pop(noegle, None))
        for post, noegle in zip(poster, nummereret(p.noegle for p in poster), strict=True)
    ]
    return par, list(ledige.values())


def _placeringer(art: type[Filmodel], par: Par, gamle: list) -> list[dict]:
    """The order field of each object. Left alone while the file has the old order and adds only at the end."""
    felt = art.placering
    if felt is None:
        return [{} for _ in par]
    kendte = [gammel for _, gammel in par if gammel is not None]
    if kendte == [o for o in gamle if o in kendte] and [g for _, g in par][: len(kendte)] == kendte:
        sidste = max((getattr(o, felt) for o in gamle), default=0)
        nye = range(sidste + 1, sidste + 1 + len(par) - len(kendte))
        return [{felt: nr} for nr in [*(getattr(o, felt) for o in kendte), *nye]]
    return [{felt: nr} for nr, _ in enumerate(par, 1)]


def _raekkefelter(art: type[Filmodel], raekke) -> dict:
    """The values of a saved row, comparable with those of a post."""
    felter: dict = {}
    for felt in art.raekkefelter():
        vaerdi = getattr(raekke, felt)
        felter[felt] = list(vaerdi.all()) if raekke._meta.get_field(felt).many_to_many else vaerdi
    return _sammenlignelig(felter)


def _sammenlignelig(felter: dict) -> dict:
    """A picture is known by its bytes, not by where they are stored; the order of a relation says nothing."""
    return {
        felt: sorted(vaerdi, key=lambda o: o.pk) if isinstance(vaerdi, list) else vaerdi
        for felt, vaerdi in felter.items()
        if felt != "fil"
    }


def _i_ord(felter: dict) -> str:
    vist = [v for felt, v in felter.items() if v not in (None, "", [], False) and felt != "sha256"]
    return " · ".join(str(revisionsspor.som_json(v)) for v in vist)


def _fjern_fil(model: type[Billede | Bilag], navn: str) -> None:
    if not model.objects.filter(fil=navn).exists() and not papirkurv.naevner(navn):
        default_storage.delete(navn)
