"""What a status lacks before it can be published, each with the link that lands on the field to mend."""

from collections.abc import Iterator

from django.urls import reverse

from helhedsplan.choices import Alvor
from helhedsplan.fund import Fund
from helhedsplan.grunde import er_grund
from helhedsplan.tekst import har_rene_ord
from status.queries.skrivetabel import linjefelt
from status.queries.statusindhold import Statusaktivitet, Statusbillede, Statusomraade
from status.rules import EGEN

#: What the figures cannot be read without; published with a reason (`_forbehold.html`).
FORBEHOLD = "status-forbehold"


def mangler(billede: Statusbillede, noegle: str) -> list[Fund]:
    """Faults of the status stop the publishing; warnings and faults of the budget do not. `noegle` is the status's own,
    for the links."""
    skriv = reverse("status-skriv", args=[billede.plan, noegle])
    fund = (
        []
        if har_rene_ord(billede.sammenfatning)
        else [_fejl("status-kort", "Skriv, hvordan det kort fortalt går.", f"{skriv}#id_sammenfatning")]
    )
    if not billede.omraader:
        url = reverse("delaftale-liste", args=[billede.plan])
        fund.append(_fejl("status-delaftaler", "Planen har ingen delaftaler at give status på.", url))
    for omraade in billede.omraader:
        fund += _omraade(skriv, omraade)
    return fund + list(_advarsler(billede, skriv))


def stopper(fund: list[Fund]) -> list[Fund]:
    return [f for f in fund if f.alvor == Alvor.FEJL and f.kode != FORBEHOLD]


def _omraade(skriv: str, o: Statusomraade) -> Iterator[Fund]:
    for a in o.aktiviteter:
        yield from _linje(a, skriv)
    if not o.aktiviteter:
        yield from _linje(o, skriv)
    elif o.er_vaerre and not er_grund(o.begrundelse) and not any(a.er_vaerre for a in o.aktiviteter):
        yield _begrundelse(o, skriv)


def _linje(ting: Statusaktivitet | Statusomraade, skriv: str) -> Iterator[Fund]:
    if not ting.lys:
        yield _fejl("status-lys", f"{ting.navn}: Vælg et lys.", _felt(skriv, ting, "lys"))
    if not har_rene_ord(ting.tekst):
        yield _fejl("status-tekst", f"{ting.navn}: Skriv kort, hvordan det går.", _felt(skriv, ting, "tekst"))
    if ting.er_vaerre and not er_grund(ting.begrundelse):
        yield _begrundelse(ting, skriv)


def _begrundelse(ting: Statusaktivitet | Statusomraade, skriv: str) -> Fund:
    tekst = f"{ting.navn}: Skriv, hvorfor lyset er dårligere end sidst, i en hel sætning."
    return _fejl("status-begrundelse", tekst, _felt(skriv, ting, "begrundelse"))


def _felt(skriv: str, ting: Statusaktivitet | Statusomraade, felt: str) -> str:
    return f"{skriv}#id_{linjefelt(ting.noegle, felt)}"


def _advarsler(billede: Statusbillede, skriv: str) -> Iterator[Fund]:
    forbrug, penge = reverse("forbrug", args=[billede.plan]), billede.penge
    if not penge.er_kvartalets:
        sidst = f" Tallene er til og med {penge.til_og_med}." if penge.til_og_med else ""
        yield _advarsel("status-forbrug", f"Forbruget for {billede.navn} er ikke skrevet ind.{sidst}", forbrug)
    for forbehold in billede.forbehold:
        if forbehold.startswith("Forbrug:"):
            yield _advarsel(FORBEHOLD, forbehold, forbrug)
        else:
            yield _fejl(FORBEHOLD, forbehold, reverse("budget-overblik", args=[billede.plan]))
    if not har_rene_ord(billede.til_beboere):
        tekst = "Der er ingen tekst til beboerne. Den korte udgave får kun lys, milepæle og tal."
        yield _advarsel("status-beboere", tekst, f"{skriv}#id_til_beboere")


def _fejl(kode: str, besked: str, url: str) -> Fund:
    return Fund(kode, Alvor.FEJL, besked, url, EGEN)


def _advarsel(kode: str, besked: str, url: str) -> Fund:
    return Fund(kode, Alvor.ADVARSEL, besked, url, EGEN)
