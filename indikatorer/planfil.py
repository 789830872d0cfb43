"""The section `indikatorer` of a plan file: places, indicators with their measurements, follow-up and area status.

It is described as the plan's own lists are, so that reading, writing, faults and the audit log follow.
"""

from collections.abc import Iterator

from django.db import models

from aftaler.models import Afsnit, FastIndikator, Helhedsplan
from aftaler.planfil.form import (
    UKENDT,
    Art,
    FindesIkke,
    Henvisning,
    Led,
    Listefelt,
    Post,
    Vaerdifelt,
    forudhent,
    laes_decimaltal,
    laes_heltal,
    laes_skalar,
    laes_tekst,
    som_skrevet,
)
from aftaler.planfil.planform import afdeling_til, blandt, find_omraade, noeglen, organisation_til, tjek_ring
from aftaler.planfil.yaml_laeser import Felter, Knude, Skalar, Yamlraekke
from helhedsplan.tilslutninger import Planfilsektion
from indikatorer.actions.bundnetal import foelg
from indikatorer.imports.kobling import Kobling, Kolonnerolle
from indikatorer.models import Accept, Importskabelon, Indikator, Maaling, Maalsti, Omraadestatus, Opfoelgning, Sted
from indikatorer.queries.bundnetal import henvisning_til
from indikatorer.rules.tal import talfejl

NOEGLE = "indikatorer"


def fast_vej(fast: FastIndikator) -> str:
    """A fixed indicator by its goal's number and its own key."""
    return f"{fast.maal.nummer}/{fast.noegle}"


def _fast(laeser, post: Post, vej: str):
    nummer, _, noegle = vej.partition("/")
    for fast in laeser.regler.faste:
        if (str(fast.maal.nummer), fast.noegle) == (nummer, noegle):
            return fast
    raise FindesIkke(f"»{vej}« er ikke en fast indikator i regelsættet. Skriv målets nummer, skråstreg og nøglen.")


def delmaal_vej(delmaal) -> str:
    return f"{delmaal.delaftale.indsatsomraade.noegle}/{delmaal.noegle}"


def _delmaal(laeser, post: Post, vej: str):
    omraade, _, noegle = vej.partition("/")
    for delaftale in laeser.plan.lister["delaftaler"]:
        if any(s.tekst == omraade for s in delaftale.henvist.get("indsatsomraade", [])):
            for delmaal in delaftale.lister["delmaal"]:
                if delmaal.laest.get("noegle") == noegle:
                    return delmaal
    raise FindesIkke(f"Delmålet »{vej}« står ikke i filen. Skriv indsatsområde, skråstreg og delmålets nøgle.")


def _sted(laeser, post: Post, noegle: str):
    return blandt(laeser.plan.lister["steder"], noegle, "indikatorer.steder")


def _hele(laeser, post: Post, noegle: str):
    return blandt(laeser.plan.lister["indikatorer"], noegle, "indikatorer.indikatorer")


def _maal(laeser, post: Post, nummer: int):
    if nummer in laeser.regler.maal:
        return laeser.regler.maal[nummer]
    raise FindesIkke(f"»{nummer}« er ikke nummeret på et mål i regelsættet.")


class Kriterievaerdier(Led):
    """The figures of an area on the state's lists: criterion -> number, in the order of the names."""

    noegler = ("vaerdier",)
    modelfelter = ("vaerdier",)

    def skriv(self, objekt) -> dict:
        return self._som_data(objekt.vaerdier)

    def post_som_data(self, post: Post) -> dict:
        return self._som_data(post.laest.get("vaerdier", {}))

    def _som_data(self, vaerdier: dict) -> dict:
        return {"vaerdier": dict(sorted(vaerdier.items()))} if vaerdier else {}

    def laes(self, laeser, post: Post) -> None:
        knude = post.knude.felter.get("vaerdier")
        post.laest["vaerdier"] = {}
        if isinstance(knude, Felter):
            for noegle, under in knude.felter.items():
                vaerdi = laes_skalar(laeser, under, laes_decimaltal)
                if vaerdi is not UKENDT:
                    post.laest["vaerdier"][noegle] = som_skrevet(vaerdi)
        elif knude is not None and not (isinstance(knude, Skalar) and knude.art == "intet"):
            laeser.fejl(knude.linje, knude.sti, "Her skal stå nøgler med kolon efter.")


