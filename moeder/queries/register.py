"""The decision register: every decision about the plan, by which body, of which paper, with the hash of its bytes.

What a meeting has concluded, and what bodies outside the meetings have decided on editions (Landsbyggefonden too).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from aftaler.choices import Godkendelsesniveau
from aftaler.models import Helhedsplan
from dokumenter.models import Godkendelse
from helhedsplan.formats import lang_dato
from helhedsplan.former import UlaeseligeData
from moeder.choices import Moedepapirart, Organ
from moeder.models import Afgoerelse, Moedepapir
from moeder.queries.punktets_papir import genstandens_navn, genstandens_url

NIVEAUETS_ORGAN = {
    Godkendelsesniveau.ARBEJDSGRUPPE: Organ.ARBEJDSGRUPPE,
    Godkendelsesniveau.BESTYRELSE: Organ.BESTYRELSE,
    Godkendelsesniveau.LBF: Organ.LBF,
}


@dataclass(frozen=True)
class Beslutningslinje:
    """One line. papir: what it is about, shown at `url`; hvor: meeting or reference, at `hvor_url` when there is one;
    hvordan: agreement or votes, '' where it is not known."""

    dato: date
    organ: Organ
    resultat: str
    papir: str
    url: str
    tekst: str
    hvordan: str
    sha256: str
    hvor: str
    hvor_url: str = ""


def beslutninger(plan: Helhedsplan) -> list[Beslutningslinje]:
    """Every decision, newest first. Three queries."""
    return sorted([*_moedernes(plan), *_andres(plan)], key=lambda b: b.dato, reverse=True)


def _moedernes(plan: Helhedsplan) -> Iterator[Beslutningslinje]:
    med = ("punkt__moede", "punkt__udgave", "punkt__status", "punkt__revision")
    tunge = ("punkt__udgave__indhold", "punkt__status__indhold", "punkt__status__side")
    alle = (
        Afgoerelse.objects.filter(punkt__moede__plan=plan).select_related(*med).defer(*tunge).order_by("-dato", "-pk")
    )
    referater = set(
        Moedepapir.objects.filter(moede__plan=plan, art=Moedepapirart.REFERAT).values_list("moede_id", flat=True)
    )
    for a in alle:
        punkt, moede = a.punkt, a.punkt.moede
        moede.plan = plan
        har_referat = moede.pk in referater
        yield Beslutningslinje(
            dato=a.dato,
            organ=Organ(moede.art),
            resultat=str(a.get_resultat_display()),
            papir=genstandens_navn(punkt) or punkt.titel,
            url=genstandens_url(punkt) or reverse("punkt-vis", args=[plan.noegle, moede.pk, punkt.pk]),
            tekst=a.tekst,
            hvordan=_hvordan(a),
            sha256=a.sha256,
            hvor=f"{'Referat' if har_referat else str(moede)}, {lang_dato(moede.dato)}",
            hvor_url=reverse("referat-vis" if har_referat else "moede-vis", args=[plan.noegle, moede.pk]),
        )


def _hvordan(a: Afgoerelse) -> str:
    if a.enighed:
        return f"V{a.enighed_i_ord[1:]}"
    if isinstance(a.stilling, UlaeseligeData):
        return "Stemmerne kan ikke læses"
    return "Ved afstemning" if a.stilling.get("stemt") else ""


def _andres(plan: Helhedsplan) -> Iterator[Beslutningslinje]:
    alle = Godkendelse.objects.filter(udgave__plan=plan, bestyrelsens__isnull=True)
    for g in alle.select_related("udgave").defer("udgave__indhold").order_by("-dato", "-pk"):
        g.udgave.plan = plan
        yield Beslutningslinje(
            dato=g.dato,
            organ=NIVEAUETS_ORGAN[Godkendelsesniveau(g.niveau)],
            resultat=str(g.get_resultat_display()),
            papir=str(g.udgave),
            url=g.udgave.get_absolute_url(),
            tekst=g.note,
            hvordan="",
            sha256=g.pdf_sha256,
            hvor=", ".join(filter(None, [g.naermere, g.reference])),
        )
