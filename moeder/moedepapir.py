"""Agenda and minutes as papers: the snapshot of a meeting, kept as JSON that is read for ever, and the PDF made of it.

The form is that of the editions (`dokumenter.oejebliksbillede`), with a number and readers of its own: a new form gets
a new number, and the old reader stays. The same snapshot gives the same bytes, whatever is changed afterwards. The
decision paper of one item is drawn when it is asked for.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

from aftaler.choices import Godkendelsesniveau
from aftaler.models import Helhedsplan, OverordnetMaal
from aftaler.queries.navne import papirnavne
from dokumenter import lager
from dokumenter import oejebliksbillede as form
from helhedsplan.blokke.tryk import Papir, tryk
from helhedsplan.formats import lang_dato
from helhedsplan.former import UlaeseligeData
from helhedsplan.pdf import PdfFejl
from indikatorer.queries.opfoelgning import plan_maal, tallene
from moeder import indstilling
from moeder.blokke import blokdokument
from moeder.blokke import indstilling as indstillingsblokke
from moeder.choices import Maaludfald, Moedepapirart
from moeder.models import Dagsordenspunkt, Moede, Moedepapir
from moeder.queries import moede as forespoergsler
from moeder.queries import moedebillede as billeddele
from moeder.queries.moedebillede import (
    Beslutningsbillede,
    Deltagerbillede,
    Maalbillede,
    Maaltalbillede,
    Moedebillede,
    Punktbillede,
    Tekstdel,
)
from moeder.queries.punktets_papir import genstand_sha256, hent_linjer

SKEMA = 5
form.kend(billeddele)


# --- the snapshot -----------------------------------------------------------------------------------------------------


def udkast(moede: Moede, art: str, modtagere: tuple[str, ...] = ()) -> Moedebillede:
    """The agenda or the minutes as the meeting stands now."""
    plan = moede.plan
    hedder = papirnavne(plan, moede.dato)
    er_referat = art == Moedepapirart.REFERAT
    alle = forespoergsler.punkter(moede)
    hent_linjer(alle)
    maalene = {m.nummer: m for m in plan_maal(plan)} if any(p.maal for p in alle) else {}
    seneste = moede.papirer.filter(art=art).order_by("-nummer").values_list("nummer", flat=True).first()
    return Moedebillede(
        art=str(art),
        nummer=(seneste or 0) + 1,
        plan=plan.noegle,
        plan_navn=hedder.plan,
        kort_navn=hedder.kort,
        parter=hedder.parter,
        moede=str(moede),
        moede_pk=moede.pk,
        dato=moede.dato,
        klokken=_klokken(moede),
        sted=moede.sted,
        punkter=tuple(
            replace(_punkt(p, nr, er_referat), maal=_maal(p, maalene, er_referat)) for nr, p in enumerate(alle, 1)
        ),
        modtagere=modtagere,
        indledning=moede.referat if er_referat else "",
        andre_deltagere=moede.deltagere if er_referat else "",
        deltagere=_deltagere(moede) if er_referat else (),
    )


def _klokken(moede: Moede) -> str:
    fra, til = (f"{t:%H.%M}" if t else "" for t in (moede.start, moede.slut))
    return f"{fra}–{til}" if fra and til else fra


def _punkt(punkt: Dagsordenspunkt, nummer: int, er_referat: bool) -> Punktbillede:
    """In the minutes an item's paper is named by the hash it was sent with; its figures stand in the agenda."""
    genstand = indstilling.genstandsbillede if not er_referat else indstilling.kun_navnet
    return Punktbillede(
        pk=punkt.pk,
        nummer=nummer,
        slags=punkt.slags,
        slags_navn=punkt.get_slags_display(),
        titel=punkt.titel,
        tekster=_tekster(punkt),
        genstand=genstand(punkt),
        referat=punkt.referat if er_referat else "",
        beslutning=_beslutning(punkt) if er_referat else None,
        andetsteds=_andetsteds(punkt) if er_referat else "",
    )


