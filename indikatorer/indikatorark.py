"""The sheet of the indicators: picture, development in words and figures of each, as everybody may see them."""

import hashlib
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import timezone

from aftaler.models import Helhedsplan
from helhedsplan.blokke.tryk import Papir
from helhedsplan.formats import lang_dato, opremsning
from helhedsplan.models import Haendelse
from helhedsplan.pdf import PdfFejl, html_til_pdf, udkastlinje
from indikatorer.queries.oversigt import Taltabel, oversigt, taltabel
from indikatorer.queries.udvikling import Billede

#: As many columns as there is room for; the older figures are on the page.
FLEST_TIDER = 6


@dataclass(frozen=True)
class Blad:
    """One indicator in the paper."""

    billede: Billede
    tabel: Taltabel
    udeladt: int

    @property
    def kilder(self) -> str:
        return opremsning(list(dict.fromkeys(t.kilde for s in self.billede.serier for t in s.tal if t.kilde)))


def _blad(billede: Billede) -> Blad:
    tallene = [t for s in billede.serier for t in s.tal]
    tabel = taltabel(billede.serier, tallene)
    udeladt = max(0, len(tabel.tider) - FLEST_TIDER)
    return Blad(billede, tabel.fra(udeladt), udeladt)


def indikatorark(plan: Helhedsplan, af: str = "") -> Papir:
    """The paper as PDF, as things stand and made by `af`. A constant number of queries."""
    aendret = (
        Haendelse.objects.filter(kaede=plan.noegle, objekt_type__startswith="indikatorer.").order_by("-nummer").first()
    )
    parter = tuple(plan.parter.select_related("organisation").values_list("organisation__navn", flat=True))
    html = _html(plan, parter, aendret)
    data = html_til_pdf(
        html,
        identifikator=f"{plan.noegle}/indikatorer/{hashlib.sha256(html.encode()).hexdigest()[:12]}",
        titel=f"Indikatorark – {plan.navn}",
        forfattere=parter,
        dato=aendret.tidspunkt if aendret else None,
        udkast=udkastlinje(af),
    )
    return Papir(data, f"indikatorer-{plan.noegle}.pdf")


def _html(plan: Helhedsplan, parter: tuple[str, ...], aendret: Haendelse | None) -> str:
    dag = lang_dato(timezone.localdate(aendret.tidspunkt)) if aendret else ""
    fakta = (
        ("Plan", (plan.navn,)),
        ("Periode", (plan.periode,)),
        ("Parter", parter),
        ("Pulje", (plan.regelsaet.navn,)),
        ("Senest ændret", (dag,)),
    )
    grupper = [(g.titel, [_blad(linje.billede) for linje in g.linjer]) for g in oversigt(plan).grupper]
    return render_to_string(
        "pdf/indikatorer/indikatorark.html",
        {
            "plan": plan,
            "grupper": grupper,
            "fakta": [(navn, linjer) for navn, linjer in fakta if any(linjer)],
            "linjer": (),
            "aendret": dag,
        },
    )


def bestil(plan: Helhedsplan, argument: str = "") -> Papir:
    """From the command line: indikatorer."""
    if argument:
        raise PdfFejl("Indikatorarket har alle planens indikatorer. Skriv bare »indikatorer«.")
    return indikatorark(plan)
