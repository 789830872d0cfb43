"""Attendance, disqualification, votes, and what a meeting concludes.

Votes and conclusions hold the meeting and the item, and are about the hash that the agenda was sent with: what is
concluded governs the paper in the same transaction, or not at all.
"""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from aftaler.queries.adgang import kan, tjek
from budget.actions.revision import bestyrelsen_har_besluttet
from dokumenter.actions.samlet import for_hvert_papir
from dokumenter.actions.udgave import godkend
from dokumenter.choices import Resultat
from dokumenter.models import Godkendelse
from helhedsplan import actions
from helhedsplan.actions import laas
from helhedsplan.formats import lang_dato
from helhedsplan.grunde import tjek_grund
from helhedsplan.rettigheder import Rettighed
from moeder import stemmeregler
from moeder.choices import Fremmoedeart, Moedeart, Moedetilstand, Punktresultat, Stemmevalg
from moeder.models import Afgoerelse, Bestyrelsesmedlem, Dagsordenspunkt, Fremmoede, Inhabilitet, Moede, Stemme
from moeder.queries import afstemning as forespoergsler
from moeder.queries.moede import besluttet, foer_moedet
from moeder.queries.punktets_papir import tekstens_sha256
from moeder.stemmeregler import Stemmegrundlag

FREMMOEDEFELTER = frozenset({"art", "fuldmagt_til"})
STEMMEFELTER = frozenset({"valg", "sha256", "afgivet", "afgivet_af", "ved_fuldmagt", "med_link"})
ANDEN_SIDE = "Papiret er ændret, siden du åbnede siden. Hent siden igen, og læs det, før du stemmer."
FAST = (
    "Mødets beslutninger og referat bygger på det fremmøde, der er skrevet, så det kan ikke ændres. Er det forkert, så "
    "skriv det i referatet."
)


def _tjek(grund: str, felt: str = "") -> None:
    if grund:
        raise ValidationError({felt: grund} if felt else grund, code="kan_ikke")


def _laas_punkt(punkt: Dagsordenspunkt) -> Dagsordenspunkt:
    """Hold the meeting and the item, and read the item as it is saved with all that it is about."""
    moede = laas(punkt.moede)
    laas(punkt)
    gemt = Dagsordenspunkt.objects.select_related("udgave", "status", "revision__budget", "afgoerelse").get(pk=punkt.pk)
    moede.plan = punkt.moede.plan
    gemt.moede = moede
    return gemt


def _sidder_den_dag(moede: Moede, medlem: Bestyrelsesmedlem) -> None:
    if medlem.side.plan_id != moede.plan_id:
        raise ValidationError("Medlemmet sidder i en anden plans bestyrelse.", code="fremmed")
    if not Bestyrelsesmedlem.objects.filter(pk=medlem.pk).paa(moede.dato).exists():
        raise ValidationError(f"{medlem} sidder ikke i bestyrelsen {lang_dato(moede.dato)}.", code="ikke_den_dag")


# --- attendance and disqualification ----------------------------------------------------------------------------------


@transaction.atomic
def ret_fremmoede(*, bruger, moede: Moede, raekker: list[dict]) -> bool:
    """Write who came and who has given whom a proxy; True when anything differed.

    Each row: medlem, art ('' for not written), fuldmagt_til, and version of the saved one (None: there was none). A
    row that somebody else has changed meanwhile stops everything. Raises ValidationError.
    """
    tjek(bruger, Rettighed.RET, moede.plan)
    gemt = laas(moede)
    _tjek("Mødet er aflyst." if gemt.tilstand == Moedetilstand.AFLYST else "")
    _tjek("" if gemt.er_bestyrelsens else "Der skrives kun fremmøde for bestyrelsens medlemmer.")
    skrevne = {f.medlem_id: f for f in moede.fremmoeder.select_related("medlem", "fuldmagt_til")}
    fast = besluttet(moede)
    rettede = [
        r["medlem"].pk for r in raekker if _et_fremmoede(bruger, moede, skrevne.get(r["medlem"].pk), fast=fast, **r)
    ]
    _tjek_fuldmagterne(moede, set(rettede))
    return bool(rettede)


