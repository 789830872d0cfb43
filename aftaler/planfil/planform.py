"""The form of a plan file: which keys each model has, in which order, and what its references are called."""

from dataclasses import dataclass
from typing import Annotated

from aftaler.choices import Dokumenttype
from aftaler.models import (
    Afdeling,
    Afsnit,
    Aktivitet,
    Bilag,
    Billede,
    Delaftale,
    Delmaal,
    Gruppe,
    Helhedsplan,
    Koblingsraekke,
    Koblingstabel,
    Milepael,
    Omraade,
    Organisation,
    Part,
    Plads,
    Planmilepael,
    Planparameter,
    Risiko,
    Samarbejdspart,
)
from aftaler.planfil.filmodel import Henvisning as Opslag
from aftaler.planfil.filmodel import Tekst
from aftaler.planfil.form import (
    INGEN_RELATION,
    UKENDT,
    Art,
    Bilagsbytes,
    Billedbytes,
    FindesIkke,
    Henvisning,
    Listefelt,
    Post,
    Samlingsfelt,
    Tidsfelt,
    Vaerdifelt,
    laes_heltal,
)
from aftaler.planfil.sektioner import alle_sektioner
from aftaler.queries.dokument import AKTIVITETSANTAL

FORMAT = "helhedsplan-plan/1"


def afdelingsnavn(nummer: str, navn: str) -> str:
    """What an afdeling is known by within its organisation."""
    return nummer or navn


# --- what references point to ---------------------------------------------------------------------------------------


def blandt(poster: list[Post], noegle: str, hvor: str) -> Post:
    """The one with that key, of those that the file has written under `hvor`."""
    for post in poster:
        if post.laest.get("noegle") == noegle:
            return post
    raise FindesIkke(f"»{noegle}« står ikke under {hvor} i filen.")


def _organisation(laeser, post: Post, noegle: str):
    return blandt(laeser.plan.lister["organisationer"], noegle, "organisationer")


def _afdeling(laeser, post: Post, navn: str):
    organisation, _, afdeling = navn.partition("/")
    for fundet in _organisation(laeser, post, organisation).lister["afdelinger"]:
        if afdelingsnavn(fundet.laest.get("nummer", ""), fundet.laest.get("navn", "")) == afdeling:
            return fundet
    raise FindesIkke(f"»{afdeling}« står ikke under afdelinger hos organisationen »{organisation}« i filen.")


def _regelsaet(laeser, post: Post, noegle: str):
    if laeser.regler is UKENDT:
        return UKENDT
    if laeser.regler is None:
        raise FindesIkke(f"Regelsættet »{noegle}« findes ikke. Indlæs det først eller sammen med planen.")
    return laeser.regler.regelsaet


def _i_reglerne(laeser, samling: str, noegle, hvad: str):
    """Something of the plan's rule set; unknown when the rule set itself is."""
    if laeser.regler in (None, UKENDT):
        return UKENDT
    fundet = getattr(laeser.regler, samling).get(noegle)
    if fundet is None:
        vist = noegle if isinstance(noegle, (str, int)) else noegle[-1]
        raise FindesIkke(f"»{vist}« er ikke {hvad} i regelsættet {laeser.regler.regelsaet.noegle}.")
    return fundet


def _indsatsomraade(laeser, post: Post, noegle: str):
    return _i_reglerne(laeser, "indsatsomraader", noegle, "et indsatsområde")


def _skabelon(laeser, post: Post, noegle: str):
    i_delaftale = post.over is not None and post.over.art.model is Delaftale
    dokument = Dokumenttype.DELAFTALE if i_delaftale else Dokumenttype.SAMARBEJDSAFTALE
    return _i_reglerne(laeser, "skabeloner", (dokument, noegle), f"et afsnit i skabelonen for {dokument.label.lower()}")


def _kommissorieskabelon(laeser, post: Post, noegle: str):
    dokument = Dokumenttype.KOMMISSORIUM
    return _i_reglerne(laeser, "skabeloner", (dokument, noegle), "et afsnit i skabelonen for kommissorium")


