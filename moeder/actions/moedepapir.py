"""Sending the agenda, holding the meeting, writing and sending the minutes, and each member's answer to them.

What is sent is frozen (`moeder.moedepapir`) and never written again: a correction is the next number. The paper is
drawn outside the transaction; if anybody has written in the plan meanwhile it is drawn again, at last while the others
wait, so that a press of the button sends.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from aftaler.actions.meddelelse import meddel
from aftaler.choices import Meddelelsesgruppe
from aftaler.queries.adgang import personer_med, tjek
from dokumenter import lager
from helhedsplan import actions, revisionsspor, udbakke
from helhedsplan.actions import Aendring, Versionskonflikt, laas
from helhedsplan.formats import lang_dato, opremsning
from helhedsplan.models import Bruger, Kaede, Udbakkebrev
from helhedsplan.pdf import PdfFejl, med_noegleord
from helhedsplan.rettigheder import Rettighed
from indikatorer.actions.opfoelgning import gem_opfoelgning
from indikatorer.models import Maaling, Opfoelgning
from indikatorer.queries.opfoelgning import plan_maal
from moeder import moedepapir
from moeder.actions.moede import Forsendelse, laas_kommende
from moeder.bevis.konklusion import konklusionens_mangel
from moeder.choices import Maaludfald, Moedepapirart, Moedetilstand, Punktresultat, Punktslags
from moeder.models import Dagsordenspunkt, Moede, Moedepapir, Referatgodkendelse
from moeder.queries import moede as forespoergsler
from moeder.queries.moede import KOMMENDE
from moeder.queries.moedebillede import Moedebillede, omtalt_i
from moeder.queries.punktets_papir import genstand_sha256, genstandens_mangler

FORSOEG = 3
#: The kind of letter that leads to a paper of a meeting.
PAPIRBREV = "moedepapir"
REFERATFELTER = frozenset({"referat", "deltagere"})


# --- the agenda -------------------------------------------------------------------------------------------------------


def mangler_for_dagsorden(moede: Moede) -> str:
    """Why the agenda cannot be sent; '' when it can."""
    if moede.tilstand not in KOMMENDE:
        return f"Mødet er {moede.get_tilstand_display().lower()}, så der sendes ikke dagsorden."
    alle = forespoergsler.punkter(moede)
    if not alle:
        return "Dagsordenen er tom. Sæt mindst ét punkt på."
    for punkt in alle:
        afgoeres = punkt.slags == Punktslags.BESLUTNING and not hasattr(punkt, "afgoerelse")
        if afgoeres and (grund := genstandens_mangler(punkt)):
            return f"»{punkt}«: {grund} Tag punktet af dagsordenen."
    return ""


def send_dagsorden(*, bruger, moede: Moede, version: int | None, til: Forsendelse) -> Moedepapir:
    """Freeze the agenda, fix what each item is about, and send every member a letter with the address of the meeting.

    Sent again it becomes the next number. Of two who send at once one wins. Raises ValidationError, Versionskonflikt.
    """
    return _send(bruger, moede, version, Moedepapirart.DAGSORDEN, til)


def _fastlaas(bruger, moede: Moede) -> None:
    """What each item is about from now on; one that has been concluded on keeps what it was."""
    for punkt in forespoergsler.punkter(moede):
        if hasattr(punkt, "afgoerelse"):
            continue
        felter = {"genstand_sha256": genstand_sha256(punkt)}
        actions.ret(bruger=bruger, objekt=punkt, felter=felter, tilladte=set(felter), handling="dagsorden sendt")


# --- the meeting and its minutes --------------------------------------------------------------------------------------


def mangler_for_afholdelse(moede: Moede) -> str:
    """Why the meeting cannot be said to have been held; '' when it can."""
    if moede.tilstand not in KOMMENDE:
        return f"Mødet er {moede.get_tilstand_display().lower()}."
    if foer := forespoergsler.foer_moedet(moede):
        return foer
    if moede.er_bestyrelsens and moede.tilstand != Moedetilstand.INDKALDT:
        return "Send dagsordenen, før mødet holdes."
    return ""


@transaction.atomic
def hold(*, bruger, moede: Moede, version: int | None = None) -> bool:
    """The meeting has been held: its agenda stands, and its minutes are written."""
    tjek(bruger, Rettighed.RET, moede.plan)
    gemt = laas_kommende(moede, version)
    _tjek(mangler_for_afholdelse(gemt))
    felter = {"tilstand": Moedetilstand.HOLDT}
    return actions.ret(
        bruger=bruger, objekt=moede, felter=felter, version=version, tilladte=set(felter), handling="holdt"
    )


def _tjek(mangler: str) -> None:
    if mangler:
        raise ValidationError(mangler, code="mangler")


def _laas_holdt(moede: Moede) -> Moede:
    gemt = laas(moede)
    if gemt.tilstand != Moedetilstand.HOLDT:
        raise ValidationError("Referatet skrives, når mødet er holdt.", code="ikke_holdt")
    return gemt


@transaction.atomic
def ret_referat(*, bruger, moede: Moede, felter: dict, version: int | None) -> bool:
    """Write the opening of the minutes, and who else was there, by role."""
    tjek(bruger, Rettighed.RET, moede.plan)
    _laas_holdt(moede)
    return actions.ret(bruger=bruger, objekt=moede, felter=felter, version=version, tilladte=REFERATFELTER)


@transaction.atomic
def ret_punktreferat(*, bruger, punkt: Dagsordenspunkt, felter: dict, version: int | None) -> bool:
    """Write what the minutes say of an item, and what it did with each fixed goal. What was concluded comes by
    itself."""
    tjek(bruger, Rettighed.RET, punkt.plan)
    _laas_holdt(punkt.moede)
    _tjek_maal(punkt, felter.get("maal", []))
    return actions.ret(bruger=bruger, objekt=punkt, felter=felter, version=version, tilladte={"referat", "maal"})


def _tjek_maal(punkt: Dagsordenspunkt, maal: list[dict]) -> None:
    """A goal that was followed up has a conclusion; an item that was put off has followed up on nothing."""
    fulgt_op = [r for r in maal if r["udfald"] == Maaludfald.FULGT_OP]
    if uden := [r["nummer"] for r in fulgt_op if not r["konklusion"].strip()]:
        raise ValidationError(f"Skriv, hvad bestyrelsen konkluderede om mål {opremsning(list(map(str, uden)))}.")
    for r in fulgt_op:
        if mangel := konklusionens_mangel(r["konklusion"]):
            raise ValidationError(f"Konklusionen om mål {r['nummer']} {mangel}.", code="konklusion")
    afgoerelse = getattr(punkt, "afgoerelse", None)
    if fulgt_op and afgoerelse and afgoerelse.resultat == Punktresultat.UDSAT:
        raise ValidationError("Punktet er udsat, så der er ikke fulgt op på noget mål.")


def _er_skrevet(punkt: Dagsordenspunkt) -> bool:
    return bool(punkt.referat or hasattr(punkt, "afgoerelse") or any(m["udfald"] for m in punkt.maal))


def mangler_for_referat(moede: Moede) -> str:
    """Why the minutes cannot be sent; '' when they can."""
    if moede.tilstand != Moedetilstand.HOLDT:
        return "Referatet skrives, når mødet er holdt."
    alle = forespoergsler.punkter(moede)
    if not moede.referat and not any(map(_er_skrevet, alle)):
        return "Referatet er tomt. Skriv om mindst ét punkt."
    return ""


def send_referat(*, bruger, moede: Moede, version: int | None, til: Forsendelse) -> Moedepapir:
    """Freeze the minutes and send them for approval. A correction is the next number; what was said of the one before
    stays with it. Raises ValidationError, Versionskonflikt."""
    return _send(bruger, moede, version, Moedepapirart.REFERAT, til)


@transaction.atomic
def svar_paa_referat(
    *, bruger, papir: Moedepapir, godkendt: bool, bemaerkning: str = "", med_link: bool = False
) -> Referatgodkendelse:
    """A member approves the newest minutes, or says in words what he does not approve; once for each paper.

    Only a member of the day of the meeting may. Raises PermissionDenied, ValidationError.
    """
    moede = papir.moede
    tjek(bruger, Rettighed.DELTAG, moede.plan)
    laas(moede)
    medlem = forespoergsler.mit_medlemskab(moede, bruger)
    if medlem is None:
        raise PermissionDenied("Referatet godkendes af dem, der sad i bestyrelsen på mødets dag.")
    if Moedepapir.objects.filter(moede=moede, art=papir.art, nummer__gt=papir.nummer).exists():
        raise ValidationError("Referatet er rettet imens. Læs det nye, og tag stilling til det.", code="rettet")
    ord_ = bemaerkning.strip()
    if not godkendt and not ord_:
        raise ValidationError({"bemaerkning": "Skriv, hvad du ikke kan godkende."}, code="uden_ord")
    svar = Referatgodkendelse(
        papir=papir,
        medlem=medlem,
        godkendt=godkendt,
        bemaerkning=ord_,
        med_link=med_link,
        tidspunkt=timezone.now(),
    )
    handling = f"{'godkendt' if godkendt else 'ikke godkendt'}{' med link' if med_link else ''}"
    return actions.opret(bruger=bruger, objekt=svar, handling=handling)


# --- freezing ---------------------------------------------------------------------------------------------------------

MANGLER = {Moedepapirart.DAGSORDEN: mangler_for_dagsorden, Moedepapirart.REFERAT: mangler_for_referat}


def _send(bruger, moede: Moede, version: int | None, art: Moedepapirart, til: Forsendelse) -> Moedepapir:
    plan = moede.plan
    tjek(bruger, Rettighed.RET, plan)
    for _ in range(FORSOEG):
        stand = _stand(plan.noegle)
        tegnet = _tegn(moede, version, art, til)
        with transaction.atomic():
            _tjek_version(laas(moede), version)
            revisionsspor.laas(plan.noegle)
            if _stand(plan.noegle) == stand:
                return _gem(bruger, *tegnet, til)
    with transaction.atomic():
        laas(moede)
        revisionsspor.laas(plan.noegle)
        return _gem(bruger, *_tegn(moede, version, art, til), til)


def _tegn(moede: Moede, version: int | None, art: Moedepapirart, til: Forsendelse) -> tuple[Moede, Moedebillede, bytes]:
    """The meeting as it is saved, and its paper. Raises ValidationError, Versionskonflikt."""
    frisk = Moede.objects.get(pk=moede.pk)
    frisk.plan = moede.plan
    _tjek_version(frisk, version)
    _tjek(MANGLER[art](frisk))
    navne = tuple(str(m) for m in til.modtagere)
    billede = moedepapir.frossen(moedepapir.udkast(frisk, art, navne), til.hvornaar or timezone.now())
    try:
        with med_noegleord(revisionsspor.anker(moede.plan.noegle)):
            return frisk, billede, moedepapir.tegn(billede)
    except PdfFejl as fejl:
        raise ValidationError(str(fejl), code="pdf") from fejl


def _tjek_version(moede: Moede, version: int | None) -> None:
    if version is not None and moede.version != version:
        raise Versionskonflikt(moede, version)


def _stand(noegle: str) -> tuple:
    """Names the state of everything that a paper of the plan is made of, as `helhedsplan.sidecache` does."""
    hoveder = Kaede.objects.filter(noegle__in=[noegle, revisionsspor.FAELLES], nummer__gt=0)
    return tuple(hoveder.order_by("noegle").values_list("noegle", "nummer", "hash"))


def _gem(bruger, moede: Moede, billede: Moedebillede, data: bytes, til: Forsendelse) -> Moedepapir:
    """Keep the paper, and lift the meeting's version: who has an older page open is told when he sends."""
    navn, maerke = lager.gem(data, "moeder", ".pdf")
    papir = Moedepapir(
        moede=moede,
        art=billede.art,
        nummer=billede.nummer,
        indhold=moedepapir.som_json(billede),
        indhold_sha256=moedepapir.sha256(billede),
        pdf=navn,
        pdf_sha256=maerke,
        sendt=billede.sendt,
        sendt_af=bruger,
    )
    sendt_til = [Aendring("modtagere", "sendt til", [], list(billede.modtagere))] if til.modtagere else []
    actions.opret(bruger=bruger, objekt=papir, handling="sendt", under=lambda: sendt_til)
    if billede.art == Moedepapirart.DAGSORDEN:
        _fastlaas(bruger, moede)
    else:
        _skriv_opfoelgninger(bruger, moede, billede)
    if moede.tilstand == Moedetilstand.PLANLAGT:
        felter = {"tilstand": Moedetilstand.INDKALDT}
        actions.ret(bruger=bruger, objekt=moede, felter=felter, tilladte=set(felter), handling="indkaldt")
    else:
        Moede.objects.filter(pk=moede.pk).update(version=F("version") + 1)
    for modtager in til.modtagere:
        _brev(bruger, papir, modtager, til.adresse)
    _meddel(bruger, papir, billede, {m.pk for m in til.modtagere})
    return papir