def _tjek_fuldmagterne(moede: Moede, rettede: set[int]) -> None:
    """Once all is written: a proxy is held by one who is there; before the meeting's hour, by one who has not said
    that he stays away. Raises ValidationError at the proxy."""
    skrevne = {f.medlem_id: f for f in moede.fremmoeder.select_related("medlem", "fuldmagt_til")}
    foer = bool(foer_moedet(moede))
    fejl = {}
    for f in skrevne.values():
        if f.fuldmagt_til_id is None or not rettede & {f.medlem_id, f.fuldmagt_til_id}:
            continue
        art = skrevne[f.fuldmagt_til_id].art if f.fuldmagt_til_id in skrevne else ""
        if art == Fremmoedeart.TIL_STEDE or (foer and not art):
            continue
        hvad = "er selv skrevet som fraværende" if art else "er ikke skrevet til stede"
        besked = f"{f.fuldmagt_til} {hvad} og kan ikke stemme for {f.medlem}. Vælg en, der er til stede."
        fejl[f"fuldmagt_{f.medlem_id}"] = ValidationError(besked, code="fuldmagt")
    if fejl:
        raise ValidationError(fejl)


def _et_fremmoede(bruger, moede, findes: Fremmoede | None, *, fast: bool, medlem, art, fuldmagt_til, version) -> bool:
    """fast: decisions or minutes lean on what is written already."""
    felter = {"art": art, "fuldmagt_til": fuldmagt_til}
    ens = {"art": findes.art if findes else "", "fuldmagt_til": findes.fuldmagt_til if findes else None} == felter
    if ens:
        return False
    if (findes.version if findes else None) != version:
        besked = f"En anden har skrevet fremmøde for {medlem} imens. Kassér din kladde, og hent siden igen."
        raise ValidationError(besked, code="imens")
    if fast and (findes or _har_stemt(moede, medlem)):
        raise ValidationError({f"art_{medlem.pk}": FAST}, code="fast")
    _sidder_den_dag(moede, medlem)
    if art in (Fremmoedeart.TIL_STEDE, Fremmoedeart.UDEBLEVET) and (foer := foer_moedet(moede)):
        besked = f"{foer} Indtil da kan du skrive afbud og fuldmagt."
        raise ValidationError({f"art_{medlem.pk}": besked}, code="foer_moedet")
    if fuldmagt_til is not None:
        _tjek_fuldmagt(moede, medlem, art, fuldmagt_til)
    if not art:
        actions.slet(bruger=bruger, objekt=findes, i_kurv=False)
    elif findes is None:
        actions.opret(bruger=bruger, objekt=Fremmoede(moede=moede, medlem=medlem, **felter))
    else:
        actions.ret(bruger=bruger, objekt=findes, felter=felter, version=version, tilladte=FREMMOEDEFELTER)
    return True


def _har_stemt(moede: Moede, medlem: Bestyrelsesmedlem) -> bool:
    return Stemme.objects.filter(punkt__moede=moede, medlem=medlem).exists()


def _tjek_fuldmagt(moede: Moede, medlem: Bestyrelsesmedlem, art: str, til: Bestyrelsesmedlem) -> None:
    if art not in (Fremmoedeart.AFBUD, Fremmoedeart.UDEBLEVET):
        raise ValidationError(f"{medlem} er ikke skrevet som fraværende og kan ikke give fuldmagt.", code="fuldmagt")
    _sidder_den_dag(moede, til)
    if not til.side.har_stemme:
        raise ValidationError(f"{til} sidder for {til.side}, som ikke har stemme. Vælg en anden.", code="fuldmagt")


@transaction.atomic
def skriv_inhabil(*, bruger, punkt: Dagsordenspunkt, medlem: Bestyrelsesmedlem, grund: str) -> Inhabilitet:
    """A member takes no part in an item: his vote is not counted."""
    tjek(bruger, Rettighed.RET, punkt.plan)
    punkt = _laas_punkt(punkt)
    _tjek(forespoergsler.AFGJORT if forespoergsler.er_afgjort(punkt) else "")
    _sidder_den_dag(punkt.moede, medlem)
    tjek_grund(grund, "grund", "Skriv, hvorfor medlemmet er inhabilt.")
    nyt = Inhabilitet(punkt=punkt, medlem=medlem, grund=grund)
    return actions.opret(bruger=bruger, objekt=nyt, handling="inhabil")


@transaction.atomic
def fjern_inhabil(*, bruger, inhabilitet: Inhabilitet) -> None:
    tjek(bruger, Rettighed.RET, inhabilitet.plan)
    punkt = _laas_punkt(inhabilitet.punkt)
    _tjek(forespoergsler.AFGJORT if forespoergsler.er_afgjort(punkt) else "")
    actions.slet(bruger=bruger, objekt=inhabilitet)


# --- votes ------------------------------------------------------------------------------------------------------------


