"""Statuses that can be found: a published one by its frozen words, a draft by those who write it."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from aftaler.models.plan import i_planer
from helhedsplan.rettigheder import Rettighed
from helhedsplan.soegning import Soegekilde
from status.choices import SKRIVES, Statustilstand
from status.models import Kvartalsstatus, Statuslinje


def _publicerede(bruger):
    alle = Kvartalsstatus.objects.filter(plan__in=i_planer(bruger), tilstand=Statustilstand.PUBLICERET)
    return alle.select_related("plan").defer("side")


def _frosne_ord(status: Kvartalsstatus, felt: str) -> str:
    """What was written in the snapshot's summary and of each area and activity. The frozen page, in which the words are
    looked for, has every one of them among its own headings and figures."""
    billede: dict[str, Any] = (status.indhold or {}).get("billede", {})
    if felt == "til_beboere":
        return billede.get("til_beboere", "")
    return "\n".join([str(status), billede.get("sammenfatning", ""), *_linjernes_ord(billede.get("omraader", []))])


def _linjernes_ord(omraader: list[dict]) -> Iterable[str]:
    for omraade in omraader:
        for ting in (omraade, *omraade.get("aktiviteter", [])):
            yield from (ting.get("navn", ""), ting.get("tekst", ""))


def _kladder(bruger):
    alle = Kvartalsstatus.objects.filter(plan__in=i_planer(bruger, Rettighed.RET), tilstand__in=SKRIVES)
    return alle.select_related("plan").defer("indhold", "side")


def _kladdelinjer(bruger):
    alle = Statuslinje.objects.filter(status__plan__in=i_planer(bruger, Rettighed.RET), status__tilstand__in=SKRIVES)
    ting = ("delaftale__indsatsomraade", "aktivitet__delaftale")
    return alle.select_related("status__plan", *ting).defer("status__indhold", "status__side")


def _skriv_url(status: Kvartalsstatus) -> str:
    return reverse("status-skriv", args=[status.plan.noegle, status.noegle])


KILDER = [
    Soegekilde(
        "Status",
        _publicerede,
        ("side", "til_beboere"),
        str,
        lambda s: s.plan.navn,
        lambda s: s.get_absolute_url(),
        _frosne_ord,
    ),
    Soegekilde("Kladde til status", _kladder, ("sammenfatning", "til_beboere"), str, lambda s: s.plan.navn, _skriv_url),
    Soegekilde(
        "Linje i kladde til status",
        _kladdelinjer,
        ("tekst", "begrundelse"),
        lambda linje: str(linje.ting),
        lambda linje: f"{linje.plan} · {linje.status}",
        lambda linje: _skriv_url(linje.status),
    ),
]
