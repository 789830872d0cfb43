"""The rules of the agreements, one named function each: a Kontrolgrundlag in, findings out.

Pure functions over what `queries.kontrol` has read; they ask no database. Every finding lands on the field to mend.
Sources: `krav` is the plan's own rule set, in words for the regulativ that an agreement quotes; PRAKSIS is what
agreements usually do and nobody has to.
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.urls import reverse

from aftaler.choices import Delmaalskilde, Fase, Oplysning, Organisationsart, Stoerrelse, Udfald
from helhedsplan.choices import Alvor
from helhedsplan.formats import MAANEDER, antal, lang_dato, opremsning, periode
from helhedsplan.fund import Fund
from helhedsplan.maengde import Maengde
from helhedsplan.svar import Svar, alle, modsat
from helhedsplan.tid import Tid, Tidsslags, dagen, er_foer, tidsrum, uden_forbehold

KRAV = "Regulativ af 11. december 2019, som en samarbejdsaftale for 2021-2025 gengiver det"
KRAV_REGULATIV = date(2019, 12, 11)
PRAKSIS = "Praksis i de aftaler, vi kender"
EGEN = "Helhedsplans egen kontrol"
AAR_I_TITEL = re.compile(r"\b((?:19|20)\d\d)\s*(?:[-/\u2010-\u2015\u2212]|til)\s*((?:19|20)?\d\d)\b")
REGULATIVDATO = re.compile(
    r"\bregulativ(?:et)?\s+(?:(?:af|fra|dateret)\s+)?(?:den\s+)?"
    rf"(\d{{1,2}})\s*\.\s*(\d{{1,2}}|{'|'.join(MAANEDER)})\s*\.?\s*((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
#: "2015-regulativet", "regulativet fra 2015"
REGULATIVAAR = re.compile(
    r"\b((?:19|20)\d\d)-regulativ(?:et|ets)?\b|\bregulativ(?:et)?\s+(?:af|fra)\s+((?:19|20)\d\d)\b", re.IGNORECASE
)
PLANENS_LAENGDE_AAR = 4
#: A plan is thought of, applied for and granted in the years before it begins.
TAENKT_AAR_FOER = 2


def foer_planen(dag: date, plan_fra: Tid, i_dag: date) -> str:
    """Why nothing can have been decided about a plan that day; '' when it can. A plan without a period that is written
    now begins today at the earliest; of one whose beginning is told without a first day nothing is asked."""
    if not plan_fra.er_mangler and (plan_fra.formentlig or not plan_fra.tidligst):
        return ""
    begynder = plan_fra.tidligst or i_dag
    skudaarsdag = (begynder.month, begynder.day) == (2, 29)
    tidligst = begynder.replace(year=begynder.year - TAENKT_AAR_FOER, day=28 if skudaarsdag else begynder.day)
    if dag >= tidligst:
        return ""
    hvad = f"Planen begynder {plan_fra}" if plan_fra.er_fortalt else "Planen har ingen periode endnu"
    return f"{hvad}, så dagen kan tidligst være {lang_dato(tidligst)}."


@dataclass(frozen=True)
class Kontrolgrundlag:
    """Everything the rules look at, read once.

    delaftaler: each with `alle_delmaal` and `alle_aktiviteter` lists (delmål have `har_aktivitet`, activities
    `har_delmaal`); tomme_afsnit: (dokumentnavn, afsnitstitel, url) of prose sections nobody has written.
    """

    plan: object
    parter: list
    omraader: list
    valgte: list
    delaftaler: list
    efterfoelgere: list
    tomme_afsnit: list[tuple[str, str, str]]
    i_dag: date | None = None
    #: (name, when last gone through, url) of the papers that are gone through every year, when they hold anything.
    gennemgaas: tuple[tuple[str, date | None, str], ...] = ()
    #: (name, when, url) of the milestones of activities and plan; and of those that are said to be reached.
    milepaele: tuple[tuple[str, Tid, str], ...] = ()
    naaede: frozenset[tuple[str, Tid, str]] = frozenset()
    #: (activity, area, when the area left, url).
    aktivitetssteder: tuple[tuple[str, str, Tid, str], ...] = ()
    #: (activity, area, the indsatsområde of its delaftale, url) where the area is told to be without it.
    uden_indsatsomraadet: tuple[tuple[str, str, str, str], ...] = ()
    #: (afdeling, areas that it stands in, url).
    dobbelte_afdelinger: tuple[tuple[str, tuple[str, ...], str], ...] = ()
    #: (paper and section, date or year of the regulativ that its text cites, url).
    citater: tuple[tuple[str, date | int, str], ...] = ()
    #: The groups, with their areas.
    grupper: list = field(default_factory=list)
    #: The plans beside.
    sideplaner: tuple = ()
    #: (the plan's own overall goal, what the pulje's goal with the same words is called, url).
    egne_som_puljens: tuple[tuple[str, str, str], ...] = ()
    #: (paper known by name, url) of which there is a file too.
    omtalte_med_fil: tuple[tuple[str, str], ...] = ()
    #: Who the plan has been before, and what it has together with others, as it is written here.
    behandlinger: tuple = ()
    faelles: tuple = ()
    #: What other plans say that they have together with this one.
    andres_faelles: tuple = ()


def krav(g: Kontrolgrundlag) -> tuple[str, bool]:
    """Source of what an agreement must hold: the plan's own rule set. It is verified for the one regulativ whose words
    we have; under the others it is what we expect."""
    if not g.plan.kender_puljen:
        return EGEN, True
    regelsaet = g.plan.regelsaet
    if regelsaet.regulativ == KRAV_REGULATIV:
        return KRAV, True
    if regelsaet.regulativet.er_fortalt:
        return f"Regulativ af {regelsaet.regulativet}", False
    return f"Reglerne for {regelsaet.navn}", False


def felt(plan, navn: str) -> str:
    return f"{reverse('plan-ret', args=[plan.noegle])}#id_{navn}"


def regulativdatoer(tekst: str) -> list[date]:
    """The regulativer that a text names by their date ("regulativ af 11. december 2019"), each once."""
    datoer = []
    for dag, maaned, aar in REGULATIVDATO.findall(tekst):
        nummer = int(maaned) if maaned.isdigit() else MAANEDER.index(maaned.lower()) + 1
        try:
            datoer.append(date(int(aar), nummer, int(dag)))
        except ValueError:
            continue
    return list(dict.fromkeys(datoer))


def regulativaar(tekst: str) -> list[int]:
    """The regulativer that a text names by their year alone, each once."""
    return list(dict.fromkeys(int(foran or bag) for foran, bag in REGULATIVAAR.findall(tekst)))


def slut_efter_aar(fra: date, aar: int) -> date:
    """The last day of a period of whole years: 1 Nov 2021, 4 -> 31 Oct 2025. From 29 February it is 28 February."""
    try:
        return fra.replace(year=fra.year + aar) - timedelta(days=1)
    except ValueError:
        return date(fra.year + aar, 2, 28)


def periode_mangler(g: Kontrolgrundlag) -> list[Fund]:
    """What nobody has answered yet. That a date is not told, or only in words, is an answer."""
    ord_ = {"periode_fra": ("startdato", g.plan.begynder), "periode_til": ("slutdato", g.plan.slutter)}
    mangler = [navn for navn, (_, hvornaar) in ord_.items() if hvornaar.er_mangler]
    if not mangler:
        return []
    tekst = f"Planen har ingen {opremsning([ord_[m][0] for m in mangler])} endnu."
    return [Fund("periode-mangler", Alvor.ADVARSEL, tekst, felt(g.plan, mangler[0]), *krav(g))]


def periode_laengde(g: Kontrolgrundlag) -> list[Fund]:
    """A period that was agreed to be other than four years; most that are not are a day off. What moves the end since
    is a paper of its own, and no fault."""
    plan = g.plan
    fra, til = plan.begynder.dag, plan.aftalt_slut.dag
    if not (fra and til):
        return _oplyst_laengde(plan)
    ventet = slut_efter_aar(fra, PLANENS_LAENGDE_AAR)
    dage = (ventet - til).days
    if not dage:
        return []
    forskel = f"{antal(abs(dage), 'dag', 'dage')} {'før' if dage > 0 else 'efter'}"
    tekst = (
        f"Perioden er ikke fire år: fra {lang_dato(fra)} slutter fire år den {lang_dato(ventet)}, "
        f"men planen slutter den {lang_dato(til)}, {forskel}."
    )
    return [_laengdefund(plan, tekst)]


def _oplyst_laengde(plan) -> list[Fund]:
    """The length of a period that is told with limits, or as a length."""
    begynder, slutter = plan.begynder, plan.aftalt_slut
    oplyst = tidsrum(begynder, slutter)
    if slutter.slags == Tidsslags.VARIGHED:
        if slutter.maaneder == 12 * PLANENS_LAENGDE_AAR:
            return []
        return [_laengdefund(plan, f"Perioden er ikke fire år: den er oplyst som {slutter}.")]
    if not (begynder.er_fortalt and slutter.er_fortalt):
        return []
    fire_aar = Tid(Tidsslags.VARIGHED, maaneder=12 * PLANENS_LAENGDE_AAR).efter(begynder)
    om_til = {er_foer(fire_aar, slutter), er_foer(slutter, fire_aar)}
    if Svar.HOLDER in om_til:
        return [_laengdefund(plan, f"Perioden er ikke fire år: den er oplyst som {oplyst}.")]
    return [_laengdefund(plan, f"Det kan ikke ses, om perioden er fire år: den er oplyst som {oplyst}.", sikkert=False)]


def _laengdefund(plan, tekst: str, *, sikkert: bool = True) -> Fund:
    return Fund(
        "periode-ikke-fire-aar",
        Alvor.ADVARSEL,
        tekst,
        felt(plan, "periode_til"),
        PRAKSIS,
        verificeret=False,
        kan_ikke_ses=not sikkert,
    )


def periode_moeder_naboplaner(g: Kontrolgrundlag) -> list[Fund]:
    """Days that no plan covers, or that two plans cover, between this plan and its predecessor and successors."""
    par = [(g.plan.forgaenger, g.plan, "periode_fra")] if g.plan.forgaenger else []
    par += [(g.plan, ny, "periode_til") for ny in g.efterfoelgere]
    fund = []
    for foerste, anden, feltnavn in par:
        slut, start = foerste.slutter, anden.begynder
        if slut.dag and start.dag:
            fund += _mellem(foerste, anden, slut.dag, start.dag, felt(g.plan, feltnavn))
        elif slut.er_fortalt and start.er_fortalt:
            fund += _mellem_oplyste(foerste, anden, felt(g.plan, feltnavn))
    return fund


def _mellem(foerste, anden, slut: date, start: date, url: str) -> list[Fund]:
    fra, til = slut + timedelta(days=1), start - timedelta(days=1)
    sagt = f"{foerste.navn} slutter den {lang_dato(slut)}, og {anden.navn} begynder den {lang_dato(start)}."
    if fra <= til:
        laengde = antal((til - fra).days + 1, "dag", "dage")
        dage = f"Den {lang_dato(fra)} er" if fra == til else f"{periode(fra, til)} ({laengde}) er"
        return [Fund("periode-hul", Alvor.ADVARSEL, f"{dage} ikke dækket af nogen plan. {sagt}", url, EGEN)]
    begge_fra = max(start, foerste.begynder.dag or start)
    begge_til = min(slut, anden.slutter.dag or slut)
    dage_i_begge = (begge_til - begge_fra).days + 1
    if dage_i_begge > 0:
        tekst = f"De to planer overlapper med {antal(dage_i_begge, 'dag', 'dage')}. {sagt}"
        return [Fund("periode-overlap", Alvor.ADVARSEL, tekst, url, EGEN)]
    if begge_til < slut:
        tekst = f"{anden.navn} skulle følge efter {foerste.navn}, men ligger før den. {sagt}"
        return [Fund("periode-bagvendt", Alvor.ADVARSEL, tekst, url, EGEN)]
    return []


def _mellem_oplyste(foerste, anden, url: str) -> list[Fund]:
    """The same between plans that are told of with limits: what is sure at the least, or that it cannot be seen."""
    slut, start = foerste.slutter, anden.begynder
    sagt = f"{foerste.navn} slutter {hvornaar(slut)}, og {anden.navn} begynder {hvornaar(start)}."
    if not (slut.formentlig or start.formentlig):
        hul = (start.tidligst - slut.senest).days - 1 if start.tidligst and slut.senest else 0
        if hul > 0:
            tekst = f"Mindst {antal(hul, 'dag', 'dage')} mellem de to planer er ikke dækket af nogen af dem. {sagt}"
            return [Fund("periode-hul", Alvor.ADVARSEL, tekst, url, EGEN)]
        faelles = (slut.tidligst - start.senest).days + 1 if slut.tidligst and start.senest else 0
        if faelles > 0 and er_foer(anden.begynder, foerste.begynder) is not Svar.HOLDER:
            tekst = f"De to planer overlapper med mindst {antal(faelles, 'dag', 'dage')}. {sagt}"
            return [Fund("periode-overlap", Alvor.ADVARSEL, tekst, url, EGEN)]
    tekst = f"Det kan ikke ses, om der er dage mellem de to planer. {sagt}"
    return [Fund("periode-hul", Alvor.NOTE, tekst, url, EGEN, kan_ikke_ses=True)]


def lag_uden_virkning(g: Kontrolgrundlag) -> list[Fund]:
    """What counts on top of the plan and moves its end the wrong way: what lies below it was changed since."""
    fund, slut = [], g.plan.aftalt_slut
    for lag in g.plan.lagene:
        if not (lag.flytter_slut and lag.taeller()):
            continue
        foer, slut = slut, lag.slut_efter(slut)
        if lag.er_bagvendt(foer):
            tekst = f"{lag.slagsnavn}: »{lag.navn}« giver slutdatoen {slut}, men uden den slutter planen {foer}."
            url = reverse("lag-ret", args=[g.plan.noegle, lag.pk]) + "#id_til"
            fund.append(Fund("lag-uden-virkning", Alvor.FEJL, tekst, url, EGEN))
    return fund


def hvornaar(t: Tid) -> str:
    """In a sentence: den 1. november 2019, or as it was said."""
    return f"den {t}" if t.er_praecis else t.i_ord


def titelperiode(g: Kontrolgrundlag) -> list[Fund]:
    """Years in the plan's name that are not the years of its period."""
    plan = g.plan
    fundet = AAR_I_TITEL.search(plan.navn)
    if not fundet or not (plan.begynder.er_fortalt and plan.slutter.er_fortalt):
        return []
    fra, til = fundet[1], fundet[2] if len(fundet[2]) == len(fundet[1]) else fundet[1][:2] + fundet[2]
    slut = any(_kan_vaere_i(int(til), t) for t in (plan.slutter, plan.aftalt_slut))
    if _kan_vaere_i(int(fra), plan.begynder) and slut:
        return []
    tekst = f"Navnet siger {fra}-{til}, men perioden er {plan.periode}. Ret navnet eller perioden."
    return [Fund("titel-periode", Alvor.ADVARSEL, tekst, felt(plan, "navn"), EGEN)]