class Visttal(Led):
    """The figures that the board had before it: rows of words, kept as they were shown."""

    noegler = ("tal",)
    modelfelter = ("tal",)
    ord_ = ("indikator", "sted", "hvornaar", "tal", "kilde")

    def skriv(self, objekt) -> dict:
        return self._som_data(objekt.tal)

    def post_som_data(self, post: Post) -> dict:
        return self._som_data(post.laest.get("tal", []))

    def _som_data(self, raekker: list[dict]) -> dict:
        data = [{noegle: raekke[noegle] for noegle in self.ord_ if raekke.get(noegle)} for raekke in raekker]
        return {"tal": data} if data else {}

    def laes(self, laeser, post: Post) -> None:
        knude = post.knude.felter.get("tal")
        post.laest["tal"] = []
        if isinstance(knude, Yamlraekke):
            post.laest["tal"] = [self._laes_raekke(laeser, led) for led in knude.led]
        elif knude is not None and not (isinstance(knude, Skalar) and knude.art == "intet"):
            laeser.fejl(knude.linje, knude.sti, "Her skal stå en liste.")

    def _laes_raekke(self, laeser, knude: Knude) -> dict[str, str]:
        if not isinstance(knude, Felter):
            laeser.fejl(knude.linje, knude.sti, "Her skal stå nøgler med kolon efter.")
            return {}
        laeser.tjek_kendte(knude, list(self.ord_))
        laest = {n: laes_skalar(laeser, knude.felter[n], laes_tekst) for n in self.ord_ if n in knude.felter}
        return {noegle: laest.get(noegle, "") for noegle in self.ord_ if laest.get(noegle) is not UKENDT}


STED = Art(
    Sted,
    (
        Vaerdifelt("noegle"),
        Vaerdifelt("navn"),
        Vaerdifelt("art"),
        Henvisning("omraade", find_omraade, noeglen),
        afdeling_til(),
        organisation_til("kommune"),
        Henvisning("omraader", find_omraade, noeglen, sorteret=True),
    ),
    entydige=("navn",),
    placering="orden",
)
MAALSTI = Art(Maalsti, (Vaerdifelt("aar"), Vaerdifelt("vaerdi")), noegle=lambda data: data.get("aar"))
MAALING = Art(
    Maaling,
    (
        Henvisning("sted", _sted, noeglen),
        Vaerdifelt("aar"),
        Vaerdifelt("begivenhed"),
        Vaerdifelt("dato"),
        Vaerdifelt("tilstand"),
        Vaerdifelt("antal"),
        Vaerdifelt("grundlag"),
        Vaerdifelt("vaerdi"),
        Vaerdifelt("decimaler"),
        Vaerdifelt("trykform"),
        Vaerdifelt("er_baseline"),
        Vaerdifelt("kilde"),
        Vaerdifelt("udtrukket"),
        Vaerdifelt("note"),
    ),
    noegle=lambda data: data.get("sted") and (data["sted"], data.get("aar"), data.get("begivenhed", "")),
)
INDIKATOR = Art(
    Indikator,
    (
        Vaerdifelt("noegle"),
        Vaerdifelt("navn"),
        Vaerdifelt("gruppe"),
        Henvisning("fast", _fast, fast_vej, med=("maal",)),
        Henvisning("delmaal", _delmaal, delmaal_vej, med=("delaftale__indsatsomraade",)),
        Vaerdifelt("enhed"),
        Vaerdifelt("persongruppe"),
        Henvisning("hele", _hele, noeglen),
        Vaerdifelt("opdeling"),
        Vaerdifelt("retning"),
        Vaerdifelt("maaltype"),
        Vaerdifelt("maalretning"),
        Vaerdifelt("sammenligning"),
        Vaerdifelt("maalvaerdi"),
        Vaerdifelt("note"),
        Listefelt("maalsti", MAALSTI, lambda i: {"indikator": i}, sorter=lambda data: data["aar"]),
        Listefelt(
            "maalinger",
            MAALING,
            lambda i: {"indikator": i},
            # By time; within it by the order of the places, which is the order they are fetched in.
            sorter=lambda data: (data["aar"], data.get("begivenhed", "")),
        ),
    ),
    kaeder=("hele",),
    placering="orden",
)
OPFOELGNING = Art(
    Opfoelgning,
    (
        Henvisning("maal", _maal, lambda m: m.nummer, fra_skalar=laes_heltal),
        Vaerdifelt("dato"),
        Vaerdifelt("data_aar"),
        Vaerdifelt("konklusion"),
        Visttal(),
    ),
    noegle=lambda data: data.get("maal") and (data["maal"], data.get("dato")),
)
OMRAADESTATUS = Art(
    Omraadestatus,
    (
        Henvisning("omraade", find_omraade, noeglen),
        Vaerdifelt("aar"),
        Vaerdifelt("kategori"),
        Kriterievaerdier(),
        Vaerdifelt("kilde"),
    ),
    noegle=lambda data: data.get("omraade") and (data["omraade"], data.get("aar")),
)
ACCEPT = Art(
    Accept,
    (Vaerdifelt("kode"), Vaerdifelt("emne"), Vaerdifelt("fingeraftryk"), Vaerdifelt("begrundelse")),
    noegle=lambda data: data.get("kode") and (data["kode"], data.get("emne")),
)


