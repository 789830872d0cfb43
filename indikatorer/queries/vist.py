"""What everybody could see before a change, and cannot after it."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.utils.html import format_html, format_html_join

from aftaler.models import Helhedsplan
from helhedsplan import tilslutninger
from helhedsplan.formats import HAARDT_MELLEMRUM, INGEN, antal, tal
from indikatorer.choices import Maaletilstand
from indikatorer.queries.tal import Tal, tal_for

#: So many are named; the rest are counted.
NAEVNES = 3
#: A paper's figures of an indicator stand within so many signs after its name.
TAET_PAA = 1500


def vist_foer(plan: Helhedsplan) -> Callable[[], list[str]]:
    """Asked before a change; what it returns is asked after it, and says which figures have been shown and are now
    hidden. Whoever has seen them can still reckon with them: nobody can take that back."""
    viste = {t.pk: _tallet(t) for t in tal_for(plan) if t.tilstand == Maaletilstand.VAERDI}

    def advarsler() -> list[str]:
        nu = tal_for(plan, se_skjulte=True) if viste else []
        skjulte = [t for t in nu if t.skjult and viste.get(t.pk) == _tallet(t)]
        return [_advarsel(plan, skjulte)] if skjulte else []

    return advarsler


def _tallet(t: Tal) -> tuple:
    return t.antal, t.grundlag, t.vaerdi


def _advarsel(plan: Helhedsplan, skjulte: list[Tal]) -> str:
    """With a link to each paper that is out and shows one of them."""
    besked, navne = _vist_og_nu_skjult(plan, skjulte), dict(plan.indikatorer.values_list("pk", "navn"))
    papirer = [p for udgivne in tilslutninger.UDGIVERE for p in udgivne(plan)]
    med = [(p.url, p.navn) for p in papirer if any(staar_i(p.indhold, navne[t.indikator], t) for t in skjulte)]
    if not med:
        return besked
    return format_html(
        "{} {} i det, der er udgivet og ikke ændres: {}. Programmet regner det udgivne for kendt, når det afgør, "
        "hvilke andre tal der skal skjules.",
        besked,
        "Tallet står" if len(skjulte) == 1 else "Et eller flere af tallene står",
        format_html_join(", ", '<a href="{}">{}</a>', med),
    )


def staar_i(indhold: Any, indikator: str, t: Tal) -> bool:
    """Whether a frozen paper shows the figure: the name of the indicator, and soon after it the year and the number."""
    ord_ = " ".join(_ord(indhold)).replace(HAARDT_MELLEMRUM, " ")
    tallene = [tal(t.antal, 0), None if t.vaerdi is None else tal(t.vaerdi, t.decimaler)]
    soeges = "|".join(re.escape(n) for n in tallene if n and n != INGEN)
    naer = [ord_[fundet.end() : fundet.end() + TAET_PAA] for fundet in re.finditer(re.escape(indikator), ord_)]
    return any(
        t.hvornaar in efter and re.search(rf"(?<![\d.,])(?:{soeges})(?!\d|[.,]\d)", efter) is not None
        for efter in naer
        if soeges
    )


def _ord(indhold: Any) -> Iterator[str]:
    if isinstance(indhold, str):
        yield indhold
    elif isinstance(indhold, dict | list):
        for led in indhold.values() if isinstance(indhold, dict) else indhold:
            yield from _ord(led)


def _vist_og_nu_skjult(plan: Helhedsplan, skjulte: list[Tal]) -> str:
    navne = dict(plan.indikatorer.values_list("pk", "navn"))
    naevnt = "; ".join(f"{navne[t.indikator]}, {t.sted_navn}, {t.hvornaar}" for t in skjulte[:NAEVNES])
    flere = f" og {antal(len(skjulte) - NAEVNES, 'tal', 'tal')} til" if len(skjulte) > NAEVNES else ""
    if len(skjulte) == 1:
        return (
            f"Tallet har været vist og er nu skjult: {naevnt}. Den, der har set det, kan stadig bruge det til at regne "
            "et skjult tal ud."
        )
    return (
        f"{antal(len(skjulte), 'tal', 'tal')} har været vist og er nu skjult: {naevnt}{flere}. Den, der har set dem, "
        "kan stadig bruge dem til at regne skjulte tal ud."
    )
