"""The form of a plan file: which keys each model has, in which order, and what its references are called."""

from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from pydantic import ValidationInfo

from aftaler.actions.bilag import laes_bilag
from aftaler.actions.billeder import laes_billede
from aftaler.choices import Dokumenttype
from aftaler.models import (
    Afdeling,
    Afsnit,
    Aktivitet,
    Behandling,
    Bilag,
    Billede,
    Delaftale,
    Delmaal,
    EgetMaal,
    Faelles,
    Gruppe,
    Helhedsplan,
    Koblingsraekke,
    Koblingstabel,
    Lag,
    Maalovergang,
    Milepael,
    Navn,
    Omraade,
    Omraadeafdeling,
    Omraadeindsats,
    Omraadestoerrelse,
    Omtaltpapir,
    Organisation,
    OverordnetMaal,
    Part,
    Plads,
    Planmilepael,
    Planparameter,
    Risiko,
    Sagsnummer,
    Samarbejdspart,
    Sideplan,
)
from aftaler.planfil.filmodel import (
    BASE64_SKEMA,
    INGEN_RELATION,
    SOM_BASE64,
    UKENDT,
    Antalstekst,
    Dato,
    Decimaltal,
    Fildata,
    Filmodel,
    FindesIkke,
    Heltal,
    Henvisning,
    JaNej,
    Liste,
    Medfil,
    Oplyst,
    Post,
    Tekst,
    Under,
    fildata,
)
from aftaler.planfil.sektioner import alle_sektioner
from aftaler.queries.navne import navnefejl
from aftaler.queries.overgange import fejl_i_kommer_af

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


def _puljens_maal(laeser, post: Post, vej: str):
    """As rule set/number, of any pulje."""
    regelsaet, _, nummer = vej.rpartition("/")
    if not regelsaet or not nummer.isdecimal():
        raise FindesIkke("Skriv regelsæt/nummer, for eksempel 2015-18/3.")
    fundet = OverordnetMaal.objects.filter(indsatsomraade__regelsaet__noegle=regelsaet, nummer=int(nummer[:4])).first()
    if fundet is None:
        raise FindesIkke(f"Målet »{vej}« findes ikke. Indlæs regelsættet først eller sammen med planen.")
    return fundet


def maalvej(maal: OverordnetMaal) -> str:
    return f"{maal.indsatsomraade.regelsaet.noegle}/{maal.nummer}"


def _forslag(laeser, post: Post, noegle: str):
    omraade = next((s.tekst for s in post.over.henvist.get("indsatsomraade", [])), "")
    return _i_reglerne(laeser, "forslag", (omraade, noegle), "et foreslået delmål for indsatsområdet")


def find_omraade(laeser, post: Post, noegle: str):
    return blandt(laeser.plan.lister["omraader"], noegle, "omraader")


def _gruppe(laeser, post: Post, noegle: str):
    return blandt(laeser.plan.lister["grupper"], noegle, "grupper")


def _laget(laeser, post: Post, noegle: str):
    return blandt(laeser.plan.lister["lag"], noegle, "lag")


def _delmaal(laeser, post: Post, noegle: str):
    return blandt(post.over.lister["delmaal"], noegle, "delmaal i delaftalen")


def _forgaenger(laeser, post: Post, noegle: str):
    if noegle == post.laest.get("noegle"):
        raise FindesIkke("En plan kan ikke være sin egen forgænger.")
    return laeser.find_plan(noegle)


def _fremmed_lag(laeser, post: Post, vej: str):
    return laeser.find_lag(vej)


def lagvej(lag: Lag) -> str:
    return f"{lag.plan.noegle}/{lag.noegle}"


def _anden_plan(laeser, post: Post, noegle: str):
    if noegle == laeser.plan.laest.get("noegle"):
        raise FindesIkke("En plan kan ikke være fælles med sig selv.")
    return laeser.find_plan(noegle)


def _fortsaetter(laeser, post: Post, vej: str):
    return laeser.find_aktivitet(vej, post)


