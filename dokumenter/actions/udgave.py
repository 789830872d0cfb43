"""Freezing a paper and what happens to the edition afterwards: decided on, put in force, withdrawn.

Each action asks `dokumenter.rules` what is missing, writes through `helhedsplan.actions`, and logs in the same
transaction. The paper itself is drawn outside of it: drawing takes seconds, and nobody else should wait for them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from aftaler.actions import lag as lagactions
from aftaler.actions.meddelelse import meddel
from aftaler.choices import Beroering, Dokumentart, Godkendelsesniveau, Meddelelsesgruppe
from aftaler.models import Dokumentkrav, Helhedsplan, Lag
from aftaler.models.bilag import UDGIVELSE
from aftaler.pdf import UNDERSKRIVES
from aftaler.queries import papirer
from aftaler.queries.adgang import skrivere, tjek
from aftaler.queries.dokument import Udgavestempel, Underskriftslinje
from aftaler.queries.huller import huller
from aftaler.queries.indstillinger import parameter
from aftaler.queries.navne import Navnebog
from budget.queries.kontrol import huller_i
from dokumenter import beroering, lager, oejebliksbillede, rules
from dokumenter.actions.bilag import Fil, gem_bilag
from dokumenter.actions.samlet import for_hvert_papir
from dokumenter.choices import TO_PAR_OEJNE, Filart, Resultat
from dokumenter.models import Filrevision, Godkendelse, Udgave, Underskriver
from dokumenter.oejebliksbillede import Oejebliksbillede, Papir, hvis_laeselig
from dokumenter.queries import udgave as forespoergsler
from dokumenter.queries.udgave import Vistudgave
from dokumenter.sammenlign.resume import resume as hvad_er_aendret
from helhedsplan import actions, revisionsspor
from helhedsplan.actions import Raekkefejl, Versionskonflikt, laas
from helhedsplan.formats import de_foerste, lang_dato, opremsning
from helhedsplan.grunde import tjek_grund
from helhedsplan.models import Haendelse, Kaede
from helhedsplan.pdf import med_noegleord
from helhedsplan.rettigheder import Rettighed
from indikatorer.actions.udgivne import gem_udgivne_tal

FORSOEG = 3
LAVERE = "Skriv, hvorfor udgaven kan godkendes på et lavere niveau end foreslået."


@dataclass(frozen=True)
class Forslag:
    """What freezing a document now would mean: what it touches, who must approve it, and against what it is held."""

    papir: Papir
    grundlag: Udgave | None
    beroert: frozenset[Beroering]
    niveau: beroering.Niveauforslag
    uaendret: bool
    mangler: tuple[str, ...] = ()
    """what is not written, and what is hollow: freezing with any of it wants a yes and a reason"""


@dataclass(frozen=True)
class Bestilling:
    """What is to be frozen, and who is to approve it when not as proposed. `frys` says what the fields are.

    nummer: which edition the page said that it would be; None when nothing was said.
    """

    plan: Helhedsplan
    art: str
    emne: str = ""
    niveau: int | None = None
    begrundelse: str = ""
    resume: Callable[[Papir | None, Papir], str] | None = hvad_er_aendret
    uskrevet: str | None = None
    nummer: int | None = None


def mangler_i(plan: Helhedsplan, art: str, emne: str) -> tuple[str, ...]:
    """What the document lacks. A budget is asked as the paper that is to be frozen, whether or not it is the one that
    counts."""
    if art != Dokumentart.BUDGET:
        return tuple(huller(plan, art).get((str(art), emne), ()))
    budget = plan.budgetter.filter(noegle=emne).first()
    return tuple(huller_i(budget)) if budget else ()


def forslag(plan: Helhedsplan, art: str, emne: str = "") -> Forslag:
    """Asked by the page before freezing, and again when it is done. Raises Http404, PdfFejl."""
    papir = oejebliksbillede.udkast(plan, art, emne)
    udgaver = forespoergsler.viste(plan, art=art, emne=emne)
    grundlag = forespoergsler.grundlag_for(udgaver)
    forrige = hvis_laeselig(hent_papir, grundlag.udgave)[0] if grundlag else None
    nyeste = next((v.udgave for v in udgaver if not v.udgave.trukket), None)
    beroert = beroering.beroering(art, forrige, papir)
    return Forslag(
        papir=papir,
        grundlag=grundlag.udgave if grundlag else None,
        beroert=beroert,
        niveau=beroering.niveauforslag(beroert, forespoergsler.regler(plan), min(forespoergsler.niveauer(plan))),
        uaendret=nyeste is not None and hvis_laeselig(hent_papir, nyeste)[0] == papir,
        mangler=mangler_i(plan, art, emne),
    )


def faelles_steder(aabne: Sequence[Vistudgave], f: Forslag) -> list[tuple[Udgave, Udgave | None, list[str]]]:
    """Where revisions that are on their way at once change the same place, each in its own way: (one, the other or
    None for the draft, places). They are held against the approved edition that all of them started from.
    """
    if f.grundlag is None or not aabne:
        return []
    fra, _ = hvis_laeselig(hent_papir, f.grundlag)
    if fra is None:
        return []
    laeste = [(v.udgave, hvis_laeselig(hent_papir, v.udgave)[0]) for v in aabne]
    papirer = [(None, f.papir), *((udgave, papir) for udgave, papir in laeste if papir is not None)]
    fundne = []
    for (anden, andet), (en, et) in combinations(papirer, 2):
        uens = beroering.rettede_steder(et, andet)
        begge = beroering.rettede_steder(fra, et).keys() & beroering.rettede_steder(fra, andet).keys() & uens.keys()
        if en is not None and begge:
            fundne.append((en, anden, [uens[noegle] for noegle in sorted(begge)]))
    return fundne


def hent_billede(udgave: Udgave) -> Oejebliksbillede:
    """The snapshot of an edition. Raises Skemafejl."""
    return oejebliksbillede.fra_json(udgave.indhold, str(udgave))


def hent_papir(udgave: Udgave) -> Papir:
    return hent_billede(udgave).papir


def frys(
    *,
    bruger,
    plan: Helhedsplan,
    art: str,
    emne: str = "",
    niveau: int | None = None,
    begrundelse: str = "",
    resume: Callable[[Papir | None, Papir], str] | None = hvad_er_aendret,
    uskrevet: str | None = None,
) -> Udgave:
    """Freeze a document as its next edition: snapshot, PDF, hashes, number, date, and who is to sign.

    niveau: who must approve when it is not the proposed; a lower one needs `begrundelse`. resume: makes the sentence
    about what has changed from the approved edition before and this one. uskrevet: why it is frozen though sections are
    not written, '' when nobody has said; None: nobody was asked (what no person freezes).
    Drawn first and saved after, if nobody has written in the plan meanwhile; else drawn again. Raises ValidationError,
    PermissionDenied, Http404.
    """
    bestilling = Bestilling(plan, art, emne, niveau, begrundelse.strip(), resume, uskrevet)
    try:
        return frys_flere(bruger=bruger, plan=plan, bestillinger=[bestilling])[0]
    except Raekkefejl as fejl:
        raise fejl.ved[1] from None


def frys_flere(*, bruger, plan: Helhedsplan, bestillinger: Sequence[Bestilling]) -> list[Udgave]:
    """Freeze several documents of a plan, all or none. Raises Raekkefejl with what is wrong with each of PAPIRER, by
    its number; else as `frys`."""
    tjek(bruger, Rettighed.RET, plan)
    for _ in range(FORSOEG):
        stand = _stand(plan)
        nye = for_hvert_papir(bestillinger, _forbered)
        with transaction.atomic():
            laas(plan)
            revisionsspor.laas(plan.noegle)
            if _stand(plan) == stand:
                return _gem_alle(bruger, plan, nye)
    with transaction.atomic():  # others write all the time: now they wait
        laas(plan)
        revisionsspor.laas(plan.noegle)
        return _gem_alle(bruger, plan, for_hvert_papir(bestillinger, _forbered))


def _gem_alle(bruger, plan: Helhedsplan, nye: list[tuple[Udgave, bytes]]) -> list[Udgave]:
    gem_udgivne_tal(bruger=bruger, plan=plan)
    return for_hvert_papir(nye, lambda ny: _gem(bruger, plan, *ny))


def _tjek_niveau(plan: Helhedsplan, niveau: int) -> None:
    """Nobody is asked who is not there."""
    if niveau not in forespoergsler.niveauer(plan):
        raise ValidationError({"niveau": f"{beroering.UDEN_GRUPPE}. Vælg, hvem der så skal godkende."}, code="ingen")


def _stand(plan: Helhedsplan) -> tuple:
    """Names the state of everything the plan's papers are made of, as `helhedsplan.sidecache` does."""
    hoveder = Kaede.objects.filter(noegle__in=[plan.noegle, revisionsspor.FAELLES]).order_by("noegle")
    sidste = Udgave.objects.filter(plan=plan).aggregate(m=Max("pk"))["m"]
    return (sidste, *hoveder.values_list("noegle", "nummer", "hash").filter(nummer__gt=0))


