"""The papers of the agreements as PDF, and what this room prints by name on the command line."""

from collections.abc import Callable

from aftaler.blokke import blokdokument
from aftaler.choices import Dokumentart, Dokumenttype
from aftaler.models import Delaftale, Helhedsplan
from aftaler.queries import dokument as forespoergsler
from aftaler.queries import papirer
from aftaler.queries.dokument import Dokument, Udgavestempel, Underskriftslinje
from helhedsplan.blokke import tegn
from helhedsplan.blokke.model import Blokdokument
from helhedsplan.blokke.tryk import Papir, tryk
from helhedsplan.pdf import PdfFejl


def samarbejdsaftale(plan: Helhedsplan, af: str = "") -> Papir:
    """The draft, made by `af`. Raises PdfFejl when a picture cannot be read, as every paper here does."""
    return papir(forespoergsler.samarbejdsaftale(plan), af=af)


def delaftale(aftale: Delaftale, af: str = "") -> Papir:
    return papir(forespoergsler.delaftale(aftale), af=af)


def _bestil_samarbejdsaftale(plan: Helhedsplan, argument: str) -> Papir:
    if argument:
        raise PdfFejl("Planen har kun én samarbejdsaftale. Skriv samarbejdsaftale uden mere.")
    return samarbejdsaftale(plan)


def _bestil_delaftale(plan: Helhedsplan, indsatsomraade: str) -> Papir:
    aftaler = plan.delaftaler.select_related("indsatsomraade", "plan__regelsaet")
    fundet = aftaler.filter(indsatsomraade__noegle=indsatsomraade).first()
    if fundet is None:
        kendte = ", ".join(f"delaftale:{aftale.noegle}" for aftale in aftaler) or "ingen delaftaler"
        raise PdfFejl(f"Planen har ingen delaftale »{indsatsomraade}«. Den har: {kendte}.")
    return delaftale(fundet)


def _bestil_papir(art: str) -> Callable[[Helhedsplan, str], Papir]:
    def bestil(plan: Helhedsplan, argument: str) -> Papir:
        if argument:
            raise PdfFejl(f"Planen har kun ét papir af den slags. Skriv {art} uden mere.")
        return papir(papirer.PAPIRER[art](plan))

    return bestil


def _bestil_lag(plan: Helhedsplan, noegle: str) -> Papir:
    lag = papirer.hent_lag(plan, noegle)
    if lag is None:
        kendte = ", ".join(f"lag:{et.noegle}" for et in plan.lagene) or "ingen"
        raise PdfFejl(f"Planen har ingen forlængelse eller tillæg »{noegle}«. Den har: {kendte}.")
    return papir(papirer.laget(lag))


#: Papers whose drafts have lines to sign on.
UNDERSKRIVES = {Dokumenttype.SAMARBEJDSAFTALE, Dokumenttype.DELAFTALE, Dokumentart.LAG}
#: What this room prints, by its name on the command line.
PAPIRER = {
    "samarbejdsaftale": _bestil_samarbejdsaftale,
    "delaftale": _bestil_delaftale,
    "lag": _bestil_lag,
    **{art: _bestil_papir(art) for art in papirer.PAPIRER},
}


def papir(dokument: Dokument, stempel: Udgavestempel | None = None, *, af: str = "") -> Papir:
    """The paper as PDF, and with a stempel a frozen edition; without one a draft made by `af`."""
    filnavn = f"{dokument.art}-{dokument.noegle.replace('/', '-')}.pdf"
    return tryk(blokke(dokument, stempel), filnavn, noegle=dokument.noegle, aendret=dokument.aendret, af=af)


def papir_html(dokument: Dokument, billeder: dict[str, bytes], stempel: Udgavestempel | None = None) -> str:
    """The paper as HTML; the pictures it shows are put into `billeder` under their SHA-256."""
    return tegn.papir(blokke(dokument, stempel), billeder)


def blokke(dokument: Dokument, stempel: Udgavestempel | None = None) -> Blokdokument:
    """The paper as it is printed: a draft says what is not written, and has its lines to sign on the title page."""
    parter = dokument.parter if dokument.art in UNDERSKRIVES else ()
    linjer = tuple(Underskriftslinje(p.navn, p.underskriver, p.underskriver_titel) for p in parter)
    return blokdokument(dokument, stempel=stempel, underskrivere=linjer, uskrevet=True)