def _fortsat_aftale(laeser, post: Post, vej: str):
    return laeser.find_delaftale(vej)


def aftalevej(delaftale: Delaftale) -> str:
    return f"{delaftale.plan.noegle}/{delaftale.indsatsomraade.noegle}"


def aktivitetsvej(aktivitet: Aktivitet) -> str:
    delaftale = aktivitet.delaftale
    return f"{delaftale.plan.noegle}/{delaftale.indsatsomraade.noegle}/{aktivitet.noegle}"


def noeglen(objekt) -> str:
    return objekt.noegle


def tjek_valgte(laeser, plan: Post) -> None:
    """A delaftale is about an indsatsområde that the plan has chosen, and an area is worked with in such, as far as the
    choice could be read."""
    if any(fejl.felt.startswith("indsatsomraader") for fejl in laeser.alle_fejl):
        return
    valgte = {skalar.tekst for skalar in plan.henvist.get("indsatsomraader", [])}
    indsatser = [indsats for omraade in plan.lister["omraader"] for indsats in omraade.lister["indsatsomraader"]]
    for post in [*indsatser, *plan.lister["delaftaler"]]:
        for skalar in post.henvist.get("indsatsomraade", []):
            if skalar.tekst not in valgte and post.opslaaet["indsatsomraade"] is not UKENDT:
                laeser.fejl(skalar.linje, skalar.sti, f"»{skalar.tekst}« er ikke valgt under indsatsomraader.")


def tjek_grupper(laeser, plan: Post) -> None:
    tjek_ring(laeser, plan.lister["grupper"], "over", "Gruppen kommer til at høre under sig selv.")


def tjek_lag(laeser, plan: Post) -> None:
    tjek_ring(laeser, plan.lister["lag"], "oven_paa", "Laget kommer til at ligge oven på sig selv.")


def tjek_ring(laeser, poster: list[Post], felt: str, besked: str) -> None:
    """None may stand under itself, however long the way round."""
    for post in poster:
        over, set_ = post.opslaaet.get(felt), []
        while isinstance(over, Post) and over is not post and over not in set_:
            set_.append(over)
            over = over.opslaaet.get(felt)
        if over is post:
            laeser.fejl(post.linje(felt), post.sti(felt), besked)


def tjek_navne(laeser, plan: Post) -> None:
    """The names of each thing together, and what is put into what."""
    organisationer = plan.lister["organisationer"]
    afdelinger = [a for o in organisationer for a in o.lister["afdelinger"]]
    for post in (plan, *plan.lister["omraader"], *organisationer, *afdelinger):
        _tjek_navnene_paa(laeser, post)
    for poster in (plan.lister["omraader"], organisationer, afdelinger):
        for post in poster:
            _tjek_lagt_ind(laeser, post)
        tjek_ring(laeser, poster, "lagt_ind_i", "Den kan ikke lægges ind i sig selv, heller ikke gennem en anden.")


def _tjek_navnene_paa(laeser, post: Post) -> None:
    under = [navn for navn in post.lister["navne"] if "navn" in navn.laest]
    navne = [Navn(**navn.laest) for navn in under]
    for navn, navnepost in zip(navne, under, strict=True):
        try:
            navn.clean()
        except ValidationError as fejl:
            laeser.valideringsfejl(navnepost, fejl)
    for nr, (felt, besked) in navnefejl(navne, post.laest.get("navn", "")).items():
        laeser.fejl(under[nr - 1].linje(felt), under[nr - 1].sti(felt), besked)


def _tjek_lagt_ind(laeser, post: Post) -> None:
    """What it was put into, and when, go together."""
    har = [felt for felt in ("lagt_ind_i", "lagt_ind") if post.knude.felter.get(felt)]
    if len(har) == 1:
        besked = "Skriv både lagt_ind_i (hvad den er lagt ind i) og lagt_ind (hvornår, eller ikke oplyst)."
        laeser.fejl(post.linje(har[0]), post.sti(har[0]), besked)