def _forbered(b: Bestilling) -> tuple[Udgave, bytes]:
    """The edition, not saved, and its paper."""
    plan, f = b.plan, forslag(b.plan, b.art, b.emne)
    mangler = f.mangler
    if mangler and b.uskrevet is not None:
        tjek_grund(b.uskrevet, "uskrevet_begrundelse", f"Skriv, hvorfor udgaven fryses uden {de_foerste(mangler)}.")
    if b.niveau:
        _tjek_niveau(plan, b.niveau)
    if b.niveau and b.niveau < f.niveau.niveau:
        tjek_grund(b.begrundelse, "niveau_begrundelse", LAVERE)
    forrige = Udgave.objects.let().af(b.art, b.emne).filter(plan=plan).first()
    if b.nummer is not None and b.nummer != (forrige.nummer if forrige else 0) + 1:
        raise ValidationError("En anden har frosset dokumentet imens. Hent siden igen.", code="imens")
    oejebliksbillede.gem_billeder(plan, f.papir)
    krav = Dokumentkrav.objects.filter(regelsaet_id=plan.regelsaet_id, art=b.art).first()
    underskrives = krav.underskrives if krav else b.art in UNDERSKRIVES
    nu = timezone.now()
    stempel = Udgavestempel(
        nummer=(forrige.nummer if forrige else 0) + 1,
        dato=timezone.localdate(nu),
        frosset=nu,
        dokument_id="",
        underskrivere=_underskrivere(plan, timezone.localdate(nu)) if underskrives else (),
    )
    billede = oejebliksbillede.frossen(plan, b.art, b.emne, f.papir, stempel)
    with med_noegleord(revisionsspor.anker(plan.noegle)):
        data, pdf = oejebliksbillede.som_json(billede), oejebliksbillede.tegn(billede)
    ny = Udgave(
        plan=plan,
        art=str(b.art),
        emne=b.emne,
        nummer=stempel.nummer,
        titel=billede.titel,
        dokument_id=billede.stempel.dokument_id,
        skema=oejebliksbillede.SKEMA,
        indhold=data,
        indhold_sha256=oejebliksbillede.sha256(data),
        pdf_sha256=lager.sha256(pdf),
        frosset=nu,
        retter=f.grundlag or forrige,
        resume=_resume(b, f, f.grundlag or forrige),
        beroerer=sorted(ting.value for ting in f.beroert),
        niveau_foreslaaet=f.niveau.niveau,
        niveau=b.niveau or f.niveau.niveau,
        niveau_begrundelse=b.begrundelse,
        mangler=list(mangler) if b.uskrevet else [],
        uskrevet_begrundelse=(b.uskrevet or "").strip() if mangler else "",
        kraever_underskrift=underskrives,
    )
    return ny, pdf