def _i_samarbejdsaftalen(afsnit: Afsnit) -> bool:
    return afsnit.delaftale_id is None and afsnit.skabelon.dokument == Dokumenttype.SAMARBEJDSAFTALE


def _i_kommissoriet(afsnit: Afsnit) -> bool:
    return afsnit.skabelon.dokument == Dokumenttype.KOMMISSORIUM


def _maal(laeser, post: Post, nummer: int):
    return _i_reglerne(laeser, "maal", nummer, "nummeret på et mål")


def _forslag(laeser, post: Post, noegle: str):
    omraade = next((s.tekst for s in post.over.henvist.get("indsatsomraade", [])), "")
    return _i_reglerne(laeser, "forslag", (omraade, noegle), "et foreslået delmål for indsatsområdet")


def find_omraade(laeser, post: Post, noegle: str):
    return blandt(laeser.plan.lister["omraader"], noegle, "omraader")


def _gruppe(laeser, post: Post, noegle: str):
    return blandt(laeser.plan.lister["grupper"], noegle, "grupper")


def _delmaal(laeser, post: Post, noegle: str):
    return blandt(post.over.lister["delmaal"], noegle, "delmaal i delaftalen")


def _forgaenger(laeser, post: Post, noegle: str):
    if noegle == post.laest.get("noegle"):
        raise FindesIkke("En plan kan ikke være sin egen forgænger.")
    return laeser.find_plan(noegle)


def _fortsaetter(laeser, post: Post, vej: str):
    return laeser.find_aktivitet(vej, post)


def aktivitetsvej(aktivitet: Aktivitet) -> str:
    delaftale = aktivitet.delaftale
    return f"{delaftale.plan.noegle}/{delaftale.indsatsomraade.noegle}/{aktivitet.noegle}"


def noeglen(objekt) -> str:
    return objekt.noegle


def tjek_valgte(laeser, plan: Post) -> None:
    """A delaftale is about an indsatsområde that the plan has chosen, as far as the choice could be read."""
    if any(fejl.felt.startswith("indsatsomraader") for fejl in laeser.alle_fejl):
        return
    valgte = {skalar.tekst for skalar in plan.henvist.get("indsatsomraader", [])}
    for delaftale in plan.lister["delaftaler"]:
        for skalar in delaftale.henvist.get("indsatsomraade", []):
            if skalar.tekst not in valgte and delaftale.opslaaet["indsatsomraade"] is not UKENDT:
                laeser.fejl(skalar.linje, skalar.sti, f"»{skalar.tekst}« er ikke valgt under indsatsomraader.")


def tjek_grupper(laeser, plan: Post) -> None:
    tjek_ring(laeser, plan.lister["grupper"], "over", "Gruppen kommer til at høre under sig selv.")


def tjek_ring(laeser, poster: list[Post], felt: str, besked: str) -> None:
    """None may stand under itself, however long the way round."""
    for post in poster:
        over, set_ = post.opslaaet.get(felt), []
        while isinstance(over, Post) and over is not post and over not in set_:
            set_.append(over)
            over = over.opslaaet.get(felt)
        if over is post:
            laeser.fejl(post.linje(felt), post.sti(felt), besked)


# --- the models -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Organisationssektion(Listefelt):
    """The organisations that a plan refers to, each with the departments it refers to; they belong to all plans."""

    def skriv(self, objekt) -> dict:
        andre = {naevnt for sektion in alle_sektioner() for naevnt in sektion.naevner(objekt)}
        afdelinger = {a for omraade in objekt.omraader.all() for a in omraade.afdelinger.all()}
        afdelinger |= {a for a in andre if isinstance(a, Afdeling)}
        naevnte = {o for o in andre if isinstance(o, Organisation)}
        naevnte |= {part.organisation for part in objekt.parter.all()} | {a.organisation for a in afdelinger}
        naevnte |= {p.organisation for g in objekt.grupper.all() for p in g.pladser.all() if p.organisation}
        data = []
        for organisation in sorted(naevnte, key=noeglen):
            egne = [AFDELING.som_data(a) for a in afdelinger if a.organisation_id == organisation.pk]
            egne.sort(key=lambda d: (d.get("nummer", ""), d["navn"]))
            data.append(ORGANISATION.som_data(organisation) | ({"afdelinger": egne} if egne else {}))
        return {self.noegle: data} if data else {}


