"""One decision on several editions, and several sent to signature: all or none, each fault at its own paper."""

from collections.abc import Callable, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from aftaler.models import Helhedsplan
from aftaler.queries.adgang import tjek
from dokumenter import rules
from dokumenter.actions.samlet import for_hvert_papir
from dokumenter.actions.udgave import godkend, tjek_kan_underskrives
from dokumenter.actions.underskrift import paamind_flere, vaelg_underskriver
from dokumenter.models import Godkendelse, Udgave, Underskriver
from helhedsplan.actions import laas
from helhedsplan.formats import lang_dato
from helhedsplan.rettigheder import Rettighed


@transaction.atomic
def godkend_flere(*, bruger, plan: Helhedsplan, udgaver: Sequence[Udgave], **felter) -> list[Godkendelse]:
    """Record one decision on each edition's own bytes. `felter` as of `godkend`. Raises Raekkefejl."""
    tjek(bruger, Rettighed.STYR, plan)
    laas(plan)
    return for_hvert_papir(udgaver, lambda u: _godkend(bruger, u, felter))


def _godkend(bruger, udgave: Udgave, felter: dict) -> Godkendelse:
    """Once: a second press finds that it is done."""
    samme = udgave.godkendelser.filter(niveau=felter["niveau"], pdf_sha256=udgave.pdf_sha256).order_by("pk").last()
    if samme and samme.resultat == felter["resultat"]:
        raise ValidationError(f"Afgørelsen er allerede registreret {lang_dato(samme.dato)}.", code="gjort")
    return godkend(bruger=bruger, udgave=udgave, pdf_sha256=udgave.pdf_sha256, **felter)


@transaction.atomic
def send_til_underskrift(
    *,
    bruger,
    plan: Helhedsplan,
    udgaver: Sequence[Udgave],
    valg: Mapping[str, dict],
    absolut: Callable[[str], str] | None = None,
) -> list[Underskriver]:
    """Say who signs for each party in all the editions, and write to them: one letter to each person.

    valg: name of a party -> fields as of `vaelg_underskriver`; a party that is not in it stays as it is. absolut: makes
    a full address; None: nobody is written to. Gives who was written to. Raises Raekkefejl.
    """
    tjek(bruger, Rettighed.RET, plan)
    laas(plan)
    for_hvert_papir(udgaver, lambda u: _vaelg(bruger, u, valg, besked=absolut is None))
    return paamind_flere(bruger=bruger, udgaver=udgaver, absolut=absolut) if absolut else []


def _vaelg(bruger, udgave: Udgave, valg: Mapping[str, dict], *, besked: bool) -> None:
    """besked: tell each person of each paper; not where one letter tells of all."""
    if not udgave.kraever_underskrift:
        raise ValidationError("Dokumentet skal ikke underskrives.", code="uden_underskrift")
    tjek_kan_underskrives(udgave)
    alle = list(udgave.underskrivere.all())
    mangler = [u for u in alle if u.underskrevet is None]
    rules.tjek("" if alle else rules.INGEN_UNDERSKRIVERE)
    rules.tjek("" if mangler else "Alle har skrevet under.")
    rules.tjek("" if any(u.er_naevnt or u.part_navn in valg for u in mangler) else rules.INGEN_NAEVNT)
    for underskriver in mangler:
        if felter := valg.get(underskriver.part_navn):
            underskriver.udgave = udgave
            vaelg_underskriver(bruger=bruger, underskriver=underskriver, felter=felter, version=None, besked=besked)