# --- the models -----------------------------------------------------------------------------------------------------


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


def tjek_kommer_af(laeser, plan: Helhedsplan, post: Post) -> None:
    """What other plans went on in this one, asked of it as it was saved."""
    if fejl := fejl_i_kommer_af(plan, plan.kommer_af.select_related("plan")):
        laeser.fejl(post.linje("kommer_af"), post.sti("kommer_af"), fejl)


def tjek_parametre(laeser, plan: Post) -> None:
    """A parameter is one that the rule set has; the plan only gives it a value of its own."""
    for post in plan.lister["parametre"]:
        try:
            if noegle := post.laest.get("noegle"):
                _i_reglerne(laeser, "parametre", noegle, "en parameter")
        except FindesIkke as fejl:
            laeser.fejl(post.linje("noegle"), post.sti("noegle"), str(fejl))


def afdelingsvej(afdeling: Afdeling) -> str:
    return f"{afdeling.organisation.noegle}/{afdelingsnavn(afdeling.nummer, afdeling.navn)}"


Organisationsnavn = Annotated[Tekst | None, Henvisning(_organisation, noeglen)]
#: As organisation/afdeling.
Afdelingsvej = Annotated[Tekst | None, Henvisning(_afdeling, afdelingsvej, med=("organisation",))]
Omraadenavn = Annotated[Tekst | None, Henvisning(find_omraade, noeglen)]


Planenavne = Annotated[Liste[Tekst], Henvisning(_anden_plan, noeglen, sorteret=True)]
Indsatsomraadenavn = Annotated[Tekst | None, Henvisning(_indsatsomraade, noeglen)]


def _billede(raa: bytes, knude, info: ValidationInfo) -> Fildata:
    rent, endelse = laes_billede(raa)
    if rent != raa and info.context:
        info.context.note(knude.linje, knude.sti, "Det, kameraet har lagt i billedet ud over motivet, er taget ud.")
    return Fildata.af(rent, "billeder", endelse)


def _bilag(raa: bytes, knude, info: ValidationInfo) -> Fildata:
    """Checked as when somebody uploads it."""
    laest = laes_bilag(raa, info.data["filnavn"], maa_vaere_blank=True)
    felter = {"stoerrelse": len(laest.data), "indholdstype": laest.indholdstype}
    return Fildata.af(laest.data, "bilag", laest.endelse, **felter)


class Navnefil(Filmodel, model=Navn, kende=("navn",), gentages=True, placering="orden"):
    """Of a plan, an area, an organisation or an afdeling: what it was called before, or is called besides."""

    navn: Tekst
    slags: Tekst = "tidligere"
    fra: Oplyst | None = None
    til: Oplyst | None = None
    hvor: Tekst = ""


class Afdelingsfil(Filmodel, model=Afdeling, kende=("nummer", "navn")):
    nummer: Tekst = ""
    navn: Tekst = ""
    navne: Liste[Navnefil] = []
    lagt_ind_i: Afdelingsvej = None
    lagt_ind: Oplyst | None = None

    def kendes_paa(self) -> str:
        return afdelingsnavn(*self.kendetegn())


class Organisationsfil(Filmodel, model=Organisation, entydige=("navn",)):
    noegle: Tekst
    navn: Tekst
    kort_navn: Tekst = ""
    art: Tekst
    navne: Liste[Navnefil] = []
    lagt_ind_i: Organisationsnavn = None
    lagt_ind: Oplyst | None = None
    afdelinger: Annotated[Liste[Afdelingsfil], Under(INGEN_RELATION)] = []


class Partsfil(Filmodel, model=Part, kende=("organisation",), entydige=("administrerer",), placering="orden"):
    organisation: Organisationsnavn
    administrerer: JaNej = False
    gaelder_fra: Oplyst | None = None
    gaelder_til: Oplyst | None = None
    underskriver: Tekst = ""
    underskriver_titel: Tekst = ""


