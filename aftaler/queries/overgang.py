"""From one rule set to the next: what of the old plan's choices answers to what in the new, proposed for a person to
edit. By key, then by name, then by the name that is most alike."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from django.db.models import Q

from aftaler.models import Helhedsplan, Indsatsomraade, OverordnetMaal, Regelsaet
from helhedsplan.tvillinger import foldet

#: Names that are less alike than this are not proposed as the same.
LIGNER = 0.6
SAMME_NOEGLE, SAMME_NAVN, LIGNER_I_NAVN = "samme nøgle", "samme navn", "navnet ligner"


@dataclass(frozen=True)
class Forslag:
    """One of the old, what answers to it (None: it does not come along), and why that is proposed."""

    fra: Any
    til: Any = None
    grund: str = ""


@dataclass(frozen=True)
class Overgang:
    """What the person has decided: pk of the old -> what it becomes. What is not in it does not come along."""

    omraader: dict[int, Indsatsomraade] = field(default_factory=dict)
    maal: dict[int, OverordnetMaal] = field(default_factory=dict)


def gamle_omraader(plan: Helhedsplan) -> list[Indsatsomraade]:
    """Those that the plan has chosen or has a delaftale about."""
    alle = Indsatsomraade.objects.filter(Q(planer=plan) | Q(delaftaler__plan=plan))
    return list(alle.distinct().order_by("nummer"))


def gamle_maal(plan: Helhedsplan) -> list[OverordnetMaal]:
    """The pulje's goals of what the plan has chosen, and those that its tables name."""
    alle = OverordnetMaal.objects.filter(Q(koblinger__tabel__plan=plan) | Q(indsatsomraade__planer=plan))
    alle = alle.select_related("indsatsomraade")
    return list(alle.distinct().order_by("nummer", "pk"))


def nye_maal(regelsaet: Regelsaet) -> list[OverordnetMaal]:
    alle = OverordnetMaal.objects.filter(indsatsomraade__regelsaet=regelsaet).select_related("indsatsomraade")
    return list(alle.order_by("nummer", "pk"))


def foreslaa_omraader(plan: Helhedsplan, regelsaet: Regelsaet) -> list[Forslag]:
    nye = list(regelsaet.indsatsomraader.all())
    return _foreslaa(gamle_omraader(plan), nye, noegle=lambda o: o.noegle, navn=lambda o: o.navn)


def foreslaa_maal(plan: Helhedsplan, regelsaet: Regelsaet) -> list[Forslag]:
    """A goal has no key of its own: within its pulje it is known by its indsatsområde and its number, in the next only
    when it says the same there; else by its words."""
    nye = nye_maal(regelsaet)
    gamle = gamle_maal(plan)

    def noegle(maal: OverordnetMaal) -> tuple:
        return maal.indsatsomraade.noegle, maal.nummer, foldet(maal.tekst)

    return _foreslaa(gamle, nye, noegle=noegle, navn=lambda m: m.tekst)


def foreslaa(plan: Helhedsplan, regelsaet: Regelsaet) -> Overgang:
    """What has the same key or the same name, taken as it is; a likeness is for a person to judge."""

    def sikre(forslag: list[Forslag]) -> dict[int, Any]:
        return {f.fra.pk: f.til for f in forslag if f.til and f.grund != LIGNER_I_NAVN}

    return Overgang(sikre(foreslaa_omraader(plan, regelsaet)), sikre(foreslaa_maal(plan, regelsaet)))


def _foreslaa(gamle: Sequence, nye: Sequence, *, noegle: Callable, navn: Callable) -> list[Forslag]:
    """Each way of knowing one again is tried on all before the next, so that a likeness takes nothing from a key."""
    fundne: dict[int, Forslag] = {}
    for grund, find in (
        (SAMME_NOEGLE, lambda en, ledige: _ens(en, ledige, noegle)),
        (SAMME_NAVN, lambda en, ledige: _ens(en, ledige, lambda o: foldet(navn(o)))),
        (LIGNER_I_NAVN, lambda en, ledige: _ligner(navn(en), ledige, navn)),
    ):
        for en in (en for en in gamle if en.pk not in fundne):
            brugte = {f.til.pk for f in fundne.values()}
            if (til := find(en, [ny for ny in nye if ny.pk not in brugte])) is not None:
                fundne[en.pk] = Forslag(en, til, grund)
    return [fundne.get(en.pk, Forslag(en)) for en in gamle]


def _ens(en, ledige: Iterable, kende: Callable):
    return next((ny for ny in ledige if kende(ny) == kende(en)), None)


def _ligner(tekst: str, ledige: Iterable, navn: Callable):
    def grad(ny) -> float:
        return SequenceMatcher(None, tekst.casefold(), navn(ny).casefold()).ratio()

    bedst = max(ledige, key=grad, default=None)
    return bedst if bedst is not None and grad(bedst) >= LIGNER else None
