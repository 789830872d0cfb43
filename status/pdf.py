"""The board page of a status and its paper, drawn from the same snapshot with the same template.

`side_html` is the content of the page; the paper is that content with a head, on one sheet where it can be. Both are
kept when the status is published, and what is kept is what is shown. The short versions for residents are papers of
their own.
"""

import hashlib
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from aftaler.models import Helhedsplan
from dokumenter import lager
from dokumenter.oejebliksbillede import hvis_laeselig
from helhedsplan.blokke.model import Blokdokument
from helhedsplan.blokke.tegn import laeseside
from helhedsplan.blokke.tryk import Papir, tryk
from helhedsplan.pdf import PdfFejl, html_til_pdf, udkastlinje
from status import oejebliksbillede
from status.blokke import kort_plan, kort_status
from status.models import Kvartalsstatus
from status.queries.oversigt import publicerede
from status.queries.statusindhold import Statusbillede

NAVN = "status"


def side_html(billede: Statusbillede) -> str:
    """What the page shows of a status: the same for everybody, whoever reads it and whenever."""
    return render_to_string("status/_krop.html", {"s": billede})


def sha256(html: str) -> str:
    return hashlib.sha256(html.encode()).hexdigest()


@dataclass(frozen=True)
class Frossenside:
    """The content of a published page. er_original: byte for byte what was published (`side_sha256`). ulaeselig: that
    nothing of it can be read, in words."""

    html: SafeString
    er_original: bool
    ulaeselig: str = ""


def frossen_side(status: Kvartalsstatus) -> Frossenside:
    """The page as it was published, whatever the templates look like today.

    A status whose page was not kept, or is not what was kept, is drawn of its snapshot with today's template; the page
    says so unless that happens to be the same.
    """
    html = status.side
    if sha256(html) != status.side_sha256:
        billede, ulaeselig = hvis_laeselig(oejebliksbillede.hent, status)
        if billede is None:
            return Frossenside(SafeString(""), False, ulaeselig)
        html = side_html(billede)
    return Frossenside(SafeString(html), sha256(html) == status.side_sha256)


def tegn(billede: Statusbillede) -> bytes:
    """The paper of a frozen status: always the same bytes. Raises PdfFejl."""
    html = render_to_string("pdf/status/status.html", {"s": billede})
    return html_til_pdf(
        html,
        identifikator=billede.dokument_id or f"{billede.plan}/status-{billede.kvartalet}-kladde",
        titel=f"Status for {billede.navn} – {billede.plan_navn}",
        forfattere=billede.parter,
        dato=billede.publiceret,
        streng=bool(billede.publiceret),
        udkast="" if billede.publiceret else udkastlinje(""),
    )


def filnavn(status: Kvartalsstatus) -> str:
    return f"{NAVN}-{status.plan.noegle}-{status.noegle}.pdf"


def hent_pdf(status: Kvartalsstatus) -> bytes:
    """The paper as it was published. Raises lager.Lagerfejl."""
    return lager.hent(status.pdf.name, status.pdf_sha256)


def bestil(plan: Helhedsplan, argument: str) -> Papir:
    """From the command line: status:2026K3, as it was published."""
    fundne = {str(s.kvartalet): s for s in publicerede(plan)}
    if argument not in fundne:
        kendte = ", ".join(f"status:{noegle}" for noegle in sorted(fundne)) or "ingen"
        raise PdfFejl(f"Planen har ingen publiceret status for »{argument}«. Publicerede: {kendte}.")
    status = fundne[argument]
    status.plan = plan
    try:
        return Papir(hent_pdf(status), filnavn(status))
    except lager.Lagerfejl as fejl:
        raise PdfFejl(str(fejl)) from fejl


# --- for residents ----------------------------------------------------------------------------------------------------


def kort_side(kort: Blokdokument) -> SafeString:
    """What the page shows of a short version; it says itself what that is called."""
    return SafeString("".join(laeseside(kort, {})))


def tegn_kort_status(s: Statusbillede) -> Papir:
    """The short version of a status; the same bytes for the same snapshot. Raises PdfFejl."""
    filnavn = f"{s.dokument_id.rpartition('/')[2]}-beboere.pdf"
    return tryk(kort_status(s), filnavn, noegle=f"{s.dokument_id}/beboere", aendret=s.publiceret, er_opslag=True)


def tegn_kort_plan(plan: Helhedsplan) -> Papir:
    """The plan in short. Raises PdfFejl."""
    filnavn = f"kort-{plan.noegle}.pdf"
    return tryk(kort_plan(plan), filnavn, noegle=f"{plan.noegle}/kort", aendret=None, er_opslag=True)