class Omraadeafdelingsfil(Filmodel, model=Omraadeafdeling, kende=("afdeling",), placering="orden", kort="afdeling"):
    afdeling: Afdelingsvej
    fra: Oplyst | None = None
    til: Oplyst | None = None


class Omraadeindsatsfil(
    Filmodel, model=Omraadeindsats, kende=("indsatsomraade",), placering="orden", kort="indsatsomraade"
):
    indsatsomraade: Indsatsomraadenavn
    fra: Oplyst | None = None
    til: Oplyst | None = None


class Omraadestoerrelsesfil(Filmodel, model=Omraadestoerrelse, kende=("hvad",), gentages=True, placering="orden"):
    hvad: Tekst
    antal: Antalstekst
    opgjort: Oplyst | None = None
    kilde: Tekst = ""


class Omraadefil(Filmodel, model=Omraade, entydige=("navn",), kaeder=("lagt_ind_i",), placering="orden"):
    noegle: Tekst
    navn: Tekst
    navne: Liste[Navnefil] = []
    lagt_ind_i: Omraadenavn = None
    lagt_ind: Oplyst | None = None
    starter: Oplyst | None = None
    slutter: Oplyst | None = None
    note: Tekst = ""
    stoerrelser: Liste[Omraadestoerrelsesfil] = []
    afdelinger: Annotated[Liste[Omraadeafdelingsfil], Under("medafdelinger")] = []
    indsatsomraader: Annotated[Liste[Omraadeindsatsfil], Under("indsatser")] = []


class Lagfil(Filmodel, model=Lag, entydige=("navn",), kaeder=("oven_paa",), placering="orden"):
    noegle: Tekst
    navn: Tekst
    slags: Tekst = "forlaengelse"
    oven_paa: Annotated[Tekst | None, Henvisning(_laget, noeglen)] = None
    til: Oplyst | None = None
    gaelder_fra: Oplyst | None = None
    aftalt_i: Tekst = ""
    ophaevet: Dato | None = None
    beloeb: Tekst = ""
    omraader: Annotated[Liste[Tekst], Henvisning(find_omraade, noeglen)] = []
    baggrund: Tekst = ""
    indhold: Tekst = ""


class Planparameterfil(Filmodel, model=Planparameter):
    noegle: Tekst
    vaerdi: Decimaltal | None = None
    begrundelse: Tekst


class Pladsfil(Filmodel, model=Plads, kende=("titel",), gentages=True, placering="orden"):
    titel: Tekst
    antal: Heltal | None = None
    organisation: Organisationsnavn = None
    formand: JaNej = False
    betingelse: Tekst = ""


class Gruppefil(Filmodel, model=Gruppe, kaeder=("over",), placering="orden"):
    noegle: Tekst
    navn: Tekst
    art: Tekst
    artsnavn: Tekst = ""
    over: Annotated[Tekst | None, Henvisning(_gruppe, noeglen)] = None
    omraader: Annotated[Liste[Tekst], Henvisning(find_omraade, noeglen)] = []
    moeder_pr_aar: Heltal | None = None
    opgave: Tekst = ""
    pladser: Liste[Pladsfil] = []


class Billedfil(Medfil, model=Billede, kende=("alternativ_tekst",), gentages=True, placering="orden"):
    alternativ_tekst: Tekst
    billedtekst: Tekst = ""
    indhold: Annotated[Fildata, fildata("Billedet", _billede), SOM_BASE64, BASE64_SKEMA]


class Afsnitsfil(Filmodel, model=Afsnit, kende=("skabelon",)):
    skabelon: Annotated[Tekst | None, Henvisning(_skabelon, noeglen)]
    faerdig: JaNej = False
    tekst: Tekst = ""
    billeder: Liste[Billedfil] = []


class Kommissoriefil(Filmodel, model=Afsnit, kende=("skabelon",)):
    skabelon: Annotated[Tekst | None, Henvisning(_kommissorieskabelon, noeglen)]
    faerdig: JaNej = False
    tekst: Tekst = ""


