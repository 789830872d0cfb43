"""What a status lacks before it can be published, each with the link that lands on the field to mend."""

from collections.abc import Iterator

from django.urls import reverse

from bestyrelse.queries.billede import Statusaktivitet, Statusbillede, Statusomraade
from bestyrelse.rules import EGEN
from helhedsplan.choices import Alvor
from helhedsplan.fund import Fund


def mangler(billede: Statusbillede, noegle: str) -> list[Fund]:
    """Faults stop the publishing, warnings do not. `noegle` is the status's own, for the links."""
    ret = reverse("status-ret", args=[billede.plan, noegle])
    fund = (
        []
        if billede.sammenfatning
        else [_fejl("status-kort", "Skriv, hvordan det kort fortalt går.", f"{ret}#id_sammenfatning")]
    )
    if not billede.omraader:
        url = reverse("delaftale-liste", args=[billede.plan])
        fund.append(_fejl("status-delaftaler", "Planen har ingen delaftaler at give status på.", url))
    for omraade in billede.omraader:
        fund += _omraade(billede, noegle, omraade)
    return fund + list(_advarsler(billede, ret))


def stopper(fund: list[Fund]) -> list[Fund]:
    return [f for f in fund if f.alvor == Alvor.FEJL]


def _omraade(billede: Statusbillede, noegle: str, o: Statusomraade) -> Iterator[Fund]:
    url = reverse("statusdelaftale-ret", args=[billede.plan, noegle, o.noegle])
    for a in o.aktiviteter:
        yield from _linje(a, reverse("statusaktivitet-ret", args=[billede.plan, noegle, *a.noegle.split("/")]))
    if not o.aktiviteter:
        yield from _linje(o, url)
    elif o.er_vaerre and not o.begrundelse and not any(a.er_vaerre for a in o.aktiviteter):
        yield _fejl(
            "status-begrundelse", f"{o.navn}: Skriv, hvorfor lyset er dårligere end sidst.", f"{url}#id_begrundelse"
        )


def _linje(ting: Statusaktivitet | Statusomraade, url: str) -> Iterator[Fund]:
    if not ting.lys:
        yield _fejl("status-lys", f"{ting.navn}: Vælg et lys.", f"{url}#id_lys")
    if not ting.tekst:
        yield _fejl("status-tekst", f"{ting.navn}: Skriv kort, hvordan det går.", f"{url}#id_tekst")
    if ting.er_vaerre and not ting.begrundelse:
        yield _fejl(
            "status-begrundelse", f"{ting.navn}: Skriv, hvorfor lyset er dårligere end sidst.", f"{url}#id_begrundelse"
        )


def _advarsler(billede: Statusbillede, ret: str) -> Iterator[Fund]:
    forbrug, penge = reverse("forbrug", args=[billede.plan]), billede.penge
    if not penge.er_kvartalets:
        sidst = f" Tallene er til og med {penge.til_og_med}." if penge.til_og_med else ""
        yield _advarsel("status-forbrug", f"Forbruget for {billede.navn} er ikke skrevet ind.{sidst}", forbrug)
    for forbehold in billede.forbehold:
        hvor = forbrug if forbehold.startswith("Forbrug:") else reverse("budget-overblik", args=[billede.plan])
        yield _advarsel("status-forbehold", forbehold, hvor)
    if not billede.til_beboere:
        tekst = "Der er ingen tekst til beboerne. Den korte udgave får kun lys, milepæle og tal."
        yield _advarsel("status-beboere", tekst, f"{ret}#id_til_beboere")


def _fejl(kode: str, besked: str, url: str) -> Fund:
    return Fund(kode, Alvor.FEJL, besked, url, EGEN)


def _advarsel(kode: str, besked: str, url: str) -> Fund:
    return Fund(kode, Alvor.ADVARSEL, besked, url, EGEN)
