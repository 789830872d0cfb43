"""The evidence of a year for the auditor: when the board had each goal's figures before it, and what it concluded."""

import hashlib

from django.template.loader import render_to_string
from django.utils import timezone

from aftaler.models import Helhedsplan
from aftaler.pdf import Papir
from helhedsplan.formats import lang_dato
from helhedsplan.models import Haendelse
from helhedsplan.pdf import PdfFejl, html_til_pdf
from indikatorer.queries.opfoelgning import aar_med_opfoelgning, opfoelgninger

TYPE = "indikatorer.opfoelgning"


def opfoelgningsbevis(plan: Helhedsplan, aar: int) -> Papir:
    """The paper of a calendar year, also of one without any follow-up: it says so, goal by goal."""
    haendelse = Haendelse.objects.filter(kaede=plan.noegle, objekt_type=TYPE).order_by("-nummer").first()
    parter = tuple(plan.parter.select_related("organisation").values_list("organisation__navn", flat=True))
    html = _html(plan, aar, parter, haendelse)
    data = html_til_pdf(
        html,
        identifikator=f"{plan.noegle}/opfoelgning-{aar}/{hashlib.sha256(html.encode()).hexdigest()[:12]}",
        titel=f"Opfølgningsbevis {aar} – {plan.navn}",
        forfattere=parter,
        dato=haendelse.tidspunkt if haendelse else None,
    )
    return Papir(data, f"opfoelgningsbevis-{plan.noegle}-{aar}.pdf")


def _html(plan: Helhedsplan, aar: int, parter: tuple[str, ...], haendelse: Haendelse | None) -> str:
    aendret = lang_dato(timezone.localdate(haendelse.tidspunkt)) if haendelse else ""
    fakta = (
        ("Plan", (plan.navn,)),
        ("Periode", (plan.periode,)),
        ("Parter", parter),
        ("År", (str(aar),)),
        ("Pulje", (plan.regelsaet.navn,)),
        ("Senest ændret", (aendret,)),
    )
    return render_to_string(
        "pdf/indikatorer/opfoelgningsbevis.html",
        {
            "plan": plan,
            "aar": aar,
            "maal": opfoelgninger(plan, aar),
            "fakta": [(navn, linjer) for navn, linjer in fakta if any(linjer)],
            "linjer": (),
            "aendret": aendret,
        },
    )


def bestil(plan: Helhedsplan, argument: str) -> Papir:
    """From the command line: opfoelgningsbevis:2026."""
    if argument.isascii() and argument.isdecimal() and len(argument) == 4:
        return opfoelgningsbevis(plan, int(argument))
    kendte = ", ".join(f"opfoelgningsbevis:{aar}" for aar in aar_med_opfoelgning(plan)) or "ingen"
    raise PdfFejl(f"Skriv et år, for eksempel opfoelgningsbevis:2026. År med opfølgning: {kendte}.")