class Planmilepaelsfil(Filmodel, model=Planmilepael, kende=("navn",), gentages=True, placering="orden"):
    navn: Tekst
    ansvarlig: Tekst = ""
    dato: Oplyst | None = None
    status: Tekst = "ikke_begyndt"


class Risikofil(Filmodel, model=Risiko, kende=("navn",), gentages=True, placering="orden"):
    navn: Tekst
    sandsynlighed: Heltal = 2
    konsekvens: Heltal = 2
    haandtering: Tekst = ""
    ansvarlig: Tekst = ""


class Bilagsfil(Medfil, model=Bilag, kende=("titel",), placering="orden"):
    afledte = ("sha256", "stoerrelse", "indholdstype")

    titel: Tekst
    art: Tekst
    papir: Tekst = ""
    underskrevet: Oplyst | None = None
    offentliggjort_hvor: Tekst = ""
    offentliggjort: Oplyst | None = None
    filnavn: Tekst
    indhold: Annotated[Fildata, fildata("Bilaget", _bilag, ("filnavn",)), SOM_BASE64, BASE64_SKEMA]


class Omtaltpapirfil(Filmodel, model=Omtaltpapir, kende=("titel",), placering="orden"):
    titel: Tekst
    art: Tekst = "andet"
    dato: Oplyst | None = None
    kilde: Tekst = ""
    offentliggjort_hvor: Tekst = ""
    offentliggjort: Oplyst | None = None


class Koblingsraekkefil(Filmodel, model=Koblingsraekke, kende=("fra",), gentages=True, placering="orden"):
    fra: Tekst
    til: Tekst = ""
    maal: Annotated[Liste[Heltal], Henvisning(_maal, lambda maal: maal.nummer, sorteret=True)] = []


class Koblingstabelfil(Filmodel, model=Koblingstabel, kende=("titel",), gentages=True, placering="orden"):
    titel: Tekst
    kolonne_fra: Tekst
    kolonne_til: Tekst
    raekker: Liste[Koblingsraekkefil] = []


class Egetmaalfil(Filmodel, model=EgetMaal, kende=("tekst",), placering="orden", kort="tekst"):
    tekst: Tekst
    maales_paa: Tekst = ""


class Maalovergangsfil(Filmodel, model=Maalovergang, kende=("fra",), placering="orden"):
    fra: Annotated[Tekst | None, Henvisning(_puljens_maal, maalvej, med=("indsatsomraade__regelsaet",))]
    til: Annotated[Heltal | None, Henvisning(_maal, lambda maal: maal.nummer)] = None


class Samarbejdspartsfil(Filmodel, model=Samarbejdspart, kende=("navn",), gentages=True, placering="orden"):
    navn: Tekst
    rolle: Tekst = ""


class Delmaalsfil(Filmodel, model=Delmaal, placering="orden"):
    noegle: Tekst
    tekst: Tekst
    kilde: Tekst = "lokal"
    forslag: Annotated[Tekst | None, Henvisning(_forslag, noeglen)] = None
    maaltype: Tekst = ""
    retning: Tekst = ""
    sammenligning: Tekst = ""
    vaerdi: Decimaltal | None = None
    vaerdi_til: Decimaltal | None = None
    enhed: Tekst = ""
    gennemsnit: Decimaltal | None = None
    mod: Tekst = ""
    note: Tekst = ""


class Milepaelsfil(Filmodel, model=Milepael, kende=("navn",), gentages=True, placering="orden"):
    navn: Tekst
    dato: Oplyst | None = None
    ansvarlig: Tekst = ""
    status: Tekst = "ikke_begyndt"


