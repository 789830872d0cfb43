"""The papers beside the agreements as the same plain data: milestones, risks, terms of reference, organisation."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import F, prefetch_related_objects

from aftaler.choices import Afsnitsart, Dokumentart, Dokumenttype
from aftaler.models import Dokumentkrav, Helhedsplan, Indsatsomraade, Lag, Milepael
from aftaler.models.plan import med_papir
from aftaler.queries import dokument
from aftaler.queries.dokument import Dokument, Dokumentafsnit
from aftaler.queries.navne import Navnebog
from helhedsplan import tilslutninger
from helhedsplan.formats import lang_dato, opremsning
from helhedsplan.former import kun_naar_sagt
from helhedsplan.laest import den_samme
from helhedsplan.models import Haendelse
from helhedsplan.tid import Tid, laengde, tid, tidsrum

#: As `Dokumentafsnit.art`: the print has a template for each.
MILEPAELE, RISICI, GENNEMGANG = "milepaele", "risici", "gennemgang"
LAGFAKTA, LAGTEKST = "lagfakta", "lagtekst"


@dataclass(frozen=True)
class Milepaelslinje:
    """A milestone of the plan (`aktivitet` empty) or of one of its activities."""

    navn: str
    ansvarlig: str
    dato: date | None
    tilstand: str
    aktivitet: str = ""
    dato_sagt: str = kun_naar_sagt()

    @property
    def tid(self) -> Tid:
        return tid(self.dato, self.dato_sagt)


@dataclass(frozen=True)
class Lagfakta:
    """One thing that a layer changes or does not."""

    noegle: str
    navn: str
    tekst: str


@dataclass(frozen=True)
class Risikolinje:
    navn: str
    sandsynlighed: str
    konsekvens: str
    haandtering: str
    ansvarlig: str


def milepaelsplan(plan: Helhedsplan) -> Dokument:
    """The plan's own milestones, and those of its activities by delaftale, each in order of date."""
    egne = [
        Milepaelslinje(m.navn, m.ansvarlig, m.dato, m.get_status_display(), dato_sagt=m.dato_sagt)
        for m in plan.planmilepaele.order_by("orden")
    ]
    afsnit = [_afsnit("hele-planen", "1", "Hele planen", MILEPAELE, sorted(egne, key=efter_dato))]
    for nr, (titel, noegle, linjer) in enumerate(_aktiviteternes(plan), 2):
        afsnit.append(_afsnit(noegle, str(nr), titel, MILEPAELE, sorted(linjer, key=efter_dato)))
    return _papir(plan, Dokumentart.MILEPAELSPLAN, afsnit, plan.milepaelsplan_opdateret)


def _aktiviteternes(plan: Helhedsplan) -> list[tuple[str, str, list[Milepaelslinje]]]:
    """(indsatsområde, key, lines) for every delaftale whose activities have milestones, in the rule set's order."""
    milepaele = (
        Milepael.objects.filter(aktivitet__delaftale__plan=plan)
        .select_related("aktivitet__delaftale__indsatsomraade")
        .order_by("aktivitet__delaftale__indsatsomraade__nummer", "aktivitet__orden", "orden", "pk")
    )
    fundne: dict[str, tuple[str, str, list[Milepaelslinje]]] = {}
    for m in milepaele:
        omraade = m.aktivitet.delaftale.indsatsomraade
        linje = Milepaelslinje(m.navn, m.ansvarlig, m.dato, m.get_status_display(), m.aktivitet.navn, m.dato_sagt)
        fundne.setdefault(omraade.noegle, (omraade.navn, omraade.noegle, []))[2].append(linje)
    return list(fundne.values())


def efter_dato(linje: Milepaelslinje) -> tuple:
    """By the latest day that may be meant; what is told without one comes last."""
    dag = linje.tid.senest or linje.tid.tidligst
    return (dag is None, dag or date.min)