def _kan_vaere_i(aar: int, t: Tid) -> bool:
    """Whether what is told may lie in the year; what is only probable may lie anywhere."""
    if t.formentlig:
        return True
    return (not t.tidligst or t.tidligst.year <= aar) and (not t.senest or aar <= t.senest.year)


def parter_mangler(g: Kontrolgrundlag) -> list[Fund]:
    arter = {part.organisation.art for part in g.parter}
    mangler = [
        navn
        for art, navn in [
            (Organisationsart.KOMMUNE, "kommune"),
            (Organisationsart.BOLIGORGANISATION, "boligorganisation"),
        ]
        if art not in arter
    ]
    url = reverse("part-opret", args=[g.plan.noegle])
    if mangler and Organisationsart.UKENDT in arter:
        tekst = f"En part er ikke oplyst, så det kan ikke ses, om {opremsning(mangler)} er part."
        return [Fund("part-mangler", Alvor.NOTE, tekst, url, *krav(g), kan_ikke_ses=True)]
    fund = [Fund("part-mangler", Alvor.FEJL, f"Aftalen har ingen {navn} som part.", url, *krav(g)) for navn in mangler]
    if g.parter and not any(part.administrerer for part in g.parter):
        tekst = "Ingen af parterne står som den, der administrerer helhedsplanen."
        fund.append(
            Fund(
                "part-administrerer",
                Alvor.NOTE,
                tekst,
                reverse("indstillinger", args=[g.plan.noegle]) + "#parter",
                PRAKSIS,
            )
        )
    return fund