def _underskrivere(plan: Helhedsplan, dag: date) -> tuple[Underskriftslinje, ...]:
    """The parties that are in on that day; one that has gone out signs nothing more."""
    hedder = Navnebog(plan)
    parter = plan.parter.select_related("organisation__lagt_ind_i")
    return tuple(
        Underskriftslinje(hedder(p.organisation), p.underskriver, p.underskriver_titel)
        for p in parter
        if not p.slutter.senest or p.slutter.senest >= dag
    )


def _resume(b: Bestilling, f: Forslag, foer: Udgave | None) -> str:
    """What has changed since the edition that a new one points back to."""
    papir, ulaeselig = hvis_laeselig(hent_papir, foer) if foer else (None, "")
    if ulaeselig:
        return f"{ulaeselig} Derfor er der ikke sagt, hvad der er ændret."
    return b.resume(papir, f.papir) if b.resume else _i_ord(f)


def _i_ord(f: Forslag) -> str:
    """What the edition touches, when nothing more is known of it."""
    if f.grundlag is None:
        return "Første udgave."
    if not f.beroert:
        return f"Intet er ændret siden udgave {f.grundlag.nummer}."
    ting = opremsning([b.label.lower() for b in sorted(f.beroert, key=list(Beroering).index)])
    return f"Ændringerne siden udgave {f.grundlag.nummer} berører: {ting}."