class Koblingsled(Led):
    """What the columns and names of a kind of file mean, as `imports.kobling` has it."""

    noegler = ("kobling",)
    modelfelter = ("kobling",)

    def skriv(self, objekt) -> dict:
        return self._som_data(objekt.kobling)

    def post_som_data(self, post: Post) -> dict:
        return self._som_data(post.laest.get("kobling", {}))

    def _som_data(self, kobling: dict) -> dict:
        ren = Kobling.fra_data(kobling).som_data()
        return {"kobling": ren} if ren else {}

    def laes(self, laeser, post: Post) -> None:
        knude = post.knude.felter.get("kobling")
        post.laest["kobling"] = {}
        if isinstance(knude, Felter):
            laeser.tjek_kendte(knude, KOBLINGSNOEGLER)
            for under in _skalarer(knude):
                laes_skalar(laeser, under, lambda skalar: skalar.tekst)
            kobling = Kobling.fra_data(knude.som_data())
            if forkerte := [v.er for v in kobling.kolonner.values() if v.er not in Kolonnerolle.values]:
                lovlige = ", ".join(filter(None, Kolonnerolle.values))
                laeser.fejl(
                    knude.linje, knude.sti, f"»{forkerte[0][:60]}« kan en kolonne ikke være. Vælg mellem: {lovlige}."
                )
            post.laest["kobling"] = kobling.som_data()
        elif knude is not None and not (isinstance(knude, Skalar) and knude.art == "intet"):
            laeser.fejl(knude.linje, knude.sti, "Her skal stå nøgler med kolon efter.")


def _skalarer(knude: Knude) -> Iterator[Skalar]:
    if isinstance(knude, Skalar):
        yield knude
    for under in knude.felter.values() if isinstance(knude, Felter) else ():
        yield from _skalarer(under)


KOBLINGSNOEGLER = ["spring_over", "indikator", "sted", "kilde", "oevrige", "kolonner", "navne"]
IMPORTSKABELON = Art(
    Importskabelon,
    (Vaerdifelt("aftryk"), Vaerdifelt("navn"), Koblingsled()),
    noegle=lambda data: data.get("aftryk"),
)

