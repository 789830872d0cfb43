"""The form of the section: which keys each model has, in which order, and what its references are called.

It is described as the plan's own lists are, so that reading, writing, faults and the audit log follow.
"""

from collections.abc import Callable
from typing import Annotated

from aftaler.models import Helhedsplan
from aftaler.planfil.filmodel import (
    INGEN_RELATION,
    Dato,
    Decimaltal,
    Filmodel,
    FindesIkke,
    Heltal,
    Henvisning,
    JaNej,
    Liste,
    Oplyst,
    Post,
    Tekst,
    Under,
    som_skrevet,
)
from aftaler.planfil.planform import Afdelingsvej, Organisationsnavn, Planenavne, blandt, noeglen
from budget.choices import STANDARDKONTI, Bidragsart, Budgetart
from budget.models import (
    Bidrag,
    Budget,
    Finansieringskilde,
    Forbrug,
    Konto,
    Medfinansieringspulje,
    Puljetilsagn,
    Revision,
    Revisionslinje,
    Sats,
    Satsvaerdi,
    Udgift,
)

# --- what references point to ---------------------------------------------------------------------------------------


def _i_sektionen(liste: str) -> Callable:
    return lambda laeser, post, noegle: blandt(laeser.plan.lister[liste], noegle, f"budget.{liste}")


def _lag(laeser, post: Post, noegle: str):
    return blandt(laeser.plan.lister["lag"], noegle, "lag")


def _delaftale(laeser, post: Post, omraade: str):
    for delaftale in laeser.plan.lister["delaftaler"]:
        if any(s.tekst == omraade for s in delaftale.henvist.get("indsatsomraade", [])):
            return delaftale
    raise FindesIkke(f"Planen har ingen delaftale om »{omraade}« i filen.")


def _aktivitet(laeser, post: Post, vej: str):
    omraade, _, noegle = vej.partition("/")
    for aktivitet in _delaftale(laeser, post, omraade).lister["aktiviteter"]:
        if aktivitet.laest.get("noegle") == noegle:
            return aktivitet
    raise FindesIkke(f"Aktiviteten »{vej}« står ikke i filen. Skriv indsatsområde, skråstreg og aktivitetens nøgle.")


def _satsvaerdi(laeser, post: Post, vej: str):
    noegle, _, dato = vej.partition("/")
    for vaerdi in _i_sektionen("satser")(laeser, post, noegle).lister["vaerdier"]:
        if som_skrevet(vaerdi.laest.get("gaelder_fra")) == dato:
            return vaerdi
    raise FindesIkke(f"Satsen »{noegle}« har ingen værdi fra »{dato}« i filen. Skriv nøgle, skråstreg og dato.")


def _konto(laeser, post: Post, noegle: str):
    """The plan's own account, one the file names for the rule set, or one that the rule set has."""
    for liste in ("konti", "faelles_konti"):
        for fundet in laeser.plan.lister[liste]:
            if fundet.laest.get("noegle") == noegle:
                return fundet
    konto = Konto.objects.filter(regelsaet=laeser.regler.regelsaet, plan=None, noegle=noegle).first()
    if konto is None:
        raise FindesIkke(f"Kontoen »{noegle}« findes ikke. Skriv den under budget.konti.")
    return konto


Kildenavn = Annotated[Tekst | None, Henvisning(_i_sektionen("finansieringskilder"), noeglen)]
Kontonavn = Annotated[Tekst | None, Henvisning(_konto, noeglen)]
Delaftalenavn = Annotated[Tekst | None, Henvisning(_delaftale, noeglen, med=("indsatsomraade",))]
Aktivitetsvej = Annotated[
    Tekst | None,
    Henvisning(
        _aktivitet,
        lambda a: f"{a.delaftale.indsatsomraade.noegle}/{a.noegle}",
        med=("delaftale__indsatsomraade",),
    ),
]
Satsvej = Annotated[
    Tekst | None,
    Henvisning(_satsvaerdi, lambda v: f"{v.sats.noegle}/{v.gaelder_fra.isoformat()}", med=("sats",)),
]

# --- the order of cells: the same in the database and in the file ---------------------------------------------------

ARTER = [*Bidragsart.values, ""]


def _objektorden(celle) -> tuple:
    """Of a row in the database: by financier or account, kind, year and purpose."""
    kilde, konto = getattr(celle, "kilde", None), getattr(celle, "konto", None)
    aftale, aktivitet = celle.delaftale, celle.aktivitet
    return (
        (0, kilde.orden, kilde.noegle) if kilde else (1, 0, konto.noegle if konto else ""),
        ARTER.index(getattr(celle, "art", "")),
        celle.planaar or 0,
        aftale.noegle if aftale else "",
        f"{aktivitet.delaftale.noegle}/{aktivitet.noegle}" if aktivitet else "",
    )