@transaction.atomic
def stem(
    *, bruger, punkt: Dagsordenspunkt, medlem: Bestyrelsesmedlem, valg: str, sha256: str, med_link: bool = False
) -> Stemme:
    """A member votes for himself or by proxy, or a secretary writes down what was said at the meeting.

    sha256: of the paper as the voter saw it. med_link: the voter came by a link from his mail and is not logged in.
    Until the item is concluded the vote may be changed; the log keeps both.
    Raises ValidationError, PermissionDenied.
    """
    tjek(bruger, Rettighed.DELTAG, punkt.plan)
    punkt = _laas_punkt(punkt)
    _tjek(forespoergsler.Moedestand(punkt.moede).andetsteds(punkt) or forespoergsler.mangler_for_stemme(punkt))
    if punkt.moede.tilstand == Moedetilstand.HOLDT and (med_link or not kan(bruger, Rettighed.RET, punkt.plan)):
        raise ValidationError("Mødet er holdt, så der kan ikke stemmes mere.", code="holdt")
    if valg not in Stemmevalg.values:
        raise ValidationError("Vælg for, imod eller hverken for eller imod.", code="ukendt")
    _sidder_den_dag(punkt.moede, medlem)
    grundlag = forespoergsler.grundlag(punkt)
    ved_fuldmagt = _tjek_hvem(bruger, punkt, medlem, grundlag)
    _tjek(_stemmer_ikke(grundlag, medlem))
    _tjek("" if sha256 == punkt.genstand_sha256 else ANDEN_SIDE)
    felter = {"valg": valg, "sha256": sha256, "ved_fuldmagt": ved_fuldmagt}
    return _gem_stemme(bruger, punkt, medlem, felter, med_link)


def _tjek_hvem(bruger, punkt, medlem, grundlag: Stemmegrundlag) -> Bestyrelsesmedlem | None:
    """Who casts the vote: the member himself (None) or the one he has given a proxy. Others may not, but a secretary
    writes down the vote of either. Raises ValidationError."""
    til = grundlag.fremmoede.get(medlem.pk, stemmeregler.INTET).fuldmagt_til
    stemmer = Bestyrelsesmedlem.objects.get(pk=til) if til else medlem
    if stemmer.bruger_id == bruger.pk or kan(bruger, Rettighed.RET, punkt.plan):
        return stemmer if til else None
    if medlem.bruger_id == bruger.pk:
        raise ValidationError(f"Du har givet {stemmer} fuldmagt og stemmer ikke selv.", code="fuldmagt")
    if til is None and grundlag.fremmoede.get(medlem.pk, stemmeregler.INTET).art == Fremmoedeart.TIL_STEDE:
        raise ValidationError(f"{medlem} er til stede og stemmer selv.", code="til_stede")
    raise ValidationError(f"Du har ikke fuldmagt fra {medlem} og kan kun stemme for dig selv.", code="ikke_din")


def _stemmer_ikke(grundlag: Stemmegrundlag, medlem: Bestyrelsesmedlem) -> str:
    for side in grundlag.sider:
        for regelmedlem in side.medlemmer:
            if regelmedlem.pk == medlem.pk:
                grund = stemmeregler.stemmer_ikke(grundlag, side, regelmedlem)
                return {
                    stemmeregler.INHABIL: f"{medlem} er inhabil i punktet og stemmer ikke.",
                    stemmeregler.FRAVAERENDE: f"{medlem} er skrevet som fraværende uden fuldmagt.",
                }.get(grund, grund)
    return f"{medlem} sidder ikke i bestyrelsen."


def _gem_stemme(bruger, punkt, medlem, felter: dict, med_link: bool) -> Stemme:
    """The member's one vote. Said again unchanged, the first time counts."""
    findes = Stemme.objects.filter(punkt=punkt, medlem=medlem).select_related("medlem").first()
    nu = {"afgivet": timezone.now(), "afgivet_af": bruger, "med_link": med_link}
    hvordan = " med link" if med_link else ""
    if findes is None:
        ny = Stemme(punkt=punkt, medlem=medlem, **felter, **nu)
        return actions.opret(bruger=bruger, objekt=ny, handling=f"stemt{hvordan}")
    if actions.aendringer_til(findes, felter):
        handling = f"stemt om{hvordan}"
        actions.ret(bruger=bruger, objekt=findes, felter=felter | nu, tilladte=STEMMEFELTER, handling=handling)
    return findes


# --- conclusions ------------------------------------------------------------------------------------------------------