def _andetsteds(punkt: Dagsordenspunkt) -> str:
    """Where and when the item's edition was decided on, when the item was not; '' when it was nowhere."""
    if punkt.udgave is None or hasattr(punkt, "afgoerelse"):
        return ""
    niveau = Godkendelsesniveau.BESTYRELSE if punkt.moede.er_bestyrelsens else Godkendelsesniveau.ARBEJDSGRUPPE
    fundet = punkt.udgave.godkendelser.filter(niveau=niveau).order_by("-pk").first()
    if fundet is None:
        return ""
    hvad = f"{punkt.udgave} er {fundet.get_resultat_display().lower()} {lang_dato(fundet.dato)}"
    hvor = ", ".join(filter(None, [f"af {fundet.besluttet_af}" if fundet.besluttet_af else "", fundet.reference]))
    return f"{hvad} {hvor}".strip() + "."


def _maal(punkt: Dagsordenspunkt, maalene: dict[int, OverordnetMaal], er_referat: bool) -> tuple[Maalbillede, ...]:
    """The agenda carries each goal's figures, frozen with it; the minutes what the item did with the goal."""
    plan, aar = punkt.moede.plan, punkt.moede.dato.year
    ud = []
    for raekke in punkt.maal:
        maal, udfald = maalene.get(raekke["nummer"]), raekke["udfald"] if er_referat else ""
        if maal is None:
            continue
        tal = () if er_referat else tuple(Maaltalbillede(**t) for t in tallene(plan, maal, aar))
        navn = str(Maaludfald(udfald).label) if udfald else ""
        ud.append(Maalbillede(maal.nummer, maal.tekst, udfald, navn, raekke["konklusion"] if er_referat else "", tal))
    return tuple(ud)


def _tekster(punkt: Dagsordenspunkt) -> tuple[Tekstdel, ...]:
    alle = (Tekstdel(navn, getattr(punkt, felt)) for felt, navn in indstilling.OVERSKRIFTER)
    return tuple(t for t in alle if t.tekst)


def _beslutning(punkt: Dagsordenspunkt) -> Beslutningsbillede | None:
    """What was concluded, with the votes as the decision kept them."""
    afgoerelse = getattr(punkt, "afgoerelse", None)
    if afgoerelse is None:
        return None
    if isinstance(afgoerelse.stilling, UlaeseligeData):
        stemmer: tuple[str, ...] = ("Stemmerne kan ikke læses.",)
    else:
        sider = afgoerelse.stilling.get("sider", []) if afgoerelse.stilling.get("stemt") else []
        stemmer = tuple(_sidens_stemme(side) for side in sider if side.get("har_stemme", True))
    return Beslutningsbillede(
        afgoerelse.get_resultat_display(),
        afgoerelse.enighed,
        afgoerelse.tekst,
        stemmer,
        tuple(afgoerelse.fravaerende),
    )


def _sidens_stemme(side: dict) -> str:
    """How a side voted, and why where the vote does not say it itself."""
    grund = f" ({side['grund'].rstrip('.')})" if side.get("grund") else ""
    return f"{side['navn']}: {side['i_ord'].lower()}{grund}"


def _deltagere(moede: Moede) -> tuple[Deltagerbillede, ...]:
    """The members of the day by side, name and title, and whether they came."""
    fremmoeder = {f.medlem_id: f for f in moede.fremmoeder.select_related("fuldmagt_til")}

    def deltager(m) -> Deltagerbillede:
        f = fremmoeder.get(m.pk)
        fuldmagt = f.fuldmagt_til.navn if f and f.fuldmagt_til else ""
        return Deltagerbillede(m.side.navn, m.navn, m.titel, f.get_art_display() if f else "", fuldmagt)

    return tuple(map(deltager, forespoergsler.medlemmer_paa(moede)))