def perioder_inden_for_planen(g: Kontrolgrundlag) -> list[Fund]:
    """Areas and parties whose own dates lie outside the plan's period."""
    emner = [("omraade", o, o.navn, o.med_fra, o.med_til, "starter", "slutter") for o in g.omraader]
    emner += [("part", p, p.organisation.navn, p.begynder, p.slutter, "gaelder_fra", "gaelder_til") for p in g.parter]
    fund = []
    for art, emne, navn, fra, til, fra_felt, til_felt in emner:
        url = reverse(f"{art}-ret", args=[g.plan.noegle, emne.pk])
        for dag, feltnavn in ((fra, fra_felt), (til, til_felt)):
            fund += _uden_for_perioden(g.plan, dag, art, navn, f"{url}#id_{feltnavn}")
    return fund


def _uden_for_perioden(plan, dag: Tid, art: str, navn: str, sted: str) -> list[Fund]:
    svar, er_varighed = i_perioden(plan, dag), dag.slags == Tidsslags.VARIGHED
    if svar is Svar.HOLDER:
        return []
    kort = f"{navn}, som varer {dag}" if er_varighed else f"{navn} {hvornaar(dag)}"
    naar = f"enden efter {dag}" if er_varighed else hvornaar(dag)
    if svar is Svar.KAN_IKKE_SES:
        tekst = f"{navn}: det kan ikke ses, om {naar} ligger i planens periode, {plan.periode}."
        flere = {"flere": f"datoer kan ikke ses at ligge i planens periode, {plan.periode}:", "kort": kort}
        return [Fund(f"{art}-uden-for-perioden", Alvor.NOTE, tekst, sted, EGEN, kan_ikke_ses=True, **flere)]
    tekst = f"{navn}: {naar if er_varighed else dag} ligger uden for planens periode, {plan.periode}."
    flere = {"flere": f"datoer ligger uden for planens periode, {plan.periode}:", "kort": kort}
    return [Fund(f"{art}-uden-for-perioden", Alvor.ADVARSEL, tekst, sted, EGEN, **flere)]