def _gem(bruger, plan: Helhedsplan, ny: Udgave, pdf: bytes) -> Udgave:
    """Save an edition that was prepared for the plan as it stands; the plan's row is held."""
    ny.pdf, _ = lager.gem(pdf, "udgaver", ".pdf")
    linjer = hent_billede(ny).stempel.underskrivere
    actions.opret(bruger=bruger, objekt=ny, handling="frosset")
    udstedt = Filrevision(
        udgave=ny, nummer=1, art=Filart.UDSTEDT, fil=ny.pdf.name, sha256=ny.pdf_sha256, stoerrelse=len(pdf)
    )
    actions.opret(bruger=bruger, objekt=udstedt)
    for linje in linjer:
        part = Underskriver(udgave=ny, part_navn=linje.part, navn=linje.navn, titel=linje.titel)
        actions.opret(bruger=bruger, objekt=part)
    return ny


# --- decisions --------------------------------------------------------------------------------------------------------


@transaction.atomic
def ret_niveau(*, bruger, udgave: Udgave, niveau: int, begrundelse: str, version: int | None) -> bool:
    """Change who must approve, before anybody has decided. Lower than proposed needs a reason."""
    tjek(bruger, Rettighed.RET, udgave.plan)
    gemt = laas(udgave, version)
    if gemt.trukket or gemt.godkendelser.exists():
        raise ValidationError("Der er allerede taget stilling til udgaven. Frys en ny i stedet.", code="afgjort")
    if niveau < gemt.niveau_foreslaaet:
        tjek_grund(begrundelse, "niveau_begrundelse", LAVERE)
    if niveau != gemt.niveau:
        _tjek_niveau(udgave.plan, niveau)
    felter = {"niveau": niveau, "niveau_begrundelse": begrundelse.strip()}
    return actions.ret(bruger=bruger, objekt=udgave, felter=felter, version=version, tilladte=set(felter))


@transaction.atomic
def godkend(
    *,
    bruger,
    udgave: Udgave,
    niveau: int,
    resultat: str,
    dato: date,
    besluttet_af: str,
    pdf_sha256: str,
    reference: str = "",
    note: str = "",
    bilag: Fil | None = None,
    fra_moede: bool = False,
) -> Godkendelse:
    """Record what a body decided about the edition's very bytes. The leader records; a board's vote may be the reason.

    A decision is of the day the edition was frozen or later, and not of a day to come. The board's comes from an item
    of a meeting (`fra_moede`) or with its minutes (`bilag`), Landsbyggefonden's with its letter. Raises
    ValidationError.
    """
    tjek(bruger, Rettighed.STYR, udgave.plan)
    gemt = laas(udgave)
    rules.tjek("Udgaven er trukket tilbage." if gemt.trukket else "")
    rules.tjek("Udgaven er allerede sat i kraft." if gemt.ikraft else "")
    if niveau not in Godkendelsesniveau.values or resultat not in Resultat.values:
        raise ValidationError("Vælg, hvem der har afgjort hvad.", code="ukendt")
    if dato > timezone.localdate():
        raise ValidationError({"dato": "Afgørelsen kan ikke ligge ude i fremtiden."}, code="fremtid")
    frosset = timezone.localdate(gemt.frosset)
    if dato < frosset:
        besked = f"Udgaven er frosset {lang_dato(frosset)}. En afgørelse fra før den dag kan ikke gælde den."
        raise ValidationError({"dato": besked}, code="foer_frysning")
    rules.tjek(rules.mangler_dokumentation(niveau, fra_moede=fra_moede, har_bilag=bilag is not None), "bilag")
    if resultat == Resultat.GODKENDT:
        rules.tjek(_allerede_godkendt(gemt, niveau), "resultat")
        _tjek_to_par_oejne(bruger, gemt)
    sti, navn, maerke = gem_bilag(bilag, "bilag", "afgoerelser")
    afgoerelse = Godkendelse(
        udgave=gemt,
        bilag_fil=sti,
        bilag_navn=navn,
        bilag_sha256=maerke,
        niveau=niveau,
        pdf_sha256=pdf_sha256,
        resultat=resultat,
        dato=dato,
        besluttet_af=besluttet_af,
        reference=reference,
        note=note,
    )
    actions.opret(bruger=bruger, objekt=afgoerelse, handling="afgjort")
    if resultat == Resultat.AFVIST:
        meddel(
            plan=udgave.plan,
            modtagere=skrivere(udgave.plan, undtagen=bruger),
            gruppe=Meddelelsesgruppe.PAPIRER,
            tekst=f"Afvist: {gemt.titel}, udgave {gemt.nummer}",
            sti=gemt.get_absolute_url(),
        )
    return afgoerelse