def frossen(billede: Moedebillede, sendt: datetime) -> Moedebillede:
    """With its time and its id: plan, meeting, number, and twelve digits of the hash of what it says."""
    uden_id = replace(billede, sendt=sendt, dokument_id="")
    navn = f"moede-{billede.dato:%Y-%m-%d}-{billede.moede_pk}-{billede.art}-{billede.nummer}-{sha256(uden_id)[:12]}"
    return replace(uden_id, dokument_id=f"{billede.plan}/{navn}")


def indholdet(billede: Moedebillede) -> Moedebillede:
    """Without what differs from one sending to the next, to tell whether anything was changed since."""
    return replace(billede, nummer=0, modtagere=(), sendt=None, dokument_id="")


def aendret_siden(sendt: Moedebillede, moede: Moede, punkter: list[Dagsordenspunkt]) -> list[str]:
    """What differs now from an agenda that was sent, in words; `hent_linjer` of the items comes first."""
    ud = _flyttet(sendt, moede)
    foer = {p.pk: p for p in sendt.punkter}
    nu = {p.pk: p for p in punkter}
    ud += [f"»{p.titel}« er kommet til." for pk, p in nu.items() if pk not in foer]
    ud += [f"»{p.titel}« er taget af dagsordenen." for pk, p in foer.items() if pk not in nu]
    ud += [f"»{p.titel}« er rettet." for pk, p in nu.items() if pk in foer and _er_rettet(foer[pk], p)]
    faelles = [pk for pk in foer if pk in nu]
    return ud if [pk for pk in nu if pk in foer] == faelles else [*ud, "Rækkefølgen er en anden."]


def _flyttet(sendt: Moedebillede, moede: Moede) -> list[str]:
    ud = []
    if moede.dato != sendt.dato:
        ud.append(f"Mødet er flyttet fra {lang_dato(sendt.dato)} til {lang_dato(moede.dato)}.")
    if _klokken(moede) != sendt.klokken:
        ud.append(f"Tiden er nu kl. {_klokken(moede)}." if moede.start else "Klokkeslættet er taget ud.")
    if moede.sted != sendt.sted:
        ud.append(f"Stedet er nu {moede.sted}." if moede.sted else "Stedet er taget ud.")
    return ud


def _er_rettet(foer: Punktbillede, nu: Dagsordenspunkt) -> bool:
    if (foer.titel, foer.slags, foer.tekster) != (nu.titel, nu.slags, _tekster(nu)):
        return True
    return foer.genstand is not None and not hasattr(nu, "afgoerelse") and foer.genstand.sha256 != genstand_sha256(nu)


def som_json(billede: Moedebillede) -> dict:
    return {"skema": SKEMA, "billede": form.papir_som_json(billede)}


def sha256(billede: Moedebillede) -> str:
    return form.sha256(som_json(billede))


def fra_json(data: Any, hvad: str = "Mødepapiret") -> Moedebillede:
    """The snapshot as it was frozen. Raises Skemafejl."""
    return form.laest(data, LAESERE, Moedebillede, hvad)


def _fra_skema_1(data: Any) -> Any:
    """Before items said which goals they were about."""
    return _fra_skema_2(_ved_hvert_punkt(data, lambda p: p | {"maal": []}))


def _fra_skema_2(data: Any) -> Any:
    """Before a decision said which sides were not there."""

    def med(p: dict) -> dict:
        b = p.get("beslutning")
        return p | {"beslutning": b | {"fravaerende": []}} if isinstance(b, dict) else p

    return _fra_skema_3(_ved_hvert_punkt(data, med))


def _fra_skema_3(data: Any) -> Any:
    """Before an item said what its edition was frozen without."""

    def med(p: dict) -> dict:
        return p | {"genstand": p["genstand"] and p["genstand"] | {"mangler": [], "begrundelse": ""}}

    return _fra_skema_4(_ved_hvert_punkt(data, med))