#: The lists of the section, each after those it refers to.
LISTER = (
    Listefelt("steder", STED, lambda plan: {"plan": plan}),
    Listefelt("indikatorer", INDIKATOR, lambda plan: {"plan": plan}),
    Listefelt("omraadestatus", OMRAADESTATUS, lambda plan: {"plan": plan}, sorter=lambda data: data["aar"]),
    Listefelt(
        "opfoelgninger",
        OPFOELGNING,
        lambda plan: {"plan": plan},
        sorter=lambda data: (data["dato"], data["maal"]),
    ),
    Listefelt("accepter", ACCEPT, lambda plan: {"plan": plan}, sorter=lambda data: (data["kode"], data["emne"])),
    Listefelt("importskabeloner", IMPORTSKABELON, lambda plan: {"plan": plan}, sorter=lambda data: data["aftryk"]),
)
FORUDHENT = [vej for liste in LISTER for vej in (liste.noegle, *forudhent(liste.art, f"{liste.noegle}__"))]


def skriv(plan: Helhedsplan) -> dict | None:
    models.prefetch_related_objects([plan], *FORUDHENT)
    return {noegle: data for liste in LISTER for noegle, data in liste.skriv(plan).items()} or None


def naevner(plan: Helhedsplan) -> list:
    """The organisations and departments that the places refer to."""
    steder = plan.steder.select_related("kommune", "afdeling__organisation")
    return [o for sted in steder for o in (sted.kommune, sted.afdeling) if o is not None]


def laes(plan: Helhedsplan, data, sektion) -> None:
    """Read every list, look up what they refer to, and save them when the whole section is without fault."""
    laeser, over = sektion.laeser, sektion.laeser.plan
    foer = len(laeser.alle_fejl)
    for liste in LISTER:
        liste.laes_knude(laeser, over, _under(laeser, sektion.knude, liste.noegle))
    poster = {liste.noegle: over.lister[liste.noegle] for liste in LISTER}
    for post in (p for liste in poster.values() for p in liste):
        laeser.slaa_op(post)
    _tjek_tal(laeser, poster["indikatorer"])
    tjek_ring(laeser, poster["indikatorer"], "hele", "Indikatoren kommer til at være en del af sig selv.")
    for noegle in poster:
        del over.lister[noegle]
    if len(laeser.alle_fejl) > foer:
        return
    if not sektion.ny:
        models.prefetch_related_objects([plan], *FORUDHENT)
    linje = sektion.knude.linje if sektion.knude else over.knude.linje
    for liste in LISTER:
        sektion.gemmer.gem_liste(liste, plan, poster[liste.noegle], linje, ejer_er_ny=sektion.ny)
    sektion.gemmer.afslut()
    _bind_tal(plan, sektion, [post.objekt for i in poster["indikatorer"] for post in i.lister["maalinger"]])


def _bind_tal(plan: Helhedsplan, sektion, maalinger: list[Maaling]) -> None:
    """Make the rows behind the bound figures of the texts; the marks in the texts are what the file keeps of them."""
    ved = {henvisning_til(maaling): maaling for maaling in maalinger}
    for afsnit in Afsnit.objects.filter(plan=plan).select_related("skabelon", "plan"):
        foelg(bruger=sektion.gemmer.bruger, afsnit=afsnit, maalinger=ved, log=not sektion.ny)


def _under(laeser, knude: Knude | None, noegle: str) -> Knude | None:
    """The node of one list; faults of the section itself are told with the first list."""
    if isinstance(knude, Felter):
        if noegle == LISTER[0].noegle:
            laeser.tjek_kendte(knude, [liste.noegle for liste in LISTER])
        under = knude.felter.get(noegle)
        return None if isinstance(under, Skalar) and under.art == "intet" else under
    if knude is not None and noegle == LISTER[0].noegle and not (isinstance(knude, Skalar) and knude.art == "intet"):
        laeser.fejl(knude.linje, knude.sti, "Her skal stå nøgler med kolon efter.")
    return None


def _tjek_tal(laeser, indikatorer: list[Post]) -> None:
    """What a figure may be hangs on the unit of its indicator."""
    for indikator in indikatorer:
        for post in indikator.lister["maalinger"]:
            felter = {felt: post.laest.get(felt) for felt in ("aar", "dato", "vaerdi")}
            for felt, besked in talfejl(indikator.laest.get("enhed", ""), **felter).items():
                laeser.fejl(post.linje(felt), post.sti(felt), besked)


SEKTION = Planfilsektion(NOEGLE, skriv, laes, naevner)