def _allerede_godkendt(udgave: Udgave, niveau: int) -> str:
    """That a body has approved the edition and not changed its mind since; '' when not."""
    seneste = udgave.godkendelser.filter(niveau=niveau, pdf_sha256=udgave.pdf_sha256).order_by("-pk").first()
    if seneste is None or seneste.resultat != Resultat.GODKENDT:
        return ""
    return f"{rules.allerede_afgjort(niveau, seneste.resultat, seneste.dato)}."


def _tjek_to_par_oejne(bruger, udgave: Udgave) -> None:
    """Where the plan says so, the one who froze does not alone record that it is approved. Raises ValidationError."""
    if not parameter(udgave.plan, TO_PAR_OEJNE):
        return
    froes = Haendelse.objects.om(udgave).filter(handling="frosset").values_list("bruger_id", flat=True).first()
    if froes is not None and froes == bruger.pk:
        besked = "Planen kræver to par øjne. Du har selv frosset udgaven, så en anden leder registrerer godkendelsen."
        raise ValidationError(besked, code="to_par_oejne")


def tjek_kan_underskrives(udgave: Udgave) -> None:
    """Raises ValidationError unless the edition may be sent to signature and signed: asked at each signature."""
    rules.tjek(rules.mangler_for_underskrift(forespoergsler.stilling(udgave)))


# --- in force, withdrawn ----------------------------------------------------------------------------------------------


@transaction.atomic
def saet_i_kraft(*, bruger, udgave: Udgave, dato: date, version: int | None, grund: str = "") -> bool:
    """From that day the edition is the one that counts. The day is later than every other edition's of the document.

    A day before the edition was frozen, decided on or signed needs a reason, which stands wherever the day does.
    The plan's row is held, so that two editions are put in force one after the other. Raises ValidationError,
    Versionskonflikt.
    """
    plan = udgave.plan
    tjek(bruger, Rettighed.STYR, plan)
    plan = laas(plan)
    gemt = laas(udgave)
    stilling = forespoergsler.stilling(gemt)
    rules.tjek(rules.mangler_for_ikraft(stilling))
    if version is not None and gemt.version != version:
        raise Versionskonflikt(gemt, version)
    andre = Udgave.objects.let().filter(plan=plan, art=gemt.art, emne=gemt.emne).exclude(pk=gemt.pk)
    lag = _laget(plan, gemt)
    periode = plan.perioden() if lag is None else lag.perioden_med()
    mangler = rules.mangler_for_ikraft_dag(
        stilling,
        dato,
        map(forespoergsler.gyldighed, andre),
        plan.tidligst_dag,
        periode.senest_dag,
        periode=periode.i_ord,
    )
    rules.tjek(mangler, "ikraft")
    if lag is not None:
        rules.tjek(_laget_kan_ikke(gemt, lag, dato), "ikraft")
    if foer := rules.foer_tiden(dato, forespoergsler.skete(gemt)):
        senere = plan.senest_dag is None or dato < plan.senest_dag
        rad = "Skriv hvorfor, eller vælg en senere dag." if senere else "Skriv hvorfor."
        tjek_grund(grund, "ikraft_grund", f"{foer} {rad}")
    felter = {"ikraft": dato, "ikraft_grund": grund.strip() if foer else ""}
    if lag is not None:
        lagactions.saet_i_kraft(bruger=bruger, lag=lag, dato=dato, dokument_id=gemt.dokument_id)
    return actions.ret(
        bruger=bruger, objekt=udgave, felter=felter, version=version, tilladte=set(felter), handling="sat i kraft"
    )