def postorden(kilder: list[Post]) -> Callable[[Post], tuple]:
    """Of a row in the file, where a financier's place on the list is its order."""
    plads = {post.laest.get("noegle"): nr for nr, post in enumerate(kilder)}

    def orden(post: Post) -> tuple:
        data = post.data()
        return (
            (0, plads.get(data["kilde"], 0), data["kilde"]) if "kilde" in data else (1, 0, data.get("konto", "")),
            ARTER.index(data.get("art", "")),
            data.get("planaar", 0),
            data.get("delaftale", ""),
            data.get("aktivitet", ""),
        )

    return orden


def _celler(liste: str) -> Under:
    """Cells have no order of their own: they are written in one that follows from what they are."""
    return Under(hentes=lambda objekt: sorted(getattr(objekt, liste).all(), key=_objektorden))


# --- the models -----------------------------------------------------------------------------------------------------


class Puljefil(Filmodel, model=Medfinansieringspulje):
    noegle: Tekst
    organisation: Organisationsnavn
    navn: Tekst
    beloeb: Decimaltal
    fra_aar: Heltal
    til_aar: Heltal
    hoejst_andel: Decimaltal | None = None
    kilde: Tekst = ""
    note: Tekst = ""


class FaellesKontofil(Filmodel, model=Konto):
    noegle: Tekst
    navn: Tekst
    kilde: Tekst = "Helhedsplans egen kontoplan"
    verificeret: Tekst = "nej"


class Kontofil(FaellesKontofil, model=Konto, placering="orden"):
    """The plan's own."""


class Kildefil(Filmodel, model=Finansieringskilde, entydige=("navn",), placering="orden"):
    noegle: Tekst
    navn: Tekst
    art: Tekst
    lokal: JaNej = False
    organisation: Organisationsnavn = None
    afdeling: Afdelingsvej = None
    gaelder_fra: Oplyst | None = None
    gaelder_til: Oplyst | None = None
    note: Tekst = ""


class Satsvaerdifil(Filmodel, model=Satsvaerdi, kende=("gaelder_fra",)):
    gaelder_fra: Dato
    beloeb: Decimaltal
    kilde: Tekst = ""


class Satsfil(Filmodel, model=Sats, entydige=("navn",), placering="orden"):
    noegle: Tekst
    navn: Tekst
    art: Tekst
    enhed: Tekst
    vaerdier: Annotated[Liste[Satsvaerdifil], Under(sorter=lambda data: data["gaelder_fra"])] = []


class Celle(Filmodel):
    """Known by all of where it stands, also by what is empty."""

    def kendes_paa(self) -> tuple:
        return tuple(v or "" for v in self.kendetegn())


class Bidragsfil(Celle, model=Bidrag, kende=("kilde", "art", "planaar", "delaftale", "aktivitet")):
    kilde: Kildenavn
    art: Tekst
    planaar: Heltal | None = None
    delaftale: Delaftalenavn = None
    aktivitet: Aktivitetsvej = None
    beloeb: Decimaltal
    maengde: Decimaltal | None = None
    satsvaerdi: Satsvej = None
    afrundet_til: Decimaltal | None = None
    note: Tekst = ""


class Udgiftsfil(Celle, model=Udgift, kende=("konto", "planaar", "delaftale", "aktivitet")):
    konto: Kontonavn
    planaar: Heltal | None = None
    delaftale: Delaftalenavn = None
    aktivitet: Aktivitetsvej = None
    beloeb: Decimaltal
    afrundet_til: Decimaltal | None = None
    note: Tekst = ""


class Linjefil(Celle, model=Revisionslinje, kende=("kilde", "art", "konto", "planaar", "delaftale", "aktivitet")):
    kilde: Kildenavn = None
    art: Tekst = ""
    konto: Kontonavn = None
    planaar: Heltal | None = None
    delaftale: Delaftalenavn = None
    aktivitet: Aktivitetsvej = None
    delta: Decimaltal
    note: Tekst = ""


