"""What everybody could see before a change, and cannot after it."""

from collections.abc import Callable

from aftaler.models import Helhedsplan
from helhedsplan.formats import antal
from indikatorer.choices import Maaletilstand
from indikatorer.queries.tal import Tal, tal_for

#: So many are named; the rest are counted.
NAEVNES = 3


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