def i_perioden(plan, t: Tid) -> Svar:
    """Whether a time lies in the plan's period, as far as that is told: an end that is missing or not told, and a time
    that is, ask nothing. What only probably lies outside cannot be seen to; what probably lies inside is not asked."""
    if not t.er_fortalt:
        return Svar.HOLDER
    ender = []
    if plan.begynder.er_fortalt:
        ender.append(modsat(er_foer(uden_forbehold(t), uden_forbehold(plan.begynder))))
    if plan.slutter.er_fortalt:
        ender.append(modsat(er_foer(uden_forbehold(plan.slutter), uden_forbehold(t))))
    svar = alle(*ender)
    med_forbehold = t.formentlig or plan.begynder.formentlig or plan.slutter.formentlig
    return Svar.KAN_IKKE_SES if svar is Svar.HOLDER_IKKE and med_forbehold else svar


def indsatsomraader_har_delaftale(g: Kontrolgrundlag) -> list[Fund]:
    if not g.valgte:
        url = reverse("indsatsomraader-vaelg", args=[g.plan.noegle])
        return [Fund("indsatsomraade-ingen", Alvor.FEJL, "Planen har ikke valgt nogen indsatsområder.", url, *krav(g))]
    har = {aftale.indsatsomraade_id for aftale in g.delaftaler}
    url = reverse("delaftale-liste", args=[g.plan.noegle])
    return [
        Fund(
            "indsatsomraade-uden-delaftale",
            Alvor.FEJL,
            f"Indsatsområdet {o.navn} har ingen delaftale.",
            f"{url}#{o.noegle}",
            *krav(g),
            flere="indsatsområder har ingen delaftale:",
            kort=o.navn,
        )
        for o in g.valgte
        if o.pk not in har
    ]


def delaftaler_har_delmaal(g: Kontrolgrundlag) -> list[Fund]:
    return [
        Fund(
            "delaftale-uden-delmaal",
            Alvor.FEJL,
            f"{aftale} har ingen delmål.",
            reverse("delmaal-opret", args=[g.plan.noegle, aftale.noegle]),
            *krav(g),
            flere="delaftaler har ingen delmål:",
            kort=aftale.indsatsomraade.navn,
        )
        for aftale in g.delaftaler
        if not aftale.alle_delmaal
    ]


def delaftaler_har_aktiviteter(g: Kontrolgrundlag) -> list[Fund]:
    """A delaftale that nobody does anything under is no agreement, whatever the rule set says."""
    return [
        Fund(
            "delaftale-uden-aktiviteter",
            Alvor.FEJL,
            f"{aftale} har ingen aktiviteter.",
            reverse("aktivitet-opret", args=[g.plan.noegle, aftale.noegle]),
            EGEN,
            flere="delaftaler har ingen aktiviteter:",
            kort=aftale.indsatsomraade.navn,
        )
        for aftale in g.delaftaler
        if not aftale.alle_aktiviteter
    ]


def delmaal_har_aktivitet(g: Kontrolgrundlag) -> list[Fund]:
    """Each delmål is served by at least one activity; each activity serves at least one delmål."""
    fund = []
    for aftale in g.delaftaler:
        noegler = [g.plan.noegle, aftale.noegle]
        for delmaal in aftale.alle_delmaal:
            if not delmaal.har_aktivitet:
                tekst = f"{aftale.indsatsomraade.navn}: delmålet »{delmaal.tekst}« har ingen aktivitet."
                url = reverse("delmaal-ret", args=[*noegler, delmaal.noegle])
                flere = {"flere": "delmål har ingen aktivitet:", "kort": f"»{delmaal.tekst}«"}
                fund.append(
                    Fund("delmaal-uden-aktivitet", Alvor.ADVARSEL, tekst, f"{url}#id_aktiviteter", *krav(g), **flere)
                )
        for aktivitet in aftale.alle_aktiviteter:
            if not aktivitet.har_delmaal:
                tekst = f"{aftale.indsatsomraade.navn}: aktiviteten »{aktivitet.navn}« bidrager ikke til noget delmål."
                url = f"{reverse('aktivitet-ret', args=[*noegler, aktivitet.noegle])}#id_delmaal"
                if not aftale.alle_delmaal:  # there is none to choose yet
                    url = reverse("delmaal-opret", args=noegler)
                flere = {"flere": "aktiviteter bidrager ikke til noget delmål:", "kort": f"»{aktivitet.navn}«"}
                fund.append(Fund("aktivitet-uden-delmaal", Alvor.NOTE, tekst, url, EGEN, **flere))
    return fund


def delmaal_fra_listen(g: Kontrolgrundlag) -> list[Fund]:
    """A delmål is printed as Landsbyggefonden's only when it is one of the list, and each of the list stands once."""
    fund = []
    for aftale in g.delaftaler:
        set_: dict[int, str] = {}
        for delmaal in aftale.alle_delmaal:
            kort = f"»{delmaal.tekst}«"
            foran = f"{aftale.indsatsomraade.navn}: delmålet {kort}"
            url = reverse("delmaal-ret", args=[g.plan.noegle, aftale.noegle, delmaal.noegle])
            if delmaal.forslag_id is None and delmaal.kilde == Delmaalskilde.LBF:
                tekst = f"{foran} har Landsbyggefondens liste som kilde, men er ikke valgt fra listen."
                flere = {"flere": "delmål har listen som kilde, men er ikke valgt fra den:", "kort": kort}
                fund.append(Fund("delmaal-ikke-fra-listen", Alvor.ADVARSEL, tekst, f"{url}#id_kilde", EGEN, **flere))
            elif delmaal.forslag_id in set_:
                tekst = f"{foran} er det samme fra listen som »{set_[delmaal.forslag_id]}«."
                flere = {"flere": "delmål er valgt fra listen to gange:", "kort": kort}
                fund.append(Fund("delmaal-to-gange", Alvor.ADVARSEL, tekst, f"{url}#id_forslag", EGEN, **flere))
            elif delmaal.forslag_id:
                set_[delmaal.forslag_id] = delmaal.tekst
    return fund