class Revisionsfil(Filmodel, model=Revision, kende=("nummer",)):
    nummer: Heltal
    art: Tekst
    dato: Dato
    status: Tekst = "kladde"
    godkendt_den: Oplyst | None = None
    bestyrelse_den: Dato | None = None
    bestyrelse_kilde: Tekst = ""
    lbf_den: Dato | None = None
    lbf_kilde: Tekst = ""
    begrundelse: Tekst
    linjer: Annotated[Liste[Linjefil], _celler("linjer")] = []


class Budgetfil(Filmodel, model=Budget, kaeder=("grundlag",)):
    noegle: Tekst
    navn: Tekst
    art: Tekst
    status: Tekst = "kladde"
    godkendt_den: Oplyst | None = None
    lag: Annotated[Tekst | None, Henvisning(_lag, noeglen)] = None
    grundlag: Annotated[Tekst | None, Henvisning(_i_sektionen("budgetter"), noeglen)] = None
    begrundelse: Tekst = ""
    oplyst_i_alt: Decimaltal | None = None
    oplyst_afrundet_til: Decimaltal | None = None
    oplyst_i_alt_sagt: Tekst = ""
    oplyst_andel_sagt: Tekst = ""
    bidrag: Annotated[Liste[Bidragsfil], _celler("bidrag")] = []
    udgifter: Annotated[Liste[Udgiftsfil], _celler("udgifter")] = []
    revisioner: Annotated[Liste[Revisionsfil], Under(sorter=lambda data: data["nummer"])] = []


class Forbrugsfil(Celle, model=Forbrug, kende=("aar", "kvartal", "kilde", "art", "konto", "delaftale")):
    aar: Heltal
    kvartal: Heltal
    kilde: Kildenavn
    art: Tekst = "kontant"
    konto: Kontonavn = None
    delaftale: Delaftalenavn = None
    beloeb: Decimaltal
    note: Tekst = ""


class Tilsagnsfil(Filmodel, model=Puljetilsagn, kende=("pulje",)):
    pulje: Annotated[Tekst | None, Henvisning(_i_sektionen("puljer"), noeglen)]
    bevilget: Decimaltal
    faelles_med: Planenavne = []
    note: Tekst = ""


def _brugte_puljer(plan: Helhedsplan) -> list[Medfinansieringspulje]:
    return sorted({tilsagn.pulje for tilsagn in plan.puljetilsagn.all()}, key=noeglen)


def _brugte_konti(plan: Helhedsplan) -> list[Konto]:
    """The accounts of the rule set that the plan uses, but for those that every rule set starts with."""
    brugte = {udgift.konto for budget in plan.budgetter.all() for udgift in budget.udgifter.all()}
    brugte |= {linje.konto for b in plan.budgetter.all() for r in b.revisioner.all() for linje in r.linjer.all()}
    brugte |= {forbrug.konto for forbrug in plan.forbrug.all()}
    return sorted((k for k in brugte if k and k.plan_id is None and not _er_standard(k)), key=noeglen)


def _er_standard(konto: Konto) -> bool:
    # What is written of one of ours is just this; anything else was changed here and must come along.
    data = Kontofil.som_data(konto)
    return data == {"noegle": data["noegle"], "navn": dict(STANDARDKONTI).get(data["noegle"])}


def _budgetorden(data: dict) -> tuple:
    return list(Budgetart).index(data["art"]), data["noegle"]


def _forbrugsorden(data: dict) -> tuple:
    sted = (data.get(felt, "") for felt in ("kilde", "art", "konto", "planaar", "delaftale", "aktivitet"))
    return data["aar"], data["kvartal"], *map(str, sted)


class Budgetlister(Filmodel):
    """Each list after those it refers to. The first two are what the plan uses and does not own, pools of a kommune and
    accounts of the rule set: a file adds what is missing and never changes what is there.
    """

    puljer: Annotated[Liste[Puljefil], Under(INGEN_RELATION, hentes=_brugte_puljer)] = []
    faelles_konti: Annotated[Liste[FaellesKontofil], Under(INGEN_RELATION, hentes=_brugte_konti)] = []
    konti: Annotated[Liste[Kontofil], Under(ogsaa=lambda plan: {"regelsaet": plan.regelsaet})] = []
    finansieringskilder: Liste[Kildefil] = []
    satser: Liste[Satsfil] = []
    budgetter: Annotated[Liste[Budgetfil], Under(sorter=_budgetorden)] = []
    forbrug: Annotated[Liste[Forbrugsfil], Under(sorter=_forbrugsorden)] = []
    puljetilsagn: Annotated[Liste[Tilsagnsfil], Under(sorter=lambda data: data["pulje"])] = []


class Budgetnoegle(Filmodel):
    budget: Budgetlister = Budgetlister()
