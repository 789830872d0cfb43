"""The form of the section: which keys each model has, in which order, and what its references are called.

It is described as the plan's own lists are, so that reading, writing, faults and the audit log follow.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models

from aftaler.models import Helhedsplan
from aftaler.planfil.form import Art, FindesIkke, Henvisning, Listefelt, Post, Vaerdifelt, forudhent
from aftaler.planfil.planform import afdeling_til, blandt, noeglen, organisation_til
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

NOEGLE = "budget"


# --- what references point to ---------------------------------------------------------------------------------------


def _i_sektionen(liste: str) -> Callable:
    return lambda laeser, post, noegle: blandt(laeser.plan.lister[liste], noegle, f"budget.{liste}")


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
        if vaerdi.data().get("gaelder_fra") == dato:
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


def _til_kilde() -> Henvisning:
    return Henvisning("kilde", _i_sektionen("finansieringskilder"), noeglen)


def _til_konto() -> Henvisning:
    return Henvisning("konto", _konto, noeglen)


STED = (
    Henvisning("delaftale", _delaftale, noeglen, med=("indsatsomraade",)),
    Henvisning(
        "aktivitet",
        _aktivitet,
        lambda a: f"{a.delaftale.indsatsomraade.noegle}/{a.noegle}",
        med=("delaftale__indsatsomraade",),
    ),
)

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


@dataclass(frozen=True)
class Celler(Listefelt):
    """Cells have no order of their own: they are written in one that follows from what they are."""

    def hent(self, objekt) -> list[Any]:
        return sorted(super().hent(objekt), key=_objektorden)


def _sted(data: dict) -> tuple:
    return tuple(data.get(felt, "") for felt in ("kilde", "art", "konto", "planaar", "delaftale", "aktivitet"))


# --- the models -----------------------------------------------------------------------------------------------------

PULJE = Art(
    Medfinansieringspulje,
    (
        Vaerdifelt("noegle"),
        organisation_til(),
        Vaerdifelt("navn"),
        Vaerdifelt("beloeb"),
        Vaerdifelt("fra_aar"),
        Vaerdifelt("til_aar"),
        Vaerdifelt("hoejst_andel"),
        Vaerdifelt("kilde"),
        Vaerdifelt("note"),
    ),
)
KONTO = Art(
    Konto, (Vaerdifelt("noegle"), Vaerdifelt("navn"), Vaerdifelt("kilde"), Vaerdifelt("verificeret")), placering="orden"
)
FAELLES_KONTO = Art(Konto, KONTO.indhold)
FINANSIERINGSKILDE = Art(
    Finansieringskilde,
    (
        Vaerdifelt("noegle"),
        Vaerdifelt("navn"),
        Vaerdifelt("art"),
        Vaerdifelt("lokal"),
        organisation_til(),
        afdeling_til(),
        Vaerdifelt("gaelder_fra"),
        Vaerdifelt("gaelder_til"),
        Vaerdifelt("note"),
    ),
    entydige=("navn",),
    placering="orden",
)
SATSVAERDI = Art(
    Satsvaerdi,
    (Vaerdifelt("gaelder_fra"), Vaerdifelt("beloeb"), Vaerdifelt("kilde")),
    noegle=lambda data: data.get("gaelder_fra"),
)
SATS = Art(
    Sats,
    (
        Vaerdifelt("noegle"),
        Vaerdifelt("navn"),
        Vaerdifelt("art"),
        Vaerdifelt("enhed"),
        Listefelt("vaerdier", SATSVAERDI, lambda s: {"sats": s}, sorter=lambda data: data["gaelder_fra"]),
    ),
    entydige=("navn",),
    placering="orden",
)
BIDRAG = Art(
    Bidrag,
    (
        _til_kilde(),
        Vaerdifelt("art"),
        Vaerdifelt("planaar"),
        *STED,
        Vaerdifelt("beloeb"),
        Vaerdifelt("maengde"),
        Henvisning("satsvaerdi", _satsvaerdi, lambda v: f"{v.sats.noegle}/{v.gaelder_fra.isoformat()}", med=("sats",)),
        Vaerdifelt("afrundet_til"),
        Vaerdifelt("note"),
    ),
    noegle=_sted,
)
UDGIFT = Art(
    Udgift,
    (_til_konto(), Vaerdifelt("planaar"), *STED, Vaerdifelt("beloeb"), Vaerdifelt("afrundet_til"), Vaerdifelt("note")),
    noegle=_sted,
)
REVISIONSLINJE = Art(
    Revisionslinje,
    (
        _til_kilde(),
        Vaerdifelt("art"),
        _til_konto(),
        Vaerdifelt("planaar"),
        *STED,
        Vaerdifelt("delta"),
        Vaerdifelt("note"),
    ),
    noegle=_sted,
)
REVISION = Art(
    Revision,
    (
        Vaerdifelt("nummer"),
        Vaerdifelt("art"),
        Vaerdifelt("dato"),
        Vaerdifelt("status"),
        Vaerdifelt("godkendt_den"),
        Vaerdifelt("bestyrelse_den"),
        Vaerdifelt("bestyrelse_kilde"),
        Vaerdifelt("lbf_den"),
        Vaerdifelt("lbf_kilde"),
        Vaerdifelt("begrundelse"),
        Celler("linjer", REVISIONSLINJE, lambda r: {"revision": r}),
    ),
    noegle=lambda data: data.get("nummer"),
)
BUDGET = Art(
    Budget,
    (
        Vaerdifelt("noegle"),
        Vaerdifelt("navn"),
        Vaerdifelt("art"),
        Vaerdifelt("status"),
        Vaerdifelt("godkendt_den"),
        Henvisning("grundlag", _i_sektionen("budgetter"), noeglen),
        Vaerdifelt("begrundelse"),
        Vaerdifelt("oplyst_i_alt"),
        Vaerdifelt("oplyst_afrundet_til"),
        Celler("bidrag", BIDRAG, lambda b: {"budget": b}),
        Celler("udgifter", UDGIFT, lambda b: {"budget": b}),
        Listefelt("revisioner", REVISION, lambda b: {"budget": b}, sorter=lambda data: data["nummer"]),
    ),
    kaeder=("grundlag",),
)
FORBRUG = Art(
    Forbrug,
    (
        Vaerdifelt("aar"),
        Vaerdifelt("kvartal"),
        _til_kilde(),
        Vaerdifelt("art"),
        _til_konto(),
        STED[0],
        Vaerdifelt("beloeb"),
        Vaerdifelt("note"),
    ),
    noegle=lambda data: (data.get("aar"), data.get("kvartal"), *_sted(data)),
)
PULJETILSAGN = Art(
    Puljetilsagn,
    (Henvisning("pulje", _i_sektionen("puljer"), noeglen), Vaerdifelt("bevilget"), Vaerdifelt("note")),
    noegle=lambda data: data.get("pulje"),
)


def _i_planen(plan) -> dict:
    return {"plan": plan}


@dataclass(frozen=True)
class Delte(Listefelt):
    """What the plan uses and does not own: pools of a kommune, accounts of the rule set. A file adds what is missing
    and never changes what is there."""

    def hent(self, objekt) -> list[Any]:
        brugte = _brugte_puljer(objekt) if self.noegle == "puljer" else _brugte_konti(objekt)
        return sorted(brugte, key=noeglen)


#: The lists of the section, each after those it refers to.
DELTE = (Delte("puljer", PULJE, lambda plan: {}), Delte("faelles_konti", FAELLES_KONTO, lambda plan: {}))
EGNE = (
    Listefelt("konti", KONTO, lambda plan: {"plan": plan, "regelsaet": plan.regelsaet}),
    Listefelt("finansieringskilder", FINANSIERINGSKILDE, _i_planen),
    Listefelt("satser", SATS, _i_planen),
    Listefelt("budgetter", BUDGET, _i_planen, sorter=lambda data: (list(Budgetart).index(data["art"]), data["noegle"])),
    Listefelt(
        "forbrug",
        FORBRUG,
        _i_planen,
        sorter=lambda data: (data["aar"], data["kvartal"], *map(str, _sted(data))),
    ),
    Listefelt("puljetilsagn", PULJETILSAGN, _i_planen, sorter=lambda data: data["pulje"]),
)
LISTER = (*DELTE, *EGNE)
FORUDHENT = [vej for liste in EGNE for vej in (liste.noegle, *forudhent(liste.art, f"{liste.noegle}__"))]


def _brugte_puljer(plan: Helhedsplan) -> set[Medfinansieringspulje]:
    return {tilsagn.pulje for tilsagn in plan.puljetilsagn.all()}


def _brugte_konti(plan: Helhedsplan) -> set[Konto]:
    """The accounts of the rule set that the plan uses, but for those that every rule set starts with."""
    brugte = {udgift.konto for budget in plan.budgetter.all() for udgift in budget.udgifter.all()}
    brugte |= {linje.konto for b in plan.budgetter.all() for r in b.revisioner.all() for linje in r.linjer.all()}
    brugte |= {forbrug.konto for forbrug in plan.forbrug.all()}
    return {k for k in brugte if k and k.plan_id is None and not _er_standard(k)}


def _er_standard(konto: Konto) -> bool:
    # What is written of one of ours is just this; anything else was changed here and must come along.
    data = KONTO.som_data(konto)
    return data == {"noegle": data["noegle"], "navn": dict(STANDARDKONTI).get(data["noegle"])}


def skriv(plan: Helhedsplan) -> dict | None:
    models.prefetch_related_objects([plan], *FORUDHENT, "puljetilsagn__pulje__organisation")
    return {noegle: data for liste in LISTER for noegle, data in liste.skriv(plan).items()} or None


def naevner(plan: Helhedsplan) -> list:
    """The organisations and departments that financiers and pools refer to."""
    kilder = plan.finansieringskilder.select_related("organisation", "afdeling__organisation")
    puljer = Medfinansieringspulje.objects.filter(tilsagn__plan=plan).select_related("organisation")
    naevnte = [o for kilde in kilder for o in (kilde.organisation, kilde.afdeling) if o is not None]
    return [*naevnte, *(pulje.organisation for pulje in puljer)]