def egne_maal_er_planens(g: Kontrolgrundlag) -> list[Fund]:
    """What the pulje has for a goal stands in the agreement as it is."""
    return [
        Fund(
            "eget-maal-i-forvejen",
            Alvor.ADVARSEL,
            f"Planens eget mål »{maal}« står i forvejen i aftalen som puljens {fast}.",
            url,
            EGEN,
        )
        for maal, fast, url in g.egne_som_puljens
    ]


def omtalte_papirer_haves_ikke(g: Kontrolgrundlag) -> list[Fund]:
    """What the plan says that nobody has is not among its files."""
    tekst = "Papiret »{}« står som kendt ved navn, men der ligger et bilag med samme titel. Slet det, eller ret det."
    return [Fund("omtalt-papir-haves", Alvor.NOTE, tekst.format(navn), url, EGEN) for navn, url in g.omtalte_med_fil]


def aktiviteter_er_fuldstaendige(g: Kontrolgrundlag) -> list[Fund]:
    """An activity says who is responsible and whom it is for."""
    fund = []
    for aftale in g.delaftaler:
        for aktivitet in aftale.alle_aktiviteter:
            url = reverse("aktivitet-ret", args=[g.plan.noegle, aftale.noegle, aktivitet.noegle])
            for feltnavn, ord_ in (("ansvarlig", "ansvarlig"), ("maalgruppe", "målgruppe")):
                if not getattr(aktivitet, feltnavn):
                    tekst = f"{aftale.indsatsomraade.navn}: aktiviteten »{aktivitet.navn}« har ingen {ord_}."
                    hvad = (Alvor.ADVARSEL, tekst, f"{url}#id_{feltnavn}", *krav(g))
                    flere = {"flere": f"aktiviteter har ingen {ord_}:", "kort": f"»{aktivitet.navn}«"}
                    fund.append(Fund(f"aktivitet-uden-{feltnavn}", *hvad, **flere))
    return fund


def afsnit_er_skrevet(g: Kontrolgrundlag) -> list[Fund]:
    return [
        Fund(
            "afsnit-tomt",
            Alvor.NOTE,
            f"{dokument}: afsnittet »{titel}« er ikke skrevet endnu.",
            f"{url}#id_tekst",
            *krav(g),
            flere="afsnit er ikke skrevet endnu:",
            kort=f"{titel} ({dokument})",
        )
        for dokument, titel, url in g.tomme_afsnit
    ]


def milepaele_inden_for_planen(g: Kontrolgrundlag) -> list[Fund]:
    """A milestone that the plan never comes to, or that lay before it began."""
    fund = []
    for navn, dag, url in g.milepaele:
        svar = i_perioden(g.plan, dag)
        kort = f"»{navn}« {hvornaar(dag)}"
        if svar is Svar.HOLDER_IKKE:
            tekst = f"Milepælen {kort} ligger uden for planens periode, {g.plan.periode}."
            flere = "milepæle ligger uden for planens periode:"
        elif svar is Svar.KAN_IKKE_SES:
            tekst = f"Det kan ikke ses, om milepælen {kort} ligger i planens periode, {g.plan.periode}."
            flere = "milepæle kan ikke ses at ligge i planens periode:"
        else:
            continue
        samlet = {"flere": flere, "kort": kort, "kan_ikke_ses": svar is Svar.KAN_IKKE_SES}
        fund.append(Fund("milepael-uden-for-perioden", Alvor.ADVARSEL, tekst, url, EGEN, **samlet))
    return fund


def milepaele_er_naaet_naar_de_siges_at_vaere(g: Kontrolgrundlag) -> list[Fund]:
    """Who writes that a milestone is reached on a day that has not come means another day, or another state."""
    return [
        Fund(
            "milepael-naaet-foer-tid",
            Alvor.ADVARSEL,
            f"Milepælen »{navn}« står som nået, men først {hvornaar(dag)}. Er dagen eller tilstanden forkert?",
            url,
            EGEN,
            flere="milepæle står som nået en dag, der ikke er kommet:",
            kort=f"»{navn}«",
        )
        for navn, dag, url in g.milepaele
        if (navn, dag, url) in g.naaede and g.i_dag and er_foer(dagen(g.i_dag), dag) is Svar.HOLDER
    ]


def aktiviteter_i_omraader_der_er_med(g: Kontrolgrundlag) -> list[Fund]:
    """An activity that stands in an area which surely has left the plan before its end."""
    return [
        Fund(
            "aktivitet-i-omraade-der-er-ude",
            Alvor.ADVARSEL,
            f"Aktiviteten »{navn}« foregår i {omraade}, som gik ud af planen {hvornaar(ud)}.",
            url,
            EGEN,
            flere="aktiviteter foregår i områder, der er gået ud af planen:",
            kort=f"»{navn}« i {omraade}",
        )
        for navn, omraade, ud, url in g.aktivitetssteder
        if (g.i_dag is None or er_foer(ud, dagen(g.i_dag)) is Svar.HOLDER)
        and (not g.plan.slutter.er_fortalt or er_foer(ud, g.plan.slutter) is Svar.HOLDER)
    ]