@dataclass(frozen=True)
class Gemt(Listefelt):
    """A list that is written by the one above it and saved by itself: departments of organisations."""

    def skriv(self, objekt) -> dict:
        return {}


def tjek_forgaengere(laeser, plan: Post) -> None:
    """A plan may not come before itself, however long the chain."""
    set_: set[int] = set()
    forgaenger = plan.opslaaet.get("forgaenger")
    while isinstance(forgaenger, Helhedsplan) and forgaenger.pk not in set_:
        if forgaenger.noegle == plan.laest.get("noegle"):
            besked = "Den plan kommer efter denne. Vælg en plan, der ligger før."
            laeser.fejl(plan.linje("forgaenger"), plan.sti("forgaenger"), besked)
        set_.add(forgaenger.pk)
        forgaenger = forgaenger.forgaenger


class Parameternoegle(Vaerdifelt):
    """The key of a parameter that the rule set has; the plan only gives it a value of its own."""

    def slaa_op(self, laeser, post: Post) -> None:
        if self.felt not in post.laest:
            return
        try:
            _i_reglerne(laeser, "parametre", post.laest[self.felt], "en parameter")
        except FindesIkke as fejl:
            laeser.fejl(post.linje(self.felt), post.sti(self.felt), str(fejl))


def afdelingsvej(afdeling: Afdeling) -> str:
    return f"{afdeling.organisation.noegle}/{afdelingsnavn(afdeling.nummer, afdeling.navn)}"


Organisationsnavn = Annotated[Tekst | None, Opslag(_organisation, noeglen)]
#: As organisation/afdeling.
Afdelingsvej = Annotated[Tekst | None, Opslag(_afdeling, afdelingsvej, med=("organisation",))]
Omraadenavn = Annotated[Tekst | None, Opslag(find_omraade, noeglen)]


def organisation_til(felt: str = "organisation") -> Henvisning:
    return Henvisning(felt, _organisation, noeglen)


def afdeling_til(felt: str = "afdeling", *, sorteret: bool = False) -> Henvisning:
    """Afdelinger are named by their organisation: 'organisation/afdeling'."""
    return Henvisning(
        felt,
        _afdeling,
        lambda a: f"{a.organisation.noegle}/{afdelingsnavn(a.nummer, a.navn)}",
        med=("organisation",),
        sorteret=sorteret,
    )