class Aktivitetsfil(Filmodel, model=Aktivitet, entydige=("navn",), placering="orden"):
    noegle: Tekst
    navn: Tekst
    status: Tekst = ""
    fortsaetter: Annotated[
        Tekst | None,
        Henvisning(_fortsaetter, aktivitetsvej, med=("delaftale__plan", "delaftale__indsatsomraade")),
    ] = None
    baggrund: Tekst = ""
    formaal: Tekst = ""
    maalgruppe: Tekst = ""
    indhold: Tekst = ""
    ansvarlig: Tekst = ""
    maalgruppe_antal: Heltal | None = None
    forventet_deltagertal: Heltal | None = None
    forankring: Tekst = ""
    ressourcer: Tekst = ""
    note: Tekst = ""
    omraader: Annotated[Liste[Tekst], Henvisning(find_omraade, noeglen)] = []
    delmaal: Annotated[Liste[Tekst], Henvisning(_delmaal, noeglen)] = []
    samarbejdsparter: Annotated[
        Liste[Samarbejdspartsfil], Under(ogsaa=lambda aktivitet: {"delaftale": aktivitet.delaftale})
    ] = []
    milepaele: Liste[Milepaelsfil] = []


class Delaftalefil(Filmodel, model=Delaftale, kende=("indsatsomraade",)):
    indsatsomraade: Indsatsomraadenavn
    fortsaetter: Annotated[
        Liste[Tekst],
        Henvisning(_fortsat_aftale, aftalevej, med=("plan", "indsatsomraade"), sorteret=True),
    ] = []
    afsnit: Annotated[Liste[Afsnitsfil], Under(ogsaa=lambda delaftale: {"plan": delaftale.plan})] = []
    samarbejdsparter: Annotated[Liste[Samarbejdspartsfil], Under(vaelg=lambda part: part.aktivitet_id is None)] = []
    delmaal: Liste[Delmaalsfil] = []
    aktiviteter: Liste[Aktivitetsfil] = []


class Sagsnummerfil(Filmodel, model=Sagsnummer, kende=("nummer", "gaelder"), placering="orden", kort="nummer"):
    nummer: Tekst
    gaelder: Tekst = ""

    def kendes_paa(self) -> tuple:
        return self.kendetegn()


class Sideplanfil(Filmodel, model=Sideplan, kende=("navn",), placering="orden"):
    navn: Tekst
    slags: Tekst = "fysisk"
    beloeb: Tekst = ""
    kilde: Tekst = ""
    maal: Tekst = ""


class Behandlingsfil(Filmodel, model=Behandling, kende=("organ",), gentages=True, placering="orden"):
    organ: Tekst
    afdeling: Tekst = ""
    dato: Oplyst | None = None
    punkt: Tekst = ""
    udfald: Tekst = ""
    ja: Heltal | None = None
    nej: Heltal | None = None
    vilkaar: Tekst = ""
    planer: Planenavne = []
    andre: Tekst = ""


class Faellesfil(Filmodel, model=Faelles, kende=("navn",), gentages=True, placering="orden"):
    slags: Tekst
    navn: Tekst
    beloeb: Tekst = ""
    kilde: Tekst = ""
    hoerer_til: Tekst = "her"
    planer: Planenavne = []
    andre: Tekst = ""


class Samarbejdsaftalefil(Filmodel):
    afsnit: Annotated[Liste[Afsnitsfil], Under(vaelg=_i_samarbejdsaftalen)] = []
    koblingstabeller: Liste[Koblingstabelfil] = []
    egne_maal: Liste[Egetmaalfil] = []
    maalovergange: Liste[Maalovergangsfil] = []