def aktiviteter_i_omraader_med_indsatsomraadet(g: Kontrolgrundlag) -> list[Fund]:
    """An activity in an area that names what is done there, and not what the activity is of."""
    return [
        Fund(
            "aktivitet-i-omraade-uden-indsatsomraadet",
            Alvor.ADVARSEL,
            f"Aktiviteten »{navn}« foregår i {omraade}, som ikke har indsatsområdet {indsatsomraade}.",
            url,
            EGEN,
            flere="aktiviteter foregår i områder, der ikke har deres indsatsområde:",
            kort=f"»{navn}« i {omraade}",
        )
        for navn, omraade, indsatsomraade, url in g.uden_indsatsomraadet
    ]


def led_inden_for_omraadet(g: Kontrolgrundlag) -> list[Fund]:
    """A department or an indsatsområde that surely is in an area before or after the area, or the plan, is there."""
    fund = []
    for o in g.omraader:
        rammer = [("området", o.med_fra, o.med_til), ("planen", g.plan.begynder, g.plan.slutter)]
        grupper = (
            ("medafdelinger", o.medafdelinger.all(), "afdeling"),
            ("indsatser", o.indsatser.all(), "indsatsomraade"),
        )
        for relation, alle_led, hvad in grupper:
            for nr, led in enumerate(alle_led):
                for felt_, t in (("fra", led.med_fra), ("til", led.med_til)):
                    hvor = next((navn for navn, fra, til in rammer if _uden_for(t, fra, til)), "")
                    if hvor:
                        url = f"{reverse('omraade-ret', args=[g.plan.noegle, o.pk])}#id_{relation}-{nr}-{felt_}"
                        tekst = f"{o.navn}, {getattr(led, hvad)}: {t} ligger uden for den tid, {hvor} er med."
                        fund.append(Fund("led-uden-for-omraadet", Alvor.ADVARSEL, tekst, url, EGEN))
    return fund


def _uden_for(t: Tid, fra: Tid, til: Tid) -> bool:
    return er_foer(t, fra) is Svar.HOLDER or er_foer(til, t) is Svar.HOLDER


def afdelinger_er_talt(g: Kontrolgrundlag) -> list[Fund]:
    """A number of departments that no source has, whatever of those in the area were there when they were counted."""
    fund = []
    for o in g.omraader:
        led = list(o.medafdelinger.all())
        talt = [(nr, s) for nr, s in enumerate(o.stoerrelser.all()) if s.hvad == Stoerrelse.AFDELINGER]
        altid = sum(not et.har_egen_tid for et in led)
        if not led or not talt or not all(_kan_ikke_vaere(s.hvor_mange, altid, len(led)) for _, s in talt):
            continue
        url = f"{reverse('omraade-ret', args=[g.plan.noegle, o.pk])}#id_stoerrelser-{talt[0][0]}-antal"
        oplyst = opremsning([s.antal for _, s in talt])
        der_staar = f"men der står {antal(len(led), 'afdeling', 'afdelinger')} i området"
        tekst = f"{o.navn}: antallet af afdelinger er oplyst som {oplyst}, {der_staar}."
        fund.append(Fund("afdelinger-antal", Alvor.NOTE, tekst, url, EGEN))
    return fund


def _kan_ikke_vaere(sagt: Maengde, mindst: int, hoejst: int) -> bool:
    return sagt.er_mindst(hoejst + 1) is Svar.HOLDER or (mindst > 0 and sagt.er_hoejst(mindst - 1) is Svar.HOLDER)


def ejere_er_oplyst(g: Kontrolgrundlag) -> list[Fund]:
    """Whether who owns an afdeling is a party cannot be seen where it is not told who that is."""
    led = [led for omraade in g.omraader for led in omraade.medafdelinger.all()]
    uden = dict.fromkeys(str(et.afdeling) for et in led if et.afdeling.organisation.er_ikke_oplyst)
    if not uden:
        return []
    tekst = f"Hvem der ejer {opremsning(list(uden))}, er ikke oplyst, så det kan ikke ses, om ejeren er part."
    url = f"{reverse('indstillinger', args=[g.plan.noegle])}#omraader"
    return [Fund("afdelings-ejer", Alvor.NOTE, tekst, url, EGEN, kan_ikke_ses=True)]


def afdelinger_i_et_omraade(g: Kontrolgrundlag) -> list[Fund]:
    """An afdeling in two areas is counted twice in what they have together."""
    return [
        Fund("afdeling-i-flere-omraader", Alvor.ADVARSEL, f"{navn} står i både {opremsning(list(hvor))}.", url, EGEN)
        for navn, hvor, url in g.dobbelte_afdelinger
    ]


def regulativ_er_planens(g: Kontrolgrundlag) -> list[Fund]:
    """A text, most often the kommissorium taken over from another plan, that cites another regulativ than its own."""
    eget = g.plan.regelsaet.regulativet
    if not eget.er_fortalt or eget.formentlig or not g.plan.kender_puljen:
        return []
    return [
        Fund(
            "andet-regulativ",
            Alvor.ADVARSEL,
            f"{hvor} nævner regulativet {_af(naevnt)}, men planen er under regulativet af {eget}.",
            url,
            EGEN,
        )
        for hvor, naevnt, url in g.citater
        if not _kan_vaere_naevnt(eget, naevnt)
    ]


def _kan_vaere_naevnt(eget: Tid, naevnt: date | int) -> bool:
    """Whether a date or a year that a text names may be that of the plan's own regulativ."""
    fra, til = (date(naevnt, 1, 1), date(naevnt, 12, 31)) if isinstance(naevnt, int) else (naevnt, naevnt)
    return (eget.tidligst or date.min) <= til and fra <= (eget.senest or date.max)


def _af(naevnt: date | int) -> str:
    return f"fra {naevnt}" if isinstance(naevnt, int) else f"af {lang_dato(naevnt)}"


def kan_forveksles(omraader: set, andre: set) -> bool:
    """Whether areas do not tell two groups of one name apart: one is of the whole plan, or they share an area."""
    return not (omraader and andre) or bool(omraader & andre)