def _meddel(bruger, papir: Moedepapir, billede: Moedebillede, har_brev: set[int]) -> None:
    """What the paper asks of members who get no letter with it, and of those whom the minutes name."""
    moede, hvornaar = papir.moede, f"mødet {lang_dato(papir.moede.dato)}"
    medlemmer = [m for m in forespoergsler.medlemmer_paa(moede) if m.bruger_id not in {None, bruger.pk, *har_brev}]
    faelles = {"plan": moede.plan, "gruppe": Meddelelsesgruppe.MOEDER}
    if papir.art == Moedepapirart.DAGSORDEN:
        stemmer = [m.bruger_id for m in medlemmer if m.side.har_stemme]
        if stemmer and any(p.slags == Punktslags.BESLUTNING for p in billede.punkter):
            meddel(**faelles, modtagere=stemmer, tekst=f"Du kan stemme til {hvornaar}", sti=moede.get_absolute_url())
        return
    sti = reverse("referat-vis", args=[moede.plan.noegle, moede.pk])
    tekst = f"Referatet af {hvornaar} venter på din godkendelse"
    meddel(**faelles, modtagere=[m.bruger_id for m in medlemmer], tekst=tekst, sti=sti, kun_straks=True)
    i_planen = personer_med(moede.plan, Rettighed.SE).exclude(pk=bruger.pk)
    naevnte = [b.pk for b in i_planen if omtalt_i(billede, b.navn)]
    meddel(**faelles, modtagere=naevnte, tekst=f"Du er nævnt i referatet af {hvornaar}", sti=sti)