def beredskabsplan(plan: Helhedsplan) -> Dokument:
    """The risks, the gravest first."""
    risici = plan.risici.order_by((F("sandsynlighed") * F("konsekvens")).desc(), "orden")
    linjer = [
        Risikolinje(r.navn, r.get_sandsynlighed_display(), r.get_konsekvens_display(), r.haandtering, r.ansvarlig)
        for r in risici
    ]
    afsnit = [_afsnit("risici", "", "Risici", RISICI, linjer)]
    return _papir(plan, Dokumentart.BEREDSKABSPLAN, afsnit, plan.beredskabsplan_opdateret)


def kommissorium(plan: Helhedsplan) -> Dokument:
    """The board's terms of reference, in the sections of the rule set's template."""
    indhold = {Afsnitsart.BESTYRELSE: lambda: dokument.bestyrelsen(plan)}
    return dokument.dokument_af(plan, Dokumenttype.KOMMISSORIUM, None, Dokumenttype.KOMMISSORIUM.label, indhold)


def organisationsdiagram(plan: Helhedsplan) -> Dokument:
    """The groups as a diagram and in words, as the samarbejdsaftale has them."""
    hedder = Navnebog(plan)
    grupper = dokument.grupper(plan, hedder)
    afsnit = [_afsnit("organisering", "", "Organisering", Afsnitsart.ORGANISERING.value, grupper)]
    return _papir(plan, Dokumentart.ORGANISATIONSDIAGRAM, afsnit, None, hedder)


def _afsnit(noegle: str, nummer: str, titel: str, art: str, indhold) -> Dokumentafsnit:
    return Dokumentafsnit(
        noegle=noegle,
        nummer=nummer,
        titel=titel,
        art=art,
        har_prosa=False,
        vejledning="",
        uddybning="",
        kilde="",
        tekst="",
        faerdig=True,
        billeder=(),
        indhold=tuple(indhold),
    )


def _papir(
    plan: Helhedsplan,
    art: Dokumentart,
    afsnit: list[Dokumentafsnit],
    gennemgaaet: date | None,
    hedder: Navnebog | None = None,
) -> Dokument:
    """A paper that is all sections from data. When it was last gone through stands in it, in words."""
    if gennemgaaet:
        tekst = f"Planen er sidst gennemgået {lang_dato(gennemgaaet)}."
        afsnit = [*afsnit, _afsnit("gennemgang", "", "Gennemgang", GENNEMGANG, (tekst,))]
    return replace(dokument.dokument_af(plan, art, None, art.label, {}, hedder=hedder), afsnit=tuple(afsnit))


def laget(lag: Lag) -> Dokument:
    """The paper of what is agreed on top of the plan: what it changes, why, and what is agreed."""
    hedder = Navnebog(lag.plan)
    afsnit = [_afsnit("aendrer", "1", "Det ændres", LAGFAKTA, _lagfakta(lag, hedder))]
    for noegle, titel, skrevet in (("baggrund", "Baggrund", lag.baggrund), ("aftalt", "Det aftales", lag.indhold)):
        if skrevet:
            afsnit.append(_afsnit(noegle, str(len(afsnit) + 1), titel, LAGTEKST, _stykker(skrevet)))
    papir = dokument.med_periode(_papir(lag.plan, Dokumentart.LAG, afsnit, None, hedder), lag.perioden_med())
    if omraader := tuple(map(hedder, lag.omraader.all())):
        papir = replace(papir, omraader=omraader)
    sidst = Haendelse.objects.om(lag).values_list("tidspunkt", flat=True).first()
    noegle = f"{lag.plan.noegle}/{lag.noegle}"
    return replace(papir, noegle=noegle, arttekst=lag.slagsnavn, titel=lag.navn, aendret=sidst or papir.aendret)


#: From when what is made and signed here applies; the edition's own page, and `/verificer`, have the day.
GAELDER_FRA, FRA_IKRAFT = "gaelder_fra", "Den dag, det sættes i kraft, når det er godkendt og underskrevet"