def grupper_hedder_hver_sit(g: Kontrolgrundlag) -> list[Fund]:
    """Two groups of one name in one diagram: nobody sees which is meant."""
    fund: list[Fund] = []
    set_: list[tuple[str, set]] = []
    for gruppe in g.grupper:
        navn, omraader = gruppe.navn.casefold(), set(gruppe.omraader.all())
        if any(navn == andet and kan_forveksles(omraader, andre) for andet, andre in set_):
            url = f"{reverse('gruppe-ret', args=[g.plan.noegle, gruppe.pk])}#id_navn"
            tekst = f"To grupper hedder »{gruppe.navn}«. Giv dem hver sit navn, eller vælg hver sit område."
            fund.append(Fund("grupper-med-samme-navn", Alvor.ADVARSEL, tekst, url, EGEN))
        set_.append((navn, omraader))
    return fund


def sideplaners_penge_har_kilde(g: Kontrolgrundlag) -> list[Fund]:
    """An amount that stands beside the plan's own says where it is from: nothing in the plan can show it."""
    url = reverse("sideplaner-ret", args=[g.plan.noegle])
    return [
        Fund(
            "sideplan-uden-kilde",
            Alvor.NOTE,
            f"»{p.navn}« står med {p.beloeb}, men ikke hvor beløbet er oplyst.",
            f"{url}#id_sideplaner-{nr}-kilde",
            EGEN,
        )
        for nr, p in enumerate(g.sideplaner)
        if p.beloebet.er_fortalt and not p.kilde
    ]


def lag_skrevet_ind(g: Kontrolgrundlag) -> list[Fund]:
    """What counts by what somebody wrote, and by no edition that was signed here."""
    fund, url = [], f"{reverse('indstillinger', args=[g.plan.noegle])}#lag"
    underskrevet = [lag for lag in g.plan.lagene if lag.flytter_slut and lag.ikraft_ved and lag.taeller()]
    for lag in (lag for lag in g.plan.lagene if lag.er_skrevet_ind and lag.taeller()):
        hvad = f"»{lag}« gælder efter det, der er skrevet ind, og ikke ved en udgave, der er underskrevet her."
        under = next((u for u in underskrevet if u.orden < lag.orden), None) if lag.flytter_slut else None
        if under:
            hvad += f" Det flytter den slutdato, som »{under}« er sat i kraft med."
        hvor = f" Aftalt i: {lag.aftalt_i}." if lag.aftalt_i else " Der står ikke, hvor det er aftalt."
        fund.append(Fund("lag-skrevet-ind", Alvor.ADVARSEL, hvad + hvor, url, EGEN))
    return fund


def lag_efter_slut(g: Kontrolgrundlag) -> list[Fund]:
    """What was agreed on top of the plan from a day when it surely had ended, as all of it stands now."""
    url = f"{reverse('indstillinger', args=[g.plan.noegle])}#lag"
    return [
        Fund(
            "lag-efter-slut",
            Alvor.FEJL,
            f"»{lag}« gælder fra {lag.begynder}, men planen slutter {g.plan.slutter}. Ret det ene.",
            url,
            EGEN,
        )
        for lag in g.plan.lagene
        if lag.taeller() and er_foer(g.plan.slutter, lag.begynder) is Svar.HOLDER
    ]


def _behandlingsfelt(g: Kontrolgrundlag, nr: int, feltnavn: str) -> str:
    return f"{reverse('behandlinger-ret', args=[g.plan.noegle])}#id_behandlinger-{nr}-{feltnavn}"


def behandlinger_haenger_sammen(g: Kontrolgrundlag) -> list[Fund]:
    """A body that comes after one of a later day, an outcome of a day to come, and votes that say something else than
    the outcome does."""
    fund = []
    for nr, b in enumerate(g.behandlinger):
        foer = g.behandlinger[nr - 1] if nr else None
        if foer and not (foer.afdeling and b.afdeling) and er_foer(b.hvornaar, foer.hvornaar) is Svar.HOLDER:
            tekst = f"{b} ({b.hvornaar}) står efter {foer} ({foer.hvornaar}). Ret en dato eller rækkefølgen."
            fund.append(Fund("behandling-raekkefoelge", Alvor.NOTE, tekst, _behandlingsfelt(g, nr, "dato"), EGEN))
        if b.udfald and g.i_dag and er_foer(dagen(g.i_dag), b.hvornaar) is Svar.HOLDER:
            tekst = f"{b} har et udfald, men behandler først planen {hvornaar(b.hvornaar)}."
            fund.append(Fund("behandling-ikke-sket", Alvor.ADVARSEL, tekst, _behandlingsfelt(g, nr, "udfald"), EGEN))
        if b.ja is not None and b.nej is not None and _siger_imod(b):
            tekst = f"{b}: {b.ja} stemte for og {b.nej} imod, men udfaldet er »{b.get_udfald_display().lower()}«."
            fund.append(Fund("behandling-stemmer", Alvor.ADVARSEL, tekst, _behandlingsfelt(g, nr, "udfald"), EGEN))
    return fund


def _siger_imod(b) -> bool:
    udfald = Udfald(b.udfald)
    return (udfald.er_ja and b.ja < b.nej) or (udfald == Udfald.IKKE_GODKENDT and b.ja > b.nej)


def afdelinger_har_stemt(g: Kontrolgrundlag) -> list[Fund]:
    """Where some departments have voted, those of the plan of which nothing is told."""
    stemt = {b.afdeling.casefold() for b in g.behandlinger if b.afdeling}
    if not stemt:
        return []
    afdelinger = {led.afdeling for o in g.omraader for led in o.medafdelinger.all()}
    navne = [str(a) for a in afdelinger if not {str(a).casefold(), a.navn.casefold(), a.nummer.casefold()} & stemt]
    if not navne:
        return []
    tekst = f"Urafstemning: der står ikke noget om {opremsning(sorted(navne))}."
    url = reverse("behandlinger-ret", args=[g.plan.noegle])
    return [Fund("afdeling-ikke-stemt", Alvor.NOTE, tekst, url, EGEN, kan_ikke_ses=True)]


