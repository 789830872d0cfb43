"""What the plan knows of how its places hang together."""

from collections import defaultdict
from collections.abc import Hashable

from aftaler.models import Helhedsplan, Omraade
from helhedsplan.laest import laest_en_gang
from indikatorer.choices import Stedart
from indikatorer.models import Indikator, Maaling, Sted

SUM_AF = tuple[int, frozenset]


@laest_en_gang
def indikatorerne(plan: Helhedsplan) -> list[Indikator]:
    """In order, with the goals of the years. Two queries."""
    return list(plan.indikatorer.select_related("fast__maal", "delmaal").prefetch_related("maalsti"))


@laest_en_gang
def plansteder(plan: Helhedsplan) -> list[Sted]:
    return list(Sted.objects.filter(plan=plan).prefetch_related("omraader"))


def sammenhaenge(steder: list[Sted]) -> list[SUM_AF]:
    """The sums, and what else is known to lie in what: the departments of an area, and the areas, with the rest, in the
    only kommune that they are held up against. For what must be hidden: no finding follows from it. One query more
    where departments are measured."""
    return [*sumsteder(steder), *_afdelinger_i(steder), *_i_kommunen(steder)]


def _enkelte(steder: list[Sted]) -> dict[int | None, int]:
    """The place that an area is, by the area."""
    enkelte: dict[int | None, int] = {}
    for sted in steder:
        if sted.art == Stedart.OMRAADE:
            enkelte.setdefault(sted.omraade_id, sted.pk)
    return enkelte


def sumsteder(steder: list[Sted]) -> list[SUM_AF]:
    """The places that are sums of others: several areas together. An area that is no place itself is the negative of
    its primary key, and one that is two places is the first of them, of which the other is a sum of one."""
    enkelte, summer = _enkelte(steder), list[SUM_AF]()
    for sted in steder:
        dele: list[Hashable] = [enkelte.get(o.pk, -o.pk) for o in sted.omraader.all()]
        if sted.art == Stedart.OMRAADE and enkelte[sted.omraade_id] != sted.pk:
            dele = [enkelte[sted.omraade_id]]
        if dele:
            summer.append((sted.pk, frozenset(dele)))
    return summer


def _afdelinger_i(steder: list[Sted]) -> list[SUM_AF]:
    """An area is its departments, where one of them is measured; a reader may know that there are no others."""
    maalte = {s.afdeling_id: s.pk for s in steder if s.art == Stedart.AFDELING and s.afdeling_id}
    if not maalte:
        return []
    enkelte, pr_omraade = _enkelte(steder), defaultdict(set)
    for omraade, afdeling in Omraade.afdelinger.through.objects.filter(
        omraade__in=[o for o in enkelte if o]
    ).values_list("omraade_id", "afdeling_id"):
        pr_omraade[omraade].add(afdeling)
    return [
        (enkelte[omraade], frozenset(maalte.get(a, ("afdeling", a)) for a in afdelinger))
        for omraade, afdelinger in sorted(pr_omraade.items())
        if afdelinger & maalte.keys()
    ]


def _i_kommunen(steder: list[Sted]) -> list[SUM_AF]:
    """The areas that the plan's figures are of, whether they are places by themselves or not. A second kommune of which
    nothing is measured is no comparison, and takes nothing away. One query more where there are several."""
    kommuner, enkelte = [s.pk for s in steder if s.art == Stedart.KOMMUNE], _enkelte(steder)
    if len(kommuner) > 1:
        kommuner = list(
            Maaling.objects.filter(sted__in=kommuner).order_by("sted").values_list("sted", flat=True).distinct()
        )
    omraader = {*enkelte.values(), *(enkelte.get(o.pk, -o.pk) for s in steder for o in s.omraader.all())}
    return [(kommuner[0], frozenset([*omraader, ("resten", kommuner[0])]))] if len(kommuner) == 1 and omraader else []