def _lagfakta(lag: Lag, hedder: Navnebog) -> Iterator[Lagfakta]:
    yield Lagfakta("slags", "Slags", lag.slagsnavn)
    yield Lagfakta("oven_paa", "Oven på", lag.oven_paa.navn if lag.oven_paa else dokument.AFTALETITEL)
    if lag.flytter_slut and not lag.ny_slut.er_mangler:
        fra, (foer, _) = lag.plan.begynder, lag.under()
        efter = lag.slut_efter(foer)
        yield Lagfakta("foer", "Perioden før", tidsrum(fra, foer))
        yield Lagfakta("efter", "Perioden nu", med_papir(tidsrum(fra, efter), laengde(fra, efter)))
    # The day is set when the edition is signed, and an edition says what its draft says, before it and after.
    gaelder_fra = lag.begynder.i_ord if lag.er_skrevet_ind else FRA_IKRAFT
    yield Lagfakta(GAELDER_FRA, "Gælder fra", gaelder_fra)
    if lag.aftalt_i:
        yield Lagfakta("aftalt_i", "Aftalt i", lag.aftalt_i)
    if lag.planer_efter:
        yield Lagfakta("fortsaetter", "Fortsætter i", opremsning([plan.navn for plan in lag.planer_efter]))
    if lag.beloeb:
        yield Lagfakta("beloeb", "Oven på bevillingen", lag.beloeb)
    for giver in tilslutninger.LAGFAKTA:
        yield from (Lagfakta(*fakta) for fakta in giver(lag))
    yield Lagfakta("omraader", "Gælder områderne", opremsning(list(map(hedder, lag.omraader.all()))) or "Hele planen")


def fakta_om_lag(papir: Dokument) -> tuple[Lagfakta, ...]:
    """What the paper of a layer says that it changes."""
    return tuple(f for afsnit in papir.afsnit if afsnit.art == LAGFAKTA for f in afsnit.indhold)


def _stykker(skrevet: str) -> list[str]:
    return [stykke.strip() for stykke in skrevet.split("\n") if stykke.strip()]


def hent_lag(plan: Helhedsplan, noegle: str) -> Lag | None:
    lag = plan.lag.select_related("oven_paa").filter(noegle=noegle).first()
    if lag is None:
        return None
    lag = den_samme(lag)
    lag.plan = plan
    prefetch_related_objects([lag], "omraader__lagt_ind_i")
    return lag


#: Paper -> what it says of a plan.
PAPIRER = {
    Dokumentart.MILEPAELSPLAN.value: milepaelsplan,
    Dokumentart.BEREDSKABSPLAN.value: beredskabsplan,
    Dokumentart.KOMMISSORIUM.value: kommissorium,
    Dokumentart.ORGANISATIONSDIAGRAM.value: organisationsdiagram,
}


@dataclass(frozen=True)
class Kraevetfil:
    """A paper that the rule set asks for as a file; `noegle` is what an attachment that is it has as `papir`."""

    noegle: str
    navn: str
    krav: Dokumentkrav


def kraevede_filer(plan: Helhedsplan) -> list[Kraevetfil]:
    """In the order of the rule set; one for each chosen indsatsområde where it asks for that."""
    omraader = list(plan.indsatsomraader.all())
    return [
        Kraevetfil(noegle, navn, krav)
        for krav in plan.regelsaet.dokumentkrav.filter(art=Dokumentart.FIL)
        for noegle, navn in filer_til(krav, omraader)
    ]


def filer_til(krav: Dokumentkrav, omraader: Iterable[Indsatsomraade]) -> list[tuple[str, str]]:
    """(key, name) of each file that the demand asks for."""
    if not krav.pr_indsatsomraade:
        return [(krav.noegle, krav.navn)]
    return [(f"{krav.noegle}--{o.noegle}", f"{krav.navn} om {o.navn}") for o in omraader]