def _fra_skema_4(data: Any) -> Any:
    """Before an item said that its edition was decided on elsewhere."""
    return form.papir_fra_json(_ved_hvert_punkt(data, lambda p: p | {"andetsteds": ""}))


def _ved_hvert_punkt(data: Any, goer: Callable[[dict], dict]) -> Any:
    if isinstance(data, dict) and isinstance(data.get("punkter"), list):
        return data | {"punkter": [goer(p) if isinstance(p, dict) else p for p in data["punkter"]]}
    return data


def hent(papir: Moedepapir) -> Moedebillede:
    """The snapshot of an agenda or minutes that were sent. Raises Skemafejl."""
    return fra_json(papir.indhold, f"{papir.get_art_display()} {papir.nummer}")


#: A reader for each form that has ever been written.
LAESERE: dict[Any, Callable[[Any], Any]] = {
    1: _fra_skema_1,
    2: _fra_skema_2,
    3: _fra_skema_3,
    4: _fra_skema_4,
    5: form.papir_fra_json,
}


# --- papers -----------------------------------------------------------------------------------------------------------


def tegn(billede: Moedebillede) -> bytes:
    """The PDF of a snapshot: always the same bytes. Raises PdfFejl."""
    noegle = f"{billede.plan}/moede-{billede.moede_pk}-{billede.art}"
    return tryk(blokdokument(billede), "", noegle=noegle, aendret=None).data


def filnavn(papir: Moedepapir) -> str:
    return f"{papir.art}-{papir.moede.plan.noegle}-{papir.moede.dato:%Y-%m-%d}-{papir.nummer}.pdf"


def hent_pdf(papir: Moedepapir) -> bytes:
    """The paper as it was sent. Raises lager.Lagerfejl."""
    return lager.hent(papir.pdf.name, papir.pdf_sha256)


def indstillingspapir(punkt: Dagsordenspunkt, af: str = "") -> Papir:
    """The decision paper of one item, with the redline; the same bytes while nothing is changed. Raises PdfFejl."""
    plan, moede = punkt.plan, punkt.moede
    (genstand, rettelser), ulaeselig = indstilling.sag_hvis_laeselig(punkt)
    return tryk(
        indstillingsblokke(punkt, genstand, ulaeselig, _andetsteds(punkt)),
        f"indstilling-{plan.noegle}-{moede.dato:%Y-%m-%d}-{punkt.pk}.pdf",
        noegle=f"{plan.noegle}/indstilling-{punkt.pk}",
        aendret=None,
        af=af,
        efter=render_to_string("pdf/moeder/rettelser.html", {"rettelser": rettelser}) if rettelser else "",
    )


def bestil_dagsorden(plan: Helhedsplan, argument: str) -> Papir:
    """From the command line: dagsorden:<pk of the meeting>, the newest that was sent. Raises PdfFejl."""
    return _bestil(plan, Moedepapirart.DAGSORDEN, argument)


def bestil_referat(plan: Helhedsplan, argument: str) -> Papir:
    """From the command line: referat:<pk of the meeting>. Raises PdfFejl."""
    return _bestil(plan, Moedepapirart.REFERAT, argument)


def _bestil(plan: Helhedsplan, art: Moedepapirart, argument: str) -> Papir:
    sendte = Moedepapir.objects.filter(moede__plan=plan, art=art).select_related("moede").order_by("nummer")
    nyeste = {str(p.moede_id): p for p in sendte.defer("indhold")}
    if argument not in nyeste:
        kendte = ", ".join(f"{art}:{pk}" for pk in nyeste) or "ingen"
        raise PdfFejl(f"Planen har ikke sendt {art.label.lower()} for møde »{argument}«. Sendte: {kendte}.")
    papir = nyeste[argument]
    papir.moede.plan = plan
    try:
        return Papir(hent_pdf(papir), filnavn(papir))
    except lager.Lagerfejl as fejl:
        raise PdfFejl(str(fejl)) from fejl
