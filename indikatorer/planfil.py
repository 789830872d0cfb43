"""The section `indikatorer` of a plan file: places, indicators with their measurements, follow-up and area status.

It is described as the plan's own lists are, so that reading, writing, faults and the audit log follow.
"""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, ValidationInfo

from aftaler.models import Afsnit, FastIndikator, Helhedsplan
from aftaler.planfil.filmodel import (
    Dato,
    Decimaltal,
    Filmodel,
    FindesIkke,
    Heltal,
    Henvisning,
    JaNej,
    Liste,
    Navngivne,
    Post,
    Tekst,
    Under,
    laes_decimaltal,
    som_skrevet,
    vaerdi,
)
from aftaler.planfil.planform import (
    Afdelingsvej,
    Omraadenavn,
    Organisationsnavn,
    blandt,
    find_omraade,
    noeglen,
    tjek_ring,
)
from aftaler.planfil.sektioner import Sektion
from aftaler.planfil.yaml_laeser import Felter, Knude, Skalar
from helhedsplan.cpr import CPR_BESKED, ligner_cpr
from indikatorer.actions.bundnetal import foelg
from indikatorer.imports.kobling import Kobling, Kolonnerolle
from indikatorer.models import Accept, Importskabelon, Indikator, Maaling, Maalsti, Omraadestatus, Opfoelgning, Sted
from indikatorer.queries.bundnetal import henvisning_til
from indikatorer.rules.tal import talfejl


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


def _skalarer(knude: Knude) -> Iterator[Skalar]:
    if isinstance(knude, Skalar):
        yield knude
    for under in knude.felter.values() if isinstance(knude, Felter) else ():
        yield from _skalarer(under)


def _laes_kobling(raa: Any, info: ValidationInfo) -> Any:
    """What the columns and names of a kind of file mean, as `imports.kobling` has it."""
    if not isinstance(raa, Felter):
        return raa
    laeser: Any = info.context
    laeser.tjek_kendte(raa, KOBLINGSNOEGLER)
    for skalar in (s for s in _skalarer(raa) if ligner_cpr(s.tekst)):
        laeser.fejl(skalar.linje, skalar.sti, CPR_BESKED)
    kobling = Kobling.fra_data(raa.som_data())
    if forkerte := [v.er for v in kobling.kolonner.values() if v.er not in Kolonnerolle.values]:
        lovlige = ", ".join(filter(None, Kolonnerolle.values))
        raise ValueError(f"»{forkerte[0][:60]}« kan en kolonne ikke være. Vælg mellem: {lovlige}.")
    return kobling.som_data()


KOBLINGSNOEGLER = ["spring_over", "indikator", "sted", "kilde", "oevrige", "kolonner", "navne"]
Koblingsdata = Annotated[
    dict[str, Any], BeforeValidator(_laes_kobling), PlainSerializer(lambda k: Kobling.fra_data(k).som_data())
]
#: The figures of the criteria, in the order of their names.
Kriterietal = Annotated[
    Navngivne[Annotated[str, vaerdi(lambda skalar: som_skrevet(laes_decimaltal(skalar)))]],
    PlainSerializer(lambda tal: dict(sorted(tal.items()))),
]


class Stedfil(Filmodel, model=Sted, entydige=("navn",), placering="orden"):
    noegle: Tekst
    navn: Tekst
    art: Tekst
    omraade: Omraadenavn = None
    afdeling: Afdelingsvej = None
    kommune: Organisationsnavn = None
    omraader: Annotated[Liste[Tekst], Henvisning(find_omraade, noeglen, sorteret=True)] = []


class Maalstifil(Filmodel, model=Maalsti, kende=("aar",)):
    aar: Heltal
    vaerdi: Decimaltal


class Maalingsfil(Filmodel, model=Maaling, kende=("sted", "aar", "begivenhed")):
    sted: Annotated[Tekst | None, Henvisning(_sted, noeglen)]
    aar: Heltal
    begivenhed: Tekst = ""
    dato: Dato | None = None
    tilstand: Tekst = "vaerdi"
    antal: Heltal | None = None
    grundlag: Heltal | None = None
    vaerdi: Decimaltal | None = None
    decimaler: Heltal = 1
    trykform: Tekst = "antal_foerst"
    er_baseline: JaNej = False
    kilde: Tekst = ""
    udtrukket: Dato | None = None
    note: Tekst = ""