@transaction.atomic
def afgoer(
    *, bruger, punkt: Dagsordenspunkt, resultat: str, dato: date, enighed: bool, tekst: str = "", sha256: str
) -> Afgoerelse:
    """Write what the meeting concluded, and let it govern what it is about. Only put off leaves all open.

    sha256: of the paper as the one who writes saw it. The votes are kept as they stand, and never change again.
    Raises ValidationError, PermissionDenied.
    """
    tjek(bruger, Rettighed.STYR, punkt.plan)
    punkt = _laas_punkt(punkt)
    _tjek(forespoergsler.mangler_for_afgoerelse(punkt))
    if resultat not in forespoergsler.mulige_resultater(punkt):
        muligt = " eller ".join(str(r.label).lower() for r in forespoergsler.mulige_resultater(punkt))
        raise ValidationError({"resultat": f"Punktet kan blive {muligt}."}, code="ukendt")
    if dato > timezone.localdate():
        raise ValidationError({"dato": "Beslutningen kan ikke ligge ude i fremtiden."}, code="fremtid")
    if dato < punkt.moede.dato:
        besked = f"Mødet er {lang_dato(punkt.moede.dato)}, så beslutningen kan ikke være fra før den dag."
        raise ValidationError({"dato": besked}, code="foer_moedet")
    stilling = stemmeregler.stilling(forespoergsler.grundlag(punkt))
    _tjek(stemmeregler.mangler_for_enighed(stilling) if enighed else "", "enighed")
    afgoeres = forespoergsler.det_der_afgoeres(punkt)
    if resultat != Punktresultat.UDSAT:
        _tjek(forespoergsler.papiret_mangler(punkt))
        _tjek("" if sha256 == afgoeres else ANDEN_SIDE)
        _tjek(_resultatet_mangler(resultat, stilling, enighed), "resultat")
    afgoerelse = Afgoerelse(
        punkt=punkt,
        resultat=resultat,
        enighed=enighed,
        sha256=afgoeres or tekstens_sha256(punkt),
        tekst=tekst,
        stilling=stemmeregler.som_data(stilling),
        dato=dato,
        skrevet=timezone.now(),
        skrevet_af=bruger,
        godkendelse=_udgavens(bruger, punkt, resultat, dato, tekst),
    )
    actions.opret(bruger=bruger, objekt=afgoerelse, handling="afgjort")
    if punkt.revision_id and resultat == Punktresultat.GODKENDT:
        kilde = f"Referatet af {str(punkt.moede).lower()}, punktet »{punkt.titel}«"[:300]
        bestyrelsen_har_besluttet(bruger=bruger, revision=punkt.revision, dato=dato, kilde=kilde)
    return afgoerelse


@transaction.atomic
def afgoer_flere(*, bruger, moede: Moede, punkter: Sequence[tuple[Dagsordenspunkt, str]], **felter) -> list[Afgoerelse]:
    """Conclude the same on several items, all or none. punkter: each with the hash of the paper as the page showed it;
    felter: as of `afgoer`. Raises Raekkefejl."""
    tjek(bruger, Rettighed.STYR, moede.plan)
    laas(moede)
    return for_hvert_papir(punkter, lambda par: afgoer(bruger=bruger, punkt=par[0], sha256=par[1], **felter))


def _resultatet_mangler(resultat: str, s: stemmeregler.Afstemningsstilling, enighed: bool) -> str:
    if resultat == Punktresultat.GODKENDT:
        return stemmeregler.mangler_for_godkendelse(s, enighed=enighed)
    if resultat == Punktresultat.AFVIST and s.baaret:
        return f"{s.i_ord} Punktet kan ikke afvises."
    return ""


def _udgavens(bruger, punkt: Dagsordenspunkt, resultat: str, dato: date, tekst: str) -> Godkendelse | None:
    """The decision on an edition that the conclusion is; it opens or shuts the signing."""
    if not punkt.udgave_id or resultat not in (Punktresultat.GODKENDT, Punktresultat.AFVIST):
        return None
    navn, niveau = forespoergsler.ORGAN[Moedeart(punkt.moede.art)]
    return godkend(
        bruger=bruger,
        udgave=punkt.udgave,
        niveau=niveau,
        resultat=Resultat(resultat),
        dato=dato,
        besluttet_af=navn,
        pdf_sha256=forespoergsler.det_der_afgoeres(punkt),
        reference=f"{punkt.moede} {lang_dato(punkt.moede.dato)}: {punkt.titel}"[:200],
        note=tekst,
        fra_moede=True,
    )