class Helhedsplanfil(Filmodel, model=Helhedsplan):
    noegle: Tekst
    navn: Tekst
    omraadenavn: Tekst = ""
    regelsaet: Annotated[Tekst | None, Henvisning(_regelsaet, noeglen)]
    periode_fra: Oplyst | None = None
    periode_til: Oplyst | None = None
    fase: Tekst = "ide"
    lbf_sagsnummer: Annotated[Liste[Sagsnummerfil], Under("sagsnumre", alene=True)] = []
    forgaenger: Annotated[Tekst | None, Henvisning(_forgaenger, noeglen)] = None
    kommer_af: Annotated[Liste[Tekst], Henvisning(_fremmed_lag, lagvej, med=("plan",), sorteret=True)] = []
    ikke_oplyst: Liste[Tekst] = []
    note: Tekst = ""
    milepaelsplan_opdateret: Dato | None = None
    beredskabsplan_opdateret: Dato | None = None
    navne: Liste[Navnefil] = []
    organisationer: Annotated[Liste[Organisationsfil], Under(INGEN_RELATION)] = []
    parter: Liste[Partsfil] = []
    omraader: Liste[Omraadefil] = []
    lag: Liste[Lagfil] = []
    sideplaner: Liste[Sideplanfil] = []
    behandlinger: Liste[Behandlingsfil] = []
    faelles: Liste[Faellesfil] = []
    indsatsomraader: Annotated[Liste[Tekst], Henvisning(_indsatsomraade, noeglen)] = []
    parametre: Annotated[Liste[Planparameterfil], Under(sorter=lambda data: data["noegle"])] = []
    grupper: Liste[Gruppefil] = []
    samarbejdsaftale: Samarbejdsaftalefil = Samarbejdsaftalefil()
    kommissorium: Annotated[Liste[Kommissoriefil], Under("afsnit", vaelg=_i_kommissoriet)] = []
    milepaelsplan: Annotated[Liste[Planmilepaelsfil], Under("planmilepaele")] = []
    beredskabsplan: Annotated[Liste[Risikofil], Under("risici")] = []
    bilag: Liste[Bilagsfil] = []
    omtalte_papirer: Liste[Omtaltpapirfil] = []
    delaftaler: Liste[Delaftalefil] = []

    @classmethod
    def _hent(cls, objekt, navn: str, led) -> Any:
        return _organisationer(objekt) if navn == "organisationer" else super()._hent(objekt, navn, led)


def _med_hvad_de_er_lagt_ind_i(ting: set) -> set:
    """A query for each step that something has been put into something."""
    alle, nye = set(ting), {en for en in ting if en.lagt_ind_i_id}
    while nye:
        model = type(next(iter(nye)))
        maal = model.objects.filter(pk__in={en.lagt_ind_i_id for en in nye})
        maal = maal.select_related("organisation") if model is Afdeling else maal
        nye = {en for en in maal if en not in alle}
        alle |= nye
        nye = {en for en in nye if en.lagt_ind_i_id}
    return alle


def _organisationer(plan: Helhedsplan) -> list[Organisationsfil]:
    """The organisations that a plan refers to, each with the departments it refers to; they belong to all plans."""
    andre = {naevnt for sektion in alle_sektioner() for naevnt in sektion.naevner(plan)}
    afdelinger = {led.afdeling for omraade in plan.omraader.all() for led in omraade.medafdelinger.all()}
    afdelinger |= {a for a in andre if isinstance(a, Afdeling)}
    naevnte = {o for o in andre if isinstance(o, Organisation)}
    naevnte |= {part.organisation for part in plan.parter.all()} | {a.organisation for a in afdelinger}
    naevnte |= {p.organisation for g in plan.grupper.all() for p in g.pladser.all() if p.organisation}
    afdelinger = _med_hvad_de_er_lagt_ind_i(afdelinger)
    naevnte = _med_hvad_de_er_lagt_ind_i(naevnte | {a.organisation for a in afdelinger})
    for alle in (list(afdelinger), list(naevnte)):
        prefetch_related_objects(alle, "navne")
    fundne = []
    for organisation in sorted(naevnte, key=noeglen):
        egne = [Afdelingsfil.af_objekt(a) for a in afdelinger if a.organisation_id == organisation.pk]
        egne.sort(key=lambda afdeling: (afdeling.nummer, afdeling.navn))
        fundne.append(Organisationsfil.af_objekt(organisation).model_copy(update={"afdelinger": egne}))
    return fundne
