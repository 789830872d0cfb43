"""The auditor's paper of a year (opfølgningsbevis): the page's content with a title page."""

import hashlib

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils import timezone

from aftaler.models import Helhedsplan
from helhedsplan.blokke.tryk import Papir
from helhedsplan.formats import lang_dato, opremsning
from helhedsplan.pdf import PdfFejl, html_til_pdf
from moeder.bevis.dele import Bevis
from moeder.bevis.indhold import bevis, bevisaar

NAVN = "opfoelgningsbevis"


def hent_bevis(plan: Helhedsplan, aar: int) -> Bevis:
    """The evidence of a year as it stands today. Raises ValidationError for a year that there is none of."""
    i_dag = timezone.localdate()
    if aar not in (kendte := bevisaar(plan, i_dag)):
        findes = f"Det findes for {opremsning([str(et) for et in reversed(kendte)])}." if kendte else ""
        besked = f"Planen har ikke noget opfølgningsbevis for {aar}. {findes}".strip()
        raise ValidationError(besked, code="ukendt_aar")
    return bevis(plan, aar, i_dag)


def tegn(b: Bevis) -> Papir:
    """The paper: the same bytes for the same records; of a year that is not over, for the same day. Raises PdfFejl."""
    fakta = (
        ("Plan", (b.plan_navn,)),
        ("Periode", (b.periode,)),
        ("Parter", b.parter),
        ("År", (str(b.aar),)),
        ("Pulje", (b.pulje,)),
        ("Opgjort til og med", (lang_dato(b.opgjort),)),
        ("Sidst skrevet i programmet", (lang_dato(timezone.localdate(b.senest)),) if b.senest else ()),
    )
    kontekst = {
        "b": b,
        "adresse": settings.SIDENS_ADRESSE.rstrip("/"),
        "fakta": [(navn, linjer) for navn, linjer in fakta if any(linjer)],
    }
    html = render_to_string("pdf/moeder/bevis.html", kontekst)
    data = html_til_pdf(
        html,
        identifikator=f"{b.plan}/opfoelgning-{b.aar}/{hashlib.sha256(html.encode()).hexdigest()[:12]}",
        titel=f"Opfølgningsbevis {b.aar} – {b.plan_navn}",
        forfattere=b.parter,
        dato=b.senest,
    )
    return Papir(data, f"{NAVN}-{b.plan}-{b.aar}.pdf")


def bestil(plan: Helhedsplan, argument: str) -> Papir:
    """From the command line: opfoelgningsbevis:2026."""
    if not (argument.isascii() and argument.isdecimal() and len(argument) == 4):
        kendte = ", ".join(f"{NAVN}:{aar}" for aar in bevisaar(plan, timezone.localdate())) or "ingen"
        raise PdfFejl(f"Skriv et år, for eksempel {NAVN}:2026. Planen har: {kendte}.")
    try:
        return tegn(hent_bevis(plan, int(argument)))
    except ValidationError as fejl:
        raise PdfFejl(" ".join(fejl.messages)) from fejl
