"""Reading files: all of them or none, in one transaction, with every fault of every file in one list."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.db import DataError, IntegrityError, transaction

from aftaler.models import Helhedsplan, Medlemskab
from aftaler.planfil import planform, regelform
from aftaler.planfil.filmodel import UKENDT, Post
from aftaler.planfil.gem import Gemmer, Standset, hent_plan
from aftaler.planfil.laes import Besked, Laeser, Planlaeser
from aftaler.planfil.sektioner import alle_sektioner
from aftaler.planfil.yaml_laeser import Felter, Knude, Skalar, Ulaeselig, Yamlraekke, laes_knuder
from aftaler.queries.adgang import tjek, tjek_kan_oprette_plan
from helhedsplan import actions
from helhedsplan.actions import Versionskonflikt
from helhedsplan.models import Kaede
from helhedsplan.rettigheder import LEDER, PROGRAMMET, Rettighed

FORMATER = {planform.FORMAT: "plan", regelform.FORMAT: "regelsaet"}


@dataclass(frozen=True)
class Planfil:
    navn: str
    indhold: bytes

    @classmethod
    def fra(cls, sti: str | Path) -> "Planfil":
        """A file on disk, or standard input for '-'. Raises OSError."""
        if str(sti) == "-":
            return cls("-", sys.stdin.buffer.read())
        return cls(str(sti), Path(sti).read_bytes())


@dataclass(frozen=True)
class Filudfald:
    """What became of one file: hvad is 'oprettet', 'ændret' or 'uændret'; antal counts the changes in the audit log."""

    fil: str
    slags: str
    noegle: str
    hvad: str
    antal: int = 0
    navn: str = ""


@dataclass
class Indlaesningsresultat:
    """Either faults and nothing saved, or an outcome for each file. Notes tell of what was mended on the way in."""

    fejl: list[Besked] = field(default_factory=list)
    noter: list[Besked] = field(default_factory=list)
    udfald: list[Filudfald] = field(default_factory=list)
    #: What new plans hold: (name of a kind of thing, how many).
    indhold: list[tuple[str, int]] = field(default_factory=list)


def laes_filer(
    filer: Iterable[Planfil], *, bruger, tilfoej_regler: bool = False, proev: bool = False
) -> Indlaesningsresultat:
    """Read plan files and rule-set files into the database.

    Rule sets come first and a plan after the plans it refers to, whatever the order given. With any fault in any file
    nothing is saved. `tilfoej_regler`: a rule set in use gets the rules it lacks. `proev`: nothing is saved in any
    case. Raises PermissionDenied when the person may not write what a file holds.
    """
    return _Indlaesning(bruger, tilfoej_regler, proev).koer(list(filer))


class KunAdministrator(PermissionDenied):
    """The file is a rule set, and the person does not keep those."""


class _Indlaesning:
    def __init__(self, bruger, tilfoej_regler: bool, proev: bool):
        self.bruger = bruger
        self.proev = proev
        self.tilfoej_regler = tilfoej_regler
        self.resultat = Indlaesningsresultat()
        self.fejlede: set[tuple[str, str]] = set()
        self.nye_filer: list[str] = []

    def koer(self, filer: list[Planfil]) -> Indlaesningsresultat:
        fil = ""
        try:
            with transaction.atomic():
                for fil, slags, rod in self._sorteret(self._laes_alle(filer)):
                    self._gem_en(fil, slags, rod)
                if self.resultat.fejl or self.proev:
                    transaction.set_rollback(True)
        except (IntegrityError, DataError, PermissionDenied) as fejl:
            self._ryd_op()
            if isinstance(fejl, PermissionDenied):
                raise
            self.resultat.fejl.append(Besked(fil, 1, "", "Databasen afviste filens indhold. Intet er gemt; prøv igen."))
        if self.resultat.fejl or self.proev:
            self._ryd_op()
        if self.resultat.fejl:
            self.resultat.udfald = []
            self.resultat.fejl = sorted(set(self.resultat.fejl))
        return self.resultat

    def _ryd_op(self) -> None:
        for navn in self.nye_filer:
            default_storage.delete(navn)
        self.nye_filer = []

    # --- the files as nodes, in the order they are to be saved ---

    def _laes_alle(self, filer: list[Planfil]) -> Iterator[tuple[str, str, Felter]]:
        set_: dict[tuple[str, str], str] = {}
        for fil in filer:
            laeser = Laeser(fil.navn)
            try:
                rod = laes_knuder(fil.indhold, laeser.fejl)
                slags = _slags(rod)
            except Ulaeselig as fejl:
                laeser.fejl(fejl.linje, fejl.sti, fejl.besked)
                self.resultat.fejl += laeser.alle_fejl
                continue
            kende = (slags, _tekst(rod, "noegle"))
            if kende[1] and kende in set_:
                laeser.fejl(rod.linjer["noegle"], "noegle", f"»{kende[1]}« står også i filen {set_[kende]}.")
            set_.setdefault(kende, fil.navn)
            if laeser.alle_fejl:
                self.fejlede.add(kende)
            self.resultat.fejl += laeser.alle_fejl
            yield fil.navn, slags, rod

    def _sorteret(self, laeste: Iterable[tuple[str, str, Felter]]) -> list[tuple[str, str, Felter]]:
        laeste = list(laeste)
        regelsaet = [led for led in laeste if led[1] == "regelsaet"]
        planer = {_tekst(led[2], "noegle"): led for led in laeste if led[1] == "plan"}
        gentagne = [led for led in laeste if led[1] == "plan" and planer[_tekst(led[2], "noegle")] is not led]
        graf = {noegle: _naevnte_planer(led[2]) & planer.keys() - {noegle} for noegle, led in planer.items()}
        try:
            orden = list(TopologicalSorter(graf).static_order())
        except CycleError as fejl:
            ring = fejl.args[1][:-1]
            for noegle in ring:
                fil, _, rod = planer[noegle]
                besked = f"Planerne henviser til hinanden i ring: {', '.join(sorted(ring))}."
                self.resultat.fejl.append(Besked(fil, rod.linjer.get("forgaenger", rod.linje), "forgaenger", besked))
                self.fejlede.add(("plan", noegle))
            orden = list(planer)
        return [*regelsaet, *(planer[noegle] for noegle in orden), *gentagne]

    # --- one file ---

    def _gem_en(self, fil: str, slags: str, rod: Felter) -> None:
        laeser = Planlaeser(fil, self.fejlede)
        try:
            with transaction.atomic():
                udfald = self._gem_plan(laeser, rod) if slags == "plan" else self._gem_regelsaet(laeser, rod)
                if laeser.alle_fejl or udfald is None:
                    raise Standset
                self.resultat.udfald.append(udfald)
        except Standset:
            self.fejlede.add((slags, _tekst(rod, "noegle")))
        except Versionskonflikt as fejl:
            laeser.fejl(1, "", f"{fejl} Intet er indlæst; prøv igen.")
        self.resultat.fejl += laeser.alle_fejl
        self.resultat.noter += laeser.noter

    def _gem_regelsaet(self, laeser: Planlaeser, rod: Felter) -> Filudfald | None:
        post = regelform.laes_regelsaet(laeser, rod)
        if laeser.alle_fejl:
            return None
        if not (self.bruger is PROGRAMMET or self.bruger.er_administrator):
            raise KunAdministrator("Kun en administrator kan indlæse regelsæt.")
        hvad = regelform.gem_regelsaet(laeser, post, bruger=self.bruger, tilfoej=self.tilfoej_regler)
        return Filudfald(laeser.fil, "regelsæt", post.laest["noegle"], hvad)

    def _gem_plan(self, laeser: Planlaeser, rod: Felter) -> Filudfald | None:
        post = laeser.laes_rod(planform.Helhedsplanfil, rod, [s.noegle for s in alle_sektioner()])
        laeser.plan = post
        laeser.hent_regler(_tekst(rod, "regelsaet"))
        laeser.slaa_op(post)
        planform.tjek_parametre(laeser, post)
        planform.tjek_valgte(laeser, post)
        planform.tjek_grupper(laeser, post)
        planform.tjek_navne(laeser, post)
        planform.tjek_lag(laeser, post)
        planform.tjek_forgaengere(laeser, post)
        if laeser.alle_fejl or _ufuldstaendig(post) or ("plan", post.laest["noegle"]) in self.fejlede:
            return None
        noegle = post.laest["noegle"]
        gammel = hent_plan(noegle)
        self._tjek_ret(gammel)
        foer = _antal_haendelser(noegle)
        gemmer = Gemmer(laeser, bruger=self.bruger, ny=gammel is None, nye_filer=self.nye_filer)
        gemmer.gem_plan(post, gammel)
        planform.tjek_kommer_af(laeser, post.objekt, post)
        for sektion in alle_sektioner():
            knude = rod.felter.get(sektion.noegle)
            if knude is not None or gammel is not None:
                try:
                    sektion.laes(post.objekt, knude, laeser, gemmer)
                except ValidationError as fejl:
                    laeser.fejl(knude.linje if knude else 1, sektion.noegle, " ".join(fejl.messages))
        if not laeser.alle_fejl:
            gemmer.slet_forsvundne()
        if gammel is None:
            gemmer.log_indlaest(post)
            self.resultat.indhold += gemmer.optalt()
            self._giv_adgang(post.objekt)
            return Filudfald(laeser.fil, "plan", noegle, "oprettet", navn=post.objekt.navn)
        antal = _antal_haendelser(noegle) - foer
        return Filudfald(laeser.fil, "plan", noegle, "ændret" if antal else "uændret", antal, post.objekt.navn)

    def _tjek_ret(self, gammel: Helhedsplan | None) -> None:
        if gammel is None:
            tjek_kan_oprette_plan(self.bruger)
        else:
            tjek(self.bruger, Rettighed.RET, gammel)

    def _giv_adgang(self, plan) -> None:
        """Who reads in a new plan leads it; the program belongs to none."""
        if self.bruger is not PROGRAMMET:
            actions.opret(bruger=self.bruger, objekt=Medlemskab(plan=plan, bruger=self.bruger, rolle=LEDER))


def _slags(rod: Felter) -> str:
    knude = rod.felter.get("format")
    slags = FORMATER.get(knude.tekst) if isinstance(knude, Skalar) else None
    if slags is None:
        linje = knude.linje if knude else rod.linje
        raise Ulaeselig(linje, "format", f"Filen er ikke en planfil. Her skal stå {' eller '.join(FORMATER)}.")
    return slags


def _tekst(rod: Felter, noegle: str) -> str:
    knude = rod.felter.get(noegle)
    return knude.tekst if isinstance(knude, Skalar) else ""


def _naevnte_planer(knude: Knude) -> set[str]:
    """The plans that a plan file refers to."""
    if isinstance(knude, Yamlraekke):
        return set().union(*(_naevnte_planer(led) for led in knude.led))
    naevnte: set[str] = set()
    if isinstance(knude, Felter):
        for led in ("fortsaetter", "kommer_af", "planer", "faelles_med"):
            knuden = knude.felter.get(led)
            veje = knuden.led if isinstance(knuden, Yamlraekke) else [knuden]
            naevnte |= {vej.tekst.partition("/")[0] for vej in veje if isinstance(vej, Skalar)}
        naevnte = (naevnte | {_tekst(knude, "forgaenger")}) - {""}
        for under in knude.felter.values():
            naevnte |= _naevnte_planer(under)
    return naevnte


def _ufuldstaendig(plan: Post) -> bool:
    """Refers to something in a file that is at fault itself."""
    return any(UKENDT in (f if isinstance(f, list) else [f]) for post in plan.alle() for f in post.opslaaet.values())


def _antal_haendelser(kaede: str) -> int:
    hoved = Kaede.objects.filter(noegle=kaede).first()
    return hoved.nummer if hoved else 0