AFDELING = Art(
    Afdeling,
    (Vaerdifelt("nummer"), Vaerdifelt("navn")),
    noegle=lambda data: afdelingsnavn(data.get("nummer", ""), data.get("navn", "")),
)
ORGANISATION = Art(
    Organisation,
    (
        Vaerdifelt("noegle"),
        Vaerdifelt("navn"),
        Vaerdifelt("kort_navn"),
        Vaerdifelt("art"),
        Gemt("afdelinger", AFDELING, lambda o: {"organisation": o}),
    ),
    entydige=("navn",),
)
PART = Art(
    Part,
    (
        organisation_til(),
        Vaerdifelt("administrerer"),
        Tidsfelt("gaelder_fra"),
        Tidsfelt("gaelder_til"),
        Vaerdifelt("underskriver"),
        Vaerdifelt("underskriver_titel"),
    ),
    noegle=lambda data: data.get("organisation"),
    entydige=("administrerer",),
    placering="orden",
)
OMRAADE = Art(
    Omraade,
    (
        Vaerdifelt("noegle"),
        Vaerdifelt("navn"),
        Tidsfelt("starter"),
        Tidsfelt("slutter"),
        Vaerdifelt("note"),
        afdeling_til("afdelinger", sorteret=True),
    ),
    entydige=("navn",),
    placering="orden",
)
PLANPARAMETER = Art(Planparameter, (Parameternoegle("noegle"), Vaerdifelt("vaerdi"), Vaerdifelt("begrundelse")))
PLADS = Art(
    Plads,
    (Vaerdifelt("titel"), Vaerdifelt("antal"), organisation_til(), Vaerdifelt("formand"), Vaerdifelt("betingelse")),
    noegle=lambda data: data.get("titel"),
    gentages=True,
    placering="orden",
)
GRUPPE = Art(
    Gruppe,
    (
        Vaerdifelt("noegle"),
        Vaerdifelt("navn"),
        Vaerdifelt("art"),
        Henvisning("over", _gruppe, noeglen),
        Henvisning("omraader", find_omraade, noeglen),
        Vaerdifelt("moeder_pr_aar"),
        Vaerdifelt("opgave"),
        Listefelt("pladser", PLADS, lambda g: {"gruppe": g}),
    ),
    kaeder=("over",),
    placering="orden",
)
BILLEDE = Art(
    Billede,
    (Vaerdifelt("alternativ_tekst"), Vaerdifelt("billedtekst"), Billedbytes()),
    noegle=lambda data: data.get("alternativ_tekst"),
    gentages=True,
    placering="orden",
)
AFSNIT = Art(
    Afsnit,
    (
        Henvisning("skabelon", _skabelon, noeglen),
        Vaerdifelt("faerdig"),
        Vaerdifelt("tekst"),
        Listefelt("billeder", BILLEDE, lambda a: {"afsnit": a}),
    ),
    noegle=lambda data: data.get("skabelon"),
)
KOMMISSORIEAFSNIT = Art(
    Afsnit,
    (Henvisning("skabelon", _kommissorieskabelon, noeglen), Vaerdifelt("faerdig"), Vaerdifelt("tekst")),
    noegle=lambda data: data.get("skabelon"),
)
PLANMILEPAEL = Art(
    Planmilepael,
    (Vaerdifelt("navn"), Vaerdifelt("ansvarlig"), Tidsfelt("dato"), Vaerdifelt("status")),
    noegle=lambda data: data.get("navn"),
    gentages=True,
    placering="orden",
)
RISIKO = Art(
    Risiko,
    (
        Vaerdifelt("navn"),
        Vaerdifelt("sandsynlighed"),
        Vaerdifelt("konsekvens"),
        Vaerdifelt("haandtering"),
        Vaerdifelt("ansvarlig"),
    ),
    noegle=lambda data: data.get("navn"),
    gentages=True,
    placering="orden",
)
BILAG = Art(
    Bilag,
    (Vaerdifelt("titel"), Vaerdifelt("art"), Vaerdifelt("papir"), Vaerdifelt("filnavn"), Bilagsbytes()),
    noegle=lambda data: data.get("titel"),
    placering="orden",
)
KOBLINGSRAEKKE = Art(
    Koblingsraekke,
    (
        Vaerdifelt("fra"),
        Vaerdifelt("til"),
        Henvisning("maal", _maal, lambda m: m.nummer, fra_skalar=laes_heltal, sorteret=True),
    ),
    noegle=lambda data: data.get("fra"),
    gentages=True,
    placering="orden",
)
KOBLINGSTABEL = Art(
    Koblingstabel,
    (
        Vaerdifelt("titel"),
        Vaerdifelt("kolonne_fra"),
        Vaerdifelt("kolonne_til"),
        Listefelt("raekker", KOBLINGSRAEKKE, lambda t: {"tabel": t}),
    ),
    noegle=lambda data: data.get("titel"),
    gentages=True,
    placering="orden",
)
SAMARBEJDSPART = Art(
    Samarbejdspart,
    (Vaerdifelt("navn"), Vaerdifelt("rolle")),
    noegle=lambda data: data.get("navn"),
    gentages=True,
    placering="orden",
)
DELMAAL = Art(
    Delmaal,
    (
        Vaerdifelt("noegle"),
        Vaerdifelt("tekst"),
        Vaerdifelt("kilde"),
        Henvisning("forslag", _forslag, noeglen),
        Vaerdifelt("maaltype"),
        Vaerdifelt("retning"),
        Vaerdifelt("sammenligning"),
        Vaerdifelt("vaerdi"),
        Vaerdifelt("enhed"),
        Vaerdifelt("note"),
    ),
    placering="orden",
)
MILEPAEL = Art(
    Milepael,
    (Vaerdifelt("navn"), Tidsfelt("dato"), Vaerdifelt("ansvarlig"), Vaerdifelt("status")),
    noegle=lambda data: data.get("navn"),
    gentages=True,
    placering="orden",
)
AKTIVITET = Art(
    Aktivitet,
    (
        Vaerdifelt("noegle"),
        Vaerdifelt("navn"),
        Vaerdifelt("status"),
        Henvisning("fortsaetter", _fortsaetter, aktivitetsvej, med=("delaftale__plan", "delaftale__indsatsomraade")),
        Vaerdifelt("baggrund"),
        Vaerdifelt("formaal"),
        Vaerdifelt("maalgruppe"),
        Vaerdifelt("indhold"),
        Vaerdifelt("ansvarlig"),
        *map(Vaerdifelt, AKTIVITETSANTAL),
        Vaerdifelt("forankring"),
        Vaerdifelt("ressourcer"),
        Vaerdifelt("note"),
        Henvisning("omraader", find_omraade, noeglen),
        Henvisning("delmaal", _delmaal, noeglen),
        Listefelt("samarbejdsparter", SAMARBEJDSPART, lambda a: {"delaftale": a.delaftale, "aktivitet": a}),
        Listefelt("milepaele", MILEPAEL, lambda a: {"aktivitet": a}),
    ),
    entydige=("navn",),
    placering="orden",
)
DELAFTALE = Art(
    Delaftale,
    (
        Henvisning("indsatsomraade", _indsatsomraade, noeglen),
        Listefelt("afsnit", AFSNIT, lambda d: {"plan": d.plan, "delaftale": d}),
        Listefelt(
            "samarbejdsparter",
            SAMARBEJDSPART,
            lambda d: {"delaftale": d},
            vaelg=lambda part: part.aktivitet_id is None,
        ),
        Listefelt("delmaal", DELMAAL, lambda d: {"delaftale": d}),
        Listefelt("aktiviteter", AKTIVITET, lambda d: {"delaftale": d}),
    ),
    noegle=lambda data: data.get("indsatsomraade"),
)
PLAN = Art(
    Helhedsplan,
    (
        Vaerdifelt("noegle"),
        Vaerdifelt("navn"),
        Vaerdifelt("omraadenavn"),
        Henvisning("regelsaet", _regelsaet, noeglen),
        Tidsfelt("periode_fra"),
        Tidsfelt("periode_til"),
        Vaerdifelt("fase"),
        Vaerdifelt("lbf_sagsnummer"),
        Henvisning("forgaenger", _forgaenger, noeglen),
        Vaerdifelt("note"),
        Vaerdifelt("milepaelsplan_opdateret"),
        Vaerdifelt("beredskabsplan_opdateret"),
        Organisationssektion("organisationer", ORGANISATION, lambda plan: {}, relation=INGEN_RELATION),
        Listefelt("parter", PART, lambda plan: {"plan": plan}),
        Listefelt("omraader", OMRAADE, lambda plan: {"plan": plan}),
        Henvisning("indsatsomraader", _indsatsomraade, noeglen),
        Listefelt("parametre", PLANPARAMETER, lambda plan: {"plan": plan}, sorter=lambda data: data["noegle"]),
        Listefelt("grupper", GRUPPE, lambda plan: {"plan": plan}),
        Samlingsfelt(
            "samarbejdsaftale",
            (
                Listefelt("afsnit", AFSNIT, lambda plan: {"plan": plan}, vaelg=_i_samarbejdsaftalen),
                Listefelt("koblingstabeller", KOBLINGSTABEL, lambda plan: {"plan": plan}),
            ),
        ),
        Listefelt(
            "kommissorium", KOMMISSORIEAFSNIT, lambda plan: {"plan": plan}, relation="afsnit", vaelg=_i_kommissoriet
        ),
        Listefelt("milepaelsplan", PLANMILEPAEL, lambda plan: {"plan": plan}, relation="planmilepaele"),
        Listefelt("beredskabsplan", RISIKO, lambda plan: {"plan": plan}, relation="risici"),
        Listefelt("bilag", BILAG, lambda plan: {"plan": plan}),
        Listefelt("delaftaler", DELAFTALE, lambda plan: {"plan": plan}),
    ),
)