def faelles_er_sagt_een_gang(g: Kontrolgrundlag) -> list[Fund]:
    """What is together says with whom, and stands in one of the plans only."""
    fund = []
    for nr, f in enumerate(g.faelles):
        url = f"{reverse('faelles-ret', args=[g.plan.noegle])}#id_faelles-{nr}"
        if not (f.planer.all() or f.andre):
            tekst = f"»{f}« er fælles, men der står ikke, med hvem."
            fund.append(Fund("faelles-uden-plan", Alvor.ADVARSEL, tekst, f"{url}-andre", EGEN))
        for anden in g.andres_faelles:
            if (anden.slags, anden.navn.casefold()) == (f.slags, f.navn.casefold()):
                tekst = f"»{f}« står også i {anden.plan}. Skriv det kun i den ene plan; så står det i dem begge."
                fund.append(Fund("faelles-to-gange", Alvor.ADVARSEL, tekst, f"{url}-navn", EGEN))
    return fund


GENNEMGANG_DAGE = 365


def papirer_er_gennemgaaet(g: Kontrolgrundlag) -> list[Fund]:
    """Milestones and risks are gone through once a year while the plan runs."""
    if g.plan.fase not in {Fase.BEVILGET, Fase.I_GANG} or g.i_dag is None or g.plan.er_forbi(g.i_dag):
        return []
    fund = []
    for navn, sidst, url in g.gennemgaas:
        if sidst is not None and (g.i_dag - sidst).days <= GENNEMGANG_DAGE:
            continue
        siden = f"sidst gennemgået {lang_dato(sidst)}, for over et år siden" if sidst else "aldrig gennemgået"
        fund.append(Fund("papir-ikke-gennemgaaet", Alvor.NOTE, f"{navn} er {siden}.", url, EGEN))
    return fund


REGLER = [
    lag_skrevet_ind,
    lag_efter_slut,
    periode_mangler,
    periode_laengde,
    periode_moeder_naboplaner,
    titelperiode,
    lag_uden_virkning,
    parter_mangler,
    perioder_inden_for_planen,
    indsatsomraader_har_delaftale,
    delaftaler_har_delmaal,
    delaftaler_har_aktiviteter,
    delmaal_har_aktivitet,
    delmaal_fra_listen,
    egne_maal_er_planens,
    omtalte_papirer_haves_ikke,
    aktiviteter_er_fuldstaendige,
    afsnit_er_skrevet,
    papirer_er_gennemgaaet,
    milepaele_inden_for_planen,
    milepaele_er_naaet_naar_de_siges_at_vaere,
    aktiviteter_i_omraader_der_er_med,
    aktiviteter_i_omraader_med_indsatsomraadet,
    led_inden_for_omraadet,
    afdelinger_er_talt,
    ejere_er_oplyst,
    afdelinger_i_et_omraade,
    regulativ_er_planens,
    grupper_hedder_hver_sit,
    sideplaners_penge_har_kilde,
    behandlinger_haenger_sammen,
    afdelinger_har_stemt,
    faelles_er_sagt_een_gang,
]


#: Code of a finding -> what must be told for the rule to hold or not.
AFHAENGER_AF: dict[str, str] = {
    "part-mangler": Oplysning.PARTER.value,
    "part-administrerer": Oplysning.PARTER.value,
    "indsatsomraade-ingen": Oplysning.INDSATSOMRAADER.value,
    "indsatsomraade-uden-delaftale": Oplysning.DELAFTALER.value,
    "delaftale-uden-delmaal": Oplysning.DELMAAL.value,
    "aktivitet-uden-delmaal": Oplysning.DELMAAL.value,
    "delaftale-uden-aktiviteter": Oplysning.AKTIVITETER.value,
    "delmaal-uden-aktivitet": Oplysning.AKTIVITETER.value,
    "aktivitet-uden-ansvarlig": Oplysning.ANSVARLIGE.value,
    "aktivitet-uden-maalgruppe": Oplysning.MAALGRUPPER.value,
    "afsnit-tomt": Oplysning.TEKSTER.value,
}


#: Codes of findings that hold the plan against what its pulje demands.
AF_PULJEN = frozenset({
    "part-mangler", "indsatsomraade-ingen", "indsatsomraade-uden-delaftale", "delaftale-uden-delmaal",
    "delaftale-uden-aktiviteter", "delmaal-uden-aktivitet", "aktivitet-uden-ansvarlig", "aktivitet-uden-maalgruppe",
    "delmaal-ikke-fra-listen", "periode-laengde",
})  # fmt: skip


def alle_fund(grundlag: Kontrolgrundlag) -> list[Fund]:
    """What is asked of something that is not told cannot be seen, and is said once."""
    fund = [fund for regel in REGLER for fund in regel(grundlag)]
    if not grundlag.plan.kender_puljen:
        fund = [*(f for f in fund if f.kode not in AF_PULJEN), _uden_pulje(grundlag.plan)]
    tier = set(grundlag.plan.ikke_oplyst)
    usete = [oplysning for oplysning in Oplysning if oplysning in tier & {AFHAENGER_AF.get(f.kode, "") for f in fund}]
    if not usete:
        return fund
    hvad = opremsning([str(o.label)[0].lower() + str(o.label)[1:] for o in usete])
    tekst = f"Det er ikke oplyst: {hvad}. Om det er, som det skal være, kan ikke ses."
    sted = felt(grundlag.plan, f"ikke_oplyst_{list(Oplysning).index(usete[0])}")
    return [
        *(f for f in fund if AFHAENGER_AF.get(f.kode) not in tier),
        Fund("ikke-oplyst", Alvor.NOTE, tekst, sted, EGEN, kan_ikke_ses=True),
    ]


def _uden_pulje(plan) -> Fund:
    """Said once: what only the pulje could demand."""
    tekst = (
        "Det er ikke oplyst, hvilken pulje planen er under. Om den holder puljens krav til aftaler, parter, papirer, "
        "mål og lokal medfinansiering, kan ikke ses."
    )
    sted = felt(plan, f"ikke_oplyst_{list(Oplysning).index(Oplysning.PULJE)}")
    return Fund("pulje-ikke-oplyst", Alvor.NOTE, tekst, sted, EGEN, kan_ikke_ses=True)