def _laget(plan: Helhedsplan, udgave: Udgave) -> Lag | None:
    """What the edition is the paper of, on top of the plan. Raises ValidationError when it is gone."""
    if udgave.art != Dokumentart.LAG:
        return None
    lag = papirer.hent_lag(plan, udgave.emne)
    if lag is None:
        raise ValidationError("Det, papiret handler om, er slettet fra planen.", code="vaek")
    return lag


def _laget_kan_ikke(udgave: Udgave, lag: Lag, dag: date) -> str:
    """Why the plan's layer cannot count by the edition from that day; '' when it can. What the layer lies on must be in
    force, and the draft must still change what the edition says that it changes."""
    if lag.intet_under:
        return lag.intet_under
    plan = lag.plan
    aftalen = (plan, Dokumentart.SAMARBEJDSAFTALE, "")
    er_her = lag.oven_paa is None and Udgave.objects.filter(plan=plan, art=aftalen[1]).exists()
    if er_her and forespoergsler.gaeldende(*aftalen, min(dag, plan.senest_dag or dag)) is None:
        return f"Samarbejdsaftalen er ikke i kraft {lang_dato(dag)}, og »{lag}« ligger oven på den."
    frosset, nu = (_aendrer(papir) for papir in (hent_papir(udgave), papirer.laget(lag)))
    if frosset != nu:
        return "Kladden ændrer noget andet, end udgaven siger. Ret kladden tilbage, eller frys en ny udgave."
    return ""


def _aendrer(papir) -> tuple:
    """What the paper of a layer changes; from when is what putting it in force says."""
    return tuple(fakta for fakta in papirer.fakta_om_lag(papir) if fakta.noegle != papirer.GAELDER_FRA)


@transaction.atomic
def offentliggoer(*, bruger, udgave: Udgave, felter: dict, version: int | None) -> bool:
    """Say where and when the edition was published, or that it was not. Raises ValidationError, Versionskonflikt."""
    tjek(bruger, Rettighed.RET, udgave.plan)
    laas(udgave, version)
    return actions.ret(bruger=bruger, objekt=udgave, felter=felter, version=version, tilladte=UDGIVELSE)


@transaction.atomic
def traek(*, bruger, udgave: Udgave, grund: str, version: int | None) -> bool:
    """Withdraw an edition, from today and for good; what was in force before it is so again."""
    tjek(bruger, Rettighed.STYR, udgave.plan)
    laas(udgave.plan)
    gemt = laas(udgave, version)
    rules.tjek("Udgaven er allerede trukket tilbage." if gemt.trukket else "")
    tjek_grund(grund, "trukket_grund", "Skriv, hvorfor udgaven trækkes tilbage.")
    nu: datetime = timezone.now()
    felter = {"trukket": nu, "trukket_grund": grund.strip()}
    aendret = actions.ret(
        bruger=bruger, objekt=gemt, felter=felter, version=version, tilladte=set(felter), handling="trukket tilbage"
    )
    lag = papirer.hent_lag(udgave.plan, gemt.emne) if gemt.art == Dokumentart.LAG else None
    if lag is not None and lag.ikraft_ved == gemt.dokument_id:
        i_dag = timezone.localdate(nu)
        staar = forespoergsler.gaeldende(udgave.plan, gemt.art, gemt.emne, i_dag)
        lagactions.ophaev(bruger=bruger, lag=lag, dag=i_dag, staar_ved=staar.dokument_id if staar else "")
    for felt in (*felter, "version"):  # only now: what is refused is as it was, also in the hands of who asked
        setattr(udgave, felt, getattr(gemt, felt))
    return aendret