class Indikatorfil(Filmodel, model=Indikator, kaeder=("hele",), placering="orden"):
    noegle: Tekst
    navn: Tekst
    gruppe: Tekst = "lokal"
    fast: Annotated[Tekst | None, Henvisning(_fast, fast_vej, med=("maal",))] = None
    delmaal: Annotated[Tekst | None, Henvisning(_delmaal, delmaal_vej, med=("delaftale__indsatsomraade",))] = None
    enhed: Tekst
    persongruppe: Tekst = ""
    hele: Annotated[Tekst | None, Henvisning(_hele, noeglen)] = None
    opdeling: Tekst = ""
    retning: Tekst = ""
    maaltype: Tekst = ""
    maalretning: Tekst = ""
    sammenligning: Tekst = ""
    maalvaerdi: Decimaltal | None = None
    note: Tekst = ""
    maalsti: Annotated[Liste[Maalstifil], Under(sorter=lambda data: data["aar"])] = []
    # By time; within it by the order of the places, which is the order they are fetched in.
    maalinger: Annotated[Liste[Maalingsfil], Under(sorter=lambda data: (data["aar"], data.get("begivenhed", "")))] = []


class Vistfil(Filmodel):
    """A figure that the board had before it: words, kept as they were shown."""

    indikator: Tekst = ""
    sted: Tekst = ""
    hvornaar: Tekst = ""
    tal: Tekst = ""
    kilde: Tekst = ""


class Opfoelgningsfil(Filmodel, model=Opfoelgning, kende=("maal", "dato")):
    maal: Annotated[Heltal | None, Henvisning(_maal, lambda maal: maal.nummer)]
    dato: Dato
    data_aar: Heltal
    konklusion: Tekst
    tal: Liste[Vistfil] = []


class Omraadestatusfil(Filmodel, model=Omraadestatus, kende=("omraade", "aar")):
    omraade: Omraadenavn
    aar: Heltal
    kategori: Tekst = ""
    vaerdier: Kriterietal = {}
    kilde: Tekst = ""


class Acceptfil(Filmodel, model=Accept, kende=("kode", "emne")):
    kode: Tekst
    emne: Tekst
    fingeraftryk: Tekst
    begrundelse: Tekst


class Importskabelonfil(Filmodel, model=Importskabelon, kende=("aftryk",)):
    aftryk: Tekst
    navn: Tekst
    kobling: Koblingsdata = {}


class Indikatorlister(Filmodel):
    """Each list after those it refers to."""

    steder: Liste[Stedfil] = []
    indikatorer: Liste[Indikatorfil] = []
    omraadestatus: Annotated[Liste[Omraadestatusfil], Under(sorter=lambda data: data["aar"])] = []
    opfoelgninger: Annotated[Liste[Opfoelgningsfil], Under(sorter=lambda data: (data["dato"], data["maal"]))] = []
    accepter: Annotated[Liste[Acceptfil], Under(sorter=lambda data: (data["kode"], data["emne"]))] = []
    importskabeloner: Annotated[Liste[Importskabelonfil], Under(sorter=lambda data: data["aftryk"])] = []


class Indikatornoegle(Filmodel):
    indikatorer: Indikatorlister = Indikatorlister()


def naevner(plan: Helhedsplan) -> list:
    """The organisations and departments that the places refer to."""
    steder = plan.steder.select_related("kommune", "afdeling__organisation")
    return [o for sted in steder for o in (sted.kommune, sted.afdeling) if o is not None]


class Indikatorsektion(Sektion):
    def tjek(self, plan, poster, laeser, gemmer, *, uden_fejl) -> None:
        for indikator in poster["indikatorer"]:
            for post in indikator.lister["maalinger"]:
                _tjek_tal(laeser, indikator, post)
        tjek_ring(laeser, poster["indikatorer"], "hele", "Indikatoren kommer til at være en del af sig selv.")

    def gem(self, plan, post, laeser, gemmer, linje) -> None:
        """Also the rows behind the bound figures of texts; the marks in the texts are what the file keeps of them."""
        super().gem(plan, post, laeser, gemmer, linje)
        maalinger = [maaling.objekt for i in post.lister["indikatorer"] for maaling in i.lister["maalinger"]]
        ved = {henvisning_til(maaling): maaling for maaling in maalinger}
        for afsnit in Afsnit.objects.filter(plan=plan).select_related("skabelon", "plan"):
            foelg(bruger=gemmer.bruger, afsnit=afsnit, maalinger=ved, log=not gemmer.ny)


def _tjek_tal(laeser, indikator: Post, post: Post) -> None:
    """What a figure may be hangs on the unit of its indicator."""
    felter = {felt: post.laest.get(felt) for felt in ("aar", "dato", "vaerdi")}
    for felt, besked in talfejl(indikator.laest.get("enhed", ""), **felter).items():
        laeser.fejl(post.linje(felt), post.sti(felt), besked)


SEKTION = Indikatorsektion(Indikatornoegle, naevner)