def _skriv_opfoelgninger(bruger, moede: Moede, referat: Moedebillede) -> None:
    """The goals that the minutes say were followed up are written as such once; what is written already stays."""
    if not moede.er_bestyrelsens:
        return
    fulgt_op = {m.nummer: m.konklusion for p in referat.punkter for m in p.maal if m.udfald == Maaludfald.FULGT_OP}
    gjorte = Opfoelgning.objects.filter(plan=moede.plan, dato=moede.dato).values_list("maal__nummer", flat=True)
    for maal in plan_maal(moede.plan) if fulgt_op.keys() - set(gjorte) else ():
        if maal.nummer not in fulgt_op or maal.nummer in gjorte:
            continue
        tal = Maaling.objects.filter(indikator__plan=moede.plan, indikator__fast__maal=maal, aar__lte=moede.dato.year)
        nyeste = tal.aggregate(aar=Max("aar"))["aar"] or moede.dato.year
        felter = {"maal": maal, "dato": moede.dato, "data_aar": nyeste, "konklusion": fulgt_op[maal.nummer]}
        gem_opfoelgning(bruger=bruger, opfoelgning=Opfoelgning(plan=moede.plan), felter=felter, version=None)


def _brev(bruger, papir: Moedepapir, modtager: Bruger, adresse: str) -> None:
    """A letter with title and address, and nothing of what is in the paper."""
    kontekst = {"papir": papir, "moede": papir.moede, "modtager": modtager, "adresse": adresse, "afsender": str(bruger)}
    brev = render_to_string("moeder/moede/brev.txt", kontekst)
    emne = f"Helhedsplan: {papir.get_art_display()} for {lang_dato(papir.moede.dato)}"
    udbakke.skriv(emne, brev, modtager.email, slags=PAPIRBREV, om=papir.pk)


def papirbrev_er_forbi(brev: Udbakkebrev) -> str:
    """Why a letter that leads to a paper is not to be sent any more."""
    papir = Moedepapir.objects.filter(pk=brev.om).defer("indhold").select_related("moede").first()
    if papir is None:
        return "Mødet er slettet."
    if papir.art == Moedepapirart.DAGSORDEN and papir.moede.tilstand in {Moedetilstand.HOLDT, Moedetilstand.AFLYST}:
        return f"Mødet er {papir.moede.get_tilstand_display().lower()} imens."
    nyere = Moedepapir.objects.filter(moede=papir.moede, art=papir.art, nummer__gt=papir.nummer)
    return "Der er sendt et nyere papir imens." if nyere.exists() else ""
